"""What a file was made from, and what a change did: read back from the ledger, on both databases."""

from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa

from framework.errors import Unknown
from framework.kpis.kpi import State
from framework.plans import Status
from framework.store.bases import bases_of, whole_change
from framework.store.ledger import entry
from framework.store.pictures import known
from framework.subjects import ACTIONS, KPIS, VALUES, data_of
from framework.workbook.merge import decided
from framework.workbook.undo import undoing
from tests.conftest import HAZEL, NOW, a_kpi, a_value, an_action, half_term, put


@dataclass(frozen=True)
class Filed:
    """Rows of a file, as far as the ledger asks."""

    rows: dict


@dataclass(frozen=True)
class Row:
    ref: str
    seen: int | None
    version: int


def filed(**rows) -> Filed:
    return Filed({table: [Row(*row) for row in some] for table, some in rows.items()})


def moved_on(store):
    """An action that was changed twice after the scene was set, and the change after which a file was written."""
    put(store, an_action(status=Status.BLOCKED, version=1), now=NOW)
    return put(store, an_action(status=Status.DONE, version=2), now=NOW) - 2


def test_a_row_that_did_not_move_is_not_read(store):
    bases = bases_of(store, filed(action=[("action0001", 1, 1)]), 1)
    assert (bases.rows, bases.moved, bases.added) == ({}, {}, {})


@pytest.mark.parametrize(("seen", "status"), [(1, Status.ON_TRACK), (2, Status.BLOCKED)])
def test_a_row_that_moved_is_read_as_of_the_version_it_says(store, seen, status):
    moved_on(store)
    bases = bases_of(store, filed(action=[("action0001", seen, 3)]), None)
    assert bases.rows == {"action": {"action0001": data_of(ACTIONS, an_action(status=status))}}


@pytest.mark.parametrize(("later", "status"), [(0, Status.ON_TRACK), (1, Status.BLOCKED), (2, None)])
def test_a_row_that_says_no_version_is_read_as_of_the_files_revision(store, later, status):
    revision = moved_on(store) + later
    bases = bases_of(store, filed(action=[("action0001", None, 3)]), revision)
    found = bases.rows.get("action", {}).get("action0001")
    assert (None if found is None else found["status"]) is status


def test_without_version_and_revision_nothing_is_known(store):
    moved_on(store)
    assert bases_of(store, filed(action=[("action0001", None, 3)]), None).rows == {}


def test_a_version_that_is_yet_to_come_is_not_believed(store):
    moved_on(store)
    assert bases_of(store, filed(action=[("action0001", 9, 3)]), 99).rows == {}


def test_rows_that_moved_and_rows_that_came_since_are_told_apart(store):
    revision = moved_on(store)
    put(store, an_action(ref="action0002", code="A-15"), now=NOW)
    put(store, an_action(ref="action0002", code="A-16", version=1), now=NOW)
    bases = bases_of(store, filed(action=[], kpi=[]), revision)
    assert bases.moved == {"action": frozenset({"action0001"})}
    assert bases.added == {"action": frozenset({"action0002"})}


def test_only_tables_of_the_file_are_looked_at(store):
    revision = moved_on(store)
    assert bases_of(store, filed(kpi=[]), revision).moved == {}


def values(store):
    """Three values of one slot, one after the other: the numbers of their changes."""
    first = put(store, a_value(20.0), now=NOW)
    second = put(store, a_value(21.0, version=first), now=NOW)
    return first, second, put(store, a_value(22.0, version=second), now=NOW)


def test_a_value_is_known_by_its_change(store):
    first, second, third = values(store)
    seen = bases_of(store, filed(value=[("value00001", second, third)]), None)
    assert seen.rows == {"value": {"value00001": data_of(VALUES, a_value(21.0))}}
    at = bases_of(store, filed(value=[("value00001", None, third)]), first)
    assert at.rows["value"]["value00001"]["number"] == 20.0
    assert at.moved == {"value": frozenset({"value00001"})}


def test_a_value_that_came_since_stood_nowhere(store):
    before = put(store, replace(HAZEL, pupils=401, version=1), now=NOW)
    *_, third = values(store)
    bases = bases_of(store, filed(value=[("value00001", None, third)]), before)
    assert (bases.rows.get("value", {}), bases.added) == ({}, {"value": frozenset({"value00001"})})


def test_many_values_that_did_not_move_cost_as_little_as_none(store):
    number = put(store, *(a_value(ref=f"v{n:09}", group=f"Year: {n}") for n in range(500)), now=NOW)
    put(store, a_kpi(title="Absence", version=1), now=NOW)
    asked = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda conn, cursor, statement, *_: asked.append(statement))
    bases = bases_of(store, filed(value=[(f"v{n:09}", number, number) for n in range(500)]), number)
    assert (bases.rows, bases.moved) == ({}, {})
    assert sum(" value" in statement.split("FROM", 1)[-1] for statement in asked) == 1


# What a change did


def left_by(store, change):
    return whole_change(store, change).rows


def test_a_change_is_told_row_by_row_as_it_found_and_left_them(store):
    with entry(store, by=None, now=NOW, deed="test") as e:
        e.put(VALUES, "value00001", data_of(VALUES, a_value(20.0)), seen=0)
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(status=Status.DONE)), seen=1)
        e.put(KPIS, "kpi0000001", data_of(KPIS, a_kpi()), seen=1, archived=True)
    kpi, action, value = left_by(store, e.change_id)
    assert (kpi.table, kpi.was_archived, kpi.is_archived) == ("kpi", False, True)
    assert (action.before["status"], action.after["status"], action.version) == (Status.ON_TRACK, Status.DONE, 2)
    assert (value.before, value.after["number"], value.version) == (None, 20.0, e.change_id)


def test_a_value_is_told_with_the_one_it_replaced(store):
    first, second, _ = values(store)
    (left,) = left_by(store, second)
    assert (left.before["number"], left.after["number"]) == (20.0, 21.0)
    assert left_by(store, first)[0].before is None
    withdrawn = put(store, a_value(22.0, state=State.WITHDRAWN, version=second + 1), now=NOW)
    assert (left_by(store, withdrawn)[0].was_archived, left_by(store, withdrawn)[0].is_archived) == (False, True)


def test_of_a_change_that_left_no_row_the_settings_are_told_and_one_that_is_not_here_is_unknown(store):
    for days in (30, 20):
        with entry(store, by=None, now=NOW, deed="test") as e:
            e.set("quiet_after", days)
    first, second = (whole_change(store, number) for number in (e.change_id - 1, e.change_id))
    assert (first.rows, second.rows) == ((), ())
    assert (first.settings[0].before, first.settings[0].after, first.settings[0].now) == (None, 30, 20)
    assert (second.settings[0].before, second.settings[0].after, second.newest) == (30, 20, e.change_id)
    with pytest.raises(Unknown, match="nothing to undo"):
        whole_change(store, 99)


def undo(store, change) -> int:
    """Undo a change as a deed would; the number of the change that did it."""
    here, number = known(store)
    with entry(store, by=None, now=NOW, deed="undo") as e:
        for row in decided(undoing(left_by(store, change), here, based_on=number)):
            e.put({"action": ACTIONS, "value": VALUES}[row.table], row.ref, row.data, seen=row.version,
                  archived=row.archived)  # fmt: skip
    return e.change_id


def test_an_undo_restores_and_the_undo_of_that_loads_again(store):
    first = put(store, a_value(20.0), now=NOW)
    with entry(store, by=None, now=NOW, deed="load workbook") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(status=Status.DONE)), seen=1)
        e.put(ACTIONS, "action0002", data_of(ACTIONS, an_action(code="A-15")), seen=0)
        e.put(VALUES, "value00001", data_of(VALUES, a_value(21.0)), seen=first)
        e.put(VALUES, "value00002", data_of(VALUES, a_value(9.0, period=half_term(2026, 2))), seen=0)

    def stands():
        here, _ = known(store)
        actions, some = here["action"], here["value"]
        return (
            actions["action0001"].status, actions["action0002"].archived,
            some["value00001"].number, some["value00002"].state,
        )  # fmt: skip

    loaded = (Status.DONE, False, 21.0, State.REPORTED)
    assert stands() == loaded
    undoing_it = undo(store, e.change_id)
    assert stands() == (Status.ON_TRACK, True, 20.0, State.WITHDRAWN)
    undo(store, undoing_it)
    assert stands() == loaded
