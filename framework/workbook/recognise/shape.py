"""What is recognised in a workbook: its tables, their columns and records, questions, and layouts that remember."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from framework.workbook.cells import Cell, Note
from framework.workbook.problems import Problem


class Holds(StrEnum):
    """What a table's records are."""

    ACTIONS = "actions"
    RISKS = "risks"
    KPIS = "KPIs"
    VALUES = "values"
    OTHER = "something else"  # a table, but not one of a plan; it can be mapped by hand


class Way(StrEnum):
    """How a table runs."""

    DOWN = "down"  # a record a row
    ACROSS = "across"  # a record a column
    PERIODS_ACROSS = "periods across"  # a record a row, with one column a period


class How(StrEnum):
    """How a column came by its field."""

    SYNONYM = "synonym"
    LAYOUT = "layout"
    CONTENT = "content"
    NONE = ""


@dataclass(frozen=True)
class Column:
    """One column of a table (of a table that runs across: one row).

    index      counted from 1
    heading    as it stands, header rows joined by a space; empty: it has none
    field      a name of `fields.FIELDS`; None: not mapped
    suggested  a near field that a person may accept; never taken unasked
    period     of a column that holds one period of a block of periods: its heading in words, as in the cell
    """

    index: int
    heading: str
    field: str | None = None
    how: How = How.NONE
    suggested: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Record:
    """One row of a table (of a table that runs across: one column).

    number  the row or column, counted from 1
    cells   by column index: its filled cells; a vertical merge or a group label is filled down, with its own address
    """

    number: int
    cells: Mapping[int, Cell]


@dataclass(frozen=True)
class Table:
    """One table that was found. Rows and columns count from 1.

    header_rows  the rows of its headings, the lowest last; of a table that runs across, the columns of its labels
    used         whether it is taken unless someone says otherwise; `why` says why not
    sure         0 to 1: how much it looks like a table
    fills        the static colours of its sheet by row and column: used where someone says that they are meant
    """

    sheet: str
    holds: Holds
    way: Way
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: tuple[Record, ...]
    used: bool = True
    why: str = ""
    sure: float = 1.0
    notes: tuple[Note, ...] = ()
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict, repr=False)

    @property
    def header_row(self) -> int:
        return self.header_rows[-1]


class Asks(StrEnum):
    """What a question is about."""

    COLUMN = "column"  # which field a column is
    VALUE = "value"  # what a word means
    DATES = "dates"  # which of day and month stands first in a column
    SCALE = "scale"  # whether a column's numbers are shares of 1 or percentages
    COLOURS = "colours"  # whether colours are meant
    SHEET = "sheet"  # whether a sheet is taken


@dataclass(frozen=True)
class Choice:
    """One way to answer: what is remembered, and how it is said."""

    value: str
    words: str


@dataclass(frozen=True)
class Question:
    """One thing only a person can say; its answer settles every cell it names.

    key        stable and remembered: `value|status|in hand`, `column|lead officer`; texts are normalised
    suggested  the value of the choice that stands until someone chooses; None: it must be answered
    cells      `Sheet!H14`, the first few
    """

    key: str
    asks: Asks
    words: str
    choices: tuple[Choice, ...]
    suggested: str | None = None
    cells: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Layout:
    """A saved recognition of someone's headings, found again by them and not by where they stand.

    key      of the normalised headings of the tables that are used
    fields   normalised heading → field; "" : passed over
    answers  question key → the choice's value
    """

    key: str
    name: str
    headings: frozenset[str]
    fields: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetSeen:
    """One sheet of the file, and why nothing was taken from it, where nothing was."""

    title: str
    hidden: bool
    valued: int
    why: str = ""


@dataclass(frozen=True)
class Looked:
    """What was recognised in a file. `layout` is the saved one that was applied, None when none fits."""

    name: str
    sha256: str
    kind: str
    reader: str
    sheets: tuple[SheetSeen, ...]
    tables: tuple[Table, ...]
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    layout: Layout | None = None
