"""The sentences of a reading: plain, true, better and worse rather than up and down."""

import pytest

from framework.kpis.icons import Assurance, Variation
from framework.kpis.kpi import Direction, Frequency, Measure
from framework.kpis.reading import Caution, Change, ChartKind, Reading, read
from framework.kpis.saying import (
    TERMS,
    caution_words,
    change_sentence,
    forecast_words,
    icon_words,
    meaning,
)
from framework.kpis.standing import Standing, Verdict
from framework.periods import Period, PeriodKind
from tests.conftest import a_kpi, half_term
from tests.rules.test_reading import STABLE, points

BEHIND, ON_TRACK = Verdict(Standing.BEHIND, ""), Verdict(Standing.ON_TRACK, "")


def a_reading(variation, assurance=None, **more):
    given = {"kind": ChartKind.XMR, "points": (), "counted": 19, "latest": half_term(2026, 1), **more}
    return Reading(variation=variation, assurance=assurance, **given)


def said(reading, reached=ON_TRACK, **kpi):
    return change_sentence(a_kpi(**kpi), reading, reached).replace("\N{NO-BREAK SPACE}", " ")


SINCE = half_term(2024, 4)


@pytest.mark.parametrize(
    ("reading", "reached", "expected"),
    [
        (a_reading(Variation.COMMON), ON_TRACK, "It shows no more than its usual ups and downs."),
        (
            a_reading(Variation.COMMON, Assurance.FAIL),
            BEHIND,
            "It shows no more than its usual ups and downs. As it runs now it will not reach its target: something "
            "must be done differently.",
        ),
        (
            a_reading(Variation.COMMON, trial=True, counted=9),
            ON_TRACK,
            "It shows no more than its usual ups and downs so far, in 9 values.",
        ),
        (
            a_reading(Variation.IMPROVEMENT_LOW, since=SINCE),
            BEHIND,
            "It has fallen by more than chance since Spring 2, 2024/25, but too slowly.",
        ),
        (
            a_reading(Variation.IMPROVEMENT_HIGH, since=SINCE),
            ON_TRACK,
            "It has risen by more than chance since Spring 2, 2024/25, which is better.",
        ),
        (
            a_reading(Variation.CONCERN_HIGH, since=half_term(2026, 1)),
            BEHIND,
            "Its newest value has risen by more than chance, which is worse.",
        ),
        (
            a_reading(Variation.NEUTRAL_LOW, since=SINCE),
            ON_TRACK,
            "It has fallen by more than chance since Spring 2, 2024/25.",
        ),
        (
            a_reading(Variation.CONCERN_LOW, since=SINCE, trial=True, counted=9),
            BEHIND,
            "It has fallen by more than chance since Spring 2, 2024/25, which is worse, though 9 values are only a "
            "first sign.",
        ),
    ],
)
def test_the_sentence_beside_the_standing(reading, reached, expected):
    assert said(reading, reached) == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (-1.2, "1.2 points lower than in Autumn 1, 2025/26."),
        (0.4, "0.4 points higher than in Autumn 1, 2025/26."),
        (0.001, "About as in Autumn 1, 2025/26."),
    ],
)
def test_the_same_half_term_a_year_before_is_set_beside_it(by, expected):
    reading = a_reading(Variation.COMMON, from_last_year=Change(half_term(2025, 1), by))
    assert said(reading).endswith(expected)


def test_two_values_are_a_difference_and_never_a_trend():
    assert said(read(a_kpi(), points([28.0, 26.5]))) == "1.5 points lower than in Autumn 1, 2022/23."


def test_where_there_is_a_value_of_a_year_before_that_is_the_difference_said():
    reading = read(
        a_kpi(frequency=Frequency.TERMLY), points([28.0, 27.0, 26.0, 26.5], first=Period(PeriodKind.TERM, 2022))
    )
    assert said(reading) == "1.5 points lower than in Autumn term, 2022/23."


def test_one_value_says_nothing_of_change():
    assert said(read(a_kpi(), points([28.0]))) == ""


@pytest.mark.parametrize(
    ("direction", "numbers", "expected"),
    [
        (Direction.HIGHER, [50.0, 53, 56, 59, 62], "it has risen by more than chance, which is better."),
        (Direction.LOWER, [50.0, 53, 56, 59, 62], "it has risen by more than chance, which is worse."),
        (Direction.LOWER, [62.0, 59, 56, 53, 50], "it has fallen by more than chance, which is better."),
        (None, [62.0, 59, 56, 53, 50], "it has fallen by more than chance."),
        (Direction.HIGHER, [50.0, 51, 50, 51, 50], "it shows no more than chance."),
    ],
)
def test_five_yearly_values_are_read_with_their_intervals(direction, numbers, expected):
    kpi = a_kpi(frequency=Frequency.YEARLY, direction=direction)
    reading = read(kpi, points(numbers, 1000, first=Period(PeriodKind.YEAR, 2021)))
    assert change_sentence(kpi, reading, ON_TRACK) == f"Over its last five values {expected}"


def test_the_sentence_never_says_up_or_down_or_trend():
    for variation in Variation:
        for assurance in (None, *Assurance):
            words = said(a_reading(variation, assurance, since=SINCE), BEHIND).casefold().split()
            assert not {"up", "trend", "trending", "significant"} & set(words)


@pytest.mark.parametrize(
    ("variation", "assurance", "expected"),
    [
        # Each cell of the table in measurement 3.5.
        (Variation.IMPROVEMENT_LOW, Assurance.PASS, "Better, and reliable"),
        (Variation.IMPROVEMENT_HIGH, Assurance.INCONSISTENT, "keep going"),
        (Variation.IMPROVEMENT_HIGH, Assurance.FAIL, "does not reach the target"),
        (Variation.IMPROVEMENT_HIGH, None, "Becoming better."),
        (Variation.COMMON, Assurance.PASS, "Stable and reliable."),
        (Variation.COMMON, Assurance.INCONSISTENT, "that is luck"),
        (Variation.COMMON, Assurance.FAIL, "Stable and failing"),
        (Variation.COMMON, None, "No change yet."),
        (Variation.CONCERN_LOW, Assurance.PASS, "slipping"),
        (Variation.CONCERN_HIGH, Assurance.INCONSISTENT, "act."),
        (Variation.CONCERN_HIGH, Assurance.FAIL, "act on this first"),
        (Variation.CONCERN_HIGH, None, "Becoming worse."),
        (Variation.NEUTRAL_HIGH, None, ""),
        (None, None, ""),
    ],
)
def test_variation_and_assurance_together_mean_something(variation, assurance, expected):
    words = meaning(a_reading(variation, assurance))
    assert words == "" if expected == "" else expected in words


def test_every_icon_has_its_sentence():
    for variation in Variation:
        for assurance in Assurance:
            icons = icon_words(a_kpi(), a_reading(variation, assurance))
            assert [name for name, _ in icons] == [str(variation), str(assurance)]
            assert all(sentence.endswith(".") for _, sentence in icons)


def test_every_caution_is_a_sentence_the_weightiest_first():
    words = caution_words(a_kpi(), a_reading(Variation.COMMON, cautions=tuple(reversed(Caution))))
    assert len(words) == len(Caution)
    assert "out of date" in words[0]


def test_a_forecast_says_its_range_and_what_it_takes_for_granted():
    reading = read(a_kpi(), points([50 - n / 2 for n in range(16)]), target=40.0, ahead=4)
    words = forecast_words(a_kpi(), reading_for(reading))
    assert "in four cases of five" in words[0]
    assert words[1].startswith("If it goes on along the straight line")


def reading_for(reading):
    from dataclasses import replace

    return replace(reading, forecast_for=half_term(2026, 6))


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (read(a_kpi(), points(STABLE[:6], 200)), "there is no target ahead"),
        (reading_for(read(a_kpi(), points(STABLE[:6], 200))), "too few values"),
        (reading_for(a_reading(Variation.CONCERN_HIGH)), "not along a line"),
    ],
)
def test_where_there_is_no_forecast_it_says_why(reading, expected):
    (sentence,) = forecast_words(a_kpi(), reading)
    assert expected in sentence


def test_every_chart_a_page_can_show_is_explained():
    assert {str(kind) for kind in ChartKind} - {str(ChartKind.VALUES)} <= set(TERMS)


def test_money_and_counts_are_said_in_their_own_unit():
    kpi = a_kpi(measure=Measure.CURRENCY, unit="£")
    assert change_sentence(kpi, read(kpi, points([1200.0, 2400.0])), ON_TRACK) == (
        "£1,200 higher than in Autumn 1, 2022/23."
    )
