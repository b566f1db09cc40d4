"""What a column shows about its cells: whether the month stands first, on which scale its shares are, the years."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from framework.periods import Calendar
from framework.workbook.cells import Cell
from framework.workbook.readings import (
    Certainty,
    Reading,
    WhenKind,
    orders_seen,
    read_amount,
    read_people,
    read_rag,
    read_share,
    read_status,
    read_when,
    scale_of,
)
from framework.workbook.recognise.fields import BY_NAME, Kind
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column

YEAR_KEY = "dates|year"
# A reading that is the same on both days does not hang on the day; near enough to both, `Sept 24` is September 2024.
_EARLY, _LATE = date(2021, 9, 15), date(2027, 9, 15)
_MOST_KEPT = 10_000  # readings of a column
_NAMES_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{2}\s*[/-]\s*\d{2}\b|\b\d{6}\b")
_TERMS = frozenset((WhenKind.TERM, WhenKind.HALF_TERM))


def dates_key(column: Column) -> str:
    return f"dates|{normal(column.heading)}"


def scale_key(column: Column) -> str:
    return f"scale|{normal(column.heading)}"


def colours_key(column: Column) -> str:
    return f"colours|{normal(column.heading)}"


@dataclass(frozen=True)
class Setting:
    """Against what cells are read.

    on  the day by which a date without a year is read; None: nobody gave one, and its year is asked
    """

    on: date | None
    calendar: Calendar
    answers: Mapping[str, str]

    @property
    def day(self) -> date | None:
        """The day given, or the one that the answer to the question of the year stands for."""
        if self.on is not None:
            return self.on
        said = self.answers.get(YEAR_KEY, "")
        return date(int(said), 9, 15) if said.isdecimal() and 1950 <= int(said) <= 2069 else None


class Reader:
    """Reads the cells of one column. Equal cells are read once."""

    def __init__(self, column: Column, cells: Sequence[Cell], setting: Setting) -> None:
        """`cells`: the column's, or enough of them to show how it is written."""
        self._column = column
        self._setting = setting
        self._kind = BY_NAME[column.field].kind if column.field else None
        self._orders = orders_seen(cells) if self._kind is Kind.DATE else frozenset()
        self._scale = scale_of(cells) if self._kind is Kind.SHARE else None
        self._read: dict[tuple[str, str, str], Reading] = {}

    @property
    def orders(self) -> frozenset[bool]:
        """Which orders the column's dates prove: True month first, False day first."""
        return self._orders

    @property
    def scale(self) -> object:
        return self._scale

    def read(self, cell: Cell) -> Reading:
        """What the cell means in the column's field; as it stands where the field is words."""
        key = (cell.raw, type(cell.value).__name__, cell.number_format)
        found = self._read.get(key)
        if found is None:
            found = self._reading(cell)
            if len(self._read) < _MOST_KEPT:
                self._read[key] = found
        return found

    def _reading(self, cell: Cell) -> Reading:
        kind = self._kind
        if kind is Kind.DATE:
            return self._when(cell)
        if cell.is_error or cell.formula_without_value:
            return Reading(cell.raw, None, "cell error", Certainty.ERROR, f"The cell shows {cell.raw}.")
        if kind is Kind.STATUS:
            return read_status(cell.raw, heading=self._column.heading)
        if kind is Kind.RAG:
            return read_rag(cell.raw)
        if kind is Kind.PERSON:
            return read_people(cell.raw)
        if kind is Kind.SHARE and self._scale is not None:
            return read_share(cell, self._scale)
        if kind is Kind.NUMBER:
            return read_amount(cell)
        return Reading(cell.raw, cell.raw.strip(), "as written")

    def _when(self, cell: Cell) -> Reading:
        said = self._setting.answers.get(dates_key(self._column))
        first = None if said is None else said.startswith("month")
        if first is None and self._orders == {True}:
            first = True
        both = said is None and len(self._orders) > 1
        day = self._setting.day

        def read(on: date) -> Reading:
            return read_when(cell, on=on, calendar=self._setting.calendar, month_first=first, both_orders=both)

        if day is not None:
            return read(day)
        early = read(_EARLY)
        late = read(_LATE)
        if early.value == late.value:
            if getattr(early.value, "kind", None) not in _TERMS or early.value.start is not None:
                return early
            if _NAMES_YEAR.search(cell.raw):  # which days it has is for a calendar to say, not for a person
                return replace(early, certainty=Certainty.ASSUMED, says="No calendar gives its days.")
        return Reading(cell.raw, None, "year not said", Certainty.ASK, "It says no year.")


def without_year(reading: Reading) -> bool:
    return reading.rule == "year not said"


def years_named(readings: Iterable[Reading]) -> list[int]:
    """The school years of what was read for certain, the commonest first."""
    counted: Counter[int] = Counter()
    for reading in readings:
        when = reading.value
        start = getattr(when, "start", None)
        if reading.certainty is not Certainty.ASK and isinstance(start, date):
            counted[start.year if start.month >= 9 else start.year - 1] += 1
    return [year for year, _ in counted.most_common(4)]
