"""A workbook as it was read: sheets of cells, each with its address and what stood in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

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
        return isinstance(self.value, str) and not clean(self.value)


@dataclass(frozen=True)
class SheetCells:
    """A sheet's cells. `rows[0]` is row 1; rows end at their last filled cell, so their lengths differ."""

    title: str
    rows: list[list[Cell | None]]
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook that could be read.

    meta   what the very hidden sheet says of the file; empty when it is gone
    notes  what was done while reading that a person should know
    """

    name: str
    sha256: str
    sheets: tuple[SheetCells, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
