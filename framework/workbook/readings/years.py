"""School years, financial years and quarters, calendar years, and numbers that could be any of them."""

import re
from datetime import date

from framework.periods import Period, PeriodKind, year_words
from framework.workbook.readings.days import FIRST_YEAR, LAST_YEAR, a_month, month_of, month_span, two_parts, year_of
from framework.workbook.readings.setting import ASSUMED_YEAR, NoSuchDay, Setting, found, unknown
from framework.workbook.readings.shape import Certainty, Precision, Reading, WhenKind

SCHOOL_YEAR = r"(?:ay ?)?(?:\d{4} ?[/-] ?(?:\d{4}|\d{2})|\d{2} ?[/-] ?\d{2}|\d{6})"
_MOST_YEARS = 20  # a longer pair is hardly two years
_FINANCIAL = r"(?:fy|f/y|financial year|fiscal year)"
_ACADEMIC = r"(?:ay|academic year|school year|acad(?:emic)? yr)"
_PAIR = r"(?P<a>\d{4}|\d{2}) ?[/-] ?(?P<b>\d{4}|\d{2})"
_LOOSE_PAIR = r"(?P<a>\d{4}|\d{1,2}) ?[/.-] ?(?P<b>\d{4}|\d{1,2})"
_SIX = r"(?P<a>\d{4})(?P<b>\d{2})"
_FOUR = r"(?P<a>\d{2})(?P<b>\d{2})"


def school_year_in(words: str) -> int | None:
    """The first calendar year of `2024/25`, `24-25`, `202425` or `AY24/25`; None unless the years are consecutive."""
    bare = re.sub(r"^ay ?", "", words)
    pair = re.fullmatch(_PAIR, bare) or re.fullmatch(_SIX, bare)
    if pair is None or not consecutive(pair["a"], pair["b"]):
        return None
    return year_of(pair["a"])


def consecutive(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second) % 100 and (len(second) == 2 or int(second) == year_of(first) + 1)


def a_school_year(year: int, rule: str) -> Reading:
    start, end = date(year, 9, 1), date(year + 1, 8, 31)
    return found(WhenKind.ACADEMIC_YEAR, start, end, Precision.ACADEMIC_YEAR, rule)


def _school_year(words: re.Match[str], at: Setting) -> Reading | None:
    if consecutive(words["a"], words["b"]):
        return a_school_year(year_of(words["a"]), "school year")
    return _several_years(words)


def _several_years(words: re.Match[str]) -> Reading | None:
    """`2023/25`: years that do not follow each other may be a span of school years, or a slip."""
    first = year_of(words["a"])
    second = year_of(words["b"] if len(words["b"]) == 4 else f"{first // 100}{words['b']}")
    if not 1 < second - first <= _MOST_YEARS:
        return None
    says = f"{first} and {second} do not follow each other: is everything from 1 Sep {first} to 31 Aug {second} meant?"
    start, end, kept = date(first, 9, 1), date(second, 8, 31), Precision.ACADEMIC_YEAR
    return found(WhenKind.RANGE, start, end, kept, "several school years", Certainty.ASK, says)


def _pair(words: re.Match[str], at: Setting) -> Reading | None:
    """Two numbers: a school year, a year and a month, a month and a year, or a day and a month."""
    first, second = words["a"], words["b"]
    if len(first) == 4:
        return _year_then(words)
    if len(second) == 4:
        return None
    if int(first) <= 31 and int(second) <= 12:
        reading = two_parts(at, int(first), int(second))
        return reading.less_sure(Certainty.ASK, "A day and a month, or a number?") if "." in words[0] else reading
    if not consecutive(first, second):
        if 1 <= int(first) <= 12 and int(second) <= 31 and at.month_first:
            return two_parts(at, int(first), int(second))
        return _two_digits_apart(words)
    reading = a_school_year(year_of(first), "school year")
    if int(first) <= 12:
        return reading.less_sure(Certainty.ASK, f"A school year, or month {int(first)} of {year_of(second)}?")
    return reading


def _two_digits_apart(words: re.Match[str]) -> Reading | None:
    """`09/25`, which can only be a month of a year; `22/25`, perhaps several years."""
    month = int(words["a"])
    if not 1 <= month <= 12:
        return _several_years(words)
    return a_month(year_of(words["b"]), month, "month and year").less_sure(Certainty.ASSUMED, "Read as month and year.")


def _year_then(words: re.Match[str]) -> Reading | None:
    year, second = year_of(words["a"]), words["b"]
    may_be_month = len(second) <= 2 and 1 <= int(second) <= 12
    short = len(second) == 1 and (year + 1) % 10 == int(second)  # 2023/4
    if short or consecutive(words["a"], second):
        reading = a_school_year(year, "school year")
        if short or (may_be_month and "-" in words[0]):
            says = f"The school year {year_words(year)}, or month {int(second)} of {year}?"
            return reading.less_sure(Certainty.ASK, says)
        return reading
    if not may_be_month:
        return _several_years(words)
    reading = a_month(year, int(second), "year and month")
    return reading if "-" in words[0] else reading.less_sure(Certainty.ASSUMED, "Read as year and month.")


def _six(words: re.Match[str], at: Setting) -> Reading | None:
    if consecutive(words["a"], words["b"]):
        return a_school_year(year_of(words["a"]), "school year, six digits")
    if FIRST_YEAR <= int(words["a"]) <= LAST_YEAR and 1 <= int(words["b"]) <= 12:
        reading = a_month(int(words["a"]), int(words["b"]), "year and month, six digits")
        return reading.less_sure(Certainty.ASSUMED, "Read as year and month.")
    return None


def _month_then_year(words: re.Match[str], at: Setting) -> Reading:
    if not 1 <= int(words["m"]) <= 12:
        raise NoSuchDay(f"There is no month {int(words['m'])}.")
    return a_month(year_of(words["y"]), int(words["m"]), "month and year")


def _month_in_school_year(words: re.Match[str], at: Setting) -> Reading | None:
    month, year = month_of(words["m"]), school_year_in(words["ay"])
    if month is None or year is None or not month[1]:
        return None
    return a_month(year + (month[0] < 9), month[0], "month of a school year")


def _this_school_year(words: re.Match[str], at: Setting) -> Reading:
    here = at.school_year(lambda y: (date(y, 9, 1), date(y + 1, 8, 31)))
    assert here is not None
    reading = a_school_year(here, f"school year, {ASSUMED_YEAR}")
    return reading.less_sure(Certainty.ASSUMED, f"No year is named; we took {year_words(here)}.")


def _which_year(words: re.Match[str], at: Setting) -> Reading:
    return unknown("Which year is meant: calendar, school or financial?", "year without its name")


def _financial_year(words: re.Match[str], at: Setting) -> Reading | None:
    if not consecutive(words["a"], words["b"]):
        return _several_years(words)
    year = year_of(words["a"])
    return found(WhenKind.RANGE, date(year, 4, 1), date(year + 1, 3, 31), Precision.MONTH, "financial year")


def _calendar_year(words: re.Match[str], at: Setting) -> Reading | None:
    if not FIRST_YEAR <= int(words["y"]) <= LAST_YEAR:
        return None
    year = int(words["y"])
    reading = found(WhenKind.RANGE, date(year, 1, 1), date(year, 12, 31), Precision.MONTH, "calendar year")
    return reading.less_sure(Certainty.ASK, f"The calendar year {year}, or a school year?")


def _quarter(words: re.Match[str], at: Setting) -> Reading:
    year, quarter = year_of(words["y"]), int(words["q"])
    start, end = month_span(year, 3 * quarter - 2)[0], month_span(year, 3 * quarter)[1]
    says = "A quarter of the calendar year, of the financial year, or of the school year?"
    kind = WhenKind.QUARTER
    return found(kind, start, end, Precision.QUARTER, "calendar quarter", Certainty.ASK, says)


def _quarter_of_pair(words: re.Match[str], at: Setting) -> Reading | None:
    """`Q2 2024/25`: of a school year as this product counts (from September) unless it says financial."""
    if not consecutive(words["a"], words["b"]):
        return None
    year, quarter = year_of(words["a"]), int(words["q"])
    if words["fy"]:
        first = 3 * quarter + 1  # quarter 1 begins in April
        start = date(year + (first > 12), (first - 1) % 12 + 1, 1)
        end = month_span(year + (first + 2 > 12), (first + 1) % 12 + 1)[1]
        return found(WhenKind.QUARTER, start, end, Precision.QUARTER, "financial quarter")
    dates = at.calendar.dates(Period(PeriodKind.QUARTER, year, quarter))
    assert dates is not None  # a quarter's months are in its name
    says = "A quarter of the school year, from September, or of the financial year, from April?"
    return found(WhenKind.QUARTER, *dates, Precision.QUARTER, "school quarter", Certainty.ASK, says)


def _quarter_alone(words: re.Match[str], at: Setting) -> Reading:
    return unknown("Which year's quarter, and does that year begin in January, April or September?", "quarter")


RULES = (
    (_LOOSE_PAIR, _pair),
    (_SIX, _six),
    (rf"{_ACADEMIC} ?(?:{_PAIR})", _school_year),
    (rf"{_ACADEMIC} ?(?:{_SIX})", _school_year),
    (rf"{_ACADEMIC} ?(?:{_FOUR})", _school_year),
    (rf"(?:{_PAIR}) {_ACADEMIC}", _school_year),
    (rf"(?:this |the |current |the current )?{_ACADEMIC}", _this_school_year),
    (r"(?:(?:by |the |end of |during |this |next )*(?:the )?year(?:[ -]end)?)", _which_year),
    (rf"{_FINANCIAL} ?(?:{_PAIR})", _financial_year),
    (rf"{_FINANCIAL} ?(?:{_FOUR})", _financial_year),
    (rf"(?:{_PAIR}) {_FINANCIAL}", _financial_year),
    (r"(?P<y>\d{4})", _calendar_year),
    (r"(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})", _month_then_year),
    (rf"(?P<m>[a-z]{{3,9}})\.? (?P<ay>{SCHOOL_YEAR})", _month_in_school_year),
    (rf"(?:q|quarter) ?(?P<q>[1-4]),? ?(?P<fy>{_FINANCIAL} ?)?(?:{_PAIR})", _quarter_of_pair),
    (rf"(?P<fy>{_FINANCIAL}) ?(?:{_PAIR}),? (?:q|quarter) ?(?P<q>[1-4])", _quarter_of_pair),
    (r"(?:q|quarter) ?(?P<q>[1-4])(?: of)?[ ,/-]*(?P<y>\d{4}|'\d{2}|\d{2})", _quarter),
    (r"(?P<y>\d{4})[ ,/-]*q(?P<q>[1-4])", _quarter),
    (r"(?:q|quarter) ?[1-4]", _quarter_alone),
)
