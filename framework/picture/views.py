"""The plan seen another way than as a list: by what owners say of it, and by whose it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from framework.periods import Calendar, Period, PeriodKind
from framework.picture.action_lists import ActionLine, Flag, Said
from framework.picture.action_story import said_since
from framework.picture.coverage import RESTS_ON_ONE
from framework.picture.shape import Picture

# From what nobody has spoken of yet to what is over.
COLUMNS = (
    Said.NOT_SET,
    Said.NOT_STARTED,
    Said.ON_TRACK,
    Said.AT_RISK,
    Said.BLOCKED,
    Said.DONE,
    Said.STOPPED,
)


class View(StrEnum):
    TABLE = "Table"
    BOARD = "Board"
    TIMELINE = "Timeline"
    CALENDAR = "Calendar"
    PEOPLE = "People"
    SLIPS = "What slips"
    CHANGE = "Change several"


class By(StrEnum):
    """Whose actions stand together."""

    OWNER = "Owner"
    ORGANISATION = "Organisation"
    SCHOOL = "School"


@dataclass(frozen=True)
class Column:
    """The actions of one status, in the order given. `before`: done in an earlier school year, and left out."""

    said: Said
    lines: tuple[ActionLine, ...]
    before: int = 0


def board(picture: Picture, lines: Sequence[ActionLine]) -> tuple[Column, ...]:
    """A column for each status, also those with nothing in them. Of what is done only this school year's stands."""
    began = year_began(picture.calendar, picture.on)
    found = []
    for said in COLUMNS:
        some = [line for line in lines if line.said is said]
        shown = [x for x in some if said is not Said.DONE or _closed_on(picture, x) >= began]
        found.append(Column(said, tuple(shown), len(some) - len(shown)))
    return tuple(found)


def _closed_on(picture: Picture, line: ActionLine) -> date:
    """The day of the word that closed it; where no update did, the day it was due."""
    return said_since(picture, line.action) or line.action.due_on


def year_began(calendar: Calendar, on: date) -> date:
    """The first day of the school year that holds the day: as the calendar has it, else 1 September."""
    year = on.year if on.month >= 9 else on.year - 1
    found = calendar.dates(Period(PeriodKind.YEAR, year))
    return date(year, 9, 1) if found is None or found[0] > on else found[0]


@dataclass(frozen=True)
class Holder:
    """A person, an organisation or a school with their actions. `ref` None: nobody, the trust or all schools."""

    ref: str | None
    name: str
    lines: tuple[ActionLine, ...]
    left: bool = False  # is here no more

    @property
    def open(self) -> tuple[ActionLine, ...]:
        return tuple(line for line in self.lines if line.action.open)

    def count(self, flag: Flag) -> int:
        return sum(flag in line.flags for line in self.lines)

    @property
    def needing(self) -> int:
        """How many are late, have gone quiet or are blocked."""
        return sum(bool(line.flags & {Flag.LATE, Flag.QUIET, Flag.BLOCKED}) for line in self.lines)

    @property
    def next_due(self) -> ActionLine | None:
        """The open action that is due next; None when all that are open are late."""
        coming = [line for line in self.open if not line.signals.late]
        return min(coming, key=lambda line: (line.action.due_on, line.action.code), default=None)

    @property
    def rests_on_one(self) -> bool:
        return len(self.open) >= RESTS_ON_ONE


def holders(picture: Picture, lines: Sequence[ActionLine], by: By) -> tuple[Holder, ...]:
    """Everybody with an action among the lines: first those with most that needs a word, then with most that is open.

    An action for several schools stands with each of them.
    """
    held = defaultdict(list)
    for line in lines:
        for ref in _whose(line, by):
            held[ref].append(line)
    found = [
        Holder(ref, _name(picture, by, ref), tuple(some), _has_left(picture, by, ref)) for ref, some in held.items()
    ]
    return tuple(sorted(found, key=lambda h: (-h.needing, -len(h.open), h.name.casefold())))


def _whose(line: ActionLine, by: By) -> tuple[str | None, ...]:
    if by is By.SCHOOL:
        return line.action.places or (None,)
    return (line.action.owner if by is By.OWNER else line.action.organisation,)


_TABLES = {By.OWNER: "person", By.ORGANISATION: "organisation", By.SCHOOL: "place"}
_NOBODY = {By.OWNER: "No owner", By.ORGANISATION: "The trust", By.SCHOOL: "The whole trust"}


def _name(picture: Picture, by: By, ref: str | None) -> str:
    return _NOBODY[by] if ref is None else picture.name(_TABLES[by], ref) or ref


def _has_left(picture: Picture, by: By, ref: str | None) -> bool:
    if ref is None:
        return False
    row = picture.rows.get(_TABLES[by], {}).get(ref)
    return row is None or row.archived or (row.left_on is not None and row.left_on < picture.on)
