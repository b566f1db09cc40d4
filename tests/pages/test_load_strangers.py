"""A stranger's file on its way in: what was found, its columns and words; answered once, known by its headings."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from framework.people import Role
from framework.periods import local_day
from framework.store import waiting
from framework.store.pictures import known
from framework.workbook.fixes import ANSWER
from pages import ui
from tests.conftest import LEADER, NOW, put
from tests.pages.bringing import (
    TRACKER_HEADS,
    a_tracker,
    brought,
    load_words,
    loading,
    offered,
    pick,
    saved,
)
from tests.pages.reading import field, opened, press, said

View = Callable[[Role | None], Any]
CLUB = ("Reading club", "Priya Leader", "14/05/2027", "in hand", "A", "Books ordered.")
FAIR = ("Careers fair", "Priya Leader", "21/05/2027", "gone quiet", "A", None)
CHOIR = ("Choir", "Priya Leader", "28/05/2027", "gone quiet", "A", None)
QUIET = "What does the status 'gone quiet' mean?"
FOUND, COLUMNS, WORDS, PREVIEW = "What we found", "Columns", "Words", "What would change"


@pytest.fixture
def app(trust: View) -> Any:
    return trust(Role.LEADER)


def actions() -> dict[str, Any]:
    return {a.title: a for a in ui.picture().actions.values()}


def step(app: Any) -> str:
    (found,) = [group.value for group in app.get("button_group") if group.label == "Step"]
    return str(found)


def steps(app: Any) -> list[str]:
    (found,) = [group.options for group in app.get("button_group") if group.label == "Step"]
    return list(found)


def to_preview(app: Any) -> Any:
    """Through all steps, with whatever stands."""
    for _ in range(len(steps(app)) - 1):
        if step(app) != PREVIEW:
            press(app, "Continue")
    assert step(app) == PREVIEW
    return app


def loaded(app: Any, *rows: Any, heads: Any = TRACKER_HEADS) -> None:
    """A file that goes in with whatever stands."""
    to_preview(loading(app, a_tracker(*rows, heads=heads), "september.xlsx"))
    press(app, load_words(app)[0])


# Step by step


def test_every_step_is_shown_and_its_answers_are_loaded(app: Any) -> None:
    loading(app, a_tracker(CLUB, FAIR, CHOIR), "tracker.xlsx")
    assert steps(app) == [FOUND, COLUMNS, WORDS, PREVIEW]
    assert "Tracker: 3 actions a record a row; headings in row 1" in said(app)
    assert "1 Action Lead officer Due date Status Priority area Progress update 2 Reading club" in said(app)
    press(app, "Continue")
    assert "Lead officer Priya Leader · Priya Leader · Priya Leader Due date 14/05/2027" in said(app)
    assert field(app, "selectbox", "Lead officer is").value == "owner"
    press(app, "Continue")
    assert f"{QUIET} Tracker!D3, Tracker!D4" in said(app)  # one question for two cells
    field(app, "selectbox", QUIET).set_value("blocked")
    press(app, "Continue")
    assert "A-16 Careers fair" in said(app)
    assert said(app).count("status: blocked") >= 2
    before = ui.picture().change
    press(app, "Load 4 rows")
    assert ui.picture().change == before + 1
    found = actions()
    assert (found["Choir"].status, found["Reading club"].status) == ("blocked", "on track")
    assert (found["Choir"].owner, found["Choir"].due_on.isoformat()) == (LEADER.ref, "2027-05-28")
    assert [u.words for u in ui.picture().updates[found["Reading club"].ref]] == ["Books ordered."]
    assert found["Choir"].added_on == local_day(ui.now())


def test_answers_are_kept_from_step_to_step_and_for_another_session(trust: View) -> None:
    app = trust(Role.LEADER)
    ref = brought(a_tracker(CLUB, FAIR), "tracker.xlsx")
    opened(app, "load.py", ref=ref)
    press(app, "Continue")
    field(app, "selectbox", "Progress update is").set_value("")
    press(app, "Continue")
    press(app, "Back")
    assert field(app, "selectbox", "Progress update is").value == ""
    later = opened(trust(Role.LEADER), "load.py", ref=ref)
    press(later, "Continue")
    assert field(later, "selectbox", "Progress update is").value == ""
    to_preview(later)
    assert "Books ordered." not in said(later)
    assert load_words(later) == ["Load 3 rows"]  # two actions, and the word of the one that is quiet


def test_what_was_answered_can_be_asked_again(app: Any) -> None:
    loading(app, a_tracker(CLUB, FAIR), "tracker.xlsx")
    pick(app, "load_step", WORDS)
    field(app, "selectbox", QUIET).set_value("blocked")
    press(app, "Continue")
    pick(app, "load_step", WORDS)
    assert "Nothing must be asked." in said(app)
    assert list(app.selectbox) == []
    field(app, "multiselect", "Ask again").set_value(["status: gone quiet → blocked"]).run()
    press(app, "Ask these again")
    field(app, "selectbox", QUIET).set_value("at risk")
    press(app, "Continue")
    assert "status: at risk" in said(app)


def test_nothing_is_loaded_while_a_question_is_open(app: Any) -> None:
    loading(app, a_tracker(("Chess", "Priya Leader", "14/05/2027", "done", "Sport", None)), "tracker.xlsx")
    pick(app, "load_step", PREVIEW)
    assert "1 question is open. Answer it before this file can be loaded." in said(app)
    assert load_words(app) == []
    pick(app, "load_step", WORDS)
    press(app, "Continue")
    assert step(app) == WORDS  # it is still open
    assert "1 question is open." in said(app)
    (asked,) = app.selectbox
    assert asked.options[0] == "Choose …"
    asked.set_value("A")
    press(app, "Continue")
    assert step(app) == PREVIEW
    press(app, load_words(app)[0])
    assert actions()["Chess"].objective == "elementobj"


def test_a_sheet_that_is_not_taken_brings_nothing(app: Any) -> None:
    loading(app, a_tracker(CLUB, FAIR), "tracker.xlsx")
    field(app, "checkbox", "Take Tracker").uncheck()
    to_preview(press(app, "Continue"))
    assert "0 new" in said(app)
    assert load_words(app) == []


def test_a_file_without_a_table_says_what_a_table_is(app: Any) -> None:
    loading(app, a_tracker(heads=("Minutes of June",)), "notes.xlsx")
    assert "No table was found in this file." in said(app)
    assert load_words(pick(app, "load_step", PREVIEW)) == []


def test_text_of_a_strangers_file_is_never_markup(app: Any) -> None:
    evil = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    heads = (*TRACKER_HEADS, evil)
    loading(app, a_tracker((*CLUB[:3], evil, "A", evil, evil), heads=heads, title="<b>1"), "tracker.xlsx")
    shown = [said(app)]
    for _ in range(3):
        shown.append(said(press(app, "Continue")))
        assert not [e for e in app.get("html") if "<img" in e.proto.body or "<b>" in e.proto.body]
        assert not [w.label for w in (*app.selectbox, *app.checkbox) if re.search(r"(?<!\\)[\[<]", w.label)]
    assert all(evil[:40] in text for text in shown[:3])


# The second time


def test_a_file_with_headings_we_know_asks_nothing_and_goes_straight_to_what_would_change(app: Any) -> None:
    loading(app, a_tracker(CLUB, FAIR), "september.xlsx")
    pick(app, "load_step", WORDS)
    field(app, "selectbox", QUIET).set_value("blocked")
    press(app, "Continue")
    press(app, load_words(app)[0])
    loading(app, a_tracker((*CLUB[:3], "done", *CLUB[4:]), FAIR, CHOIR), "october.xlsx")
    assert step(app) == PREVIEW
    assert "1 new · 1 changed" in said(app)
    assert "status: on track → done" in said(pick(app, "load_part", "Changed (1)"))
    press(app, load_words(app)[0])
    assert (actions()["Reading club"].status, actions()["Choir"].status) == ("done", "blocked")


def test_a_renamed_column_asks_about_that_column_alone(app: Any) -> None:
    loaded(app, CLUB, FAIR)
    heads = ("Action", "Lead officer", "Wann", "Status", "Priority area", "Progress update")
    loading(app, a_tracker(CLUB, CHOIR, heads=heads), "october.xlsx")
    assert step(app) == FOUND
    assert "We know these headings: they were loaded before as “september.xlsx”." in said(app)
    press(app, "Continue")
    assert said(app).count("Please say which it is.") == 1
    assert "Wann 14/05/2027 · 28/05/2027 Perhaps due? Please say which it is." in said(app)
    field(app, "selectbox", "Wann is").set_value("due")
    to_preview(press(app, "Continue"))
    press(app, load_words(app)[0])
    assert actions()["Choir"].due_on.isoformat() == "2027-05-28"


def test_what_was_changed_here_since_the_last_file_is_a_conflict_only_where_the_file_moved_too(app: Any) -> None:
    loaded(app, CLUB, FAIR)
    club = actions()["Reading club"]
    put(ui.store(), replace(known(ui.store())[0]["action"][club.ref], success="All read.", status="blocked"), now=NOW)
    loading(app, a_tracker((*CLUB[:3], "done", *CLUB[4:]), FAIR), "october.xlsx")
    assert "0 new · 0 changed · 1 conflict" in said(app)
    assert "As you took it out on track In your file done Here now blocked" in said(app)


# Cells that are wrong


def test_a_list_of_the_wrong_cells_is_filled_in_and_mends_the_file(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given = offered(monkeypatch)
    content = a_tracker(CLUB, ("Choir", "Priya Leader", "31/09/2026", "done", "A", None))
    loading(app, content, "tracker.xlsx")
    pick(app, "load_step", WORDS)
    field(app, "selectbox", app.selectbox[0].label.replace("\\", "")).set_value(app.selectbox[0].options[1])
    to_preview(press(app, "Continue"))
    assert "“31/09/2026”" in said(app)
    assert load_words(app) == []
    book = openpyxl.load_workbook(io.BytesIO(given["load_fixes"]()))
    sheet = book["Fixes"]
    column = next(c.column for c in sheet[3] if c.value == ANSWER)
    assert [sheet.cell(4, 1).value, sheet.cell(4, 2).value] == ["Tracker", "C3"]
    sheet.cell(4, column).value = "30/09/2026"
    app.file_uploader[0].upload("tracker-fixes.xlsx", saved(book), ui.XLSX).run()
    assert [e.value for e in app.error] == []
    assert "Tracker!C3" in said(app)
    press(app, load_words(app)[0])
    assert actions()["Choir"].due_on.isoformat() == "2026-09-30"
    assert waiting.waiting(ui.store()) == []


def test_an_action_says_by_which_rule_a_cell_of_a_strangers_file_was_read(app: Any) -> None:
    loaded(app, CLUB)
    shown = said(opened(app, "action.py", ref=actions()["Reading club"].ref))
    assert "File september.xlsx Sheet Tracker Row 2" in shown
    assert re.search(r"status D2 in hand read as: [^,]+, exact", shown)
    assert "due C2 14/05/2027 read as: day first, exact" in shown


@pytest.mark.parametrize("page", ["overview", "changes", "actions", "kpis", "data", "framework", "search"])
def test_every_page_opens_once_a_strangers_file_was_loaded(app: Any, page: str) -> None:
    loaded(app, CLUB)
    opened(app, f"{page}.py")
