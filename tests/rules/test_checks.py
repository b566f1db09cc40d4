"""What cannot be right in a figure, whoever tells it: both sides of each bound."""

import pytest

from framework.kpis.checks import BASELINE, filled_in, wrong_figure, wrong_side, wrong_target, wrong_value
from framework.kpis.kpi import Direction, Measure, State, Symbol
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
