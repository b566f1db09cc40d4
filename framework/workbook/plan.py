"""What loading a file would do, and what someone chose in it: the shapes that preview, deeds and undo share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from framework.workbook.cells import Note
from framework.workbook.problems import FileRow, Problem

Data = Mapping[str, Any]
Key = tuple[str, str]  # table, ref


class Outcome(StrEnum):
    """What came of a field that is not the same on all three sides."""

    CHANGED = "changed"  # the file changed it, nobody here did: the file's is taken
    MERGED = "merged"  # both changed a list: what each added, without what each took out
    CONFLICT = "conflict"  # both changed it, differently, or it is archived here: ours stays unless someone chooses
    CLEARED = "cleared"  # empty in the file, filled as exported: ours stays unless someone chooses
    CHANGED_HERE = "changed here"  # what the file says stood here before, or stands in what is here: ours stays


@dataclass(frozen=True)
class FieldChange:
    """One field on its three sides. `kept`: what stands after loading when nobody chooses."""

    name: str
    outcome: Outcome
    base: Any
    file: Any
    ours: Any
    kept: Any


@dataclass(frozen=True)
class RowChange:
    """A row that would be added, or of which at least one field is not the same on all sides.

    number    the row's number in the file; 0: it comes from no file
    version   of the row as it was compared, 0 for a new one; a deed refuses when it has moved since
    before    the fields as they stand here; None for a new row
    data      all fields as they would stand when nobody chooses
    fields    empty for a new row; `archived` is among them where undoing puts a row away or brings it back
    derived   what the file says of things that only the ledger knows
    archived  it is archived here and stays so, and nothing of it is taken, unless someone chooses the file's
    """

    table: str
    ref: str
    label: str
    sheet: str
    number: int
    version: int
    is_new: bool
    before: Data | None
    data: Data
    fields: tuple[FieldChange, ...] = ()
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: Data = field(default_factory=dict)
    archived: bool = False


@dataclass(frozen=True)
class MissingRow:
    """A row that stands here, stood in what the file was made from, and is not in the file. It stays.

    data          its fields as they stand here
    changed_here  it moved here after the file was made
    """

    table: str
    ref: str
    label: str
    version: int
    changed_here: bool
    data: Data = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What loading a file, or undoing a change, would do.

    unchanged  rows that are the same, by table
    left_out   rows of the file that have a problem: nothing is loaded, or all but them
    based_on   the last change the comparison knew of
    shuffled   sheets whose rows were sorted without their hidden ids; matching by title passes over the ids
    unanswered questions about a stranger's file that nobody answered: until then nothing of it is loaded
    """

    changes: tuple[RowChange, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    unchanged: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    based_on: int = 0
    left_out: tuple[FileRow, ...] = ()
    shuffled: tuple[str, ...] = ()
    unanswered: int = 0


class Take(StrEnum):
    FILE = "file"
    OURS = "ours"
    BOTH = "both"  # lists as sets; long text one after the other


@dataclass(frozen=True)
class Choices:
    """What someone chose on the preview; nothing chosen: what each FieldChange says is kept.

    fields         by table, ref and field; in a figure (a number and its counts) what is not chosen follows what is
    rows           OURS leaves a whole row out; FILE takes all of it, conflicts too, but clears nothing
    archive        missing rows to archive
    clear          take every cleared cell
    without_wrong  load the rest although some rows have problems
    """

    fields: Mapping[tuple[str, str, str], Take] = field(default_factory=dict)
    rows: Mapping[Key, Take] = field(default_factory=dict)
    archive: frozenset[Key] = frozenset()
    clear: bool = False
    without_wrong: bool = False


@dataclass(frozen=True)
class Written:
    """One row exactly as a deed puts it. A value that is `archived` is withdrawn."""

    table: str
    ref: str
    data: Data
    version: int
    is_new: bool
    archived: bool
    sheet: str = ""
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    derived: Data = field(default_factory=dict)
