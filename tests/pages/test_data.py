"""The data page: who has not sent what, files brought and waiting, everything out again, loads so far."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from framework.deeds import importing, staging, starting
from framework.errors import NotAllowed
from framework.people import Role
from framework.picture.review import Filter, figures_in
from framework.store import provenance, waiting
from framework.store.ledger import Via
from framework.workbook.parse import parse
from pages import ui
from tests.conftest import LEADER, NOW
from tests.pages.bringing import HEADER, brought, column_of, load_words, loading, offered, set_to, taken_out
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]


def upload(app: Any, content: bytes, name: str = "plan.xlsx") -> Any:
    app.file_uploader[0].upload(name, content, ui.XLSX).run()
    assert not app.exception, [e.value for e in app.exception]
    return app


# Who has sent what


def test_it_says_who_has_not_sent_what_and_lists_every_load(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "data.py")
    picture = ui.picture()
    found = figures_in(picture, picture.edition.ref, Filter())
    assert f"{found.here} of {found.expected} are in." in said(app)
    for place, kpis in found.missing:
        assert place.name in said(app)
        assert all(kpi.title in said(app) for kpi in kpis)
    loads = provenance.imports(ui.store(), picture)
    assert [link["change"] for link in links(app, "change")] == [str(load.change) for load in loads[:10]]
    app.checkbox(key="data_all").check().run()
    assert f"1 to 50 of {len(loads):,}" in said(app)


# Bringing files


def test_a_file_that_is_brought_opens_on_its_own_page_and_waits_until_it_is_settled(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "data.py")
    upload(app, taken_out(set_to("Actions", "A-14", "status", "done")), "june.xlsx")
    assert "june.xlsx 0 new · 1 changed" in said(app)
    (one,) = waiting.waiting(ui.store())
    assert (one.name, one.by, one.via) == ("june.xlsx", LEADER.ref, "page")
    later = opened(small_app(Role.LEADER), "data.py")
    assert links(later, "load") == [{"ref": one.ref}]
    assert f"Files that wait to be loaded File Since Brought by june.xlsx Fri 13 Nov 2026 {LEADER.name}" in said(later)
    press(app, "Load 1 row")
    assert links(opened(later, "data.py"), "load") == []


def test_a_file_from_the_watched_folder_waits_in_nobodys_name(trust: View) -> None:
    trust(Role.LEADER)
    staging.keep(ui.store(), now=NOW, name="inbox.xlsx", content=taken_out(sheets=["Actions"]), by=None, via=Via.INBOX)
    assert "inbox.xlsx Fri 13 Nov 2026 the watched folder" in said(opened(trust(Role.LEADER), "data.py"))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut short", b"\xd0\xcf\x11\xe0 an old file"], ids=["empty", "cut short", "damaged"]
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_is_put_away(trust: View, content: bytes) -> None:
    app = loading(trust(Role.LEADER), content)
    assert len(app.error) == 1
    assert len(app.error[0].value) > 40
    assert load_words(app) == []
    press(app, "Put this file away")
    assert "This file was put away." in said(app)
    assert waiting.waiting(ui.store()) == []


def test_an_administrator_sees_the_returns_and_may_not_load(trust: View) -> None:
    trust(Role.LEADER)
    brought(taken_out(sheets=["Actions"]), "june.xlsx")
    app = opened(trust(Role.ADMINISTRATOR), "data.py")
    assert "Only a trust leader may load a spreadsheet." in said(app)
    assert list(app.file_uploader) == []
    assert "june.xlsx" not in said(app)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.LEADER], ids=str)
def test_the_deeds_behind_it_refuse_everyone_but_a_leader(trust: View, role: Role) -> None:
    """The frame puts another page in its place (tests of every page); whoever got round it would still be refused."""
    trust(role)
    with pytest.raises(NotAllowed):
        brought(b"a,b\n1,2\n")
    with pytest.raises(NotAllowed):
        importing.preview(ui.store(), by=ui.person(), now=NOW, content=b"", name="plan.xlsx")


def test_an_empty_store_shows_all_of_its_first_workbook_as_new(empty_app: View) -> None:
    app = opened(empty_app(Role.LEADER), "data.py")
    assert "Nothing has been loaded yet." in said(app)
    content = starting.SAMPLE.read_bytes()
    # Nobody is in an empty store in whose name it could be brought.
    ref = staging.keep(ui.store(), now=NOW, name="plan.xlsx", content=content, by=None, via=Via.COMMAND)
    opened(app, "load.py", ref=ref)
    assert "new · 0 changed · 0 problems · 0 unchanged" in said(app)


# Taking out


def codes(book: Any) -> list[str]:
    sheet = book["Actions"]
    found = (sheet.cell(row, column_of(sheet, "code")).value for row in range(HEADER + 1, sheet.max_row + 1))
    return [code for code in found if code]


def test_everything_and_an_empty_template_can_be_taken_out(trust: View, monkeypatch: pytest.MonkeyPatch) -> None:
    given = offered(monkeypatch)
    opened(trust(Role.LEADER), "data.py")
    book = openpyxl.load_workbook(io.BytesIO(given["data_whole"]()))
    assert codes(book) == ["A-14"]
    again = importing.preview(
        ui.store(), by=LEADER, now=NOW, content=b"", name="", book=parse(given["data_whole"](), "plan.xlsx")
    )
    assert again.plan.changes == ()
    template = openpyxl.load_workbook(io.BytesIO(given["data_empty"]()))
    assert codes(template) == []


def test_a_workbook_for_one_person_and_one_sheet_can_be_taken_out(trust: View, monkeypatch: pytest.MonkeyPatch) -> None:
    given = offered(monkeypatch)
    app = opened(trust(Role.LEADER), "data.py")
    assert "data_one" not in given
    whom = field(app, "selectbox", "A workbook for")
    assert [words for words in whom.options if words.startswith("Objective")] == ["Objective A"]
    whom.set_value("Denise Member (their actions and KPIs)")
    field(app, "selectbox", "A sheet as CSV").set_value("Actions").run()
    book = openpyxl.load_workbook(io.BytesIO(given["data_one"]()))
    assert codes(book) == []
    assert "A-14" in given["data_csv"]().decode("utf-8-sig")
