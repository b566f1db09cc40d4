"""The funnel, against limits worked by hand; published cases are in test_intervals.py."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from framework.kpis.funnel import Signal, funnel
from framework.kpis.intervals import wilson

Z95, Z998 = 1.959963985, 3.090232306  # published quantiles of the normal distribution


def signal(x, n, pooled):
    return funnel([("Hazel", x, n)], pooled=pooled).points[0].signal


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        # Around 50 of 100 one standard error is 5: 95 % limits at 50 -/+ 9.8, 99.8 % limits at 50 -/+ 15.45.
        (34, Signal.LOW_0001),
        (35, Signal.LOW_0025),
        (40, Signal.LOW_0025),
        (41, Signal.NOT_SIGNIFICANT),
        (50, Signal.NOT_SIGNIFICANT),
        (59, Signal.NOT_SIGNIFICANT),
        (60, Signal.HIGH_0025),
        (65, Signal.HIGH_0025),
        (66, Signal.HIGH_0001),
    ],
)
def test_a_school_signals_beyond_the_limits_of_its_size(x, expected):
    assert signal(x, 100, 0.5) is expected


def test_the_words_are_those_of_the_package():
    assert [s.value for s in Signal] == [
        "High (0.001)",
        "High (0.025)",
        "Not significant",
        "Low (0.025)",
        "Low (0.001)",
    ]


def test_the_pooled_share_is_all_numerators_over_all_denominators():
    # 40 of 400 and 270 of 900: 310 of 1,300.
    assert funnel([("Hazel", 40, 400), ("Agnes", 270, 900)]).pooled == pytest.approx(100 * 310 / 1300)


def test_a_share_that_is_given_is_set_against_instead():
    found = funnel([("Hazel", 40, 400), ("Agnes", 270, 900)], pooled=0.1)
    assert found.pooled == pytest.approx(10.0)
    assert [p.signal for p in found.points] == [Signal.NOT_SIGNIFICANT, Signal.HIGH_0001]


def test_a_share_of_nought_is_a_share_to_be_set_against():
    found = funnel([("Hazel", 40, 400)], pooled=0.0)
    assert (found.pooled, found.points[0].signal) == (0.0, Signal.HIGH_0001)


def test_points_keep_their_order_and_counts():
    found = funnel([("Hazel", 40, 400), ("Agnes", 270, 900)]).points
    assert [(p.name, p.x, p.n, p.value) for p in found] == [("Hazel", 40, 400, 10.0), ("Agnes", 270, 900, 30.0)]


def test_a_point_has_its_own_wilson_intervals():
    point = funnel([("Hazel", 40, 400)]).points[0]
    assert point.interval95 == wilson(40, 400, multiplier=100)
    assert point.interval998 == wilson(40, 400, confidence=0.998, multiplier=100)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_or_none_do_nobody_stands_out(share):
    found = funnel([("Hazel", share * 30, 30), ("Agnes", share * 900, 900)])
    assert {p.signal for p in found.points} == {Signal.NOT_SIGNIFICANT}
    assert {(limit.low998, limit.high998) for limit in found.limits} == {(100 * share, 100 * share)}


def test_drawn_limits_span_all_sizes_and_rise():
    limits = funnel([("Hazel", 40, 400), ("Agnes", 270, 900)]).limits
    assert len(limits) == 60
    assert limits[0].n < 400
    assert limits[-1].n > 900
    assert [limit.n for limit in limits] == sorted({limit.n for limit in limits})


def test_one_size_has_limits_on_either_side_of_it():
    limits = funnel([("Hazel", 4, 40), ("Agnes", 5, 40)]).limits
    assert limits[0].n < 40 < limits[-1].n


def test_drawn_limits_are_pooled_share_and_standard_errors():
    found = funnel([("Hazel", 200, 400), ("Agnes", 450, 900)], multiplier=1)
    for limit in found.limits:
        se = math.sqrt(0.25 / limit.n)
        edges = (limit.low95, limit.high95, limit.low998, limit.high998)
        assert edges == pytest.approx((0.5 - Z95 * se, 0.5 + Z95 * se, 0.5 - Z998 * se, 0.5 + Z998 * se), abs=1e-8)


def test_drawn_limits_are_cut_at_nought_and_the_whole():
    # 1 of 10: 10 - 1.96 * 9.49 is below 0. 9 of 10: above 100.
    assert funnel([("Hazel", 1, 10)]).limits[0].low95 == 0.0
    assert funnel([("Hazel", 9, 10)]).limits[0].high95 == 100.0


counts = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=200)
@given(counts, st.floats(0.001, 0.999))
def test_a_point_lies_outside_the_limits_exactly_when_it_signals(of, p0):
    x, n = of
    far = abs(x / n - p0) / math.sqrt(p0 * (1 - p0) / n)
    assume(min(abs(far - Z95), abs(far - Z998)) > 1e-6)
    high, low = x / n > p0, x / n < p0
    expected = Signal.NOT_SIGNIFICANT
    if far > Z95:
        expected = Signal.HIGH_0025 if high else Signal.LOW_0025
    if far > Z998:
        expected = Signal.HIGH_0001 if high else Signal.LOW_0001
    assert high or low or expected is Signal.NOT_SIGNIFICANT
    assert signal(x, n, p0) is expected


def sigma_adjustment(z, n, p0, sign):
    """The limit of phe_funnels as that package writes it, as a share."""
    first = p0 * (n / z**2 + 1)
    under = (8 * first) ** 2 - 64 * (1 / z**2 + 1 / n) * p0 * (n * (p0 * (n / z**2 + 2) - 1) + z**2 * (p0 - 1))
    return (first + sign * math.sqrt(max(under, 0.0)) / 8) / (1 / z**2 + 1 / n) / n


@settings(max_examples=50)
@given(st.integers(5, 2000), st.floats(0.01, 0.99))
def test_the_limits_are_those_of_phe_funnels(n, p0):
    for z in (Z95, Z998):
        se = math.sqrt(p0 * (1 - p0) / n)
        assert sigma_adjustment(z, n, p0, -1) == pytest.approx(p0 - z * se, abs=1e-7)
        assert sigma_adjustment(z, n, p0, 1) == pytest.approx(p0 + z * se, abs=1e-7)


@settings(max_examples=50)
@given(counts, st.floats(0.01, 0.99))
def test_turned_to_its_complement_high_becomes_low(of, p0):
    x, n = of
    turned = {
        Signal.HIGH_0001: Signal.LOW_0001, Signal.HIGH_0025: Signal.LOW_0025,
        Signal.LOW_0001: Signal.HIGH_0001, Signal.LOW_0025: Signal.HIGH_0025,
    }  # fmt: skip
    far = abs(x / n - p0) / math.sqrt(p0 * (1 - p0) / n)
    assume(min(abs(far - Z95), abs(far - Z998)) > 1e-6)
    here = signal(x, n, p0)
    assert signal(n - x, n, 1 - p0) is turned.get(here, here)


def test_a_funnel_needs_a_unit():
    with pytest.raises(ValueError, match="at least one unit"):
        funnel([])


@pytest.mark.parametrize(("x", "n"), [(-1, 10), (1, 0), (11, 10)])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(ValueError, match="must be"):
        funnel([("Agnes", 1, 10), ("Hazel", x, n)])


@pytest.mark.parametrize("pooled", [-0.01, 1.01, 80.6, math.nan])
def test_a_pooled_share_is_no_percentage(pooled):
    with pytest.raises(ValueError, match="share from 0 to 1"):
        funnel([("Hazel", 1, 10)], pooled=pooled)
