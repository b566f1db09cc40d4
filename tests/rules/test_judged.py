"""Verdicts read off a picture: the trust's target made of its schools', and the path's shape. Sums worked by hand."""

from dataclasses import replace

import pytest

from framework.kpis.kpi import Aggregation, Direction, Measure, PathShape, ReportedBy
from framework.kpis.path import SetPoint
from framework.kpis.standing import Standing
from framework.people import Audience
from framework.picture.judged import path_of, verdict
from framework.picture.shape import Picture
from framework.places import Phase
from tests.conftest import AGNES, CALENDAR, HAZEL, NOW, SMALL_TRUST, TODAY, TRUST, a_kpi, a_target, a_value, half_term

BY_SCHOOLS = a_kpi(reported_by=ReportedBy.SCHOOLS)
END = CALENDAR.ends_on(half_term(2026, 6))


def picture(kpi, *records, places=(HAZEL, AGNES)):
    """The small trust with this KPI, these targets and these values."""
    names = {"Place": "place", "Target": "target", "CalendarLine": "calendar_line", "Edition": "edition"}
    rows = {table: {} for table in names.values()} | {"kpi": {kpi.ref: kpi}}
    fixed = [r for r in SMALL_TRUST if type(r).__name__ in ("CalendarLine", "Edition")]
    for row in (*fixed, TRUST, *places, *(r for r in records if type(r).__name__ == "Target")):
        rows[names[type(row).__name__]][row.ref] = row
    values = sorted((r for r in records if type(r).__name__ == "Value"), key=lambda v: v.period.ordinal)
    latest = {(v.kpi, v.place, v.group): v for v in values}
    return Picture(1, NOW, TODAY, Audience.LEADERS, rows, latest, lambda _: tuple(values), {})


def target(place, number=None, **more):
    return a_target(ref=f"target{place.ref[5:9]}", place=place.ref, number=number, **more)


def sent(place, n, d, period=None, **more):
    at = period or half_term(2026, 1)
    return a_value(100 * n / d, place=place.ref, period=at, numerator=n, denominator=d, **more)


BOTH = (target(HAZEL, 10.0), target(AGNES, 30.0))


def aimed_at(kpi, *records, **more):
    way = path_of(picture(kpi, *records, **more), kpi, TRUST.ref)
    return None if way is None else way.points


def test_shares_of_schools_aim_together_by_what_they_are_shares_of():
    # 10 % of 80 counted at Hazel and 30 % of 240 at Agnes: 8 + 72 of 320 is 25 %. An older count of 800 is passed over.
    values = (sent(HAZEL, 800, 800, half_term(2025, 6)), sent(HAZEL, 20, 80), sent(AGNES, 90, 240))
    assert aimed_at(BY_SCHOOLS, *BOTH, *values) == (SetPoint(END, pytest.approx(25.0), pytest.approx(25.0)),)


def test_where_one_count_is_not_known_pupils_stand_in_for_all():
    # 10 % of 400 and 30 % of 900: 310 of 1,300.
    expected = pytest.approx(100 * 310 / 1300)
    assert aimed_at(BY_SCHOOLS, *BOTH, sent(HAZEL, 20, 80)) == (SetPoint(END, expected, expected),)


def test_where_not_even_pupils_are_known_there_is_no_target():
    assert aimed_at(BY_SCHOOLS, *BOTH, places=(replace(HAZEL, pupils=None), AGNES)) is None


def test_counts_aim_at_their_sum_and_bands_at_bands():
    kpi = replace(BY_SCHOOLS, measure=Measure.COUNT, direction=Direction.BAND)
    bands = (target(HAZEL, low=8.0, high=10.0), target(AGNES, 30.0))
    assert aimed_at(kpi, *bands) == (SetPoint(END, 38.0, 40.0),)


def test_a_target_of_the_trusts_own_goes_before_its_schools():
    own = a_target(ref="targettrus", number=22.0)
    assert aimed_at(BY_SCHOOLS, *BOTH, own) == (SetPoint(END, 22.0, 22.0),)


@pytest.mark.parametrize(
    ("kpi", "records", "places"),
    [
        (BY_SCHOOLS, BOTH[:1], (HAZEL, AGNES)),  # Agnes has none
        (BY_SCHOOLS, (BOTH[0], replace(BOTH[1], period=half_term(2026, 3))), (HAZEL, AGNES)),  # another period's
        (a_kpi(), BOTH, (HAZEL, AGNES)),  # the trust reports it
        (replace(BY_SCHOOLS, aggregation=Aggregation.LATEST), BOTH, (HAZEL, AGNES)),
    ],
)
def test_without_a_target_of_every_school_that_should_report_the_trust_has_none(kpi, records, places):
    assert aimed_at(kpi, *records, places=places) is None


def test_a_school_that_is_not_asked_needs_no_target():
    kpi = replace(BY_SCHOOLS, reported_by=ReportedBy.PRIMARIES)
    assert HAZEL.phase is Phase.PRIMARY
    assert aimed_at(kpi, BOTH[0]) == (SetPoint(END, 10.0, 10.0),)


def test_the_trust_is_judged_by_the_target_of_its_schools():
    # Hazel at 10 of 80 and Agnes at 60 of 240: 70 of 320 is 21.9 %, and together they aim at 25 %.
    reached = verdict(picture(BY_SCHOOLS, *BOTH, sent(HAZEL, 10, 80), sent(AGNES, 60, 240)), BY_SCHOOLS)
    assert reached.standing is Standing.ACHIEVED
    # Wilson of 70 of 320: (140 + 3.8415 -/+ 1.95996 * sqrt(3.8415 + 280 * 250 / 320)) / 647.683 = 17.69 % and 26.73 %.
    assert (reached.interval.low, reached.interval.high) == (
        pytest.approx(17.69, abs=0.01),
        pytest.approx(26.73, abs=0.01),
    )
    assert "with 320 counted" in reached.remark


def test_a_part_of_the_schools_is_neither_judged_nor_remarked():
    reached = verdict(picture(BY_SCHOOLS, *BOTH, sent(HAZEL, 10, 80)), BY_SCHOOLS)
    assert (reached.standing, reached.interval, reached.remark) == (Standing.PARTIAL, None, "")


def test_the_kpi_says_the_shape_of_its_path_and_whether_it_is_a_band():
    assert path_of(picture(BY_SCHOOLS, *BOTH), BY_SCHOOLS, TRUST.ref).shape is PathShape.LINE
    steps = replace(BY_SCHOOLS, path_shape=PathShape.STEPS, direction=Direction.BAND)
    way = path_of(picture(steps, *BOTH), steps, HAZEL.ref)
    assert (way.shape, way.is_band) == (PathShape.STEPS, True)
