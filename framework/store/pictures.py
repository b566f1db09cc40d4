"""Loading a picture: the register as at a change, and series by KPI. Both are shared by all sessions of a process."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from framework.kpis.kpi import State, Symbol, Value
from framework.people import Audience
from framework.periods import local_day
from framework.picture.shape import Picture
from framework.settings import frozen_copies, settings
from framework.store import tables as t
from framework.store.coding import from_columns, from_json, period_of
from framework.store.engine import Store
from framework.subjects import SUBJECTS, VALUES, Subject, record

_KEPT = 24  # pictures kept at a time; a picture may be lost at any moment and made again


def load(
    store: Store, now: datetime, audience: Audience, as_at: datetime | None = None, change: int | None = None
) -> Picture:
    """The picture of what was recorded by `as_at` (None: by now), seen on that moment's day.

    change  the newest change in it, where a moment does not tell: of a frozen copy. Where a clock was set back,
            later changes carry the time of earlier ones.
    """
    moment = as_at or now
    with store.reading() as conn:
        number = change_at(conn, as_at) if change is None else change
        key = ("picture", number, local_day(moment), audience)
        with store.cache_lock:
            found: Picture | None = store.cache.get(key)
        if found is None:
            found = _load(store, conn, number, moment, audience, past=as_at is not None)
            _keep(store, key, found)
    return found


def first_day(store: Store) -> date | None:
    """The day of the first entry in the ledger; None while it is empty."""
    with store.reading() as conn:
        first = conn.execute(sa.select(t.change.c.at).order_by(t.change.c.id).limit(1)).scalar()
    return None if first is None else local_day(first)


def change_at(conn: sa.Connection, as_at: datetime | None) -> int:
    """The newest change recorded by the moment (None: of all); 0 when there is none."""
    c = t.change.c
    if as_at is None:
        return int(conn.execute(sa.select(sa.func.max(c.id))).scalar() or 0)
    # Time never runs backwards in the ledger, so the newest by then is found without counting through all before it.
    newest = sa.select(c.id).where(c.at <= as_at).order_by(c.at.desc(), c.id.desc()).limit(1)
    return int(conn.execute(newest).scalar() or 0)


def _load(
    store: Store, conn: sa.Connection, number: int, moment: datetime, audience: Audience, *, past: bool
) -> Picture:
    rows = _past_rows(conn, number) if past else current_rows(conn)
    if audience is not Audience.LEADERS:
        rows = _without_private(rows)
    refs = row_refs(conn, "kpi", "place")
    kpi_changes = _kpi_changes(conn, refs, number)
    stored = _stored_settings(conn, number)
    return Picture(
        change=number,
        as_at=moment,
        on=local_day(moment),
        audience=audience,
        rows=rows,
        latest=_latest(conn, refs, number),
        load_series=_series_loader(store, refs, kpi_changes),
        kpi_changes=kpi_changes,
        settings=settings(stored),
        frozen=frozen_copies(stored),
        kpi_added=_kpi_added(conn, number),
    )


def _without_private(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows without the fields that are for leaders alone."""
    private = {s.table: {f.name: f.default for f in s.fields if f.private} for s in SUBJECTS}
    return {
        table: {ref: replace(row, **private[table]) if private[table] else row for ref, row in some.items()}
        for table, some in rows.items()
    }


def row_refs(conn: sa.Connection, *only: str) -> dict[tuple[str, int], str]:
    """The ref of every row of every current table (or of those named) by (table, integer key)."""
    refs = {}
    for subject in SUBJECTS:
        if not subject.appended and (not only or subject.table in only):
            columns = t.TABLES[subject.table].c
            refs.update({(subject.table, row.id): row.ref for row in conn.execute(sa.select(columns.id, columns.ref))})
    return refs


def current_rows(conn: sa.Connection) -> dict[str, dict[str, Any]]:
    """Table → ref → record, as they stand now; values are left out."""
    refs = row_refs(conn)
    return {s.table: _current(conn, s, refs) for s in SUBJECTS if not s.appended}


def _current(conn: sa.Connection, subject: Subject, refs: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    found = {}
    kept = conn.execute(sa.select(t.TABLES[subject.table]))
    names = list(kept.keys())
    for values in kept:
        row = dict(zip(names, values, strict=True))
        data = from_columns(subject, row, refs)
        found[row["ref"]] = record(
            subject, {**data, "ref": row["ref"], "version": row["version"], "archived": row["archived"]}
        )
    return found


def _past_rows(conn: sa.Connection, number: int) -> dict[str, dict[str, Any]]:
    """Table → ref → record, as the newest revision up to the change left each row."""
    r = t.revision.c
    newest = (
        sa.select(r.table_name, r.row_id, sa.func.max(r.change_id).label("change_id"))
        .where(r.change_id <= number)
        .group_by(r.table_name, r.row_id)
        .subquery()
    )
    query = sa.select(r.table_name, r.ref, r.version, r.data).join(
        newest,
        (r.table_name == newest.c.table_name) & (r.row_id == newest.c.row_id) & (r.change_id == newest.c.change_id),
    )
    found: dict[str, dict[str, Any]] = {s.table: {} for s in SUBJECTS if not s.appended}
    by_table = {s.table: s for s in SUBJECTS}
    for table, ref, version, kept in conn.execute(query):
        if table in by_table:
            data = from_json(by_table[table], kept)
            found[table][ref] = record(
                by_table[table], {**data, "ref": ref, "version": version, "archived": kept["archived"]}
            )
    return found


def _stored_settings(conn: sa.Connection, number: int) -> dict[str, Any]:
    r = t.revision.c
    query = sa.select(r.data).where(r.table_name == "setting", r.change_id <= number).order_by(r.change_id)
    return {data["name"]: data["value"] for (data,) in conn.execute(query)}


def _in_force(number: int | sa.BindParameter[Any], kpi_id: sa.BindParameter[Any] | None = None) -> sa.Subquery:
    """The newest row of each slot (of a KPI) up to the change, withdrawn ones too: those that no row by then replaces.

    Few rows replace another, so they are looked up; ranking the rows of every slot takes three times as long.
    """
    v, later = t.VALUE.c, t.VALUE.alias("later").c
    query = sa.select(t.VALUE).where(v.change_id <= number)
    replaced = sa.select(later.replaces_id).where(later.change_id <= number, later.replaces_id.is_not(None))
    if kpi_id is not None:
        of_kpi = replaced.where(later.kpi_id == kpi_id)
        return query.where(v.kpi_id == kpi_id, v.id.not_in(of_kpi)).subquery()
    # Joined, where PostgreSQL would read a list that is too long for its memory anew for every row.
    gone = replaced.subquery()
    return query.outerjoin(gone, gone.c.replaces_id == v.id).where(gone.c.replaces_id.is_(None)).subquery()


def _dated(rows: sa.Subquery) -> sa.Select[Any]:
    """Rows of values with the moment of their change and, of corrections, that at which their slot was first filled."""
    earlier, first = t.VALUE.alias("earlier"), t.change.alias("first")
    # Few values are corrections, so the first is looked for one by one: reading a second moment of each costs too much.
    first_at = (
        sa.select(sa.func.min(first.c.at))
        .join(earlier, earlier.c.change_id == first.c.id)
        .where(earlier.c.ref == rows.c.ref)
        .scalar_subquery()
    )
    of_corrections = sa.case((rows.c.replaces_id.is_not(None), first_at)).label("first_at")
    return sa.select(rows, t.change.c.at, of_corrections).join(t.change, t.change.c.id == rows.c.change_id)


_ROOM = 10**12  # more than there are ids


def _latest(conn: sa.Connection, refs: Mapping[tuple[str, int], str], number: int) -> dict[tuple[str, str, str], Value]:
    """The value of the newest period of each KPI, place and group; of two kinds of period that end alike the later."""
    f = _in_force(number).c
    last = sa.func.max(sa.cast(f.ordinal, sa.BigInteger) * _ROOM + f.id) % _ROOM
    newest = sa.select(last).where(f.state != State.WITHDRAWN.value).group_by(f.kpi_id, f.place_id, f.group)
    rows = sa.select(t.VALUE).where(t.VALUE.c.id.in_(newest)).subquery()
    values = [_value(row, refs) for row in conn.execute(_dated(rows))]
    return {(v.kpi, v.place, v.group): v for v in values}


def _value(row: Any, refs: Mapping[tuple[str, int], str]) -> Value:
    """Written out rather than read through the declaration: there may be hundreds of thousands."""
    return Value(
        ref=row.ref,
        kpi=refs["kpi", row.kpi_id],
        place=refs["place", row.place_id],
        period=period_of(row.period),
        group=row.group,
        number=row.number,
        numerator=row.numerator,
        denominator=row.denominator,
        sd=row.sd,
        state=State(row.state),
        symbol=None if row.symbol is None else Symbol(row.symbol),
        note=row.note,
        fictional=row.fictional,
        version=row.change_id,
        recorded_at=row.at,
        first_recorded_at=row.first_at or row.at,
        corrects=row.replaces_id is not None,
    )


def _kpi_changes(conn: sa.Connection, refs: Mapping[tuple[str, int], str], number: int) -> dict[str, int]:
    v = t.VALUE.c
    query = sa.select(v.kpi_id, sa.func.max(v.change_id)).where(v.change_id <= number).group_by(v.kpi_id)
    return {refs["kpi", kpi_id]: last for kpi_id, last in conn.execute(query)}


def _kpi_added(conn: sa.Connection, number: int) -> dict[str, date]:
    r = t.revision.c
    query = sa.select(r.ref, sa.func.min(r.at)).where(r.table_name == "kpi", r.change_id <= number).group_by(r.ref)
    return {ref: local_day(at) for ref, at in conn.execute(query)}


def _series_loader(
    store: Store, refs: Mapping[tuple[str, int], str], kpi_changes: Mapping[str, int]
) -> Callable[[str], tuple[Value, ...]]:
    ids = {ref: row_id for (table, row_id), ref in refs.items() if table == "kpi"}

    def series(kpi: str) -> tuple[Value, ...]:
        last = kpi_changes.get(kpi)
        if last is None:
            return ()
        key = ("series", kpi, last)
        with store.cache_lock:
            found: tuple[Value, ...] | None = store.cache.get(key)
        if found is None:
            with store.reading() as conn:
                rows = conn.execute(_series_query(), {"of_kpi": ids[kpi], "up_to": last})
                found = tuple(_value(row, refs) for row in rows)
            _keep(store, key, found, most=400)
        return found

    return series


@cache
def _series_query() -> sa.Select[Any]:
    """Made once: making it takes longer than the database does to answer it."""
    f = _in_force(sa.bindparam("up_to"), sa.bindparam("of_kpi"))
    in_force = _dated(f).where(f.c.state != State.WITHDRAWN.value)
    return in_force.order_by(f.c.ordinal, f.c.place_id, f.c.group)


def all_values(conn: sa.Connection, number: int | None = None) -> dict[str, Value]:
    """The value in force of every slot, by ref: what an import compares with, and an export writes.

    number  the newest change that counts; None: all do
    """
    query = _dated(_in_force(2**31 - 1 if number is None else number))
    refs = row_refs(conn, "kpi", "place")
    return {row.ref: _value(row, refs) for row in conn.execute(query)}


def known(store: Store, number: int | None = None) -> tuple[dict[str, dict[str, Any]], int]:
    """Every row in force of every subject (table → ref → record), and the newest change among them.

    number  that change, where the past is asked for; None: as all stands now
    """
    with store.reading() as conn:
        if number is not None:
            return {**_past_rows(conn, number), VALUES.table: all_values(conn, number)}, number
        return {**current_rows(conn), VALUES.table: all_values(conn)}, change_at(conn, None)


def _keep(store: Store, key: Any, made: Any, most: int = _KEPT) -> None:
    """Keep what was made, dropping the oldest of its kind beyond `most`."""
    with store.cache_lock:
        of_kind = [k for k in store.cache if k[0] == key[0]]
        for old in of_kind[: max(0, len(of_kind) - most + 1)]:
            del store.cache[old]
        store.cache[key] = made
