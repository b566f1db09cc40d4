"""What a file of ours says of itself: schema, ids, counts and hashes; and in a CSV the one heading that says as much.

The mark of a CSV also says that its texts are guarded, so that reading takes off exactly the quotes that writing put.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from framework.subjects import BY_SHEET
from framework.text import clean
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.overlay import Overlaid
from framework.workbook.text import LIKE_A_FORMULA

SCHEMA = "civic-plan/1"
HEADING_ROW = 3  # of every sheet that we write
_SAID = ("workbook", "revision")
_LOOKED_AT = 40  # rows in which the mark may stand
_GUARDABLE = re.compile(f"'*[{re.escape(''.join(LIKE_A_FORMULA))}]")


def meta_line(meta: Mapping[str, Any], sheets: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    """One line of JSON: what the next reading wants to know of this file.

    sheets  by title: headings, then rows, as they are written
    """
    said = {name: _plain(value) for name, value in meta.items()}
    rows = {title: len(written) - 1 for title, written in sheets.items()}
    hashes = {title: hash_of(written) for title, written in sheets.items()}
    return json.dumps({**said, "schema": SCHEMA, "rows": rows, "hashes": hashes}, sort_keys=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def hash_of(rows: Iterable[Iterable[Any]]) -> str:
    """SHA-256 of cells in their canonical words. Empty cells at a row's end and empty rows at the end do not count."""
    lines = ["\x1f".join(canonical(value) for value in row).rstrip("\x1f") for row in rows]
    return hashlib.sha256("\x1e".join(lines).rstrip("\x1e").encode()).hexdigest()


def canonical(value: Any) -> str:
    """A cell's content in words that any program leaves the same: 7 and 7.0 are one, so are a day and its midnight."""
    kind = type(value)
    if value is None or kind is str:
        return clean(value or "")
    if kind is int or kind is float:
        return f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else clean(str(value))


def untouched(book: Book) -> frozenset[str]:
    """The titles of sheets that hold just what was written into them."""
    hashes = book.meta.get("hashes")
    if not isinstance(hashes, dict):
        return frozenset()
    return frozenset(sheet.title for sheet in book.sheets if hashes.get(sheet.title) == hash_of(_written(sheet)))


def _written(sheet: SheetCells) -> Iterable[Iterable[Any]]:
    for row in sheet.rows[HEADING_ROW - 1 :]:
        yield [None if cell is None else cell.value for cell in row]


def guarded(text: str) -> str:
    """The text with a quote before it when a program might take it, or what follows its quotes, for a formula."""
    return f"'{text}" if _GUARDABLE.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _GUARDABLE.match(text) else text


def mark(title: str, count: int, meta: Mapping[str, Any]) -> str:
    """The last heading of a CSV of ours: `civic-plan/1; sheet=Values; rows=134; workbook=w1; revision=7`."""
    said = {"sheet": title, "rows": count, **{name: meta[name] for name in _SAID if meta.get(name) is not None}}
    return "; ".join([SCHEMA, *(f"{name}={str(value).replace(';', ' ')}" for name, value in said.items())])


def unguarded_book(book: Book) -> Book:
    """The book with its marks taken off: cells without the quotes that we put, and what the marks say as its `meta`.

    A sheet without a mark, and a book without any, is left as it is.
    """
    sheets: list[SheetCells] = []
    meta: dict[str, Any] = {}
    for sheet in book.sheets:
        found = _find_mark(sheet)
        if found is None:
            sheets.append(sheet)
            continue
        place, said = found
        title = said.get("sheet", "")
        known = title if title in BY_SHEET else sheet.title
        sheets.append(replace(sheet, title=known, rows=Overlaid(sheet.rows, _Unguarding(place))))
        rows = {**meta.get("rows", {}), known: _count(said.get("rows", ""))}
        meta |= {"schema": SCHEMA, "rows": rows}
        meta |= {"workbook": said["workbook"]} if "workbook" in said else {}
        meta |= {"revision": _count(said["revision"])} if "revision" in said else {}
    return replace(book, sheets=tuple(sheets), meta={**meta, **book.meta}) if meta else book


def _find_mark(sheet: SheetCells) -> tuple[tuple[int, int], dict[str, str]] | None:
    """Where the mark stands, and what it says, by name."""
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        for column, cell in enumerate(row):
            if cell is not None and isinstance(cell.value, str) and clean(cell.value).split(";")[0] == SCHEMA:
                pairs = (part.strip().partition("=") for part in cell.value.split(";")[1:])
                return (index, column), {name: value for name, _, value in pairs}
    return None


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


class _Unguarding:
    """Takes the guards off a row's texts, and the mark out of its place."""

    def __init__(self, place: tuple[int, int]) -> None:
        self._place = place

    def __call__(self, index: int, row: Sequence[Cell | None]) -> list[Cell | None]:
        cells = [self._cell(cell) for cell in row]
        if index == self._place[0]:
            cells[self._place[1]] = None
        return cells

    @staticmethod
    def _cell(cell: Cell | None) -> Cell | None:
        if cell is None or not isinstance(cell.value, str) or not cell.value.startswith("'"):
            return cell
        return replace(cell, value=unguarded(cell.value), raw=unguarded(cell.raw))
