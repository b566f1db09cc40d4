"""What stands side by side: others between the same two periods, groups and their gap, schools together, the wall."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.kpis.kpi import Beside, Comparator, Direction, Measure, Note, NoteKind, ReportedBy, State, Symbol
from framework.people import Audience
from framework.picture import Picture
from framework.picture.beside import moved_beside, moved_words, signed, us_or
from framework.picture.figures import Missing
from framework.picture.groups import splits
from framework.picture.judged import verdict
from framework.picture.listing import kpi_line
from framework.picture.missing import why_none
from framework.picture.schools import funnel_of, moved_together
from framework.picture.schools import moved_words as together_words
from framework.picture.wall import height, tiles
from framework.places import Phase, Place, PlaceKind
from tests.conftest import (
    AGNES,
    CALENDAR_LINES,
    EDITION,
    HAZEL,
    NOW,
    TODAY,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    half_term,
)

CANAL = Place("placecanal", "Canal Street Primary", PlaceKind.SCHOOL, Phase.PRIMARY, pupils=450)
OURS = a_kpi()
THEIRS = a_kpi(reported_by=ReportedBy.SCHOOLS)


def seen(kpi=OURS, values: Sequence[Any] = (), others: Sequence[Any] = ()) -> Picture:
    """The small trust with one KPI, these values, and these notes, comparators and targets."""
    rows: dict[str, dict[str, Any]] = {
        "edition": {EDITION.ref: EDITION},
        "place": {p.ref: p for p in (TRUST, HAZEL, AGNES, CANAL)},
        "calendar_line": {line.ref: line for line in CALENDAR_LINES},
        "kpi": {kpi.ref: kpi},
    }
    table = {Note: "kpi_note", Comparator: "comparator", type(a_target()): "target"}
    for n, one in enumerate(others):
        rows.setdefault(table[type(one)], {})[f"{one.ref}{n}"] = one
    ordered = tuple(sorted(values, key=lambda v: v.period.ordinal))
    latest = {(v.kpi, v.place, v.group): v for v in ordered}
    return Picture(1, NOW, TODAY, Audience.LEADERS, rows, latest, lambda _: ordered, {})


def of(year: int, index: int, number: float | None, place: str = TRUST.ref, n=None, d=None, **more: Any):
    return a_value(number, period=half_term(year, index), place=place, numerator=n, denominator=d, **more)


def england(year: int, index: int, number: float, name: str = "England") -> Comparator:
    given = (Beside.NATIONAL, half_term(year, index), number, "DfE", date(2026, 3, 19))
    return Comparator("comparator", OURS.ref, name, *given)


# Us or the others


def test_both_are_compared_between_the_same_two_periods_a_year_apart():
    picture = seen(
        values=[of(2024, 6, 28.0), of(2025, 1, 25.5), of(2025, 6, 24.9), of(2026, 1, 24.3)],
        others=[england(2024, 6, 26.0), england(2025, 1, 24.0), england(2025, 6, 23.5), england(2026, 1, 23.1)],
    )
    (moved,) = moved_beside(picture, OURS, TRUST.ref)
    # 24.3 - 25.5 = -1.2; 23.1 - 24.0 = -0.9
    assert (moved.since, moved.until) == (half_term(2025, 1), half_term(2026, 1))
    assert moved_words(OURS, [moved], half_term(2026, 1)) == [
        "Since Autumn 1, 2025/26 ours moved −1.2\N{NO-BREAK SPACE}points, England’s −0.9."  # noqa: RUF001
    ]


def test_without_a_common_period_a_year_before_the_earliest_common_one_is_taken():
    picture = seen(
        values=[of(2025, 4, 25.0), of(2025, 6, 24.0), of(2026, 1, 23.0)],
        others=[england(2025, 4, 20.0), england(2025, 6, 21.0)],
    )
    (moved,) = moved_beside(picture, OURS, TRUST.ref)
    assert (moved.since, moved.until, moved.ours, moved.theirs) == (half_term(2025, 4), half_term(2025, 6), -1.0, 1.0)
    assert moved_words(OURS, [moved], half_term(2026, 1))[0].startswith("From Spring 2, 2025/26 to Summer 2, 2025/26")


def test_nothing_is_compared_across_another_definition():
    note = Note("note000001", OURS.ref, half_term(2026, 1), NoteKind.NEW_DEFINITION, "Others count.")
    values = [of(2025, 1, 25.5), of(2026, 1, 24.3)]
    theirs = [england(2025, 1, 24.0), england(2026, 1, 23.1)]
    assert moved_beside(seen(values=values, others=theirs), OURS, TRUST.ref)
    assert moved_beside(seen(values=values, others=[*theirs, note]), OURS, TRUST.ref) == []


def test_one_common_period_is_no_movement():
    assert moved_beside(seen(values=[of(2026, 1, 24.3)], others=[england(2026, 1, 23.1)]), OURS, TRUST.ref) == []


def test_the_question_names_whom_it_is_about():
    values = [of(2025, 1, 25.5), of(2026, 1, 24.3)]
    theirs = [england(2025, 1, 24.0), england(2026, 1, 23.1)]
    city = [england(2025, 1, 24.0, "The city"), england(2026, 1, 23.1, "The city")]
    one = moved_beside(seen(values=values, others=theirs), OURS, TRUST.ref)
    both = moved_beside(seen(values=values, others=[*theirs, *city]), OURS, TRUST.ref)
    assert (us_or(one), us_or(both)) == ("Us or England?", "Us or the others?")
    assert "England’s −0.9, the city’s −0.9." in moved_words(OURS, both, half_term(2026, 1))[0]  # noqa: RUF001


@pytest.mark.parametrize(("number", "words"), [(0.4, "+0.4 points"), (-1.0, "−1 points"), (0.0, "0 points")])  # noqa: RUF001
def test_a_difference_has_its_sign_and_nought_has_none(number, words):
    assert signed(OURS, number).replace("\N{NO-BREAK SPACE}", " ") == words


# Groups


def split_in_two(year: int, index: int, yes: tuple[int, int], no: tuple[int, int]) -> list[Any]:
    shares = {"FSM: yes": yes, "FSM: no": no}
    return [of(year, index, 100 * n / d, group=g, n=n, d=d) for g, (n, d) in shares.items()]


def test_a_gap_is_in_points_with_its_movement_and_who_is_missing():
    values = [
        *split_in_two(2025, 1, (300, 1000), (200, 1000)),
        *split_in_two(2026, 1, (253, 812), (211, 954)),
        of(2026, 1, 26.0, n=469, d=1804),
    ]
    (split,) = splits(seen(values=values), OURS, TRUST.ref)
    # 253/812 = 31.1576 %, 211/954 = 22.1174 %: 9.0402 points; a year before 30 - 20 = 10; 1,804 - 812 - 954 = 38
    assert split.gap.points == pytest.approx(9.0402, abs=1e-4)
    assert split.gap.moved == pytest.approx(-0.9598, abs=1e-4)
    assert (split.since, split.everyone, split.missing) == (half_term(2025, 1), 1804, 38)


@pytest.mark.parametrize(("direction", "shown"), [(Direction.HIGHER, True), (Direction.LOWER, False)])
def test_a_fair_share_is_told_only_where_taking_part_is_counted(direction, shown):
    kpi = a_kpi(direction=direction)
    (split,) = splits(seen(kpi, split_in_two(2026, 1, (100, 500), (300, 500))), kpi, TRUST.ref)
    # 100 of 400 taking part are a quarter, 500 of 1,000 of all a half: 0.25 / 0.5 = 0.5
    assert [(s.share_of_those_taking_part, s.share_of_all, s.ratio) for s in split.shares[:1]] == (
        [(0.25, 0.5, 0.5)] if shown else []
    )


def test_groups_that_hold_more_than_everyone_say_nothing_of_who_is_missing():
    values = [*split_in_two(2026, 1, (100, 500), (300, 600)), of(2026, 1, 40.0, n=400, d=1000)]
    (split,) = splits(seen(values=values), OURS, TRUST.ref)
    assert split.missing is None


def test_a_period_with_one_group_alone_is_passed_over():
    values = [*split_in_two(2025, 6, (100, 500), (300, 600)), *split_in_two(2026, 1, (90, 500), (1, 1))[:1]]
    (split,) = splits(seen(values=values), OURS, TRUST.ref)
    assert (split.period, split.since) == (half_term(2025, 6), None)


# Schools


def sent(year: int, shares: dict[Place, tuple[int, int]]) -> list[Any]:
    return [of(year, 1, 100 * n / d, place.ref, n, d) for place, (n, d) in shares.items()]


def test_the_same_schools_are_compared_where_one_is_missing():
    values = [
        *sent(2025, {HAZEL: (20, 100), AGNES: (30, 100), CANAL: (10, 100)}),
        *sent(2026, {HAZEL: (18, 100), AGNES: (26, 100)}),
    ]
    moved = moved_together(seen(THEIRS, values), THEIRS)
    assert moved is not None
    # 44/200 - 50/200 = -3 points
    assert moved.together.change == pytest.approx(-3.0)
    assert together_words(THEIRS, moved) == [
        "The same 2 schools together: −3\N{NO-BREAK SPACE}points since Autumn 1, 2025/26."  # noqa: RUF001
    ]


def test_that_most_schools_went_the_other_way_is_said():
    # 80 of 300 are 26.7 %, 262 of 1,200 are 21.8 %: two rise a little, the falling one is far larger now.
    values = [
        *sent(2025, {HAZEL: (20, 100), CANAL: (20, 100), AGNES: (40, 100)}),
        *sent(2026, {HAZEL: (21, 100), CANAL: (21, 100), AGNES: (220, 1000)}),
    ]
    moved = moved_together(seen(THEIRS, values), THEIRS)
    assert moved is not None
    (said,) = together_words(THEIRS, moved)
    assert said.startswith("The trust fell since Autumn 1, 2025/26 while most schools rose (2 rose, 1 fell)")


def test_nothing_is_said_where_the_trust_says_it_all():
    values = [
        *sent(2025, {HAZEL: (20, 100), AGNES: (20, 100)}),
        *sent(2026, {HAZEL: (18, 100), AGNES: (18, 100)}),
    ]
    moved = moved_together(seen(THEIRS, values), THEIRS)
    assert moved is not None
    assert together_words(THEIRS, moved) == []


def test_a_funnel_stands_in_the_order_of_size_and_needs_three_schools():
    values = [of(2026, 1, 20.0, p.ref, d // 5, d) for p, d in ((HAZEL, 400), (AGNES, 900), (CANAL, 450))]
    found = funnel_of(seen(THEIRS, values), THEIRS)
    assert found is not None
    assert [p.name for p in found[1].points] == [AGNES.name, CANAL.name, HAZEL.name]
    assert funnel_of(seen(THEIRS, values[:2]), THEIRS) is None


# Kinds of empty


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        (of(2026, 1, 0.0), None),  # a true nought is a number
        (of(2026, 1, None, state=State.NOT_APPLICABLE), Missing.NOT_APPLICABLE),
        (of(2026, 1, None, state=State.NOT_AVAILABLE), Missing.NOT_AVAILABLE),
        (of(2026, 1, None, state=State.NOT_AVAILABLE, symbol=Symbol.SUPPRESSED), Missing.HIDDEN),
        (None, Missing.NOT_REPORTED),
    ],
)
def test_nought_and_each_kind_of_nothing_are_told_apart(value, missing):
    picture = seen(values=[] if value is None else [value])
    assert why_none(picture, OURS, TRUST.ref, verdict(picture, OURS)) is missing


def test_what_is_not_due_yet_is_not_called_missing():
    kpi = a_kpi(lag_days=1000)
    picture = seen(kpi)
    assert why_none(picture, kpi, TRUST.ref, verdict(picture, kpi)) is Missing.NOT_DUE


# The wall


@pytest.mark.parametrize(
    ("numbers", "floor", "ends"),
    [
        ([24.0, 24.2], 0.5, (19.0, 29.0)),  # 20 floors are 10 points, about the middle 24.1, on whole points
        ([20.0, 29.2], 0.2, (20.0, 30.0)),  # 19 to 29 would leave 29.2 out, so it begins at 20
        ([20.0, 31.0], 0.2, (14.0, 34.0)),  # 11 points do not fit in 10
        ([0.0, 1.0], 0.5, (0.0, 10.0)),  # never below nought
        ([99.0, 100.0], 0.5, (90.0, 100.0)),  # never above a hundred
        ([0.0, 100.0], 0.5, (0.0, 100.0)),
        ([50.0], None, (45.0, 55.0)),  # nobody said what means anything: 10 points
    ],
)
def test_percentages_have_one_of_four_heights(numbers, floor, ends):
    assert height(a_kpi(floor=floor), numbers) == ends


def test_what_means_nothing_is_at_most_a_twentieth_of_the_height():
    low, high = height(a_kpi(measure=Measure.COUNT, unit="members", floor=3.0), [40.0, 43.0])
    assert 3.0 / (high - low) <= 1 / 20


def test_a_score_out_of_eight_has_the_height_of_its_scale():
    assert height(a_kpi(measure=Measure.SCORE, unit="of 8", floor=1.0), [6.0, 7.0]) == (0.0, 8.0)


def test_below_nought_a_picture_goes_only_with_its_numbers():
    low, high = height(a_kpi(measure=Measure.CURRENCY, unit="£", floor=10.0), [-50.0, 120.0])
    assert low <= -50.0 <= 120.0 <= high


def test_a_tile_holds_every_period_with_its_gaps_the_path_and_the_last_target():
    picture = seen(values=[of(2025, 6, 25.0), of(2026, 1, 24.0)], others=[a_target()])
    (tile,) = tiles(picture, [kpi_line(picture, OURS, None)], TRUST.ref)
    assert [number for _, number in tile.values] == [25.0, 24.0]
    assert tile.target == (date(2027, 7, 21).toordinal(), (20.0,))
    assert tile.low <= 20.0
    assert tile.high >= 25.0
    gap = seen(values=[of(2025, 5, 25.0), of(2026, 1, 24.0)])
    assert [n for _, n in tiles(gap, [kpi_line(gap, OURS, None)], TRUST.ref)[0].values] == [25.0, None, 24.0]


def test_a_kpi_without_values_has_a_tile_that_draws_nothing():
    picture = seen(replace(OURS, direction=None))
    (tile,) = tiles(picture, [kpi_line(picture, OURS, None)], TRUST.ref)
    assert (tile.values, tile.low, tile.high) == ((), 0.0, 1.0)
