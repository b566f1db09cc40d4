"""A workbook as it was read: sheets of cells, each with its address and what stood in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from framework.text import clean

CellValue = str | bool | int | float | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something.

    raw  the text a person would quote: `75%`, `12 Nov 2026`, `#DIV/0!`; of a formula without a value, the formula
    """

    address: str
    value: CellValue
    raw: str
    number_format: str = "General"
    is_error: bool = False
    formula_without_value: bool = False

    @property
    def blank(self) -> bool:
        # Most texts begin with a letter or a digit, which is seen at once.
        return isinstance(self.value, str) and not (self.value[:1].isalnum() or clean(self.value))


class Span(NamedTuple):
    """A block of cells; rows and columns count from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Note:
    """Something that was done with a file that a person should know; its code is FILE-STRAY-CELL, SHEET-HIDDEN …"""

    code: str
    words: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class SheetCells:
    """A sheet's cells. `rows[0]` is row 1; rows end at their last filled cell, so their lengths differ.

    valued          how many cells hold a value
    merges          merged blocks; their value stands in the top left cell
    hidden_rows, hidden_columns  counted from 1
    tables          Excel tables: name and block, headings included
    fills           static fill of a cell, filled or empty, by (row, column): `RRGGBB`; computed colours are not stored
    """

    title: str
    rows: Sequence[Sequence[Cell | None]]
    hidden: bool = False
    valued: int = 0
    merges: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    tables: tuple[tuple[str, Span], ...] = ()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A workbook that could be read.

    kind    what its bytes are: xlsx, xlsm, xlsb, xls, ods or csv
    reader  careful (openpyxl), fast (calamine: colours and number formats are unknown) or text
    meta    what the very hidden sheet, or the file's properties, say of it; empty when both are gone
    notes   what was done while reading that a person should know
    """

    name: str
    sha256: str
    sheets: tuple[SheetCells, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    kind: str = "xlsx"
    reader: str = "careful"
