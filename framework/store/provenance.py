"""Where a fact came from, and what it was before: readings of the ledger for the drawer and for history."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from framework.kpis.kpi import Value
from framework.people import Audience, Person
from framework.picture.shape import Picture
from framework.store import tables as t
from framework.store.coding import from_json
from framework.store.engine import Store
from framework.store.rows import SETTING
from framework.subjects import ARCHIVED, BY_TABLE, Subject


@dataclass(frozen=True)
class Told:
    """Who told us something, when, by which deed and why; its file and cell, None where it was typed in."""

    change: int
    at: datetime  # UTC
    by: str  # a person's name; empty: the command line
    deed: str
    reason: str
    via: str
    file: str | None
    sheet: str | None = None
    cell: str | None = None
    raw: str | None = None
    rule: str | None = None  # by which the text was read, where it could have been read otherwise


@dataclass(frozen=True)
class ToldValue:
    """One of the values that a slot has had."""

    told: Told
    number: float | None
    numerator: int | None
    denominator: int | None
    state: str
    note: str | None


@dataclass(frozen=True)
class ToldRow:
    """One revision of a row, or one value of a slot: its fields then, and the cells they came from."""

    told: Told
    table: str
    ref: str
    version: int
    data: dict[str, Any]
    changed: tuple[str, ...]  # fields (and `archived`) that differ from the revision before; all fields in the first
    cells: dict[str, tuple[str, ...]]  # cell, raw text and, where it was not plain, rule and certainty
    archived: bool = False
    before: Mapping[str, Any] | None = None  # its fields (and `archived`) in the revision before; None in the first

    def move(self, name: str) -> tuple[Any, Any]:
        """What a field was before (None in the first revision), and what it is."""
        new = self.archived if name == ARCHIVED.name else self.data[name]
        return None if self.before is None else self.before[name], new


def told_of_value(store: Store, picture: Picture, value: Value) -> list[ToldValue]:
    """Every value that this slot has had up to the picture, newest first. Empty for a rolled-up one: it has no row."""
    v = t.VALUE
    query = (
        sa.select(v, *CHANGE)
        .join(t.change, t.change.c.id == v.c.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .where(v.c.ref == value.ref, v.c.change_id <= picture.change)
        .order_by(v.c.change_id.desc())
    )
    with store.reading() as conn:
        names = names_of(conn, picture)
        return [
            ToldValue(told_of(row, names), row.number, row.numerator, row.denominator, row.state, row.note)
            for row in conn.execute(query)
        ]


def told_of_row(store: Store, picture: Picture, table: str, ref: str) -> list[ToldRow]:
    """Every revision of a row up to the picture, newest first.

    What is for leaders alone is left out for any other audience, and so is a revision that touched nothing else.
    """
    return told_of_rows(store, picture, {table: [ref]})


def told_of_rows(store: Store, picture: Picture, wanted: Mapping[str, Collection[str]]) -> list[ToldRow]:
    """Every revision of several rows (table → refs) up to the picture, newest first."""
    r, made = t.revision, []
    with store.reading() as conn:
        names = names_of(conn, picture)
        for table, refs in wanted.items():
            query = (
                sa.select(r.c.ref, r.c.version, r.c.data, r.c.sheet, r.c.cells, *CHANGE)
                .join(t.change, t.change.c.id == r.c.change_id)
                .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
                .where(r.c.table_name == table, r.c.ref.in_(refs), r.c.change_id <= picture.change)
                .order_by(r.c.ref, r.c.version)
            )
            for _, some in groupby(conn.execute(query), attrgetter("ref")):
                made += _revisions(BY_TABLE[table], list(some), names, picture.audience)
    return sorted(made, key=lambda one: (-one.told.change, -one.version))


# What every reading tells of a change.
CHANGE = (
    t.change.c.id.label("change_number"),
    t.change.c.at.label("told_at"),
    t.change.c.by_id,
    t.change.c.deed,
    t.change.c.reason,
    t.change.c.via,
    t.source.c.name.label("file"),
)


def _revisions(subject: Subject, rows: Sequence[Any], names: dict[int, str], audience: Audience) -> list[ToldRow]:
    made: list[ToldRow] = []
    before = None
    for row in rows:
        one = revision(subject, row, before, names, audience)
        before = row.data
        # What touched nothing but a field that is not for these eyes did not happen for them.
        if one.changed or not hidden(subject, audience):
            made.append(one)
    return made


def revision(
    subject: Subject, row: Any, earlier: Mapping[str, Any] | None, names: Mapping[int, str], audience: Audience
) -> ToldRow:
    """One revision as an audience may read it. `earlier`: the data of the one before it, None for the first."""
    private = hidden(subject, audience)
    data, archived = {**from_json(subject, row.data), **private}, bool(row.data["archived"])
    before = None if earlier is None else {**from_json(subject, earlier), **private}
    changed = subject.names
    if before is not None and earlier is not None:
        before[ARCHIVED.name] = bool(earlier["archived"])
        changed = tuple(name for name in subject.names if data[name] != before[name])
        changed += (ARCHIVED.name,) * (archived is not before[ARCHIVED.name])
    cells = {name: tuple(cell) for name, cell in (row.cells or {}).items() if name not in private}
    return ToldRow(told_of(row, names), subject.table, row.ref, row.version, data, changed, cells, archived, before)


def hidden(subject: Subject, audience: Audience) -> dict[str, Any]:
    """The fields that are for leaders alone, as any other audience reads them."""
    return {} if audience is Audience.LEADERS else {f.name: f.default for f in subject.fields if f.private}


def told_of(row: Any, names: Mapping[int, str]) -> Told:
    """A row that has the columns of `CHANGE`, and the sheet and cell where it has those."""
    sheet = row.sheet if hasattr(row, "sheet") else None
    cell = (row.sheet, row.cell, row.raw, row.rule) if hasattr(row, "cell") else (sheet,)
    by = "" if row.by_id is None else names.get(row.by_id, "")
    return Told(row.change_number, row.told_at, by, row.deed, row.reason, row.via, row.file, *cell)


def names_of(conn: sa.Connection, picture: Picture) -> dict[int, str]:
    """Every person's name by the integer key that the ledger knows them by."""
    columns = t.TABLES["person"].c
    people: dict[str, Person] = dict(picture.rows.get("person", {}))
    found = conn.execute(sa.select(columns.id, columns.ref)).all()
    return {row.id: people[row.ref].name for row in found if row.ref in people}


@dataclass(frozen=True)
class Import:
    """One file that was loaded, or one load that was undone, and how many rows it left.

    file    empty for an undoing, as are its hash and layout
    undoes  the change that was undone; None for a load
    """

    change: int
    at: datetime
    by: str
    file: str
    sha256: str
    size: int  # bytes
    rows: int
    values: int
    layout: str
    kept: bool  # whether the original is still here
    undoes: int | None = None


def imports(store: Store, picture: Picture) -> list[Import]:
    """Every load of a file, and every undoing of one, up to the picture, newest first."""
    r, v = t.revision.c, t.VALUE.c
    rows = sa.select(sa.func.count()).where(r.change_id == t.change.c.id, r.table_name != SETTING).scalar_subquery()
    values = sa.select(sa.func.count()).where(v.change_id == t.change.c.id).scalar_subquery()
    query = (
        sa.select(
            t.change,
            t.source.c.name,
            t.source.c.sha256,
            t.source.c.size,
            t.source.c.layout,
            rows.label("n"),
            values.label("v"),
            t.source_file.c.source_id.label("kept"),
        )
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .outerjoin(t.source_file, t.source_file.c.source_id == t.source.c.id)
        .where(t.change.c.id <= picture.change, t.change.c.source_id.is_not(None) | (t.change.c.deed == UNDO))
        .order_by(t.change.c.id.desc())
    )
    with store.reading() as conn:
        names = names_of(conn, picture)
        return [_import(row, names) for row in conn.execute(query)]


def _import(row: Any, names: dict[int, str]) -> Import:
    return Import(
        change=row.id,
        at=row.at,
        by=names.get(row.by_id, ""),
        file=row.name or "",
        sha256=row.sha256 or "",
        size=row.size or 0,
        rows=row.n,
        values=row.v,
        layout=row.layout or "",
        kept=row.kept is not None,
        undoes=undone_by(row.reason) if row.deed == UNDO else None,
    )


UNDO = "undo load"
UNDO_CHANGE = "undo change"  # of any change that loaded no file
UNDOINGS = (UNDO, UNDO_CHANGE)
_UNDOES = re.compile(r"Undoes change (\d+)\.")


def undoes(change: int) -> str:
    """The words by which the ledger knows which change another one undid."""
    return f"Undoes change {change}."


def undone_by(reason: str) -> int | None:
    """The change that a reason says was undone; None: it says of none."""
    found = _UNDOES.match(reason)
    return None if found is None else int(found[1])


def undone(loads: Iterable[Import]) -> dict[int, int]:
    """Change that was undone → the newest change that undid it."""
    return {one.undoes: one.change for one in reversed(list(loads)) if one.undoes is not None}
