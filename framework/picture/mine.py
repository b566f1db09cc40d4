"""A person's own actions, in the order in which they need a word, and what a card says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from framework.people import Person
from framework.periods import Calendar, PeriodKind, day_words
from framework.picture.answered import came_of
from framework.picture.own import own_actions
from framework.picture.shape import Picture
from framework.plans import CLOSED, Action, Milestone, Signals, Update, due_words

SOON = 10  # school days before the due date in which a word is wanted
FRESH = 5  # school days for which a word is new enough
Settled = tuple[str, str, datetime | None]  # of a proposal: its state, the answer, when it was settled


class Pile(StrEnum):
    """Where an action of one's own stands on the page."""

    NEEDS_A_WORD = "Needs a word"
    GOING_ON = "Going on"
    FINISHED = "Finished this term"


@dataclass(frozen=True)
class MyLine:
    """One action of somebody's own.

    last        the person's own newest word on it, else the newest of anybody; None: nobody has said one yet
    milestones  those not reached yet, by date
    came_of_it  what came of the person's word; empty: nothing yet
    """

    action: Action
    signals: Signals
    pile: Pile
    last: Update | None
    milestones: tuple[Milestone, ...]
    came_of_it: str = ""


def needs_word(action: Action, signals: Signals, *, days_left: int, said_on: date | None, days_since: int) -> bool:
    """Whether its owner should say a word: it is late, has gone quiet or is due within ten school days.

    A word of the last five school days is enough, unless the action has become late since.

    days_left   school days until it is due; 0 for one that is due today, in the holidays or has been
    said_on     the day of the newest word; None: none yet
    days_since  school days since then
    """
    if not action.open:
        return False
    fresh = said_on is not None and days_since <= FRESH and (not signals.late or said_on > action.due_on)
    return not fresh and (signals.late or signals.quiet or days_left <= SOON)


def my_lines(picture: Picture, person: Person, settled: Mapping[str, Sequence[Settled]]) -> tuple[MyLine, ...]:
    """The person's own actions of the current version: what needs a word, the rest, and what was finished this term.

    picture  the leaders': whoever does an action sees it, whatever its visibility
    settled  action → the person's proposals about it, as `answered.came_of` takes them
    """
    lines = [line_of(picture, person, a, settled.get(a.ref, ())) for a in own_actions(picture, person)]
    shown = [line for line in lines if line.action.open or _finished_lately(picture, line.action)]
    return tuple(sorted(shown, key=lambda line: _order(picture, line)))


def line_of(picture: Picture, person: Person, action: Action, settled: Sequence[Settled]) -> MyLine:
    """One action as its card shows it. One that was closed long ago is among the finished too."""
    updates = picture.updates.get(action.ref, ())
    own = [u for u in updates if u.by == person.ref]
    newest = updates[-1].on if updates else None
    signals, calendar, on = picture.signals(action), picture.calendar, picture.on
    wanted = needs_word(
        action,
        signals,
        days_left=calendar.school_days_since(on, action.due_on),
        said_on=newest,
        days_since=calendar.school_days_since(newest, on) if newest else 0,
    )
    return MyLine(
        action=action,
        signals=signals,
        pile=Pile.NEEDS_A_WORD if wanted else Pile.GOING_ON if action.open else Pile.FINISHED,
        last=next(reversed(own or list(updates)), None),
        milestones=tuple(m for m in picture.milestones.get(action.ref, ()) if m.done_on is None),
        came_of_it=came_of(picture, action, person, settled),
    )


def term_began(calendar: Calendar, on: date) -> date:
    """The first day of the term (two half-terms) in which a day lies, or which it follows in the holidays.

    Where the calendar has no half-terms, 1 September of the school year.
    """
    begun = [p for p in calendar.periods(PeriodKind.HALF_TERM) if (days := calendar.dates(p)) and days[0] <= on]
    if not begun:
        return date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    newest = begun[-1]
    halves = [p for p in begun if p.year == newest.year and (p.index + 1) // 2 == (newest.index + 1) // 2]
    return min(days[0] for p in halves if (days := calendar.dates(p)))


def due_line(line: MyLine, calendar: Calendar, on: date) -> tuple[str, str]:
    """What a card says of the date: in school days, and under it the day itself with how often it was moved.

    `24 school days late` and `Was due Mon 19 Oct 2026, moved twice`; `Gone quiet: no word for 52 school days` and
    `Due Fri 18 Dec 2026`; `Due in 9 school days` and `Wed 25 Nov 2026`.
    """
    action, signals = line.action, line.signals
    due = due_words(action, calendar, on)
    told = due[:1].upper() + due[1:]
    day = day_words(action.due_on)
    moved = {0: "", 1: ", moved once", 2: ", moved twice"}.get(
        signals.times_moved, f", moved {signals.times_moved} times"
    )
    if not action.open:
        return told, f"It was due {day}{moved}"
    if signals.late:
        return told, f"Was due {day}{moved}"
    if signals.quiet:
        days = f"{signals.days_quiet}\N{NO-BREAK SPACE}school day{'' if signals.days_quiet == 1 else 's'}"
        return f"Gone quiet: no word for {days}", f"Due {day}{moved}"
    return told, f"{day}{moved}"


def how_many(lines: Sequence[MyLine]) -> str:
    """`2 of your 6 open actions need a word.`; `Nothing waits for a word from you.`; empty where none is open."""
    open_ones = [line for line in lines if line.action.open]
    waiting = sum(line.pile is Pile.NEEDS_A_WORD for line in open_ones)
    if not open_ones:
        return ""
    if not waiting:
        return "Nothing waits for a word from you."
    if len(open_ones) == 1:
        return "Your action needs a word."
    return f"{waiting} of your {len(open_ones)} open actions need{'s' if waiting == 1 else ''} a word."


def quoted(words: str, most: int = 400) -> str:
    """Words as a card quotes them, cut between two of them where they are long."""
    return words if len(words) <= most else f"{words[:most].rsplit(None, 1)[0]} …"


def _finished_lately(picture: Picture, action: Action) -> bool:
    closed = _closed_on(picture, action)
    return closed is not None and closed >= term_began(picture.calendar, picture.on)


def _closed_on(picture: Picture, action: Action) -> date | None:
    """The day of the newest word that closed it, else of the newest word; None when nobody said one."""
    updates = picture.updates.get(action.ref, ())
    return max((u.on for u in updates if u.status in CLOSED), default=max((u.on for u in updates), default=None))


def _order(picture: Picture, line: MyLine) -> tuple[object, ...]:
    signals, action = line.signals, line.action
    pile, due = list(Pile).index(line.pile), action.due_on.toordinal()
    if line.pile is Pile.NEEDS_A_WORD:
        return (pile, -signals.late, -signals.days_late, -signals.quiet, due, action.code)
    closed = _closed_on(picture, action) if line.pile is Pile.FINISHED else None
    return (pile, 0, 0, 0, due if closed is None else -closed.toordinal(), action.code)
