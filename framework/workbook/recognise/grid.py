"""A sheet, for looking at: which cells are filled, what is merged, what cannot be read. One pass over its cells."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from framework.workbook.cells import Cell, SheetCells, Span
from framework.workbook.recognise.labels import is_number
from framework.workbook.rows import letters

KEPT = 1_000  # cells of a kind that are kept to be named
_ROWS_AT_HAND = 4_000
_SAYS_TOTAL = re.compile(r"total|average|\bmean\b|\bsum\b", re.IGNORECASE)


class Broken(NamedTuple):
    """A cell that cannot be read, and where it stands."""

    row: int
    column: int
    cell: Cell


class Grid:
    """`masks[n]` has bit c set when the cell in row n and column c is filled; rows and columns count from 1.

    errors   cells that show an error, the first thousand; `error_count` counts all
    waiting  by column: formulas without a value, the first and how many
    firsts   of each row the column and the text of its first filled cell; no text where it holds none
    totals   rows that speak of a total in one of their first cells
    """

    def __init__(self, sheet: SheetCells) -> None:
        self.sheet = sheet
        self.title = sheet.title
        self.masks = [0]
        self.firsts: list[tuple[int, str]] = [(0, "")]
        self.totals: set[int] = set()
        self._at_hand: dict[int, Sequence[Cell | None]] = {}
        self.errors: list[Broken] = []
        self.error_count = 0
        self.waiting: dict[int, list[Broken]] = defaultdict(list)
        self.waiting_count: dict[int, int] = defaultdict(int)
        for number, row in enumerate(sheet.rows, 1):
            self.masks.append(self._mask(number, row))
        while len(self.masks) > 1 and not self.masks[-1]:
            self.masks.pop()
            self.firsts.pop()
        self.last = len(self.masks) - 1
        self.wide = [m for m in sheet.merges if m.right > m.left]
        self.tall = [m for m in sheet.merges if m.bottom > m.top]

    def _mask(self, number: int, row: Sequence[Cell | None]) -> int:
        mask = 0
        filled = 0
        first = (0, "")
        for column, cell in enumerate(row, 1):
            if cell is None:
                continue
            if cell.is_error:
                self.error_count += 1
                if len(self.errors) < KEPT:
                    self.errors.append(Broken(number, column, cell))
            elif cell.formula_without_value:
                self.waiting_count[column] += 1
                if not self.waiting[column]:
                    self.waiting[column].append(Broken(number, column, cell))
                continue
            value = cell.value
            if value is None or (isinstance(value, str) and not value[:1].isalnum() and cell.blank):
                continue
            mask |= 1 << column
            if filled < 3:
                filled += 1
                if isinstance(value, str) and _SAYS_TOTAL.search(value):
                    self.totals.add(number)
                if filled == 1:
                    first = (column, value if isinstance(value, str) else "")
        self.firsts.append(first)
        return mask

    def _row(self, number: int) -> Sequence[Cell | None]:
        """The row's cells. Rows may be made as they are asked for, and the same are asked for again and again."""
        row = self._at_hand.get(number)
        if row is None:
            if len(self._at_hand) >= _ROWS_AT_HAND:
                self._at_hand.clear()
            row = self._at_hand[number] = self.sheet.rows[number - 1]
        return row

    def at(self, row: int, column: int) -> Cell | None:
        """The filled cell there; None: nothing, or nothing but spaces."""
        if not 0 < row <= self.last or not self.masks[row] >> column & 1:
            return None
        return self._row(row)[column - 1]

    def filled(self, row: int, within: int = -1) -> list[tuple[int, Cell]]:
        """The row's filled cells with their columns, left to right; `within`: a mask of the columns looked at."""
        if not 0 < row <= self.last or not (mask := self.masks[row] & within):
            return []
        cells = self._row(row)
        return [(column, cell) for column in bits(mask) if (cell := cells[column - 1]) is not None]

    def rows(self, top: int, bottom: int, within: int = -1) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
        """Each row from `top` to `bottom` that has a filled cell, with its cells."""
        for number in range(max(top, 1), min(bottom, self.last) + 1):
            if self.masks[number] & within:
                yield number, self.filled(number, within)

    def used(self, top: int, bottom: int) -> int:
        """The mask of the columns that hold anything between two rows, both included."""
        found = 0
        for mask in self.masks[max(top, 1) : bottom + 1]:
            found |= mask
        return found


def bits(mask: int) -> Iterator[int]:
    """The columns of a mask, left to right."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(columns: Iterable[int]) -> int:
    found = 0
    for column in columns:
        found |= 1 << column
    return found


def width(left: int, right: int) -> int:
    """The mask of the columns from `left` to `right`, both included."""
    return (1 << right + 1) - (1 << left)


def is_text(cell: Cell) -> bool:
    """Whether a cell holds words: no error, no number, and no text that is only a number."""
    return isinstance(cell.value, str) and not cell.is_error and not is_number(cell.value)


def shows_number(cell: Cell) -> bool:
    value = cell.value
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and is_number(value))


def address(row: int, column: int) -> str:
    return f"{letter(column)}{row}"


def letter(column: int) -> str:
    """The column as Excel names it; empty for 0, which is no column of the sheet."""
    return letters(column) if column > 0 else ""


class Row(Mapping[int, Cell]):
    """A record's cells by column, fetched as they are asked for: a large table is not held twice.

    down  cells that stand in for empty ones: of a merge or a group above
    """

    __slots__ = ("_down", "_grid", "_mask", "_number")

    def __init__(self, grid: Grid, number: int, mask: int, down: Mapping[int, Cell]) -> None:
        self._grid, self._number, self._mask, self._down = grid, number, mask, down

    def __getitem__(self, column: int) -> Cell:
        if column > 0 and self._mask >> column & 1:
            cell = self._grid.at(self._number, column)
            if cell is not None:
                return cell
        return self._down[column]

    def get(self, column: int, default: Any = None) -> Any:
        """Asked for every column of every record, so it does not go through an exception."""
        if column > 0 and self._mask >> column & 1:
            cell = self._grid.at(self._number, column)
            if cell is not None:
                return cell
        return self._down.get(column, default)

    def __iter__(self) -> Iterator[int]:
        own = self._mask & self._grid.masks[self._number]
        yield from sorted({*bits(own), *self._down}) if self._down else bits(own)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def clipped(span: Span, top: int, bottom: int) -> range:
    """The rows of a span that lie between two rows."""
    return range(max(span.top, top), min(span.bottom, bottom) + 1)
