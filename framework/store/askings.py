"""Who was asked for a word, by whom, when and how; and who asked for a fresh link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from framework.store import links
from framework.store import tables as t
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.rows import id_of


class AskedFor(StrEnum):
    ACTIONS = "actions"
    VALUES = "figures"
    DIGEST = "Monday digest"
    FRESH_LINK = "a fresh link"  # the person asked us


class How(StrEnum):
    MAIL_PROGRAM = "mail program"  # a ready message was opened there; whether it went out, nobody knows
    COPIED = "link copied"
    SENT = "sent"
    FILE = "message as a file"
    BY_LINK = "on the link's page"


@dataclass(frozen=True)
class Asking:
    """One time that somebody was asked. `outcome` empty: as far as we know it went out; else why it did not."""

    ref: str
    at: datetime
    by: str | None  # None: nobody, the Monday digest or the person's own asking
    person: str
    kind: AskedFor
    how: How
    outcome: str = ""
    actions: tuple[str, ...] = ()
    values: tuple[links.Slot, ...] = ()
    link: str | None = None  # ref of the link that went with it


def log(
    conn: sa.Connection,
    *,
    at: datetime,
    by: str | None,
    person: str,
    kind: AskedFor,
    how: How,
    outcome: str = "",
    actions: Sequence[str] = (),
    values: Sequence[links.Slot] = (),
    link: str | None = None,
) -> str:
    """Write down that somebody was asked; its ref."""
    ref = new_ref()
    conn.execute(
        sa.insert(t.asking).values(
            ref=ref,
            at=at,
            by_id=None if by is None else id_of(conn, "person", by),
            person_id=id_of(conn, "person", person),
            link_id=None if link is None else links.number_of(conn, link),
            kind=kind.value,
            how=how.value,
            outcome=outcome,
            rows={"actions": list(actions), "values": [list(slot) for slot in values]},
        )
    )
    return ref


def turned_out(conn: sa.Connection, ref: str, outcome: str) -> None:
    """Write down what became of an asking."""
    conn.execute(sa.update(t.asking).where(t.asking.c.ref == ref).values(outcome=outcome))


def askings(store: Store, since: datetime | None = None) -> list[Asking]:
    """Every asking since a moment (None: ever), newest first."""
    a, whom, maker = t.asking.c, t.TABLES["person"].alias("whom"), t.TABLES["person"].alias("maker")
    query = (
        sa.select(t.asking, whom.c.ref.label("whom"), maker.c.ref.label("maker"), t.link.c.ref.label("link_ref"))
        .join(whom, whom.c.id == a.person_id)
        .outerjoin(maker, maker.c.id == a.by_id)
        .outerjoin(t.link, t.link.c.id == a.link_id)
        .order_by(a.at.desc(), a.id.desc())
    )
    if since is not None:
        query = query.where(a.at >= since)
    with store.reading() as conn:
        return [_asking(row, row.rows) for row in conn.execute(query)]


def _asking(row: Any, rows: Mapping[str, Any]) -> Asking:
    return Asking(
        ref=row.ref,
        at=row.at,
        by=row.maker,
        person=row.whom,
        kind=AskedFor(row.kind),
        how=How(row.how),
        outcome=row.outcome,
        actions=tuple(rows["actions"]),
        values=tuple((kpi, place, period) for kpi, place, period in rows["values"]),
        link=row.link_ref,
    )
