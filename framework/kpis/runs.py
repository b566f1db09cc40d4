"""The run chart: whether a series keeps to one side of its median for too long, or crosses it too seldom.

It needs no limits, so it serves series too short or too coarse for an XmR chart.
Source: measurement 2 (Anhoej rules, after R/helper.functions.R of qicharts2); Anhoej & Olesen 2014,
doi:10.1371/journal.pone.0113825.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median as median_of

from framework.kpis.special_cause import TOLERANCE, sign

LEAST_USEFUL = 10


@dataclass(frozen=True)
class RunChart:
    """median  None without a value
    useful   points off the median
    since    position at which the longest run began, the latest of equally long ones; None: no useful point

    The bounds and the three signals are None with fewer than 10 useful points: nothing can then be said.
    """

    median: float | None
    useful: int
    longest_run: int
    longest_allowed: int | None
    crossings: int
    fewest_crossings: int | None
    run_signal: bool | None  # the longest run is longer than allowed
    crossings_signal: bool | None  # fewer crossings than allowed
    since: int | None

    @property
    def signal(self) -> bool | None:
        if self.run_signal is None or self.crossings_signal is None:
            return None
        return self.run_signal or self.crossings_signal


def run_chart(values: Sequence[float | None]) -> RunChart:
    """Read a series, in the order of time, against its median. None is missing.

    A point on the median is passed over: it neither ends a run nor counts in one. A missing value ends a run
    (measurement 3.6.4), where qicharts2 runs on; it takes no crossing away, because the fewest allowed count on one
    chance of a crossing between any two useful points. Either way a gap never makes a signal.
    """
    known = [v for v in values if v is not None]
    if not known:
        return RunChart(None, 0, 0, None, 0, None, None, None, None)
    middle = float(median_of(known))
    tolerance = TOLERANCE * max(1.0, max(map(abs, known)))
    useful = crossings = longest = length = last = 0
    since = began = None
    for position, value in enumerate(values):
        if value is None:
            length = 0
            continue
        side = sign(value - middle, tolerance)
        if side == 0:
            continue
        crossings += side == -last
        if side != last or length == 0:
            length, began = 0, position
        useful, length, last = useful + 1, length + 1, side
        if length >= longest:
            longest, since = length, began
    if useful < LEAST_USEFUL:
        return RunChart(middle, useful, longest, None, crossings, None, None, None, since)
    allowed, fewest = longest_allowed(useful), fewest_crossings(useful)
    return RunChart(middle, useful, longest, allowed, crossings, fewest, longest > allowed, crossings < fewest, since)


def longest_allowed(useful: int) -> int:
    """The longest run that chance brings: log2 of the useful points, rounded, and three. Source: Schilling 2012.

    R and Python both round a half to even; log2 of a whole number is whole or irrational, so no half arises.
    """
    return round(math.log2(useful)) + 3


@lru_cache
def fewest_crossings(useful: int) -> int:
    """The fewest crossings that chance brings: the 5 % point of a fair coin thrown once between each two useful points.

    R's qbinom(0.05, useful - 1, 0.5), in whole numbers: the smallest k for which the ways of throwing k or fewer are
    a twentieth of all ways or more. Source: Chen 2010.
    """
    throws = useful - 1
    ways = reached = 1  # of throwing none
    k = 0
    while 20 * reached < 2**throws:
        k += 1
        ways = ways * (throws - k + 1) // k
        reached += ways
    return k
