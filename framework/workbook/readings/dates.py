"""Dates as people write them in a plan: days, months, terms, weeks, spans, and times that are no date at all.

Ours, because libraries that guess swap day and month unasked and know no school year.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from framework.periods import Calendar, day_words
from framework.workbook.cells import Cell
from framework.workbook.readings import days, lasting, spans, terms, years
from framework.workbook.readings.days import FIRST_YEAR, LAST_YEAR, a_day, a_month, time_of_day
from framework.workbook.readings.formats import date_parts
from framework.workbook.readings.plain import plain, without_footnote
from framework.workbook.readings.setting import NoSuchDay, Setting, found, no_such, unknown
from framework.workbook.readings.shape import Certainty, Precision, Reading, WhenKind
from framework.workbook.readings.statuses import read_status

_Rule = Callable[[re.Match[str], Setting], Reading | None]
_LONGEST = 80  # characters; more is prose, in which only a whole date is looked for
_LONGEST_PROSE = 400
_EPOCH = date(1899, 12, 30)  # Excel's day 0, and what it makes of a time alone
_NEAR = 10  # years; a day such as 24 that Excel made may stand for a year no farther away than this
_FIRST_SERIAL, _LAST_SERIAL = 29_221, 73_050  # 1980 and 2099 as Excel numbers days
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (*days.RULES, *years.RULES, *lasting.RULES, *terms.RULES, *spans.RULES)
)
_INSIDE = re.compile(
    r"(?<![\d/])(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})"
    r"|(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? \d{4})(?![\d/])"
)
_ORDERED = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)", re.ASCII)
_NO_WORDS = re.compile(r"[-._/ ]*")
_KEPT: WeakKeyDictionary[Calendar, dict[Any, Reading]] = WeakKeyDictionary()
_MOST_KEPT = 4096


def read_when(
    cell: Cell,
    *,
    on: date,
    calendar: Calendar,
    place: str | None = None,
    month_first: bool | None = None,
    both_orders: bool = False,
) -> Reading:
    """What a cell of a date column says; value: When, None for a blank, an error or a formula without a value.

    A date without a year falls in the school year of `on` or in the next, whichever is nearer (`Setting.school_year`);
    such readings are assumed, and `assumed year` stands in their rule. Terms take their dates from the calendar; where
    it has none, their kind is known, their days are None, and it is asked.

    on           the day against which a date without a year is read: today, or the day the file was saved
    place        the school whose own terms count; None: those of all
    month_first  what is known of the column's order; None: British, and a month over 12 is asked
    both_orders  the column has dates of both orders (`orders_seen`): every date that could be two is asked
    """
    value = cell.value
    if cell.formula_without_value:
        return Reading(cell.raw, None, "formula", Certainty.ERROR, "This formula was never calculated.")
    if cell.is_error:
        return Reading(cell.raw, None, "cell error", Certainty.ERROR, f"The cell shows {cell.raw}.")
    if value is None or cell.blank or (isinstance(value, str) and _NO_WORDS.fullmatch(plain(value))):
        return Reading(cell.raw, None, "nothing")
    if not isinstance(value, str):
        at = Setting(on, calendar, _read_words, place, month_first, both_orders)
        return replace(_not_text(value, cell.number_format, at), raw=cell.raw)
    # Thousands of cells say the same few things. What a calendar answered is forgotten with the calendar.
    readings = _KEPT.setdefault(calendar, {})
    key = (value, on, place, month_first, both_orders)
    reading = readings.get(key)
    if reading is None:
        at = Setting(on, calendar, _read_words, place, month_first, both_orders)
        reading = replace(_within_years(_read_text(value, at)), raw=value)
        if len(readings) >= _MOST_KEPT:
            readings.clear()
        readings[key] = reading
    return reading if reading.raw == cell.raw else replace(reading, raw=cell.raw)


def _not_text(value: object, number_format: str, at: Setting) -> Reading:
    if isinstance(value, datetime | date):
        return _within_years(_date_of_cell(value, number_format, at))
    if isinstance(value, time | timedelta):
        return time_of_day()
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1:
        return _number(int(value), at)
    return unknown("Which day is meant? Write a date such as 30/09/2024.", "not a date we know")


def _date_of_cell(value: datetime | date, number_format: str, at: Setting) -> Reading:
    """A real date. Its format says how precise it is, and how Excel may have come by it."""
    on = value.date() if isinstance(value, datetime) else value
    if isinstance(value, datetime) and on <= date(1900, 1, 1) and (value.time() != time() or on <= date(1899, 12, 31)):
        return time_of_day() if on >= _EPOCH else a_day(on, "cell date")
    shows = date_parts(number_format)
    if shows == {"y"}:
        return a_day(on, "cell date").less_sure(Certainty.ASK, f"It shows only its year: is {day_words(on)} meant?")
    if shows == {"m", "y"}:
        if on.day == 1:
            return a_month(on.year, on.month, "month format")
        return a_day(on, "cell date").less_sure(Certainty.WARN, f"It shows only its month and holds {day_words(on)}.")
    if shows == {"d", "m"} and on.year == at.on.year and abs(2000 + on.day - on.year) <= _NEAR:
        or_month = f"{on:%B} {2000 + on.day}"
        says = f"{on.day} {on:%b} {on.year} or {or_month}? Excel turns a typed {on:%b} {on.day} into a day."
        return a_day(on, "cell date without its year").less_sure(Certainty.ASK, says)
    if at.month_first and on.day <= 12 and on.day != on.month:
        says = f"The month stands first in this column, so Excel may have meant {on:%d/%m} by {on:%m/%d}."
        return a_day(on, "cell date").less_sure(Certainty.WARN, says)
    return a_day(on, "cell date")


def _number(value: int, at: Setting) -> Reading:
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        day = _EPOCH + timedelta(days=value)
        return a_day(day, "number of a day").less_sure(Certainty.ASK, f"A bare number: is {day_words(day)} meant?")
    digits = str(value)
    return _read_text(digits, at) if len(digits) in (4, 6, 8) else unknown("A bare number names no day.", "number")


def _within_years(reading: Reading) -> Reading:
    for day in (reading.value.start, reading.value.end):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR + 1:  # a school year ends in the next
            return no_such(f"The year must lie from {FIRST_YEAR} to {LAST_YEAR}.")
    start = reading.value.start
    return reading if start is None or start.year <= LAST_YEAR else no_such(f"The year must lie to {LAST_YEAR}.")


def _read_text(text: str, at: Setting) -> Reading:
    words = without_footnote(plain(text))
    reading = _read_words(words, at) if len(words) <= _LONGEST else unknown(_WHICH)
    if reading.value.kind is not WhenKind.UNKNOWN or reading.rule != unknown("").rule:
        return reading
    status = read_status(text)
    if status.value is not None and status.certainty is not Certainty.ASK:
        kind, says = WhenKind.STATUS, "This looks like a status, not a date."
        return found(kind, None, None, Precision.NONE, "status word", Certainty.WARN, says)
    return _date_inside(words, at) or reading


_WHICH = "Which day is meant? Write a date such as 30/09/2024, Sept 2024, Autumn 1 or Ongoing."


def _read_words(words: str, at: Setting) -> Reading:
    words = words.strip(" .,;:")
    for rule, match in _matches(words):
        try:
            reading = rule(match, at)
        except NoSuchDay as why:
            return no_such(str(why))
        if reading is not None:
            return reading
    return unknown(_WHICH)


@lru_cache(maxsize=8192)
def _matches(words: str) -> tuple[tuple[_Rule, re.Match[str]], ...]:
    return tuple((rule, match) for pattern, rule in _RULES if (match := pattern.fullmatch(words)) is not None)


def _date_inside(words: str, at: Setting) -> Reading | None:
    """The one date in a sentence, proposed. Of two, neither."""
    dates = _INSIDE.findall(words[:_LONGEST_PROSE])
    if len(dates) != 1:
        return None
    reading = _read_words(dates[0], at)
    if reading.value.start is None:
        return None
    return replace(reading, rule=f"{reading.rule}, inside a text").less_sure(Certainty.ASK, "Is this the date meant?")


def orders_seen(cells: Iterable[Cell | None]) -> frozenset[bool]:
    """Which orders a column's dates in text prove: True month first, False day first. A part over 12 proves one."""
    seen = set()
    for cell in cells:
        found_ = _ORDERED.search(cell.value) if cell is not None and isinstance(cell.value, str) else None
        if found_ is not None:
            first, second = int(found_[1]), int(found_[2])
            if first <= 12 < second:
                seen.add(True)
            elif second <= 12 < first:
                seen.add(False)
    return frozenset(seen)


def month_first_evidence(cells: Iterable[Cell | None]) -> bool | None:
    """True or False when a column's dates prove one order; None when nothing tells or both orders occur."""
    seen = orders_seen(cells)
    return next(iter(seen)) if len(seen) == 1 else None
