"""The path from baseline to target, in each of its shapes, against days counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.kpis.kpi import PathShape
from framework.kpis.path import SetPoint, path

T0, MID, T1 = date(2025, 7, 21), date(2026, 7, 21), date(2027, 7, 21)  # 365 days apart each
DAY = timedelta(days=1)
POINTS = [SetPoint(T1, 20.0, 20.0), SetPoint(MID, 26.0, 26.0)]  # in no order
numbers = st.floats(-1000, 1000, allow_nan=False).map(lambda x: round(x, 3))


def way(shape=None, points=POINTS, **more):
    return path(28.0, T0, points, shape=shape, **more)


def test_no_target_is_no_path():
    assert path(28.0, T0, []) is None


def test_a_straight_line_bends_at_each_target():
    # 28, 26 a year later, 20 at the end: half-way through the second year (182 of 365 days) 26 - 6 * 182 / 365.
    assert way().expected(T0) == (28.0, 28.0)
    assert way().expected(MID) == (26.0, 26.0)
    assert way().expected(MID + 182 * DAY)[0] == pytest.approx(26 - 6 * 182 / 365)
    assert way().expected(T1) == (20.0, 20.0)


@pytest.mark.parametrize("shape", list(PathShape))
def test_before_the_start_nothing_is_expected_and_after_the_end_the_last_target(shape):
    assert way(shape).expected(T0 - DAY) is None
    assert way(shape).expected(T1 + 99 * DAY) == (20.0, 20.0)


@pytest.mark.parametrize(
    ("day", "expected"), [(T0, 28.0), (MID - DAY, 28.0), (MID, 26.0), (T1 - DAY, 26.0), (T1, 20.0)]
)
def test_in_steps_each_target_holds_from_its_own_day_and_the_baseline_until_the_first(day, expected):
    assert way(PathShape.STEPS).expected(day) == (expected, expected)


@pytest.mark.parametrize(("day", "expected"), [(T0, 28.0), (MID, 28.0), (T1 - DAY, 28.0), (T1, 20.0)])
def test_where_the_last_target_alone_counts_the_baseline_holds_until_its_day(day, expected):
    assert way(PathShape.FINAL).expected(day) == (expected, expected)


# Bands of 8 to 12 by the middle and 4 to 6 by the end; none grows out of the baseline of 28.
@pytest.mark.parametrize(
    ("shape", "day", "expected"),
    [
        (PathShape.LINE, T0, (8.0, 12.0)),
        (PathShape.LINE, MID, (8.0, 12.0)),
        (PathShape.LINE, MID + DAY, (4.0, 6.0)),
        (PathShape.STEPS, T0, (8.0, 12.0)),
        (PathShape.STEPS, T1 - DAY, (8.0, 12.0)),
        (PathShape.STEPS, T1, (4.0, 6.0)),
        (PathShape.FINAL, T0, (4.0, 6.0)),
    ],
)
def test_a_band_is_there_to_be_in_from_the_start(shape, day, expected):
    bands = [SetPoint(MID, 8.0, 12.0), SetPoint(T1, 4.0, 6.0)]
    assert way(shape, bands).expected(day) == expected


def test_a_band_whose_edges_are_the_same_number_is_still_a_band():
    only = [SetPoint(T1, 10.0, 10.0)]
    assert way(points=only, band=True).expected(MID) == (10.0, 10.0)
    assert way(points=only).expected(MID)[0] == pytest.approx(19.0)  # half-way from 28


def test_a_target_dated_before_the_start_is_passed_over():
    early = SetPoint(T0 - 100 * DAY, 40.0, 40.0)
    for shape, expected in ((PathShape.LINE, 24.0), (PathShape.STEPS, 28.0)):
        found = way(shape, [early, SetPoint(T1, 20.0, 20.0)])
        assert found.expected(MID)[0] == pytest.approx(expected)  # half-way from 28 to 20


def test_a_drawing_goes_through_both_sides_of_each_step():
    assert way().corners == (T0, MID, T1)
    assert way(PathShape.STEPS).corners == (T0, MID - DAY, MID, T1 - DAY, T1)
    assert way(points=[SetPoint(MID, 8.0, 12.0), SetPoint(T1, 4.0, 6.0)]).corners == (T0, MID, MID + DAY, T1)


@given(baseline=numbers, middle=numbers, target=numbers, day=st.integers(0, 729))
def test_a_straight_line_runs_from_baseline_to_target_without_a_jump(baseline, middle, target, day):
    line = path(baseline, T0, [SetPoint(MID, middle, middle), SetPoint(T1, target, target)])
    assert (line.expected(T0)[0], line.expected(MID)[0], line.expected(T1)[0]) == (baseline, middle, target)
    here, after = (line.expected(T0 + (day + n) * DAY)[0] for n in (0, 1))
    steepest = max(abs(middle - baseline), abs(target - middle)) / 365
    assert abs(after - here) <= steepest + 1e-9  # a day's step is never more than a day's share of the way
    low, high = min(baseline, middle, target), max(baseline, middle, target)
    assert low - 1e-9 <= here <= high + 1e-9


@given(baseline=numbers, middle=numbers, target=numbers, day=st.integers(0, 800), shape=st.sampled_from(PathShape))
def test_every_shape_stays_among_its_numbers(baseline, middle, target, day, shape):
    found = path(baseline, T0, [SetPoint(MID, middle, middle), SetPoint(T1, target, target)], shape=shape)
    low, high = found.expected(T0 + day * DAY)
    assert low == high
    assert min(baseline, middle, target) - 1e-9 <= low <= max(baseline, middle, target) + 1e-9
