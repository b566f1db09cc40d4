"""What cannot be right in a stranger's file, cell by cell: errors, formulas never calculated, dates, headings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from framework.workbook.cells import Note
from framework.workbook.problems import Problem
from framework.workbook.readings import Certainty
from framework.workbook.recognise.evidence import Reader
from framework.workbook.recognise.fields import BY_NAME, Kind
from framework.workbook.recognise.grid import KEPT, Broken, Grid, address, letter
from framework.workbook.recognise.shape import Column, Record, Table, Way
from framework.workbook.recognise.words_met import ColumnMet
from framework.workbook.text import key, quoted

_NAMES = ("action", "kpi", "milestone", "objective", "school", "code")
_DATES = frozenset(name for name, wanted in BY_NAME.items() if wanted.kind is Kind.DATE)


def faults(
    tables: Sequence[Table],
    met: Sequence[ColumnMet],
    grids: Iterable[Grid],
    readers: Mapping[tuple[int, int], Reader],
) -> tuple[tuple[Problem, ...], tuple[Note, ...]]:
    """Every problem of the sheets that can be seen, and notes on what is odd without being wrong."""
    problems: list[Problem] = []
    notes: list[Note] = []
    for grid in grids:
        if grid.sheet.hidden:
            if grid.error_count:
                words = f"Sheet '{grid.title}' is hidden and shows {grid.error_count:,} errors."
                notes.append(Note("CELL-ERROR", words, grid.title, grid.errors[0].cell.address))
            continue
        own = [table for table in tables if table.sheet == grid.title]
        problems += _errors(grid, own)
        problems += _uncalculated(grid, own)
        if grid.error_count > KEPT:
            words = f"Sheet '{grid.title}' shows {grid.error_count:,} errors; the first {KEPT:,} are listed."
            notes.append(Note("CELL-ERROR", words, grid.title))
    for table in tables:
        if table.used:
            own_columns = [column for column in met if column.table is table]
            problems += _headings(table)
            problems += _dates(table, own_columns, readers)
            notes += _codes(table, own_columns)
    return tuple(problems), tuple(notes)


def _errors(grid: Grid, tables: Sequence[Table]) -> Iterator[Problem]:
    places = _Places(tables)
    for found in grid.errors:
        heading, record, title = places.of(found)
        wanted = "the value, typed, or the formula mended"
        yield Problem(
            "CELL-ERROR", grid.title, found.cell.address, heading, found.cell.raw, wanted,
            row=record, title=title, if_left="the cell is taken as empty",
        )  # fmt: skip


def _uncalculated(grid: Grid, tables: Sequence[Table]) -> Iterator[Problem]:
    """One problem a column: who never calculated one formula never calculated its neighbours."""
    places = _Places(tables)
    for column, found in sorted(grid.waiting.items()):
        if not found:
            continue
        heading, _, _ = places.of(found[0])
        count = grid.waiting_count[column]
        many = f"column {letter(column)} has formulas that were never calculated ({count:,})"
        wanted = f"their values: {many}. Open the file in Excel, press Save, and send it again"
        yield Problem(
            "CELL-UNCALCULATED", grid.title, found[0].cell.address, heading, found[0].cell.raw, wanted,
            if_left="they are taken as empty",
        )  # fmt: skip


class _Places:
    """Where a cell stands in a sheet's tables: under which heading, in which record."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = [t for t in tables if t.way is not Way.ACROSS]
        self._records: list[Mapping[int, Record]] = [{r.number: r for r in t.records} for t in self._tables]

    def of(self, found: Broken) -> tuple[str, int, str]:
        """The heading, the row's number where it is a record's, and what the row calls itself."""
        for table, records in zip(self._tables, self._records, strict=True):
            column = next((c for c in table.columns if c.index == found.column), None)
            record = records.get(found.row)
            if column is not None and record is not None:
                return column.heading, record.number, title_of(table, record)
        return "", 0, ""


def title_of(table: Table, record: Record) -> str:
    """What a record calls itself: its action, its KPI …; its first words where no column names it."""
    by_field = {c.field: c.index for c in reversed(table.columns) if c.field and c.period is None}
    for name in _NAMES:
        cell = record.cells.get(by_field[name]) if name in by_field else None
        if cell is not None:
            return " ".join(cell.raw.split())
    first = next((c for c in record.cells.values() if isinstance(c.value, str)), None)
    return "" if first is None else " ".join(first.raw.split())


def _headings(table: Table) -> Iterator[Problem]:
    if table.way is Way.ACROSS:
        return
    counted = Counter(key(c.heading) for c in table.columns if c.heading and c.index)
    met: Counter[str] = Counter()
    for column in table.columns:
        if not column.index:
            continue
        where = address(table.header_row, column.index)
        plain = key(column.heading)
        met[plain] += 1
        if not column.heading:
            yield Problem(
                "HEAD-BLANK", table.sheet, where, "", None, "a heading over the values in this column",
                if_left="the column is passed over",
            )  # fmt: skip
        elif counted[plain] > 1 and met[plain] > 1 and column.period is None:
            yield Problem(
                "HEAD-DUPLICATE", table.sheet, where, column.heading, column.heading,
                "each heading once: another column has it too", if_left=_left(table, column),
            )  # fmt: skip


def _left(table: Table, column: Column) -> str:
    taken = column.field is not None
    return "each column is read by itself" if taken else "the first of them is taken and this one passed over"


def _dates(table: Table, columns: Iterable[ColumnMet], readers: Mapping[tuple[int, int], Reader]) -> Iterator[Problem]:
    records = None
    for met in columns:
        if met.column.field not in _DATES:
            continue
        reader = readers.get((id(table), met.column.index))
        if reader is None:
            continue
        for one in met.values:
            if one.cell.is_error or one.cell.formula_without_value:
                continue
            reading = reader.read(one.cell)
            if reading.certainty is not Certainty.ERROR:
                continue
            if records is None:
                records = _by_cell(table)
            number, title = records.get(one.cell.address, (0, ""))
            says = reading.says.rstrip(".")
            wanted = f"a date: {says}. Write 30/09/2024, Sept 2024, Autumn 1 or Ongoing" if says else "a date"
            left = f"the row goes in without its {met.column.field or 'date'} date".replace("done_on", "completion")
            yield Problem(
                "CELL-DATE", table.sheet, one.cell.address, met.column.heading, one.cell.raw, wanted,
                row=number, title=title, if_left=left,
            )  # fmt: skip


def _by_cell(table: Table) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    dates = [c.index for c in table.columns if c.field in _DATES]
    for record in table.records:
        title = ""
        for index in dates:
            cell = record.cells.get(index)
            if cell is not None:
                title = title or title_of(table, record)
                found.setdefault(cell.address, (record.number, title))
    return found


def _codes(table: Table, columns: Iterable[ColumnMet]) -> Iterator[Note]:
    """Typed numbers that come again: they are no identities, but somebody may take them for such."""
    for met in columns:
        # A code that a merge was read into several rows from stands in one cell.
        twice = [one for one in met.values if met.column.field == "code" and len(set(one.places)) > 1]
        if twice:
            some = ", ".join(f"'{quoted(one.cell.raw)}' ({one.count})" for one in twice[:5])
            more = f" and {len(twice) - 5:,} more" if len(twice) > 5 else ""
            words = (
                f"{table.sheet}: {some}{more} under '{quoted(met.column.heading)}' stand for several rows, so rows are "
                "not told apart by it."
            )
            yield Note("KEY-DUPLICATE", words, table.sheet, twice[0].cell.address)
