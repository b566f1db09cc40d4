"""Our own workbook on its way in: the comparison part by part, choosing in it, and loading just that."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from framework.deeds import importing, staging
from framework.people import Role
from framework.plans import Status
from framework.store import provenance, waiting
from framework.store.pictures import known
from framework.subjects import SHEET_ORDER
from framework.workbook.parse import parse
from pages import ui
from tests.conftest import LEADER, NOW, an_action, put
from tests.pages.bringing import (
    Edit,
    added,
    brought,
    load_words,
    loading,
    offered,
    pick,
    set_to,
    taken_out,
    without,
)
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
READING = an_action(ref="action0021", code="A-21", title="Reading club", success="Children read.")
CHESS = an_action(ref="action0022", code="A-22", title="Chess club")
FAIR = an_action(ref="action0023", code="A-23", title="Careers fair")
EVERY_SHEET = [subject.sheet for subject in SHEET_ORDER]
NEW = {"code": "A-24", "version": "2025-2027", "objective": "A", "action": "Choir", "due": "14 May 2027"}


def action(code: str, *, archived: bool = False) -> Any:
    rows = known(ui.store())[0]["action"].values()
    return next((a for a in rows if a.code == code and a.archived is archived), None)


def changed_here(row: Any, **facts: Any) -> None:
    """Somebody changes a row here while the file is elsewhere."""
    here = known(ui.store())[0]["action"][row.ref]
    put(ui.store(), replace(here, **facts), now=NOW, by=LEADER)


def the_file(*more: Edit, sheets: Sequence[str] = ()) -> bytes:
    """A workbook that was taken out and edited, while the same was edited here: something of every kind."""
    put(ui.store(), READING, CHESS, FAIR, now=NOW)
    content = taken_out(
        set_to("Actions", "A-14", "status", "done"),
        set_to("Actions", "A-21", "action", "Reading clubs"),
        set_to("Actions", "A-21", "what will be different", "Everyone reads."),
        set_to("Actions", "A-22", "owner", None),
        set_to("Actions", "A-22", "due", "20 May 2027"),
        without("Actions", "A-23"),
        added("Actions", **NEW),
        *more,
        sheets=sheets,
    )
    changed_here(READING, title="Reading club for all", success="Each child reads.")
    changed_here(an_action(), success="No child is hungry.")
    return content


@pytest.fixture
def app(trust: View) -> Any:
    return trust(Role.LEADER)


def load(app: Any) -> Any:
    (label,) = load_words(app)
    press(app, label)
    assert [e.value for e in app.error] == []
    return app


# The comparison, part by part


def test_each_part_of_the_comparison_can_be_seen(app: Any) -> None:
    loading(app, the_file(set_to("KPIs", "K-A02", "frequency", "now and then"), sheets=EVERY_SHEET))
    counts = (
        "1 new · 2 changed · 2 conflicts · 1 cleared · 1 not in your file · 1 changed here · 1 problem · 29 unchanged"
    )
    assert counts in said(app)
    shown = {}
    for part in ("Problems", "Conflicts", "New", "Changed", "Cleared", "Not in your file", "Changed here"):
        shown[part] = said(pick(app, "load_part", f"{part} ({2 if part in ('Changed', 'Conflicts') else 1})"))
    assert (
        "KPIs!S4 frequency*, K-A02 Persistent absence “now and then” one of: yearly, termly, half-termly, quarterly, "
        "monthly, weekly the row stays as it is here" in shown["Problems"]
    )
    assert (
        "A-21 Reading clubs: action As you took it out Reading club In your file Reading clubs Here now Reading club "
        "for all" in shown["Conflicts"]
    )
    assert "A-24 Choir code: A-24 version: 2025-2027 objective: A action: Choir due: 14 May 2027" in shown["New"]
    assert (
        "A-14 Breakfast club at Hazel Grange status: on track → done A-22 Chess club due: 23 Oct 2026 → 20 May 2027"
        in shown["Changed"]
    )
    assert "A-22 Chess club owner: Priya Leader → nothing" in shown["Cleared"]
    assert "1 row in the plan is not in your file. We have kept it." in shown["Not in your file"]
    assert "A-23 Careers fair" in shown["Not in your file"]
    assert "what will be different: nothing → No child is hungry." in shown["Changed here"]


def test_what_is_loaded_is_what_was_shown_and_looking_writes_nothing(app: Any) -> None:
    before = known(ui.store())[0]["action"]
    loading(app, the_file(sheets=EVERY_SHEET))
    number = ui.picture().change
    press(app, "Load 3 rows")
    after = known(ui.store())[0]["action"]
    assert ui.picture().change == number + 1
    assert action("A-24").title == "Choir"
    assert (after["action0001"].status, after["action0001"].success) == ("done", "No child is hungry.")
    assert (after["action0021"].title, after["action0021"].success) == ("Reading club for all", "Each child reads.")
    assert (after["action0022"].owner, after["action0022"].due_on) == (LEADER.ref, date(2027, 5, 20))
    assert not after["action0023"].archived
    assert set(after) - set(before) == {"action0021", "action0022", "action0023", action("A-24").ref}
    assert [s.value.replace("\\", "") for s in app.success] == ["Loaded: plan.xlsx"]
    assert "1 new · 2 changed · 30 unchanged" in said(app)
    assert links(app, "change") == [{"change": str(number + 1)}]


def test_why_it_was_loaded_is_kept_with_its_file_and_cell(app: Any) -> None:
    loading(app, taken_out(set_to("Actions", "A-14", "what will be different", "Everyone eats.")))
    assert re.search(r"what will be different: nothing \N{RIGHTWARDS ARROW} Everyone eats\.", said(app))
    app.text_input(key="load_why").set_value("Agreed at the June meeting.").run()
    press(app, "Load 1 row")
    told = provenance.told_of_row(ui.store(), ui.picture(), "action", "action0001")[0]
    assert (told.told.by, told.told.file, told.told.reason) == (LEADER.name, "plan.xlsx", "Agreed at the June meeting.")
    assert told.cells["success"][1] == "Everyone eats."


# Choosing


def test_a_row_and_a_single_fact_can_be_left_out(app: Any) -> None:
    loading(app, the_file(set_to("Actions", "A-22", "evidence", "Minutes of June")))
    pick(app, "load_part", "New (1)")
    app.multiselect[0].set_value(["A-24 Choir"]).run()
    assert load_words(app) == ["Load 2 rows"]
    pick(app, "load_part", "Changed (2)")
    app.multiselect[0].set_value(["A-14 Breakfast club at Hazel Grange", "A-22 Chess club: due"]).run()
    pick(app, "load_part", "New (1)")
    assert app.multiselect[0].value == ["A-24 Choir"]  # what was chosen on one part is kept on the way through others
    press(app, "Load 1 row")
    assert action("A-24") is None
    assert action("A-14").status == "on track"
    assert (action("A-22").due_on, action("A-22").evidence) == (CHESS.due_on, "Minutes of June")


def test_each_conflict_is_settled_by_itself_and_both_long_texts_may_stand(app: Any) -> None:
    loading(app, the_file())
    assert [radio.options for radio in app.radio] == [
        ["Keep what is here", "Take the file's"],
        ["Keep what is here", "Take the file's", "Keep both"],
    ]
    app.radio[0].set_value("file").run()
    app.radio[1].set_value("both").run()
    pick(app, "load_part", "New (1)")
    pick(app, "load_part", "Conflicts (2)")
    assert [radio.value for radio in app.radio] == ["file", "both"]
    press(app, "Load 4 rows")
    assert (action("A-21").title, action("A-21").success) == ("Reading clubs", "Each child reads.\n\nEveryone reads.")
    settled = "A-21 Reading clubs action the file's A-21 Reading clubs what will be different both"
    assert f"How conflicts were settled Row Fact What stands now {settled}" in said(app)


def test_all_conflicts_are_settled_at_once(app: Any) -> None:
    loading(app, the_file())
    press(app, "Take the file's for all 2")
    assert [radio.value for radio in app.radio] == ["file", "file"]
    press(app, "Keep what is here for all 2")
    assert [radio.value for radio in app.radio] == ["ours", "ours"]
    press(app, "Take the file's for all 2")
    press(app, "Load 4 rows")
    assert (action("A-21").title, action("A-21").success) == ("Reading clubs", "Everyone reads.")


def test_what_is_empty_or_missing_in_the_file_goes_only_when_it_is_named(app: Any) -> None:
    loading(app, the_file())
    pick(app, "load_part", "Cleared (1)")
    field(app, "checkbox", "Clear this fact here too").check().run()
    pick(app, "load_part", "Not in your file (1)")
    field(app, "multiselect", "Archive").set_value(["A-23 Careers fair"]).run()
    pick(app, "load_part", "Cleared (1)")
    assert field(app, "checkbox", "Clear this fact here too").value
    press(app, "Load 4 rows")
    assert action("A-22").owner is None
    assert action("A-23") is None
    assert action("A-23", archived=True).title == "Careers fair"
    assert "1 new · 2 changed · 1 archived" in said(app)


def test_one_of_several_empty_cells_may_be_cleared_alone(app: Any) -> None:
    put(ui.store(), READING, CHESS, now=NOW)
    loading(app, taken_out(set_to("Actions", "A-21", "owner", None), set_to("Actions", "A-22", "owner", None)))
    field(app, "multiselect", "Or clear only these").set_value(["A-22 Chess club: owner"]).run()
    press(app, "Load 1 row")
    assert action("A-22").owner is None
    assert action("A-21").owner == LEADER.ref


# Something is wrong in it


def test_every_wrong_cell_is_listed_five_of_a_kind_and_nothing_can_be_loaded(app: Any) -> None:
    more = [an_action(ref=f"action010{n}", code=f"A-3{n}", title=f"Club {n}") for n in range(8)]
    put(ui.store(), *more, now=NOW)
    wrong = [set_to("Actions", one.code, "due", "soon <b>") for one in more]
    loading(app, taken_out(*wrong, set_to("Actions", "A-14", "status", "finishedish")))
    assert "9 problems" in said(app)
    assert said(app).count("“soon <b>”") == 5
    assert "and 3 more like this on Actions, due" in said(app)
    assert "finishedish" in said(app)
    assert load_words(app) == []
    assert "Nothing can be loaded while cells need correcting." in said(app)


def test_the_rest_is_loaded_without_the_wrong_rows_only_when_it_is_ticked(app: Any) -> None:
    loading(app, the_file(set_to("Actions", "A-22", "due", "soon")))
    assert load_words(app) == []
    (tick,) = app.checkbox
    assert tick.label == "Load the other 2 rows without the 1 that has a problem"
    tick.check().run()
    press(app, "Load 2 rows")
    assert (action("A-22").due_on, action("A-24").title) == (CHESS.due_on, "Choir")
    assert "1 new · 1 changed · 1 left out because of problems" in said(app)


def test_a_row_that_names_a_row_that_is_left_out_is_left_out_with_it_and_it_is_said(app: Any) -> None:
    content = taken_out(
        added("Actions", **NEW),
        added("Milestones", action="A-24", milestone="Singers found", due="15 Jan 2027"),
    )
    loading(app, content)
    pick(app, "load_sheet", "Milestones (1)")
    assert "action: A-24" in said(app)
    assert load_words(app) == ["Load 2 rows"]
    pick(app, "load_sheet", "Actions (1)")
    app.multiselect[0].set_value(["A-24 Choir"]).run()
    assert "1 row is left out too, because it belongs to one that is: A-24, Singers found." in said(app)
    assert load_words(app) == []


def test_our_workbook_is_handed_back_with_what_is_wrong_at_each_cell(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given = offered(monkeypatch)
    loading(app, taken_out(set_to("Actions", "A-14", "due", "soon")), "june.xlsx")
    back = openpyxl.load_workbook(io.BytesIO(given["load_copy"]()))
    words = [str(c.value) for row in back["Actions"].iter_rows(max_row=8) for c in row if c.value is not None]
    assert "Check" in [word.strip() for word in words]
    assert any("soon" in word and "we need" in word for word in words)
    again = parse(given["load_copy"](), "june-to-correct.xlsx")
    seen = importing.preview(ui.store(), by=LEADER, now=NOW, content=b"", name="", book=again)
    assert [p.code for p in seen.plan.problems] == ["CELL-DATE"]


def test_rows_sorted_without_their_ids_are_matched_by_their_titles_when_asked(app: Any) -> None:
    put(ui.store(), READING, CHESS, FAIR, now=NOW)

    def shuffle(sheet: Any) -> None:
        """The rows' facts move down by one and the hidden ids stay."""
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4, max_row=7)]
        for place, row in enumerate(sheet.iter_rows(min_row=4, max_row=7)):
            for number, cell in enumerate(row[2:], 2):
                cell.value = rows[place - 1][number]

    loading(app, taken_out(Edit("Actions", shuffle)))
    assert load_words(app) == []
    assert [c.label for c in app.checkbox] == []  # rows that were mixed up are never loaded in part
    press(app, "Match the rows by their titles instead")
    assert "0 new · 0 changed · 0 problems" in said(app)


# Two people, and files that wait no longer


def test_what_changed_here_meanwhile_stops_the_load_and_the_file_is_compared_once_more(app: Any) -> None:
    loading(app, taken_out(set_to("Actions", "A-14", "status", "done")))
    changed_here(an_action(), success="Nobody is hungry.")
    press(app, "Load 1 row")
    assert "Something here changed while you looked at the file" in app.error[0].value
    assert "1 changed · 1 changed here" in said(app)
    assert action("A-14").status == "on track"
    press(app, "Load 1 row")
    assert (action("A-14").status, action("A-14").success) == ("done", "Nobody is hungry.")


def test_a_file_that_somebody_put_away_meanwhile_is_not_loaded(app: Any) -> None:
    loading(app, taken_out(set_to("Actions", "A-14", "status", "done")))
    (one,) = waiting.waiting(ui.store())
    staging.put_away(ui.store(), by=LEADER, now=NOW, ref=one.ref)
    press(app, "Load 1 row")
    assert "waits no longer" in app.error[0].value
    assert "This file was put away. Nothing of it was loaded." in said(app)
    assert action("A-14").status == "on track"


def test_a_file_is_put_away_and_another_may_be_chosen(app: Any) -> None:
    loading(app, taken_out())
    assert "Everything in it is here already; nothing in it has changed." in said(app)
    assert load_words(app) == []
    press(app, "Put this file away")
    assert "This file was put away. Nothing of it was loaded." in said(app)
    assert links(app, "data")
    assert waiting.waiting(ui.store()) == []


def test_the_same_file_a_second_time_says_when_it_was_loaded(app: Any) -> None:
    content = taken_out(set_to("Actions", "A-14", "status", "done"))
    load(loading(app, content))
    loading(app, content)
    assert "You loaded this file on Fri 13 Nov 2026; nothing in it has changed." in said(app)
    changed_here(an_action(), status=Status.BLOCKED)
    app.run()
    assert "You loaded this file on Fri 13 Nov 2026. What differs was changed here since" in said(app)


def test_an_address_without_a_file_says_so(app: Any) -> None:
    opened(app, "load.py", ref="nothing")
    assert "There is no such file here. It may have been put away." in said(app)


@pytest.mark.parametrize("role", [*(r for r in Role if r is not Role.LEADER), None], ids=str)
def test_a_leader_alone_may_open_it(trust: View, role: Role | None) -> None:
    trust(Role.LEADER)
    ref = brought(taken_out(sheets=["Actions"]))
    app = opened(trust(role), "load.py", ref=ref)
    assert "This page is not open to you" in said(app)
    assert "plan.xlsx" not in said(app)
    assert list(app.button) == []


def test_text_from_a_file_is_never_markup(app: Any) -> None:
    evil = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    content = taken_out(
        set_to("Actions", "A-14", "what will be different", evil), added("Actions", **{**NEW, "action": evil})
    )
    loading(app, content, "<b>plan</b>.xlsx")
    texts = [said(pick(app, "load_part", part)) for part in ("New (1)", "Changed (1)")]
    assert all(evil in text for text in texts)
    load(app)
    opened(app, "change.py", **links(app, "change")[0])
    assert "<b>plan</b>.xlsx" in said(app)
    assert not [e for e in app.get("html") if "<img" in e.proto.body or "<b>" in e.proto.body]
