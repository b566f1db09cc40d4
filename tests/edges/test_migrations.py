"""Migrations make the very tables the models describe, on both databases, and refuse a newer database."""

import multiprocessing

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from framework.errors import StoreRefused
from framework.store import Store
from framework.store.engine import url_of
from framework.store.migrate import current, head
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


def _open(path):
    Store.open(path).close()


def test_six_processes_that_start_together_leave_one_whole_schema(tmp_path):
    path = tmp_path / "trust.db"
    starting = [multiprocessing.get_context("spawn").Process(target=_open, args=(path,)) for _ in range(6)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0] * 6
    store = Store(url_of(path))
    assert current(store) == head()
    store.close()
