"""What an update may say of an action, on both sides of each bound."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.plans import Answer, Milestone, MoveReason, Status
from framework.plans.saying import LONGEST, Said, words_of, wrong_in
from tests.conftest import TODAY, an_action

STEP = Milestone("mile000001", "action0001", "Kitchen checked", date(2026, 9, 1))
DONE_STEP = Milestone("mile000002", "action0001", "Menu agreed", date(2026, 9, 1), done_on=date(2026, 9, 2))
LATER = TODAY + timedelta(days=30)


def wrong(said, **changes):
    return wrong_in(said, an_action(**changes), (STEP, DONE_STEP), TODAY)


@pytest.mark.parametrize(
    "said",
    [
        Said(words="Volunteer found."),
        Said(status=Status.ON_TRACK),
        Said(answer=Answer.NOTHING_NEW),
        Said(answer=Answer.NOT_OURS, words="The school runs it now."),
        Said(ticked=(STEP.ref,)),
        Said(percent_done=0.0),
        Said(percent_done=100.0),
        Said(words="x" * LONGEST),
        Said(new_due_on=TODAY, moved_for=MoveReason.PEOPLE),
        Said(new_due_on=LATER, moved_for=MoveReason.OTHER, moved_because="The hall is let."),
        Said(status=Status.DONE, outcome="Forty children eat breakfast."),
        Said(status=Status.DONE, words="Forty children eat breakfast."),
        Said(status=Status.STOPPED, words="The funder withdrew."),
        Said(evidence="https://example.org/report", words="The report is out."),
        Said(words="مرحبا \N{PARTY POPPER} e\N{COMBINING ACUTE ACCENT}"),
    ],
    ids=lambda said: words_of(said)[:30],
)
def test_this_can_be_said(said):
    assert wrong(said) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Said(), "Nothing was said"),
        (Said(words="x" * (LONGEST + 1)), "5,001 characters, and 5,000 is the most"),
        (Said(help_wanted="x" * (LONGEST + 1)), "5,001 characters"),
        (Said(answer=Answer.NOTHING_NEW, status=Status.ON_TRACK), "“Nothing new” stands alone"),
        (Said(answer=Answer.NOT_OURS, new_due_on=LATER, moved_for=MoveReason.PEOPLE), "“Not ours” stands alone"),
        (Said(answer=Answer.NOT_OURS, ticked=(STEP.ref,)), "stands alone"),
        (Said(percent_done=100.5), "100.5 % done cannot be"),
        (Said(percent_done=-0.5), "-0.5 % done cannot be"),
        (Said(status=Status.DONE), "Say what changed"),
        (Said(status=Status.STOPPED), "Say why it was stopped"),
        (Said(new_due_on=LATER), "Say why the date moves"),
        (Said(new_due_on=LATER, moved_for=MoveReason.OTHER), "which other reason"),
        (Said(new_due_on=TODAY - timedelta(days=1), moved_for=MoveReason.PEOPLE), "is past. Give a day from today on"),
        (Said(status=Status.DONE, words="Done.", new_due_on=LATER, moved_for=MoveReason.MONEY), "needs no new date"),
        (Said(ticked=(DONE_STEP.ref,)), "done already"),
        (Said(ticked=("mile999999",)), "no milestone of this action"),
        (Said(evidence="javascript:alert(1)"), "no address of the web"),
        (Said(evidence="//example.org"), "no address of the web"),
    ],
)
def test_this_cannot_be_said_and_the_sentence_says_why(said, why):
    assert any(why in line for line in wrong(said)), wrong(said)


def test_the_day_it_is_due_already_is_no_new_date():
    said = Said(new_due_on=LATER, moved_for=MoveReason.PEOPLE)
    assert "already" in wrong(said, due_on=LATER)[0]
    assert wrong(said, due_on=LATER - timedelta(days=1)) == []


def test_a_new_date_cannot_lie_before_the_start():
    said = Said(new_due_on=LATER, moved_for=MoveReason.PEOPLE)
    assert wrong(said, starts_on=LATER) == []
    assert "before it starts" in wrong(said, starts_on=LATER + timedelta(days=1))[0]


def test_a_closed_action_gets_a_new_date_only_when_it_is_open_again():
    said = Said(new_due_on=LATER, moved_for=MoveReason.PEOPLE)
    again = Said(new_due_on=LATER, moved_for=MoveReason.PEOPLE, status=Status.ON_TRACK)
    assert "It is done" in wrong(said, status=Status.DONE)[0]
    assert wrong(again, status=Status.DONE) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(words="Volunteer found.", status=Status.BLOCKED), "Volunteer found."),
        (Said(status=Status.ON_TRACK), "On track."),
        (Said(answer=Answer.NOTHING_NEW), "Nothing new."),
        (Said(outcome="Forty eat breakfast.", status=Status.DONE), "Done."),
        (Said(ticked=("a",)), "A milestone is done."),
        (Said(new_due_on=LATER), "A new date."),
    ],
)
def test_what_happened_has_words_even_where_none_were_typed(said, words):
    assert words_of(said) == words


@given(st.text(max_size=60), st.sampled_from([None, *Status]), st.sampled_from([None, *Answer]))
def test_whatever_is_said_rightly_has_words(words, status, answer):
    said = Said(words=words.strip(), status=status, answer=answer)
    if not wrong(said):
        assert words_of(said)
