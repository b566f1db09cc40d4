"""Which rows lie under headings, and where the table ends: at two blank rows, a total, or the next headings."""

import re
from dataclasses import dataclass, field
from statistics import median

from framework.workbook.cells import Cell
from framework.workbook.recognise.grid import Grid, bits, is_text, shows_number
from framework.workbook.recognise.headers import Heading, score
from framework.workbook.recognise.known import proves
from framework.workbook.recognise.labels import normal

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|net|column|running|year|annual|trust|mat|all|group|school|combined)[\s-]*)*"
    r"(?:totals?|averages?|mean|sum)\s*(?:\(.*\))?\s*[:=]?|.{0,30}\b(?:sub|grand)[\s-]?totals?\s*:?",
    re.IGNORECASE,
)
_PERHAPS = re.compile(r"(?:overall |grand )?totals?\b.{0,40}|average\b.{0,30}|.{0,40}\btotals?\s*:?", re.IGNORECASE)
_SUMMED = 2_000  # rows above a total that are added up
_BLANK_ROWS = 2  # that end a table
_SAMPLE = 50  # rows by which a row after a gap is measured


@dataclass
class Walked:
    """The rows under headings that hold anything, in order.

    end      the last row that belongs to the table in any way; what follows is looked at afresh
    totals   rows of totals that were passed over
    resumed  rows that follow two blank rows or more and are like those above
    repeats  rows that repeat the headings
    """

    rows: list[int] = field(default_factory=list)
    end: int = 0
    totals: list[int] = field(default_factory=list)
    resumed: list[int] = field(default_factory=list)
    after_blank: set[int] = field(default_factory=set)


def walk(grid: Grid, heading: Heading, columns: int, bottom: int | None = None) -> Walked:
    """Go down from the headings. `columns`: a mask of the table's columns; `bottom`: the last row it may have."""
    last = min(bottom or grid.last, grid.last)
    held = _held(grid, heading, columns)
    found = Walked(end=heading.bottom)
    blank = 0
    for row in range(heading.bottom + 1, last + 1):
        mask = grid.masks[row] & columns
        if not mask:
            blank += row not in held
            continue
        if found.rows and _ends(grid, heading, columns, row, blank, found):
            return found
        if found.rows and row in grid.totals and is_total(grid, row, columns):
            found.totals.append(row)
            found.end = row
            if not _goes_on(grid, row + 1, columns, found.rows):
                return found
            blank = 0
            continue
        if blank:
            found.after_blank.add(row)
            if blank >= _BLANK_ROWS and found.rows:
                found.resumed.append(row)
        blank = 0
        found.rows.append(row)
        found.end = row
    return found


def _ends(grid: Grid, heading: Heading, columns: int, row: int, blank: int, found: Walked) -> bool:
    """Whether the table is over before this row."""
    if repeats(grid, row, heading):
        return True
    alone = (grid.masks[row - 1] & columns).bit_count() <= 1
    if (blank or alone) and heads_anew(grid, row, columns, found.rows):
        return True
    return blank >= _BLANK_ROWS and not _alike(grid, row, columns, found.rows)


def _held(grid: Grid, heading: Heading, columns: int) -> set[int]:
    """Blank rows that a merge of the row above covers: they belong to it."""
    held: set[int] = set()
    for merge in grid.tall:
        if merge.top > heading.bottom and columns >> merge.left & 1 and merge.bottom - merge.top <= 100:
            held.update(range(merge.top + 1, merge.bottom + 1))
    return held


def repeats(grid: Grid, row: int, heading: Heading) -> bool:
    """Whether a row holds the headings once more."""
    column, text = grid.firsts[row]
    if column in heading.columns and (not text or normal(text) not in map(normal, heading.columns[column])):
        return False
    cells = grid.filled(row)
    first = next(((c, cell) for c, cell in cells if c in heading.columns), None)
    if first is None or not is_text(first[1]) or len(heading.columns) < 2:
        return False
    if normal(first[1].raw) not in (normal(w) for w in heading.columns[first[0]]):
        return False
    same = sum(c in heading.columns and normal(cell.raw) == normal(heading.columns[c][-1]) for c, cell in cells)
    return same >= 2 and same * 5 >= len(heading.columns) * 3


def heads_anew(grid: Grid, row: int, columns: int, rows: list[int]) -> bool:
    """Whether a row after a break is the headings of another table."""
    cells = grid.filled(row, columns)
    if len(cells) < 2 or not all(is_text(cell) for _, cell in cells):
        return False
    known = {n for _, cell in cells if (n := proves(cell.raw))}
    found = score(grid, row, 0, columns)
    if found is None or row >= grid.last or not grid.masks[row + 1]:
        return False
    if len(known) >= 2 and len(known) * 2 >= len(cells):
        return True
    # Words in two columns or more that held numbers so far, over numbers.
    above = _numeric(grid, rows[-_SAMPLE:], columns)
    return sum(c in above for c, _ in cells) >= 2 and len(_numeric(grid, [row + 1], columns) & above) >= 1


def _numeric(grid: Grid, rows: list[int], columns: int) -> set[int]:
    numbers: dict[int, int] = {}
    filled: dict[int, int] = {}
    for row in rows:
        for column, cell in grid.filled(row, columns):
            filled[column] = filled.get(column, 0) + 1
            numbers[column] = numbers.get(column, 0) + shows_number(cell)
    return {column for column, n in numbers.items() if n * 10 >= filled[column] * 8}


def is_total(grid: Grid, row: int, columns: int) -> bool:
    """Whether a row sums up those above: it says so in one of its first cells, and the rest are numbers or nothing."""
    cells = grid.filled(row, columns)
    said = next((n for n, (_, cell) in enumerate(cells[:3]) if _says_total(cell) or _says_total(cell, _PERHAPS)), None)
    if said is None:
        return False
    rest = [(c, cell) for c, cell in (*cells[:said], *cells[said + 1 :])]
    if not all(shows_number(cell) or not any(c.isalpha() for c in cell.raw) or _says_total(cell) for _, cell in rest):
        return False
    # `Total exclusions` may be the name of a KPI: then its figures are no sums of those above.
    return _says_total(cells[said][1]) or any(_sums_up(grid, row, column, cell) for column, cell in rest)


def _sums_up(grid: Grid, row: int, column: int, cell: Cell) -> bool:
    """Whether a figure is the sum of two or more right above it."""
    if not isinstance(cell.value, int | float) or not cell.value:
        return False
    total, count = 0.0, 0
    for above in range(row - 1, max(0, row - _SUMMED), -1):
        other = grid.at(above, column)
        if other is not None and not isinstance(other.value, int | float):
            break
        if other is not None and isinstance(other.value, int | float):
            total, count = total + other.value, count + 1
            if count >= 2 and abs(total - cell.value) <= 0.005 * abs(cell.value):
                return True
    return False


def _says_total(cell: Cell, words: re.Pattern[str] = _TOTAL) -> bool:
    return isinstance(cell.value, str) and len(cell.raw) <= 60 and words.fullmatch(cell.raw.strip()) is not None


def _goes_on(grid: Grid, row: int, columns: int, rows: list[int]) -> bool:
    """Whether more rows like those above follow a total: then it was one of several."""
    if row > grid.last or not grid.masks[row] & columns or is_total(grid, row, columns):
        return row <= grid.last and bool(grid.masks[row] & columns) and _goes_on(grid, row + 1, columns, rows)
    return _alike(grid, row, columns, rows)


def _alike(grid: Grid, row: int, columns: int, rows: list[int]) -> bool:
    """Whether a row fills as many of the columns as those of the table do: three at least."""
    counts = [(grid.masks[n] & columns).bit_count() for n in rows[-_SAMPLE:]]
    usual = median(counts) if counts else 0
    return (grid.masks[row] & columns).bit_count() >= max(3, 0.6 * usual)


def runs(columns: int) -> list[list[int]]:
    """The columns of a mask, in blocks that stand side by side without a gap."""
    found: list[list[int]] = []
    for column in bits(columns):
        if found and column == found[-1][-1] + 1:
            found[-1].append(column)
        else:
            found.append([column])
    return found
