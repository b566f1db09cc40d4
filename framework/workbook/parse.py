"""Bytes to cells: the whole file, or a refusal in words. Nothing is run, nothing fetched, nothing left on disk.

What a stranger sent is parsed in a child process: see `read`. Here, in this process, only files of our own.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from framework.workbook import limits, refusals
from framework.workbook.careful import Grid, read_carefully
from framework.workbook.cells import Book, Note, SheetCells, Span
from framework.workbook.delimited import read_text
from framework.workbook.fast import FastSheet, read_fast
from framework.workbook.meta import META_SHEET, said_in_properties, said_on_sheet
from framework.workbook.outline import Outline, number_formats, outline, tables_of
from framework.workbook.package import Kind, kind_of, names_in_container, passed_over, prove
from framework.workbook.rows import Formats, Rows
from framework.workbook.scan import scan
from framework.workbook.shared_texts import empty_texts
from framework.workbook.tally import Scan

Tell = Callable[[float, str], None]

# What zipfile and expat raise, and reading numbers and names, on parts that are missing, cut short or nonsense.
_SIGNS_OF_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,
)
# What openpyxl raises on top of that; only its reading is inside.
_SIGNS_OF_OPENPYXL = (*_SIGNS_OF_DAMAGE, ParseError, TypeError, AttributeError, AssertionError)
_SCANNED = 0.3  # the share of the work that is done when the scan is
_READ = 0.9


def parse(content: bytes, name: str, tell: Tell | None = None) -> Book:
    """The workbook's cells. Raises FileRefused, in words for whoever sent the file, when they cannot all be read.

    tell  called with the share that is done (0 to 1) and what is being done
    """
    tell = tell or (lambda share, words: None)
    with _or_damaged():
        kind = kind_of(content, name)
    if kind == Kind.CSV:
        book = _text(content, name)
    elif kind == Kind.XLS:
        book = _plain(content, name, kind, {}, tell)
        book = _noted(book, _ignored(names_in_container(content)))
    else:
        with _or_damaged(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            said = said_in_properties(archive, kind)
            ignored = _ignored(archive.namelist())
            if kind in (Kind.XLSX, Kind.XLSM):
                book = _excel(content, name, kind, archive, said, tell)
            else:
                prove(archive)
                book = _plain(content, name, kind, said, tell)
        book = _noted(book, ignored)
    tell(_READ, "Reading is done")
    return replace(book, sha256=hashlib.sha256(content).hexdigest())


@contextmanager
def _or_damaged() -> Iterator[None]:
    try:
        yield
    except _SIGNS_OF_DAMAGE as sign:
        raise refusals.DAMAGED.refused() from sign


def _text(content: bytes, name: str) -> Book:
    rows = read_text(content)
    stem, _, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    notes = []
    if ending.lower().startswith(("xls", "ods")):
        words = "This file has the name of a workbook but holds plain text. It was read as a list (CSV)."
        notes.append(Note("FILE-TEXT", words))
    sheet = SheetCells(stem or ending or "Sheet1", Rows(rows), valued=sum(len(row) - row.count(None) for row in rows))
    return Book(name, "", (sheet,), {}, tuple(notes), str(Kind.CSV), "text")


def _excel(content: bytes, name: str, kind: Kind, archive: zipfile.ZipFile, said: dict[str, Any], tell: Tell) -> Book:
    plan = outline(archive)
    styles = number_formats(archive, plan.styles)
    scans = _scans(archive, plan, styles, tell)
    formats = Formats()

    def telling(number: int) -> None:
        share = _SCANNED + (_READ - _SCANNED) * number / len(plan.sheets)
        tell(share, f"Reading the sheet '{plan.sheets[number].title}'")

    plain = _why_plain(plan, scans)
    grids: Sequence[Grid | FastSheet] = ()
    if not plain:
        try:
            grids = read_carefully(content, plan, scans, formats, telling)
        except _SIGNS_OF_OPENPYXL:
            formats = Formats()
            plain = "Something in this file's styles or settings could not be read"
    if plain:
        block = max((rows * columns for rows, columns in (found.furthest for found in scans)), default=0)
        if block > limits.MOST_BLOCK:
            raise refusals.TOO_MANY_CELLS.refused()
        prove(archive)
        titles = [sheet.title for sheet in plan.sheets]
        grids = read_fast(content, formats, telling, titles=titles, scans=scans, styles=styles)
    sheets = [
        _sheet(sheet.title, sheet.hidden, grid, found, formats, tables_of(archive, sheet.part))
        for sheet, grid, found in zip(plan.sheets, grids, scans, strict=True)
    ]
    notes = [note for sheet, found in zip(sheets, scans, strict=True) for note in _strays(sheet.title, found)]
    if plain:
        notes.append(Note("FILE-PLAIN", f"{plain}, so colours were not read. Values and number formats were."))
    return _book(name, kind, "fast" if plain else "careful", sheets, said, notes)


def _scans(archive: zipfile.ZipFile, plan: Outline, styles: dict[int, str], tell: Tell) -> list[Scan]:
    empty = empty_texts(archive, plan.strings)
    scans: list[Scan] = []
    for number, sheet in enumerate(plan.sheets):
        tell(_SCANNED * number / len(plan.sheets), f"Counting the cells of the sheet '{sheet.title}'")
        scans.append(scan(archive, sheet.part, empty=empty, styles=styles))
    if sum(found.grid for found in scans) > limits.MOST_CELLS:
        raise refusals.TOO_MANY_CELLS.refused()
    if sum(len(found.merges) for found in scans) > limits.MOST_MERGES:
        raise refusals.TOO_MANY_MERGES.refused()
    return scans


def _why_plain(plan: Outline, scans: Sequence[Scan]) -> str:
    """Why calamine reads the file and not openpyxl; "" when openpyxl does."""
    if plan.strict:
        return 'This workbook was saved as "Strict Open XML"'
    if any(found.dated for found in scans):
        return "This workbook holds dates in a form that few programs write"
    many = sum(found.cells for found in scans) > limits.MOST_CAREFUL_CELLS
    # calamine holds a sheet as one block up to its furthest cell; openpyxl only what there is.
    if many and all(rows * columns <= limits.MOST_BLOCK for rows, columns in (found.furthest for found in scans)):
        return f"This workbook has more than {limits.MOST_CAREFUL_CELLS:,} cells"
    return ""


def _sheet(
    title: str,
    hidden: bool,
    grid: Grid | FastSheet,
    found: Scan,
    formats: Formats,
    tables: tuple[tuple[str, Span], ...],
) -> SheetCells:
    rows = grid.rows
    valued = sum(len(row) - row.count(None) for row in rows) - len(found.waiting)
    if valued != found.filled:
        raise refusals.lost(title, found.filled, valued)
    return SheetCells(
        title,
        Rows(rows, formats.names()),
        hidden,
        valued,
        _merges(found),
        frozenset(row for row in found.hidden_rows if row <= found.rows),
        frozenset(c for first, last in found.hidden_columns for c in range(first, min(last, found.columns) + 1)),
        tables,
        grid.fills if isinstance(grid, Grid) else {},
    )


def _merges(found: Scan) -> tuple[Span, ...]:
    """The merged blocks as far as cells reach: beyond, there is nothing to share."""
    return tuple(
        Span(top, left, min(bottom, found.rows), min(right, found.columns))
        for top, left, bottom, right in found.merges
        if top <= found.rows and left <= found.columns
    )


def _plain(content: bytes, name: str, kind: Kind, said: dict[str, Any], tell: Tell) -> Book:
    """A workbook that only calamine reads, and nothing counts beside it."""
    formats = Formats()
    found = read_fast(content, formats, lambda number: tell(_SCANNED, f"Reading sheet {number + 1}"))
    if not found:
        raise refusals.DAMAGED.refused()
    sheets = [
        SheetCells(sheet.title, Rows(sheet.rows, formats.names()), sheet.hidden, sheet.valued, sheet.merges)
        for sheet in found
    ]
    notes = [
        note for sheet in found for note in _strays(sheet.title, Scan(stray=sheet.stray, first_stray=sheet.first_stray))
    ]
    words = (
        f"Of this kind of workbook (.{kind}) we read values alone: a percentage may come as 0.75, colours are not "
        "seen, and a cell that shows an error such as #N/A counts as empty. Saved as .xlsx, all of it is read."
    )
    return _book(name, kind, "fast", sheets, said, [*notes, Note("FILE-PLAIN", words)])


def _book(
    name: str, kind: Kind, reader: str, sheets: Sequence[SheetCells], said: dict[str, Any], notes: Sequence[Note]
) -> Book:
    meta = next((said_on_sheet(_first_values(s)) for s in sheets if s.title == META_SHEET), {}) or said
    seen = tuple(sheet for sheet in sheets if sheet.title != META_SHEET)
    hidden = [Note("SHEET-HIDDEN", f"Sheet '{s.title}' is hidden in the file.", s.title) for s in seen if s.hidden]
    return Book(name, "", seen, meta, (*notes, *hidden), str(kind), reader)


def _first_values(sheet: SheetCells) -> list[list[Any]]:
    return [[cell and cell.value for cell in row[:1]] for row in sheet.rows]


def _strays(title: str, found: Scan) -> Iterator[Note]:
    where = f"Sheet '{title}', {found.first_stray}"
    if found.stray == 1:
        words = f"{where} has a stray value far from the table. We ignored it."
    else:
        words = f"{where} and {found.stray - 1:,} more have stray values far from the table. We ignored them."
    if found.stray:
        yield Note("FILE-STRAY-CELL", words, title, found.first_stray)


def _ignored(names: Sequence[str]) -> tuple[Note, ...]:
    found = passed_over(names)
    if not found:
        return ()
    listed = f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else found[0]
    words = f"This file also holds {listed}. We ignored them: values are read, nothing is run and nothing is fetched."
    return (Note("FILE-IGNORED", words),)


def _noted(book: Book, notes: tuple[Note, ...]) -> Book:
    return replace(book, notes=(*book.notes, *notes))
