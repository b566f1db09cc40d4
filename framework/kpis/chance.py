"""How far chance alone may move one value of a KPI, and whether it can be told apart from what it was judged against.

A remark beside a standing, never in place of it. Source: measurement 3.1 (which interval) and 3.5 (the remark).
"""

from framework.kpis.intervals import Interval, mean_interval, rate_interval, wilson
from framework.kpis.kpi import Direction, Kpi, Measure, Value
from framework.kpis.words import apart, plain_number


def interval_of(kpi: Kpi, value: Value) -> Interval | None:
    """The 95 % interval of a value in the KPI's unit; None where nobody can know it.

    Wilson's for a percentage, exact or Byar's for a rate, Student's t for an average. None where the measure has
    none, where the value came without its counts (an average: without its standard deviation, or of fewer than 2),
    and where its counts cannot be right.
    """
    x, n = value.numerator, value.denominator
    if not value.has_number or value.number is None or n is None or n <= 0:
        return None
    if kpi.measure is Measure.PERCENTAGE and x is not None and 0 <= x <= n:
        return wilson(x, n, multiplier=100)
    if kpi.measure is Measure.RATE and x is not None and x >= 0:
        return rate_interval(x, n, multiplier=kpi.per or 1)
    if kpi.measure is Measure.AVERAGE and value.sd is not None and n >= 2:
        return mean_interval(value.number, value.sd, n)
    return None


def told_apart(direction: Direction | None, number: float, interval: Interval, low: float, high: float) -> bool:
    """Whether chance alone leaves a value on its side of what it was judged against (the edges of a band).

    A band holds it or not: chance must be able neither to take it out of the band nor into it.
    """
    if direction is Direction.BAND:
        if low <= number <= high:
            return low <= interval.low and interval.high <= high
        return interval.high < low or interval.low > high
    return not interval.holds(high if direction is Direction.LOWER else low)


def remark(kpi: Kpi, value: Value, interval: Interval | None, edges: tuple[float, float], called: str) -> str:
    """That a value cannot be told apart from what it was judged against; empty where it can, or nobody knows.

    edges   what it was judged against; equal where that is one number
    called  what that is: `the target`
    """
    if interval is None or value.number is None or told_apart(kpi.direction, value.number, interval, *edges):
        return ""
    return f"It cannot be told apart from {called}: {chance_words(kpi, value, interval)}."


def chance_words(kpi: Kpi, value: Value, interval: Interval) -> str:
    """`with 164 counted, chance alone puts the true figure anywhere from 19.8 % to 29.4 %`."""
    low, high = apart(kpi, interval.low, interval.high)
    counted = plain_number(value.denominator or 0)
    return f"with {counted} counted, chance alone puts the true figure anywhere from {low} to {high}"
