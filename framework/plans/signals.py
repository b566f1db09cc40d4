"""What can be counted of an action on a day: late, gone quiet, moved.

The owner's status is a word of theirs and is never computed. What is computed here are signals, kept apart from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from framework.periods import Calendar
from framework.plans.shape import Action, Answer, Update

OFTEN = 2  # "nothing new" once is an honest answer; from here on it is a pattern that a leader should see


@dataclass(frozen=True)
class Signals:
    """What was counted of one action on a day. Words of their own, never mixed with the owner's status."""

    days_late: int  # school days past the due date; 0: not late
    late: bool
    days_quiet: int  # school days since the last word
    quiet: bool
    times_moved: int
    last_word_on: date | None
    nothing_new: int = 0  # how often running "nothing new" was the answer, up to the newest word

    @property
    def words(self) -> list[str]:
        """The signals as short phrases, worst first; empty when there is nothing to say."""
        said = []
        if self.late:
            said.append(
                f"{_count(self.days_late, 'school day')} late" if self.days_late else "late: due in the holidays"
            )
        if self.quiet:
            said.append(f"no word for {_count(self.days_quiet, 'school day')}")
        if said and self.times_moved:
            said.append(f"moved {_times(self.times_moved)}")
        if self.nothing_new >= OFTEN:
            said.append(f"nothing new {_times(self.nothing_new)} running")
        return said


def is_late(action: Action, on: date) -> bool:
    """Due passed and neither done nor stopped."""
    return action.open and action.due_on < on


def last_word_on(action: Action, updates: Iterable[Update]) -> date | None:
    """The day of the last word: the newest update, else the later of start and first writing; None when unknown.

    A date that somebody else moved says nothing of how it goes: else moving many at once would hide who is silent.
    """
    newest = max((u.on for u in updates if not _date_alone(action, u)), default=None)
    if newest is not None:
        return newest
    return max((d for d in (action.starts_on, action.added_on) if d is not None), default=None)


def _date_alone(action: Action, update: Update) -> bool:
    """Whether the update is but a new date that somebody other than the owner set."""
    facts = (update.status, update.answer, update.percent_done, update.next_step, update.in_the_way, update.help_wanted)
    return update.new_due_on is not None and update.by != action.owner and facts == (None,) * len(facts)


def times_nothing_new(updates: Sequence[Update]) -> int:
    """How often running the newest words were "nothing new"; 0 when the newest says more. `updates` oldest first."""
    return sum(1 for _ in takewhile(lambda u: u.answer is Answer.NOTHING_NEW, reversed(updates)))


def signals(action: Action, updates: Sequence[Update], calendar: Calendar, on: date, *, quiet_after: int) -> Signals:
    """Count an action's signals on a day.

    quiet_after  school days without a word after which an open action has gone quiet (a setting)
    """
    late = is_late(action, on)
    word_on = last_word_on(action, updates)
    silence = 0 if word_on is None else calendar.school_days_since(word_on, on)
    return Signals(
        days_late=calendar.school_days_since(action.due_on, on) if late else 0,
        late=late,
        days_quiet=silence,
        quiet=action.open and silence >= quiet_after,
        times_moved=sum(u.new_due_on is not None for u in updates),
        last_word_on=word_on,
        nothing_new=times_nothing_new(updates) if action.open else 0,
    )


def due_words(action: Action, calendar: Calendar, on: date) -> str:
    """`due in 9 school days`, `24 school days late`, `done`; what a person asks of a date."""
    if not action.open:
        return str(action.status)
    if action.due_on < on:
        days = calendar.school_days_since(action.due_on, on)
        return f"{_count(days, 'school day')} late" if days else "late: due in the holidays"
    days = calendar.school_days_since(on, action.due_on)
    if action.due_on == on:
        return "due today"
    return f"due in {_count(days, 'school day')}" if days else "due in the holidays"


def _count(number: int, what: str) -> str:
    return f"{number}\N{NO-BREAK SPACE}{what}{'' if number == 1 else 's'}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
