"""Workbooks as strangers make them, built cell by cell: what a person would count in each stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter, range_boundaries

from framework.workbook.cells import Book, Cell, SheetCells, Span
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.shape import Looked, Table

NAME = "stranger.xlsx"


def a_cell(value: Any, row: int = 1, column: int = 1, number_format: str = "General") -> Cell:
    address = f"{get_column_letter(column)}{row}"
    if isinstance(value, str) and value.startswith("#") and value[1:4].isupper():
        return Cell(address, value, value, is_error=True)
    if isinstance(value, str) and value.startswith("="):
        return Cell(address, None, value, formula_without_value=True)
    if isinstance(value, datetime | date):
        return Cell(address, datetime(value.year, value.month, value.day), f"{value:%d %b %Y}", "dd/mm/yyyy")
    return Cell(address, value, str(value), number_format)


def spans(areas: Iterable[str]) -> tuple[Span, ...]:
    return tuple(Span(top, left, bottom, right) for left, top, right, bottom in map(range_boundaries, areas))


def a_sheet(
    rows: Sequence[Sequence[Any]],
    title: str = "Sheet1",
    *,
    merges: Iterable[str] = (),
    tables: Iterable[str] = (),
    fills: Mapping[tuple[int, int], str] | None = None,
    **more: Any,
) -> SheetCells:
    """A sheet from its rows; None and "" are empty cells, `#REF!` is an error, `=A1` a formula never calculated."""
    cells = [
        [None if value in (None, "") else a_cell(value, r, c) for c, value in enumerate(row, 1)]
        for r, row in enumerate(rows, 1)
    ]
    valued = sum(cell is not None and not cell.formula_without_value for row in cells for cell in row)
    named = tuple((f"Table{n}", span) for n, span in enumerate(spans(tables), 1))
    return SheetCells(title, cells, valued=valued, merges=spans(merges), tables=named, fills=fills or {}, **more)


def a_book(*sheets: SheetCells, name: str = NAME) -> Book:
    return Book(name, "0" * 64, sheets)


def looked_at(rows: Sequence[Sequence[Any]], **more: Any) -> Looked:
    """What is recognised in a workbook of one sheet."""
    return recognise(a_book(a_sheet(rows, **more)))


def the_table(rows: Sequence[Sequence[Any]], **more: Any) -> Table:
    """The one table that is taken from a sheet."""
    (table,) = [table for table in looked_at(rows, **more).tables if table.used]
    return table


def fields(table: Table) -> dict[str, str]:
    """From heading to field, of the columns that have one."""
    return {column.heading: column.field for column in table.columns if column.field}


def numbers(table: Table) -> list[int]:
    return [record.number for record in table.records]


def words(table: Table, heading: str) -> list[str | None]:
    """What stands under a heading, record by record."""
    (index,) = [column.index for column in table.columns if column.heading == heading]
    return [cell.raw if (cell := record.cells.get(index)) is not None else None for record in table.records]
