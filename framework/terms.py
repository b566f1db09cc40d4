"""A school year as a table of its six half-terms: what cannot be right in it, what is odd, and when its terms are.

Pure. Dates are given, never computed from months. A term runs from the first day of its first half-term to the last of
its second, the year from its first half-term to its last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind, day_words, year_words

Days = tuple[date | None, date | None]  # first and last day; None: not given
Span = tuple[date, date]
NO_DAYS: Days = (None, None)
HALF_TERMS = 6
NOTE_LONGEST = 300  # characters
LONG_HALF_TERM = timedelta(weeks=9)  # they are 5 to 8 weeks
# Schools teach for 190 days, and staff come for five more; a year further off than five is worth a second look.
FEWEST_SCHOOL_DAYS, MOST_SCHOOL_DAYS = 185, 200
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class YearDates:
    """First and last day of each half-term of a school year; `NO_DAYS` where none are known yet.

    place  a school: its dates, its own or shared with all schools; None: those of all schools
    """

    year: int
    half_terms: tuple[Days, ...]  # six
    place: str | None = None

    def named(self, index: int) -> str:
        return half_term(self.year, index).short_words

    @property
    def whole(self) -> dict[int, Span]:
        """The half-terms with both days, by index."""
        found = enumerate(self.half_terms, 1)
        return {n: (first, last) for n, (first, last) in found if first is not None and last is not None}


def half_term(year: int, index: int) -> Period:
    return Period(PeriodKind.HALF_TERM, year, index)


def bounds(year: int) -> Span:
    """The first and last day that a school year may have: none begins before August, and the next begins after it."""
    return date(max(year, date.min.year), 8, 1), date(min(year + 1, date.max.year), 8, 31)


def from_calendar(lines: Iterable[CalendarLine], year: int, place: str | None = None) -> YearDates:
    """The year as it stands: of a school its own days where it has some, else those of all schools."""
    of_year = (x for x in lines if x.kind is CalendarKind.HALF_TERM and x.year == year and not x.archived)
    own = {(x.index, x.place): (x.starts_on, x.ends_on) for x in of_year}
    found = (own.get((n, place)) or own.get((n, None)) or NO_DAYS for n in range(1, HALF_TERMS + 1))
    return YearDates(year, tuple(found), place)


def years(lines: Iterable[CalendarLine]) -> list[int]:
    """The school years that the calendar has anything of, in order."""
    return sorted({x.year for x in lines if not x.archived})


def year_in_force(lines: Iterable[CalendarLine], on: date) -> int:
    """The newest school year that has begun, else the first there is; of an empty calendar the one to begin with."""
    begun = {x.year: x.starts_on <= on for x in sorted(lines, key=lambda x: x.starts_on, reverse=True)}
    if not begun:
        return on.year if on >= bounds(on.year)[0] else on.year - 1
    return max((year for year, has in begun.items() if has), default=min(begun))


def years_to_add(known: Iterable[int]) -> list[int]:
    """The school years beside those there are; the one after the last stands first."""
    there = set(known)
    return sorted({year + n for year in there for n in (-1, 1)} - there, reverse=True)


# What cannot be right


def wrong_year(dates: YearDates, beside: Iterable[YearDates] = ()) -> list[str]:
    """What cannot be right in the table, a sentence each; none of it may be saved.

    beside  the years before and after it
    """
    found: list[str] = []
    in_order: dict[int, Span] = {}  # those with nothing wrong in themselves
    for n in range(1, HALF_TERMS + 1):
        wrong = _wrong_half_term(dates, n)
        found += wrong
        if not wrong and n in dates.whole:
            in_order[n] = dates.whole[n]
    for earlier, later in pairwise(in_order):
        ended, begins = in_order[earlier][1], in_order[later][0]
        if begins <= ended:
            found.append(
                f"{dates.named(later)} begins on {day_words(begins)}, and {dates.named(earlier)} ends only on "
                f"{day_words(ended)}. Each half-term begins after the one before it has ended."
            )
    return found + [words for other in beside for words in _wrong_beside(in_order, dates, other)]


def _wrong_half_term(dates: YearDates, index: int) -> list[str]:
    """A day of another year first of all: it is what is wrong about the rest too."""
    first, last = dates.half_terms[index - 1]
    name, (earliest, latest) = dates.named(index), bounds(dates.year)
    far = [(day, does) for day, does in ((first, "begin"), (last, "end")) if day and not earliest <= day <= latest]
    if far:
        return [
            f"{name} would {does} on {day_words(day)}. {year_words(dates.year)} has days from {day_words(earliest)} to "
            f"{day_words(latest)}: is the year right?"
            for day, does in far
        ]
    if (first is None) is not (last is None):
        given, missing = ("last", "first") if first is None else ("first", "last")
        return [f"{name} has a {given} day and no {missing} day. Give both, or neither until they are known."]
    if first is not None and last is not None and last < first:
        return [
            f"{name} would end on {day_words(last)}, before it begins on {day_words(first)}. Change one of the two."
        ]
    return []


def _wrong_beside(spans: Mapping[int, Span], dates: YearDates, other: YearDates) -> Iterator[str]:
    theirs = list(other.whole.values())
    if not spans or not theirs or other.year == dates.year:
        return
    first, last = min(spans), max(spans)
    if other.year < dates.year and (ended := max(span[1] for span in theirs)) >= spans[first][0]:
        yield (
            f"{dates.named(first)} would begin on {day_words(spans[first][0])}, and {year_words(other.year)} ends only "
            f"on {day_words(ended)}. Change it here, or change that year first."
        )
    if other.year > dates.year and (begins := min(span[0] for span in theirs)) <= spans[last][1]:
        yield (
            f"{dates.named(last)} would end on {day_words(spans[last][1])}, and {year_words(other.year)} begins on "
            f"{day_words(begins)} already. Change it here, or change that year first."
        )


# What is odd, and may be so


def remarks(dates: YearDates, calendar: Calendar) -> list[str]:
    """What looks odd in a table that can be saved, a sentence each.

    calendar  with these dates in it
    """
    found = [words for n, span in dates.whole.items() for words in _odd_half_term(dates.named(n), *span)]
    for earlier, later in pairwise(dates.whole):
        gap = _weekdays(dates.whole[earlier][1] + _DAY, dates.whole[later][0] - _DAY)
        if gap == 0:
            found.append(f"There is no holiday between {dates.named(earlier)} and {dates.named(later)}.")
    missing = [n for n in range(1, HALF_TERMS + 1) if n not in dates.whole]
    found += [
        f"{dates.named(n)} has no dates, though a later one has." for n in missing if n < max(dates.whole, default=0)
    ]
    if not missing:
        number = school_days(dates, calendar)
        if not FEWEST_SCHOOL_DAYS <= number <= MOST_SCHOOL_DAYS:
            found.append(
                f"{number} school days in the year is unusual: schools teach for 190, and staff come for 5 more."
            )
    return found


def _odd_half_term(name: str, first: date, last: date) -> Iterator[str]:
    if first == last:
        yield f"{name} is a single day."
    elif last - first + _DAY > LONG_HALF_TERM:
        yield f"{name} would last {((last - first).days + 7) // 7} weeks; half-terms are 5 to 8."
    for day, does in ((first, "begins"), (last, "ends")):
        if day.weekday() >= 5:
            yield f"{name} {does} on a {day:%A}."


def school_days(dates: YearDates, calendar: Calendar) -> int:
    """School days in all half-terms of the table."""
    return sum(calendar.school_days(*span, dates.place) for span in dates.whole.values())


def weekdays(dates: YearDates) -> int:
    """Mondays to Fridays in all half-terms of the table, days off among them."""
    return sum(_weekdays(*span) for span in dates.whole.values())


def _weekdays(first: date, last: date) -> int:
    return sum((first + n * _DAY).weekday() < 5 for n in range((last - first).days + 1))


# When the terms are


def term_dates(dates: YearDates) -> dict[Period, Span]:
    """The terms with both their half-terms, and the year once it has all six."""
    whole = dates.whole
    spans = [(Period(PeriodKind.TERM, dates.year, n), 2 * n - 1, 2 * n) for n in range(1, 4)]
    found = {period: (whole[a][0], whole[b][1]) for period, a, b in spans if a in whole and b in whole}
    if len(whole) == HALF_TERMS:
        found[Period(PeriodKind.YEAR, dates.year)] = whole[1][0], whole[HALF_TERMS][1]
    return found
