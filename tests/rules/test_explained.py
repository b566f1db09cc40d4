"""How a verdict is explained: the rule with its numbers, and the pace that the target asks for."""

from dataclasses import replace
from datetime import date

import pytest

from framework.kpis.explained import distance_words, how_judged, pace
from framework.kpis.kpi import Direction, Level, Measure, PathShape
from framework.kpis.path import SetPoint, path
from framework.kpis.standing import Standing, Timing, Verdict, standing
from tests.conftest import a_kpi, a_value, half_term

START, END = date(2025, 7, 21), date(2027, 7, 21)
WAY = path(28.0, START, [SetPoint(END, 20.0, 20.0)])
TIMING = Timing(half_term(2026, 1), date(2026, 10, 23), date(2026, 11, 6), date(2027, 1, 1))
TODAY = date(2026, 11, 13)


def judged(kpi, number, way=WAY) -> Verdict:
    return standing(kpi, a_value(number), way, TIMING, TODAY)


def said(kpi, number, way=WAY) -> str:
    return " ".join(how_judged(kpi, judged(kpi, number, way), way, alpha=0.10)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_rule_is_told_with_its_numbers():
    # By hand: 459 of 730 days gone, 28 - 8 * 459 / 730 = 22.97; 10 % of 8 is 0.8, more than the floor of 0.2.
    words = said(a_kpi(), 24.1)
    assert "started at 28 % on 21 Jul 2025 and is to reach 20 % by 21 Jul 2027. Lower is better." in words
    assert "it stands at 22.97 %; the value is 24.1 %. That is 1.13 points short of the path." in words
    assert "Up to 0.8 points short counts as slightly behind" in words
    assert "10 % of the planned change (8 points)" in words


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (PathShape.LINE, "The path runs straight between its dated targets. At the end of Autumn 1, 2026/27 it stands"),
        (PathShape.STEPS, "each target holds from its own day, and until the first the start does. At the end"),
        (PathShape.FINAL, "Only the last target counts: until its day the value need only be no worse than the start."),
    ],
)
def test_the_shape_of_the_path_is_told(shape, words):
    assert words in said(a_kpi(), 24.1, path(28.0, START, WAY.points, shape=shape))


def test_what_chance_allows_is_told_last_with_its_method():
    # 40 of 164: Wilson from 18.45 % to 31.50 %, worked in test_standing.
    counted = a_value(100 * 40 / 164, numerator=40, denominator=164)
    reached = standing(a_kpi(), counted, WAY, TIMING, TODAY)
    last = how_judged(a_kpi(), reached, WAY, alpha=0.10)[-1].replace("\N{NO-BREAK SPACE}", " ")
    assert last == (
        "With 164 counted, chance alone puts the true figure anywhere from 18.5 % to 31.5 % (95 %, Wilson), "
        "which cannot be told apart from what was expected."
    )
    far = replace(reached, remark="")
    assert how_judged(a_kpi(), far, WAY, alpha=0.10)[-1].endswith("which leaves out what was expected.")
    assert "chance" not in said(a_kpi(), 24.1)


def test_worse_than_at_the_start_says_which_side_it_lies_on():
    assert "wrong side of where it started" in said(a_kpi(), 29.0)


def test_achieved_says_that_the_last_target_is_met():
    assert "has met its last target" in said(a_kpi(), 19.0)


def test_a_hold_is_not_told_as_a_way_to_go():
    words = said(a_kpi(), 20.1, path(20.0, START, [SetPoint(END, 20.0, 20.0)]))
    assert "is to be held there" in words
    assert "is to reach" not in words


def test_a_band_is_told_by_its_edges():
    kpi = a_kpi(direction=Direction.BAND)
    words = said(kpi, 24.1, path(28.0, START, [SetPoint(END, 18.0, 22.0)]))
    assert "from 18 % to 22 %, both included" in words
    assert "2.1 points short of the nearest edge" in words


def test_without_a_verdict_the_reason_and_what_is_needed_are_told():
    words = said(a_kpi(direction=None), 24.1)
    assert words.startswith("Cannot be judged: no direction.")
    assert "is judged when it has a direction" in words


def test_context_asks_for_nothing():
    assert said(a_kpi(level=Level.CONTEXT), 24.1) == (
        "Context: the world the trust works in. It is shown and never judged."
    )


def test_the_pace_needed_stands_beside_the_pace_so_far():
    # By hand: (20 - 24.1) / 5 half-terms left; (24.1 - 28) / 7 gone.
    needed, so_far = pace(a_kpi(), judged(a_kpi(), 24.1), WAY, half_term(2024, 6), half_term(2026, 6))
    assert needed.replace("\N{NO-BREAK SPACE}", " ") == "Needed: 0.82 points lower each half-term for the 5 left."
    assert so_far.replace("\N{NO-BREAK SPACE}", " ").startswith(
        "So far: 0.56 points lower each half-term since Summer 2"
    )


@pytest.mark.parametrize("number", [19.0, 20.0])
def test_what_is_achieved_needs_no_pace(number):
    assert pace(a_kpi(), judged(a_kpi(), number), WAY, half_term(2024, 6), half_term(2026, 6)) == []


@pytest.mark.parametrize(
    "changes", [{"standing": Standing.STALE}, {"standing": Standing.PARTIAL}, {"standing": Standing.CANNOT_BE_JUDGED}]
)
def test_the_pace_needed_is_told_without_a_verdict_too(changes):
    reached = replace(judged(a_kpi(), 24.1), **changes)
    assert len(pace(a_kpi(), reached, WAY, half_term(2024, 6), half_term(2026, 6))) == 2


def test_where_the_plan_starts_from_only_the_pace_needed_is_told():
    reached = replace(judged(a_kpi(), 24.1), standing=Standing.TOO_EARLY)
    (needed,) = pace(a_kpi(), reached, WAY, half_term(2026, 1), half_term(2026, 6))
    assert needed.startswith("Needed: ")


@pytest.mark.parametrize("standing", [Standing.CONTEXT, Standing.HELD, Standing.HIDDEN])
def test_what_is_never_chased_has_no_pace(standing):
    reached = replace(judged(a_kpi(), 24.1), standing=standing)
    assert pace(a_kpi(), reached, WAY, half_term(2024, 6), half_term(2026, 6)) == []


def test_a_band_has_no_pace():
    banded = a_kpi(direction=Direction.BAND)
    assert pace(banded, judged(a_kpi(), 24.1), WAY, half_term(2024, 6), half_term(2026, 6)) == []


def test_no_pace_is_told_when_no_period_is_left():
    assert pace(a_kpi(), judged(a_kpi(), 24.1), WAY, half_term(2024, 6), half_term(2026, 1)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "1 point"),
        ({"measure": Measure.COUNT, "unit": "members"}, "1 member"),
        ({"measure": Measure.SCORE, "unit": "of 8"}, "1"),
        ({"measure": Measure.RATE, "unit": "per 100 pupils"}, "1 per 100 pupils"),
        ({"measure": Measure.CURRENCY, "unit": "£"}, "£1"),
    ],
)
def test_a_distance_has_the_unit_people_would_say(changes, words):
    assert distance_words(a_kpi(**changes), 1.0).replace("\N{NO-BREAK SPACE}", " ") == words
