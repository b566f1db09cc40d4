"""Where a fact came from, and what it was before: readings of the ledger for the drawer and for history."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from framework.kpis.kpi import Value
from framework.people import Person
from framework.periods import local_day
from framework.picture.shape import Picture
from framework.store import tables as t
from framework.store.coding import from_json
from framework.store.engine import Store
from framework.store.rows import SETTING
from framework.subjects import BY_TABLE, Subject


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
    """One revision of a row: its fields then, and the cells they came from."""

    told: Told
    version: int
    data: dict[str, Any]
    changed: tuple[str, ...]  # fields that differ from the revision before; all of them in the first
    cells: dict[str, tuple[str, ...]]  # cell, raw text and, where it was not plain, rule and certainty


def told_of_value(store: Store, picture: Picture, value: Value) -> list[ToldValue]:
    """Every value that this slot has had up to the picture, newest first. Empty for a rolled-up one: it has no row."""
    v = t.VALUE
    query = (
        sa.select(v, *_CHANGE)
        .join(t.change, t.change.c.id == v.c.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .where(v.c.ref == value.ref, v.c.change_id <= picture.change)
        .order_by(v.c.change_id.desc())
    )
    with store.reading() as conn:
        names = _names(conn, picture)
        return [
            ToldValue(_told(row, names), row.number, row.numerator, row.denominator, row.state, row.note)
            for row in conn.execute(query)
        ]


def told_of_row(store: Store, picture: Picture, table: str, ref: str) -> list[ToldRow]:
    """Every revision of a row up to the picture, newest first."""
    subject, r = BY_TABLE[table], t.revision
    query = (
        sa.select(r.c.version, r.c.data, r.c.sheet, r.c.cells, *_CHANGE)
        .join(t.change, t.change.c.id == r.c.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .where(r.c.table_name == table, r.c.ref == ref, r.c.change_id <= picture.change)
        .order_by(r.c.version)
    )
    with store.reading() as conn:
        names = _names(conn, picture)
        return _revisions(subject, conn.execute(query).all(), names)[::-1]


_CHANGE = (
    t.change.c.id.label("change_number"),
    t.change.c.at.label("told_at"),
    t.change.c.by_id,
    t.change.c.deed,
    t.change.c.reason,
    t.change.c.via,
    t.source.c.name.label("file"),
)


def _revisions(subject: Subject, rows: Sequence[Any], names: dict[int, str]) -> list[ToldRow]:
    made: list[ToldRow] = []
    for row in rows:
        data = from_json(subject, row.data)
        before = made[-1].data if made else {}
        changed = tuple(name for name in subject.names if not made or data[name] != before[name])
        cells = {name: tuple(cell) for name, cell in (row.cells or {}).items()}
        made.append(ToldRow(_told(row, names), row.version, data, changed, cells))
    return made


def _told(row: Any, names: dict[int, str]) -> Told:
    cell = (row.sheet, row.cell, row.raw, row.rule) if hasattr(row, "cell") else (row.sheet,)
    by = "" if row.by_id is None else names.get(row.by_id, "")
    return Told(row.change_number, row.told_at, by, row.deed, row.reason, row.via, row.file, *cell)


def _names(conn: sa.Connection, picture: Picture) -> dict[int, str]:
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
        names = _names(conn, picture)
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
        undoes=_undone_by(row.reason) if row.deed == UNDO else None,
    )


UNDO = "undo load"
_UNDOES = re.compile(r"Undoes change (\d+)\.")


def undoes(change: int) -> str:
    """The words by which the ledger knows which change another one undid."""
    return f"Undoes change {change}."


def _undone_by(reason: str) -> int | None:
    found = _UNDOES.match(reason)
    return None if found is None else int(found[1])


def undone(loads: Iterable[Import]) -> dict[int, int]:
    """Change that was undone → the newest change that undid it."""
    return {one.undoes: one.change for one in reversed(list(loads)) if one.undoes is not None}


def derived(store: Store) -> dict[str, dict[str, dict[str, Any]]]:
    """What the ledger knows of rows beyond their fields: table → ref → recorded on, earlier figure, when it moved."""
    with store.reading() as conn:
        return {
            "action_update": _recorded(conn, "action_update"),
            "target": _targets(conn),
            "value": _values(conn),
        }


def _recorded(conn: sa.Connection, table: str) -> dict[str, dict[str, Any]]:
    r = t.revision.c
    query = sa.select(r.ref, r.at).where(r.table_name == table, r.version == 1)
    return {row.ref: {"recorded_on": local_day(row.at)} for row in conn.execute(query)}


def _targets(conn: sa.Connection) -> dict[str, dict[str, Any]]:
    """When a target was set, and the number before its last move."""
    r = t.revision.c
    found: dict[str, dict[str, Any]] = {}
    number: dict[str, Any] = {}
    for row in conn.execute(
        sa.select(r.ref, r.at, r.version, r.data).where(r.table_name == "target").order_by(r.version)
    ):
        if row.version == 1:
            found[row.ref] = {"recorded_on": local_day(row.at)}
        elif row.data["number"] != number[row.ref]:
            found[row.ref] |= {"earlier": number[row.ref], "moved_on": local_day(row.at)}
        number[row.ref] = row.data["number"]
    return found


def _values(conn: sa.Connection) -> dict[str, dict[str, Any]]:
    """When a value was first recorded, and the number before its last correction."""
    v = t.VALUE.c
    query = sa.select(v.ref, v.number, t.change.c.at).join(t.change, t.change.c.id == v.change_id).order_by(v.change_id)
    found: dict[str, dict[str, Any]] = {}
    number: dict[str, Any] = {}
    for row in conn.execute(query):
        day = local_day(row.at)
        if row.ref not in found:
            found[row.ref] = {"recorded_on": day}
        elif row.number != number[row.ref]:
            found[row.ref] |= {"earlier": number[row.ref], "corrected_on": day}
        number[row.ref] = row.number
    return found
