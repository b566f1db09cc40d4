"""Words on actions: kept, never overwritten, once only, and told to whoever writes second."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from framework.deeds.updating import Said, check_update, say, say_all, seen_of
from framework.errors import Conflict, NotAllowed, ValueRefused
from framework.people import Audience
from framework.plans import Answer, Milestone, MoveReason, Status
from framework.store.ledger import Via
from framework.store.pictures import load
from tests.conftest import FACILITATOR, GOVERNOR, LEADER, MEMBER, NOW, SCHOOL_CONTACT, TODAY, an_action, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

OWN = an_action(ref="actionmine", code="A-20", title="Parents' cafe", owner=MEMBER.ref, due_on=date(2026, 12, 18))
STEP = Milestone("mile000001", "actionmine", "Room agreed", date(2026, 10, 1))
LATER = date(2027, 2, 12)


@pytest.fixture
def plan(store):
    put(store, OWN, STEP)
    return store


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def tell(store, said, *, by=MEMBER, action=OWN.ref, seen=None, **more):
    number = seen_of(picture(store), action) if seen is None else seen
    return say(store, by=by, now=NOW, action=action, said=said, seen=number, **more)


def words_on(store, action=OWN.ref):
    return [u.words for u in picture(store).updates.get(action, ())]


def changes(store):
    with store.reading() as conn:
        return conn.execute(sa.text("SELECT count(*) FROM change")).scalar()


@BOTH_DATABASES
def test_a_word_is_kept_with_who_said_it_and_when(plan):
    ref = tell(plan, Said(words="  Room agreed.  ", status=Status.ON_TRACK, next_step="Ask for cups"))
    (update,) = picture(plan).updates[OWN.ref]
    assert (update.ref, update.by, update.on, update.words) == (ref, MEMBER.ref, TODAY, "Room agreed.")
    assert (update.next_step, update.unchecked, picture(plan).actions[OWN.ref].status) == (
        "Ask for cups",
        False,
        "on track",
    )


def test_an_answer_changes_nothing_of_the_action(plan):
    before = picture(plan).actions[OWN.ref]
    tell(plan, Said(answer=Answer.NOTHING_NEW))
    assert picture(plan).actions[OWN.ref] == before
    assert picture(plan).updates[OWN.ref][0].answer is Answer.NOTHING_NEW


@BOTH_DATABASES
def test_a_new_date_moves_the_action_and_leaves_its_first_promise(plan):
    tell(plan, Said(new_due_on=LATER, moved_for=MoveReason.CHECKS))
    action = picture(plan).actions[OWN.ref]
    assert (action.due_on, action.first_due_on) == (LATER, OWN.first_due_on)
    assert picture(plan).updates[OWN.ref][0].moved_for is MoveReason.CHECKS


def test_closing_keeps_what_changed_and_ticks_and_evidence_go_with_it(plan):
    said = Said(
        status=Status.DONE, outcome="Thirty families came.", ticked=(STEP.ref,), evidence="https://example.org/a"
    )
    tell(plan, said)
    now = picture(plan)
    assert (now.actions[OWN.ref].status, now.actions[OWN.ref].outcome) == ("done", "Thirty families came.")
    assert now.milestones[OWN.ref][0].done_on == TODAY
    assert [e.link for e in now.evidence[OWN.ref]] == ["https://example.org/a"]


@BOTH_DATABASES
def test_all_of_one_word_is_one_change(plan):
    before = changes(plan)
    tell(plan, Said(words="All at once.", status=Status.AT_RISK, ticked=(STEP.ref,), evidence="https://example.org/a"))
    assert changes(plan) == before + 1


@pytest.mark.parametrize("person", [MEMBER, LEADER], ids=["its owner", "a leader"])
def test_its_owner_and_a_leader_may_speak_of_it(plan, person):
    tell(plan, Said(words="A word."), by=person)
    assert words_on(plan) == ["A word."]


@pytest.mark.parametrize("person", [SCHOOL_CONTACT, FACILITATOR, replace(MEMBER, ref=FACILITATOR.ref)])
def test_nobody_else_may_and_an_unknown_action_answers_alike(plan, person):
    with pytest.raises(NotAllowed) as theirs:
        tell(plan, Said(words="Mine now."), by=person)
    with pytest.raises(NotAllowed) as nobodys:
        tell(plan, Said(words="Mine now."), by=person, action="action9999", seen=1)
    assert str(theirs.value) == str(nobodys.value)
    assert words_on(plan) == []


def test_who_is_of_the_organisation_that_leads_it_may_speak_of_it(store):
    from framework.community import Organisation

    kitchen = Organisation("orgkitchen", "Saffron Kitchen")
    put(store, kitchen, replace(OWN, owner=LEADER.ref, organisation=kitchen.ref))
    with_it = replace(MEMBER, organisation=kitchen.ref)
    tell(store, Said(words="Ours."), by=with_it)
    assert words_on(store) == ["Ours."]


def test_a_governor_is_refused_before_anything_is_read(plan):
    with pytest.raises(NotAllowed, match="As governor"):
        say(None, by=GOVERNOR, now=NOW, action=OWN.ref, said=Said(words="x"), seen=1)


@BOTH_DATABASES
def test_the_second_of_two_is_told_what_the_first_wrote_and_keeps_nothing(plan):
    seen = seen_of(picture(plan), OWN.ref)
    tell(plan, Said(words="The hall is let.", status=Status.BLOCKED), by=LEADER, seen=seen)
    with pytest.raises(Conflict, match=r"Priya Leader: “The hall is let\.”"):
        tell(plan, Said(words="All well.", status=Status.ON_TRACK), seen=seen)
    assert words_on(plan) == ["The hall is let."]


def test_a_word_that_changes_no_status_is_a_word_the_second_is_told_of_too(plan):
    seen = seen_of(picture(plan), OWN.ref)
    tell(plan, Said(words="I rang them."), by=LEADER, seen=seen)
    with pytest.raises(Conflict):
        tell(plan, Said(words="I rang them too."), seen=seen)


def test_having_seen_it_the_second_adds_theirs(plan):
    tell(plan, Said(words="The hall is let."), by=LEADER)
    tell(plan, Said(words="All well."))
    assert words_on(plan) == ["The hall is let.", "All well."]


@BOTH_DATABASES
def test_a_double_click_saves_once(plan):
    seen = seen_of(picture(plan), OWN.ref)
    first = tell(plan, Said(words="Once."), seen=seen, once="abc")
    before = changes(plan)
    assert tell(plan, Said(words="Once."), seen=seen, once="abc") == first
    assert (words_on(plan), changes(plan)) == (["Once."], before)


def test_the_same_update_twice_on_one_day_is_one_update(plan):
    first = tell(plan, Said(words="Same.", status=Status.ON_TRACK))
    assert tell(plan, Said(words="Same.", status=Status.ON_TRACK)) == first
    assert words_on(plan) == ["Same."]


def test_the_same_words_on_another_day_are_another_update(plan):
    tell(plan, Said(words="Same."))
    tomorrow = NOW + timedelta(days=1)
    say(plan, by=MEMBER, now=tomorrow, action=OWN.ref, said=Said(words="Same."), seen=seen_of(picture(plan), OWN.ref))
    assert words_on(plan) == ["Same.", "Same."]


def test_a_refusal_saves_nothing(plan):
    before = changes(plan)
    with pytest.raises(ValueRefused, match=r"5,001 characters.*Nothing was saved"):
        tell(plan, Said(words="x" * 5_001))
    assert (changes(plan), words_on(plan)) == (before, [])


@BOTH_DATABASES
def test_several_are_one_change_or_none_and_a_refusal_names_them(plan):
    now = picture(plan)
    seen = {ref: seen_of(now, ref) for ref in (OWN.ref, "action0001")}
    before = changes(plan)
    said = {OWN.ref: Said(words="Fine."), "action0001": Said(status=Status.DONE)}
    with pytest.raises(ValueRefused, match="A-14: Say what changed"):
        say_all(plan, by=LEADER, now=NOW, said=said, seen=seen)
    assert changes(plan) == before
    said = {OWN.ref: Said(words="Fine."), "action0001": Said(status=Status.DONE, words="Forty eat.")}
    say_all(plan, by=LEADER, now=NOW, said=said, seen=seen)
    assert changes(plan) == before + 1


def test_of_several_only_those_moved_meanwhile_are_named(plan):
    now = picture(plan)
    seen = {ref: seen_of(now, ref) for ref in (OWN.ref, "action0001")}
    tell(plan, Said(words="Meanwhile."), by=LEADER, action="action0001")
    with pytest.raises(Conflict, match="A-14 was changed") as refusal:
        say_all(plan, by=LEADER, now=NOW, said=dict.fromkeys(seen, Said(words="Fine.")), seen=seen)
    assert "A-20" not in str(refusal.value)


def test_words_by_link_wait_to_be_checked_and_a_check_leaves_them_as_they_are(plan):
    ref = tell(plan, Said(words="From the bus stop."), via=Via.LINK)
    assert picture(plan).updates[OWN.ref][0].unchecked
    check_update(plan, by=LEADER, now=NOW, updates=[ref])
    (update,) = picture(plan).updates[OWN.ref]
    assert (update.unchecked, update.words) == (False, "From the bus stop.")


@BOTH_DATABASES
def test_checking_twice_changes_nothing_more(plan):
    ref = tell(plan, Said(words="From the bus stop."), via=Via.LINK)
    check_update(plan, by=LEADER, now=NOW, updates=[ref])
    before = changes(plan)
    check_update(plan, by=LEADER, now=NOW, updates=[ref])
    assert changes(plan) == before


def test_a_check_is_no_word_that_a_second_writer_is_told_of(plan):
    ref = tell(plan, Said(words="From the bus stop."), via=Via.LINK)
    seen = seen_of(picture(plan), OWN.ref)
    check_update(plan, by=LEADER, now=NOW, updates=[ref])
    tell(plan, Said(words="And from the office."), seen=seen)
    assert len(words_on(plan)) == 2
