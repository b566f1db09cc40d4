"""What is one's own: what needs a word and what does not, what a card says of the date, and what is typed and kept."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.people import Audience
from framework.picture import Picture
from framework.picture.mine import Pile, due_line, how_many, line_of, my_lines, needs_word, quoted, term_began
from framework.plans import MoveReason, Signals, Status
from framework.plans.going import BIG, Going, from_draft, said_of, to_draft
from framework.plans.saying import Said
from framework.store import Store
from framework.store.pictures import load
from tests.conftest import CALENDAR, LEADER, MEMBER, NOW, TODAY, an_action, an_update, put

NO_WORD: dict[str, Any] = {"said_on": None, "days_since": 0}


def counted(**changes: Any) -> Signals:
    """Neither late nor quiet."""
    return replace(Signals(0, False, 0, False, 0, None), **changes)


@pytest.mark.parametrize(
    ("signals", "days_left", "wanted"),
    [
        (counted(), 11, False),
        (counted(), 10, True),
        (counted(), 0, True),
        (counted(late=True, days_late=1), 0, True),
        (counted(quiet=True, days_quiet=45), 60, True),
    ],
)
def test_a_word_is_wanted_of_what_is_late_quiet_or_due_within_ten_school_days(signals, days_left, wanted):
    assert needs_word(an_action(), signals, days_left=days_left, **NO_WORD) is wanted


@pytest.mark.parametrize(("days_since", "wanted"), [(0, False), (5, False), (6, True)])
def test_a_word_of_the_last_five_school_days_is_enough(days_since, wanted):
    found = needs_word(an_action(), counted(), days_left=3, said_on=TODAY, days_since=days_since)
    assert found is wanted


@pytest.mark.parametrize(("after", "wanted"), [(-1, True), (0, True), (1, False)])
def test_a_word_from_before_it_became_late_is_not_enough(after, wanted):
    action, late = an_action(), counted(late=True, days_late=2)
    said_on = action.due_on + timedelta(days=after)
    assert needs_word(action, late, days_left=0, said_on=said_on, days_since=2) is wanted


@pytest.mark.parametrize("status", [Status.DONE, Status.STOPPED])
def test_what_is_closed_needs_no_word(status):
    assert not needs_word(an_action(status=status), counted(), days_left=0, **NO_WORD)


# The list


def picture_with(store: Store, *records: Any) -> Picture:
    put(store, *records)
    return load(store, NOW, Audience.LEADERS)


def mine(**changes: Any) -> Any:
    return an_action(owner=MEMBER.ref, **changes)


@pytest.fixture
def three(store: Store) -> Picture:
    """Denise has one that goes on, one that is late and one that was done this term; and the leader's is not hers."""
    return picture_with(
        store,
        mine(ref="actionlate", code="A-20", due_on=date(2026, 11, 6)),
        mine(ref="actiongoes", code="A-21", due_on=date(2027, 7, 1), added_on=TODAY, starts_on=None),
        mine(ref="actiondone", code="A-22", status=Status.DONE),
        an_update(ref="updatedone", action="actiondone", on=date(2026, 11, 2), status=Status.DONE, by=MEMBER.ref),
    )


def test_what_needs_a_word_comes_first_and_what_is_finished_last(three: Picture):
    found = [(line.action.code, line.pile) for line in my_lines(three, MEMBER, {})]
    assert found == [("A-20", Pile.NEEDS_A_WORD), ("A-21", Pile.GOING_ON), ("A-22", Pile.FINISHED)]


def test_the_note_counts_what_needs_a_word_among_what_is_open(three: Picture):
    lines = my_lines(three, MEMBER, {})
    assert how_many(lines) == "1 of your 2 open actions needs a word."
    assert how_many(lines[1:]) == "Nothing waits for a word from you."
    assert how_many(lines[:1]) == "Your action needs a word."
    assert how_many(lines[2:]) == ""


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 8, 31), False), (date(2026, 9, 1), True)])
def test_what_was_finished_before_this_term_is_not_shown(store: Store, day: date, shown: bool):
    done = mine(ref="actiondone", code="A-22", status=Status.DONE)
    word = an_update(ref="updatedone", action=done.ref, on=day, status=Status.DONE)
    lines = my_lines(picture_with(store, done, word), MEMBER, {})
    assert [line.action.code for line in lines] == (["A-22"] if shown else [])


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 11, 13), date(2026, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 4, 13)),
        (date(2027, 1, 3), date(2026, 9, 1)),
        (date(2027, 1, 4), date(2027, 1, 4)),
    ],
)
def test_a_term_is_two_half_terms_and_the_holidays_after_them(day: date, first: date):
    assert term_began(CALENDAR, day) == first


def test_a_card_shows_ones_own_last_word_and_what_others_wrote_since(store: Store):
    own = an_update(ref="updateown1", action="actionmine", by=MEMBER.ref, words="Menu tried.")
    answer = an_update(ref="updatelead", action="actionmine", on=date(2026, 9, 28), words="Money is there.")
    picture = picture_with(store, mine(ref="actionmine", code="A-20"), own, answer)
    (line,) = my_lines(picture, MEMBER, {})
    assert line.last is not None
    assert line.last.words == "Menu tried."
    assert line.came_of_it == "Priya Leader: Money is there."


def test_an_action_nobody_spoke_of_has_no_last_word(store: Store):
    picture = picture_with(store, mine(ref="actionmine", code="A-20"))
    (line,) = my_lines(picture, MEMBER, {})
    assert (line.last, line.came_of_it) == (None, "")


def test_a_card_says_the_date_in_school_days_and_how_often_it_moved(store: Store):
    put(store, an_update(ref="updatemove", new_due_on=date(2026, 10, 23)))
    picture = load(store, NOW, Audience.LEADERS)
    line = line_of(picture, LEADER, picture.actions["action0001"], ())
    told, note = due_line(line, picture.calendar, picture.on)
    assert told.replace("\N{NO-BREAK SPACE}", " ") == "10 school days late"
    assert note.replace("\N{NO-BREAK SPACE}", " ") == "Was due Fri 23 Oct 2026, moved once"


def test_a_long_word_is_quoted_in_part():
    assert quoted("one two three", 9) == "one two …"
    assert quoted("one two", 9) == "one two"


# What is typed


@pytest.mark.parametrize(
    ("going", "said"),
    [
        (Going.ON_TRACK, Said(status=Status.ON_TRACK)),
        (Going.STUCK, Said(status=Status.BLOCKED)),
        (Going.DONE, Said(status=Status.DONE)),
        (Going.AT_RISK, Said(status=Status.AT_RISK)),
        (Going.STOPPED, Said(status=Status.STOPPED)),
    ],
)
def test_each_button_says_a_status(going: Going, said: Said):
    assert said_of({"going": going}) == said


@pytest.mark.parametrize("going", [Going.NOTHING_NEW, Going.NOT_OURS])
def test_the_two_honest_answers_say_no_status(going: Going):
    said = said_of({"going": going})
    assert (said.status, said.answer) == (None, str(going).lower())


def test_there_are_five_big_buttons():
    assert [str(going) for going in BIG] == ["On track", "Stuck", "Done", "Nothing new", "Not ours"]


def test_what_changed_counts_only_of_what_is_closed():
    typed = {"outcome": "Twelve came.", "evidence": "https://example.org"}
    assert said_of({**typed, "going": Going.ON_TRACK}) == Said(status=Status.ON_TRACK)
    assert said_of({**typed, "going": Going.DONE}).outcome == "Twelve came."


def test_a_reason_without_a_new_date_says_nothing():
    assert said_of({"moved_for": MoveReason.MONEY, "moved_because": "no"}).empty


typed_values = st.fixed_dictionaries(
    {},
    optional={
        "going": st.sampled_from(Going),
        "words": st.text(min_size=1),
        "help_wanted": st.text(min_size=1),
        "new_due_on": st.dates(),
        "moved_for": st.sampled_from(MoveReason),
        "percent_done": st.floats(0, 100),
        "ticked": st.lists(st.text(min_size=1), min_size=1).map(tuple),
    },
)


@given(typed_values)
def test_a_draft_gives_back_what_was_typed(typed):
    assert from_draft(to_draft(typed)) == typed


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(json | st.dictionaries(st.sampled_from(["going", "words", "new_due_on", "percent_done", "ticked"]), json))
def test_a_draft_that_cannot_be_read_is_left_out_and_never_fails(kept):
    assert isinstance(said_of(from_draft(kept)), Said)


def test_nothing_typed_keeps_nothing():
    assert to_draft({"words": "", "going": None, "ticked": ()}) == {}
