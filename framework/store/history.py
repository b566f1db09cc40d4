"""Searching the ledger: which changes somebody made, on which days, to which things, and which hold some words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from framework.picture.shape import Picture
from framework.store import tables as t
from framework.store.engine import Store
from framework.store.left import ToldSetting, revisions, settings_of, values
from framework.store.provenance import CHANGE, Told, ToldRow, names_of, told_of
from framework.store.rows import SETTING
from framework.store.sought import NOBODY, Hits, Sought, hits_of, left_rows, of_changes
from framework.subjects import VALUES

__all__ = ["MOST", "NAMED", "NOBODY", "SETTING", "Found", "Line", "Sought", "search"]

MOST = 50  # changes that are found at a time
NAMED = 3  # rows that a change is told by
_CHUNK = 400  # below every database's limit on parameters


@dataclass(frozen=True)
class Line:
    """One change that was found.

    counts  table → rows of it that the change left; values among them, settings not
    rows    at most NAMED of them, those that were looked for first; many values are counted alone
    """

    told: Told
    counts: Mapping[str, int]
    rows: tuple[ToldRow, ...]
    settings: tuple[ToldSetting, ...]


@dataclass(frozen=True)
class Found:
    """A page of changes, newest first. `older`: the `before` of the next page; None: this is the last."""

    lines: tuple[Line, ...]
    older: int | None


def search(store: Store, picture: Picture, sought: Sought, *, before: int | None = None, most: int = MOST) -> Found:
    """The changes that hold what is looked for, newest first. `before`: only those with a lower number."""
    with store.reading() as conn:
        where = of_changes(conn, picture, sought, before)
        hits = hits_of(conn, picture, sought)
        if hits is None:
            found = conn.execute(_changes(where + left_rows(conn, sought), most + 1)).all()
        else:
            found = _among(conn, where, hits.changes, most + 1)
        names = names_of(conn, picture)
        shown = found[:most]
        told = [told_of(row, names) for row in shown]
        lines = tuple(_lines(conn, picture, sought, told, hits or Hits(), names))
    return Found(lines, shown[-1].change_number if len(found) > most else None)


def _changes(where: Sequence[Any], most: int) -> sa.Select[Any]:
    query = sa.select(*CHANGE).outerjoin(t.source, t.source.c.id == t.change.c.source_id)
    return query.where(*where).order_by(t.change.c.id.desc()).limit(most)


def _among(conn: sa.Connection, where: Sequence[Any], numbers: Iterable[int], most: int) -> list[Any]:
    """The newest of these changes that fit; as few are read as are needed."""
    found: list[Any] = []
    ordered = sorted(numbers, reverse=True)
    for start in range(0, len(ordered), _CHUNK):
        some = t.change.c.id.in_(ordered[start : start + _CHUNK])
        found += conn.execute(_changes([*where, some], most - len(found)))
        if len(found) == most:
            break
    return found


def _lines(
    conn: sa.Connection,
    picture: Picture,
    sought: Sought,
    told: Sequence[Told],
    hits: Hits,
    names: Mapping[int, str],
) -> Iterator[Line]:
    numbers = [one.change for one in told]
    counts = _counts(conn, numbers)
    rows = _rows(conn, picture, sought, counts, hits, names)
    settings = settings_of(conn, numbers)
    for one in told:
        yield Line(one, counts[one.change], tuple(rows.get(one.change, ())[:NAMED]), tuple(settings[one.change]))


def _counts(conn: sa.Connection, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    r, v = t.revision.c, t.VALUE.c
    counts: dict[int, dict[str, int]] = {number: {} for number in numbers}
    of_rows = sa.select(r.change_id, r.table_name, sa.func.count()).where(r.change_id.in_(numbers))
    for number, table, n in conn.execute(of_rows.group_by(r.change_id, r.table_name)):
        if table != SETTING:
            counts[number][table] = n
    of_values = sa.select(v.change_id, sa.func.count()).where(v.change_id.in_(numbers)).group_by(v.change_id)
    for number, n in conn.execute(of_values):
        counts[number][VALUES.table] = n
    return counts


def _rows(
    conn: sa.Connection,
    picture: Picture,
    sought: Sought,
    counts: Mapping[int, Mapping[str, int]],
    hits: Hits,
    names: Mapping[int, str],
) -> dict[int, list[ToldRow]]:
    """A few rows of each change: those in which the words are, else the first that may be named."""
    r, v = t.revision.c, t.VALUE.c
    found = {change: ids[:NAMED] for change, ids in hits.revisions.items() if change in counts}
    elsewhere = [n for n in counts if n not in found and n not in hits.values]
    nth = sa.func.row_number().over(partition_by=r.change_id, order_by=r.id).label("nth")
    some = sa.select(r.id, r.change_id, nth).where(r.change_id.in_(elsewhere))
    some = some.where(r.table_name == sought.table if sought.table else r.table_name != SETTING)
    first = (some.where(r.ref == sought.ref) if sought.ref else some).subquery()
    ids = [row for listed in found.values() for row in listed]
    ids += conn.execute(sa.select(first.c.id).where(first.c.nth <= NAMED)).scalars()
    rows = defaultdict(list)
    for one in revisions(conn, picture.audience, names, r.id.in_(ids)):
        rows[one.told.change].append(one)
    if sought.table in ("", VALUES.table):
        few = [n for n in elsewhere if counts[n].get(VALUES.table, NAMED + 1) <= NAMED]
        wanted = v.change_id.in_(few) | v.id.in_([ids[0] for n, ids in hits.values.items() if n in counts])
        if sought.ref:
            wanted = v.change_id.in_(list(counts)) & (v.ref == sought.ref)
        for one in values(conn, names, wanted):
            rows[one.told.change].append(one)
    return rows
