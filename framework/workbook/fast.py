"""Files read with calamine: what openpyxl cannot read, and sheets too large for it. Fast, and blind to colours.

It can abort the process on a sheet that reaches far (memory), so it runs in a child process only.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from framework.workbook import limits, refusals
from framework.workbook.cells import Span
from framework.workbook.rows import ERROR, FORMULA, Compact, Formats, compact, letters, trimmed
from framework.workbook.tally import Scan, Styles

_WHOLE_UP_TO = 2.0**53  # beyond, a float no longer holds each whole number


@dataclass
class FastSheet:
    """A sheet as calamine gives it.

    rows          in compact form
    valued        how many cells hold a value
    stray         how many filled cells lie beyond the limits, and where the first one lies
    """

    title: str
    hidden: bool
    rows: list[list[Compact]] = field(default_factory=list)
    valued: int = 0
    merges: tuple[Span, ...] = ()
    stray: int = 0
    first_stray: str = ""


def read_fast(
    content: bytes,
    formats: Formats,
    tell: Callable[[int], None],
    *,
    titles: Sequence[str] | None = None,
    scans: Sequence[Scan] | None = None,
    styles: Mapping[int, str] | None = None,
) -> list[FastSheet]:
    """Each sheet of cells; `tell` is called with a sheet's number before it is read.

    titles, scans, styles  of a package that was scanned: which sheets, what the scan found in them, and the number
        formats by style; calamine itself leaves out errors, formulas without a value, and number formats
    Raises FileRefused when the file is locked, too large or damaged.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with _or_refused():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        about = {sheet.name: sheet for sheet in workbook.sheets_metadata}
        if titles is None:
            titles = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(set(titles)) != len(titles) or not set(titles) <= set(about):
        raise refusals.DAMAGED.refused()
    numbers = {style: formats.number(code) for style, code in (styles or {}).items()}
    sheets = []
    left = limits.MOST_CELLS
    for number, title in enumerate(titles):
        tell(number)
        sheet = FastSheet(title, about[title].visible != SheetVisibleEnum.Visible)
        with _or_refused():
            source = workbook.get_sheet_by_name(title)
            merges = source.merged_cell_ranges or ()
            left -= _fill(sheet, source, scans[number] if scans else Scan(), numbers, left)
        if len(merges) > limits.MOST_MERGES:
            raise refusals.TOO_MANY_MERGES.refused()
        sheet.merges = tuple(Span(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merges)
        sheets.append(sheet)
    return sheets


@contextmanager
def _or_refused() -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as sign:
        raise refusals.LOCKED.refused() from sign
    except CalamineError as sign:
        raise (refusals.UNSAFE_SIZE if "limit exceeded" in str(sign) else refusals.DAMAGED).refused() from sign
    except (ValueError, ArithmeticError, UnicodeError) as sign:
        raise refusals.DAMAGED.refused() from sign
    except BaseException as sign:
        # A panic of calamine, on a file that it did not expect, is no Exception and has no importable name.
        if type(sign).__name__ != "PanicException":
            raise
        raise refusals.DAMAGED.refused() from sign


def _fill(sheet: FastSheet, source: Any, found: Scan, numbers: Mapping[int, int], most: int) -> int:
    """Take in a sheet's rows; how many cells they take, with the empty ones to their left."""
    special = _special(found)
    before = source.start[1] if source.start else 0  # calamine leaves out the columns before the first filled one
    taken = 0
    for number, values in enumerate(source.iter_rows() if source.start else (), 1):
        row = [
            (value or None)
            if (kind := type(value)) is str
            else (int(value) if value.is_integer() and -_WHOLE_UP_TO < value < _WHOLE_UP_TO else value)
            if kind is float
            else compact(value)
            for value in values
        ]
        if number > limits.MOST_ROWS or before + len(row) > limits.MOST_COLUMNS:
            _leave_strays(sheet, row, number, before)
            if number > limits.MOST_ROWS:
                continue
        if before and row.count(None) != len(row):
            row[:0] = [None] * before
        if number in special:
            _place(row, special[number])
        if number in found.styled:
            _format(row, found.styled[number], numbers)
        trimmed(row)
        taken += len(row)
        if taken > most:
            raise refusals.TOO_MANY_CELLS.refused()
        sheet.rows.append(row)
    for number in range(len(sheet.rows) + 1, max(special, default=0) + 1):
        row = []
        _place(row, special.get(number, ()))
        sheet.rows.append(row)
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    sheet.valued = sum(len(row) - row.count(None) for row in sheet.rows) - len(found.waiting)
    return taken


def _special(found: Scan) -> dict[int, list[tuple[int, Compact]]]:
    """By row, what calamine leaves empty: errors, and formulas without a value."""
    special: dict[int, list[tuple[int, Compact]]] = {}
    for tag, cells in ((ERROR, found.errors), (FORMULA, found.waiting)):
        for (row, column), text in cells.items():
            special.setdefault(row, []).append((column, [tag, text]))
    return special


def _place(row: list[Compact], cells: Iterable[tuple[int, Compact]]) -> None:
    for column, cell in cells:
        row.extend([None] * (column - len(row)))
        row[column - 1] = cell


def _format(row: list[Compact], styles: Styles, numbers: Mapping[int, int]) -> None:
    for column, style in styles:
        value = row[column - 1] if column <= len(row) else None
        if type(value) is int or type(value) is float:
            row[column - 1] = [numbers[style], value]
        elif type(value) is list and value[0] == 0:
            value[0] = numbers[style]
        elif type(value) is list and len(value) == 3:
            value[2] = numbers[style]


def _leave_strays(sheet: FastSheet, row: list[Compact], number: int, before: int) -> None:
    """Count and cut what lies beyond the limits; `before` columns stand before the row's first cell."""
    start = 0 if number > limits.MOST_ROWS else max(limits.MOST_COLUMNS - before, 0)
    if row.count(None) != len(row):
        for column, value in enumerate(row[start:], before + start + 1):
            if value is not None:
                sheet.stray += 1
                sheet.first_stray = sheet.first_stray or f"{letters(column)}{number}"
    del row[start:]
