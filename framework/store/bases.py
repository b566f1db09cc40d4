"""What rows were before, from the ledger: as a file was made from them, and as a change found and left them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from framework.earlier import Bases, Data, Filed, FiledRow, Left
from framework.errors import Unknown
from framework.kpis.kpi import State
from framework.store import tables as t
from framework.store.coding import from_columns, from_json
from framework.store.engine import Store
from framework.store.pictures import change_at, row_refs
from framework.subjects import BY_TABLE, SUBJECTS, VALUES, Subject

_CHUNK = 400  # below every database's limit on parameters
# By ref: the version that a row of a file says it was made from; None: whichever stood at the file's revision.
_Wanted = Mapping[str, int | None]
_Refs = dict[str, frozenset[str]]  # by table


def bases_of(store: Store, filed: Filed, revision: int | None) -> Bases:
    """What a file was made from, where that is not what stands here now. Where few rows moved, few are read.

    A row that says its version counts by that; the others by the revision.
    revision  the change after which the file was written; None: only rows that say their version can be told
    """
    with store.reading() as conn:
        moved, added = _since(conn, filed.rows, revision)
        rows = {}
        for table, some in filed.rows.items():
            wanted = _wanted(some, moved.get(table, frozenset()))
            if wanted:
                read = _values_then if BY_TABLE[table].appended else _rows_then
                rows[table] = read(conn, BY_TABLE[table], wanted, revision)
    return Bases(revision, rows, moved, added)


def _wanted(rows: Sequence[FiledRow], moved: Collection[str]) -> _Wanted:
    """The rows of a file that were changed here after it was made."""
    behind = {row.ref: row.seen for row in rows if row.seen is not None and row.seen < row.version}
    return {**{row.ref: None for row in rows if row.seen is None and row.ref in moved}, **behind}


def _since(conn: sa.Connection, tables: Collection[str], revision: int | None) -> tuple[_Refs, _Refs]:
    """By table: the rows that were changed after a revision, and those that were made after it."""
    if revision is None or change_at(conn, None) <= revision:
        return {}, {}
    moved: dict[str, set[str]] = defaultdict(set)
    added: dict[str, set[str]] = defaultdict(set)
    r, v = t.revision.c, t.VALUE.c
    made = sa.select(r.table_name, r.ref, r.version).where(r.change_id > revision, r.table_name.in_(list(tables)))
    for table, ref, version in conn.execute(made):
        (added if version == 1 else moved)[table].add(ref)
    if VALUES.table in tables:
        for ref, replaces in conn.execute(sa.select(v.ref, v.replaces_id).where(v.change_id > revision)):
            (added if replaces is None else moved)[VALUES.table].add(ref)
    return (
        {table: frozenset(refs - added[table]) for table, refs in moved.items()},
        {table: frozenset(refs) for table, refs in added.items()},
    )


def _rows_then(conn: sa.Connection, subject: Subject, wanted: _Wanted, revision: int | None) -> dict[str, Data]:
    r = t.revision.c
    query = sa.select(r.ref, r.version, r.change_id, r.data).where(r.table_name == subject.table)
    found = _then(conn, query, r.ref, wanted, revision, lambda row: row.version)
    return {ref: from_json(subject, row.data) for ref, row in found.items()}


def _values_then(conn: sa.Connection, subject: Subject, wanted: _Wanted, revision: int | None) -> dict[str, Data]:
    refs = row_refs(conn, "kpi", "place")
    v = t.VALUE.c
    found = _then(conn, sa.select(t.VALUE), v.ref, wanted, revision, lambda row: row.change_id)
    return {ref: from_columns(subject, dict(row._mapping), refs) for ref, row in found.items()}


def _then(
    conn: sa.Connection,
    query: sa.Select[Any],
    column: sa.ColumnElement[str],
    wanted: _Wanted,
    revision: int | None,
    version: Callable[[sa.Row[Any]], int],
) -> dict[str, sa.Row[Any]]:
    """Of each row that is wanted, the newest state that is no newer than what the file says."""
    found: dict[str, sa.Row[Any]] = {}
    refs = sorted(wanted)
    for start in range(0, len(refs), _CHUNK):
        for row in conn.execute(query.where(column.in_(refs[start : start + _CHUNK]))):
            seen = wanted[row.ref]
            known = revision is not None and row.change_id <= revision if seen is None else version(row) <= seen
            if known and (row.ref not in found or version(found[row.ref]) < version(row)):
                found[row.ref] = row
    return found


def left_by(store: Store, change: int) -> tuple[Left, ...]:
    """The rows of a change, as it found and as it left them, in the order of the subjects. Settings are not rows.

    Raises Unknown when there is no such change, or it left no row.
    """
    with store.reading() as conn:
        rows = [*_rows_of(conn, change), *_values_of(conn, change)]
    if not rows:
        raise Unknown("No row was written by that change, so there is nothing to undo.")
    order = {subject.table: n for n, subject in enumerate(SUBJECTS)}
    return tuple(sorted(rows, key=lambda left: order[left.table]))


def _rows_of(conn: sa.Connection, change: int) -> Iterator[Left]:
    after, before = t.revision, t.revision.alias("before")
    same_row = (before.c.table_name == after.c.table_name) & (before.c.row_id == after.c.row_id)
    query = (
        sa.select(after.c.table_name, after.c.ref, after.c.version, after.c.data, before.c.data.label("earlier"))
        .outerjoin(before, same_row & (before.c.version == after.c.version - 1))
        .where(after.c.change_id == change)
        .order_by(after.c.id)
    )
    for row in conn.execute(query):
        if row.table_name in BY_TABLE:
            yield _left(BY_TABLE[row.table_name], row)


def _left(subject: Subject, row: Any) -> Left:
    return Left(
        table=subject.table,
        ref=row.ref,
        before=None if row.earlier is None else from_json(subject, row.earlier),
        after=from_json(subject, row.data),
        was_archived=row.earlier is not None and bool(row.earlier["archived"]),
        is_archived=bool(row.data["archived"]),
        version=row.version,
    )


def _values_of(conn: sa.Connection, change: int) -> Iterator[Left]:
    refs = row_refs(conn, "kpi", "place")
    v = t.VALUE.c
    after = conn.execute(sa.select(t.VALUE).where(v.change_id == change).order_by(v.id)).all()
    replaced = sa.select(v.replaces_id).where(v.change_id == change)
    before = {row.id: row for row in conn.execute(sa.select(t.VALUE).where(v.id.in_(replaced)))}
    for row in after:
        earlier = before.get(row.replaces_id)
        yield Left(
            table=VALUES.table,
            ref=row.ref,
            before=None if earlier is None else from_columns(VALUES, dict(earlier._mapping), refs),
            after=from_columns(VALUES, dict(row._mapping), refs),
            was_archived=earlier is not None and earlier.state == State.WITHDRAWN,
            is_archived=row.state == State.WITHDRAWN,
            version=change,
        )
