"""The plan seen in seven ways: what each shows to whom, and several actions changed at once."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from framework.deeds import planning
from framework.people import Role
from framework.picture.views import View as Seen
from framework.plans import Confidence, MoveReason, Visibility
from pages import ui, ui_board, ui_here
from tests.conftest import LEADER, MEMBER, NOW, OBJECTIVE, PILLAR, an_action, put
from tests.pages.reading import bodies, field, links, opened, press, said

App = Any
View = Callable[[Role | None], App]
FACES = re.compile(r"cd-(shape|mark|green|amber|red)\b")
EVERY_VIEW = [view for view in Seen if view is not Seen.CHANGE]


def seen_as(app: App, view: Seen, **params: str) -> App:
    return opened(app, "actions.py", actions_view=str(view), **params)


def charts(app: App) -> list[Any]:
    return app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")


def chart_alt(app: App) -> str:
    return str(charts(app)[0].proto.alt)


# Every view


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_a_view_counts_the_plan_draws_no_mark_and_nothing_of_the_others(viewed_as: View, view: Seen) -> None:
    app = seen_as(viewed_as(Role.LEADER), view)
    drawn, words = " ".join(bodies(app)), said(app)
    parts = {
        Seen.TABLE: "Last word" in words,
        Seen.BOARD: "cd-board" in drawn,
        Seen.TIMELINE: bool(charts(app)),
        Seen.CALENDAR: "Overdue" in words,
        Seen.PEOPLE: "Open actions by" in words,
        Seen.SLIPS: "With whom" in words,
    }
    assert [name for name, there in parts.items() if there] == [view]
    assert f"of {len(ui.picture().actions_of(ui.picture().edition.ref))} actions" in words
    assert not FACES.search(drawn)


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_no_view_shows_the_task_force_what_leaders_keep(viewed_as: View, view: Seen) -> None:
    viewed_as(Role.LEADER)
    everything = dict(ui.picture().actions)
    app = seen_as(viewed_as(Role.MEMBER), view)
    hidden = [a for ref, a in everything.items() if ref not in ui.picture().actions]
    drawn = " ".join([*bodies(app), *(str(c.proto) for c in charts(app))])
    assert hidden
    assert not [a.code for a in hidden if a.ref in drawn or html.escape(a.title) in drawn or a.title in drawn]


@pytest.mark.parametrize("view", [*EVERY_VIEW, Seen.CHANGE])
def test_a_search_that_finds_nothing_leaves_every_view_standing(small_app: View, view: Seen) -> None:
    assert "0 of 1 action" in said(seen_as(small_app(Role.LEADER), view, actions_words="zebra"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_to_change_several_is_offered_to_leaders_alone(small_app: View, role: Role) -> None:
    app = seen_as(small_app(role), Seen.CHANGE)
    assert not app.get("dataframe")
    assert "Add an action" not in said(app)


# Board


def test_the_board_counts_each_column_and_links_each_card(viewed_as: View) -> None:
    app = seen_as(viewed_as(Role.LEADER), Seen.BOARD)
    board = next(b for b in bodies(app) if "cd-board" in b)
    heads = [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<h2[^>]*>(.*?)</h2>", board)]
    assert heads[0] == "Not set 3"
    counted = sum(int(head.rsplit(" ", 1)[1]) for head in heads)
    assert counted == board.count("<li>") == len(links(app, "action"))
    total = len(ui.picture().actions_of(ui.picture().edition.ref))
    before = re.search(r"(\d+) more were done in an earlier school year", said(app))
    assert counted + int(before[1] if before else 0) == total


def test_a_card_says_who_by_when_and_what_was_counted(viewed_as: View) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.BOARD))
    assert "A-05 Breakfast club at Hazel Grange, five mornings a week Nasreen Akhtar 24 school days late" in words


def test_a_board_escapes_what_people_typed_and_says_none_of_an_empty_column() -> None:
    sly = ui.lines("<script>alert(1)</script>")
    made = ui_board.board_html([("At <risk>", [sly]), ("Blocked", [])])
    assert "<script" not in made
    assert "At &lt;risk&gt;" in made
    assert made.count("None") == 1


# Timeline


def test_the_timeline_is_told_in_words_and_as_a_table(viewed_as: View) -> None:
    app = seen_as(viewed_as(Role.LEADER), Seen.TIMELINE)
    number = len(ui.picture().actions_of(ui.picture().edition.ref))
    assert chart_alt(app).startswith(f"Timeline of {number} actions under 3 objectives")
    assert " ".join(bodies(app)).count('role="rowheader"') == number


def test_the_timeline_says_which_day_was_promised_first(viewed_as: View) -> None:
    app = seen_as(viewed_as(Role.LEADER), Seen.TIMELINE, actions_words="A-05")
    assert "27 Mar 2026 2 Oct 2026 2 of 4 done" in said(app)


# Calendar


def test_the_calendar_says_what_is_overdue_then_week_by_week_with_the_holidays(viewed_as: View) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.CALENDAR))
    parts = ("Overdue", "Autumn 2, 2026/27", "this week", "Holidays", "Spring 1, 2026/27")
    order = [words.index(part) for part in parts]
    assert order == sorted(order)
    assert "Board of trustees · meeting" in words
    assert "figures for Autumn 2, 2026/27" in words


def test_a_calendar_that_is_searched_holds_what_was_found_alone(viewed_as: View) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.CALENDAR, actions_words="A-05"))
    assert "Breakfast club" in words
    assert "Board of trustees" not in words


# People


def test_people_are_told_by_what_they_hold_and_can_be_asked(viewed_as: View) -> None:
    app = seen_as(viewed_as(Role.LEADER), Seen.PEOPLE)
    words = said(app)
    assert "much rests on one person" in words
    assert "has left: find a new owner" in words
    asked = {link["person"] for link in links(app, "chase") if "person" in link}
    picture = ui.picture()
    assert asked
    assert all(picture.people[ref].here_on(picture.on) for ref in asked)


def test_only_who_may_ask_is_offered_to(viewed_as: View) -> None:
    assert links(seen_as(viewed_as(Role.GOVERNOR), Seen.PEOPLE), "chase") == []


@pytest.mark.parametrize(("by", "name"), [("Organisation", "The trust"), ("School", "St Agnes Secondary")])
def test_what_is_open_stands_by_organisation_and_by_school_too(viewed_as: View, by: str, name: str) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.PEOPLE, actions_by=by))
    assert name in words
    assert "much rests" not in words


# What slips


def test_what_slips_says_how_often_how_far_and_why(viewed_as: View) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.SLIPS))
    assert "4 of 37 actions were put off, 7 times in all." in words
    assert "B-09 Community garden behind Lantern Hill Thuy Pham 3 times 107 school days" in words
    assert "We wait for someone else 3 of 7" in words


def test_a_plan_that_keeps_its_promises_says_so(viewed_as: View) -> None:
    words = said(seen_as(viewed_as(Role.LEADER), Seen.SLIPS, actions_status="Not set"))
    assert "No action in this view was put off" in words


# Several at once

FAR = date(2027, 3, 1)
SECOND = an_action(
    ref="action0002", code="A-15", title="Careers fair", due_on=FAR, first_due_on=FAR, owner=MEMBER.ref, version=0
)


@pytest.fixture
def several(small_app: View) -> App:
    """Two actions in the table of a leader: A-14 first, due on 23 October, then A-15, due on 1 March."""
    app = small_app(Role.LEADER)
    put(ui_here.store(), SECOND, now=NOW)
    return seen_as(app, Seen.CHANGE, actions_sort="Code")


def typed(app: App, rows: dict[str, Any], **more: Any) -> App:
    """What a browser sends once these cells have been typed, or what a forger sends."""
    states = app._tree.get_widget_states()
    state = {"edited_rows": rows, "added_rows": [], "deleted_rows": [], **more}
    states.widgets.append(WidgetState(id=app.get("dataframe")[0].proto.id, string_value=json.dumps(state)))
    app._run(states)
    assert not app.exception, app.exception
    return app


def action(ref: str = "action0001") -> Any:
    return ui.picture().actions[ref]


def changes() -> int:
    return ui.picture().change


def test_nothing_is_unsaved_at_first(several: App) -> None:
    assert "Nothing is changed yet." in said(several)
    assert [b.label for b in several.button if b.label.startswith("Save ")] == ["Save these tags"]


def test_several_actions_are_changed_in_one_change(several: App) -> None:
    before = changes()
    cells = {"0": {"Visible to": "public"}, "1": {"Confidence": "low", "Why this confidence": "No venue yet"}}
    typed(several, cells)
    assert "3 unsaved changes: A-14, A-15." in said(several)
    press(several, "Save 2 actions")
    assert [e.value for e in several.success] == ["Saved\\: 2 actions\\."]
    assert changes() == before + 1
    assert action().visibility is Visibility.PUBLIC
    assert (action("action0002").confidence, action("action0002").confidence_reason) == (Confidence.LOW, "No venue yet")
    assert "Nothing is changed yet." in said(several)


def test_an_owner_is_chosen_by_name(several: App) -> None:
    press(typed(several, {"1": {"Owner": LEADER.name}}), "Save 1 action")
    assert action("action0002").owner == LEADER.ref


def test_a_date_that_moves_asks_for_one_reason_for_all(several: App) -> None:
    typed(several, {"0": {"Due": "2026-12-18"}, "1": {"Due": "2027-03-08"}})
    press(several, "Save 2 actions")
    assert several.error
    assert action().due_on == date(2026, 10, 23)
    field(several, "selectbox", "Why do the dates of A-14, A-15 move?").set_value(MoveReason.OTHERS).run()
    press(several, "Save 2 actions")
    assert (action().due_on, action("action0002").due_on) == (date(2026, 12, 18), date(2027, 3, 8))
    moved = [u for ref in ("action0001", "action0002") for u in ui.picture().updates[ref] if u.new_due_on]
    assert [u.moved_for for u in moved] == [MoveReason.OTHERS] * 2


def test_a_cell_typed_back_to_what_stood_there_is_no_change(several: App) -> None:
    assert "Nothing is changed yet." in said(typed(several, {"0": {"Due": "2026-10-23", "Why this confidence": ""}}))


def test_all_is_saved_or_nothing(several: App) -> None:
    before = changes()
    typed(several, {"0": {"Visible to": "public"}, "1": {"Confidence": "low"}})
    press(several, "Save 2 actions")
    assert "why your confidence" in several.error[0].value
    assert changes() == before
    assert "2 unsaved changes" in said(several)


@pytest.mark.parametrize(
    "rows",
    [
        {"0": {"Action": "Mine now", "Code": "Z-1", "Status": "Done"}},
        {"0": {"owner": "persongove", "ref": "action0002", "archived": True}},
        {"7": {"Visible to": "public"}},
        {"-1": {"Visible to": "public"}},
        {"0": {"Visible to": ["public"]}},
        {"0": "public"},
    ],
)
def test_a_forged_edit_changes_nothing_and_raises_nothing(several: App, rows: dict[str, Any]) -> None:
    before = changes()
    typed(several, rows)
    assert "unsaved change" not in said(several)
    assert changes() == before


@pytest.mark.parametrize("more", [{"added_rows": [{"Action": "New"}]}, {"deleted_rows": [0]}])
def test_rows_can_be_neither_added_nor_taken_away(several: App, more: dict[str, Any]) -> None:
    typed(several, {}, **more)
    assert "Nothing is changed yet." in said(several)
    assert set(ui.picture().actions) == {"action0001", "action0002"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"Due": "2026-02-30"}, "wanted a date of the calendar"),
        ({"Due": "+061218-02-02"}, "wanted a date of the calendar"),
        ({"Owner": "Nobody at all"}, "wanted one of"),
        ({"Why this confidence": "x" * 5_001}, "wanted 5,000 at most"),
    ],
)
def test_what_cannot_be_read_is_said_and_holds_the_saving_up(several: App, cell: dict[str, Any], words: str) -> None:
    typed(several, {"0": cell, "1": {"Visible to": "public"}})
    assert words in several.warning[0].value.replace("\\", "")
    assert [b.disabled for b in several.button if b.label == "Save 1 action"] == [True]


def by_somebody_else(visibility: Visibility = Visibility.LEADERS) -> None:
    facts = {"visibility": visibility}
    planning.change_action(ui_here.store(), by=LEADER, now=NOW, action="action0001", facts=facts, seen=action().version)


def test_a_row_changed_meanwhile_is_shown_beside_mine_and_the_choice_is_mine(several: App) -> None:
    typed(several, {"0": {"Visible to": "public"}})
    by_somebody_else(Visibility.TASK_FORCE)
    press(several, "Save 1 action")
    assert "A\\-14 was changed by" in several.error[0].value
    words = said(several)
    assert "Someone else changed these meanwhile." in words
    assert "visibility: public visibility: task force" in words
    press(several, "I have seen it: save mine next time")
    press(several, "Save 1 action")
    assert action().visibility is Visibility.PUBLIC


def test_mine_can_be_let_go_of(several: App) -> None:
    typed(several, {"0": {"Visible to": "public"}})
    by_somebody_else(Visibility.TASK_FORCE)
    several.run()
    press(several, "Let go of all I typed")
    assert "Nothing is changed yet." in said(several)
    assert action().visibility is Visibility.TASK_FORCE


def test_an_edit_stays_with_its_action_when_the_rows_move(several: App) -> None:
    typed(several, {"1": {"Visible to": "public"}})
    put(ui_here.store(), replace(SECOND, ref="action0000", code="A-01", title="First now"), now=NOW)
    several.run()
    press(several, "Save 1 action")
    assert action("action0002").visibility is Visibility.PUBLIC
    assert action().visibility is None


def test_rows_that_others_changed_are_drawn_anew_while_nothing_is_typed(several: App) -> None:
    by_somebody_else()
    several.run()
    press(typed(several, {"0": {"Visible to": "public"}}), "Save 1 action")
    assert action().visibility is Visibility.PUBLIC


# Tags


def test_tags_are_added_to_the_rows_that_were_chosen(several: App) -> None:
    field(several, "multiselect", "Actions").set_value(["action0002"])
    field(several, "multiselect", "Add").set_value([PILLAR.ref])
    press(several, "Save these tags")
    assert (action().pillars, action("action0002").pillars) == ((), (PILLAR.ref,))


def test_tags_are_set_for_all_in_view_as_one_change(several: App) -> None:
    before = changes()
    field(several, "checkbox", "All 2 in view").set_value(True)
    field(several, "multiselect", "Add").set_value([PILLAR.ref, "kpi0000001"])
    press(several, "Save these tags")
    assert changes() == before + 1
    assert all(a.pillars == (PILLAR.ref,) and a.kpis == ("kpi0000001",) for a in ui.picture().actions.values())
    field(several, "checkbox", "All 2 in view").set_value(True)
    field(several, "multiselect", "Take away").set_value([PILLAR.ref])
    press(several, "Save these tags")
    assert all(a.pillars == () and a.objective == OBJECTIVE.ref for a in ui.picture().actions.values())


def test_tags_without_rows_are_asked_for_and_nothing_is_saved(several: App) -> None:
    before = changes()
    field(several, "multiselect", "Add").set_value([PILLAR.ref])
    press(several, "Save these tags")
    assert "Choose the actions" in several.warning[0].value
    assert changes() == before
