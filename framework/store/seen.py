"""What was written on actions since somebody looked."""

from collections.abc import Sequence

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.engine import Store


def times_written(conn: sa.Connection, action: str) -> int:
    """How often an action and the words on it were written, told inside the writer's own transaction; 0: never."""
    actions, updates = t.TABLES["action"].c, t.TABLES["action_update"]
    own = conn.execute(sa.select(actions.id, actions.version).where(actions.ref == action)).first()
    if own is None:
        return 0
    words = sa.select(sa.func.count()).select_from(updates).where(updates.c.action_id == own.id)
    return int(own.version) + int(conn.execute(words).scalar_one())


def written_since(store: Store, actions: Sequence[str], change: int) -> set[str]:
    """Those of the actions that were changed, or on which a word was said, after a change of the ledger."""
    a, u = t.TABLES["action"].c, t.TABLES["action_update"].c
    changed = sa.select(a.ref).where(a.ref.in_(list(actions)), a.change_id > change)
    # A word that was looked at meanwhile is no new word.
    word = sa.select(a.ref).join(t.TABLES["action_update"], u.action_id == a.id)
    word = word.where(a.ref.in_(list(actions)), u.change_id > change, u.version == 1)
    with store.reading() as conn:
        return {*conn.execute(changed).scalars(), *conn.execute(word).scalars()}
