"""Spreadsheets for tests of loading: ours, taken out and edited by hand; a stranger's; and bringing them to a page."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
import streamlit as st

from framework.deeds import exporting, staging
from framework.people import Person
from framework.store import Store
from framework.subjects import BY_SHEET
from pages import ui
from tests.pages.reading import opened

HEADER = 3  # the row of headings in our own workbook
TRACKER_HEADS = ("Action", "Lead officer", "Due date", "Status", "Priority area", "Progress update")


@dataclass(frozen=True)
class Edit:
    """What somebody changes by hand in one sheet."""

    sheet: str
    change: Callable[[Any], None]  # takes openpyxl's sheet

    def __call__(self, book: Any) -> None:
        self.change(book[self.sheet])


def taken_out(*edits: Edit, sheets: Sequence[str] = ()) -> bytes:
    """The sheets that are edited (or named; everything where none is) taken out, and changed by hand."""
    return edited(ui.store(), edits, sheets, by=ui.person(), now=ui.now())


def edited(store: Store, edits: Sequence[Edit], sheets: Sequence[str] = (), *, by: Person, now: datetime) -> bytes:
    tables = {BY_SHEET[sheet].table for sheet in (*sheets, *(edit.sheet for edit in edits))} or None
    content = exporting.export(store, by=by, now=now, tables=tables)[1]
    if not edits:
        return content
    book = openpyxl.load_workbook(io.BytesIO(content))
    for edit in edits:
        edit(book)
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def set_to(sheet: str, row: str, heading: str, value: object) -> Edit:
    """Another value for one cell; the row is the first that has a cell saying `row`."""

    def change(cells: Any) -> None:
        cells.cell(row_of(cells, row), column_of(cells, heading)).value = value

    return Edit(sheet, change)


def without(sheet: str, row: str) -> Edit:
    return Edit(sheet, lambda cells: cells.delete_rows(row_of(cells, row)))


def added(sheet: str, **facts: object) -> Edit:
    """A row below the last; headings with `_` for a blank."""

    def change(cells: Any) -> None:
        number = cells.max_row + 1
        for heading, value in facts.items():
            cells.cell(number, column_of(cells, heading.replace("_", " "))).value = value

    return Edit(sheet, change)


def row_of(cells: Any, text: str) -> int:
    return next(cell.row for row in cells.iter_rows(min_row=HEADER + 1) for cell in row if cell.value == text)


def column_of(cells: Any, heading: str) -> int:
    heads = {str(cell.value).rstrip("*"): cell.column for cell in cells[HEADER] if cell.value}
    return int(heads[heading])


def a_tracker(*rows: Sequence[object], heads: Sequence[str] = TRACKER_HEADS, title: str = "Tracker") -> bytes:
    """A stranger's workbook: one sheet, headings in the first row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (heads, *rows):
        sheet.append(row)
    return saved(book)


def brought(content: bytes, name: str = "plan.xlsx") -> str:
    """The ref of a file that waits."""
    return staging.bring(ui.store(), by=ui.person(), now=ui.now(), name=name, content=content)


def loading(app: Any, content: bytes, name: str = "plan.xlsx") -> Any:
    """The page of a file that was brought, as a link opens it."""
    app.query_params.clear()
    return opened(app, "load.py", ref=brought(content, name))


def pick(app: Any, key: str, value: object) -> Any:
    """Choose in the row of choices with this key."""
    app.button_group(key=key).set_value(value).run()
    assert not app.exception, app.exception
    return app


def load_words(app: Any) -> list[str]:
    """The button that loads, if there is one."""
    return [b.label for b in app.button if b.label.startswith("Load ")]


def offered(monkeypatch: Any) -> dict[str, Any]:
    """From now on, what each button for downloading gives, by its key."""
    found: dict[str, Any] = {}
    button = st.download_button

    def kept(label: str, data: Any, *words: Any, key: str, **more: Any) -> bool:
        found[key] = data
        return bool(button(label, data, *words, key=key, **more))

    monkeypatch.setattr(st, "download_button", kept)
    return found
