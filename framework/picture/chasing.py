"""Who is to be asked for a word, about which actions and why. Term days alone count: in the holidays nobody is asked.

Nobody is asked about what they have just told us, and nobody is asked who cannot answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from framework.people import Person
from framework.periods import Calendar, day_words
from framework.picture.shape import Picture
from framework.plans import Action, Signals, Status, due_words

SOON = 10  # school days before its date from which an action without a new word is asked about
FRESH = 5  # school days for which a word on a late or blocked action is new enough


class Reason(NamedTuple):
    """An action and why a word on it is wanted, in a phrase: `24 school days late, no word for 31 school days`."""

    action: Action
    why: str


@dataclass(frozen=True)
class ToAsk:
    """Someone who is here and owns open actions that need a word, the most pressing first."""

    person: Person
    actions: tuple[Reason, ...]


@dataclass(frozen=True)
class Unasked:
    """An action that needs a word, and why nobody can be asked: `no owner yet`, `Jo Smith left on …`."""

    action: Action
    why: str
    nobody: str


def is_school_day(calendar: Calendar, day: date) -> bool:
    return calendar.school_days_since(day - timedelta(days=1), day) > 0


def due_a_word(picture: Picture, edition: str, *, always: bool = False) -> tuple[ToAsk, ...]:
    """Who is to be asked for a word on actions of a version, the most pressing first.

    Empty on a day that is no school day, unless `always`: a leader may look whenever they like.
    """
    if not always and not is_school_day(picture.calendar, picture.on):
        return ()
    theirs: dict[str, list[Reason]] = {}
    for reason in _pressing(picture, edition):
        person = picture.people.get(reason.action.owner or "")
        if person is not None and person.here_on(picture.on):
            theirs.setdefault(person.ref, []).append(reason)
    # They stand in the order of the most pressing action of each.
    return tuple(ToAsk(picture.people[ref], tuple(some)) for ref, some in theirs.items())


def nobody_to_ask(picture: Picture, edition: str) -> tuple[Unasked, ...]:
    """The actions of a version that need a word and have no owner who is here, the most pressing first."""
    found = []
    for action, why in _pressing(picture, edition):
        nobody = _nobody(picture, action)
        if nobody:
            found.append(Unasked(action, why, nobody))
    return tuple(found)


def why_asked(picture: Picture, action: Action) -> str:
    """Why a word on the action is wanted, in a phrase of term days; empty when none is."""
    signals = picture.signals(action)
    late, blocked, soon = _late(picture, action), _blocked(picture, action), _soon(picture, action)
    said = (
        due_words(action, picture.calendar, picture.on) if late or soon else "",
        "said to be blocked" if blocked else "",
        f"no word for {_school_days(signals.days_quiet)}" if signals.quiet else "",
    )
    return ", ".join(part for part in said if part)


def _pressing(picture: Picture, edition: str) -> list[Reason]:
    """Late ones first, the latest on top; then silent, then blocked ones; then what falls due next."""
    found = [Reason(a, why) for a in picture.actions_of(edition) if (why := why_asked(picture, a))]

    def order(reason: Reason) -> tuple[object, ...]:
        action, signals = reason.action, picture.signals(reason.action)
        blocked = action.status is Status.BLOCKED
        return (not signals.late, -signals.days_late, not signals.quiet, not blocked, action.due_on, action.code)

    return sorted(found, key=order)


def _late(picture: Picture, action: Action) -> bool:
    signals = picture.signals(action)
    return signals.late and not _new_word(signals, FRESH)


def _blocked(picture: Picture, action: Action) -> bool:
    return action.status is Status.BLOCKED and not _new_word(picture.signals(action), FRESH)


def _soon(picture: Picture, action: Action) -> bool:
    if not action.open or action.due_on < picture.on:
        return False
    days = picture.calendar.school_days_since(picture.on, action.due_on)
    return days <= SOON and not _new_word(picture.signals(action), SOON)


def _new_word(signals: Signals, days: int) -> bool:
    """Whether something was said within so many school days; where nothing is known, nothing was."""
    return signals.last_word_on is not None and signals.days_quiet <= days


def _nobody(picture: Picture, action: Action) -> str:
    """Why nobody can be asked; empty when the owner can."""
    if action.owner is None:
        return "no owner yet"
    person = picture.rows.get("person", {}).get(action.owner)
    if person is not None and person.here_on(picture.on):
        return ""
    name = picture.name("person", action.owner) or "its owner"
    left = None if person is None else person.left_on
    return f"{name} left on {day_words(left)}" if left is not None and left < picture.on else f"{name} is not here"


def counted(picture: Picture, actions: Iterable[Action]) -> str:
    """What is wrong with actions, in a line: `5 late · 3 gone quiet · 1 blocked`; empty when nothing is."""
    some = [(a, picture.signals(a)) for a in actions]
    numbers = (
        (sum(s.late for _, s in some), "late"),
        (sum(s.quiet for _, s in some), "gone quiet"),
        (sum(a.status is Status.BLOCKED for a, _ in some), "blocked"),
        (sum(_soon(picture, a) for a, _ in some), "due soon"),
    )
    return " · ".join(f"{number}\N{NO-BREAK SPACE}{word}" for number, word in numbers if number)


def _school_days(number: int) -> str:
    return f"{number}\N{NO-BREAK SPACE}school day{'' if number == 1 else 's'}"
