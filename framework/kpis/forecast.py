"""Where a KPI is heading: the pace it needs, always, and a range for a coming period where the rules allow one.

A forecast says what it takes for granted, in words. Choosing between the mean and the line is for the control
chart: a line only where a trend or a shift is on. Choosing by a test of the slope is no better below 12 points.
Source: measurement 3.10.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.intervals import t_multiplier
from framework.kpis.kpi import Direction

LEAST_POINTS = 8  # of a line


class Basis(StrEnum):
    MEAN = "mean"
    LINE = "line"


class Chance(StrEnum):
    """Whether a target will be met: likely if the whole range meets it, unlikely if none of it does."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True)
class Forecast:
    basis: Basis
    centre: float
    low: float
    high: float
    ahead: int  # periods after the last one of the series
    clipped: bool  # a bound of the scale, such as 100 %, cut the range
    chance: Chance | None  # None: no target, or no direction to meet it in
    assumption: str  # a sentence


def line_forecast(
    values: Sequence[float | None],
    ahead: int,
    *,
    confidence: float = 0.80,
    bounds: tuple[float | None, float | None] = (None, None),
    target: float | None = None,
    direction: Direction | None = None,
) -> Forecast | None:
    """The straight line through the values, carried on, with its prediction interval.

    values  one a period from the start of the stretch that the trend or shift lies in; None is missing and keeps
            its place. The line goes through the rest by their places, and `ahead` counts from the last place
    bounds  the ends of the KPI's scale, such as (0, 100); None: no end

    y0 -/+ t(n - 2) * s * sqrt(1 + 1/n + (x0 - xbar)^2 / Sxx), where s^2 is the residual sum of squares over n - 2.
    None with fewer than 8 values, for no period ahead, and for more than n/2 periods beyond the last value: a line
    fitted before a bend is soon far out. The interval is as wide as its 80 % promises only while the world is a line
    (78-80 % of coming values simulated); with values that lean on the last (0.6) 61-66 %, after a plateau far less.
    """
    known = [(x, y) for x, y in enumerate(values) if y is not None]
    n = len(known)
    if n < LEAST_POINTS or ahead < 1:
        return None
    x0 = len(values) - 1 + ahead
    if x0 - known[-1][0] > n / 2:
        return None
    x_mean = math.fsum(x for x, _ in known) / n
    y_mean = math.fsum(y for _, y in known) / n
    s_xx = math.fsum((x - x_mean) ** 2 for x, _ in known)
    slope = math.fsum((x - x_mean) * (y - y_mean) for x, y in known) / s_xx
    residual = math.fsum((y - y_mean - slope * (x - x_mean)) ** 2 for x, y in known)
    centre = y_mean + slope * (x0 - x_mean)
    s = math.sqrt(residual / (n - 2))
    half = t_multiplier(confidence, n - 2) * s * math.sqrt(1 + 1 / n + (x0 - x_mean) ** 2 / s_xx)
    said = f"If it goes on along the straight line through the last {n} values."
    return _within(Basis.LINE, (centre, centre - half, centre + half), ahead, bounds, target, direction, said)


def level_forecast(
    mean: float,
    lpl: float,
    upl: float,
    *,
    target: float | None = None,
    direction: Direction | None = None,
    ahead: int = 1,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Forecast:
    """With no special cause: the mean, within the process limits, however many periods ahead.

    Raises ValueError where the mean lies outside its limits.
    """
    if not lpl <= mean <= upl:
        raise ValueError(f"wanted a mean within its limits; found {mean:g} and {lpl:g} to {upl:g}.")
    said = "If nothing changes: it moves about its mean, within its usual range."
    return _within(Basis.MEAN, (mean, lpl, upl), ahead, bounds, target, direction, said)


def with_season(
    adjusted: Forecast,
    season_mean: float,
    *,
    bounds: tuple[float | None, float | None] = (None, None),
    target: float | None = None,
    direction: Direction | None = None,
) -> Forecast:
    """A forecast made from `season.seasonal` values, with the mean of the coming period's season added back.

    The forecast of the adjusted values must be without bounds, which hold for the KPI itself. Meant for levels: with
    two or three years a line through adjusted values climbs too slowly, since each season's mean holds part of the
    climb (a steady climb of 1 a half term over two years gives 7.9 for the next, where it is 12).
    Raises ValueError for a forecast already cut by bounds.
    """
    if adjusted.clipped:
        raise ValueError("The season is added to a forecast without bounds; found one that bounds had cut.")
    parts = (adjusted.centre + season_mean, adjusted.low + season_mean, adjusted.high + season_mean)
    said = adjusted.assumption.removesuffix(".") + ", and the time of year does what it has done before."
    return _within(adjusted.basis, parts, adjusted.ahead, bounds, target, direction, said)


def _within(
    basis: Basis,
    parts: tuple[float, float, float],
    ahead: int,
    bounds: tuple[float | None, float | None],
    target: float | None,
    direction: Direction | None,
    said: str,
) -> Forecast:
    least, most = (-math.inf if bounds[0] is None else bounds[0]), (math.inf if bounds[1] is None else bounds[1])
    if least > most:
        raise ValueError(f"wanted a lower bound below the upper; found {least:g} and {most:g}.")
    centre, low, high = (min(max(part, least), most) for part in parts)
    clipped = (centre, low, high) != parts
    if clipped:
        said += " The range is cut at the end of the scale."
    return Forecast(basis, centre, low, high, ahead, clipped, _chance(low, high, target, direction), said)


def _chance(low: float, high: float, target: float | None, direction: Direction | None) -> Chance | None:
    if target is None or direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    # The slack of every comparison with a target. Source: measurement 3.4
    slack = 1e-9 * max(1.0, abs(target))
    if direction is Direction.HIGHER:
        worst, best = low - target, high - target
    else:
        worst, best = target - high, target - low
    if worst >= -slack:
        return Chance.LIKELY
    return Chance.UNLIKELY if best < -slack else Chance.POSSIBLE


@dataclass(frozen=True)
class Pace:
    """Change a period, in the KPI's unit, with its sign: a fall is negative."""

    needed: float | None  # to meet the target in time; None: no period is left
    so_far: float | None  # mean of the past changes; None: there are none
    periods_left: int


def pace(value: float, target: float, periods_left: int, changes: Sequence[float]) -> Pace:
    """What it takes: (target - value) / periods left, beside the mean of past changes from period to period."""
    needed = (target - value) / periods_left if periods_left > 0 else None
    so_far = math.fsum(changes) / len(changes) if changes else None
    return Pace(needed, so_far, max(periods_left, 0))
