"""The rules that flag points, each on both sides of its bound. Sides and steps are written out by hand."""

import pytest

from framework.kpis.kpi import Direction
from framework.kpis.special_cause import (
    POINT_TYPES,
    Cause,
    PointType,
    causes,
    in_shift,
    in_trend,
    in_trend_as_nhs_r,
    in_two_of_three,
)

UP, DOWN = 1, -1
TREND_RULES = [in_trend, in_trend_as_nhs_r]


@pytest.mark.parametrize("rule", TREND_RULES)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),  # 6 points, 5 rises
        ([1, 2, 3, 4, 5, 6, 7], [UP] * 7),  # 7 points, 6 rises
        ([7, 6, 5, 4, 3, 2, 1], [DOWN] * 7),
        ([1, 2, 3, 4, 4, 5, 6, 7], [0] * 8),  # a tie between two rises of 3
        ([1, 2, 3, 4, 5, 6, 6], [0] * 7),  # the sixth step is none
        ([1, 2, 3, 4, 5, 6, 5], [0] * 7),  # the sixth step falls
        ([9, 1, 2, 3, 4, 5, 6, 7, 7], [0] + [UP] * 7 + [0]),  # what stands beside a trend is not of it
        ([1, 2, 3, None, 4, 5, 6, 7], [0] * 8),  # a missing value is never bridged
        ([None, 1, 2, 3, 4, 5, 6, 7, None], [0] + [UP] * 7 + [0]),
        ([], []),
    ],
)
def test_a_trend_is_six_steps_one_way_and_every_point_of_it(rule, values, expected):
    assert rule(values) == expected


@pytest.mark.parametrize("rule", TREND_RULES)
def test_a_turning_point_takes_the_trend_it_begins(rule):
    peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]  # six rises to 7, six falls from it
    assert rule(peak) == [UP] * 6 + [DOWN] * 7
    assert rule([-v for v in peak]) == [DOWN] * 6 + [UP] * 7


def test_two_rises_joined_by_a_tie_both_rise():
    assert in_trend([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13]) == [UP] * 14


def test_nhs_r_calls_the_point_before_a_tie_a_fall():
    # At the seventh point the next row belongs to a trend too, and the step to it is 0: not a rise, so "Decreasing".
    assert in_trend_as_nhs_r([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13]) == [UP] * 6 + [DOWN] + [UP] * 7


def test_a_step_within_the_tolerance_is_a_tie():
    rising = [0.1 + 0.2, 0.3, 1, 2, 3, 4, 5, 6]  # 0.1 + 0.2 is 0.30000000000000004
    assert in_trend([0.3, 0.1 + 0.2, 1, 2, 3, 4, 5], 1e-9) == [0] * 7
    assert in_trend([0.3, 0.1 + 0.2, 1, 2, 3, 4, 5]) == [UP] * 7
    assert in_trend(rising, 1e-9) == [0] + [UP] * 7


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([1] * 6, [False] * 6),
        ([1] * 7, [True] * 7),
        ([-1] * 7, [True] * 7),
        ([1] * 9, [True] * 9),
        ([-1] + [1] * 7 + [-1], [False] + [True] * 7 + [False]),
        ([1, 1, 1, 0, 1, 1, 1, 1], [False] * 8),  # a point on the mean ends the run
        ([0] * 7, [False] * 7),
        ([1, 1, 1, None, 1, 1, 1, 1], [False] * 8),
        ([None] * 7, [False] * 7),
        ([1, 1, 1, -1, 1, 1, 1], [False] * 7),
    ],
)
def test_a_shift_is_seven_points_on_one_side(sides, expected):
    assert in_shift(sides) == expected


@pytest.mark.parametrize(
    ("beyond", "sides", "expected"),
    [
        ([True, False, True], [1, 1, 1], [True, False, True]),
        ([True, True, False], [-1, -1, -1], [True, True, False]),
        ([True, True, True], [1, 1, 1], [True, True, True]),
        ([True, False, False], [1, 1, 1], [False] * 3),  # one of three
        ([True, False, True], [1, -1, 1], [False] * 3),  # the third lies across the mean
        ([True, False, True], [1, 0, 1], [False] * 3),  # the third lies on the mean
        ([True, False, True], [1, 1, -1], [False] * 3),
        ([True, True, True], [0, 0, 0], [False] * 3),
        ([True, False, False, True], [1, 1, 1, 1], [False] * 4),  # two of four
        ([True, True], [1, 1], [False] * 2),  # no window of three
        ([True, True, None], [1, 1, None], [False] * 3),  # nor with a missing value in it
        ([False, True, True, False], [-1, 1, 1, 1], [False, True, True, False]),
    ],
)
def test_two_of_three_wants_all_three_on_one_side_and_marks_those_beyond(beyond, sides, expected):
    assert in_two_of_three(beyond, sides) == expected


@pytest.mark.parametrize(
    ("outside", "trend", "near", "shift", "expected"),
    [
        (True, UP, True, True, (Cause.ABOVE_UCL, Cause.BELOW_LCL)),
        (False, UP, True, True, (Cause.TREND_INCREASING, Cause.TREND_INCREASING)),
        (False, DOWN, True, True, (Cause.TREND_DECREASING, Cause.TREND_DECREASING)),
        (False, 0, True, True, (Cause.TWO_IN_THREE_ABOVE, Cause.TWO_IN_THREE_BELOW)),
        (False, 0, False, True, (Cause.SHIFT_ABOVE, Cause.SHIFT_BELOW)),
        (None, 0, False, False, (Cause.COMMON, Cause.COMMON)),
    ],
)
def test_the_first_rule_that_applies_names_the_cause(outside, trend, near, shift, expected):
    assert tuple(causes([outside] * 2, [1, -1], [trend] * 2, [near] * 2, [shift] * 2)) == expected


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        (Direction.HIGHER, PointType.IMPROVEMENT, PointType.CONCERN),
        (Direction.LOWER, PointType.CONCERN, PointType.IMPROVEMENT),
        (Direction.BAND, PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW),
        (Direction.NONE, PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW),
    ],
)
def test_what_is_high_is_better_only_where_higher_is(direction, high, low):
    kinds = POINT_TYPES[direction]
    above = {kinds[cause] for cause in Cause if "Above" in cause or "Increasing" in cause}
    below = {kinds[cause] for cause in Cause if "Below" in cause or "Decreasing" in cause}
    assert (above, below, kinds[Cause.COMMON]) == ({high}, {low}, PointType.COMMON)
