"""The KPI wall: one small picture a KPI, all over the same time, and none so near that a small wiggle is a mountain.

A picture's height is one of a family: for percentages 10, 20, 50 or 100 points, for others 1, 2 or 5 of a power of
ten. It holds every value, the path and the target, and is never less than 20 times the smallest difference that
means anything (where nobody said: 10 points, or a fifth of the largest number). It goes below nought only where a
number does, and a score out of 8 has the height of its whole scale. So percentages of like size share a
height, their slopes can be compared, and what means nothing is at most a twentieth of it.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from framework.kpis.kpi import Kpi, Measure
from framework.picture.figures import Figure, expected_on, figures, is_trust, target_numbers
from framework.picture.judged import targets_at
from framework.picture.listing import KpiLine
from framework.picture.shape import Picture

FLOORS = 20  # a picture is at least this many times as high as the smallest difference that means anything
POINTS = (10.0, 20.0, 50.0, 100.0)
_OF = re.compile(r"of (\d+)")  # the unit of a score: `of 8`


@dataclass(frozen=True)
class Tile:
    """What one small picture shows. Days are ordinal numbers.

    values   day and number; None: a period without one, which parts the line
    way      day, low and high edge of the path
    target   day and edges of the last target; None: there is none
    low, high  the ends of its height
    """

    line: KpiLine
    figures: tuple[Figure, ...]
    values: tuple[tuple[int, float | None], ...]
    way: tuple[tuple[int, float, float], ...]
    target: tuple[int, tuple[float, ...]] | None
    low: float
    high: float


def tiles(picture: Picture, lines: Sequence[KpiLine], place: str) -> list[Tile]:
    return [_tile(picture, line, place) for line in lines]


def _tile(picture: Picture, line: KpiLine, place: str) -> Tile:
    kpi, at = line.kpi, None if is_trust(picture, place) else place
    found = figures(picture, kpi, place)
    ends = {f.period: end for f in found if (end := picture.calendar.ends_on(f.period, at)) is not None}
    values = tuple((ends[f.period].toordinal(), _number(f)) for f in found if f.period in ends)
    edges = expected_on(picture, kpi, place, sorted(ends.values()))
    way = tuple((day.toordinal(), low, high) for day, (low, high) in sorted(edges.items()))
    target = None
    for aim in targets_at(picture, kpi, place)[-1:]:
        end = picture.calendar.ends_on(aim.period, at)
        target = None if end is None else (end.toordinal(), target_numbers(aim))
    numbers = [n for _, n in values if n is not None] + [n for _, *both in way for n in both]
    numbers += [] if target is None else target[1]
    return Tile(line, tuple(found), values, way, target, *height(kpi, numbers))


def _number(figure: Figure) -> float | None:
    return None if figure.missing is not None or figure.value is None else figure.value.number


def height(kpi: Kpi, numbers: Sequence[float]) -> tuple[float, float]:
    """The ends of a picture that holds these numbers."""
    if not numbers:
        return 0.0, 1.0
    low, high = min(numbers), max(numbers)
    whole = _OF.fullmatch(kpi.unit or "")
    if whole is not None and low >= 0 and high <= float(whole[1]):
        return 0.0, float(whole[1])
    least = (kpi.floor or 0.0) * FLOORS or _least(kpi, low, high)
    for width in _family(kpi, max(high - low, least)):
        step = width / 10
        bottom = math.floor(((low + high) / 2 - width / 2) / step + 1e-9) * step
        if bottom > low or bottom + width < high:
            bottom = math.floor(low / step + 1e-9) * step
        if low >= 0:
            bottom = max(bottom, 0.0)
        if kpi.measure is Measure.PERCENTAGE:
            bottom = min(bottom, 100.0 - width)
        if bottom <= low + 1e-9 and high <= bottom + width + 1e-9:
            return bottom, bottom + width
    return low, high


def _least(kpi: Kpi, low: float, high: float) -> float:
    if kpi.measure is Measure.PERCENTAGE:
        return POINTS[0]
    return max(abs(low), abs(high)) / 5 or 1.0


def _family(kpi: Kpi, needed: float) -> list[float]:
    """The heights that are enough, smallest first."""
    if kpi.measure is Measure.PERCENTAGE:
        return [p for p in POINTS if p >= needed - 1e-9] or [POINTS[-1]]
    power = 10.0 ** math.floor(math.log10(needed))
    return [width for width in (power * m for m in (1, 2, 5, 10, 20, 50)) if width >= needed - 1e-9]


def span(found: Sequence[Tile], picture: Picture, years: int = 3) -> tuple[date, date]:
    """The first and last day of every picture: all values and targets, but no further back than some years."""
    days = [day for t in found for day, _ in t.values] + [day for t in found for day, _, _ in t.way]
    days += [t.target[0] for t in found if t.target is not None]
    today = picture.on
    earliest = today - timedelta(days=365 * years + 60)
    if not days:
        return earliest, today
    return max(date.fromordinal(min(days)), earliest), date.fromordinal(max(days))
