"""The distinct values that stand under each field of the tables that are taken: what there is to read and to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from framework.workbook.cells import Cell
from framework.workbook.recognise.asking import SHOWN
from framework.workbook.recognise.shape import Column, Table

_MOST_DISTINCT = 5_000  # of a column; more are not words that a person could be asked about


@dataclass
class Met:
    """One value as it was met: the first cell that holds it, the first few places, how many there are."""

    cell: Cell
    places: list[str] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True)
class ColumnMet:
    """One column of a table with its distinct values, in the order in which they were met."""

    table: Table
    column: Column
    values: tuple[Met, ...]


def columns_met(tables: Iterable[Table], fields: frozenset[str]) -> list[ColumnMet]:
    """Every column that has one of the fields, with its values. One pass over each table's records."""
    return [found for table in tables if table.used for found in _of_table(table, fields)]


def _of_table(table: Table, fields: frozenset[str]) -> Iterator[ColumnMet]:
    wanted = [c for c in table.columns if c.field in fields]
    if not wanted:
        return
    met: dict[int, dict[tuple[str, str], Met]] = {c.index: {} for c in wanted}
    for record in table.records:
        for index, values in met.items():
            cell = record.cells.get(index)
            if cell is not None:
                _count(values, cell, table.sheet)
    for column in wanted:
        yield ColumnMet(table, column, tuple(met[column.index].values()))


def _count(values: dict[tuple[str, str], Met], cell: Cell, sheet: str) -> None:
    key = (cell.raw, type(cell.value).__name__)
    one = values.get(key)
    if one is None:
        if len(values) >= _MOST_DISTINCT:
            return
        one = values[key] = Met(cell)
    one.count += 1
    if len(one.places) < SHOWN:
        one.places.append(f"{sheet}!{cell.address}")
