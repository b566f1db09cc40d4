"""The process killed while it loads a workbook: all of it is there, or nothing, and the ledger's chain holds."""

import multiprocessing
import random
import time

import pytest
import sqlalchemy as sa

from framework.deeds import importing, staging
from framework.people import Audience
from framework.store import Store, waiting
from framework.store.chain import broken_at
from framework.store.pictures import known, load
from framework.store.waiting import Settled
from framework.workbook.write import write
from tests.conftest import LEADER, NOW, SMALL_TRUST, TRUST, a_value, half_term, put

pytestmark = pytest.mark.soak
VALUES = 4_000
KILLED = 12  # times; at another moment each


def load_it(path, content, brought, reached):
    store = Store.open(path)
    plan = importing.preview(store, by=LEADER, now=NOW, content=content, name="plan.xlsx").plan
    reached.set()
    importing.apply(store, by=LEADER, now=NOW, plan=plan, content=content, name="plan.xlsx", brought=brought)


def in_store(path, brought):
    """How many values there are, and whether the file waits still, once the database has come to itself.

    Refuses a damaged one.
    """
    store = Store.open(path)
    with store.reading() as conn:
        assert conn.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    assert broken_at(store) is None
    found = len(load(store, NOW, Audience.LEADERS).series("kpi0000001"))
    state = waiting.one_waiting(store, brought).state
    store.close()
    return found, state


def test_a_load_that_is_killed_is_whole_or_was_never_there(tmp_path):
    chance, seen = random.Random(1), set()
    for n in range(KILLED):
        path = tmp_path / f"{n}.db"
        store = Store.open(path)
        put(store, *SMALL_TRUST)
        here, _ = known(store)
        rows = [
            a_value(1.0, ref=f"v{i:09d}", place=TRUST.ref, period=half_term(2024, 1 + i % 6), group=f"Year: {i}")
            for i in range(VALUES)
        ]
        content = write({**here, "value": {row.ref: row for row in rows}}, meta={"schema": "civic-plan/1"})
        brought = staging.bring(store, by=LEADER, now=NOW, name="plan.xlsx", content=content)
        store.close()
        spawn = multiprocessing.get_context("spawn")
        reached = spawn.Event()
        process = spawn.Process(target=load_it, args=(path, content, brought, reached))
        process.start()
        assert reached.wait(60)
        time.sleep(chance.uniform(0.0, 0.5))
        process.kill()
        process.join()
        seen.add(in_store(path, brought))
    assert seen <= {(0, Settled.WAITING), (VALUES, Settled.LOADED)}
