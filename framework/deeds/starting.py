"""Opening a store, and the fictional sample's first load: replayed in day order, so that its history is real.

The workbook says when each thing was recorded. Each such day becomes one change, by the deed that every upload uses.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from framework.deeds import freezing, importing
from framework.errors import FileRefused, StoreRefused
from framework.people import Person, Role
from framework.periods import LONDON
from framework.plans import CLOSED, Status
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import Via, entry
from framework.subjects import (
    ACTIONS,
    BY_TABLE,
    EVIDENCE,
    MEETINGS,
    MILESTONES,
    PEOPLE,
    QUERIES,
    SUBJECTS,
    TARGETS,
    UPDATES,
    VALUES,
    record,
)
from framework.where import DATABASE, DEMO, SAMPLE
from framework.workbook.check import FileRow, check
from framework.workbook.parse import parse
from framework.workbook.plan import Written

_AT = time(16, 0, tzinfo=LONDON)
_FROZEN = 2  # the last boards of the sample, for each of which a copy was frozen on its day


def open_store() -> Store:
    """The store that this process serves: migrated, and loaded with the sample when it is not there yet.

    Raises StoreRefused or FileRefused, in words, when it cannot be.
    """
    name = os.environ.get(DATABASE) or str(DEMO)
    if "://" not in name:
        prepare_demo(Path(name))
    return Store.open(name)


def prepare_demo(path: Path) -> None:
    """Make the sample's database unless it is there.

    It takes its name only when it is whole: a start that is cut off leaves none.
    """
    if path.exists():
        return
    half = path.with_name(f"{path.name}.{os.getpid()}.new")
    for left in (half, *(half.with_name(half.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    store = Store.open(half)
    try:
        load_sample(store, SAMPLE)
    finally:
        store.close()
    half.replace(path)


def load_sample(store: Store, path: Path) -> int:
    """Load a sample workbook into an empty store, a change for each day on which something was recorded; how many.

    Raises StoreRefused when the store is not empty, FileRefused when a cell is wrong; then nothing is written.
    """
    if store.ready():
        raise StoreRefused("This database holds a plan already; the sample is only ever loaded into an empty one.")
    content = path.read_bytes()
    book = parse(content, path.name)  # our own file: nothing it does need be kept from this process
    checked = check(book, {}, new_ref=new_ref)
    if checked.problems:
        raise FileRefused(f"{path.name} cannot be loaded: some cells need correcting first.", checked.problems)
    rows = [_whole(row) for subject in SUBJECTS for row in checked.rows.get(subject.table, ())]
    replay = _Replay(store, content, path.name)
    days = sorted(_by_day(rows).items())
    sample_day = book.meta.get("sample_day")
    boards = _boards(rows, days[-1][0] if sample_day is None else date.fromisoformat(sample_day))
    for day, told in days:
        while boards and boards[0][0] < day:
            replay.freeze(*boards.pop(0))
        replay.tell(day, told)
    for met_on, board in boards:
        replay.freeze(met_on, board)
    if sample_day is not None:
        with entry(store, by=None, now=_moment(days[-1][0]), deed="start sample", via=Via.COMMAND) as e:
            e.set("sample_day", sample_day)
    return len(days)


def _whole(row: FileRow) -> FileRow:
    """The row with every field of its subject; a column that the file lacks gives its default."""
    return replace(row, data={**{f.name: f.default for f in BY_TABLE[row.table].fields}, **row.data})


def _boards(rows: list[FileRow], today: date) -> list[tuple[date, str]]:
    """The last boards before today: each one's day and ref, oldest first."""
    met = [(row.data["on"], row.ref) for row in rows if row.table == MEETINGS.table and row.data["kind"] == "board"]
    return sorted(one for one in met if one[0] < today)[-_FROZEN:]


def _moment(day: date) -> datetime:
    return datetime.combine(day, _AT).astimezone(UTC)


@dataclass
class _Replay:
    """The rows told so far, and the person in whose name the rest is told."""

    store: Store
    content: bytes
    name: str
    here: dict[tuple[str, str], tuple[Mapping[str, Any], int]] = field(default_factory=dict)
    by: Person | None = None

    def tell(self, day: date, told: list[tuple[FileRow, Mapping[str, Any]]]) -> None:
        """Make one change of what was recorded on a day."""
        latest = {(row.table, row.ref): (row, data) for row, data in told}
        rows = [w for row, data in latest.values() if (w := self._written(row, data)) is not None]
        if not rows:
            return
        # On the first day nobody is here yet in whose name it could be told, so the command line tells it.
        deed, via = ("load sample", Via.COMMAND) if self.by is None else ("load workbook", Via.IMPORT)
        with entry(self.store, by=self.by, now=_moment(day), deed=deed, via=via) as e:
            importing.put_written(e, rows, _moment(day))
            e.keep_source(self.name, self.content, importing.OURS)
        assert e.change_id is not None
        for row in rows:
            seen = e.change_id if BY_TABLE[row.table].appended else row.version + 1
            self.here[row.table, row.ref] = (row.data, seen)
        leader = next((r for r in rows if r.table == "person" and r.data["role"] is Role.LEADER), None)
        if self.by is None and leader is not None:
            self.by = record(BY_TABLE["person"], {**leader.data, "ref": leader.ref, "version": 1})

    def freeze(self, day: date, meeting: str) -> None:
        """Freeze a copy for a meeting on its day."""
        if self.by is not None:
            freezing.freeze(self.store, by=self.by, now=_moment(day), meeting=meeting)

    def _written(self, row: FileRow, data: Mapping[str, Any]) -> Written | None:
        """The row as it is put; None when it stands so already."""
        before, seen = self.here.get((row.table, row.ref), (None, 0))
        if before == data:
            return None
        return Written(row.table, row.ref, data, seen, before is None, archived=False, sheet=row.sheet, cells=row.cells)


def _by_day(rows: list[FileRow]) -> dict[date, list[tuple[FileRow, Mapping[str, Any]]]]:
    """What was recorded on each day: rows as they stood then. Rows without a day belong to the first."""
    dated = defaultdict(list)
    words = _words(rows)
    added = {row.ref: row.data["added_on"] for row in rows if row.table == ACTIONS.table}
    for row in rows:
        for day, data in _stages(row, words, added):
            dated[day].append((row, data))
    first = min((d for d in dated if d is not None), default=date(2000, 1, 1))
    timeless = dated.pop(None, [])
    dated[first] = timeless + dated[first]
    # What is referred to stands before what refers to it, also within a day.
    order = {s.table: n for n, s in enumerate(SUBJECTS)}
    return {day: sorted(told, key=lambda pair: order[pair[0].table]) for day, told in dated.items()}  # type: ignore[misc]


def _words(rows: list[FileRow]) -> dict[str, list[tuple[date, FileRow]]]:
    """The updates of each action with the day each was recorded, oldest first."""
    found = defaultdict(list)
    for row in rows:
        if row.table == UPDATES.table:
            found[row.data["action"]].append((row.derived.get("recorded_on") or row.data["on"], row))
    return {action: sorted(some, key=lambda pair: (pair[0], pair[1].data["on"])) for action, some in found.items()}


def _stages(
    row: FileRow, words: Mapping[str, list[tuple[date, FileRow]]], added: Mapping[str, date | None]
) -> Iterator[tuple[date | None, Mapping[str, Any]]]:
    """The days on which a row was written, each with the row as it was left; the last is the row of the file."""
    data = row.data
    written = added.get(data.get("action", ""))  # a milestone is written down with its action, evidence not before it
    if row.table == ACTIONS.table:
        yield from _action_stages(row, words.get(row.ref, []))
    elif row.table == MILESTONES.table and data["done_on"] is not None:
        yield written, {**data, "done_on": None}
        yield max(data["done_on"], written or data["done_on"]), data
    elif row.table == MILESTONES.table:
        yield written, data
    elif row.table == EVIDENCE.table:
        yield max(data["on"], written or data["on"]), data
    elif row.table == QUERIES.table:
        yield from _ended(data, data["asked_on"], data["answered_on"], "answer", "answered_on")
    elif row.table == PEOPLE.table:
        yield from _ended(data, None, data["left_on"], "left_on")
    elif row.table in (TARGETS.table, VALUES.table):
        yield from _figure_stages(row)
    else:
        yield row.derived.get("recorded_on"), data


def _ended(
    data: Mapping[str, Any], begun: date | None, ended: date | None, *names: str
) -> Iterator[tuple[date | None, Mapping[str, Any]]]:
    """A row as it was begun, and with the fields that were filled when it ended."""
    yield begun, data if ended is None else {**data, **dict.fromkeys(names)}
    if ended is not None:
        yield ended, data


def _figure_stages(row: FileRow) -> Iterator[tuple[date | None, Mapping[str, Any]]]:
    """A figure as first recorded, and as corrected or moved later."""
    earlier, data = row.derived.get("earlier"), row.data
    later = row.derived.get("corrected_on") or row.derived.get("moved_on")
    if earlier is None or later is None:
        yield row.derived.get("recorded_on"), data
        return
    # The workbook keeps the earlier number alone. It was a share of the same number of pupils; of how many, is lost.
    parts = {"numerator": None, "note": None} if row.table == VALUES.table else {"reason": None}
    yield row.derived.get("recorded_on"), {**data, "number": earlier, **parts}
    yield later, data


def _action_stages(row: FileRow, words: list[tuple[date, FileRow]]) -> Iterator[tuple[date | None, Mapping[str, Any]]]:
    """An action as first written, then as each update left it; the leader's confidence and the evidence come last.

    What changed is said with the word that closes it.
    """
    added = row.data["added_on"]
    late = dict.fromkeys(("confidence", "confidence_reason", "confidence_on", "evidence", "outcome"))
    said = any(update.data["status"] is not None for _, update in words)
    status = Status.NOT_STARTED if said else row.data["status"]
    data = {**row.data, **late, "status": status, "due_on": row.data["first_due_on"] or row.data["due_on"]}
    yield added, data
    for day, update in words:
        data = {
            **data,
            "status": update.data["status"] or data["status"],
            "due_on": update.data["new_due_on"] or data["due_on"],
        }
        data["outcome"] = row.data["outcome"] if data["status"] in CLOSED else None
        yield max(day, added or day), data
    last = max([d for d, _ in words] + [d for d in (added, row.data["confidence_on"]) if d is not None], default=None)
    yield last, row.data
