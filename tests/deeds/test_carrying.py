"""Carrying work on into another version: one change, new rows alone, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from framework.civic import Element, Part
from framework.deeds.carrying import carry_forward
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.people import Audience
from framework.plans import Milestone, Status
from framework.store import tables as t
from framework.store.pictures import known, load
from framework.subjects import SUBJECTS
from framework.workbook.check import check
from framework.workbook.compare import compare
from framework.workbook.parse import parse
from framework.workbook.write import write
from tests.conftest import CAST, EDITION, HAZEL, LEADER, NOW, OBJECTIVE, STATEMENT, TODAY, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401
from tests.edges.test_workbook_check import refs
from tests.rules.test_carrying import IN_SPRING, OLD, OLD_A, old_action, old_kpi, old_value

OLD_STATEMENT = Element("oldstateme", OLD.ref, Part.STATEMENT, 1, STATEMENT.words)
MAP = {OLD_A.ref: OBJECTIVE.ref, OLD_STATEMENT.ref: STATEMENT.ref}
FIRST = old_action(kpis=("oldkpi0001",), statements=(OLD_STATEMENT.ref,), places=(HAZEL.ref,))
SECOND = old_action(ref="oldaction2", code="A-03", title="Walking bus", due_on=date(2025, 7, 18))
DONE = old_action(ref="oldaction3", code="A-04", title="Fence", status=Status.DONE)
STEP = Milestone("milestone1", FIRST.ref, "Five mornings", date(2027, 1, 15))


@pytest.fixture
def ended(store):
    """A store with the version that has ended beside the one in force, and work in it that was never finished."""
    kpi, value = old_kpi(), old_value(22.0, numerator=44, denominator=200)
    put(store, OLD, OLD_A, OLD_STATEMENT, kpi, FIRST, SECOND, DONE, STEP, value)
    return store


def picture(store, now=NOW):
    return load(store, now, Audience.LEADERS)


def carry(store, **changes):
    asked = {"into": EDITION.ref, "elements": MAP, "actions": {FIRST.ref: "A-20"}, "kpis": {"oldkpi0001": "K-W12"}}
    return carry_forward(store, **{"by": LEADER, "now": NOW, **asked, **changes})


def changes(store):
    with store.reading() as conn:
        return conn.execute(sa.select(t.change.c.deed, t.change.c.reason).order_by(t.change.c.id)).all()


def written(store):
    """Every row of every table but values, with its version."""
    rows = known(store)[0]
    return {(s.table, ref): row for s in SUBJECTS for ref, row in rows.get(s.table, {}).items()}


@BOTH_DATABASES
def test_what_is_carried_stands_in_the_other_version_and_says_from_which_it_is(ended):
    done = carry(ended)
    now = picture(ended)
    action, kpi = now.actions[done.actions[FIRST.ref]], now.kpis[done.kpis["oldkpi0001"]]
    assert (action.code, action.edition, action.carried_from) == ("A-20", EDITION.ref, FIRST.ref)
    assert (action.objective, action.statements, action.places) == (OBJECTIVE.ref, (STATEMENT.ref,), (HAZEL.ref,))
    assert (action.status, action.due_on, action.first_due_on, action.added_on) == (
        *(Status.NOT_STARTED, IN_SPRING, IN_SPRING),
        TODAY,
    )
    assert action.kpis == (kpi.ref,)
    assert (kpi.code, kpi.carried_from, kpi.baseline, kpi.baseline_period) == (
        *("K-W12", "oldkpi0001", 22.0),
        half_term(2024, 6),
    )
    assert now.targets.get(kpi.ref) is None
    assert [m.title for m in now.milestones[action.ref]] == ["Five mornings"]


@BOTH_DATABASES
def test_it_is_one_change_and_no_row_of_before_is_touched(ended):
    before, told = written(ended), changes(ended)
    carry(ended, why="Agreed by the board")
    after = written(ended)
    assert [tuple(row) for row in changes(ended)[len(told) :]] == [("carry forward", "Agreed by the board")]
    assert {key: after[key] for key in before} == before
    assert {table for table, _ in after.keys() - before.keys()} == {"action", "kpi", "milestone"}


def test_what_stays_behind_and_what_got_lost_is_told(ended):
    put(ended, replace(LEADER, left_on=date(2026, 10, 1), version=1))
    done = carry(ended)
    assert [(left.row.code, left.why) for left in done.left] == [("A-03", "not chosen"), ("A-04", "done")]
    assert done.lost == {"A-20": ("its owner Priya Leader, who left",)}
    assert picture(ended).actions[done.actions[FIRST.ref]].owner is None


@BOTH_DATABASES
def test_nothing_is_carried_twice_and_the_refusal_says_as_what_it_was(ended):
    carry(ended)
    before = written(ended)
    with pytest.raises(ValueRefused, match="A-02 was carried already as A-20") as refused:
        carry(ended, actions={FIRST.ref: "A-21"})
    assert "K-W05 was carried already as K-W12" in str(refused.value)
    assert str(refused.value).endswith("Nothing was saved.")
    assert written(ended) == before


def test_one_row_that_cannot_go_keeps_all_of_them_back(ended):
    before, told = written(ended), changes(ended)
    with pytest.raises(ValueRefused, match="A-03 was due on"):
        carry(ended, actions={FIRST.ref: "A-20", SECOND.ref: "A-21"})
    with pytest.raises(ValueRefused, match="A-04 is done"):
        carry(ended, actions={FIRST.ref: "A-20", DONE.ref: "A-21"})
    assert (written(ended), changes(ended)) == (before, told)
    done = carry(ended, actions={FIRST.ref: "A-20", SECOND.ref: "A-21"}, due={SECOND.ref: IN_SPRING})
    assert len(done.actions) == 2


def test_what_was_carried_and_put_away_again_may_be_carried_once_more(ended):
    done = carry(ended)
    action = picture(ended).actions[done.actions[FIRST.ref]]
    put(ended, replace(action, archived=True), now=NOW)
    assert carry(ended, actions={FIRST.ref: "A-21"}, kpis={}).actions.keys() == {FIRST.ref}


def test_an_action_carried_later_moves_the_kpi_that_was_carried_before_it(ended):
    first = carry(ended, actions={})
    later = carry(ended, kpis={})
    assert picture(ended).actions[later.actions[FIRST.ref]].kpis == (first.kpis["oldkpi0001"],)


def test_an_unknown_version_is_refused(ended):
    with pytest.raises(Unknown, match="no such version"):
        carry(ended, into="edition999")


def test_only_a_leader_carries_forward_and_a_refusal_writes_nothing(ended):
    before = written(ended)
    for person in (*(p for p in CAST if p != LEADER), None):
        with pytest.raises(NotAllowed):
            carry(ended, by=person)
    assert written(ended) == before


def test_the_workbook_of_a_plan_with_carried_rows_changes_nothing_when_it_comes_back(ended):
    carry(ended)
    here, _ = known(ended)
    content = write(here, meta={})
    plan = compare(check(parse(content, "plan.xlsx"), here, new_ref=refs()), here)
    assert (plan.problems, plan.changes, plan.missing) == ((), (), ())
    # And into an empty database all of it goes at once, whichever row stands first.
    afresh = check(parse(content, "plan.xlsx"), {}, new_ref=refs())
    assert afresh.problems == ()
    by_code = {row.data["code"]: row for row in afresh.rows["action"]}
    assert by_code["A-20"].data["carried_from"] == by_code["A-02"].ref


@BOTH_DATABASES
def test_of_leaders_who_carry_the_same_at_once_one_does_and_the_others_are_told(ended):
    def once(number):
        try:
            return carry(ended, actions={FIRST.ref: f"A-3{number}"}, kpis={})
        except ValueRefused as refused:
            return str(refused)

    with ThreadPoolExecutor(4) as several:
        found = list(several.map(once, range(4)))
    told = [said for said in found if isinstance(said, str)]
    assert (len(found) - len(told), len(told)) == (1, 3)
    assert all("A-02 was carried already as A-3" in said for said in told)
