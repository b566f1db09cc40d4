"""Gaps between groups of pupils, who is missing from them, and the fair share of who takes part.

A gap is in points, with both denominators and what chance allows, so that a gap of few pupils is not read as one of
many. Ratios of rates are left out: they grow as both fall. Source: measurement 2 and 3.5; Newcombe below.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from framework.kpis.intervals import Interval, Method, wilson


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group's figure: `number` in the KPI's unit, and what it is a share of, where known."""

    name: str
    number: float
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """`one` less `other`, in the KPI's unit (points of a percentage)."""

    one: str
    other: str
    points: float
    one_of: tuple[int, int] | None  # numerator, denominator; None where either is not known
    other_of: tuple[int, int] | None
    interval: Interval | None  # 95 %, in points; None where a count is not known or the figure is no share
    moved: float | None  # points now less points then; None: nothing earlier


def gap(one: GroupValue, other: GroupValue, *, before: Gap | None = None, multiplier: float | None = 100) -> Gap:
    """The gap between two groups that have no pupil in common.

    before      the same gap at an earlier period. A gap that closes moves towards 0, whichever its sign
    multiplier  100 for percentages; None for what is not a share, such as an average or a rate, and has no interval

    Raises ValueError for an earlier gap of other groups, and for counts that `wilson` refuses.
    """
    if before is not None and (before.one, before.other) != (one.name, other.name):
        raise ValueError(
            f"wanted an earlier gap of {one.name} and {other.name}; found {before.one} and {before.other}."
        )
    points = one.number - other.number
    one_of, other_of = _counts(one), _counts(other)
    interval = None
    if multiplier is not None and one_of is not None and other_of is not None:
        interval = difference_interval(one_of, other_of).times(multiplier)
    moved = None if before is None else points - before.points
    return Gap(one.name, other.name, points, one_of, other_of, interval, moved)


def difference_interval(one: tuple[float, float], other: tuple[float, float], *, confidence: float = 0.95) -> Interval:
    """Interval of the difference of two independent proportions (x, n), as a share, -1 to 1.

    Newcombe's hybrid score interval: with p, l, u the proportion and Wilson limits of each,
    d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 - l2)^2).
    Source: Newcombe 1998, Statistics in Medicine 17:873, method 10.
    """
    first, second = wilson(*one, confidence=confidence), wilson(*other, confidence=confidence)
    p1, p2 = one[0] / one[1], other[0] / other[1]
    return Interval(
        p1 - p2 - math.hypot(p1 - first.low, second.high - p2),
        p1 - p2 + math.hypot(first.high - p1, p2 - second.low),
        Method.NEWCOMBE,
    )


def _counts(of: GroupValue) -> tuple[int, int] | None:
    # Nobody in a group is the same as no figure. Source: measurement 3.8
    if of.numerator is None or of.denominator is None or of.denominator == 0:
        return None
    return of.numerator, of.denominator


@dataclass(frozen=True, slots=True)
class Whole:
    """Everyone counted, those of them in a group that is known, and those who are missing from the groups."""

    counted: int
    known: int
    missing: int


def whole(everyone: int, groups: Iterable[int]) -> Whole:
    """Everyone's denominator against the denominators of groups that do not overlap.

    Raises ValueError for a negative number, and where the groups hold more than everyone.
    """
    sizes = tuple(groups)
    for size in (everyone, *sizes):
        if size < 0:
            raise ValueError(f"wanted numbers of people of 0 or more; found {size}.")
    known = sum(sizes)
    if known > everyone:
        raise ValueError(f"wanted groups that do not overlap and hold no more than {everyone}; found {known} in them.")
    return Whole(everyone, known, everyone - known)


def who_is_missing(everyone: int, groups: Iterable[int]) -> int:
    """How many are in none of the groups. Refuses what `whole` refuses."""
    return whole(everyone, groups).missing


@dataclass(frozen=True, slots=True)
class FairShare:
    """A group among those who take part and among all, as shares from 0 to 1. `ratio` 1 is fair, 0.5 half of it."""

    group: str
    share_of_those_taking_part: float
    share_of_all: float
    ratio: float | None  # None where the group is nobody


def fair_share(parts: Mapping[str, tuple[int, int]]) -> tuple[FairShare, ...]:
    """Each group's share of those who take part beside its share of all, in the order given.

    parts   group: (taking part, all of the group). The groups do not overlap and make up everyone

    Empty where nobody takes part: there is nothing to share. Raises ValueError where more take part than there are,
    or a number is negative.
    """
    for group, (taking_part, of) in parts.items():
        if not 0 <= taking_part <= of:
            raise ValueError(f"{group}: wanted from 0 to all of {of} taking part; found {taking_part}.")
    all_taking_part = sum(taking_part for taking_part, _ in parts.values())
    everyone = sum(of for _, of in parts.values())
    if all_taking_part == 0:
        return ()
    return tuple(
        FairShare(
            group,
            taking_part / all_taking_part,
            of / everyone,
            (taking_part / all_taking_part) / (of / everyone) if of > 0 else None,
        )
        for group, (taking_part, of) in parts.items()
    )
