"""Proposals: nothing of them is in the plan until a leader says so, and whoever made one is told."""

from datetime import date

import pytest

from framework.access.by_link_form import SentAction, SentFigure
from framework.deeds.answering import key_of
from framework.deeds.proposing import accept, accept_all, clash, decline, propose_action
from framework.deeds.updating import Said, say, seen_of
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.plans import MoveReason, Status, Visibility
from framework.store import proposals
from framework.store.proposals import State
from tests.conftest import (
    FACILITATOR,
    GOVERNOR,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    OBJECTIVE,
    SCHOOL_CONTACT,
    TODAY,
    a_value,
    put,
)
from tests.deeds.test_answering import MEALS, OTHER, OWN, SLOT, furnish, picture, send

LATER = date(2027, 2, 12)
NEW = {"title": "Homework club", "objective": OBJECTIVE.ref, "due_on": LATER, "success": "Forty children stay."}


@pytest.fixture
def plan(store):
    return furnish(store)


@pytest.fixture
def small(sqlite_ground):
    return furnish(sqlite_ground.store("small trust"))


def proposed(opened, **sent):
    """What waits after a word by link."""
    send(opened, {OWN.ref: SentAction(**sent)})
    return proposals.waiting(opened[0])[-1]


def test_an_accepted_closing_closes_the_action_in_the_proposers_name(plan):
    store, _ = plan
    one = proposed(plan, choice="done", outcome="Thirty came.")
    number = accept(store, by=LEADER, now=NOW, proposal=one.ref)
    action = picture(store).actions[OWN.ref]
    assert (action.status, action.outcome) == (Status.DONE, "Thirty came.")
    assert picture(store).updates[OWN.ref][-1].by == MEMBER.ref
    settled = proposals.one(store, one.ref)
    assert (settled.state, settled.settled_by, settled.change) == (State.ACCEPTED, LEADER.ref, number)
    assert picture(store).change == number


def test_an_accepted_date_moves_it_and_keeps_the_reason(plan):
    store, _ = plan
    one = proposed(plan, new_due="2027-02-12", moved_for=MoveReason.MONEY)
    accept(store, by=LEADER, now=NOW, proposal=one.ref)
    assert picture(store).actions[OWN.ref].due_on == LATER
    assert picture(store).updates[OWN.ref][-1].moved_for is MoveReason.MONEY


def test_an_accepted_figure_is_a_value(plan):
    store, _ = plan
    send(plan, figures={key_of(SLOT): SentFigure(numerator="48", denominator="200")})
    accept(store, by=LEADER, now=NOW, proposal=proposals.waiting(store)[0].ref)
    (value,) = picture(store).series(MEALS.ref)
    assert (value.number, value.numerator, value.place) == (24.0, 48, HAZEL.ref)


def test_an_accepted_new_action_is_in_the_plan_with_its_proposer_as_owner(plan):
    store, _ = plan
    ref = propose_action(store, by=MEMBER, now=NOW, facts=NEW, words="Parents ask for it.")
    assert all(a.title != "Homework club" for a in picture(store).actions.values())
    accept(store, by=LEADER, now=NOW, proposal=ref)
    made = next(a for a in picture(store).actions.values() if a.title == "Homework club")
    assert (made.owner, made.due_on, made.first_due_on, made.visibility) == (
        MEMBER.ref, LATER, LATER, Visibility.TASK_FORCE,
    )  # fmt: skip


def test_a_leader_may_change_it_before_accepting(small):
    store, _ = small
    one = proposed(small, new_due="2027-02-12", moved_for=MoveReason.MONEY)
    accept(store, by=LEADER, now=NOW, proposal=one.ref, edited={"new_due_on": date(2027, 1, 15)}, words="Sooner.")
    assert picture(store).actions[OWN.ref].due_on == date(2027, 1, 15)
    settled = proposals.one(store, one.ref)
    assert (settled.state, settled.answer) == (State.EDITED, "Sooner.")


def test_the_same_fields_again_are_no_edit(small):
    one = proposed(small, new_due="2027-02-12", moved_for=MoveReason.MONEY)
    accept(small[0], by=LEADER, now=NOW, proposal=one.ref, edited={"new_due_on": LATER})
    assert proposals.one(small[0], one.ref).state is State.ACCEPTED


def test_an_edit_that_cannot_be_leaves_it_waiting(small):
    one = proposed(small, new_due="2027-02-12", moved_for=MoveReason.MONEY)
    with pytest.raises(ValueRefused, match="is past"):
        accept(small[0], by=LEADER, now=NOW, proposal=one.ref, edited={"new_due_on": date(2026, 1, 1)})
    assert proposals.one(small[0], one.ref).state is State.WAITING


def test_a_declined_one_changes_nothing_and_carries_the_leaders_words(small):
    store, _ = small
    one = proposed(small, choice="done", outcome="Thirty came.")
    before = picture(store).change
    with pytest.raises(ValueRefused, match="Say why"):
        decline(store, by=LEADER, now=NOW, proposal=one.ref, words=" ")
    decline(store, by=LEADER, now=NOW, proposal=one.ref, words="The second half is still to come.")
    assert picture(store).change == before
    assert proposals.of_person(store, MEMBER.ref)[0].answer == "The second half is still to come."


@pytest.mark.parametrize("deed", [accept, decline])
def test_what_was_answered_waits_no_longer(small, deed):
    one = proposed(small, choice="done", outcome="Thirty came.")
    accept(small[0], by=LEADER, now=NOW, proposal=one.ref)
    more = {"words": "No."} if deed is decline else {}
    with pytest.raises(Unknown, match="waits no longer"):
        deed(small[0], by=LEADER, now=NOW, proposal=one.ref, **more)


@pytest.mark.parametrize("deed", [accept, decline])
@pytest.mark.parametrize("person", [MEMBER, GOVERNOR], ids=str)
def test_nobody_accepts_or_declines_who_may_not_change_the_plan(small, deed, person):
    one = proposed(small, choice="done", outcome="Thirty came.")
    with pytest.raises(NotAllowed):
        deed(small[0], by=person, now=NOW, proposal=one.ref, words="x")


def test_nothing_clashes_while_nobody_wrote_since(small):
    one = proposed(small, choice="done", outcome="Thirty came.", words="We did it.")
    assert clash(picture(small[0]), one) == ""


def test_a_word_of_somebody_else_since_is_a_clash_and_ones_own_is_not(small):
    store, _ = small
    one = proposed(small, choice="done", outcome="Thirty came.")
    seen = seen_of(picture(store), OWN.ref)
    say(store, by=MEMBER, now=NOW, action=OWN.ref, said=Said(words="And tidied up."), seen=seen)
    assert clash(picture(store), one) == ""
    seen = seen_of(picture(store), OWN.ref)
    say(store, by=LEADER, now=NOW, action=OWN.ref, said=Said(words="I was there."), seen=seen)
    assert clash(picture(store), one) == "Priya Leader wrote on it since."


def test_an_action_that_was_closed_since_is_a_clash(small):
    store, _ = small
    one = proposed(small, new_due="2027-02-12", moved_for=MoveReason.MONEY)
    said, seen = Said(words="No.", status=Status.STOPPED), seen_of(picture(store), OWN.ref)
    say(store, by=LEADER, now=NOW, action=OWN.ref, said=said, seen=seen)
    assert "is stopped already" in clash(picture(store), one)


def test_a_value_that_was_recorded_since_is_a_clash(small):
    store, _ = small
    send(small, figures={key_of(SLOT): SentFigure(number="24")})
    (one,) = proposals.waiting(store)
    assert clash(picture(store), one) == ""
    put(store, a_value(22.0, ref="valuemeals", kpi=MEALS.ref, place=HAZEL.ref), now=NOW)
    assert "Another value" in clash(picture(store), one)


def test_all_in_one_click_takes_what_clashes_with_nothing_and_leaves_the_rest_with_why(small):
    store, _ = small
    first = proposed(small, choice="done", outcome="Thirty came.")
    send(small, {OTHER.ref: SentAction(choice="done", outcome="Forty came.")}, nonce="two")
    second = next(p for p in proposals.waiting(store) if p.about == OTHER.ref)
    seen = seen_of(picture(store), OTHER.ref)
    say(store, by=LEADER, now=NOW, action=OTHER.ref, said=Said(words="Not yet."), seen=seen)
    done = accept_all(store, by=LEADER, now=NOW, proposals=[first.ref, second.ref, "unknownref"])
    assert done.done == (first.ref,)
    assert set(done.left) == {second.ref, "unknownref"}
    assert picture(store).actions[OTHER.ref].status is None


@pytest.mark.parametrize("person", [MEMBER, SCHOOL_CONTACT, FACILITATOR, LEADER], ids=lambda p: str(p.role))
def test_whoever_is_of_the_task_force_may_propose_an_action(small, person):
    assert propose_action(small[0], by=person, now=NOW, facts=NEW)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({**NEW, "title": " "}, "what is to be done"),
        ({**NEW, "objective": "nowhere"}, "the objective"),
        ({**NEW, "due_on": TODAY.replace(day=12)}, "is past"),
        ({**NEW, "success": "x" * 5_001}, "5,000 characters"),
    ],
)
def test_a_proposal_that_says_too_little_or_too_much_is_refused(small, facts, why):
    with pytest.raises(ValueRefused, match=why):
        propose_action(small[0], by=MEMBER, now=NOW, facts=facts)
    assert proposals.waiting(small[0]) == []


def test_a_proposal_without_a_date_waits_for_the_leader_to_give_one(small):
    store, _ = small
    ref = propose_action(store, by=MEMBER, now=NOW, facts={k: v for k, v in NEW.items() if k != "due_on"})
    with pytest.raises(ValueRefused, match="due"):
        accept(store, by=LEADER, now=NOW, proposal=ref)
    accept(store, by=LEADER, now=NOW, proposal=ref, edited={"due_on": LATER})
    assert proposals.one(store, ref).state is State.EDITED
