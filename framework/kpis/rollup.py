"""How the schools' values become the trust's, and how much of the trust they cover.

Computed from true values, never from standings. Below the least coverage (a setting) the figure is not judged.
Source: measurement 3.8 (the plain part; change over time and funnels come with the statistics).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from framework.kpis.kpi import Aggregation, Direction, Kpi, Measure, Value


@dataclass(frozen=True)
class Rolled:
    """The trust's value of one period, made of its schools'. `value` None: no school has sent a number."""

    value: Value | None
    reported: int  # schools in it
    expected: int  # schools that should be
    covered: float  # share of the weight (pupils; schools where a roll is not known), 0 to 1

    @property
    def words(self) -> str:
        """`6 of 7 schools, 91 % of pupils`."""
        share = f", {round(self.covered * 100)}\N{NO-BREAK SPACE}% of pupils" if self.reported < self.expected else ""
        return f"{self.reported} of {self.expected} schools{share}"


def roll_up(kpi: Kpi, trust: str, values: Sequence[Value], weights: Mapping[str, float]) -> Rolled:
    """The trust's value from its schools' values of one period.

    values   at most one a school, all of the same KPI, period and group
    weights  one entry a school that should report: its pupils, or 1; decides the coverage
    """
    by_age = sorted(values, key=lambda v: v.version)
    sent = [v for v in by_age if v.has_number and v.denominator != 0 and v.place in weights]
    whole = sum(weights.values())
    covered = sum(weights[v.place] for v in sent) / whole if whole else 0.0
    together = _together(kpi, sent) if sent else None
    if together is None:
        return Rolled(None, len(sent), len(weights), covered)
    number, numerator, denominator = together
    value = replace(
        sent[-1], place=trust, number=number, numerator=numerator, denominator=denominator, note=None, corrects=False
    )
    return Rolled(value, len(sent), len(weights), covered)


def _together(kpi: Kpi, sent: Sequence[Value]) -> tuple[float, int | None, int | None] | None:
    """Number, numerator and denominator; None where shares came without what they are shares of."""
    numbers = [v.number for v in sent if v.number is not None]
    how = kpi.aggregation or _usual(kpi.measure)
    if how is Aggregation.WEIGHTED:
        return _weighted(kpi, sent, numbers)
    if how is Aggregation.SUM:
        return sum(numbers), None, None
    if how is Aggregation.WORST:
        worst = max if kpi.direction is Direction.LOWER else min
        return worst(numbers), None, None
    if how in (Aggregation.MAX, Aggregation.MIN):
        return (max if how is Aggregation.MAX else min)(numbers), None, None
    if how is Aggregation.LATEST:
        return numbers[-1], None, None
    return sum(numbers) / len(numbers), None, None


def _weighted(kpi: Kpi, sent: Sequence[Value], numbers: Sequence[float]) -> tuple[float, int | None, int | None] | None:
    below = [v.denominator for v in sent if v.denominator is not None]
    above = [v.numerator for v in sent if v.numerator is not None]
    if len(below) < len(sent):
        return None
    n, d = sum(above), sum(below)
    if len(above) == len(sent):
        scale = 100 if kpi.measure is Measure.PERCENTAGE else (kpi.per or 1)
        return scale * n / d, n, d
    return sum(x * w for x, w in zip(numbers, below, strict=True)) / d, None, d


def _usual(measure: Measure) -> Aggregation:
    if measure in (Measure.PERCENTAGE, Measure.RATE, Measure.AVERAGE):
        return Aggregation.WEIGHTED
    return Aggregation.SUM
