"""Personal links: a way in without an account, to the named rows alone, until a day. Only a token's hash is kept."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.rows import id_of

Slot = tuple[str, str, str]  # refs of a KPI and a place, code of a period


@dataclass(frozen=True)
class Link:
    """One link, as it was made. `by` None: nobody made it for someone, they asked for it themselves or it is Monday."""

    ref: str
    person: str
    actions: tuple[str, ...]
    values: tuple[Slot, ...]
    words: str  # what it asks for
    made_at: datetime
    by: str | None
    expires_at: datetime
    revoked_at: datetime | None = None

    def open_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and moment < self.expires_at


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make(
    conn: sa.Connection,
    *,
    person: str,
    actions: Sequence[str],
    values: Sequence[Slot],
    words: str,
    at: datetime,
    by: str | None,
    expires_at: datetime,
) -> tuple[str, str]:
    """Keep a new link; its ref, and the token of 256 random bits that is told once and kept nowhere."""
    token, ref = secrets.token_urlsafe(32), new_ref()
    conn.execute(
        sa.insert(t.link).values(
            ref=ref,
            token_hash=hash_of(token),
            person_id=id_of(conn, "person", person),
            rows={"actions": list(actions), "values": [list(slot) for slot in values]},
            words=words,
            made_at=at,
            by_id=None if by is None else id_of(conn, "person", by),
            expires_at=expires_at,
        )
    )
    return ref, token


def revoke(conn: sa.Connection, ref: str, at: datetime) -> bool:
    """Shut a link from a moment on; False when it is shut already or there is none."""
    k = t.link.c
    done = conn.execute(sa.update(t.link).where(k.ref == ref, k.revoked_at.is_(None)).values(revoked_at=at))
    return done.rowcount == 1


def by_token(store: Store, token: str) -> Link | None:
    """The link of a token, open or not; None when there is none."""
    return _one(store, t.link.c.token_hash == hash_of(token))


def by_ref(store: Store, ref: str) -> Link | None:
    return _one(store, t.link.c.ref == ref)


def all_links(store: Store) -> list[Link]:
    """Every link, newest first."""
    with store.reading() as conn:
        return [_link(row) for row in conn.execute(_query().order_by(t.link.c.made_at.desc(), t.link.c.id.desc()))]


def number_of(conn: sa.Connection, ref: str) -> int:
    """The integer key of a link, for what came by it."""
    return int(conn.execute(sa.select(t.link.c.id).where(t.link.c.ref == ref)).scalar_one())


def _one(store: Store, condition: Any) -> Link | None:
    with store.reading() as conn:
        row = conn.execute(_query().where(condition)).first()
        return None if row is None else _link(row)


def _query() -> sa.Select[Any]:
    whom, maker = t.TABLES["person"].alias("whom"), t.TABLES["person"].alias("maker")
    return (
        sa.select(t.link, whom.c.ref.label("whom"), maker.c.ref.label("maker"))
        .join(whom, whom.c.id == t.link.c.person_id)
        .outerjoin(maker, maker.c.id == t.link.c.by_id)
    )


def _link(row: Any) -> Link:
    return Link(
        ref=row.ref,
        person=row.whom,
        actions=tuple(row.rows["actions"]),
        values=tuple((kpi, place, period) for kpi, place, period in row.rows["values"]),
        words=row.words,
        made_at=row.made_at,
        by=row.maker,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
