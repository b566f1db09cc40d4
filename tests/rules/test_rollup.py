"""How schools make up the trust, against sums worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.kpis.kpi import Aggregation, Direction, Measure, State
from framework.kpis.rollup import roll_up
from tests.conftest import AGNES, HAZEL, TRUST, a_kpi, a_value

WEIGHTS = {HAZEL.ref: 400.0, AGNES.ref: 900.0}


def at(place, number, n=None, d=None, **more):
    return a_value(number, place=place.ref, numerator=n, denominator=d, **more)


def test_a_percentage_is_all_numerators_over_all_denominators():
    # 40 of 400 and 270 of 900: 310 of 1,300 is 23.846 %, not the 20 % that the mean of 10 and 30 would be.
    rolled = roll_up(a_kpi(), TRUST.ref, [at(HAZEL, 10.0, 40, 400), at(AGNES, 30.0, 270, 900)], WEIGHTS)
    assert rolled.value.number == pytest.approx(100 * 310 / 1300)
    assert (rolled.value.numerator, rolled.value.denominator, rolled.value.place) == (310, 1300, TRUST.ref)


def test_shares_without_what_they_are_shares_of_are_not_rolled_up():
    assert roll_up(a_kpi(), TRUST.ref, [at(HAZEL, 10.0), at(AGNES, 30.0)], WEIGHTS).value is None


def test_counts_add_up():
    rolled = roll_up(a_kpi(measure=Measure.COUNT), TRUST.ref, [at(HAZEL, 3.0), at(AGNES, 0.0)], WEIGHTS)
    assert rolled.value.number == 3.0


def test_a_rate_keeps_its_per():
    # 4 and 14 suspensions among 400 and 900 pupils: 18 of 1,300 is 1.385 per 100.
    kpi = a_kpi(measure=Measure.RATE, per=100)
    rolled = roll_up(kpi, TRUST.ref, [at(HAZEL, 1.0, 4, 400), at(AGNES, 14 / 9, 14, 900)], WEIGHTS)
    assert rolled.value.number == pytest.approx(100 * 18 / 1300)


def test_an_average_is_weighted_by_its_counts():
    # 10 days over 100 referrals and 4 over 50: (1000 + 200) / 150 = 8.
    kpi = a_kpi(measure=Measure.AVERAGE)
    rolled = roll_up(kpi, TRUST.ref, [at(HAZEL, 10.0, None, 100), at(AGNES, 4.0, None, 50)], WEIGHTS)
    assert rolled.value.number == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("how", "expected"),
    [(Aggregation.MEAN, 20.0), (Aggregation.MAX, 30.0), (Aggregation.MIN, 10.0), (Aggregation.WORST, 30.0)],
)
def test_a_declared_way_is_taken(how, expected):
    kpi = a_kpi(aggregation=how, direction=Direction.LOWER)
    assert roll_up(kpi, TRUST.ref, [at(HAZEL, 10.0), at(AGNES, 30.0)], WEIGHTS).value.number == expected


def test_a_missing_school_is_left_out_and_the_coverage_says_so():
    rolled = roll_up(a_kpi(), TRUST.ref, [at(AGNES, 30.0, 270, 900)], WEIGHTS)
    assert rolled.value.number == pytest.approx(30.0)
    assert rolled.covered == pytest.approx(900 / 1300)
    assert rolled.words.replace("\N{NO-BREAK SPACE}", " ") == "1 of 2 schools, 69 % of pupils"


def test_a_school_that_says_not_available_is_not_counted_as_nought():
    values = [at(HAZEL, None, state=State.NOT_AVAILABLE), at(AGNES, 30.0, 270, 900)]
    assert roll_up(a_kpi(), TRUST.ref, values, WEIGHTS).value.number == pytest.approx(30.0)


counts = st.integers(1, 500).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


@given(counts)
def test_the_roll_up_of_one_school_is_the_school(pair):
    n, d = pair
    value = at(HAZEL, 100 * n / d, n, d)
    rolled = roll_up(a_kpi(), TRUST.ref, [value], {HAZEL.ref: 1.0})
    assert rolled.value.number == pytest.approx(value.number)
    assert rolled.covered == 1.0


@given(counts, counts)
def test_splitting_a_school_in_two_leaves_the_trust_as_it_was(one, other):
    n, d = one[0] + other[0], one[1] + other[1]
    whole = roll_up(a_kpi(), TRUST.ref, [at(HAZEL, 100 * n / d, n, d)], {HAZEL.ref: 1.0})
    parts = [at(HAZEL, 100 * one[0] / one[1], *one), at(AGNES, 100 * other[0] / other[1], *other)]
    assert roll_up(a_kpi(), TRUST.ref, parts, WEIGHTS).value.number == pytest.approx(whole.value.number)
