"""What must hold of every roll-up, whatever the numbers. Source of the laws: measurement 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.kpis.kpi import Aggregation, Direction, Measure
from framework.kpis.rollup import change_together, combined, roll_up, target_together
from tests.conftest import a_kpi, a_value

counts = st.integers(1, 500).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
several = st.lists(counts, min_size=1, max_size=6)
SHARES = (Measure.PERCENTAGE, Measure.RATE, Measure.AVERAGE)


def values_of(kpi, pairs):
    """One value a school: its share of its own whole, or its number where the KPI counts."""
    scale = 100 if kpi.measure is Measure.PERCENTAGE else (kpi.per or 1)
    return [
        a_value(
            scale * n / d if kpi.measure in SHARES else float(n),
            place=f"school{at}",
            numerator=n,
            denominator=d,
            ref="",
        )
        for at, (n, d) in enumerate(pairs)
    ]


def trust(kpi, pairs):
    return roll_up(kpi, "trust", values_of(kpi, pairs)).value


@pytest.mark.parametrize("measure", [m for m in Measure if m is not Measure.MILESTONE])
@pytest.mark.parametrize("how", [None, *(a for a in Aggregation)])
def test_the_roll_up_of_one_school_is_the_school(measure, how):
    kpi = a_kpi(measure=measure, per=100, aggregation=how)
    for pair in ((0, 7), (3, 7), (7, 7)):
        assert trust(kpi, [pair]).number == pytest.approx(values_of(kpi, [pair])[0].number)


@pytest.mark.parametrize("done", [0.0, 1.0])
def test_the_milestone_of_one_school_is_the_schools(done):
    assert roll_up(a_kpi(measure=Measure.MILESTONE), "trust", [a_value(done)]).value.number == done


@given(several, counts, st.sampled_from([Measure.COUNT, Measure.CURRENCY, *SHARES]))
def test_parting_a_school_in_two_leaves_sum_and_weighted_as_they_were(rest, part, measure):
    kpi = a_kpi(measure=measure, per=1000)
    (n, d), *others = rest
    whole = trust(kpi, [(n + part[0], d + part[1]), *others])
    parted = trust(kpi, [(n, d), part, *others])
    assert parted.number == pytest.approx(whole.number)


@given(st.permutations([(3, 10), (0, 40), (25, 30), (8, 8)]), st.sampled_from(list(Aggregation)))
def test_the_order_of_schools_never_matters(pairs, how):
    kpi = a_kpi(aggregation=how)
    sent = values_of(kpi, pairs)
    if how is not Aggregation.LATEST:  # of values of one period the last to arrive
        assert roll_up(kpi, "trust", sent).value.number == pytest.approx(
            trust(kpi, [(3, 10), (0, 40), (25, 30), (8, 8)]).number
        )


@given(several, st.sampled_from([a for a in Aggregation if a is not Aggregation.SUM]))
def test_the_trust_lies_among_its_schools_unless_they_add_up(pairs, how):
    kpi = a_kpi(aggregation=how)
    numbers = [v.number for v in values_of(kpi, pairs)]
    assert min(numbers) - 1e-9 <= trust(kpi, pairs).number <= max(numbers) + 1e-9


@given(several, st.integers(1, 50))
def test_schools_that_meet_their_targets_exactly_meet_the_trusts(pairs, more):
    for kpi in (a_kpi(), a_kpi(measure=Measure.COUNT), a_kpi(aggregation=Aggregation.MEDIAN)):
        sent = values_of(kpi, pairs)
        weights = {v.place: float(v.denominator) for v in sent}
        together = target_together(kpi, {v.place: v.number for v in sent}, weights)
        assert together == pytest.approx(roll_up(kpi, "trust", sent).value.number)


@given(several, counts)
def test_a_school_that_joins_never_makes_a_change(pairs, joined):
    kpi = a_kpi()
    before, after = values_of(kpi, pairs), values_of(kpi, [*pairs, joined])
    found = change_together(kpi, "trust", before, after)
    assert found.change == pytest.approx(0, abs=1e-9)
    assert (found.of_before, found.of_after, len(found.places)) == (len(pairs), len(pairs) + 1, len(pairs))


@given(st.lists(st.integers(-100, 100).map(float), min_size=1, max_size=7), st.sampled_from([2.0, -1.0, -0.5]))
def test_another_scale_turned_round_with_its_direction_is_rolled_up_the_same(numbers, scale):
    for how in (Aggregation.SUM, Aggregation.MEAN, Aggregation.MEDIAN, Aggregation.WORST):
        here = combined(how, numbers, direction=Direction.HIGHER)
        turned = Direction.HIGHER if scale > 0 else Direction.LOWER
        assert combined(how, [scale * x for x in numbers], direction=turned) == pytest.approx(scale * here)
