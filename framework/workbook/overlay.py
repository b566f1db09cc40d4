"""A sheet's rows seen through a change, one at a time as they are asked for: a large sheet is never copied whole."""

from collections.abc import Callable, Sequence
from typing import overload

from framework.workbook.cells import Cell

Row = Sequence[Cell | None]


class _Lazy(Sequence[Row]):
    """Rows that are made when they are asked for, slices of them too."""

    def __len__(self) -> int:
        raise NotImplementedError

    def _row(self, index: int) -> Row:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        places = range(len(self))
        return _Some(self, places[index]) if isinstance(index, slice) else self._row(places[index])


class _Some(_Lazy):
    def __init__(self, rows: Sequence[Row], places: range) -> None:
        self._rows = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def _row(self, index: int) -> Row:
        return self._rows[self._places[index]]


class Overlaid(_Lazy):
    """`rows` with `change` applied to each: called with a row's index and its cells, it gives the cells seen."""

    def __init__(self, rows: Sequence[Row], change: Callable[[int, Row], Row], length: int = 0) -> None:
        """`length` may be larger than there are rows: `change` is then called with rows of nothing."""
        self._rows = rows
        self._change = change
        self._length = max(len(rows), length)

    def __len__(self) -> int:
        return self._length

    def _row(self, index: int) -> Row:
        return self._change(index, self._rows[index] if index < len(self._rows) else ())
