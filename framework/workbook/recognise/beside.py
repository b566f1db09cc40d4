"""What belongs to a table from left to right: its columns, keys and lists beside it, tables beside it, stray cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from framework.workbook.recognise.grid import Grid, bits, is_text, mask_of
from framework.workbook.recognise.headers import Heading
from framework.workbook.recognise.known import named
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.walk import runs, walk

_KEY = re.compile(
    r"\b(?:key|legend|drop ?downs?|lists?|guidance|instructions?|options|look ?ups?|definitions?|scale|codes|"
    r"ratings? key|do not (?:delete|edit)|for office use|validation)\b"
)
_NO_KEY = re.compile(
    r"\bkey (?:action|activit|task|issue|risk|priorit|objective|milestone|stage|question|performance|area|theme)"
)
_STRAY_SHARE = 0.2  # of the rows: an unheaded column that is filled less often holds stray cells


@dataclass
class Sides:
    """A table's columns as a mask, and what stands beside them.

    aside   blocks of columns that are left alone: keys, lists, remarks
    others  blocks of columns that are tables of their own with headings in the same row
    strays  cells in unheaded columns, (row, column)
    """

    columns: int
    aside: list[list[int]] = field(default_factory=list)
    others: list[list[int]] = field(default_factory=list)
    strays: list[tuple[int, int]] = field(default_factory=list)


def sides(grid: Grid, heading: Heading, within: int, bottom: int | None) -> Sides:
    """Tell a table's columns from what stands beside them."""
    headed = mask_of(list(heading.columns)) & within
    rows = walk(grid, heading, headed, bottom).rows
    used = headed | (_used(grid, rows) & within)
    covered = used | _covered(grid, heading, rows)
    blocks = [[c for c in block if used >> c & 1] for block in runs(covered)]
    blocks = [block for block in blocks if block]
    main = max(blocks, key=lambda block: _weight(heading, block))
    found = Sides(mask_of(main))
    main_rows = {row for row in rows if grid.masks[row] & found.columns}
    for block in blocks:
        if block is not main:
            _place(grid, heading, block, main, main_rows, found, bottom)
    _set_strays_apart(grid, heading, rows, found)
    return found


def _used(grid: Grid, rows: Iterable[int]) -> int:
    found = 0
    for row in rows:
        found |= grid.masks[row]
    return found


def _covered(grid: Grid, heading: Heading, rows: list[int]) -> int:
    """Columns that only fill out a merge: they part nothing."""
    bottom = rows[-1] if rows else heading.bottom
    found = 0
    for merge in grid.wide:
        if heading.rows[-1] <= merge.bottom and merge.top <= bottom and merge.top >= heading.top and merge.right <= 600:
            found |= mask_of(range(merge.left, merge.right + 1))
    return found


def _weight(heading: Heading, block: list[int]) -> tuple[int, int, int]:
    headed = [heading.columns[c][-1] or " ".join(heading.columns[c]) for c in block if c in heading.columns]
    return len({n.fields[0] for text in headed if (n := named(text))}), len(headed), -block[0]


def _place(
    grid: Grid,
    heading: Heading,
    block: list[int],
    main: list[int],
    main_rows: set[int],
    found: Sides,
    bottom: int | None,
) -> None:
    """Decide about one block of columns that a gap parts from the table."""
    words = [normal(" ".join(heading.columns[c])) for c in block if c in heading.columns]
    mask = mask_of(block)
    own = set(walk(grid, heading, mask, bottom).rows)
    together = len(own & main_rows)
    if not words and block[-1] < main[0] and together * 5 >= max(len(main_rows), len(own)) * 4:
        found.columns |= mask  # the rows' own labels, without a heading
        return
    if not words or any(_is_key(w) for w in words):
        found.aside.append(block)
        return
    ours = {normal(" ".join(heading.columns[c])) for c in main if c in heading.columns}
    again = sum(w in ours for w in words)
    if len(words) >= 2 and again * 2 >= len(words) and _labelled(grid, block, own):
        found.others.append(block)
    elif not own or together * 5 >= len(own) * 4:
        if own and len(block) <= 2 and len(main_rows) >= 2 * len(own) and _list_like(grid, block, own):
            found.aside.append(block)
        else:
            found.columns |= mask
    elif len(words) >= 2 and len(own) >= 2 and _labelled(grid, block, own):
        found.others.append(block)
    else:
        found.aside.append(block)


def _labelled(grid: Grid, block: list[int], rows: set[int]) -> bool:
    """Whether a block begins with a column of words, as a table of its own does."""
    cells = [cell for row in rows if (cell := grid.at(row, block[0])) is not None]
    return sum(map(is_text, cells)) * 10 >= 6 * max(len(rows), 1)


def _is_key(words: str) -> bool:
    return _KEY.search(words) is not None and _NO_KEY.search(words) is None


def _list_like(grid: Grid, block: list[int], rows: set[int]) -> bool:
    """Whether every cell is a short text of its own, from the top on without gaps: a list to choose from."""
    if len(rows) < 3 or max(rows) - min(rows) + 1 != len(rows):
        return False
    for column in block:
        cells = [cell for row in rows if (cell := grid.at(row, column)) is not None]
        texts = [cell.raw for cell in cells if is_text(cell) and len(cell.raw) <= 30]
        if len(texts) != len(cells) or len(set(texts)) != len(texts):
            return False
    return True


def _set_strays_apart(grid: Grid, heading: Heading, rows: list[int], found: Sides) -> None:
    """Unheaded columns stay when enough of their rows are filled; single cells there are strays."""
    if not rows:
        found.columns &= mask_of(list(heading.columns))
        return
    headed = list(heading.columns)
    for column in list(bits(found.columns)):
        if column in heading.columns:
            continue
        filled = [row for row in rows if grid.masks[row] >> column & 1]
        between = min(headed) < column < max(headed)
        enough = len(filled) >= max(2 if len(rows) > 2 else 1, _STRAY_SHARE * len(rows))
        if column < min(headed) and len(filled) >= 2 and filled[0] in rows[:2]:
            continue  # a label for each group of rows
        if not enough or (not between and column > max(headed) and len(filled) * 2 < len(rows) and len(filled) < 3):
            found.columns &= ~(1 << column)
            found.strays += [(row, column) for row in filled]
