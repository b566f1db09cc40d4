"""Where a date stands when it is read: the day of reading, the calendar, and which year is meant when none is named."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from framework.periods import Calendar
from framework.workbook.readings.shape import Certainty, Precision, Reading, When, WhenKind

Span = tuple[date, date]
ASSUMED_YEAR = "assumed year"  # stands in the rule of every reading whose text names no year
_DEEPEST = 5  # `by the end of w/c 9 Sept (tbc)` needs four


class NoSuchDay(ValueError):
    """Words that have the form of a date and name none; the message says why."""


def school_year_of(day: date) -> int:
    """The first calendar year of the school year, 1 September to 31 August, that holds the day."""
    return day.year if day.month >= 9 else day.year - 1


@dataclass(frozen=True)
class Setting:
    """Everything but the words themselves that a reading depends on.

    on           the day against which a date without a year is read
    both_orders  the column has dates with the day first and with the month first
    not_after, not_before  of one side of a range: the other side
    inside_range  what is read is one side of a range
    depth        how many words have been taken off around what is read
    """

    on: date
    calendar: Calendar
    reader: Callable[[str, "Setting"], Reading]
    place: str | None = None
    month_first: bool | None = None
    both_orders: bool = False
    not_after: date | None = None
    not_before: date | None = None
    inside_range: bool = False
    depth: int = 0

    def read(self, words: str) -> Reading:
        """Part of a text, by all the rules."""
        if self.depth == _DEEPEST:
            return unknown("There is too much around this date for us to read it.")
        return self.reader(words, replace(self, depth=self.depth + 1))

    def read_side(self, words: str, *, before: date | None = None, after: date | None = None) -> Reading:
        """One side of a range; `before` and `after` are the other side, where it tells the year."""
        return replace(self, inside_range=True, not_after=before, not_before=after).read(words)

    def school_year(self, span: Callable[[int], Span | None]) -> int | None:
        """The school year of something that comes once a year and was written without one.

        Of the school year that holds the day of reading and the one after it, the year in which it comes nearest to
        that day. So in September `End of July` lies ahead, `24 Sept` in a file read on 30 September has just gone,
        and in June `Sept` is the coming one. An earlier school year is never meant. Of a range whose other side
        is known: the last before its end, or the first after its start.

        span  first and last day in a school year; None when it does not come in that year
        """
        if self.not_after is not None:
            end = self.not_after
            here = school_year_of(end)
            return next((y for y in (here, here - 1) if (s := span(y)) is not None and s[0] <= end), None)
        if self.not_before is not None:
            start = self.not_before
            here = school_year_of(start)
            return next((y for y in (here, here + 1) if (s := span(y)) is not None and s[1] >= start), None)
        here = school_year_of(self.on)
        far = {y: self._days_from(s) for y in (here, here + 1) if (s := span(y)) is not None}
        return min(far, key=lambda y: far[y]) if far else None

    def _days_from(self, span: Span) -> int:
        return max((span[0] - self.on).days, (self.on - span[1]).days, 0)


def found(
    kind: WhenKind,
    start: date | None,
    end: date | None,
    precision: Precision,
    rule: str,
    certainty: Certainty = Certainty.EXACT,
    says: str = "",
) -> Reading:
    """A reading whose raw text is filled in by whoever was asked to read it."""
    return Reading("", When(kind, start, end, precision), rule, certainty, says)


def unknown(says: str, rule: str = "not a date we know") -> Reading:
    return found(WhenKind.UNKNOWN, None, None, Precision.NONE, rule, Certainty.ASK, says)


def no_such(why: str) -> Reading:
    return found(WhenKind.INVALID, None, None, Precision.NONE, "no such day", Certainty.ERROR, why)


def span_of(reading: Reading) -> Span | None:
    """First and last day of what was read; None unless both are known."""
    when: When = reading.value
    return None if when.start is None or when.end is None else (when.start, when.end)
