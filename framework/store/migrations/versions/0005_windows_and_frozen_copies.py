"""The windows of meetings, and copies frozen for them, sealed like the ledger. Frozen once released."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SEALED = "frozen_copy"


def upgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("audience", sa.String(), nullable=True))
        batch.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reports", sa.String(), nullable=True))
        for name in ("opens_on", "closes_on", "closed_on"):
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch.create_foreign_key(op.f("fk_meeting_place_id"), "place", ["place_id"], ["id"])
    op.create_index(op.f("ix_meeting_place_id"), "meeting", ["place_id"], unique=False)
    op.create_table(
        _SEALED,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(10), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_SEALED}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{_SEALED}_ref")),
    )
    _seal()


def _seal() -> None:
    """Refuse UPDATE, DELETE and TRUNCATE, as 0001 does for the ledger; on PostgreSQL by its function."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f'CREATE TRIGGER sealed_{_SEALED}_{deed.lower()} BEFORE {deed} ON "{_SEALED}" '
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is only ever added to'); END"
            )
        return
    op.execute(
        f'CREATE TRIGGER sealed_{_SEALED} BEFORE UPDATE OR DELETE ON "{_SEALED}" FOR EACH ROW EXECUTE FUNCTION sealed()'
    )
    op.execute(
        f'CREATE TRIGGER sealed_{_SEALED}_truncate BEFORE TRUNCATE ON "{_SEALED}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION sealed()"
    )
