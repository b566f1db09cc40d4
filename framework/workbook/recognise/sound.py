"""The rules of our own workbook, held over the rows that were made of a stranger's: said at its own cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from framework.subjects import SUBJECTS, Subject
from framework.workbook.compare import same
from framework.workbook.identity import key_of
from framework.workbook.problems import FileRow, Problem
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.shape import Column
from framework.workbook.references import Directory
from framework.workbook.sense import Senseless, filled_in, senseless, senseless_together

# Tables whose rows are what a record of the file is. Of any other a record may give several, and one may be wrong.
_WHOLE_RECORDS = frozenset({"action", "kpi"})
# What becomes of the record when one row of a table is left out.
_LEFT = {
    "action": "the action is left out",
    "kpi": "the KPI is left out",
    "milestone": "the action goes in without this milestone",
    "action_update": "the action goes in without this update",
    "target": "the KPI goes in without this target",
    "value": "this value is left out",
}


@dataclass(frozen=True)
class _Whole:
    """A row with all its fields, as the file leaves it. `as_before`: it stands here just so."""

    ref: str
    data: Mapping[str, Any]
    as_before: bool


class Sound:
    """Finds what cannot be true in the rows that were made."""

    def __init__(self, job: Conversion, headings: Mapping[tuple[str, str], Column]) -> None:
        """`headings`: by sheet and address of a cell the column that it stands in."""
        self._job = job
        self._headings = headings
        self._directory = Directory(job.known)

    def rows(self) -> dict[str, list[FileRow]]:
        """Every table's rows, those that cannot be right marked; their problems join the conversion's."""
        found = {}
        for subject in SUBJECTS:
            rows = self._job.made(subject.table)
            if rows:
                filled = [self._filled(subject, row) for row in rows]
                self._directory.add(subject.table, {row.ref: self._whole(subject, row) for row in filled})
                found[subject.table] = self._checked(subject, filled)
        return found

    def _whole(self, subject: Subject, row: FileRow) -> dict[str, Any]:
        defaults = {f.name: f.default for f in subject.fields}
        return {**defaults, **self._directory.standing(subject.table, row.ref), **row.data}

    def _filled(self, subject: Subject, row: FileRow) -> FileRow:
        """The row with what follows from its own counts."""
        more = filled_in(subject.table, self._whole(subject, row), self._directory)
        return replace(row, data={**row.data, **more}) if more else row

    def _checked(self, subject: Subject, rows: list[FileRow]) -> list[FileRow]:
        told = {number: self._told(subject, row) for number, row in enumerate(rows)}
        wrong = set()
        found = [(n, w) for n, row in told.items() for w in senseless(subject.table, row, self._directory)]
        found += senseless_together(subject.table, told, self._directory)
        for number, senseless_at in found:
            wrong.add(number)
            self._problem(subject, rows[number], senseless_at)
        for number, other in self._twice(subject, rows):
            wrong.add(number)
            self._same_again(subject, rows[number], rows[other])
        return [replace(row, wrong=True) if number in wrong else row for number, row in enumerate(rows)]

    def _told(self, subject: Subject, row: FileRow) -> _Whole:
        whole = self._whole(subject, row)
        stands = self._directory.standing(subject.table, row.ref)
        as_before = bool(stands) and all(same(f, whole[f.name], stands[f.name]) for f in subject.fields)
        return _Whole(row.ref, whole, as_before)

    def _twice(self, subject: Subject, rows: list[FileRow]) -> Iterator[tuple[int, int]]:
        """Rows that say of one thing what an earlier row of the file says otherwise, each with that row."""
        first: dict[Any, int] = {}
        for number, row in enumerate(rows):
            own = key_of(subject, self._whole(subject, row))
            if own is not None and first.setdefault(own, number) != number:
                yield number, first[own]

    def _same_again(self, subject: Subject, row: FileRow, other: FileRow) -> None:
        names = ", ".join(subject.field(name).heading for name in subject.key)
        cell = next(iter(other.cells.values()), ("",))[0]
        where = f"{other.sheet}!{cell}" if cell else f"row {other.number}"
        wanted = f"one row for each {names}, and {where} says something else of the same"
        self._add(subject, row, "KEY-DUPLICATE", "", wanted)

    def _problem(self, subject: Subject, row: FileRow, wrong: Senseless) -> None:
        self._add(subject, row, wrong.code, wrong.field, wrong.wanted)

    def _add(self, subject: Subject, row: FileRow, code: str, name: str, wanted: str) -> None:
        at = row.cells.get(name)
        address, raw = (at or next(iter(row.cells.values()), ("", "")))[:2]
        column = self._headings.get((row.sheet, address))
        ours = subject.field(name).heading if name else ""
        heading = ours if column is None else column.heading
        number = row.number if subject.table in _WHOLE_RECORDS else 0
        left = _LEFT.get(subject.table, "this row is left out")
        found = raw if at is not None or not name else None
        self._job.problems.append(Problem(code, row.sheet, address, heading, found, wanted, number, row.label, left))
