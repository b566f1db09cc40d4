"""What rows were before: as a file was made from them, and as a change found and left them. Shapes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Data = Mapping[str, Any]  # a row's declared fields


class FiledRow(Protocol):
    """What must be known of a row of a file to look up what it was made from."""

    @property
    def ref(self) -> str: ...
    @property
    def seen(self) -> int | None: ...
    @property
    def version(self) -> int: ...


class Filed(Protocol):
    """A file's rows, by table."""

    @property
    def rows(self) -> Mapping[str, Sequence[FiledRow]]: ...


@dataclass(frozen=True)
class Bases:
    """What a file was made from, told by what moved here since: a row in none of these is now as it was then.

    revision  the change after which the file was written; None: it does not say
    rows      by table and ref: the fields of a row as the file was made from it
    moved     by table: rows that changed here since, in the file or not
    added     by table: rows that came here since; nothing of them stood when the file was made
    """

    revision: int | None = None
    rows: Mapping[str, Mapping[str, Data]] = field(default_factory=dict)
    moved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    added: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Left:
    """One row of a change, before and after it.

    before  None: the change made the row
    """

    table: str
    ref: str
    before: Data | None
    after: Data
    was_archived: bool
    is_archived: bool
    version: int  # of the row as the change left it; of a value the change itself


@dataclass(frozen=True)
class LeftSetting:
    """One setting of a change, before and after it.

    before, now  None: nobody had set it, nobody has
    """

    name: str
    before: Any
    after: Any
    now: Any  # as it stands


@dataclass(frozen=True)
class WholeChange:
    """All that a change left, beside what stands here now.

    of_load  it loaded a file, or undid a change that did
    here     by table and ref: the rows that stand here; of values only those that the change can have to do with
    newest   the newest change in `here`
    """

    rows: tuple[Left, ...]
    settings: tuple[LeftSetting, ...]
    of_load: bool
    here: Mapping[str, Mapping[str, Any]]
    newest: int
