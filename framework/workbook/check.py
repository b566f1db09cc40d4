"""A workbook's cells to typed rows, with every cell that cannot be right listed at once. Nothing raises on content.

Subjects are read in the order in which they refer to each other, so a row may name another row of the same file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from framework.subjects import SUBJECTS, Field, Kind, Subject
from framework.text import clean
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.compare import same
from framework.workbook.headings import Columns, columns_of, heading_text, our_sheets
from framework.workbook.identity import Clash, Identities, is_ref
from framework.workbook.problems import Checked, FileRow, Problem, Unfit
from framework.workbook.references import Directory
from framework.workbook.sense import Senseless, Told, filled_in, senseless, senseless_together
from framework.workbook.values import text_of, value_of
from framework.workbook.words import LABELS, Known, joined, shown

_MOST_DIGITS = 15  # of a row's version: more is not ours

__all__ = ["Checked", "FileRow", "Problem", "check"]


def check(book: Book, known: Known, *, new_ref: Callable[[], str]) -> Checked:
    """The workbook's rows, and its problems.

    known    the records that stand here, by table and ref
    new_ref  makes the ref of a row that is new and brings none
    Raises FileRefused when no sheet is ours.
    """
    sheets, notes, problems = our_sheets(book)
    directory = Directory(known)
    rows: dict[str, list[FileRow]] = {}
    for subject in SUBJECTS:
        if subject not in sheets:
            continue
        columns, wrong, more = columns_of(subject, sheets[subject])
        problems += wrong
        notes += more
        if columns is not None:
            sheet = _Sheet(subject, columns, sheets[subject], known, directory, new_ref)
            rows[subject.table] = sheet.read()
            problems += sheet.problems
            directory.add(subject.table, rows[subject.table])
    return Checked(rows, tuple(problems), (*book.notes, *notes))


@dataclass
class _Line:
    """One row on its way from cells to a FileRow."""

    number: int
    cells: dict[str, Cell]  # by field name: the filled cells
    hidden_id: str
    seen: int | None
    standing: Mapping[str, Any]
    data: dict[str, Any] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # fields that have a problem already
    ref: str = ""
    is_new: bool = True
    whole: dict[str, Any] = field(default_factory=dict)  # every field as the file leaves it


class _Sheet:
    """Reads the rows of one subject's sheet."""

    def __init__(
        self,
        subject: Subject,
        columns: Columns,
        sheet: SheetCells,
        known: Known,
        directory: Directory,
        new_ref: Callable[[], str],
    ) -> None:
        self.problems: list[Problem] = []
        self._subject = subject
        self._columns = columns
        self._sheet = sheet
        self._known = known
        self._here = known.get(subject.table, {})
        self._directory = directory
        self._new_ref = new_ref
        # As declared: a version stands before the elements that are named within it.
        self._fields = [own for own in subject.fields if own.name in columns.fields]
        self._identities = Identities(subject, self._here)
        self._lines: dict[int, _Line] = {}

    def read(self) -> list[FileRow]:
        for line in self._filled_lines():
            self._lines[line.number] = line
            for own in self._fields:
                self._read_field(own, line)
            for own in self._subject.derived:
                self._read_derived(own, line)
            self._identify(line)
            self._make_sense(line)
        self._make_sense_together()
        for clash in self._identities.clashes():
            self._clash(clash)
        return [self._row(line) for line in self._lines.values()]

    def _filled_lines(self) -> Iterator[_Line]:
        """Rows in which a field is filled. One with nothing but its hidden id was emptied, and counts as not there."""
        places = {**self._columns.fields, **self._columns.derived}
        for index, row in enumerate(self._sheet.rows[self._columns.header + 1 :], self._columns.header + 1):
            cells = {name: row[n] for name, n in places.items() if n < len(row)}
            filled = {name: cell for name, cell in cells.items() if cell is not None and not cell.blank}
            if not filled.keys() & self._columns.fields.keys():
                continue
            hidden_id = self._hidden(row, self._columns.id)
            rev = self._hidden(row, self._columns.rev)
            standing = self._directory.standing(self._subject.table, hidden_id)
            seen = int(rev) if rev.isdecimal() and len(rev) <= _MOST_DIGITS else None
            yield _Line(index + 1, filled, hidden_id, seen, standing)

    @staticmethod
    def _hidden(row: list[Cell | None], index: int | None) -> str:
        cell = row[index] if index is not None and index < len(row) else None
        return "" if cell is None else text_of(cell)

    def _read_field(self, own: Field, line: _Line) -> None:
        cell = line.cells.get(own.name)
        line.data[own.name] = own.default
        if cell is None:
            if own.required:
                self._problem(line, "CELL-REQUIRED", own, _required_words(own))
            return
        try:
            line.data[own.name] = self._value(own, cell, line)
        except Unfit as unfit:
            self._problem(line, unfit.code, own, unfit.wanted)

    def _value(self, own: Field, cell: Cell, line: _Line) -> Any:
        if own.kind not in (Kind.ONE, Kind.MANY):
            return value_of(own, cell)
        if cell.formula_without_value or cell.is_error:
            return value_of(own, cell)  # says what is wrong with it
        editions = self._editions(line) if own.of == "element" else []
        if own.of == "element" and not editions:
            return own.default  # the version is missing or wrong, which is a problem of its own
        standing = line.standing.get(own.name)
        if own.kind is Kind.ONE:
            return self._directory.find_one(own, text_of(cell), editions, standing)
        return self._directory.find_many(own, text_of(cell), editions, standing or ())

    def _editions(self, line: _Line) -> list[str]:
        """The framework versions whose elements the row may name."""
        if "edition" in self._subject.names:
            edition = line.data.get("edition") or line.standing.get("edition")
            return [edition] if edition and "edition" not in line.unread else []
        return self._directory.editions_for(line.data.get("starts_on"))

    def _read_derived(self, own: Field, line: _Line) -> None:
        cell = line.cells.pop(own.name, None)
        if cell is None or own.name not in self._columns.derived:
            return
        try:
            line.derived[own.name] = value_of(own, cell)
        except Unfit as unfit:
            self._add(unfit.code, cell.address, own, text_of(cell), unfit.wanted)

    def _identify(self, line: _Line) -> None:
        data = {**line.standing, **line.data}
        ref = self._identities.match(line.hidden_id, data)
        line.is_new = ref is None
        line.ref = ref or (line.hidden_id if is_ref(line.hidden_id) else self._new_ref())
        if ref is not None:
            line.standing = self._directory.standing(self._subject.table, ref)
        clash = self._identities.take(line.number, line.hidden_id, line.ref, data)
        if clash is not None:
            self._clash(clash)

    def _make_sense(self, line: _Line) -> None:
        line.whole = {**self._defaults(), **line.standing, **line.data}
        line.data |= (filled := filled_in(self._subject.table, line.whole, self._directory))
        line.whole |= filled
        for wrong in senseless(self._subject.table, self._told(line), self._directory):
            self._wrong(line, wrong)

    def _make_sense_together(self) -> None:
        rows = {number: self._told(line) for number, line in self._lines.items()}
        for number, wrong in senseless_together(self._subject.table, rows, self._directory):
            self._wrong(self._lines[number], wrong)

    def _told(self, line: _Line) -> Told:
        stands = line.standing
        as_before = bool(stands) and all(same(f, line.whole[f.name], stands[f.name]) for f in self._subject.fields)
        return Told(line.ref, line.whole, as_before)

    def _wrong(self, line: _Line, wrong: Senseless) -> None:
        if wrong.field not in line.unread:
            self._problem(line, wrong.code, self._subject.field(wrong.field), wrong.wanted)

    def _defaults(self) -> dict[str, Any]:
        return {f.name: f.default for f in self._subject.fields}

    def _clash(self, clash: Clash) -> None:
        line = self._lines[clash.number]
        first = self._subject.field(self._subject.key[0])
        headings = ", ".join(self._subject.field(name).heading for name in self._subject.key)
        if clash.by_id:
            wanted = f"a row of its own: row {clash.with_row} has the same hidden id; if you copied it, empty this cell"
            self._add("KEY-DUPLICATE", self._address(line, "_id"), None, line.hidden_id, wanted)
            return
        where = (
            f"row {clash.with_row} has the same"
            if clash.with_row
            else "another one here has the same and is not in this file"
        )
        wanted = f"one row for each {headings} ({where})"
        self._add("KEY-DUPLICATE", self._address(line, first.name), first, self._label_of_key(line), wanted)

    def _label_of_key(self, line: _Line) -> str:
        return ", ".join(filter(None, (self._words(line, name) for name in self._subject.key)))

    def _words(self, line: _Line, name: str) -> str:
        """What the file says of a field, or what stands here when the file has no such column."""
        if name in line.cells:
            return text_of(line.cells[name])
        return "" if name in line.data else shown(self._subject, name, line.standing.get(name), self._known)

    def _problem(self, line: _Line, code: str, own: Field, wanted: str) -> None:
        cell = line.cells.get(own.name)
        line.unread.add(own.name)
        self._add(code, self._address(line, own.name), own, None if cell is None else text_of(cell), wanted)

    def _add(self, code: str, address: str, own: Field | None, found: str | None, wanted: str) -> None:
        heading = "" if own is None else heading_text(own)
        self.problems.append(Problem(code, self._subject.sheet, address, heading, found, wanted))

    def _address(self, line: _Line, name: str) -> str:
        """The cell of a field in a row, filled or not; column A when the sheet has no such column."""
        index = self._columns.id if name == "_id" else self._columns.fields.get(name)
        return f"{_letters((index or 0) + 1)}{line.number}"

    def _row(self, line: _Line) -> FileRow:
        return FileRow(
            table=self._subject.table,
            ref=line.ref,
            data=line.data,
            cells={name: (cell.address, clean(cell.raw)) for name, cell in line.cells.items()},
            derived=line.derived,
            sheet=self._subject.sheet,
            number=line.number,
            label=joined(self._subject, [self._words(line, name) for name in LABELS[self._subject.table]]),
            is_new=line.is_new,
            seen=line.seen,
        )


def _required_words(own: Field) -> str:
    return f"something: {own.heading} must be filled"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
