"""A sheet's rows kept small, as they come from the process that read them; cells are made when a row is asked for.

The compact form of a cell, which JSON can carry:
    None                 nothing
    text, number, bool   itself, of the number format `General`
    [n, number]          a number of the nth number format
    [n, "2026-11-12"]    a day, or with `T14:30:00` a moment, of the nth number format
    ["t", "14:30:00", n], ["p", seconds, n]   a time of day, a length of time
    ["e", "#N/A"]        an error
    ["f", "=SUM(A1:A9)"] a formula without a value
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, overload

from framework.workbook.cells import Cell, CellValue
from framework.workbook.shown import GENERAL, shown

Compact = Any  # None | str | bool | int | float | list of the above
ERROR, FORMULA, TIME, PERIOD = "e", "f", "t", "p"


class Formats:
    """The number formats of a book, each with the number by which compact values name it; `General` is 0."""

    def __init__(self) -> None:
        self._numbers = {GENERAL: 0}

    def number(self, number_format: str | None) -> int:
        return self._numbers.setdefault(number_format or GENERAL, len(self._numbers))

    def names(self) -> tuple[str, ...]:
        return tuple(self._numbers)


class Rows(Sequence[list[Cell | None]]):
    """Rows of cells, row 1 first. Equal to any sequence of the same rows."""

    __slots__ = ("_formats", "_rows")

    def __init__(self, rows: Sequence[list[Compact]], formats: Sequence[str] = (GENERAL,)) -> None:
        self._rows = rows
        self._formats = formats

    def values(self, index: int) -> list[Compact]:
        """A row's compact values, without making a Cell of each. Not to be changed."""
        return self._rows[index]

    @property
    def formats(self) -> Sequence[str]:
        """The number formats that compact values name by their place."""
        return self._formats

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> list[Cell | None]: ...
    @overload
    def __getitem__(self, index: slice) -> "list[list[Cell | None]]": ...
    def __getitem__(self, index: int | slice) -> "list[Cell | None] | list[list[Cell | None]]":
        if isinstance(index, slice):
            return [self._made(number) for number in range(*index.indices(len(self._rows)))]
        return self._made(range(len(self._rows))[index])

    def __iter__(self) -> Iterator[list[Cell | None]]:
        return map(self._made, range(len(self._rows)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == list(two) for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # rows compare by what they hold

    def __repr__(self) -> str:
        return f"Rows({list(self)!r})"

    def cell(self, index: int, place: int) -> Cell | None:
        """One cell of a row, made alone; both count from nought."""
        row = self._rows[index]
        value = row[place] if place < len(row) else None
        return None if value is None else _cell(f"{_names(place + 1)[place]}{index + 1}", value, self._formats)

    def _made(self, index: int) -> list[Cell | None]:
        number = str(index + 1)
        row = self._rows[index]
        formats = self._formats
        return [
            None
            if value is None
            else _made(name + number, value, value, GENERAL, False, False)
            if type(value) is str
            else _cell(name + number, value, formats)
            for name, value in zip(_names(len(row)), row, strict=True)
        ]


def cell_at(rows: Sequence[Sequence[Cell | None]], index: int, place: int) -> Cell | None:
    """One cell; both count from nought."""
    if isinstance(rows, Rows):
        return rows.cell(index, place)
    row = rows[index]
    return row[place] if place < len(row) else None


# A frozen dataclass sets its fields in a slow way, and a large workbook has a million cells.
_new = Cell.__new__
_set = [getattr(Cell, field).__set__ for field in Cell.__slots__]
_address, _value, _raw, _format, _error, _waits = _set


def _made(
    address: str, value: CellValue, raw: str, number_format: str, is_error: bool, formula_without_value: bool
) -> Cell:
    cell = _new(Cell)
    _address(cell, address)
    _value(cell, value)
    _raw(cell, raw)
    _format(cell, number_format)
    _error(cell, is_error)
    _waits(cell, formula_without_value)
    return cell


def _cell(address: str, value: Compact, formats: Sequence[str]) -> Cell:
    if not isinstance(value, list):
        return _made(address, value, shown(value), GENERAL, False, False)
    tag, inner, *rest = value
    if tag == ERROR:
        return _made(address, inner, inner, GENERAL, True, False)
    if tag == FORMULA:
        return _made(address, None, inner, GENERAL, False, True)
    made: CellValue
    if tag == TIME:
        made = time.fromisoformat(inner)
    elif tag == PERIOD:
        made = timedelta(seconds=inner)
    else:
        made, rest = (datetime.fromisoformat(inner) if isinstance(inner, str) else inner), [tag]
    number_format = formats[rest[0]]
    return _made(address, made, shown(made, number_format), number_format, False, False)


def compact(value: Any, number_format: int = 0) -> Compact:
    """The compact form of what a reader gives. An empty text is nothing."""
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float or kind is int:
        return [number_format, value] if number_format else value
    if value is None or kind is bool:
        return value
    if kind is date:
        return [number_format, value.isoformat()]
    if isinstance(value, datetime):
        whole = not (value.hour or value.minute or value.second or value.microsecond)
        return [number_format, value.date().isoformat() if whole else value.isoformat()]
    if isinstance(value, time):
        return [TIME, value.isoformat(), number_format]
    if isinstance(value, timedelta):
        return [PERIOD, value.total_seconds(), number_format]
    raise TypeError(kind)


def trimmed(row: list[Compact]) -> list[Compact]:
    """The row, cut after its last filled cell."""
    while row and row[-1] is None:
        row.pop()
    return row


@lru_cache(maxsize=1_024)
def _names(width: int) -> tuple[str, ...]:
    return tuple(letters(column) for column in range(1, width + 1))


@lru_cache(maxsize=16_384)
def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
