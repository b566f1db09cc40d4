"""History: every change by person, day, kind and words; one thing's own history; who sees and reaches it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from framework.people import Role
from framework.store.history import MOST
from framework.store.ledger import entry
from framework.subjects import ACTIONS, BY_TABLE, data_of
from pages import ui, ui_history
from tests.conftest import GOVERNOR, HAZEL, LEADER, MEMBER, NOW, an_action, put
from tests.pages.reading import bodies, field, links, opened, press, said

View = Callable[[Role | None], Any]
BOARD = "Eighteen could not be reached in the time left; the board preferred a target people believe in."


def the_kpi() -> Any:
    return next(kpi for kpi in ui.picture().kpis.values() if kpi.code == "K-A02")


def test_who_moved_a_target_and_why_is_found_by_two_choices(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "history.py", history_what="Targets", history_words="persistent absence")
    words = said(app)
    assert "Joanna Whitlock Loaded workbook 2 actions, 5 updates, 1 target K-A02 Persistent absence, Summer 2" in words
    assert f"target: 18 % → 20 % and others {BOARD} civic_duty_framework.xlsx" in words
    assert len(links(app, "change")) == 3  # moved, set for the schools, set
    opened(app, "change.py", **links(app, "change")[0])
    assert f"target: 18 % → 20 % {BOARD} Targets!F8, J8" in said(app)


def test_the_same_is_told_on_its_own_history_with_its_file_and_cell(viewed_as: View) -> None:
    app = viewed_as(Role.ADMINISTRATOR)
    opened(app, "history.py", table="kpi", ref=the_kpi().ref)
    assert "K-A02 Persistent absence The history of a KPI, newest first." in said(app)
    moved = "target: 18 % → 20 % Joanna Whitlock civic_duty_framework.xlsx Targets!F8, J8"
    assert f"target Summer 2, 2026/27 {moved} {BOARD}" in said(app)


def test_the_choices_narrow_the_list_and_stand_in_the_address(small_app: View) -> None:
    app = small_app(Role.LEADER)
    put(ui.store(), replace(GOVERNOR, job="Chair", version=1), now=NOW, by=LEADER)
    put(ui.store(), replace(an_action(), title="Breakfast for all", version=1), now=NOW, by=MEMBER)
    opened(app, "history.py", history_who=LEADER.name, history_from="2026-11-13", history_to="2026-11-13")
    assert [link["change"] for link in links(app, "change")] == ["3"]
    assert "job: nothing → Chair" in said(app)
    field(app, "selectbox", "Who").set_value(None).run()
    field(app, "selectbox", "What").set_value("person").run()
    assert {"table": "person", "ref": GOVERNOR.ref} in links(app, "history")
    field(app, "text_input", "Words").set_value("nothing of the kind").run()
    assert "No change fits." in said(app)
    field(app, "date_input", "To").set_value("2026-11-12").run()
    assert "The first day is after the last one." in said(app)


def test_older_changes_come_a_page_at_a_time_and_another_choice_begins_anew(small_app: View) -> None:
    app = small_app(Role.LEADER)
    for n in range(1, MOST + 1):
        put(ui.store(), replace(HAZEL, pupils=400 + n, version=n), now=NOW)
    opened(app, "history.py")
    press(app, "The 50 before these")
    assert [link["change"] for link in links(app, "change")] == ["2", "1"]
    field(app, "selectbox", "What").set_value("place").run()
    assert links(app, "change")[0]["change"] == str(MOST + 2)
    press(press(app, "The 50 before these"), "Back to the newest")
    assert links(app, "change")[0]["change"] == str(MOST + 2)


@pytest.mark.parametrize("table", ["place", "organisation", "person", "meeting", "milestone", "evidence", "target"])
def test_every_kind_of_thing_has_its_history(viewed_as: View, table: str) -> None:
    app, rows = viewed_as(Role.LEADER), ui.picture().rows[table]
    ref = next(iter(rows))
    opened(app, "history.py", table=table, ref=ref)
    assert f"The history of {BY_TABLE[table].one}, newest first." in said(app)
    assert f"{ui_history.FIRST} " in said(app)


@pytest.mark.parametrize("asked", [{"ref": "nothere"}, {"table": "nothing", "ref": "a"}, {"table": "<b>", "ref": "b"}])
def test_a_thing_that_is_not_here_is_met_with_calm_words(small_app: View, asked: dict[str, str]) -> None:
    app = opened(small_app(Role.LEADER), "history.py", **asked)
    assert "Nothing of that kind is here" in said(app)


def test_whatever_was_typed_is_shown_as_text(small_app: View) -> None:
    app = small_app(Role.LEADER)
    with entry(ui.store(), by=LEADER, now=NOW, deed="change action", reason="<i>why</i>") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title="<b>bold</b>")), seen=1)
    for page, params in (("history.py", {}), ("change.py", {"change": str(e.change_id)})):
        words = said(opened(app, page, **params))
        assert "A-14 <b>bold</b>" in words
        assert "<i>why</i>" in words
        assert not [body for body in bodies(app) if "<b>" in body or "<i>" in body]


def test_a_line_leads_to_its_change_for_those_who_may_read_it(small_app: View) -> None:
    for role, linked in ((Role.LEADER, True), (Role.GOVERNOR, False)):
        app = small_app(role)
        for page, ref in (("action.py", "action0001"), ("kpi.py", "kpi0000001"), ("element.py", "elementpil")):
            opened(app, page, ref=ref)
            assert bool(links(app, "change")) is linked, (role, page)


def test_nobody_who_may_not_see_imports_opens_it(small_app: View) -> None:
    app = opened(small_app(Role.GOVERNOR), "history.py", table="person", ref=LEADER.ref)
    assert "This page is not open to you" in said(app)
    assert ui_history.FIRST not in said(app)
