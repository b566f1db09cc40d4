"""How a verdict was reached, in plain sentences with its numbers, and what pace the target asks for."""

from framework.kpis.chance import chance_words
from framework.kpis.forecast import pace as pace_of
from framework.kpis.judging import wanted_edge
from framework.kpis.kpi import Direction, Kpi, Measure, PathShape
from framework.kpis.path import Path
from framework.kpis.standing import Standing, Verdict
from framework.kpis.words import MINUS, NBSP, plain_number, with_unit
from framework.periods import Period, PeriodKind, day_words

_EACH = {
    PeriodKind.HALF_TERM: "half-term",
    PeriodKind.TERM: "term",
    PeriodKind.QUARTER: "quarter",
    PeriodKind.MONTH: "month",
    PeriodKind.WEEK: "week",
    PeriodKind.YEAR: "year",
}
_SHAPES = {
    PathShape.LINE: "The path runs straight between its dated targets.",
    PathShape.STEPS: "The path goes in steps: each target holds from its own day, and until the first the start does.",
    PathShape.FINAL: "Only the last target counts: until its day the value need only be no worse than the start.",
}


def distance_words(kpi: Kpi, number: float, decimals: int = 2) -> str:
    """How far two values lie apart: points for a percentage, else the KPI's unit."""
    if (kpi.unit or "").startswith("of "):  # a share of something, as in "7 of 8": the distance is a plain number
        return plain_number(number, decimals)
    if kpi.measure is not Measure.PERCENTAGE:
        return with_unit(kpi, number, decimals)
    words = plain_number(number, decimals)
    return f"{words}{NBSP}point{'' if words == '1' else 's'}"


def change_words(kpi: Kpi, number: float) -> str:
    """A difference to one decimal, or to a second where the first would hide that there is one."""
    short = distance_words(kpi, number, 1)
    return distance_words(kpi, number) if is_nought(short) else short


def is_nought(words: str) -> bool:
    """Whether a number in words reads as nought, whatever its sign and unit."""
    return words.split(NBSP)[0].lstrip(f"{MINUS}£") == "0"


def how_judged(kpi: Kpi, reached: Verdict, way: Path | None, *, alpha: float) -> list[str]:
    """The rule with its numbers, one step a sentence. Where nothing was judged: why, and what would be needed."""
    if not reached.judged or way is None or reached.expected is None or reached.value is None:
        return [reached.reason, *_unjudged(reached)]
    assert reached.value.number is not None
    assert reached.gap is not None
    assert reached.tolerance is not None
    said = [_band(kpi, reached)] if kpi.direction is Direction.BAND else _way(kpi, reached, way)
    said += [_gap(kpi, reached), _tolerance(kpi, reached, way, alpha)]
    if reached.standing is Standing.ACHIEVED:
        said.append("It has met its last target already, so it counts as achieved.")
    if reached.standing is Standing.WORSE_THAN_START:
        said.append("It lies on the wrong side of where it started, so it counts as worse than at the start.")
    if reached.interval is not None:
        words = chance_words(kpi, reached.value, reached.interval)
        told = "which cannot be told apart from" if reached.remark else "which leaves out"
        said.append(f"{words[0].upper()}{words[1:]} (95{NBSP}%, {reached.interval.method}), {told} what was expected.")
    return said


def _way(kpi: Kpi, reached: Verdict, way: Path) -> list[str]:
    """Start, target and what was expected of the value's period."""
    assert way.baseline is not None
    assert way.baseline_on is not None
    assert reached.value is not None
    assert reached.value.number is not None
    assert reached.expected is not None
    start, final, value = way.baseline, _target(kpi, way), with_unit(kpi, reached.value.number, 2)
    began, ends = (day_words(day, weekday=False) for day in (way.baseline_on, way.final.on))
    if _hold(kpi, way):
        return [
            f"It started at {with_unit(kpi, start)} on {began} and is to be held there. {_better(kpi)} It is {value}."
        ]
    return [
        f"It started at {with_unit(kpi, start)} on {began} and is to reach {with_unit(kpi, final)} by {ends}. "
        f"{_better(kpi)}",
        f"{_SHAPES[way.shape]} At the end of {reached.value.period.words} it stands at "
        f"{with_unit(kpi, wanted_edge(kpi.direction, *reached.expected), 2)}; the value is {value}.",
    ]


def _target(kpi: Kpi, way: Path) -> float:
    return wanted_edge(kpi.direction, way.final.low, way.final.high)


def _hold(kpi: Kpi, way: Path) -> bool:
    """Whether the plan is to stay where it is: a band, or a target no other than the baseline."""
    target = _target(kpi, way)
    at_start = way.baseline is not None and abs(target - way.baseline) <= 1e-9 * max(1.0, abs(target))
    return kpi.direction is Direction.BAND or at_start


def _better(kpi: Kpi) -> str:
    return "Lower is better." if kpi.direction is Direction.LOWER else "Higher is better."


def _band(kpi: Kpi, reached: Verdict) -> str:
    assert reached.expected is not None
    assert reached.value is not None
    assert reached.value.number is not None
    low, high = (with_unit(kpi, edge, 2) for edge in reached.expected)
    return (
        f"It should lie from {low} to {high}, both included. "
        f"The value for {reached.value.period.words} is {with_unit(kpi, reached.value.number, 2)}."
    )


def _gap(kpi: Kpi, reached: Verdict) -> str:
    assert reached.gap is not None
    if abs(reached.gap) <= 1e-9:
        return "It is exactly where it should be." if kpi.direction is not Direction.BAND else "It lies inside."
    side = "short of" if reached.gap > 0 else "better than"
    what = "the nearest edge" if kpi.direction is Direction.BAND else "the path"
    return f"That is {distance_words(kpi, abs(reached.gap))} {side} {what}."


def _tolerance(kpi: Kpi, reached: Verdict, way: Path, alpha: float) -> str:
    assert reached.tolerance is not None
    room, floor = distance_words(kpi, reached.tolerance), distance_words(kpi, kpi.floor or 0.0)
    if _hold(kpi, way):
        return f"Up to {room} outside still counts as held: the smallest difference that means anything for this KPI."
    assert way.baseline is not None
    share, planned = plain_number(alpha * 100), distance_words(kpi, abs(_target(kpi, way) - way.baseline))
    return (
        f"On track means on the path or better. Up to {room} short counts as slightly behind: the larger of "
        f"{share}{NBSP}% of the planned change ({planned}) and the smallest difference that means anything ({floor}). "
        f"Further short is behind."
    )


def _unjudged(reached: Verdict) -> list[str]:
    if reached.standing is Standing.CONTEXT:
        return []
    return [
        "A KPI is judged when it has a direction, a baseline with its period, a target, and a value that is up to date."
    ]


_NO_PACE = frozenset({Standing.CONTEXT, Standing.NOT_APPLICABLE, Standing.HIDDEN, Standing.ACHIEVED, Standing.HELD})


def pace(kpi: Kpi, reached: Verdict, way: Path | None, start: Period | None, end: Period | None) -> list[str]:
    """The pace the target needs beside the pace so far, wherever a target lies ahead of a number; else nothing.

    start, end  the baseline's period and the last target's. Source: measurement 3.10, first rule.
    """
    value = reached.value
    if value is None or value.number is None or way is None or end is None or reached.standing in _NO_PACE:
        return []
    left = end.after(value.period)
    if left <= 0 or kpi.direction not in (Direction.HIGHER, Direction.LOWER):
        return []
    gone = 0 if start is None or way.baseline is None else value.period.after(start)
    changes = [(value.number - way.baseline) / gone] if gone > 0 and way.baseline is not None else []
    found, each = pace_of(value.number, _target(kpi, way), left, changes), _EACH[kpi.frequency.kind]
    periods = f"the {left} left" if left > 1 else "the one left"
    said = [] if found.needed is None else [f"Needed: {_each(kpi, found.needed)} each {each} for {periods}."]
    if found.so_far is not None and start is not None:
        said.append(f"So far: {_each(kpi, found.so_far)} each {each} since {start.words}.")
    return said


def _each(kpi: Kpi, change: float) -> str:
    if abs(change) < 0.005:
        return "hardly any change"
    return f"{distance_words(kpi, abs(change))} {'lower' if change < 0 else 'higher'}"
