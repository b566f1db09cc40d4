"""One action over time: how often its date moved and why, how its milestones stand, what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework.periods import Calendar, day_words
from framework.picture.shape import Picture
from framework.plans import Action, Milestone, Status, Update


@dataclass(frozen=True)
class Move:
    """A due date that was moved: when it was said, from which day to which, and why (None: nobody said)."""

    said_on: date
    before: date | None
    after: date
    reason: str | None
    by: str | None


def moves(action: Action, updates: Sequence[Update]) -> list[Move]:
    """Every move of the due date, oldest first. `updates` oldest first."""
    found: list[Move] = []
    before = action.first_due_on
    for update in updates:
        if update.new_due_on is not None:
            found.append(Move(update.on, before, update.new_due_on, update.moved_because, update.by))
            before = update.new_due_on
    return found


def milestone_words(milestone: Milestone, calendar: Calendar, on: date) -> str:
    """`done, 3 school days after it was due`, `5 school days late`, `due in 9 school days`."""
    if milestone.done_on is not None:
        late = _days(calendar, milestone.due_on, milestone.done_on)
        return f"done, {late} after it was due" if late else "done in time"
    if milestone.due_on < on:
        late = _days(calendar, milestone.due_on, on)
        return f"{late} late" if late else "late: due in the holidays"
    if milestone.due_on == on:
        return "due today"
    return f"due in {_days(calendar, on, milestone.due_on) or 'the holidays'}"


def _days(calendar: Calendar, since: date, on: date) -> str:
    """`9 school days`; empty when there are none between the two."""
    number = calendar.school_days_since(since, on)
    return f"{number}\N{NO-BREAK SPACE}school day{'' if number == 1 else 's'}" if number else ""


def status_words(picture: Picture, action: Action) -> str:
    """`since 20 Mar 2026, last said on 5 Nov 2026`: how old the owner's word is; empty when no update gave it."""
    given = [u for u in picture.updates.get(action.ref, ()) if u.status is not None]
    same: list[Update] = []
    for update in reversed(given):
        if update.status is not action.status:
            break
        same.append(update)
    if not same:
        return ""
    first, last = day_words(same[-1].on, weekday=False), day_words(same[0].on, weekday=False)
    return f"said on {first}" if first == last else f"since {first}, last said on {last}"


def disagreement(action: Action, late: bool) -> str:
    """Where the owner's word and what the app counted do not fit, in a sentence; empty when they do."""
    if late and action.status in (Status.ON_TRACK, Status.NOT_STARTED):
        return f"The owner says {action.status}, yet the due date has passed."
    return ""
