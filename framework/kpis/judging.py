"""The distance rule: a number beside where it should be, where it started and where it is to end. Nothing else.

Everything is judged unrounded, with a tolerance of 1e-9 * max(1, |expected|): 0.1 + 0.2 is never "slightly behind".
Source: measurement 3.4.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.kpi import Direction

ALPHA = 0.10  # share of the planned change that still counts as slightly behind
Edges = float | tuple[float, float]  # one number, or the low and high edge of a band


class Standing(StrEnum):
    """In the order in which the first that applies is taken. The value is the word shown."""

    CONTEXT = "Context"
    NOT_APPLICABLE = "Not applicable"
    HIDDEN = "Hidden"
    NOT_DUE = "Not due yet"
    NOT_REPORTED = "Not reported"
    STALE = "Out of date"
    CANNOT_BE_JUDGED = "Cannot be judged"
    NO_TARGET = "No target"
    TOO_EARLY = "Too early"
    PARTIAL = "Only part is in"
    HELD = "Held"
    ACHIEVED = "Achieved"
    ON_TRACK = "On track"
    SLIGHTLY_BEHIND = "Slightly behind"
    WORSE_THAN_START = "Worse than at the start"
    BEHIND = "Behind"


class Family(StrEnum):
    """The colour and shape a standing is shown in. Context carries no mark at all."""

    ACHIEVED = "achieved"  # green, with a tick
    ON_TRACK = "on track"  # green
    SLIGHTLY_BEHIND = "slightly behind"  # amber
    BEHIND = "behind"  # red
    NONE = "none"  # grey: no verdict
    CONTEXT = "context"


@dataclass(frozen=True)
class Judged:
    """What the distance rule finds. The standing is one of the last six.

    progress   share of the way from baseline (0) to target (1), may lie outside; None where there is no way to go:
               a band, or a target no other than the baseline
    gap        distance short of what is expected, in the unit; 0 or less: not short; of a band never below 0
    tolerance  the gap up to which it is slightly behind (or still held)
    """

    standing: Standing
    progress: float | None
    gap: float
    tolerance: float


def judge(
    value: float,
    *,
    direction: Direction,
    baseline: float,
    expected: Edges,
    final: Edges,
    alpha: float = ALPHA,
    floor: float = 0.0,
) -> Judged:
    """Judge a value by its distance from what is expected of it.

    expected  where the value should be by now: a number, or (low, high) of a band
    final     the last target
    alpha     share of the planned change |final - baseline| that still counts as slightly behind
    floor     the smallest difference that means anything, in the unit

    In this order: held (a band, or a target no other than the baseline, and short by at most the floor), achieved
    (the last target is met), on track (not short), slightly behind (short by at most the larger of alpha's share and
    the floor; for a band or a hold the floor alone), worse than at the start (of a band: further outside than the
    baseline), behind.
    Raises ValueError for what is not a finite number, a band upside down, an alpha or a floor below 0, and a
    direction that has no better way.
    Source: measurement 3.4.
    """
    low, high = _edges("expected", expected)
    aim = _edges("final", final)
    direction = _direction(direction)
    _check(value, baseline, alpha, floor)
    target = wanted_edge(direction, *aim)
    hold = direction is Direction.BAND or abs(target - baseline) <= _slack(target)
    gap = _short(direction, value, low, high)
    tolerance = floor if hold else max(alpha * abs(target - baseline), floor)
    slack = _slack(low, high)
    if hold and gap <= floor + slack:
        found = Standing.HELD
    elif _short(direction, value, *aim) <= _slack(*aim):
        found = Standing.ACHIEVED
    elif gap <= slack:
        found = Standing.ON_TRACK
    elif gap <= tolerance + slack:
        found = Standing.SLIGHTLY_BEHIND
    elif _worse(direction, value, baseline, low, high):
        found = Standing.WORSE_THAN_START
    else:
        found = Standing.BEHIND
    return Judged(found, None if hold else (value - baseline) / (target - baseline), gap, tolerance)


def wanted_edge(direction: Direction | None, low: float, high: float) -> float:
    """The edge that a value must reach: the low one where higher is better, the high one where lower is."""
    return high if direction is Direction.LOWER else low


def _short(direction: Direction, number: float, low: float, high: float) -> float:
    """How far the number falls short of what is wanted, in the unit; 0 or less when it does not."""
    if direction is Direction.BAND:
        return max(low - number, number - high, 0.0)
    return low - number if direction is Direction.HIGHER else number - high


def _worse(direction: Direction, number: float, baseline: float, low: float, high: float) -> bool:
    if direction is Direction.BAND:
        # Both against the band it is judged by now, whose edges the reader is shown.
        started = _short(direction, baseline, low, high)
        return _short(direction, number, low, high) > started + _slack(low, high, baseline)
    return _short(direction, number, baseline, baseline) > _slack(baseline)


def _slack(*numbers: float) -> float:
    return 1e-9 * max(1.0, *(abs(n) for n in numbers))


def _edges(name: str, given: Edges) -> tuple[float, float]:
    low, high = given if isinstance(given, tuple) else (given, given)
    for edge in (low, high):
        _finite(name, edge)
    if low > high:
        raise ValueError(f"{name}: found a band from {low:g} to {high:g}; wanted the low edge first.")
    return low, high


def _direction(given: Direction) -> Direction:
    # Compared by value, so that an analyst's plain "higher" is not taken for something else.
    for known in (Direction.HIGHER, Direction.LOWER, Direction.BAND):
        if given == known:
            return known
    raise ValueError(f"direction: found {given}; wanted higher, lower or band: nothing else has a better way.")


def _check(value: float, baseline: float, alpha: float, floor: float) -> None:
    for name, number in (("value", value), ("baseline", baseline)):
        _finite(name, number)
    for name, number in (("alpha", alpha), ("floor", floor)):
        if not (number >= 0 and math.isfinite(number)):
            raise ValueError(f"{name}: found {number:g}; wanted a number, 0 or more.")


def _finite(name: str, number: float) -> None:
    if not math.isfinite(number):
        raise ValueError(f"{name}: found {number}; wanted a finite number.")
