"""What a subject is: its record, table, sheet, key and fields. The words every declaration is made of."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from framework.civic import Part


class Kind(StrEnum):
    """What a cell of a field holds."""

    TEXT = "text"
    LONG = "long text"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"
    CHOICE = "choice"
    FLAG = "yes or no"
    ONE = "one"  # a reference to one row of another subject
    MANY = "many"  # references, parted by semicolons
    PERIOD = "period"
    SCHOOL_YEAR = "school year"


@dataclass(frozen=True)
class Field:
    """One column: its name in code and table, its heading in workbook and page, and what a cell may hold."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: type[StrEnum] | None = None
    of: str = ""  # for ONE and MANY: the table referred to
    part: Part | None = None  # for references to elements: which part
    low: float | None = None
    high: float | None = None
    default: Any = None  # of an empty cell; None: no value
    help: str = ""
    personal: bool = False
    private: bool = False  # for leaders alone: in no other picture, and in no workbook that goes to someone
    lasting: bool = False  # once known it is kept for ever: an empty cell never clears it
    since: int = (
        1  # the schema it came with; of an appended subject the ledger's hash passes over later ones while empty
    )


# Whether a row was put away: kept beside its fields, and no column of the workbook.
ARCHIVED = Field("archived", "archived", Kind.FLAG, default=False)


@dataclass(frozen=True, eq=False)  # each is declared once; comparing all its fields would make it a slow key
class Subject:
    """One kind of thing the product keeps.

    key      fields that tell two rows apart when the hidden id is missing
    derived  headings that the ledger knows (recorded on, earlier value); written out, read only by the sample's replay
    """

    table: str
    sheet: str
    title: str
    one: str
    record: type[Any]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    derived: tuple[Field, ...] = ()
    appended: bool = False  # rows are only ever added; a correction is a new row

    def field(self, name: str) -> Field:
        """A field by its name; `archived` is one of every subject. Raises KeyError for any other."""
        return self._by_name[name]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {ARCHIVED.name: ARCHIVED} | {f.name: f for f in self.fields}


def choice(name: str, heading: str, choices: type[StrEnum], **more: Any) -> Field:
    return Field(name, heading, Kind.CHOICE, choices=choices, **more)


def one(name: str, heading: str, of: str, **more: Any) -> Field:
    return Field(name, heading, Kind.ONE, of=of, **more)


def many(name: str, heading: str, of: str, **more: Any) -> Field:
    return Field(name, heading, Kind.MANY, of=of, default=(), **more)


FICTIONAL = Field("fictional", "fictional", Kind.FLAG, default=False, help="yes: a made-up sample row")
RECORDED_ON = Field("recorded_on", "recorded on", Kind.DATE, help="the day it was first written down here")

TAGS = (
    many("pillars", "pillars", "element", part=Part.PILLAR, help="numbers, parted by semicolons: 1; 2"),
    many("statements", "statements", "element", part=Part.STATEMENT, help="numbers, parted by semicolons: 4; 5"),
    one("strand", "strand", "element", part=Part.STRAND, help="the main strand"),
    many("other_strands", "other strands", "element", part=Part.STRAND),
    many("priorities", "priorities", "element", part=Part.PRIORITY, help="numbers, parted by semicolons: 1; 3"),
)
