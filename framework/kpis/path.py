"""The path of a KPI: from its baseline through its dated targets, in one of three shapes. Source: measurement 3.3.

Straight line: tau(t) = b + (T - b) * (t - t0) / (t1 - t0) between adjacent set points; none before t0; the last
target after it.
Steps: from each target's day on that target; before the first target's day the baseline, so that until a step is due
nothing more is expected than not to slip.
Last target only: before the last target's day the baseline, whatever stands between; from that day on the target.
A band never grows out of the baseline. It is to be in the next band due (straight line), in the band whose day has
come, before the first in the first (steps), or in the last one (last target only).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from framework.kpis.kpi import PathShape


@dataclass(frozen=True)
class SetPoint:
    """Where the KPI should be on a day. A band has two edges, which are the same number otherwise."""

    on: date
    low: float
    high: float


@dataclass(frozen=True)
class Path:
    """Baseline (number, day) and set points in the order of their days, at least one.

    band  the KPI is judged by a band, even where both edges of each are the same number
    """

    baseline: float | None
    baseline_on: date | None
    points: tuple[SetPoint, ...]
    shape: PathShape = PathShape.LINE
    band: bool = False

    @property
    def final(self) -> SetPoint:
        return self.points[-1]

    @property
    def is_band(self) -> bool:
        return self.band or any(p.low != p.high for p in self.points)

    @property
    def corners(self) -> tuple[date, ...]:
        """The days through which a drawing of the path must go: start and targets, and both sides of each step."""
        days = {p.on for p in self.points} | ({self.baseline_on} if self.baseline_on is not None else set())
        if self.shape is not PathShape.LINE:
            days |= {p.on - timedelta(days=1) for p in self.points if p.on > min(days)}
        elif self.is_band:
            days |= {p.on + timedelta(days=1) for p in self.points[:-1]}
        return tuple(sorted(days))

    def expected(self, on: date) -> tuple[float, float] | None:
        """Low and high edge expected on the day; equal where the target is one number. None before the start."""
        if self.baseline_on is not None and on < self.baseline_on:
            return None
        if on >= self.final.on:
            return self.final.low, self.final.high
        if self.is_band:
            return self._band(on)
        if self.baseline is None or self.baseline_on is None:
            point = next(p for p in self.points if on <= p.on)
            return point.low, point.high
        start = SetPoint(self.baseline_on, self.baseline, self.baseline)
        known = [start, *(p for p in self.points if p.on > start.on)]
        if self.shape is PathShape.FINAL:
            return start.low, start.high
        if self.shape is PathShape.STEPS:
            newest = next(p for p in reversed(known) if p.on <= on)
            return newest.low, newest.high
        before, after = next((one, other) for one, other in pairwise(known) if on <= other.on)
        share = (on - before.on).days / (after.on - before.on).days
        # At a set point itself its own number, which the sum may miss by its last digit.
        value = after.low if share == 1 else before.low + (after.low - before.low) * share
        return value, value

    def _band(self, on: date) -> tuple[float, float]:
        if self.shape is PathShape.FINAL:
            point = self.final
        elif self.shape is PathShape.STEPS:
            point = next((p for p in reversed(self.points) if p.on <= on), self.points[0])
        else:
            point = next(p for p in self.points if on <= p.on)
        return point.low, point.high


def path(
    baseline: float | None,
    baseline_on: date | None,
    points: Sequence[SetPoint],
    *,
    shape: PathShape | None = None,
    band: bool = False,
) -> Path | None:
    """The path through these points (None as its shape: a straight line); None when there is no target."""
    ordered = tuple(sorted(points, key=lambda p: p.on))
    return Path(baseline, baseline_on, ordered, shape or PathShape.LINE, band) if ordered else None
