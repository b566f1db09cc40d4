"""One action: the three words apart, its dates, its KPIs, its past, and the same answer for unknown and hidden."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.people import Role
from framework.plans import Action
from pages import ui
from tests.pages import reading

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
    assert re.search(r"Moved twice to Fri 17 Jul 2026, .*?: staff change to Fri 2 Oct 2026, .*?: waiting", words)


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
    assert "Written down for the first time." in words
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
    hidden = next(a for ref, a in everything.items() if ref not in ui.picture().actions)
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
