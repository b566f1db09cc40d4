"""Which sheet belongs to which subject, and which column to which field."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from framework.errors import FileRefused
from framework.subjects import BY_SHEET, SHEET_ORDER, Field, Subject
from framework.workbook.cells import Book, Cell, Note, SheetCells
from framework.workbook.problems import Problem
from framework.workbook.text import key, quoted

GUIDE_SHEET = "Start here"
LISTS_SHEET = "Lists"
ID = "_id"
REV = "_rev"
CHECK = "check"  # of the column that we hand a workbook back with; nothing of it is read
ASKED, LAST_TIME = "what is asked", "last time"  # of a sheet to fill: for whoever fills it; nothing of them is read
_NOT_READ = (CHECK, ASKED, LAST_TIME)
SCHEMA = "civic-plan/"  # what `_meta` calls our layout, before its number
_OWN = {key(GUIDE_SHEET), key(LISTS_SHEET), "_meta"}
_LOOKED_AT = 40  # rows in which the headings may stand
_ENOUGH = 2  # headings that make a heading row
_MOSTLY = 0.6  # share of a sheet's headings that must be a subject's for it to be known by them
_NEAR = 80  # of 100: a heading so like one of ours is taken for a slip, not for a column of someone's own
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
    named    indices of all columns with a heading, ours or not
    doubtful a heading stands twice, so it is not known which column is meant
    """

    header: int
    fields: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)
    id: int | None = None
    rev: int | None = None
    named: set[int] = field(default_factory=set)
    doubtful: bool = False


def is_ours(book: Book) -> bool:
    """Whether the file is a workbook of ours: it says so, or the headings of one of its sheets do."""
    if str(book.meta.get("schema", "")).startswith(SCHEMA):
        return True
    by_title = _by_title()
    return any(
        _fits(by_title[key(sheet.title)], sheet) >= _MOSTLY if key(sheet.title) in by_title else _by_headings(sheet)
        for sheet in book.sheets
    )


def our_sheets(book: Book) -> tuple[dict[Subject, SheetCells], list[Note], list[Problem]]:
    """Each subject's sheet, with notes and problems on the rest. Raises FileRefused when there is none of ours.

    Where no sheet has a name of ours (a CSV has its file's), sheets are known by their headings.
    """
    by_title = _by_title()
    found: dict[Subject, SheetCells] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    named = any(key(sheet.title) in by_title for sheet in book.sheets)
    for sheet in book.sheets:
        own = key(sheet.title) in _OWN
        subject = by_title.get(key(sheet.title)) if named or own else _by_headings(sheet)
        if subject is None:
            if not own:
                words = f"Sheet '{quoted(sheet.title)}' is not one of ours: nothing of it was read."
                notes.append(Note("SHEET-UNKNOWN", words, sheet.title))
        elif subject in found:
            wanted = f"one sheet called {subject.sheet}: rename or remove the other"
            left = "only the first is read"
            problems.append(Problem("SHEET-DUPLICATE", sheet.title, "A1", "", sheet.title, wanted, if_left=left))
        else:
            found[subject] = sheet
            notes += _said_of(sheet, subject, named=named)
    if not found:
        raise FileRefused(NOTHING_OF_OURS, code="TABLE-NONE")
    return found, [*notes, *_missing(book, found)], problems


def _by_title() -> dict[str, Subject]:
    return {key(title): subject for title, subject in BY_SHEET.items()}


def _said_of(sheet: SheetCells, subject: Subject, *, named: bool) -> Iterator[Note]:
    if not named:
        words = f"Sheet '{quoted(sheet.title)}' was read as {subject.sheet}, by its headings."
        yield Note("SHEET-BY-HEADINGS", words, sheet.title)
    if sheet.hidden:
        yield Note("SHEET-HIDDEN", f"Sheet '{subject.sheet}' is hidden. It was read all the same.", sheet.title)


def _by_headings(sheet: SheetCells) -> Subject | None:
    """The one subject whose headings most of the sheet's are; None: it is none's, or several fit alike."""
    shares = {subject: share for subject in SHEET_ORDER if (share := _fits(subject, sheet)) >= _MOSTLY}
    best = [subject for subject, share in shares.items() if share == max(shares.values())]
    return best[0] if len(best) == 1 else None


def _fits(subject: Subject, sheet: SheetCells) -> float:
    """The share of a sheet's headings that are the subject's; 0 without its required ones, or the hidden id instead."""
    names = _names(subject)
    header = _header_row(sheet, names)
    if header is None:
        return 0.0
    here = {normal(cell.raw) for cell in sheet.rows[header] if cell is not None}
    if ID not in here and not {normal(f.heading) for f in subject.fields if f.required} <= here:
        return 0.0
    told = here - {"", ID, REV, *_NOT_READ}
    return len(told & names.keys()) / len(told)


def _missing(book: Book, found: Iterable[Subject]) -> Iterator[Note]:
    written = book.meta.get("rows")
    # An export of some sheets misses none of the others, and neither does a file that can hold only one.
    promised = written if isinstance(written, dict) else BY_SHEET if len(book.sheets) > 1 else ()
    for subject in SHEET_ORDER:
        if subject not in found and subject.sheet in promised:
            words = f"There is no sheet named {subject.sheet}: nothing of it was read or changed."
            yield Note("SHEET-MISSING", words, subject.sheet)


def columns_of(subject: Subject, sheet: SheetCells) -> tuple[Columns | None, list[Problem], list[Note]]:
    """Where the sheet's fields stand, with problems and notes on its headings; None when there is no row of them."""
    names = _names(subject)
    header = _header_row(sheet, names)
    if header is None:
        some = ", ".join(heading_text(f) for f in subject.fields[:3])
        wanted = f"a row of headings among the first {_LOOKED_AT} rows, such as {some}"
        left = "nothing of this sheet is read"
        return None, [Problem("TABLE-NONE", subject.sheet, "A1", "", None, wanted, if_left=left)], []
    columns = Columns(header)
    problems, notes = _place(subject, sheet, columns, names)
    return columns, problems, notes


def _names(subject: Subject) -> dict[str, Field | str]:
    named: dict[str, Field | str] = {normal(f.heading): f for f in (*subject.derived, *subject.fields)}
    return {**named, ID: ID, REV: REV, **{heading: heading for heading in _NOT_READ}}


def _header_row(sheet: SheetCells, names: dict[str, Field | str]) -> int | None:
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        known = {normal(cell.raw) for cell in row if cell is not None} & set(names)
        if len(known - {ID, REV, *_NOT_READ}) >= _ENOUGH:
            return index
    return None


def _place(
    subject: Subject, sheet: SheetCells, columns: Columns, names: dict[str, Field | str]
) -> tuple[list[Problem], list[Note]]:
    problems: list[Problem] = []
    notes: list[Note] = []
    first: dict[str, Cell] = {}
    for index, cell in enumerate(sheet.rows[columns.header]):
        if cell is None or not (name := normal(cell.raw)):
            continue
        columns.named.add(index)
        if name not in names:
            near = _near(name, subject)
            if near:
                wanted = f"a heading of this sheet, perhaps {' or '.join(near)}"
                problems.append(_wrong_heading("HEAD-UNKNOWN", subject, cell, wanted, "nothing of the column is read"))
            else:
                where = f"{subject.sheet}!{cell.address} '{quoted(cell.raw)}'"
                words = f"{where} is no heading of ours: that column was not read."
                notes.append(Note("HEAD-UNKNOWN", words, subject.sheet, cell.address))
        elif name in first:
            wanted = f"each heading once: {first[name].address} has it too"
            problems.append(_wrong_heading("HEAD-DUPLICATE", subject, cell, wanted, "nothing of this sheet is read"))
            columns.doubtful = True
        else:
            first[name] = cell
            _keep(columns, subject, names[name], index)
    return problems, notes


def _wrong_heading(code: str, subject: Subject, cell: Cell, wanted: str, if_left: str) -> Problem:
    return Problem(code, subject.sheet, cell.address, "", cell.raw, wanted, if_left=if_left)


def _keep(columns: Columns, subject: Subject, what: Field | str, index: int) -> None:
    if what == ID:
        columns.id = index
    elif what == REV:
        columns.rev = index
    elif isinstance(what, Field):
        (columns.fields if what in subject.fields else columns.derived)[what.name] = index


def _near(name: str, subject: Subject) -> list[str]:
    """Headings of the subject that a slip could have made into this one."""
    headings = {normal(f.heading): heading_text(f) for f in (*subject.fields, *subject.derived)}
    found = process.extract(name, list(headings), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3)
    return [headings[near] for near, _, _ in found]


def lacking(subject: Subject, columns: Columns) -> list[Problem]:
    """The required columns that the sheet has not, without which no row of it can be new."""
    cell = f"A{columns.header + 1}"
    return [
        Problem(
            "HEAD-MISSING", subject.sheet, cell, heading_text(f), None,
            f"a column with the heading {heading_text(f)}, because the file brings new rows",
            if_left="the new rows of this sheet are left out",
        )
        for f in subject.fields
        if f.required and f.name not in columns.fields
    ]  # fmt: skip


class Unnamed:
    """Watches for cells that hold something under no heading."""

    def __init__(self, subject: Subject, columns: Columns) -> None:
        self.notes: list[Note] = []
        self._subject = subject
        self._named = columns.named
        width = max(columns.named, default=-1) + 1
        self._gaps = [n for n in range(width) if n not in columns.named]
        self._width = width

    def look(self, row: Sequence[Cell | None]) -> None:
        for index in (*self._gaps, *range(self._width, len(row))):
            cell = row[index] if index < len(row) else None
            if index not in self._named and cell is not None and not cell.blank:
                self._named.add(index)
                words = f"{self._subject.sheet}!{cell.address} stands under no heading: that column was not read."
                self.notes.append(Note("HEAD-BLANK", words, self._subject.sheet, cell.address))
