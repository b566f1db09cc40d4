"""Which sheet belongs to which subject, and which column to which field."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from framework.errors import FileRefused
from framework.subjects import BY_SHEET, SHEET_ORDER, Field, Subject
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.problems import Problem
from framework.workbook.text import key, quoted

GUIDE_SHEET = "Start here"
LISTS_SHEET = "Lists"
ID = "_id"
REV = "_rev"
_OWN = {key(GUIDE_SHEET), key(LISTS_SHEET)}
_LOOKED_AT = 10  # rows in which the headings may stand
_ENOUGH = 2  # headings that make a heading row
_NOISE = re.compile(r"\(.*?\)|\[.*?\]|[*:]")
NOTHING_OF_OURS = (
    "No sheet of this workbook has a name that we know, so nothing of it was read. Its sheets should be called "
    f"{', '.join(s.sheet for s in SHEET_ORDER[:-1])} or {SHEET_ORDER[-1].sheet}. "
    "Download the template and copy your rows into it."
)


def heading_text(field: Field) -> str:
    """A heading as the workbook shows it: `due*` when the field must be filled."""
    return f"{field.heading}*" if field.required else field.heading


def normal(heading: str) -> str:
    """What is left of a heading when capitals, `*`, `(required)` and spaces do not count."""
    return key(_NOISE.sub(" ", unicodedata.normalize("NFKC", heading)))


@dataclass
class Columns:
    """Where a sheet's fields stand.

    header   index of the heading row
    fields, derived  by name: the column's index
    """

    header: int
    fields: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)
    id: int | None = None
    rev: int | None = None


def our_sheets(book: Book) -> tuple[dict[Subject, SheetCells], list[str], list[Problem]]:
    """Each subject's sheet, with notes and problems on the rest. Raises FileRefused when there is none of ours."""
    by_title = {key(title): subject for title, subject in BY_SHEET.items()}
    found: dict[Subject, SheetCells] = {}
    notes: list[str] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        subject = by_title.get(key(sheet.title))
        if subject is None:
            if key(sheet.title) not in _OWN:
                notes.append(f"Sheet '{quoted(sheet.title)}' is not one of ours: nothing of it was read.")
        elif subject in found:
            wanted = f"one sheet called {subject.sheet}: rename or remove the other"
            problems.append(Problem("SHEET-DUPLICATE", sheet.title, "A1", "", sheet.title, wanted))
        else:
            found[subject] = sheet
            if sheet.hidden:
                notes.append(f"Sheet '{subject.sheet}' is hidden. It was read all the same.")
    if not found:
        raise FileRefused(NOTHING_OF_OURS)
    return found, [*notes, *_missing(book, found)], problems


def _missing(book: Book, found: Iterable[Subject]) -> Iterator[str]:
    written = book.meta.get("rows")
    promised = written if isinstance(written, dict) else BY_SHEET  # an export of some sheets misses none of the others
    for subject in SHEET_ORDER:
        if subject not in found and subject.sheet in promised:
            yield f"There is no sheet named {subject.sheet}: nothing of it was read or changed."


def columns_of(subject: Subject, sheet: SheetCells) -> tuple[Columns | None, list[Problem], list[str]]:
    """Where the sheet's fields stand; None when no row of headings can be found."""
    names = _names(subject)
    header = _header_row(sheet, names)
    if header is None:
        some = ", ".join(heading_text(f) for f in subject.fields[:3])
        wanted = f"a row of headings among the first {_LOOKED_AT} rows, such as {some}"
        return None, [Problem("TABLE-NONE", subject.sheet, "A1", "", None, wanted)], []
    columns = Columns(header)
    problems = _place(subject, sheet, columns, names)
    problems += _required(subject, sheet, columns)
    return columns, problems, list(_unnamed(subject, sheet, header))


def _names(subject: Subject) -> dict[str, Field | str]:
    named: dict[str, Field | str] = {normal(f.heading): f for f in (*subject.derived, *subject.fields)}
    return {**named, ID: ID, REV: REV}


def _header_row(sheet: SheetCells, names: dict[str, Field | str]) -> int | None:
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        known = {normal(cell.raw) for cell in row if cell is not None} & set(names)
        if len(known - {ID, REV}) >= _ENOUGH:
            return index
    return None


def _place(subject: Subject, sheet: SheetCells, columns: Columns, names: dict[str, Field | str]) -> list[Problem]:
    problems = []
    first: dict[str, Cell] = {}
    for index, cell in enumerate(sheet.rows[columns.header]):
        if cell is None or not normal(cell.raw):
            continue
        name = normal(cell.raw)
        if name not in names:
            problems.append(Problem("HEAD-UNKNOWN", subject.sheet, cell.address, "", cell.raw, _nearest(name, subject)))
        elif name in first:
            wanted = f"each heading once: {first[name].address} has it too"
            problems.append(Problem("HEAD-DUPLICATE", subject.sheet, cell.address, "", cell.raw, wanted))
        else:
            first[name] = cell
            _keep(columns, subject, names[name], index)
    return problems


def _keep(columns: Columns, subject: Subject, what: Field | str, index: int) -> None:
    if what == ID:
        columns.id = index
    elif what == REV:
        columns.rev = index
    elif isinstance(what, Field):
        (columns.fields if what in subject.fields else columns.derived)[what.name] = index


def _nearest(name: str, subject: Subject) -> str:
    headings = {normal(f.heading): heading_text(f) for f in (*subject.fields, *subject.derived)}
    near = difflib.get_close_matches(name, headings, n=3, cutoff=0.6)
    if near:
        return f"a heading of this sheet, perhaps {' or '.join(headings[n] for n in near)}"
    return f"a heading of this sheet: {', '.join(headings.values())}"


def _required(subject: Subject, sheet: SheetCells, columns: Columns) -> list[Problem]:
    cell = f"A{columns.header + 1}"
    return [
        Problem(
            "HEAD-MISSING", subject.sheet, cell, heading_text(f), None, f"a column with the heading {heading_text(f)}"
        )
        for f in subject.fields
        if f.required and f.name not in columns.fields
    ]


def _unnamed(subject: Subject, sheet: SheetCells, header: int) -> Iterator[str]:
    """Notes on columns that hold something under no heading."""
    named = {n for n, head in enumerate(sheet.rows[header]) if head is not None and normal(head.raw)}
    for row in sheet.rows[header + 1 :]:
        for index, cell in enumerate(row):
            if index not in named and cell is not None and not cell.blank:
                named.add(index)
                yield f"{subject.sheet}!{cell.address} stands under no heading: that column was not read."
