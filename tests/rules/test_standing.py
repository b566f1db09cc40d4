"""Standings, against cases worked by hand. Their arithmetic stands beside each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from framework.kpis.kpi import Direction, Level, Measure, PathShape, State, Symbol
from framework.kpis.path import SetPoint, path
from framework.kpis.standing import Family, Standing, Timing, judge, standing
from tests.conftest import a_kpi, a_value, half_term

HIGHER, LOWER, BAND = Direction.HIGHER, Direction.LOWER, Direction.BAND
ACHIEVED, HELD, ON_TRACK = Standing.ACHIEVED, Standing.HELD, Standing.ON_TRACK
SLIGHTLY, BEHIND, WORSE = Standing.SLIGHTLY_BEHIND, Standing.BEHIND, Standing.WORSE_THAN_START

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


LATE = ENDS + timedelta(days=15)
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
        (a_kpi(), a_value(), None, replace(TIMING, ends_on=None), TODAY, Standing.NO_TARGET),
        (a_kpi(), a_value(), ON_PATH, replace(TIMING, ends_on=None), TODAY, Standing.CANNOT_BE_JUDGED),
        (a_kpi(), a_value(), path(28.0, None, ON_PATH.points), TIMING, TODAY, Standing.CANNOT_BE_JUDGED),
        # Each of these has the next standing's reason too.
        (a_kpi(level=Level.CONTEXT), a_value(None, state=State.NOT_APPLICABLE), None, TIMING, TODAY, Standing.CONTEXT),
        (a_kpi(direction=None), a_value(None, symbol=Symbol.SUPPRESSED), None, TIMING, TODAY, Standing.HIDDEN),
        (a_kpi(direction=None), None, None, TIMING, TODAY, Standing.NOT_DUE),
        (a_kpi(direction=None), a_value(None, symbol=Symbol.NOT_AVAILABLE), None, TIMING, LATE, Standing.NOT_REPORTED),
        (a_kpi(direction=None), a_value(), None, TIMING, date(2026, 11, 7), Standing.STALE),
        (a_kpi(direction=None), a_value(), None, TIMING, TODAY, Standing.CANNOT_BE_JUDGED),
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


# direction, baseline, expected, final, floor, value → standing, gap, tolerance, progress. alpha is 0.10.
BY_HAND = [
    # Absence from 28 to 20, half-way 24: tolerance max(0.1 * 8, 0.2) = 0.8.
    (LOWER, 28, 24, 20, 0.2, 19.5, ACHIEVED, 19.5 - 24, 0.8, 8.5 / 8),
    (LOWER, 28, 24, 20, 0.2, 20.0, ACHIEVED, -4.0, 0.8, 1.0),
    (LOWER, 28, 24, 20, 0.2, 24.0, ON_TRACK, 0.0, 0.8, 0.5),
    (LOWER, 28, 24, 20, 0.2, 24.8, SLIGHTLY, 0.8, 0.8, 3.2 / 8),
    (LOWER, 28, 24, 20, 0.2, 24.80001, BEHIND, 0.80001, 0.8, 3.19999 / 8),
    (LOWER, 28, 24, 20, 0.2, 28.0, BEHIND, 4.0, 0.8, 0.0),
    (LOWER, 28, 24, 20, 0.2, 28.1, WORSE, 4.1, 0.8, -0.1 / 8),
    # The same as attendance, from 72 to 80: nothing but the sign of the progress's parts changes.
    (HIGHER, 72, 76, 80, 0.2, 75.2, SLIGHTLY, 0.8, 0.8, 3.2 / 8),
    (HIGHER, 72, 76, 80, 0.2, 71.9, WORSE, 4.1, 0.8, -0.1 / 8),
    # A target of nought, from 12, expected 6: tolerance 1.2. A share of the target would allow nothing.
    (LOWER, 12, 6, 0, 0, 0.0, ACHIEVED, -6.0, 1.2, 1.0),
    (LOWER, 12, 6, 0, 0, 6.0, ON_TRACK, 0.0, 1.2, 0.5),
    (LOWER, 12, 6, 0, 0, 7.2, SLIGHTLY, 1.2, 1.2, 4.8 / 12),
    (LOWER, 12, 6, 0, 0, 7.21, BEHIND, 1.21, 1.2, 4.79 / 12),
    # From a true nought to 50, expected 25: tolerance 5; a true nought is where it started, not worse.
    (HIGHER, 0, 25, 50, 0, 0.0, BEHIND, 25.0, 5.0, 0.0),
    (HIGHER, 0, 25, 50, 0, 20.0, SLIGHTLY, 5.0, 5.0, 0.4),
    # "Keep at 95" with a floor of 0.2: no way to go, so no progress; tolerance is the floor.
    (HIGHER, 95, 95, 95, 0.2, 95.0, HELD, 0.0, 0.2, None),
    (HIGHER, 95, 95, 95, 0.2, 97.0, HELD, -2.0, 0.2, None),
    (HIGHER, 95, 95, 95, 0.2, 94.8, HELD, 0.2, 0.2, None),
    (HIGHER, 95, 95, 95, 0.2, 94.7, WORSE, 0.3, 0.2, None),
    # Keep a true nought, no floor: one is worse than at the start.
    (LOWER, 0, 0, 0, 0, 0.0, HELD, 0.0, 0.0, None),
    (LOWER, 0, 0, 0, 0, 1.0, WORSE, 1.0, 0.0, None),
    # A deficit from -40 to -10 (thousands), expected -25: tolerance 3. A share of -25 would turn its sign.
    (HIGHER, -40, -25, -10, 0, -10.0, ACHIEVED, -15.0, 3.0, 1.0),
    (HIGHER, -40, -25, -10, 0, -25.0, ON_TRACK, 0.0, 3.0, 0.5),
    (HIGHER, -40, -25, -10, 0, -28.0, SLIGHTLY, 3.0, 3.0, 0.4),
    (HIGHER, -40, -25, -10, 0, -28.5, BEHIND, 3.5, 3.0, 11.5 / 30),
    (HIGHER, -40, -25, -10, 0, -41.0, WORSE, 16.0, 3.0, -1 / 30),
    # A budget of 98 to 102 with a floor of 1, from 110 (8 outside).
    (BAND, 110, (98, 102), (98, 102), 1, 100.0, HELD, 0.0, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 98.0, HELD, 0.0, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 97.0, HELD, 1.0, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 96.9, BEHIND, 1.1, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 110.0, BEHIND, 8.0, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 110.5, WORSE, 8.5, 1, None),
    (BAND, 110, (98, 102), (98, 102), 1, 89.5, WORSE, 8.5, 1, None),  # as far out on the other side
    # Two bands: judged by the one of now (10 to 12). 13 is 1 outside, as far as it started; 13.5 is further.
    (BAND, 13, (10, 12), (4, 6), 0, 13.0, BEHIND, 1.0, 0, None),
    (BAND, 13, (10, 12), (4, 6), 0, 13.5, WORSE, 1.5, 0, None),
    (BAND, 13, (10, 12), (4, 6), 0, 5.0, ACHIEVED, 5.0, 0, None),  # in the last band already
    # A tiny planned change, 94.0 to 94.5, half-way 94.25: a tenth is 0.05; the floor of 0.2 says what means anything.
    (HIGHER, 94.0, 94.25, 94.5, 0.2, 94.05, SLIGHTLY, 0.2, 0.2, 0.1),
    (HIGHER, 94.0, 94.25, 94.5, 0, 94.05, BEHIND, 0.2, 0.05, 0.1),
    # 0.1 + 0.2 is 0.30000000000000004: no shortfall at 0.3, no worse start, no step outside a band.
    (LOWER, 0.4, 0.3, 0.2, 0, 0.1 + 0.2, ON_TRACK, 0.0, 0.02, 0.5),
    (LOWER, 0.3, 0.2, 0.1, 0, 0.1 + 0.2, BEHIND, 0.1, 0.02, 0.0),
    (BAND, 0.1 + 0.2, (0.5, 0.6), (0.5, 0.6), 0, 0.3, BEHIND, 0.2, 0, None),
    # Worse than at the start, yet within the tolerance: a long way to go leaves room for a small slip at its beginning.
    (LOWER, 28, 27.9, 20, 0.2, 28.1, SLIGHTLY, 0.2, 0.8, -0.1 / 8),
    # A managed decline from 60 to 50, expected 55, where higher is better: 55 is on the path, 54 a tenth of 10 short.
    (HIGHER, 60, 55, 50, 0, 55.0, ACHIEVED, 0.0, 1.0, 0.5),
    (HIGHER, 60, 55, 50, 0, 49.0, WORSE, 6.0, 1.0, 1.1),
]


@pytest.mark.parametrize(
    ("direction", "baseline", "expected", "final", "floor", "value", "found", "gap", "tolerance", "progress"), BY_HAND
)
def test_cases_worked_by_hand(direction, baseline, expected, final, floor, value, found, gap, tolerance, progress):
    judged = judge(value, direction=direction, baseline=baseline, expected=expected, final=final, floor=floor)
    assert judged.standing is found
    assert judged.gap == pytest.approx(gap, abs=1e-9)
    assert judged.tolerance == pytest.approx(tolerance)
    assert judged.progress == (None if progress is None else pytest.approx(progress))


def test_the_share_that_counts_as_slightly_behind_can_be_chosen():
    # From 28 to 20, expected 24: a quarter of 8 is 2.
    facts = {"direction": LOWER, "baseline": 28, "expected": 24, "final": 20}
    assert judge(26.0, **facts, alpha=0.25).standing is SLIGHTLY
    assert judge(26.1, **facts, alpha=0.25).standing is BEHIND


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"direction": Direction.NONE}, "direction: found none; wanted higher, lower or band"),
        ({"direction": None}, "direction: found None"),
        ({"value": float("nan")}, "value: found nan; wanted a finite number"),
        ({"baseline": float("inf")}, "baseline: found inf"),
        ({"expected": (12.0, 8.0)}, "expected: found a band from 12 to 8; wanted the low edge first"),
        ({"final": (0.0, float("inf"))}, "final: found inf"),
        ({"alpha": -0.1}, "alpha: found -0.1; wanted a number, 0 or more"),
        ({"floor": float("nan")}, "floor: found nan"),
    ],
)
def test_nonsense_is_refused_by_its_name(changes, words):
    facts = {"value": 1.0, "direction": HIGHER, "baseline": 0.0, "expected": 1.0, "final": 2.0}
    with pytest.raises(ValueError, match=words):
        judge(**{**facts, **changes})


def test_a_direction_may_be_said_in_a_plain_word():
    assert judge(60.0, direction="higher", baseline=50, expected=55, final=60).standing is ACHIEVED


def test_a_band_given_to_a_kpi_that_should_fall_is_met_at_its_upper_edge():
    # From 28 to at most 20, a change of 8: slightly behind up to 20.8 once the band is due.
    for number, found in ((20.0, ACHIEVED), (20.8, SLIGHTLY), (20.9, BEHIND)):
        assert judge(number, direction=LOWER, baseline=28, expected=(18, 20), final=(18, 20)).standing is found


def said(reached):
    return reached.reason.replace("\N{NO-BREAK SPACE}", " ")


def test_a_sentence_shows_one_more_decimal_wherever_rounding_would_hide_what_it_says():
    assert said(judged(28.04)).endswith(
        "28.04 % against 24 % expected by Autumn 1, 2026/27; the target is 20 % by 21 Jul 2027. It started at 28 %."
    )
    assert "12.04 % in" in said(judged(12.04, direction=BAND, baseline=13.0, low=8.0, high=12.0))
    assert "19.96 % in Autumn 1, 2026/27; the target is 20 % by" in said(judged(19.96))


# From 28 to 20, steps at 24 a year before the end; judged at the end of Summer 2, 2025/26, the day of the first step.
@pytest.mark.parametrize(
    ("shape", "day", "number", "found"),
    [
        (PathShape.STEPS, ENDS, 24.0, ON_TRACK),
        (PathShape.STEPS, ENDS - timedelta(days=1), 28.0, ON_TRACK),  # until the first step is due: the baseline
        (PathShape.STEPS, ENDS - timedelta(days=1), 28.8, SLIGHTLY),  # 0.8 short of it
        (PathShape.STEPS, ENDS - timedelta(days=1), 28.9, WORSE),
        (PathShape.STEPS, T1 - timedelta(days=1), 24.0, ON_TRACK),  # the first step holds until the second
        (PathShape.STEPS, T1, 24.0, BEHIND),
        (PathShape.FINAL, T1 - timedelta(days=1), 28.0, ON_TRACK),
        (PathShape.FINAL, T1 - timedelta(days=1), 28.9, WORSE),
        (PathShape.FINAL, T1, 28.0, BEHIND),
        (PathShape.FINAL, T1, 20.0, ACHIEVED),
    ],
)
def test_the_shape_of_the_path_decides_what_is_expected_on_the_way(shape, day, number, found):
    way = path(28.0, T0, [SetPoint(ENDS, 24.0, 24.0), SetPoint(T1, 20.0, 20.0)], shape=shape)
    assert standing(a_kpi(), a_value(number), way, replace(TIMING, ends_on=day), TODAY).standing is found


def test_before_the_last_target_alone_the_sentence_speaks_of_the_start():
    way = path(28.0, T0, [SetPoint(T1, 20.0, 20.0)], shape=PathShape.FINAL)
    assert said(standing(a_kpi(), a_value(27.0), way, TIMING, TODAY)) == (
        "On track: 27 % in Autumn 1, 2026/27; it started at 28 %, and the target is 20 % by 21 Jul 2027."
    )


# 40 of 164 is 24.4 %. Wilson, z = 1.95996: (80 + 3.8415 -/+ 1.95996 * sqrt(3.8415 + 160 * 124 / 164)) / 335.683
# = (83.8415 -/+ 21.8970) / 335.683 = 18.45 % and 31.50 %.
COUNTED = a_value(100 * 40 / 164, numerator=40, denominator=164)


def remark(kpi, value, way):
    return standing(kpi, value, way, TIMING, TODAY).remark.replace("\N{NO-BREAK SPACE}", " ")


def due_now(low, high=None, baseline=40.0):
    return path(baseline, T0, [SetPoint(ENDS, low, low if high is None else high)])


def test_a_share_that_chance_could_bring_to_the_target_says_so_beside_its_standing():
    reached = standing(a_kpi(baseline=40.0), COUNTED, due_now(20.0), TIMING, TODAY)
    assert (reached.standing, reached.interval.method) == (BEHIND, "Wilson")
    assert reached.remark.replace("\N{NO-BREAK SPACE}", " ") == (
        "It cannot be told apart from the target: with 164 counted, "
        "chance alone puts the true figure anywhere from 18.5 % to 31.5 %."
    )
    assert "chance" not in reached.reason


@pytest.mark.parametrize(("target", "apart"), [(18.4, True), (18.5, False), (31.4, False), (31.6, True)])
def test_a_target_outside_the_interval_is_told_apart(target, apart):
    assert (remark(a_kpi(baseline=40.0), COUNTED, due_now(target)) == "") is apart


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (ON_PATH, "from the target on the way, 24 %:"),  # half-way from 28 to 20
        (path(28.0, T0, ON_PATH.points, shape=PathShape.FINAL), "from where it started, 28 %:"),
    ],
)
def test_a_remark_names_what_the_value_was_judged_against(way, words):
    assert words in remark(a_kpi(), COUNTED, way)


def test_a_remark_shows_as_many_decimals_as_the_reason():
    # 23.96 %, rounded to 24 %, beside 24 %: half-way from 28 to 20.
    value = a_value(23.96, numerator=599, denominator=2500)
    assert "the target on the way, 24 %" in remark(a_kpi(), value, ON_PATH)
    way = path(28.0, T0, [SetPoint(T1, 20.06, 20.06)])  # half-way 24.03 %
    assert "the target on the way, 24.03 %" in remark(a_kpi(), value, way)


def test_a_band_on_the_way_is_named_by_both_its_edges():
    way = path(28.0, T0, [SetPoint(ENDS, 20.0, 25.0), SetPoint(T1, 10.0, 15.0)], band=True)
    timing = replace(TIMING, ends_on=ENDS - timedelta(days=1))
    reached = standing(a_kpi(direction=BAND), COUNTED, way, timing, TODAY)
    assert "the target on the way, 20\N{NO-BREAK SPACE}% to 25\N{NO-BREAK SPACE}%" in reached.remark


def test_what_is_achieved_early_is_compared_with_the_target_that_it_met():
    # 24.4 % meets a target of 25 %; half-way from 60 % the path is at 42.5 %, far outside the interval.
    way = path(60.0, T0, [SetPoint(T1, 25.0, 25.0)])
    assert remark(a_kpi(baseline=60.0), COUNTED, way).startswith("It cannot be told apart from the target: ")


# 20 of 100: Wilson from 13.3 % to 28.9 % (13.337, 28.883).
@pytest.mark.parametrize(
    ("low", "high", "apart"),
    [
        (10.0, 18.0, False),  # outside, and chance reaches in
        (5.0, 13.3, True),  # outside, and chance does not reach in
        (28.9, 40.0, True),
        (13.3, 28.9, True),  # inside, and so is all that chance allows
        (13.4, 28.9, False),  # inside, and chance reaches out below
        (13.3, 28.8, False),  # and above
    ],
)
def test_a_band_is_told_apart_when_chance_can_neither_bring_it_in_nor_take_it_out(low, high, apart):
    kpi, value = a_kpi(direction=BAND), a_value(20.0, numerator=20, denominator=100)
    assert (remark(kpi, value, due_now(low, high)) == "") is apart
    assert apart or "from the target:" in remark(kpi, value, due_now(low, high))


def test_a_rate_has_the_exact_interval_of_its_events():
    # 4 events: 1.0899 to 10.2416 (the published Poisson table); for 400 pupils, per 100: 0.272 to 2.560.
    kpi, value = a_kpi(measure=Measure.RATE, per=100, unit="per 100 pupils"), a_value(1.0, numerator=4, denominator=400)
    reached = standing(kpi, value, due_now(2.5), TIMING, TODAY)
    assert (reached.interval.low, reached.interval.high) == pytest.approx((0.27247, 2.56040), abs=1e-4)
    assert reached.remark
    assert not remark(kpi, value, due_now(2.6))


def test_an_average_has_one_where_its_spread_is_known():
    # Mean 8, standard deviation 2 of 25: t(24) = 2.0639, so 8 -/+ 2.0639 * 2 / 5 = 7.174 and 8.826.
    kpi, value = a_kpi(measure=Measure.AVERAGE, unit="days"), a_value(8.0, denominator=25, sd=2.0)
    assert "with 25 counted" in remark(kpi, value, due_now(7.2))
    assert not remark(kpi, value, due_now(7.1))
    assert not remark(kpi, replace(value, sd=None), due_now(7.2))
    assert not remark(kpi, replace(value, denominator=1), due_now(7.2))


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        (a_kpi(), a_value(24.0)),  # no counts
        (a_kpi(), a_value(24.0, numerator=5, denominator=4)),  # counts that cannot be right
        (a_kpi(), a_value(24.0, numerator=0, denominator=0)),
        (a_kpi(measure=Measure.COUNT), a_value(24.0, numerator=40, denominator=164)),
        (a_kpi(level=Level.CONTEXT), COUNTED),
        (a_kpi(direction=None), COUNTED),
    ],
)
def test_without_a_judgement_or_an_interval_nothing_is_remarked(kpi, value):
    reached = standing(kpi, value, due_now(24.0), TIMING, TODAY)
    assert (reached.interval, reached.remark) == (None, "")
