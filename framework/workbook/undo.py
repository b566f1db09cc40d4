"""Undoing a change: it is merged like a file that says what was before, so what others changed since stays.

Pure. A row that the change made is put away, and one that it put away comes back; undoing that restores all again.
"""

from collections.abc import Iterable
from typing import Any

from framework.earlier import Data, Left
from framework.kpis.kpi import State
from framework.subjects import ARCHIVED, BY_TABLE, VALUES, Subject, data_of
from framework.workbook.merge import in_conflict, merge_field, merge_fields, same
from framework.workbook.plan import FieldChange, Outcome, Plan, RowChange
from framework.workbook.words import Known, label


def undoing(left: Iterable[Left], known: Known, *, based_on: int = 0) -> Plan:
    """What undoing a change would do to what stands here.

    left  the rows of the change, in the order of the subjects
    """
    changes, unchanged = [], dict[str, int]()
    for row in left:
        here = known.get(row.table, {}).get(row.ref)
        change = None if here is None else _undone(BY_TABLE[row.table], row, here, known)
        if change is None:
            unchanged[row.table] = unchanged.get(row.table, 0) + 1
        else:
            changes.append(change)
    return Plan(tuple(changes), unchanged=unchanged, based_on=based_on)


def _undone(subject: Subject, row: Left, here: Any, known: Known) -> RowChange | None:
    """The row as it would be without the change; None when nothing of the change is left in it."""
    ours = data_of(subject, here)
    fields = _earlier_fields(subject, row, ours)
    # Someone put it away, or brought it back, after the change: then nothing of it moves unasked.
    archived = here.archived and not row.is_archived and not subject.appended
    if archived:
        fields = tuple(in_conflict(one) for one in fields)
    fields += () if subject.appended else _archiving(row, here)
    if not fields:
        return None
    data = {**ours, **{one.name: one.kept for one in fields if one.name != ARCHIVED.name}}
    words = label(subject, ours, known)
    return RowChange(subject.table, row.ref, words, "", 0, here.version, False, ours, data, fields, archived=archived)


def _earlier_fields(subject: Subject, row: Left, ours: Data) -> tuple[FieldChange, ...]:
    """The fields that the change moved and that do not stand as they did before it."""
    before = _before(subject, row)
    moved = [f.name for f in subject.fields if not same(f, row.after[f.name], before[f.name])]
    return merge_fields(subject, moved, row.after, before, ours, lambda name: False)


def _before(subject: Subject, row: Left) -> Data:
    """What the row said before; a value that had none is withdrawn, any other row that the change made is put away."""
    if row.before is not None:
        return row.before
    return {**row.after, "state": State.WITHDRAWN} if subject is VALUES else row.after


def _archiving(row: Left, here: Any) -> tuple[FieldChange, ...]:
    """Whether the row is put away or comes back. One that the change made and someone worked on since is kept."""
    was = row.was_archived or row.before is None
    change = merge_field(ARCHIVED, row.is_archived, was, here.archived, blank=False)
    if change is None or was == row.is_archived:
        return ()
    touched = row.before is None and here.version != row.version
    return (in_conflict(change) if touched and change.outcome is Outcome.CHANGED else change,)
