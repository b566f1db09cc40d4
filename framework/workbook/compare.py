"""What a checked workbook would change here, field by field. Pure: the plan shown is the plan applied."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from framework.subjects import SUBJECTS, Field, Kind, Subject, data_of
from framework.text import clean
from framework.workbook.problems import Checked, FileRow, Problem
from framework.workbook.words import Known

# Spreadsheets keep 15 to 17 digits of a number; a difference beyond that is theirs, not a person's.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class RowChange:
    """A row that would be added or changed.

    before   the fields as they stand here; None for a new row
    after    all fields as they would stand
    changed  fields with another value; every filled field of a new row
    cleared  fields that are blank in the file and hold a value here: listed apart, applied only when someone says so
    version  of the row as it was compared, 0 for a new one; a deed refuses when it has moved since
    """

    table: str
    ref: str
    is_new: bool
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    changed: tuple[str, ...]
    cleared: tuple[str, ...]
    version: int
    sheet: str
    cells: Mapping[str, tuple[str, str]]
    derived: Mapping[str, Any] = field(default_factory=dict)

    def without_cleared(self) -> "RowChange":
        if self.before is None or not self.cleared:
            return self
        kept = {name: self.before[name] for name in self.cleared}
        return replace(self, after={**self.after, **kept}, cleared=())


@dataclass(frozen=True)
class Plan:
    """What loading a workbook would do. With problems it must not be applied.

    unchanged, missing  by table: rows that are the same, and rows that stand here and are not in the file (they stay)
    based_on            the last change the comparison knew of
    """

    changes: tuple[RowChange, ...] = ()
    unchanged: Mapping[str, int] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    based_on: int = 0

    def without_cleared(self) -> "Plan":
        """The plan in which a blank cell leaves what stands here; rows left without a change are unchanged."""
        kept = [change.without_cleared() for change in self.changes]
        unchanged = dict(self.unchanged)
        for change in kept:
            if not change.is_new and not change.changed:
                unchanged[change.table] = unchanged.get(change.table, 0) + 1
        changes = tuple(change for change in kept if change.is_new or change.changed)
        return replace(self, changes=changes, unchanged=unchanged)


def compare(checked: Checked, known: Known, *, based_on: int = 0) -> Plan:
    """Set the file's rows beside those that stand here. A missing column, row or sheet leaves all as it is here."""
    changes: list[RowChange] = []
    unchanged: dict[str, int] = {}
    missing: dict[str, int] = {}
    for subject in SUBJECTS:
        rows = checked.rows.get(subject.table)
        if rows is None:
            continue
        here = known.get(subject.table, {})
        moved = [_change(subject, row, here.get(row.ref)) for row in rows]
        changes += [change for change in moved if change is not None]
        unchanged[subject.table] = sum(change is None for change in moved)
        in_file = {row.ref for row in rows}
        missing[subject.table] = sum(not row.archived and ref not in in_file for ref, row in here.items())
    notes = (*checked.notes, *_older(changes, checked), *_archived(changes, known))
    return Plan(tuple(changes), unchanged, missing, checked.problems, notes, based_on)


def _change(subject: Subject, row: FileRow, here: Any) -> RowChange | None:
    """How the row would change; None when it would not."""
    before = None if here is None else data_of(subject, here)
    given = {f.name: f.default for f in subject.fields} if before is None else before
    different = tuple(
        f.name
        for f in subject.fields
        if f.name in row.data
        and not same(f, given[f.name], row.data[f.name])
        and not (f.lasting and row.data[f.name] is None)
    )
    if before is not None and not different:
        return None
    cleared = () if before is None else tuple(n for n in different if n not in row.cells and _is_blank(subject, n, row))
    return RowChange(
        table=row.table,
        ref=row.ref,
        is_new=before is None,
        label=row.label,
        before=before,
        after={**given, **{name: row.data[name] for name in different}},
        changed=tuple(name for name in different if name not in cleared),
        cleared=cleared,
        version=0 if here is None else here.version,
        sheet=row.sheet,
        cells=row.cells,
        derived=row.derived,
    )


def _is_blank(subject: Subject, name: str, row: FileRow) -> bool:
    """Whether the field has what an empty cell gives it; a number worked out from its counts has more."""
    own = subject.field(name)
    return same(own, row.data[name], own.default)


def same(own: Field, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same. Order and repetition in a list, and stray blanks, say nothing."""
    if one is None or other is None:
        return (one in (None, "")) and (other in (None, ""))
    if own.kind is Kind.NUMBER:
        return math.isclose(one, other, rel_tol=TOLERANCE)
    if own.kind is Kind.MANY:
        return set(one) == set(other)
    if own.kind in (Kind.TEXT, Kind.LONG):
        return clean(one) == clean(other)
    return bool(one == other)


def _older(changes: Iterable[RowChange], checked: Checked) -> list[str]:
    """A note when the file was written before a row it would change was last changed here."""
    seen = {(row.table, row.ref): row.seen for rows in checked.rows.values() for row in rows}
    late = sum(not c.is_new and _behind(seen[c.table, c.ref], c.version) for c in changes)
    if not late:
        return []
    rows = "1 row was" if late == 1 else f"{late:,} rows were"
    return [f"{rows} changed here after this file was written. Look at what the file would put in their place."]


def _behind(seen: int | None, version: int) -> bool:
    return seen is not None and seen < version


def _archived(changes: Iterable[RowChange], known: Known) -> list[str]:
    put_away = sum(not c.is_new and known[c.table][c.ref].archived for c in changes)
    if not put_away:
        return []
    return [f"{put_away:,} of the rows that would change {'is' if put_away == 1 else 'are'} archived here."]
