"""Look at anybody's workbook: its tables, their columns and records, what must be asked and what cannot be right.

`look(path)` needs no database and writes nothing:

    from framework.workbook import look
    looked = look("risks.xlsx")
    for table in looked.tables:
        print(table.sheet, table.header_row, len(table.records), {c.heading: c.field for c in table.columns})
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path

from framework.errors import FileRefused
from framework.periods import Calendar
from framework.workbook.cells import Book, Note
from framework.workbook.limits import MOST_BYTES
from framework.workbook.read import read
from framework.workbook.recognise.evidence import Setting
from framework.workbook.recognise.faults import faults
from framework.workbook.recognise.layouts import best_fit, with_layout
from framework.workbook.recognise.questions import READ, ask
from framework.workbook.recognise.shape import Layout, Looked, SheetSeen, Table
from framework.workbook.recognise.tables import Found, tables_of
from framework.workbook.recognise.words_met import columns_met

NO_CALENDAR = Calendar(())


def look(
    path: str | PathLike[str],
    *,
    layouts: Iterable[Layout] = (),
    on: date | None = None,
    calendar: Calendar = NO_CALENDAR,
) -> Looked:
    """What is recognised in a file. Raises FileRefused, in words and with its code, when it cannot be read.

    layouts   saved ones; the best that fits is applied
    on        the day against which dates without a year are read; None: their year is asked
    calendar  gives terms their dates; without one a term is known but its days are not
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)  # one more than is ever read: the reader refuses it in its words
    except OSError as why:
        raise FileRefused(f"'{file.name}' cannot be opened: {why.strerror or why}.", code="FILE-MISSING") from why
    return recognise(read(content, file.name), layouts, on=on, calendar=calendar)


def recognise(
    book: Book,
    layouts: Iterable[Layout] = (),
    *,
    on: date | None = None,
    calendar: Calendar = NO_CALENDAR,
    headings: Mapping[str, int] | None = None,
) -> Looked:
    """What is recognised in a workbook that was read. Never raises on content, and writes nothing.

    headings  by sheet: the row in which someone says its headings stand
    """
    found = [tables_of(sheet, (headings or {}).get(sheet.title)) for sheet in book.sheets]
    tables = [replace(table, fills=one.grid.sheet.fills) for one in found for table in one.tables]
    layout = best_fit(layouts, [t for t in tables if t.used] or tables)
    if layout is not None:
        tables = with_layout(layout, tables)
    grids = {one.grid.title: one.grid for one in found}
    setting = Setting(on, calendar, layout.answers if layout else {})
    met = columns_met(tables, READ | {"code"})
    questions, readers = ask(tables, met, grids, setting, layout)
    problems, odd = faults(tables, met, [one.grid for one in found], readers)
    notes = (*book.notes, *_off(found), *(n for one in found for n in one.notes), *odd)
    seen = tuple(
        SheetSeen(one.grid.title, one.grid.sheet.hidden, sum(m.bit_count() for m in one.grid.masks), _why(one, tables))
        for one in found
    )
    return Looked(
        book.name, book.sha256, book.kind, book.reader, seen, tuple(tables), questions, problems, notes, layout
    )


def _why(one: Found, tables: Iterable[Table]) -> str:
    """Why nothing was taken from a sheet, once a layout had its say."""
    return "" if any(table.used for table in tables if table.sheet == one.grid.title) else one.why


def _off(found: Iterable[Found]) -> Iterable[Note]:
    for one in found:
        if one.grid.sheet.hidden and one.grid.last:
            yield Note(
                "SHEET-HIDDEN", f"Sheet '{one.grid.title}' is hidden, so nothing of it was taken.", one.grid.title
            )
        elif one.why and one.grid.last and not one.tables:
            yield Note("TABLE-NONE", f"Nothing was taken from sheet '{one.grid.title}': {one.why}.", one.grid.title)
