"""What the ledger knows of rows beyond their fields: when each was recorded first, what it was then, when it moved."""

from typing import Any

import sqlalchemy as sa

from framework.periods import local_day
from framework.store import tables as t
from framework.store.engine import Store


def derived(store: Store, number: int | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """What the ledger knows of rows beyond their fields: table → ref → recorded on, earlier figure, when it moved.

    number  the newest change that counts; None: all do
    """
    up_to = 2**31 - 1 if number is None else number
    with store.reading() as conn:
        return {
            "action_update": _recorded(conn, "action_update", up_to),
            "target": _targets(conn, up_to),
            "value": _values(conn, up_to),
        }


def _recorded(conn: sa.Connection, table: str, up_to: int) -> dict[str, dict[str, Any]]:
    r = t.revision.c
    query = sa.select(r.ref, r.at).where(r.table_name == table, r.version == 1, r.change_id <= up_to)
    return {row.ref: {"recorded_on": local_day(row.at)} for row in conn.execute(query)}


def _targets(conn: sa.Connection, up_to: int) -> dict[str, dict[str, Any]]:
    """When a target was set, and the number before its last move."""
    r = t.revision.c
    found: dict[str, dict[str, Any]] = {}
    number: dict[str, Any] = {}
    of_targets = sa.select(r.ref, r.at, r.version, r.data).where(r.table_name == "target", r.change_id <= up_to)
    for row in conn.execute(of_targets.order_by(r.version)):
        if row.version == 1:
            found[row.ref] = {"recorded_on": local_day(row.at)}
        elif row.data["number"] != number[row.ref]:
            found[row.ref] |= {"earlier": number[row.ref], "moved_on": local_day(row.at)}
        number[row.ref] = row.data["number"]
    return found


def _values(conn: sa.Connection, up_to: int) -> dict[str, dict[str, Any]]:
    """When a value was first recorded, and the number before its last correction."""
    v = t.VALUE.c
    query = sa.select(v.ref, v.number, t.change.c.at).join(t.change, t.change.c.id == v.change_id)
    found: dict[str, dict[str, Any]] = {}
    number: dict[str, Any] = {}
    for row in conn.execute(query.where(v.change_id <= up_to).order_by(v.change_id)):
        day = local_day(row.at)
        if row.ref not in found:
            found[row.ref] = {"recorded_on": day}
        elif row.number != number[row.ref]:
            found[row.ref] |= {"earlier": number[row.ref], "corrected_on": day}
        number[row.ref] = row.number
    return found
