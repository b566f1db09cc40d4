"""What is said of a table beside its records: headings joined, what is hidden, what stands beside it, stray cells."""

from collections.abc import Iterator, Sequence

from framework.workbook.cells import Note
from framework.workbook.recognise.beside import Sides
from framework.workbook.recognise.filling import spans
from framework.workbook.recognise.grid import Grid, address, letter, mask_of
from framework.workbook.recognise.headers import Heading
from framework.workbook.recognise.known import named
from framework.workbook.recognise.labels import without_footnote
from framework.workbook.recognise.shape import Column, Table

_NAMED = 5  # cells that a note names


def headings_noted(grid: Grid, heading: Heading, columns: Sequence[Column]) -> Iterator[Note]:
    for column in columns:
        bare = without_footnote(column.heading)
        if column.index and bare is not None and column.period is None and not named(column.heading.replace(" ", "")):
            words = (
                f"{grid.title}: the heading '{column.heading}' was read as '{bare}': its digit looks like a footnote's."
            )
            yield Note("HEAD-FOOTNOTE", words, grid.title, address(heading.bottom, column.index))
    if len(heading.rows) > 1:
        words = f"{grid.title}: {spans(heading.rows)} were joined to one row of headings."
        yield Note("HEAD-JOINED", words, grid.title, address(heading.top, columns[0].index or 1))


def hidden_noted(grid: Grid, heading: Heading, columns: Sequence[Column], rows: Sequence[int]) -> Iterator[Note]:
    hidden = [c.index for c in columns if c.index in grid.sheet.hidden_columns]
    if hidden:
        some = ", ".join(letter(c) for c in hidden[:_NAMED]) + (" and more" if len(hidden) > _NAMED else "")
        said = f"column {some} is" if len(hidden) == 1 else f"columns {some} are"
        words = f"{grid.title}: {said} hidden. Read all the same."
        yield Note("COLUMN-HIDDEN", words, grid.title, address(heading.bottom, hidden[0]))
    if grid.sheet.hidden_rows:
        unseen = [row for row in rows if row in grid.sheet.hidden_rows]
        if unseen:
            words = f"{grid.title}: {spans(unseen)} {'is' if len(unseen) == 1 else 'are'} hidden. Read all the same."
            yield Note("ROW-HIDDEN", words, grid.title, address(unseen[0], 1))


def beside_noted(grid: Grid, beside: Sides) -> list[Note]:
    notes = []
    for block in beside.aside:
        where = letter(block[0]) if len(block) == 1 else f"{letter(block[0])}-{letter(block[-1])}"
        words = f"{grid.title}: what stands in {where} beside the table was left aside."
        notes.append(Note("BESIDE", words, grid.title, f"{letter(block[0])}1"))
    if beside.strays:
        notes.append(stray_note(grid.title, [address(*where) for where in beside.strays]))
    return notes


def stray_note(title: str, cells: Sequence[str]) -> Note:
    some = ", ".join(cells[:_NAMED]) + (f" and {len(cells) - _NAMED:,} more" if len(cells) > _NAMED else "")
    many = "have stray values" if len(cells) > 1 else "has a stray value"
    words = f"Sheet '{title}', {some} {many} outside the table. We ignored {'them' if len(cells) > 1 else 'it'}."
    return Note("FILE-STRAY-CELL", words, title, cells[0])


def strays_across(grid: Grid, table: Table) -> list[Note]:
    columns = mask_of([r.number for r in table.records]) | 1 << table.header_rows[0]
    rows = {c.index for c in table.columns}
    strays = [
        address(row, column)
        for row, cells in grid.rows(1, grid.last)
        for column, _ in cells
        if row not in rows or not columns >> column & 1
    ]
    return [stray_note(grid.title, strays)] if strays else []
