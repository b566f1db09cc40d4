"""Bytes to cells: the whole file, or a refusal in words. Nothing is run, nothing fetched, nothing left on disk."""

import hashlib
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import defusedxml  # type: ignore[import-untyped]  # noqa: F401  openpyxl parses through it when it is there
from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from framework.errors import FileRefused
from framework.workbook.cells import Book, Cell, CellValue, SheetCells
from framework.workbook.package import unpack
from framework.workbook.scan import MOST_CELLS, TOO_MANY_CELLS, Scan, scan, sheets_promised

META_SHEET = "_meta"
DAMAGED = (
    "This file is damaged, so it cannot be read. Open it in Excel, save it again as Excel Workbook (.xlsx), "
    "and choose the new file. If Excel cannot open it either, ask the sender for another copy."
)
# What zipfile, expat and openpyxl raise on parts that are missing, cut short or nonsense; only their calls are inside.
_SIGNS_OF_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    ParseError,
    InvalidFileException,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
)
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_QUOTED_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read(content: bytes, name: str) -> Book:
    """The workbook's cells. Raises FileRefused, in words for whoever sent the file, when they cannot all be read."""
    with _or_damaged():
        archive = unpack(content, name)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        if len(workbook.sheetnames) != sheets_promised(archive):
            raise FileRefused(DAMAGED)
        # The one place where openpyxl says which part a sheet is.
        scans = [scan(archive, sheet._worksheet_path) for sheet in workbook.worksheets]
    if sum(found.grid for found in scans) > MOST_CELLS:
        raise FileRefused(TOO_MANY_CELLS)
    sheets = [_sheet(sheet, found) for sheet, found in zip(workbook.worksheets, scans, strict=True)]
    notes = tuple(note for sheet, found in zip(sheets, scans, strict=True) for note in _stray(sheet.title, found))
    meta = next((_meta(sheet) for sheet in sheets if sheet.title == META_SHEET), {})
    seen = tuple(sheet for sheet in sheets if sheet.title != META_SHEET)
    return Book(name, hashlib.sha256(content).hexdigest(), seen, meta, notes)


@contextmanager
def _or_damaged() -> Iterator[None]:
    try:
        yield
    except _SIGNS_OF_DAMAGE as sign:
        raise FileRefused(DAMAGED) from sign


def _sheet(sheet: Any, found: Scan) -> SheetCells:
    rows = [_row(source, found, number) for number, source in enumerate(_rows(sheet, found), 1)]
    filled = sum(cell is not None and not cell.formula_without_value for row in rows for cell in row)
    if filled != found.filled:
        raise FileRefused(
            f"On the sheet '{sheet.title}' we count {found.filled:,} filled cells but could read {filled:,}, so the "
            "file is damaged, or we have a fault. Open it in Excel, save it again and choose the new file; if that "
            "does not help, send it to whoever looks after this page."
        )
    return SheetCells(sheet.title, rows, hidden=sheet.sheet_state != "visible")


def _rows(sheet: Any, found: Scan) -> Iterator[Sequence[Any]]:
    """openpyxl's rows as far as the scan saw cells; a row of nothing is empty."""
    if not found.rows:
        return
    sheet.reset_dimensions()  # the file's own word on its extent can be stale, and openpyxl would believe it
    nothing = None
    with _or_damaged():
        for row in sheet.iter_rows(max_row=found.rows, max_col=found.columns):
            # All gaps are one and the same row, and a file with a few far cells has very many of them.
            if row is not nothing and all(cell is EMPTY_CELL for cell in row):
                nothing = row
            yield () if row is nothing else row


def _row(source: Sequence[Any], found: Scan, number: int) -> list[Cell | None]:
    row = [None if c is EMPTY_CELL else _cell(c, found, number, column) for column, c in enumerate(source, 1)]
    while row and row[-1] is None:
        row.pop()
    return row


def _cell(source: Any, found: Scan, row: int, column: int) -> Cell | None:
    value = source.value
    if value is None:
        formula = found.waiting.get((row, column)) if found.waiting else None
        if formula is None:
            return None
        return Cell(_address(row, column), None, formula, formula_without_value=True)
    if isinstance(value, str):
        text = _unescaped(value)
        return Cell(_address(row, column), text, text, is_error=source.data_type == "e")
    with _or_damaged():  # a style that is not there
        number_format = source.number_format or "General"
    return Cell(_address(row, column), value, _raw(value, number_format), number_format)


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _unescaped(text: str) -> str:
    """Control characters, which XML cannot hold, are written `_x000D_`; openpyxl leaves that as it stands.

    It also takes off the mark of a text that only looks so, hence no more than control characters are turned back.
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_percent(number_format: str) -> bool:
    return "%" in number_format and "%" in _QUOTED_PARTS.sub("", number_format)


def _raw(value: CellValue, number_format: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return f"{_digits(round(value * 100, 10))}%" if is_percent(number_format) else _digits(value)
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%d %b %Y %H:%M}"
    return f"{value:%d %b %Y}" if isinstance(value, date) else str(value)


def _digits(value: int | float) -> str:
    """As Excel shows it: a whole number without the `.0`, else 15 digits."""
    return f"{value:.0f}" if value == value // 1 and abs(value) < 2**63 else f"{value:.15g}"


def _stray(title: str, found: Scan) -> Iterator[str]:
    where = f"Sheet '{title}', {found.first_stray}"
    if found.stray == 1:
        yield f"{where} has a stray value far from the table. We ignored it."
    elif found.stray:
        yield f"{where} and {found.stray - 1:,} more have stray values far from the table. We ignored them."


def _meta(cells: SheetCells) -> dict[str, Any]:
    first = cells.rows[0][0] if cells.rows and cells.rows[0] else None
    try:
        found = json.loads(first.raw) if first is not None else {}
    except ValueError:
        return {}  # someone typed there; the sheets can be read without it
    return found if isinstance(found, dict) else {}
