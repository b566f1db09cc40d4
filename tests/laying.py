"""One PostgreSQL database laid anew for each test: its rows are put back, a tenth of the work of making another."""

from dataclasses import dataclass, field

import psycopg
from psycopg import sql

# Everything but rows: whatever a test does to tables, triggers, functions or sequences leaves another mark.
_SHAPE = " UNION ALL ".join(
    f"SELECT '{catalogue}', oid::text, xmin::text FROM {catalogue} WHERE oid >= 16384"  # the first that is not its own
    for catalogue in ("pg_class", "pg_trigger", "pg_constraint", "pg_proc", "pg_type", "pg_attrdef", "pg_namespace")
)
_COLUMNS = "SELECT 'column', attrelid::text || ' ' || attnum, xmin::text FROM pg_attribute WHERE attrelid >= 16384"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"


@dataclass(frozen=True)
class Rows:
    """What a database holds: the bytes of each table that is not empty; where each sequence stands (None: unused)."""

    tables: dict[str, bytes]
    sequences: dict[str, int | None]


@dataclass
class Laid:
    """The database that the tests of one process take in turn, a copy of `empty` or `small trust` for each of them."""

    server: str
    address: str = ""
    rows: dict[str, Rows] = field(default_factory=dict)
    shape: list[tuple[str, ...]] = field(default_factory=list)  # as it was made

    def lay(self, copied: str) -> None:
        """Make the database what the named one is, whatever the test before did to it."""
        if copied not in self.rows:
            with psycopg.connect(address_of(self.server, copied)) as conn:
                self.rows[copied] = _rows_of(conn)
        if not self.shape or not self._put_back(self.rows[copied]):
            self.address = new_postgresql_database(self.server, "laid", template=_name(copied))
            with psycopg.connect(self.address) as conn:
                self.shape = _shape_of(conn)

    def _put_back(self, rows: Rows) -> bool:
        """Whether the database holds these rows now; not where more than its rows was changed."""
        with psycopg.connect(self.address, autocommit=True) as conn:
            # Who still holds a connection is sent away, as by a database that is dropped.
            others = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = current_database()"
            conn.execute(f"{others} AND pid <> pg_backend_pid()")
            if _shape_of(conn) != self.shape:
                return False
            conn.execute("SET session_replication_role = replica")  # past the triggers that seal the ledger
            if full := _full(conn):
                names = [sql.Identifier(name) for name in full]
                conn.execute(sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(name) for name in names))
                # To the last page: rows that stood there must not decide where new ones come to lie.
                conn.execute(sql.SQL("VACUUM {}").format(sql.SQL(",").join(names)))
            for name, content in rows.tables.items():
                into = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(name))
                with conn.cursor().copy(into) as copying:
                    copying.write(content)
            stand = [sql.SQL("setval({}, {}, {})").format(n, m or 1, m is not None) for n, m in rows.sequences.items()]
            conn.execute(sql.SQL("SELECT {}").format(sql.SQL(",").join(stand)))
        return True


def _rows_of(conn: psycopg.Connection) -> Rows:
    tables = {}
    for name in _full(conn):
        with conn.cursor().copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))) as content:
            tables[name] = b"".join(bytes(some) for some in content)
    return Rows(tables, dict(conn.execute(_SEQUENCES).fetchall()))


def _shape_of(conn: psycopg.Connection) -> list[tuple[str, ...]]:
    return sorted(conn.execute(f"{_SHAPE} UNION ALL {_COLUMNS}").fetchall())


def _full(conn: psycopg.Connection) -> list[str]:
    """The tables that hold or held anything."""
    names = [name for (name,) in conn.execute(_TABLES)]
    sizes = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE pg_relation_size({}::regclass) > 0").format(name, f'"{name}"') for name in names
    )
    return [name for (name,) in conn.execute(sizes)]


def _name(name: str) -> str:
    return "t_" + "".join(c if c.isalnum() else "_" for c in name.casefold())[:50]


def address_of(server: str, name: str) -> str:
    head, _, tail = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{_name(name)}" + (f"?{tail}" if tail else "")


def new_postgresql_database(server: str, name: str, template: str = "template1") -> str:
    """Make a database on the server, empty or a copy of another; its address."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f'DROP DATABASE IF EXISTS "{_name(name)}" WITH (FORCE)')
        conn.execute(f'CREATE DATABASE "{_name(name)}" TEMPLATE "{template}"')
    return address_of(server, name)
