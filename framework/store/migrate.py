"""Bringing a database's tables up to date when it is opened: Alembic, without a file of its own."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from framework.errors import StoreRefused
from framework.store.engine import Store

_MIGRATING = 4_802


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The newest schema this release knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None
    return newest


def current(store: Store) -> str | None:
    """The database's schema; None when it has no tables of ours."""
    with store.reading() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def upgrade(store: Store, target: str = "head") -> None:
    """Upgrade in one transaction, one process at a time; leave all as it was when anything fails.

    Raises StoreRefused when the database was made by a newer release.
    """
    with store.engine.connect() as conn:
        if store.sqlite:
            # A no-op inside a transaction, so before it; rebuilt tables would trip over their own keys.
            _pragma(conn, "foreign_keys=OFF")
        try:
            with conn.begin():
                if not store.sqlite:
                    conn.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATING})
                _upgrade(conn, target)
                if store.sqlite and (orphans := conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
                    raise StoreRefused(
                        f"Upgrading would leave {len(orphans)} rows pointing at nothing. Nothing was changed."
                    )
        finally:
            if store.sqlite:
                _pragma(conn, "foreign_keys=ON")


def _upgrade(conn: sa.Connection, target: str) -> None:
    scripts = ScriptDirectory.from_config(_config())
    here = MigrationContext.configure(conn).get_current_revision()
    if here is not None and here not in {s.revision for s in scripts.walk_revisions()}:
        raise StoreRefused(
            f"This database was made by a newer release (schema {here}; this release knows {head()}). "
            "Start the newer release, or open a backup made before the upgrade."
        )
    if here != (head() if target == "head" else target):
        command.upgrade(_config(conn), target)


def _pragma(conn: sa.Connection, words: str) -> None:
    raw = conn.connection.dbapi_connection
    assert raw is not None
    raw.execute(f"PRAGMA {words}")
