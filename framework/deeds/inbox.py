"""A watched folder: spreadsheets that arrive there wait for a leader, who looks at them and loads them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from framework.deeds.staging import keep
from framework.errors import FileRefused
from framework.store.engine import Store
from framework.store.ledger import Via
from framework.workbook.limits import MOST_BYTES
from framework.workbook.refusals import TOO_BIG

TAKEN, REFUSED = "taken", "refused"  # folders inside the watched one
ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv")
STILL_FOR = timedelta(seconds=2)  # a file that changed more recently may still be being written


@dataclass(frozen=True)
class Arrived:
    """One file that was found. `ref` None: it was refused, and `words` say why."""

    name: str
    ref: str | None
    words: str = ""


def take_in(store: Store, folder: Path, *, now: datetime, clock: datetime) -> list[Arrived]:
    """Keep every spreadsheet that lies whole in the folder, then move it to `taken`; a refused one to `refused`.

    Cut off in between, the file is found again, and bytes that wait already are not kept twice. So it is when
    two servers watch one folder: who comes second finds the file moved. Raises OSError when the folder cannot be read.

    now    the moment it is brought at: in the sample, of the sample's day
    clock  this very moment, for telling whether a file is still being written
    """
    return [_take(store, path, now) for path in sorted(_whole(folder, clock - STILL_FOR))]


def _whole(folder: Path, before: datetime) -> Iterator[Path]:
    with os.scandir(folder) as found:
        for one in found:
            hidden = one.name.startswith((".", "~$"))
            if hidden or not one.name.lower().endswith(ENDINGS) or not one.is_file(follow_symlinks=False):
                continue
            if datetime.fromtimestamp(one.stat().st_mtime, UTC) <= before:
                yield Path(one.path)


def _take(store: Store, path: Path, now: datetime) -> Arrived:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TOO_BIG.refused()
        ref = keep(store, now=now, name=path.name, content=path.read_bytes(), by=None, via=Via.INBOX)
    except FileRefused as refusal:
        moved = _move(path, REFUSED)
        if moved is not None:
            moved.with_name(f"{moved.name}.why.txt").write_text(f"{refusal}\n", encoding="utf-8")
        return Arrived(path.name, None, str(refusal))
    except FileNotFoundError:
        return Arrived(path.name, None, "Someone moved it meanwhile.")
    _move(path, TAKEN)
    return Arrived(path.name, ref)


def _move(path: Path, to: str) -> Path | None:
    """Where the file lies now; None when somebody else moved it."""
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    try:
        return path.rename(target)
    except FileNotFoundError:
        return None
