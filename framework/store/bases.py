"""What rows were before, from the ledger: as a file was made from them, and as a change found and left them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from framework.earlier import Bases, Data, Filed, FiledRow, Left, LeftSetting, WholeChange
from framework.errors import Unknown
from framework.kpis.kpi import State
from framework.store import tables as t
from framework.store.coding import from_columns, from_json
from framework.store.engine import Store
from framework.store.pictures import change_at, current_rows, row_refs
from framework.store.provenance import UNDO
from framework.store.rows import SETTING
from framework.subjects import BY_TABLE, CALENDAR, KPIS, PLACES, SUBJECTS, VALUES, Subject, record

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
    for some in _chunks(sorted(wanted)):
        for row in conn.execute(query.where(column.in_(some))):
            seen = wanted[row.ref]
            known = revision is not None and row.change_id <= revision if seen is None else version(row) <= seen
            if known and (row.ref not in found or version(found[row.ref]) < version(row)):
                found[row.ref] = row
    return found


def whole_change(store: Store, change: int) -> WholeChange:
    """All that a change left, as it found and as it left it, beside what stands here now.

    Raises Unknown when there is no such change.
    """
    c = t.change.c
    with store.reading() as conn:
        found = conn.execute(sa.select(c.source_id, c.deed).where(c.id == change)).first()
        if found is None:
            raise Unknown("There is no such change here, so there is nothing to undo.")
        rows = _left_rows(conn, change)
        return WholeChange(
            rows=rows,
            settings=tuple(_settings_of(conn, change)),
            of_load=found.source_id is not None or found.deed == UNDO,
            here={**current_rows(conn), VALUES.table: _values_here(conn, rows)},
            newest=change_at(conn, None),
        )


def _left_rows(conn: sa.Connection, change: int) -> tuple[Left, ...]:
    rows = [_left(BY_TABLE[row.table_name], row) for row in _revisions_of(conn, change) if row.table_name in BY_TABLE]
    order = {subject.table: n for n, subject in enumerate(SUBJECTS)}
    return tuple(sorted([*rows, *_values_of(conn, change)], key=lambda left: order[left.table]))


def _revisions_of(conn: sa.Connection, change: int) -> sa.CursorResult[Any]:
    """Each row or setting that a change wrote, with what it was before: `earlier`, None for a new one."""
    after, before = t.revision, t.revision.alias("before")
    same_row = (before.c.table_name == after.c.table_name) & (before.c.row_id == after.c.row_id)
    query = (
        sa.select(after.c.table_name, after.c.ref, after.c.version, after.c.data, before.c.data.label("earlier"))
        .outerjoin(before, same_row & (before.c.version == after.c.version - 1))
        .where(after.c.change_id == change)
        .order_by(after.c.id)
    )
    return conn.execute(query)


def _settings_of(conn: sa.Connection, change: int) -> Iterator[LeftSetting]:
    s = t.setting.c
    for row in _revisions_of(conn, change):
        if row.table_name == SETTING:
            name, before = row.data["name"], None if row.earlier is None else row.earlier["value"]
            now = conn.execute(sa.select(s.value).where(s.name == name)).scalar()
            yield LeftSetting(name, before, row.data["value"], now)


def _values_here(conn: sa.Connection, rows: Collection[Left]) -> dict[str, Any]:
    """The newest value of each slot that a change wrote, and of each KPI, place and period that it made or put away."""
    v, moved = t.VALUE.c, [row for row in rows if row.before is None or row.was_archived != row.is_archived]
    conditions = [v.ref.in_(some) for some in _chunks([row.ref for row in rows if row.table == VALUES.table])]
    for subject, column in ((KPIS, v.kpi_id), (PLACES, v.place_id)):
        of = t.TABLES[subject.table].c
        named = _chunks([row.ref for row in moved if row.table == subject.table])
        conditions += [column.in_(sa.select(of.id).where(of.ref.in_(some))) for some in named]
    lines = [record(CALENDAR, {**row.after, "ref": row.ref}) for row in moved if row.table == CALENDAR.table]
    conditions += [v.period == line.period.code for line in lines if line.period is not None]
    refs = row_refs(conn, KPIS.table, PLACES.table) if conditions else {}
    found = {}
    for condition in conditions:
        for row in conn.execute(sa.select(t.VALUE).where(condition).order_by(v.change_id)):
            data = from_columns(VALUES, dict(row._mapping), refs)
            found[row.ref] = record(VALUES, {**data, "ref": row.ref, "version": row.change_id})
    return found


def _chunks(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (refs[start : start + _CHUNK] for start in range(0, len(refs), _CHUNK))


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
