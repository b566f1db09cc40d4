"""What a KPI's values say over time: one computation for chart, table, icon, sentence, export and alt text.

Source: measurement 3.5 to 3.7 and 3.10.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from framework.kpis.charted import FULL, Caution, ChartKind, Point, Rules, adds_up
from framework.kpis.drawn import DRAWN, Drawn, ReadPoint
from framework.kpis.forecast import Forecast, level_forecast, line_forecast, with_season
from framework.kpis.icons import Assurance, Variation
from framework.kpis.kpi import Kpi, Measure
from framework.kpis.recent_trend import RecentTrend
from framework.kpis.runs import RunChart, run_chart
from framework.kpis.series import Change, Series
from framework.periods import Period

__all__ = ["Caution", "Change", "ChartKind", "Point", "ReadPoint", "Reading", "Rules", "read"]


@dataclass(frozen=True)
class Reading:
    """What may be said of a series at its length, and no more.

    counted     values in the current stretch
    variation   None: nothing can be said (fewer than 5 values, or no chart with limits)
    assurance   None: no target, no direction, or trial limits
    latest      the period that `variation` speaks of; None without values
    since       the period in which the flagged stretch that reaches the latest period began
    new_limits  the period from which new limits are suggested; None: no reason to
    """

    kind: ChartKind
    points: tuple[ReadPoint, ...]
    counted: int
    trial: bool = False
    variation: Variation | None = None
    assurance: Assurance | None = None
    latest: Period | None = None
    since: Period | None = None
    cautions: tuple[Caution, ...] = ()
    run: RunChart | None = None
    recent: RecentTrend | None = None
    forecast: Forecast | None = None
    forecast_for: Period | None = None
    from_last: Change | None = None
    from_last_year: Change | None = None
    season_share: float | None = None
    adjusted: bool = False
    new_limits: Period | None = None


def read(
    kpi: Kpi,
    points: Sequence[Point],
    *,
    target: float | None = None,
    ahead: int = 0,
    adjusted: bool = False,
    stale: bool = False,
    rules: Rules | None = None,
) -> Reading:
    """Read a series.

    points    every period of the calendar from the first value on, in the order of time; gaps as points without number
    target    the latest target, for assurance and forecast; None: none, or a band
    ahead     periods from the newest value to the target's; 0: there is none ahead
    adjusted  read each value less what its season usually brings, where two full years allow it
    """
    chosen = rules or Rules()
    found = Series(kpi, tuple(points), chosen, adjusted)
    if found.last is None:
        return Reading(ChartKind.VALUES, tuple(ReadPoint(p.period, p.number) for p in points), 0)
    drawn = DRAWN[found.kind](found, target if not found.adjusted else None)
    short = found.counted < FULL
    reading = Reading(
        kind=found.kind,
        points=drawn.points,
        counted=found.counted,
        trial=short and drawn.variation is not None,
        variation=drawn.variation,
        assurance=None if short else drawn.assurance,
        latest=points[found.last].period,
        since=drawn.since,
        cautions=tuple(c for c in Caution if c in {*found.cautions, *drawn.cautions, *([Caution.STALE] * stale)}),
        run=run_chart(found.stretch),
        recent=drawn.recent,
        from_last=found.from_last(),
        from_last_year=found.from_last_year(),
        season_share=found.season_share,
        adjusted=found.adjusted,
        new_limits=drawn.new_limits,
    )
    return replace(reading, forecast=_forecast(found, drawn, target, ahead)) if ahead > 0 else reading


def _forecast(found: Series, drawn: Drawn, target: float | None, ahead: int) -> Forecast | None:
    """Where the rules allow one: its usual range while nothing changes, a line where a trend or shift is on.

    Source: measurement 3.10. A season is added back where the series was read without it.
    """
    if drawn.variation is None or drawn.limits is None or adds_up(found.kpi):
        return None
    bounds = _BOUNDS.get(found.kpi.measure, (None, None))
    direction = found.kpi.direction
    inner: dict[str, Any] = {} if found.adjusted else {"bounds": bounds, "target": target, "direction": direction}
    made = None
    if drawn.variation is Variation.COMMON and found.counted >= FULL:
        low, mean, high = drawn.limits
        made = level_forecast(mean, low, high, ahead=ahead, **inner)
    elif drawn.moving and not found.adjusted:  # the seasons' means would hold part of a climb: it would read too low
        made = line_forecast(found.stretch, ahead, **inner)
    if made is None or not found.adjusted or found.means is None or found.last is None:
        return made
    period = found.points[found.last].period
    for _ in range(ahead):
        period = period.next()
    return with_season(made, found.means[period.index], bounds=bounds, target=target, direction=direction)


_BOUNDS: dict[Measure, tuple[float | None, float | None]] = {
    Measure.PERCENTAGE: (0.0, 100.0),
    Measure.COUNT: (0.0, None),
    Measure.RATE: (0.0, None),
}
