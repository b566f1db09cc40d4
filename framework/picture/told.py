"""One thing that changed, as a line of the account, and the sections that lines stand in."""

from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.kpi import Kpi
from framework.kpis.standing import Verdict
from framework.periods import day_words
from framework.picture.shape import Picture
from framework.plans import Action, Update

NO_REASON = "No reason was given."
FROM_TO = ("From", "To", "Why")


class Group(StrEnum):
    """The sections in terms of better and worse, in the order in which they are read."""

    WORSE = "Worse"
    BETTER = "Better"
    NEITHER = "Neither better nor worse"
    PLAN = "Changed in the plan"
    FIGURES = "Figures and definitions"


@dataclass(frozen=True)
class Told:
    """One thing that changed. `table` and `ref` lead to its page; an empty table leads nowhere.

    gone    it is not here any more: its page is as it stood then
    edited  what was written on its page, whose reason the picture does not hold: its history does
    """

    table: str
    ref: str
    name: str
    then: str = ""
    now: str = ""
    why: str = ""
    who: str = ""
    verdicts: tuple[Verdict, Verdict] | None = None  # of a KPI whose standing is another
    gone: bool = False
    edited: bool = False


@dataclass(frozen=True)
class Section:
    """One kind of change. `heads` are what `then`, `now` and `why` are of this kind.

    folded  it is of little weight and may be long: it is opened by who wants it
    """

    title: str
    lines: tuple[Told, ...]
    heads: tuple[str, str, str] = ("Then", "Now", "Why")
    note: str = ""
    group: Group = Group.PLAN
    folded: bool = False


def owner(picture: Picture, row: Action | Kpi) -> str:
    return picture.name("person", row.owner) or "No owner"


def quoted(update: Update | None) -> str:
    """An owner's words with their day; empty without a word."""
    return "" if update is None else f"{update.words} ({day_words(update.on, weekday=False)})"
