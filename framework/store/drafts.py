"""What somebody has typed and not saved: kept on the server until it is saved, or a month has passed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.engine import Store
from framework.store.rows import id_of


def keep(conn: sa.Connection, *, person: str, about: str, data: Mapping[str, Any], at: datetime) -> None:
    """Keep what was typed about a thing, in place of what was kept before. Nothing typed: nothing is kept."""
    drop(conn, person=person, about=about)
    if data:
        row = {"person_id": id_of(conn, "person", person), "about": about, "data": dict(data), "at": at}
        conn.execute(sa.insert(t.draft).values(**row))


def drop(conn: sa.Connection, *, person: str, about: str) -> None:
    """Let go of what was typed about a thing."""
    d = t.draft.c
    conn.execute(sa.delete(t.draft).where(d.person_id == id_of(conn, "person", person), d.about == about))


def drafts_of(store: Store, person: str) -> dict[str, tuple[dict[str, Any], datetime]]:
    """What a person has typed and not saved: by what it is about, with when."""
    d, people = t.draft.c, t.TABLES["person"]
    query = sa.select(d.about, d.data, d.at).join(people, people.c.id == d.person_id).where(people.c.ref == person)
    with store.reading() as conn:
        return {row.about: (dict(row.data), row.at) for row in conn.execute(query)}


def prune(store: Store, before: datetime) -> int:
    """Let go of what was typed before a moment; how many drafts that were."""
    with store.writing() as conn:
        return conn.execute(sa.delete(t.draft).where(t.draft.c.at < before)).rowcount
