"""How far chance alone may move a figure: confidence intervals, and a comparison with a benchmark that heeds them.

Source: measurement 2 and 3.1; R package PHEindicatormethods (utils.R, Proportions.R, Rates.R, Means.R), to 1e-8.

Every interval holds both its edges. A figure and its interval stand on the scale that `multiplier` gives: 1 for
shares, 100 for percentages, the KPI's `per` for rates. Numerators need not be whole: weighted counts are not.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scipy.special import gammainccinv, gammaincinv, ndtri, stdtrit  # type: ignore[import-untyped]

from framework.kpis.kpi import Direction

BYAR_FROM = 10  # events; below it Byar's formula is too rough and the exact limits are taken. Source: phe_rate


class Method(StrEnum):
    """How an interval was worked out, in the words of PHEindicatormethods where it has some."""

    WILSON = "Wilson"
    EXACT = "Exact"
    BYAR = "Byars"
    T = "Student's t"
    NEWCOMBE = "Newcombe"


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float
    method: str  # a `Method`

    def holds(self, x: float) -> bool:
        """Whether chance could account for `x`. Touching an edge counts as inside."""
        return self.low <= x <= self.high

    def times(self, factor: float) -> "Interval":
        """The same interval on another scale; `factor` is above 0."""
        return Interval(self.low * factor, self.high * factor, self.method)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the two intervals that Public Health England publishes: 95 % and 99.8 %."""

    value: float
    interval95: Interval
    interval998: Interval


def wilson(x: float, n: float, *, confidence: float = 0.95, multiplier: float = 1.0) -> Interval:
    """Interval of a proportion: `x` of `n`. Exactly 0 below when x is 0, exactly the whole above when x is n.

    (2x + z^2 -/+ z * sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)). Source: Wilson 1927, J. Am. Stat. Assoc. 22:209.
    Raises ValueError where x is negative or above n, or n is not above 0.
    """
    _check(x, n)
    if x > n:
        raise ValueError(f"numerators must be <= denominators; found {x:g} of {n:g}.")
    z = normal_multiplier(confidence)
    middle, spread = 2 * x + z * z, z * math.sqrt(z * z + 4 * x * (1 - x / n))
    below = 2 * (n + z * z)
    # At the ends the formula gives 0 and 1 but for rounding, which would leave "none at all" outside its interval.
    low = 0.0 if x == 0 else (middle - spread) / below
    high = 1.0 if x == n else (middle + spread) / below
    return Interval(low, high, Method.WILSON).times(_scale(multiplier))


def byar(x: float, *, confidence: float = 0.95) -> Interval:
    """Interval of a count by Byar's formula whatever its size; `count_interval` takes it from 10 events on.

    Lower x(1 - 1/(9x) - z/(3 sqrt x))^3; upper the same of x + 1 with a plus sign.
    Source: Breslow & Day 1987, Statistical Methods in Cancer Research II.
    Raises ValueError where the formula has no lower limit (its base is negative: at 95 % below 0.63 events, at
    99.8 % below 1.28; PHEindicatormethods gives a missing value there).
    """
    _check(x, 1)
    z = normal_multiplier(confidence)
    base = 1 - 1 / (9 * x) - z / (3 * math.sqrt(x)) if x > 0 else -math.inf
    if base < 0:
        raise ValueError(f"Byar's formula has no lower limit for {x:g} events; take the exact limits.")
    more = x + 1
    return Interval(x * base**3, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3, Method.BYAR)


def exact(x: float, *, confidence: float = 0.95) -> Interval:
    """Interval of a count from the Poisson distribution: chi2(a/2; 2x)/2 and chi2(1 - a/2; 2x + 2)/2, 0 below at 0.

    Source: Armitage & Berry 2002, Statistical Methods in Medical Research. Half a chi-squared quantile of 2k degrees
    of freedom is the gamma quantile of shape k, which is what is computed.
    """
    _check(x, 1)
    tail = _tail(confidence)
    low = 0.0 if x == 0 else float(gammaincinv(x, tail))
    return Interval(low, float(gammainccinv(x + 1, tail)), Method.EXACT)


def count_interval(x: float, *, confidence: float = 0.95) -> Interval:
    """Interval of a count of events: exact below 10, Byar's from 10 on."""
    return exact(x, confidence=confidence) if x < BYAR_FROM else byar(x, confidence=confidence)


def rate_interval(x: float, n: float, *, confidence: float = 0.95, multiplier: float = 1.0) -> Interval:
    """Interval of a rate: `x` events for `n`; x may exceed n. Raises ValueError where x < 0 or n <= 0.

    Events must be independent: repeat suspensions of one pupil make it too narrow (PHEindicatormethods issue 94).
    """
    _check(x, n)
    return count_interval(x, confidence=confidence).times(_scale(multiplier) / n)


def mean_interval(mean: float, sd: float, n: int, *, confidence: float = 0.95) -> Interval:
    """Interval of a mean of `n` numbers with sample standard deviation `sd`: mean -/+ t(n - 1) * sd / sqrt(n).

    Raises ValueError below 2 numbers, of which no spread is known.
    """
    if n < 2:
        raise ValueError(f"A mean has an interval from 2 numbers on; found {n}.")
    if not (math.isfinite(mean) and math.isfinite(sd) and sd >= 0):
        raise ValueError(f"wanted a mean and a standard deviation of 0 or more; found {mean:g} and {sd:g}.")
    half = t_multiplier(confidence, n - 1) * sd / math.sqrt(n)
    return Interval(mean - half, mean + half, Method.T)


def proportion(x: float, n: float, *, multiplier: float = 1.0) -> Estimate:
    """`x` of `n` with its Wilson intervals. Refuses what `wilson` refuses."""
    return _estimate(wilson, x, n, multiplier)


def rate(x: float, n: float, *, multiplier: float = 1.0) -> Estimate:
    """`x` events for `n` with exact (below 10 events) or Byar's intervals. Refuses what `rate_interval` refuses."""
    return _estimate(rate_interval, x, n, multiplier)


def mean(values: Sequence[float]) -> Estimate:
    """The mean of at least 2 numbers with its t intervals; their spread is the sample standard deviation (n - 1)."""
    n = len(values)
    if n < 2:
        raise ValueError(f"A mean has an interval from 2 numbers on; found {n}.")
    centre = math.fsum(values) / n
    sd = math.sqrt(math.fsum((v - centre) ** 2 for v in values) / (n - 1))
    return Estimate(centre, mean_interval(centre, sd, n), mean_interval(centre, sd, n, confidence=0.998))


def together(parts: Iterable[tuple[float, float]], *, multiplier: float) -> Estimate:
    """The proportion of several (x, n) taken together: sum of x over sum of n. Each part is checked by itself."""
    parts = tuple(parts)
    for x, n in parts:
        wilson(x, n)
    return proportion(sum(x for x, _ in parts), sum(n for _, n in parts), multiplier=multiplier)


class Comparison(StrEnum):
    """A value beside a benchmark. Better and worse need a direction; without one it is higher or lower."""

    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"
    NOT_COMPARED = "not compared"


def against_benchmark(
    value: float | None, interval: Interval | None, benchmark: float | None, direction: Direction | None
) -> Comparison:
    """Whether a value differs from a benchmark by more than chance: only where its interval leaves the benchmark out.

    Touching is similar. Not compared without a value, an interval or a benchmark. A band, or no direction, has no
    better side. Source: FingertipsNext, BenchmarkComparisonEngine.cs.
    """
    if value is None or interval is None or benchmark is None:
        return Comparison.NOT_COMPARED
    if interval.holds(benchmark):
        return Comparison.SIMILAR
    higher = interval.low > benchmark
    if direction not in (Direction.HIGHER, Direction.LOWER):
        return Comparison.HIGHER if higher else Comparison.LOWER
    return Comparison.BETTER if higher == (direction is Direction.HIGHER) else Comparison.WORSE


@lru_cache(maxsize=64)
def normal_multiplier(confidence: float) -> float:
    """Standard errors on either side of the middle that hold this share of a normal distribution: 1.96 for 0.95."""
    return -float(ndtri(_tail(confidence)))


@lru_cache(maxsize=512)
def t_multiplier(confidence: float, freedom: int) -> float:
    """The same of Student's t with `freedom` degrees of freedom: 12.7 for 0.95 and 1."""
    return -float(stdtrit(freedom, _tail(confidence)))


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"wanted a confidence between 0 and 1, such as 0.95; found {confidence:g}.")
    return (1 - confidence) / 2


def _scale(multiplier: float) -> float:
    if not (multiplier > 0 and math.isfinite(multiplier)):
        raise ValueError(f"wanted a multiplier above 0, such as 100; found {multiplier:g}.")
    return multiplier


def _check(x: float, n: float) -> None:
    # "Not at least" rather than "below", so that a NaN is refused too.
    if not (x >= 0 and math.isfinite(x)):
        raise ValueError(f"numerators must be >= 0; found {x:g}.")
    if not (n > 0 and math.isfinite(n)):
        raise ValueError(f"denominators must be > 0; found {n:g}.")


def _estimate(interval: Callable[..., Interval], x: float, n: float, multiplier: float) -> Estimate:
    low, high = (interval(x, n, confidence=c, multiplier=multiplier) for c in (0.95, 0.998))
    return Estimate(x / n * multiplier, low, high)
