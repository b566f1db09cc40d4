"""Dates in our own workbook: what `readings` makes of a cell, as the one day its field keeps, or why there is none."""

from datetime import date, datetime

from framework.periods import Calendar
from framework.workbook.cells import Cell
from framework.workbook.problems import Unfit
from framework.workbook.readings import Certainty, Reading, When, WhenKind, read_when
from framework.workbook.readings.days import FIRST_YEAR, LAST_YEAR
from framework.workbook.readings.setting import ASSUMED_YEAR

EXAMPLE = "a date such as 30/09/2024, Sept 2024 or Autumn 1"
# Of something longer than a day these fields keep the last day: what is due in a month is late after it.
_ENDS = frozenset({"due_on", "first_due_on", "new_due_on", "ends_on", "done_on", "left_on"})
_NO_DAY = frozenset({WhenKind.OPEN_ENDED, WhenKind.RECURRING, WhenKind.TBC})
_BEGINS_SMALL = ("There", "The", "This", "Which", "Is", "Write", "A", "No", "It", "Two", "Read")
_NO_DAY_OF_READING = date(2000, 1, 1)  # only what names its year is then taken, so it decides nothing


def day_in(cell: Cell, field: str, calendar: Calendar, on: date | None) -> date:
    """The day that a cell gives a field: of a month, term or week the end if the field ends something, else the start.

    on  the day against which a date without a year is read; None: such dates are refused
    Raises Unfit, saying why, when it names no day or could name two.
    """
    if isinstance(cell.value, date) and not (isinstance(cell.value, datetime) and cell.value.year < FIRST_YEAR):
        within(cell.value.year)
    reading = read_when(cell, on=on or _NO_DAY_OF_READING, calendar=calendar)
    when: When | None = reading.value
    if when is None or when.kind in (WhenKind.UNKNOWN, WhenKind.STATUS):
        raise Unfit("CELL-DATE", EXAMPLE)
    if when.kind in _NO_DAY:
        raise _why(f"'{_short(cell.raw)}' names no day, and a date is needed")
    day = when.end if field in _ENDS else when.start
    if reading.certainty is Certainty.ERROR:
        raise _why(_clause(reading))
    if on is None and ASSUMED_YEAR in reading.rule:
        raise _why("write its year too")
    if day is None:
        raise _why(_clause(reading) if reading.says else "a date is needed")
    if reading.certainty is Certainty.ASK:
        raise Unfit("CELL-DATE-AMBIGUOUS", f"{EXAMPLE} ({_clause(reading)})")
    return day


def within(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _why(f"the year must lie from {FIRST_YEAR} to {LAST_YEAR}")


def _clause(reading: Reading) -> str:
    """What a reading says, to stand in brackets behind an example."""
    says = reading.says.rstrip(".")
    return f"{says[0].lower()}{says[1:]}" if says.split(" ", 1)[0] in _BEGINS_SMALL else says


def _short(raw: str) -> str:
    return raw.strip()[:20]


def _why(reason: str) -> Unfit:
    return Unfit("CELL-DATE", f"{EXAMPLE} ({reason})")
