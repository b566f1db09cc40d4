"""What a sheet's part holds, element by element, without any reader: cells, errors, merges, what is hidden."""

from dataclasses import dataclass, field

from framework.workbook import limits, refusals
from framework.workbook.cells import Span
from framework.workbook.outline import SPACES, column_of, span_of
from framework.workbook.package import parser_without_types

_FORMULA_KEPT = 200  # characters
_TAGS = ("sheetData", "row", "c", "v", "f", "is", "t", "rPh", "mergeCell", "col")
_NAMES = {f"{space} {tag}": tag for space in SPACES for tag in _TAGS}
_TRUE = ("1", "true")

Styles = tuple[tuple[int, int], ...]


@dataclass
class Scan:
    """What a sheet holds inside sane bounds. Places are (row, column), counted from 1.

    filled    how many cells hold a value
    cells     how many cells are written down, filled or not
    rows, columns  how far filled cells and formulas reach
    grid      how many cells they take, with the empty ones to their left: what memory must hold
    stray     how many filled cells lie beyond the bounds, and where the first one lies
    furthest  the last row and column of all, strays included
    waiting   formulas without a value
    errors    cells that show an error
    dated     some cells hold a date as text, which openpyxl cannot read
    styled    by row: the columns of its filled cells in one of the styles asked for, and the style
    """

    filled: int = 0
    cells: int = 0
    rows: int = 0
    columns: int = 0
    grid: int = 0
    stray: int = 0
    first_stray: str = ""
    furthest: tuple[int, int] = (0, 0)
    waiting: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    dated: bool = False
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    styled: dict[int, Styles] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> bool:
        """Whether a cell lies inside the bounds; one that does stretches the extent."""
        self.furthest = (max(self.furthest[0], row), max(self.furthest[1], column))
        if row > limits.MOST_ROWS or column > limits.MOST_COLUMNS:
            return False
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        return True

    def wider(self, by: int) -> None:
        self.grid += by
        if self.grid > limits.MOST_CELLS:
            raise refusals.TOO_MANY_CELLS.refused()


class Watcher:
    """Follows one sheet's elements, counting places as openpyxl does when a cell or a row does not say its own."""

    def __init__(self, empty: frozenset[int], styles: frozenset[int]) -> None:
        self.found = Scan()
        self.row = 0
        self.between_rows = False
        self.styles = styles
        self.empty = {str(number) for number in empty}
        self._column = self._width = 0
        self._type = self._address = self._style = ""
        self._kept: list[str] | None = None  # where the characters go
        self._formula: list[str] | None = None
        self._value: list[str] | None = None
        self._inline: list[str] = []
        self._phonetic = False
        self._columns: dict[str, int] = {}
        self._styles: list[tuple[int, int]] = []
        self._shared: dict[Styles, Styles] = {}  # rows are much alike
        self.parser = parser_without_types()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(tag)
        if name == "c":
            self._address = attributes.get("r", "")
            self._column = self.column_of(self._address) if self._address else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula = self._value = self._kept = None
            self._inline.clear()
        elif name == "v":
            self._kept = self._value = []
        elif name == "f":
            self._kept = self._formula = []
        elif name == "t" and self._type == "inlineStr" and not self._phonetic:
            self._kept = self._inline
        elif name == "rPh":
            self._phonetic = True
        elif name == "row":
            self.between_rows = False
            self.start_row(int(float(attributes["r"])) if "r" in attributes else self.row + 1)
            if attributes.get("hidden") in _TRUE:
                self.found.hidden_rows.add(self.row)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self.found.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "sheetData":
            self.between_rows = True

    def _text(self, words: str) -> None:
        if self._kept is not None:
            self._kept.append(words)

    def _end(self, tag: str) -> None:
        name = _NAMES.get(tag)
        if name in ("v", "f", "t"):
            self._kept = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._close_cell()
        elif name == "row":
            self.between_rows = True
            self.end_row()
        elif name == "sheetData":
            self.between_rows = False

    def start_row(self, number: int) -> None:
        if number < 1:
            raise ValueError(number)
        self.row = number
        self._column = self._width = 0

    def end_row(self) -> None:
        if self._styles:
            styles = self.found.styled.get(self.row, ()) + tuple(self._styles)
            self.found.styled[self.row] = self._shared.setdefault(styles, styles)
            self._styles.clear()

    def plain_cell(self, letters: str, style: str, kind: str, value: str) -> None:
        """Count a cell that a pattern found in the present row."""
        self._address, self._column, self._style, self._type = (
            f"{letters}{self.row}",
            self.column_of(letters),
            style,
            kind,
        )
        self._formula, self._value = None, [value]
        self._close_cell()

    def _close_cell(self) -> None:
        found = self.found
        found.cells += 1
        text = self._characters()
        # A formula that gives "" is calculated: Excel writes it as text with an empty value.
        waits = not text and self._formula is not None and not (self._type == "str" and self._value is not None)
        if not text and not waits:
            return
        if not found.reach(self.row, self._column):
            if text:
                found.stray += 1
                found.first_stray = found.first_stray or self._address or "a cell"
            return
        found.wider(max(self._column - self._width, 0))
        self._width = max(self._column, self._width)
        if waits:
            found.waiting[self.row, self._column] = "=" + "".join(self._formula or ())[:_FORMULA_KEPT]
        else:
            found.filled += 1
            self._tell_apart(text)

    def _characters(self) -> str:
        if self._type == "inlineStr":
            return "".join(self._inline)
        text = "".join(self._value or ())
        return "" if self._type == "s" and self.empty and text.strip() in self.empty else text

    def _tell_apart(self, text: str) -> None:
        if self._type == "e":
            self.found.errors[self.row, self._column] = text
        elif self._type == "d":
            self.found.dated = True
        if self.styles and int(self._style or "0") in self.styles:
            self._styles.append((self._column, int(self._style or "0")))

    def _merge(self, ref: str) -> None:
        span = span_of(ref)
        if span is None:
            return  # a merge that is none loses no value
        self.found.merges.append(span)
        if len(self.found.merges) > limits.MOST_MERGES:
            raise refusals.TOO_MANY_MERGES.refused()

    def column_of(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = self._columns[letters] = column_of(letters)
        return known
