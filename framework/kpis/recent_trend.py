"""The recent trend of a yearly figure: a line through its latest five values, each weighed by its interval.

For annual percentages and rates, which never reach the 13 points that limits need.
Source: measurement 2 and 3.7; FingertipsNext, TrendMarkerCalculator.cs.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

POINTS = 5
CHI2_998 = 9.54953570608324  # 99.8 % point of chi-squared, 1 degree of freedom, as TrendMarkerCalculator writes it
WIDTH = 3.92  # standard errors in a 95 % interval, as TrendMarkerCalculator takes it


class Marker(StrEnum):
    """The words that Fingertips publishes. Whether increasing is good is for the KPI's direction to say."""

    INCREASING = "Increasing"
    DECREASING = "Decreasing"
    NO_CHANGE = "No significant change"
    CANNOT = "Cannot be calculated"


@dataclass(frozen=True)
class RecentTrend:
    """`slope` in the figure's unit a year; both numbers are None, and there are no signs, where none can be had."""

    marker: Marker
    slope: float | None = None
    chi2: float | None = None
    leave_one_out_signs: tuple[int, ...] = ()  # of all five, then without the first, the second … ; +1 or -1


def five_point_trend(
    values: Sequence[float | None], low95: Sequence[float | None], high95: Sequence[float | None]
) -> RecentTrend:
    """Whether the latest five values rise or fall by more than chance, given their 95 % intervals, oldest first.

    Two things are asked: chi2 = (slope / its standard error)^2 is above 9.5495, and the slope keeps its sign when
    each value is left out in turn, so that no single year makes the trend. A slope of 0 counts as +1, as there.

    Cannot be calculated with fewer than five values, with one of the latest five or its interval missing (Fingertips
    would reach further back; a gap is never bridged here), or with an interval of no width, whose weight is endless.
    Raises ValueError where the three are of different lengths or a lower limit lies above its upper.
    """
    if not len(values) == len(low95) == len(high95):
        raise ValueError(f"wanted as many limits as values; found {len(values)}, {len(low95)} and {len(high95)}.")
    known = [
        (value, low, high)
        for value, low, high in zip(values[-POINTS:], low95[-POINTS:], high95[-POINTS:], strict=True)
        if value is not None and low is not None and high is not None
    ]
    for _, low, high in known:
        if low > high:
            raise ValueError(f"a lower limit must not lie above its upper; found {low:g} and {high:g}.")
    if len(known) < POINTS or any(low == high for _, low, high in known):
        return RecentTrend(Marker.CANNOT)
    weights = [(WIDTH / (high - low)) ** 2 for _, low, high in known]
    numbers = [value for value, _, _ in known]
    slope, spread = _slope(numbers, weights)
    chi2 = slope * slope * spread
    without = (_slope(numbers, [*weights[:i], 0.0, *weights[i + 1 :]])[0] for i in range(POINTS))
    signs = tuple(-1 if b < 0 else 1 for b in (slope, *without))
    if chi2 <= CHI2_998 or abs(sum(signs)) < len(signs):
        marker = Marker.NO_CHANGE
    else:
        marker = Marker.INCREASING if slope > 0 else Marker.DECREASING
    return RecentTrend(marker, slope, chi2, signs)


def _slope(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Slope of the weighted line over x = 1 … 5, and 1 / its variance. A weight of 0 leaves the point out.

    The centred form of b = (Sw Swxy - Swx Swy) / (Sw Swx2 - Swx^2), with variance Sw / (Sw Swx2 - Swx^2): the same
    number without taking large sums from each other. Values are counted from the first, as only differences matter.
    """
    total = math.fsum(weights)
    middle = math.fsum(w * x for x, w in enumerate(weights, 1)) / total
    spread = math.fsum(w * (x - middle) ** 2 for x, w in enumerate(weights, 1))
    parts = [w * (x - middle) * (y - values[0]) for x, (y, w) in enumerate(zip(values, weights, strict=True), 1)]
    lean = math.fsum(parts)
    if abs(lean) <= 1e-9 * math.fsum(abs(part) for part in parts):
        lean = 0.0  # or else rounding would decide the sign of a slope of 0
    return lean / spread, spread
