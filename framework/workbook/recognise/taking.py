"""What is taken of a recognised table once its questions are answered: its records, cell by field."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from framework.workbook.cells import Cell
from framework.workbook.readings import rag_of_colour
from framework.workbook.recognise.asking import EMPTY, OUT
from framework.workbook.recognise.evidence import colours_key
from framework.workbook.recognise.grid import address
from framework.workbook.recognise.holds import holds
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column, Holds, Looked, Record, Table

# Fields that a column below a period may have.
_PERIODIC = frozenset({"value", "target", "baseline", "rag", "status", "notes", "numerator", "denominator"})
_NOTHING = re.compile(r"[\s\-\u2013\u2014_.]*")


@dataclass(frozen=True)
class Line:
    """One record, by field. Several columns may have the same field; `filled` keeps the order of the table."""

    sheet: str
    number: int
    filled: tuple[tuple[str, Column, Cell], ...]
    periods: tuple[tuple[Column, Cell], ...] = ()  # the values below periods
    loose: tuple[tuple[Column, Cell], ...] = ()  # the cells of columns without a field

    @cached_property
    def _by_field(self) -> dict[str, list[tuple[Column, Cell]]]:
        found: dict[str, list[tuple[Column, Cell]]] = {}
        for field, column, cell in self.filled:
            found.setdefault(field, []).append((column, cell))
        return found

    def of(self, name: str) -> Sequence[tuple[Column, Cell]]:
        """The filled cells of a field, each with its column."""
        return self._by_field.get(name, ())

    def _chosen(self, name: str) -> tuple[Column, Cell] | None:
        found = self.of(name)
        plain = next(((column, cell) for column, cell in found if column.period is None), None)
        return plain or (found[-1] if found else None)

    def cell(self, name: str) -> Cell | None:
        """The first filled cell of a field; of one that stands below periods only, that of the last."""
        chosen = self._chosen(name)
        return None if chosen is None else chosen[1]

    def column(self, name: str) -> Column | None:
        """The column of that cell."""
        chosen = self._chosen(name)
        return None if chosen is None else chosen[0]

    def beside(self, name: str, column: Column) -> list[Cell]:
        """The filled cells of a field that stand below the same period as a column; below none, when it does."""
        return [cell for own, cell in self.of(name) if own.period == column.period]

    def text(self, name: str) -> str:
        """What a field says, in the first of its columns that is filled; empty when none is."""
        cell = self.cell(name)
        return "" if cell is None else said(cell)

    def texts(self, name: str) -> list[str]:
        return [said(cell) for _, cell in self.of(name)]

    def at(self, name: str) -> str:
        """`Sheet!H14` of a field; of the row's first cell when the field is empty."""
        cell = self.cell(name) or self.first
        return "" if cell is None else f"{self.sheet}!{cell.address}"

    @property
    def everything(self) -> Iterator[tuple[Column, Cell]]:
        """Every filled cell with its column."""
        yield from ((column, cell) for _, column, cell in self.filled)
        yield from self.periods
        yield from self.loose

    @property
    def first(self) -> Cell | None:
        return next((cell for _, cell in self.everything), None)


@dataclass(frozen=True)
class Taken:
    """A table that is taken, with the fields that its columns have after the answers."""

    table: Table
    holds: Holds
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(c.field for c in self.columns if c.field)

    @property
    def wide(self) -> bool:
        """Whether values stand below periods."""
        return any(_of_block(c) for c in self.columns)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods below which values stand."""
        return tuple(c.period for c in self.columns if c.period is not None and _of_block(c))

    @property
    def titled(self) -> str:
        """The field that says what a record of a plan is about."""
        return next((name for name in ("action", "milestone", "objective") if name in self.fields), "action")

    @property
    def measured(self) -> str:
        """The field that says what a row of figures measures."""
        return next((name for name in ("kpi", "objective", "action") if name in self.fields), "kpi")

    def headed(self, name: str) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.field == name)


def said(cell: Cell) -> str:
    """A cell's content as a person would quote it; nothing for a dash that stands for nothing, or an error."""
    if cell.is_error or cell.formula_without_value:
        return ""
    words = cell.raw.strip()
    return "" if _NOTHING.fullmatch(words) else words


def taken(looked: Looked, answers: Mapping[str, str]) -> list[Taken]:
    """The tables that are taken, in the order of the file."""
    return [made for table in looked.tables if (made := _take(table, answers)) is not None]


def _take(table: Table, answers: Mapping[str, str]) -> Taken | None:
    wanted = answers.get(f"sheet|{table.sheet}")
    if wanted == "no" or not (table.used or wanted == "yes"):
        return None
    columns = tuple(_column(column, answers) for column in table.columns)
    # A table that nobody knew may have become one of a plan by what its columns were said to be.
    kind = holds(columns, table.way) if table.holds is Holds.OTHER else table.holds
    if kind is Holds.OTHER:
        return None
    meant = {c.index for c in columns if answers.get(colours_key(c)) == "yes"}
    return Taken(table, kind, columns, tuple(_lines(table, columns, meant)))


def _column(column: Column, answers: Mapping[str, str]) -> Column:
    field = answers.get(f"column|{normal(column.heading)}")
    if field is None:
        return column
    period = column.period if field in _PERIODIC else None
    return Column(
        column.index, column.heading, None if field in (EMPTY, OUT) else field, column.how, column.suggested, period
    )


def _of_block(column: Column) -> bool:
    """Whether a column holds the values of one period. Targets and notes may stand below a period as well."""
    return column.period is not None and column.field in (None, "value")


def _lines(table: Table, columns: tuple[Column, ...], meant: Set[int]) -> Iterator[Line]:
    for record in table.records:
        line = _line(table.sheet, record, columns)
        if meant:
            line = replace(line, filled=(*line.filled, *_coloured(table, record, columns, meant)))
        if line.first is not None:
            yield line


def _coloured(
    table: Table, record: Record, columns: tuple[Column, ...], meant: Set[int]
) -> Iterator[tuple[str, Column, Cell]]:
    """Ratings that are a colour and no word, in columns of which someone says that colours are meant."""
    for column in columns:
        fill = table.fills.get((record.number, column.index)) if column.index in meant else None
        rag = rag_of_colour(fill) if fill is not None and column.index not in record.cells else None
        if rag is not None:
            yield "rag", column, Cell(address(record.number, column.index), rag.value, rag.value)


def _line(sheet: str, record: Record, columns: tuple[Column, ...]) -> Line:
    met = [(c, record.cells[c.index]) for c in columns if c.index in record.cells]
    filled = [(c, cell) for c, cell in met if not cell.blank]
    return Line(
        sheet,
        record.number,
        tuple((c.field, c, cell) for c, cell in filled if c.field and not _of_block(c)),
        tuple((c, cell) for c, cell in filled if _of_block(c)),
        tuple((c, cell) for c, cell in filled if not c.field and c.period is None),
    )
