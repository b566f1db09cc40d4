"""The first sheet: what the workbook is, how to fill it, how to send it back, and what is never deleted."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from framework.periods import day_words, local_day
from framework.workbook.headings import GUIDE_SHEET
from framework.workbook.looks import LINE, STATUS_COLOURS, Looks, height

TITLE = "Civic duty plan: the workbook"
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What this is",
        (
            "The trust's civic duty plan: the framework word for word, actions with milestones and updates, KPIs with "
            "targets, values, notes on their lines and other people's figures to set beside them, and the schools, "
            "organisations, people, events, calendar and meetings they name.",
            "Each sheet has one table. Its headings stand in row 3, one thing a row below them.",
        ),
    ),
    (
        "How to fill it",
        (
            "A heading with * must be filled in every row. Other cells may be blank: blank means not known or not set.",
            "Write dates as real dates, such as 12 Nov 2026, and numbers without their unit. A percentage is 0 to 100.",
            "Write periods as Autumn 1, 2026/27, as Autumn term, 2026/27, as 2026/27, as Quarter 1, 2026/27, as "
            "September 2026 or as week of 2 Nov 2026.",
            "Where a cell takes several things, part them with semicolons: 1; 2. A drop-down offers what can be "
            "chosen; the sheet Lists shows all of it.",
            "Name things as their own sheet does: actions and KPIs by code, people, schools and organisations by name.",
            "Sort, filter, add rows and hide columns as you like. Columns A and B are hidden: they tell rows apart, "
            "so please leave them, and leave them empty in a row that you add.",
        ),
    ),
    (
        "How to send it back",
        (
            "Save it as an Excel workbook (.xlsx) and choose it on the page Data. You see what would change before "
            "anything does. Cells that cannot be right are listed all at once, and then nothing is loaded.",
            "Loading the same file twice changes nothing.",
        ),
    ),
    (
        "What is never deleted",
        (
            "A row or a sheet that you take out stays in the plan. A cell that you empty is listed apart and cleared "
            "only when you say so. Earlier values, dates and words are kept in the history.",
        ),
    ),
)
_WIDTH = 110.0  # characters
_KEY_HEADING = "Colours, in words"


def write_guide(workbook: Any, meta: Mapping[str, Any], looks: Looks) -> None:
    """The sheet Start here. `meta` may give a title of its own, and says whether rows are invented."""
    sheet = workbook.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, _WIDTH, looks.guide)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title_of(meta), looks.title)
    row = 2
    for line in _about(meta):
        sheet.write_string(row, 0, line, looks.guide)
        row += 1
    for heading, lines in _PARTS:
        sheet.write_string(row + 1, 0, heading, looks.guide_heading)
        for n, line in enumerate(lines, row + 2):
            sheet.write_string(n, 0, line, looks.guide)
            if (tall := height([(line, _WIDTH)])) > LINE:
                sheet.set_row(n, tall)
        row += 2 + len(lines)
    sheet.write_string(row + 1, 0, _KEY_HEADING, looks.guide_heading)
    for n, line in enumerate(_colour_key(), row + 2):
        sheet.write_string(n, 0, line, looks.guide)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def title_of(meta: Mapping[str, Any]) -> str:
    return str(meta.get("title") or TITLE) + (" · fictional sample" if meta.get("fictional") else "")


def _about(meta: Mapping[str, Any]) -> Iterator[str]:
    if meta.get("fictional"):
        today = meta.get("sample_day")
        yield "Everything marked fictional is invented: no such school, person, organisation or figure exists."
        if today:
            yield f"The sample's today is {day_words(date.fromisoformat(today))}."
    if meta.get("scope"):
        yield f"This copy holds: {meta['scope']}."
    if meta.get("exported_at"):
        by = f" by {meta['by']}" if meta.get("by") else ""
        yield f"Written on {day_words(local_day(datetime.fromisoformat(meta['exported_at'])))}{by}."


def _colour_key() -> Iterator[str]:
    yield "Status is a word; its colour only repeats it. A blank status means not set."
    for status, (colour, _) in STATUS_COLOURS.items():
        yield f"{status.value}: {colour}"
