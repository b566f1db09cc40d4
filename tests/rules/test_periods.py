"""Periods, the calendar and school days."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.periods import (
    Calendar,
    CalendarKind,
    CalendarLine,
    Period,
    PeriodKind,
    count_in_year,
    day_words,
    local_day,
    read_period,
)
from tests.conftest import CALENDAR, CALENDAR_LINES, HAZEL, half_term

periods = st.tuples(st.sampled_from(list(PeriodKind)), st.integers(2000, 2098)).flatmap(
    lambda both: st.builds(Period, st.just(both[0]), st.just(both[1]), st.integers(1, count_in_year(*both)))
)


@pytest.mark.parametrize(
    ("period", "code", "words"),
    [
        (Period(PeriodKind.HALF_TERM, 2026, 1), "202627-HT1", "Autumn 1, 2026/27"),
        (Period(PeriodKind.HALF_TERM, 2026, 6), "202627-HT6", "Summer 2, 2026/27"),
        (Period(PeriodKind.TERM, 2026, 2), "202627-T2", "Spring term, 2026/27"),
        (Period(PeriodKind.YEAR, 1999, 1), "199900-Y", "1999/00"),
        (Period(PeriodKind.MONTH, 2026, 1), "202627-M09", "September 2026"),
        (Period(PeriodKind.MONTH, 2026, 4), "202627-M12", "December 2026"),
        (Period(PeriodKind.MONTH, 2026, 5), "202627-M01", "January 2027"),
        (Period(PeriodKind.MONTH, 2026, 12), "202627-M08", "August 2027"),
    ],
)
def test_a_period_has_one_code_and_one_wording(period, code, words):
    assert (period.code, period.words) == (code, words)


@given(periods)
def test_every_period_is_read_back_from_its_code_and_from_its_words(period):
    assert Period.parse(period.code) == period
    assert read_period(period.words) == period


@given(periods)
def test_the_next_period_comes_after_and_its_previous_is_where_we_were(period):
    assert period.next().ordinal > period.ordinal
    assert period.next().previous() == period


@pytest.mark.parametrize(
    "words", ["", "Autumn 3, 2026/27", "2026/28", "Autumn 1", "202628-HT1", "202627-HT7", "May", "202627-T0"]
)
def test_what_is_no_period_is_not_read_as_one(words):
    assert read_period(words) is None


def test_a_school_year_has_no_seventh_half_term():
    with pytest.raises(ValueError, match="HT7"):
        Period(PeriodKind.HALF_TERM, 2026, 7)


def test_school_days_leave_out_weekends_holidays_and_days_closed():
    # Fri 16 Oct to Tue 3 Nov 2026: the five days of Mon 19 - Fri 23, then Mon 2 and Tue 3; half-term is skipped.
    assert CALENDAR.school_days_since(date(2026, 10, 16), date(2026, 11, 3)) == 7
    closed = CalendarLine("closed0001", CalendarKind.CLOSED, 2026, 1, date(2026, 10, 23), date(2026, 10, 23))
    assert Calendar([*CALENDAR_LINES, closed]).school_days_since(date(2026, 10, 16), date(2026, 11, 3)) == 6


def test_no_school_days_pass_in_the_holidays():
    assert CALENDAR.school_days_since(date(2026, 7, 20), date(2026, 8, 31)) == 0


def test_without_a_calendar_weekdays_are_counted_so_that_silence_is_not_hidden():
    assert Calendar([]).school_days_since(date(2026, 8, 3), date(2026, 8, 10)) == 5


def test_a_school_may_have_its_own_dates():
    own = CalendarLine(
        "ownline001", CalendarKind.HALF_TERM, 2026, 1, date(2026, 9, 3), date(2026, 10, 16), place=HAZEL.ref
    )
    calendar = Calendar([*CALENDAR_LINES, own])
    assert calendar.ends_on(half_term(2026, 1), HAZEL.ref) == date(2026, 10, 16)
    assert calendar.ends_on(half_term(2026, 1)) == date(2026, 10, 23)


def test_the_last_ended_half_term_is_over_the_day_after_its_last():
    assert CALENDAR.last_ended(PeriodKind.HALF_TERM, date(2026, 10, 23)) == half_term(2025, 6)
    assert CALENDAR.last_ended(PeriodKind.HALF_TERM, date(2026, 10, 24)) == half_term(2026, 1)


def test_a_summer_evening_in_utc_is_the_next_day_in_london():
    assert local_day(datetime(2026, 7, 7, 23, 30, tzinfo=UTC)) == date(2026, 7, 8)


def test_days_are_written_the_same_on_every_system():
    assert day_words(date(2026, 7, 7)).replace("\N{NO-BREAK SPACE}", " ") == "Tue 7 Jul 2026"


def test_a_calendar_month_has_its_own_dates_without_a_line():
    assert CALENDAR.dates(Period(PeriodKind.MONTH, 2026, 6)) == (date(2027, 2, 1), date(2027, 2, 28))
    assert CALENDAR.dates(Period(PeriodKind.MONTH, 2026, 4)) == (date(2026, 12, 1), date(2026, 12, 31))
