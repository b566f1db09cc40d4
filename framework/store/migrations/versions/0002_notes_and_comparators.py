"""Notes on the lines of KPIs, comparators, and what judging needs besides. Frozen once released.

A KPI held one break of its definition in two columns of its own. Each becomes a note, written as a change of its own
that joins the chain: the ledger's older rows stay as they were.
"""

import hashlib
import json
import secrets
import string
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WITHOUT_WORDS = "The definition is another from here on."


def upgrade() -> None:
    """Make the tables and columns, then turn breaks into notes."""
    for column in ("counted", "path_shape", "comparator"):
        op.add_column("kpi", sa.Column(column, sa.String(), nullable=True))
    op.add_column("target", sa.Column("managed_decline", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("value", sa.Column("sd", sa.Float(precision=53), nullable=True))
    _table(
        "kpi_note",
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_kpi_note_place_id")),
    )
    op.create_index(op.f("ix_kpi_note_place_id"), "kpi_note", ["place_id"], unique=False)
    _table(
        "comparator",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("beside", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.Float(precision=53), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
    )
    _turn_breaks_into_notes(op.get_bind())
    op.drop_column("kpi", "break_at")
    op.drop_column("kpi", "break_note")


def _table(name: str, *more: Any) -> None:
    """A table of rows that belong to a KPI."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=10), nullable=False),
        sa.Column("kpi_id", sa.Integer(), nullable=False),
        *more,
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f(f"fk_{name}_change_id")),
        sa.ForeignKeyConstraint(["kpi_id"], ["kpi.id"], name=op.f(f"fk_{name}_kpi_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{name}_ref")),
    )
    op.create_index(op.f(f"ix_{name}_change_id"), name, ["change_id"], unique=False)
    op.create_index(op.f(f"ix_{name}_kpi_id"), name, ["kpi_id"], unique=False)


def _turn_breaks_into_notes(conn: sa.Connection) -> None:
    broken = conn.execute(
        sa.text("SELECT id, ref, break_at, break_note, fictional, archived FROM kpi WHERE break_at IS NOT NULL")
    ).all()
    if not broken:
        return
    change, rev, note = _tables("change", "revision", "kpi_note")
    last = conn.execute(sa.select(change).order_by(change.c.id.desc()).limit(1)).one()
    at = _utc(last.at)
    rows = [(_ref(), kpi, _data(kpi)) for kpi in broken]
    facts = [_facts("kpi_note", ref, 1, bool(kpi.archived), data) for ref, kpi, data in rows]
    reason = "The breaks that KPIs held became notes on their lines."
    content = hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()
    hashed = [last.hash, at.isoformat(), None, "upgrade", reason, "command", None, content]
    digest = hashlib.sha256(json.dumps(hashed, ensure_ascii=False).encode()).hexdigest()
    made = {"id": last.id + 1, "at": at, "by_id": None, "deed": "upgrade", "reason": reason, "via": "command"}
    conn.execute(sa.insert(change).values(**made, source_id=None, hash=digest, previous_hash=last.hash))
    for number, (ref, kpi, data) in enumerate(rows, 1):
        columns = {name: data[name] for name in ("period", "kind", "words", "definition", "fictional")}
        ours = {"ref": ref, "version": 1, "change_id": made["id"], "archived": bool(kpi.archived)}
        conn.execute(sa.insert(note).values(id=number, kpi_id=kpi.id, place_id=None, **columns, **ours))
        kept = {"change_id": made["id"], "table_name": "kpi_note", "row_id": number, "ref": ref, "version": 1, "at": at}
        whole = {**data, "archived": bool(kpi.archived)}
        conn.execute(sa.insert(rev).values(**kept, schema_version=2, data=whole, sheet=None, cells=None))
    if conn.dialect.name == "postgresql":
        conn.execute(sa.text("SELECT setval(pg_get_serial_sequence('kpi_note', 'id'), :n)"), {"n": len(rows)})


def _tables(*names: str) -> list[sa.Table]:
    """The tables as they were when this was released, whatever the models say later."""
    moment, words = sa.DateTime(timezone=True), sa.String()
    columns: dict[str, dict[str, Any]] = {
        "change": {"id": sa.Integer(), "at": moment, "by_id": sa.Integer(), "deed": words, "reason": words}
        | {"via": words, "source_id": sa.Integer(), "hash": words, "previous_hash": words},
        "revision": {"change_id": sa.Integer(), "table_name": words, "row_id": sa.Integer(), "ref": words}
        | {"version": sa.Integer(), "at": moment, "schema_version": sa.Integer(), "data": sa.JSON(), "sheet": words}
        | {"cells": sa.JSON(none_as_null=True)},
        "kpi_note": {"id": sa.Integer(), "ref": words, "kpi_id": sa.Integer(), "place_id": sa.Integer()}
        | {"period": words, "kind": words, "words": words, "definition": words, "fictional": sa.Boolean()}
        | {"version": sa.Integer(), "change_id": sa.Integer(), "archived": sa.Boolean()},
    }
    return [sa.Table(n, sa.MetaData(), *(sa.Column(c, kind) for c, kind in columns[n].items())) for n in names]


def _data(kpi: Any) -> dict[str, Any]:
    return {
        "kpi": kpi.ref,
        "place": None,
        "period": kpi.break_at,
        "kind": "new definition",
        "words": kpi.break_note or _WITHOUT_WORDS,
        "definition": None,
        "fictional": bool(kpi.fictional),
    }


def _facts(table: str, ref: str, version: int, archived: bool, data: dict[str, Any]) -> str:
    return json.dumps([table, ref, version, archived, data], ensure_ascii=False, sort_keys=True, allow_nan=False)


def _ref() -> str:
    letters = string.ascii_lowercase
    return secrets.choice(letters) + "".join(secrets.choice(letters + string.digits) for _ in range(9))


def _utc(at: datetime) -> datetime:
    """SQLite forgets zones: its moments are UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
