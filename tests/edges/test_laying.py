"""A database that is laid anew for each test: nothing of one test is left for the next."""

import pytest
import sqlalchemy as sa

from framework.store.ledger import entry
from tests.conftest import NOW, an_action, put

WRITTEN = "SELECT (SELECT count(*) FROM revision), (SELECT max(id) FROM revision), (SELECT count(*) FROM setting)"


def asked(store, words):
    with store.writing() as conn:
        return conn.execute(sa.text(words)).all() if words.startswith("SELECT") else conn.execute(sa.text(words))


def test_rows_settings_and_numbers_given_out_are_what_they_were(ground):
    before = asked(ground.store("small trust"), WRITTEN)
    store = ground.store("small trust")
    put(store, an_action(ref="action0002", code="A-15"))
    with entry(store, by=None, now=NOW, deed="set") as e:
        e.set("quiet_after", 99)
    assert asked(store, WRITTEN) != before
    assert asked(ground.store("small trust"), WRITTEN) == before
    assert asked(ground.store("empty"), WRITTEN) == [(0, None, 0)]
    store = ground.store("small trust")
    put(store, an_action(ref="action0002", code="A-15"))
    assert asked(store, "SELECT max(id) FROM revision")[0][0] == before[0][1] + 1


@pytest.mark.parametrize(
    "words",
    [
        'ALTER TABLE "change" DISABLE TRIGGER sealed_change',
        "ALTER TABLE action ADD COLUMN more text",
        "CREATE FUNCTION more() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_what_a_test_did_to_the_tables_themselves_is_undone(postgresql_ground, words):
    shape = "SELECT relname, relnatts FROM pg_class WHERE oid >= 16384 AND relname !~ '[0-9]' ORDER BY 1"
    triggers = "SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
    functions = "SELECT count(*) FROM pg_proc"
    store = postgresql_ground.store("empty")
    before = [asked(store, one) for one in (shape, triggers, functions)]
    asked(store, words)
    assert [asked(store, one) for one in (shape, triggers, functions)] != before
    store = postgresql_ground.store("empty")
    assert [asked(store, one) for one in (shape, triggers, functions)] == before
    postgresql_ground.engine.dispose()
