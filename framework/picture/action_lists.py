"""The list of actions: which of them a search finds, what can be asked of them, and in which order they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from framework.people import Role
from framework.picture.disagreement import disagreements
from framework.picture.listing import has_words
from framework.picture.own import is_own
from framework.picture.review import Filter, actions_in
from framework.picture.shape import Picture
from framework.plans import Action, Answer, Signals, Status, Update
from framework.plans.slipping import NEVER, Slip, slips


class ActionSort(StrEnum):
    ATTENTION = "Needs attention first"
    DUE = "Due first"
    CODE = "Code"
    OWNER = "Owner"
    LAST_WORD = "Newest word first"


class Flag(StrEnum):
    """What a list can be narrowed to besides the owner's word."""

    LATE = "Late"
    QUIET = "Gone quiet"
    BLOCKED = "Blocked"
    SLIPPING = "Slipping"
    DISAGREE = "Disagree"
    NOT_OURS = "Not ours"
    LEFT = "Owner has left"
    NO_OWNER = "No owner"
    NO_KPI = "No KPI"
    UNCHECKED = "Not checked"


class Said(StrEnum):
    """The owner's status as a list says it; nothing said is a choice too."""

    NOT_STARTED = "Not started"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    BLOCKED = "Blocked"
    DONE = "Done"
    STOPPED = "Stopped"
    NOT_SET = "Not set"


_COUNTED = {
    Flag.LATE: "late",
    Flag.QUIET: "gone quiet",
    Flag.BLOCKED: "blocked",
    Flag.SLIPPING: "slipping",
    Flag.DISAGREE: "where words disagree",
    Flag.NOT_OURS: "said not to be theirs",
    Flag.LEFT: "whose owner has left",
    Flag.NO_OWNER: "without an owner",
    Flag.NO_KPI: "without a KPI",
    Flag.UNCHECKED: "with words not yet checked",
}


@dataclass(frozen=True)
class ActionLine:
    """One action of a list. `word_on` is the day of its newest update; None: nobody has said a word yet.

    disagree    where the words about it do not fit, in sentences
    not_theirs  whoever has it said last that it is not theirs
    left        its owner is here no more
    unchecked   words that came by link and that no leader has looked at
    """

    action: Action
    signals: Signals
    owner: str
    organisation: str
    word_on: date | None
    slip: Slip = NEVER
    disagree: tuple[str, ...] = ()
    not_theirs: bool = False
    left: bool = False
    unchecked: int = 0

    @property
    def said(self) -> Said:
        return said(self.action.status)

    @cached_property
    def flags(self) -> frozenset[Flag]:
        """Done work needs no owner any more and slips no further; a missing KPI is a gap for good."""
        action = self.action
        true_of = {
            Flag.LATE: self.signals.late,
            Flag.QUIET: self.signals.quiet,
            Flag.BLOCKED: action.status is Status.BLOCKED,
            Flag.SLIPPING: self.slip.times > 0 and action.open,
            Flag.DISAGREE: bool(self.disagree),
            Flag.NOT_OURS: self.not_theirs and action.open,
            Flag.LEFT: self.left and action.open,
            Flag.NO_OWNER: action.owner is None and action.open,
            Flag.NO_KPI: not action.kpis,
            Flag.UNCHECKED: self.unchecked > 0,
        }
        return frozenset(flag for flag, true in true_of.items() if true)

    @property
    def words(self) -> list[str]:
        """What was counted and what came by the way, as short phrases; empty when there is nothing to say."""
        flags, came = self.flags, f"{self.unchecked} word{'' if self.unchecked == 1 else 's'} not yet checked"
        more = {Flag.NOT_OURS: "said not to be theirs", Flag.UNCHECKED: came}
        return [*self.signals.words, *(words for flag, words in more.items() if flag in flags)]


def said(status: Status | None) -> Said:
    return Said.NOT_SET if status is None else Said[status.name]


def action_lines(picture: Picture, edition: str, chosen: Filter, words: str = "") -> list[ActionLine]:
    """The actions in view that hold the words, by code."""
    return [line for a in actions_in(picture, edition, chosen) if _found(picture, line := _line(picture, a), words)]


def _line(picture: Picture, action: Action) -> ActionLine:
    updates = picture.updates.get(action.ref, ())
    owner = picture.people.get(action.owner or "")
    return ActionLine(
        action=action,
        signals=picture.signals(action),
        owner=picture.name("person", action.owner),
        organisation=picture.name("organisation", action.organisation),
        word_on=updates[-1].on if updates else None,
        slip=slips(action, updates, picture.calendar),
        disagree=disagreements(picture, action),
        not_theirs=bool(updates) and _not_theirs(picture, action, updates[-1]),
        left=action.owner is not None and (owner is None or not owner.here_on(picture.on)),
        unchecked=sum(u.unchecked for u in updates),
    )


def _not_theirs(picture: Picture, action: Action, newest: Update) -> bool:
    """Whether the newest word is "not ours". It is settled once the action is no more with the one who said so."""
    who = picture.people.get(newest.by or "")
    moved_on = who is not None and who.role is not Role.LEADER and not is_own(action, who)
    return newest.answer is Answer.NOT_OURS and not moved_on


def _found(picture: Picture, line: ActionLine, words: str) -> bool:
    action = line.action
    named = (
        *(picture.name("organisation", ref) for ref in action.supporters),
        *(picture.name("place", ref) for ref in action.places),
        *(picture.elements[ref].words for ref in action.tags if ref in picture.elements),
    )
    own = (action.code, action.title, action.success, line.owner, line.organisation)
    return has_words((*own, *named), words)


def narrowed_to(lines: Sequence[ActionLine], status: Said | None, flag: Flag | None) -> list[ActionLine]:
    """Those of a status and with a flag; None asks for neither."""
    return [x for x in lines if status in (None, x.said) and (flag is None or flag in x.flags)]


def counted(lines: Sequence[ActionLine], total: int) -> str:
    """`14 of 35 actions · 5 late · 2 blocked · 1 without an owner`."""
    numbers = [(sum(flag in line.flags for line in lines), word) for flag, word in _COUNTED.items()]
    said_of = [f"{number}\N{NO-BREAK SPACE}{word}" for number, word in numbers if number]
    return " · ".join([f"{len(lines)} of {total} action{'' if total == 1 else 's'}", *said_of])


def sorted_actions(lines: Sequence[ActionLine], by: ActionSort) -> list[ActionLine]:
    """In the order asked for; those alike by code. Lines without an owner or a word stand last."""
    return sorted(lines, key=_KEYS[by])


def _attention(line: ActionLine) -> tuple[Any, ...]:
    """What needs a leader, as on the overview; then what is open, by its date; then what is over, newest first."""
    signals, action = line.signals, line.action
    if signals.late or signals.quiet or action.status is Status.BLOCKED:
        return (0, -signals.late, -signals.days_late, -signals.days_quiet, action.code)
    if action.open:
        return (1, action.due_on.toordinal(), 0, 0, action.code)
    return (2, -action.due_on.toordinal(), 0, 0, action.code)


_KEYS: dict[ActionSort, Callable[[ActionLine], tuple[Any, ...]]] = {
    ActionSort.ATTENTION: _attention,
    ActionSort.DUE: lambda line: (not line.action.open, line.action.due_on, line.action.code),
    ActionSort.CODE: lambda line: (line.action.code,),
    ActionSort.OWNER: lambda line: (not line.owner, line.owner.casefold(), line.action.code),
    ActionSort.LAST_WORD: lambda line: (-(line.word_on or date.min).toordinal(), line.action.code),
}
