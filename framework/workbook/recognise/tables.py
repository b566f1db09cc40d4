"""The tables of a sheet: found by their headings, or named as Excel tables by whoever made the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from framework.workbook.cells import Cell, Note, SheetCells, Span
from framework.workbook.recognise.across import across
from framework.workbook.recognise.beside import Sides, sides
from framework.workbook.recognise.filling import SECTION
from framework.workbook.recognise.grid import Grid, bits, is_text, mask_of, shows_number, width
from framework.workbook.recognise.headers import LOOKED_AT, Heading, Scored, best, heading_at, score
from framework.workbook.recognise.holds import holds
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.matching import match
from framework.workbook.recognise.records import Teller, opening_rows
from framework.workbook.recognise.remarks import beside_noted, headings_noted, hidden_noted, strays_across
from framework.workbook.recognise.shape import Column, Holds, How, Table, Way
from framework.workbook.recognise.sheets import boxes, lists_only, merged_off, off_by_name, sums_up
from framework.workbook.recognise.walk import walk

SECTION_HEADING = "(line above the rows)"
_MOST_TABLES = 40  # on one sheet
_NAMING = frozenset(("action", "kpi", "milestone", "objective", "school"))
_SAMPLE_ROWS = 300
_SURE = 10.0  # the score of a table that nobody would doubt


@dataclass
class Found:
    """What a sheet holds. `why`: why nothing of it is taken; empty when something is."""

    grid: Grid
    tables: list[Table] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    why: str = ""


def tables_of(sheet: SheetCells, headings_in: int | None = None) -> Found:
    """Every table of a sheet, those first that stand first; none is taken where the sheet is off.

    headings_in  the row in which someone says the headings of its one table stand; None: they are looked for
    """
    grid = Grid(sheet)
    found = Found(grid)
    if not grid.last:
        found.why = "it is empty"
        return found
    if headings_in is not None and grid.filled(headings_in, -1):
        found.tables = [_under(grid, headings_in)]
        return found
    found.tables = sorted(_tables(grid, found), key=lambda t: (t.header_rows[0], t.columns[0].index))
    why = _off(grid, found.tables)
    if why:
        found.tables = [replace(table, used=False, why=table.why or why) for table in found.tables]
    found.tables = [_list_aside(grid, table) for table in found.tables]
    if not found.tables:
        found.why = why or "no row of headings was found"
    elif not any(table.used for table in found.tables):
        found.why = found.tables[0].why
    return found


def _off(grid: Grid, tables: Sequence[Table]) -> str:
    if grid.sheet.hidden:
        return "the sheet is hidden"
    why = off_by_name(grid.title)
    if why:
        return why
    return merged_off(grid.sheet) if boxes(grid) else ""


def _list_aside(grid: Grid, table: Table) -> Table:
    if not table.used:
        return table
    if table.holds is Holds.OTHER and sums_up(grid.title):
        return replace(table, used=False, why="the sheet's name says that it sums up others")
    if table.way is not Way.DOWN:
        return table
    if lists_only(grid, table):
        return replace(table, used=False, why="its columns look like lists to choose from")
    columns = [c for c in table.columns if c.index]
    if any(normal(c.heading) in ("row labels", "column labels") for c in columns):
        return replace(table, used=False, why="it is a pivot table, which sums up another sheet")
    if len(columns) <= 2 and not any(c.field for c in columns):
        cells = [cell for record in table.records[:50] for cell in record.cells.values()]
        if not any(shows_number(cell) for cell in cells):
            return replace(table, used=False, why="two columns of words without a heading that we know")
    return table


def _tables(grid: Grid, found: Found) -> Iterator[Table]:
    taken: list[Span] = []
    for _, span in grid.sheet.tables:
        table = _excel_table(grid, span)
        if table is not None:
            taken.append(span)
            yield table
    if not taken:
        first = best(grid, 1, LOOKED_AT)
        crosswise = across(grid, first.fields if first else 0)
        if crosswise is not None:
            found.notes += strays_across(grid, crosswise)
            yield crosswise
            return
    top = 1
    for start, end in [*((s.top, s.bottom) for s in sorted(taken)), (grid.last + 1, grid.last)]:
        if start > top:
            yield from _search(grid, found, top, start - 1, bool(taken), _MOST_TABLES)
        top = max(top, end + 1)


def _excel_table(grid: Grid, span: Span) -> Table | None:
    """A table that is one for Excel; None when its first row holds no headings."""
    within = width(span.left, min(span.right, 512))
    cells = grid.filled(span.top, within)
    if len(cells) < 2 or sum(is_text(cell) for _, cell in cells) * 2 < len(cells):
        return None
    if sum(normal(cell.raw).startswith("column") for _, cell in cells) * 2 > len(cells):
        return None  # Excel's own names for headings that nobody gave: they stand in a row below, or nowhere
    joined = heading_at(grid, span.top, within)
    words = {c: (*(w for w in joined.columns.get(c, ())[:-1]), " ".join(cell.raw.split())) for c, cell in cells}
    heading = joined if joined.bottom == span.top else Heading((span.top,), {c: (w[-1],) for c, w in words.items()})
    return _build(grid, heading, Sides(_columns_in(grid, span, within)), span.bottom, _SURE).table


def _under(grid: Grid, row: int) -> Table:
    """The table whose headings stand in this row, because someone says so."""
    joined = heading_at(grid, row)
    words: dict[int, tuple[str, ...]] = {c: (" ".join(cell.raw.split()),) for c, cell in grid.filled(row, -1)}
    heading = joined if joined.bottom == row else Heading((row,), words)
    return _build(grid, heading, sides(grid, heading, -1, grid.last), grid.last, _SURE).table


def _columns_in(grid: Grid, span: Span, within: int) -> int:
    return grid.used(span.top, span.bottom) & within


def _search(grid: Grid, found: Found, top: int, bottom: int, strict: bool, left: int) -> Iterator[Table]:
    """The tables between two rows. `strict`: only what is surely one, as when a table was found already."""
    seen: list[Table] = []
    while top < bottom and left > 0:
        window = min(bottom, top + LOOKED_AT - 1)
        chosen = best(grid, top, window)
        if chosen is None:
            if not seen and not strict:
                return
            top = _next_block(grid, window + 1, bottom)
            continue
        built = _grow(grid, found, chosen, top, bottom, strict or bool(seen), seen)
        if not built:
            top = chosen.row + 1
            left -= 1
            continue
        first, end = built[0].header_rows[0], built[-1].end
        if first - top >= 3:
            for table in _search(grid, found, top, first - 1, True, 5):
                seen.append(table)
                yield table
        for one in built:
            seen.append(one.table)
            yield one.table
        left -= len(built)
        top = max(end, chosen.row) + 1


def _next_block(grid: Grid, row: int, bottom: int) -> int:
    while row <= bottom and not grid.masks[row]:
        row += 1
    return row


@dataclass
class _Built:
    table: Table
    end: int

    @property
    def header_rows(self) -> tuple[int, ...]:
        return self.table.header_rows


def _grow(
    grid: Grid, found: Found, chosen: Scored, top: int, bottom: int, strict: bool, seen: Sequence[Table]
) -> list[_Built]:
    """The table under the chosen row and those with headings in the same row; none when it is no table after all."""
    heading = heading_at(grid, chosen.row)
    if heading.top < top:
        heading = Heading(
            tuple(r for r in heading.rows if r >= top),
            {c: w[-len([r for r in heading.rows if r >= top]) :] for c, w in heading.columns.items()},
        )
    beside = sides(grid, heading, -1, bottom)
    main = _build(grid, heading, beside, bottom, chosen.score)
    if not _is_table(grid, main.table, heading, strict, seen):
        return []
    built = [main]
    for block in beside.others:
        part = Heading(heading.rows, {c: w for c, w in heading.columns.items() if c in block})
        one = score(grid, heading.bottom, 0, mask_of(block))
        if one is None:
            continue
        other = _build(grid, part, sides(grid, part, mask_of(block), bottom), bottom, one.score)
        if _is_table(grid, other.table, part, True, [main.table]):
            built.append(other)
    built.sort(key=lambda b: b.end)
    found.notes += beside_noted(grid, beside)
    return built


def _build(grid: Grid, heading: Heading, beside: Sides, bottom: int, points: float) -> _Built:
    walked = walk(grid, heading, beside.columns, bottom)
    rows = len(heading.rows)
    alive = grid.used(heading.bottom + 1, walked.end) | grid.used(heading.top, heading.bottom)
    heads = {c: heading.columns.get(c, ("",) * rows) for c in bits(beside.columns & alive)}
    told, units = opening_rows(grid, walked.rows, beside.columns)
    sampled = [row for row in walked.rows[:_SAMPLE_ROWS] if row not in told and row not in units]

    def sample(column: int) -> list[Cell]:
        return [cell for row in sampled if (cell := grid.at(row, column)) is not None]

    columns = match(heads, sample)
    records = Teller(grid, heading, walked, columns).tell()
    if records.section:
        wanted = "group" if any(c.field == "objective" for c in columns) else "objective"
        columns = (Column(SECTION, SECTION_HEADING, None, How.NONE, wanted), *columns)
    way = Way.PERIODS_ACROSS if sum(c.period is not None for c in columns) >= 2 else Way.DOWN
    kept = [r.number for r in records.records]
    notes = (*records.notes, *headings_noted(grid, heading, columns), *hidden_noted(grid, heading, columns, kept))
    sure = max(0.05, min(1.0, points / _SURE))
    kind = holds(columns, way)
    table = Table(grid.title, kind, way, heading.rows, columns, records.records, sure=round(sure, 2), notes=notes)
    return _Built(table, walked.end)


def _is_table(grid: Grid, table: Table, heading: Heading, strict: bool, seen: Sequence[Table]) -> bool:
    columns = [c for c in table.columns if c.index]
    fields = {c.field for c in columns if c.field}
    if len(columns) < 2:
        return False
    if not table.records:
        return len(fields) >= 3 and not strict
    if strict and (len(fields) < 2 or fields.isdisjoint(_NAMING)):
        return _same_headings(table, seen) or _solid(table, columns)
    if _has_errors(table, columns):
        return False
    if len(fields) >= 2:
        return True
    if len(columns) <= 3 and _form(table, columns):
        return False
    if sum(not c.heading for c in columns) * 3 > len(columns) + 2 or _amid(grid, heading, columns):
        return False
    mask = mask_of([c.index for c in columns])
    some = [grid.masks[record.number] for record in table.records[:50]]
    own = sum((row & mask).bit_count() for row in some)
    if not fields and own * 5 < 3 * sum(row.bit_count() for row in some):
        return False  # most of what stands in these rows is under no heading: a form
    return own >= (0.4 if fields else 0.5) * len(columns) * len(some)


def _form(table: Table, columns: Sequence[Column]) -> bool:
    """Whether labels stand in one column and values of every kind beside them: a form, not a list."""
    for column in columns[1:]:
        cells = [cell for r in table.records[:50] if (cell := r.cells.get(column.index)) is not None]
        kinds = ["number" if shows_number(c) else "text" if isinstance(c.value, str) else "date" for c in cells]
        if len(kinds) >= 4 and sum(kinds.count(kind) * 5 >= len(kinds) for kind in set(kinds)) >= 2:
            return True
    return False


def _amid(grid: Grid, heading: Heading, columns: Sequence[Column]) -> bool:
    """Whether rows of the same kind stand right above what was taken for headings: it is one of them then."""
    mask = mask_of([c.index for c in columns])
    above = grid.filled(heading.top - 1, mask) if heading.top > 1 else []
    return len(above) >= 2 and len(above) * 2 >= len(columns)


def _has_errors(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a heading shows an error: it is a cell of a form, or of a summary, taken for one."""
    return any(column.heading.startswith("#") and column.heading[1:4].isupper() for column in columns)


def _same_headings(table: Table, seen: Sequence[Table]) -> bool:
    ours = {normal(c.heading) for c in table.columns if c.heading}
    for other in seen:
        theirs = {normal(c.heading) for c in other.columns if c.heading}
        if len(ours & theirs) * 5 >= max(len(ours), len(theirs)) * 3:
            return True
    return False


def _solid(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a table without headings that we know is one beyond doubt: three columns, filled, with numbers."""
    if len(columns) < 3 or len(table.records) < 2 or any(not c.heading for c in columns[1:]):
        return False
    some = table.records[:20]
    cells = [cell for record in some for cell in record.cells.values()]
    return len(cells) >= 0.7 * len(columns) * len(some) and sum(map(shows_number, cells)) * 2 >= len(cells)
