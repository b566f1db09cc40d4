"""How an action's promised day moved: how often, how far, and why. What was promised first is kept for ever."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework.periods import Calendar
from framework.plans.shape import Action, MoveReason, Update

NO_REASON = "no reason was given"


@dataclass(frozen=True)
class Move:
    """A due date that was moved: when it was said, from which day to which, and why (None: nobody said)."""

    said_on: date
    before: date | None
    after: date
    reason: str | None
    by: str | None
    kind: MoveReason | None = None

    @property
    def later(self) -> bool:
        """Whether it was put off. From a day that nobody knows any more it is taken to be."""
        return self.before is None or self.after > self.before

    @property
    def why(self) -> str:
        """The reason chosen from the list; the words given, where none was chosen."""
        return str(self.kind or self.reason or NO_REASON)


def moves(action: Action, updates: Sequence[Update]) -> list[Move]:
    """Every move of the due date that was said, oldest first. `updates` oldest first."""
    found: list[Move] = []
    before = action.first_due_on
    for u in updates:
        if u.new_due_on is not None:
            found.append(Move(u.on, before, u.new_due_on, u.moved_because, u.by, u.moved_for))
            before = u.new_due_on
    return found


@dataclass(frozen=True)
class Slip:
    """How far an action is from its first promise.

    times    moves to a later day; one that nobody put into words counts too
    days     school days from the day first promised to the one promised now; 0: none between, or not later
    reasons  why, with how often, commonest first
    """

    times: int = 0
    days: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


NEVER = Slip()


def slips(action: Action, updates: Sequence[Update], calendar: Calendar) -> Slip:
    """How often, how far and why the day was put off. `updates` oldest first."""
    said = moves(action, updates)
    why = Counter(move.why for move in said if move.later)
    told = said[-1].after if said else action.first_due_on
    if told is not None and action.due_on > told:
        why[NO_REASON] += 1
    first = action.first_due_on or action.due_on
    return Slip(why.total(), calendar.school_days_since(first, action.due_on), tuple(why.most_common()))
