"""What must hold between the fields of one row: a target is a point or a band, an end follows its start."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framework.civic import Part
from framework.kpis import checks
from framework.kpis.checks import BASELINE, VALUE, Figure
from framework.kpis.kpi import Measure
from framework.periods import COUNT_IN_YEAR, CalendarKind, PeriodKind
from framework.workbook.references import Directory
from framework.workbook.values import bounds_words
from framework.workbook.words import MOST_OBJECTIVES, day_words

_FOLLOWS = {  # table: a date, and the one that may not come before it
    "edition": ("starts_on", "ends_on"),
    "place": ("joined_on", "left_on"),
    "organisation": ("joined_on", "left_on"),
    "calendar_line": ("starts_on", "ends_on"),
    "meeting": ("papers_on", "on"),
    "action": ("starts_on", "due_on"),
    "event": ("starts_on", "ends_on"),
}
_FIGURES: dict[str, Figure] = {"kpi": BASELINE, "value": VALUE}
_IN_A_YEAR = {
    CalendarKind.HALF_TERM: COUNT_IN_YEAR[PeriodKind.HALF_TERM],
    CalendarKind.TERM: COUNT_IN_YEAR[PeriodKind.TERM],
    CalendarKind.YEAR: COUNT_IN_YEAR[PeriodKind.YEAR],
    CalendarKind.MONTH: COUNT_IN_YEAR[PeriodKind.MONTH],
}

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Senseless:
    """A field whose value cannot be true beside the others of its row. `field` says at which cell to point."""

    code: str
    field: str
    wanted: str


def filled_in(table: str, data: Data, directory: Directory) -> dict[str, Any]:
    """What follows from the row's own counts: the number where only numerator and denominator are given."""
    if table not in _FIGURES:
        return {}
    kpi = _kpi(table, data, directory)
    return checks.filled_in(kpi.get("measure"), kpi.get("per"), data, _FIGURES[table])


def senseless(table: str, data: Data, directory: Directory) -> Iterator[Senseless]:
    """Everything in a row that cannot be true. `data` is the whole row as the file leaves it."""
    if table in _FOLLOWS:
        yield from _order(*_FOLLOWS[table], data)
    for wrong in _figures(table, data, _kpi(table, data, directory).get("measure")):
        yield Senseless("CELL-REQUIRED" if wrong.missing else "VALUE-OUTSIDE", wrong.field, wrong.wanted)
    if table in _RULES:
        yield from _RULES[table](data)


def _kpi(table: str, data: Data, directory: Directory) -> Data:
    """The KPI that a row is, or is of, as the file leaves it."""
    return data if table == "kpi" else directory.whole("kpi", data.get("kpi"))


def _figures(table: str, data: Data, measure: Measure | None) -> list[checks.Wrong]:
    """The rules of figures, the same as for those typed in by hand."""
    if table == "value":
        return checks.wrong_value(measure, data)
    if table == "target":
        return checks.wrong_target(measure, data)
    # A baseline of counts is often a mean of several, so it need not be whole.
    whole = None if measure is Measure.COUNT else measure
    return checks.wrong_figure(whole, data, BASELINE) if table == "kpi" else []


def _order(earlier: str, later: str, data: Data) -> Iterator[Senseless]:
    first, second = data.get(earlier), data.get(later)
    if first is not None and second is not None and second < first:
        yield Senseless("VALUE-OUTSIDE", later, f"a date on or after {day_words(first)}")


def _element(data: Data) -> Iterator[Senseless]:
    if data.get("part") is Part.OBJECTIVE and (data.get("position") or 1) > MOST_OBJECTIVES:
        yield Senseless("VALUE-OUTSIDE", "position", f"{bounds_words(1, MOST_OBJECTIVES)}: objectives are lettered")


def _calendar_line(data: Data) -> Iterator[Senseless]:
    most = _IN_A_YEAR.get(data.get("kind") or CalendarKind.CLOSED)
    if most is not None and (data.get("index") or 1) > most:
        yield Senseless("VALUE-OUTSIDE", "index", f"{bounds_words(1, most)}: a school year has no more")


_RULES: dict[str, Callable[[Data], Iterator[Senseless]]] = {
    "element": _element,
    "calendar_line": _calendar_line,
}
