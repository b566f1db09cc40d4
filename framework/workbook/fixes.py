"""The Fixes workbook: a small list of the wrong cells of somebody's own file, with room for what should stand there.

Their file is never saved again. Filled in and sent with that very file, the list says what to read in its cells' place.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell  # type: ignore[import-untyped]

from framework.errors import FileRefused
from framework.text import clean
from framework.workbook.cells import Book, Cell, Note, SheetCells
from framework.workbook.headings import GUIDE_SHEET, normal
from framework.workbook.looks import LINE, TITLE_LINE, TO_FILL, Looks, height, looks
from framework.workbook.overlay import Overlaid, Row
from framework.workbook.problems import Problem
from framework.workbook.sheets import lay_out, write_value
from framework.workbook.text import quoted, write_text
from framework.workbook.values import text_of
from framework.workbook.write import ids_of, new_workbook, write_meta

SCHEMA = "civic-fixes/1"
SHEET = "Fixes"
ANSWER = "Correct value"
_HEADS: tuple[tuple[str, float], ...] = (
    ("Sheet", 18), ("Cell", 8), ("Heading", 18), ("Row", 32), ("It says", 32), ("We need", 52), ("If you leave it", 40),
    (ANSWER, 32),
)  # fmt: skip
_HEADER = 2  # counted from nought, as on every sheet of ours
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_NAMED = 5  # cells that a note names


@dataclass(frozen=True)
class Fixes:
    """What a filled list says.

    file, sha256  the one file that it may be used with: its name, empty when it is lost, and the SHA-256 of its bytes
    cells         by sheet and cell: the text to read in its place; lines left blank are not among them
    """

    file: str
    sha256: str
    cells: Mapping[tuple[str, str], str]


def fixes(problems: Sequence[Problem], *, name: str, sha256: str) -> bytes:
    """The list to fill in: one line a wrong cell. Problems that name no cell are passed over.

    name, sha256  of the file in which the cells are
    """
    content = io.BytesIO()
    meta = {"schema": SCHEMA, "file": name, "sha256": sha256}
    # Of a file's properties only the ids are read, so there the file it is for is the workbook.
    ids = ids_of({"schema": SCHEMA, "workbook": sha256})
    workbook = new_workbook(content, f"Corrections to {quoted(name)}", None, ids)
    forms = looks(workbook)
    lines = list(_lines(problems))
    _write_guide(workbook, forms, name, len(lines))
    _write_list(workbook, forms, name, lines)
    write_meta(workbook, json.dumps(meta, sort_keys=True))
    workbook.close()
    return content.getvalue()


def _lines(problems: Sequence[Problem]) -> Iterator[tuple[str, ...]]:
    """What stands before the answer. Two problems of a cell are one line: one answer settles both."""
    by_cell: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if _ADDRESS.fullmatch(problem.cell):
            by_cell.setdefault((problem.sheet, problem.cell), []).append(problem)
    for (sheet, cell), some in by_cell.items():
        first = some[0]
        found = "(it is empty)" if first.found is None else quoted(first.found)
        wanted = "; ".join(dict.fromkeys(problem.wanted for problem in some))
        left = "; ".join(dict.fromkeys(problem.if_left for problem in some if problem.if_left))
        yield sheet, cell, first.heading, first.title, found, wanted, left


def _write_guide(workbook: Any, forms: Looks, name: str, count: int) -> None:
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 110, forms.guide)
    sheet.hide_gridlines(2)
    sheet.set_row(0, TITLE_LINE)
    write_text(sheet, 0, 0, f"Corrections to {quoted(name)}", forms.title)
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    lines = (
        f"We could not read {cells} of this file. The sheet {SHEET} lists them. Your file itself was not changed.",
        f"Write what should stand there under {ANSWER}, the last column, in {TO_FILL[0]}. It is read as you type it.",
        "A line that you leave blank changes nothing: the cell is treated as the line says under If you leave it.",
        "Save this workbook and choose it on the page Data together with your file. It fits that file only, as it was "
        "when this list was made; once you save changes to your file, take a new list.",
    )
    for row, line in enumerate(lines, 2):
        write_text(sheet, row, 0, line, forms.guide)
        if (tall := height([(line, 110.0)])) > LINE:
            sheet.set_row(row, tall)


def _write_list(workbook: Any, forms: Looks, name: str, lines: Sequence[tuple[str, ...]]) -> None:
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_row(0, TITLE_LINE)
    write_text(sheet, 0, 0, f"Corrections to {quoted(name)}", forms.title)
    write_text(sheet, 1, 0, f"Fill in the last column, {ANSWER}. Leave the others as they are.", forms.help)
    columns = [{"header": head, "header_format": forms.heading} for head, _ in _HEADS]
    last = _HEADER + max(len(lines), 1)
    options = {"name": "table_Fixes", "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(_HEADER, 0, last, len(_HEADS) - 1, options)
    for column, (_, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines, _HEADER + 1):
        for column, words in ((n, words) for n, words in enumerate(line) if words):
            write_value(sheet, row, column, words, forms.typed, forms)
        sheet.write_blank(row, len(line), None, forms.to_fill)
        tall = height((words, width) for words, (_, width) in zip(line, _HEADS, strict=False))
        if tall > LINE:
            sheet.set_row(row, tall)
    said = {
        "validate": "any",
        "input_title": ANSWER,
        "input_message": "What should stand in the cell, as you would type it. Blank: nothing changes.",
    }
    sheet.data_validation(_HEADER + 1, len(_HEADS) - 1, last, len(_HEADS) - 1, said)
    lay_out(sheet, header=_HEADER, first=1)


def read_fixes(book: Book) -> Fixes | None:
    """What a filled list says; None when the book is no such list.

    Raises FileRefused when its headings are gone, or when it gives one cell two answers.
    """
    if book.meta.get("schema") != SCHEMA:
        return None
    sheet = next((s for s in book.sheets if normal(s.title) == normal(SHEET)), None)
    places = None if sheet is None else _places(sheet)
    if sheet is None or places is None:
        raise FileRefused(
            f"The sheet {SHEET} of this list has lost its headings Sheet, Cell or {ANSWER}. "
            "Take a new list and fill that."
        )
    cells: dict[tuple[str, str], str] = {}
    for row in sheet.rows[places[0] + 1 :]:
        title, cell, answer = (_text(row, place) for place in places[1:])
        where = title, cell.upper()
        if not (title and cell and answer):
            continue
        if cells.get(where, answer) != answer:
            both = f'"{quoted(cells[where])}" and "{quoted(answer)}"'
            raise FileRefused(
                f"This list gives two answers for {'!'.join(where)}: {both}. Leave one of them, and send it again."
            )
        cells[where] = answer
    made_for = book.meta.get("sha256") or book.meta.get("workbook") or ""
    return Fixes(str(book.meta.get("file", "")), str(made_for), cells)


def _places(sheet: SheetCells) -> tuple[int, int, int, int] | None:
    """The row of headings, and the columns of sheet, cell and answer."""
    for index, row in enumerate(sheet.rows[:10]):
        heads = {normal(cell.raw): n for n, cell in enumerate(row) if cell is not None}
        found = [heads.get(normal(head)) for head in ("Sheet", "Cell", ANSWER)]
        if None not in found:
            title, cell, answer = (n for n in found if n is not None)
            return index, title, cell, answer
    return None


def _text(row: Row, place: int) -> str:
    cell = row[place] if place < len(row) else None
    return "" if cell is None or cell.is_error or cell.formula_without_value else text_of(cell)


def mended(book: Book, values: Mapping[str, str]) -> Book:
    """The book with the text given for each cell (`Sheet!H14`) in its place, and a note that says so.

    The book keeps the name and hash of its file. Text for a sheet that is not there gives a note.
    """
    by_sheet: dict[str, dict[tuple[int, int], str]] = {}
    astray = []
    titles = {**{clean(s.title): s.title for s in book.sheets}, **{s.title: s.title for s in book.sheets}}
    for where, text in values.items():
        title, _, cell = where.rpartition("!")
        if title in titles and _ADDRESS.fullmatch(cell):
            by_sheet.setdefault(titles[title], {})[xl_cell_to_rowcol(cell)] = text
        else:
            astray.append(where)
    notes = [_note(title, [f"{title}!{xl_rowcol_to_cell(*place)}" for place in by_sheet[title]]) for title in by_sheet]
    if astray:
        some = ", ".join(quoted(where) for where in astray[:_NAMED])
        notes.append(Note("FIX-UNKNOWN", f"Not in this file, so nothing was read in place of: {some}{_more(astray)}."))
    sheets = tuple(_mended(sheet, by_sheet[sheet.title]) if sheet.title in by_sheet else sheet for sheet in book.sheets)
    return replace(book, sheets=sheets, notes=(*book.notes, *notes))


def _note(title: str, places: Sequence[str]) -> Note:
    some = ", ".join(places[:_NAMED])
    cells = "1 cell was" if len(places) == 1 else f"{len(places):,} cells were"
    return Note("FIX-APPLIED", f"{cells} read as the corrections say: {some}{_more(places)}.", title)


def _more(places: Sequence[str]) -> str:
    return f" and {len(places) - _NAMED:,} more" if len(places) > _NAMED else ""


def _mended(sheet: SheetCells, texts: Mapping[tuple[int, int], str]) -> SheetCells:
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        by_row.setdefault(row, {})[column] = text

    def change(index: int, row: Row) -> Row:
        if index not in by_row:
            return row
        cells = list(row) + [None] * (max(by_row[index]) + 1 - len(row))
        for column, text in by_row[index].items():
            cells[column] = Cell(xl_rowcol_to_cell(index, column), text, text)
        return cells

    filled = sum(
        row >= len(sheet.rows) or column >= len(sheet.rows[row]) or sheet.rows[row][column] is None
        for row, column in texts
    )
    return replace(sheet, rows=Overlaid(sheet.rows, change, max(by_row) + 1), valued=sheet.valued + filled)
