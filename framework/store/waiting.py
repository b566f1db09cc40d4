"""Files that wait to be loaded, and the layouts that earlier loads left: readings, and the one place that writes them.

A file that waits is no part of the ledger: it may be answered bit by bit, put away and forgotten.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from framework.errors import Unknown
from framework.settings import LAYOUT
from framework.store import tables as t
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.rows import id_of

NO_LONGER = "This file waits no longer: it was loaded or put away. Look at what was loaded so far on Data."
LAYOUT_SETTING = LAYOUT  # and the layout's key: layouts are kept in the ledger as settings are


class Settled(StrEnum):
    WAITING = "waiting"
    LOADED = "loaded"
    PUT_AWAY = "put away"


@dataclass(frozen=True)
class Waiting:
    """One file that was brought.

    by      ref of the person who brought it; None: nobody, it lay in a watched folder
    answers what was chosen so far, by question; `mended` the values to take instead, by `Sheet!H14`
    change  the change that loaded it; None: it is not loaded
    """

    ref: str
    name: str
    sha256: str
    size: int  # bytes
    made_at: datetime
    by: str | None
    via: str
    state: Settled
    answers: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[str, str] = field(default_factory=dict)
    change: int | None = None
    receipt: Mapping[str, Any] | None = None  # what loading it did


def bring(conn: sa.Connection, *, name: str, content: bytes, at: datetime, by: str | None, via: str) -> str:
    """Keep a file until it is loaded or put away; its ref. The same bytes that wait already are not kept twice."""
    p = t.proposal.c
    digest = hashlib.sha256(content).hexdigest()
    here = conn.execute(sa.select(p.ref).where(p.sha256 == digest, p.state == Settled.WAITING.value)).scalar()
    if here is not None:
        return str(here)
    ref = new_ref()
    row = {"ref": ref, "name": name, "sha256": digest, "size": len(content), "made_at": at, "via": via}
    by_id = None if by is None else id_of(conn, "person", by)
    made = conn.execute(
        sa.insert(t.proposal).values(**row, by_id=by_id, state=Settled.WAITING.value, answers={}, mended={})
    ).inserted_primary_key
    assert made is not None
    conn.execute(sa.insert(t.proposal_file).values(proposal_id=made[0], content=content))
    return ref


def remember(conn: sa.Connection, ref: str, *, answers: Mapping[str, str], mended: Mapping[str, str]) -> None:
    """Keep what was chosen for a file, in place of what was chosen before."""
    p = t.proposal.c
    conn.execute(sa.update(t.proposal).where(p.ref == ref).values(answers=dict(answers), mended=dict(mended)))


def settle(
    conn: sa.Connection,
    ref: str,
    state: Settled,
    at: datetime,
    *,
    change: int | None = None,
    receipt: Mapping[str, Any] | None = None,
) -> None:
    """The file waits no longer. Its bytes go: what was loaded is kept as a source, what was not is not ours to keep.

    Raises Unknown when it was settled meanwhile.
    """
    p = t.proposal.c
    number = conn.execute(sa.select(p.id).where(p.ref == ref, p.state == Settled.WAITING.value)).scalar()
    if number is None:
        raise Unknown(NO_LONGER)
    conn.execute(sa.delete(t.proposal_file).where(t.proposal_file.c.proposal_id == number))
    done = {"state": state.value, "settled_at": at, "change_id": change, "receipt": receipt}
    conn.execute(sa.update(t.proposal).where(p.id == number).values(**done))


def waiting(store: Store) -> list[Waiting]:
    """Every file that waits, newest first."""
    with store.reading() as conn:
        p = t.proposal.c
        rows = conn.execute(_query().where(p.state == Settled.WAITING.value).order_by(p.made_at.desc(), p.id.desc()))
        return [_waiting(row) for row in rows]


def one_waiting(store: Store, ref: str) -> Waiting | None:
    """A file that was brought, settled or not; None when there is none of that ref."""
    with store.reading() as conn:
        row = conn.execute(_query().where(t.proposal.c.ref == ref)).first()
        return None if row is None else _waiting(row)


def content_of(store: Store, ref: str) -> bytes | None:
    """The bytes of a file that waits; None once it is settled."""
    query = (
        sa.select(t.proposal_file.c.content)
        .join(t.proposal, t.proposal.c.id == t.proposal_file.c.proposal_id)
        .where(t.proposal.c.ref == ref)
    )
    with store.reading() as conn:
        found = conn.execute(query).scalar()
        return None if found is None else bytes(found)


def _query() -> sa.Select[Any]:
    person = t.TABLES["person"].c
    return sa.select(t.proposal, person.ref.label("person")).outerjoin(
        t.TABLES["person"], person.id == t.proposal.c.by_id
    )


def _waiting(row: Any) -> Waiting:
    return Waiting(
        row.ref,
        row.name,
        row.sha256,
        row.size,
        row.made_at,
        row.person,
        row.via,
        Settled(row.state),
        row.answers,
        row.mended,
        row.change_id,
        row.receipt,
    )


def layouts(store: Store) -> list[Any]:
    """Every layout that earlier loads left, as it was kept, the newest first."""
    s = t.setting.c
    query = sa.select(s.value).where(s.name.startswith(LAYOUT_SETTING)).order_by(s.change_id.desc())
    with store.reading() as conn:
        return list(conn.execute(query).scalars())


def last_load(store: Store, layout: str) -> int | None:
    """The newest change that loaded a file of this layout; None when there is none."""
    query = (
        sa.select(sa.func.max(t.change.c.id))
        .join(t.source, t.source.c.id == t.change.c.source_id)
        .where(t.source.c.layout == layout)
    )
    with store.reading() as conn:
        found = conn.execute(query).scalar()
        return None if found is None else int(found)


def original(store: Store, change: int) -> bytes:
    """The bytes of the file that a change loaded. Raises Unknown when it loaded none, or their time is over."""
    query = (
        sa.select(t.source_file.c.content)
        .join(t.change, t.change.c.source_id == t.source_file.c.source_id)
        .where(t.change.c.id == change)
    )
    with store.reading() as conn:
        found = conn.execute(query).scalar()
    if found is None:
        raise Unknown("The original file of this change is not kept.")
    return bytes(found)


def receipt_of(store: Store, change: int) -> Mapping[str, Any] | None:
    """What loading did, as it was kept; None for a load of which none was."""
    p = t.proposal.c
    with store.reading() as conn:
        found = conn.execute(sa.select(p.receipt).where(p.change_id == change)).scalar()
        return None if found is None else dict(found)
