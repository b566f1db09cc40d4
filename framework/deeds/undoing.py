"""Undoing a change: a new change that restores what was. What others changed since stays unless someone says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from framework.deeds import deed
from framework.deeds.locking import check_rows_open
from framework.deeds.milestones import reason_of
from framework.errors import Conflict, Unknown, ValueRefused
from framework.people import Act, Audience, Person, require
from framework.settings import FROZEN
from framework.store.bases import whole_change
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import change_at, load
from framework.store.provenance import UNDO, UNDO_CHANGE, undoes
from framework.subjects import BY_TABLE, VALUES
from framework.workbook.leaving import wrong_left
from framework.workbook.plan import Choices
from framework.workbook.undo import UndoPlan, is_a_choice, undoing, undone_rows, undone_settings

# Whoever may change a setting may undo its change. The digest is switched by whoever asks people for a word.
_SETTING_ACTS = {"monday_digest": Act.CHASE}
FROZEN_STAYS = "A frozen copy cannot be undone: it is kept as it was read. Freeze another one if more is known now."
_WRONG_MOST = 3  # reasons that are told at once


@dataclass(frozen=True)
class Undone:
    """What undoing did.

    rows, settings  those that stand as before
    along           rows that were put away with what they are parts of
    """

    change: int
    rows: int
    settings: int
    along: int


@deed(Act.UNDO)
def undo_plan(store: Store, *, by: Person, change: int) -> UndoPlan:
    """What undoing a change would do; writes nothing.

    Raises Unknown when there is no such change, ValueRefused when it can never be undone.
    """
    found = whole_change(store, change)
    if not found.rows and not any(is_a_choice(one.name) for one in found.settings):
        if any(one.name.startswith(FROZEN) for one in found.settings):
            raise ValueRefused(FROZEN_STAYS)
        raise Unknown("That change left nothing that can go back, so there is nothing to undo.")
    return undoing(found.rows, found.here, settings=found.settings, of_load=found.of_load, based_on=found.newest)


@deed(Act.UNDO)
def undo(
    store: Store,
    *,
    by: Person,
    now: datetime,
    change: int,
    plan: UndoPlan,
    choices: Choices | None = None,
    reason: str = "",
) -> Undone:
    """Undo a change by a new one, which can be undone in its turn.

    choices  what was changed since and shall go back all the same (`Take.FILE` of a field); nothing chosen: it stays
    reason   needed where figures of windows that are not open are among it
    Raises Conflict when anything moved since the plan was made, ValueRefused when nothing would go back or a deed would
    refuse what it left, NotAllowed where the person may not change what would go back; then nothing is written.
    """
    chosen, why = choices or Choices(), reason_of(reason)
    what, words = (UNDO if plan.of_load else UNDO_CHANGE), f"{undoes(change)} {why}".strip()
    with entry(store, by=by, now=now, deed=what, reason=words) as e:
        if change_at(e.conn, None) != plan.based_on:
            raise Conflict("Something here changed while you looked. Nothing was undone. Look at it once more.")
        rows, settings = undone_rows(plan, chosen), undone_settings(plan, chosen)
        if not rows and not settings:
            raise ValueRefused(_nothing(plan))
        _check_may(by, rows=bool(rows), settings=settings)
        picture = load(store, now, Audience.LEADERS)
        here, frozen = {**picture.rows, VALUES.table: plan.values}, {copy.meeting for copy in picture.frozen}
        if wrong := wrong_left(here, rows, by=by, on=picture.on, why=why, frozen=frozen):
            raise ValueRefused(_told(wrong))
        check_rows_open(store, by=by, now=now, rows=rows, why=why)
        for row in rows:
            e.put(BY_TABLE[row.table], row.ref, row.data, seen=row.version, archived=row.archived)
        for name, value in settings.items():
            e.set(name, value)
    assert e.change_id is not None
    planned = {(one.table, one.ref) for one in plan.changes}
    along = sum((row.table, row.ref) not in planned for row in rows)
    return Undone(e.change_id, len(rows) - along, len(settings), along)


def _check_may(by: Person, *, rows: bool, settings: Iterable[str]) -> None:
    """Refuse to put back what the person could not change: rows like whoever loads a file, settings one by one."""
    if rows:
        require(by, Act.IMPORT)
    for name in settings:
        require(by, _SETTING_ACTS.get(name, Act.CHANGE_SETTINGS))


def _nothing(plan: UndoPlan) -> str:
    if plan.empty:
        return "Nothing of that change stands any more, so there is nothing to undo."
    return (
        "All that is left of that change was changed or built on since, so it stays and nothing was undone. "
        "Choose what shall go back all the same."
    )


def _told(wrong: tuple[str, ...]) -> str:
    more = f" There are {len(wrong) - _WRONG_MOST:,} more reasons like these." if len(wrong) > _WRONG_MOST else ""
    return f"{' '.join(wrong[:_WRONG_MOST])}{more} Nothing was undone."
