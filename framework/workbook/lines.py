"""The rows of one subject's sheet on their way from cells to fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from framework.subjects import Field, Subject, data_of
from framework.workbook.cells import Cell, Note
from framework.workbook.columns import Filled, Reader, Row
from framework.workbook.figure_cells import LeftEmpty, sign_in, wanted_of
from framework.workbook.headings import Columns, Unnamed
from framework.workbook.identity import Claim
from framework.workbook.problems import Unfit
from framework.workbook.references import Directory
from framework.workbook.rows import cell_at, letters
from framework.workbook.values import text_of
from framework.workbook.words import LABELS, Known, joined, shown

_MOST_DIGITS = 15  # of a row's version: more is not ours
_NOTHING: Mapping[str, Any] = {}


class Line(Claim):
    """One row of a sheet.

    seen       its version when the file was written; None: the file does not say
    fields     those whose column is present; one that could not be read has its default
    derived    what the file says of things that only the ledger knows
    label      what the row calls itself; None until it is recognised, where a column of that is missing
    data       every field as the file leaves it, once the row is recognised
    as_before  it stands here just so, and comes back as it went
    unread     fields that have a problem already
    """

    __slots__ = ("as_before", "data", "derived", "fields", "label", "ref", "seen", "unread", "wrong")

    def __init__(self, number: int, hidden_id: str, seen: int | None, fields: dict[str, Any]) -> None:
        super().__init__(number, hidden_id, fields)
        self.seen = seen
        self.fields = fields
        self.derived: Mapping[str, Any] = _NOTHING
        self.label: str | None = None
        self.data: dict[str, Any] = fields
        self.ref = ""
        self.as_before = False
        self.wrong = False
        self.unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wrong:
    """A problem before its row has been recognised. `own` None: it is of the row, not of a field."""

    line: Line
    code: str
    own: Field | None
    place: str
    found: str | None
    wanted: str
    if_left: str = ""


class Lines:
    """Reads the rows of a sheet. Iterating it reads them once; `wrong` and `notes` are whole after that."""

    def __init__(
        self,
        subject: Subject,
        columns: Columns,
        rows: Sequence[Row],
        here: Mapping[str, Any],
        directory: Directory,
        readers: Mapping[str, Reader],
        *,
        ids: bool,
    ) -> None:
        self.wrong: list[Wrong] = []
        self.notes: list[Note] = []
        self._subject = subject
        self._columns = columns
        self._rows = rows
        self._here = here
        self._directory = directory
        self._id = columns.id if ids else None
        # As declared: a version stands before the elements that are named within it.
        self._fields = [
            (own, columns.fields[own.name], readers[own.name]) for own in subject.fields if own.name in columns.fields
        ]
        # What names a row of its own sheet is read once all rows of it are known.
        self._own = [column for column in self._fields if column[0].of == subject.table]
        self._derived = [
            (own, columns.derived[own.name], readers[own.name])
            for own in subject.derived
            if own.name in columns.derived
        ]
        self._blank = {own.name: own.default for own, _, _ in self._fields}
        self._named_by = [columns.fields.get(name) for name in LABELS[subject.table]]
        self._whole = len(self._fields) == len(subject.fields)
        self._editioned = "edition" in subject.names

    @property
    def told(self) -> tuple[str, ...]:
        """The fields whose column is present."""
        return tuple(self._blank)

    def __iter__(self) -> Iterator[Line]:
        """Rows in which a field is filled. One with nothing but its hidden id was emptied, and counts as not there."""
        unnamed, left_empty = Unnamed(self._subject, self._columns), LeftEmpty(self._subject, self._columns)
        places = [place for _, place, _ in self._fields]
        below = self._columns.header + 1
        for index, row in enumerate(islice(self._rows, below, None), below):
            unnamed.look(row)
            width = len(row)
            cells = [row[place] if place < width else None for place in places]
            filled = any(cell is not None and not (cell.value.__class__ is str and cell.blank) for cell in cells)
            if filled and not left_empty.passes(row, self._id):
                yield self._line(index, row, cells)
        self.notes += [*unnamed.notes, *left_empty.notes]

    def _line(self, index: int, row: Row, cells: Sequence[Cell | None]) -> Line:
        hidden_id = _text_at(row, self._id)
        standing = self._here.get(hidden_id)
        line = Line(index + 1, hidden_id, _version_at(row, self._columns.rev), {**self._blank})
        editions: Sequence[str] | None = None
        for (own, _, read), cell in zip(self._fields, cells, strict=True):
            if own.of == self._subject.table:
                continue
            if cell is None or (cell.value.__class__ is str and cell.blank):
                if own.required:
                    self.add(line, "CELL-REQUIRED", own, None, f"something: {own.heading} must be filled")
                continue
            if own.of == "element" and editions is None:
                editions = self._editions(line, standing)
            try:
                line.fields[own.name] = read(cell, getattr(standing, own.name, None), editions or ())
            except Unfit as unfit:
                if signed := sign_in(own, cell):
                    line.fields |= signed
                else:
                    self.add(line, unfit.code, own, text_of(cell), wanted_of(own, cell, unfit))
        for own, place, read in self._derived:
            self._read_derived(line, own, row[place] if place < len(row) else None, read)
        if not self._whole and standing is not None:
            line.says = {**data_of(self._subject, standing), **line.fields}
        if None not in self._named_by:
            line.label = joined(self._subject, [_text_at(row, place) for place in self._named_by])
        return line

    def read_own(self, line: Line) -> None:
        """The fields that name rows of the line's own sheet. The directory has those rows by now."""
        for own, place, read in self._own:
            cell = cell_at(self._rows, line.number - 1, place)
            if cell is None or cell.blank:
                continue
            try:
                line.fields[own.name] = read(cell, getattr(self._here.get(line.ref), own.name, None), ())
            except Unfit as unfit:
                self.add(line, unfit.code, own, text_of(cell), unfit.wanted)
            line.data[own.name] = line.fields[own.name]

    def _editions(self, line: Line, standing: Any) -> Sequence[str]:
        """The framework versions whose elements the row may name."""
        if self._editioned:
            edition = line.fields.get("edition") or getattr(standing, "edition", None)
            return (edition,) if edition and "edition" not in line.unread else ()
        return self._directory.editions_for(line.fields.get("starts_on"))

    def _read_derived(self, line: Line, own: Field, cell: Cell | None, read: Reader) -> None:
        if cell is None or cell.blank:
            return
        try:
            line.derived = {**line.derived, own.name: read(cell, None, ())}
        except Unfit as unfit:
            self.wrong.append(Wrong(line, unfit.code, own, cell.address, text_of(cell), unfit.wanted))

    def add(self, line: Line, code: str, own: Field, found: str | None, wanted: str) -> None:
        """Say that a cell is wrong, filled or not."""
        line.unread |= {own.name}
        self.wrong.append(Wrong(line, code, own, self.address(line.number, own.name), found, wanted))

    def address(self, number: int, name: str) -> str:
        """The cell of a field in a row, filled or not; column A when the sheet has no such column."""
        index = self._columns.id if name == "_id" else self._columns.fields.get(name)
        return f"{letters((index or 0) + 1)}{number}"

    def cells(self, line: Line) -> Filled:
        """A row's filled cells."""
        return Filled(self._rows, line.number - 1, self._columns.fields)

    def said(self, line: Line, name: str, known: Known) -> str:
        """What the file says of a field, or what stands here when the file has no such column."""
        said = self.cells(line).said(name)
        if said is not None:
            return said
        return "" if name in self._columns.fields else shown(self._subject, name, line.data.get(name), known)

    def label(self, line: Line, known: Known) -> str:
        """What the row calls itself."""
        if line.label is None:
            line.label = joined(self._subject, [self.said(line, name, known) for name in LABELS[self._subject.table]])
        return line.label


def _text_at(row: Row, index: int | None) -> str:
    cell = row[index] if index is not None and index < len(row) else None
    return "" if cell is None else text_of(cell)


def _version_at(row: Row, index: int | None) -> int | None:
    """A row's version as its hidden cell has it; a program may have made 3 into 3.0."""
    said = _text_at(row, index).removesuffix(".0")
    return int(said) if said.isdecimal() and len(said) <= _MOST_DIGITS else None
