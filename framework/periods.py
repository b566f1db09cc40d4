"""School years, half-terms, terms and school days.

A period's dates come from the trust's calendar table and are never computed from months; order comes from the
period's own code. Decides nothing about KPIs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MONTHS = [
    "September",
    "October",
    "November",
    "December",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
]
_HALF_TERMS = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
_TERMS = ("Autumn term", "Spring term", "Summer term")
_CODE = re.compile(r"(\d{4})(\d{2})-(HT|T|Q|M|W|Y)(\d{0,2})")


class PeriodKind(StrEnum):
    HALF_TERM = "HT"
    TERM = "T"
    QUARTER = "Q"
    MONTH = "M"
    WEEK = "W"
    YEAR = "Y"


# Of weeks the most: a school year has 52 or 53 of them (`count_in_year`).
COUNT_IN_YEAR = {
    PeriodKind.HALF_TERM: 6,
    PeriodKind.TERM: 3,
    PeriodKind.QUARTER: 4,
    PeriodKind.MONTH: 12,
    PeriodKind.WEEK: 53,
    PeriodKind.YEAR: 1,
}


def _first_week(year: int) -> date:
    """The Monday of the week that holds 1 September."""
    first = date(year, 9, 1)
    return first - timedelta(days=first.weekday())


def count_in_year(kind: PeriodKind, year: int) -> int:
    """How many periods of the kind the school year has."""
    if kind is PeriodKind.WEEK:
        return (_first_week(year + 1) - _first_week(year)).days // 7
    return COUNT_IN_YEAR[kind]


@dataclass(frozen=True)
class Period:
    """A part of a school year: kind, the year's first calendar year (2026 for 2026/27), and its place in that year.

    The index counts from 1 in the order of the school year (Autumn 1 is 1; September is month 1; quarter 1 is
    September to November, as in an academy trust's accounts; week 1 holds 1 September and every week begins on Monday).
    """

    kind: PeriodKind
    year: int
    index: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.index <= count_in_year(self.kind, self.year):
            raise ValueError(f"a school year has no {self.kind.value}{self.index}")

    @property
    def code(self) -> str:
        """As stored: `202627-HT1`, `202627-T1`, `202627-Y`; a month by its calendar number, `202627-M09`."""
        return _code(self.kind, self.year, self.index)

    @classmethod
    def parse(cls, code: str) -> "Period":
        """The period of a stored code. Raises ValueError for anything else."""
        found = _CODE.fullmatch(code)
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"not a period: {code!r}")
        kind = PeriodKind(found[3])
        number = int(found[4] or 1)
        return cls(kind, int(found[1]), (number + 3) % 12 + 1 if kind is PeriodKind.MONTH else number)

    @property
    def ordinal(self) -> int:
        """Sorts periods of one kind in time."""
        return self.year * 100 + self.index

    @property
    def year_words(self) -> str:
        return year_words(self.year)

    @property
    def words(self) -> str:
        """`Autumn 1, 2026/27`, `Autumn term, 2026/27`, `Quarter 1, 2026/27`, `September 2026`, `2026/27`.

        A week by its Monday: `week of 2 Nov 2026`.
        """
        if self.kind is PeriodKind.YEAR:
            return self.year_words
        if self.kind is PeriodKind.WEEK:
            return f"week of {day_words(self.starts_on_monday, weekday=False)}"
        if self.kind is PeriodKind.MONTH:
            return f"{_MONTHS[self.index - 1]} {self.year + (self.index > 4)}"
        return f"{self.short_words}, {self.year_words}"

    @property
    def short_words(self) -> str:
        """Without its year, for a heading that already says it."""
        if self.kind is PeriodKind.HALF_TERM:
            return _HALF_TERMS[self.index - 1]
        if self.kind is PeriodKind.QUARTER:
            return f"Quarter {self.index}"
        return _TERMS[self.index - 1] if self.kind is PeriodKind.TERM else self.words

    @property
    def starts_on_monday(self) -> date:
        """Of a week: its first day."""
        return _first_week(self.year) + timedelta(weeks=self.index - 1)

    def after(self, earlier: "Period") -> int:
        """How many periods this one is after the earlier; below 0 when it is before, 0 for two kinds."""
        if self.kind is not earlier.kind:
            return 0
        if self.kind is PeriodKind.WEEK:
            return (self.starts_on_monday - earlier.starts_on_monday).days // 7
        return (self.year - earlier.year) * COUNT_IN_YEAR[self.kind] + self.index - earlier.index

    def a_year_before(self) -> "Period":
        """The same part of the school year before."""
        return Period(self.kind, self.year - 1, min(self.index, count_in_year(self.kind, self.year - 1)))

    def next(self) -> "Period":
        if self.index < count_in_year(self.kind, self.year):
            return Period(self.kind, self.year, self.index + 1)
        return Period(self.kind, self.year + 1, 1)

    def previous(self) -> "Period":
        if self.index > 1:
            return Period(self.kind, self.year, self.index - 1)
        return Period(self.kind, self.year - 1, count_in_year(self.kind, self.year - 1))


@lru_cache(maxsize=4_096)  # a load asks for the same few hundred a hundred thousand times
def _code(kind: PeriodKind, year: int, index: int) -> str:
    head = f"{year}{(year + 1) % 100:02d}-{kind.value}"
    if kind is PeriodKind.YEAR:
        return head
    if kind is PeriodKind.MONTH:
        return f"{head}{(index + 7) % 12 + 1:02d}"
    if kind is PeriodKind.WEEK:
        return f"{head}{index:02d}"
    return f"{head}{index}"


def year_words(year: int) -> str:
    """`2026/27` for the school year that begins in 2026."""
    return f"{year}/{(year + 1) % 100:02d}"


_SPELLINGS = {
    **{name.casefold(): (PeriodKind.HALF_TERM, n) for n, name in enumerate(_HALF_TERMS, 1)},
    **{f"ht{n}": (PeriodKind.HALF_TERM, n) for n in range(1, 7)},
    **{name.casefold(): (PeriodKind.TERM, n) for n, name in enumerate(_TERMS, 1)},
    **{f"quarter {n}": (PeriodKind.QUARTER, n) for n in range(1, 5)},
    **{f"q{n}": (PeriodKind.QUARTER, n) for n in range(1, 5)},
}
_WEEK = re.compile(r"week (?:of|beginning|commencing) (\d{1,2}) ([a-z]{3,9}) (\d{4})", re.IGNORECASE)
_YEAR_WORDS = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")


def read_year(words: str) -> int | None:
    """The first calendar year of a school year written `2026/27`; None when it is not one."""
    found = _YEAR_WORDS.fullmatch(words.strip())
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return int(found[1])


def read_period(words: str) -> Period | None:
    """The period people wrote: `Autumn 1, 2026/27`, `2026/27`, `September 2026`, `202627-HT1`. None when it is none."""
    text = " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split())
    if _CODE.fullmatch(text.upper()):
        try:
            return Period.parse(text.upper())
        except ValueError:
            return None
    if (year := read_year(text)) is not None:
        return Period(PeriodKind.YEAR, year)
    head, _, tail = text.rpartition(" ")
    name = head.rstrip(",").casefold()
    if (year := read_year(tail)) is not None and name in _SPELLINGS:
        kind, index = _SPELLINGS[name]
        return Period(kind, year, index)
    if (week := _read_week(text)) is not None:
        return week
    months = [m.casefold() for m in _MONTHS]
    if name in months and tail.isdecimal() and len(tail) == 4:
        index = months.index(name) + 1
        return Period(PeriodKind.MONTH, int(tail) - (index > 4), index)
    return None


def _read_week(text: str) -> Period | None:
    """The week that a text names by one of its days; None when it names none."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    month = next((n for n, m in enumerate(_MONTHS) if m.casefold().startswith(found[2].casefold())), None)
    try:
        return None if month is None else week_of(date(int(found[3]), (month + 8) % 12 + 1, int(found[1])))
    except ValueError:  # 31 Feb
        return None


def week_of(day: date) -> Period:
    """The week of the school year that holds the day."""
    year = day.year if day >= _first_week(day.year) else day.year - 1
    return Period(PeriodKind.WEEK, year, (day - _first_week(year)).days // 7 + 1)


class CalendarKind(StrEnum):
    """What a line of the trust's calendar gives dates to."""

    HALF_TERM = "half-term"
    TERM = "term"
    YEAR = "year"
    MONTH = "month"
    CLOSED = "closed"  # days off inside a half-term: bank holidays, training days


_KIND_OF = {
    CalendarKind.HALF_TERM: PeriodKind.HALF_TERM,
    CalendarKind.TERM: PeriodKind.TERM,
    CalendarKind.YEAR: PeriodKind.YEAR,
    CalendarKind.MONTH: PeriodKind.MONTH,
}


@dataclass(frozen=True)
class CalendarLine:
    """One row of the calendar: first and last day of a period, or of a closure; for one school when it differs."""

    ref: str
    kind: CalendarKind
    year: int  # the school year's first calendar year
    index: int
    starts_on: date
    ends_on: date
    place: str | None = None  # None: all schools
    note: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False

    @property
    def period(self) -> Period | None:
        kind = _KIND_OF.get(self.kind)
        return None if kind is None else Period(kind, self.year, self.index)


class Calendar:
    """The trust's dates: when each period begins and ends, and which days are school days."""

    def __init__(self, lines: Iterable[CalendarLine]) -> None:
        self._dates: dict[tuple[Period, str | None], tuple[date, date]] = {}
        self._closed: dict[str | None, set[date]] = {None: set()}
        self._own_days: dict[str, list[date]] = {}  # school days of each school that was asked for and has its own
        for line in lines:
            if line.archived:
                continue
            period = line.period
            if period is not None:
                self._dates[period, line.place] = (line.starts_on, line.ends_on)
            else:
                self._closed.setdefault(line.place, set()).update(_days(line.starts_on, line.ends_on))

    def dates(self, period: Period, place: str | None = None) -> tuple[date, date] | None:
        """First and last day; the school's own where it differs; None when the calendar does not say.

        Months, quarters of months and weeks need no line: their dates are in their names.
        """
        found = self._dates.get((period, place)) or self._dates.get((period, None))
        return _named_dates(period) if found is None else found

    def ends_on(self, period: Period, place: str | None = None) -> date | None:
        found = self.dates(period, place)
        return None if found is None else found[1]

    def periods(self, kind: PeriodKind) -> list[Period]:
        """Every period of the kind that the calendar dates, in order; of weeks those with a school day."""
        known = [p for p, place in self._dates if place is None]
        if kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            years = sorted({p.year for p in known})
            return [Period(kind, year, n) for year in years for n in range(1, COUNT_IN_YEAR[kind] + 1)]
        if kind is PeriodKind.WEEK:
            return sorted({week_of(day) for day in self._school_days}, key=lambda p: p.ordinal)
        return sorted((p for p in known if p.kind is kind), key=lambda p: p.ordinal)

    def following(self, period: Period) -> Period:
        """The period after this one; of weeks the next that has a school day, where the calendar knows one."""
        if period.kind is PeriodKind.WEEK:
            days = self._school_days
            n = bisect_right(days, period.starts_on_monday + timedelta(days=6))
            return week_of(days[n]) if n < len(days) else period.next()
        return period.next()

    def last_ended(self, kind: PeriodKind, on: date) -> Period | None:
        """The newest period of the kind that is over on the day; None when none is."""
        ended = [p for p in self.periods(kind) if (last := self.ends_on(p)) is not None and last < on]
        return ended[-1] if ended else None

    @cached_property
    def _school_days(self) -> list[date]:
        return self._days_at(None)

    @cached_property
    def _differing(self) -> frozenset[str]:
        """The schools with half-terms or days off of their own."""
        of_periods = {at for period, at in self._dates if period.kind is PeriodKind.HALF_TERM}
        return frozenset(at for at in of_periods | set(self._closed) if at is not None)

    def _days_at(self, place: str | None) -> list[date]:
        dated = {period for period, at in self._dates if period.kind is PeriodKind.HALF_TERM and at in (None, place)}
        spans = [self._dates.get((period, place)) or self._dates[period, None] for period in dated]
        days = {day for span in spans for day in _days(*span) if day.weekday() < 5}
        return sorted(days - self._closed[None] - self._closed.get(place, set()))

    def _school_days_of(self, place: str | None) -> list[date]:
        if place is None or place not in self._differing:
            return self._school_days
        if place not in self._own_days:
            self._own_days[place] = self._days_at(place)
        return self._own_days[place]

    def school_days_since(self, day: date, on: date, place: str | None = None) -> int:
        """School days after `day`, up to and including `on`; 0 when `on` is not later.

        place  the school whose own half-terms and days off count; None: those of all schools
        Where the calendar has no half-terms at all, weekdays are counted, so that silence is never hidden.
        """
        if on <= day:
            return 0
        days = self._school_days_of(place)
        if not days:
            return sum(1 for d in _days(day + timedelta(days=1), on) if d.weekday() < 5)
        return bisect_right(days, on) - bisect_right(days, day)

    def school_days(self, first: date, last: date, place: str | None = None) -> int:
        """School days from the first day to the last, both included; none where no half-term holds them."""
        days = self._school_days_of(place)
        return max(0, bisect_right(days, last) - bisect_left(days, first))


def _named_dates(period: Period) -> tuple[date, date] | None:
    """First and last day of a period whose name says them; None for terms, half-terms and years."""
    if period.kind is PeriodKind.WEEK:
        return period.starts_on_monday, period.starts_on_monday + timedelta(days=6)
    if period.kind is PeriodKind.MONTH:
        return _month(period.year, period.index)
    if period.kind is PeriodKind.QUARTER:
        return _month(period.year, 3 * period.index - 2)[0], _month(period.year, 3 * period.index)[1]
    return None


def _month(year: int, index: int) -> tuple[date, date]:
    first = date(year + (index > 4), (index + 7) % 12 + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def local_day(at: datetime) -> date:
    """The day the trust lived at that moment (London). Refuses a time without its zone."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone has no local day")
    return at.astimezone(LONDON).date()


def day_words(day: date, *, weekday: bool = True) -> str:
    """`Thu 12 Nov 2026`, joined by no-break spaces. (No %-d: Windows has none.)"""
    words = f"{day.day} {day:%b} {day.year}"
    return (f"{day:%a} {words}" if weekday else words).replace(" ", "\N{NO-BREAK SPACE}")
