"""One action: the three words apart, its dates, its KPIs, what came of it, its past, and who sees and does what."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.deeds import evidencing, planning
from framework.people import Role
from framework.plans import Action, Answer, Confidence, Evidence, MoveReason, Status, Visibility
from pages import ui, ui_here
from tests.conftest import MEMBER, an_action, an_update, put
from tests.pages import reading
from tests.pages.bringing import offered
from tests.pages.reading import field, press

View = Callable[[Role | None], Any]


def opened(app: Any, ref: str) -> Any:
    return reading.opened(app, "action.py", ref=ref)


def bodies(app: Any) -> str:
    found = [e.proto.body for e in app.get("html")]
    return " ".join(b for b in found if "<style" not in b and "cd-viewers" not in b)


def said(app: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bodies(app))).split())


def by_code(code: str) -> Action:
    picture = ui.picture()
    return next(a for a in picture.actions_of(picture.edition.ref) if a.code == code)


@pytest.fixture
def breakfast(viewed_as: View) -> Any:
    app = viewed_as(Role.LEADER)
    return opened(app, by_code("A-05").ref)


def test_the_three_words_stand_apart_each_under_its_own_name(breakfast: Any) -> None:
    words = said(breakfast)
    assert re.search(r"The owner says At risk since 20 Mar 2026, last said on 5 Nov 2026", words)
    assert "Signals 24 school days late · moved twice" in words
    assert "The leader's confidence Medium confidence The kitchen is ready; the cook is not yet ours. on Fri" in words


def test_every_move_of_the_date_has_its_reason(breakfast: Any) -> None:
    words = said(breakfast)
    assert "Promised first for Fri 27 Mar 2026" in words
    assert "Due now Fri 2 Oct 2026 (24 school days late)" in words
    first = r"to Fri 17 Jul 2026, .*?: people were not free: staff change"
    second = r"to Fri 2 Oct 2026, .*?: we wait for someone else: waiting for partner"
    assert re.search(rf"Moved twice {first} {second}", words)


def test_each_kpi_it_should_move_has_its_mark_and_reason(breakfast: Any) -> None:
    picture = ui.picture()
    action = by_code("A-05")
    assert action.kpis
    for ref in action.kpis:
        assert ui.address("kpi", ref=ref) in html.unescape(bodies(breakfast))
        assert picture.kpis[ref].title in said(breakfast)
    assert bodies(breakfast).count("cd-mark") == len(action.kpis)


def test_each_tag_links_to_its_element(breakfast: Any) -> None:
    shown = html.unescape(bodies(breakfast))
    assert all(ui.address("element", ref=ref) in shown for ref in by_code("A-05").tags)


def test_every_update_is_shown_newest_first(breakfast: Any) -> None:
    updates = ui.picture().updates[by_code("A-05").ref]
    words = said(breakfast)
    places = [words.index(" ".join(u.words.split())) for u in updates]
    assert len(places) > 5
    assert places == sorted(places, reverse=True)


def test_where_it_comes_from_names_file_sheet_and_cell(breakfast: Any) -> None:
    words = said(breakfast)
    assert "File civic_duty_framework.xlsx Sheet Actions Row" in words
    assert re.search(r"code [A-Z]\d+ A-05", words)


def test_its_history_says_what_was_from_and_to_and_why(breakfast: Any) -> None:
    words = said(breakfast)
    assert "Written down for the first time" in words
    assert re.search(r"due: \d+ Mar 2026 \N{RIGHTWARDS ARROW} \d+ Jul 2026", words)
    assert words.index("Written down") > words.index("due: ")
    assert words.count("staff change") >= 3  # in the move, in the update and in the history


def test_the_link_to_share_holds_its_ref(breakfast: Any) -> None:
    assert breakfast.code[0].value.endswith(ui.address("action", ref=by_code("A-05").ref))


def test_every_action_opens_for_everyone_who_may_see_it(viewed_as: View) -> None:
    for role in (Role.LEADER, Role.MEMBER):
        app = viewed_as(role)
        for action in ui.picture().actions.values():
            assert action.title in said(opened(app, action.ref))


@pytest.mark.parametrize("ref", ["nothing123", "", "<script>", "' OR 1=1"])
def test_an_unknown_ref_gets_calm_words(viewed_as: View, ref: str) -> None:
    app = opened(viewed_as(Role.LEADER), ref)
    assert "There is no such action here" in said(app)


def test_unknown_and_hidden_answer_alike(viewed_as: View) -> None:
    viewed_as(Role.LEADER)
    everything = dict(ui.picture().actions)
    app = viewed_as(Role.MEMBER)
    hidden = next(
        a for ref, a in everything.items() if ref not in ui.picture().actions and a.owner != ui_here.person().ref
    )
    assert said(opened(app, hidden.ref)) == said(opened(app, "nothing123"))
    assert hidden.title not in said(app)


def test_in_an_empty_store_it_leads_back_to_the_list(empty_app: View) -> None:
    assert "All actions" in said(opened(empty_app(Role.LEADER), "nothing123"))


def test_a_stranger_is_not_shown_an_action(viewed_as: View) -> None:
    viewed_as(Role.LEADER)
    ref = by_code("A-05").ref
    app = viewed_as(None).run()
    app.query_params["ref"] = ref
    app.run()
    assert "Breakfast club" not in said(app)
    assert not app.exception


# What came of it


ACTION = an_action().ref
DONE = {"status": Status.DONE, "outcome": "Forty children eat before lessons.", "version": 1}


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.error)


def shown(small_app: View, *rows: Any, role: Role = Role.LEADER) -> Any:
    """The page of the small trust's action, once these rows are written."""
    app = small_app(role)
    if rows:
        put(ui.store(), *rows)
    return opened(app, ACTION)


def test_what_was_expected_stands_beside_what_is(breakfast: Any) -> None:
    words = said(breakfast)
    assert "Breakfast take-up: Expected 6 points higher by 25 Mar 2027; it is 9.2 points higher so far." in words
    assert "21.3 % in Summer 2, 2024/25, 30.5 % in Autumn 1, 2026/27" in words


def test_an_action_that_is_done_says_what_changed_and_that_only_its_owner_says_so(small_app: View) -> None:
    words = said(shown(small_app, an_action(**DONE)))
    assert "What came of it Forty children eat before lessons." in words
    assert "done on the owner\N{RIGHT SINGLE QUOTATION MARK}s word: nothing else shows it yet" in words


def test_evidence_is_listed_with_where_a_link_leads(small_app: View) -> None:
    one = Evidence("evidence01", ACTION, "The menu", date(2026, 9, 1), link="https://example.org/menu?a=1&b=2")
    app = shown(small_app, an_action(**DONE), one)
    assert "The menu example.org, opens in a new tab" in said(app)
    assert 'href="https://example.org/menu?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in bodies(app)
    assert "word: nothing else" not in said(app)


def test_an_address_that_would_run_is_shown_and_leads_nowhere(small_app: View) -> None:
    one = Evidence("evidence01", ACTION, "The menu", date(2026, 9, 1), link="javascript:alert(1)")
    app = shown(small_app, one)
    assert "The menu javascript:alert(1)" in said(app)
    assert 'href="javascript' not in bodies(app)


def test_a_file_is_offered_and_fetched_when_it_is_asked_for(small_app: View, monkeypatch: Any) -> None:
    app = small_app(Role.LEADER)
    given = {"action": ACTION, "title": "Register", "name": "register.txt", "content": b"Forty children."}
    ref = evidencing.add_evidence(ui.store(), by=ui_here.person(), now=ui.now(), **given)
    data = offered(monkeypatch)
    opened(app, ACTION)
    assert data[f"evidence_{ref}"]() == b"Forty children."


def test_a_link_is_added_and_a_wrong_one_is_refused_with_what_was_typed_kept(small_app: View) -> None:
    app = shown(small_app)
    field(app, "text_input", "What it shows").set_value("The menu")
    field(app, "text_input", "Link").set_value("example.org/menu")
    press(app, "Add this evidence")
    assert "is no address of the web" in errors(app)
    assert field(app, "text_input", "What it shows").value == "The menu"
    field(app, "text_input", "Link").set_value("https://example.org/menu")
    press(app, "Add this evidence")
    assert [(e.title, e.link) for e in ui.picture().evidence[ACTION]] == [("The menu", "https://example.org/menu")]


def test_a_file_is_added(small_app: View) -> None:
    app = shown(small_app)
    field(app, "text_input", "What it shows").set_value("Register")
    app.file_uploader[0].set_value(("register.txt", b"Forty children.", "text/plain"))
    press(app, "Add this evidence")
    assert ui.picture().evidence[ACTION][0].file == "register.txt"


def test_evidence_is_taken_away_with_why(small_app: View) -> None:
    app = shown(small_app, Evidence("evidence01", ACTION, "The menu", date(2026, 9, 1), link="https://example.org"))
    press(app, "Take it away")
    assert "Say why" in errors(app)
    field(app, "text_input", "Why it is taken away").set_value("Another club.")
    press(app, "Take it away")
    assert ACTION not in ui.picture().evidence


# Who does what


def test_a_leader_says_how_confident_they_are_with_why(small_app: View) -> None:
    app = shown(small_app)
    field(app, "selectbox", "Your confidence").set_value(Confidence.LOW)
    press(app, "Save your confidence")
    assert "Say in a sentence why" in errors(app)
    field(app, "text_area", "Why").set_value("No cook yet.")
    press(app, "Save your confidence")
    assert "Low confidence No cook yet. on Fri 13 Nov 2026" in said(app)
    assert "The owner says on track, yet the leader's confidence is low." in said(app)


def test_a_confidence_over_someone_elses_change_waits_until_it_was_seen(small_app: View) -> None:
    app = shown(small_app)
    planning.change_action(ui.store(), by=ui_here.person(), now=ui.now(), action=ACTION, facts={"hours": 2.0}, seen=1)
    field(app, "selectbox", "Your confidence").set_value(Confidence.HIGH)
    field(app, "text_area", "Why").set_value("The cook is here.")
    press(app, "Save your confidence")
    assert "A-14 was changed by Priya Leader after you opened it: hours." in errors(app)
    press(app, "I have seen it: save mine next time")
    press(app, "Save your confidence")
    assert ui.picture().actions[ACTION].confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("role", "ways"),
    [
        (Role.LEADER, {"my", "action_edit"}),
        (Role.MEMBER, {"my"}),
        (Role.FACILITATOR, set()),
        (Role.SCHOOL_CONTACT, set()),
        (Role.GOVERNOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_is_offered_what_they_may_do_and_nothing_else(small_app: View, role: Role, ways: set[str]) -> None:
    theirs = an_action(owner=MEMBER.ref, visibility=Visibility.TASK_FORCE, version=1)
    app = shown(small_app, theirs, role=role)
    assert {page for page in ("my", "action_edit") if {"ref": ACTION} in reading.links(app, page)} == ways
    assert bool(app.file_uploader) is bool(ways)
    assert ("Save your confidence" in [b.label for b in app.button]) is (role is Role.LEADER)


def test_whoever_does_an_action_opens_it_whatever_its_visibility(small_app: View) -> None:
    app = shown(small_app, an_action(owner=MEMBER.ref, visibility=Visibility.LEADERS, version=1), role=Role.MEMBER)
    assert an_action().title in said(app)
    assert "Say how it goes" in said(app)


# What was said


def test_a_word_by_link_says_so_until_a_leader_has_checked_it(small_app: View) -> None:
    app = shown(small_app, an_update(ref="update0002", words="Cook found.", unchecked=True))
    assert "By link, not yet checked" in said(app)
    press(app, "I have checked what came by link")
    assert "not yet checked" not in said(app)
    assert not [b for b in app.button if b.label.startswith("I have checked")]


def test_an_answer_and_a_move_are_told_in_words(small_app: View) -> None:
    plain = an_update(status=None, by=None)
    answered = replace(plain, ref="update0002", words="Nothing new.", answer=Answer.NOTHING_NEW)
    moved = replace(plain, ref="update0003", new_due_on=date(2026, 10, 23), moved_for=MoveReason.MONEY)
    words = said(shown(small_app, answered, moved, replace(answered, ref="update0004", answer=Answer.NOT_OURS)))
    assert "Nothing new Nothing new." in words
    assert "Not ours Nothing new." in words
    assert "New date: Fri 23 Oct 2026 (money was not there)" in words
    assert re.search(r"Moved once to Fri 23 Oct 2026, said on 21 Sep 2026: money was not there", words)
