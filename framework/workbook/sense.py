"""What must hold between the fields of one row, and between the rows of a sheet.

A target is a point or a band, an end follows its start, a KPI's values are on one scale.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Protocol

from framework.civic import Part
from framework.kpis import checks
from framework.kpis.checks import BASELINE, VALUE, Figure
from framework.kpis.kpi import Measure
from framework.meetings import REPORTED
from framework.periods import COUNT_IN_YEAR, CalendarKind, PeriodKind
from framework.places import PlaceKind
from framework.plans.showing import wrong_link
from framework.workbook.references import Directory
from framework.workbook.values import bounds_words
from framework.workbook.words import MOST_OBJECTIVES, day_words

FOLLOWS = {  # table: a date, and the one that may not come before it
    "edition": ("starts_on", "ends_on"),
    "place": ("joined_on", "left_on"),
    "organisation": ("joined_on", "left_on"),
    "calendar_line": ("starts_on", "ends_on"),
    "meeting": ("papers_on", "on"),
    "action": ("starts_on", "due_on"),
    "event": ("starts_on", "ends_on"),
    "query": ("asked_on", "answered_on"),
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


class Told(Protocol):
    """One row of a sheet as the file leaves it. `as_before`: it stands here just so, and comes back as it went."""

    @property
    def ref(self) -> str: ...
    @property
    def data(self) -> Data: ...
    @property
    def as_before(self) -> bool: ...


def senseless(table: str, row: Told, directory: Directory) -> Iterator[Senseless]:
    """Everything in a row that cannot be true."""
    data = row.data
    if table in FOLLOWS:
        yield from _order(*FOLLOWS[table], data)
    for wrong in _figures(table, data, _kpi(table, data, directory).get("measure")):
        yield Senseless("CELL-REQUIRED" if wrong.missing else "VALUE-OUTSIDE", wrong.field, wrong.wanted)
    if table in _RULES:
        yield from _RULES[table](data)
    if table in _BESIDE and not row.as_before:
        for found in _BESIDE[table](data, directory):
            if found is not None:
                yield _outside(found)


def senseless_together(table: str, rows: Mapping[int, Told], directory: Directory) -> Iterator[tuple[int, Senseless]]:
    """Everything that cannot be true of a row beside the others of its sheet: the row's number, and what.

    rows  by number, all of the sheet
    """
    if table in _TOGETHER:
        for number, found in _TOGETHER[table](rows, directory):
            if found is not None and not rows[number].as_before:
                yield number, _outside(found)


def _outside(wrong: checks.Wrong) -> Senseless:
    return Senseless("VALUE-OUTSIDE", wrong.field, wrong.wanted)


def _kpi(table: str, data: Data, directory: Directory) -> Data:
    """The KPI that a row is, or is of, as the file leaves it."""
    return data if table == "kpi" else directory.whole("kpi", data.get("kpi"))


def _figures(table: str, data: Data, measure: Measure | None) -> list[checks.Wrong]:
    """The rules of figures, the same as for those typed in by hand."""
    if table == "value":
        return checks.wrong_value(measure, data)
    if table == "target":
        return checks.wrong_target(measure, data)
    # A baseline of counts is often a mean of several, so it need not be whole; of milestones it counts the schools.
    whole = None if measure in (Measure.COUNT, Measure.MILESTONE) else measure
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


def _meeting(data: Data) -> Iterator[Senseless]:
    """A window that can be, over something that can be reported."""
    yield from _order("opens_on", "closes_on", data)
    reports = data.get("reports")
    if reports is None and (data.get("opens_on") or data.get("closes_on")):
        yield Senseless("CELL-REQUIRED", "reports", "the half-term, term or year whose figures are sent in this window")
    if reports is not None and reports.kind not in REPORTED:
        yield Senseless("VALUE-OUTSIDE", "reports", "a half-term, a term or a school year")


def _evidence(data: Data) -> Iterator[Senseless]:
    if wrong_link(data.get("link") or ""):
        yield Senseless("VALUE-OUTSIDE", "link", "an address of the web, which begins with https://")


_RULES: dict[str, Callable[[Data], Iterator[Senseless]]] = {
    "element": _element,
    "calendar_line": _calendar_line,
    "meeting": _meeting,
    "evidence": _evidence,
}


def _of_kpi(data: Data, directory: Directory) -> Iterator[checks.Wrong | None]:
    yield checks.other_kind(directory.whole("kpi", data.get("kpi")).get("frequency"), data.get("period"))


def _value(data: Data, directory: Directory) -> Iterator[checks.Wrong | None]:
    yield from _of_kpi(data, directory)
    kpi, place = directory.whole("kpi", data.get("kpi")), directory.whole("place", data.get("place"))
    yield checks.number_beside_none(data)
    yield checks.typed_in(str(kpi.get("code") or ""), kpi.get("counted"))
    if data.get("number") is not None and data.get("period") is not None:
        dates = directory.calendar.dates(data["period"], data.get("place")) or (None, None)
        yield checks.not_ours(str(place.get("name") or ""), place.get("joined_on"), place.get("left_on"), *dates)


def _target(data: Data, directory: Directory) -> Iterator[checks.Wrong | None]:
    """The trust's own targets: a school starts from its own value, which no row of the KPI holds."""
    yield from _of_kpi(data, directory)
    kpi, place = directory.whole("kpi", data.get("kpi")), directory.whole("place", data.get("place"))
    of_trust = place.get("kind") in (None, PlaceKind.TRUST)
    if of_trust and data.get("number") is not None and not data.get("managed_decline"):
        wrong = checks.wrong_way(kpi.get("direction"), kpi.get("baseline"), data["number"])
        yield None if wrong is None else replace(wrong, wanted=f"{wrong.wanted}, or yes under managed decline")


def _carried(table: str) -> Callable[[Data, Directory], Iterator[checks.Wrong | None]]:
    def look(data: Data, directory: Directory) -> Iterator[checks.Wrong | None]:
        earlier = directory.whole(table, data.get("carried_from"))
        if earlier and earlier.get("edition") == data.get("edition"):
            yield checks.Wrong("carried_from", str(earlier.get("code")), "the code of one of another version")

    return look


_BESIDE: dict[str, Callable[[Data, Directory], Iterator[checks.Wrong | None]]] = {
    "value": _value,
    "target": _target,
    "kpi": _carried("kpi"),
    "action": _carried("action"),
    "query": _of_kpi,
    "kpi_note": _of_kpi,
    "comparator": _of_kpi,
}

_Among = Iterator[tuple[int, checks.Wrong | None]]


def _scales(rows: Mapping[int, Told], directory: Directory) -> _Among:
    """Percentages given as shares of 1, beside what else the file or this place says of the same KPI."""
    in_file: dict[str, dict[int, float]] = defaultdict(dict)
    for number, row in rows.items():
        if row.data.get("kpi") is not None and row.data.get("number") is not None:
            in_file[row.data["kpi"]][number] = row.data["number"]
    low = [n for numbers in in_file.values() for n, found in numbers.items() if 0 < found < 1]
    refs = {row.ref for row in rows.values()}
    here: dict[str, list[float]] = defaultdict(list)
    for ref, value in (directory.here("value") if low else {}).items():
        if ref not in refs and value.get("number") is not None:
            here[value["kpi"]].append(value["number"])
    about = {ref: median(numbers) for ref, numbers in here.items()}
    in_order = {ref: sorted(numbers.values()) for ref, numbers in in_file.items()} if low else {}
    for number in low:
        data = rows[number].data
        kpi = directory.whole("kpi", data["kpi"])
        others = _without(in_order[data["kpi"]], data["number"])
        # Where all values could be shares of 1, the baseline tells.
        alone = not here[data["kpi"]] and (not others or others[1] <= 1) and kpi.get("baseline") is not None
        start = [kpi["baseline"]] if alone else []
        beside = ([about[data["kpi"]]] if data["kpi"] in about else [], others[:1], start)
        wrong = (checks.other_scale(kpi.get("measure"), data, some) for some in beside)
        yield number, next((found for found in wrong if found is not None), None)


def _without(in_order: Sequence[float], number: float) -> list[float]:
    """The median and the largest of numbers in order, but for one of them; empty when it is the only one."""
    place, left = bisect_left(in_order, number), len(in_order) - 1
    if not left:
        return []

    def nth(n: int) -> float:
        return in_order[n if n < place else n + 1]

    return [(nth((left - 1) // 2) + nth(left // 2)) / 2, nth(left - 1)]


def _board_sets(rows: Mapping[int, Told], directory: Directory) -> _Among:
    """The KPIs that a version's board set has no room for, in the order of the file. What is in it already stays."""
    here = directory.here("kpi")
    in_file = {row.ref for row in rows.values()}
    was_in = {ref for ref, kpi in here.items() if kpi["board_set"]}
    pinned = Counter(kpi["edition"] for ref, kpi in here.items() if ref in was_in and ref not in in_file)
    stays: list[Told] = []
    comes: list[tuple[int, Told]] = []
    for number, row in rows.items():
        if row.data.get("board_set"):
            same = row.ref in was_in and here[row.ref]["edition"] == row.data.get("edition")
            (stays.append(row) if same else comes.append((number, row)))
    pinned.update(row.data.get("edition") for row in stays)
    for number, row in comes:
        pinned[row.data.get("edition")] += 1
        yield number, checks.too_many_pinned(pinned[row.data.get("edition")])


_TOGETHER: dict[str, Callable[[Mapping[int, Told], Directory], _Among]] = {"value": _scales, "kpi": _board_sets}
