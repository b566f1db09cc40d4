"""What an action is to move and takes, evidence, queries, and what waits beside the ledger. Frozen once released."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
# Table → its new columns; a reference is written as the table it points at.
_ADDED: dict[str, dict[str, Any]] = {
    "action": {
        "expected_change": sa.Float(53),
        "expected_by": sa.Date(),
        "hours": sa.Float(53),
        "cost": sa.BigInteger(),
        "set_by_id": "organisation",
        "outcome": sa.String(),
        "carried_from_id": "action",
    },
    "action_update": {"moved_for": sa.String(), "answer": sa.String()},
    "kpi": {"carried_from_id": "kpi"},
    "person": {"email": sa.String(), "left_on": sa.Date()},
}


def upgrade() -> None:
    for table, columns in _ADDED.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns.items():
                refers = isinstance(kind, str)
                batch.add_column(sa.Column(name, sa.Integer() if refers else kind, nullable=True))
                if refers:
                    batch.create_foreign_key(op.f(f"fk_{table}_{name}"), kind, [name], ["id"])
        for name in (n for n, kind in columns.items() if isinstance(kind, str)):
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)
    # Every update so far came from someone who was let in.
    op.add_column("action_update", sa.Column("unchecked", sa.Boolean(), nullable=False, server_default=sa.false()))
    _make_subjects()
    _make_what_waits()


def _make_subjects() -> None:
    words = sa.String()
    _subject(
        "evidence",
        {"action_id": "action"},
        sa.Column("title", words, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("link", words, nullable=True),
        sa.Column("file", words, nullable=True),
        sa.Column("sha256", words, nullable=True),
        by="by_id",
    )
    _subject(
        "query",
        {"kpi_id": "kpi", "place_id": "place"},
        sa.Column("period", words, nullable=False),
        sa.Column("group", words, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", words, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        by="asked_by_id",
    )


def _subject(name: str, of: dict[str, str], *more: sa.Column[Any], by: str) -> None:
    refers = {**{column: (table, False) for column, table in of.items()}, by: ("person", True)}
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(10), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=empty) for column, (_, empty) in refers.items()),
        *more,
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, (table, _) in refers.items()
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f(f"fk_{name}_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{name}_ref")),
    )
    for column in (*refers, "change_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _make_what_waits() -> None:
    number, words = sa.Integer(), sa.String()
    _table(
        "link",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person_id", number, nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("by_id", number, nullable=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.UniqueConstraint("token_hash", name="uq_link_token_hash"),
        indexed=("person_id",),
    )
    _table(
        "asking",
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by_id", number, nullable=True),
        sa.Column("person_id", number, nullable=False),
        sa.Column("link_id", number, nullable=True),
        sa.Column("kind", words, nullable=False),
        sa.Column("how", words, nullable=False),
        sa.Column("outcome", words, nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        indexed=("at", "person_id"),
    )
    _table(
        "proposed",
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("by_id", number, nullable=False),
        sa.Column("via", words, nullable=False),
        sa.Column("link_id", number, nullable=True),
        sa.Column("kind", words, nullable=False),
        sa.Column("about", words, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("seen", number, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=True),
        sa.Column("settled_by_id", number, nullable=True),
        sa.Column("answer", words, nullable=False),
        sa.Column("change_id", number, nullable=True),
        indexed=("about", "state"),
    )
    op.create_table(
        "draft",
        sa.Column("person_id", number, nullable=False),
        sa.Column("about", words, nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "about", name="pk_draft"),
    )
    op.create_index("ix_draft_at", "draft", ["at"])
    op.create_table(
        "lease",
        sa.Column("name", words, nullable=False),
        sa.Column("holder", words, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "evidence_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence_file"),
    )


def _table(name: str, *columns: Any, indexed: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(10), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("ref", name=f"uq_{name}_ref"),
    )
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])
