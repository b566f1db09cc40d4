"""The plan taken out as at a past day: what it holds, what it says of itself, and how it is read when it comes back."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from framework.deeds import exporting, importing
from framework.people import Audience
from framework.picture.moments import moment_of
from framework.store.pictures import first_day, load
from framework.workbook.parse import parse
from framework.workbook.plan import Outcome
from tests.conftest import LEADER, MEMBER, NOW, a_target, a_value, an_action, half_term, put

DAY = date(2026, 10, 10)


@pytest.fixture(scope="module")
def moved(sqlite_ground):
    """The small trust of 1 Sep, where a title, a target and a value moved, and more came, before 10 Oct and after.

    Laid once: no test here writes.
    """
    store = sqlite_ground.store("small trust")
    before, after = datetime(2026, 10, 5, 9, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)
    first = put(
        store,
        an_action(title="Breakfast at Hazel Grange", version=1),
        a_target(number=21.0, version=1),
        a_value(24.1),
        now=before,
    )
    put(
        store,
        replace(LEADER, name="Priya Leader-Shah", version=1),
        an_action(title="Breakfast club", due_on=date(2026, 12, 18), version=2),
        an_action(ref="action0002", code="A-15", visibility="task force"),
        a_target(number=22.0, version=2),
        a_value(23.9, version=first),
        a_value(25.0, ref="value00002", period=half_term(2025, 6)),
        now=after,
    )
    yield store
    sqlite_ground.engine.dispose()


@pytest.fixture(scope="module")
def taken_out(moved):
    """The workbook as at 10 Oct 2026: its name and bytes."""
    back = replace(LEADER, looking_back=True)
    tables = ("person", "action", "target", "value")
    return exporting.export(moved, by=back, now=NOW, moment=moment(moved), tables=tables)


def moment(store):
    return moment_of(DAY.isoformat(), load(store, NOW, Audience.LEADERS), first_day(store))


def sheet(content, title):
    """The rows of a sheet below its headings, by heading."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content))[title].iter_rows()]
    top = next(n for n, row in enumerate(rows) if row[0] == "_id")
    return [dict(zip([str(head).rstrip("*") for head in rows[top]], row, strict=True)) for row in rows[top + 1 :]]


def plan_of(store, content, name="plan.xlsx"):
    return importing.preview(store, by=LEADER, now=NOW, content=content, name=name, book=parse(content, name)).plan


def outcomes(plan):
    return {(change.ref, one.name): one.outcome for change in plan.changes for one in change.fields}


def test_it_holds_what_was_recorded_by_the_end_of_the_day_and_nothing_later(taken_out):
    (action,) = sheet(taken_out[1], "Actions")
    assert (action["code"], action["action"], action["owner"]) == ("A-14", "Breakfast at Hazel Grange", LEADER.name)
    (value,) = sheet(taken_out[1], "Values")
    assert (value["value"], value["recorded on"].date()) == (24.1, date(2026, 10, 5))
    assert (value["earlier value"], value["corrected on"]) == (None, None)
    (target,) = sheet(taken_out[1], "Targets")
    assert (target["target"], target["earlier target"], target["moved on"].date()) == (21.0, 20.0, date(2026, 10, 5))


def test_it_says_as_at_when_it_is_in_its_name_on_its_first_sheet_and_to_the_next_reading(taken_out):
    name, content = taken_out
    assert name == "civic-duty-as-at-2026-10-10.xlsx"
    guide = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    told = [str(row[0].value).replace("\N{NO-BREAK SPACE}", " ") for row in guide.iter_rows(max_row=6)]
    assert told[0].startswith("Civic duty plan: the workbook · as at Sat 10 Oct 2026")
    assert "It holds what was recorded by the end of Sat 10 Oct 2026, and nothing later." in told
    meta = parse(content, name).meta
    assert (meta["revision"], meta["as_at"]) == (2, "2026-10-10T22:59:59.999999+00:00")


def test_unchanged_it_says_what_changed_here_since_and_would_change_nothing(moved, taken_out):
    plan = plan_of(moved, taken_out[1])
    found = outcomes(plan)
    assert plan.problems == plan.missing == ()
    assert set(found.values()) == {Outcome.CHANGED_HERE}
    assert found.keys() >= {("action0001", "title"), ("target0001", "number"), ("value00001", "number")}


def test_one_cell_changed_in_it_is_one_change(moved, taken_out):
    book = openpyxl.load_workbook(io.BytesIO(taken_out[1]))
    cells = book["Actions"]
    status = next(c for c in range(1, 60) if str(cells.cell(3, c).value).rstrip("*") == "status")
    cells.cell(4, status).value = "done"
    changed = io.BytesIO()
    book.save(changed)
    found = outcomes(plan_of(moved, changed.getvalue()))
    told = {key: outcome for key, outcome in found.items() if outcome is not Outcome.CHANGED_HERE}
    assert told == {("action0001", "status"): Outcome.CHANGED}


def test_one_sheet_of_it_loads_back_too(moved):
    name, content = exporting.export_sheet(moved, by=LEADER, now=NOW, sheet="Values", moment=moment(moved))
    assert name == "civic-duty-values-as-at-2026-10-10.csv"
    assert b'"24.1"' in content
    assert b"value00002" not in content
    assert set(outcomes(plan_of(moved, content, name)).values()) == {Outcome.CHANGED_HERE}


def test_a_member_takes_out_of_the_past_only_what_was_shared_then(moved):
    shared = {"by": MEMBER, "now": NOW, "sheet": "Actions"}
    assert b"A-1" not in exporting.export_sheet(moved, moment=moment(moved), **shared)[1]
    assert b"A-15" in exporting.export_sheet(moved, **shared)[1]
