"""The two icons of Making Data Count: what the latest point says of change, and what the limits say of the target.

Source: measurement 1 (variation icon, assurance icon) and 3.6.
"""

from enum import StrEnum

from framework.kpis.kpi import Direction
from framework.kpis.special_cause import TOLERANCE, PointType, sign


class Variation(StrEnum):
    COMMON = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether the process meets its target as it runs now: always, never, or now and then by chance."""

    PASS = "pass"
    FAIL = "fail"
    INCONSISTENT = "inconsistent"

    @property
    def assurance_type(self) -> str:
        """NHSRplotthedots' word for it."""
        return self.value if self is Assurance.INCONSISTENT else f"consistent_{self.value}"


_SIDES = {
    Direction.HIGHER: {
        PointType.IMPROVEMENT: Variation.IMPROVEMENT_HIGH,
        PointType.CONCERN: Variation.CONCERN_LOW,
    },
    Direction.LOWER: {
        PointType.IMPROVEMENT: Variation.IMPROVEMENT_LOW,
        PointType.CONCERN: Variation.CONCERN_HIGH,
    },
}
_NEUTRAL = {
    PointType.NEUTRAL_HIGH: Variation.NEUTRAL_HIGH,
    PointType.NEUTRAL_LOW: Variation.NEUTRAL_LOW,
}


def variation(kind: PointType, direction: Direction) -> Variation:
    """The icon of a point. High and low follow the direction: where higher is better, a concern is low."""
    return _SIDES.get(direction, _NEUTRAL).get(kind, Variation.COMMON)


def assurance(
    target: float | None, direction: Direction, low: float, high: float, tolerance: float = 0.0
) -> Assurance | None:
    """Whether limits meet a target. None: no target, or neither way is better. A target on a limit is inconsistent."""
    if target is None or direction not in _SIDES:
        return None
    above, below = target - high > tolerance, low - target > tolerance
    if not above and not below:
        return Assurance.INCONSISTENT
    return Assurance.PASS if above == (direction is Direction.LOWER) else Assurance.FAIL


def assurance_of_constant(target: float | None, direction: Direction, number: float) -> Assurance | None:
    """A series that never moves meets its target or does not; to reach it is to meet it. Source: measurement 3.6.1."""
    if target is None or direction not in _SIDES:
        return None
    way = 1 if direction is Direction.HIGHER else -1
    met = sign(way * (number - target), TOLERANCE * max(1.0, abs(target))) >= 0
    return Assurance.PASS if met else Assurance.FAIL
