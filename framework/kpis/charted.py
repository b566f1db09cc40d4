"""The chart that a series can bear, and the numbers it is drawn from. Source: measurement 3.1, 3.6 and 3.7."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from framework.kpis.kpi import Frequency, Kpi, Measure, TimeNature
from framework.kpis.spc import RuleSet
from framework.periods import Period

LEAST = 5  # values in a stretch from which a chart with limits may be read at all
FULL = 13  # values in a stretch from which its limits are no longer trial


@dataclass(frozen=True)
class Rules:
    """The choices behind the charts, each a setting. The defaults are measurement's, informed by its simulations."""

    rule_set: RuleSet = RuleSet.NHS_MDC
    rare_below: float = 1.5  # mean count below which no limits are drawn
    small_below: float = 4.0  # mean count below which they are drawn with a caution
    least_denominator: int = 30  # below it a share is charted with limits of its own for each period
    steady_within: float = 0.25  # share by which denominators may lie from their mean and count as one size
    strong_season: float = 0.5  # share of the variance that a season explains from which it is said


class ChartKind(StrEnum):
    """The chart that a series can bear."""

    XMR = "XmR chart"
    P_PRIME = "P\N{PRIME} chart"
    U_PRIME = "U\N{PRIME} chart"
    RUN = "run chart"
    FIVE_POINTS = "five-point trend"
    VALUES = "values alone"


class Caution(StrEnum):
    """What to know before reading the chart, the weightiest first."""

    STALE = "out of date"
    RARE = "rare events"
    RUNNING_TOTAL = "running total"
    TRIAL = "trial limits"
    CONSTANT = "constant"
    COLLAPSED = "collapsed ranges"
    LOW_VARIETY = "low variety"
    SMALL_COUNTS = "small counts"
    SEASONAL = "seasonal"
    LEANS = "each value leans on the one before"
    DIFFERENCED = "differences of a running total"
    MISSING = "missing periods"


@dataclass(frozen=True)
class Point:
    """One period of the series, in the order of time. `number` None: missing.

    series  counts the definitions: values of two series are never set beside each other
    group   counts the stretches with limits of their own; a new definition begins one too
    """

    period: Period
    number: float | None
    numerator: int | None = None
    denominator: int | None = None
    group: int = 0
    series: int = 0


def charted(kpi: Kpi, points: Sequence[Point]) -> list[float | None]:
    """The numbers to chart: of a running total of counts or money what each period added, since it restarts each year.

    The first period of a school year added all it holds; a period after a missing one is missing.
    """
    if not adds_up(kpi):
        return [p.number for p in points]
    found: list[float | None] = [p.number if p.period.index == 1 else None for p in points[:1]]
    for before, here in pairwise(points):
        if here.period.index == 1:
            found.append(here.number)
        elif here.number is None or before.number is None or here.period.after(before.period) != 1:
            found.append(None)
        else:
            found.append(here.number - before.number)
    return found


def adds_up(kpi: Kpi) -> bool:
    """Whether values run up through the year and can be taken apart again: a running share cannot."""
    return kpi.time_nature is TimeNature.CUMULATIVE and kpi.measure in (Measure.COUNT, Measure.CURRENCY)


def kind_of(
    kpi: Kpi, points: Sequence[Point], numbers: Sequence[float | None], rules: Rules
) -> tuple[ChartKind, list[Caution]]:
    """The chart that the current stretch can bear, and why not a better one.

    points, numbers  of the current stretch, in the order of time
    """
    known = [n for n in numbers if n is not None]
    if kpi.measure is Measure.MILESTONE or len(known) < LEAST:
        return ChartKind.VALUES, []
    if kpi.time_nature is TimeNature.CUMULATIVE and not adds_up(kpi):
        return ChartKind.VALUES, [Caution.RUNNING_TOTAL]
    if kpi.measure is Measure.COUNT:
        mean = sum(known) / len(known)
        if mean < rules.rare_below:
            return ChartKind.VALUES, [Caution.RARE]
        return ChartKind.XMR, [Caution.SMALL_COUNTS] if mean < rules.small_below else []
    if kpi.measure is Measure.SCORE and len(set(known)) < LEAST:
        return ChartKind.RUN, []
    if kpi.measure not in (Measure.PERCENTAGE, Measure.RATE):
        return ChartKind.XMR, []
    return _of_shares(kpi, points, len(known), rules), []


def _of_shares(kpi: Kpi, points: Sequence[Point], known: int, rules: Rules) -> ChartKind:
    sent = [p for p in points if p.number is not None]
    if any(p.numerator is None or not p.denominator for p in sent):
        return ChartKind.XMR
    if kpi.frequency is Frequency.YEARLY and known < FULL:
        return ChartKind.FIVE_POINTS
    sizes = [p.denominator for p in sent if p.denominator]
    mean = sum(sizes) / len(sizes)
    steady = all(abs(size / mean - 1) < rules.steady_within for size in sizes)
    if min(sizes) >= rules.least_denominator and steady:
        return ChartKind.XMR
    return ChartKind.P_PRIME if kpi.measure is Measure.PERCENTAGE else ChartKind.U_PRIME
