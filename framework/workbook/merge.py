"""Three sides of a row beside each other: as the file was made from it, as the file has it, as it stands here.

Pure. What is shown is what is decided, and what is decided is what a deed writes; nothing chosen, nothing here is lost.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from framework.earlier import Bases, Left
from framework.errors import FileRefused
from framework.kpis.kpi import State
from framework.subjects import ARCHIVED, BY_TABLE, VALUES, Field, Kind, Subject
from framework.text import clean
from framework.workbook.plan import (
    Choices,
    Data,
    FieldChange,
    Key,
    MissingRow,
    Outcome,
    Plan,
    RowChange,
    Take,
    Written,
)
from framework.workbook.sense import FOLLOWS
from framework.workbook.words import day_words

__all__ = [
    "ARCHIVED", "Bases", "Choices", "FieldChange", "Left", "MissingRow", "Outcome", "Plan", "RowChange", "Take",
    "Written", "decided", "left_behind", "merge_field", "merge_fields", "same",
]  # fmt: skip

# Spreadsheets keep 15 to 17 digits of a number; a difference beyond that is theirs, not a person's.
TOLERANCE = 1e-9
ANSWER_FIRST = "Nothing was loaded: some questions about this file need an answer first."
CORRECT_FIRST = "Nothing was loaded: some cells need correcting first."
# Fields that say one thing together: half of it from the file and half from here would be what nobody said.
_FIGURES: dict[str, tuple[tuple[str, ...], ...]] = {
    "value": (("number", "numerator", "denominator", "sd", "state", "symbol"),),
    "target": (("number", "low", "high"),),
    "kpi": (("baseline", "baseline_period", "baseline_numerator", "baseline_denominator"),),
}


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


def merge_field(own: Field, base: Any, file: Any, ours: Any, *, blank: bool | None = None) -> FieldChange | None:
    """What comes of one field; None when nothing need be said.

    blank  whether the file's cell is empty, which `file` alone does not tell where an empty cell has a default;
           None: it is when the file has that default
    """
    empty = same(own, file, own.default) if blank is None else blank
    if same(own, file, ours) or (own.lasting and file is None and empty):
        return None
    if same(own, file, base):
        return FieldChange(own.name, Outcome.CHANGED_HERE, base, file, ours, ours)
    if same(own, ours, base):
        outcome = Outcome.CLEARED if empty else Outcome.CHANGED
        return FieldChange(own.name, outcome, base, file, ours, ours if empty else file)
    if own.kind is not Kind.MANY or empty:
        return FieldChange(own.name, Outcome.CONFLICT, base, file, ours, ours)
    merged = _merged(base, file, ours)
    outcome = Outcome.CHANGED_HERE if set(merged) == set(ours) else Outcome.MERGED
    return FieldChange(own.name, outcome, base, file, ours, merged)


def _merged(base: Iterable[str], file: Iterable[str], ours: Iterable[str]) -> tuple[str, ...]:
    """Ours without what the file took out, then what the file added."""
    was, theirs, mine = set(base), tuple(file), tuple(ours)
    kept = [ref for ref in mine if ref in theirs or ref not in was]
    return (*kept, *(ref for ref in theirs if ref not in was and ref not in mine))


def merge_fields(
    subject: Subject, names: Iterable[str], base: Data, file: Data, ours: Data, blank: Callable[[str], bool | None]
) -> tuple[FieldChange, ...]:
    """Every field that is not the same on all sides, in the order of the subject. `names`: those the file tells of."""
    found = {}
    for name in names:
        if file[name] != ours[name]:  # most are the very same, which is seen sooner than what they say
            change = merge_field(subject.field(name), base[name], file[name], ours[name], blank=blank(name))
            if change is not None:
                found[name] = change
    for figure in _FIGURES.get(subject.table, ()):
        _keep_together(figure, found, subject, base, ours)
    if subject.table in FOLLOWS:
        _keep_in_order(*FOLLOWS[subject.table], found, ours)
    return tuple(found.values())


def _keep_together(
    figure: tuple[str, ...], found: dict[str, FieldChange], subject: Subject, base: Data, ours: Data
) -> None:
    """Where the file and someone here both moved a figure, all that the file changed of it is in conflict."""
    if any(not same(subject.field(name), base[name], ours[name]) for name in figure):
        for name in figure:
            change = found.get(name)
            if change is not None and change.outcome is Outcome.CHANGED:
                found[name] = in_conflict(change)


def _keep_in_order(earlier: str, later: str, found: dict[str, FieldChange], ours: Data) -> None:
    """Where a date of the file would come before one of ours that it may not come before, it is in conflict with it."""
    first, second = (found[name].kept if name in found else ours[name] for name in (earlier, later))
    if first is not None and second is not None and second < first:
        for name in (earlier, later):
            if name in found and found[name].outcome is Outcome.CHANGED:
                found[name] = in_conflict(found[name])


def in_conflict(change: FieldChange) -> FieldChange:
    """The field with ours kept unless someone chooses."""
    return FieldChange(change.name, Outcome.CONFLICT, change.base, change.file, change.ours, change.ours)


def decided(plan: Plan, choices: Choices | None = None) -> tuple[Written, ...]:
    """What is written: the plan with what was chosen in it. Rows of which nothing would change are not in it.

    Raises FileRefused while the plan has unanswered questions, or problems and `without_wrong` was not chosen; and
    where dates chosen from both sides would be out of order.
    """
    chosen = choices or Choices()
    if plan.unanswered:
        raise FileRefused(ANSWER_FIRST)
    if plan.problems and not chosen.without_wrong:
        raise FileRefused(CORRECT_FIRST, plan.problems)
    behind = {(row.table, row.ref) for row in left_behind(plan, chosen)}
    rows = []
    for change in plan.changes:
        row = None if (change.table, change.ref) in behind else _written(change, chosen)
        if row is not None:
            _keep_chosen_in_order(change, row.data)
            rows.append(row)
    return (*rows, *_put_away(plan, chosen))


def _keep_chosen_in_order(change: RowChange, data: Data) -> None:
    """Half of what was chosen may come from each side: then a date can come before one it may not come before."""
    subject = BY_TABLE[change.table]
    if change.before is None or change.table not in FOLLOWS:
        return
    earlier, later = (subject.field(name) for name in FOLLOWS[change.table])
    first, second = data[earlier.name], data[later.name]
    if (first, second) == (change.before[earlier.name], change.before[later.name]):
        return
    if first is not None and second is not None and second < first:
        raise FileRefused(
            f"Nothing was changed: {change.label} would have {day_words(second)} as its {later.heading} and "
            f"{day_words(first)} as its {earlier.heading}. Take both dates from one side."
        )


def left_behind(plan: Plan, choices: Choices) -> tuple[RowChange, ...]:
    """Rows that cannot be written because they name a new row that is left out, one by one along such names."""
    gone = {(row.table, row.ref) for row in plan.left_out if row.is_new}
    gone |= {(c.table, c.ref) for c in plan.changes if c.is_new and _row_take(c, choices) is Take.OURS}
    found: dict[Key, RowChange] = {}
    more = bool(gone)
    # In the order of the subjects what is named stands before what names it. Within a sheet it may stand below it.
    while more:
        known = len(found)
        for change in plan.changes:
            written = None if (change.table, change.ref) in found else _written(change, choices)
            if written is not None and any(key in gone for key in _named(change.table, written.data)):
                found[change.table, change.ref] = change
                if change.is_new:
                    gone.add((change.table, change.ref))
        more = len(found) > known
    return tuple(found.values())


def _named(table: str, data: Data) -> Iterator[Key]:
    for own in BY_TABLE[table].fields:
        if own.kind is Kind.ONE and data[own.name] is not None:
            yield own.of, data[own.name]
        elif own.kind is Kind.MANY:
            yield from ((own.of, ref) for ref in data[own.name])


def _row_take(change: RowChange, choices: Choices) -> Take | None:
    return choices.rows.get((change.table, change.ref))


def _written(change: RowChange, choices: Choices) -> Written | None:
    """The row as it would be put; None when it stays as it is."""
    if _row_take(change, choices) is Take.OURS:
        return None
    if change.before is None:
        return _put(change, change.data, archived=change.archived)
    taken = {one.name: _taken(change, one, choices) for one in change.fields}
    archived = bool(taken.pop(ARCHIVED.name, change.archived))
    subject = BY_TABLE[change.table]
    data = {**change.before, **taken}
    if change.archived and archived:
        if not any(_is_taken(change, one, choices) for one in change.fields):
            return None
        archived = False  # what is taken from the file brings the row back
        if subject is VALUES:
            data["state"] = next((one.file for one in change.fields if one.name == "state"), State.REPORTED)
    put_back = archived != _archived_here(change)
    if not put_back and all(same(subject.field(name), data[name], change.before[name]) for name in taken):
        return None
    return _put(change, data, archived=archived)


def _archived_here(change: RowChange) -> bool:
    return next((bool(one.ours) for one in change.fields if one.name == ARCHIVED.name), change.archived)


def _put(change: RowChange, data: Data, *, archived: bool) -> Written:
    return Written(
        change.table, change.ref, data, change.version, change.is_new, archived, change.sheet, change.cells,
        change.derived,
    )  # fmt: skip


def _taken(change: RowChange, one: FieldChange, choices: Choices) -> Any:
    """The value that stands of a field once loaded."""
    take = _field_take(change, one, choices)
    if take is Take.BOTH:
        return _both(BY_TABLE[change.table].field(one.name), one)
    if take is not None:
        return one.file if take is Take.FILE else one.ours
    if one.outcome is Outcome.CLEARED and choices.clear and not change.archived:
        return one.file
    if one.outcome is Outcome.CONFLICT and _row_take(change, choices) is Take.FILE and not _empties(change, one):
        return one.file
    return one.kept


def _is_taken(change: RowChange, one: FieldChange, choices: Choices) -> bool:
    """Whether something of the file was chosen for a field of a row that is archived here."""
    if _row_take(change, choices) is Take.FILE:
        return True
    return _field_take(change, one, choices) in (Take.FILE, Take.BOTH)


def _field_take(change: RowChange, one: FieldChange, choices: Choices) -> Take | None:
    """What was chosen for a field; in a figure, where nothing was, what was chosen for another part of it."""
    names = next((f for f in _FIGURES.get(change.table, ()) if one.name in f), ())
    for name in (one.name, *names):
        take = choices.fields.get((change.table, change.ref, name))
        if take is not None:
            return take
    return None


def _empties(change: RowChange, one: FieldChange) -> bool:
    """Whether the file's cell is empty. What undoing restores comes from no cell."""
    own = BY_TABLE[change.table].field(one.name)
    return change.number != 0 and one.name not in change.cells and same(own, one.file, own.default)


def _both(own: Field, one: FieldChange) -> Any:
    if own.kind is Kind.MANY:
        return (*one.ours, *(ref for ref in one.file if ref not in one.ours))
    if own.kind is not Kind.LONG:
        raise ValueError(f"{own.name} holds one thing, so both cannot stand in it")
    ours, file = one.ours or "", one.file or ""
    if not file or _holds(ours, file):
        return one.ours
    return one.file if not ours or _holds(file, ours) else f"{ours}\n\n{file}"


def _holds(text: str, part: str) -> bool:
    """Whether a text has another as paragraphs of its own: then both stand in it already."""
    return f"\n\n{part}\n\n" in f"\n\n{text}\n\n"


def _put_away(plan: Plan, choices: Choices) -> Iterator[Written]:
    for row in plan.missing:
        if (row.table, row.ref) in choices.archive:
            data = {**row.data, "state": State.WITHDRAWN} if BY_TABLE[row.table] is VALUES else row.data
            yield Written(row.table, row.ref, data, row.version, is_new=False, archived=True)
