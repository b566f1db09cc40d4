"""A row may name another of its own sheet: the action or KPI of an earlier version that it carries on."""

from datetime import date

import pytest

from framework.civic import Edition, EditionState, Element, Part
from framework.subjects import ACTIONS
from framework.workbook.compare import compare
from framework.workbook.merge import left_behind
from framework.workbook.plan import Choices, Plan, Take
from tests.conftest import SMALL_TRUST, an_action
from tests.edges.test_merge_laws import new
from tests.edges.test_workbook_check import A_KPI, AN_ACTION, checked, known, wrong

OLD = Edition("edition000", "2023-2025", "Old", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED)
OLD_A = Element("elementold", OLD.ref, Part.OBJECTIVE, 1, "Old objective")
OLD_ACTION = an_action(ref="actionold1", code="A-01", edition=OLD.ref, objective=OLD_A.ref)
HERE = known(*SMALL_TRUST, OLD, OLD_A, OLD_ACTION)
LATER = AN_ACTION | {"carried from": "A-02"}
EARLIER = AN_ACTION | {"code": "A-02", "version": "2023-2025", "action": "Reading pairs"}


@pytest.mark.parametrize("rows", [(EARLIER, LATER), (LATER, EARLIER)], ids=["above", "below"])
def test_a_row_may_name_one_of_its_own_sheet_wherever_that_stands(rows):
    found = checked(HERE, Actions=rows)
    assert found.problems == ()
    by_code = {row.data["code"]: row for row in found.rows["action"]}
    assert by_code["A-20"].data["carried_from"] == by_code["A-02"].ref
    assert by_code["A-02"].data["carried_from"] is None


def test_a_kpi_may_name_the_kpi_that_it_carries_on():
    earlier = A_KPI | {"code": "K-B00", "version": "2023-2025"}
    found = checked(HERE, KPIs=[A_KPI | {"carried from": "K-B00"}, earlier])
    assert found.problems == ()
    assert found.rows["kpi"][0].data["carried_from"] == found.rows["kpi"][1].ref


def test_a_row_may_name_one_that_stands_here():
    (row,) = checked(HERE, Actions=[AN_ACTION | {"carried from": "A-01"}]).rows["action"]
    assert row.data["carried_from"] == OLD_ACTION.ref


def test_a_name_that_no_row_has_is_said_at_its_cell():
    (said,) = wrong(HERE, Actions=[AN_ACTION | {"carried from": "A-99"}])
    assert 'carried from: found "A-99", wanted a code from the sheet Actions' in said


@pytest.mark.parametrize("code", ["A-20", "A-14"], ids=["itself", "another"])
def test_a_row_carries_on_none_of_its_own_version(code):
    (said,) = wrong(HERE, Actions=[AN_ACTION | {"carried from": code}])
    assert said.endswith("wanted the code of one of another version.")


def test_a_second_load_of_the_same_rows_changes_nothing():
    found = checked(HERE, Actions=[LATER, EARLIER])
    here = known(
        *SMALL_TRUST, OLD, OLD_A, OLD_ACTION, *(an_action(**row.data, ref=row.ref) for row in found.rows["action"])
    )
    assert compare(checked(here, Actions=[LATER, EARLIER]), here).changes == ()


def test_a_row_is_left_behind_with_the_one_below_it_that_it_names():
    earlier, later = new(ACTIONS, "action0001"), new(ACTIONS, "action0002", carried_from="action0001")
    latest = new(ACTIONS, "action0003", carried_from="action0002")
    choices = Choices(rows={("action", "action0001"): Take.OURS})
    assert left_behind(Plan((latest, later, earlier)), choices) == (later, latest)
