"""Comparing a file with what stands here: exactly what changed, what was emptied, and what is not in the file."""

from dataclasses import replace
from datetime import date

import pytest

from framework.kpis.kpi import State
from framework.plans import Status
from framework.subjects import ACTIONS, KPIS, TARGETS, VALUES, data_of, record
from framework.workbook.check import check
from framework.workbook.compare import Plan, compare, same
from framework.workbook.read import read
from framework.workbook.words import day_words, label, number_words, shown
from framework.workbook.write import from_rows, write
from tests.conftest import AGNES, HAZEL, LEADER, SMALL_TRUST, a_kpi, a_target, a_value, an_action, half_term
from tests.edges.test_workbook_check import A_VALUE, AN_ACTION, HERE, checked, from_cells, known, refs


def planned(here, changes=(), **sheets) -> Plan:
    return compare(checked(here, **sheets), here)


def plan_of(content: bytes, here) -> Plan:
    return compare(check(read(content, "plan.xlsx"), here, new_ref=refs()), here)


def edited(here, *after, **more) -> Plan:
    """The plan of an export in which some records were changed before it came back."""
    changed = known(*{row.ref: row for table in here.values() for row in table.values()}.values(), *after)
    return plan_of(write(changed, meta={}, **more), here)


def test_a_workbook_that_comes_back_unchanged_changes_nothing():
    plan = edited(HERE)
    assert (plan.changes, plan.problems, plan.notes) == ((), (), ())
    assert plan.unchanged == {table: len(rows) for table, rows in HERE.items()}
    assert not any(plan.missing.values())


def test_one_changed_cell_is_exactly_one_change():
    (change,) = edited(HERE, an_action(status=Status.BLOCKED, version=4)).changes
    assert (change.table, change.ref, change.is_new, change.changed, change.cleared) == (
        "action", "action0001", False, ("status",), (),
    )  # fmt: skip
    assert change.before == data_of(ACTIONS, an_action())
    assert change.after == change.before | {"status": Status.BLOCKED}
    assert change.label == "A-14 Breakfast club at Hazel Grange"
    assert change.cells["status"][1] == "blocked"


def test_a_change_carries_the_version_it_was_compared_with():
    here = known(*SMALL_TRUST, an_action(version=7))
    assert edited(here, an_action(title="New", version=7)).changes[0].version == 7


def test_a_new_row_has_all_fields_with_their_defaults():
    plan = planned(HERE, Actions=[AN_ACTION])
    (change,) = plan.changes
    assert (change.is_new, change.before, change.version, change.cleared) == (True, None, 0, ())
    assert change.after.keys() == set(ACTIONS.names)
    assert record(ACTIONS, {**change.after, "ref": change.ref}).places == ()
    assert set(change.changed) == {"code", "edition", "objective", "title", "due_on"}


def test_what_only_the_ledger_knows_travels_with_the_change():
    (change,) = planned(HERE, Values=[A_VALUE | {"recorded on": date(2026, 11, 2)}]).changes
    assert change.derived == {"recorded_on": date(2026, 11, 2)}


def test_a_blank_cell_where_something_stands_is_cleared_and_listed_apart():
    (change,) = edited(HERE, an_action(owner=None, title="New")).changes
    assert (change.changed, change.cleared) == (("title",), ("owner",))
    assert (change.before["owner"], change.after["owner"]) == (LEADER.ref, None)


def test_without_cleared_fields_keep_their_value_and_rows_left_alone_drop_out():
    here = known(*SMALL_TRUST, an_action(ref="action0002", code="A-15"))
    plan = edited(here, an_action(owner=None, title="New"), an_action(ref="action0002", code="A-15", status=None))
    assert len(plan.changes) == 2
    kept = plan.without_cleared()
    (change,) = kept.changes
    assert (change.ref, change.cleared, change.after["owner"]) == ("action0001", (), LEADER.ref)
    assert (plan.unchanged["action"], kept.unchanged["action"]) == (0, 1)
    assert kept.without_cleared() == kept


def test_a_blank_that_takes_a_default_is_cleared_too():
    here = known(*SMALL_TRUST, a_value(state=State.PROVISIONAL, fictional=True))
    row = A_VALUE | {"place": "Our Trust", "value": 24.1}
    (change,) = planned(here, Values=[row]).changes
    assert (change.changed, change.cleared) == ((), ("state", "fictional"))
    assert planned(here, Values=[row]).without_cleared().changes == ()


def test_writing_the_default_out_is_a_change_and_not_a_clearing():
    here = known(*SMALL_TRUST, a_value(state=State.PROVISIONAL))
    (change,) = planned(here, Values=[A_VALUE | {"place": "Our Trust", "value": 24.1, "state": "reported"}]).changes
    assert (change.changed, change.cleared) == (("state",), ())


def test_a_number_worked_out_from_counts_is_a_change_and_not_a_clearing():
    here = known(*SMALL_TRUST, a_value())
    row = A_VALUE | {"place": "Our Trust", "value": None, "numerator": 1, "denominator": 8}
    (change,) = planned(here, Values=[row]).changes
    assert (change.changed, change.cleared) == (("number", "numerator", "denominator"), ())


def test_a_missing_column_leaves_what_is_here():
    found = from_cells(["_id", "name", "kind"], ["placehazel", "Hazel Grange", "school"])
    (change,) = compare(found, HERE).changes
    assert (change.changed, change.cleared) == (("name",), ())
    assert change.after["pupils"] == HAZEL.pupils


def test_rows_that_are_not_in_the_file_are_counted_and_kept():
    plan = planned(HERE, Schools=[{"name": "Our Trust", "kind": "trust"}])
    assert (plan.changes, plan.missing["place"]) == ((), 2)


def test_of_a_sheet_that_is_not_there_nothing_is_counted():
    plan = compare(from_cells(["name", "kind"], ["Our Trust", "trust"]), HERE)
    assert plan.missing == {"place": 2}
    assert plan.unchanged == {"place": 1}


def test_archived_rows_are_neither_written_nor_missed():
    here = known(*SMALL_TRUST, replace(AGNES, archived=True))
    plan = edited(here)
    assert (plan.changes, plan.missing["place"]) == ((), 0)


def test_a_row_that_names_an_archived_one_comes_back_unchanged():
    here = known(*SMALL_TRUST, replace(LEADER, archived=True), replace(LEADER, ref="personlea2", version=1))
    plan = edited(here)
    assert (plan.changes, plan.problems) == ((), ())


def test_a_change_to_an_archived_row_is_noted():
    here = known(*SMALL_TRUST, replace(AGNES, archived=True))
    plan = compare(from_cells(["_id", "name", "kind"], [AGNES.ref, "St Agnes", "school"]), here)
    assert plan.notes == ("1 of the rows that would change is archived here.",)


@pytest.mark.parametrize(("seen", "notes"), [(3, 0), (2, 1), (None, 0)])
def test_a_file_older_than_what_it_would_change_is_noted(seen, notes):
    here = known(*SMALL_TRUST, an_action(version=3))
    plan = planned(here, Actions=[AN_ACTION | {"_id": "action0001", "_rev": seen}])
    assert len(plan.notes) == notes


def test_problems_notes_and_what_it_is_based_on_stay_with_the_plan():
    found = checked(HERE, Actions=[AN_ACTION | {"due": "soon"}])
    plan = compare(found, HERE, based_on=12)
    assert (plan.problems, plan.based_on) == (found.problems, 12)
    assert len(plan.problems) == 1


@pytest.mark.parametrize(
    ("subject", "name", "one", "other", "alike"),
    [
        (VALUES, "number", 0.1 + 0.2, 0.3, True),
        (VALUES, "number", 62.5, 62.5 * (1 + 1e-8), False),
        (VALUES, "number", 0.0, 0, True),
        (VALUES, "number", 0, None, False),
        (VALUES, "group", "", None, True),
        (ACTIONS, "title", "a b", " a\u00a0b\r\n", True),
        (ACTIONS, "title", "a", "A", False),
        (ACTIONS, "kpis", ("a", "b"), ("b", "a", "a"), True),
        (ACTIONS, "kpis", ("a",), (), False),
        (ACTIONS, "status", None, Status.DONE, False),
        (KPIS, "baseline_period", half_term(2026, 1), half_term(2026, 1), True),
        (TARGETS, "period", half_term(2026, 1), half_term(2026, 2), False),
    ],
)
def test_values_are_compared_by_what_they_say(subject, name, one, other, alike):
    assert same(subject.field(name), one, other) is alike
    assert same(subject.field(name), other, one) is alike


# Words


@pytest.mark.parametrize(
    ("subject", "name", "value", "words"),
    [
        (ACTIONS, "objective", "elementobj", "A"),
        (ACTIONS, "owner", LEADER.ref, "Priya Leader"),
        (ACTIONS, "places", (HAZEL.ref, AGNES.ref), "Hazel Grange Primary; St Agnes Secondary"),
        (ACTIONS, "kpis", ("kpi0000001",), "K-A02"),
        (ACTIONS, "owner", "unknown001", "unknown001"),
        (ACTIONS, "due_on", date(2026, 11, 5), "05 Nov 2026"),
        (ACTIONS, "status", Status.AT_RISK, "at risk"),
        (ACTIONS, "status", None, ""),
        (ACTIONS, "fictional", False, "no"),
        (KPIS, "board_set", True, "yes"),
        (KPIS, "baseline_period", half_term(2026, 1), "Autumn 1, 2026/27"),
        (VALUES, "number", 0.0, "0"),
        (VALUES, "denominator", 1200, "1200"),
    ],
)
def test_a_value_is_shown_as_people_read_it(subject, name, value, words):
    assert shown(subject, name, value, HERE) == words
    assert shown(subject, subject.field(name), value, HERE) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(62.5, "62.5"), (62.0, "62"), (-0.0, "0"), (1 / 3, "0.333333"), (1e16, "10000000000000000"), (7, "7")],
)
def test_a_number_is_shown_without_idle_decimals(number, words):
    assert number_words(number) == words


def test_days_have_the_same_width():
    assert day_words(date(2026, 1, 5)) == "05 Jan 2026"


def test_a_label_names_a_row_as_people_do():
    assert label(ACTIONS, data_of(ACTIONS, an_action()), HERE) == "A-14 Breakfast club at Hazel Grange"
    assert label(VALUES, data_of(VALUES, a_value(group="FSM: yes")), HERE) == (
        "K-A02, Our Trust, Autumn 1, 2026/27, FSM: yes"
    )
    assert label(TARGETS, data_of(TARGETS, a_target()), HERE) == "K-A02, Summer 2, 2026/27"
    assert label(KPIS, data_of(KPIS, a_kpi()), HERE) == "K-A02 Persistent absence"


def test_an_empty_workbook_of_ours_is_no_change():
    assert plan_of(from_rows({}, {}), HERE).changes == ()
