"""What each sheet of a workbook holds, before it is written: one grid a subject, from records or from plain rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework.subjects import Field, Kind, Subject
from framework.workbook.headings import ID, REV, heading_text, normal
from framework.workbook.words import Known, shown

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # sheet: rows of heading to cell
Derived = Mapping[str, Mapping[str, Mapping[str, Any]]]  # table, ref, name of a derived field

# What is written as itself; everything else is written in words.
_AS_ITSELF = (Kind.DATE, Kind.NUMBER, Kind.WHOLE)


@dataclass(frozen=True)
class Grid:
    """A sheet's rows. The first two cells of a row are its hidden id and revision, then come the columns."""

    subject: Subject
    rows: list[list[Any]]
    private: bool = True  # whether it has the columns that are for leaders alone
    only: tuple[Field, ...] = ()  # its columns, where they are not the subject's own

    @property
    def columns(self) -> tuple[Field, ...]:
        if self.only:
            return self.only
        return (*fields_of(self.subject, private=self.private), *self.subject.derived)

    @property
    def headings(self) -> list[str]:
        return [ID, REV, *(heading_text(field) for field in self.columns)]

    def column(self, name: str) -> list[Any]:
        """A field's cells, downwards."""
        index = 2 + [field.name for field in self.columns].index(name)
        return [row[index] for row in self.rows]


def fields_of(subject: Subject, *, private: bool) -> tuple[Field, ...]:
    """The subject's fields; those for leaders alone only where `private` says so."""
    return tuple(field for field in subject.fields if private or not field.private)


def from_records(subject: Subject, known: Known, derived: Derived, *, private: bool = True) -> Grid:
    """The rows that stand here, archived ones left out."""
    more = derived.get(subject.table, {})
    live = [row for row in known.get(subject.table, {}).values() if not row.archived]
    fields = fields_of(subject, private=private)
    return Grid(subject, [_from_record(subject, fields, row, known, more.get(row.ref, {})) for row in live], private)


def _from_record(
    subject: Subject, fields: Sequence[Field], row: Any, known: Known, derived: Mapping[str, Any]
) -> list[Any]:
    own = [cell(subject, field, getattr(row, field.name), known) for field in fields]
    return [row.ref, row.version, *own, *(cell(subject, f, derived.get(f.name), known) for f in subject.derived)]


def cell(subject: Subject, field: Field, value: Any, known: Known) -> Any:
    """What a cell holds of a field: days and numbers themselves, all else in words."""
    return value if field.kind in _AS_ITSELF else shown(subject, field, value, known)


def from_plain(subject: Subject, rows: Iterable[Mapping[str, Any]]) -> Grid:
    """Rows given by heading, `*` or not; `_id` and `_rev` may be among them. An unknown heading is a KeyError."""
    grid = Grid(subject, [])
    places = {ID: 0, REV: 1} | {normal(field.heading): n for n, field in enumerate(grid.columns, 2)}
    for row in rows:
        cells: list[Any] = [None] * len(places)
        for heading, value in row.items():
            cells[places[normal(heading)]] = ("yes" if value else "no") if isinstance(value, bool) else value
        grid.rows.append(cells)
    return grid
