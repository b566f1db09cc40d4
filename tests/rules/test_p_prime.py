"""P' and U' charts, worked by hand, and beside the plain P chart they replace."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.kpi import Direction
from framework.kpis.p_prime import p_prime_chart, u_prime_chart
from framework.kpis.spc import Assurance, Cause, Note, PointType, Variation

# Pooled share 0.5, standard error sqrt(0.25 / 100) = 0.05; z is 0, 2, -2, 0; ranges 2, 4, 2, mean 2.6667;
# sigma_z = 2.6667 / 1.128 = 2.36407; limits 0.5 -/+ 3 * 0.05 * 2.36407 = 0.5 -/+ 0.354610.
FOUR = [50, 60, 40, 50]
BOTH = [p_prime_chart, u_prime_chart]


def chart(numerators, denominators, *, judge=p_prime_chart, direction=Direction.HIGHER, **options):
    if isinstance(denominators, int):
        denominators = [denominators] * len(numerators)
    return judge(numerators, denominators, direction=direction, **options)


def causes(result):
    return [point.cause for point in result.points]


def test_centre_and_limits_are_those_worked_by_hand():
    result = chart(FOUR, 100)
    assert (result.centre, result.sigma_z) == pytest.approx((50, 2.3640662))
    assert [point.z for point in result.points] == pytest.approx([0, 2, -2, 0])
    assert (result.points[0].low, result.points[0].high) == pytest.approx((14.539007, 85.460993))


def test_u_prime_takes_the_error_of_a_rate():
    # Rate 0.5, sqrt(0.5 / 100) = 0.0707107; z 0, 1.41421, -1.41421, 0: mean range 1.885618, sigma_z 1.671647;
    # 0.5 -/+ 3 * 0.0707107 * 1.671647 = 0.5 -/+ 0.354610: the same, for equal denominators.
    result = chart(FOUR, 100, judge=u_prime_chart, multiplier=1000)
    assert (result.centre, result.sigma_z) == pytest.approx((500, 1.671647))
    assert (result.points[0].low, result.points[0].high) == pytest.approx((145.39007, 854.60993))


def test_the_centre_is_pooled_and_a_smaller_denominator_has_wider_limits():
    # 45 of 90; errors sqrt(0.25 / 40) = 0.0790569 and sqrt(0.25 / 10) = 0.1581139.
    # z of 25/40, 15/40 and 5/10: 1.581139, -1.581139, 0; ranges 3.162278, 1.581139, mean 2.371708; sigma_z 2.102579.
    result = chart([25, 15, 5], [40, 40, 10])
    assert (result.centre, result.sigma_z) == pytest.approx((50, 2.102579))
    assert result.points[0].high - 50 == pytest.approx(300 * 0.0790569 * 2.102579, rel=1e-6)
    # 3 * 0.1581139 * 2.102579 = 0.9973 would reach below 0 and above 1.
    assert (result.points[2].low, result.points[2].high) == (0, 100)


def test_a_rate_has_no_upper_bound_and_none_below_nought():
    result = chart([25, 15, 5], [40, 40, 10], judge=u_prime_chart)
    assert result.points[2].low == 0
    assert result.points[2].high > 100


@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize("hole", [(None, 100), (50, None), (0, 0)])
def test_a_row_without_both_numbers_is_missing_and_never_bridged(judge, hole):
    numerators, denominators = [50, 60, hole[0], 40, 50], [100, 100, hole[1], 100, 100]
    result = chart(numerators, denominators, judge=judge)
    point = result.points[2]
    assert (point.value, point.low, point.high, point.z, point.outside) == (None,) * 5
    # Ranges of z: 2 and 2 (P'), not 4 across the gap.
    assert result.sigma_z == pytest.approx((2 if judge is p_prime_chart else math.sqrt(2)) / 1.128)


def test_a_share_of_nought_is_a_value():
    result = chart([0, 10, 0, 20], 100)
    assert result.points[0].value == 0
    assert result.centre == 7.5


# Which points are flagged. Thirteen shares about 50 %, then those to judge; each changes the limits a little.
STEADY = [48, 52, 47, 53, 49, 51, 46, 54, 48, 52, 47, 53, 50]


def test_a_point_outside_its_limits_is_flagged():
    high = chart([*STEADY, 95], 100)
    assert (causes(high)[-1], high.variation, high.since) == (Cause.ABOVE_UCL, Variation.IMPROVEMENT_HIGH, 13)
    low = chart([*STEADY, 5], 100)
    assert (causes(low)[-1], low.variation) == (Cause.BELOW_LCL, Variation.CONCERN_LOW)
    assert chart([*STEADY, 5], 100, direction=Direction.LOWER).variation is Variation.IMPROVEMENT_LOW
    assert chart([*STEADY, 5], 100, direction=Direction.BAND).variation is Variation.NEUTRAL_LOW


# Shares of 1,000 that lie 5, -30, 5, -30 ... and 125 from their mean: nine ranges of 35 and one of 155, mean 47. The
# limits lie 3 / 1.128 * 47 = 125 from the mean, so the last is on one. One more, and the mean rises by 0.09, the mean
# range to 47.1 and the limit to 125.27, less than the 125.91 the point is away.
@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize("mean", [500, 200, 138])
@pytest.mark.parametrize(("last", "outside"), [(124, False), (125, False), (126, True)])
def test_a_point_on_its_limit_is_not_outside(judge, mean, last, outside):
    result = chart([mean + away for away in [*[5, -30] * 5, last]], 1000, judge=judge)
    assert [point.outside for point in result.points] == [False] * 10 + [outside]


def test_what_is_outside_is_what_lies_beyond_the_limits_drawn():
    result = chart([*STEADY, 95, 180], [*[100] * 14, 400])
    assert [p.outside for p in result.points] == [not p.low <= p.value <= p.high for p in result.points]


@pytest.mark.parametrize(("run", "flagged"), [(6, 0), (7, 7)])
def test_seven_on_one_side_of_the_centre_are_a_shift(run, flagged):
    above = [56, 58, 55, 57, 56, 58, 57][:run]
    below = [48, 46, 49, 45, 47, 48, 46, 45, 47]
    values = [*below[:5], 60, *below[5:], *above]  # 60 keeps the months below from being a shift of their own
    found = causes(chart(values, 100))
    assert found.count(Cause.SHIFT_ABOVE) == flagged


@pytest.mark.parametrize(("last", "flagged"), [(51, 0), (52, 0), (53, 7)])
def test_six_rises_are_a_trend(last, flagged):
    found = causes(chart([50, 54, 48, 53, 45, 55, 46, 47, 48, 49, 51, 52, last], 100))
    assert found.count(Cause.TREND_INCREASING) == flagged


def test_the_rules_run_on_standard_errors_not_on_shares():
    # Shares fall from 60 % to 54 %, but of ever more pupils: in standard errors they rise, and so the trend does.
    denominators = [100, 140, 200, 300, 450, 700, 1100]
    shares = [0.60, 0.59, 0.58, 0.57, 0.56, 0.55, 0.54]
    steady, pupils = [480, 520, 470, 530, 440, 450, 420, 470], [1000] * 8
    rows = [round(n * s) for n, s in zip(denominators, shares, strict=True)]
    result = chart([*steady, *rows], [*pupils, *denominators])
    z = [point.z for point in result.points[8:]]
    assert z == sorted(z)
    assert causes(result)[-1] is Cause.TREND_INCREASING


def test_two_of_three_is_not_asked_of_shares_of_different_sizes():
    assert not any("2 in 3" in cause for cause in causes(chart([*STEADY, 62, 60, 62, 51, 62, 62], 100)))


# Guards


@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize("number", [0, 30])
def test_a_constant_share_has_its_centre_for_limits_and_no_flag(judge, number):
    result = chart([number] * 13, [30] * 13, judge=judge, target=50)
    share = 100 * number / 30
    assert {(p.low, p.high, p.outside) for p in result.points} == {(share, share, False)}
    assert (result.sigma_z, result.flagged, result.notes) == (0, (), (Note.CONSTANT,))
    assert result.assurance is (Assurance.PASS if number else Assurance.FAIL)
    assert chart([number] * 13, [30] * 13, judge=judge, target=share).assurance is Assurance.PASS


def test_all_or_nothing_of_different_sizes_is_constant_too():
    assert chart([0, 0, 0], [10, 20, 30]).notes == (Note.CONSTANT,)
    assert chart([10, 20, 30], [10, 20, 30]).notes == (Note.CONSTANT,)


def test_shares_that_hardly_vary_are_flagged_only_outside():
    # Nine months of none are not a shift: nothing else could be expected of so rare an event.
    counts = [1, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    result = chart(counts, [30, 31, 29, 30, 32, 30, 31, 29, 30, 28, 31, 30, 29])
    assert result.notes == (Note.LOW_VARIETY,)
    assert Cause.SHIFT_BELOW not in causes(result)


@pytest.mark.parametrize(("counted", "trial", "assurance"), [(12, True, None), (13, False, Assurance.FAIL)])
def test_below_thirteen_values_limits_are_trial_and_there_is_no_assurance(counted, trial, assurance):
    result = chart([*STEADY[:counted], None], 100, target=99)
    assert (result.trial, result.assurance) == (trial, assurance)


@pytest.mark.parametrize(
    ("part", "higher"),
    [
        ("high", Assurance.INCONSISTENT),
        ("above", Assurance.FAIL),
        ("low", Assurance.INCONSISTENT),
        ("below", Assurance.PASS),
    ],
)
def test_assurance_is_by_the_latest_points_own_limits(part, higher):
    sizes = [*[100] * 12, 400]  # the last month's limits are half as wide
    numerators = [*STEADY[:12], 200]
    last = chart(numerators, sizes).points[-1]
    target = {"high": last.high, "above": last.high + 0.01, "low": last.low, "below": last.low - 0.01}[part]
    assert chart(numerators, sizes, target=target).assurance is higher
    assert chart(numerators, sizes, target=target, direction=Direction.NONE).assurance is None


def test_the_latest_point_with_a_value_speaks():
    result = chart([*STEADY, 95, None], 100)
    assert (result.variation, result.latest.position) == (Variation.IMPROVEMENT_HIGH, 13)


def test_a_rebase_gives_limits_of_their_own():
    result = chart([*FOUR, 10, 20, 10], 100, rebase=[4])
    # Of 10, 20, 10: pooled 2 / 15, error sqrt(2 / 15 * 13 / 15 / 100) = 0.0339935, both ranges of shares 0.1.
    assert (result.centre, result.sigma_z) == pytest.approx((40 / 3, 0.1 / 0.0339935 / 1.128), rel=1e-5)
    assert (result.trial, result.notes) == (True, (Note.LOW_VARIETY,))
    assert [p.group for p in result.points] == [0] * 4 + [1] * 3
    assert result.points[:4] == chart(FOUR, 100).points


@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize(
    "wrong",
    [
        ([1, 2], [3]),
        ([-1], [3]),
        ([1], [-3]),
        ([float("nan")], [3]),
        ([1], [float("inf")]),
    ],
)
def test_what_is_no_count_is_refused(judge, wrong):
    with pytest.raises(ValueError):
        chart(*wrong, judge=judge)


def test_a_share_above_one_is_refused_and_a_rate_above_one_is_not():
    assert chart([0, 4], [3, 3], judge=u_prime_chart).points[1].value == pytest.approx(400 / 3)
    with pytest.raises(ValueError, match="found 4 of 3"):
        chart([0, 4], [3, 3])


@pytest.mark.parametrize("wrong", [{"rebase": [4]}, {"multiplier": 0}, {"target": float("nan")}])
def test_what_cannot_be_judged_is_refused(wrong):
    with pytest.raises(ValueError):
        chart(FOUR, 100, **wrong)


@pytest.mark.parametrize("judge", BOTH)
@pytest.mark.parametrize("values", [[], [None, None]])
def test_a_series_without_values_says_nothing(judge, values):
    result = judge(values, values, direction=Direction.HIGHER, target=5)
    assert (result.centre, result.sigma_z, result.latest, result.since, result.assurance) == (None,) * 5
    assert (result.variation, result.trial, result.flagged) == (Variation.COMMON, True, ())


def test_one_value_has_a_centre_but_no_limits():
    result = chart([5], 10)
    assert (result.centre, result.sigma_z, result.points[0].high, result.points[0].outside) == (50, None, None, None)


# Why not a plain P chart: a school of about 1,000 whose share varies from term to term by more than chance alone.


def outside_a_plain_p_chart(numerators, denominators):
    p = sum(numerators) / sum(denominators)
    return sum(abs(n / d - p) > 3 * math.sqrt(p * (1 - p) / d) for n, d in zip(numerators, denominators, strict=True))


def test_terms_that_vary_by_more_than_chance_are_outside_plain_limits_and_inside_p_prime():
    # 18 terms of a true share about 80 % that moves by 5 points; a P chart allows 3 * sqrt(0.16 / 1000) = 3.8 points.
    draw = random.Random(7)
    denominators = [draw.randint(950, 1050) for _ in range(18)]
    numerators = [round(d * draw.gauss(0.80, 0.05)) for d in denominators]
    assert outside_a_plain_p_chart(numerators, denominators) > 4
    assert chart(numerators, denominators).flagged == ()


def test_terms_that_vary_by_chance_alone_have_the_plain_limits():
    # sigma_z is about 1: 1,000 draws each with a chance of 0.8, over 60 terms.
    draw = random.Random(1)
    numerators = [sum(draw.random() < 0.8 for _ in range(1000)) for _ in range(60)]
    assert chart(numerators, 1000).sigma_z == pytest.approx(1, abs=0.2)


counts = st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=1, max_size=25)


@settings(max_examples=50)
@given(counts, st.integers(1, 20))
def test_a_share_and_what_is_left_of_it_are_judged_alike_the_other_way_round(numerators, target):
    sizes = [40 + n % 7 for n in range(len(numerators))]
    plain = chart(numerators, sizes, target=5 * target)
    left = [None if n is None else d - n for n, d in zip(numerators, sizes, strict=True)]
    other = chart(left, sizes, direction=Direction.LOWER, target=100 - 5 * target)
    assert [p.kind for p in other.points] == [p.kind for p in plain.points]
    assert (other.assurance, other.notes, other.since) == (plain.assurance, plain.notes, plain.since)


@settings(max_examples=50)
@given(counts, st.integers(1, 3))
def test_trailing_missing_rows_change_nothing(numerators, more):
    plain = chart(numerators, 40, target=50)
    longer = chart([*numerators, *[None] * more], 40, target=50)
    assert longer.points[: len(numerators)] == plain.points
    for field in ("centre", "sigma_z", "latest", "trial", "variation", "assurance", "notes", "since"):
        assert getattr(longer, field) == getattr(plain, field)


@settings(max_examples=50)
@given(counts, st.sampled_from([1.0, 100.0, 1000.0]), st.sampled_from(BOTH))
def test_the_multiplier_changes_no_flag(numerators, multiplier, judge):
    plain = chart(numerators, 40, judge=judge, multiplier=1.0)
    other = chart(numerators, 40, judge=judge, multiplier=multiplier)
    assert causes(other) == causes(plain)
    assert {p.kind for p in plain.points} <= set(PointType)
