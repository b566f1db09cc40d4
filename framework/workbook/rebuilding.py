"""One sheet of somebody's file written again in our look: every cell at its own address, beside them a column Check."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol  # type: ignore[import-untyped]
from xlsxwriter.worksheet import CellErrorTuple  # type: ignore[import-untyped]

from framework.subjects import Field, Kind, Subject
from framework.workbook.cells import Cell, SheetCells
from framework.workbook.headings import CHECK as PASSED_OVER
from framework.workbook.headings import Columns, columns_of, normal
from framework.workbook.looks import DATE_FORMAT, LINE, TITLE_LINE, WIDTHS, WRONG, Looks, height
from framework.workbook.problems import Problem
from framework.workbook.sheets import AUTHOR, dress, lay_out, required_words
from framework.workbook.shown import is_percent
from framework.workbook.text import CELL_HOLDS, LIKE_A_FORMULA, quoted, write_text

CHECK = PASSED_OVER.capitalize()  # the heading of the column that says what is wrong
_CHECK_WIDTH = 60.0
_OWN_WIDTH = 20.0  # of a column that is not ours
_MOST_COMMENTS = 2_000  # of a sheet; the column Check says all
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


def said(problem: Problem) -> str:
    """What is wrong in a cell, without saying where."""
    found = "it is empty" if problem.found is None else f'it says "{quoted(problem.found)}"'
    left = f" If you leave it, {problem.if_left}." if problem.if_left else ""
    return f"{found}; we need {problem.wanted}.{left}"


class Rebuilt:
    """Writes the rows of a sheet as they were sent. Rows and columns count from nought here, as XlsxWriter's do."""

    def __init__(self, workbook: Any, title: str, subject: Subject, sheet: SheetCells, looks: Looks) -> None:
        self._page = workbook.add_worksheet(title)
        self._forms = _Forms(workbook)
        self._looks = looks
        self._subject = subject
        self._rows = sheet.rows
        columns, *_ = columns_of(subject, sheet)
        self._columns: Columns | None = columns
        self._header = -1 if columns is None else columns.header
        named = {} if columns is None else {**columns.fields, **columns.derived}
        fields = {own.name: own for own in (*subject.fields, *subject.derived)}
        self._fields: dict[int, Field] = {index: fields[name] for name, index in named.items()}
        self._last = len(sheet.rows) - 1
        self._width_sent = max((len(row) for row in sheet.rows), default=0)
        self._check = self._place_of_check()
        self._end = max(self._check + 1, self._width_sent)  # the number of columns, Check among them

    def _place_of_check(self) -> int:
        """The column Check that a hand-back has already, else the first one beyond every filled cell."""
        if self._header >= 0:
            for index, cell in enumerate(self._rows[self._header]):
                if cell is not None and normal(cell.raw) == PASSED_OVER:
                    return index
        return self._width_sent

    def write(self, problems: Sequence[Problem], *, as_table: bool) -> None:
        """Write the sheet. `problems` are this sheet's; two sheets cannot both hold a table of one name."""
        at = _by_place(problems)
        if self._header > 0:
            self._page.set_row(0, TITLE_LINE)
        for number, row in enumerate(self._rows):
            self._write_row(number, row, at)
        if self._columns is not None:
            self._write_heads(as_table=as_table)
            self._write_checks(problems)
            self._lay_out(self._columns)
        self._write_comments(at)

    def _write_row(self, number: int, row: Sequence[Cell | None], at: dict[tuple[int, int], list[Problem]]) -> None:
        texts = []
        for column, cell in enumerate(row):
            if cell is None or (number >= self._header >= 0 and column == self._check):
                continue
            self._write_cell(number, column, cell, wrong=(number, column) in at)
            if isinstance(cell.value, str) and number > self._header:
                texts.append((cell.value, self._width(column)))
        if (tall := height(texts)) > LINE:
            self._page.set_row(number, tall)

    def _width(self, column: int) -> float:
        return WIDTHS[self._fields[column].kind] if column in self._fields else _OWN_WIDTH

    def _write_cell(self, row: int, column: int, cell: Cell, *, wrong: bool) -> None:
        value, page = cell.value, self._page
        if cell.formula_without_value or cell.is_error or (isinstance(value, str) and len(value) > CELL_HOLDS):
            self._write_error(row, column, cell.raw)
        elif isinstance(value, str):
            write_text(page, row, column, value, self._form(row, self._typed(column), value, wrong=wrong))
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, self._form(row, "", "", wrong=wrong))
        elif isinstance(value, int | float):
            form = self._form(row, cell.number_format if is_percent(cell.number_format) else "", "", wrong=wrong)
            if math.isfinite(value):
                page.write_number(row, column, value, form)
            else:
                page.write_string(row, column, cell.raw, form)
        elif isinstance(value, date | time | timedelta):
            if isinstance(value, date) and value.year < 1900:  # before the first day that a workbook knows
                page.write_string(row, column, cell.raw, self._form(row, "@", "", wrong=wrong))
            else:
                page.write_datetime(row, column, value, self._form(row, _moment_format(cell), "", wrong=wrong))

    def _typed(self, column: int) -> str:
        """The number format in which the right thing is typed: of a text, one that leaves it as it was typed."""
        kind = self._fields[column].kind if column in self._fields else Kind.TEXT
        if kind is Kind.DATE:
            return DATE_FORMAT
        return "" if kind in (Kind.NUMBER, Kind.WHOLE) else "@"

    def _form(self, row: int, number_format: str, text: str, *, wrong: bool) -> Any:
        if row < self._header:
            return self._looks.title if row == 0 else self._looks.help
        if row == self._header:
            return self._looks.heading
        return self._forms.of(number_format, guarded=text.startswith(LIKE_A_FORMULA), wrong=wrong)

    def _write_error(self, row: int, column: int, words: str) -> None:
        """A cell that is wrong stays wrong: as a text it might be loaded. What it was, its comment says."""
        form = self._forms.of("", guarded=False, wrong=True)
        self._page.write_blank(row, column, None, form)
        # XlsxWriter writes an error as the result of a formula only, and we write none.
        self._page.table[row][column] = CellErrorTuple(words if words in _ERRORS else "#N/A", form, 0)

    def _write_heads(self, *, as_table: bool) -> None:
        cells = {n: cell for n, cell in enumerate(self._rows[self._header]) if cell is not None and n != self._check}
        headings = [CHECK if n == self._check else cells[n].raw if n in cells else "" for n in range(self._end)]
        last = max(self._last, self._header + 1)
        if as_table and _make_a_table(headings):
            columns = [{"header": heading, "header_format": self._looks.heading} for heading in headings]
            options = {"name": f"table_{self._subject.sheet}", "columns": columns, "style": "Table Style Light 1"}
            self._page.add_table(self._header, 0, last, self._end - 1, options)
        else:
            self._page.autofilter(self._header, 0, last, self._end - 1)
        for n, heading in enumerate(headings):
            if heading:
                write_text(self._page, self._header, n, heading, self._looks.heading)
        write_text(self._page, self._header, self._check, CHECK, self._looks.check_heading)

    def _write_checks(self, problems: Iterable[Problem]) -> None:
        by_row: dict[int, list[Problem]] = defaultdict(list)
        for problem in problems:
            number = problem.row - 1 if problem.row else _place(problem)[0]
            if number > self._header:
                by_row[number].append(problem)
        for number, wrong in by_row.items():
            lines = (f"{problem.heading}: {said(problem)}" if problem.heading else said(problem) for problem in wrong)
            write_text(self._page, number, self._check, "\n".join(lines)[:CELL_HOLDS], self._looks.check)

    def _lay_out(self, columns: Columns) -> None:
        for index in range(self._end):
            if index in self._fields:
                dress(self._page, self._fields[index], self._looks, index, self._last, header=self._header)
            elif index in (columns.id, columns.rev):
                self._page.set_column(index, index, 12, self._looks.hidden, {"hidden": True})
            else:
                self._page.set_column(index, index, _CHECK_WIDTH if index == self._check else _OWN_WIDTH)
        first = next(n for n in range(self._end) if n not in (columns.id, columns.rev))
        lay_out(self._page, header=self._header, first=first)

    def _write_comments(self, at: dict[tuple[int, int], list[Problem]]) -> None:
        for (row, column), wrong in list(at.items())[:_MOST_COMMENTS]:
            words = "\n".join(said(problem) for problem in wrong)
            own = self._fields.get(column)
            if row == self._header and own is not None and own.required:
                words = f"{required_words(own)}\n{words}"
            if self._is_empty(row, column):
                self._page.write_blank(row, column, None, self._form(row, self._typed(column), "", wrong=True))
            self._page.write_comment(row, column, words[:CELL_HOLDS], {"author": AUTHOR, "x_scale": 2})

    def _is_empty(self, row: int, column: int) -> bool:
        cells = self._rows[row] if row < len(self._rows) else ()
        return column != self._check and (column >= len(cells) or cells[column] is None)


class _Forms:
    """The formats of cells that were sent: as few as there are number formats among them."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool, bool], Any] = {}

    def of(self, number_format: str, *, guarded: bool, wrong: bool) -> Any:
        wanted = (number_format, guarded, wrong)
        if wanted not in self._made:
            form: dict[str, Any] = {"valign": "top", "text_wrap": True, "quote_prefix": guarded}
            form |= {"num_format": number_format} if number_format else {}
            form |= {"bg_color": WRONG[1]} if wrong else {}
            self._made[wanted] = self._workbook.add_format(form)
        return self._made[wanted]


def _moment_format(cell: Cell) -> str:
    """How a date shows: as it was sent, for its reading may rest on that; else so that nobody can mistake it."""
    if cell.number_format not in ("", "General", "@"):
        return cell.number_format
    if isinstance(cell.value, time | timedelta):
        return "[h]:mm:ss"
    has_time = isinstance(cell.value, datetime) and cell.value.time() != time()
    return f"{DATE_FORMAT} hh:mm" if has_time else DATE_FORMAT


def _make_a_table(headings: Sequence[str]) -> bool:
    """Whether Excel takes these for the headings of a table: each filled, one line, none twice."""
    return all(heading.strip() and heading.isprintable() and len(heading) <= 255 for heading in headings) and len(
        {heading.casefold() for heading in headings}
    ) == len(headings)


def _place(problem: Problem) -> tuple[int, int]:
    """The row and column of a problem's cell, from nought; (-1, -1) when it names none."""
    return xl_cell_to_rowcol(problem.cell) if _ADDRESS.fullmatch(problem.cell) else (-1, -1)


def _by_place(problems: Iterable[Problem]) -> dict[tuple[int, int], list[Problem]]:
    places: dict[tuple[int, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if (place := _place(problem)) != (-1, -1):
            places[place].append(problem)
    return dict(places)
