"""What changed: the lines that matter first, then every kind with its reasons; nothing is said plainly too."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.people import Role
from framework.picture.account import account
from framework.picture.review import Filter
from framework.picture.since import changes_since, end_of_day, usual_since
from framework.picture.telling import leading
from pages import ui

View = Callable[[Role | None], Any]


def opened(app: Any, since: date | None = None) -> Any:
    app.run()
    app.switch_page("changes.py").run()
    if since is not None:
        app.date_input(key="since").set_value(since).run()
    assert not app.exception
    return app


def said(app: Any) -> str:
    bodies = [
        e.proto.body for e in app.get("html") if "<style" not in e.proto.body and "cd-viewers" not in e.proto.body
    ]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies))).split())


def test_every_change_is_told_with_its_reason(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER)))
    picture = ui.picture()
    before = ui.picture(end_of_day(usual_since(picture)))
    found = account(before, picture, changes_since(before, picture, picture.edition.ref, Filter()))
    assert len(found) >= 8
    for section in found:
        assert section.title in words
        for line in section.lines:
            assert line.name in words
            assert " ".join(line.why.split()) in words


def test_the_weightiest_lines_come_first(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER)))
    picture = ui.picture()
    before = ui.picture(end_of_day(usual_since(picture)))
    lines = leading(picture, changes_since(before, picture, picture.edition.ref, Filter()))
    found = [words.index(f"{line.count} {line.words}") for line in lines]
    assert len(found) == 5
    assert found == sorted(found)
    assert found[-1] < words.index("KPIs worse")


def test_a_bulk_load_is_a_few_lines(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER))).split("Figures that came in", 1)[1]
    picture = ui.picture()
    assert sum(words.count(f"{kpi.title} ") > 0 for kpi in picture.kpis.values()) < 60
    assert "values, the newest for" in words


def test_nothing_changed_says_so(viewed_as: View) -> None:
    assert "Nothing changed since Thu 12 Nov 2026" in said(opened(viewed_as(Role.LEADER), since="2026-11-12"))


def test_it_can_be_downloaded(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER))
    assert [b.proto.label for b in app.get("download_button")] == ["Download what changed"]


def test_it_leads_back_to_the_same_view(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), since=date(2025, 10, 1))
    strand = next(e for e in ui.picture().elements.values() if e.words == "Sustainability")
    app.selectbox(key="strand").set_value(strand.ref).run()
    assert not app.exception
    bodies = html.unescape(" ".join(e.proto.body for e in app.get("html")))
    assert ui.address("overview", since="2025-10-01", strand="Sustainability") in bodies


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_for_every_role(viewed_as: View, role: Role) -> None:
    opened(viewed_as(role))


def test_an_empty_store_teaches(empty_app: View) -> None:
    assert "once there is a plan" in said(opened(empty_app(Role.LEADER)))
