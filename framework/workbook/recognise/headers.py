"""Which row holds a table's headings. Rows are scored; rows above and below that belong to the headings are joined."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from framework.text import clean
from framework.workbook.cells import Cell
from framework.workbook.recognise.grid import Grid, is_text, width
from framework.workbook.recognise.known import first_part, proves
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.spans import is_period

LOOKED_AT = 40  # rows in which headings are sought
_NEXT = 7  # rows below that show whether something is headed
_SHORT = 60  # characters of a heading
_MOST_CELLS = 12
_MOST_HEADINGS = 512
_FIGURE = re.compile(r"\s*[£$€]?\d[\d.,]*\s*(?:%|\()|\s*\d+(?:\.\d+){2,}\s*$")
_ANSWERS = frozenset(("yes", "no", "n/a", "y", "n", "true", "false", "nil"))
_LEAST = 0.45  # a row with a lower score heads nothing
_MOST_HEADER_ROWS = 6


class Scored(NamedTuple):
    """How much a row looks like headings; `fields` are the distinct fields it names, `cells` its headings."""

    score: float
    row: int
    fields: int
    cells: int


@dataclass(frozen=True)
class Heading:
    """A table's headings: their rows, the lowest last, and by column the words of each row."""

    rows: tuple[int, ...]
    columns: dict[int, tuple[str, ...]]

    @property
    def bottom(self) -> int:
        return self.rows[-1]

    @property
    def top(self) -> int:
        return self.rows[0]


def best(grid: Grid, top: int, bottom: int, within: int = -1) -> Scored | None:
    """The row between two rows that looks most like headings; None when none does."""
    found = [s for row in range(top, min(bottom, grid.last) + 1) if (s := score(grid, row, row - top, within))]
    chosen = max(found, key=lambda s: (s.score, -s.row), default=None)
    if chosen is None or chosen.score < _LEAST:
        return None
    return _first_of_its_like(grid, chosen, {s.row: s for s in found}, within)


def _first_of_its_like(grid: Grid, chosen: Scored, scored: dict[int, Scored], within: int) -> Scored:
    """Where one word or none proves the headings, the first of the rows above that fill the same columns or more."""
    best_row = chosen
    while best_row.fields <= 1 and (above := scored.get(_next_above(grid, best_row.row))) is not None:
        own, upper = grid.masks[best_row.row] & within, grid.masks[above.row] & within
        cells = grid.filled(above.row, within)
        if own & ~upper or len(cells) != above.cells or not _all_short(grid, above.row, within):
            break
        if any(_label(cell) for _, cell in cells) or len({normal(cell.raw) for _, cell in cells}) < len(cells):
            break
        best_row = above
    return best_row


def score(grid: Grid, row: int, down: int, within: int = -1) -> Scored | None:
    """The row's score; None for a row with fewer than two texts. `down`: how many rows of the search lie above it."""
    cells = grid.filled(row, within)[:_MOST_HEADINGS]
    if len(cells) < 2:
        return None
    heads = [(c, cell) for c, cell in cells if _heads(cell) or (is_period(cell) and not _more_dates(grid, row, c))]
    if len(heads) < 2 or not any(is_text(cell) for _, cell in heads):
        return None
    words = [normal(cell.raw) for _, cell in heads]
    if len(heads) < len(cells) and _is_row_of_values(cells, heads):
        return None
    known = [n for _, cell in heads if is_text(cell) and not _label(cell) and (n := proves(cell.raw))]
    short = sum(_shortness(cell) for _, cell in heads if not _label(cell)) / len(cells)
    unique = len(set(words)) / len(words)
    under = [c for c, _ in heads]
    filled = sum(grid.masks[r] >> c & 1 for r in range(row + 1, min(row + _NEXT, grid.last) + 1) for c in under)
    points = (
        2 * len(set(known))
        + 0.5 * len(known)
        + 0.25 * min(len(cells), _MOST_CELLS)
        + 1.5 * filled / (_NEXT * len(under))
        - 0.12 * down
    )
    return Scored(points * short * unique, row, len(set(known)), len(heads))


def _is_row_of_values(cells: list[tuple[int, Cell]], heads: list[tuple[int, Cell]]) -> bool:
    """Whether a row begins with a number, or holds numbers or answers, beside words that prove no headings."""
    proved = {n for _, cell in heads if is_text(cell) and (n := proves(cell.raw))}
    if len(proved) >= 2:
        return False
    headed = {c for c, _ in heads}
    values = [c for c, cell in cells if c not in headed or cell.raw.strip().casefold() in _ANSWERS]
    return cells[0][0] not in headed or len(values) >= (2 if proved else 1)


def _next_above(grid: Grid, row: int) -> int:
    """The row above, over one blank row at most: some programs write one after each."""
    return row - 1 if row > 1 and grid.masks[row - 1] else row - 2


def _shortness(cell: Cell) -> float:
    """1 for a heading's usual length; a question over a column counts half, a paragraph nothing."""
    length = len(clean(first_part(cell.raw)[0]))
    return 1 if length <= _SHORT else 0.5 if length <= 2.5 * _SHORT else 0


def _heads(cell: Cell) -> bool:
    """Whether a cell could be a heading: words, not a figure with words behind it such as `6.3% (1.5 million)`."""
    return is_text(cell) and _FIGURE.match(cell.raw) is None


def _label(cell: Cell) -> bool:
    """Whether a text is a label with its value beside it, as in the lines above a table: `Start date:`."""
    return cell.raw.rstrip().endswith(":")


def _more_dates(grid: Grid, row: int, column: int) -> bool:
    """Whether what stands below a date or a year is one too: then it is no heading but a value among its like."""
    cell, below = grid.at(row, column), grid.at(row + 1, column)
    if cell is None or below is None or is_text(cell):
        return False
    if isinstance(cell.value, int | float) and isinstance(below.value, int | float):
        return 0 <= below.value - cell.value <= 1  # a count that happens to look like a year is none
    return is_period(below)


def heading_at(grid: Grid, row: int, within: int = -1) -> Heading:
    """The headings whose main row this is, with the rows above and below that belong to them."""
    left, right = _extent(grid, row, within)
    columns = width(left, right) & within
    bottom = _bottom(grid, row, columns)
    top = row
    while top > 1 and row - top < _MOST_HEADER_ROWS and _groups(grid, top - 1, top, bottom, columns):
        top -= 1
    rows = tuple(n for n in range(top, bottom + 1) if n in (bottom, row) or grid.masks[n] & columns)
    return Heading(rows, _words(grid, rows, columns))


def _extent(grid: Grid, row: int, within: int) -> tuple[int, int]:
    cells = grid.filled(row, within)
    left, right = cells[0][0], cells[-1][0]
    right = max(right, max((m.right for m in grid.wide if m.top <= row <= m.bottom and m.left <= right), default=right))
    return left, min(right, left + _MOST_HEADINGS)


def _bottom(grid: Grid, row: int, columns: int) -> int:
    """The lowest row of the headings: a merge reaches down to it, or it divides headings above it."""
    bottoms = sorted(m.bottom for m in grid.tall if m.top == row and columns >> m.left & 1)
    below = max((b for b in bottoms if any(m & columns for m in grid.masks[b + 1 :][:3])), default=row)
    if row < below <= row + _MOST_HEADER_ROWS and all(_all_short(grid, n, columns) for n in range(row + 1, below + 1)):
        return below
    return row + 1 if _divides(grid, row, columns) else row


def _all_short(grid: Grid, row: int, columns: int) -> bool:
    return all((is_text(c) or is_period(c)) and len(c.raw) <= _SHORT for _, c in grid.filled(row, columns))


def _divides(grid: Grid, row: int, columns: int) -> bool:
    """Whether the row below divides headings of this one: texts under a merge or under gaps, none under the others."""
    under = grid.filled(row + 1, columns)
    if len(under) < 2 or not _all_short(grid, row + 1, columns):
        return False
    merged = {c for m in grid.wide if m.top == row == m.bottom for c in range(m.left, m.right + 1)}
    gaps = {c for c, _ in under if not grid.masks[row] >> c & 1}
    starts = {c for c, _ in under if grid.masks[row] >> c & 1 and (c in merged or c + 1 in gaps)}
    inside = {c for c, _ in under}
    if not gaps or inside - gaps - starts - merged or len(merged & inside) + len(gaps) < 2:
        return False
    # The row below that holds values; a first record with little in it has rows like itself below.
    return bool(grid.masks[row + 2] & columns & ~_mask(inside)) if row + 2 <= grid.last else True


def _mask(columns: set[int]) -> int:
    found = 0
    for column in columns:
        found |= 1 << column
    return found


def _groups(grid: Grid, row: int, top: int, bottom: int, columns: int) -> bool:
    """Whether a row above headings gathers them: by merges over some of them, or with gaps between its texts."""
    cells = grid.filled(row, columns)
    if not cells or grid.masks[row] & ~columns & width(1, 600) or not _all_short(grid, row, columns):
        return False
    heads = {c for n in range(top, bottom + 1) for c, _ in grid.filled(n, columns)}
    if any(_label(cell) for _, cell in cells) or len(heads) < 2:
        return False
    spans = [m for m in grid.wide if m.top <= row <= m.bottom and columns >> m.left & 1 and grid.at(m.top, m.left)]
    covered = [len(heads & set(range(m.left, m.right + 1))) for m in spans]
    if any(n >= len(heads) for n in covered):
        return False  # a title over the whole table
    if sum(n >= 2 for n in covered) >= 1:
        return True
    # Without merges, texts in two places or more that stand over headings, and fewer of them than headings.
    over = [c for c, _ in cells if c in heads]
    apart = len(cells) * 2 <= len(heads) or any(not grid.masks[top] >> c & 1 for c, _ in cells)
    wordy = all(cell.raw.strip()[:1].isalpha() or is_period(cell) for _, cell in cells)
    return len(over) >= 2 and len(cells) < len(heads) and apart and wordy and not any(_sentence(c) for _, c in cells)


def _sentence(cell: Cell) -> bool:
    return len(cell.raw.split()) > 8 or re.search(r"[.:]\s|\bv(?:ersion)?\s?\d|\bdate\b", cell.raw, re.I) is not None


def _words(grid: Grid, rows: tuple[int, ...], columns: int) -> dict[int, tuple[str, ...]]:
    """By column its words in each heading row. A merge's, or a group's, stand over all the columns it gathers."""
    found: dict[int, list[str]] = {}
    for place, row in enumerate(rows):
        own = {c: _plain(cell) for c, cell in grid.filled(row, columns)}
        if place < len(rows) - 1:
            own = _spread(grid, row, own, rows, columns)
        for column, words in own.items():
            found.setdefault(column, [""] * len(rows))[place] = words
    return {column: tuple(words) for column, words in sorted(found.items())}


def _spread(grid: Grid, row: int, own: dict[int, str], rows: tuple[int, ...], columns: int) -> dict[int, str]:
    merged = {c: own[m.left] for m in grid.wide if m.top == row and m.left in own for c in range(m.left, m.right + 1)}
    below = {c for n in rows if n > row for c, _ in grid.filled(n, columns)}
    spread = {**own, **{c: w for c, w in merged.items() if columns >> c & 1}}
    if any(m.top <= row <= m.bottom for m in grid.wide):
        return spread
    carried = ""
    for column in range(min(spread, default=0), columns.bit_length()):
        if column in spread:
            tall = any(m.top <= row < m.bottom and m.left <= column <= m.right for m in grid.tall)
            carried = spread[column] if column in below and not tall else ""
        elif column not in below:
            carried = ""
        elif carried:
            spread[column] = carried
    return spread


def _plain(cell: Cell) -> str:
    return " ".join(clean(cell.raw).split())


_ASKS = re.compile(
    r"\brequired\b|\boptional\b|\bmandatory\b|\be\.?g\.?\b|\bexample\b|\benter\b|\bselect\b|\bchoose\b|"
    r"\bdd[/-]mm|\bmm[/-]dd|"
    r"\bdrop ?-?down\b|\binsert\b|\bplease\b|\btype here\b|\bfree text\b|\bdescribe\b|\bspecify\b|\blist the\b|"
    r"^\[.*\]$|^<.*>$|"
    r"\bpick from\b|\bformat\b|\bshould be\b|\bmust be\b|\bhow will\b|\bwho is\b|\bwho will\b|"
    r"\bwhat is\b|\bwhen will\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\s*(?:\(?(?:example|sample|e\.?g\.?)\)?\s*(?:[:.\-\u2013)]|row|only|\d|$)|for example\b)", re.IGNORECASE
)


def instructs(grid: Grid, row: int, columns: int) -> bool:
    """Whether a row under the headings says how to fill them: all text, and it asks for things."""
    cells = [cell for _, cell in grid.filled(row, columns)]
    if not cells or not all(isinstance(cell.value, str) for cell in cells):
        return False
    asking = sum(_ASKS.search(cell.raw) is not None for cell in cells)
    long = sum(len(cell.raw) for cell in cells) / len(cells) >= 18
    return (
        (asking >= 2 and asking * 2 >= len(cells))
        or (asking >= 3 and long)
        or (len(cells) == 1 and asking == 1 and long)
    )


def is_example(grid: Grid, row: int, columns: int) -> bool:
    """Whether a row under the headings calls itself an example."""
    cells = grid.filled(row, columns)
    return bool(cells) and isinstance(cells[0][1].value, str) and _EXAMPLE.match(cells[0][1].raw) is not None
