"""The path of a KPI: the line from its baseline through its dated targets.

tau(t) = b + (T - b) * (t - t0) / (t1 - t0) between adjacent set points; none before t0; the last target after it.
Source: measurement 3.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class SetPoint:
    """Where the KPI should be on a day. A band has two edges, which are the same number otherwise."""

    on: date
    low: float
    high: float


@dataclass(frozen=True)
class Path:
    """Baseline (number, day) and set points in the order of their days, at least one."""

    baseline: float | None
    baseline_on: date | None
    points: tuple[SetPoint, ...]

    @property
    def final(self) -> SetPoint:
        return self.points[-1]

    def expected(self, on: date) -> tuple[float, float] | None:
        """Low and high edge expected on the day; equal where the target is one number. None before the start."""
        if self.baseline_on is not None and on < self.baseline_on:
            return None
        if on >= self.final.on:
            return self.final.low, self.final.high
        if self._is_band or self.baseline is None or self.baseline_on is None:
            # A band does not grow out of the baseline: the next band due is the one to be in.
            point = next(p for p in self.points if on <= p.on)
            return point.low, point.high
        start = SetPoint(self.baseline_on, self.baseline, self.baseline)
        known = [start, *(p for p in self.points if p.on > start.on)]
        for before, after in pairwise(known):
            if on <= after.on:
                share = (on - before.on).days / (after.on - before.on).days
                value = before.low + (after.low - before.low) * share
                return value, value
        return self.final.low, self.final.high

    @property
    def _is_band(self) -> bool:
        return any(p.low != p.high for p in self.points)


def path(baseline: float | None, baseline_on: date | None, points: Sequence[SetPoint]) -> Path | None:
    """The path through these points; None when there is no target."""
    ordered = tuple(sorted(points, key=lambda p: p.on))
    return Path(baseline, baseline_on, ordered) if ordered else None
