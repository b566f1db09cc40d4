"""A book as lines of JSON, by which the process that read it hands it over. Takes no more memory than a few rows do."""

import json
from collections.abc import Iterator
from typing import Any

from framework.workbook.cells import Book, Note, SheetCells, Span
from framework.workbook.rows import Compact, Rows

_ROWS_A_LINE = 500
BOOK, SHEET = "book", "sheet"


def lines_of(book: Book) -> Iterator[str]:
    """Each sheet and then its rows, some at a time; at the end the book itself."""
    for sheet in book.sheets:
        rows = _compact(sheet.rows)
        yield _line({SHEET: _about(sheet, rows)})
        for start in range(0, len(rows), _ROWS_A_LINE):
            yield _line([rows.values(number) for number in range(start, min(start + _ROWS_A_LINE, len(rows)))])
    about = {"name": book.name, "sha256": book.sha256, "meta": book.meta, "kind": book.kind, "reader": book.reader}
    yield _line({BOOK: {**about, "notes": [[n.code, n.words, n.sheet, n.cell] for n in book.notes]}})


def _line(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _compact(rows: Any) -> Rows:
    assert isinstance(rows, Rows)  # as `parse` makes them
    return rows


def _about(sheet: SheetCells, rows: Rows) -> dict[str, Any]:
    fills: dict[str, list[tuple[int, int]]] = {}
    for place, colour in sheet.fills.items():
        fills.setdefault(colour, []).append(place)
    return {
        "title": sheet.title,
        "formats": list(rows.formats),
        "hidden": sheet.hidden,
        "valued": sheet.valued,
        "merges": sheet.merges,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "tables": sheet.tables,
        "fills": fills,
    }


class Arriving:
    """A book whose lines come in one after the other."""

    def __init__(self) -> None:
        self.book: Book | None = None  # once the last line is there
        self._sheets: list[SheetCells] = []
        self._rows: list[list[Compact]] = []

    def take(self, content: Any) -> None:
        """One line, decoded."""
        if isinstance(content, list):
            self._rows.extend(content)
        elif SHEET in content:
            self._rows = []
            self._sheets.append(_sheet(content[SHEET], self._rows))
        elif BOOK in content:
            about = content[BOOK]
            notes = tuple(Note(*note) for note in about.pop("notes"))
            self.book = Book(sheets=tuple(self._sheets), notes=notes, **about)


def _sheet(about: dict[str, Any], rows: list[list[Compact]]) -> SheetCells:
    return SheetCells(
        about["title"],
        Rows(rows, tuple(about["formats"])),
        about["hidden"],
        about["valued"],
        tuple(Span(*span) for span in about["merges"]),
        frozenset(about["hidden_rows"]),
        frozenset(about["hidden_columns"]),
        tuple((name, Span(*span)) for name, span in about["tables"]),
        {(row, column): colour for colour, places in about["fills"].items() for row, column in places},
    )
