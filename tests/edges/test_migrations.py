"""Migrations make the very tables the models describe, on both databases, and refuse a newer database."""

import json
import multiprocessing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from framework.errors import StoreRefused
from framework.people import Audience
from framework.store import Store
from framework.store.chain import broken_at
from framework.store.engine import url_of
from framework.store.migrate import current, head, upgrade
from framework.store.pictures import load
from framework.store.tables import metadata
from tests.conftest import new_postgresql_database


def constraints(engine):
    """What Alembic's comparison does not see: checks, unique constraints, indexes and foreign keys, by table."""
    found = {}
    inspector = sa.inspect(engine)
    for table in metadata.tables:
        found[table] = (
            sorted(str(c["sqltext"]) for c in inspector.get_check_constraints(table)),
            sorted(tuple(c["column_names"]) for c in inspector.get_unique_constraints(table)),
            sorted(str(tuple(i["column_names"])) for i in inspector.get_indexes(table)),
            sorted((tuple(f["constrained_columns"]), f["referred_table"]) for f in inspector.get_foreign_keys(table)),
        )
    return found


def test_a_migrated_database_is_what_the_models_describe(empty_store):
    with empty_store.reading() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_a_migrated_database_has_every_constraint_of_one_made_from_the_models(empty_store, tmp_path, request):
    if empty_store.sqlite:
        made = sa.create_engine(url_of(tmp_path / "made.db"))
    else:
        made = sa.create_engine(
            url_of(new_postgresql_database(request.getfixturevalue("postgresql"), tmp_path.name + "made"))
        )
    metadata.create_all(made)
    assert constraints(empty_store.engine) == constraints(made)
    made.dispose()


def test_opening_a_store_again_changes_nothing(empty_store):
    assert current(empty_store) == head()
    again = Store(empty_store.url)
    Store.open(empty_store.url).close()
    assert current(again) == head()
    again.close()


def test_a_database_of_a_newer_release_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "trust.db"
    store = Store.open(path)
    with store.writing() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreRefused, match="made by a newer release"):
        Store.open(path)


def _open(path, together):
    together.wait(60)
    Store.open(path).close()


def test_six_processes_that_start_together_leave_one_whole_schema(tmp_path):
    path = tmp_path / "trust.db"
    # Forked from one that has imported it all, the six are ready at the same moment.
    beginning = multiprocessing.get_context("forkserver")
    beginning.set_forkserver_preload([Store.__module__, "framework.store.migrate", __name__])
    together = beginning.Barrier(6)
    starting = [beginning.Process(target=_open, args=(path, together)) for _ in range(6)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0] * 6
    store = Store(url_of(path))
    assert current(store) == head()
    store.close()


def as_it_was(store, schema):
    """Fill an empty store with what a database of an older schema held, upgraded to that schema only."""
    upgrade(store, schema)
    rows = json.loads((Path(__file__).parent / "databases" / f"schema_{schema}.json").read_text(encoding="utf-8"))
    with store.writing() as conn:
        known = sa.MetaData()
        known.reflect(conn)
        for table in known.sorted_tables:
            for row in rows.get(table.name, ()):
                # Revisions are numbered by the database itself, and the next one must find its number free.
                kept = {name: v for name, v in row.items() if (table.name, name) != ("revision", "id")}
                conn.execute(sa.insert(table).values({name: _typed(table.c[name], v) for name, v in kept.items()}))


def _typed(column, value):
    if not isinstance(value, str):
        return value
    if isinstance(column.type, sa.LargeBinary):
        return bytes.fromhex(value)
    if isinstance(column.type, sa.DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value


@pytest.fixture
def old_store(tmp_path):
    store = Store(url_of(tmp_path / "old.db"))
    as_it_was(store, "0001")
    return store


@pytest.fixture
def old_postgresql(tmp_path, postgresql):
    store = Store(url_of(new_postgresql_database(postgresql, tmp_path.name + "old")))
    as_it_was(store, "0001")
    return store


@pytest.mark.parametrize("kind", ["old_store", "old_postgresql"])
def test_a_break_of_the_first_schema_becomes_a_note_on_the_line(kind, request):
    store = request.getfixturevalue(kind)
    upgrade(store)
    picture = load(store, datetime(2026, 11, 13, tzinfo=UTC), Audience.LEADERS)
    (note,) = picture.notes["k111111111"]
    assert (note.kind, note.period.code, note.words) == ("new definition", "202627-Y", "More families are eligible.")
    store.close()


@pytest.mark.parametrize("kind", ["old_store", "old_postgresql"])
def test_the_chain_of_an_upgraded_database_still_holds(kind, request):
    store = request.getfixturevalue(kind)
    upgrade(store)
    assert broken_at(store) is None
    assert load(store, datetime(2026, 11, 13, tzinfo=UTC), Audience.LEADERS).change == 3
    store.close()


def test_a_row_of_the_first_schema_reads_with_the_defaults_of_what_came_later(old_store):
    upgrade(old_store)
    then = datetime(2026, 9, 7, 12, tzinfo=UTC)
    past = load(old_store, then, Audience.LEADERS, as_at=then)
    assert past.kpis["k222222222"].counted is None
    assert past.targets["k222222222"][0].managed_decline is False


def test_an_upgraded_database_is_what_the_models_describe(old_store):
    upgrade(old_store)
    with old_store.reading() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []
    assert constraints(old_store.engine)["kpi_note"] != ()
