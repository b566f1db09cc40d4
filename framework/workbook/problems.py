"""What a check finds: rows that could be read, and every cell that cannot be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework.workbook.cells import Note
from framework.workbook.text import quoted


@dataclass(frozen=True)
class Problem:
    """One cell that cannot be loaded as it stands.

    code     of `spreadsheets`' list (CELL-DATE, REF-UNKNOWN …), for tests and for gathering like with like
    found    what the cell says; None: nothing
    row      the number of the row that cannot go in because of it; 0: it is not one row's
    title    what the row calls itself
    if_left  what happens if nobody mends it
    """

    code: str
    sheet: str
    cell: str
    heading: str
    found: str | None
    wanted: str
    row: int = 0
    title: str = ""
    if_left: str = ""

    def __str__(self) -> str:
        about = ", ".join(filter(None, (self.heading, self.title and f"'{quoted(self.title)}'")))
        where = f"{self.sheet}!{self.cell}" + (f" ({about})" if about else "")
        found = "it is empty" if self.found is None else f'it says "{quoted(self.found)}"'
        left = f" If you leave it, {self.if_left}." if self.if_left else ""
        return f"{where}: {found}; we need {self.wanted}.{left}"


class Unfit(Exception):
    """A cell's content is not what its field takes. Never leaves the check."""

    def __init__(self, code: str, wanted: str) -> None:
        super().__init__(wanted)
        self.code = code
        self.wanted = wanted


@dataclass(frozen=True)
class FileRow:
    """One row of a sheet.

    data     fields whose column is present; a field that could not be read has its default
    cells    of every filled cell of a field: its address and what stood in it
    derived  what the file says of things that only the ledger knows (recorded on, earlier value)
    seen     the row's version when the file was written; None when the file does not say
    version  the row's version here; 0 when it is new
    wrong    it has a problem, or stands on a sheet that has: it cannot go in
    """

    table: str
    ref: str
    data: Mapping[str, Any]
    cells: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, Any]
    sheet: str
    number: int
    label: str
    is_new: bool
    seen: int | None
    version: int = 0
    wrong: bool = False


@dataclass(frozen=True)
class Checked:
    """A checked workbook. `rows` has a table for every sheet that was read, even when it holds no row.

    While there are problems, nothing of it may be loaded, or all but the rows that have one.
    written   tables whose rows were written out from here: only of these is a row that the file lacks missing
    shuffled  sheets whose rows were sorted without their hidden ids
    """

    rows: Mapping[str, list[FileRow]]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    written: frozenset[str] = frozenset()
    shuffled: tuple[str, ...] = ()
