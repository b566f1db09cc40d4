"""The XmR chart: the usual range of a series, the points it does not explain, and what they say of change and target.

Two rule sets. `nhs_mdc` is this product's, after Making Data Count, with guards against what makes the plain rules
speak nonsense. `nhs_r` gives what NHSRplotthedots 0.2.2 gives, its known faults included, for comparison; only where
that package ends in an error does a missing value break the run instead.
Whether a series can bear an XmR chart at all (rare events, small counts) is for the caller.
Source: measurement 1, 1.1 and 3.6; the package's R/ptd_spc_standard.R, ptd_calculate_point_type.R and
ptd_calculate_assurance_type.R.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from framework.kpis import special_cause
from framework.kpis.icons import Assurance, Variation, assurance, assurance_of_constant, variation
from framework.kpis.kpi import Direction
from framework.kpis.process_limits import LIMIT, NEAR, Note, RuleSet, XmrGroup, group_of, lag_one
from framework.kpis.special_cause import POINT_TYPES, Cause, PointType, sign

__all__ = [
    "Assurance", "Cause", "Note", "PointType", "RuleSet", "Variation", "XmrChart", "XmrGroup", "XmrPoint",
    "lag_one", "stretches", "xmr_chart",
]  # fmt: skip

_LEAST_BASELINE = 12


@dataclass(frozen=True, slots=True)
class XmrPoint:
    """One row. `outside`, `close`: beyond the limits, or between two and three sigma; `side` of the mean: 1, 0, -1.

    They are None where the value or the limits are missing, as in NHSRplotthedots.
    """

    position: int  # row in the order of time
    value: float | None
    group: int
    mean: float | None
    lpl: float | None
    upl: float | None
    near_lpl: float | None
    near_upl: float | None
    outside: bool | None
    side: int | None
    close: bool | None
    cause: Cause
    kind: PointType


@dataclass(frozen=True)
class XmrChart:
    """points, groups  in the order of time
    latest     the point that the variation speaks of: the last with a value (nhs_r: the last row); None: there is none
    variation  of the latest point
    assurance  of the current limits; None: no target, no direction, and in nhs_mdc trial limits or no limits
    """

    points: tuple[XmrPoint, ...]
    groups: tuple[XmrGroup, ...]
    latest: XmrPoint | None
    variation: Variation
    assurance: Assurance | None

    @cached_property
    def current(self) -> XmrGroup | None:
        """The group of the latest point: the limits in force."""
        latest = self.latest
        return None if latest is None else next(group for group in self.groups if group.number == latest.group)

    @property
    def trial(self) -> bool:
        return self.current is None or self.current.trial

    @property
    def notes(self) -> tuple[Note, ...]:
        """The guards that applied to the current group."""
        return () if self.current is None else self.current.notes

    @property
    def mean(self) -> float | None:
        return None if self.latest is None else self.latest.mean

    @property
    def lpl(self) -> float | None:
        return None if self.latest is None else self.latest.lpl

    @property
    def upl(self) -> float | None:
        return None if self.latest is None else self.latest.upl

    @property
    def flagged(self) -> tuple[XmrPoint, ...]:
        return tuple(point for point in self.points if point.cause is not Cause.COMMON)

    @property
    def since(self) -> int | None:
        """The position at which the points flagged as the latest is began; None: it is not flagged."""
        return special_cause.begins(self.points, self.latest)


def xmr_chart(
    values: Sequence[float | None],
    *,
    direction: Direction,
    target: float | None = None,
    days: Sequence[date] | None = None,
    rebase: Collection[int | date] = (),
    rules: RuleSet = RuleSet.NHS_MDC,
    screen: bool = True,
    fix_after: int | None = None,
) -> XmrChart:
    """Judge a series.

    values     one a period of the whole calendar, so that gaps are seen; None is missing
    days       of the values, in any order; None: the values are in the order of time
    rebase     where a new group begins, as days, or without `days` as positions. A day not among the days begins one
               at the first row after it; in nhs_r it is passed over. One at the first row makes no second group
    screen     leave moving ranges of 3.267 mean ranges or more out of the limits; never points
    fix_after  take mean and limits from so many rows of each group, missing ones counted; None: from all

    Raises ValueError for a value that is not a finite number, days that repeat or are not as many as the values, a
    rebase that is not a position or not a day, and for `fix_after` below 12.
    """
    _refuse(values, target, days, fix_after)
    if days is None:
        series, begin = list(values), {_position(at, len(values)) for at in rebase}
    else:
        order = sorted(range(len(days)), key=days.__getitem__)
        series, begin = [values[n] for n in order], _rows_of(rebase, [days[n] for n in order], rules)
    points: list[XmrPoint] = []
    groups: list[XmrGroup] = []
    # The package counts the rebases before a row, so that one at the first row makes the only group the first, not 0.
    number = 1 if rules is RuleSet.NHS_R and 0 in begin else 0
    for first, past in stretches(len(series), begin):
        part = series[first:past]
        group = group_of(part, number + len(groups), first, rules, screen, fix_after)
        groups.append(group)
        points.extend(_judged(part, group, direction, rules))
    if rules is RuleSet.NHS_R:
        latest = points[-1] if points else None
    else:
        latest = next((point for point in reversed(points) if point.value is not None), None)
    return XmrChart(
        points=tuple(points),
        groups=tuple(groups),
        latest=latest,
        variation=Variation.COMMON if latest is None else variation(latest.kind, direction),
        assurance=_assurance(latest, groups, target, direction, rules),
    )


def stretches(rows: int, begin: Collection[int]) -> list[tuple[int, int]]:
    """The groups that a series falls into, as (first, past the last), where new ones begin at these positions.

    Raises ValueError for a position outside the series.
    """
    edges = [0, *sorted({_position(at, rows) for at in begin}), rows]
    return [(first, past) for first, past in pairwise(edges) if past > first]


def _judged(part: Sequence[float | None], group: XmrGroup, direction: Direction, rules: RuleSet) -> list[XmrPoint]:
    mean, tolerance = group.mean, group.tolerance
    lpl, near_lpl, near_upl, upl = [group.at(ranges) for ranges in (-LIMIT, -NEAR, NEAR, LIMIT)]
    sides = [None if v is None or mean is None else sign(v - mean, tolerance) for v in part]
    outside: list[bool | None] = [None] * len(part)
    close: list[bool | None] = [None] * len(part)
    if lpl is not None and near_lpl is not None and near_upl is not None and upl is not None:
        still = Note.CONSTANT in group.notes
        for n, v in enumerate(part):
            if v is not None:
                outside[n] = not still and (v - upl > tolerance or lpl - v > tolerance)
                close[n] = not still and not outside[n] and (v - near_upl > tolerance or near_lpl - v > tolerance)
    found = _causes(part, sides, outside, close, group, rules)
    kinds = POINT_TYPES[direction]
    return [
        XmrPoint(
            group.first + n, v, group.number, mean, lpl, upl, near_lpl, near_upl,
            outside[n], sides[n], close[n], found[n], kinds[found[n]],
        )
        for n, v in enumerate(part)
    ]  # fmt: skip


def _causes(
    part: Sequence[float | None],
    sides: Sequence[int | None],
    outside: Sequence[bool | None],
    close: Sequence[bool | None],
    group: XmrGroup,
    rules: RuleSet,
) -> list[Cause]:
    if Note.CONSTANT in group.notes or Note.LOW_VARIETY in group.notes:
        none = [False] * len(part)
        return special_cause.causes(outside, sides, [0] * len(part), none, none)
    if rules is RuleSet.NHS_R:
        trends, beyond = special_cause.in_trend_as_nhs_r(part), close
    else:
        # A point outside counts towards two of three, as Making Data Count has it since November 2023.
        trends = special_cause.in_trend(part, group.tolerance)
        beyond = [out or near for out, near in zip(outside, close, strict=True)]
    near = special_cause.in_two_of_three(beyond, sides)
    return special_cause.causes(outside, sides, trends, near, special_cause.in_shift(sides))


def _assurance(
    latest: XmrPoint | None, groups: Sequence[XmrGroup], target: float | None, direction: Direction, rules: RuleSet
) -> Assurance | None:
    if latest is None:
        return None
    group = groups[latest.group - groups[0].number]
    if rules is RuleSet.NHS_R:
        # Missing limits lie on neither side of any target: inconsistent.
        low = -math.inf if latest.lpl is None else latest.lpl
        high = math.inf if latest.upl is None else latest.upl
        return assurance(target, direction, low, high)
    if group.trial or latest.value is None or latest.lpl is None or latest.upl is None:
        return None
    if Note.CONSTANT in group.notes:
        return assurance_of_constant(target, direction, latest.value)
    return assurance(target, direction, latest.lpl, latest.upl, group.tolerance)


def _refuse(
    values: Sequence[float | None], target: float | None, days: Sequence[date] | None, fix_after: int | None
) -> None:
    for number in (*values, target):
        if number is not None and not math.isfinite(number):
            raise ValueError(f"Values and target must be finite numbers, or None where missing; found {number}.")
    if days is not None and len(days) != len(values):
        raise ValueError(f"Wanted a day for each of the {len(values)} values; found {len(days)}.")
    if days is not None and len(set(days)) != len(days):
        twice = next(day for day in days if days.count(day) > 1)
        raise ValueError(f"Wanted one value a day; found two on {twice}.")
    if fix_after is not None and fix_after < _LEAST_BASELINE:
        raise ValueError(f"Limits may be fixed after {_LEAST_BASELINE} points or more; found {fix_after}.")


def _position(at: int | date, rows: int) -> int:
    if not isinstance(at, int) or not 0 <= at < rows:
        raise ValueError(f"Without days a group begins at a position from 0 to {rows - 1}; found {at}.")
    return at


def _rows_of(rebase: Collection[int | date], days: Sequence[date], rules: RuleSet) -> set[int]:
    """The rows at which these days begin a group."""
    found = set()
    for day in rebase:
        if not isinstance(day, date):
            raise ValueError(f"With days a group begins on a day; found {day}.")
        row = next((n for n, other in enumerate(days) if other >= day), None)
        if row is not None and (rules is RuleSet.NHS_MDC or days[row] == day):
            found.add(row)
    return found
