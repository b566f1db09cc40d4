"""Frozen copies: their content is kept beside the ledger, and made again from the ledger to be set beside it.

What is shown of a copy is always what the ledger says. That this is still what was frozen, byte for byte, is checked.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from framework.meetings import FrozenCopy
from framework.picture.content import SETTING, Difference, Known, content, differences, fingerprint
from framework.picture.shape import Picture
from framework.settings import FROZEN
from framework.store import tables as t
from framework.store.coding import from_json
from framework.store.engine import Store
from framework.store.pictures import row_refs
from framework.subjects import ARCHIVED, BY_TABLE, VALUES, Kind


@dataclass(frozen=True)
class Checked:
    """Whether a copy is what was frozen.

    kept    its kept content is whole: it gives the fingerprint that stands in the ledger
    ledger  the ledger gives that fingerprint still, so what is shown is what was frozen
    differences  the rows of which the kept content (`then`) and the ledger (`now`) say different things, fields as
                 records have them; none where the kept content is not whole
    """

    kept: bool
    ledger: bool
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        return self.kept and self.ledger


@dataclass(frozen=True)
class Frozen:
    """Who froze a copy, when and why. `by`: a person's ref; None: the command line."""

    by: str | None
    at: datetime
    why: str


def keep(conn: sa.Connection, ref: str, of: bytes) -> None:
    """Keep a copy's content, in the caller's transaction."""
    row = {"ref": ref, "sha256": fingerprint(of), "content": zlib.compress(of)}
    conn.execute(sa.insert(t.frozen_copy).values(**row))


def kept_content(store: Store, copy: FrozenCopy) -> bytes | None:
    """The content of a copy as it was frozen; None when it is lost or damaged."""
    with store.reading() as conn:
        packed = conn.execute(sa.select(t.frozen_copy.c.content).where(t.frozen_copy.c.ref == copy.ref)).scalar()
    try:
        found = None if packed is None else zlib.decompress(packed)
    except zlib.error:
        return None
    return found if found is not None and fingerprint(found) == copy.sha256 else None


def file_name(copy: FrozenCopy) -> str:
    """What a copy's content is called as a file."""
    return f"frozen-copy-{copy.met_on.isoformat()}-{copy.sha256[:12]}.jsonl"


def content_at(store: Store, change: int, schema: int) -> bytes:
    """The content of all that was known at a change, from the ledger, in the shape of a schema."""
    with store.reading() as conn:
        return content_of(conn, change, schema)


def content_of(conn: sa.Connection, change: int, schema: int) -> bytes:
    """As `content_at`, on a connection that is open already."""
    return content([*_rows(conn, change), *_values(conn, change)], _settings(conn, change), schema)


def checked(store: Store, copy: FrozenCopy) -> Checked:
    """Whether a copy is the same to the byte as when it was frozen. Worked out once a process for each copy."""
    key = ("frozen copy", copy.ref)
    with store.cache_lock:
        found: Checked | None = store.cache.get(key)
    if found is None:
        found = _check(store, copy)
        with store.cache_lock:
            store.cache[key] = found
    return found


def _check(store: Store, copy: FrozenCopy) -> Checked:
    then, now = kept_content(store, copy), content_at(store, copy.change, copy.schema)
    ledger = fingerprint(now) == copy.sha256
    found = () if then is None or ledger else differences(then, now)
    told = (replace(one, then=_told(one.table, one.then), now=_told(one.table, one.now)) for one in found)
    return Checked(then is not None, ledger, tuple(told))


def _told(table: str, fields: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The fields as a record has them; as they were written where someone has put in what no record can have."""
    if fields is None or table not in BY_TABLE:
        return fields
    try:
        return {**from_json(BY_TABLE[table], fields), ARCHIVED.name: fields[ARCHIVED.name]}
    except (ValueError, TypeError):
        return fields


def frozen_by(store: Store, picture: Picture) -> dict[str, Frozen]:
    """Who froze each copy of a picture, by the copy's ref."""
    r, person = t.revision.c, t.TABLES["person"].c
    query = (
        sa.select(r.data, person.ref, t.change.c.at, t.change.c.reason)
        .join(t.change, t.change.c.id == r.change_id)
        .outerjoin(t.TABLES["person"], person.id == t.change.c.by_id)
        .where(r.table_name == SETTING, r.change_id <= picture.change)
    )
    with store.reading() as conn:
        found = {row.data["name"]: Frozen(row.ref, row.at, row.reason) for row in conn.execute(query)}
    return {copy.ref: found[FROZEN + copy.ref] for copy in picture.frozen}


def _rows(conn: sa.Connection, change: int) -> Iterator[Known]:
    """Each row as its newest revision up to the change left it, just as it was kept."""
    r = t.revision.c
    newest = (
        sa.select(r.table_name, r.row_id, sa.func.max(r.change_id).label("change_id"))
        .where(r.change_id <= change, r.table_name != SETTING)
        .group_by(r.table_name, r.row_id)
        .subquery()
    )
    same = (r.table_name == newest.c.table_name) & (r.row_id == newest.c.row_id) & (r.change_id == newest.c.change_id)
    for table, ref, data in conn.execute(sa.select(r.table_name, r.ref, r.data).join(newest, same)):
        if table in BY_TABLE:
            yield Known(BY_TABLE[table], ref, bool(data["archived"]), data)


def _values(conn: sa.Connection, change: int) -> Iterator[Known]:
    """The newest value of each slot up to the change."""
    v = t.VALUE.c
    slot = (v.kpi_id, v.place_id, v.group, v.period)
    last = sa.func.max(v.change_id).label("change_id")
    newest = sa.select(*slot, last).where(v.change_id <= change).group_by(*slot).subquery()
    same = sa.and_(*(v[name] == column for name, column in newest.c.items()))
    refs = row_refs(conn, "kpi", "place")
    ones = [(f.name, f.of) for f in VALUES.fields if f.kind is Kind.ONE]
    for row in conn.execute(sa.select(t.VALUE).join(newest, same)).mappings():
        data: dict[str, Any] = dict(row)
        for name, of in ones:
            data[name] = refs[of, data[f"{name}_id"]]
        yield Known(VALUES, row["ref"], False, data)


def _settings(conn: sa.Connection, change: int) -> dict[str, Any]:
    r = t.revision.c
    query = sa.select(r.data).where(r.table_name == SETTING, r.change_id <= change).order_by(r.change_id)
    return {data["name"]: data["value"] for (data,) in conn.execute(query)}
