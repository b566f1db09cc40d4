"""The data page: who has not sent what, a workbook shown before it is loaded, everything out again, loads so far."""

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from framework.deeds import importing, starting
from framework.errors import NotAllowed
from framework.people import Role
from framework.picture.review import Filter, figures_in
from framework.store import provenance
from pages import ui

View = Callable[[Role | None], Any]
Edit = Callable[[Any], None]
FIRST = 4  # the row of the first action: below title, words and headings


def opened(app: Any) -> Any:
    app.run()
    app.switch_page("data.py").run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def said(app: Any) -> str:
    found = [e.proto.body for e in app.get("html")]
    bodies = " ".join(b for b in found if "<style" not in b and "cd-viewers" not in b)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bodies)).split())


def given(app: Any, content: bytes, name: str = "plan.xlsx") -> Any:
    app.file_uploader[0].upload(name, content, ui.XLSX).run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def press(app: Any, words: str) -> Any:
    next(b for b in app.button if b.label.startswith(words)).click().run()
    assert not app.exception, [e.value for e in app.exception]
    return app


_taken_out: list[bytes] = []


def exported() -> bytes:
    """The sample taken out as a workbook; made once, since every test begins with a copy of the same database."""
    if not _taken_out:
        _taken_out.append(importing.export(ui.store(), by=ui.person(), now=ui.now())[1])
    return _taken_out[0]


def edited(*edits: Edit) -> bytes:
    """Everything taken out, and changed by hand."""
    book = load_workbook(io.BytesIO(exported()))
    for edit in edits:
        edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Any, sheet: str, heading: str, row: int) -> Any:
    place = book[sheet]
    heads = {str(c.value).rstrip("*"): c.column for c in place[FIRST - 1] if c.value}
    return place.cell(row, heads[heading])


def set_cell(sheet: str, heading: str, value: object, row: int = FIRST) -> Edit:
    def edit(book: Any) -> None:
        cell(book, sheet, heading, row).value = value

    return edit


@pytest.fixture
def page(viewed_as: View) -> Any:
    return opened(viewed_as(Role.LEADER))


def test_it_says_who_has_not_sent_what(page: Any) -> None:
    picture = ui.picture()
    found = figures_in(picture, picture.edition.ref, Filter())
    assert f"{found.here} of {found.expected} are in." in said(page)
    for place, kpis in found.missing:
        assert place.name in said(page)
        assert all(kpi.title in said(page) for kpi in kpis)


def test_the_plan_taken_out_and_loaded_again_changes_nothing(page: Any) -> None:
    given(page, exported())
    assert "Everything in it is here already; nothing in it has changed." in said(page)
    assert [b.label for b in page.button if b.label.startswith("Load")] == []


def test_one_changed_cell_is_shown_then_loaded_as_one_change(page: Any) -> None:
    before = ui.picture()
    given(page, edited(set_cell("Actions", "what will be different", "Everyone eats.")))
    assert "0 new · 1 changed · 0 with cleared cells · 0 not in your file" in said(page)
    assert re.search(r"what will be different: .+ \N{RIGHTWARDS ARROW} Everyone eats\.", said(page))
    assert ui.picture().change == before.change  # nothing is written by looking
    page.text_input(key="plan_why").set_value("Agreed at the June meeting.").run()
    press(page, "Load 1 change")
    assert [e.value for e in page.success] == [r"plan\.xlsx is loaded\: 0 new\, 1 changed\, 2\,829 unchanged\."]
    after = ui.picture()
    assert after.change == before.change + 1
    changed = [a for ref, a in after.actions.items() if a != before.actions[ref]]
    assert [a.success for a in changed] == ["Everyone eats."]
    told = provenance.told_of_row(ui.store(), after, "action", changed[0].ref)[0].told
    assert (told.by, told.file, told.reason) == (ui.person().name, "plan.xlsx", "Agreed at the June meeting.")
    assert "See what changed" in said(page)


def test_the_bytes_are_dropped_after_loading_and_after_cancelling(page: Any) -> None:
    given(page, edited(set_cell("Actions", "what will be different", "Everyone eats.")))
    assert "data_staged" in page.session_state
    press(page, "Cancel")
    assert "data_staged" not in page.session_state
    assert "Load a workbook" in said(page)
    given(page, edited(set_cell("Actions", "what will be different", "Everyone eats.")))
    press(page, "Load 1 change")
    assert "data_staged" not in page.session_state


def test_the_same_file_a_second_time_says_when_it_was_loaded(page: Any) -> None:
    content = edited(set_cell("Actions", "what will be different", "Everyone eats."))
    press(given(page, content), "Load 1 change")
    given(page, content)
    assert "This file was loaded on Fri 13 Nov 2026; nothing in it has changed." in said(page)


def test_every_wrong_cell_is_listed_at_once_five_of_a_kind(page: Any) -> None:
    before = ui.picture().change
    wrong = [set_cell("Actions", "due", "soon <b>", row) for row in range(FIRST, FIRST + 8)]
    given(page, edited(*wrong, set_cell("KPIs", "frequency", "now and then")))
    words = said(page)
    assert "What needs correcting in this file 9 problems" in words
    assert words.count("soon <b>") == 5
    assert "and 3 more like this on Actions, due" in words
    assert "now and then" in words
    assert [b.label for b in page.button if b.label.startswith("Load")] == []
    assert ui.picture().change == before
    press(page, "Choose another file")
    assert "What needs correcting" not in said(page)


def test_an_emptied_cell_is_kept_unless_someone_says_otherwise(page: Any) -> None:
    content = edited(set_cell("Actions", "what will be different", None))
    given(page, content)
    assert "Empty in your file" in said(page)
    assert [b.label for b in page.button if b.label.startswith("Load")] == []  # there is nothing to load
    page.checkbox(key="plan_clear").check().run()
    press(page, "Load 1 change")
    assert sum(a.success is None for a in ui.picture().actions.values()) == 1


def test_a_row_that_is_not_in_the_file_is_kept(page: Any) -> None:
    before = len(ui.picture().events)
    given(page, edited(lambda book: book["Events"].delete_rows(FIRST)))
    assert "1 row here is not in your file: it is kept." in said(page)
    assert len(ui.picture().events) == before


def test_a_new_row_and_the_row_that_refers_to_it_are_shown_by_name(page: Any) -> None:
    def add(book: Any) -> None:
        action, step = book["Actions"].max_row + 1, book["Milestones"].max_row + 1
        for heading, value in {
            "code": "Z-99",
            "version": "2025-2027",
            "objective": "A",
            "action": "Chess club",
        }.items():
            cell(book, "Actions", heading, action).value = value
        cell(book, "Actions", "due", action).value = "14 May 2027"
        for heading, value in {"action": "Z-99", "milestone": "Boards bought", "due": "15 Jan 2027"}.items():
            cell(book, "Milestones", heading, step).value = value

    given(page, edited(add))
    assert "2 new" in said(page)
    assert "Z-99 Chess club" in said(page)
    page.button_group(key="plan_sheet").set_value("Milestones").run()
    assert "action: Z-99" in said(page)
    press(page, "Load 2 changes")
    assert any(a.code == "Z-99" for a in ui.picture().actions.values())


def test_what_changed_here_meanwhile_stops_the_load_and_the_file_is_compared_once_more(page: Any) -> None:
    given(page, edited(set_cell("Actions", "what will be different", "Everyone eats.")))
    other = edited(set_cell("Actions", "what will be different", "Nobody is hungry."))
    plan = importing.preview(ui.store(), by=ui.person(), content=other, name="other.xlsx")
    importing.apply(ui.store(), by=ui.person(), now=ui.now(), plan=plan, content=other, name="other.xlsx")
    press(page, "Load 1 change")
    assert "Something here changed" in page.error[0].value
    assert re.search(r"Nobody is hungry\. \N{RIGHTWARDS ARROW} Everyone eats\.", said(page))
    press(page, "Load 1 change")
    assert any(a.success == "Everyone eats." for a in ui.picture().actions.values())


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut short", b"\xd0\xcf\x11\xe0 an old file"])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_the_page_stands(page: Any, content: bytes) -> None:
    given(page, content)
    assert len(page.error) == 1
    assert "plan.xlsx was not loaded." in said(page)
    given(page, exported())
    assert list(page.error) == []


def test_text_from_a_file_is_never_markup(page: Any) -> None:
    evil = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    given(page, edited(set_cell("Actions", "what will be different", evil)), name="<b>plan</b>.xlsx")
    assert evil in said(page)
    assert not [e for e in page.get("html") if "<img" in e.proto.body or "<b>" in e.proto.body]


def test_every_load_so_far_can_be_seen(page: Any) -> None:
    found = provenance.imports(ui.store(), ui.picture())
    page.checkbox(key="data_all").check().run()
    assert f"1 to 50 of {len(found):,}" in said(page)


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.LEADER, Role.ADMINISTRATOR)])
def test_the_deeds_behind_it_refuse_the_board_and_the_task_force(viewed_as: View, role: Role) -> None:
    """The frame puts another page in its place (tests of every page); whoever got round it would still be refused."""
    viewed_as(Role.LEADER)
    content = exported()
    viewed_as(role)
    with pytest.raises(NotAllowed):
        importing.preview(ui.store(), by=ui.person(), content=content, name="plan.xlsx")


def test_an_administrator_sees_the_returns_and_may_not_load(viewed_as: View) -> None:
    app = opened(viewed_as(Role.ADMINISTRATOR))
    assert "Only a trust leader may load a workbook." in said(app)
    assert list(app.file_uploader) == []


def test_an_empty_store_shows_all_of_its_first_workbook_as_new(empty_app: View) -> None:
    app = opened(empty_app(Role.LEADER))
    assert "Nothing has been loaded yet." in said(app)
    given(app, starting.SAMPLE.read_bytes())
    assert re.search(r"[\d,]+ new · 0 changed · 0 with cleared cells · 0 not in your file · 0 unchanged", said(app))
