"""Search: one box, kept in the URL; results by kind with links; nothing found teaches."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.people import Role
from framework.picture.finding import find
from pages import ui

View = Callable[[Role | None], Any]


def searched(app: Any, words: str | None = None) -> Any:
    app.run()
    if words is not None:
        app.query_params["q"] = words
    app.switch_page("search.py").run()
    assert not app.exception
    return app


def said(app: Any) -> str:
    bodies = [
        e.proto.body for e in app.get("html") if "<style" not in e.proto.body and "cd-viewers" not in e.proto.body
    ]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies))).split())


def test_before_a_word_it_says_what_it_finds(viewed_as: View) -> None:
    assert "all of them must occur" in said(searched(viewed_as(Role.LEADER)))


@pytest.mark.parametrize("words", ["breakfast", "A-05", "nasreen", "coherent", "library", "board of trustees"])
def test_what_the_picture_finds_is_shown_by_kind(viewed_as: View, words: str) -> None:
    shown = said(searched(viewed_as(Role.LEADER), words))
    found = find(ui.picture(), words)
    assert found
    for kind, hits in found.items():
        assert str(kind) in shown
        assert all(" ".join(hit.title.split()) in shown for hit in hits)


def test_an_action_is_linked_by_its_ref(viewed_as: View) -> None:
    app = searched(viewed_as(Role.LEADER), "A-05")
    action = next(
        a for a in ui.picture().actions.values() if a.code == "A-05" and a.edition == ui.picture().edition.ref
    )
    bodies = html.unescape(" ".join(e.proto.body for e in app.get("html")))
    assert ui.address("action", ref=action.ref) in bodies


def test_no_hit_says_how_to_go_on(viewed_as: View) -> None:
    words = said(searched(viewed_as(Role.LEADER), "breakfast zebra"))
    assert "Nothing holds all of these words: breakfast zebra" in words
    assert "Use fewer words" in words


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "' OR 1=1", "%", "\\", "*"])
def test_whatever_is_typed_stays_text(viewed_as: View, evil: str) -> None:
    app = searched(viewed_as(Role.LEADER), evil)
    assert not any("<script" in e.proto.body for e in app.get("html"))


def test_the_task_force_is_not_shown_what_leaders_keep(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    leaders = ui.picture()
    app = searched(viewed_as(Role.MEMBER))
    hidden = [a for ref, a in leaders.actions.items() if ref not in ui.picture().actions]
    assert hidden
    app.text_input(key="q").set_value(hidden[0].title).run()
    assert hidden[0].ref not in " ".join(e.proto.body for e in app.get("html"))


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_for_every_role(viewed_as: View, role: Role) -> None:
    searched(viewed_as(role), "school")


def test_an_empty_store_finds_nothing_and_stands(empty_app: View) -> None:
    assert "Nothing holds" in said(searched(empty_app(Role.LEADER), "board"))
