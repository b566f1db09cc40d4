"""What cannot be right in a value, a target or a KPI: one set of rules for the page and for the file.

Each answer names the field, what was found and what was wanted; an empty list means nothing is wrong.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from framework.kpis.kpi import Counted, Direction, Frequency, Kpi, Level, Measure, State, Symbol
from framework.kpis.words import NBSP, plain_number
from framework.periods import Period, day_words

ROUNDING = 0.05  # how far a percentage may lie from its own counts: half of its one decimal
SHARE_ABOVE = 1.5  # a KPI whose values mostly lie above it is not held as shares of 1
SHARE_APART = 20  # how many times as large they are from which a number below 1 is taken for a share of 1
BOARD_SET_MOST = 12  # KPIs of one version that a board can read

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
    return [*wrong_figure(measure, data), *_wrong_sd(data.get("sd"))]


def wrong_figure(measure: Measure | None, data: Data, figure: Figure = VALUE) -> list[Wrong]:
    """What cannot be right in a number by itself, and beside the counts it is made of."""
    number = data.get(figure[0])
    alone = [] if number is None else wrong_number(measure, number, figure[0])
    return _wrong_counts(measure, data, figure) or alone


def wrong_number(measure: Measure | None, number: float, field: str = "number") -> list[Wrong]:
    """What this measure can never be."""
    wanted = None
    if not math.isfinite(number):
        wanted = "a number"
    elif measure is Measure.PERCENTAGE and not 0 <= number <= 100:
        wanted = "a number from 0 to 100: the KPI is a percentage"
    elif measure is Measure.COUNT and (number < 0 or not float(number).is_integer()):
        wanted = "a whole number, 0 or more: the KPI is a count"
    elif measure is Measure.RATE and number < 0:
        wanted = "0 or more: the KPI is a rate"
    elif measure is Measure.MILESTONE and number not in (0, 1):
        wanted = "1 when it is done, or 0 while it is not: the KPI is a milestone"
    if wanted is None:
        return []
    return [Wrong(field, plain_number(number, 4) if math.isfinite(number) else str(number), wanted)]


def _wrong_sd(sd: float | None) -> list[Wrong]:
    if sd is None or (sd >= 0 and math.isfinite(sd)):
        return []
    return [Wrong("sd", plain_number(sd, 4) if math.isfinite(sd) else str(sd), "a standard deviation of 0 or more")]


def _wrong_counts(measure: Measure | None, data: Data, figure: Figure) -> list[Wrong]:
    name, part, whole = figure
    number, n, d = data.get(name), data.get(part), data.get(whole)
    counts = [(field, count) for field, count in ((part, n), (whole, d)) if count is not None]
    if negative := [Wrong(field, plain_number(c), "0 or more: it is a count") for field, c in counts if c < 0]:
        return negative
    if measure not in (Measure.PERCENTAGE, Measure.RATE) or n is None or d is None:
        return []
    if d == 0:
        return [Wrong(whole, "0", "a denominator of 1 or more, or neither count")]
    if measure is Measure.RATE:
        return []
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
    wrong = [w for name, edge in edges for w in _wrong_aim(measure, edge, name)]
    if low is not None and high is not None and low > high:
        wanted = f"a high of at least {plain_number(low, 4)}, the low of the band"
        wrong.append(Wrong("high", plain_number(high, 4), wanted))
    return wrong


def _wrong_aim(measure: Measure | None, number: float, field: str) -> list[Wrong]:
    # A target between two counts is a point on the way, so it need not be whole; a trust's milestones are counted.
    if measure not in (Measure.COUNT, Measure.MILESTONE):
        return wrong_number(measure, number, field)
    wanted = "0 or more: the KPI is a count" if measure is Measure.COUNT else "0 or more: so many have it done"
    return [Wrong(field, plain_number(number, 4), wanted)] if number < 0 else wrong_number(None, number, field)


def _nothing(wanted: str) -> Wrong:
    return Wrong("number", "nothing", wanted, missing=True)


def wrong_side(kpi: Kpi, number: float) -> Wrong | None:
    """A target on the wrong side of the baseline for the direction; None when it is not. Source: measurement 3.3."""
    return wrong_way(kpi.direction, kpi.baseline, number)


def wrong_way(direction: Direction | None, baseline: float | None, number: float) -> Wrong | None:
    """The same for a KPI that is yet to be. Never wrong where baseline or direction is missing."""
    b, slack = baseline, 1e-9
    if b is None or direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    worse = number < b - slack if direction is Direction.HIGHER else number > b + slack
    if not worse:
        return None
    better = "above" if direction is Direction.HIGHER else "below"
    return Wrong("number", plain_number(number, 4), f"a target {better} the baseline of {plain_number(b, 4)}")


def other_scale(measure: Measure | None, data: Data, others: Sequence[float]) -> Wrong | None:
    """A percentage given as a share of 1, such as 0.94 where the KPI's other values lie about 95; None when it is not.

    Two counts that make the number prove it right, however small it is.
    """
    number = data.get("number")
    if measure is not Measure.PERCENTAGE or number is None or not 0 < number < 1 or not others:
        return None
    if data.get("numerator") is not None and data.get("denominator") is not None:
        return None
    about = median(others)
    if about <= SHARE_ABOVE or about <= SHARE_APART * number:
        return None
    found, whole = plain_number(number, 4), plain_number(100 * number, 2)
    wanted = f"the same scale as its other values (about {plain_number(about)}), such as {whole}"
    return Wrong("number", found, f"{wanted}, or the two counts that make it {found}")


_NO_NUMBER: dict[Any, str] = {
    State.NOT_APPLICABLE: "not applicable",
    State.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.SUPPRESSED: "suppressed",
}


def number_beside_none(data: Data) -> Wrong | None:
    """A number beside a word that says there is none, or one too small to show: everyone would be shown it."""
    word, number = _NO_NUMBER.get(data.get("state")) or _NO_NUMBER.get(data.get("symbol")), data.get("number")
    if word is None or number is None:
        return None
    wanted = f"no number beside {word}, which says that there is none to show, or the number without the word"
    return Wrong("number", plain_number(number, 2), wanted)


def other_kind(frequency: Frequency | None, period: Period | None) -> Wrong | None:
    """A period of another length than the KPI is measured by; None when it fits, or one of them is unknown."""
    if frequency is None or period is None or period.kind is frequency.kind:
        return None
    return Wrong("period", period.words, f"the period of a {frequency} KPI, as it is measured")


def not_ours(
    name: str, joined_on: date | None, left_on: date | None, begins_on: date | None, ends_on: date | None
) -> Wrong | None:
    """A value of a period in which the school was no part of the trust; None when it was, or the dates are unknown."""
    if joined_on is not None and ends_on is not None and ends_on < joined_on:
        return Wrong("period", _span(begins_on, ends_on), _member(name, f"joined the trust on {_day(joined_on)}"))
    if left_on is not None and begins_on is not None and left_on < begins_on:
        return Wrong("period", _span(begins_on, ends_on), _member(name, f"left the trust on {_day(left_on)}"))
    return None


def _member(name: str, what: str) -> str:
    return f"a period in which {name} was part of the trust: it {what}"


def _span(begins_on: date | None, ends_on: date | None) -> str:
    return " to ".join(_day(day) for day in (begins_on, ends_on) if day is not None)


def _day(day: date) -> str:
    return day_words(day, weekday=False).replace(NBSP, " ")  # these words leave the page, in a list of cells to mend


def typed_in(code: str, counted: Counted | None) -> Wrong | None:
    """A value of a KPI that the app counts itself; None where it is reported."""
    if counted is None:
        return None
    return Wrong("kpi", code, f"a KPI whose values are reported: the app counts {counted} for {code} itself")


def too_many_pinned(count: int) -> Wrong | None:
    """One KPI too many in the board set of a version, `count` with it; None while the board can read them."""
    if count <= BOARD_SET_MOST:
        return None
    wanted = f"at most {BOARD_SET_MOST} KPIs in the board set of a version, of which this would be number {count}"
    return Wrong("board_set", "yes", wanted)


def lacking(data: Data) -> Sequence[str]:
    """The facts that a KPI typed in by hand must have (a loaded one may lack them, and then cannot be judged)."""
    needed = ["title", "measure", "frequency", "level", "definition"]
    if data.get("level") is not Level.CONTEXT:
        needed.append("direction")
    return [name for name in needed if data.get(name) in (None, "")]
