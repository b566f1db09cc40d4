"""The first sheet: what the workbook is and whose, how to fill it, how to send it back, and what is never deleted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from framework.periods import day_words, local_day
from framework.subjects import SHEET_ORDER
from framework.workbook.grids import Grid
from framework.workbook.headings import GUIDE_SHEET
from framework.workbook.looks import LINE, STATUS_COLOURS, TITLE_LINE, Looks, height
from framework.workbook.text import write_text

TITLE = "Civic duty plan: the workbook"
_WHOLE = (
    "The trust's civic duty plan: the framework word for word, actions with milestones and updates, KPIs with "
    "targets, values, notes on their lines and other people's figures to set beside them, and the schools, "
    "organisations, people, events, calendar and meetings they name."
)
_PART = "A part of the trust's civic duty plan. What this copy does not hold stays in the plan as it is."
_SHAPE = "Each sheet has one table. Its headings stand in row 3, one thing a row below them."
Parts = Sequence[tuple[str, Sequence[str]]]  # headings, each with its lines
_PARTS: Parts = (
    (
        "How to fill it",
        (
            "A heading with * must be filled in every row; its note says (required). Other cells may be blank: blank "
            "means not known or not set.",
            "Write dates as real dates, such as 12 Nov 2026, and numbers without their unit. A percentage is 0 to 100.",
            "Write periods as Autumn 1, 2026/27, as Autumn term, 2026/27, as 2026/27, as Quarter 1, 2026/27, as "
            "September 2026 or as week of 2 Nov 2026.",
            "Where a cell takes several things, part them with semicolons: 1; 2. A drop-down offers what can be "
            "chosen; the sheet Lists shows all of it. Choose a cell to see what it takes.",
            "Name things as their own sheet does: actions and KPIs by code, people, schools and organisations by name.",
            "Sort, filter, add rows and hide columns as you like. Columns A and B are hidden: they tell rows apart, "
            "so please leave them, and leave them empty in a row that you add.",
        ),
    ),
    (
        "How to send it back",
        (
            "Save it as an Excel workbook (.xlsx) and choose it on the page Data. One saved by LibreOffice (.ods), and "
            "one sheet saved as CSV, can be chosen too.",
            "You see what would change before anything does, beside what was here when this copy was made and what is "
            "here now. Cells that cannot be right are listed all at once.",
            "Loading the same file twice changes nothing.",
        ),
    ),
    (
        "What becomes of what you change",
        (
            "A cell that you fill or change: what you wrote is taken. Where someone changed the same thing here "
            "meanwhile, both are shown, and what is here stays until somebody chooses.",
            "A cell that you empty: it is listed apart, and what is here stays until somebody says to clear it.",
            "A row that you add: it is new in the plan. A row that you copy: give the copy a name of its own.",
            "A row that you take out: it stays in the plan. It is listed as not in your file.",
            "A sheet or a column that you take out: nothing of it is changed. New rows need the columns with *.",
            "A column of your own, on the right of ours: it is yours. Nothing of it is read, and you are told so.",
        ),
    ),
    (
        "What is never deleted",
        (
            "Nothing is deleted by loading a file. A row that is not wanted any more is archived, and earlier values, "
            "dates and words are kept in the history.",
        ),
    ),
)
_WIDTH = 110.0  # characters
_KEY_HEADING = "Colours, in words"
_KEY = "Status is a word; its colour only repeats it. A blank status means not set."


def write_guide(
    workbook: Any, meta: Mapping[str, Any], looks: Looks, grids: Sequence[Grid], parts: Parts | None = None
) -> None:
    """The sheet Start here. `meta` may give a title of its own, and says whether rows are invented.

    grids  what the workbook holds
    parts  what a workbook made for one purpose says in place of how to fill and send back any; None: the usual
    """
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, _WIDTH, looks.guide)
    sheet.hide_gridlines(2)
    sheet.set_row(0, TITLE_LINE)
    write_text(sheet, 0, 0, title_of(meta), looks.title)
    row = _write_lines(sheet, 2, _about(meta), looks)
    for heading, lines in parts or (("What this is", tuple(_what(meta, grids))), *_PARTS):
        write_text(sheet, row + 1, 0, heading, looks.guide_heading)
        row = _write_lines(sheet, row + 2, lines, looks)
    if parts is None:
        _write_key(sheet, row + 1, looks)
    sheet.set_landscape()  # LibreOffice makes no page fit one column that is wider than it
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_key(sheet: Any, row: int, looks: Looks) -> None:
    """What the colours of statuses repeat."""
    write_text(sheet, row, 0, _KEY_HEADING, looks.guide_heading)
    row = _write_lines(sheet, row + 1, (_KEY,), looks)
    for status, (colour, _) in STATUS_COLOURS.items():
        write_text(sheet, row, 0, f"{status.value}: {colour}", looks.status[status])
        row += 1


def _write_lines(sheet: Any, row: int, lines: Iterator[str] | Sequence[str], looks: Looks) -> int:
    """Write lines from a row on; the row after the last."""
    for line in lines:
        write_text(sheet, row, 0, line, looks.guide)
        if (tall := height([(line, _WIDTH)])) > LINE:
            sheet.set_row(row, tall)
        row += 1
    return row


def title_of(meta: Mapping[str, Any]) -> str:
    then = f" · as at {_day_of(meta['as_at'])}" if meta.get("as_at") else ""
    return str(meta.get("title") or TITLE) + then + (" · fictional sample" if meta.get("fictional") else "")


def _day_of(moment: str) -> str:
    return day_words(local_day(datetime.fromisoformat(moment)))


def _about(meta: Mapping[str, Any]) -> Iterator[str]:
    if meta.get("fictional"):
        today = meta.get("sample_day")
        yield "Everything marked fictional is invented: no such school, person, organisation or figure exists."
        if today:
            yield f"The sample's today is {day_words(date.fromisoformat(today))}."
    if meta.get("title"):
        yield f"This copy was made for one purpose. It holds: {meta['title']}."
    if meta.get("holds"):
        yield f"It holds {meta['holds']}, and nothing later."
    if meta.get("exported_at"):
        by = f" by {meta['by']}" if meta.get("by") else ""
        yield f"Written on {_day_of(meta['exported_at'])}{by}."


def _what(meta: Mapping[str, Any], grids: Sequence[Grid]) -> Iterator[str]:
    whole = not meta.get("scope") and len(grids) == len(SHEET_ORDER)
    yield _WHOLE if whole else _PART
    if not any(grid.rows for grid in grids):
        yield f"It is an empty template with these sheets: {', '.join(grid.subject.sheet for grid in grids)}."
    else:
        yield f"It holds these sheets: {', '.join(_counted(grid) for grid in grids)}."
    yield _SHAPE


def _counted(grid: Grid) -> str:
    return f"{grid.subject.sheet} ({len(grid.rows):,} {'row' if len(grid.rows) == 1 else 'rows'})"
