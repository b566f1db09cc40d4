"""Pictures of real stores compared: with a migration between them, and beside a count made from the workbook itself."""

from contextlib import closing
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest

from framework.deeds.starting import SAMPLE
from framework.people import Audience
from framework.picture.compare import compare
from framework.picture.since import end_of_day
from framework.store import Store
from framework.store.engine import url_of
from framework.store.migrate import upgrade
from framework.store.pictures import load
from tests.counted_by_hand import LAG, Workbook
from tests.edges.test_migrations import as_it_was

NOW = datetime(2026, 11, 13, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """A database of the first schema as this release opens it; its third change is the upgrade's own."""
    store = Store(url_of(tmp_path_factory.mktemp("old") / "old.db"))
    as_it_was(store, "0001")
    upgrade(store)
    yield store
    store.close()


def found(store, change):
    """What differs between a past change and now, by the name of its list."""
    before = load(store, NOW, Audience.LEADERS, as_at=NOW, change=change)
    after = load(store, NOW, Audience.LEADERS)
    changes = compare(before, after, after.edition.ref)
    return {f.name: getattr(changes, f.name) for f in fields(changes) if getattr(changes, f.name)}


def test_only_what_the_upgrade_wrote_into_the_ledger_is_told(upgraded):
    told = found(upgraded, change=2)
    assert list(told) == ["noted"]
    assert [n.note.words for n in told["noted"]] == ["More families are eligible."]


def test_nothing_changed_since_the_upgrade(upgraded):
    assert found(upgraded, change=3) == {}


def late_in_the_workbook(since, on):
    """How many values were recorded between two days after they were due, and how many otherwise."""
    workbook = Workbook(SAMPLE)
    edition = next(r for r in workbook.sheets["Versions"] if r["code"] == workbook.edition)
    kpis = {k["code"]: k for k in workbook.kpis if k["counted here"] is None}
    found = []
    for row in workbook.sheets["Values"]:
        if row["KPI"] in kpis and since < row["recorded on"] <= on:
            kpi, ends = kpis[row["KPI"]], workbook.ends(row["period"])
            lag = timedelta(days=LAG if kpi["lag"] is None else int(kpi["lag"]))
            asked = edition["start"] <= ends <= edition["end"] and row["place"] in workbook.reporters(kpi)
            there = row["place"] == workbook.trust or workbook.joined(row["place"], ends)
            found.append(asked and there and row["recorded on"] > ends + lag)
    return found.count(True), found.count(False)


def test_late_values_are_counted_right(loaded_sample):
    since = date(2026, 7, 7)
    with closing(Store.open(loaded_sample)) as store:
        before, after = (load(store, NOW, Audience.LEADERS, as_at) for as_at in (end_of_day(since), None))
        changes = compare(before, after, after.edition.ref)
    assert (len(changes.late), len(changes.arrived)) == late_in_the_workbook(since, NOW.date()) == (36, 181)
