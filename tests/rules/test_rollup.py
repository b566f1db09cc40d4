"""How schools make up the trust, against sums worked by hand."""

from dataclasses import replace

import pytest

from framework.kpis.kpi import Aggregation, Direction, Measure, State, Symbol
from framework.kpis.rollup import Mix, against, change_together, levels, roll_up, same_places, target_together
from tests.conftest import AGNES, HAZEL, TRUST, a_kpi, a_value, half_term

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


def test_a_school_with_a_denominator_of_nought_is_missing():
    rolled = roll_up(a_kpi(), TRUST.ref, [at(HAZEL, 0.0, 0, 0), at(AGNES, 30.0, 270, 900)], WEIGHTS)
    assert rolled.value.number == pytest.approx(30.0)
    assert rolled.reported == 1


def test_a_school_missing_from_the_roll_is_said_never_to_be_all_pupils():
    # 899 of 900 pupils are 99.9 %.
    rolled = roll_up(a_kpi(), TRUST.ref, [at(AGNES, 30.0, 270, 899)], {HAZEL.ref: 1.0, AGNES.ref: 899.0})
    assert rolled.words.replace("\N{NO-BREAK SPACE}", " ") == "1 of 2 schools, 99 % of pupils"


def test_where_schools_count_alike_no_share_of_pupils_is_claimed():
    assert roll_up(a_kpi(), TRUST.ref, [at(AGNES, 30.0, 270, 900)], dict.fromkeys(WEIGHTS, 1.0)).words == (
        "1 of 2 schools"
    )


def test_without_weights_those_who_sent_are_all_there_are():
    rolled = roll_up(a_kpi(), "all", [at(HAZEL, 10.0, 40, 400), at(AGNES, 30.0, 270, 900)])
    assert (rolled.covered, rolled.words, rolled.value.place) == (1.0, "2 of 2 schools", "all")


# Levels 1, 2 and 4: the middle one is 2, their mean 2.33. Of 1, 2, 4 and 4 the middle two are 2 and 4.
@pytest.mark.parametrize(("numbers", "expected"), [((4.0, 1.0, 2.0), 2.0), ((4.0, 1.0, 2.0, 4.0), 3.0), ((2.0,), 2.0)])
def test_scores_are_rolled_up_by_their_median_unless_the_kpi_says_otherwise(numbers, expected):
    kpi, sent = a_kpi(measure=Measure.SCORE), scores(numbers)
    assert roll_up(kpi, TRUST.ref, sent).value.number == expected
    mean = replace(kpi, aggregation=Aggregation.MEAN)
    assert roll_up(mean, TRUST.ref, sent).value.number == pytest.approx(sum(numbers) / len(numbers))


def scores(numbers):
    return [a_value(number, place=f"place{n}") for n, number in enumerate(numbers)]


def test_the_distribution_of_a_score_counts_its_schools_lowest_level_first():
    sent = [*scores((4.0, 1.0, 4.0, 0.0)), a_value(None, state=State.NOT_AVAILABLE)]
    assert list(levels(sent).items()) == [(0.0, 1), (1.0, 1), (4.0, 2)]


def test_a_milestone_is_done_by_so_many_of_all_that_should():
    asked = {"place0": 1.0, "place1": 1.0, "place2": 1.0, "place3": 1.0}
    rolled = roll_up(a_kpi(measure=Measure.MILESTONE), TRUST.ref, scores((1.0, 0.0, 1.0)), asked)
    assert (rolled.value.number, rolled.value.numerator, rolled.value.denominator) == (2.0, 2, 4)
    assert rolled.words == "3 of 4 schools"


def test_the_latest_is_so_by_its_period_and_not_by_its_entry():
    late_entry = at(HAZEL, 10.0, version=9, period=half_term(2025, 6))
    newest = at(AGNES, 30.0, version=3, period=half_term(2026, 1))
    rolled = roll_up(a_kpi(aggregation=Aggregation.LATEST), TRUST.ref, [newest, late_entry], WEIGHTS)
    assert (rolled.value.number, rolled.value.period) == (30.0, half_term(2026, 1))


@pytest.mark.parametrize(
    ("direction", "expected"), [(Direction.HIGHER, 10.0), (Direction.LOWER, 30.0), (None, None), (Direction.BAND, None)]
)
def test_the_worst_of_schools_needs_a_direction_to_be_worst_in(direction, expected):
    kpi = a_kpi(aggregation=Aggregation.WORST, direction=direction)
    value = roll_up(kpi, TRUST.ref, [at(HAZEL, 10.0), at(AGNES, 30.0)], WEIGHTS).value
    assert (None if value is None else value.number) == expected


def test_what_is_provisional_or_unreliable_in_one_school_is_so_in_the_trust():
    values = [at(HAZEL, 10.0, 40, 400, state=State.PROVISIONAL), at(AGNES, 30.0, 270, 900, symbol=Symbol.LOW)]
    value = roll_up(a_kpi(), TRUST.ref, values, WEIGHTS).value
    assert (value.state, value.symbol) == (State.PROVISIONAL, None)
    values[1] = replace(values[1], symbol=Symbol.UNRELIABLE)
    assert roll_up(a_kpi(), TRUST.ref, values, WEIGHTS).value.symbol is Symbol.UNRELIABLE


def test_the_spread_of_an_average_is_that_of_everyone_counted():
    # 1, 3 (mean 2, sd sqrt 2) and 4, 6, 8 (mean 6, sd 2): all five have mean 22 / 5 = 4.4 and squares of
    # 11.56 + 1.96 + 0.16 + 2.56 + 12.96 = 29.2, so a variance of 29.2 / 4 = 7.3.
    values = [at(HAZEL, 2.0, None, 2, sd=2**0.5), at(AGNES, 6.0, None, 3, sd=2.0)]
    value = roll_up(a_kpi(measure=Measure.AVERAGE), TRUST.ref, values, WEIGHTS).value
    assert (value.number, value.denominator) == (pytest.approx(4.4), 5)
    assert value.sd == pytest.approx(7.3**0.5)
    values[1] = replace(values[1], sd=None)
    assert roll_up(a_kpi(measure=Measure.AVERAGE), TRUST.ref, values, WEIGHTS).value.sd is None


# Targets of 10 and 30 with 400 and 900 pupils: 40 + 270 = 310 of 1,300.
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 100 * 310 / 1300),
        ({"measure": Measure.COUNT}, 40.0),
        ({"measure": Measure.MILESTONE}, 40.0),
        ({"measure": Measure.SCORE}, 20.0),
        ({"aggregation": Aggregation.MEAN}, 20.0),
        ({"aggregation": Aggregation.MAX}, 30.0),
        ({"aggregation": Aggregation.MIN}, 10.0),
        ({"aggregation": Aggregation.WORST}, 30.0),  # lower is better
        ({"aggregation": Aggregation.LATEST}, None),
    ],
)
def test_targets_of_schools_make_one_of_the_trust(changes, expected):
    found = target_together(a_kpi(**changes), {HAZEL.ref: 10.0, AGNES.ref: 30.0}, WEIGHTS)
    assert found == (None if expected is None else pytest.approx(expected))


def test_targets_of_shares_need_what_each_is_a_share_of():
    assert target_together(a_kpi(), {HAZEL.ref: 10.0, AGNES.ref: 30.0}, {HAZEL.ref: 400.0}) is None
    assert target_together(a_kpi(), {HAZEL.ref: 10.0}, {HAZEL.ref: 0.0}) is None


def test_a_change_is_that_of_the_schools_in_both_periods():
    # Hazel from 40 of 400 to 60 of 400; Agnes joins with 270 of 900. Together Hazel's 10 to 15: 5 points, not 15.4.
    before = [at(HAZEL, 10.0, 40, 400)]
    after = [at(AGNES, 30.0, 270, 900), at(HAZEL, 15.0, 60, 400)]
    found = change_together(a_kpi(), TRUST.ref, before, after)
    assert found.change == pytest.approx(5.0)
    assert (found.places, found.of_before, found.of_after) == ((HAZEL.ref,), 1, 2)


def test_a_school_without_a_number_in_one_of_the_periods_is_in_neither():
    nothing = at(HAZEL, None, state=State.NOT_AVAILABLE)
    nought = at(HAZEL, 0.0, 0, 0)
    for missing in (nothing, nought):
        assert same_places([missing, at(AGNES, 3.0, 27, 900)], [at(HAZEL, 9.0, 36, 400)]) == ([], [])
        assert change_together(a_kpi(), TRUST.ref, [missing], [at(HAZEL, 9.0, 36, 400)]) is None


def test_shares_without_counts_have_no_change_together():
    assert change_together(a_kpi(), TRUST.ref, [at(HAZEL, 10.0)], [at(HAZEL, 15.0)]) is None


def test_schools_and_trust_may_go_opposite_ways():
    # Both schools fall, 10 to 9 and 30 to 29; but most pupils have moved to the second: 40 + 30 of 500 is 14,
    # 9 + 116 of 500 is 25.
    before = [at(HAZEL, 10.0, 40, 400), at(AGNES, 30.0, 30, 100)]
    after = [at(HAZEL, 9.0, 9, 100), at(AGNES, 29.0, 116, 400)]
    mix = against(change_together(a_kpi(), TRUST.ref, before, after))
    assert mix == Mix(pytest.approx(11.0), 0, 2, opposite=True)


# A trust of counts that rose by the sum of its schools' changes.
@pytest.mark.parametrize(
    ("changes", "rose", "fell", "opposite"),
    [
        ((5, -1, -1), 1, 2, True),
        ((5, -1, 0), 1, 1, False),  # one of three is not most
        ((5, -1, 1, -1), 2, 2, False),  # nor is half
        ((-5, 1, 1), 2, 1, True),
        ((1, -1), 1, 1, False),  # the trust stands still
        ((0, 0), 0, 0, False),
    ],
)
def test_most_schools_against_the_trust_are_more_than_half(changes, rose, fell, opposite):
    kpi = a_kpi(measure=Measure.COUNT)
    before, after = scores([10.0] * len(changes)), scores([10.0 + c for c in changes])
    mix = against(change_together(kpi, TRUST.ref, before, after))
    assert (mix.trust_change, mix.rose, mix.fell, mix.opposite) == (sum(changes), rose, fell, opposite)
