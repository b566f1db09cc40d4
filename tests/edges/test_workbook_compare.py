"""Comparing a file with what stands here: exactly what changed, what was emptied, and what is not in the file."""

from dataclasses import replace
from datetime import date

import pytest

from framework.earlier import Bases
from framework.kpis.kpi import State
from framework.plans import Status
from framework.subjects import ACTIONS, BY_TABLE, KPIS, TARGETS, VALUES, data_of, record
from framework.workbook.check import check
from framework.workbook.compare import compare, same
from framework.workbook.merge import FieldChange, Outcome, Plan
from framework.workbook.parse import parse
from framework.workbook.words import day_words, label, number_words, shown
from framework.workbook.write import from_rows, write
from tests.conftest import AGNES, HAZEL, LEADER, SMALL_TRUST, a_kpi, a_target, a_value, an_action, half_term
from tests.edges.test_workbook_check import (
    A_VALUE,
    AN_ACTION,
    HERE,
    TABLE_OF,
    TITLES,
    actions,
    checked,
    from_cells,
    known,
    refs,
    rows_of,
)  # fmt: skip


def planned(here, changes=(), **sheets) -> Plan:
    return compare(checked(here, **sheets), here)


def plan_of(content: bytes, here) -> Plan:
    return compare(check(parse(content, "plan.xlsx"), here, new_ref=refs()), here)


def edited(here, *after, bases=None, **more) -> Plan:
    """The plan of an export in which some records were changed before it came back."""
    changed = known(*{row.ref: row for table in here.values() for row in table.values()}.values(), *after)
    content = write(changed, meta={}, **more)
    return compare(check(parse(content, "plan.xlsx"), here, new_ref=refs()), here, bases)


def outcomes(change) -> dict[str, Outcome]:
    return {one.name: one.outcome for one in change.fields}


def since(*records) -> Bases:
    """What these rows were when the file was made; they moved here since."""
    rows = {}
    for row in records:
        table = TABLE_OF[type(row)]
        rows.setdefault(table, {})[row.ref] = data_of(BY_TABLE[table], row)
    return Bases(3, rows, {table: frozenset(some) for table, some in rows.items()})


def test_a_workbook_that_comes_back_unchanged_changes_nothing():
    plan = edited(HERE)
    assert (plan.changes, plan.problems, plan.notes, plan.missing) == ((), (), (), ())
    assert plan.unchanged == {table: len(rows) for table, rows in HERE.items()}


def test_one_changed_cell_is_exactly_one_change():
    (change,) = edited(HERE, an_action(status=Status.BLOCKED, version=4)).changes
    assert (change.table, change.ref, change.is_new, change.sheet, change.number) == (
        "action", "action0001", False, "Actions", 4,
    )  # fmt: skip
    assert change.fields == (
        FieldChange("status", Outcome.CHANGED, Status.ON_TRACK, Status.BLOCKED, Status.ON_TRACK, Status.BLOCKED),
    )
    assert change.before == data_of(ACTIONS, an_action())
    assert change.data == change.before | {"status": Status.BLOCKED}
    assert change.label == "A-14 Breakfast club at Hazel Grange"
    assert change.cells["status"][1] == "blocked"


def test_a_change_carries_the_version_it_was_compared_with():
    here = known(*SMALL_TRUST, an_action(version=7))
    assert edited(here, an_action(title="New", version=7)).changes[0].version == 7


def test_a_new_row_has_all_fields_with_their_defaults():
    (change,) = planned(HERE, Actions=[AN_ACTION]).changes
    assert (change.is_new, change.before, change.version, change.fields) == (True, None, 0, ())
    assert change.data.keys() == set(ACTIONS.names)
    assert record(ACTIONS, {**change.data, "ref": change.ref}).places == ()


def test_what_only_the_ledger_knows_travels_with_the_change():
    (change,) = planned(HERE, Values=[A_VALUE | {"recorded on": date(2026, 11, 2)}]).changes
    assert change.derived == {"recorded_on": date(2026, 11, 2)}


def test_a_blank_cell_where_something_stands_is_cleared_and_ours_is_kept():
    (change,) = edited(HERE, an_action(owner=None, title="New")).changes
    assert outcomes(change) == {"title": Outcome.CHANGED, "owner": Outcome.CLEARED}
    assert (change.before["owner"], change.data["owner"]) == (LEADER.ref, LEADER.ref)


def test_a_blank_that_takes_a_default_is_cleared_too():
    here = known(*SMALL_TRUST, a_value(state=State.PROVISIONAL, fictional=True))
    (change,) = planned(here, Values=[A_VALUE | {"place": "Our Trust", "value": 24.1}]).changes
    assert outcomes(change) == {"state": Outcome.CLEARED, "fictional": Outcome.CLEARED}


def test_writing_the_default_out_is_a_change_and_not_a_clearing():
    here = known(*SMALL_TRUST, a_value(state=State.PROVISIONAL))
    (change,) = planned(here, Values=[A_VALUE | {"place": "Our Trust", "value": 24.1, "state": "reported"}]).changes
    assert outcomes(change) == {"state": Outcome.CHANGED}


def test_a_number_worked_out_from_counts_is_a_change_and_not_a_clearing():
    here = known(*SMALL_TRUST, a_value())
    row = A_VALUE | {"place": "Our Trust", "value": None, "numerator": 1, "denominator": 8}
    (change,) = planned(here, Values=[row]).changes
    assert outcomes(change) == dict.fromkeys(("number", "numerator", "denominator"), Outcome.CHANGED)


def test_a_missing_column_leaves_what_is_here():
    found = from_cells(["_id", "name", "kind"], ["placehazel", "Hazel Grange", "school"])
    (change,) = compare(found, HERE).changes
    assert outcomes(change) == {"name": Outcome.CHANGED}
    assert change.data["pupils"] == HAZEL.pupils


# What moved here since the file was made


def test_what_moved_here_and_not_in_the_file_stays_and_is_said():
    here = known(*SMALL_TRUST, an_action(status=Status.DONE, version=2))
    (change,) = edited(here, an_action(version=1), bases=since(an_action(version=1))).changes
    assert outcomes(change) == {"status": Outcome.CHANGED_HERE}
    assert change.data == change.before


def test_what_moved_here_and_in_the_file_is_a_conflict_and_ours_stays():
    here = known(*SMALL_TRUST, an_action(status=Status.DONE, version=2))
    plan = edited(here, an_action(status=Status.BLOCKED, owner=None), bases=since(an_action()))
    (change,) = plan.changes
    assert outcomes(change) == {"owner": Outcome.CLEARED, "status": Outcome.CONFLICT}
    assert change.data == change.before


def test_the_number_and_the_counts_of_a_value_are_in_conflict_together():
    old = a_value(10.0, numerator=10, denominator=100)
    here = known(*SMALL_TRUST, replace(old, denominator=101, number=9.9, version=2))
    (change,) = edited(here, replace(old, numerator=12, number=12.0), bases=since(old)).changes
    assert outcomes(change) == {
        "number": Outcome.CONFLICT, "numerator": Outcome.CONFLICT, "denominator": Outcome.CHANGED_HERE,
    }  # fmt: skip
    assert change.data == change.before


def test_a_note_of_a_value_is_no_part_of_its_figure():
    old = a_value(10.0)
    here = known(*SMALL_TRUST, replace(old, number=11.0, version=2))
    (change,) = edited(here, replace(old, note="late"), bases=since(old)).changes
    assert outcomes(change) == {"number": Outcome.CHANGED_HERE, "note": Outcome.CHANGED}


def test_of_a_row_that_came_here_since_nothing_stood_in_the_file():
    here = known(*SMALL_TRUST, an_action(owner=None))
    bases = Bases(3, added={"action": frozenset({"action0001"})})
    row = AN_ACTION | {"code": "A-14", "status": "done", "owner": "PL"}
    here["person"][LEADER.ref] = replace(LEADER, initials="PL")
    (change,) = compare(checked(here, Actions=[row]), here, bases).changes
    assert change.ref == "action0001"
    assert {name for name, outcome in outcomes(change).items() if outcome is Outcome.CONFLICT} == {
        "title", "due_on", "status",
    }  # fmt: skip
    assert outcomes(change)["owner"] is Outcome.CHANGED


# What is archived here


def test_archived_rows_are_neither_written_nor_missed():
    here = known(*SMALL_TRUST, replace(AGNES, archived=True))
    plan = edited(here)
    assert (plan.changes, plan.missing) == ((), ())


def test_a_row_that_names_an_archived_one_comes_back_unchanged():
    here = known(*SMALL_TRUST, replace(LEADER, archived=True), replace(LEADER, ref="personlea2", version=1))
    plan = edited(here)
    assert (plan.changes, plan.problems) == ((), ())


def test_a_row_that_is_archived_here_and_changed_in_the_file_is_a_conflict_and_stays_archived():
    here = known(*SMALL_TRUST, replace(AGNES, archived=True))
    plan = compare(from_cells(["_id", "name", "kind"], [AGNES.ref, "St Agnes", "school"]), here)
    (change,) = plan.changes
    assert (change.archived, outcomes(change), change.data) == (True, {"name": Outcome.CONFLICT}, change.before)
    assert [(note.code, note.words) for note in plan.notes] == [
        ("MERGE-CONFLICT", "1 of the rows that would change is archived here. "
         "It stays so, unless you choose what the file says."),
    ]  # fmt: skip


def test_a_row_that_is_archived_here_and_as_exported_in_the_file_is_nothing():
    here = known(*SMALL_TRUST, replace(AGNES, pupils=1000, archived=True, version=2))
    found = from_cells(["_id", "name", "kind", "pupils"], [AGNES.ref, AGNES.name, "school", AGNES.pupils])
    plan = compare(found, here, since(AGNES))
    assert (plan.changes, plan.unchanged) == ((), {"place": 1})


# Rows that are not in the file


def test_rows_that_are_not_in_the_file_are_listed_and_kept():
    plan = planned(HERE, Schools=[{"name": "Our Trust", "kind": "trust"}])
    assert plan.changes == ()
    assert [(row.table, row.ref, row.label, row.changed_here) for row in plan.missing] == [
        ("place", HAZEL.ref, HAZEL.name, False), ("place", AGNES.ref, AGNES.name, False),
    ]  # fmt: skip
    assert plan.missing[0].data == data_of(BY_TABLE["place"], HAZEL)


def test_a_row_that_is_not_in_the_file_and_moved_here_says_so():
    found = checked(Schools=[{"name": "Our Trust", "kind": "trust"}])
    plan = compare(found, HERE, Bases(3, moved={"place": frozenset({AGNES.ref})}))
    assert [(row.ref, row.changed_here) for row in plan.missing] == [(HAZEL.ref, False), (AGNES.ref, True)]


def test_a_row_that_came_here_after_the_file_was_made_is_not_missed():
    found = checked(Schools=[{"name": "Our Trust", "kind": "trust"}])
    plan = compare(found, HERE, Bases(3, added={"place": frozenset({AGNES.ref})}))
    assert [row.ref for row in plan.missing] == [HAZEL.ref]


def test_of_a_file_about_some_rows_only_what_belongs_to_them_is_missed():
    here = known(*SMALL_TRUST, an_action(ref="action0002", code="A-15"))
    found = checked(here, Actions=[AN_ACTION], Updates=[{"action": "A-20", "date": date(2026, 9, 1), "update": "w"}])
    plan = compare(found, here, scope={"action": ["action0001"]})
    assert [(row.table, row.ref) for row in plan.missing] == [("action", "action0001"), ("action_update", "update0001")]


def test_of_a_template_nothing_is_missed():
    plan = plan_of(write(HERE, meta={"revision": 3}, empty=True), HERE)
    assert (plan.changes, plan.missing) == ((), ())


@pytest.mark.parametrize(("hidden", "missing"), [(HAZEL.ref, 2), (None, 0)])
def test_where_a_file_says_nothing_of_itself_only_ids_of_ours_tell_that_it_was_written_here(hidden, missing):
    found = from_cells(["_id", "name", "kind"], [hidden, HAZEL.name, "school"], meta={"schema": "x"})
    assert len(compare(found, HERE).missing) == missing


def test_of_a_sheet_that_is_not_there_nothing_is_said():
    plan = compare(from_cells(["_id", "name", "kind"], ["placetrust", "Our Trust", "trust"], meta={"x": 1}), HERE)
    assert {row.table for row in plan.missing} == {"place"}
    assert plan.unchanged == {"place": 1}


# A stranger's file


def test_in_a_strangers_file_a_blank_and_a_missing_row_say_nothing():
    here = known(*SMALL_TRUST, an_action(ref="action0002", code="A-15"))
    found = checked(here, Actions=[AN_ACTION | {"code": "A-14"}])
    (change,) = (plan := compare(found, here, foreign=True)).changes
    assert outcomes(change) == {"title": Outcome.CHANGED, "due_on": Outcome.CHANGED}
    assert plan.missing == ()


# Problems


def test_a_row_with_a_problem_is_no_change_and_is_left_out():
    found = checked(HERE, Actions=[AN_ACTION | {"due": "soon"}, AN_ACTION | {"code": "A-21"}])
    plan = compare(found, HERE, based_on=12)
    assert (plan.problems, plan.based_on, plan.unchanged["action"]) == (found.problems, 12, 0)
    assert [row.number for row in plan.left_out] == [4]
    assert [change.number for change in plan.changes] == [5]


def test_a_sheet_that_was_sorted_without_its_ids_is_left_out_whole():
    some = actions(*TITLES)
    ids = [row.ref for row in some]
    rows = [row | {"_id": ref} for row, ref in zip(rows_of(some), [*ids[1:], ids[0]], strict=True)]
    plan = planned(known(*SMALL_TRUST[:-4], *some), Actions=rows)
    assert (plan.changes, len(plan.left_out), plan.shuffled) == ((), 10, ("Actions",))


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
