"""My actions: whose they are, several at once in a table that enforces nothing, and proposing a new one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.deeds import proposing, updating
from framework.people import Role
from framework.plans import MoveReason, Status
from framework.plans.going import Going
from framework.plans.saying import Said
from framework.store import drafts, proposals
from pages import ui, ui_my_table, ui_update
from tests.conftest import LEADER, MEMBER, NOW, OBJECTIVE, TODAY, an_action, an_update, put
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
CLUB, FAIR = "actionclub", "actionfair"
HOW, WHAT, DATE, WHY = ui_my_table.OPEN
SEVERAL = {"my_view": "Several at once"}


@pytest.fixture
def member(small_app: View) -> Callable[[], Any]:
    """Opens a window of Denise's, who has two actions; the leader has A-14."""
    small_app(Role.MEMBER)
    put(
        ui.store(),
        an_action(ref=CLUB, code="A-20", title="Breakfast club", owner=MEMBER.ref),
        an_action(ref=FAIR, code="A-21", title="Careers fair", owner=MEMBER.ref, due_on=date(2027, 3, 5)),
        an_update(ref="updatefair", action=FAIR, on=TODAY, words="Eight firms said yes."),
    )
    return lambda: small_app(Role.MEMBER)


def titles(app: Any) -> list[str]:
    found = [e.proto.body for e in app.get("html") if '"cd-card-title"' in e.proto.body]
    return [body.split(">")[1].split("<")[0] for body in found]


def words_on(action: str) -> list[str]:
    return [u.words for u in ui_update.plan().updates.get(action, ())]


# Whose they are


def test_a_person_sees_their_own_actions_whatever_their_visibility_and_no_other(member: Callable[[], Any]) -> None:
    app = opened(member(), "my.py")
    assert titles(app) == ["Breakfast club", "Careers fair"]
    assert "Breakfast club at Hazel Grange" not in said(app)
    assert "1 of your 2 open actions needs a word." in said(app)


def test_a_leader_sees_their_own(small_app: View) -> None:
    assert titles(opened(small_app(Role.LEADER), "my.py")) == ["Breakfast club at Hazel Grange"]


def test_a_card_says_the_date_the_last_word_and_whose_it_is(member: Callable[[], Any]) -> None:
    words = said(opened(member(), "my.py"))
    assert "10 school days late A-20 · Was due Fri 23 Oct 2026" in words
    assert "“Eight firms said yes.” Priya Leader, Fri 13 Nov 2026 · On track" in words


def test_what_was_finished_this_term_is_listed_without_a_form(member: Callable[[], Any]) -> None:
    app = member()
    plan = ui_update.plan()
    said_of = Said(words="Twelve came.", status=Status.DONE)
    updating.say(ui.store(), by=MEMBER, now=NOW, action=CLUB, said=said_of, seen=updating.seen_of(plan, CLUB))
    opened(app, "my.py")
    assert titles(app) == ["Careers fair"]
    assert "Finished this term Breakfast club (A-20) Done, Fri 13 Nov 2026 · Twelve came." in said(app)


def test_who_has_no_action_learns_what_the_page_is_for(small_app: View) -> None:
    app = opened(small_app(Role.FACILITATOR), "my.py")
    assert "Here will be every action that you or your organisation does." in said(app)
    assert links(app, "propose") == [{}]


def test_a_leader_of_an_empty_plan_is_led_to_loading_one(empty_app: View) -> None:
    assert links(opened(empty_app(Role.LEADER), "my.py"), "data") == [{}]


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.ADMINISTRATOR, None])
def test_the_page_is_not_open_to_who_updates_nothing(small_app: View, role: Role | None) -> None:
    assert "This page is not open to you" in said(opened(small_app(role), "my.py"))


def test_a_leader_opens_any_action_by_its_address(small_app: View) -> None:
    app = small_app(Role.LEADER)
    put(ui.store(), an_action(ref=CLUB, code="A-20", title="Breakfast club", owner=MEMBER.ref))
    assert titles(opened(app, "my.py", ref=CLUB)) == ["Breakfast club"]


@pytest.mark.parametrize("ref", ["action0001", "nothing"])
def test_someone_elses_action_answers_as_one_that_is_not_there(member: Callable[[], Any], ref: str) -> None:
    app = opened(member(), "my.py", ref=ref)
    assert titles(app) == []
    assert "There is no such action of yours here" in said(app)
    assert "Breakfast club at Hazel Grange" not in said(app)


def test_a_card_stays_where_it_was_when_its_word_is_saved(member: Callable[[], Any]) -> None:
    app = opened(member(), "my.py")
    app.get("button_group")[1].set_value(Going.ON_TRACK).run()
    press_first(app, "Save")
    assert "Needs a word Breakfast club" in said(app)
    assert "Needs a word" not in said(opened(member(), "my.py"))


def press_first(app: Any, label: str) -> None:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, app.exception


# Several at once


def table(app: Any) -> Any:
    return opened(app, "my.py", **SEVERAL)


def send(app: Any, **state: Any) -> Any:
    """What the browser's editor sends; a forger sends what they like."""
    drawn = app.session_state[ui_my_table._TABLE]
    app.session_state[drawn.key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
    app.run()
    assert not app.exception, app.exception
    return app


def frame(app: Any) -> Any:
    return app.session_state[ui_my_table._TABLE].frame


def kept() -> set[str]:
    return set(drafts.drafts_of(ui.store(), MEMBER.ref))


def test_several_words_are_saved_as_one_change(member: Callable[[], Any]) -> None:
    app = table(member())
    change = ui.picture().change
    edits = {0: {HOW: "Stuck", WHAT: "The cook is ill."}, 1: {WHAT: "Ten firms."}}
    send(app, edited_rows=edits)
    assert "2 unsaved changes, kept as you type." in said(app)
    press(app, "Save all")
    assert ui.picture().change == change + 1
    assert (words_on(CLUB), words_on(FAIR)) == (["The cook is ill."], ["Eight firms said yes.", "Ten firms."])
    assert ui_update.plan().actions[CLUB].status is Status.BLOCKED
    assert [s.value.replace("\\", "") for s in app.success] == [ui_update.thanks("2 actions")]
    assert kept() == set()


def test_a_new_date_is_said_with_its_reason(member: Callable[[], Any]) -> None:
    app = table(member())
    reason = str(MoveReason.OTHERS).capitalize()
    press(send(app, edited_rows={0: {DATE: "2026-12-04", WHY: reason}}), "Save all")
    assert ui_update.plan().actions[CLUB].due_on == date(2026, 12, 4)


def test_a_refusal_names_the_action_and_saves_none(member: Callable[[], Any]) -> None:
    app = table(member())
    send(app, edited_rows={0: {DATE: "2026-12-04"}, 1: {WHAT: "Ten firms."}})
    press(app, "Save all")
    assert "A-20: Say why the date moves" in " ".join(e.value.replace("\\", "") for e in app.error)
    assert words_on(FAIR) == ["Eight firms said yes."]
    assert kept() == {CLUB, FAIR}


def test_what_is_typed_into_the_table_is_in_the_card_and_the_other_way_round(member: Callable[[], Any]) -> None:
    app = table(member())
    send(app, edited_rows={0: {HOW: "At risk", WHAT: "Half a sen"}})
    app.get("button_group")[0].set_value("One at a time").run()
    assert app.get("button_group")[1].value is Going.AT_RISK
    words = [w for w in app.text_area if w.label == WHAT]
    assert [w.value for w in words] == ["Half a sen", ""]
    words[0].set_value("A sentence.").run()
    app.get("button_group")[0].set_value("Several at once").run()
    assert not app.exception
    assert frame(app).loc[CLUB, WHAT] == "A sentence."


def test_a_cell_that_is_emptied_again_leaves_nothing_to_save(member: Callable[[], Any]) -> None:
    app = send(table(member()), edited_rows={0: {WHAT: "Half a sen"}})
    assert kept() == {CLUB}
    send(app, edited_rows={0: {WHAT: None}})
    assert kept() == set()
    assert field(app, "button", "Save all").disabled


def test_a_row_that_someone_wrote_on_meanwhile_is_shown_before_it_is_saved(member: Callable[[], Any]) -> None:
    app = send(table(member()), edited_rows={0: {WHAT: "Twelve came."}, 1: {WHAT: "Ten firms."}})
    seen = updating.seen_of(ui_update.plan(), CLUB)
    updating.say(ui.store(), by=LEADER, now=NOW, action=CLUB, said=Said(words="The cook is ill."), seen=seen)
    press(app, "Save all")
    assert "Written on A-20 meanwhile “The cook is ill.”" in said(app)
    assert words_on(FAIR) == ["Eight firms said yes."]
    press(app, "Save all, mine as well")
    assert set(words_on(CLUB)) == {"The cook is ill.", "Twelve came."}


def test_rows_that_move_under_an_edit_do_not_move_it(member: Callable[[], Any]) -> None:
    app = table(member())
    put(ui.store(), an_action(ref="actionsoon", code="A-00", title="First", owner=MEMBER.ref, due_on=date(2026, 9, 4)))
    press(send(app, edited_rows={0: {WHAT: "For the club."}}), "Save all")
    assert (words_on(CLUB), words_on("actionsoon")) == (["For the club."], [])


FORGED = {
    "a locked column": {"edited_rows": {0: {"Action": "Mine now", "Code": "A-99", "Due": "2030-01-01"}}},
    "a column that is not there": {"edited_rows": {0: {"owner": LEADER.ref}}},
    "the index": {"edited_rows": {0: {"_index": "action0001"}}},
    "a row below the last": {"edited_rows": {2: {WHAT: "Forged."}}},
    "a row from the end": {"edited_rows": {-1: {WHAT: "Forged."}}},
    "an added row": {"added_rows": [{"Action": "Forged", WHAT: "Forged."}]},
    "a row taken away": {"deleted_rows": [0]},
    "a row taken away that is not there": {"deleted_rows": [99]},
    "a number for words": {"edited_rows": {0: {WHAT: 5}}},
    "a list for words": {"edited_rows": {0: {WHAT: ["a", "b"]}}},
    "a status that was not offered": {"edited_rows": {0: {HOW: "Not started"}}},
    "a list for a status": {"edited_rows": {0: {HOW: ["Done"]}}},
    "no date": {"edited_rows": {0: {DATE: "next year"}}},
    "a table for a date": {"edited_rows": {0: {DATE: {"year": 2030}}}},
    "a row that is no row": {"edited_rows": {0: ["Forged."]}},
}


def test_what_a_forged_browser_sends_changes_nothing_and_raises_nothing(member: Callable[[], Any]) -> None:
    app = table(member())
    change = ui.picture().change
    for name, forged in FORGED.items():
        send(app, **forged)
        assert field(app, "button", "Save all").disabled, name
        assert (ui.picture().change, kept()) == (change, set()), name


def test_beside_a_forged_cell_the_honest_one_is_saved_alone(member: Callable[[], Any]) -> None:
    app = send(table(member()), edited_rows={0: {"Action": "Mine now"}, 1: {"Due": "2030-01-01", WHAT: "Ten firms."}})
    press(app, "Save all")
    plan = ui_update.plan()
    assert words_on(FAIR)[-1] == "Ten firms."
    assert (plan.actions[CLUB].title, plan.actions[FAIR].due_on) == ("Breakfast club", date(2027, 3, 5))


# Proposing


def propose(app: Any, **facts: Any) -> Any:
    opened(app, "propose.py")
    field(app, "text_input", "What is to be done").set_value(facts.get("title", "Homework club"))
    field(app, "selectbox", "Which objective it serves").set_value(facts.get("objective", OBJECTIVE.ref))
    if "due" in facts:
        field(app, "date_input", "By when").set_value(facts["due"])
    return press(app, "Send it to the trust\N{RIGHT SINGLE QUOTATION MARK}s leaders")


def test_a_proposal_waits_and_is_in_no_list_of_actions(member: Callable[[], Any]) -> None:
    app = propose(member(), due=date(2027, 1, 15))
    (sent,) = proposals.of_person(ui.store(), MEMBER.ref)
    assert (sent.data["title"], sent.data["owner"], sent.data["due_on"]) == ("Homework club", MEMBER.ref, "2027-01-15")
    assert "Homework club 13 Nov 2026 It waits for a trust leader." in said(app)
    assert all(a.title != "Homework club" for a in ui_update.plan().actions.values())
    assert field(app, "text_input", "What is to be done").value == ""


def test_a_refused_proposal_keeps_what_was_typed(member: Callable[[], Any]) -> None:
    app = propose(member(), objective=None)
    assert "A proposal needs what is to be done" in " ".join(e.value for e in app.error)
    assert field(app, "text_input", "What is to be done").value == "Homework club"
    assert proposals.of_person(ui.store(), MEMBER.ref) == []


@pytest.mark.parametrize("agreed", [True, False])
def test_the_proposer_sees_what_came_of_it(member: Callable[[], Any], agreed: bool) -> None:
    app = propose(member(), due=date(2027, 1, 15))
    (sent,) = proposals.of_person(ui.store(), MEMBER.ref)
    if agreed:
        proposing.accept(ui.store(), by=LEADER, now=NOW, proposal=sent.ref, words="Start small.")
    else:
        proposing.decline(ui.store(), by=LEADER, now=NOW, proposal=sent.ref, words="No room this year.")
    told = {True: "agreed: it is an action now: “Start small.”", False: "said no: “No room this year.”"}[agreed]
    assert f"Priya Leader {told}" in said(opened(app, "propose.py"))
    assert ("Homework club" in titles(opened(member(), "my.py"))) is agreed


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.ADMINISTRATOR, None])
def test_who_may_propose_nothing_is_told_so(small_app: View, role: Role | None) -> None:
    assert "This page is not open to you" in said(opened(small_app(role), "propose.py"))


def test_without_a_framework_there_is_nothing_to_propose_for(empty_app: View) -> None:
    assert "There is no framework yet" in said(opened(empty_app(Role.MEMBER), "propose.py"))
