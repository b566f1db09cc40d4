"""What changed: the five that matter first, then every kind with its reasons; between any two moments, in words."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from framework.people import Audience, Role, audience_of
from framework.picture.account import account, grouped
from framework.picture.review import Filter
from framework.picture.since import changes_since, end_of_day, usual_since
from framework.picture.weighing import first_things
from framework.store import pictures
from framework.store.ledger import entry
from pages import ui, ui_here
from tests.conftest import NOW, TODAY, an_action, put
from tests.pages.reading import bodies, links, opened, said

View = Callable[[Role | None], Any]
LAST, BEFORE = date(2026, 7, 7), date(2026, 3, 24)  # the last two boards of the sample


def compared(role: Role, since: date, until: date | None = None, chosen: Filter | None = None) -> tuple[Any, ...]:
    """The two pictures that a role compares, and what changed between them."""
    audience = Audience.PUBLIC if role is None else audience_of(next(p for p in ui.people() if p.role is role))
    store, now = ui.store(), ui.now()
    before = pictures.load(store, now, audience, end_of_day(since))
    after = pictures.load(store, now, audience, None if until is None else end_of_day(until))
    return before, after, changes_since(before, after, after.edition.ref, chosen or Filter())


def test_every_change_is_told_with_its_reason(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "changes.py"))
    before, after, changes = compared(Role.LEADER, usual_since(ui.today_picture()))
    sections = account(before, after, changes)
    assert len(sections) >= 12
    headings = []
    for group, found in grouped(sections):
        headings.append(words.index(f" {group} {found[0].title}"))
        for section in found:
            for line in section.lines:
                assert " ".join(line.name.split()) in words
                assert " ".join(line.why.split()) in words
    assert headings == sorted(headings)


def test_the_five_that_matter_come_first_and_lead_to_their_pages(viewed_as: View) -> None:
    app = opened(viewed_as(Role.GOVERNOR), "changes.py")
    words = said(app)
    first = first_things(*compared(Role.GOVERNOR, LAST))
    assert len(first) == 5
    found = [words.index(f"{one.side} {one.title} , {one.words}") for one in first]
    assert found == sorted(found)
    assert found[-1] < words.index("KPIs worse")
    for one in first:
        assert {"ref": one.ref} in links(app, one.table)


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_for_every_role_with_what_they_may_see(viewed_as: View, role: Role) -> None:
    words = said(opened(viewed_as(role), "changes.py"))
    *_, changes = compared(role, LAST)
    assert f"{len(changes.done)} actions done · {len(changes.newly_late)} newly late" in words


def test_between_the_last_two_boards_is_one_click(viewed_as: View) -> None:
    offered = links(opened(viewed_as(Role.LEADER), "changes.py"), "changes")
    assert offered == [{"since": BEFORE.isoformat(), "as_at": LAST.isoformat()}]
    app = opened(viewed_as(Role.LEADER), "changes.py", **offered[0])
    words = said(app)
    assert "What changed from the board on Tue 24 Mar 2026 to the board on Tue 7 Jul 2026" in words
    *_, changes = compared(Role.LEADER, BEFORE, LAST)
    assert f"{len(changes.done)} actions done" in words
    assert {"since": LAST.isoformat()} in links(app, "changes")
    assert f'href="?since={BEFORE}&amp;as_at=2026-06-16"' in " ".join(bodies(app))  # another meeting to end with


def test_a_school_s_view_is_compared_at_that_school(viewed_as: View) -> None:
    school = ui.today_picture().schools[1]
    app = opened(viewed_as(Role.LEADER), "changes.py", school=school.name, since=BEFORE.isoformat())
    *_, changes = compared(Role.LEADER, BEFORE, chosen=Filter(school=school.ref))
    assert f"{len(changes.done)} actions done" in said(app)
    assert all(link.get("place") == school.ref for link in links(app, "kpi"))
    assert {"school": school.name, "since": BEFORE.isoformat()} in links(app, "")


def test_a_frozen_copy_can_be_compared_with(viewed_as: View) -> None:
    app = viewed_as(Role.GOVERNOR)
    copy = ui.today_picture().frozen[0]
    words = said(opened(app, "changes.py", since=copy.ref))
    assert "What changed since the copy frozen for Board of trustees, Tue 24 Mar 2026" in words
    (button,) = app.get("download_button")
    assert button.proto.label == "Download what changed"


def test_a_copy_is_compared_by_its_own_change_though_the_clock_was_set_back(
    small_app: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = small_app(Role.LEADER)
    monkeypatch.setattr(ui_here, "now", lambda: NOW + timedelta(hours=4))
    copy = {"meeting": "meeting001", "title": "Board", "met_on": TODAY.isoformat(), "on": TODAY.isoformat()}
    copy |= {"change": 2, "as_at": NOW.isoformat(), "schema": 4, "sha256": "0" * 64, "size": 10}
    with entry(ui.store(), by=None, now=NOW, deed="freeze copy") as e:
        e.set("frozen:copy000001", copy)
    put(ui.store(), an_action(title="Lunch club", version=1), now=NOW - timedelta(hours=1))

    app = opened(app, "changes.py", since="copy000001")
    assert "Actions edited" in said(app)
    assert "Breakfast club at Hazel Grange Lunch club Its history" in said(app)
    assert links(app, "history") == [{"table": "action", "ref": "action0001"}]
    governor = opened(small_app(Role.GOVERNOR), "changes.py", since="copy000001")
    assert "Breakfast club at Hazel Grange Lunch club" in said(governor)
    assert links(governor, "history") == []


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"since": "2099-01-01"}, "Thu 1 Jan 2099 is yet to come"),
        ({"since": "1066-10-14"}, "Nothing had been recorded by Sun 14 Oct 1066"),
        ({"since": "<b>"}, "something that is no day"),
        ({"since": "2026-07-08", "as_at": "2026-07-07"}, "Wed 8 Jul 2026 is not before Tue 7 Jul 2026"),
    ],
)
def test_a_since_that_cannot_be_compared_with_is_said_and_the_page_can_be_used(
    viewed_as: View, params: dict[str, str], refusal: str
) -> None:
    words = said(opened(viewed_as(Role.LEADER), "changes.py", **params))
    usual = "Tue 24 Mar 2026" if "as_at" in params else "Tue 7 Jul 2026"
    assert refusal in words
    assert f"Until then this compares with the board on {usual}." in words
    assert "KPIs worse" in words


def test_before_the_second_day_there_is_nothing_to_compare_with(viewed_as: View) -> None:
    first = pictures.first_day(ui.store())
    words = said(opened(viewed_as(Role.LEADER), "changes.py", as_at=first.isoformat()))
    assert "Nothing was recorded here before this day, so there is nothing to compare it with yet." in words


def test_nothing_changed_says_so(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "changes.py", since="2026-11-12"))
    assert "Nothing changed since Thu 12 Nov 2026. Choose an earlier date, or a wider view." in words


def test_the_download_holds_every_line_and_names_both_days(viewed_as: View, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    offered: list[dict[str, Any]] = []
    monkeypatch.setattr(st, "download_button", lambda _, data, **more: offered.append({"data": data, **more}))
    opened(viewed_as(Role.LEADER), "changes.py", since=BEFORE.isoformat(), as_at=LAST.isoformat())
    (button,) = offered
    assert button["file_name"] == "what-changed-2026-03-24-to-2026-07-07.csv"
    rows = list(csv.reader(io.StringIO(button["data"]().decode("utf-8-sig"))))
    assert rows[0] == ["Group", "What changed", "Name", "Then", "Now", "Why", "Owner"]
    before, after, changes = compared(Role.LEADER, BEFORE, LAST)
    lines = [(s.title, t.name) for s in account(before, after, changes) for t in s.lines]
    assert [(row[1], row[2]) for row in rows[1:]] == lines


def test_an_empty_store_teaches(empty_app: View) -> None:
    app = empty_app(Role.LEADER)
    assert "once there is a plan" in said(opened(app, "changes.py"))
