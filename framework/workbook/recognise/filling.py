"""Cells that stand for empty ones below them: of a merge, of a label at the head of its group, of a line across."""

from collections.abc import Iterator, Mapping, Sequence

from framework.workbook.cells import Cell, Note
from framework.workbook.recognise.grid import Grid, address, bits, clipped, letter
from framework.workbook.recognise.headers import Heading
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column
from framework.workbook.text import quoted

SECTION = 0  # the index of the column that stands for lines across the table
GROUPS = frozenset(("objective", "group", "school", "period", "organisations", "source"))
_MOST_FILLED_DOWN = 500_000


class Filling:
    """Fills down within groups only, and says so in `notes`.

    sections  lines across the table: row → column and cell
    section   whether such a line went to the column that stands for them
    """

    def __init__(
        self,
        grid: Grid,
        heading: Heading,
        columns: Sequence[Column],
        mask: int,
        title: int,
        rows: Sequence[int],
        sections: Mapping[int, tuple[int, Cell]],
    ) -> None:
        self._grid, self._heading, self._columns, self._mask = grid, heading, columns, mask
        self._title, self._rows, self._sections = title, rows, sections
        self._down: dict[int, dict[int, Cell]] = {}
        self.notes: list[Note] = []
        self.section = False

    def fill(self) -> dict[int, dict[int, Cell]]:
        """By row the cells that stand for its empty ones: of merges, of labels at the left, of lines across."""
        self._fill_merges()
        self._fill_labels()
        self._fill_sections()
        return self._down

    def _fill_merges(self) -> None:
        if not self._rows:
            return
        rows, filled, first = set(self._rows), 0, ""
        for merge in self._grid.tall:
            if merge.top <= self._heading.bottom or not self._mask >> merge.left & 1 or filled > _MOST_FILLED_DOWN:
                continue
            cell = self._grid.at(merge.top, merge.left)
            if cell is None:
                continue
            for row in clipped(merge, merge.top + 1, self._rows[-1]):
                if row in rows and not self._grid.masks[row] >> merge.left & 1:
                    self._down.setdefault(row, {})[merge.left] = cell
                    filled += 1
                    first = first or cell.address
        if filled:
            at = self._grid.title
            words = f"{at}: merged cells were read into each of their rows ({filled:,} cells, the first from {first})."
            self.notes.append(Note("MERGE-FILLED", words, at, first))

    def _fill_labels(self) -> None:
        for column in self._columns:
            if column.index >= self._title or not self._labels(column):
                continue
            label, count = None, 0
            for row in self._rows:
                if row in self._sections:
                    label = None
                    continue
                own = self._grid.at(row, column.index)
                label = own or label
                if own is None and label is not None and column.index not in self._down.get(row, {}):
                    self._down.setdefault(row, {})[column.index] = label
                    count += 1
            if count:
                name = f"'{quoted(column.heading)}'" if column.heading else f"column {letter(column.index)}"
                words = f"a label in {name} was read into the rows of its group ({count:,} cells)."
                self._note("GROUP-FILLED", words, self._rows[0], column.index)

    def _labels(self, column: Column) -> bool:
        """Whether a column at the left names groups: text at the head of each, nothing in the group's other rows."""
        leftmost = column.index == next(bits(self._mask))
        if column.field not in GROUPS and not (column.field is None and leftmost):
            return False
        if any(m.left <= column.index <= m.right and m.top > self._heading.bottom for m in self._grid.tall):
            return False  # who merges the rows of one group says where it ends
        rows = [row for row in self._rows if row not in self._sections]
        if sum(self._grid.masks[row] >> column.index & 1 for row in rows) > 0.75 * len(rows):
            return False
        own = [cell for row in rows if (cell := self._grid.at(row, column.index)) is not None]
        empty = [
            r for r in rows if not self._grid.masks[r] >> column.index & 1 and column.index not in self._down.get(r, {})
        ]
        if not own or not empty or not self._grid.masks[rows[0]] >> column.index & 1:
            return False
        texts = [normal(cell.raw) for cell in own]
        named = sum(self._grid.masks[row] >> self._title & 1 for row in empty) >= 0.8 * len(empty)
        return named and len(set(texts)) == len(texts) and (len(own) >= 2 or len(rows) >= 3)

    def _fill_sections(self) -> None:
        if not self._sections:
            return
        into = {c.index for c in self._columns if c.field in GROUPS}
        label: tuple[int, Cell] | None = None
        for row in self._rows:
            if row in self._sections:
                label = self._sections[row]
            elif label is not None:
                column = label[0] if label[0] in into else SECTION
                self._down[row] = {**{column: label[1]}, **self._down.get(row, {})}
                self.section = self.section or column == SECTION
        lines = list(self._sections)
        words = f"{spans(lines)} {hold(lines, 'heads', 'head')} the rows below: read into them, not as a record."
        self._note("GROUP-FILLED", words, next(iter(self._sections)))

    def _note(self, code: str, words: str, row: int, column: int = 0) -> None:
        cell = address(row, column or next(bits(self._mask), 1))
        self.notes.append(Note(code, f"{self._grid.title}: {words}", self._grid.title, cell))


def hold(rows: Sequence[int], one: str, many: str) -> str:
    return one if len(rows) == 1 else many


def spans(rows: Sequence[int]) -> str:
    """Rows in words: `row 7`, `rows 5-7 and 12`, `rows 3, 9, 14 and 21 more`."""
    found = list(_runs(rows))
    shown = [f"{a}" if a == b else f"{a}-{b}" for a, b in found[:4]]
    left = sum(b - a + 1 for a, b in found[4:])
    if left:
        shown.append(f"{left:,} more")
    said = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"{'row' if len(rows) == 1 else 'rows'} {said}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = before = None
    for row in sorted(rows):
        if start is None or before is None or row != before + 1:
            if start is not None and before is not None:
                yield start, before
            start = row
        before = row
    if start is not None and before is not None:
        yield start, before
