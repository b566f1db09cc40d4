"""A store: one trust's database, opened by name. SQLite by default, PostgreSQL by its address.

Owns the engine, the one write lock and the caches of pictures. Never reads a clock.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

_PRAGMAS = (
    "busy_timeout=15000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # Without it INSERT OR REPLACE walks past the triggers that seal the ledger.
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
# Writers of one PostgreSQL database queue on this number, so that change ids follow the order of commits.
_WRITERS = 4_801


def url_of(name: str | os.PathLike[str]) -> str:
    """The address of a database: a path means SQLite."""
    text = os.fspath(name)
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        return "postgresql+psycopg://" + text.removeprefix("postgresql://")
    return text if "://" in text else f"sqlite:///{Path(text).as_posix()}"


class Store:
    """One trust's database. `Store.open` brings its tables up to date first."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = url.startswith("sqlite")
        self.engine = sa.create_engine(url, pool_pre_ping=not self.sqlite, json_serializer=_json)
        if self.sqlite:
            event.listen(self.engine, "connect", _prepare)
            event.listen(self.engine, "begin", _begin)
        self._lock = threading.Lock()
        self.cache: dict[Any, Any] = {}  # pictures and series; may be emptied at any moment
        self.cache_lock = threading.Lock()

    @classmethod
    def open(cls, name: str | os.PathLike[str]) -> "Store":
        """Open a database, making or upgrading its tables. Raises StoreRefused when a newer release made it."""
        from framework.store.migrate import upgrade

        store = cls(url_of(name))
        upgrade(store)
        return store

    def ready(self) -> bool:
        """Whether the database answers and holds at least one change."""
        try:
            with self.reading() as conn:
                return conn.execute(sa.text("SELECT max(id) FROM change")).scalar() is not None
        except sa.exc.DBAPIError:
            return False

    @cached_property
    def sample_day(self) -> date | None:
        """The day that the sample takes for today, set at its first load; None for a trust's own database."""
        with self.reading() as conn:
            kept = conn.execute(sa.text("SELECT value FROM setting WHERE name = 'sample_day'")).scalar()
        return None if kept is None else date.fromisoformat(kept if not kept.startswith('"') else json.loads(kept))

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment and writes nothing."""
        with self.engine.connect().execution_options(read_only=True) as conn:
            if not self.sqlite:
                conn = conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield conn

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """The one writer's connection: all is committed at the end, or nothing."""
        with self._lock, self.engine.connect() as conn, conn.begin():
            if not self.sqlite:
                conn.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": _WRITERS})
            yield conn


def _json(value: Any) -> str:
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # else the driver begins late, and DEFERRED
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(conn: sa.Connection) -> None:
    conn.exec_driver_sql("BEGIN" if conn.get_execution_options().get("read_only") else "BEGIN IMMEDIATE")
