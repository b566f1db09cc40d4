"""Checking the ledger's chain: each change's hash is worked out again from what stands in the database."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.coding import from_columns, to_hash
from framework.store.engine import Store
from framework.store.ledger import FIRST_HASH, change_hash, content_digest, row_facts
from framework.store.pictures import row_refs
from framework.store.rows import SETTING
from framework.subjects import VALUES


def broken_at(store: Store) -> int | None:
    """The first change whose hash is not what its content gives; None when the whole chain holds."""
    with store.reading() as conn:
        facts = _facts(conn)
        previous = FIRST_HASH
        for row in conn.execute(sa.select(t.change).order_by(t.change.c.id)):
            own = (row.at, row.by_id, row.deed, row.reason, row.via, row.source_id)
            again = change_hash(previous, *own, content_digest(facts[row.id]))
            if row.previous_hash != previous or row.hash != again:
                return int(row.id)
            previous = row.hash
    return None


def _facts(conn: sa.Connection) -> dict[int, list[str]]:
    """What each change left behind, row by row, as it was hashed."""
    facts: dict[int, list[str]] = defaultdict(list)
    for row in conn.execute(sa.select(t.revision)):
        facts[row.change_id].append(_revision(row))
    refs = row_refs(conn)
    for value in conn.execute(sa.select(t.VALUE)).mappings():
        data = to_hash(VALUES, from_columns(VALUES, dict(value), refs))
        facts[value["change_id"]].append(row_facts(VALUES.table, "", 0, False, data))
    return facts


def _revision(row: Any) -> str:
    kept = dict(row.data)
    archived = kept.pop("archived")
    if row.table_name == SETTING:
        return row_facts(SETTING, kept["name"], 0, False, {"value": kept["value"]})
    return row_facts(row.table_name, row.ref, row.version, archived, kept)
