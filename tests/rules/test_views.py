"""The plan as a board and by whose it is: which column, what stands together, what is next."""

from dataclasses import replace
from datetime import date

import pytest

from framework.community import Organisation
from framework.periods import Calendar, CalendarKind, CalendarLine
from framework.picture.action_lists import Flag, Said
from framework.picture.coverage import RESTS_ON_ONE
from framework.picture.views import COLUMNS, By, board, holders, year_began
from framework.plans import Status
from tests.conftest import AGNES, CALENDAR, HAZEL, LEADER, MEMBER, TODAY, an_action, an_update
from tests.rules.pictured import a_picture, lines_of

COMING, LATE = date(2027, 3, 1), date(2026, 10, 23)
THIS_YEAR, LAST_YEAR = date(2026, 9, 1), date(2026, 8, 31)


def an_action_of(n: int, **changes):
    return an_action(**{"ref": f"action{n:04}", "code": f"A-{n}", "due_on": COMING, "added_on": TODAY, **changes})


def on_board(*rows):
    picture = a_picture(*rows)
    return {column.said: column for column in board(picture, lines_of(picture))}


# The board


def test_a_board_has_a_column_for_every_status_also_for_none():
    assert set(COLUMNS) == set(Said)
    assert [column.said for column in board(a_picture(), [])] == list(COLUMNS)


@pytest.mark.parametrize("status", [*Status, None])
def test_an_action_stands_in_the_column_of_its_owners_word(status):
    found = on_board(an_action_of(1, status=status, due_on=COMING))
    shown = [said for said, column in found.items() if column.lines]
    assert shown == [Said.NOT_SET if status is None else Said[status.name]]


@pytest.mark.parametrize(("word_on", "shown"), [(THIS_YEAR, 1), (LAST_YEAR, 0)])
def test_of_what_is_done_only_this_school_years_is_shown_and_the_rest_counted(word_on, shown):
    done = an_action_of(1, status=Status.DONE)
    found = on_board(done, an_update(status=Status.DONE, on=word_on))[Said.DONE]
    assert (len(found.lines), found.before) == (shown, 1 - shown)


def test_it_was_done_on_the_day_of_the_first_word_that_said_so():
    done = an_action_of(1, status=Status.DONE)
    said = [an_update(status=Status.DONE, on=LAST_YEAR), an_update(ref="upd0000002", status=Status.DONE, on=THIS_YEAR)]
    assert on_board(done, *said)[Said.DONE].before == 1


@pytest.mark.parametrize(("due_on", "before"), [(THIS_YEAR, 0), (LAST_YEAR, 1)])
def test_what_no_word_closed_counts_by_its_due_date(due_on, before):
    done = an_action_of(1, status=Status.DONE, due_on=due_on)
    assert on_board(done, an_update(status=None, on=TODAY))[Said.DONE].before == before


def test_what_was_stopped_stays_on_the_board():
    stopped = an_action_of(1, status=Status.STOPPED)
    assert len(on_board(stopped, an_update(status=Status.STOPPED, on=LAST_YEAR))[Said.STOPPED].lines) == 1


@pytest.mark.parametrize(
    ("on", "began"),
    [
        (date(2026, 8, 31), date(2025, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2027, 1, 4), date(2026, 9, 1)),
    ],
)
def test_a_school_year_begins_in_september_where_the_calendar_does_not_say(on, began):
    assert year_began(CALENDAR, on) == began


def test_a_school_year_begins_when_the_calendar_says():
    year = CalendarLine("callineyea", CalendarKind.YEAR, 2026, 1, date(2026, 9, 3), date(2027, 8, 31))
    assert year_began(Calendar([year]), TODAY) == date(2026, 9, 3)


# Whose they are


def held(*rows, by=By.OWNER):
    picture = a_picture(*rows, without=("action", "action_update"))
    return {holder.name: holder for holder in holders(picture, lines_of(picture), by)}


def test_each_owner_stands_with_what_is_open_late_and_blocked():
    found = held(
        an_action_of(1, due_on=LATE),
        an_action_of(2, status=Status.BLOCKED),
        an_action_of(3, status=Status.DONE),
        an_action_of(4, owner=MEMBER.ref),
    )
    mine = found[LEADER.name]
    assert (len(mine.open), mine.count(Flag.LATE), mine.count(Flag.BLOCKED)) == (2, 1, 1)
    assert len(found[MEMBER.name].open) == 1


def test_those_with_most_that_needs_a_word_stand_first():
    others = [an_action_of(n, owner=MEMBER.ref) for n in range(1, 4)]
    assert list(held(*others, an_action_of(9, due_on=LATE))) == [LEADER.name, MEMBER.name]


def test_an_action_that_is_late_and_blocked_needs_one_word():
    assert held(an_action_of(1, due_on=LATE, status=Status.BLOCKED))[LEADER.name].needing == 1


def test_what_nobody_owns_stands_under_no_owner():
    assert held(an_action_of(1, owner=None))["No owner"].ref is None


@pytest.mark.parametrize(("number", "rests"), [(RESTS_ON_ONE - 1, False), (RESTS_ON_ONE, True)])
def test_much_rests_on_one_from_five_open_actions_on(number, rests):
    found = held(*(an_action_of(n) for n in range(number)), an_action_of(99, status=Status.DONE))
    assert found[LEADER.name].rests_on_one is rests


def test_the_next_due_is_the_earliest_that_is_not_late():
    found = held(
        an_action_of(1, due_on=LATE),
        an_action_of(2, due_on=COMING),
        an_action_of(3, due_on=TODAY),
        an_action_of(4, due_on=TODAY, status=Status.DONE),
    )
    assert found[LEADER.name].next_due.action.code == "A-3"
    assert held(an_action_of(1, due_on=LATE))[LEADER.name].next_due is None


def test_an_action_for_two_schools_stands_with_both_and_one_for_none_with_all():
    found = held(an_action_of(1, places=(HAZEL.ref, AGNES.ref)), an_action_of(2), by=By.SCHOOL)
    assert {name: len(holder.lines) for name, holder in found.items()} == {
        HAZEL.name: 1,
        AGNES.name: 1,
        "The whole trust": 1,
    }


def test_what_no_other_organisation_leads_is_the_trusts():
    club = Organisation("orgclub001", "Youth Club")
    assert set(held(club, an_action_of(1, organisation=club.ref), an_action_of(2), by=By.ORGANISATION)) == {
        "Youth Club",
        "The trust",
    }


@pytest.mark.parametrize(("left_on", "left"), [(date(2026, 11, 12), True), (TODAY, False), (None, False)])
def test_an_owner_has_left_from_the_day_after_their_last(left_on, left):
    gone = replace(MEMBER, left_on=left_on)
    assert held(gone, an_action_of(1, owner=MEMBER.ref))[MEMBER.name].left is left


def test_an_owner_who_was_put_away_has_left():
    gone = replace(MEMBER, archived=True)
    assert held(gone, an_action_of(1, owner=MEMBER.ref))[MEMBER.name].left
