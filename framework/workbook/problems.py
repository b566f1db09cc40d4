"""What a check finds: rows that could be read, and every cell that cannot be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from framework.workbook.text import quoted


@dataclass(frozen=True)
class Problem:
    """One cell that cannot be loaded as it stands.

    code   of `spreadsheets`' list (CELL-DATE, REF-UNKNOWN …), for tests and for gathering like with like
    found  what the cell says; None: nothing
    """

    code: str
    sheet: str
    cell: str
    heading: str
    found: str | None
    wanted: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell} {self.heading}".rstrip()
        found = "nothing" if self.found is None else f'"{quoted(self.found)}"'
        return f"{where}: found {found}, wanted {self.wanted}."


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
    """

    table: str
    ref: str
    data: Mapping[str, Any]
    cells: Mapping[str, tuple[str, str]]
    derived: Mapping[str, Any]
    sheet: str
    number: int
    label: str
    is_new: bool
    seen: int | None


@dataclass(frozen=True)
class Checked:
    """A checked workbook. `rows` has a table for every sheet that was read, even when it holds no row.

    While there are problems, nothing of it may be loaded.
    """

    rows: Mapping[str, list[FileRow]]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
