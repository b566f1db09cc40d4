"""A stranger's file: what it says is asked once, loaded, compared with what it said the last time, and undone."""

from datetime import timedelta

import pytest

from framework.deeds import importing, staging, undoing
from framework.errors import Conflict, FileRefused, Unknown
from framework.people import Audience
from framework.store import waiting
from framework.store.pictures import load
from framework.store.provenance import imports, undone
from framework.workbook.fixes import fixes
from framework.workbook.parse import parse
from framework.workbook.plan import Choices, Outcome, Take
from tests.conftest import LEADER, NOW, an_action, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

HEADINGS = "Action,Priority,Lead,By when,Status,Comments"
ANSWERS = {"value|status|nearly there": "at risk"}


def tracker(*rows, headings=HEADINGS):
    return "\r\n".join([headings, *rows]).encode()


OCTOBER = tracker(
    "Hold a careers fair,A,Priya Leader,12/03/2027,In progress,Hall booked",
    "Train the staff,A,Priya Leader,20/04/2027,Nearly there,",
)


def seen(store, content, answers=ANSWERS):
    name = "tracker.csv"
    return importing.preview(
        store, by=LEADER, now=NOW, content=content, name=name, book=parse(content, name), answers=answers
    )


def taken(store, content, answers=ANSWERS, **more):
    found = seen(store, content, answers)
    return importing.apply(
        store, by=LEADER, now=NOW, plan=found.plan, content=content, name="tracker.csv", layout=found.layout, **more
    )


def actions(store):
    return {a.title: a for a in load(store, NOW, Audience.LEADERS).actions.values()}


def outcomes(plan):
    return {(row.label.split(" ", 1)[-1], f.name, f.outcome) for row in plan.changes for f in row.fields}


@BOTH_DATABASES
def test_its_rows_become_actions_with_the_cells_they_came_from(store):
    receipt = taken(store, OCTOBER)
    made = actions(store)["Train the staff"]
    assert (made.status, made.owner, made.due_on.isoformat()) == ("at risk", LEADER.ref, "2027-04-20")
    assert receipt.change is not None


@BOTH_DATABASES
def test_the_next_file_of_the_same_headings_asks_nothing_and_changes_nothing(store):
    taken(store, OCTOBER)
    found = seen(store, OCTOBER, answers={})
    assert (found.unanswered, found.plan.changes) == ((), ())
    assert found.looked.layout is not None


def test_what_changed_here_since_the_last_file_stays_and_is_said(store):
    taken(store, OCTOBER)
    row = actions(store)["Train the staff"]
    put(store, an_action(**{**vars(row), "status": "done"}), now=NOW)
    assert outcomes(seen(store, OCTOBER).plan) == {("Train the staff", "status", Outcome.CHANGED_HERE)}


def test_what_changed_in_the_file_since_the_last_one_is_taken(store):
    taken(store, OCTOBER)
    november = OCTOBER.replace(b"Nearly there", b"Complete")
    assert outcomes(seen(store, november).plan) == {("Train the staff", "status", Outcome.CHANGED)}


@BOTH_DATABASES
def test_what_changed_in_both_is_a_conflict_and_one_that_was_kept_is_not_taken_the_next_time(store):
    taken(store, OCTOBER)
    put(store, an_action(**{**vars(actions(store)["Train the staff"]), "status": "blocked"}), now=NOW)
    november = OCTOBER.replace(b"Nearly there", b"Complete")
    assert outcomes(seen(store, november).plan) == {("Train the staff", "status", Outcome.CONFLICT)}
    taken(store, november + b"\r\nAnother,A,,01/05/2027,,")
    again = seen(store, november + b"\r\nAnother,A,,01/05/2027,,")
    assert outcomes(again.plan) == {("Train the staff", "status", Outcome.CHANGED_HERE)}
    assert actions(store)["Train the staff"].status == "blocked"


def test_a_renamed_column_asks_about_that_column_alone_and_keeps_what_was_known_before(store):
    taken(store, OCTOBER)
    renamed = OCTOBER.replace(b"Comments", b"What the head says")
    found = seen(store, renamed, answers={})
    assert {q.key for q in found.unanswered} <= {"column|what the head says"}
    put(store, an_action(**{**vars(actions(store)["Train the staff"]), "status": "done"}), now=NOW)
    told = outcomes(seen(store, renamed, answers={"column|what the head says": "notes"}).plan)
    assert ("Train the staff", "status", Outcome.CHANGED_HERE) in told


def test_nothing_is_loaded_while_a_question_is_open(store):
    content = tracker("Hold a careers fair,A,,Ongoing,,")
    found = seen(store, content)
    assert found.unanswered
    with pytest.raises(FileRefused, match="need an answer first"):
        importing.apply(store, by=LEADER, now=NOW, plan=found.plan, content=content, name="t.csv", layout=found.layout)


def test_the_list_of_corrections_is_sent_to_the_file_it_belongs_to(store):
    listed = fixes([], name="tracker.csv", sha256="0" * 64)
    with pytest.raises(FileRefused, match=r"cells to correct of tracker\.csv"):
        seen(store, listed)


@BOTH_DATABASES
def test_undoing_a_load_puts_its_rows_away_and_undoing_that_brings_them_back(store):
    change = taken(store, OCTOBER).change
    plan = undoing.undo_plan(store, by=LEADER, change=change)
    done = undoing.undo(store, by=LEADER, now=NOW, change=change, plan=plan)
    assert "Train the staff" not in actions(store)
    assert undone(imports(store, load(store, NOW, Audience.LEADERS))) == {change: done.change}
    plan = undoing.undo_plan(store, by=LEADER, change=done.change)
    undoing.undo(store, by=LEADER, now=NOW, change=done.change, plan=plan)
    assert actions(store)["Train the staff"].status == "at risk"


@BOTH_DATABASES
def test_what_somebody_changed_since_stays_when_the_load_is_undone(store):
    taken(store, OCTOBER)
    change = taken(store, OCTOBER.replace(b"Nearly there", b"Complete").replace(b"12/03/2027", b"19/03/2027")).change
    row = actions(store)["Train the staff"]
    put(store, an_action(**{**vars(row), "status": "blocked"}), now=NOW + timedelta(hours=1))
    plan = undoing.undo_plan(store, by=LEADER, change=change)
    undoing.undo(store, by=LEADER, now=NOW + timedelta(hours=2), change=change, plan=plan)
    assert actions(store)["Train the staff"].status == "blocked"
    assert actions(store)["Hold a careers fair"].due_on.isoformat() == "2027-03-12"


def test_undoing_is_refused_when_something_moved_since_it_was_shown(store):
    change = taken(store, OCTOBER).change
    plan = undoing.undo_plan(store, by=LEADER, change=change)
    put(store, an_action(ref="action0002", code="A-15", title="Another"), now=NOW)
    with pytest.raises(Conflict, match="Nothing was undone"):
        undoing.undo(store, by=LEADER, now=NOW, change=change, plan=plan)


def test_a_change_that_left_no_row_cannot_be_undone(store):
    with pytest.raises(Unknown, match="nothing to undo"):
        undoing.undo_plan(store, by=LEADER, change=9_999)


@BOTH_DATABASES
def test_a_file_that_waited_is_settled_in_the_very_change_that_loads_it(store):
    ref = staging.bring(store, by=LEADER, now=NOW, name="tracker.csv", content=OCTOBER)
    receipt = taken(store, OCTOBER, brought=ref)
    settled = waiting.one_waiting(store, ref)
    assert (settled.state, settled.change, settled.receipt["new"]) == ("loaded", receipt.change, receipt.new)
    assert waiting.content_of(store, ref) is None
    assert waiting.original(store, receipt.change) == OCTOBER


def test_a_file_that_was_put_away_meanwhile_is_not_loaded(store):
    ref = staging.bring(store, by=LEADER, now=NOW, name="tracker.csv", content=OCTOBER)
    staging.put_away(store, by=LEADER, now=NOW, ref=ref)
    with pytest.raises(Unknown, match="waits no longer"):
        taken(store, OCTOBER, brought=ref)
    assert "Train the staff" not in actions(store)


def test_what_was_chosen_for_a_new_row_holds_when_the_file_is_looked_at_again(store):
    first, again = ({row.ref for row in seen(store, OCTOBER).plan.changes} for _ in range(2))
    assert first == again
    (left,) = [row for row in seen(store, OCTOBER).plan.changes if row.label.endswith("Train the staff")]
    taken(store, OCTOBER, choices=Choices(rows={(left.table, left.ref): Take.OURS}))
    assert "Train the staff" not in actions(store)
