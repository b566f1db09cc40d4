"""Our own workbook handed back to whoever sent it: their rows at their own cells, and what is wrong beside them.

All that loading reads is kept (values, number formats, hidden ids, `_meta`), so an unmended hand-back has the very
problems it was made of. Formulas come back as their results, sheets of their own are left out; the first sheet says so.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname  # type: ignore[import-untyped]

from framework.subjects import Subject
from framework.text import clean
from framework.workbook.cells import Book, SheetCells
from framework.workbook.headings import GUIDE_SHEET, LISTS_SHEET, our_sheets
from framework.workbook.lists import WordList, word_lists, write_lists
from framework.workbook.looks import LINE, TITLE_LINE, WRONG, Looks, height, looks
from framework.workbook.problems import Problem
from framework.workbook.rebuilding import CHECK, Rebuilt
from framework.workbook.sheets import write_value
from framework.workbook.text import key, quoted, write_text
from framework.workbook.write import ids_of, new_workbook, write_meta

_LISTED = 1_000  # problems on the first sheet; the columns Check have all
_HEADS = (("Where", 22.0), ("Row", 32.0), ("It says", 32.0), ("We need", 52.0), ("If you leave it", 40.0))


def handed_back(book: Book, problems: Sequence[Problem]) -> bytes:
    """The workbook that was sent, rebuilt with a column Check on each sheet and a comment on each wrong cell.

    Raises FileRefused when no sheet of it is ours.
    """
    found, *_ = our_sheets(book)
    content = io.BytesIO()
    title = how_many(problems)
    workbook = new_workbook(content, title, book.meta.get("exported_at"), ids_of(book.meta))
    forms = looks(workbook)
    sheets = list(_ours(book, found))
    _write_first(workbook, forms, title, book, problems, [sheet.title for sheet in _left_out(book, sheets)])
    for name, subject, sheet in sheets:
        own = [problem for problem in problems if problem.sheet == name]
        Rebuilt(workbook, name, subject, sheet, forms).write(own, as_table=name == subject.sheet)
    write_lists(workbook, _lists(book), forms)
    write_meta(
        workbook, json.dumps({**book.meta, "handed_back": {"file": book.name, "sha256": book.sha256}}, sort_keys=True)
    )
    workbook.close()
    return content.getvalue()


def how_many(problems: Sequence[Problem]) -> str:
    """How many cells need correcting, in words."""
    count = len({(problem.sheet, problem.cell) for problem in problems})
    if not count:
        return "Nothing needs correcting"
    return "1 cell needs correcting" if count == 1 else f"{count:,} cells need correcting"


def _ours(book: Book, found: Mapping[Subject, SheetCells]) -> Iterator[tuple[str, Subject, SheetCells]]:
    """Our sheets in the order of the file, each under its title. A second one for a subject is a problem, and kept."""
    by_title = {key(subject.sheet): subject for subject in found}
    for sheet in book.sheets:
        subject = next((s for s, cells in found.items() if cells is sheet), None)
        if subject is not None:
            yield subject.sheet, subject, sheet
        elif key(sheet.title) in by_title:
            yield sheet.title, by_title[key(sheet.title)], sheet


def _left_out(book: Book, sheets: Sequence[tuple[str, Subject, SheetCells]]) -> list[SheetCells]:
    own = (key(GUIDE_SHEET), key(LISTS_SHEET))
    kept = [sheet for _, _, sheet in sheets]
    return [s for s in book.sheets if not any(s is k for k in kept) and key(s.title) not in own]


def _lists(book: Book) -> list[WordList]:
    """The lists as the file's own sheet Lists has them; those of fixed words in any case."""
    sent = next((sheet for sheet in book.sheets if key(sheet.title) == key(LISTS_SHEET)), None)
    words: dict[str, list[str]] = {}
    if sent is not None and len(sent.rows) > 2:
        for column, head in enumerate(sent.rows[2]):
            if head is not None:
                below = (row[column] for row in sent.rows[3:] if column < len(row))
                words[clean(head.raw)] = [clean(cell.raw) for cell in below if cell is not None and not cell.blank]
    fixed = word_lists({})
    return [WordList(one.name, one.heading, one.words or tuple(words.get(one.heading, ()))) for one in fixed]


def _write_first(
    workbook: Any, forms: Looks, title: str, book: Book, problems: Sequence[Problem], left_out: Sequence[str]
) -> None:
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_row(0, TITLE_LINE)
    write_text(sheet, 0, 0, title, forms.title)
    row = 1
    for row, line in enumerate(_lines(book, problems, left_out), 1):
        write_text(sheet, row, 0, line, forms.help)
    for column, (_, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
    if problems:
        _write_list(sheet, row + 2, problems[:_LISTED], forms)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _lines(book: Book, problems: Sequence[Problem], left_out: Sequence[str]) -> Iterator[str]:
    yield f"This is the workbook that you sent, {quoted(book.name)}, made again. Your own file was not touched."
    if problems:
        yield f"The column {CHECK}, on the right of each sheet, says what is wrong in a row. Filter it to see them."
        yield f"The cells to correct are {WRONG[0]} and have a note. Choose a place in the list below to go there."
        yield f"Correct them, save, and choose this workbook on the page Data. {CHECK} may stay: it is not read."
    yield "Formulas of yours stand here as their results."
    if left_out:
        yield f"Left out, because they are no sheets of the plan: {', '.join(quoted(title) for title in left_out)}."
    for name in dict.fromkeys(problem.sheet for problem in problems):
        own = [problem for problem in problems if problem.sheet == name]
        yield f"{name}: {how_many(own)}."
    if len(problems) > _LISTED:
        yield f"The first {_LISTED:,} of {len(problems):,} are listed here; the columns {CHECK} have all."


def _write_list(sheet: Any, top: int, problems: Sequence[Problem], forms: Looks) -> None:
    columns = [{"header": head, "header_format": forms.heading} for head, _ in _HEADS]
    options = {"name": "table_to_correct", "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(top, 0, top + len(problems), len(_HEADS) - 1, options)
    for row, problem in enumerate(problems, top + 1):
        place = f"{quote_sheetname(problem.sheet)}!{problem.cell}"
        sheet.write_url(row, 0, f"internal:{place}", forms.link, f"{problem.sheet}!{problem.cell}")
        about = ", ".join(filter(None, (problem.title, problem.heading)))
        found = "(it is empty)" if problem.found is None else quoted(problem.found)
        told = (about, found, problem.wanted, problem.if_left)
        for column, words in ((n, words) for n, words in enumerate(told, 1) if words):
            write_value(sheet, row, column, words, forms.body, forms)
        tall = height((words, width) for words, (_, width) in zip(told, _HEADS[1:], strict=True))
        if tall > LINE:
            sheet.set_row(row, tall)
