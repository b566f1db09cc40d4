"""Saying how an action goes: what is asked, what is kept as it is typed, and two people at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.deeds import updating
from framework.people import Role
from framework.plans import Answer, Milestone, MoveReason, Status, Update
from framework.plans.going import Going
from framework.plans.saying import Said
from framework.store import drafts
from pages import ui, ui_update
from tests.conftest import LEADER, MEMBER, an_action, an_update, put
from tests.pages.reading import field, opened, press, said

View = Callable[[Role | None], Any]
CLUB = "actionclub"
ACTION = an_action(ref=CLUB, code="A-20", title="Breakfast club", owner=MEMBER.ref, kpis=("kpi0000001",))
WORDS = "What happened?"


@pytest.fixture
def visit(small_app: View) -> Callable[[], Any]:
    """Opens Denise's own page in a window of its own; she has one action."""
    small_app(Role.MEMBER)
    put(ui.store(), ACTION, an_update(ref="updateclub", action=CLUB, words="Menu agreed."))
    return lambda: opened(small_app(Role.MEMBER), "my.py")


def how(app: Any) -> Any:
    return next(group for group in app.get("button_group") if group.label == ui_update.HOW)


def choose(app: Any, going: Going) -> Any:
    how(app).set_value(going).run()
    assert not app.exception, app.exception
    return app


def write(app: Any, words: str, label: str = WORDS) -> Any:
    field(app, "text_area", label).set_value(words).run()
    assert not app.exception, app.exception
    return app


def words_on(action: str = CLUB) -> list[Update]:
    return [u for u in ui_update.plan().updates[action] if u.ref != "updateclub"]


def draft() -> Any:
    return drafts.drafts_of(ui.store(), MEMBER.ref).get(CLUB, (None, None))[0]


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.error)


def test_a_tap_and_a_sentence_are_saved_and_seen(visit: Callable[[], Any]) -> None:
    app = press(write(choose(visit(), Going.ON_TRACK), "Twelve came."), "Save")
    (word,) = words_on()
    assert (word.words, word.status, word.by) == ("Twelve came.", Status.ON_TRACK, MEMBER.ref)
    assert "“Twelve came.” You, Fri 13 Nov 2026 · On track" in said(app)
    assert [s.value.replace("\\", "") for s in app.success] == [ui_update.thanks("On track")]


def test_after_saving_the_form_makes_way_until_there_is_more_to_say(visit: Callable[[], Any]) -> None:
    app = press(choose(visit(), Going.NOTHING_NEW), "Save")
    assert words_on()[0].answer is Answer.NOTHING_NEW
    assert not list(app.get("button_group")[1:])
    press(app, "Say more")
    assert how(app).value is None
    assert field(app, "text_area", WORDS).value == ""


def test_nothing_said_is_refused_in_words(visit: Callable[[], Any]) -> None:
    app = press(visit(), "Save")
    assert "Nothing was said." in errors(app)
    assert words_on() == []


def test_stuck_asks_what_would_help(visit: Callable[[], Any]) -> None:
    app = visit()
    more = [w.label for w in app.text_area]
    app = choose(app, Going.STUCK)
    labels = [w.label for w in app.text_area]
    assert (labels.index("What would help?"), more.index("What would help?")) == (1, 3)
    press(write(app, "A second pair of hands.", "What would help?"), "Save")
    assert (words_on()[0].status, words_on()[0].help_wanted) == (Status.BLOCKED, "A second pair of hands.")


def test_done_asks_what_changed_and_where_beside_what_was_expected(visit: Callable[[], Any]) -> None:
    app = choose(visit(), Going.DONE)
    assert "Persistent absence Nobody said by how much it should move" in said(app)
    write(app, "Lateness halved.", "What changed?")
    field(app, "text_input", "Where can it be seen?").set_value("https://example.org/club").run()
    press(app, "Save")
    plan = ui_update.plan()
    assert (plan.actions[CLUB].status, plan.actions[CLUB].outcome) == (Status.DONE, "Lateness halved.")
    assert [e.link for e in plan.evidence[CLUB]] == ["https://example.org/club"]


def test_done_without_a_sentence_is_refused_and_keeps_what_was_typed(visit: Callable[[], Any]) -> None:
    app = choose(visit(), Going.DONE)
    field(app, "text_input", "Where can it be seen?").set_value("https://example.org/club").run()
    press(app, "Save")
    assert "Say what changed" in errors(app)
    assert how(app).value is Going.DONE
    assert field(app, "text_input", "Where can it be seen?").value == "https://example.org/club"


def test_what_was_typed_for_one_answer_comes_back_with_it(visit: Callable[[], Any]) -> None:
    app = write(choose(visit(), Going.DONE), "Lateness halved.", "What changed?")
    app = choose(choose(app, Going.ON_TRACK), Going.DONE)
    assert field(app, "text_area", "What changed?").value == "Lateness halved."


def test_a_new_date_asks_why_and_is_kept_with_its_reason(visit: Callable[[], Any]) -> None:
    app = visit()
    field(app, "date_input", "New date").set_value(date(2026, 12, 4)).run()
    press(app, "Save")
    assert "Say why the date moves" in errors(app)
    field(app, "selectbox", "Why does it move?").set_value(MoveReason.CHECKS).run()
    press(app, "Save")
    (word,) = words_on()
    assert (word.new_due_on, word.moved_for) == (date(2026, 12, 4), MoveReason.CHECKS)
    assert ui_update.plan().actions[CLUB].due_on == date(2026, 12, 4)


def test_a_milestone_is_ticked_and_how_far_it_is(visit: Callable[[], Any]) -> None:
    put(ui.store(), Milestone("stepclub01", CLUB, "First breakfast", date(2026, 11, 20)))
    app = visit()
    field(
        app, "checkbox", "First breakfast (Fri\N{NO-BREAK SPACE}20\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026)"
    ).check().run()
    field(app, "number_input", "How far is it, in %?").set_value(0.0).run()
    press(app, "Save")
    assert [m.done_on for m in ui_update.plan().milestones[CLUB]] == [date(2026, 11, 13)]
    assert words_on()[0].percent_done == 0


@pytest.mark.parametrize("words", ["🎉 зроблено", "\u202bتم\u202c", "<b>& [x](http://evil)"])
def test_any_script_is_kept_and_shown_as_it_was_typed(visit: Callable[[], Any], words: str) -> None:
    app = press(write(visit(), words), "Save")
    assert words_on()[0].words == words
    assert f"“{words}”" in said(app).replace("&lt;", "<")


def test_a_paste_that_is_too_long_is_refused_with_its_length_and_not_lost(visit: Callable[[], Any]) -> None:
    app = press(write(visit(), "x" * 5_001), "Save")
    assert "5,001 characters" in errors(app)
    assert field(app, "text_area", WORDS).value == "x" * 5_001
    assert draft()["typed"]["words"] == "x" * 5_001


def test_what_cannot_even_be_kept_is_said_while_it_is_typed(visit: Callable[[], Any]) -> None:
    app = write(visit(), "x" * 41_000)
    assert "too long to be kept" in " ".join(w.value for w in app.warning)
    assert field(app, "text_area", WORDS).value == "x" * 41_000


# Drafts


def test_what_is_typed_is_there_after_a_reload_and_says_since_when(visit: Callable[[], Any]) -> None:
    app = write(choose(visit(), Going.STUCK), "Half a sen")
    assert "Kept from" not in said(app)
    again = visit()
    assert "Kept from Fri 13 Nov 2026, not saved yet." in said(again)
    assert how(again).value is Going.STUCK
    assert field(again, "text_area", WORDS).value == "Half a sen"


def test_what_is_typed_is_there_after_another_page(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Half a sen")
    opened(app, "overview.py")
    opened(app, "my.py")
    assert "Kept from Fri 13 Nov 2026" in said(app)
    assert field(app, "text_area", WORDS).value == "Half a sen"


def test_what_was_kept_elsewhere_meanwhile_is_shown_on_coming_back(visit: Callable[[], Any]) -> None:
    app = write(visit(), "At the desk")
    opened(app, "overview.py")
    write(visit(), "On the phone")
    opened(app, "my.py")
    assert field(app, "text_area", WORDS).value == "On the phone"


def test_a_draft_can_be_let_go(visit: Callable[[], Any]) -> None:
    write(visit(), "Half a sen")
    app = press(visit(), "Let it go")
    assert draft() is None
    assert field(app, "text_area", WORDS).value == ""
    assert "Kept from" not in said(app)


def test_a_draft_is_gone_once_it_is_saved_or_emptied(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Half a sen")
    write(app, "")
    assert draft() is None
    press(write(app, "A sentence."), "Save")
    assert draft() is None


def test_a_draft_of_the_hidden_part_opens_it(visit: Callable[[], Any]) -> None:
    write(visit(), "Tables.", "What is next?")
    assert visit().expander[0].proto.expanded


# Two people at once


def somebody_writes(words: str = "The cook is ill.") -> None:
    plan = ui_update.plan()
    now, seen = ui.now(), updating.seen_of(plan, CLUB)
    updating.say(ui.store(), by=LEADER, now=now, action=CLUB, said=Said(words=words, status=Status.AT_RISK), seen=seen)


def test_the_second_sees_what_the_first_wrote_and_both_are_kept(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Twelve came.")
    somebody_writes()
    press(app, "Save")
    assert "Written meanwhile “The cook is ill.” Priya Leader, Fri 13 Nov 2026 · At risk" in said(app)
    assert [u.words for u in words_on()] == ["The cook is ill."]
    assert field(app, "text_area", WORDS).value == "Twelve came."
    press(app, "Save mine as well")
    assert {u.words for u in words_on()} == {"The cook is ill.", "Twelve came."}
    assert draft() is None


def test_the_second_may_leave_it_as_it_is(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Twelve came.")
    somebody_writes()
    press(app, "Save")
    press(app, "Leave it as it is")
    assert [u.words for u in words_on()] == ["The cook is ill."]
    assert draft() is None
    assert field(app, "text_area", WORDS).value == ""


def test_a_third_word_that_came_while_the_second_was_read_is_shown_too(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Twelve came.")
    somebody_writes()
    press(app, "Save")
    somebody_writes("The cook is back.")
    press(app, "Save mine as well")
    assert "Twelve came." not in {u.words for u in words_on()}
    assert "The cook is back." in said(app)
    press(app, "Save mine as well")
    assert "Twelve came." in {u.words for u in words_on()}


def test_a_draft_knows_what_was_written_since_it_was_begun(visit: Callable[[], Any]) -> None:
    write(visit(), "Twelve came.")
    somebody_writes()
    app = visit()
    assert "Written meanwhile “The cook is ill.”" in said(app)
    assert [b.label for b in app.button if b.label == "Save"] == []


def test_an_action_that_changed_without_a_word_says_how_it_is_now(visit: Callable[[], Any]) -> None:
    app = write(visit(), "Twelve came.")
    action = ui_update.plan().actions[CLUB]
    put(ui.store(), an_action(**{**vars(action), "title": "Breakfast for all"}))
    press(app, "Save")
    assert "The action was changed. It is now: Breakfast for all" in said(app)


def test_who_has_typed_nothing_is_asked_nothing(visit: Callable[[], Any]) -> None:
    app = visit()
    somebody_writes()
    app.run()
    assert "Written meanwhile" not in said(app)
    press(choose(app, Going.ON_TRACK), "Save")
    assert len(words_on()) == 2
