"""A sheet to fill: a workbook that asks one person for certain figures, each a row with everything but the figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from framework.kpis.kpi import Measure, Value
from framework.periods import Period
from framework.subjects import KPIS, PLACES, VALUES, Field, Kind, data_of
from framework.workbook.grids import Grid, cell
from framework.workbook.guide import Parts
from framework.workbook.headings import ASKED, LAST_TIME
from framework.workbook.words import Known
from framework.workbook.write import from_grids

_SLOT = ("kpi", "place", "period", "group")
_FIGURE = ("number", "numerator", "denominator", "sd", "state", "note")
_OF_KPIS = ("code", "title", "definition", "measure", "unit", "frequency", "lag_days", "source")
_OF_PLACES = ("name", "kind", "phase")
_ASKED = Field("asked", ASKED, Kind.LONG, help="what the figure says, and how it is counted")
_LAST_TIME = Field("last_time", LAST_TIME, help="the figure before, to compare yours with")
_PARTS: Parts = (
    (
        "How to fill it",
        (
            "On the sheet Values each row asks for one figure: what it is, of which place and period, and what it was "
            "last time. Fill in the column value; a percentage is 0 to 100.",
            "Where the figure is a share, fill in numerator and denominator instead: so many of so many. The value "
            "follows from them.",
            "Where there is no figure, write z in the column value if it does not apply, x if it is not known, or c if "
            "it is too small to be shown. The note is for whatever should be known beside it.",
            "Leave a row empty if you do not have its figure yet. Nothing is read of it, and you can send it later.",
            "A row that has a figure already is one that somebody has a question about. Correct it if it is wrong, and "
            "say in the note why; if it is right, leave it as it is and answer by mail.",
        ),
    ),
    (
        "How to send it back",
        (
            "Save it as an Excel workbook (.xlsx) or with LibreOffice (.ods) and send it back to whoever sent it to "
            "you. They see what it says before anything is saved.",
            "Sent back twice, it changes nothing the second time.",
        ),
    ),
)


@dataclass(frozen=True)
class Wanted:
    """One figure that is asked for.

    value      the one that stands in its slot, to be looked at once more; None: there is none
    asked      what the figure says, and what was asked about it
    last_time  the figure of the period before; empty: not known
    """

    kpi: str
    place: str
    period: Period
    group: str = ""
    value: Value | None = None
    asked: str = ""
    last_time: str = ""
    fictional: bool = False


def sheet_to_fill(wanted: Sequence[Wanted], known: Known, meta: Mapping[str, Any]) -> bytes:
    """The workbook that asks for these figures, with the KPIs and places they are of and nothing else of the plan.

    known  at least those KPIs and places, and the calendar
    meta   as `write` takes it; what the file may be missing, once it comes back, is worked out here
    """
    of_kpis, of_places = ({ref: known[t][ref] for ref in (getattr(w, t) for w in wanted)} for t in ("kpi", "place"))
    here = {"kpi": of_kpis, "place": of_places, "calendar_line": known.get("calendar_line", {})}
    standing = sorted(w.value.ref for w in wanted if w.value is not None)
    scope = {"kpi": sorted(of_kpis), "place": sorted(of_places), "value": standing}
    grids = [
        _values(wanted, here),
        _chosen(Grid(KPIS, [], only=tuple(KPIS.field(name) for name in _OF_KPIS)), of_kpis, here),
        _chosen(Grid(PLACES, [], only=tuple(PLACES.field(name) for name in _OF_PLACES)), of_places, here),
    ]
    return from_grids(grids, here, {**meta, "scope": scope}, _PARTS)


def _chosen(grid: Grid, rows: Mapping[str, Any], known: Known) -> Grid:
    told = [
        [row.ref, row.version, *(cell(grid.subject, f, getattr(row, f.name), known) for f in grid.only)]
        for row in rows.values()
    ]
    return replace(grid, rows=told)


def _values(wanted: Sequence[Wanted], known: Known) -> Grid:
    averages = any(known["kpi"][w.kpi].measure is Measure.AVERAGE for w in wanted)
    left_out = {
        "group": not any(w.group for w in wanted),
        "sd": not averages,
        "fictional": not any(w.fictional for w in wanted),
    }
    slot, figure = (
        [VALUES.field(name) for name in names if not left_out.get(name)] for names in (_SLOT, (*_FIGURE, "fictional"))
    )
    # What is measured stands beside its code, where it is read first.
    grid = Grid(VALUES, [], only=(slot[0], _ASKED, *slot[1:], _LAST_TIME, *figure))
    return replace(grid, rows=[_row(grid, one, known) for one in wanted])


def _row(grid: Grid, one: Wanted, known: Known) -> list[Any]:
    said: dict[str, Any] = {"asked": one.asked, "last_time": one.last_time, "fictional": one.fictional}
    said |= {"kpi": one.kpi, "place": one.place, "period": one.period, "group": one.group}
    told = said if one.value is None else {**data_of(VALUES, one.value), **said}
    ids = (None, None) if one.value is None else (one.value.ref, one.value.version)
    return [*ids, *(cell(VALUES, field, told.get(field.name), known) for field in grid.only)]
