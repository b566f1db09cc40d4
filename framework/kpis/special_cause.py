"""Which points of a control chart show a special cause, by which rule, and whether that is for the better.

Every function takes one stretch of a series: the rows between two rebases, in the order of time. A missing value is
None; it ends a run or a trend and is never bridged. Sides and directions are +1 above or rising, -1 below or falling,
0 neither. `tolerance` is the distance up to which two values are the same one; 0 compares exactly.
Source: measurement 1 (rules and their order, after NHSRplotthedots 0.2.2), 1.1 and 3.6.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Protocol

from framework.kpis.kpi import Direction

TREND_STEPS = 6  # rises (or falls) one after another: seven points
SHIFT_LENGTH = 7  # points one after another on one side of the mean
TOLERANCE = 1e-9  # of 1 or of the largest number compared, as standings are judged (measurement 3.4)


class Cause(StrEnum):
    """Why a point is flagged, in NHSRplotthedots' words, in the order in which the first that applies is taken."""

    COMMON = "Common Cause"
    ABOVE_UCL = "Above UCL"
    BELOW_LCL = "Below LCL"
    TREND_INCREASING = "7 Point Trend (Increasing)"
    TREND_DECREASING = "7 Point Trend (Decreasing)"
    TWO_IN_THREE_ABOVE = "2 in 3 Above CL"
    TWO_IN_THREE_BELOW = "2 in 3 Below CL"
    SHIFT_ABOVE = "7 Points Above CL"
    SHIFT_BELOW = "7 Points Below CL"


class PointType(StrEnum):
    """What a point's cause means in the KPI's direction, in NHSRplotthedots' words."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


_HIGH = frozenset({Cause.ABOVE_UCL, Cause.TREND_INCREASING, Cause.TWO_IN_THREE_ABOVE, Cause.SHIFT_ABOVE})
_HIGH_AND_LOW = {
    Direction.HIGHER: (PointType.IMPROVEMENT, PointType.CONCERN),
    Direction.LOWER: (PointType.CONCERN, PointType.IMPROVEMENT),
    Direction.BAND: (PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW),
    Direction.NONE: (PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW),
}
# What each cause means where that direction is better.
POINT_TYPES: dict[Direction, dict[Cause, PointType]] = {
    direction: {
        cause: PointType.COMMON if cause is Cause.COMMON else high if cause in _HIGH else low for cause in Cause
    }
    for direction, (high, low) in _HIGH_AND_LOW.items()
}


class Judged(Protocol):
    """A point of any control chart."""

    @property
    def position(self) -> int: ...
    @property
    def group(self) -> int: ...
    @property
    def kind(self) -> PointType: ...


def sign(difference: float, tolerance: float = 0.0) -> int:
    return (difference > tolerance) - (difference < -tolerance)


def causes(
    outside: Sequence[bool | None],
    sides: Sequence[int | None],
    trends: Sequence[int],
    two_in_three: Sequence[bool],
    shifts: Sequence[bool],
) -> list[Cause]:
    """The cause of each point: outside its limits, then trend, two in three, shift; the first that applies."""
    found = []
    for out, side, trend, near, shifted in zip(outside, sides, trends, two_in_three, shifts, strict=True):
        high = side == 1
        if out:
            found.append(Cause.ABOVE_UCL if high else Cause.BELOW_LCL)
        elif trend:
            found.append(Cause.TREND_INCREASING if trend == 1 else Cause.TREND_DECREASING)
        elif near:
            found.append(Cause.TWO_IN_THREE_ABOVE if high else Cause.TWO_IN_THREE_BELOW)
        elif shifted:
            found.append(Cause.SHIFT_ABOVE if high else Cause.SHIFT_BELOW)
        else:
            found.append(Cause.COMMON)
    return found


def in_trend(values: Sequence[float | None], tolerance: float = 0.0) -> list[int]:
    """Of each point, the direction of the trend it belongs to: at least six rises, or falls, without a pause.

    A turning point belongs to the trend it ends and to the one it begins, and takes the later one's direction: that
    is where the series has gone since, and the newest point of a series can end a trend but not begin one. So a
    direction never rests on a step outside the trend itself.
    """
    steps = _steps(values, tolerance)
    found = [0] * len(values)
    for first, past in _runs(steps, TREND_STEPS):
        found[first : past + 1] = [steps[first] or 0] * (past + 1 - first)
    return found


def in_trend_as_nhs_r(values: Sequence[float | None]) -> list[int]:
    """As `in_trend`, with the direction that NHSRplotthedots 0.2.2 gives: of the next step where the next row belongs
    to a trend as well, else of the step before; and whatever does not rise falls. Two rises joined by a tie thus make
    the point before the tie "Decreasing" (measurement 4.1).
    """
    steps = _steps(values, 0.0)
    members = in_trend(values)
    found = [0] * len(values)
    for n, member in enumerate(members):
        if member:
            step = steps[n] if n + 1 < len(members) and members[n + 1] else steps[n - 1]
            found[n] = 1 if step == 1 else -1
    return found


def in_two_of_three(beyond: Sequence[bool | None], sides: Sequence[int | None]) -> list[bool]:
    """Which of the points `beyond` two sigma have another of them within three points, all three on one side."""
    found = [False] * len(beyond)
    for n in range(len(beyond) - 2):
        if sides[n] and sides[n] == sides[n + 1] == sides[n + 2]:
            window = [m for m in (n, n + 1, n + 2) if beyond[m]]
            if len(window) >= 2:
                for m in window:
                    found[m] = True
    return found


def in_shift(sides: Sequence[int | None]) -> list[bool]:
    """Which points lie in a run of at least seven on one side of the mean. A point on the mean ends a run."""
    found = [False] * len(sides)
    for first, past in _runs(sides, SHIFT_LENGTH):
        found[first:past] = [True] * (past - first)
    return found


def begins(points: Sequence[Judged], latest: Judged | None) -> int | None:
    """The position at which the unbroken run of points flagged as the latest one is began; None: it is not flagged.

    The run stays in the latest point's own group, and one flagged the other way ends it: a rise above the mean that
    follows months below it did not begin with those months.
    """
    if latest is None or latest.kind is PointType.COMMON:
        return None
    first = latest.position
    while first > 0 and points[first - 1].kind is latest.kind and points[first - 1].group == latest.group:
        first -= 1
    return first


def _steps(values: Sequence[float | None], tolerance: float) -> list[int | None]:
    """Where each step from one value to the next goes; None beside a missing value."""
    return [None if a is None or b is None else sign(b - a, tolerance) for a, b in pairwise(values)]


def _runs(signs: Sequence[int | None], least: int) -> list[tuple[int, int]]:
    """Where at least so many equal signs follow one another, as (first, past the last). 0 and None belong to none."""
    found = []
    first = 0
    for way, run in groupby(signs):
        past = first + len(list(run))
        if way and past - first >= least:
            found.append((first, past))
        first = past
    return found
