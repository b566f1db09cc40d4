"""The five-point trend, against figures worked by hand; published cases are in test_intervals.py.

With standard error 1 for each value (an interval 3.92 wide) every weight is 1, the mean of x is 3 and
Sxx = 4 + 1 + 0 + 1 + 4 = 10: slope = (-2a - b + d + 2e) / 10 and chi2 = 10 * slope^2.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import chdtri

from framework.kpis.recent_trend import CHI2_998, Marker, five_point_trend


def trend(*values, se=1.0):
    half = 1.96 * se
    return five_point_trend(values, [v - half for v in values], [v + half for v in values])


def rise(by):
    return tuple(50 + by * i for i in range(5))


def test_the_threshold_is_the_998_point_of_chi_squared():
    assert pytest.approx(chdtri(1, 0.002), abs=1e-12) == CHI2_998


def test_a_rise_of_one_standard_error_a_year_is_a_trend():
    found = trend(10, 11, 12, 13, 14)  # slope 1, chi2 10
    assert found.marker is Marker.INCREASING
    assert (found.slope, found.chi2) == (pytest.approx(1.0), pytest.approx(10.0))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (rise(0.9772), Marker.NO_CHANGE),  # 10 * 0.9772^2 = 9.5492, the threshold being 9.5495
        (rise(0.9773), Marker.INCREASING),  # 9.5512
        (rise(-0.9772), Marker.NO_CHANGE),
        (rise(-0.9773), Marker.DECREASING),
        (rise(0.0), Marker.NO_CHANGE),
    ],
)
def test_a_slope_counts_above_the_threshold(values, expected):
    assert trend(*values).marker is expected


def test_one_year_alone_makes_no_trend():
    # Slope (-2 - 0.9 + 0.7 + 40) / 10 = 3.78, chi2 = 142.9; without the last the rest falls by 0.1 a year.
    found = trend(1.0, 0.9, 0.8, 0.7, 20.0)
    assert found.chi2 == pytest.approx(142.884)
    assert found.leave_one_out_signs == (1, 1, 1, 1, 1, -1)
    assert found.marker is Marker.NO_CHANGE


@pytest.mark.parametrize(("last", "expected"), [(20.0, Marker.INCREASING), (-20.0, Marker.NO_CHANGE)])
def test_a_flat_rest_counts_as_rising_as_in_fingertips(last, expected):
    assert trend(0.0, 0.0, 0.0, 0.0, last).marker is expected


@pytest.mark.parametrize("unit", [1.0, 0.01, 0.1, 1 / 3])
def test_rounding_does_not_decide_the_sign_of_a_flat_slope(unit):
    # 0, 30, 30, 0 without the first leans neither way.
    assert trend(0.0, 0.0, 30 * unit, 30 * unit, 0.0, se=unit).leave_one_out_signs == (1, 1, 1, 1, 1, 1)


def test_a_less_certain_year_weighs_less():
    # Weights 1, 1, 1, 1, 1/4 (its interval is twice as wide): Sw = 4.25, Swx = 11.25, mean of x = 2.647059.
    # Sxx = 30 + 25/4 - 11.25^2 / 4.25 = 6.470588; Sxy = (5 - 2.647059) / 4 = 0.588235; slope = 1/11.
    found = five_point_trend([0, 0, 0, 0, 1], [-1.96] * 4 + [1 - 3.92], [1.96] * 4 + [1 + 3.92])
    assert found.slope == pytest.approx(1 / 11)
    assert found.chi2 == pytest.approx(6.470588 / 121, abs=1e-7)


@pytest.mark.parametrize(("years", "cannot"), [(0, True), (4, True), (5, False), (6, False)])
def test_five_values_are_needed(years, cannot):
    assert (trend(*range(10, 10 + years)).marker is Marker.CANNOT) is cannot


def test_only_the_latest_five_count():
    assert trend(99, 3, *rise(2)) == trend(*rise(2))


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("column", range(3))
def test_a_gap_among_the_latest_five_is_not_bridged(place, column):
    columns = [list(rise(2)), [v - 1 for v in rise(2)], [v + 1 for v in rise(2)]]
    columns[column][place] = None
    longer = [[1.0, *one] for one in columns]
    found = five_point_trend(*longer)
    assert (found.marker, found.slope, found.chi2, found.leave_one_out_signs) == (Marker.CANNOT, None, None, ())


def test_a_gap_before_the_latest_five_does_not_matter():
    low, high = [None, *(v - 1 for v in rise(2))], [None, *(v + 1 for v in rise(2))]
    assert five_point_trend([None, *rise(2)], low, high).marker is Marker.INCREASING


def test_an_interval_of_no_width_cannot_be_weighed():
    assert five_point_trend(rise(2), [0.0, 1, 2, 3, 58], [100.0, 99, 98, 97, 58]).marker is Marker.CANNOT


def test_a_value_of_nought_is_a_value():
    assert trend(0.0, 5.0, 10.0, 15.0, 20.0).marker is Marker.INCREASING


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="found 5, 4 and 5"):
        five_point_trend(rise(1), [0.0] * 4, [100.0] * 5)


def test_a_lower_limit_above_its_upper_is_refused():
    with pytest.raises(ValueError, match="found 60 and 40"):
        five_point_trend(rise(1), [0.0, 0.0, 60.0, 0.0, 0.0], [100.0, 100.0, 40.0, 100.0, 100.0])


five = st.lists(st.integers(0, 100), min_size=5, max_size=5)
widths = st.lists(st.integers(1, 40), min_size=5, max_size=5)


@settings(max_examples=50)
@given(five, widths)
def test_the_slope_is_that_of_the_formula_as_published(values, widths):
    weights = [(3.92 / w) ** 2 for w in widths]
    sw, swx, swy, swxy, swx2 = (
        sum(w * f(x, y) for x, (y, w) in enumerate(zip(values, weights, strict=True), 1))
        for f in (lambda x, y: 1, lambda x, y: x, lambda x, y: y, lambda x, y: x * y, lambda x, y: x * x)
    )
    b = (sw * swxy - swx * swy) / (sw * swx2 - swx**2)
    found = five_point_trend(
        values,
        [v - w / 2 for v, w in zip(values, widths, strict=True)],
        [v + w / 2 for v, w in zip(values, widths, strict=True)],
    )
    assert found.slope == pytest.approx(b, abs=1e-8)
    assert found.chi2 == pytest.approx(b**2 * (sw * swx2 - swx**2) / sw, rel=1e-8, abs=1e-8)


@settings(max_examples=50)
@given(five, st.sampled_from([0.01, 1.0, 7.0]), st.integers(-50, 50))
@example([0, 0, 30, 30, 0], 0.01, 0)  # without its first the slope is 0
def test_another_unit_changes_no_marker(values, a, c):
    assert trend(*values, se=3).marker is trend(*(a * v + c for v in values), se=3 * a).marker


@settings(max_examples=50)
@given(five)
def test_turned_upside_down_a_trend_turns_too(values):
    here, there = trend(*values, se=3), trend(*(-v for v in values), se=3)
    turned = {Marker.INCREASING: Marker.DECREASING, Marker.DECREASING: Marker.INCREASING}
    assert there.slope == pytest.approx(-here.slope)
    # Where a slope is 0 it counts as rising either way up, so only trends with all slopes one way are turned.
    if here.leave_one_out_signs == tuple(-s for s in there.leave_one_out_signs):
        assert there.marker is turned.get(here.marker, here.marker)
