"""Undoing a change: it is merged like a file that says what was before, so what others changed since stays.

Pure. A row that the change made is put away, and one that it put away comes back; undoing that restores all again.
A row that others came to name stays too: it is put away only when someone says so, and its parts go along.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from framework.earlier import Data, Left, LeftSetting
from framework.kpis.kpi import State
from framework.settings import Settings
from framework.subjects import ARCHIVED, BY_TABLE, VALUES, Subject, data_of
from framework.workbook.merge import decided, in_conflict, merge_field, merge_fields, same
from framework.workbook.naming import PARTS, Afterwards, Naming
from framework.workbook.plan import Choices, FieldChange, Key, Outcome, Plan, RowChange, Take, Written
from framework.workbook.words import Known, label

SETTING = "setting"  # in the place of a table, where a setting is chosen
# Set by the sample alone, and never changed.
_FIXED = frozenset({"sample_day"})


@dataclass(frozen=True)
class Part:
    """A row that belongs to another, as it stands here."""

    table: str
    ref: str
    label: str
    data: Data
    version: int


@dataclass(frozen=True)
class UndoPlan(Plan):
    """What undoing a change would do.

    settings  those that do not stand as they did before it
    parts     of a row that stays unless someone chooses: what belongs to it, and would be put away with it
    named_by  of such a row: what else names it, in words; until nothing does, it cannot be put away
    of_load   the change loaded a file, or undid one that did
    values    those that the change can have to do with, as they stand here
    """

    settings: tuple[FieldChange, ...] = ()
    parts: Mapping[Key, tuple[Part, ...]] = field(default_factory=dict)
    named_by: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    of_load: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing of the change is left."""
        return not self.changes and not self.settings


def undoing(
    left: Iterable[Left],
    known: Known,
    *,
    settings: Iterable[LeftSetting] = (),
    of_load: bool = False,
    based_on: int = 0,
) -> UndoPlan:
    """What undoing a change would do to what stands here.

    left      the rows of the change, in the order of the subjects
    settings  those of the change; of one that is no choice of the trust's (a remembered layout, a copy) nothing goes
              back
    """
    changes, unchanged = [], dict[str, int]()
    for row in left:
        here = known.get(row.table, {}).get(row.ref)
        change = None if here is None else _undone(BY_TABLE[row.table], row, here, known)
        if change is None:
            unchanged[row.table] = unchanged.get(row.table, 0) + 1
        else:
            changes.append(change)
    standing = _Standing(changes, known)
    return UndoPlan(
        tuple(standing.changes()),
        unchanged=unchanged,
        based_on=based_on,
        settings=tuple(one for one in map(_undone_setting, settings) if one is not None),
        parts=standing.parts(),
        named_by=standing.named_by(),
        of_load=of_load,
        values=known.get(VALUES.table, {}),
    )


def undone_rows(plan: UndoPlan, choices: Choices) -> tuple[Written, ...]:
    """The rows that undoing writes, by what was chosen; the parts of one that is put away are among them."""
    rows = decided(plan, choices)
    put = {(row.table, row.ref) for row in rows}
    along = {
        (part.table, part.ref): _put_away(part)
        for row in rows
        if row.archived
        for part in plan.parts.get((row.table, row.ref), ())
    }
    return (*rows, *(row for key, row in along.items() if key not in put))


def _put_away(part: Part) -> Written:
    data = {**part.data, "state": State.WITHDRAWN} if part.table == VALUES.table else part.data
    return Written(part.table, part.ref, data, part.version, is_new=False, archived=True)


def undone_settings(plan: UndoPlan, choices: Choices) -> dict[str, Any]:
    """The settings that undoing writes, by what was chosen."""
    return {
        one.name: one.file
        for one in plan.settings
        if one.outcome is Outcome.CHANGED or choices.fields.get((SETTING, one.name, one.name)) is Take.FILE
    }


def is_a_choice(name: str) -> bool:
    """Whether a setting can go back: a layout and a frozen copy are remembered for ever, the sample's day is fixed."""
    return name in {f.name for f in fields(Settings)} - _FIXED


def _undone_setting(left: LeftSetting) -> FieldChange | None:
    """A setting as it would be without the change; one that was not set before gets its default."""
    if not is_a_choice(left.name):
        return None
    default = getattr(Settings(), left.name)
    before, now = (default if value is None else value for value in (left.before, left.now))
    if now == before or left.after == before:
        return None
    if now == left.after:
        return FieldChange(left.name, Outcome.CHANGED, left.after, before, now, before)
    return FieldChange(left.name, Outcome.CONFLICT, left.after, before, now, now)


def _undone(subject: Subject, row: Left, here: Any, known: Known) -> RowChange | None:
    """The row as it would be without the change; None when nothing of the change is left in it."""
    ours = data_of(subject, here)
    found = _earlier_fields(subject, row, ours)
    touched = row.before is None and _worked_on(subject, row, ours)
    # Someone put it away, or brought it back, after the change: then nothing of it moves unasked.
    archived = here.archived and not row.is_archived and not subject.appended
    if archived or (subject.appended and touched):
        found = tuple(in_conflict(one) for one in found)
    found += () if subject.appended else _archiving(row, here, touched=touched)
    if not found:
        return None
    data = {**ours, **{one.name: one.kept for one in found if one.name != ARCHIVED.name}}
    words = label(subject, ours, known)
    return RowChange(subject.table, row.ref, words, "", 0, here.version, False, ours, data, found, archived=archived)


def _worked_on(subject: Subject, row: Left, ours: Data) -> bool:
    """Whether it says something else than the change left. What others did and undid again is nothing of theirs."""
    return any(not same(f, ours[f.name], row.after[f.name]) for f in subject.fields if not f.lasting)


def _earlier_fields(subject: Subject, row: Left, ours: Data) -> tuple[FieldChange, ...]:
    """The fields that the change moved and that do not stand as they did before it.

    A lasting one that the change was the first to know stays known.
    """
    before = _before(subject, row)
    moved = [
        f.name
        for f in subject.fields
        if not same(f, row.after[f.name], before[f.name]) and not (f.lasting and before[f.name] is None)
    ]
    return merge_fields(subject, moved, row.after, before, ours, lambda name: False)


def _before(subject: Subject, row: Left) -> Data:
    """What the row said before; a value that had none is withdrawn, any other row that the change made is put away."""
    if row.before is not None:
        return row.before
    return {**row.after, "state": State.WITHDRAWN} if subject is VALUES else row.after


def _archiving(row: Left, here: Any, *, touched: bool) -> tuple[FieldChange, ...]:
    """Whether the row is put away or comes back. One that the change made and someone worked on since is kept."""
    was = row.was_archived or row.before is None
    change = merge_field(ARCHIVED, row.is_archived, was, here.archived, blank=False)
    if change is None or was == row.is_archived:
        return ()
    return (in_conflict(change) if touched and change.outcome is Outcome.CHANGED else change,)


class _Standing:
    """What stands on the rows that undoing would put away. One that others came to name stays, with its own parts."""

    def __init__(self, changes: list[RowChange], known: Known) -> None:
        self._changes, self._known = changes, known
        self._away = {(c.table, c.ref): one for c in changes if (one := _putting_away(c)) is not None}
        # As all would stand if every row that could be put away stayed.
        self._staying = Afterwards(known, map(_staying, changes) if self._away else ())
        self._naming = self._staying.naming(self._away) if self._away else {}
        self._going = {key for key, one in self._away.items() if one.outcome is Outcome.CHANGED}
        while kept := {key for key in self._going if self._named(key) or self._whole_stays(key)}:
            self._going -= kept

    def changes(self) -> Iterable[RowChange]:
        """The changes, with those in conflict that would take away what others need."""
        for change in self._changes:
            key = (change.table, change.ref)
            if key not in self._away or key in self._going:
                yield change
            elif not self._whole_stays(key):
                yield replace(change, fields=tuple(map(self._in_conflict, change.fields)))
            elif change.table != VALUES.table and (rest := [one for one in change.fields if one != self._away[key]]):
                yield replace(change, fields=tuple(rest))

    def parts(self) -> dict[Key, tuple[Part, ...]]:
        found = {key: [one for one in self._named(key) if one.as_part] for key in self._away}
        return {key: tuple(map(self._part, some)) for key, some in found.items() if some}

    def named_by(self) -> dict[Key, tuple[str, ...]]:
        found = {key: [one.key for one in self._named(key) if not one.as_part] for key in self._away}
        return {key: tuple(dict.fromkeys(map(self._staying.label, some))) for key, some in found.items() if some}

    def _named(self, key: Key) -> list[Naming]:
        """The rows that name this one and stay."""
        return [one for one in self._naming.get(key, ()) if one.key not in self._going]

    def _whole_stays(self, key: Key) -> bool:
        """Whether the row is a part of another that the change made too, and that stays."""
        name, row = PARTS.get(key[0]), self._staying.row(*key)
        whole = None if name is None or row is None else (BY_TABLE[key[0]].field(name).of, getattr(row, name))
        return whole in self._away and whole not in self._going

    def _in_conflict(self, one: FieldChange) -> FieldChange:
        return in_conflict(one) if one.name == ARCHIVED.name else one

    def _part(self, one: Naming) -> Part:
        table, ref = one.key
        data = data_of(BY_TABLE[table], self._staying.row(table, ref))
        return Part(table, ref, self._staying.label(one.key), data, self._known[table][ref].version)


def _putting_away(change: RowChange) -> FieldChange | None:
    """The field by which a row would be put away, or a value withdrawn; None when it would not."""
    name, away = ("state", State.WITHDRAWN) if change.table == VALUES.table else (ARCHIVED.name, True)
    return next((one for one in change.fields if one.name == name and one.file == away and one.ours != away), None)


def _staying(change: RowChange) -> tuple[Key, Data, bool]:
    """The row as planned, but for being put away."""
    away = _putting_away(change)
    if away is not None:
        data = {**change.data, away.name: away.ours} if change.table == VALUES.table else change.data
        return (change.table, change.ref), data, False
    archived = next((bool(one.kept) for one in change.fields if one.name == ARCHIVED.name), change.archived)
    return (change.table, change.ref), change.data, archived
