"""Run charts by Anhoej's rules. Medians, runs and crossings are counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr

from framework.kpis.runs import fewest_crossings, longest_allowed, run_chart

ALTERNATING = [1, 9] * 5  # median 5, ten useful points, nine crossings


# Both sides of each step of the published table: log2 12 = 3.58, log2 11 = 3.46, log2 91 = 6.51.
# Source: table of upper limits after Anhoej & Olesen 2014, as printed at unaettie.com/en-us/faq.php.
@pytest.mark.parametrize(
    ("useful", "allowed"),
    [(10, 6), (11, 6), (12, 7), (15, 7), (20, 7), (22, 7), (23, 8), (24, 8), (45, 8), (46, 9), (90, 9), (91, 10)],
)
def test_the_longest_run_allowed_is_that_of_the_published_table(useful, allowed):
    assert longest_allowed(useful) == allowed


# With 9 throws 10 of 512 ways give at most one crossing (2.0 %), 46 at most two (9.0 %): 2.
# The rest are R's qbinom(0.05, n - 1, 0.5), as Anhoej & Olesen 2014 print them.
@pytest.mark.parametrize(("useful", "fewest"), [(10, 2), (12, 3), (15, 4), (20, 6), (24, 8)])
def test_the_fewest_crossings_allowed_are_those_published(useful, fewest):
    assert fewest_crossings(useful) == fewest


@pytest.mark.parametrize("useful", [10, 11, 13, 30, 57, 100, 400])
def test_the_fewest_crossings_are_the_five_per_cent_point_of_the_binomial(useful):
    fewest = fewest_crossings(useful)
    assert bdtr(fewest, useful - 1, 0.5) >= 0.05 > bdtr(fewest - 1, useful - 1, 0.5)


def test_a_series_that_crosses_its_median_each_time_is_no_signal():
    run = run_chart(ALTERNATING)
    assert (run.median, run.useful, run.longest_run, run.crossings) == (5, 10, 1, 9)
    assert (run.longest_allowed, run.fewest_crossings, run.signal) == (6, 2, False)


# Ten useful points each, so at most 6 in a run and at least 2 crossings. Half of all points lie below the median, so
# long runs need points on it, which take no side.
@pytest.mark.parametrize(
    ("values", "longest", "crossings", "signals"),
    [
        ([1, 1, 1, 1, 1, 9, 9, 9, 9, 9], 5, 1, (False, True)),  # too few crossings
        ([1, 1, 1, 1, 9, 9, 9, 9, 9, 1], 5, 2, (False, False)),  # just enough
        ([1] * 6 + [5] * 5 + [9, 1, 9, 9], 6, 3, (False, False)),  # a run of 6 is allowed; the 8th of 15 is a 5
        ([1] * 7 + [5] * 7 + [9, 1, 9], 7, 3, (True, False)),  # a run of 7 is not; the 9th of 17 is a 5
    ],
)
def test_a_long_run_and_few_crossings_are_signals_each_on_its_own(values, longest, crossings, signals):
    run = run_chart(values)
    assert (run.longest_run, run.crossings) == (longest, crossings)
    assert (run.run_signal, run.crossings_signal) == signals
    assert run.signal == any(signals)


@pytest.mark.parametrize(("useful", "said"), [(9, False), (10, True)])
def test_nothing_is_said_below_ten_useful_points(useful, said):
    run = run_chart([1, 9] * (useful // 2) + [5] * 3 + [1] * (useful % 2))  # an odd one out keeps the median at 5
    assert run.useful == useful
    assert all((field is not None) == said for field in (run.signal, run.longest_allowed, run.fewest_crossings))


def test_a_point_on_the_median_neither_ends_a_run_nor_counts_in_it():
    run = run_chart([9, 5, 9, 5, 9, 9, 1, 1, 5])  # median 5; above, on, above, on, above twice, below twice, on
    assert (run.useful, run.longest_run, run.crossings, run.since) == (6, 4, 1, 0)


def test_a_value_one_bit_beside_the_median_lies_on_it():
    run = run_chart([0.3, 0.1 + 0.2, 0.3, 0.1, 0.5])
    assert (run.median, run.useful) == (0.3, 2)


def test_a_missing_value_ends_a_run_and_takes_no_crossing_away():
    whole = run_chart([1, 1, 1, 1, 9, 9, 9, 9])
    broken = run_chart([1, 1, None, 1, 1, None, 9, 9, 9, 9])
    assert (whole.longest_run, whole.crossings, whole.since) == (4, 1, 4)
    assert (broken.longest_run, broken.crossings, broken.since) == (4, 1, 6)
    after = run_chart([9, 9, 1, None, 1, 1, 1, 9, 9])
    assert (after.longest_run, after.since) == (3, 4)


def test_the_latest_of_equally_long_runs_is_named():
    assert run_chart([1, 1, 9, 9, 1, 1, 9, 9]).since == 6


@pytest.mark.parametrize(("values", "median"), [([], None), ([None, None], None), ([4], 4), ([4, 4, 4], 4)])
def test_without_a_point_off_the_median_there_is_no_run(values, median):
    run = run_chart(values)
    assert (run.median, run.useful, run.longest_run, run.crossings, run.since) == (median, 0, 0, 0, None)
    assert run.signal is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=40), st.integers(1, 9), st.integers(-50, 50))
def test_neither_scale_nor_turning_upside_down_changes_a_run(values, scale, offset):
    plain = run_chart(values)
    for factor in (scale, -scale):
        turned = run_chart([None if v is None else factor * v + offset for v in values])
        assert (turned.useful, turned.longest_run, turned.crossings, turned.signal, turned.since) == (
            plain.useful, plain.longest_run, plain.crossings, plain.signal, plain.since,
        )  # fmt: skip
