"""Days and months as they are written, with digits or words. British: the day stands first, except in ISO dates."""

import re
from calendar import day_name, month_name, monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from framework.periods import day_words
from framework.workbook.readings.setting import (
    ASSUMED_YEAR,
    NoSuchDay,
    Setting,
    Span,
    found,
    school_year_of,
)
from framework.workbook.readings.shape import Certainty, Precision, Reading, WhenKind

FIRST_YEAR, LAST_YEAR = 1900, 2100
_CENTURY_TURNS = 70  # 69 is 2069, 70 is 1970
_NEAR = 15  # years; `Sept 24` is a month of a year no farther from the day of reading than this
_SHORTEST_SLIP = 4  # letters; a shorter word is not a misspelt month
_MONTHS = [name.casefold() for name in month_name]
_DAYS = [name.casefold() for name in day_name]

_TIME = r"(?:[t ,]+(?:at )?(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?|\d{1,2} ?[ap]m|noon|midnight)z?)?"
_WEEKDAY = r"(?:(?P<wd>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?:the )?)?"
_NUMBER = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_NUMBERED = r"(?P<d>\d{1,2})(?:st|nd|rd|th)"
_MONTH = r"(?P<m>[a-z]{3,10})\.?"
_YEAR = r"(?P<y>\d{4}|'?\d{2})"


def year_of(digits: str) -> int:
    """`2024`, `24` or `'24`. Raises NoSuchDay for any other number of digits, and beyond the years we keep."""
    bare = digits.lstrip("'")
    if len(bare) not in (2, 4):
        raise NoSuchDay("Write the year with four digits.")
    year = int(bare)
    if len(bare) == 2:
        year += 2000 if year < _CENTURY_TURNS else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchDay(f"The year must lie from {FIRST_YEAR} to {LAST_YEAR}.")
    return year


@lru_cache(maxsize=1024)
def month_of(word: str) -> tuple[int, bool] | None:
    """A month's number, and whether it was spelled as people do; None when the word is no month."""
    for number, name in enumerate(_MONTHS):
        if number and word in (name, name[:3], "sept" if number == 9 else name):
            return number, True
    if len(word) < _SHORTEST_SLIP:
        return None
    begun = [n for n, name in enumerate(_MONTHS) if n and name.startswith(word)]
    near = begun or [_MONTHS.index(name) for name in get_close_matches(word, _MONTHS[1:], 1, 0.8)]
    return (near[0], False) if near else None


def day(year: int, month: int, number: int) -> date:
    """The day itself. Raises NoSuchDay, saying why there is none."""
    year_of(f"{year:04d}")
    if not 1 <= month <= 12:
        raise NoSuchDay(f"There is no month {month}; the day stands first.")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise NoSuchDay(f"{month_name[month]}{f' {year}' if month == 2 else ''} has {last} days.")
    return date(year, month, number)


def month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def a_day(on: date, rule: str) -> Reading:
    return found(WhenKind.DATE, on, on, Precision.DAY, rule)


def a_month(year: int, month: int, rule: str) -> Reading:
    return found(WhenKind.MONTH, *month_span(year, month), Precision.MONTH, rule)


def day_without_year(at: Setting, month: int, number: int, rule: str) -> Reading:
    """The day in the year that is likely meant (`Setting.school_year`)."""

    def span(year: int) -> Span | None:
        calendar_year = year + (month < 9)
        if not 1 <= number <= monthrange(calendar_year, month)[1]:
            return None
        return (only := date(calendar_year, month, number)), only

    year = at.school_year(span) if 1 <= month <= 12 else None
    if year is None:
        return a_day(day(school_year_of(at.on) + (month < 9), month, number), rule)  # says why there is none
    return _year_assumed(a_day(date(year + (month < 9), month, number), rule))


def month_without_year(at: Setting, month: int, rule: str) -> Reading:
    year = at.school_year(lambda y: month_span(y + (month < 9), month))
    assert year is not None
    return _year_assumed(a_month(year + (month < 9), month, rule))


def _year_assumed(reading: Reading) -> Reading:
    start: date = reading.value.start
    named = replace(reading, rule=f"{reading.rule}, {ASSUMED_YEAR}")
    return named.less_sure(Certainty.ASSUMED, f"No year is named; we took {start.year}.")


def _spelled(reading: Reading, word: str, month: int, sure: bool) -> Reading:
    if sure:
        return reading
    return replace(reading, rule=f"{reading.rule}, spelling").less_sure(Certainty.ASK, _slip(word, month))


def _slip(word: str, month: int) -> str:
    return f"'{word}' is no month: is {month_name[month]} meant?"


def _weekday_checked(reading: Reading, named: str | None) -> Reading:
    start: date = reading.value.start
    if named is None or _DAYS[start.weekday()].startswith(named):
        return reading
    return reading.less_sure(Certainty.ASK, f"{day_words(start, weekday=False)} is a {day_name[start.weekday()]}.")


def _iso(words: re.Match[str], at: Setting) -> Reading:
    if words["time"] and words["y"] in ("1899", "1900") and words["m"].zfill(2) in ("12", "01"):
        return time_of_day()
    return a_day(day(int(words["y"]), int(words["m"]), int(words["d"])), "ISO")


def time_of_day() -> Reading:
    return found(WhenKind.TIME, None, None, Precision.NONE, "time", Certainty.ERROR, "This is a time of day, no date.")


def _time(words: re.Match[str], at: Setting) -> Reading:
    return time_of_day()


def _eight_digits(words: re.Match[str], at: Setting) -> Reading | None:
    try:
        only = day(int(words["y"]), int(words["m"]), int(words["d"]))
    except NoSuchDay:
        return None
    return a_day(only, "eight digits").less_sure(Certainty.ASSUMED, "Read as year, month, day.")


def _slashes(words: re.Match[str], at: Setting) -> Reading:
    first, second, year = int(words["a"]), int(words["b"]), year_of(words["y"])
    return _in_order(at, first, second, lambda d, m, rule: a_day(day(year, m, d), rule))


def two_parts(at: Setting, first: int, second: int) -> Reading:
    """`13/9`: a day and a month without a year."""
    return _in_order(at, first, second, lambda d, m, rule: day_without_year(at, m, d, rule))


def _in_order(at: Setting, first: int, second: int, read: Callable[[int, int, str], Reading]) -> Reading:
    """Two numbers as day and month, in the order of the column; the other order only where this one cannot be."""
    if at.month_first:
        if first > 12 >= second:
            turned = read(first, second, "day first")
            return turned.less_sure(Certainty.ASSUMED, "The month stands first in this column, but cannot here.")
        return read(second, first, "month first")
    if second > 12 >= first and at.month_first is None:
        turned = read(second, first, "month first")
        return turned.less_sure(Certainty.ASK, f"There is no month {second}: does the month stand first?")
    reading = read(first, second, "day first")
    if at.both_orders and first != second and first <= 12:
        says = "This column has dates with the day first and dates with the month first: which is this one?"
        return reading.less_sure(Certainty.ASK, says)
    return reading


def _day_month_year(words: re.Match[str], at: Setting) -> Reading | None:
    month = month_of(words["m"])
    if month is None:
        return None
    reading = a_day(day(year_of(words["y"]), month[0], int(words["d"])), "day, month, year")
    return _spelled(_weekday_checked(reading, words["wd"]), words["m"], *month)


def _day_month(words: re.Match[str], at: Setting) -> Reading | None:
    month = month_of(words["m"])
    if month is None:
        return None
    reading = day_without_year(at, month[0], int(words["d"]), "day and month")
    return _spelled(_weekday_checked(reading, words["wd"]), words["m"], *month)


def _month_year(words: re.Match[str], at: Setting) -> Reading | None:
    """`September 2024`, `Sept '24`, `Sep-24`: in Britain the day stands first, so digits after a month are its year."""
    month = month_of(words["m"])
    if month is None:
        return None
    year = year_of(words["y"])
    if len(words["y"]) != 2:
        return _spelled(a_month(year, month[0], "month and year"), words["m"], *month)
    if abs(year - at.on.year) > _NEAR and 1 <= int(words["y"]) <= monthrange(2024, month[0])[1]:
        asked = day_without_year(at, month[0], int(words["y"]), "month, then day")
        return asked.less_sure(Certainty.ASK, f"Is this day {int(words['y'])}, or the year {year}?")
    says = f"Digits after a month are its year: {month_name[month[0]]} {year}."
    reading = a_month(year, month[0], "month and two-digit year").less_sure(Certainty.ASSUMED, says)
    return _spelled(reading, words["m"], *month)


def _month(words: re.Match[str], at: Setting) -> Reading | None:
    month = month_of(words["m"])
    if month is None:
        return None
    return _spelled(month_without_year(at, month[0], "month"), words["m"], *month)


_DIVIDER = r" ?[/.-] ?"
RULES = (
    (rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?P<time>{_TIME})", _iso),
    (rf"(?P<y>\d{{4}})(?P<s>[/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?P<time>{_TIME})", _iso),
    (r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)", _eight_digits),
    (r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]m)|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2} ?[ap]m", _time),
    (rf"{_WEEKDAY}(?P<a>\d{{1,2}}){_DIVIDER}(?P<b>\d{{1,2}}){_DIVIDER}'?(?P<y>\d{{2,4}}){_TIME}", _slashes),
    (rf"{_WEEKDAY}{_NUMBER}(?: of)?[ ,/.-]*{_MONTH},?[ ,/.-]*{_YEAR}{_TIME}", _day_month_year),
    (rf"{_WEEKDAY}{_MONTH} (?:the )?{_NUMBER},?[ ,/-]+{_YEAR}{_TIME}", _day_month_year),
    (rf"{_WEEKDAY}{_NUMBER}(?: of)?[ ,/.-]*{_MONTH}{_TIME}", _day_month),
    (rf"{_WEEKDAY}{_MONTH} (?:the )?{_NUMBERED}{_TIME}", _day_month),
    (rf"{_MONTH},?(?: of)?[ ,/.-]*{_YEAR}", _month_year),
    (rf"(?P<y>\d{{4}})[ ,/.-]*{_MONTH}", _month_year),
    (rf"{_WEEKDAY}{_MONTH} (?:the )?{_NUMBER}", _day_month),
    (rf"{_MONTH}(?: month)?", _month),
)
