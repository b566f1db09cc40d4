"""A count of a sheet's cells made without openpyxl, so that a cell it loses is noticed.

Says how far the filled cells reach, which lie absurdly far out, and which formulas have no value.
"""

import zipfile
from dataclasses import dataclass, field

from framework.errors import FileRefused
from framework.workbook.package import parser_without_types

MOST_ROWS = 200_000
MOST_COLUMNS = 512
MOST_CELLS = 2_000_000
TOO_MANY_CELLS = (
    "This file spreads over more than 2,000,000 cells. Delete what stands far from the table, "
    "or split it into several workbooks and send them one by one."
)

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET = f"{_SPACE} sheet"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{_SPACE} {tag}" for tag in ("row", "c", "v", "f", "is"))
_FORMULA_KEPT = 200


@dataclass
class Scan:
    """What a sheet holds inside sane bounds.

    filled    how many cells hold a value
    rows, columns  how far they reach
    grid      how many cells they take, with the empty ones to their left: what memory must hold
    stray     how many filled cells lie beyond the bounds, and where the first one lies
    waiting   formulas without a value, by (row, column)
    """

    filled: int = 0
    rows: int = 0
    columns: int = 0
    grid: int = 0
    stray: int = 0
    first_stray: str = ""
    waiting: dict[tuple[int, int], str] = field(default_factory=dict)

    def note(self, row: int, column: int, address: str) -> bool:
        """Whether a cell lies inside the bounds; one that does stretches the extent."""
        if row > MOST_ROWS or column > MOST_COLUMNS:
            return False
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        return True


def sheets_promised(archive: zipfile.ZipFile) -> int:
    """How many sheets the workbook says it has; openpyxl passes over one whose part is missing."""
    count = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal count
        count += tag == _SHEET

    parser = parser_without_types()
    parser.StartElementHandler = start
    name = next(name for name in sorted(archive.namelist(), key=len) if name.endswith("workbook.xml"))
    with archive.open(name) as stream:
        parser.ParseFile(stream)
    return count


def scan(archive: zipfile.ZipFile, part: str) -> Scan:
    """Read one sheet's part as a stream. Raises ExpatError or BadZipFile when it is damaged."""
    watcher = _Watcher()
    parser = parser_without_types()
    parser.buffer_text = True
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    return watcher.found


class _Watcher:
    """Follows one sheet's elements, counting places as openpyxl does when a cell or a row does not say its own."""

    def __init__(self) -> None:
        self.found = Scan()
        self._row = self._column = self._width = 0
        self._type = self._address = self._inside = ""
        self._formula: list[str] | None = None
        self._has_value = self._has_value_element = False
        self._columns: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _CELL:
            self._address = attributes.get("r", "")
            self._column = self._column_of(self._address) if self._address else self._column + 1
            self._type = attributes.get("t", "n")
            self._formula = None
            self._has_value = self._has_value_element = False
        elif tag == _VALUE:
            self._inside = tag
            self._has_value_element = True
        elif tag == _FORMULA:
            self._inside = tag
            self._formula = []
        elif tag == _INLINE:
            self._has_value = self._type == "inlineStr"
        elif tag == _ROW:
            self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
            self._column = self._width = 0

    def text(self, words: str) -> None:
        if self._inside == _VALUE:
            self._has_value = self._has_value or self._type != "inlineStr"
        elif self._inside == _FORMULA and self._formula is not None:
            self._formula.append(words)

    def end(self, tag: str) -> None:
        if tag in (_VALUE, _FORMULA):
            self._inside = ""
        elif tag == _CELL:
            self._close_cell()

    def _close_cell(self) -> None:
        # A formula that gives "" is calculated: Excel writes it as text with an empty value.
        waits = self._formula is not None and not (self._type == "str" and self._has_value_element)
        if not self._has_value and not waits:
            return
        if not self.found.note(self._row, self._column, self._address):
            if self._has_value:
                self.found.stray += 1
                self.found.first_stray = self.found.first_stray or self._address or "a cell"
            return
        self.found.grid += max(self._column - self._width, 0)
        self._width = max(self._column, self._width)
        if self.found.grid > MOST_CELLS:
            raise FileRefused(TOO_MANY_CELLS)
        if not self._has_value:
            self.found.waiting[self._row, self._column] = "=" + "".join(self._formula or ())[:_FORMULA_KEPT]
            return
        self.found.filled += 1

    def _column_of(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = 0
            for letter in letters.upper():
                known = known * 26 + ord(letter) - 64
            self._columns[letters] = known
        return known
