"""A school year as a table: what is wrong in it, what follows from it, whose dates they are, and its days off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.days_off import days_off, next_index, taken_out, wrong_day_off
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind
from framework.picture.redated import redated
from framework.term_lines import after, dated_apart, differing, filled, moves, seen_of, wrong_dates
from framework.terms import (
    NO_DAYS,
    YearDates,
    from_calendar,
    remarks,
    school_days,
    term_dates,
    weekdays,
    wrong_year,
    year_in_force,
    years_to_add,
)
from tests.conftest import AGNES, CALENDAR_LINES, HAZEL, a_kpi, half_term
from tests.rules.pictured import a_picture

# Birmingham City Council's published dates, 2025/26: 1 Sep to 19 Dec (half-term 27-31 Oct), 5 Jan to 27 Mar (half-term
# 16-20 Feb), 13 Apr to 20 Jul (half-term 25-29 May).
BIRMINGHAM = YearDates(
    2025,
    (
        (date(2025, 9, 1), date(2025, 10, 24)),
        (date(2025, 11, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 20)),
    ),
)
TERM, YEAR, HALF = CalendarKind.TERM, CalendarKind.YEAR, CalendarKind.HALF_TERM
AUTUMN, WHOLE = Period(PeriodKind.TERM, 2025, 1), Period(PeriodKind.YEAR, 2025)


def with_days(index, first=None, last=None, dates=BIRMINGHAM):
    """The year with a first or a last day (or both) of one half-term changed."""
    days = list(dates.half_terms)
    days[index - 1] = (first or days[index - 1][0], last or days[index - 1][1])
    return replace(dates, half_terms=tuple(days))


def without(index, dates=BIRMINGHAM):
    days = list(dates.half_terms)
    days[index - 1] = NO_DAYS
    return replace(dates, half_terms=tuple(days))


def saved(wanted, lines=()):
    """The calendar as saving a table leaves it; each line with a name of its own."""
    then = after(lines, moves(lines, wanted))
    return [x if x.ref else replace(x, ref=f"made{n}", version=1) for n, x in enumerate(then)]


def spans(lines, *kinds, place=None):
    return {x.period: (x.starts_on, x.ends_on) for x in lines if x.kind in kinds and x.place == place}


def off(first, last=None, ref="off", **more):
    return CalendarLine(ref, CalendarKind.CLOSED, 2025, 1, first, last or first, **more)


LINES = saved(BIRMINGHAM)


# School days


def test_a_published_year_has_the_school_days_that_are_counted_by_hand():
    """Weeks of five: 8, 7, 6, 5, 6, and 7 weeks with Mon 20 Jul: 40 + 35 + 30 + 25 + 30 + 36 = 196.

    Without the early May bank holiday that is 195 for staff; without their five days, 190 for pupils.
    """
    whole = Calendar(LINES)
    assert [whole.school_days(*span) for span in BIRMINGHAM.whole.values()] == [40, 35, 30, 25, 30, 36]
    assert weekdays(BIRMINGHAM) == 196
    holiday = off(date(2026, 5, 4))
    training = [off(date(2025, 9, day)) for day in (1, 2)] + [off(date(2025, 11, 3)), off(date(2026, 1, 5))]
    assert school_days(BIRMINGHAM, Calendar([*LINES, holiday])) == 195
    assert school_days(BIRMINGHAM, Calendar([*LINES, holiday, *training, off(date(2026, 7, 20))])) == 190


def test_a_schools_own_half_terms_and_days_off_count_for_it_alone():
    own = saved(replace(with_days(1, last=date(2025, 10, 17)), place=HAZEL.ref), LINES)
    calendar = Calendar([*own, off(date(2025, 11, 3), place=HAZEL.ref)])
    day, on = date(2025, 10, 13), date(2025, 11, 4)
    # From Tue 14 Oct: 9 days to Fri 24 and 2 in November; Hazel has 4 to Fri 17, and is closed on Mon 3 Nov.
    assert [calendar.school_days_since(day, on, at) for at in (None, AGNES.ref, HAZEL.ref)] == [11, 11, 5]


# What is wrong, on both sides of each bound


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (BIRMINGHAM, None),
        (YearDates(2025, (NO_DAYS,) * 6), None),
        (without(6), None),
        (with_days(1, first=date(2025, 8, 1)), None),
        (with_days(1, first=date(2025, 7, 31)), "Autumn 1 would begin on Thu 31 Jul 2025. 2025/26 has days from Fri 1"),
        (with_days(6, last=date(2026, 8, 31)), None),
        (with_days(6, last=date(2026, 9, 1)), "Summer 2 would end on Tue 1 Sep 2026."),
        (with_days(3, last=date(2026, 1, 5)), None),
        (with_days(3, last=date(2026, 1, 4)), "Spring 1 would end on Sun 4 Jan 2026, before it begins on Mon 5 Jan"),
        (with_days(2, first=date(2025, 10, 25)), None),
        (with_days(2, first=date(2025, 10, 24)), "Autumn 2 begins on Fri 24 Oct 2025, and Autumn 1 ends only on Fri"),
        (with_days(6, date(2025, 10, 27), date(2025, 10, 31)), "Summer 2 begins on Mon 27 Oct 2025, and Summer 1 ends"),
        (with_days(4, date(2026, 2, 23), date(2025, 3, 27)), "Spring 2 would end on Thu 27 Mar 2025. 2025/26 has"),
    ],
)
def test_a_table_is_refused_in_a_sentence_on_the_wrong_side_of_each_bound(dates, said):
    found = [words.replace("\N{NO-BREAK SPACE}", " ") for words in wrong_year(dates)]
    assert len(found) == (said is not None)
    assert said is None or found[0].startswith(said)


@pytest.mark.parametrize(("days", "given"), [((date(2025, 9, 1), None), "first"), ((None, date(2025, 10, 24)), "last")])
def test_half_of_a_half_term_is_asked_for(days, given):
    (said,) = wrong_year(replace(BIRMINGHAM, half_terms=(days, *BIRMINGHAM.half_terms[1:])))
    assert said.startswith(f"Autumn 1 has a {given} day and no")


@pytest.mark.parametrize(
    ("year", "first", "last", "fits"),
    [
        (2024, date(2025, 6, 2), date(2025, 8, 31), True),
        (2024, date(2025, 6, 2), date(2025, 9, 1), False),
        (2026, date(2026, 7, 21), date(2026, 10, 23), True),
        (2026, date(2026, 7, 20), date(2026, 10, 23), False),
    ],
)
def test_a_year_begins_after_the_one_before_and_ends_before_the_next(year, first, last, fits):
    other = YearDates(year, ((first, last), *[NO_DAYS] * 5))
    assert (wrong_year(BIRMINGHAM, [other]) == []) is fits


def test_moving_all_schools_may_not_break_the_dates_of_one_that_differs():
    lines = saved(replace(with_days(2, first=date(2025, 10, 27)), place=HAZEL.ref), LINES)
    later = with_days(1, last=date(2025, 10, 31))
    (said,) = wrong_dates(lines, later, {HAZEL.ref: "Hazel Grange"}.__getitem__)
    assert said.startswith("At Hazel Grange, which has dates of its own: Autumn 2 begins on")
    assert wrong_dates(LINES, later, str) == []


# What is odd


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (BIRMINGHAM, []),
        (with_days(1, last=date(2025, 9, 1)), ["Autumn 1 is a single day."]),
        (with_days(1, last=date(2025, 9, 2)), []),
        (with_days(6, last=date(2026, 8, 2)), ["Summer 2 ends on a Sunday."]),  # 63 days: nine weeks
        (with_days(6, last=date(2026, 8, 3)), ["Summer 2 would last 10 weeks; half-terms are 5 to 8."]),
        (with_days(3, first=date(2026, 1, 3)), ["Spring 1 begins on a Saturday."]),
        (with_days(2, first=date(2025, 10, 28)), []),
        (with_days(2, first=date(2025, 10, 27)), ["There is no holiday between Autumn 1 and Autumn 2."]),
        (without(6), []),
        (without(5), ["Summer 1 has no dates, though a later one has."]),
    ],
)
def test_what_is_odd_is_said_and_may_be_saved(dates, said):
    found = [words for words in remarks(dates, Calendar(saved(dates))) if "school days" not in words]
    assert (wrong_year(dates), found) == ([], said)


@pytest.mark.parametrize(("closed", "odd"), [(0, False), (11, False), (12, True)])  # 196, 185 and 184 school days
def test_a_year_with_far_too_few_school_days_is_odd(closed, odd):
    lines = [*LINES, off(date(2025, 9, 1), date(2025, 9, 1) + timedelta(days=closed + 2 * (closed // 5) - 1))]
    assert any("school days in the year" in words for words in remarks(BIRMINGHAM, Calendar(lines))) is odd


# What follows


def test_terms_and_the_year_run_over_their_half_terms():
    assert term_dates(BIRMINGHAM) == {
        AUTUMN: (date(2025, 9, 1), date(2025, 12, 19)),
        Period(PeriodKind.TERM, 2025, 2): (date(2026, 1, 5), date(2026, 3, 27)),
        Period(PeriodKind.TERM, 2025, 3): (date(2026, 4, 13), date(2026, 7, 20)),
        WHOLE: (date(2025, 9, 1), date(2026, 7, 20)),
    }
    assert spans(LINES, TERM, YEAR) == term_dates(BIRMINGHAM)


def test_a_term_needs_both_its_half_terms_and_the_year_all_six():
    lines = saved(without(6), LINES)
    assert list(spans(lines, TERM, YEAR)) == [AUTUMN, Period(PeriodKind.TERM, 2025, 2)]


def test_a_year_that_was_dated_apart_stays_when_its_half_terms_move():
    apart = [replace(x, ends_on=date(2026, 8, 31)) if x.kind is YEAR else x for x in LINES]
    moved = saved(with_days(2, last=date(2025, 12, 18)), apart)
    assert spans(moved, TERM, YEAR)[AUTUMN] == (date(2025, 9, 1), date(2025, 12, 18))
    assert spans(moved, YEAR) == {WHOLE: (date(2025, 9, 1), date(2026, 8, 31))}
    assert [x.period for x in dated_apart(moved, 2025)] == [WHOLE]


# A school that differs


def test_a_school_keeps_a_line_only_for_what_differs():
    own = replace(with_days(2, last=date(2025, 12, 18)), place=HAZEL.ref)
    lines = saved(own, LINES)
    assert spans(lines, *CalendarKind, place=HAZEL.ref) == {
        half_term(2025, 2): (date(2025, 11, 3), date(2025, 12, 18)),
        AUTUMN: (date(2025, 9, 1), date(2025, 12, 18)),
    }
    assert differing(lines, 2025) == (HAZEL.ref,)
    same = YearDates(2025, (NO_DAYS,) * 6, HAZEL.ref)
    assert spans(saved(same, lines), *CalendarKind, place=HAZEL.ref) == {}


def test_a_school_shares_a_year_that_was_dated_apart_from_its_half_terms():
    apart = [replace(x, ends_on=date(2026, 8, 31)) if x.kind is YEAR else x for x in LINES]
    lines = saved(replace(with_days(6, last=date(2026, 7, 17)), place=HAZEL.ref), apart)
    assert list(spans(lines, TERM, YEAR, place=HAZEL.ref)) == [Period(PeriodKind.TERM, 2025, 3)]


def test_a_schools_term_follows_when_the_half_term_it_shares_moves():
    lines = saved(replace(with_days(2, last=date(2025, 12, 18)), place=HAZEL.ref), LINES)
    moved = saved(with_days(1, first=date(2025, 9, 3)), lines)
    assert spans(moved, TERM, place=HAZEL.ref)[AUTUMN] == (date(2025, 9, 3), date(2025, 12, 18))


def test_an_emptied_day_of_a_school_is_that_of_all_schools():
    lines = saved(replace(with_days(1, date(2025, 9, 3), date(2025, 10, 17)), place=HAZEL.ref), LINES)
    one_emptied = YearDates(2025, ((None, date(2025, 10, 17)), *BIRMINGHAM.half_terms[1:]), HAZEL.ref)
    assert from_calendar(saved(one_emptied, lines), 2025, HAZEL.ref).half_terms[0] == (
        date(2025, 9, 1),
        date(2025, 10, 17),
    )


def test_whoever_changes_a_school_has_read_the_dates_of_all_schools_too():
    lines = saved(replace(with_days(1, last=date(2025, 10, 17)), place=HAZEL.ref), LINES)
    assert len(seen_of(lines, 2025, HAZEL.ref)) == 7
    assert len(seen_of(lines, 2025)) == len(seen_of(lines, 2025, AGNES.ref)) == 6


# Laws

steps = st.lists(st.integers(1, 25), min_size=12, max_size=12)


@st.composite
def tables(draw, place=None):
    """Six half-terms in order within 2025/26, any of them not known yet."""
    day, days = date(2025, 8, 1), []
    for n in draw(steps):
        day += timedelta(days=n)
        days.append(day)
    known = draw(st.lists(st.booleans(), min_size=6, max_size=6))
    each = tuple((days[2 * n], days[2 * n + 1]) if known[n] else NO_DAYS for n in range(6))
    return YearDates(2025, each, place)


@settings(max_examples=25)
@given(tables(), tables(), tables(place=HAZEL.ref))
def test_what_is_saved_is_read_back_and_saved_twice_changes_nothing_more(first, second, own):
    lines = saved(own, saved(first))
    for wanted in (second, own, first):
        assert wrong_year(wanted) == []
        lines = saved(wanted, lines)
        assert from_calendar(lines, 2025, wanted.place) == filled(lines, wanted)
        assert moves(lines, wanted) == []


@settings(max_examples=25)
@given(tables(), tables(place=HAZEL.ref))
def test_terms_always_run_over_the_half_terms_that_hold_there(shared, own):
    lines = saved(own, saved(shared))
    calendar = Calendar(lines)
    for place in (None, HAZEL.ref):
        dates = from_calendar(lines, 2025, place)
        assert {p: calendar.dates(p, place) for p in term_dates(dates)} == term_dates(dates)


# Which year


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2026, 9, 1), 2026), (date(2026, 8, 31), 2025), (date(2020, 1, 1), 2024), (date(2030, 1, 1), 2026)],
)
def test_the_year_in_force_is_the_newest_that_has_begun(on, year):
    assert year_in_force(CALENDAR_LINES, on) == year


@pytest.mark.parametrize(("on", "year"), [(date(2026, 8, 1), 2026), (date(2026, 7, 31), 2025)])
def test_an_empty_calendar_begins_with_the_year_that_is_to_come_in_august(on, year):
    assert year_in_force([], on) == year


def test_the_next_year_is_offered_first_then_gaps_and_the_year_before():
    assert years_to_add([2023, 2025]) == [2026, 2024, 2022]
    assert years_to_add([]) == []


# Days off


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (off(date(2025, 8, 1)), None),
        (off(date(2025, 7, 31)), "is not in 2025/26"),
        (off(date(2026, 8, 31)), None),
        (off(date(2026, 9, 1)), "is not in 2025/26"),
        (off(date(2026, 5, 4), date(2026, 5, 4)), None),
        (off(date(2026, 5, 4), date(2026, 5, 3)), "before they begin"),
        (off(date(2025, 11, 3)), "is a day off already"),
        (off(date(2025, 11, 3), place=HAZEL.ref), "is a day off already"),
        (off(date(2025, 11, 3), ref="there"), None),
        (off(date(2026, 5, 4), note="x" * 300), None),
        (off(date(2026, 5, 4), note="x" * 301), "301 characters"),
    ],
)
def test_days_off_are_refused_on_the_wrong_side_of_each_bound(line, said):
    found = wrong_day_off(line, [*LINES, off(date(2025, 11, 3), ref="there")])
    assert found == [] if said is None else said in found[0]


def test_a_day_off_at_one_school_may_become_one_of_all():
    there = off(date(2026, 5, 4), ref="there", place=HAZEL.ref)
    assert wrong_day_off(off(date(2026, 5, 4)), [*LINES, there]) == []
    assert wrong_day_off(off(date(2026, 5, 4), place=AGNES.ref), [*LINES, there]) == []


@pytest.mark.parametrize(
    ("line", "days"),
    [
        (off(date(2026, 5, 4)), 1),
        (off(date(2026, 5, 2), date(2026, 5, 3)), 0),  # a weekend
        (off(date(2025, 12, 25)), 0),
        (off(date(2025, 10, 23), date(2025, 11, 3)), 2),  # Thu 23 and Fri 24; Mon 3 is off already
        (off(date(2025, 11, 3), ref="again"), 0),
        (off(date(2025, 11, 3), ref="there"), 1),
    ],
)
def test_days_off_take_out_the_school_days_that_no_others_do(line, days):
    there = off(date(2025, 11, 3), ref="there")
    lines = [*LINES, there, *([line] if line.ref != "there" else [])]
    assert taken_out(line, lines) == days


def test_days_off_are_listed_in_the_order_of_time_and_numbered_anew():
    late, early = off(date(2026, 5, 4), ref="late"), replace(off(date(2025, 9, 1), ref="early"), index=4, archived=True)
    assert [x.ref for x in days_off([late, *LINES, replace(early, archived=False)], 2025)] == ["early", "late"]
    assert next_index([late, early], 2025, None) == 5
    assert next_index([late, early], 2025, HAZEL.ref) == 1


# What moves with them


def test_figures_move_with_the_end_of_their_half_term():
    """The trust reports K-A02 each half-term: one figure of Autumn 2 is due a day earlier."""
    picture = a_picture(a_kpi())
    lines = list(picture.calendar_lines.values())
    moved = after(lines, moves(lines, with_days(2, last=date(2026, 12, 17), dates=from_calendar(lines, 2026))))
    assert redated(picture, moved).words == "1 figure would be due on another day."
    assert redated(picture, lines).words == ""
