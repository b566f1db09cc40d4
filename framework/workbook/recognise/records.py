"""Which rows under the headings are records: not examples, sections, empty numbered rows, or remarks at the end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

from framework.workbook.cells import Cell, Note
from framework.workbook.recognise.filling import GROUPS, Filling, hold, spans
from framework.workbook.recognise.grid import Grid, Row, address, bits, is_text, mask_of, shows_number
from framework.workbook.recognise.headers import Heading, instructs, is_example
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column, Record
from framework.workbook.recognise.walk import Walked

_SAMPLE = 200
_MAIN = ("action", "milestone", "kpi", "objective")
_THIN = frozenset(("code", "status", "rag", "percent_done", "likelihood", "impact"))
_THIN_WORDS = re.compile(r"\b(?:priority|type|category|level|severity|score|rating|rank|weight|yes no|y n|select)\b")
_REMARK = re.compile(
    r"(?:notes?|sources?|key|n\.?b\.?|footnotes?|caveats?|please|last updated|prepared by|updated|see|contact|©|"
    r"copyright|disclaimer|for more|link|version|page \d|end of|signed|approved by|reviewed|"
    r"this (?:table|sheet|data|document)|figures|return to|back to|legend|totals?)\b|[*†‡§¹²³]|\(?\d\)?[ .]\s?[A-Z]",
    re.IGNORECASE,
)
_NOTHING = frozenset(("0", "0%", "0.0", "0.00", "-", "–", "—", "£0", "£0.00", "£-", "FALSE", "No", "n/a", "N/A", "TBC"))  # noqa: RUF001


@dataclass
class Told:
    """What was done to come from rows to records. `section`: lines across the table were read into the rows below."""

    records: tuple[Record, ...] = ()
    notes: list[Note] = field(default_factory=list)
    section: bool = False


def opening_rows(grid: Grid, rows: Sequence[int], columns: int) -> tuple[list[int], list[int]]:
    """The rows right under the headings that only instruct or give an example, and the units' row."""
    told: list[int] = []
    for row in rows[:3]:
        counts = row != rows[-1] and _counts_columns(grid, row, columns)
        if not (counts or instructs(grid, row, columns) or is_example(grid, row, columns)):
            break
        told.append(row)
    units = [row for row in rows[len(told) : len(told) + 1] if _units(grid, row, rows, columns)]
    return told, units


def _counts_columns(grid: Grid, row: int, columns: int) -> bool:
    """Whether a row numbers the columns: `1 2 3`, `(a) (b) (c)`, as government returns do."""
    marks = [re.sub(r"[().\s]", "", cell.raw).casefold() for _, cell in grid.filled(row, columns)]
    if len(marks) < 3:
        return False
    first = marks[0]
    if first.isdecimal() and len(first) < 4:
        return marks == [str(int(first) + n) for n in range(len(marks))]
    return (
        len(first) == 1
        and first.isascii()
        and first.isalpha()
        and marks == [chr(ord(first) + n) for n in range(len(marks))]
    )


def _units(grid: Grid, row: int, rows: Sequence[int], columns: int) -> bool:
    """Whether a row says in what its columns are counted: short texts over numbers, and nothing at the left."""
    cells = grid.filled(row, columns)
    below = [n for n in rows if n > row][:5]
    first = next(bits(columns), 0)
    if len(cells) < 2 or len(below) < 2 or grid.masks[row] >> first & 1:
        return False
    if not all(is_text(cell) and len(cell.raw) <= 15 for _, cell in cells):
        return False
    under = [cell for c, _ in cells for n in below if (cell := grid.at(n, c)) is not None]
    return len(under) >= 4 and sum(shows_number(cell) for cell in under) * 10 >= len(under) * 9


class Teller:
    """Tells the records of one table from its other rows."""

    def __init__(self, grid: Grid, heading: Heading, walked: Walked, columns: tuple[Column, ...]) -> None:
        self.grid = grid
        self.heading = heading
        self.walked = walked
        self.columns = [c for c in columns if c.index]
        self.mask = mask_of([c.index for c in self.columns])
        self.told = Told()
        self.rows = list(walked.rows)
        sample = self.rows[:_SAMPLE]
        counts = [(grid.masks[r] & self.mask).bit_count() for r in sample]
        self.usual = median([n for n in counts if n >= 2] or counts or [0])
        self.title = self._title(sample)
        self.thin = self._thin(sample)

    def tell(self) -> Told:
        """The records and what was done to get them."""
        self._drop_opening()
        self._drop_remarks()
        sections = self._sections()
        self._drop_thin(sections)
        filling = Filling(self.grid, self.heading, self.columns, self.mask, self.title, self.rows, sections)
        down = filling.fill()
        self.told.notes += filling.notes
        self.told.section = filling.section
        kept = [row for row in self.rows if row not in sections]
        nothing: dict[int, Cell] = {}
        self.told.records = tuple(Record(row, Row(self.grid, row, self.mask, down.get(row, nothing))) for row in kept)
        return self.told

    def note(self, code: str, words: str, row: int, column: int = 0) -> None:
        cell = address(row, column or next(bits(self.mask), 1))
        self.told.notes.append(Note(code, f"{self.grid.title}: {words}", self.grid.title, cell))

    def _title(self, sample: Sequence[int]) -> int:
        """The column that says what a row is about; 0: none does."""
        of = {c.field: c.index for c in reversed(self.columns) if c.field and c.period is None}
        for name in _MAIN:
            if name in of and (not sample or any(self.grid.masks[r] >> of[name] & 1 for r in sample)):
                return of[name]
        lengths = {}
        sample = [r for r in sample if (self.grid.masks[r] & self.mask).bit_count() >= 2] or sample
        for column in self.columns:
            texts = [c.raw for r in sample if (c := self.grid.at(r, column.index)) is not None and is_text(c)]
            if texts and len(texts) * 4 >= len(sample) and column.field not in _THIN:
                lengths[column.index] = min(mean(map(len, texts)), 60)
        return max(lengths, key=lambda c: (lengths[c], -c), default=0)

    def _thin(self, sample: Sequence[int]) -> int:
        """Columns that can be filled in a row that holds nothing: numbering, drop-downs."""
        found = 0
        for column in self.columns:
            if column.index == self.title:
                continue
            counts = not column.heading and self._all_numbers(column.index, sample)
            if column.field in _THIN or counts or _THIN_WORDS.search(normal(column.heading)):
                found |= 1 << column.index
        return found

    def _all_numbers(self, column: int, sample: Sequence[int]) -> bool:
        cells = [c for r in sample if (c := self.grid.at(r, column)) is not None]
        counts = sum(re.fullmatch(r"[A-Za-z]{0,3}[-. ]?\d[\d.]*[a-z]?", c.raw.strip()) is not None for c in cells)
        return counts > 0 and counts * 10 >= len(cells) * 9

    def _drop_opening(self) -> None:
        told, units = opening_rows(self.grid, self.rows, self.mask)
        for row in told:
            self.note(
                "ROW-INSTRUCTION",
                f"row {row} tells how to fill the columns or counts them, so it is not a record.",
                row,
            )
        for row in units:
            self.note("ROW-UNITS", f"row {row} gives units, so it is not a record.", row)
        self.rows = [row for row in self.rows if row not in told and row not in units]
        if self.walked.totals:
            rows = spans(self.walked.totals)
            self.note(
                "ROW-TOTAL",
                f"{rows} {hold(self.walked.totals, 'is a total', 'are totals')}: left out.",
                self.walked.totals[0],
            )
        for row in self.walked.resumed[:5]:
            self.note(
                "ROW-GAP", f"row {row} and what follows stand after a gap of blank rows. They were read too.", row
            )

    def _drop_remarks(self) -> None:
        """What stands at the end and is no record: remarks, sources, keys."""
        dropped: list[int] = []
        while self.rows:
            start = max(
                (n for n, row in enumerate(self.rows) if row in self.walked.after_blank), default=len(self.rows)
            )
            tail = self.rows[start:]
            if start and tail and self.usual >= 3 and all(self._slight(row) for row in tail):
                self.rows, dropped = self.rows[:start], [*tail, *dropped]
            elif self._remark(self.rows[-1]):
                dropped.insert(0, self.rows.pop())
            else:
                break
        if dropped:
            words = f"{spans(dropped)} below the table {hold(dropped, 'is a remark', 'are remarks')}: left out."
            self.note("FILE-STRAY-CELL", words, dropped[0])

    def _slight(self, row: int) -> bool:
        cells = self.grid.filled(row, self.mask)
        return len(cells) <= max(1, int(self.usual * 0.34)) and all(isinstance(cell.value, str) for _, cell in cells)

    def _remark(self, row: int) -> bool:
        cells = self.grid.filled(row, self.mask)
        if len(cells) != 1 or self.usual < 2 or not isinstance(cells[0][1].value, str):
            return False
        column, cell = cells[0]
        first = column == next(bits(self.mask))
        return (bool(_REMARK.match(cell.raw.strip())) and first) or (
            len(cell.raw) > 120 and first and column != self.title
        )

    def _sections(self) -> dict[int, tuple[int, Cell]]:
        """Lines across the table that head the rows below them: row → column and cell."""
        found: dict[int, tuple[int, Cell]] = {}
        if not self.rows:
            return found
        usual_merge = self._usual_merge()
        for place, row in enumerate(self.rows):
            if (self.grid.masks[row] & self.mask).bit_count() > 2:
                continue
            cells = self.grid.filled(row, self.mask)
            if len(cells) == 2 and place + 1 < len(self.rows) and self._numbered_line(cells, self.rows[place + 1]):
                found[row] = cells[1]
            if len(cells) != 1:
                continue
            column, cell = cells[0]
            below = self.rows[place + 1] if place + 1 < len(self.rows) else 0
            if below and is_text(cell) and self._heads(row, column, cell, below, usual_merge):
                found[row] = column, cell
        return found if len(found) < len(self.rows) else {}

    def _numbered_line(self, cells: list[tuple[int, Cell]], below: int) -> bool:
        """Whether a row is a number and its title, and the next is numbered as a part of it: `1`, then `1.1`."""
        (column, number), (title, words) = cells
        under = self.grid.at(below, column)
        if self.usual < 3 or title != self.title or under is None or not is_text(words):
            return False
        own = number.raw.strip().rstrip(".)")
        return (
            bool(re.fullmatch(r"\d+(\.\d+)*|[A-Za-z]", own))
            and re.match(rf"{re.escape(own)}[.\d]", under.raw.strip()) is not None
        )

    def _usual_merge(self) -> int:
        """How many columns the rows' merges usually take."""
        rows = set(self.rows)
        widths = [m.right - m.left + 1 for m in self.grid.wide if m.top in rows]
        return int(median(widths)) if len(widths) * 2 >= len(rows) else 1

    def _heads(self, row: int, column: int, cell: Cell, below: int, usual_merge: int) -> bool:
        text = cell.raw.strip()
        if len(text) > 150:
            return False
        across = max((m.right - m.left + 1 for m in self.grid.wide if m.top == row and m.left == column), default=1)
        if across >= 2 and across > usual_merge:
            return True
        other = self.grid.filled(below, self.mask)
        if re.match(r"(?:\d+|[A-Z])[.)]?\s", text) and other and re.match(r"\d+\.\d", other[0][1].raw.strip()):
            return re.match(r"\d+\.\d", text) is None
        if self.usual < 3:
            return False
        of = next((c for c in self.columns if c.index == column), None)
        if column != self.title:
            if of is not None and of.field in GROUPS:
                return True
            return (of is None or of.field == "code" or not of.heading) and len(text.split()) >= 2
        return text.endswith(":") or (text.isupper() and len(text) > 4) or self._shaded(row, column)

    def _shaded(self, row: int, column: int) -> bool:
        """Whether a row has a colour of its own there, which rows of the table usually have not."""
        own = self.grid.sheet.fills.get((row, column))
        if own is None:
            return False
        others = [self.grid.sheet.fills.get((r, column)) for r in self.rows[:_SAMPLE] if r != row]
        return sum(other == own for other in others) * 3 <= len(others)

    def _drop_thin(self, sections: Mapping[int, object]) -> None:
        """Rows with a number, a drop-down's word or a nought, and nothing else, wait to be filled."""
        if not self.title:
            return
        able = self.mask & ~self.thin
        dropped = [row for row in self.rows if row not in sections and self._thin_row(row, able)]
        if dropped and len(dropped) <= len(self.rows):
            gone = set(dropped)
            self.rows = [row for row in self.rows if row not in gone]
            words = (
                f"{spans(dropped)} {hold(dropped, 'holds', 'hold')} nothing but a number or a chosen word: left out."
            )
            self.note("ROW-BLANK", words, dropped[0])

    def _thin_row(self, row: int, able: int) -> bool:
        own = self.grid.masks[row]
        if own >> self.title & 1:
            return False
        return all(cell.is_error or cell.raw.strip() in _NOTHING for _, cell in self.grid.filled(row, able & own))
