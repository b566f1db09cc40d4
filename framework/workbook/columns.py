"""One column of a sheet, read cell by cell. What was read once is not read again: thousands of cells say few things."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from framework.periods import Calendar
from framework.subjects import Field, Kind
from framework.text import clean
from framework.workbook.cells import Cell
from framework.workbook.references import Directory
from framework.workbook.rows import cell_at
from framework.workbook.values import text_of, value_of

_MOST_KEPT = 20_000  # readings of a column; beyond that its cells hardly say the same
_UNREAD = object()

Row = Sequence[Cell | None]
# A filled cell, what its field holds here, and the versions whose elements it may name → its value, or Unfit.
Reader = Callable[[Cell, Any, Sequence[str]], Any]


def reader(own: Field, directory: Directory, calendar: Calendar, on: date | None = None) -> Reader:
    """How the cells of a field are read."""
    return _names(own, directory) if own.kind in (Kind.ONE, Kind.MANY) else _plain(own, calendar, on)


def _plain(own: Field, calendar: Calendar, on: date | None) -> Reader:
    if own.kind in (Kind.TEXT, Kind.LONG):
        return lambda cell, standing, editions: value_of(own, cell, calendar, on)
    kept: dict[Any, Any] = {}

    def read(cell: Cell, standing: Any, editions: Sequence[str]) -> Any:
        if cell.is_error or cell.formula_without_value:
            return value_of(own, cell, calendar, on)
        said = (cell.value.__class__, cell.value, cell.number_format)
        value = kept.get(said, _UNREAD)
        if value is _UNREAD:
            value = value_of(own, cell, calendar, on)
            if len(kept) < _MOST_KEPT:
                kept[said] = value
        return value

    return read


def _names(own: Field, directory: Directory) -> Reader:
    def read(cell: Cell, standing: Any, editions: Sequence[str]) -> Any:
        if cell.formula_without_value or cell.is_error:
            return value_of(own, cell)  # says what is wrong with it
        if own.of == "element" and not editions:
            return own.default  # the version is missing or wrong, which is a problem of its own
        if own.kind is Kind.ONE:
            return directory.find_one(own, text_of(cell), editions, standing)
        return directory.find_many(own, text_of(cell), editions, standing or ())

    return read


class Filled(Mapping[str, tuple[str, ...]]):
    """The filled cells of a row's fields, address and raw text, looked up when asked for: most rows are never asked."""

    __slots__ = ("_found", "_index", "_places", "_rows")

    def __init__(self, rows: Sequence[Row], index: int, places: Mapping[str, int]) -> None:
        self._rows = rows
        self._index = index
        self._places = places
        self._found: dict[str, tuple[str, ...]] | None = None

    def said(self, name: str) -> str | None:
        """The text of a field's cell; None when it is empty, or the sheet has no such column."""
        found = self._told().get(name)
        return None if found is None else found[1]

    def _told(self) -> dict[str, tuple[str, ...]]:
        if self._found is None:
            row = self._rows[self._index]
            cells = {name: row[place] for name, place in self._places.items() if place < len(row)}
            self._found = {
                name: (cell.address, clean(cell.raw))
                for name, cell in cells.items()
                if cell is not None and not cell.blank
            }
        return self._found

    def _cell(self, name: str) -> Cell | None:
        """One cell, made alone: whoever asks for one seldom asks for the others."""
        place = self._places.get(name)
        cell = None if place is None else cell_at(self._rows, self._index, place)
        return None if cell is None or cell.blank else cell

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if self._found is not None:
            return self._found[name]
        cell = self._cell(name)
        if cell is None:
            raise KeyError(name)
        return cell.address, clean(cell.raw)

    def __contains__(self, name: object) -> bool:
        if self._found is not None:
            return name in self._found
        return isinstance(name, str) and self._cell(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._told())

    def __len__(self) -> int:
        return len(self._told())
