"""Days and periods of a stranger's file: what a cell or a heading means, in days and periods of ours."""

from dataclasses import dataclass
from datetime import date

from framework.kpis.kpi import Frequency
from framework.periods import (
    COUNT_IN_YEAR,
    Period,
    PeriodKind,
    count_in_year,
    day_words,
    read_period,
    year_words,
)
from framework.workbook.cells import Cell
from framework.workbook.readings import Certainty, Precision, Reading, When, WhenKind, read_when
from framework.workbook.readings.setting import ASSUMED_YEAR
from framework.workbook.recognise.asking import EMPTY, one_of, value_key
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column
from framework.workbook.recognise.spans import span_in
from framework.workbook.recognise.taking import Line

_KINDS = {
    Precision.MONTH: PeriodKind.MONTH,
    Precision.HALF_TERM: PeriodKind.HALF_TERM,
    Precision.TERM: PeriodKind.TERM,
    Precision.ACADEMIC_YEAR: PeriodKind.YEAR,
    Precision.WEEK: PeriodKind.WEEK,
    Precision.QUARTER: PeriodKind.QUARTER,
}
_WITHOUT = {
    "due": "the action counts among those without a day",
    "start": "the action goes in without a start",
    "done_on": "it goes in as not done yet",
}
_NO_DAY = frozenset(
    {WhenKind.OPEN_ENDED, WhenKind.RECURRING, WhenKind.TBC, WhenKind.STATUS, WhenKind.TIME, WhenKind.UNKNOWN}
)


@dataclass(frozen=True)
class Spoken:
    """A period that a text names. `assumed`: the text does not say the year."""

    period: Period
    assumed: bool = False


class Times:
    """Reads days and periods, with the answers that a file's columns were given."""

    def __init__(self, job: Conversion) -> None:
        self._job = job
        self._calendar = job.calendar
        self._kept: dict[tuple[str, int | None], Spoken | None] = {}  # thousands of rows name the same few periods

    def when(self, column: Column, cell: Cell, place: str | None = None) -> Reading:
        """A cell as a time, its column's day and month standing as someone said."""
        said_order = self._job.asking.answer(f"dates|{normal(column.heading)}")
        order = None if said_order is None else "month" in said_order.partition(" ")[0]
        return read_when(cell, on=self._job.on, calendar=self._calendar, place=place, month_first=order)

    def day(
        self, name: str, line: Line, place: str | None = None, *, first: bool = False
    ) -> tuple[date, Reading] | None:
        """The last day of what a field names (or the first); None when it names none, or nobody said which.

        A text that may be read otherwise is asked about; one that can be no date is a problem, unless someone said
        what it means.
        """
        found = line.of(name)
        if not found:
            return None
        column, cell = found[0]
        reading = self.when(column, cell, place)
        day = _edge(reading.value, first)
        if reading.certainty in (Certainty.ASK, Certainty.ERROR) and not cell.is_error:
            wrong = reading.certainty is Certainty.ERROR
            ask = self._mended_day if wrong else self._asked_day
            answer = ask(name, line, cell, reading, day)
            if not answer:
                return None
            told = read_when(_typed(answer), on=self._job.on, calendar=self._calendar, place=place)
            day = _edge(told.value, first)
            reading = Reading(reading.raw, told.value, "answered")
        return None if day is None else (day, reading)

    def _mended_day(self, name: str, line: Line, cell: Cell, reading: Reading, day: date | None) -> str | None:
        """What was said of a text that can be no date; else it is a problem of its cell."""
        answer = self._job.asking.answer(value_key(name, reading.raw))
        if answer is None and not cell.formula_without_value:
            column = line.column(name)
            why = f" ({reading.says.rstrip('.')})" if reading.says else ""
            wanted = f"a date such as 30/09/2024, Sept 2024, Autumn 1 or Ongoing{why}"
            heading = "" if column is None else column.heading
            self._job.problem("CELL-DATE", line, cell, heading, wanted, _WITHOUT.get(name, "it is left empty"))
        return answer if answer and self._is_day(answer) else None

    def _asked_day(self, name: str, line: Line, cell: Cell, reading: Reading, day: date | None) -> str | None:
        """What was said that a date means; "": nothing; None: it is still to be said."""
        key = value_key(name, reading.raw)
        if day is None and reading.value is not None and reading.value.kind in _NO_DAY:
            return self._job.asking.answer(key)
        column = line.column(name)
        heading = column.heading if column is not None and column.heading else name
        choices = [] if day is None else [(day.isoformat(), plain_day(day))]
        choices += _month_instead(cell)
        wording = one_of(
            f"What does '{reading.raw}' under '{heading}' mean? {reading.says}".rstrip(),
            [*choices, (EMPTY, "leave it empty")],
        )
        suggested = EMPTY if day is None else None
        return self._job.asking.ask(key, wording, suggested=suggested, cell=line.at(name), fits=self._is_day)

    def _is_day(self, answer: str) -> bool:
        if answer == EMPTY:
            return True
        told = read_when(_typed(answer), on=self._job.on, calendar=self._calendar)
        return _edge(told.value, False) is not None

    def period(self, text: str, year: int | None = None) -> Spoken | None:
        """The period that a text is. `year`: the school year of one that names none; None: it is assumed."""
        words = " ".join(text.split())
        found = read_period(words)
        if found is not None:
            return Spoken(found)
        named = read_period(f"{words}, {year_words(year if year is not None else self.school_year)}")
        if named is not None:
            return Spoken(named, assumed=True)
        reading = read_when(_typed(words), on=self._job.on, calendar=self._calendar)
        period = None if reading.value is None else self.named_by(reading.value)
        if period is None or reading.certainty is Certainty.ERROR:
            return None
        if ASSUMED_YEAR not in reading.rule:
            return Spoken(period)
        return Spoken(period if year is None else Period(period.kind, year, period.index), assumed=True)

    def period_in(self, heading: str, year: int | None = None) -> Spoken | None:
        """The period that a heading names among other words: `Target 2026/27`, `Actual (Autumn 1)`."""
        asked = heading, year
        if asked not in self._kept:
            whole = self.period(heading, year)
            found = span_in(heading) if whole is None else None
            self._kept[asked] = whole if found is None else self.period(found.words, year)
        return self._kept[asked]

    def day_in(self, text: str) -> date | None:
        """The day that a text is; None when it is none, or may be another."""
        reading = read_when(_typed(text), on=self._job.on, calendar=self._calendar)
        certain = reading.value is not None and reading.certainty not in (Certainty.ASK, Certainty.ERROR)
        return reading.value.end if certain and reading.value.precision is Precision.DAY else None

    def year_in(self, title: str) -> int | None:
        """The school year that a sheet is named after; None when it is not."""
        found = span_in(title)
        spoken = None if found is None else self.period(found.words)
        return None if spoken is None or spoken.assumed else spoken.period.year

    def year_of(self, day: date) -> int:
        return school_year_of(day)

    def named_by(self, when: When) -> Period | None:
        """The period that a time is; None for a day, or where the calendar has no such one."""
        kind = _KINDS.get(when.precision)
        if kind is None or when.start is None or when.end is None or when.kind in (WhenKind.RECURRING, WhenKind.RANGE):
            return None
        if kind is PeriodKind.YEAR:
            return Period(PeriodKind.YEAR, when.start.year)
        return next((p for p in self.around(kind, when.end) if self.dates(p) == (when.start, when.end)), None)

    def holding(self, kind: PeriodKind, day: date) -> Period | None:
        """The period of a kind that a day lies in, or that ended last before it: a holiday belongs to what it ends."""
        found = [p for p in self.around(kind, day) if (dates := self.dates(p)) and dates[0] <= day]
        return found[-1] if found else None

    def dates(self, period: Period) -> tuple[date, date] | None:
        """First and last day; of a term that the calendar does not list, those of its half-terms."""
        found = self._calendar.dates(period)
        if found is not None or period.kind is not PeriodKind.TERM:
            return found
        first = self._calendar.dates(Period(PeriodKind.HALF_TERM, period.year, 2 * period.index - 1))
        second = self._calendar.dates(Period(PeriodKind.HALF_TERM, period.year, 2 * period.index))
        return None if first is None or second is None else (first[0], second[1])

    def around(self, kind: PeriodKind, day: date) -> list[Period]:
        """Every period of the kind in the school years about a day, in order."""
        year = school_year_of(day)
        return [Period(kind, y, n) for y in (year - 1, year, year + 1) for n in range(1, count_in_year(kind, y) + 1)]

    @property
    def school_year(self) -> int:
        return school_year_of(self._job.on)


def school_year_of(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def last_of(kind: PeriodKind, period: Period) -> Period:
    """The period of a kind in which another ends: the summer term of a year, the second half-term of a term."""
    if period.kind is kind:
        return period
    most, count = COUNT_IN_YEAR[period.kind], COUNT_IN_YEAR[kind]
    if count < most or kind is PeriodKind.WEEK or period.kind is PeriodKind.WEEK:
        return period
    return Period(kind, period.year, period.index * count // most)


def frequency_of(kind: PeriodKind) -> Frequency:
    return next(f for f in Frequency if f.kind is kind)


def _edge(when: When | None, first: bool) -> date | None:
    if when is None or when.kind in _NO_DAY or when.kind is WhenKind.INVALID:
        return None
    return when.start if first else when.end


def _typed(text: str) -> Cell:
    return Cell("", text, text)


def plain_day(day: date) -> str:
    return day_words(day, weekday=False).replace("\N{NO-BREAK SPACE}", " ")


def _month_instead(cell: Cell) -> list[tuple[str, str]]:
    """What may have been typed where Excel made a day: `Sep 24` is a day of this year, or September 2024."""
    if not isinstance(cell.value, date) or "y" in cell.number_format.casefold():
        return []
    meant = f"{cell.value:%B} {2000 + cell.value.day}"
    return [(meant, meant)]
