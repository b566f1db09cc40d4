"""The sample's KPIs and Values sheets."""

from datetime import date, timedelta
from functools import cache
from random import Random

from data.sample import days, oddities
from data.sample.kpis_a import KPIS_A
from data.sample.kpis_b import KPIS_B
from data.sample.kpis_c import KPIS_C, KPIS_OLD
from data.sample.measures import Kpi
from data.sample.measuring import Figure, figures, ratio
from data.sample.rows import Row, row
from data.sample.trust import LANTERN, MILL

KPIS = [*KPIS_OLD, *KPIS_A, *KPIS_B, *KPIS_C]
_SLOW = (MILL, LANTERN)  # the two whose returns tend to come last


@cache
def _figures_of(code: str) -> tuple[Figure, ...]:
    return tuple(figures(next(kpi for kpi in KPIS if kpi.code == code)))


def reported(code: str, period: str, place: str = "") -> list[Figure]:
    """What came in for a period, all pupils: from every place that reports, or from one."""
    return [
        f
        for f in _figures_of(code)
        if f.period.words == period and not f.group and place in ("", f.place) and _slot(f) not in _WITHOUT_NUMBER
    ]


_WITHOUT_NUMBER = oddities.NOT_IN | oddities.INSTEAD.keys()


def _slot(figure: Figure) -> oddities.Slot:
    return (figure.kpi.code, figure.place, figure.period.words)


def together(kpi: Kpi, period: str) -> tuple[float, int | None, int | None]:
    """The trust's value for a period with its numerator and denominator, as the app would roll it up."""
    if kpi.started is not None:
        return ratio(kpi, *kpi.started), *kpi.started
    parts = reported(kpi.code, period)
    if parts[0].denominator is None:
        return sum(f.value for f in parts), None, None
    numerator, denominator = sum(f.numerator or 0 for f in parts), sum(f.denominator or 0 for f in parts)
    return ratio(kpi, numerator, denominator), numerator, denominator


def _kpi_row(kpi: Kpi) -> Row:
    value, numerator, denominator = together(kpi, kpi.baseline) if kpi.baseline else (None, None, None)
    return row(
        {
            "code": kpi.code,
            "version": kpi.version,
            "objective": kpi.objective,
            "pillars": kpi.pillars,
            "statements": kpi.statements,
            "strand": kpi.strand,
            "other strands": kpi.others,
            "priorities": kpi.priorities,
            "KPI": kpi.name,
            "definition": kpi.definition,
            "level": kpi.level,
            "measure": kpi.measure,
            "unit": kpi.unit,
            "per": kpi.per,
            "time nature": kpi.nature,
            "aggregation": kpi.aggregation,
            "frequency": kpi.frequency,
            "reported by": kpi.reported_by,
            "lag": kpi.lag,
            "floor": kpi.floor,
            "direction": kpi.direction,
            "baseline": value,
            "baseline period": kpi.baseline,
            "baseline numerator": numerator,
            "baseline denominator": denominator,
            "source": kpi.source,
            "owner": kpi.owner,
            "board set": kpi.board,
            "counted here": kpi.counted,
            "comparator": kpi.comparator,
            "fictional": "yes",
        }
    )


def _recorded_on(figure: Figure, rng: Random) -> date:
    """One of three return days after the figures are ready, a week apart."""
    assert figure.kpi.curve is not None
    early = oddities.EARLY.get((figure.kpi.code, figure.period.words))
    if early is not None:
        return early
    weights = (2, 5, 3) if figure.place in _SLOW else (7, 3, 0)
    weeks = 0 if figure.kpi.frequency == "monthly" else rng.choices((0, 1, 2), weights)[0]
    ready = days.written_on(figure.period.end + timedelta(days=figure.kpi.curve.ready))
    return min(ready + timedelta(days=7 * weeks), days.SAMPLE_DAY)


def _cells(figure: Figure) -> Row:
    if _slot(figure) in oddities.INSTEAD and not figure.group:
        return oddities.INSTEAD[_slot(figure)]
    return {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "state": "reported",
    }


def _history(figure: Figure) -> Row:
    """What was first sent and put right since, or why it came late."""
    if figure.group:
        return {}
    slot = _slot(figure)
    if slot in oddities.CORRECTED:
        off, day, why = oddities.CORRECTED[slot]
        return {"earlier value": round(figure.value + off, 4), "corrected on": day, "note": why}
    if slot in oddities.LATE:
        day, why = oddities.LATE[slot]
        return {"recorded on": day, "note": why}
    return oddities.BESIDES.get(slot, {})


def _value_row(figure: Figure, rng: Random) -> Row:
    cells: Row = {
        "KPI": figure.kpi.code,
        "place": figure.place,
        "period": figure.period.words,
        "group": figure.group,
        "recorded on": _recorded_on(figure, rng),
        "fictional": "yes",
    }
    return row({**cells, **_cells(figure), **_history(figure)})


def kpi_rows() -> list[Row]:
    return [_kpi_row(kpi) for kpi in KPIS]


def value_rows() -> list[Row]:
    found = []
    for kpi in KPIS:
        rng = Random(f"returns of {kpi.code}")
        for figure in _figures_of(kpi.code):
            if figure.group or _slot(figure) not in oddities.NOT_IN:
                found.append(_value_row(figure, rng))
    return found
