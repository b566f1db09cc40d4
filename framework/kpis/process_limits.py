"""The mean and the limits of one group of an XmR chart, and the guards on them.

Source: measurement 1 (centre and limits) and 3.6.1 to 3.6.4; R/ptd_spc_standard.R of NHSRplotthedots 0.2.2.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from framework.kpis.special_cause import TOLERANCE

FULL = 13  # points from which limits are no longer trial
LIMIT = 2.66  # mean moving ranges from the mean to a limit: 3 sigma, sigma = range / 1.128
NEAR = 2 * (LIMIT / 3)  # two sigma
_SCREEN = 3.267  # upper limit of a moving range, in mean moving ranges. Source: Nelson 1982, J. Qual. Tech. 14(3):172
_LEAST_VALUES = 5  # different ones, below which runs and trends say nothing
_LEAST_PAIRS = 8  # of neighbours, for an autocorrelation


class RuleSet(StrEnum):
    NHS_MDC = "nhs_mdc"
    NHS_R = "nhs_r"


class Note(StrEnum):
    """A guard of `nhs_mdc` that applied to a group. Source: measurement 3.6.1 and 3.6.2."""

    CONSTANT = "constant"  # every range is 0: the limits are the mean, and nothing is flagged
    COLLAPSED = "collapsed ranges"  # screening would have left only ranges of 0: they are not screened
    LOW_VARIETY = "low variety"  # too few different values: only points outside the limits are flagged


@dataclass(frozen=True, slots=True)
class XmrGroup:
    """The rows between two rebases, with their own limits. Limits are never clipped to a scale.

    mean  None without a value
    amr   the mean moving range behind the limits; None, and with it the limits, where no two values are neighbours
    """

    number: int
    first: int  # position of its first row
    rows: int  # missing ones too
    counted: int  # rows with a value
    mean: float | None
    amr: float | None
    notes: tuple[Note, ...] = ()
    tolerance: float = 0.0  # distance up to which two of its values are the same one

    @property
    def short_group(self) -> bool:
        """NHSRplotthedots' warning, which counts missing rows too."""
        return self.rows < FULL

    @property
    def trial(self) -> bool:
        return self.counted < FULL

    def at(self, ranges: float) -> float | None:
        """The line so many mean ranges above the mean."""
        return None if self.mean is None or self.amr is None else self.mean + ranges * self.amr


def group_of(
    part: Sequence[float | None], number: int, first: int, rules: RuleSet, screen: bool, fix_after: int | None
) -> XmrGroup:
    """Mean and mean range of one group's rows.

    Outlying points stay in the mean. Of the ranges those of 3.267 mean ranges or more are left out, once.
    """
    known = [v for v in part if v is not None]
    base = part[:fix_after]
    based = [v for v in base if v is not None]
    mean = _mean(based) if based else None
    ranges = moving_ranges(base)
    amr = math.fsum(ranges) / len(ranges) if ranges else None
    guarded = rules is RuleSet.NHS_MDC
    tolerance = tolerance_of(known) if guarded else 0.0
    notes: list[Note] = []
    if amr is not None and screen:
        bound = _SCREEN * amr - tolerance
        kept = [r for r in ranges if r < bound]
        if guarded and all(r <= tolerance for r in kept):
            if amr > tolerance:
                notes.append(Note.COLLAPSED)
        else:
            amr = math.fsum(kept) / len(kept) if kept else None
    if guarded and amr is not None and amr <= tolerance:
        amr = 0.0
        notes.append(Note.CONSTANT)
    elif guarded and known and low_variety(known, ranges if fix_after is None else moving_ranges(part), tolerance):
        notes.append(Note.LOW_VARIETY)
    return XmrGroup(number, first, len(part), len(known), mean, amr, tuple(notes), tolerance)


def low_variety(known: Sequence[float], ranges: Sequence[float], tolerance: float) -> bool:
    """Fewer than 5 different values, or half or more of the moving ranges 0: runs and trends then say nothing.

    Source: measurement 3.6.2.
    """
    different = 1 + sum(b - a > tolerance for a, b in pairwise(sorted(known))) if known else 0
    return different < _LEAST_VALUES or 2 * sum(r <= tolerance for r in ranges) >= len(ranges)


def lag_one(values: Sequence[float | None]) -> float | None:
    """How much each value leans on the one before, -1 to 1: the lag-one autocorrelation. None is missing.

    None with fewer than 8 pairs of neighbours, and for a series that never moves. With k pairs and n values it is
    (sum of products over pairs / (k + 1)) / (sum of squares / n), deviations taken from the mean of all.
    Source: Venables & Ripley, Modern Applied Statistics with S, 14.1; R's stats::acf(x, 1, na.action = na.pass).
    """
    known = [v for v in values if v is not None]
    pairs = [(a, b) for a, b in pairwise(values) if a is not None and b is not None]
    if len(pairs) < _LEAST_PAIRS or max(known) - min(known) <= tolerance_of(known):
        return None
    mean = _mean(known)
    products = math.fsum((a - mean) * (b - mean) for a, b in pairs) / (len(pairs) + 1)
    return products / (math.fsum((v - mean) ** 2 for v in known) / len(known))


def moving_ranges(part: Sequence[float | None]) -> list[float]:
    """The moving ranges: distances between neighbours, never across a missing value."""
    return [abs(b - a) for a, b in pairwise(part) if a is not None and b is not None]


def _mean(known: Sequence[float]) -> float:
    """In two passes, as R takes it: the mean of equal values is that value, not one bit beside it."""
    first = math.fsum(known) / len(known)
    return first + math.fsum(v - first for v in known) / len(known)


def tolerance_of(known: Sequence[float]) -> float:
    """The distance up to which two of these values are the same one. Source: measurement 3.4."""
    return TOLERANCE * max(1.0, max(map(abs, known), default=0.0))
