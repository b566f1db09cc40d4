"""Confidence intervals against published results, hand-worked figures and the laws they obey."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.funnel import funnel
from framework.kpis.intervals import (
    Comparison,
    Interval,
    against_benchmark,
    byar,
    count_interval,
    exact,
    mean,
    mean_interval,
    proportion,
    rate,
    rate_interval,
    together,
    wilson,
)
from framework.kpis.kpi import Direction
from framework.kpis.recent_trend import five_point_trend

REFERENCES = Path(__file__).parent / "references" / "interval_reference.json"
CASES = json.loads(REFERENCES.read_text(encoding="utf-8"))["cases"]
POLARITY = {"high": Direction.HIGHER, "low": Direction.LOWER, None: None}


def edges(interval, name=""):
    return {f"lower{name}": interval.low, f"upper{name}": interval.high}


def described(estimate):
    return {"value": estimate.value, **edges(estimate.interval95, "95"), **edges(estimate.interval998, "998")}


def answer(kind, of):
    """What we say to a reference case, in the reference's own fields."""
    match kind:
        case "byars_count":
            return edges(byar(of["x"], confidence=of["confidence"]))
        case "wilson":
            return edges(wilson(of["x"], of["n"], confidence=of["confidence"], multiplier=of["multiplier"]))
        case "proportion" | "proportion_reference":
            return described(proportion(of["x"], of["n"], multiplier=of["multiplier"]))
        case "proportion_grouped":
            return described(together(of["parts"], multiplier=of["multiplier"]))
        case "rate" | "rate_reference":
            found = rate(of["x"], of["n"], multiplier=of["multiplier"])
            return {**described(found), "method": found.interval95.method}
        case "mean_reference":
            found = mean(of["values"])
            sd = math.sqrt(sum((v - found.value) ** 2 for v in of["values"]) / (len(of["values"]) - 1))
            return {**described(found), "mean": found.value, "sd": sd}
        case "funnel_proportion":
            point = funnel([("unit", of["x"], of["n"])], pooled=of["pooled_proportion"]).points[0]
            return {"significance": point.signal}
        case "fingertips_trend":
            found = five_point_trend(of["values"], of["lower95"], of["upper95"])
            signs = list(found.leave_one_out_signs)
            return {
                "marker": found.marker, "slope": found.slope, "chi2": found.chi2, "leave_one_out_signs": signs
            }  # fmt: skip
        case "benchmark_ci":
            interval = Interval(of["lower"], of["upper"], "given")
            return {"outcome": against_benchmark(of["value"], interval, of["benchmark"], POLARITY[of["polarity"]])}
    raise AssertionError(f"no answer to {kind}")


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] != "invalid"], ids=lambda c: c["id"])
def test_published_results_are_met(case):
    found = answer(case["kind"], case["input"])
    for field, expected in case["expected"].items():
        if isinstance(expected, float | int):
            assert found[field] == pytest.approx(expected, rel=1e-8, abs=1e-8), field
        else:
            assert found[field] == expected, field


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "invalid"], ids=lambda c: c["id"])
def test_what_the_reference_refuses_is_refused(case):
    of = case["input"]
    with pytest.raises(ValueError, match=case["expected"]["error"]):
        {"proportion": proportion, "rate": rate}[of["kind"]](of["x"], of["n"])


@pytest.mark.parametrize(
    ("x", "n", "wanted"),
    [
        (-1, 10, "numerators must be >= 0; found -1"),
        (math.nan, 10, "numerators must be >= 0; found nan"),
        (math.inf, 10, "numerators must be >= 0; found inf"),
        (1, 0, "denominators must be > 0; found 0"),
        (1, -5, "denominators must be > 0; found -5"),
        (1, math.nan, "denominators must be > 0; found nan"),
        (1, math.inf, "denominators must be > 0; found inf"),
    ],
)
@pytest.mark.parametrize("refuses", [wilson, proportion, rate_interval, rate])
def test_impossible_counts_are_refused(refuses, x, n, wanted):
    with pytest.raises(ValueError, match=wanted):
        refuses(x, n)


def test_a_share_may_be_the_whole_but_no_more():
    assert wilson(10, 10).high == 1.0
    with pytest.raises(ValueError, match="numerators must be <= denominators; found 11 of 10"):
        wilson(11, 10)


def test_a_rate_may_count_more_events_than_people():
    assert rate(150, 100, multiplier=100).value == 150.0


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95, -0.95, math.nan])
def test_a_confidence_is_a_share_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 2, confidence=confidence)


@pytest.mark.parametrize("multiplier", [0, -100, math.nan, math.inf])
def test_a_multiplier_is_above_0(multiplier):
    with pytest.raises(ValueError, match="multiplier"):
        wilson(1, 2, multiplier=multiplier)


def test_none_of_thirty_is_exactly_0_with_an_upper_limit():
    # z^2 / (n + z^2) = 3.841459 / 33.841459 = 0.113513
    found = wilson(0, 30)
    assert found.low == 0.0
    assert found.high == pytest.approx(0.113513, abs=1e-6)


@pytest.mark.parametrize("n", [1, 3, 7, 49, 1000, 2.5])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_none_and_all_have_exact_ends(n, confidence):
    assert wilson(0, n, confidence=confidence).low == 0.0
    assert wilson(n, n, confidence=confidence).high == 1.0


counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=50)
@given(counts)
def test_a_share_and_its_complement_mirror_each_other(of):
    x, n = of
    assert wilson(x, n).low + wilson(n - x, n).high == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=50)
@given(counts, st.sampled_from([0.8, 0.95, 0.998]))
def test_a_share_lies_inside_its_interval(of, confidence):
    assert wilson(*of, confidence=confidence).holds(of[0] / of[1])


@settings(max_examples=50)
@given(counts, st.integers(2, 20))
def test_more_of_the_same_makes_an_interval_narrower(of, times):
    x, n = of
    few, many = wilson(x, n), wilson(x * times, n * times)
    assert many.high - many.low < few.high - few.low


@settings(max_examples=50)
@given(counts)
def test_more_confidence_makes_an_interval_wider(of):
    found = proportion(*of)
    assert found.interval998.low <= found.interval95.low <= found.value
    assert found.value <= found.interval95.high <= found.interval998.high


@settings(max_examples=50)
@given(counts, st.sampled_from([1.0, 100.0, 1000.0]))
def test_a_multiplier_scales_figure_and_interval_alike(of, multiplier):
    one, many = rate(*of), rate(*of, multiplier=multiplier)
    assert many.value == pytest.approx(one.value * multiplier)
    assert many.interval95.high == pytest.approx(one.interval95.high * multiplier)
    assert many.interval95.holds(many.value)


def test_no_events_have_an_exact_interval_from_0():
    # chi2(0.975; 2)/2 = -ln(0.025) = 3.688879
    assert (exact(0).low, exact(0).high) == (0.0, pytest.approx(-math.log(0.025)))


def test_one_event_has_an_exact_lower_limit():
    # chi2(0.025; 2)/2 = -ln(0.975) = 0.025318
    assert exact(1).low == pytest.approx(-math.log(0.975))


def test_below_ten_events_limits_are_exact_and_from_ten_on_byars():
    # Tables of exact Poisson limits: 4.115 to 17.085 for 9 events, 4.795 to 18.390 for 10.
    assert (count_interval(9).low, count_interval(9).high) == (pytest.approx(4.1154, abs=1e-4),
                                                               pytest.approx(17.0848, abs=1e-4))  # fmt: skip
    # Byar's for 10: 10 (1 - 1/90 - 1.959964/(3 * 3.162278))^3 = 10 * 0.782290^3 = 4.78745,
    # 11 (1 - 1/99 + 1.959964/(3 * 3.316625))^3 = 11 * 1.186883^3 = 18.39146.
    assert (count_interval(10).low, count_interval(10).high) == (pytest.approx(4.78745, abs=1e-4),
                                                                 pytest.approx(18.39146, abs=1e-4))  # fmt: skip
    assert [count_interval(x).method for x in (0, 9, 9.99, 10, 11)] == ["Exact", "Exact", "Exact", "Byars", "Byars"]


def test_a_rate_is_its_count_over_those_at_risk():
    # 12 suspensions among 400 pupils, per 100: the limits of 12 times 100/400.
    assert rate_interval(12, 400, multiplier=100).low == pytest.approx(count_interval(12).low / 4)


@settings(max_examples=50)
@given(st.integers(0, 5000))
def test_a_count_lies_inside_its_interval(x):
    assert count_interval(x).holds(x)


@settings(max_examples=50)
@given(st.integers(10, 5000))
def test_byars_limits_lie_close_to_the_exact_ones(x):
    # Within a hundredth of an event's standard deviation from 10 events on.
    assert byar(x).low == pytest.approx(exact(x).low, abs=0.01 * math.sqrt(x))
    assert byar(x).high == pytest.approx(exact(x).high, abs=0.01 * math.sqrt(x))


@pytest.mark.parametrize(("x", "confidence"), [(0, 0.95), (0.62, 0.95), (1, 0.998), (1.27, 0.998)])
def test_byars_formula_has_no_lower_limit_for_the_smallest_counts(x, confidence):
    # 1 event at 99.8 %: 1 - 1/9 - 3.0902/3 = -0.1412.
    with pytest.raises(ValueError, match="no lower limit"):
        byar(x, confidence=confidence)


@pytest.mark.parametrize(("x", "confidence"), [(0.64, 0.95), (1, 0.95), (1.28, 0.998)])
def test_byars_formula_has_a_lower_limit_from_there_on(x, confidence):
    assert 0 <= byar(x, confidence=confidence).low < x


def test_no_count_that_takes_byars_limits_lacks_a_lower_one():
    # 1 - 1/90 - z/(3 sqrt 10) is above 0 up to z = 9.38; the highest confidence below 1 that a float holds gives 8.3.
    assert count_interval(10, confidence=math.nextafter(1.0, 0.0)).low > 0


def test_a_mean_of_two_has_the_t_interval_of_one_degree_of_freedom():
    # 1.5 -/+ 12.7062 * 0.707107 / 1.414214 = 1.5 -/+ 6.3531
    found = mean_interval(1.5, math.sqrt(0.5), 2)
    assert (found.low, found.high) == (pytest.approx(-4.8531, abs=1e-4), pytest.approx(7.8531, abs=1e-4))


def test_one_number_has_no_interval_of_its_mean():
    with pytest.raises(ValueError, match="from 2 numbers on; found 1"):
        mean_interval(5.0, 0.0, 1)
    with pytest.raises(ValueError, match="from 2 numbers on; found 1"):
        mean([5.0])


@pytest.mark.parametrize("sd", [-1.0, math.nan])
def test_a_spread_is_0_or_more(sd):
    with pytest.raises(ValueError, match="standard deviation"):
        mean_interval(5.0, sd, 4)


def test_equal_numbers_have_an_interval_of_no_width():
    assert mean([3.0, 3.0, 3.0]).interval95 == Interval(3.0, 3.0, "Student's t")


def test_groups_together_are_all_numerators_over_all_denominators():
    # 40 of 400 and 270 of 900: 310 of 1,300.
    assert together([(40, 400), (270, 900)], multiplier=100) == proportion(310, 1300, multiplier=100)


def test_one_impossible_group_is_not_hidden_by_the_others():
    with pytest.raises(ValueError, match="found 5 of 4"):
        together([(5, 4), (1, 100)], multiplier=1)


def test_no_groups_have_no_proportion():
    with pytest.raises(ValueError, match="denominators"):
        together([], multiplier=1)


AROUND = Interval(55.0, 65.0, "given")


@pytest.mark.parametrize(("x", "inside"), [(54.999, False), (55.0, True), (60.0, True), (65.0, True), (65.001, False)])
def test_both_edges_are_inside(x, inside):
    assert AROUND.holds(x) is inside


@pytest.mark.parametrize(
    ("benchmark", "direction", "expected"),
    [
        (65.001, Direction.HIGHER, Comparison.WORSE),
        (65.0, Direction.HIGHER, Comparison.SIMILAR),
        (60.0, Direction.HIGHER, Comparison.SIMILAR),
        (55.0, Direction.HIGHER, Comparison.SIMILAR),
        (54.999, Direction.HIGHER, Comparison.BETTER),
        (65.001, Direction.LOWER, Comparison.BETTER),
        (65.0, Direction.LOWER, Comparison.SIMILAR),
        (55.0, Direction.LOWER, Comparison.SIMILAR),
        (54.999, Direction.LOWER, Comparison.WORSE),
        (65.001, None, Comparison.LOWER),
        (54.999, None, Comparison.HIGHER),
        (60.0, None, Comparison.SIMILAR),
        (65.001, Direction.BAND, Comparison.LOWER),
        (54.999, Direction.NONE, Comparison.HIGHER),
    ],
)
def test_a_benchmark_differs_only_outside_the_interval(benchmark, direction, expected):
    assert against_benchmark(60.0, AROUND, benchmark, direction) is expected


@pytest.mark.parametrize(
    ("value", "interval", "benchmark"), [(None, AROUND, 60.0), (60.0, None, 60.0), (60.0, AROUND, None)]
)
def test_without_value_interval_or_benchmark_nothing_is_compared(value, interval, benchmark):
    assert against_benchmark(value, interval, benchmark, Direction.HIGHER) is Comparison.NOT_COMPARED


def test_a_benchmark_of_nought_is_compared():
    assert against_benchmark(60.0, AROUND, 0.0, Direction.LOWER) is Comparison.WORSE
