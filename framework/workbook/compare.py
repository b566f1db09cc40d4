"""What a checked file would change here, field by field. Pure: the plan shown is the plan applied."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from framework.earlier import Bases
from framework.subjects import SUBJECTS, Subject, data_of
from framework.workbook.cells import Note
from framework.workbook.merge import in_conflict, merge_fields, same
from framework.workbook.plan import Data, FieldChange, MissingRow, Outcome, Plan, RowChange
from framework.workbook.problems import Checked, FileRow
from framework.workbook.scope import Scope, within
from framework.workbook.words import Known, label

__all__ = ["Plan", "RowChange", "compare", "same"]


def compare(
    checked: Checked,
    known: Known,
    bases: Bases | None = None,
    *,
    based_on: int = 0,
    scope: Scope | None = None,
    foreign: bool = False,
) -> Plan:
    """Set the file's rows beside what they were made from and what stands here.

    A missing column, row or sheet leaves all as it is here.
    bases    what the file was made from; None: nothing is known of it, and what stands here is taken for it
    scope    the rows that the file was written from, where it was not all of them
    foreign  the file is not a workbook of ours: an empty cell says nothing, and neither does a row that it lacks
    """
    was = bases or Bases()
    changes: list[RowChange] = []
    unchanged: dict[str, int] = {}
    missing: list[MissingRow] = []
    left_out: list[FileRow] = []
    wrong = {(problem.sheet, problem.row) for problem in checked.problems if problem.row}
    for subject in SUBJECTS:
        rows = checked.rows.get(subject.table)
        if rows is None:
            continue
        table = _Table(subject, known.get(subject.table, {}), was, foreign=foreign)
        same_rows = 0
        for row in rows:
            if row.wrong or (row.sheet, row.number) in wrong:
                left_out.append(row)
            elif (change := table.change(row)) is not None:
                changes.append(change)
            else:
                same_rows += 1
        unchanged[subject.table] = same_rows
        if not foreign and subject.table in checked.written:
            missing += table.missing({row.ref for row in rows}, scope or {}, known)
    notes = (*checked.notes, *_archived(changes))
    return Plan(
        tuple(changes), tuple(missing), unchanged, checked.problems, notes, based_on, tuple(left_out), checked.shuffled
    )


class _Table:
    """One table's rows here, and as the file was made from them."""

    def __init__(self, subject: Subject, here: Mapping[str, Any], was: Bases, *, foreign: bool) -> None:
        self._subject = subject
        self._here = here
        self._rows = was.rows.get(subject.table, {})
        self._moved = was.moved.get(subject.table, frozenset())
        self._added = was.added.get(subject.table, frozenset())
        self._nothing = {f.name: f.default for f in subject.fields}
        self._foreign = foreign

    def change(self, row: FileRow) -> RowChange | None:
        """How the row would change; None when it would not, and nothing need be said of it."""
        here = self._here.get(row.ref)
        if here is None:
            return _changed(row, 0, None, {**self._nothing, **row.data})
        ours = data_of(self._subject, here)
        if {**ours, **row.data} == ours:
            return None
        base = self._base(row.ref, ours)
        fields = merge_fields(self._subject, self._told(row), base, row.data, ours, self._blank(row))
        if here.archived:
            fields = _put_away(fields)
        if not fields:
            return None
        data = {**ours, **{one.name: one.kept for one in fields}}
        return replace(_changed(row, here.version, ours, data), fields=fields, archived=here.archived)

    def _base(self, ref: str, ours: Data) -> Data:
        if ref in self._added:
            return self._nothing
        return self._rows.get(ref, ours)

    def _told(self, row: FileRow) -> list[str]:
        """The fields that the file says something of."""
        blank = self._blank(row)
        return [name for name in self._subject.names if name in row.data and not (self._foreign and blank(name))]

    def _blank(self, row: FileRow) -> Any:
        """Whether a field has what an empty cell gives it; a number worked out from its counts has more."""

        def blank(name: str) -> bool:
            own = self._subject.field(name)
            return name not in row.cells and same(own, row.data[name], own.default)

        return blank

    def missing(self, in_file: set[str], scope: Scope, known: Known) -> Iterator[MissingRow]:
        """Rows that stood in what the file was made from, stand here, and are not in the file."""
        table = self._subject.table
        gone = {ref: row for ref, row in self._here.items() if ref not in in_file and not row.archived}
        for ref, row in within({table: gone}, scope)[table].items() if scope else gone.items():
            if ref not in self._added:
                data = data_of(self._subject, row)
                words = label(self._subject, data, known)
                yield MissingRow(table, ref, words, row.version, ref in self._moved, data)


def _changed(row: FileRow, version: int, before: Data | None, data: Data) -> RowChange:
    return RowChange(
        table=row.table,
        ref=row.ref,
        label=row.label,
        sheet=row.sheet,
        number=row.number,
        version=version,
        is_new=before is None,
        before=before,
        data=data,
        cells=row.cells,
        derived=row.derived,
    )


def _put_away(fields: tuple[FieldChange, ...]) -> tuple[FieldChange, ...]:
    """Of a row that is archived here: what the file changed is in conflict with that; without it there is nothing."""
    if all(one.outcome in (Outcome.CHANGED_HERE, Outcome.CLEARED) for one in fields):
        return ()
    return tuple(one if one.outcome is Outcome.CHANGED_HERE else in_conflict(one) for one in fields)


def _archived(changes: list[RowChange]) -> list[Note]:
    put_away = sum(change.archived for change in changes)
    if not put_away:
        return []
    words = f"{put_away:,} of the rows that would change {'is' if put_away == 1 else 'are'} archived here"
    stays = "It stays so" if put_away == 1 else "They stay so"
    return [Note("MERGE-CONFLICT", f"{words}. {stays}, unless you choose what the file says.")]
