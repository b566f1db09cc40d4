"""A workbook's cells to typed rows, with every cell that cannot be right listed at once. Nothing raises on content.

Subjects are read in the order in which they refer to each other, so a row may name another row of the same file.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from framework.subjects import SUBJECTS, Subject, data_of
from framework.workbook.cells import Book, Note, SheetCells
from framework.workbook.columns import reader
from framework.workbook.headings import Columns, columns_of, heading_text, lacking, our_sheets
from framework.workbook.identity import Clash, Identities, is_ref
from framework.workbook.lines import Line, Lines, Wrong
from framework.workbook.matched import notes_on
from framework.workbook.merge import same
from framework.workbook.problems import Checked, FileRow, Problem
from framework.workbook.references import Directory
from framework.workbook.sense import filled_in, senseless, senseless_together
from framework.workbook.words import Known

__all__ = ["Checked", "FileRow", "Problem", "check"]

_LEFT_OUT, _STAYS = "the row is left out", "the row stays as it is here"
_NOTHING_READ = "nothing of this sheet is read"
# What others name: only the rows of these are looked up by name.
_NAMED = {f.of for subject in SUBJECTS for f in subject.fields if f.of} | {"calendar_line"}


def check(
    book: Book, known: Known, *, new_ref: Callable[[], str], by_title: bool = False, on: date | None = None
) -> Checked:
    """The workbook's rows, and its problems.

    known     the records that stand here, by table and ref
    new_ref   makes the ref of a row that is new and brings none
    by_title  pass over the hidden ids: rows are known by what tells their kind apart, or by their titles
    on        the day against which dates without a year (`Autumn 1`) are read; None: they are refused
    Raises FileRefused when no sheet is ours.
    """
    sheets, notes, problems = our_sheets(book)
    directory = Directory(known)
    rows: dict[str, list[FileRow]] = {}
    written: set[str] = set()
    shuffled: list[str] = []
    for subject in SUBJECTS:
        if subject not in sheets:
            continue
        columns, wrong, more = columns_of(subject, sheets[subject])
        problems += wrong
        notes += more
        if columns is None:
            continue
        sheet = _Sheet(subject, columns, sheets[subject], known, directory, by_title=by_title, on=on)
        rows[subject.table] = sheet.read(new_ref)
        problems += sheet.problems
        notes += sheet.notes
        if _was_written(book.meta.get("rows"), subject.sheet, sheet.with_id):
            written.add(subject.table)
        if sheet.shuffled:
            shuffled.append(subject.sheet)
    return Checked(rows, tuple(problems), (*book.notes, *notes), frozenset(written), tuple(shuffled))


def _was_written(counts: Any, sheet: str, with_id: bool) -> bool:
    """Whether a sheet held rows of ours when it was written; where nothing is said of it, ids of ours tell."""
    count = counts.get(sheet) if isinstance(counts, dict) else None
    return count > 0 if isinstance(count, int) else with_id


class _Sheet:
    """One subject's sheet: its rows recognised, and held against what cannot be true of them.

    whole    the rows as the file leaves them, by ref
    with_id  a row came with the id of one that stands here
    """

    def __init__(
        self,
        subject: Subject,
        columns: Columns,
        sheet: SheetCells,
        known: Known,
        directory: Directory,
        *,
        by_title: bool,
        on: date | None,
    ) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.whole: dict[str, Mapping[str, Any]] = {}
        self.with_id = self.shuffled = False
        self._subject = subject
        self._columns = columns
        self._known = known
        self._here = known.get(subject.table, {})
        self._directory = directory
        self._ids = columns.id is not None and not by_title
        # The calendar's own sheet, and those before it, are read by the calendar as it stands here.
        after = SUBJECTS.index(subject) > [s.table for s in SUBJECTS].index("calendar_line")
        calendar = directory.calendar if after else directory.calendar_here
        readers = {own.name: reader(own, directory, calendar, on) for own in (*subject.fields, *subject.derived)}
        self._lines = Lines(subject, columns, sheet.rows, self._here, directory, readers, ids=self._ids)

    def read(self, new_ref: Callable[[], str]) -> list[FileRow]:
        lines = {line.number: line for line in self._lines}
        found = Identities(self._subject, self._here, ids=self._ids, told=self._lines.told).settle([*lines.values()])
        self.with_id = any(line.by_id for line in lines.values())
        self.shuffled = found.shuffled
        clashing = {clash.number for clash in found.clashes}
        apart = {*found.copies, *found.moved, *clashing}
        for line in lines.values():
            self._settle(line, new_ref, own_id=line.number not in apart)
            if line.number not in clashing:
                self.whole[line.ref] = line.data
        if self._subject.table in _NAMED:
            self._directory.add(self._subject.table, self.whole)
        for line in lines.values():
            self._lines.read_own(line)
            self._compare(line)
        self._make_sense(lines)
        for clash in found.clashes:
            self._clash(lines, clash)
        self._tell(lines)
        labels = {number: self._lines.label(lines[number], self._known) for number, _ in found.near}
        self.notes += self._lines.notes
        self.notes += notes_on(self._subject, found, labels, self._known, has_ids=self._columns.id is not None)
        return [self._row(line) for line in lines.values()]

    def _settle(self, line: Line, new_ref: Callable[[], str], *, own_id: bool) -> None:
        """Give the row its ref, and the fields that the file does not tell."""
        standing = {} if line.is_row is None else data_of(self._subject, self._here[line.is_row])
        own = line.hidden_id if own_id and is_ref(line.hidden_id) and line.hidden_id not in self._here else ""
        line.ref = line.is_row or own or new_ref()
        if len(line.fields) < len(self._subject.fields):
            line.data = {**{f.name: f.default for f in self._subject.fields}, **standing, **line.fields}
        if filled := filled_in(self._subject.table, line.data, self._directory):
            line.fields |= filled
            line.data |= filled

    def _compare(self, line: Line) -> None:
        standing = self._directory.standing(self._subject.table, line.is_row)
        line.as_before = bool(standing) and (
            line.data == standing or all(same(f, line.data[f.name], standing[f.name]) for f in self._subject.fields)
        )

    def _make_sense(self, lines: Mapping[int, Line]) -> None:
        table = self._subject.table
        for line in lines.values():
            for wrong in senseless(table, line, self._directory):
                self._senseless(line, wrong.code, wrong.field, wrong.wanted)
        for number, wrong in senseless_together(table, lines, self._directory):
            self._senseless(lines[number], wrong.code, wrong.field, wrong.wanted)

    def _senseless(self, line: Line, code: str, name: str, wanted: str) -> None:
        if name not in line.unread:
            self._lines.add(line, code, self._subject.field(name), self._lines.cells(line).said(name), wanted)

    def _clash(self, lines: Mapping[int, Line], clash: Clash) -> None:
        line = lines[clash.number]
        first = self._subject.field(self._subject.key[0])
        headings = ", ".join(self._subject.field(name).heading for name in self._subject.key)
        if clash.by_id:
            wanted = (
                f"a row of its own: row {clash.with_row} has the same hidden id; if you copied it, "
                f"give the copy another {headings}"
            )
            place = self._lines.address(line.number, "_id")
            self._lines.wrong.append(Wrong(line, "KEY-DUPLICATE", None, place, line.hidden_id, wanted))
            return
        where = "another one here has the same and is not in this file"
        left = ""
        if clash.with_row:
            where, left = f"row {clash.with_row} has the same", "both rows are left out"
            lines[clash.with_row].wrong = True
        found = ", ".join(filter(None, (self._lines.said(line, name, self._known) for name in self._subject.key)))
        place = self._lines.address(line.number, first.name)
        wanted = f"one row for each {headings} ({where})"
        self._lines.wrong.append(Wrong(line, "KEY-DUPLICATE", first, place, found, wanted, left))

    def _tell(self, lines: Mapping[int, Line]) -> None:
        """Problems of rows, then those of the sheet, which leave rows out too."""
        for wrong in self._lines.wrong:
            wrong.line.wrong = True
            self.problems.append(self._problem(wrong))
        new = [line for line in lines.values() if line.is_row is None]
        # A required column may be missing as long as no row is new: what stands here has it.
        if new and (missing := lacking(self._subject, self._columns)):
            self.problems += missing
            for line in new:
                line.wrong = True
        if self.shuffled:
            self.problems.append(self._out_of_step())
        if self.shuffled or self._columns.doubtful:
            for line in lines.values():
                line.wrong = True

    def _problem(self, wrong: Wrong) -> Problem:
        return Problem(
            code=wrong.code,
            sheet=self._subject.sheet,
            cell=wrong.place,
            heading="" if wrong.own is None else heading_text(wrong.own),
            found=wrong.found,
            wanted=wrong.wanted,
            row=wrong.line.number,
            title=self._lines.label(wrong.line, self._known),
            if_left=wrong.if_left or (_LEFT_OUT if wrong.line.is_row is None else _STAYS),
        )

    def _out_of_step(self) -> Problem:
        place = self._lines.address(self._columns.header + 1, "_id")
        wanted = (
            "each row beside the hidden id that it was written with: the rows were sorted without the hidden columns. "
            "Undo the sorting, or have the rows matched by what they say"
        )
        return Problem("KEY-SHUFFLED", self._subject.sheet, place, "", "_id", wanted, if_left=_NOTHING_READ)

    def _row(self, line: Line) -> FileRow:
        return FileRow(
            table=self._subject.table,
            ref=line.ref,
            data=line.fields,
            cells=self._lines.cells(line),
            derived=line.derived,
            sheet=self._subject.sheet,
            number=line.number,
            label=self._lines.label(line, self._known),
            is_new=line.is_row is None,
            seen=line.seen if line.by_id or not self._here else None,
            version=0 if line.is_row is None else self._here[line.is_row].version,
            wrong=line.wrong,
        )
