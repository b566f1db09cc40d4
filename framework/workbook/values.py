"""One cell to one typed value, by what its field takes. References are resolved elsewhere, against names."""

import math
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

from framework.kpis.kpi import Symbol
from framework.periods import Calendar, Period, PeriodKind, read_period, read_year
from framework.plans import Status
from framework.subjects import VALUES, Field, Kind
from framework.text import clean
from framework.workbook.cells import Cell
from framework.workbook.dates import day_in
from framework.workbook.problems import Unfit
from framework.workbook.readings import Certainty, read_status
from framework.workbook.readings.numbers import SYMBOLS, number_in
from framework.workbook.shown import is_percent
from framework.workbook.text import key

LARGEST_WHOLE = 2**53  # beyond it a spreadsheet's numbers skip
LARGEST_NUMBER = 1e300
NUMBER_EXAMPLE = "a number such as 62.5, without its unit"
WHOLE_EXAMPLE = "a whole number such as 12, without its unit"
PERIOD_EXAMPLE = "a period such as Autumn 1, 2026/27"
YEAR_EXAMPLE = "a school year such as 2026/27"
GROUP_EXAMPLE = "a group and its member such as FSM: yes, or nothing for everyone"
_TURNED = "Excel has turned it into a date"
_NO_TERMS = Calendar(())
_SYNONYMS: dict[type[StrEnum], dict[str, Any]] = {Symbol: dict(SYMBOLS)}
_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_GROUP = re.compile(r"([^:]+?)\s*:\s*(\S.*)", re.DOTALL)


def text_of(cell: Cell) -> str:
    """A cell's content as text, as a person would quote it."""
    return clean(cell.raw)


def value_of(field: Field, cell: Cell, calendar: Calendar = _NO_TERMS, on: date | None = None) -> Any:
    """What a filled cell says of its field. Raises Unfit when it cannot be that.

    calendar  gives terms and half-terms their dates
    on        the day against which a date without a year is read; None: such dates are refused
    """
    if cell.formula_without_value:
        raise Unfit(
            "CELL-UNCALCULATED",
            "a value: this formula was never calculated; open the file in Excel, press Save, and send it again",
        )
    if cell.is_error:
        raise Unfit("CELL-ERROR", "a value: mend the formula, or type the value")
    if field.kind is Kind.DATE:
        return day_in(cell, field.name, calendar, on)
    return _READERS[field.kind](field, cell)


def _text(field: Field, cell: Cell) -> str:
    words = text_of(cell)
    return group_of(words) if field.name == "group" and field in VALUES.fields else words


def group_of(words: str) -> str:
    """A group as it is kept: name, colon, member."""
    found = _GROUP.fullmatch(words)
    if found is None:
        raise Unfit("CELL-TYPE", GROUP_EXAMPLE)
    return f"{found[1]}: {found[2]}"


def _number(field: Field, cell: Cell) -> float:
    return float(_bounded(field, _plain_number(cell, NUMBER_EXAMPLE)))


def _whole(field: Field, cell: Cell) -> int:
    number = _plain_number(cell, WHOLE_EXAMPLE)
    if number != int(number):
        raise Unfit("CELL-TYPE", WHOLE_EXAMPLE)
    if abs(number) > LARGEST_WHOLE:
        raise Unfit("VALUE-OUTSIDE", "a whole number of at most 15 digits")
    return int(_bounded(field, number))


def _plain_number(cell: Cell, wanted: str) -> float | int:
    value = cell.value
    if isinstance(value, date):
        raise Unfit("CELL-TYPE", f"{wanted} ({_TURNED})")
    if isinstance(value, str):
        value = number_in(value)
    elif isinstance(value, int | float) and is_percent(cell.number_format):
        value = round(value * 100, 10)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit("CELL-TYPE", wanted)
    if not math.isfinite(value) or abs(value) >= LARGEST_NUMBER:
        raise Unfit("VALUE-OUTSIDE", wanted)
    return value


def _bounded(field: Field, number: float | int) -> float | int:
    if (field.low is not None and number < field.low) or (field.high is not None and number > field.high):
        raise Unfit("VALUE-OUTSIDE", bounds_words(field.low, field.high))
    return number


def bounds_words(low: float | None, high: float | None) -> str:
    """`a number from 0 to 100`, `a number of 1 or more`."""
    if low is not None and high is not None:
        return f"a number from {low:.15g} to {high:.15g}"
    return f"a number of {low:.15g} or more" if low is not None else f"a number of {high:.15g} or less"


def _choice(field: Field, cell: Cell) -> StrEnum:
    assert field.choices is not None
    if field.choices is Status and (status := _status(cell)) is not None:
        return status
    said = key(text_of(cell))
    by_word: dict[str, Any] = {**_SYNONYMS.get(field.choices, {}), **{key(c.value): c for c in field.choices}}
    if said not in by_word:
        raise Unfit("CELL-LIST", f"one of: {', '.join(c.value for c in field.choices)}")
    choice: StrEnum = by_word[said]
    return choice


def _status(cell: Cell) -> Status | None:
    """The status, in our words or in others'; None for a word that only a person could settle."""
    reading = read_status(text_of(cell))
    sure = reading.certainty in (Certainty.EXACT, Certainty.ASSUMED)
    status: Status | None = reading.value
    return status if sure else None


def _flag(field: Field, cell: Cell) -> bool:
    said = cell.value if isinstance(cell.value, bool) else _FLAGS.get(key(text_of(cell)))
    if said is None:
        raise Unfit("CELL-LIST", "yes or no")
    return said


def _period(field: Field, cell: Cell) -> Period:
    if isinstance(cell.value, date):
        return _month(cell.value, cell.number_format)
    found = read_period(text_of(cell)) if isinstance(cell.value, str) else None
    if found is None:
        raise Unfit("CELL-TYPE", PERIOD_EXAMPLE)
    return found


def _month(day: date, number_format: str) -> Period:
    """The month that Excel made of `September 2026`. What may have been a school year (2011/12) is not guessed."""
    shows_a_day = "d" in number_format.casefold()
    if shows_a_day or day.day != 1 or (day.year + 1) % 100 == day.month:
        raise Unfit("CELL-TYPE", f"{PERIOD_EXAMPLE} ({_TURNED})")
    in_autumn = day.month >= 9
    return Period(PeriodKind.MONTH, day.year if in_autumn else day.year - 1, (day.month + 3) % 12 + 1)


def _school_year(field: Field, cell: Cell) -> int:
    year = read_year(text_of(cell)) if isinstance(cell.value, str) else None
    if year is None:
        raise Unfit("CELL-TYPE", YEAR_EXAMPLE)
    return year


_READERS: dict[Kind, Callable[[Field, Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.CHOICE: _choice,
    Kind.FLAG: _flag,
    Kind.PERIOD: _period,
    Kind.SCHOOL_YEAR: _school_year,
}
