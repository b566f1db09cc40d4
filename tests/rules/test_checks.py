"""What cannot be right in a figure, whoever tells it: both sides of each bound."""

from datetime import date

import pytest

from framework.kpis.checks import (
    BASELINE,
    filled_in,
    not_ours,
    other_scale,
    too_many_pinned,
    typed_in,
    wrong_figure,
    wrong_side,
    wrong_target,
    wrong_value,
)
from framework.kpis.kpi import Counted, Direction, Measure, State, Symbol
from tests.conftest import a_kpi

RIGHT = [
    (Measure.PERCENTAGE, {"number": 0.0}),
    (Measure.PERCENTAGE, {"number": 100.0}),
    (Measure.PERCENTAGE, {"number": 24.1, "numerator": 241, "denominator": 1000}),
    (Measure.PERCENTAGE, {"number": 33.3, "numerator": 1, "denominator": 3}),  # rounded to one decimal
    (Measure.PERCENTAGE, {"number": 0.0, "numerator": 0, "denominator": 31}),
    (Measure.COUNT, {"number": 0.0}),
    (Measure.COUNT, {"number": 12.0}),
    (Measure.RATE, {"number": 140.0, "numerator": 14, "denominator": 10}),
    (Measure.CURRENCY, {"number": -12.5}),
    (Measure.SCORE, {"number": 2.5}),
    (Measure.MILESTONE, {"number": 0.0}),
    (Measure.MILESTONE, {"number": 1.0}),
    (Measure.RATE, {"number": 0.0, "numerator": 0, "denominator": 1}),
    (Measure.AVERAGE, {"number": 8.0, "denominator": 25, "sd": 0.0}),
    (Measure.PERCENTAGE, {"number": None, "state": State.NOT_APPLICABLE}),
    (Measure.PERCENTAGE, {"number": None, "symbol": Symbol.SUPPRESSED}),
]
WRONG = [
    (Measure.PERCENTAGE, {"number": -0.1}, "number"),
    (Measure.PERCENTAGE, {"number": 100.1}, "number"),
    (Measure.PERCENTAGE, {"number": 33.2, "numerator": 1, "denominator": 3}, "number"),
    (Measure.PERCENTAGE, {"number": 50.0, "numerator": 11, "denominator": 10}, "numerator"),
    (Measure.PERCENTAGE, {"number": 50.0, "numerator": 0, "denominator": 0}, "denominator"),
    (Measure.COUNT, {"number": -3.0}, "number"),
    (Measure.COUNT, {"number": 2.5}, "number"),
    (Measure.RATE, {"number": -0.1}, "number"),
    (Measure.RATE, {"number": 1.0, "numerator": -1, "denominator": 10}, "numerator"),
    (Measure.RATE, {"number": 1.0, "numerator": 1, "denominator": 0}, "denominator"),
    (Measure.COUNT, {"number": 1.0, "numerator": -1}, "numerator"),
    (Measure.AVERAGE, {"number": 8.0, "denominator": -25}, "denominator"),
    (Measure.AVERAGE, {"number": 8.0, "sd": -0.1}, "sd"),
    (Measure.AVERAGE, {"number": 8.0, "sd": float("inf")}, "sd"),
    (Measure.MILESTONE, {"number": 0.5}, "number"),
    (Measure.MILESTONE, {"number": 2.0}, "number"),
    (Measure.MILESTONE, {"number": -1.0}, "number"),
    (Measure.CURRENCY, {"number": float("nan")}, "number"),
    (Measure.CURRENCY, {"number": float("inf")}, "number"),
    (Measure.PERCENTAGE, {"number": None}, "number"),
    (Measure.PERCENTAGE, {"number": None, "state": State.PROVISIONAL}, "number"),
    (Measure.PERCENTAGE, {"number": None, "symbol": Symbol.LOW}, "number"),
]


@pytest.mark.parametrize(("measure", "data"), RIGHT)
def test_what_can_be_right_is_let_in(measure, data):
    assert wrong_value(measure, data) == []


@pytest.mark.parametrize(("measure", "data", "field"), WRONG)
def test_what_cannot_be_right_is_named_at_its_field(measure, data, field):
    assert [wrong.field for wrong in wrong_value(measure, data)] == [field]


def test_a_number_follows_from_its_counts_where_it_was_not_given():
    assert filled_in(Measure.PERCENTAGE, None, {"numerator": 1, "denominator": 8}) == {"number": 12.5}
    assert filled_in(Measure.RATE, 100, {"numerator": 3, "denominator": 200}) == {"number": 1.5}
    assert filled_in(Measure.PERCENTAGE, None, {"number": 0.0, "numerator": 1, "denominator": 8}) == {}
    assert filled_in(Measure.PERCENTAGE, None, {"numerator": 0, "denominator": 0}) == {}
    assert filled_in(Measure.COUNT, None, {"numerator": 1, "denominator": 8}) == {}


def test_a_baseline_answers_to_the_same_rules_at_its_own_fields():
    data = {"baseline": 28.0, "baseline_numerator": 29, "baseline_denominator": 28}
    assert [wrong.field for wrong in wrong_figure(Measure.PERCENTAGE, data, BASELINE)] == ["baseline_numerator"]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"number": 0.0}, []),
        ({"low": 8.0, "high": 8.0}, []),
        ({"low": 8.0}, ["number"]),
        ({}, ["number"]),
        ({"low": 8.1, "high": 8.0}, ["high"]),
        ({"number": 100.1}, ["number"]),
        ({"low": -1.0, "high": 8.0}, ["low"]),
    ],
)
def test_a_target_is_a_point_or_a_band(data, fields):
    assert [wrong.field for wrong in wrong_target(Measure.PERCENTAGE, data)] == fields


@pytest.mark.parametrize(
    ("direction", "number", "wrong"),
    [
        (Direction.LOWER, 28.0, False),
        (Direction.LOWER, 28.1, True),
        (Direction.HIGHER, 28.0, False),
        (Direction.HIGHER, 27.9, True),
        (Direction.BAND, 40.0, False),
        (None, 40.0, False),
    ],
)
def test_a_target_lies_on_the_better_side_of_the_baseline(direction, number, wrong):
    assert (wrong_side(a_kpi(direction=direction), number) is not None) is wrong


@pytest.mark.parametrize(
    ("measure", "data", "wrong"),
    [
        (Measure.COUNT, {"number": 2.5}, False),  # a point on the way
        (Measure.COUNT, {"number": 0.0}, False),
        (Measure.COUNT, {"number": -1.0}, True),
        (Measure.MILESTONE, {"number": 6.0}, False),  # so many schools
        (Measure.MILESTONE, {"number": -1.0}, True),
        (Measure.COUNT, {"number": float("nan")}, True),
        (Measure.CURRENCY, {"number": -40.0}, False),
    ],
)
def test_a_target_of_a_count_may_lie_between_two_counts_but_not_below_nought(measure, data, wrong):
    assert (wrong_target(measure, data) != []) is wrong


@pytest.mark.parametrize(
    ("number", "others", "wrong"),
    [
        (0.94, [95.0, 94.2, 96.0], True),
        (0.94, [95.0], True),
        (0.04, [4.0, 4.4, 3.8], True),  # 4 %
        (0.0, [95.0], False),  # a true nought
        (1.0, [95.0], False),  # one per cent, or all of it: nobody knows
        (1.2, [95.0], False),
        (0.9, [1.6, 2.1, 1.8], False),  # small, but of their size
        (0.1, [2.0], False),  # 2 is 20 times 0.1
        (0.099, [2.0], True),
        (0.05, [1.5], False),  # 30 times, but not above 1.5
        (0.05, [1.6], True),
        (0.9, [0.8, 0.7, 95.0], False),  # most others are small
        (0.94, [], False),
        (None, [95.0], False),
    ],
)
def test_a_share_of_1_among_percentages_is_on_the_wrong_scale(number, others, wrong):
    assert (other_scale(Measure.PERCENTAGE, {"number": number}, others) is not None) is wrong


def test_a_small_percentage_is_right_when_its_counts_say_so_or_the_measure_is_another():
    data = {"number": 0.94, "numerator": 1, "denominator": 106}
    assert other_scale(Measure.PERCENTAGE, data, [95.0]) is None
    assert other_scale(Measure.RATE, {"number": 0.94}, [95.0]) is None


def test_the_wrong_scale_is_told_with_the_right_number():
    assert str(other_scale(Measure.PERCENTAGE, {"number": 0.94}, [95.0])) == (
        "0.94 cannot be right: wanted the same scale as its other values (about 95), such as 94, "
        "or the two counts that make it 0.94."
    )


FIRST, LAST = date(2026, 9, 1), date(2026, 10, 23)


@pytest.mark.parametrize(
    ("joined", "left", "wrong"),
    [
        (None, None, False),
        (LAST, None, False),  # on its last day
        (date(2026, 10, 24), None, True),
        (None, FIRST, False),
        (None, date(2026, 8, 31), True),
    ],
)
def test_a_school_has_values_while_it_is_part_of_the_trust(joined, left, wrong):
    assert (not_ours("St X", joined, left, FIRST, LAST) is not None) is wrong
    assert not_ours("St X", joined, left, None, None) is None


def test_a_school_that_left_is_named_with_the_day():
    assert str(not_ours("St X", None, date(2026, 7, 20), FIRST, LAST)) == (
        "1 Sep 2026 to 23 Oct 2026 cannot be right: wanted a period in which St X was part of the trust: "
        "it left the trust on 20 Jul 2026."
    )


def test_what_the_app_counts_is_not_typed_in():
    assert typed_in("K-P01", None) is None
    assert str(typed_in("K-P01", Counted.FRESH_UPDATES)) == (
        "K-P01 cannot be right: wanted a KPI whose values are reported: the app counts fresh updates for K-P01 itself."
    )


def test_a_board_set_holds_twelve():
    assert too_many_pinned(12) is None
    assert "of which this would be number 13" in str(too_many_pinned(13))
