"""Schools beside one another without a league table: a funnel plot of proportions.

A school stands out only where its share differs from the pooled one by more than its size allows by chance.
Source: measurement 2 and 3.8; R package PHEindicatormethods, Funnels.R (phe_funnels, phe_funnel_significance).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.intervals import Interval, normal_multiplier, wilson

DRAWN = 60  # denominators at which the limits are given for drawing
MARGIN = 1.1  # the limits run on by a tenth beyond the smallest and the largest unit


class Signal(StrEnum):
    """How far a unit stands out: the words of phe_funnel_significance, which name the chance on one side."""

    HIGH_0001 = "High (0.001)"
    HIGH_0025 = "High (0.025)"
    NOT_SIGNIFICANT = "Not significant"
    LOW_0025 = "Low (0.025)"
    LOW_0001 = "Low (0.001)"


@dataclass(frozen=True)
class FunnelPoint:
    """One unit: `x` of `n`; value and its Wilson intervals times the multiplier."""

    name: str
    x: float
    n: float
    value: float
    interval95: Interval
    interval998: Interval
    signal: Signal


@dataclass(frozen=True)
class FunnelLimit:
    """Where the limits lie at a denominator, times the multiplier."""

    n: float
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True)
class Funnel:
    pooled: float  # times the multiplier
    points: tuple[FunnelPoint, ...]  # in the order given
    limits: tuple[FunnelLimit, ...]  # by rising denominator


def funnel(
    units: Sequence[tuple[str, float, float]], *, multiplier: float = 100.0, pooled: float | None = None
) -> Funnel:
    """Each unit (name, x, n) against the pooled share, with limits to draw.

    pooled   what to set the units against, as a share from 0 to 1 whatever the multiplier; None: sum x / sum n

    A unit signals when its 95 % (0.025 on a side) or 99.8 % (0.001) Wilson interval leaves the pooled share out;
    touching is not significant. Limits drawn are p0 -/+ z * sqrt(p0 (1 - p0) / n). The two say the same: p0 is an end
    of the Wilson interval of p = x/n exactly when (p - p0)^2 = z^2 p0 (1 - p0) / n, the equation that Wilson's
    formula solves for p0, so p0 lies outside the interval exactly when p lies outside the limits. Cutting the limits
    at 0 and the whole changes nothing, as no share lies beyond those.

    Raises ValueError without units, for a unit that `wilson` refuses, and for a pooled share outside 0 to 1.
    """
    if not units:
        raise ValueError("A funnel needs at least one unit; found none.")
    shares = [(wilson(x, n), wilson(x, n, confidence=0.998)) for _, x, n in units]
    p0 = math.fsum(x for _, x, _ in units) / math.fsum(n for _, _, n in units) if pooled is None else pooled
    if not 0 <= p0 <= 1:
        raise ValueError(f"wanted a pooled share from 0 to 1; found {p0:g}.")
    points = tuple(
        FunnelPoint(
            name, x, n, x / n * multiplier, by95.times(multiplier), by998.times(multiplier), _signal(p0, by95, by998)
        )
        for (name, x, n), (by95, by998) in zip(units, shares, strict=True)
    )
    return Funnel(p0 * multiplier, points, _limits(p0, [n for _, _, n in units], multiplier))


def _signal(p0: float, by95: Interval, by998: Interval) -> Signal:
    if by95.holds(p0):
        return Signal.NOT_SIGNIFICANT
    if by95.low > p0:
        return Signal.HIGH_0025 if by998.holds(p0) else Signal.HIGH_0001
    return Signal.LOW_0025 if by998.holds(p0) else Signal.LOW_0001


def _limits(p0: float, sizes: Sequence[float], multiplier: float) -> tuple[FunnelLimit, ...]:
    first, last = min(sizes) / MARGIN, max(sizes) * MARGIN
    limits = []
    for step in range(DRAWN):
        # Each a fixed share above the one before: the curve bends where denominators are small.
        n = first * (last / first) ** (step / (DRAWN - 1))
        half95, half998 = (normal_multiplier(c) * math.sqrt(p0 * (1 - p0) / n) for c in (0.95, 0.998))
        edges = (p0 - half95, p0 + half95, p0 - half998, p0 + half998)
        limits.append(FunnelLimit(n, *(multiplier * min(max(edge, 0.0), 1.0) for edge in edges)))
    return tuple(limits)
