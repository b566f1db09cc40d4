"""A series as its chart draws and judges it, whatever the chart: points with their limits, icons, where it began.

Source: measurement 3.5 to 3.7.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from framework.kpis.charted import Caution, ChartKind, Point
from framework.kpis.intervals import rate_interval, wilson
from framework.kpis.kpi import Direction, Measure
from framework.kpis.p_prime import PPoint, PPrimeChart, p_prime_chart, u_prime_chart
from framework.kpis.recent_trend import RecentTrend, five_point_trend
from framework.kpis.series import Series
from framework.kpis.spc import Assurance, Cause, Note, PointType, Variation, XmrChart, XmrPoint, xmr_chart
from framework.kpis.special_cause import TOLERANCE, in_shift, in_trend, sign
from framework.periods import Period


@dataclass(frozen=True)
class ReadPoint:
    """One period as the chart shows it. `centre`, `low`, `high` None: the chart has no limits there."""

    period: Period
    number: float | None  # as charted: of a running total its difference, adjusted for the season where asked
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    flagged: bool = False
    better: bool | None = None  # of a flagged point: the better way; None: no direction
    cause: str = ""  # why it is flagged, in words


@dataclass(frozen=True)
class Drawn:
    """What a chart says, whatever its kind. `mean`, `low`, `high` of the current stretch where it has limits."""

    points: tuple[ReadPoint, ...]
    variation: Variation | None = None
    assurance: Assurance | None = None
    since: Period | None = None
    cautions: tuple[Caution, ...] = ()
    recent: RecentTrend | None = None
    new_limits: Period | None = None
    limits: tuple[float, float, float] | None = None  # low, mean, high
    moving: bool = False  # a trend or a shift reaches the newest value


def _xmr(found: Series, target: float | None) -> Drawn:
    chart = xmr_chart(
        found.numbers,
        direction=found.kpi.direction or Direction.NONE,
        target=target,
        rebase=found.begins(),
        rules=found.rules.rule_set,
    )
    points = [_point(at, p.value, p.mean, p.lpl, p.upl, p) for at, p in zip(found.points, chart.points, strict=True)]
    limits = None
    if chart.lpl is not None and chart.mean is not None and chart.upl is not None:
        limits = (chart.lpl, chart.mean, chart.upl)
    return _flagged(found, points, chart, limits, [p.value for p in chart.points], [p.side for p in chart.points])


def _p_prime(found: Series, target: float | None) -> Drawn:
    """Limits of their own for each period; of a rate without an upper end."""
    share = found.kind is ChartKind.P_PRIME
    chart = (p_prime_chart if share else u_prime_chart)(
        found.counts("numerator"),
        found.counts("denominator"),
        direction=found.kpi.direction or Direction.NONE,
        target=target,
        multiplier=100.0 if share else float(found.kpi.per or 1),
        rebase=found.begins(),
    )
    points = [_point(at, p.value, p.centre, p.low, p.high, p) for at, p in zip(found.points, chart.points, strict=True)]
    newest = chart.latest
    limits = None
    if newest is not None and newest.low is not None and newest.centre is not None and newest.high is not None:
        limits = (newest.low, newest.centre, newest.high)
    # Trends and shifts of the z values, as the chart itself reads them.
    z = [p.z for p in chart.points]
    return _flagged(found, points, chart, limits, z, [None if n is None else sign(n, TOLERANCE) for n in z])


def _point(
    at: Point,
    number: float | None,
    centre: float | None,
    low: float | None,
    high: float | None,
    said: XmrPoint | PPoint,
) -> ReadPoint:
    better = {PointType.IMPROVEMENT: True, PointType.CONCERN: False}.get(said.kind)
    return ReadPoint(at.period, number, centre, low, high, said.cause is not Cause.COMMON, better, _CAUSES[said.cause])


def _flagged(
    found: Series,
    points: Sequence[ReadPoint],
    chart: XmrChart | PPrimeChart,
    limits: tuple[float, float, float] | None,
    numbers: Sequence[float | None],
    sides: Sequence[int | None],
) -> Drawn:
    """What a chart with limits says of the newest value; `numbers` and `sides` of the mean as its rules read them."""
    stretch = slice(found.first, found.end)
    shifted = not chart.notes and in_shift(sides[stretch])[-1]
    trend = not chart.notes and in_trend(numbers[stretch], TOLERANCE)[-1] != 0
    return Drawn(
        points=tuple(points),
        variation=chart.variation,
        assurance=chart.assurance,
        since=found.period(chart.since),
        cautions=tuple(_NOTES[note] for note in chart.notes),
        new_limits=_level_began(found, sides[stretch]) if shifted and not trend else None,
        limits=limits,
        moving=shifted or trend,
    )


def _level_began(found: Series, sides: Sequence[int | None]) -> Period:
    """Where the run on one side of the mean began. It never fills its stretch: a mean has values on both sides."""
    first = len(sides) - 1
    while first > 0 and sides[first - 1] == sides[-1]:
        first -= 1
    return found.points[found.first + first].period


def _plain(found: Series, target: float | None) -> Drawn:
    """No limits: a run chart, or values alone."""
    return Drawn(tuple(ReadPoint(at.period, n) for at, n in zip(found.points, found.numbers, strict=True)))


def _five_points(found: Series, target: float | None) -> Drawn:
    numbers, lows, highs = [], [], []
    for point in found.points[found.first : found.end]:
        n, d = point.numerator, point.denominator
        known = point.number is not None and n is not None and d
        within = None
        if known and n is not None and d:
            share = found.kpi.measure is Measure.PERCENTAGE
            within = wilson(n, d, multiplier=100) if share else rate_interval(n, d, multiplier=found.kpi.per or 1)
        numbers.append(point.number)
        lows.append(None if within is None else within.low)
        highs.append(None if within is None else within.high)
    return replace(_plain(found, target), recent=five_point_trend(numbers, lows, highs))


DRAWN: dict[ChartKind, Callable[[Series, float | None], Drawn]] = {
    ChartKind.XMR: _xmr,
    ChartKind.P_PRIME: _p_prime,
    ChartKind.U_PRIME: _p_prime,
    ChartKind.RUN: _plain,
    ChartKind.FIVE_POINTS: _five_points,
    ChartKind.VALUES: _plain,
}
_NOTES = {
    Note.CONSTANT: Caution.CONSTANT,
    Note.COLLAPSED: Caution.COLLAPSED,
    Note.LOW_VARIETY: Caution.LOW_VARIETY,
}
_CAUSES = {
    Cause.COMMON: "",
    Cause.ABOVE_UCL: "above the usual range",
    Cause.BELOW_LCL: "below the usual range",
    Cause.TREND_INCREASING: "seven or more that rise",
    Cause.TREND_DECREASING: "seven or more that fall",
    Cause.TWO_IN_THREE_ABOVE: "two of three near the upper limit",
    Cause.TWO_IN_THREE_BELOW: "two of three near the lower limit",
    Cause.SHIFT_ABOVE: "seven or more above the mean",
    Cause.SHIFT_BELOW: "seven or more below the mean",
}
