"""What one change did: every row that it left, what each was before, and from which cells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from framework.people import Audience
from framework.picture.shape import Picture
from framework.store import tables as t
from framework.store.coding import from_columns
from framework.store.engine import Store
from framework.store.pictures import row_refs
from framework.store.provenance import CHANGE, UNDOINGS, Told, ToldRow, names_of, revision, told_of, undoes, undone_by
from framework.store.rows import SETTING
from framework.subjects import BY_TABLE, SUBJECTS, VALUES

MOST = 500  # rows of a change, and values of it, that are listed one by one
_ORDER = {subject.table: n for n, subject in enumerate(SUBJECTS)}


@dataclass(frozen=True)
class ToldSetting:
    """A setting as a change left it. `before` None: it was at its default."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ToldKpi:
    """How many values of a KPI (its ref) a change left, in how many places, and how many of them were corrections."""

    kpi: str
    values: int
    places: int
    corrections: int


@dataclass(frozen=True)
class ToldFile:
    """The file that a change loaded. `kept`: whether the original is still here."""

    name: str
    size: int  # bytes
    layout: str
    kept: bool


@dataclass(frozen=True)
class ToldChange:
    """One change.

    counts    table → rows that it left, values among them
    rows      those that were changed, then the new ones, each in the order of the subjects; at most MOST
    values    the same of values; corrections first
    kpis      the values counted, in the order of the KPIs
    undoes, undone  the change that it undid, and the newest one that undid it
    """

    told: Told
    counts: Mapping[str, int]
    rows: tuple[ToldRow, ...]
    values: tuple[ToldRow, ...]
    kpis: tuple[ToldKpi, ...]
    settings: tuple[ToldSetting, ...]
    file: ToldFile | None
    undoes: int | None
    undone: int | None


def told_of_change(store: Store, picture: Picture, number: int, most: int = MOST) -> ToldChange | None:
    """What a change did; None when the picture holds no change of that number."""
    if not 0 < number <= picture.change:
        return None
    query = sa.select(*CHANGE, t.source.c.size, t.source.c.layout, t.source_file.c.source_id.label("kept")).outerjoin(
        t.source, t.source.c.id == t.change.c.source_id
    )
    query = query.outerjoin(t.source_file, t.source_file.c.source_id == t.source.c.id)
    with store.reading() as conn:
        row = conn.execute(query.where(t.change.c.id == number)).one()
        names = names_of(conn, picture)
        counts = _counts(conn, number)
        return ToldChange(
            told=told_of(row, names),
            counts=counts,
            rows=_rows(conn, picture.audience, names, number, most),
            values=tuple(values(conn, names, t.VALUE.c.change_id == number, most)) if VALUES.table in counts else (),
            kpis=_kpis(conn, picture, number) if VALUES.table in counts else (),
            settings=tuple(settings_of(conn, [number])[number]),
            file=None if row.file is None else ToldFile(row.file, row.size, row.layout, row.kept is not None),
            undoes=undone_by(row.reason) if row.deed in UNDOINGS else None,
            undone=_undone(conn, picture, number),
        )


def _counts(conn: sa.Connection, number: int) -> dict[str, int]:
    r, v = t.revision.c, t.VALUE.c
    of_rows = sa.select(r.table_name, sa.func.count()).where(r.change_id == number, r.table_name != SETTING)
    counts: dict[str, int] = dict(conn.execute(of_rows.group_by(r.table_name)).all())
    of_values = conn.execute(sa.select(sa.func.count()).where(v.change_id == number)).scalar_one()
    return counts | ({VALUES.table: of_values} if of_values else {})


def _rows(
    conn: sa.Connection, audience: Audience, names: Mapping[int, str], number: int, most: int
) -> tuple[ToldRow, ...]:
    r = t.revision.c
    mine = r.change_id == number
    found = list(revisions(conn, audience, names, mine & (r.version > 1), most))
    found += revisions(conn, audience, names, mine & (r.version == 1), most - len(found)) if len(found) < most else []
    return tuple(sorted(found, key=lambda one: (one.before is None, _ORDER[one.table])))


def told_of_slot(store: Store, picture: Picture, ref: str) -> list[ToldRow]:
    """Every value that a slot has had up to the picture, as rows, newest first."""
    v = t.VALUE.c
    with store.reading() as conn:
        found = values(conn, names_of(conn, picture), (v.ref == ref) & (v.change_id <= picture.change))
        return sorted(found, key=lambda one: -one.version)


def revisions(
    conn: sa.Connection, audience: Audience, names: Mapping[int, str], wanted: Any, most: int | None = None
) -> Iterator[ToldRow]:
    """Revisions of rows, each with what it was before, in the order in which they were written. Settings are none."""
    after, before = t.revision, t.revision.alias("before")
    same_row = (before.c.table_name == after.c.table_name) & (before.c.row_id == after.c.row_id)
    columns = (after.c.table_name, after.c.ref, after.c.version, after.c.data, after.c.sheet, after.c.cells)
    query = (
        sa.select(*columns, before.c.data.label("earlier"), *CHANGE)
        .join(t.change, t.change.c.id == after.c.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .outerjoin(before, same_row & (before.c.version == after.c.version - 1))
        .where(wanted, after.c.table_name != SETTING)
        .order_by(after.c.id)
        .limit(most)
    )
    for row in conn.execute(query):
        if row.table_name in BY_TABLE:
            one = revision(BY_TABLE[row.table_name], row, row.earlier, names, audience)
            if one.changed or audience is Audience.LEADERS:
                yield one


def values(conn: sa.Connection, names: Mapping[int, str], wanted: Any, most: int | None = None) -> Iterator[ToldRow]:
    """Values as rows, each with the one that it replaced; corrections first, then as they were written."""
    refs = row_refs(conn, "kpi", "place")
    v, before = t.VALUE.c, t.VALUE.alias("before")
    query = (
        sa.select(t.VALUE, *CHANGE)
        .join(t.change, t.change.c.id == v.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .where(wanted)
        .order_by(v.replaces_id.is_(None), v.id)
        .limit(most)
    )
    found = conn.execute(query).all()
    replaced = [row.replaces_id for row in found if row.replaces_id is not None]
    earlier = {row.id: row for row in conn.execute(sa.select(before).where(before.c.id.in_(replaced)))}
    for row in found:
        data = from_columns(VALUES, dict(row._mapping), refs)
        old = None
        if row.replaces_id is not None:
            old = from_columns(VALUES, dict(earlier[row.replaces_id]._mapping), refs)
        changed = VALUES.names if old is None else tuple(n for n in VALUES.names if data[n] != old[n])
        cell = () if row.cell is None else (row.cell, row.raw or "", *filter(None, (row.rule,)))
        cells = {"number": cell} if cell else {}
        yield ToldRow(told_of(row, names), VALUES.table, row.ref, row.change_id, data, changed, cells, before=old)


def _kpis(conn: sa.Connection, picture: Picture, number: int) -> tuple[ToldKpi, ...]:
    v = t.VALUE.c
    counted = sa.select(
        v.kpi_id, sa.func.count(), sa.func.count(v.place_id.distinct()), sa.func.count(v.replaces_id)
    ).where(v.change_id == number)
    refs = row_refs(conn, "kpi")
    found = [ToldKpi(refs["kpi", kpi], *rest) for kpi, *rest in conn.execute(counted.group_by(v.kpi_id))]
    known = picture.rows.get("kpi", {})
    return tuple(sorted(found, key=lambda one: known[one.kpi].code))


def settings_of(conn: sa.Connection, numbers: Sequence[int]) -> dict[int, list[ToldSetting]]:
    """The settings that each change left, with what they were before."""
    after, before = t.revision, t.revision.alias("before")
    same_row = (before.c.table_name == SETTING) & (before.c.row_id == after.c.row_id)
    query = (
        sa.select(after.c.change_id, after.c.data, before.c.data.label("earlier"))
        .outerjoin(before, same_row & (before.c.version == after.c.version - 1))
        .where(after.c.change_id.in_(numbers), after.c.table_name == SETTING)
        .order_by(after.c.id)
    )
    found = defaultdict(list)
    for number, data, earlier in conn.execute(query):
        old = None if earlier is None else earlier["value"]
        found[number].append(ToldSetting(data["name"], old, data["value"]))
    return found


def _undone(conn: sa.Connection, picture: Picture, number: int) -> int | None:
    """The newest change that undid this one."""
    c = t.change.c
    query = sa.select(sa.func.max(c.id)).where(c.id <= picture.change, c.deed.in_(UNDOINGS))
    found = conn.execute(query.where(c.reason.startswith(undoes(number), autoescape=True))).scalar()
    return None if found is None else int(found)
