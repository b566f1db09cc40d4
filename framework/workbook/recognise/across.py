"""Tables whose records run across: the fields stand in the first column, and each further column is a record."""

from collections.abc import Sequence

from framework.workbook.cells import Cell, Note
from framework.workbook.recognise.grid import Grid, address, bits, is_text, shows_number
from framework.workbook.recognise.holds import holds
from framework.workbook.recognise.known import named
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.matching import match
from framework.workbook.recognise.shape import Record, Table, Way
from framework.workbook.recognise.spans import is_period

_LEAST_LABELS = 4
_MOST_LABELS = 400
_MOST_RECORDS = 200
_MOSTLY = 0.8


def across(grid: Grid, known_in_rows: int) -> Table | None:
    """The sheet's table when its records run across, else None.

    known_in_rows  how many fields the best row of headings names: more than the labels do, and it runs down
    """
    used = grid.used(1, min(grid.last, _MOST_LABELS))
    first = next(bits(used), 0)
    rows = _labelled(grid, first)
    if len(rows) < _LEAST_LABELS or not used >> first + 1 & 1:
        return None
    labels = [cell for row in rows if (cell := grid.at(row, first)) is not None]
    fields = {n.fields[0] for cell in labels if not cell.raw.rstrip().endswith(":") and (n := named(cell.raw))}
    words = {normal(cell.raw) for cell in labels}
    if rows[-1] + 3 < grid.last and sum(grid.masks[n] >> first & 1 for n in range(rows[-1] + 1, grid.last + 1)) > len(
        rows
    ):
        return None  # what stands in the first column goes on, and is no list of labels
    records = _record_columns(grid, rows, first)
    if len(records) < 2 or len(words) < 0.9 * len(labels) or len(fields) < 2 or len(fields) <= known_in_rows:
        return None
    if not _runs_across(grid, rows, records, len(fields)):
        return None
    return _table(grid, rows, first, records)


def _labelled(grid: Grid, column: int) -> list[int]:
    """The rows that begin with a short text, from the first on, without a gap of more than a row."""
    rows: list[int] = []
    for row in range(1, min(grid.last, _MOST_LABELS) + 1):
        cell = grid.at(row, column)
        if cell is not None and is_text(cell) and len(cell.raw) <= 120:
            rows.append(row)
        elif cell is not None or (rows and row > rows[-1] + 2):
            break
    return rows


def _record_columns(grid: Grid, rows: Sequence[int], first: int) -> list[int]:
    found: list[int] = []
    for column in range(first + 1, first + 1 + _MOST_RECORDS):
        filled = sum(grid.masks[row] >> column & 1 for row in rows)
        if filled * 10 < 3 * len(rows):
            break
        found.append(column)
    return found


def _kind(cell: Cell) -> str:
    if shows_number(cell) or isinstance(cell.value, bool):
        return "number"
    return "text" if isinstance(cell.value, str) else "date"


def _runs_across(grid: Grid, rows: Sequence[int], records: Sequence[int], known: int) -> bool:
    """Each row is of one kind and each column of several: so a row is a field."""
    if any((cell := grid.at(rows[0], c)) is not None and is_period(cell) for c in records):
        return False
    full = sum(sum(grid.masks[row] >> c & 1 for c in records) * 5 >= len(records) * 4 for row in rows)
    if full < _MOSTLY * len(rows):
        return False
    by_row = [[_kind(cell) for c in records if (cell := grid.at(row, c)) is not None] for row in rows]
    by_row = [kinds for kinds in by_row if kinds]
    even = sum(max(map(kinds.count, kinds)) >= 0.9 * len(kinds) for kinds in by_row)
    mixed = 0
    for column in records:
        kinds = [_kind(cell) for row in rows if (cell := grid.at(row, column)) is not None]
        mixed += len({k for k in kinds if kinds.count(k) >= max(1, 0.1 * len(kinds))}) >= 2
    if not by_row or even < _MOSTLY * len(by_row):
        return False
    return mixed >= _MOSTLY * len(records) or (known >= 4 and _all_different(grid, rows, records))


def _all_different(grid: Grid, rows: Sequence[int], records: Sequence[int]) -> bool:
    """Whether hardly any value comes again within a column, as where each cell of a column is another field."""
    for column in records:
        words = [normal(cell.raw) for row in rows if (cell := grid.at(row, column)) is not None]
        if len(set(words)) < 0.7 * len(words):
            return False
    return True


def _table(grid: Grid, rows: Sequence[int], first: int, records: Sequence[int]) -> Table:
    def sample(row: int) -> list[Cell]:
        return [cell for c in records if (cell := grid.at(row, c)) is not None]

    heads = {row: (" ".join(cell.raw.split()),) for row in rows if (cell := grid.at(row, first)) is not None}
    columns = match(heads, sample)
    made = tuple(Record(c, {row: cell for row in rows if (cell := grid.at(row, c)) is not None}) for c in records)
    words = f"{grid.title}: each column is a record and column {address(1, first)[:-1]} says what the rows are."
    note = Note("TABLE-ACROSS", words, grid.title, address(rows[0], first))
    return Table(grid.title, holds(columns, Way.ACROSS), Way.ACROSS, (first,), columns, made, notes=(note,))
