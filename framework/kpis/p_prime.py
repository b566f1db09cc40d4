"""Laney's P' and U' charts: limits for shares and rates whose denominators differ, period by period.

A plain P chart takes each pupil's chance to be independent. In groups of hundreds it is not, and the plain limits are
then so narrow that ordinary terms fall outside; P' widens them by how much the shares really vary from term to term.
Source: measurement 2 (Laney) and 3.1; Laney 2002, Quality Engineering 14(4):531; qic.pp and qic.up in
R/helper.functions.R of qicharts2.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from framework.kpis import special_cause
from framework.kpis.icons import Assurance, Variation, assurance, assurance_of_constant, variation
from framework.kpis.kpi import Direction
from framework.kpis.process_limits import FULL, Note, low_variety, moving_ranges, tolerance_of
from framework.kpis.spc import stretches
from framework.kpis.special_cause import POINT_TYPES, TOLERANCE, Cause, PointType, sign

__all__ = ["PPoint", "PPrimeChart", "p_prime_chart", "u_prime_chart"]

_D2 = 1.128  # mean range of two draws from a normal distribution, in sigma


@dataclass(frozen=True, slots=True)
class PPoint:
    """One row. All but `position`, `group`, `centre`, `cause`, `kind` are None where the row is missing.

    value, centre, low, high  times the multiplier; the limits also None where no two rows are neighbours
    z                         distance from the centre, in the standard errors of a plain P or U chart
    """

    position: int
    value: float | None
    group: int
    centre: float | None  # None: no row of the group has a value
    low: float | None
    high: float | None
    z: float | None
    outside: bool | None
    cause: Cause
    kind: PointType


@dataclass(frozen=True)
class PPrimeChart:
    """centre   of the current group, pooled: all events over all denominators; None without a value
    sigma_z    how many times wider than a plain chart's the limits are; None where no two rows are neighbours
    latest     the last point with a value, which the variation speaks of
    variation  of that point
    assurance  of its limits; None: no target, no direction, trial limits or none
    trial      fewer than 13 points with a value in the current group
    notes      the guards that applied to the current group
    """

    centre: float | None
    sigma_z: float | None
    points: tuple[PPoint, ...]
    latest: PPoint | None
    trial: bool
    variation: Variation
    assurance: Assurance | None
    notes: tuple[Note, ...]

    @property
    def flagged(self) -> tuple[PPoint, ...]:
        return tuple(point for point in self.points if point.cause is not Cause.COMMON)

    @property
    def since(self) -> int | None:
        """The position at which the points flagged as the latest is began; None: it is not flagged."""
        return special_cause.begins(self.points, self.latest)


def p_prime_chart(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    *,
    direction: Direction,
    target: float | None = None,
    multiplier: float = 100.0,
    rebase: Collection[int] = (),
) -> PPrimeChart:
    """Judge shares: centre -/+ 3 * sqrt(p(1 - p)/n_i) * sigma_z, within 0 and `multiplier`.

    target, multiplier  on one scale: 100 for percentages
    rebase              positions at which a new group begins, as for the XmR chart

    sigma_z is the mean moving range of the z values over 1.128. A row is missing where either number is None or the
    denominator is 0. Flagged are points outside their limits, then trends and shifts of the z values by the rules of
    the XmR chart: the z values, because a share of 30 pupils and one of 300 can stand beside each other only in
    standard errors. Two in three is left out. The guards hold here too: nothing is flagged where sigma_z is 0, and
    only points outside where the shares vary too little (measurement 3.6.1 and 3.6.2). Ranges are not screened.

    Raises ValueError for sequences of different lengths, a number that is negative or not finite, a numerator above
    its denominator, and a position outside the series.
    """
    for n, d in zip(numerators, denominators, strict=False):
        if n is not None and d is not None and n > d:
            raise ValueError(f"A share counts some of its denominator; found {n:g} of {d:g}.")
    return _chart(numerators, denominators, direction, target, multiplier, rebase, most=1.0)


def u_prime_chart(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    *,
    direction: Direction,
    target: float | None = None,
    multiplier: float = 100.0,
    rebase: Collection[int] = (),
) -> PPrimeChart:
    """Judge rates, `multiplier` being what they are given per: as `p_prime_chart`, with sqrt(u/n_i) and no upper bound.

    A numerator may be above its denominator.
    """
    return _chart(numerators, denominators, direction, target, multiplier, rebase, most=math.inf)


@dataclass(frozen=True, slots=True)
class _Group:
    """Rates of one group, as shares of 1."""

    rates: list[float | None]
    errors: list[float]  # plain standard errors; 0 for a missing row
    centre: float | None
    z: list[float | None]
    sigma_z: float | None
    notes: tuple[Note, ...]


def _chart(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    direction: Direction,
    target: float | None,
    multiplier: float,
    rebase: Collection[int],
    most: float,
) -> PPrimeChart:
    _refuse(numerators, denominators, target, multiplier)
    points: list[PPoint] = []
    groups: list[_Group] = []
    for first, past in stretches(len(numerators), rebase):
        group = _group(numerators[first:past], denominators[first:past], most)
        points.extend(_judged(group, first, len(groups), direction, multiplier, most))
        groups.append(group)
    latest = next((point for point in reversed(points) if point.value is not None), None)
    if latest is None:
        return PPrimeChart(None, None, tuple(points), None, True, Variation.COMMON, None, ())
    current = groups[latest.group]
    trial = sum(rate is not None for rate in current.rates) < FULL
    return PPrimeChart(
        centre=latest.centre,
        sigma_z=current.sigma_z,
        points=tuple(points),
        latest=latest,
        trial=trial,
        variation=variation(latest.kind, direction),
        assurance=None if trial else _assurance(latest, current, target, direction),
        notes=current.notes,
    )


def _group(numerators: Sequence[float | None], denominators: Sequence[float | None], most: float) -> _Group:
    rows = [(n, d) if n is not None and d else None for n, d in zip(numerators, denominators, strict=True)]
    known = [row for row in rows if row is not None]
    if not known:
        return _Group([None] * len(rows), [0.0] * len(rows), None, [None] * len(rows), None, ())
    centre = math.fsum(n for n, _ in known) / math.fsum(d for _, d in known)
    spread = centre * (1 - centre) if most == 1.0 else centre
    rates = [None if row is None else row[0] / row[1] for row in rows]
    errors = [0.0 if row is None else math.sqrt(spread / row[1]) for row in rows]
    # Without spread every share is the centre, 0 or 1.
    z = [r if r is None else (r - centre) / e if e > 0 else 0.0 for r, e in zip(rates, errors, strict=True)]
    ranges = moving_ranges(z)
    sigma_z = math.fsum(ranges) / len(ranges) / _D2 if ranges else None
    shares = [r for r in rates if r is not None]
    if sigma_z is not None and sigma_z <= TOLERANCE:
        return _Group(rates, errors, centre, z, 0.0, (Note.CONSTANT,))
    low = low_variety(shares, moving_ranges(rates), tolerance_of(shares))
    return _Group(rates, errors, centre, z, sigma_z, (Note.LOW_VARIETY,) if low else ())


def _judged(
    group: _Group, first: int, number: int, direction: Direction, multiplier: float, most: float
) -> list[PPoint]:
    outside = _outside(group)
    found = _causes(group, outside)
    kinds = POINT_TYPES[direction]
    centre = None if group.centre is None else group.centre * multiplier
    points = []
    for n, (rate, error, z) in enumerate(zip(group.rates, group.errors, group.z, strict=True)):
        value = low = high = None
        if rate is not None and group.centre is not None:
            value = rate * multiplier
            if group.sigma_z is not None:
                reach = 3 * error * group.sigma_z
                low = max(0.0, group.centre - reach) * multiplier
                high = min(most, group.centre + reach) * multiplier
        cause = found[n]
        points.append(PPoint(first + n, value, number, centre, low, high, z, outside[n], cause, kinds[cause]))
    return points


def _outside(group: _Group) -> list[bool | None]:
    """Beyond three sigma; None for a missing row or missing limits. Nothing lies outside where nothing varies."""
    if group.sigma_z is None:
        return [None] * len(group.z)
    limit = 3 * group.sigma_z
    beyond = math.inf if Note.CONSTANT in group.notes else limit + TOLERANCE * max(1.0, limit)
    return [None if z is None else abs(z) > beyond for z in group.z]


def _causes(group: _Group, outside: Sequence[bool | None]) -> list[Cause]:
    tolerance = tolerance_of([z for z in group.z if z is not None])
    sides = [None if z is None else sign(z, tolerance) for z in group.z]
    none = [False] * len(sides)
    if group.notes:
        return special_cause.causes(outside, sides, [0] * len(sides), none, none)
    trends = special_cause.in_trend(group.z, tolerance)
    return special_cause.causes(outside, sides, trends, none, special_cause.in_shift(sides))


def _assurance(latest: PPoint, group: _Group, target: float | None, direction: Direction) -> Assurance | None:
    if latest.value is None or latest.low is None or latest.high is None:
        return None
    if Note.CONSTANT in group.notes:
        return assurance_of_constant(target, direction, latest.value)
    return assurance(target, direction, latest.low, latest.high, tolerance_of([latest.low, latest.high]))


def _refuse(
    numerators: Sequence[float | None], denominators: Sequence[float | None], target: float | None, multiplier: float
) -> None:
    if len(numerators) != len(denominators):
        raise ValueError(f"Wanted as many denominators as numerators; found {len(denominators)} and {len(numerators)}.")
    for number in (*numerators, *denominators):
        if number is not None and not (math.isfinite(number) and number >= 0):
            raise ValueError(f"Counts must be finite and 0 or more, or None where missing; found {number}.")
    if target is not None and not math.isfinite(target):
        raise ValueError(f"A target must be a finite number; found {target}.")
    if not (math.isfinite(multiplier) and multiplier > 0):
        raise ValueError(f"A multiplier must be above 0; found {multiplier}.")
