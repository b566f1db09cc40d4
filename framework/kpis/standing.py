"""What a KPI's standing is, and why, in a sentence: one value against its path on a day.

`judge` is the rule by itself, for plain numbers. Source: measurement 3.4 (order of standings), 3.5 and 3.9 (staleness).
"""

from dataclasses import dataclass, replace
from datetime import date

from framework.kpis.chance import interval_of, remark
from framework.kpis.intervals import Interval
from framework.kpis.judging import ALPHA, Family, Judged, Standing, judge, wanted_edge
from framework.kpis.kpi import Direction, Kpi, Level, PathShape, State, Symbol, Value
from framework.kpis.path import Path
from framework.kpis.words import apart, with_unit
from framework.periods import Period, day_words

__all__ = ["ALPHA", "RANK", "Family", "Judged", "Standing", "Timing", "Verdict", "judge", "standing"]

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
    interval: Interval | None = None  # 95 %, in the unit; None: not judged, or the value bears none
    remark: str = ""  # that it cannot be told apart from what it was judged against; empty: it can, or nobody knows

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

    Works the same whether the KPI should rise or fall: everything is a distance in the better direction (`judge`).
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
    if path is not None and timing.ends_on is None:
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
    assert kpi.direction is not None
    assert path.baseline is not None
    final = (path.final.low, path.final.high)
    floor = kpi.floor or 0.0
    found = judge(
        number,
        direction=kpi.direction,
        baseline=path.baseline,
        expected=expected,
        final=final,
        alpha=alpha,
        floor=floor,
    )
    reason = _sentence(kpi, found.standing, value, number, path, expected)
    reached = Verdict(found.standing, reason, value, expected, found.progress, found.gap, found.tolerance)
    interval = interval_of(kpi, value)
    # What is achieved was judged against the last target, whenever that is due.
    by = final if found.standing is Standing.ACHIEVED else expected
    called = _called(kpi, number, path, by)
    return replace(reached, interval=interval, remark=remark(kpi, value, interval, by, called))


def _called(kpi: Kpi, number: float, path: Path, edges: tuple[float, float]) -> str:
    """What a value was judged against, in words: the last target, the start, or a point on the way between them."""
    if edges == (path.final.low, path.final.high):
        return "the target"
    _, low, high = apart(kpi, number, *edges)
    if path.is_band:
        return f"the target on the way, {low} to {high}"
    return f"where it started, {low}" if edges[0] == path.baseline else f"the target on the way, {low}"


def _is(kpi: Kpi, value: Value) -> str:
    assert value.number is not None
    return f"{with_unit(kpi, value.number)} in {value.period.words}."


def _sentence(
    kpi: Kpi, verdict: Standing, value: Value, number: float, path: Path, expected: tuple[float, float]
) -> str:
    """Word, value, what was expected and what is aimed at."""
    when = value.period.words
    if kpi.direction is Direction.BAND:
        is_, low, high = apart(kpi, number, *expected)
        return f"{verdict}: {is_} in {when}; it should lie from {low} to {high}."
    assert path.baseline is not None
    target = wanted_edge(kpi.direction, path.final.low, path.final.high)
    by = day_words(path.final.on, weekday=False)
    if verdict in (Standing.HELD, Standing.ACHIEVED):
        is_, aim = apart(kpi, number, target)
        if verdict is Standing.HELD:
            return f"{verdict}: {is_} in {when}; it is to be held at {aim}."
        return f"{verdict}: {is_} in {when}; the target is {aim} by {by}."
    aim, should = with_unit(kpi, target), wanted_edge(kpi.direction, *expected)
    if path.shape is PathShape.FINAL and expected != (path.final.low, path.final.high):
        is_, start = apart(kpi, number, path.baseline)
        return f"{verdict}: {is_} in {when}; it started at {start}, and the target is {aim} by {by}."
    if verdict is Standing.WORSE_THAN_START:
        is_, due, start = apart(kpi, number, should, path.baseline)
        return f"{verdict}: {is_} against {due} expected by {when}; the target is {aim} by {by}. It started at {start}."
    is_, due = apart(kpi, number, should)
    return f"{verdict}: {is_} against {due} expected by {when}; the target is {aim} by {by}."
