"""The canonical content of a picture: all that was known, in one way of writing, so that a fingerprint can be taken.

A line a thing, sorted, UTF-8 JSON without blanks: two contents can be set beside each other line by line. It holds what
was known, archived rows and withdrawn values too; not when and by whom it was told (the ledger's chain answers for
that), nor how often a row was written, nor anything that is worked out. People's names and addresses are left out:
nobody can be taken out of a copy again. So are fields that came after a copy's schema: the content under an older
schema is the same whichever release makes it. The form is its own, and never changes: fingerprints were taken of it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from framework.periods import Period
from framework.subjects import ARCHIVED, Kind, Subject

FORM = 1
SETTING = "setting"
_OF_ITS_OWN = ":"  # in the name of a setting that is no choice: a frozen copy, how a file is read


class Known(NamedTuple):
    """A row as it was known. `data` may hold what a record holds or what a revision keeps; it may lack fields."""

    subject: Subject
    ref: str
    archived: bool
    data: Mapping[str, Any]


def content(rows: Iterable[Known], settings: Mapping[str, Any], schema: int) -> bytes:
    """The content of rows and stored settings, in the shape that rows had under a schema.

    Values are rows; each slot has its newest, withdrawn or not.
    """
    told = [(row.subject.table, row.ref, _row(row, schema)) for row in rows]
    told += [(SETTING, name, _setting(name, value)) for name, value in settings.items() if _OF_ITS_OWN not in name]
    head = _in_one_way({"content": "civic duty", "form": FORM, "schema": schema})
    return "".join(f"{line}\n" for line in (head, *(line for _, _, line in sorted(told)))).encode()


def fingerprint(of: bytes) -> str:
    """Its SHA-256, in 64 hexadecimal digits."""
    return hashlib.sha256(of).hexdigest()


def _row(row: Known, schema: int) -> str:
    fields = {name: _turned(row.data.get(name, default), turn) for name, default, turn in _fields(row.subject, schema)}
    fields[ARCHIVED.name] = row.archived
    return _in_one_way({"table": row.subject.table, "ref": row.ref, "fields": fields})


def _setting(name: str, value: Any) -> str:
    return _in_one_way({"table": SETTING, "ref": name, "fields": {"value": value}})


@cache
def _fields(subject: Subject, schema: int) -> tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]:
    """Each field that a copy of this schema holds, with its default and what it is turned by."""
    held = [f for f in subject.fields if f.since <= schema and not f.personal and not f.private]
    return tuple((f.name, f.default, _TURNED.get(f.kind)) for f in held)


def _turned(value: Any, turn: Callable[[Any], Any] | None) -> Any:
    return value if value is None or turn is None else turn(value)


def _whole(number: Any) -> Any:
    return int(number) if isinstance(number, float) and number.is_integer() else number


# What may come in two forms, from a table and from a revision, and is written in one. A nought has no sign.
_TURNED: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: lambda number: float(number) + 0.0,
    Kind.WHOLE: _whole,
    Kind.FLAG: bool,
}


def _plain(value: Any) -> str:
    """What a record holds and JSON does not know."""
    if isinstance(value, Period):
        return value.code
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a content")


_in_one_way = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"), default=_plain
).encode


@dataclass(frozen=True)
class Difference:
    """A row or a setting of which two contents say different things: each one's fields, None where it has no such row.

    table, ref  of a setting `setting` and its name
    """

    table: str
    ref: str
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that differ; of a row that one of them lacks, none."""
        if self.then is None or self.now is None:
            return ()
        both = {**self.then, **self.now}
        return tuple(name for name in both if self.then.get(name) != self.now.get(name))


def differences(then: bytes, now: bytes) -> tuple[Difference, ...]:
    """What two contents of one schema say differently, in the order of their lines."""
    lines, others = set(then.split(b"\n")), set(now.split(b"\n"))
    gone, come = dict(_told(lines - others)), dict(_told(others - lines))
    return tuple(Difference(*key, gone.get(key), come.get(key)) for key in sorted(gone.keys() | come.keys()))


def _told(lines: Iterable[bytes]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for line in lines:
        told = json.loads(line)
        if "fields" in told:  # the first line names the form alone
            yield (told["table"], told["ref"]), told["fields"]
