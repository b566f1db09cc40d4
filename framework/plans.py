"""Actions, milestones and updates, and what can be counted of them: late, gone quiet, moved.

The owner's status is a word of theirs and is never computed. What is computed here are signals, kept apart from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from framework.periods import Calendar


class Status(StrEnum):
    """The owner's word on an action. None, not a status, means not set."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    BLOCKED = "blocked"
    DONE = "done"
    STOPPED = "stopped"


CLOSED = frozenset({Status.DONE, Status.STOPPED})


class Confidence(StrEnum):
    """The leader's judgement of an action, with a reason and a date."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Response(StrEnum):
    """What is done about a risk."""

    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"


class Visibility(StrEnum):
    LEADERS = "leaders"
    TASK_FORCE = "task force"
    PUBLIC = "public"


@dataclass(frozen=True)
class Action:
    """Something someone does. `due_on` is the date promised now, `first_due_on` the first one, kept for ever."""

    ref: str
    code: str
    edition: str
    objective: str
    title: str
    due_on: date
    owner: str | None = None
    organisation: str | None = None  # who leads it; None: the trust
    supporters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # empty: the whole trust
    pillars: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    strand: str | None = None
    other_strands: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()  # what it should move
    success: str | None = None
    starts_on: date | None = None
    first_due_on: date | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    confidence_reason: str | None = None
    confidence_on: date | None = None
    evidence: str | None = None
    likelihood: int | None = None  # 1 to 5
    impact: int | None = None  # 1 to 5
    response: Response | None = None
    visibility: Visibility | None = None  # None: leaders
    added_on: date | None = None  # the day it was first written down here
    fictional: bool = False
    version: int = 0
    archived: bool = False

    @property
    def open(self) -> bool:
        return self.status not in CLOSED

    @property
    def tags(self) -> frozenset[str]:
        """Every element this action serves."""
        strand = () if self.strand is None else (self.strand,)
        return frozenset(
            (self.objective, *self.pillars, *self.statements, *strand, *self.other_strands, *self.priorities)
        )


@dataclass(frozen=True)
class Milestone:
    """A dated step of an action. `done_on` None: not yet."""

    ref: str
    action: str
    title: str
    due_on: date
    done_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Update:
    """A dated word on an action. Never overwritten; a blank status changes nothing."""

    ref: str
    action: str
    on: date
    words: str
    status: Status | None = None
    percent_done: float | None = None  # 0 to 100, the owner's word
    by: str | None = None
    new_due_on: date | None = None
    moved_because: str | None = None
    next_step: str | None = None
    in_the_way: str | None = None
    help_wanted: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Signals:
    """What was counted of one action on a day. Words of their own, never mixed with the owner's status."""

    days_late: int  # school days past the due date; 0: not late
    late: bool
    days_quiet: int  # school days since the last word
    quiet: bool
    times_moved: int
    last_word_on: date | None

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
        return said


def is_late(action: Action, on: date) -> bool:
    """Due passed and neither done nor stopped."""
    return action.open and action.due_on < on


def last_word_on(action: Action, updates: Iterable[Update]) -> date | None:
    """The day of the last word: the newest update, else the later of start and first writing; None when unknown."""
    newest = max((u.on for u in updates), default=None)
    if newest is not None:
        return newest
    return max((d for d in (action.starts_on, action.added_on) if d is not None), default=None)


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
