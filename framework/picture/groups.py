"""Groups of pupils side by side: their gap and its movement, who is in neither, and the share of who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framework.kpis.groups import FairShare, Gap, GroupValue, fair_share, gap, who_is_missing
from framework.kpis.kpi import Direction, Kpi, Measure
from framework.periods import Period
from framework.picture.figures import Figure, figures
from framework.picture.shape import Picture

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Split:
    """A KPI split by one thing, such as free school meals, for the newest period that both groups have.

    dimension  what it is split by, as the workbook writes it: FSM
    numbers    what both groups have, in the KPI's unit
    since      a year before, or the earliest period that both have; None: there is none
    everyone   the denominator of all; None: not known
    missing    how many of everyone are in neither group; None: not known
    shares     fair share of those who take part; empty where the KPI does not count who takes part
    """

    dimension: str
    period: Period
    gap: Gap
    numbers: tuple[float, float]
    since: Period | None = None
    everyone: int | None = None
    missing: int | None = None
    shares: tuple[FairShare, ...] = ()


def splits(picture: Picture, kpi: Kpi, place: str) -> list[Split]:
    """One for each dimension that splits pupils in two (`FSM: yes`, `FSM: no`) with a number for both in one period."""
    found = []
    for dimension in sorted({dimension_of(v.group) for v in picture.series(kpi.ref) if v.group}):
        both = [_numbers(figures(picture, kpi, place, f"{dimension}: {member}")) for member in (YES, NO)]
        common = sorted(both[0].keys() & both[1].keys(), key=lambda p: p.ordinal)
        if common:
            found.append(_split(picture, kpi, place, dimension, both, common))
    return found


def dimension_of(group: str) -> str:
    return group.split(":")[0].strip()


def _numbers(found: Sequence[Figure]) -> dict[Period, Figure]:
    return {f.period: f for f in found if f.missing is None and f.value is not None}


def _split(
    picture: Picture,
    kpi: Kpi,
    place: str,
    dimension: str,
    both: Sequence[Mapping[Period, Figure]],
    common: Sequence[Period],
) -> Split:
    period, multiplier = common[-1], 100 if kpi.measure is Measure.PERCENTAGE else None
    year_before = period.a_year_before()
    since = year_before if year_before in common else common[0] if len(common) > 1 else None
    one, other = (_value(dimension, member, some[period]) for member, some in zip((YES, NO), both, strict=True))
    before = None
    if since is not None:
        earlier = [_value(dimension, member, some[since]) for member, some in zip((YES, NO), both, strict=True)]
        before = gap(earlier[0], earlier[1], multiplier=multiplier)
    found = gap(one, other, before=before, multiplier=multiplier)
    everyone = _everyone(picture, kpi, place, period)
    sizes = (one.denominator, other.denominator)
    missing = None
    if (
        everyone is not None
        and sizes[0] is not None
        and sizes[1] is not None
        and sum(s or 0 for s in sizes) <= everyone
    ):
        missing = who_is_missing(everyone, [s for s in sizes if s is not None])
    return Split(dimension, period, found, (one.number, other.number), since, everyone, missing, _shares(kpi, found))


def _value(dimension: str, member: str, figure: Figure) -> GroupValue:
    assert figure.value is not None
    assert figure.value.number is not None
    value = figure.value
    return GroupValue(f"{dimension}: {member}", figure.value.number, value.numerator, value.denominator)


def _everyone(picture: Picture, kpi: Kpi, place: str, period: Period) -> int | None:
    whole = next((f for f in figures(picture, kpi, place) if f.period == period), None)
    return None if whole is None or whole.missing is not None or whole.value is None else whole.value.denominator


def _shares(kpi: Kpi, found: Gap) -> tuple[FairShare, ...]:
    """Only where more is better does a percentage count who takes part in something."""
    taking_part = kpi.measure is Measure.PERCENTAGE and kpi.direction is Direction.HIGHER
    if not taking_part or found.one_of is None or found.other_of is None:
        return ()
    return fair_share({found.one: found.one_of, found.other: found.other_of})
