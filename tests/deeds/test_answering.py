"""Answering by link: words at once, dates and closing and figures as proposals, all or nothing, and never twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from framework.access.by_link_form import Sent, SentAction, SentFigure
from framework.deeds.answering import answer_by_link, key_of, once_of, read_once
from framework.deeds.linking import make_link, revoke_link
from framework.deeds.proposing import accept
from framework.deeds.updating import Said, check_update, say, seen_of
from framework.errors import LinkRefused
from framework.kpis.kpi import ReportedBy
from framework.people import Audience
from framework.plans import Answer, Milestone, MoveReason, Status
from framework.store import proposals
from framework.store.pictures import load
from framework.store.proposals import Kind
from tests.conftest import HAZEL, LEADER, MEMBER, NOW, TODAY, a_kpi, a_value, an_action, half_term, put

OWN = an_action(ref="actionmine", code="A-20", owner=MEMBER.ref, due_on=date(2026, 12, 18), status=None)
OTHER = an_action(ref="actionothe", code="A-21", owner=MEMBER.ref, due_on=date(2026, 12, 18), status=None)
STEP = Milestone("mile000001", OWN.ref, "Room agreed", date(2026, 10, 1))
MEALS = a_kpi(ref="kpischool1", code="K-A09", title="Meals", reported_by=ReportedBy.SCHOOLS, unit="%")
SLOT = (MEALS.ref, HAZEL.ref, half_term(2026, 1).code)


def furnish(store):
    put(store, OWN, OTHER, STEP, MEALS)
    made = make_link(store, by=LEADER, now=NOW, person=MEMBER.ref, actions=[OWN.ref, OTHER.ref], values=[SLOT])
    return store, made


@pytest.fixture
def plan(store):
    return furnish(store)


@pytest.fixture
def small(sqlite_ground):
    return furnish(sqlite_ground.store("small trust"))


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def send(opened, actions=None, figures=None, *, nonce="page1", change=None, now=NOW):
    store, made = opened
    once = once_of(nonce, picture(store).change if change is None else change)
    return answer_by_link(store, made.token, now, Sent(once, actions or {}, figures or {}))


def words_on(store, action=OWN.ref):
    return [(u.words, u.status, u.answer, u.unchecked) for u in picture(store).updates.get(action, ())]


def via_of(store):
    import sqlalchemy as sa

    with store.reading() as conn:
        return conn.execute(sa.text("SELECT via, deed FROM change ORDER BY id DESC LIMIT 1")).first()


def test_words_and_status_apply_at_once_marked_as_not_checked(plan):
    done = send(plan, {OWN.ref: SentAction(choice="stuck", words="No keys yet.", help_wanted="Keys")})
    assert words_on(plan[0]) == [("No keys yet.", "blocked", None, True)]
    assert picture(plan[0]).actions[OWN.ref].status is Status.BLOCKED
    assert done.told[0].recorded == ("Stuck", "No keys yet.", "What would help: Keys")


def test_the_ledger_says_that_it_came_by_link_and_from_whom(plan):
    send(plan, {OWN.ref: SentAction(choice="on track")})
    assert tuple(via_of(plan[0])) == ("link", "answer by link")
    assert picture(plan[0]).updates[OWN.ref][0].by == MEMBER.ref


def test_several_actions_sent_at_once_are_one_change(plan):
    before = picture(plan[0]).change
    send(plan, {OWN.ref: SentAction(choice="on track"), OTHER.ref: SentAction(choice="nothing new")})
    assert picture(plan[0]).change == before + 1
    assert words_on(plan[0], OTHER.ref) == [("Nothing new.", None, Answer.NOTHING_NEW, True)]


def test_done_waits_for_a_leader_and_its_words_do_not(plan):
    done = send(plan, {OWN.ref: SentAction(choice="done", outcome="Thirty came.", words="We did it.")})
    assert picture(plan[0]).actions[OWN.ref].status is None
    assert words_on(plan[0]) == [("We did it.", None, None, True)]
    (waits,) = proposals.waiting(plan[0])
    assert (waits.kind, waits.about, waits.data["status"]) == (Kind.UPDATE, OWN.ref, "done")
    assert waits.data["outcome"] == "Thirty came."
    assert done.told[0].waits == ("that it is done",)


def test_a_new_date_waits_for_a_leader(plan):
    sent = SentAction(words="The hall is let.", new_due="2027-02-12", moved_for=MoveReason.OTHERS)
    send(plan, {OWN.ref: sent})
    assert picture(plan[0]).actions[OWN.ref].due_on == OWN.due_on
    (waits,) = proposals.waiting(plan[0])
    assert (waits.data["new_due_on"], waits.data["moved_for"]) == ("2027-02-12", MoveReason.OTHERS)


def test_a_figure_waits_for_a_leader(plan):
    done = send(plan, figures={key_of(SLOT): SentFigure(numerator="48", denominator="200")})
    assert picture(plan[0]).series(MEALS.ref) == ()
    (waits,) = proposals.waiting(plan[0])
    assert (waits.kind, waits.data["number"], waits.data["numerator"]) == (Kind.VALUE, 24.0, 48)
    assert done.told[0].waits == ("24 (48 of 200)",)


def test_a_milestone_is_ticked_at_once(small):
    send(small, {OWN.ref: SentAction(ticked=(STEP.ref,))})
    assert picture(small[0]).milestones[OWN.ref][0].done_on == TODAY


@pytest.mark.parametrize("written", ["2027-02-12", "12/2/2027", "12 Feb 2027", "Fri 12 February 2027"])
def test_a_day_is_read_as_people_write_it(small, written):
    send(small, {OWN.ref: SentAction(new_due=written, moved_for=MoveReason.PEOPLE)})
    assert proposals.waiting(small[0])[0].data["new_due_on"] == "2027-02-12"


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (SentAction(words="x" * 5_001), "5,001 characters"),
        (SentAction(choice="hacked"), "one of the five"),
        (SentAction(choice="done"), "Say what changed"),
        (SentAction(new_due="soon", moved_for=MoveReason.PEOPLE), "“soon” is no day"),
        (SentAction(new_due="2026-11-01", moved_for=MoveReason.PEOPLE), "is past"),
        (SentAction(new_due="2027-02-12"), "why the date moves"),
        (SentAction(ticked=("mile999999",)), "no milestone of this action"),
        (SentAction(evidence="javascript:alert(1)"), "https://"),
    ],
)
def test_one_wrong_card_keeps_nothing_of_the_whole_page_and_says_which(small, sent, why):
    before = picture(small[0]).change
    done = send(small, {OWN.ref: sent, OTHER.ref: SentAction(choice="on track")})
    assert why in done.problems[OWN.ref]
    assert list(done.problems) == [OWN.ref]
    assert (picture(small[0]).change, proposals.waiting(small[0])) == (before, [])


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (SentFigure(number="lots"), "is no number"),
        (SentFigure(number="<5"), "is no number"),
        (SentFigure(numerator="4.5", denominator="9"), "is no count"),
        (SentFigure(numerator="300", denominator="200"), "Nothing was saved"),
        (SentFigure(number="140"), "Nothing was saved"),
    ],
)
def test_a_wrong_figure_is_said_beside_it(small, sent, why):
    done = send(small, figures={key_of(SLOT): sent})
    assert why in done.problems[key_of(SLOT)]
    assert proposals.waiting(small[0]) == []


def test_a_row_of_somebody_else_changes_nothing_and_shows_nothing(small):
    done = send(small, {"action0001": SentAction(choice="stuck", words="Mine.")})
    assert done.problems == {"": "One of these actions is not on this link any more. Load the page again."}
    assert words_on(small[0], "action0001") == [("Menu agreed.", Status.ON_TRACK, None, False)]


def test_a_value_of_another_school_changes_nothing(small):
    done = send(small, figures={"kpischool1_placeagnes_202627-HT1": SentFigure(number="24")})
    assert "not on this link" in done.problems[""]


def test_an_empty_form_is_told_so(small):
    assert "Nothing was said yet" in send(small).problems[""]


def test_the_same_page_sent_twice_is_kept_once(plan):
    sent = {OWN.ref: SentAction(choice="done", outcome="Thirty came.")}
    change = picture(plan[0]).change
    first = send(plan, sent, {key_of(SLOT): SentFigure(number="24")}, change=change)
    again = send(plan, sent, {key_of(SLOT): SentFigure(number="24")}, change=change)
    assert again == first
    assert (len(words_on(plan[0])), len(proposals.waiting(plan[0]))) == (1, 2)


def test_the_same_page_sent_again_after_a_leader_agreed_proposes_nothing_anew(small):
    store, _ = small
    sent = {key_of(SLOT): SentFigure(number="24", note="Counted twice")}
    change = picture(store).change
    send(small, figures=sent, change=change)
    accept(store, by=LEADER, now=NOW, proposal=proposals.waiting(store)[0].ref)
    send(small, figures=sent, change=change)
    assert proposals.waiting(store) == []


def test_a_second_proposal_about_the_same_thing_takes_the_place_of_the_first(small):
    send(small, {OWN.ref: SentAction(new_due="2027-02-12", moved_for=MoveReason.PEOPLE)}, nonce="one")
    send(small, {OWN.ref: SentAction(new_due="2027-03-12", moved_for=MoveReason.PEOPLE)}, nonce="two")
    assert [p.data["new_due_on"] for p in proposals.waiting(small[0])] == ["2027-03-12"]


def test_whoever_comes_second_is_told_what_was_written_while_the_page_was_open(small):
    store, _ = small
    opened_at = picture(store).change
    say(store, by=LEADER, now=NOW, action=OWN.ref, said=Said(words="I rang."), seen=seen_of(picture(store), OWN.ref))
    told = send(small, {OWN.ref: SentAction(words="No keys.")}, change=opened_at)
    assert "Priya Leader wrote: “I rang.”" in told.problems[OWN.ref]
    send(small, {OWN.ref: SentAction(words="No keys.")})
    assert [words for words, *_ in words_on(store)] == ["I rang.", "No keys."]


def test_that_a_leader_looked_at_a_word_is_nothing_to_be_told_of(small):
    store, _ = small
    send(small, {OWN.ref: SentAction(words="No keys.")}, nonce="one")
    opened_at = picture(store).change
    check_update(store, by=LEADER, now=NOW, updates=[picture(store).updates[OWN.ref][0].ref])
    assert not send(small, {OWN.ref: SentAction(words="Still none.")}, change=opened_at, nonce="two").problems


def test_a_word_on_one_action_is_no_matter_for_another(small):
    store, _ = small
    opened_at = picture(store).change
    say(store, by=LEADER, now=NOW, action=OWN.ref, said=Said(words="I rang."), seen=seen_of(picture(store), OWN.ref))
    assert not send(small, {OTHER.ref: SentAction(words="No keys.")}, change=opened_at).problems


def test_a_correction_by_link_asks_why(small):
    put(small[0], a_value(22.0, ref="valuemeals", kpi=MEALS.ref, place=HAZEL.ref))
    assert "Say why" in send(small, figures={key_of(SLOT): SentFigure(number="24")}).problems[key_of(SLOT)]
    assert not send(small, figures={key_of(SLOT): SentFigure(number="24", note="Recounted")}).problems


@pytest.mark.parametrize("ended", ["expired", "revoked", "left"])
def test_a_link_that_opens_nothing_keeps_nothing(small, ended):
    store, made = small
    now = NOW + timedelta(days=20) if ended == "expired" else NOW
    if ended == "revoked":
        revoke_link(store, by=LEADER, now=NOW, link=made.ref)
    if ended == "left":
        put(store, replace(MEMBER, left_on=TODAY - timedelta(days=1), version=1))
    with pytest.raises(LinkRefused):
        send(small, {OWN.ref: SentAction(choice="on track")}, now=now)
    assert words_on(store) == []


def test_emoji_and_right_to_left_words_are_kept_as_they_were_typed(plan):
    words = "نحتاج مفتاحا \N{PARTY POPPER} \N{WAVING HAND SIGN}"
    send(plan, {OWN.ref: SentAction(words=words)})
    assert words_on(plan[0])[0][0] == words


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "a.-1", "." * 80, "n.\N{SUPERSCRIPT TWO}", f"n.{'9' * 40}"])
def test_a_forged_mark_of_the_page_counts_as_one_of_long_ago(forged):
    assert read_once(forged)[1] == 0


def test_the_mark_of_a_page_reads_back():
    assert read_once(once_of("abc.d", 213)) == ("abc.d", 213)
