"""Changes that wait for a leader: proposed by link, or by someone who may not make them. No part of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from framework.errors import Unknown
from framework.store import links
from framework.store import tables as t
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.rows import id_of

NO_LONGER = "This proposal waits no longer: somebody answered it. Load the page again to see how."


class Kind(StrEnum):
    UPDATE = "update"  # a new date, or closing, of an action
    VALUE = "value"
    ACTION = "action"  # a new one


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    EDITED = "edited"  # accepted with something changed
    DECLINED = "declined"


@dataclass(frozen=True)
class Proposal:
    """One change that somebody proposed.

    about  ref of the action or KPI; empty: of something new
    data   the fields proposed, as JSON: dates as `2026-11-12`, choices as their words, periods by their code
    seen   the version of the row that the person saw; 0: none
    """

    ref: str
    made_at: datetime
    by: str
    via: str
    kind: Kind
    about: str
    data: Mapping[str, Any]
    seen: int
    words: str
    state: State
    link: str | None = None
    settled_at: datetime | None = None
    settled_by: str | None = None
    answer: str = ""
    change: int | None = None


def propose(
    conn: sa.Connection,
    *,
    at: datetime,
    by: str,
    via: str,
    kind: Kind,
    about: str,
    data: Mapping[str, Any],
    seen: int,
    words: str,
    link: str | None = None,
    ref: str | None = None,
) -> str:
    """Keep a proposal; its ref. One of the same ref that is here already is left as it is.

    A waiting one of the same person about the same thing, of the same kind and slot, makes way for it.
    """
    p = t.proposed.c
    ref = ref or new_ref()
    if conn.execute(sa.select(p.id).where(p.ref == ref)).scalar() is not None:
        return ref
    by_id = id_of(conn, "person", by)
    if about:
        same = sa.select(p.id, p.data).where(
            p.by_id == by_id, p.kind == kind.value, p.about == about, p.state == State.WAITING.value
        )
        replaced = [row.id for row in conn.execute(same) if _slot(row.data) == _slot(data)]
        if replaced:
            conn.execute(sa.delete(t.proposed).where(p.id.in_(replaced)))
    conn.execute(
        sa.insert(t.proposed).values(
            ref=ref,
            made_at=at,
            by_id=by_id,
            via=str(via),
            link_id=None if link is None else links.number_of(conn, link),
            kind=kind.value,
            about=about,
            data=dict(data),
            seen=seen,
            words=words,
            state=State.WAITING.value,
            answer="",
        )
    )
    return ref


def _slot(data: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(data.get(name) for name in ("place", "period", "group"))


def settle(
    conn: sa.Connection, refs: Sequence[str], state: State, *, at: datetime, by: str, answer: str, change: int | None
) -> None:
    """Answer proposals that wait. Raises Unknown when one of them waits no longer."""
    p = t.proposed.c
    values = {"state": state.value, "settled_at": at, "settled_by_id": id_of(conn, "person", by)}
    done = conn.execute(
        sa.update(t.proposed)
        .where(p.ref.in_(list(refs)), p.state == State.WAITING.value)
        .values(**values, answer=answer, change_id=change)
    )
    if done.rowcount != len(set(refs)):
        raise Unknown(NO_LONGER)


def waiting(store: Store) -> list[Proposal]:
    """Every proposal that waits, oldest first."""
    return _read(store, t.proposed.c.state == State.WAITING.value)


def of_person(store: Store, person: str) -> list[Proposal]:
    """What a person proposed, settled or not, oldest first."""
    people = t.TABLES["person"].c
    return _read(store, t.proposed.c.by_id.in_(sa.select(people.id).where(people.ref == person)))


def one(store: Store, ref: str) -> Proposal | None:
    return next(iter(_read(store, t.proposed.c.ref == ref)), None)


def _read(store: Store, condition: Any) -> list[Proposal]:
    p, maker, leader = t.proposed.c, t.TABLES["person"].alias("maker"), t.TABLES["person"].alias("leader")
    query = (
        sa.select(t.proposed, maker.c.ref.label("maker"), leader.c.ref.label("leader"), t.link.c.ref.label("link_ref"))
        .join(maker, maker.c.id == p.by_id)
        .outerjoin(leader, leader.c.id == p.settled_by_id)
        .outerjoin(t.link, t.link.c.id == p.link_id)
        .where(condition)
        .order_by(p.made_at, p.id)
    )
    with store.reading() as conn:
        return [_proposal(row) for row in conn.execute(query)]


def _proposal(row: Any) -> Proposal:
    return Proposal(
        ref=row.ref,
        made_at=row.made_at,
        by=row.maker,
        via=row.via,
        kind=Kind(row.kind),
        about=row.about,
        data=row.data,
        seen=row.seen,
        words=row.words,
        state=State(row.state),
        link=row.link_ref,
        settled_at=row.settled_at,
        settled_by=row.leader,
        answer=row.answer,
        change=row.change_id,
    )
