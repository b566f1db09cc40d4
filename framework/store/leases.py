"""Leases: what only one process may do at a time, and who does it now. Whoever dies loses it when its time is over."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.engine import Store


def take(store: Store, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """Hold `name` for so long from now; False while somebody else holds it. Whoever holds it already renews it.

    now  the machine's own clock, never the sample's, which goes back each midnight. The clocks of servers that share
         a database must agree to well within `seconds`.
    """
    held = t.lease.c
    until = now + timedelta(seconds=seconds)
    with store.writing() as conn:
        row = conn.execute(sa.select(held.holder, held.until).where(held.name == name)).first()
        if row is None:
            conn.execute(sa.insert(t.lease).values(name=name, holder=holder, until=until))
            return True
        if row.holder != holder and row.until > now:
            return False
        conn.execute(sa.update(t.lease).where(held.name == name).values(holder=holder, until=until))
        return True


def let_go(store: Store, name: str, holder: str) -> None:
    """Leave it to the next at once. What somebody else holds by now stays theirs."""
    with store.writing() as conn:
        conn.execute(sa.delete(t.lease).where(t.lease.c.name == name, t.lease.c.holder == holder))


def prune(store: Store, before: datetime) -> int:
    """Forget the leases that ran out before a moment; how many."""
    with store.writing() as conn:
        return conn.execute(sa.delete(t.lease).where(t.lease.c.until < before)).rowcount
