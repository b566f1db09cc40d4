"""Half-terms, terms and the breaks between them, dated by the calendar: by the school's own lines where it has some."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date

from framework.periods import Period, PeriodKind
from framework.workbook.readings.days import year_of
from framework.workbook.readings.setting import ASSUMED_YEAR, NoSuchDay, Setting, Span, found, unknown
from framework.workbook.readings.shape import Certainty, Precision, Reading, WhenKind
from framework.workbook.readings.years import SCHOOL_YEAR, school_year_in

BREAK = "last day before the break"  # the rule of a date that a break's name gives

_SEASON = r"(?P<s>aut(?:umn)?|spr(?:ing)?|summ?(?:er)?|au|sp|su)\.?"
_WHOLE_SEASON = r"(?P<s>aut(?:umn)?|spr(?:ing)?|summ?(?:er)?)\.?"
_SEASONS = ("au", "sp", "su")
_HALF = r"(?:half[ -]?terms?|ht)"
_TAIL = rf"(?:,?[ -]*(?:of |in )?(?:(?P<ay>{SCHOOL_YEAR})|(?P<y>\d{{4}}|'?\d{{2}})))?"
_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "last": 2}
_SIX_TERMS = 6
# By half-term: the break that follows it, and whether its name says so beyond doubt.
_BREAKS = (
    (rf"(?:october|oct|autumn) {_HALF}", 1, True),
    (r"christmas|xmas|winter", 2, False),
    (rf"(?:february|feb|spring) {_HALF}", 3, True),
    (r"easter", 4, False),
    (rf"(?:may|summer|whit|whitsun) {_HALF}|whitsun|whit", 5, True),
    (r"summer(?= (?:break|hol))", 6, False),
)
# Which months a half-term is likely to take, to choose a year by; the calendar need not know that year.
_MONTHS = {1: (9, 10), 2: (11, 12), 3: (1, 2), 4: (2, 3), 5: (4, 5), 6: (6, 7)}


def dates_of(period: Period, at: Setting) -> Span | None:
    """From the calendar; a term that it does not date runs over its half-terms."""
    dates = at.calendar.dates(period, at.place)
    if dates is None and period.kind is PeriodKind.TERM:
        halves = [Period(PeriodKind.HALF_TERM, period.year, 2 * period.index - n) for n in (1, 0)]
        known = [at.calendar.dates(half, at.place) for half in halves]
        if known[0] is not None and known[1] is not None:
            return known[0][0], known[1][1]
    return dates


def _season(word: str) -> int:
    return _SEASONS.index(word[:2])


def _likely(year: int, halves: tuple[int, int]) -> Span:
    first, last = _MONTHS[halves[0]][0], _MONTHS[halves[1]][1]
    end = year + (last < 9)
    return date(year + (first < 9), first, 1), date(end, last, monthrange(end, last)[1])


def _year_meant(words: re.Match[str], at: Setting, halves: tuple[int, int]) -> tuple[int, bool]:
    """The school year of some half-terms, and whether it was named. A bare year is the calendar year they lie in."""
    if words["ay"]:
        year = school_year_in(words["ay"])
        if year is None:
            raise NoSuchDay(f"{words['ay']} is no school year: its two years follow each other.")
        return year, True
    if words["y"]:
        return year_of(words["y"]) - (halves[0] > 2), True
    likely = at.school_year(lambda year: _likely(year, halves))
    assert likely is not None  # they come in every year
    return likely, False


def _period(period: Period, named: bool, rule: str, at: Setting) -> Reading:
    term = period.kind is PeriodKind.TERM
    kind = WhenKind.TERM if term else WhenKind.HALF_TERM
    dates = dates_of(period, at)
    precision = Precision.TERM if term else Precision.HALF_TERM
    start, end = dates or (None, None)
    reading = found(kind, start, end, precision, rule)
    if not named:
        reading = replace(reading, rule=f"{rule}, {ASSUMED_YEAR}")
        reading = reading.less_sure(Certainty.ASSUMED, f"No year is named; we took {period.words}.")
    if dates is None:
        return reading.less_sure(Certainty.ASK, f"The calendar does not say when {period.words} is.")
    return reading


def _half_term(words: re.Match[str], at: Setting) -> Reading:
    """`Autumn 2`, `Summer 2 2025/26`, `Autumn HT2`; also `Spring HT3`, numbered through the year."""
    season, number = _season(words["s"]), int(words["n"])
    if number > 2 and (number - 1) // 2 != season:
        return unknown("The number and the name of the term do not go together: which half-term is meant?", "half-term")
    index = number if number > 2 else 2 * season + number
    return _half(words, at, index, "half-term")


def _half_of_term(words: re.Match[str], at: Setting) -> Reading:
    return _half(words, at, 2 * _season(words["s"]) + _HALVES[words["half"]], "half-term")


def _half(words: re.Match[str], at: Setting, index: int, rule: str) -> Reading:
    year, named = _year_meant(words, at, (index, index))
    return _period(Period(PeriodKind.HALF_TERM, year, index), named, rule, at)


def _term(words: re.Match[str], at: Setting) -> Reading:
    season = _season(words["s"])
    year, named = _year_meant(words, at, (2 * season + 1, 2 * season + 2))
    reading = _period(Period(PeriodKind.TERM, year, season + 1), named, "term", at)
    if words["t"] or words["ay"] or not named:
        return reading
    return reading.less_sure(Certainty.ASSUMED, "Taken as the term.")


def _numbered(words: re.Match[str], at: Setting) -> Reading:
    """`HT3`, `T5`, `Term 3`: of six half-terms, except that the first three may be whole terms where it says term."""
    number = int(words["n"])
    if not 1 <= number <= _SIX_TERMS:
        return unknown("A school year has three terms or six: which is meant?", "numbered term")
    reading = _half(words, at, number, "numbered half-term")
    if words["k"].startswith("t") and number <= 3:
        return reading.less_sure(Certainty.ASK, f"Term {number} of six in the year, or of three?")
    if words["ay"] or words["y"]:
        return reading
    return reading.less_sure(Certainty.ASSUMED, "")


def _our_code(words: re.Match[str], at: Setting) -> Reading | None:
    try:
        period = Period.parse(words[0].upper())
    except ValueError:
        return None
    return _period(period, True, "our code", at)


def _year_before(words: re.Match[str], at: Setting) -> Reading:
    """`2024/25 Autumn term`, as the Department for Education writes it."""
    return at.read(f"{words['rest']} {words['ay']}")


def _break(words: re.Match[str], at: Setting) -> Reading:
    """The last school day before a break: work that is due by half-term is done while school is on."""
    index, sure = next((n, s) for pattern, n, s in _BREAKS if re.search(pattern, words[0]))
    year, named = _year_meant(words, at, (index, index))
    period = Period(PeriodKind.HALF_TERM, year, index)
    dates = dates_of(period, at)
    last = None if dates is None else dates[1]
    reading = found(WhenKind.DATE, last, last, Precision.DAY, BREAK if named else f"{BREAK}, {ASSUMED_YEAR}")
    if last is None:
        return reading.less_sure(Certainty.ASK, f"The calendar does not say when {period.words} ends.")
    if not sure:
        return reading.less_sure(Certainty.ASSUMED, f"Taken as the last day of {period.words}.")
    if not named and last < at.on:  # of the coming break there can be no doubt
        return reading.less_sure(Certainty.ASSUMED, f"No year is named; we took {period.words}.")
    return reading


def _after_break(words: re.Match[str], at: Setting) -> Reading:
    index = next(n for pattern, n, _ in _BREAKS if re.search(pattern, words[0]))
    year, named = _year_meant(words, at, (index, index))
    period = Period(PeriodKind.HALF_TERM, year, index).next()
    dates = dates_of(period, at)
    first = None if dates is None else dates[0]
    rule = "first day after the break"
    reading = found(WhenKind.DATE, first, first, Precision.DAY, rule if named else f"{rule}, {ASSUMED_YEAR}")
    if first is None:
        return reading.less_sure(Certainty.ASK, f"The calendar does not say when {period.words} begins.")
    return reading.less_sure(Certainty.ASSUMED, f"Taken as the first day of {period.words}.")


def _which_term(words: re.Match[str], at: Setting) -> Reading:
    return unknown("Which term, of which year?", "term without its name")


_A_BREAK = rf"(?:the )?(?P<b>{'|'.join(pattern for pattern, _, _ in _BREAKS)})(?: (?:break|holidays?|hols?))?"
RULES = (
    (rf"after {_A_BREAK}{_TAIL}", _after_break),
    (rf"{_A_BREAK}{_TAIL}", _break),
    (rf"{_SEASON}[ -]?(?:term[ -]?)?(?:{_HALF}|half|block)?[ -]?(?P<n>[1-6])(?!\d){_TAIL}", _half_term),
    (rf"(?P<half>first|1st|second|2nd|last) half (?:of )?(?:the )?{_WHOLE_SEASON}(?: term)?{_TAIL}", _half_of_term),
    (rf"{_WHOLE_SEASON}(?: term)?,? (?P<half>first|1st|second|2nd) half(?:[ -]?term)?{_TAIL}", _half_of_term),
    (rf"(?:the )?{_WHOLE_SEASON}(?P<t> ?terms?)?{_TAIL}", _term),
    (rf"(?P<k>ht|half[ -]?terms?|terms?|t)[ -]?(?P<n>\d)(?!\d){_TAIL}", _numbered),
    (r"\d{6}-(?:ht\d|t\d)", _our_code),
    (rf"(?P<ay>{SCHOOL_YEAR})[ ,:-]+(?P<rest>(?:aut|spr|sum|ht|half|t\d|term).*)", _year_before),
    (
        r"(?:(?:the )?(?:start|beginning|end|middle|mid)[ -](?:of )?|this |next |last )?"
        r"(?:the )?(?:half[ -]?)?term(?: time)?",
        _which_term,
    ),
)
