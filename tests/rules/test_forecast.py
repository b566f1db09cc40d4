"""Forecasts and pace, against a line worked by hand, numpy's own line, and what a simulated world then does."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.forecast import Basis, Chance, level_forecast, line_forecast, pace, with_season
from framework.kpis.kpi import Direction
from framework.kpis.season import season_means, seasonal

ZIGZAG = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
T90_6 = 1.439756  # 90 % point of Student's t with 6 degrees of freedom, published tables


def rising(n, by=1.0):
    return [50 + by * i for i in range(n)]


def test_a_line_worked_by_hand():
    # x 0 … 7: mean 3.5, Sxx 42. y: mean 0.5, Syy 2. Sxy = (1 + 3 + 5 + 7) - 8 * 3.5 * 0.5 = 2; slope 2/42 = 1/21.
    # Next: x0 = 8, 0.5 + 4.5/21 = 0.714286. Residuals 2 - 4/42 = 1.904762, s = sqrt(1.904762 / 6) = 0.563436.
    # sqrt(1 + 1/8 + 4.5^2/42) = sqrt(1.607143) = 1.267731; half = 1.439756 * 0.563436 * 1.267731 = 1.028395.
    found = line_forecast(ZIGZAG, 1)
    assert found.centre == pytest.approx(0.714286, abs=1e-6)
    assert found.high - found.centre == pytest.approx(1.028395, abs=2e-6)
    assert found.centre - found.low == pytest.approx(1.028395, abs=2e-6)
    assert (found.basis, found.ahead, found.clipped) == (Basis.LINE, 1, False)


def test_a_missing_value_keeps_its_place():
    # 0, 1, missing, 3 … 9 is a straight line: the next is 10, not 9.
    found = line_forecast([0.0, 1.0, None, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 1)
    assert (found.low, found.high) == (pytest.approx(10.0), pytest.approx(10.0))


@settings(max_examples=50)
@given(st.lists(st.one_of(st.none(), st.integers(-100, 100)), min_size=12, max_size=30), st.integers(1, 3))
def test_the_line_is_numpys(values, ahead):
    known = [(x, y) for x, y in enumerate(values) if y is not None]
    found = line_forecast(values, ahead)
    x0, n = len(values) - 1 + ahead, len(known)
    if n < 8 or x0 - known[-1][0] > n / 2:
        assert found is None
        return
    xs, ys = np.array([x for x, _ in known], float), np.array([y for _, y in known], float)
    line = np.polyfit(xs, ys, 1)
    # The variance of a new value by matrices: s^2 (1 + v' (X'X)^-1 v).
    design = np.column_stack([np.ones(n), xs])
    s2 = float(np.sum((ys - np.polyval(line, xs)) ** 2)) / (n - 2)
    at = np.array([1.0, x0])
    se = math.sqrt(s2 * (1 + float(at @ np.linalg.inv(design.T @ design) @ at)))
    assert found.centre == pytest.approx(float(np.polyval(line, x0)), abs=1e-6)
    wide = line_forecast(values, ahead, confidence=0.95)
    assert found.low <= found.centre <= found.high
    assert (wide.high - wide.low) >= (found.high - found.low)
    if n == 8:
        assert found.high - found.centre == pytest.approx(T90_6 * se, abs=1e-3)


@pytest.mark.parametrize(("n", "given"), [(0, False), (7, False), (8, True)])
def test_a_line_needs_eight_values(n, given):
    assert (line_forecast(rising(n), 1) is not None) is given


def test_missing_values_are_not_among_the_eight():
    assert line_forecast([*rising(7), None, None], 1) is None


@pytest.mark.parametrize(
    ("n", "ahead", "given"),
    [(8, 0, False), (8, -1, False), (8, 1, True), (8, 4, True), (8, 5, False), (9, 4, True), (9, 5, False),
     (10, 5, True), (10, 6, False)],
)  # fmt: skip
def test_a_line_goes_at_most_half_its_length_ahead(n, ahead, given):
    assert (line_forecast(rising(n), ahead) is not None) is given


@pytest.mark.parametrize(("ahead", "given"), [(3, True), (4, False)])
def test_half_its_length_is_counted_from_the_last_value(ahead, given):
    # 8 values and one missing after them: 3 ahead of the missing one is 4 beyond the last value.
    assert (line_forecast([*rising(8), None], ahead) is not None) is given


def test_a_line_is_cut_at_the_end_of_the_scale_and_says_so():
    # 92 to 99 by 1 a period: 4 periods on it would be 103 %.
    found = line_forecast([92.0 + i for i in range(8)], 4, bounds=(0, 100))
    assert (found.centre, found.high, found.clipped) == (100, 100, True)
    assert "cut at the end of the scale" in found.assumption


@pytest.mark.parametrize(("bound", "cut"), [((None, 102.9), True), ((None, 103.1), False), ((103.1, None), True)])
def test_a_line_is_cut_only_beyond_a_bound(bound, cut):
    assert line_forecast([92.0 + i for i in range(8)], 4, bounds=bound).clipped is cut


def test_bounds_the_wrong_way_round_are_refused():
    with pytest.raises(ValueError, match="found 100 and 0"):
        line_forecast(rising(8), 1, bounds=(100, 0))


def test_a_line_says_what_it_takes_for_granted():
    assert line_forecast([None, *rising(9)], 1).assumption == (
        "If it goes on along the straight line through the last 9 values."
    )


def test_a_level_is_the_mean_within_its_limits():
    found = level_forecast(94.0, 92.5, 95.5)
    assert (found.basis, found.centre, found.low, found.high) == (Basis.MEAN, 94.0, 92.5, 95.5)
    assert (found.ahead, found.clipped, found.chance) == (1, False, None)


def test_a_level_is_cut_at_the_end_of_the_scale():
    found = level_forecast(99.0, 97.0, 101.0, bounds=(0, 100), ahead=3)
    assert (found.low, found.high, found.clipped, found.ahead) == (97.0, 100, True, 3)


def test_limits_of_a_constant_series_are_its_mean():
    assert level_forecast(5.0, 5.0, 5.0, target=5.0, direction=Direction.LOWER).chance is Chance.LIKELY


@pytest.mark.parametrize(("lpl", "upl"), [(95.0, 96.0), (90.0, 93.0)])
def test_a_mean_outside_its_limits_is_refused(lpl, upl):
    with pytest.raises(ValueError, match="mean within its limits"):
        level_forecast(94.0, lpl, upl)


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [
        (91.9, Direction.HIGHER, Chance.LIKELY),
        (92.0, Direction.HIGHER, Chance.LIKELY),
        (92.1, Direction.HIGHER, Chance.POSSIBLE),
        (96.0, Direction.HIGHER, Chance.POSSIBLE),
        (96.1, Direction.HIGHER, Chance.UNLIKELY),
        (96.1, Direction.LOWER, Chance.LIKELY),
        (96.0, Direction.LOWER, Chance.LIKELY),
        (95.9, Direction.LOWER, Chance.POSSIBLE),
        (92.0, Direction.LOWER, Chance.POSSIBLE),
        (91.9, Direction.LOWER, Chance.UNLIKELY),
        (0.0, Direction.HIGHER, Chance.LIKELY),
        (94.0, Direction.BAND, None),
        (94.0, Direction.NONE, None),
        (94.0, None, None),
        (None, Direction.HIGHER, None),
    ],
)
def test_a_target_is_likely_when_the_whole_range_meets_it_and_unlikely_when_none_does(target, direction, expected):
    assert level_forecast(94.0, 92.0, 96.0, target=target, direction=direction).chance is expected


def test_rounding_makes_no_target_less_likely():
    # 0.1 + 0.2 is a hair above 0.3, and meets a target of "0.3 or less".
    assert level_forecast(0.1, 0.0, 0.1 + 0.2, target=0.3, direction=Direction.LOWER).chance is Chance.LIKELY
    assert level_forecast(0.5, 0.1 + 0.2, 0.6, target=0.3, direction=Direction.LOWER).chance is Chance.POSSIBLE


def test_a_line_has_a_chance_too():
    assert line_forecast(rising(8), 2, target=59.0, direction=Direction.HIGHER).chance is Chance.LIKELY
    assert line_forecast(rising(8), 2, target=59.1, direction=Direction.HIGHER).chance is Chance.UNLIKELY


def cover(ahead, n, series):
    """Share of simulated worlds whose coming value lies in the 80 % range."""
    hits = 0
    for of in series:
        found = line_forecast(list(of[:n]), ahead)
        hits += found.low <= of[n - 1 + ahead] <= found.high
    return hits / len(series)


@pytest.mark.parametrize("n", [8, 12])
def test_the_range_holds_four_in_five_coming_values_when_the_world_is_a_line(n):
    # 4,000 worlds: the standard error of the share is 0.6 points. Published: 78 to 80 %.
    dice = np.random.default_rng(20260901)
    worlds = (90 + 0.4 * np.arange(n + 3) + dice.normal(0, 1, (4000, n + 3))).tolist()
    assert cover(3, n, worlds) == pytest.approx(0.80, abs=0.025)


def test_the_range_holds_far_fewer_after_a_bend():
    # A rise of 0.5 a period that has stopped 6 periods ago: measured 23 to 30 % at 12 to 18 points.
    dice = np.random.default_rng(20260902)
    path = np.minimum(np.arange(19), 9) * 1.0
    assert cover(3, 16, (path + dice.normal(0, 1, (1000, 19))).tolist()) < 0.5


def test_a_season_is_added_back_to_an_adjusted_level():
    adjusted = level_forecast(0.0, -1.0, 1.0)
    found = with_season(adjusted, 94.0, bounds=(0, 94.5), target=93.0, direction=Direction.HIGHER)
    assert (found.low, found.centre, found.high, found.clipped) == (93.0, 94.0, 94.5, True)
    assert found.chance is Chance.LIKELY
    assert "the time of year does what it has done before" in found.assumption


def test_a_season_is_not_added_to_a_range_that_was_cut():
    with pytest.raises(ValueError, match="without bounds"):
        with_season(level_forecast(0.0, -1.0, 1.0, bounds=(0, None)), 94.0)


def test_a_line_through_adjusted_values_climbs_too_slowly():
    # 0 … 11 over two years: season means 3 … 8, so adjusted values are -3 six times and then 3 six times.
    # Sxy = 3 * (0.5 + 1.5 + 2.5 + 3.5 + 4.5 + 5.5) * 2 = 108, Sxx = 143; next: 108/143 * 6.5 + 3 = 7.909, not 12.
    values, seasons = [float(v) for v in range(12)], [1, 2, 3, 4, 5, 6] * 2
    adjusted = line_forecast(seasonal(values, seasons), 1)
    assert with_season(adjusted, season_means(values, seasons)[1]).centre == pytest.approx(108 / 143 * 6.5 + 3)


@pytest.mark.parametrize(
    ("value", "target", "left", "changes", "needed", "so_far"),
    [
        (90.0, 96.0, 6, [0.5, 0.25, 0.0], 1.0, 0.25),
        (8.0, 5.0, 3, [-0.5], -1.0, -0.5),
        (96.0, 96.0, 2, [1.0], 0.0, 1.0),
        (90.0, 96.0, 1, [], 6.0, None),
        (90.0, 96.0, 0, [0.0], None, 0.0),
        (90.0, 96.0, -1, [0.0], None, 0.0),
    ],
)
def test_pace_is_what_is_left_over_the_periods_left(value, target, left, changes, needed, so_far):
    found = pace(value, target, left, changes)
    assert (found.needed, found.so_far, found.periods_left) == (needed, so_far, max(left, 0))


@settings(max_examples=50)
@given(st.floats(-100, 100), st.floats(-100, 100), st.integers(1, 40))
def test_at_the_needed_pace_the_target_is_met_in_time(value, target, left):
    assert value + left * pace(value, target, left, []).needed == pytest.approx(target, abs=1e-9)
