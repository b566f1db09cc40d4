"""How a change's rows reach their tables: current rows with a revision each, values appended, settings.

Parts of writing an entry of the ledger, which alone calls them, inside its one transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from framework.errors import Conflict, ValueRefused
from framework.store import tables as t
from framework.store.coding import new_ref, to_columns, to_json
from framework.subjects import VALUES, Kind, Subject

# The shape of `revision.data`. A later shape needs an upcaster beside `coding.from_json`, and a test.
SCHEMA_VERSION = 4
SETTING = "setting"
_CHUNK = 400  # below every database's limit on parameters
T = TypeVar("T")


@dataclass(frozen=True)
class Origin:
    """Where a row came from: the sheet, and for each field its cell and the raw text that stood in it.

    Where the text could have been read otherwise, the rule by which it was read and how certain that was follow.
    """

    sheet: str
    cells: Mapping[str, tuple[str, ...]]


@dataclass
class Row:
    subject: Subject
    ref: str
    data: dict[str, Any]
    seen: int
    archived: bool
    origin: Origin | None


def needed_by(rows: Sequence[Row]) -> dict[str, set[str]]:
    """The refs whose integer keys these rows need: their own, and those they refer to."""
    needed: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row.subject.appended:
            needed[row.subject.table].add(row.ref)
        for f in row.subject.fields:
            if f.kind is Kind.ONE and row.data[f.name] is not None:
                needed[f.of].add(row.data[f.name])
    return needed


def ids_of(conn: sa.Connection, needed: Mapping[str, set[str]]) -> dict[tuple[str, str], int]:
    ids = {}
    for table, refs in needed.items():
        columns = t.TABLES[table].c
        for some in _chunks(sorted(refs)):
            for row in conn.execute(sa.select(columns.id, columns.ref).where(columns.ref.in_(some))):
                ids[table, row.ref] = row.id
    return ids


def id_of(conn: sa.Connection, table: str, ref: str) -> int:
    columns = t.TABLES[table].c
    return int(conn.execute(sa.select(columns.id).where(columns.ref == ref)).scalar_one())


def store_rows(
    conn: sa.Connection,
    subject: Subject,
    rows: Sequence[Row],
    ids: dict[tuple[str, str], int],
    number: int,
    at: datetime,
) -> None:
    """Write rows into their current table, new ones together, and a revision of each."""
    table = t.TABLES[subject.table]
    fixed = {"change_id": number}
    new = [row for row in rows if row.seen == 0]
    if any((subject.table, row.ref) in ids for row in new):
        raise Conflict(
            f"{subject.one.capitalize()} with the same id is here already. Load the page again and try once more."
        )
    for some in _in_order(subject, new):
        made = [
            {**to_columns(subject, r.data, ids), "ref": r.ref, "version": 1, "archived": r.archived, **fixed}
            for r in some
        ]
        conn.execute(sa.insert(table), made)
        ids.update(ids_of(conn, {subject.table: {row.ref for row in some}}))
    for row in rows:
        if row.seen:
            _change(conn, table, row, to_columns(subject, row.data, ids), number)
    conn.execute(sa.insert(t.revision), [_revision(row, ids[subject.table, row.ref], number, at) for row in rows])


def _in_order(subject: Subject, new: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """New rows in turns, so that one which another of its own table refers to is written before it."""
    own = [f.name for f in subject.fields if f.kind is Kind.ONE and f.of == subject.table]
    left = list(new)
    while left:
        waiting = {row.ref for row in left}
        ready = [row for row in left if not any(row.data[name] in waiting for name in own)]
        if not ready:
            codes = ", ".join(str(row.data.get("code") or row.ref) for row in left)
            raise ValueRefused(f"These are carried from one another in a ring: {codes}. Nothing was saved.")
        yield ready
        written = {row.ref for row in ready}
        left = [row for row in left if row.ref not in written]


def _change(conn: sa.Connection, table: sa.Table, row: Row, columns: Mapping[str, Any], number: int) -> None:
    done = conn.execute(
        sa.update(table)
        .where(table.c.ref == row.ref, table.c.version == row.seen)
        .values(**columns, version=row.seen + 1, change_id=number, archived=row.archived)
    )
    if done.rowcount != 1:
        raise Conflict(
            f"Someone else changed this {row.subject.one.split(' ', 1)[-1]} after you opened it. "
            "Nothing was saved. Look at what stands there now, then make your change again."
        )


def _revision(row: Row, row_id: int, number: int, at: datetime) -> dict[str, Any]:
    return {
        "change_id": number,
        "table_name": row.subject.table,
        "row_id": row_id,
        "ref": row.ref,
        "version": row.seen + 1,
        "at": at,
        "schema_version": SCHEMA_VERSION,
        "data": {**to_json(row.subject, row.data), "archived": row.archived},
        "sheet": None if row.origin is None else row.origin.sheet,
        "cells": None if row.origin is None else {name: list(cell) for name, cell in row.origin.cells.items()},
    }


def append_values(conn: sa.Connection, rows: Sequence[Row], ids: dict[tuple[str, str], int], number: int) -> None:
    """Add values. A value of a slot that has one already replaces it; the earlier one stays."""
    standing = _standing(conn, {ids["kpi", row.data["kpi"]] for row in rows})
    made = []
    for row in rows:
        columns = to_columns(VALUES, row.data, ids)
        slot = (columns["kpi_id"], columns["place_id"], columns["period"], columns["group"])
        earlier = standing.get(slot)
        if (earlier.change_id if earlier else 0) != row.seen:
            raise Conflict(
                "Someone else recorded this value after you opened it. Nothing was saved. Look at theirs first."
            )
        made.append({**columns, "ref": earlier.ref if earlier else row.ref, **_cell(row), "change_id": number})
        made[-1]["ordinal"] = row.data["period"].ordinal
        made[-1]["replaces_id"] = earlier.id if earlier else None
    insert_many(conn, t.VALUE, made)


def insert_many(conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows of plain values straight through the driver: the expression language would take twice as long as it."""
    if not rows:
        return
    statement = sa.insert(table).compile(dialect=conn.dialect, column_keys=list(rows[0]))
    names = statement.positiontup
    parameters = [dict(row) for row in rows] if names is None else [tuple(row[name] for name in names) for row in rows]
    conn.exec_driver_sql(str(statement), parameters)


_TELLING = ("number", "numerator", "symbol", "state", "kpi")


def _cell(row: Row) -> dict[str, str | None]:
    if row.origin is None:
        return {"sheet": None, "cell": None, "raw": None, "rule": None}
    # The cell of the figure itself; where only its parts were given, the first of them; else the first of the row.
    cells = row.origin.cells
    # `get` alone: a file's cells are made when they are asked for.
    cell, raw, *how = next(filter(None, map(cells.get, _TELLING)), (None, None))
    return {"sheet": row.origin.sheet, "cell": cell, "raw": raw, "rule": ", ".join(how) or None}


def _standing(conn: sa.Connection, kpi_ids: set[int]) -> dict[tuple[int, int, str, str], Any]:
    """The newest row of each slot of these KPIs."""
    v = t.VALUE.c
    standing: dict[tuple[int, int, str, str], Any] = {}
    for some in _chunks(sorted(kpi_ids)):
        query = sa.select(v.id, v.ref, v.kpi_id, v.place_id, v.period, v.group, v.change_id).where(v.kpi_id.in_(some))
        for row in conn.execute(query.order_by(v.change_id, v.id)):
            standing[row.kpi_id, row.place_id, row.period, row.group] = row
    return standing


def store_setting(conn: sa.Connection, name: str, value: Any, number: int, at: datetime) -> None:
    s = t.setting.c
    old = conn.execute(sa.select(s.id, s.ref, s.version).where(s.name == name)).first()
    version = (old.version if old else 0) + 1
    ref = old.ref if old else new_ref()
    if old:
        conn.execute(sa.update(t.setting).where(s.id == old.id).values(value=value, version=version, change_id=number))
        row_id = old.id
    else:
        made = conn.execute(
            sa.insert(t.setting).values(
                ref=ref, name=name, value=value, version=version, change_id=number, archived=False
            )
        ).inserted_primary_key
        assert made is not None
        row_id = made[0]
    kept = {"name": name, "value": value, "archived": False}
    row = {"change_id": number, "table_name": SETTING, "row_id": row_id, "ref": ref, "version": version, "at": at}
    conn.execute(sa.insert(t.revision).values(**row, schema_version=SCHEMA_VERSION, data=kept))


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
