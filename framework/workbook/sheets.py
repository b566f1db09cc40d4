"""One subject's sheet: a title in A1, one real table from A3, and for every column its width, drop-down and help."""

import math
from datetime import date
from typing import Any

from framework.errors import ValueRefused
from framework.plans import Status
from framework.subjects import Field, Kind
from framework.workbook.grids import Grid
from framework.workbook.headings import heading_text
from framework.workbook.lists import list_name
from framework.workbook.looks import LINE, STATUS_COLOURS, TITLE_LINE, WIDTHS, Looks, height
from framework.workbook.text import CELL_HOLDS, LIKE_A_FORMULA, write_text
from framework.workbook.values import bounds_words

_HEADER = 2  # counted from nought: the headings stand in row 3
_FIELDS_FROM = 2  # columns A and B are hidden
_ROOM = 1_000  # rows below the table that have the drop-downs too
_TITLE_HOLDS, _HELP_HOLDS = 32, 255  # Excel's limits on an input message
AUTHOR = "Civic Duty Dashboard"


def write_sheet(workbook: Any, grid: Grid, looks: Looks, *, fictional: bool) -> None:
    """Write a grid as a sheet of the workbook."""
    sheet = workbook.add_worksheet(grid.subject.sheet)
    _write_heads(sheet, grid, looks, fictional=fictional)
    last = _HEADER + max(len(grid.rows), 1)  # a table has at least one row, filled or not
    _write_table(sheet, grid, looks, last)
    for number, row in enumerate(grid.rows, _HEADER + 1):
        _write_row(sheet, grid, looks, number, row)
    for column, field in enumerate(grid.columns, _FIELDS_FROM):
        dress(sheet, field, looks, column, last, header=_HEADER)
    lay_out(sheet, header=_HEADER, first=_FIELDS_FROM)


def _write_heads(sheet: Any, grid: Grid, looks: Looks, *, fictional: bool) -> None:
    subject = grid.subject
    title = subject.title + (" · fictional sample" if fictional else "")
    help_line = f"One row for {subject.one}. Headings with * must be filled. The sheet Start here says more."
    sheet.set_row(0, TITLE_LINE)
    # Column A is hidden: A1 is what a screen reader reads first, C1 what people see.
    for column in (0, _FIELDS_FROM):
        sheet.write_string(0, column, title, looks.title)
        sheet.write_string(1, column, help_line, looks.help)


def _write_table(sheet: Any, grid: Grid, looks: Looks, last: int) -> None:
    headings = grid.headings
    columns = [{"header": heading, "header_format": looks.heading} for heading in headings]
    name = f"table_{grid.subject.sheet}"
    style = "Table Style Light 1"
    sheet.add_table(_HEADER, 0, last, len(headings) - 1, {"name": name, "columns": columns, "style": style})
    sheet.set_column(0, _FIELDS_FROM - 1, 12, looks.hidden, {"hidden": True})


def _write_row(sheet: Any, grid: Grid, looks: Looks, number: int, row: list[Any]) -> None:
    widths = (WIDTHS[field.kind] for field in grid.columns)
    tall = height((v, w) for v, w in zip(row[_FIELDS_FROM:], widths, strict=False) if isinstance(v, str))
    if tall > LINE:
        sheet.set_row(number, tall)
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if column < _FIELDS_FROM:
            write_value(sheet, number, column, value, looks.hidden, looks)
            continue
        field = grid.columns[column - _FIELDS_FROM]
        if isinstance(value, str) and len(value) > CELL_HOLDS:
            which = f"{grid.subject.sheet}, row {number + 1}, {field.heading}"
            raise ValueRefused(
                f"{which}: the text has {len(value):,} characters and a cell holds {CELL_HOLDS:,}. "
                "Shorten it, then download the workbook again."
            )
        write_value(sheet, number, column, value, looks.of(field.kind), looks)


def write_value(sheet: Any, row: int, column: int, value: Any, form: Any, looks: Looks) -> None:
    """Write one value as what it is. A text is never a formula, a link or a number, whatever it looks like."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, looks.date)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise ValueError(f"not a number that a cell can hold: {value}")
        sheet.write_number(row, column, value, form)
    else:
        text = str(value)
        write_text(sheet, row, column, text, looks.guarded if text.startswith(LIKE_A_FORMULA) else form)


def dress(sheet: Any, field: Field, looks: Looks, column: int, last: int, *, header: int) -> None:
    """Give a column its width, its help, its drop-down and its colours, down to some room below its last row.

    Rows and columns are counted from nought.
    """
    below = last + _ROOM
    sheet.set_column(column, column, WIDTHS[field.kind], looks.of(field.kind))
    if field.required:
        sheet.write_comment(header, column, required_words(field), {"author": AUTHOR})
    sheet.data_validation(header + 1, column, below, column, _validation(field))
    if field.choices is Status:
        for status in STATUS_COLOURS:
            rule = {"type": "cell", "criteria": "==", "value": f'"{status.value}"', "format": looks.status[status]}
            sheet.conditional_format(header + 1, column, below, column, rule)


def required_words(field: Field) -> str:
    """What the heading of a field that must be filled says when it is pointed at."""
    return f"(required) {_help(field)}"


def _validation(field: Field) -> dict[str, Any]:
    said = {
        "input_title": heading_text(field)[:_TITLE_HOLDS],
        "input_message": _help(field)[:_HELP_HOLDS],
    }
    name = list_name(field)
    if name is None:
        return {"validate": "any", **said}
    return {
        "validate": "list",
        "source": f"={name}",
        "error_type": "warning",  # help, not protection: a word that is new here may be meant
        "error_title": "Not on the list",
        "error_message": "The sheet Lists shows what can be chosen here. Keep it all the same?",
        **said,
    }


_KIND_HELP: dict[Kind, str] = {
    Kind.TEXT: "text",
    Kind.LONG: "text, of any length",
    Kind.DATE: "a date such as 12 Nov 2026",
    Kind.NUMBER: "a number such as 62.5, without its unit",
    Kind.WHOLE: "a whole number",
    Kind.CHOICE: "one word of the list",
    Kind.FLAG: "yes or no",
    Kind.ONE: "one of the list",
    Kind.MANY: "one or more, parted by semicolons",
    Kind.PERIOD: "a period such as Autumn 1, 2026/27",
    Kind.SCHOOL_YEAR: "a school year such as 2026/27",
}


def _help(field: Field) -> str:
    """What the cell takes, then what it means."""
    takes = _KIND_HELP[field.kind]
    if field.low is not None or field.high is not None:
        takes = bounds_words(field.low, field.high)
    return ". ".join(part[:1].upper() + part[1:] for part in (field.help, takes) if part) + "."


def lay_out(sheet: Any, *, header: int, first: int) -> None:
    """Freeze the headings and the first visible column; on paper, landscape and as wide as one page."""
    sheet.freeze_panes(header + 1, first + 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
