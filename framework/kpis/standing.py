"""What a KPI's standing is, and why, in a sentence: one value against its path on a day.

Everything is judged unrounded, with a tolerance of 1e-9 * max(1, |expected|): 0.1 + 0.2 is never "slightly behind".
Source: measurement 3.4 (distance rule, order of standings) and 3.9 (staleness).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from framework.kpis.kpi import Direction, Kpi, Level, State, Symbol, Value
from framework.kpis.path import Path
from framework.kpis.words import apart, with_unit
from framework.periods import Period, day_words

ALPHA = 0.10  # share of the planned change that still counts as slightly behind


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


_FAMILY = {
    Standing.CONTEXT: Family.CONTEXT,
    Standing.HELD: Family.ACHIEVED,
    Standing.ACHIEVED: Family.ACHIEVED,
    Standing.ON_TRACK: Family.ON_TRACK,
    Standing.SLIGHTLY_BEHIND: Family.SLIGHTLY_BEHIND,
    Standing.WORSE_THAN_START: Family.BEHIND,
    Standing.BEHIND: Family.BEHIND,
}
# Better first. A rise or fall between two dates is a move along this line; no verdict is no place on it.
RANK = {Family.ACHIEVED: 3, Family.ON_TRACK: 3, Family.SLIGHTLY_BEHIND: 2, Family.BEHIND: 1}


@dataclass(frozen=True)
class Verdict:
    """A standing with its reason, fit to be read aloud, and the numbers it came from."""

    standing: Standing
    reason: str
    value: Value | None = None
    expected: tuple[float, float] | None = None
    progress: float | None = None  # share of the way from baseline (0) to target (1); may lie outside
    gap: float | None = None  # distance short of the path, in the unit; 0 or less: not short
    tolerance: float | None = None

    @property
    def family(self) -> Family:
        return _FAMILY.get(self.standing, Family.NONE)

    @property
    def judged(self) -> bool:
        return self.family in RANK

    @property
    def good(self) -> bool:
        return self.family in (Family.ACHIEVED, Family.ON_TRACK)


@dataclass(frozen=True)
class Timing:
    """Which period is asked for, when it ended, when its value is due, and when the next one's is (None: not known)."""

    period: Period | None
    ends_on: date | None
    due_on: date | None
    next_due_on: date | None


def standing(
    kpi: Kpi, value: Value | None, path: Path | None, timing: Timing, on: date, *, alpha: float = ALPHA
) -> Verdict:
    """Judge a KPI by its latest value (None: no value yet) against its path, on a day.

    Works the same whether the KPI should rise or fall: everything is a distance in the better direction.
    """
    early = _without_judging(kpi, value, path, timing, on)
    if early is not None:
        return early
    assert value is not None
    assert value.number is not None
    assert path is not None
    assert timing.ends_on is not None
    expected = path.expected(timing.ends_on)
    assert expected is not None
    return _judge(kpi, value, value.number, path, expected, alpha)


def _without_judging(kpi: Kpi, value: Value | None, path: Path | None, timing: Timing, on: date) -> Verdict | None:
    """The standings that need no arithmetic, in the order of the specification; None when the value is to be judged."""
    if kpi.level is Level.CONTEXT:
        return Verdict(Standing.CONTEXT, "Context: the world the trust works in. It is shown and never judged.", value)
    if value is not None and (value.state is State.NOT_APPLICABLE or value.symbol is Symbol.NOT_APPLICABLE):
        return Verdict(Standing.NOT_APPLICABLE, f"Not applicable for {value.period.words}.", value)
    if value is not None and value.symbol is Symbol.SUPPRESSED:
        return Verdict(Standing.HIDDEN, f"Hidden: the count for {value.period.words} is too small to show.", value)
    if value is None or not value.has_number:
        return _missing(value, timing, on)
    if timing.next_due_on is not None and on > timing.next_due_on:
        since = timing.next_due_on
        return Verdict(
            Standing.STALE,
            f"Out of date: the newest value is for {value.period.words}; the next was due by {day_words(since)}.",
            value,
        )
    return _unjudgeable(kpi, value, path, timing)


def _missing(value: Value | None, timing: Timing, on: date) -> Verdict:
    if timing.period is None or timing.due_on is None:
        return Verdict(Standing.NOT_DUE, "Nothing has been due yet.", value)
    words, due = timing.period.words, day_words(timing.due_on)
    if on <= timing.due_on:
        return Verdict(Standing.NOT_DUE, f"Not due yet: the value for {words} is due by {due}.", value)
    if value is not None:
        return Verdict(
            Standing.NOT_REPORTED, f"No figure for {words}: it was sent as {value.symbol or value.state}.", value
        )
    return Verdict(Standing.NOT_REPORTED, f"Not reported: the value for {words} was due by {due}.", value)


def _unjudgeable(kpi: Kpi, value: Value, path: Path | None, timing: Timing) -> Verdict | None:
    lacking = []
    if kpi.direction is None or kpi.direction is Direction.NONE:
        lacking.append("direction")
    if path is not None and path.baseline is None:
        lacking.append("baseline")
    if path is not None and path.baseline_on is None and path.baseline is not None:
        lacking.append("baseline period")
    if timing.ends_on is None:
        lacking.append(f"calendar dates for {value.period.words}")
    if lacking:
        return Verdict(Standing.CANNOT_BE_JUDGED, f"Cannot be judged: no {' and no '.join(lacking)}.", value)
    if path is None:
        return Verdict(Standing.NO_TARGET, f"{_is(kpi, value)} There is no target to judge it by.", value)
    assert timing.ends_on is not None
    assert path.baseline_on is not None
    if timing.ends_on <= path.baseline_on:
        return Verdict(Standing.TOO_EARLY, f"Too early: {value.period.words} is where the plan starts from.", value)
    return None


def _judge(kpi: Kpi, value: Value, number: float, path: Path, expected: tuple[float, float], alpha: float) -> Verdict:
    assert path.baseline is not None
    final, b = path.final, path.baseline
    gap = _short(kpi.direction, number, *expected)
    floor = kpi.floor or 0.0
    hold = kpi.direction is Direction.BAND or _same(final.low, b)
    tolerance = floor if hold else max(alpha * abs(final.low - b), floor)
    slack = 1e-9 * max(1.0, abs(expected[0]), abs(expected[1]))
    if hold and gap <= floor + slack:
        verdict = Standing.HELD
    elif _short(kpi.direction, number, final.low, final.high) <= slack:
        verdict = Standing.ACHIEVED
    elif gap <= slack:
        verdict = Standing.ON_TRACK
    elif gap <= tolerance + slack:
        verdict = Standing.SLIGHTLY_BEHIND
    elif _worse(kpi.direction, number, b, final.low, final.high):
        verdict = Standing.WORSE_THAN_START
    else:
        verdict = Standing.BEHIND
    progress = None if hold else (number - b) / (final.low - b)
    reason = _sentence(kpi, verdict, value, number, path, expected)
    return Verdict(verdict, reason, value, expected, progress, gap, tolerance)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


def _short(direction: Direction | None, number: float, low: float, high: float) -> float:
    """How far the number falls short of what is wanted, in the unit; 0 or less when it does not."""
    if direction is Direction.BAND:
        return max(low - number, number - high, 0.0)
    return low - number if direction is Direction.HIGHER else number - high


def _worse(direction: Direction | None, number: float, b: float, low: float, high: float) -> bool:
    if direction is Direction.BAND:
        return _short(direction, number, low, high) > _short(direction, b, low, high)
    slack = 1e-9 * max(1.0, abs(b))
    return (b - number if direction is Direction.HIGHER else number - b) > slack


def _is(kpi: Kpi, value: Value) -> str:
    assert value.number is not None
    return f"{with_unit(kpi, value.number)} in {value.period.words}."


def _sentence(
    kpi: Kpi, verdict: Standing, value: Value, number: float, path: Path, expected: tuple[float, float]
) -> str:
    """Word, value, what was expected and what is aimed at."""
    final, when = path.final, value.period.words
    low, high = expected
    if kpi.direction is Direction.BAND:
        band = f"{with_unit(kpi, low)} to {with_unit(kpi, high)}"
        return f"{verdict}: {with_unit(kpi, number)} in {when}; it should lie from {band}."
    is_, should = apart(kpi, number, low)
    aim = f"the target is {with_unit(kpi, final.low)} by {day_words(final.on, weekday=False)}"
    if verdict is Standing.HELD:
        return f"{verdict}: {is_} in {when}; it is to be held at {with_unit(kpi, final.low)}."
    if verdict is Standing.ACHIEVED:
        return f"{verdict}: {is_} in {when}; {aim}."
    said = f"{verdict}: {is_} against {should} expected by {when}; {aim}."
    if verdict is Standing.WORSE_THAN_START:
        assert path.baseline is not None
        said += f" It started at {with_unit(kpi, path.baseline)}."
    return said
