"""What was written on actions since somebody looked."""

from collections.abc import Sequence

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.engine import Store


def written_since(store: Store, actions: Sequence[str], change: int) -> set[str]:
    """Those of the actions that were changed, or on which a word was said, after a change of the ledger."""
    a, u = t.TABLES["action"].c, t.TABLES["action_update"].c
    changed = sa.select(a.ref).where(a.ref.in_(list(actions)), a.change_id > change)
    # A word that was looked at meanwhile is no new word.
    word = sa.select(a.ref).join(t.TABLES["action_update"], u.action_id == a.id)
    word = word.where(a.ref.in_(list(actions)), u.change_id > change, u.version == 1)
    with store.reading() as conn:
        return {*conn.execute(changed).scalars(), *conn.execute(word).scalars()}
