"""What cannot be right in a value, a target or a KPI: one set of rules for the page and for the file.

Each answer names the field, what was found and what was wanted; an empty list means nothing is wrong.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework.kpis.kpi import Direction, Kpi, Level, Measure, State, Symbol
from framework.kpis.words import plain_number

ROUNDING = 0.05  # how far a percentage may lie from its own counts: half of its one decimal

Data = Mapping[str, Any]
# A figure and the two counts it is made of, by the names of their fields.
Figure = tuple[str, str, str]
VALUE: Figure = ("number", "numerator", "denominator")
BASELINE: Figure = ("baseline", "baseline_numerator", "baseline_denominator")


@dataclass(frozen=True)
class Wrong:
    """One thing that cannot be right, at the field to point at."""

    field: str
    found: str
    wanted: str
    missing: bool = False  # nothing was found where something is needed

    def __str__(self) -> str:
        return f"{self.found} cannot be right: wanted {self.wanted}."


def filled_in(measure: Measure | None, per: int | None, data: Data, figure: Figure = VALUE) -> dict[str, Any]:
    """The number that follows from its own two counts where it was not given; empty where nothing follows."""
    name, part, whole = figure
    n, d = data.get(part), data.get(whole)
    if data.get(name) is not None or n is None or not d:
        return {}
    if measure is Measure.PERCENTAGE:
        return {name: 100 * n / d}
    return {name: (per or 1) * n / d} if measure is Measure.RATE else {}


def wrong_value(measure: Measure | None, data: Data) -> list[Wrong]:
    """What cannot be right in a value of a KPI of this measure (fields as in `Value`)."""
    if data.get("number") is None:
        unsaid = data.get("state") in (None, State.REPORTED, State.PROVISIONAL)
        if unsaid and data.get("symbol") in (None, Symbol.LOW, Symbol.UNRELIABLE):
            nothing = _nothing("a number, or a state or symbol that says why there is none")
            return [*_wrong_counts(measure, data, VALUE), nothing]
        return []
    return wrong_figure(measure, data)


def wrong_figure(measure: Measure | None, data: Data, figure: Figure = VALUE) -> list[Wrong]:
    """What cannot be right in a number by itself, and beside the counts it is made of."""
    number = data.get(figure[0])
    alone = [] if number is None else wrong_number(measure, number, figure[0])
    return _wrong_counts(measure, data, figure) or alone


def wrong_number(measure: Measure | None, number: float, field: str = "number") -> list[Wrong]:
    """What this measure can never be."""
    shown = plain_number(number, 4) if math.isfinite(number) else str(number)
    wanted = None
    if not math.isfinite(number):
        wanted = "a number"
    elif measure is Measure.PERCENTAGE and not 0 <= number <= 100:
        wanted = "a number from 0 to 100: the KPI is a percentage"
    elif measure is Measure.COUNT and (number < 0 or not float(number).is_integer()):
        wanted = "a whole number, 0 or more: the KPI is a count"
    elif measure is Measure.RATE and number < 0:
        wanted = "0 or more: the KPI is a rate"
    return [] if wanted is None else [Wrong(field, shown, wanted)]


def _wrong_counts(measure: Measure | None, data: Data, figure: Figure) -> list[Wrong]:
    name, part, whole = figure
    number, n, d = data.get(name), data.get(part), data.get(whole)
    if measure is not Measure.PERCENTAGE or n is None or d is None:
        return []
    if d == 0:
        return [Wrong(whole, "0", "a denominator of 1 or more, or neither count")]
    if n > d:
        return [Wrong(part, f"{n} of {d}", f"a numerator of at most {d}, the denominator")]
    if number is not None and abs(number - 100 * n / d) > ROUNDING + 1e-9:
        fitting = plain_number(100 * n / d, 2)
        return [Wrong(name, plain_number(number, 4), f"{fitting}, which is {n} of {d}, or other counts")]
    return []


def wrong_target(measure: Measure | None, data: Data) -> list[Wrong]:
    """What cannot be right in a target (fields as in `Target`)."""
    number, low, high = data.get("number"), data.get("low"), data.get("high")
    if number is None and (low is None or high is None):
        return [_nothing("a target, or both low and high of a band")]
    edges = [(name, edge) for name, edge in (("number", number), ("low", low), ("high", high)) if edge is not None]
    # A target between two counts is a point on the way, so it need not be whole.
    wrong = [w for name, edge in edges if measure is not Measure.COUNT for w in wrong_number(measure, edge, name)]
    if low is not None and high is not None and low > high:
        wanted = f"a high of at least {plain_number(low, 4)}, the low of the band"
        wrong.append(Wrong("high", plain_number(high, 4), wanted))
    return wrong


def _nothing(wanted: str) -> Wrong:
    return Wrong("number", "nothing", wanted, missing=True)


def wrong_side(kpi: Kpi, number: float) -> Wrong | None:
    """A target on the wrong side of the baseline for the direction; None when it is not. Source: measurement 3.3."""
    b, slack = kpi.baseline, 1e-9
    if b is None or kpi.direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    worse = number < b - slack if kpi.direction is Direction.HIGHER else number > b + slack
    if not worse:
        return None
    better = "above" if kpi.direction is Direction.HIGHER else "below"
    return Wrong("number", plain_number(number, 4), f"a target {better} the baseline of {plain_number(b, 4)}")


def lacking(data: Data) -> Sequence[str]:
    """The facts that a KPI typed in by hand must have (a loaded one may lack them, and then cannot be judged)."""
    needed = ["title", "measure", "frequency", "level", "definition"]
    if data.get("level") is not Level.CONTEXT:
        needed.append("direction")
    return [name for name in needed if data.get(name) in (None, "")]
