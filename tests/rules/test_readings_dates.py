"""Dates as people write them, on both sides of every bound. Read on 15 September 2024 unless it says otherwise."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.periods import Calendar, CalendarKind, CalendarLine
from framework.workbook.cells import Cell
from framework.workbook.readings import Certainty, WhenKind, month_first_evidence, orders_seen, read_when
from framework.workbook.readings.setting import ASSUMED_YEAR
from tests.rules.said import CALENDAR, NO_TERMS, ON, cell, told, when


def tells(*lines: str):
    """A test over lines `text = what is told of it`."""
    return pytest.mark.parametrize(("text", "wanted"), [line.rsplit(" = ", 1) for line in lines])


@tells(
    "2024-09-04 = date 2024-09-04 day exact",
    "2024-9-4 = date 2024-09-04 day exact",
    "2024-09-04T00:00:00 = date 2024-09-04 day exact",
    "2024-09-04T23:59:59.5Z = date 2024-09-04 day exact",
    "2024-09-04 14:30 = date 2024-09-04 day exact",
    "2024/09/04 = date 2024-09-04 day exact",
    "2024.09.04 = date 2024-09-04 day exact",
    "20240904 = date 2024-09-04 day assumed",
    "4/9/2024 = date 2024-09-04 day exact",
    "04.09.2024 = date 2024-09-04 day exact",
    "4-9-24 = date 2024-09-04 day exact",
    "4 / 9 / 24 = date 2024-09-04 day exact",
    "4\u20139\u201324 = date 2024-09-04 day exact",
    "04/09/24 14:30 = date 2024-09-04 day exact",
    "04/09/2024, 9.30am = date 2024-09-04 day exact",
    "Wed 04/09/2024 = date 2024-09-04 day exact",
    "12/11/2026 = date 2026-11-12 day exact",
)
def test_digits_are_read_with_the_day_first_unless_the_year_stands_first(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "24 Sept 2024 = date 2024-09-24 day exact",
    "24 Sept 24 = date 2024-09-24 day exact",
    "24 Sept '24 = date 2024-09-24 day exact",
    "24-Sep-24 = date 2024-09-24 day exact",
    "24Sep24 = date 2024-09-24 day exact",
    "24.Sep.2024 = date 2024-09-24 day exact",
    "24th September, 2024 = date 2024-09-24 day exact",
    "the 24th of September 2024 = date 2024-09-24 day exact",
    "Tuesday, 24th September 2024 = date 2024-09-24 day exact",
    "Tues 24 Sept 2024 = date 2024-09-24 day exact",
    "September 24, 2024 = date 2024-09-24 day exact",
    "Sept 24th 2024 = date 2024-09-24 day exact",
    "12 March 2025 at 2pm = date 2025-03-12 day exact",
    "SEPTEMBER 24TH 2024 = date 2024-09-24 day exact",
    "24 Sept = date 2024-09-24 day assumed",
    "24-Sep = date 2024-09-24 day assumed",
    "Sept 24th = date 2024-09-24 day assumed",
    "Sept 5 = date 2024-09-05 day assumed",
    "Tue Sept 24 = date 2024-09-24 day assumed",
    "24/9 = date 2024-09-24 day assumed",
    "24.9 = date 2024-09-24 day ask",
)
def test_days_are_read_with_their_months_in_words(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "Sept 24 = month 2024-09-01..2024-09-30 month assumed",
    "Sept 31 = month 2031-09-01..2031-09-30 month assumed",
    "Sept 39 = month 2039-09-01..2039-09-30 month assumed",
    "Sept 09 = month 2009-09-01..2009-09-30 month assumed",
    "Sept 08 = date 2024-09-08 day ask",
    "Sept '24 = month 2024-09-01..2024-09-30 month exact",
    "Sept 2024 = month 2024-09-01..2024-09-30 month exact",
    "sept. 2024 = month 2024-09-01..2024-09-30 month exact",
    "september-2024 = month 2024-09-01..2024-09-30 month exact",
    "September, 2024 = month 2024-09-01..2024-09-30 month exact",
    "2024 September = month 2024-09-01..2024-09-30 month exact",
    "Feb 2024 = month 2024-02-01..2024-02-29 month exact",
    "Feb 2025 = month 2025-02-01..2025-02-28 month exact",
    "09/2024 = month 2024-09-01..2024-09-30 month exact",
    "9.2024 = month 2024-09-01..2024-09-30 month exact",
    "2024-09 = month 2024-09-01..2024-09-30 month exact",
    "2024/09 = month 2024-09-01..2024-09-30 month assumed",
    "202409 = month 2024-09-01..2024-09-30 month assumed",
    "09/25 = month 2025-09-01..2025-09-30 month assumed",
    "9/24 = month 2024-09-01..2024-09-30 month assumed",
    "Sept = month 2024-09-01..2024-09-30 month assumed",
    "May = month 2025-05-01..2025-05-31 month assumed",
    "March 2024/25 = month 2025-03-01..2025-03-31 month exact",
    "Sept 2024/25 = month 2024-09-01..2024-09-30 month exact",
)
def test_digits_after_a_month_are_its_year(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "29/02/2024 = date 2024-02-29 day exact",
    "29/02/2023 = invalid none error",
    "29 Feb = invalid none error",
    "30 Feb 2024 = invalid none error",
    "28/02/2023 = date 2023-02-28 day exact",
    "30/09/2024 = date 2024-09-30 day exact",
    "31/09/2024 = invalid none error",
    "31/9 = invalid none error",
    "0/11/2026 = invalid none error",
    "32/1/2025 = invalid none error",
    "1/1/1900 = date 1900-01-01 day exact",
    "31/12/1899 = invalid none error",
    "31/12/2100 = date 2100-12-31 day exact",
    "1/1/2101 = invalid none error",
    "2101-01-01 = invalid none error",
    "04/09/69 = date 2069-09-04 day exact",
    "04/09/70 = date 1970-09-04 day exact",
    "12/11/202 = invalid none error",
    "13/2024 = invalid none error",
    "12/2024 = month 2024-12-01..2024-12-31 month exact",
    "2100/01 = academic_year 2100-09-01..2101-08-31 academic_year exact",
    "July 2025 - Sept 2024 = invalid none error",
    "14:00 = time none error",
    "2pm = time none error",
    "1899-12-31T14:00 = time none error",
    "1899-12-30 = invalid none error",
)
def test_no_day_is_made_up_for_one_that_is_none(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "Tue 4 Sept 2024 = date 2024-09-04 day ask",
    "Wed 4 Sept 2024 = date 2024-09-04 day exact",
    "Tuesday 9 Sep = date 2024-09-09 day ask",
    "Monday 9 Sep = date 2024-09-09 day assumed",
    "Febuary 2025 = month 2025-02-01..2025-02-28 month ask",
    "12 Setpember 2024 = date 2024-09-12 day ask",
    "12 Foo 2026 = unknown none ask",
    "09/13/2026 = date 2026-09-13 day ask",
)
def test_a_weekday_or_a_spelling_that_does_not_fit_is_asked(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "2023/24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "2023-2024 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "23/24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "23-24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "202324 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "1999/00 = academic_year 1999-09-01..2000-08-31 academic_year exact",
    "AY2324 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "AY 23/24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "ay2023-24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "academic year 2023/24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "2023/24 academic year = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "school year 2023-24 = academic_year 2023-09-01..2024-08-31 academic_year exact",
    "throughout 2024/25 = academic_year 2024-09-01..2025-08-31 academic_year exact",
    "this academic year = academic_year 2024-09-01..2025-08-31 academic_year assumed",
    "2024-2027 = range 2024-09-01..2027-08-31 academic_year ask",
    "2025/2024 = unknown none ask",
    "2009-10 = academic_year 2009-09-01..2010-08-31 academic_year ask",
    "2009/10 = academic_year 2009-09-01..2010-08-31 academic_year exact",
    "2023/4 = academic_year 2023-09-01..2024-08-31 academic_year ask",
    "12/13 = academic_year 2012-09-01..2013-08-31 academic_year ask",
    "11/12 = date 2024-12-11 day assumed",
    "2024 = range 2024-01-01..2024-12-31 month ask",
    "FY 2024/25 = range 2024-04-01..2025-03-31 month exact",
    "FY24/25 = range 2024-04-01..2025-03-31 month exact",
    "FY2425 = range 2024-04-01..2025-03-31 month exact",
    "financial year 2024-25 = range 2024-04-01..2025-03-31 month exact",
    "2024/25 FY = range 2024-04-01..2025-03-31 month exact",
    "Q2 2025 = quarter 2025-04-01..2025-06-30 quarter ask",
    "Quarter 4 of 2025 = quarter 2025-10-01..2025-12-31 quarter ask",
    "Q1 2024/25 = quarter 2024-09-01..2024-11-30 quarter ask",
    "Q1 FY2024/25 = quarter 2024-04-01..2024-06-30 quarter exact",
    "FY2024/25 Q3 = quarter 2024-10-01..2024-12-31 quarter exact",
    "FY2024/25 Q4 = quarter 2025-01-01..2025-03-31 quarter exact",
    "Q2 = unknown none ask",
    "end of year = unknown none ask",
)
def test_years_are_school_years_when_they_follow_each_other(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "Autumn term = term 2024-09-02..2024-12-20 term assumed",
    "Autumn = term 2024-09-02..2024-12-20 term assumed",
    "Autumn term 24/25 = term 2024-09-02..2024-12-20 term exact",
    "Autumn 24 = term 2024-09-02..2024-12-20 term assumed",
    "Spring term 2025 = term 2025-01-06..2025-04-04 term exact",
    "Spring 2025 = term 2025-01-06..2025-04-04 term assumed",
    "Summer 2025 = term 2025-04-22..2025-07-22 term assumed",
    "2024/25 Autumn term = term 2024-09-02..2024-12-20 term exact",
    "202425 Spring term = term 2025-01-06..2025-04-04 term exact",
    "Autumn 1, 2024/25 = half_term 2024-09-02..2024-10-25 half_term exact",
    "Autumn 2 2024 = half_term 2024-11-04..2024-12-20 half_term exact",
    "Spring 1 2025 = half_term 2025-01-06..2025-02-14 half_term exact",
    "Summer 2 2024/25 = half_term 2025-06-02..2025-07-22 half_term exact",
    "Summer 2 2025/26 = half_term half_term ask",
    "Summer 2 AY24/25 = half_term 2025-06-02..2025-07-22 half_term exact",
    "202425-HT3 = half_term 2025-01-06..2025-02-14 half_term exact",
    "Aut1 = half_term 2024-09-02..2024-10-25 half_term assumed",
    "Sp2 24/25 = half_term 2025-02-24..2025-04-04 half_term exact",
    "Autumn HT2 = half_term 2024-11-04..2024-12-20 half_term assumed",
    "Spring HT3 = half_term 2025-01-06..2025-02-14 half_term assumed",
    "Spring HT5 = unknown none ask",
    "first half of autumn term = half_term 2024-09-02..2024-10-25 half_term assumed",
    "Autumn term 2nd half = half_term 2024-11-04..2024-12-20 half_term assumed",
    "HT3 2024/25 = half_term 2025-01-06..2025-02-14 half_term exact",
    "half-term 6 = half_term 2025-06-02..2025-07-22 half_term assumed",
    "HT7 = unknown none ask",
    "Term 3 = half_term 2025-01-06..2025-02-14 half_term ask",
    "T1 2024/25 = half_term 2024-09-02..2024-10-25 half_term ask",
    "Term 4 = half_term 2025-02-24..2025-04-04 half_term assumed",
    "T6 2024/25 = half_term 2025-06-02..2025-07-22 half_term exact",
    "Autumn 2023/25 = invalid none error",
    "Summer 2024 = term term ask",
    "next term = unknown none ask",
    "half term = unknown none ask",
    "end of term = unknown none ask",
)
def test_terms_take_their_days_from_the_calendar(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "October half term = date 2024-10-25 day exact",
    "Oct half-term 2024 = date 2024-10-25 day exact",
    "by Feb half-term 2025 = date 2025-02-14 day exact",
    "before May half term = date 2025-05-23 day exact",
    "Whitsun = date 2025-05-23 day exact",
    "Easter = date 2025-04-04 day assumed",
    "before Easter 2025 = date 2025-04-04 day assumed",
    "by Christmas = date 2024-12-20 day assumed",
    "Christmas 2024 = date 2024-12-20 day assumed",
    "summer holidays = date 2025-07-22 day assumed",
    "after Easter = date 2025-04-22 day assumed",
    "Easter 2026 = date day ask",
    "end of autumn term = date 2024-12-20 day assumed",
    "end of Summer term 2025 = date 2025-07-22 day exact",
    "end of HT3 = date 2025-02-14 day assumed",
    "start of Autumn 2 = date 2024-11-04 day assumed",
    "End of 2024/25 = date 2025-08-31 day exact",
    "end of the academic year = date 2025-08-31 day assumed",
    "End July = date 2025-07-31 day assumed",
    "end of Feb 2024 = date 2024-02-29 day exact",
    "by end of July 2025 = date 2025-07-31 day exact",
    "beginning of March = date 2025-03-01 day assumed",
    "early March 2025 = range 2025-03-01..2025-03-10 day assumed",
    "mid March 2025 = range 2025-03-11..2025-03-20 day assumed",
    "middle of March 2025 = range 2025-03-11..2025-03-20 day assumed",
    "late March 2025 = range 2025-03-21..2025-03-31 day assumed",
    "late Feb 2025 = range 2025-02-21..2025-02-28 day assumed",
    "mid autumn term = unknown none ask",
)
def test_breaks_ends_and_parts_are_days_of_their_own(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "w/c 9 Sept 2024 = week 2024-09-09..2024-09-15 week exact",
    "w/b 9 Sept = week 2024-09-09..2024-09-15 week assumed",
    "wc 09/09/24 = week 2024-09-09..2024-09-15 week exact",
    "W.C. 9/9/24 = week 2024-09-09..2024-09-15 week exact",
    "week commencing 9 September 2024 = week 2024-09-09..2024-09-15 week exact",
    "week beginning 9/9 = week 2024-09-09..2024-09-15 week assumed",
    "w/c 10 Sept 2024 = week 2024-09-10..2024-09-16 week warn",
    "w/e 13 Sept 2024 = week 2024-09-07..2024-09-13 week exact",
    "week ending 13/9/24 = week 2024-09-07..2024-09-13 week exact",
    "week 3 = unknown none ask",
    "next week = unknown none ask",
)
def test_weeks_are_named_by_their_first_or_last_day(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "Sep 2024 - Jul 2025 = range 2024-09-01..2025-07-31 month exact",
    "Sept to Dec 2024 = range 2024-09-01..2024-12-31 month exact",
    "Sept\u2013July 2025 = range 2024-09-01..2025-07-31 month exact",
    "Sept-July = range 2024-09-01..2025-07-31 month assumed",
    "Sep 24 - Jul 25 = range 2024-09-01..2025-07-31 month assumed",
    "Nov/Dec = range 2024-11-01..2024-12-31 month assumed",
    "Dec/Jan 25 = range 2024-12-01..2025-01-31 month exact",
    "Dec 2024/Jan 2025 = range 2024-12-01..2025-01-31 month exact",
    "Jan/Mar 25 = range 2025-01-01..2025-03-31 month ask",
    "Jan 2025, Mar 2025 = unknown none ask",
    "between Jan and March 2025 = range 2025-01-01..2025-03-31 month exact",
    "12-14 March 2025 = range 2025-03-12..2025-03-14 day exact",
    "12 - 14 March = range 2025-03-12..2025-03-14 day assumed",
    "12th to 14th March 2025 = range 2025-03-12..2025-03-14 day exact",
    "12/13 March 2025 = range 2025-03-12..2025-03-13 day exact",
    "12 and 14 March 2025 = unknown none ask",
    "28 Feb - 3 Mar 2025 = range 2025-02-28..2025-03-03 day exact",
    "01/09/2024 - 31/07/2025 = range 2024-09-01..2025-07-31 day exact",
    "01/09/2024-31/07/2025 = range 2024-09-01..2025-07-31 day exact",
    "from 1 Sept 2024 to 31 July 2025 = range 2024-09-01..2025-07-31 day exact",
    "2024-09-01 to 2025-07-31 = range 2024-09-01..2025-07-31 day exact",
    "Autumn 1 - Spring 2 2024/25 = range 2024-09-02..2025-04-04 half_term exact",
    "Autumn 1/2 = range 2024-09-02..2024-12-20 half_term assumed",
    "Autumn 1 & 2 2024/25 = range 2024-09-02..2024-12-20 half_term exact",
    "HT3-4 = range 2025-01-06..2025-04-04 half_term assumed",
    "Terms 1-3 = range 2024-09-02..2025-02-14 half_term ask",
    "Autumn/Spring 2025 = range 2024-09-02..2025-04-04 term assumed",
    "Autumn 2 and Spring 1 = range 2024-11-04..2025-02-14 half_term assumed",
    "2024/25 - 2026/27 = range 2024-09-01..2027-08-31 academic_year exact",
)
def test_two_dates_make_a_span_where_one_leads_to_the_other(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "Ongoing = open_ended none exact",
    "on-going = open_ended none exact",
    "Continuous = open_ended none exact",
    "rolling programme = open_ended none exact",
    "throughout the year = open_ended none exact",
    "Ongoing - Head to report = open_ended none assumed",
    "Sept 2024 onwards = open_ended 2024-09-01.. month exact",
    "Sept 2024 - ongoing = open_ended 2024-09-01.. month exact",
    "Sept 2024 - = open_ended 2024-09-01.. month exact",
    "from Sept 2024 = open_ended 2024-09-01.. month assumed",
    "ongoing until July 2025 = range ..2025-07-31 month exact",
    "daily = recurring day exact",
    "weekly = recurring week exact",
    "every two weeks = recurring week exact",
    "every Monday = recurring week exact",
    "fortnightly = recurring week exact",
    "Monthly = recurring month exact",
    "half-termly = recurring half_term exact",
    "Each term = recurring term exact",
    "once a term = recurring term exact",
    "on a termly basis = recurring term exact",
    "reviewed termly = recurring term exact",
    "termly from Sept 2024 = recurring 2024-09-01.. term exact",
    "quarterly = recurring quarter exact",
    "annually = recurring academic_year exact",
    "Annual review = recurring academic_year exact",
    "twice a year = recurring academic_year exact",
    "every September = recurring academic_year exact",
    "TBC = tbc none exact",
    "t.b.a. = tbc none exact",
    "to be confirmed = tbc none exact",
    "date TBC = tbc none exact",
    "? = tbc none exact",
    "asap = tbc none warn",
    "as soon as possible = tbc none warn",
    "Immediate = tbc none warn",
    "n/a = unknown none ask",
    "none = unknown none ask",
    "- = nothing exact",
    "\u2013 = nothing exact",
    " = nothing exact",
)  # fmt: skip
def test_what_is_no_date_is_never_given_one(text, wanted):
    assert told(when(text)) == wanted


@tells(
    "July 2025* = month 2025-07-01..2025-07-31 month exact",
    "July 2025 (1) = month 2025-07-01..2025-07-31 month exact",
    "July 2025 [2] = month 2025-07-01..2025-07-31 month exact",
    "12 Nov 2026¹ = date 2026-11-12 day exact",
    "12 Nov 2026 † = date 2026-11-12 day exact",
    "July 2025 (provisional) = month 2025-07-01..2025-07-31 month assumed",
    "circa July 2025 = month 2025-07-01..2025-07-31 month assumed",
    "by July 2025 at the latest = month 2025-07-01..2025-07-31 month exact",
    "Deadline: 12 March 2025 = date 2025-03-12 day exact",
    "due by 12/3/25 = date 2025-03-12 day exact",
    "no later than 1 May 2025 = date 2025-05-01 day exact",
    "before 1 Sept 2024 = date 2024-08-31 day assumed",
    "12\u00a0Nov\u00a02026 = date 2026-11-12 day exact",
    "12 Nov\n2026 = date 2026-11-12 day exact",
    "Completed July 2024 = month 2024-07-01..2024-07-31 month ask",
    "Meeting held on 12 March 2025 in the hall = date 2025-03-12 day ask",
    "Was 30/6/24, then 31/7/24 = unknown none ask",
    "In progress = status_in_date_column none warn",
    "Done = status_in_date_column none warn",
    "Jane Smith = unknown none ask",
    "soon = unknown none ask",
    "5 = unknown none ask",
)
def test_words_around_a_date_are_told_from_the_date(text, wanted):
    assert told(when(text)) == wanted


@pytest.mark.parametrize(
    ("on", "text", "start"),
    [
        (date(2024, 9, 15), "24 Sept", date(2024, 9, 24)),
        (date(2024, 9, 30), "24 Sept", date(2024, 9, 24)),
        (date(2025, 3, 25), "24 Sept", date(2024, 9, 24)),
        (date(2025, 3, 26), "24 Sept", date(2025, 9, 24)),
        (date(2025, 8, 31), "24 Sept", date(2025, 9, 24)),
        (date(2024, 9, 15), "31 July", date(2025, 7, 31)),
        (date(2024, 8, 31), "31 July", date(2024, 7, 31)),
        (date(2024, 9, 1), "31 August", date(2025, 8, 31)),
        (date(2027, 9, 15), "29 Feb", date(2028, 2, 29)),
        (date(2025, 6, 20), "Autumn 1", date(2025, 9, 1)),
        (date(2025, 6, 20), "w/c 8 Sept", date(2025, 9, 8)),
    ],
)
def test_a_date_without_a_year_is_the_nearest_of_this_school_year_and_the_next(on, text, start):
    line = CalendarLine("calline009", CalendarKind.HALF_TERM, 2025, 1, date(2025, 9, 1), date(2025, 10, 24))
    reading = when(text, on=on, calendar=Calendar([line]))
    assert reading.value.start == start
    assert ASSUMED_YEAR in reading.rule


@given(st.dates(date(1901, 1, 1), date(2098, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_date_without_a_year_never_falls_in_an_earlier_school_year(on, day):
    reading = when(f"{day.day} {day:%B}", on=on)
    if reading.value.kind is WhenKind.INVALID:
        assert (day.month, day.day) == (2, 29)
    else:
        year = on.year if on.month >= 9 else on.year - 1
        assert date(year, 9, 1) <= reading.value.start <= date(year + 2, 8, 31)
        assert (reading.value.start.month, reading.value.start.day) == (day.month, day.day)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_whole_date_is_read_as_it_was_written_in_every_form(day):
    forms = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%A %d %B %Y", "%d.%m.%Y", "%B %d, %Y", "%d-%b-%Y")
    assert {when(f"{day:{form}}").value.start for form in forms} == {day}
    assert {when(f"{day:{form}}").certainty for form in forms} == {Certainty.EXACT}


@given(st.text(max_size=90))
def test_nothing_that_can_be_typed_raises(text):
    reading = when(text)
    assert reading.raw == (text or "")
    assert (reading.value is None) == (reading.rule == "nothing")


_WORDS = (
    "by",
    "-",
    "to",
    "from",
    "12",
    "Sept",
    "2024",
    "/",
    "end of",
    "w/c",
    "Autumn",
    "1",
    "term",
    "ongoing",
    "and",
    "(",
    ")",
)


@given(st.lists(st.sampled_from(_WORDS)))
def test_words_of_dates_in_any_order_are_read_or_asked(words):
    when(" ".join(words))


def test_a_school_has_terms_of_its_own():
    own = CalendarLine(
        "calline007", CalendarKind.HALF_TERM, 2024, 1, date(2024, 9, 4), date(2024, 10, 18), place="hazel"
    )
    every = CalendarLine("calline001", CalendarKind.HALF_TERM, 2024, 1, date(2024, 9, 2), date(2024, 10, 25))
    calendar = Calendar([own, every])
    assert when("end of Autumn 1", calendar=calendar, place="hazel").value.end == date(2024, 10, 18)
    assert when("end of Autumn 1", calendar=calendar, place="agnes").value.end == date(2024, 10, 25)


def test_a_line_of_the_calendar_for_a_whole_term_stands_before_its_half_terms():
    lines = [CalendarLine("calline007", CalendarKind.TERM, 2024, 1, date(2024, 9, 3), date(2024, 12, 19))]
    reading = when("Autumn term 2024", calendar=Calendar(lines))
    assert (reading.value.start, reading.value.end) == (date(2024, 9, 3), date(2024, 12, 19))


def test_without_a_calendar_a_term_is_known_and_its_days_are_not():
    reading = when("Autumn 1 2024", calendar=NO_TERMS)
    assert told(reading) == "half_term half_term ask"
    assert reading.says == "The calendar does not say when Autumn 1, 2024/25 is."


@pytest.mark.parametrize(
    ("text", "month_first", "wanted"),
    [
        ("04/09/2024", None, "date 2024-09-04 day exact"),
        ("04/09/2024", False, "date 2024-09-04 day exact"),
        ("04/09/2024", True, "date 2024-04-09 day exact"),
        ("04/09", True, "date 2025-04-09 day assumed"),
        ("09/13/2024", True, "date 2024-09-13 day exact"),
        ("09/13/2024", None, "date 2024-09-13 day ask"),
        ("09/13/2024", False, "invalid none error"),
        ("13/09/2024", True, "date 2024-09-13 day assumed"),
        ("13/13/2024", None, "invalid none error"),
        ("2024-09-04", True, "date 2024-09-04 day exact"),
        ("4 Sept 2024", True, "date 2024-09-04 day exact"),
    ],
)
def test_the_order_of_a_column_turns_only_dates_of_digits(text, month_first, wanted):
    assert told(when(text, month_first=month_first)) == wanted


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("04/09/2024", "ask"), ("13/09/2024", "exact"), ("09/09/2024", "exact"), ("2024-09-04", "exact")],
)
def test_in_a_column_of_both_orders_what_could_be_two_is_asked(text, certainty):
    assert when(text, both_orders=True).certainty == certainty


@pytest.mark.parametrize(
    ("texts", "evidence"),
    [
        (["04/09/2024", "09/13/2024"], True),
        (["04/09/2024", "13/09/2024"], False),
        (["13/09/2024", "09/13/2024"], None),
        (["04/09/2024", "12/12/2024"], None),
        (["2024-09-13", "13 Sept 2024", "31/12"], None),
        (["13.09.24", "Ongoing"], False),
        ([], None),
    ],
)
def test_a_part_over_twelve_proves_the_order_of_a_column(texts, evidence):
    cells = [*map(cell, texts), None, cell(7), cell(date(2024, 9, 13))]
    assert month_first_evidence(cells) is evidence


def test_a_column_can_show_both_orders():
    assert orders_seen([cell("13/09/2024"), cell("09/13/2024")]) == {True, False}


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (date(2024, 9, 4), "dd/mm/yyyy", "date 2024-09-04 day exact"),
        (datetime(2024, 9, 4), "General", "date 2024-09-04 day exact"),
        (datetime(2024, 9, 4, 9, 30), "dd/mm/yyyy hh:mm", "date 2024-09-04 day exact"),
        (date(2024, 9, 1), "mmm-yy", "month 2024-09-01..2024-09-30 month exact"),
        (date(2024, 9, 1), "[$-809]mmmm yyyy;@", "month 2024-09-01..2024-09-30 month exact"),
        (date(2024, 9, 2), "mmm-yy", "date 2024-09-02 day warn"),
        (date(2024, 9, 24), "d-mmm", "date 2024-09-24 day ask"),
        (date(2023, 9, 24), "d-mmm", "date 2023-09-24 day exact"),
        (date(2024, 9, 13), "d-mmm", "date 2024-09-13 day exact"),
        (date(2024, 9, 14), "d-mmm", "date 2024-09-14 day ask"),
        (date(2024, 9, 4), '"y" d mmm', "date 2024-09-04 day exact"),
        (date(2024, 9, 1), "yyyy", "date 2024-09-01 day ask"),
        (date(2024, 9, 4), "h:mm", "date 2024-09-04 day exact"),
        (time(14, 0), "h:mm", "time none error"),
        (timedelta(hours=30), "[h]:mm", "time none error"),
        (datetime(1899, 12, 31, 14), "General", "time none error"),
        (datetime(1899, 12, 30, 14), "General", "time none error"),
        (datetime(1900, 1, 1), "dd/mm/yyyy", "date 1900-01-01 day exact"),
        (date(1899, 12, 29), "dd/mm/yyyy", "invalid none error"),
        (date(2100, 12, 31), "dd/mm/yyyy", "date 2100-12-31 day exact"),
        (date(2101, 1, 1), "dd/mm/yyyy", "invalid none error"),
        (2024, "General", "range 2024-01-01..2024-12-31 month ask"),
        (202425, "General", "academic_year 2024-09-01..2025-08-31 academic_year exact"),
        (202425.0, "General", "academic_year 2024-09-01..2025-08-31 academic_year exact"),
        (20240904, "General", "date 2024-09-04 day assumed"),
        (45_539, "General", "date 2024-09-04 day ask"),
        (12, "General", "unknown none ask"),
        (12.5, "General", "unknown none ask"),
        (True, "General", "unknown none ask"),
    ],
)
def test_a_cell_of_its_own_type_is_as_precise_as_it_is_shown(value, form, wanted):
    assert told(when(value, form)) == wanted


def test_in_a_column_with_the_month_first_a_real_date_may_have_been_turned():
    assert when(date(2024, 9, 4), "dd/mm/yyyy", month_first=True).certainty is Certainty.WARN
    assert when(date(2024, 9, 13), "dd/mm/yyyy", month_first=True).certainty is Certainty.EXACT
    assert when(date(2024, 9, 9), "dd/mm/yyyy", month_first=True).certainty is Certainty.EXACT


def test_error_cells_and_formulas_never_calculated_are_no_dates():
    error = Cell("F9", "#N/A", "#N/A", is_error=True)
    waiting = Cell("F9", None, "=A1", formula_without_value=True)
    read = [read_when(one, on=ON, calendar=CALENDAR) for one in (error, waiting)]
    assert [(r.value, r.rule, r.certainty) for r in read] == [
        (None, "cell error", Certainty.ERROR),
        (None, "formula", Certainty.ERROR),
    ]


def test_the_text_is_kept_as_it_was_typed():
    assert when("  24 SEPT* ").raw == "  24 SEPT* "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("29/02/2023", "February 2023 has 28 days."),
        ("31/04/2024", "April has 30 days."),
        ("13/13/2024", "There is no month 13; the day stands first."),
        ("1/1/2101", "The year must lie from 1900 to 2100."),
        ("1/1/202", "Write the year with four digits."),
        ("Mar 25", "Digits after a month are its year: March 2025."),
        ("24 Sept", "No year is named; we took 2024."),
        ("Autumn 2", "No year is named; we took Autumn 2, 2024/25."),
        ("Tue 4 Sept 2024", "4\u00a0Sep\u00a02024 is a Wednesday."),
        ("9-Nove-07", "'nove' is no month: is November meant?"),
        ("Complete", "This looks like a status, not a date."),
    ],
)
def test_a_reading_says_what_it_took_and_what_is_wrong(text, says):
    assert when(text).says == says
