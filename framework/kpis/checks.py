"""What cannot be right in a value, a target or a KPI: one set of rules for the page and for the file.

Each answer names the field, what was found and what was wanted; an empty list means nothing is wrong.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework.kpis.kpi import Direction, Kpi, Level, Measure, State, Symbol
from framework.kpis.words import plain_number

APART = 0.05  # a percentage and its own numerator over denominator may differ by rounding, not by more


@dataclass(frozen=True)
class Wrong:
    """One thing that cannot be right."""

    field: str
    found: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.found} cannot be right: wanted {self.wanted}."


def percentage(numerator: int, denominator: int) -> float:
    return 100 * numerator / denominator


def whole_value(kpi: Kpi, data: Mapping[str, Any]) -> dict[str, Any]:
    """The value with its number worked out where only numerator and denominator were given."""
    n, d = data.get("numerator"), data.get("denominator")
    if data.get("number") is not None or n is None or d is None or d == 0:
        return dict(data)
    if kpi.measure is Measure.PERCENTAGE:
        return {**data, "number": percentage(n, d)}
    return {**data, "number": (kpi.per or 1) * n / d} if kpi.measure is Measure.RATE else dict(data)


def wrong_value(kpi: Kpi, data: Mapping[str, Any]) -> list[Wrong]:
    """What cannot be right in a value of this KPI (fields as in `Value`)."""
    number, n, d = data.get("number"), data.get("numerator"), data.get("denominator")
    reported = data.get("state") in (None, State.REPORTED, State.PROVISIONAL)
    if number is None and reported and data.get("symbol") in (None, Symbol.LOW, Symbol.UNRELIABLE):
        return [Wrong("number", "nothing", "a number, or a state or symbol that says why there is none")]
    if number is None:
        return []
    if not math.isfinite(number):
        return [Wrong("number", str(number), "a number")]
    return [*_wrong_number(kpi, number), *_wrong_parts(kpi, number, n, d)]


def _wrong_number(kpi: Kpi, number: float) -> list[Wrong]:
    shown = plain_number(number, 4)
    if kpi.measure is Measure.PERCENTAGE and not 0 <= number <= 100:
        return [Wrong("number", shown, f"a percentage from 0 to 100, since {kpi.code} is a percentage")]
    if kpi.measure is Measure.COUNT and (number < 0 or not float(number).is_integer()):
        return [Wrong("number", shown, f"a whole number, 0 or more, since {kpi.code} is a count")]
    if kpi.measure is Measure.RATE and number < 0:
        return [Wrong("number", shown, f"0 or more, since {kpi.code} is a rate")]
    return []


def _wrong_parts(kpi: Kpi, number: float, n: int | None, d: int | None) -> list[Wrong]:
    if kpi.measure is not Measure.PERCENTAGE or n is None or d is None:
        return []
    if d == 0:
        return [Wrong("denominator", "0", "more than 0, or no denominator at all")]
    if n > d:
        return [Wrong("numerator", f"{n} of {d}", "a numerator no larger than its denominator")]
    if abs(number - percentage(n, d)) > APART:
        return [Wrong("number", plain_number(number, 4), f"{plain_number(percentage(n, d), 2)}, which is {n} of {d}")]
    return []


def wrong_target(data: Mapping[str, Any]) -> list[Wrong]:
    """What cannot be right in a target (fields as in `Target`)."""
    number, low, high = data.get("number"), data.get("low"), data.get("high")
    if number is None and (low is None or high is None):
        return [Wrong("number", "nothing", "a target, or both low and high of a band")]
    if low is not None and high is not None and low > high:
        return [Wrong("low", plain_number(low, 4), f"a low edge no higher than the high one, {plain_number(high, 4)}")]
    return []


def wrong_side(kpi: Kpi, number: float) -> Wrong | None:
    """A target on the wrong side of the baseline for the KPI's direction; None when it is not."""
    b, slack = kpi.baseline, 1e-9
    if b is None or kpi.direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    worse = number < b - slack if kpi.direction is Direction.HIGHER else number > b + slack
    better = "above" if kpi.direction is Direction.HIGHER else "below"
    return (
        Wrong("number", plain_number(number, 4), f"a target {better} the baseline of {plain_number(b, 4)}")
        if worse
        else None
    )


def lacking(data: Mapping[str, Any]) -> Sequence[str]:
    """The facts that a KPI typed in by hand must have (a loaded one may lack them, and then cannot be judged)."""
    needed = ["title", "measure", "frequency", "level", "definition"]
    if data.get("level") is not Level.CONTEXT:
        needed.append("direction")
    return [name for name in needed if data.get(name) in (None, "")]
