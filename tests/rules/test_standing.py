"""Standings, against cases worked by hand. Their arithmetic stands beside each."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from framework.kpis.kpi import Direction, Level, State, Symbol
from framework.kpis.path import SetPoint, path
from framework.kpis.standing import Family, Standing, Timing, standing
from tests.conftest import a_kpi, a_value, half_term

T0, T1 = date(2025, 7, 21), date(2027, 7, 21)  # 730 days apart
ENDS = date(2026, 7, 21)  # half-way: 365 days after T0
TODAY = date(2026, 7, 25)
TIMING = Timing(half_term(2025, 6), ENDS, ENDS + timedelta(days=14), date(2026, 11, 6))


def judged(number, *, direction=Direction.LOWER, baseline=28.0, target=20.0, floor=0.2, low=None, high=None):
    kpi = a_kpi(direction=direction, baseline=baseline, floor=floor)
    point = SetPoint(T1, target if low is None else low, target if high is None else high)
    return standing(kpi, a_value(number), path(baseline, T0, [point]), TIMING, TODAY)


# From 28 to 20 in 730 days; half-way the path is at 24; tolerance = max(0.1 * 8, 0.2) = 0.8.
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (20.0, Standing.ACHIEVED),
        (19.9, Standing.ACHIEVED),
        (20.1, Standing.ON_TRACK),
        (24.0, Standing.ON_TRACK),
        (24.01, Standing.SLIGHTLY_BEHIND),
        (24.8, Standing.SLIGHTLY_BEHIND),
        (24.81, Standing.BEHIND),
        (28.0, Standing.BEHIND),
        (28.01, Standing.WORSE_THAN_START),
    ],
)
def test_a_falling_kpi_is_judged_by_its_distance_from_the_path(number, expected):
    assert judged(number).standing is expected


# From 50 to 60; half-way 55; tolerance = max(0.1 * 10, 0.2) = 1.
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (60.0, Standing.ACHIEVED),
        (55.0, Standing.ON_TRACK),
        (54.0, Standing.SLIGHTLY_BEHIND),
        (53.99, Standing.BEHIND),
        (49.99, Standing.WORSE_THAN_START),
    ],
)
def test_a_rising_kpi_is_judged_by_its_distance_from_the_path(number, expected):
    assert judged(number, direction=Direction.HIGHER, baseline=50.0, target=60.0).standing is expected


# Hold at 95 with a floor of 0.2: 94.8 is held (short by 0.2); 94.79 is below where it started.
@pytest.mark.parametrize(
    ("number", "expected"),
    [(95.0, Standing.HELD), (96.0, Standing.HELD), (94.8, Standing.HELD), (94.79, Standing.WORSE_THAN_START)],
)
def test_a_kpi_to_be_held_is_held_within_its_floor(number, expected):
    assert judged(number, direction=Direction.HIGHER, baseline=95.0, target=95.0).standing is expected


# A band of 8 to 12 with a floor of 0.2, from 13 (1 outside): 12.2 is 0.2 outside, 13 is 1 outside, 13.1 is 1.1 outside.
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (8.0, Standing.HELD),
        (12.0, Standing.HELD),
        (12.2, Standing.HELD),
        (12.21, Standing.BEHIND),
        (13.0, Standing.BEHIND),
        (13.1, Standing.WORSE_THAN_START),
        (7.7, Standing.BEHIND),
        (6.9, Standing.WORSE_THAN_START),
    ],
)
def test_a_band_is_judged_by_the_distance_to_its_nearest_edge(number, expected):
    assert judged(number, direction=Direction.BAND, baseline=13.0, low=8.0, high=12.0).standing is expected


def test_a_target_of_nought_is_a_target_and_a_true_nought_achieves_it():
    assert judged(0.0, baseline=4.0, target=0.0).standing is Standing.ACHIEVED
    assert judged(3.0, baseline=4.0, target=0.0).standing is Standing.BEHIND  # expected 2, tolerance 0.4


def test_a_tenth_and_two_tenths_are_not_slightly_behind_three_tenths():
    # 0.1 + 0.2 is 0.30000000000000004; from 0.4 to 0.2 the path is at 0.3 half-way.
    reached = judged(0.1 + 0.2, baseline=0.4, target=0.2, floor=0.0)
    assert reached.standing is Standing.ON_TRACK


def test_the_sentence_says_value_expected_and_target():
    assert judged(25.0).reason.replace("\N{NO-BREAK SPACE}", " ") == (
        "Behind: 25 % against 24 % expected by Autumn 1, 2026/27; the target is 20 % by 21 Jul 2027."
    )


def test_the_sentence_shows_more_decimals_where_rounding_would_hide_the_difference():
    assert "24.01\N{NO-BREAK SPACE}% against 24\N{NO-BREAK SPACE}% expected" in judged(24.01).reason


ON_PATH = path(28.0, T0, [SetPoint(T1, 20.0, 20.0)])


@pytest.mark.parametrize(
    ("kpi", "value", "way", "timing", "on", "expected"),
    [
        (a_kpi(level=Level.CONTEXT), a_value(), ON_PATH, TIMING, TODAY, Standing.CONTEXT),
        (a_kpi(), a_value(None, state=State.NOT_APPLICABLE), ON_PATH, TIMING, TODAY, Standing.NOT_APPLICABLE),
        (a_kpi(), a_value(None, symbol=Symbol.SUPPRESSED), ON_PATH, TIMING, TODAY, Standing.HIDDEN),
        (a_kpi(), None, ON_PATH, TIMING, ENDS + timedelta(days=14), Standing.NOT_DUE),
        (a_kpi(), None, ON_PATH, TIMING, ENDS + timedelta(days=15), Standing.NOT_REPORTED),
        (a_kpi(), a_value(), ON_PATH, TIMING, date(2026, 11, 6), Standing.SLIGHTLY_BEHIND),
        (a_kpi(), a_value(), ON_PATH, TIMING, date(2026, 11, 7), Standing.STALE),
        (a_kpi(direction=None), a_value(), ON_PATH, TIMING, TODAY, Standing.CANNOT_BE_JUDGED),
        (a_kpi(direction=Direction.NONE), a_value(), None, TIMING, TODAY, Standing.CANNOT_BE_JUDGED),
        (a_kpi(baseline=None), a_value(), path(None, T0, ON_PATH.points), TIMING, TODAY, Standing.CANNOT_BE_JUDGED),
        (a_kpi(baseline=None), a_value(), None, TIMING, TODAY, Standing.NO_TARGET),
        (a_kpi(), a_value(), path(28.0, ENDS, ON_PATH.points), TIMING, TODAY, Standing.TOO_EARLY),
    ],
)
def test_the_first_standing_that_applies_is_taken(kpi, value, way, timing, on, expected):
    assert standing(kpi, value, way, timing, on).standing is expected


def test_what_is_missing_is_named():
    lacking = standing(a_kpi(direction=None), a_value(), path(None, T0, ON_PATH.points), TIMING, TODAY)
    assert lacking.reason == "Cannot be judged: no direction and no baseline."


def test_context_has_no_family_that_carries_a_mark():
    assert standing(a_kpi(level=Level.CONTEXT), a_value(), ON_PATH, TIMING, TODAY).family is Family.CONTEXT


numbers = st.floats(-1000, 1000, allow_nan=False).map(lambda x: round(x, 3))


@given(value=st.floats(0, 100), baseline=st.floats(0, 100), target=st.floats(0, 100))
def test_turning_a_kpi_upside_down_never_changes_its_standing(value, baseline, target):
    value, baseline, target = round(value, 2), round(baseline, 2), round(target, 2)
    rising = judged(value, direction=Direction.HIGHER, baseline=baseline, target=target)
    falling = judged(100 - value, direction=Direction.LOWER, baseline=100 - baseline, target=100 - target)
    assert rising.standing is falling.standing


@given(value=numbers, baseline=numbers, target=numbers, scale=st.sampled_from([0.01, 0.5, 3.0, 1000.0]), shift=numbers)
def test_measuring_in_another_unit_never_changes_a_standing(value, baseline, target, scale, shift):
    gap = abs(judged(value, direction=Direction.HIGHER, baseline=baseline, target=target, floor=0.2).gap or 1)
    assume(gap > 1e-3)  # a tie within rounding may fall on either side once numbers are scaled
    tolerance = max(0.1 * abs(target - baseline), 0.2)
    assume(abs(gap - tolerance) > 1e-3)
    assume(abs(value - baseline) > 1e-3 or value == baseline)
    assume(abs(value - target) > 1e-3 or value == target)
    assume(abs(target - baseline) > 1e-3 or target == baseline)
    before = judged(value, direction=Direction.HIGHER, baseline=baseline, target=target, floor=0.2)
    after = judged(
        scale * value + shift,
        direction=Direction.HIGHER,
        baseline=scale * baseline + shift,
        target=scale * target + shift,
        floor=scale * 0.2,
    )
    assert before.standing is after.standing


@given(baseline=numbers, target=numbers, share=st.floats(0, 1))
def test_the_path_runs_from_baseline_to_target_without_a_jump(baseline, target, share):
    way = path(baseline, T0, [SetPoint(T1, target, target)])
    day = T0 + timedelta(days=round(share * 730))
    low, high = way.expected(day)
    assert low == high
    assert min(baseline, target) - 1e-9 <= low <= max(baseline, target) + 1e-9
    assert way.expected(T0)[0] == baseline
    assert way.expected(T1)[0] == target
    assert way.expected(T0 - timedelta(days=1)) is None


def test_between_two_targets_the_path_bends_at_the_first():
    # 28 at T0, 26 a year later, 20 at the end: half-way through the second year it is 23.
    way = path(28.0, T0, [SetPoint(T1, 20.0, 20.0), SetPoint(ENDS, 26.0, 26.0)])
    assert way.expected(ENDS) == (26.0, 26.0)
    assert way.expected(ENDS + timedelta(days=182))[0] == pytest.approx(26 - 6 * 182 / 365)
    assert way.expected(T1 + timedelta(days=99)) == (20.0, 20.0)
