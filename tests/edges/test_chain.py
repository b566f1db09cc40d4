"""The chain over the ledger: whole for what was written, broken by whoever rewrites it behind our back."""

import pytest
import sqlalchemy as sa

from framework.store.chain import broken_at
from framework.store.ledger import entry
from framework.subjects import ACTIONS, data_of
from tests.conftest import LEADER, NOW, a_value, an_action, put


@pytest.fixture
def told(store):
    """Four changes: the scene, a value, its correction with a file, a setting."""
    first = put(store, a_value(24.1, numerator=241, denominator=1000), now=NOW, by=LEADER)
    with entry(store, by=LEADER, now=NOW, deed="load workbook", reason="é £ “so”") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title="New name")), seen=1)
        e.keep_source("plan.xlsx", b"bytes", "civic-plan/1")
    put(store, a_value(0.1 + 0.2, version=first, note="corrected"), now=NOW, by=LEADER)
    with entry(store, by=LEADER, now=NOW, deed="change setting") as e:
        e.set("quiet_after", 30)
    return store


def test_the_chain_holds_over_rows_values_files_and_settings(told):
    assert broken_at(told) is None


def test_the_chain_holds_over_the_whole_sample(sample_store):
    assert broken_at(sample_store) is None


@pytest.mark.parametrize(
    ("table", "rewrite", "broken"),
    [
        ("value", "UPDATE value SET number = 99 WHERE number > 24", 2),
        ("revision", "UPDATE revision SET ref = 'action0009' WHERE table_name = 'action' AND version = 2", 3),
        ("change", "UPDATE change SET reason = 'because' WHERE id = 3", 3),
        ("value", "DELETE FROM value WHERE number < 1", 4),
        ("change", "UPDATE change SET hash = previous_hash WHERE id = 5", 5),
    ],
)
def test_a_ledger_rewritten_behind_our_back_is_found_at_the_change(told, table, rewrite, broken):
    with told.writing() as conn:
        if told.sqlite:
            for deed in ("update", "delete"):
                conn.execute(sa.text(f"DROP TRIGGER sealed_{table}_{deed}"))
        else:
            conn.execute(sa.text(f'ALTER TABLE "{table}" DISABLE TRIGGER sealed_{table}'))
        conn.execute(sa.text(rewrite))
    assert broken_at(told) == broken
