"""One action over time: how its milestones stand, and how old its owner's word is."""

from datetime import date
from itertools import takewhile

from framework.periods import Calendar, day_words
from framework.picture.shape import Picture
from framework.plans import Action, Milestone, Update
from framework.plans.slipping import Move as Move
from framework.plans.slipping import moves as moves


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
    same = _same_word(picture, action)
    if not same:
        return ""
    first, last = day_words(same[0].on, weekday=False), day_words(same[-1].on, weekday=False)
    return f"said on {first}" if first == last else f"since {first}, last said on {last}"


def said_since(picture: Picture, action: Action) -> date | None:
    """The day from which the owner's word is what it is; None when no update gave it."""
    same = _same_word(picture, action)
    return same[0].on if same else None


def _same_word(picture: Picture, action: Action) -> list[Update]:
    """The newest updates that gave the status that stands, oldest first."""
    given = [u for u in picture.updates.get(action.ref, ()) if u.status is not None]
    return list(takewhile(lambda u: u.status is action.status, reversed(given)))[::-1]
