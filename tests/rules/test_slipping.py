"""How far actions slip from their first promise: how often, how far, why, and with whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.community import Organisation
from framework.picture.slipping import put_off, reasons, summary, totals
from framework.picture.views import By
from framework.plans import MoveReason, Status
from framework.plans.slipping import NO_REASON, moves, slips
from tests.conftest import AGNES, CALENDAR, HAZEL, LEADER, MEMBER, an_action, an_update
from tests.rules.pictured import a_picture, lines_of

FIRST = date(2026, 10, 23)
LATER, LATEST = date(2026, 11, 6), date(2026, 12, 4)


def an_action_put_off(until=LATEST, **changes):
    return an_action(**{"first_due_on": FIRST, "due_on": until, **changes})


def a_move(to: date, n: int = 1, **changes):
    told = {"ref": f"upd{n:07}", "on": date(2026, 9, n), "new_due_on": to, "moved_for": MoveReason.OTHERS}
    return an_update(**{**told, **changes})


def test_each_move_says_from_which_day_to_which_and_why():
    said_twice = [
        a_move(LATER, 1, moved_for=None, moved_because="staff change"),
        an_update(on=date(2026, 9, 2)),
        a_move(LATEST, 3, moved_for=None),
    ]
    found = moves(an_action_put_off(), said_twice)
    assert [(m.before, m.after, m.reason) for m in found] == [(FIRST, LATER, "staff change"), (LATER, LATEST, None)]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"moved_for": MoveReason.MONEY, "moved_because": "the grant"}, "money was not there"),
        ({"moved_for": None, "moved_because": "the grant"}, "the grant"),
        ({"moved_for": None}, NO_REASON),
    ],
)
def test_the_reason_chosen_from_the_list_stands_before_the_words(more, why):
    assert [move.why for move in moves(an_action_put_off(), [a_move(LATER, **more)])] == [why]


def test_an_action_that_was_never_moved_does_not_slip():
    found = slips(an_action(first_due_on=FIRST, due_on=FIRST), [an_update()], CALENDAR)
    assert (found.times, found.days, found.reasons) == (0, 0, ())


def test_how_far_is_counted_in_school_days_from_the_first_promise():
    found = slips(an_action_put_off(LATER), [a_move(LATER)], CALENDAR)
    assert (found.times, found.days) == (1, 5)  # the week of half-term between them is no school week


@pytest.mark.parametrize(("to", "times"), [(FIRST + timedelta(days=1), 1), (FIRST, 0), (FIRST - timedelta(days=1), 0)])
def test_only_a_move_to_a_later_day_is_a_slip(to, times):
    assert slips(an_action_put_off(to), [a_move(to)], CALENDAR).times == times


def test_a_day_brought_forward_again_leaves_the_slip_and_takes_its_distance():
    found = slips(an_action_put_off(FIRST), [a_move(LATEST, 1), a_move(FIRST, 2)], CALENDAR)
    assert (found.times, found.days) == (1, 0)


def test_a_day_that_moved_without_a_word_is_counted_and_has_no_reason():
    found = slips(an_action_put_off(LATEST), [a_move(LATER)], CALENDAR)
    assert found.times == 2
    assert dict(found.reasons) == {str(MoveReason.OTHERS): 1, NO_REASON: 1}


def test_without_a_first_promise_the_moves_alone_are_counted():
    found = slips(an_action(first_due_on=None, due_on=LATER), [a_move(LATER)], CALENDAR)
    assert (found.times, found.days) == (1, 0)


def test_the_commonest_reason_stands_first():
    given_for = [MoveReason.MONEY, MoveReason.OTHERS, MoveReason.OTHERS]
    said = [a_move(LATER + timedelta(days=n), n, moved_for=why) for n, why in enumerate(given_for, 1)]
    found = slips(an_action_put_off(LATER + timedelta(days=3)), said, CALENDAR)
    assert found.reasons == ((str(MoveReason.OTHERS), 2), (str(MoveReason.MONEY), 1))


@given(steps=st.lists(st.integers(-40, 80), max_size=6))
def test_every_slip_has_a_reason_and_the_distance_never_passes_all_the_steps(steps):
    day, said = FIRST, []
    for n, step in enumerate(steps, 1):
        day += timedelta(days=step)
        said.append(a_move(day, n))
    found = slips(an_action_put_off(day), said, CALENDAR)
    assert found.times == sum(step > 0 for step in steps) == sum(n for _, n in found.reasons)
    assert 0 <= found.days <= sum(step for step in steps if step > 0)


# The list


@pytest.fixture
def lines():
    """One put off twice, one once but further, one done after it was put off, and one never."""
    twice = an_action_put_off(LATEST, ref="action0001", code="A-1", places=(HAZEL.ref, AGNES.ref))
    once = an_action_put_off(date(2027, 3, 1), ref="action0002", code="A-2", owner=MEMBER.ref)
    done = an_action_put_off(LATER, ref="action0003", code="A-3", owner=MEMBER.ref, status=Status.DONE)
    never = an_action(ref="action0004", code="A-4", first_due_on=LATER, due_on=LATER)
    said = [
        a_move(LATER, 1, action=twice.ref),
        a_move(LATEST, 2, action=twice.ref, moved_for=MoveReason.MONEY),
        a_move(once.due_on, 3, action=once.ref, moved_for=MoveReason.MONEY),
        a_move(LATER, 4, action=done.ref),
    ]
    return lines_of(a_picture(twice, once, done, never, *said))


def codes(some):
    return [line.action.code for line in some]


def test_what_was_put_off_most_often_stands_first_then_what_went_furthest(lines):
    assert codes(put_off(lines)) == ["A-1", "A-2", "A-3"]


def test_the_reasons_are_counted_over_every_move(lines):
    assert reasons(lines) == (("money was not there", 2), ("we wait for someone else", 2))


def test_the_summary_says_how_many_of_how_many_and_how_often(lines):
    assert summary(lines) == "3 of 4 actions were put off, 4 times in all."
    assert summary(lines[:1]) == "1 of 1 actions was put off, twice in all."
    assert summary([line for line in lines if line.action.code == "A-4"]) == ""


def test_it_is_said_with_whom_dates_slip(lines):
    found = totals(a_picture(), lines, By.OWNER)
    assert [(t.name, t.actions, t.times) for t in found] == [(MEMBER.name, 2, 2), (LEADER.name, 1, 2)]


def test_an_action_of_two_schools_slips_with_both(lines):
    found = {t.name: t.times for t in totals(a_picture(), lines, By.SCHOOL)}
    assert found == {HAZEL.name: 2, AGNES.name: 2, "The whole trust": 2}


def test_an_organisation_that_leads_stands_by_its_name():
    club = Organisation("orgclub001", "Youth Club")
    own = replace(an_action_put_off(LATER), organisation=club.ref)
    picture = a_picture(own, club, a_move(LATER))
    assert [t.name for t in totals(picture, lines_of(picture), By.ORGANISATION)] == ["Youth Club"]
