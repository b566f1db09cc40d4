"""What must hold between the fields of one row: a target is a point or a band, an end follows its start."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framework.civic import Part
from framework.kpis.kpi import Measure, State
from framework.periods import COUNT_IN_YEAR, CalendarKind, PeriodKind
from framework.workbook.references import Directory
from framework.workbook.values import bounds_words
from framework.workbook.words import MOST_OBJECTIVES, day_words, number_words

ROUNDING = 0.05  # how far a percentage may lie from its own counts: half of its one decimal
_FOLLOWS = {  # table: a date, and the one that may not come before it
    "edition": ("starts_on", "ends_on"),
    "place": ("joined_on", "left_on"),
    "organisation": ("joined_on", "left_on"),
    "calendar_line": ("starts_on", "ends_on"),
    "meeting": ("papers_on", "on"),
    "action": ("starts_on", "due_on"),
    "event": ("starts_on", "ends_on"),
}
_PERCENTAGES = {"kpi": ("baseline",), "target": ("number", "low", "high"), "value": ("number",)}
_COUNTS = {
    "kpi": ("baseline", "baseline_numerator", "baseline_denominator"),
    "value": ("number", "numerator", "denominator"),
}
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
    """What follows from the row's own counts: the percentage where only numerator and denominator are given."""
    if table not in _COUNTS or not _is_percentage(table, data, directory):
        return {}
    name, part, whole = _COUNTS[table]
    if data.get(name) is not None or data.get(part) is None or not data.get(whole):
        return {}
    return {name: 100 * data[part] / data[whole]}


def senseless(table: str, data: Data, directory: Directory) -> Iterator[Senseless]:
    """Everything in a row that cannot be true. `data` is the whole row as the file leaves it."""
    if table in _FOLLOWS:
        yield from _order(*_FOLLOWS[table], data)
    if table in _PERCENTAGES and _is_percentage(table, data, directory):
        yield from _percentage(table, data)
    if table in _RULES:
        yield from _RULES[table](data)


def _is_percentage(table: str, data: Data, directory: Directory) -> bool:
    kpi = data if table == "kpi" else directory.whole("kpi", data.get("kpi"))
    return kpi.get("measure") is Measure.PERCENTAGE


def _order(earlier: str, later: str, data: Data) -> Iterator[Senseless]:
    first, second = data.get(earlier), data.get(later)
    if first is not None and second is not None and second < first:
        yield Senseless("VALUE-OUTSIDE", later, f"a date on or after {day_words(first)}")


def _percentage(table: str, data: Data) -> Iterator[Senseless]:
    for name in _PERCENTAGES[table]:
        if data.get(name) is not None and not 0 <= data[name] <= 100:
            yield Senseless("VALUE-OUTSIDE", name, f"{bounds_words(0, 100)}: the KPI is a percentage")
    if table not in _COUNTS:
        return
    name, part_name, whole_name = _COUNTS[table]
    number, part, whole = data.get(name), data.get(part_name), data.get(whole_name)
    if part is None or whole is None:
        return
    if whole == 0:
        yield Senseless("VALUE-OUTSIDE", whole_name, "a denominator of 1 or more, or neither count")
    elif part > whole:
        yield Senseless("VALUE-OUTSIDE", part_name, f"a numerator of at most {whole}, the denominator")
    elif number is not None and abs(number - 100 * part / whole) > ROUNDING + 1e-9:
        fitting = number_words(round(100 * part / whole, 2))
        yield Senseless("VALUE-OUTSIDE", name, f"{fitting}, which is {part} of {whole}, or other counts")


def _target(data: Data) -> Iterator[Senseless]:
    number, low, high = data.get("number"), data.get("low"), data.get("high")
    if number is None and (low is None or high is None):
        yield Senseless("CELL-REQUIRED", "number", "a target, or both low and high of a band")
    if low is not None and high is not None and low > high:
        yield Senseless("VALUE-OUTSIDE", "high", f"a high of at least {number_words(low)}, the low of the band")


def _value(data: Data) -> Iterator[Senseless]:
    if data.get("number") is None and data.get("symbol") is None and data.get("state") in (None, State.REPORTED):
        yield Senseless("CELL-REQUIRED", "number", "a number, or a state or symbol that says why there is none")


def _element(data: Data) -> Iterator[Senseless]:
    if data.get("part") is Part.OBJECTIVE and (data.get("position") or 1) > MOST_OBJECTIVES:
        yield Senseless("VALUE-OUTSIDE", "position", f"{bounds_words(1, MOST_OBJECTIVES)}: objectives are lettered")


def _calendar_line(data: Data) -> Iterator[Senseless]:
    most = _IN_A_YEAR.get(data.get("kind") or CalendarKind.CLOSED)
    if most is not None and (data.get("index") or 1) > most:
        yield Senseless("VALUE-OUTSIDE", "index", f"{bounds_words(1, most)}: a school year has no more")


_RULES: dict[str, Callable[[Data], Iterator[Senseless]]] = {
    "target": _target,
    "value": _value,
    "element": _element,
    "calendar_line": _calendar_line,
}
