"""What falls due: overdue first, then week by week of this half-term and the next, holidays said."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from framework.meetings import Meeting
from framework.periods import CalendarKind, CalendarLine
from framework.picture.falling_due import What, falling_due, meetings_and_figures
from framework.picture.review import Filter
from framework.plans import Milestone, Status
from tests.conftest import AGNES, EDITION, TODAY, a_value, an_action
from tests.rules.pictured import a_picture, lines_of

AUTUMN_2, SPRING_1 = "Autumn 2, 2026/27", "Spring 1, 2026/27"
LAST_DAY, FIRST_DAY = date(2026, 12, 18), date(2027, 1, 4)


def found(*rows, on=TODAY, without=(), **changes):
    picture = a_picture(an_action(**changes), *rows, on=on, without=without)
    return falling_due(picture, lines_of(picture))


def where(ahead) -> list[tuple[str, int]]:
    """The stretch and the week of everything that falls due."""
    return [(s.name, w.number) for s in ahead.stretches for w in s.weeks for _ in w.items]


def a_step(due_on, **changes):
    return Milestone("milestone1", "action0001", "Menu agreed", due_on, **changes)


@pytest.mark.parametrize(
    ("due_on", "place"),
    [
        (TODAY, [(AUTUMN_2, 2)]),
        (date(2026, 11, 15), [(AUTUMN_2, 2)]),  # the Sunday of this week
        (date(2026, 11, 16), [(AUTUMN_2, 3)]),
        (LAST_DAY, [(AUTUMN_2, 7)]),
        (date(2026, 12, 19), [("Holidays", 1)]),
        (date(2027, 1, 3), [("Holidays", 1)]),
        (FIRST_DAY, [(SPRING_1, 1)]),
        (date(2027, 2, 12), [(SPRING_1, 6)]),
    ],
)
def test_an_action_stands_in_its_week_of_term_or_in_the_holidays(due_on, place):
    assert where(found(due_on=due_on)) == place


def test_what_is_due_after_the_next_half_term_is_counted():
    ahead = found(due_on=date(2027, 2, 13))
    assert (where(ahead), ahead.later) == ([], 1)


@pytest.mark.parametrize(("due_on", "overdue"), [(date(2026, 11, 12), 1), (TODAY, 0)])
def test_what_was_due_yesterday_is_overdue(due_on, overdue):
    assert len(found(due_on=due_on).overdue) == overdue


@pytest.mark.parametrize("status", [Status.DONE, Status.STOPPED])
def test_what_is_over_falls_due_no_more_nor_do_its_milestones(status):
    ahead = found(a_step(date(2026, 11, 20)), due_on=TODAY, status=status)
    assert (where(ahead), ahead.overdue, ahead.later) == ([], (), 0)


@pytest.mark.parametrize(("done_on", "shown"), [(None, 1), (date(2026, 11, 10), 0)])
def test_a_milestone_falls_due_until_it_is_done(done_on, shown):
    ahead = found(a_step(date(2026, 11, 20), done_on=done_on), due_on=date(2027, 6, 1))
    assert len(where(ahead)) == shown


def test_overdue_stands_longest_first_milestones_among_it():
    ahead = found(a_step(date(2026, 9, 1)), due_on=date(2026, 10, 23))
    assert [(d.what, d.on) for d in ahead.overdue] == [
        (What.MILESTONE, date(2026, 9, 1)),
        (What.ACTION, date(2026, 10, 23)),
    ]


def test_this_half_term_and_the_next_are_shown_with_the_holidays_between():
    assert [(s.name, s.first, s.last) for s in found().stretches] == [
        (AUTUMN_2, date(2026, 11, 2), LAST_DAY),
        ("Holidays", date(2026, 12, 19), date(2027, 1, 3)),
        (SPRING_1, FIRST_DAY, date(2027, 2, 12)),
    ]


def test_weeks_that_are_over_are_left_out():
    assert [week.number for week in found().stretches[0].weeks] == [2, 3, 4, 5, 6, 7]


def test_in_the_holidays_they_come_first_from_today():
    stretches = found(on=date(2026, 12, 24)).stretches
    assert [s.name for s in stretches][:2] == ["Holidays", SPRING_1]
    assert stretches[0].first == date(2026, 12, 24)


def test_every_day_from_today_to_the_end_stands_in_one_week():
    days = [(w.first, w.last) for s in found().stretches for w in s.weeks]
    assert days[0][0] <= TODAY
    assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(days))


def test_without_half_terms_twelve_weeks_are_shown():
    ahead = found(due_on=date(2026, 12, 25), without=("calendar_line",))
    assert [(s.name, len(s.weeks)) for s in ahead.stretches] == [("", 12)]
    assert len(where(ahead)) == 1


def test_the_last_half_term_of_the_calendar_stands_alone():
    assert [s.name for s in found(on=date(2027, 6, 10)).stretches] == ["Summer 2, 2026/27"]


def test_days_off_in_a_week_are_said():
    off = CalendarLine(
        "callineoff", CalendarKind.CLOSED, 2026, 1, date(2026, 11, 27), date(2026, 11, 27), note="Training"
    )
    at_one_school = CalendarLine(
        "callineon1", CalendarKind.CLOSED, 2026, 2, date(2026, 11, 20), date(2026, 11, 20), place=AGNES.ref
    )
    weeks = found(off, at_one_school).stretches[0].weeks
    assert [(w.number, [c.note for c in w.closed]) for w in weeks if w.closed] == [(4, ["Training"])]


EVERYTHING = Filter()


def others(*rows, values=(), chosen=EVERYTHING, on=TODAY):
    picture = a_picture(*rows, values=values, on=on)
    return [(d.on, d.what, d.title) for d in meetings_and_figures(picture, EDITION.ref, chosen)]


@pytest.mark.parametrize(("on", "shown"), [(TODAY, 1), (date(2026, 11, 12), 0)])
def test_meetings_that_are_to_come_join(on, shown):
    met = Meeting("meeting001", "Board of trustees", "board", on)
    assert len([x for x in others(met) if x[1] is What.MEETING]) == shown


def test_the_figures_that_are_due_are_counted_by_day_and_period():
    figures = [x for x in others() if x[1] is What.FIGURES]
    assert figures[0] == (date(2027, 1, 1), What.FIGURES, "1 figure for Autumn 2, 2026/27")


def test_a_view_of_a_school_asks_for_its_figures_alone():
    assert [x for x in others(chosen=Filter(school=AGNES.ref)) if x[1] is What.FIGURES] == []


def test_a_figure_that_is_in_is_asked_for_no_more():
    on, autumn_1 = date(2026, 11, 2), "1 figure for Autumn 1, 2026/27"
    sent = a_value(recorded_at=datetime(2026, 10, 30, 9, tzinfo=UTC))
    assert [title for _, _, title in others(on=on)].count(autumn_1) == 1
    assert [title for _, _, title in others(on=on, values=(sent,))].count(autumn_1) == 0
