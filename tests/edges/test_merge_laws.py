"""The table of the three-way merge, row by row, and what holds whatever file, base and ours are."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from framework.earlier import Bases, Left
from framework.errors import FileRefused
from framework.kpis.kpi import State
from framework.plans import Status
from framework.subjects import ACTIONS, BY_TABLE, KPIS, MILESTONES, SUBJECTS, VALUES, Kind, data_of, record
from framework.workbook.compare import compare
from framework.workbook.merge import (
    Choices,
    MissingRow,
    Outcome,
    Plan,
    RowChange,
    Take,
    decided,
    left_behind,
    merge_field,
    same,
)
from framework.workbook.problems import Checked, FileRow, Problem
from framework.workbook.sense import FOLLOWS
from framework.workbook.undo import undoing
from tests.conftest import half_term

STATUS = ACTIONS.field("status")
OWNER = ACTIONS.field("owner")
KPIS_OF = ACTIONS.field("kpis")
SUCCESS = ACTIONS.field("success")

# The table


@pytest.mark.parametrize(
    ("name", "base", "file", "ours", "outcome", "kept"),
    [
        ("same, same", Status.DONE, Status.DONE, Status.DONE, None, None),
        ("changed, same", Status.DONE, Status.STOPPED, Status.DONE, Outcome.CHANGED, Status.STOPPED),
        ("same, changed", Status.DONE, Status.DONE, Status.STOPPED, Outcome.CHANGED_HERE, Status.STOPPED),
        ("changed, changed, equal", Status.DONE, Status.STOPPED, Status.STOPPED, None, None),
        ("changed, changed, different", Status.DONE, Status.STOPPED, Status.BLOCKED, Outcome.CONFLICT, Status.BLOCKED),
        ("blank, same", Status.DONE, None, Status.DONE, Outcome.CLEARED, Status.DONE),
        ("blank, changed", Status.DONE, None, Status.BLOCKED, Outcome.CONFLICT, Status.BLOCKED),
        ("blank, cleared here too", Status.DONE, None, None, None, None),
        ("blank as it was, filled here", None, None, Status.DONE, Outcome.CHANGED_HERE, Status.DONE),
        ("filled, cleared here", Status.DONE, Status.STOPPED, None, Outcome.CONFLICT, None),
        ("filled, was blank", None, Status.DONE, None, Outcome.CHANGED, Status.DONE),
    ],
)
def test_a_row_of_the_table(name, base, file, ours, outcome, kept):
    found = merge_field(STATUS, base, file, ours)
    assert (None, None) if found is None else (found.outcome, found.kept) == (outcome, kept), name


@pytest.mark.parametrize(
    ("base", "file", "ours", "outcome", "kept"),
    [
        ("ab", "abc", "abd", Outcome.MERGED, "abdc"),  # each added one
        ("ab", "b", "a", Outcome.MERGED, ""),  # each took one out
        ("ab", "bc", "abd", Outcome.MERGED, "bdc"),
        ("a", "ab", "abc", Outcome.CHANGED_HERE, "abc"),  # what the file added is here already
        ("ab", "ba", "abc", Outcome.CHANGED_HERE, "abc"),  # another order says nothing
        ("ab", "", "abc", Outcome.CONFLICT, "abc"),  # blank
        ("ab", "", "ab", Outcome.CLEARED, "ab"),
        ("ab", "c", "ab", Outcome.CHANGED, "c"),
    ],
)
def test_lists_merge_as_sets(base, file, ours, outcome, kept):
    found = merge_field(KPIS_OF, tuple(base), tuple(file), tuple(ours))
    assert (found.outcome, found.kept) == (outcome, tuple(kept))


@pytest.mark.parametrize("ours", [None, date(2026, 1, 1)])
def test_what_lasts_is_never_cleared(ours):
    assert merge_field(ACTIONS.field("first_due_on"), date(2026, 1, 1), None, ours) is None


@pytest.mark.parametrize(
    ("number", "file", "moved"), [(62.5, 62.5 + 1e-12, False), (62.5, 62.6, True), (0.0, 0, False), (0.0, None, True)]
)
def test_numbers_are_compared_by_what_they_say(number, file, moved):
    assert (merge_field(VALUES.field("number"), number, file, number) is not None) is moved


def test_a_default_that_was_typed_is_a_change_and_an_empty_cell_is_a_clearing():
    own = VALUES.field("state")
    assert merge_field(own, State.PROVISIONAL, State.REPORTED, State.PROVISIONAL, blank=False).outcome is (
        Outcome.CHANGED
    )
    assert merge_field(own, State.PROVISIONAL, State.REPORTED, State.PROVISIONAL).outcome is Outcome.CLEARED


# What is chosen


def an_action(**changes):
    return {f.name: f.default for f in ACTIONS.fields} | {"code": "A-1", "title": "Reading"} | changes


def plan_of(base, file, ours, *, blank=(), archived=False, subject=ACTIONS, version=2) -> Plan:
    """The plan of one row of a file."""
    here = {subject.table: {"ref0000001": a_record(subject, "ref0000001", ours, archived, version)}}
    row = a_row(subject, "ref0000001", file, blank=blank)
    return compare(Checked({subject.table: [row]}), here, Bases(1, {subject.table: {"ref0000001": base}}))


def a_record(subject, ref, data, archived=False, version=1):
    more = {} if subject is VALUES else {"archived": archived}
    return record(subject, {**data, "ref": ref, "version": version, **more})


def a_row(subject, ref, data, *, blank=(), is_new=False, seen=1, wrong=False, number=4):
    cells = {name: ("A1", "x") for name in data if name not in blank and data[name] != subject.field(name).default}
    return FileRow(
        subject.table, ref, data, cells, {}, subject.sheet, number, ref, is_new, seen, 0 if is_new else 2, wrong
    )


BASE = an_action(status=Status.ON_TRACK, success="old", owner="person0001", kpis=("k1",))
FILE = an_action(status=Status.DONE, success="theirs", owner=None, kpis=("k1", "k2"))
OURS = an_action(status=Status.BLOCKED, success="mine", owner="person0001", kpis=("k1", "k3"))
KEY = ("action", "ref0000001")


def written(choices=None, plan=None):
    rows = decided(plan or plan_of(BASE, FILE, OURS), choices)
    return rows[0].data if rows else None


def test_nothing_chosen_merges_lists_and_keeps_ours():
    assert written() == OURS | {"kpis": ("k1", "k3", "k2")}


@pytest.mark.parametrize(
    ("take", "status"), [(Take.FILE, Status.DONE), (Take.OURS, Status.BLOCKED), (None, Status.BLOCKED)]
)
def test_a_conflict_is_settled_field_by_field(take, status):
    fields = {} if take is None else {(*KEY, "status"): take}
    assert written(Choices(fields=fields))["status"] is status


def test_a_whole_row_of_the_file_is_taken_with_its_conflicts_and_clears_nothing():
    taken = written(Choices(rows={KEY: Take.FILE}))
    assert (taken["status"], taken["success"], taken["owner"], taken["kpis"]) == (
        Status.DONE, "theirs", "person0001", ("k1", "k3", "k2"),
    )  # fmt: skip


def test_a_whole_row_is_left_out():
    assert written(Choices(rows={KEY: Take.OURS})) is None


def test_cleared_cells_are_taken_when_someone_says_so():
    assert written(Choices(clear=True))["owner"] is None
    assert written(Choices(fields={(*KEY, "owner"): Take.FILE}))["owner"] is None
    assert written()["owner"] == "person0001"


@pytest.mark.parametrize(
    ("ours", "file", "both"),
    [
        ("mine", "theirs", "mine\n\ntheirs"),
        ("mine\n\ntheirs", "theirs", "mine\n\ntheirs"),  # taken before
        ("not done", "done", "not done\n\ndone"),  # a word of ours is no paragraph of theirs
        ("mine", "mine\n\nand more", "mine\n\nand more"),
        (None, "theirs", "theirs"),
    ],
)
def test_both_of_a_long_text_stand_one_after_the_other_once(ours, file, both):
    plan = plan_of(BASE, BASE | {"success": file}, BASE | {"success": ours})
    row = written(Choices(fields={(*KEY, "success"): Take.BOTH}), plan)
    assert (ours if row is None else row["success"]) == both  # none: it stands here already


def test_both_of_a_list_is_everything():
    plan = plan_of(BASE, BASE | {"kpis": ("k2",)}, BASE | {"kpis": ("k1", "k3")})
    assert written(plan=plan)["kpis"] == ("k3", "k2")
    assert written(Choices(fields={(*KEY, "kpis"): Take.BOTH}), plan)["kpis"] == ("k1", "k3", "k2")


def test_a_status_cannot_be_both():
    with pytest.raises(ValueError, match="holds one thing"):
        written(Choices(fields={(*KEY, "status"): Take.BOTH}))


def test_what_is_chosen_of_a_number_is_chosen_of_its_counts():
    base = {f.name: f.default for f in VALUES.fields} | {"number": 10.0, "numerator": 1, "denominator": 10}
    plan = plan_of(
        base, base | {"number": 20.0, "numerator": 2}, base | {"number": 5.0, "denominator": 20}, subject=VALUES
    )
    (row,) = decided(plan, Choices(fields={("value", "ref0000001", "number"): Take.FILE}))
    assert (row.data["number"], row.data["numerator"], row.data["denominator"]) == (20.0, 2, 10)
    assert decided(plan) == ()


def test_a_row_that_is_archived_here_comes_back_only_when_the_file_is_chosen():
    plan = plan_of(BASE, FILE, BASE, archived=True)
    assert decided(plan) == ()
    assert decided(plan, Choices(clear=True)) == ()
    for choices in (Choices(rows={KEY: Take.FILE}), Choices(fields={(*KEY, "status"): Take.FILE})):
        (row,) = decided(plan, choices)
        assert (row.archived, row.data["status"]) == (False, Status.DONE)


def test_a_value_that_was_withdrawn_here_comes_back_with_the_state_of_the_file():
    base = {f.name: f.default for f in VALUES.fields} | {"number": 10.0}
    plan = plan_of(base, base | {"number": 11.0}, base | {"state": State.WITHDRAWN}, subject=VALUES)
    assert decided(plan) == ()
    (row,) = decided(plan, Choices(rows={("value", "ref0000001"): Take.FILE}))
    assert (row.archived, row.data["number"], row.data["state"]) == (False, 11.0, State.REPORTED)


@pytest.mark.parametrize(("subject", "state"), [(ACTIONS, None), (VALUES, State.WITHDRAWN)])
def test_a_missing_row_is_archived_only_when_chosen(subject, state):
    data = {f.name: f.default for f in subject.fields}
    plan = Plan(missing=(MissingRow(subject.table, "ref0000001", "x", 3, False, data),))
    assert decided(plan) == ()
    (row,) = decided(plan, Choices(archive=frozenset({(subject.table, "ref0000001")})))
    assert (row.archived, row.version, row.is_new, row.data.get("state")) == (True, 3, False, state)


def test_while_problems_stand_nothing_is_decided_unless_the_rest_is_chosen():
    problem = Problem("CELL-DATE", "Actions", "T4", "due", "soon", "a date")
    plan = Plan(problems=(problem,))
    with pytest.raises(FileRefused, match="some cells need correcting") as refused:
        decided(plan)
    assert refused.value.problems == (problem,)
    assert decided(plan, Choices(without_wrong=True)) == ()


def new(subject, ref, **data):
    return RowChange(
        subject.table, ref, ref, subject.sheet, 4, 0, True, None, {f.name: f.default for f in subject.fields} | data
    )


def test_a_row_that_names_a_new_row_left_out_is_left_out_and_so_is_what_names_that():
    kpi = a_row(KPIS, "kpi0000001", {}, is_new=True, wrong=True)
    action = new(ACTIONS, "action0001", kpis=("kpi0000001",))
    step, other = new(MILESTONES, "milestone1", action="action0001"), new(MILESTONES, "milestone2", action="action0002")
    plan = Plan((action, step, other), problems=(Problem("X", "KPIs", "A1", "", None, "w", 4),), left_out=(kpi,))
    choices = Choices(without_wrong=True)
    assert left_behind(plan, choices) == (action, step)
    assert [row.ref for row in decided(plan, choices)] == ["milestone2"]


def test_a_new_row_that_someone_leaves_out_takes_what_names_it_along():
    action, step = new(ACTIONS, "action0001"), new(MILESTONES, "milestone1", action="action0001")
    plan = Plan((action, step))
    assert [row.ref for row in decided(plan)] == ["action0001", "milestone1"]
    assert decided(plan, Choices(rows={("action", "action0001"): Take.OURS})) == ()


@pytest.mark.parametrize(
    ("due", "outcome"), [(date(2026, 3, 1), Outcome.CHANGED), (date(2026, 2, 28), Outcome.CONFLICT)]
)
def test_a_date_of_the_file_that_would_come_before_the_start_set_here_is_a_conflict(due, outcome):
    base = BASE | {"starts_on": date(2026, 1, 1), "due_on": date(2026, 6, 1)}
    (change,) = plan_of(base, base | {"due_on": due}, base | {"starts_on": date(2026, 3, 1)}).changes
    assert {one.name: one.outcome for one in change.fields}["due_on"] is outcome


def test_a_row_taken_whole_that_would_end_before_it_starts_is_refused():
    base = BASE | {"starts_on": date(2026, 1, 1), "due_on": date(2026, 6, 1)}
    plan = plan_of(base, base | {"due_on": date(2026, 2, 1)}, base | {"starts_on": date(2026, 3, 1)})
    with pytest.raises(FileRefused, match="would have 01 Feb 2026 as its due and 01 Mar 2026 as its start"):
        decided(plan, Choices(rows={KEY: Take.FILE}))
    assert decided(plan) == ()


# Laws

texts = st.none() | st.sampled_from(["a", "b", "a b"])
few_refs = st.sampled_from(["ref0000001", "ref0000002", "ref0000003"])
OF_KIND = {
    Kind.TEXT: texts,
    Kind.LONG: texts,
    Kind.DATE: st.none() | st.sampled_from([date(2026, 1, 1), date(2026, 5, 1)]),
    Kind.NUMBER: st.none() | st.sampled_from([0.0, 1.0, 62.5]),
    Kind.WHOLE: st.none() | st.integers(0, 2),
    Kind.FLAG: st.booleans(),
    Kind.ONE: st.none() | few_refs,
    Kind.MANY: st.lists(few_refs, unique=True).map(tuple),
    Kind.PERIOD: st.none() | st.sampled_from([half_term(2026, 1), half_term(2026, 2)]),
    Kind.SCHOOL_YEAR: st.none() | st.sampled_from([2025, 2026]),
}


def values_of(own):
    if own.kind is Kind.CHOICE:
        some = st.sampled_from(list(own.choices))
        return some if own.default is not None else st.none() | some
    return OF_KIND[own.kind] if own.name != "group" else st.sampled_from(["", "FSM: yes"])


def any_data(subject):
    """A row that could stand: the later of two dates is never before the earlier."""
    return st.fixed_dictionaries({own.name: values_of(own) for own in subject.fields}).map(
        lambda data: _in_order(data, *FOLLOWS.get(subject.table, ()))
    )


def _in_order(data, earlier=None, later=None):
    if earlier and data[earlier] and data[later] and data[later] < data[earlier]:
        return {**data, earlier: data[later], later: data[earlier]}
    return data


def settled(plan, choices):
    """What is written, unless what was chosen would put two dates out of order: that is refused, and tested above."""
    try:
        return decided(plan, choices)
    except FileRefused:
        reject()


@dataclass(frozen=True)
class World:
    """What a file was made from, what it says by now, and what stands here by now."""

    subject: object
    base: dict
    file: dict
    here: dict

    @property
    def checked(self):
        rows = [
            a_row(self.subject, ref, data, is_new=ref not in self.here, number=n)
            for n, (ref, data) in enumerate(self.file.items(), 4)
        ]
        return Checked({self.subject.table: rows}, written=frozenset({self.subject.table}))

    def plan(self, here=None):
        # Rows that moved here are those of which the base may differ; that of any other is what stands here.
        added = frozenset(ref for ref in self.file if ref not in self.base)
        bases = Bases(1, {self.subject.table: self.base}, added={self.subject.table: added})
        return compare(self.checked, {self.subject.table: self.here if here is None else here}, bases)


@st.composite
def worlds(draw, subjects=SUBJECTS):
    subject = draw(st.sampled_from(subjects))
    refs = [f"ref000000{n}" for n in range(draw(st.integers(1, 3)))]
    told = draw(st.sets(st.sampled_from(subject.names), min_size=1))  # the columns that are present
    base, file, here = {}, {}, {}
    for ref in refs:
        was = draw(any_data(subject))
        mostly = st.just(was) | any_data(subject)
        ours = draw(mostly)
        if draw(st.booleans()) or not base:
            base[ref] = was
            here[ref] = a_record(subject, ref, ours, archived=draw(st.booleans()))
        if draw(st.booleans()) or ref not in base:
            says = draw(mostly)
            file[ref] = {name: says[name] for name in subject.names if name in told}
    return World(subject, base, file, here)


def applied(subject, here, rows):
    after = dict(here)
    for row in rows:
        data = dict(row.data)
        if subject is VALUES and row.archived:
            data["state"] = State.WITHDRAWN
        after[row.ref] = a_record(subject, row.ref, data, row.archived, version=row.version + 1)
    return after


def alike(subject, one, other):
    """Whether two rows say the same, archived or not."""
    return one.archived == other.archived and all(
        same(own, getattr(one, own.name), getattr(other, own.name)) for own in subject.fields
    )


laws = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@laws
@given(worlds())
def test_what_is_decided_is_what_the_plan_shows(world):
    plan = world.plan()
    rows = {row.ref: row for row in decided(plan)}
    for change in plan.changes:
        if change.ref in rows:
            assert rows[change.ref].data == change.data
        else:
            assert not change.is_new
            assert all(same(own, change.data[own.name], change.before[own.name]) for own in world.subject.fields)
    assert rows.keys() <= {change.ref for change in plan.changes}


@laws
@given(worlds())
def test_loading_twice_is_loading_once(world):
    after = applied(world.subject, world.here, decided(world.plan()))
    assert decided(world.plan(after)) == ()


@laws
@given(worlds())
def test_ours_wins_every_conflict_and_no_blank_empties_anything(world):
    for change in world.plan().changes:
        for one in change.fields:
            if one.outcome not in (Outcome.CHANGED, Outcome.MERGED):
                assert one.kept == one.ours
            if one.name not in change.cells:  # its cell is empty
                assert one.kept == one.ours


@laws
@given(worlds())
def test_a_column_or_a_row_that_is_missing_leaves_all_as_it_is(world):
    plan = world.plan()
    for row in decided(plan):
        told = world.file[row.ref]
        here = world.here.get(row.ref)
        if here is not None:
            assert all(row.data[name] == getattr(here, name) for name in world.subject.names if name not in told)
    gone = {ref for ref, row in world.here.items() if ref not in world.file and not row.archived}
    assert {row.ref for row in plan.missing} == gone


@laws
@given(worlds(), st.data())
def test_the_file_is_taken_whole_where_every_field_is_chosen(world, data):
    plan = world.plan()
    fields = {(c.table, c.ref, one.name): Take.FILE for c in plan.changes for one in c.fields}
    after = applied(world.subject, world.here, settled(plan, Choices(fields=fields)))
    for change in plan.changes:
        for name, value in world.file[change.ref].items():
            own = world.subject.field(name)
            lasting = own.lasting and value is None
            assert lasting or same(own, getattr(after[change.ref], name), value)


def left_by(world, before, rows):
    """What a change did, as the ledger tells it."""
    left = []
    for row in rows:
        was = before.get(row.ref)
        is_archived = row.data["state"] is State.WITHDRAWN if world.subject is VALUES else row.archived
        data = None if was is None else data_of(world.subject, was)
        was_archived = was is not None and was.archived
        left.append(
            Left(world.subject.table, row.ref, data, row.data, was_archived, is_archived, version=row.version + 1)
        )
    return left


@laws
@given(worlds(), st.booleans())
def test_undoing_a_load_restores_what_was_and_undoing_that_restores_the_load(world, take_all):
    plan, subject = world.plan(), world.subject
    choices = Choices(clear=take_all, rows={(c.table, c.ref): Take.FILE for c in plan.changes if take_all})
    rows = settled(plan, choices)
    after = applied(subject, world.here, rows)
    undo = decided(undoing(left_by(world, world.here, rows), {subject.table: after}))
    restored = applied(subject, after, undo)
    for row in rows:
        if row.is_new:
            assert restored[row.ref].archived
        else:
            assert alike(subject, restored[row.ref], world.here[row.ref])
    again = decided(undoing(left_by(world, after, undo), {subject.table: restored}))
    redone = applied(subject, restored, again)
    assert all(alike(subject, redone[row.ref], after[row.ref]) for row in rows)


@laws
@given(worlds(), st.data())
def test_what_others_changed_since_a_load_stays_when_it_is_undone(world, data):
    subject = world.subject
    rows = decided(world.plan())
    after = applied(subject, world.here, rows)
    since = {}
    for row in rows:
        name = data.draw(st.sampled_from(subject.names))
        value = data.draw(values_of(subject.field(name)))
        since[row.ref] = name, value
        moved = {**data_of(subject, after[row.ref]), name: value}
        after[row.ref] = a_record(subject, row.ref, moved, row.archived, version=row.version + 2)
    undo = {row.ref: row for row in decided(undoing(left_by(world, world.here, rows), {subject.table: after}))}
    for row in rows:
        name, value = since[row.ref]
        changed_since = not same(subject.field(name), value, row.data[name])
        if changed_since and row.ref in undo and subject.field(name).kind is not Kind.MANY:
            assert same(subject.field(name), undo[row.ref].data[name], value)


# Undoing


def undone(left, here, version=2, archived=False) -> Plan:
    known = {"action": {"ref0000001": a_record(ACTIONS, "ref0000001", here, archived, version)}}
    return undoing([left], known)


def test_undoing_lists_what_others_changed_since_and_keeps_it():
    left = Left("action", "ref0000001", BASE, BASE | {"status": Status.DONE, "success": "new"}, False, False, 2)
    plan = undone(left, BASE | {"status": Status.STOPPED, "success": "new"}, version=3)
    (change,) = plan.changes
    assert {one.name: one.outcome for one in change.fields} == {
        "status": Outcome.CONFLICT, "success": Outcome.CHANGED,
    }  # fmt: skip
    assert (change.version, change.number, change.label) == (3, 0, "A-1 Reading")
    assert decided(plan)[0].data == BASE | {"status": Status.STOPPED}
    assert decided(plan, Choices(rows={KEY: Take.FILE}))[0].data == BASE


def test_undoing_takes_what_a_change_filled_out_again_though_nothing_stood_there():
    left = Left("action", "ref0000001", BASE | {"status": None}, BASE | {"status": Status.DONE}, False, False, 2)
    assert decided(undone(left, BASE | {"status": Status.DONE}))[0].data["status"] is None
    plan = undone(left, BASE | {"status": Status.STOPPED}, version=3)
    assert decided(plan, Choices(rows={KEY: Take.FILE}))[0].data["status"] is None


@pytest.mark.parametrize(
    ("since", "outcome", "archived"),
    [({}, Outcome.CHANGED, [True]), ({"status": Status.DONE}, Outcome.CONFLICT, [])],
)
def test_a_row_that_a_change_made_is_put_away_unless_someone_worked_on_it_since(since, outcome, archived):
    """What was changed since and changed back is as the change left it."""
    left = Left("action", "ref0000001", None, BASE, False, False, 1)
    plan = undone(left, BASE | since, version=3)
    (change,) = plan.changes
    assert [(one.name, one.outcome) for one in change.fields] == [("archived", outcome)]
    assert [row.archived for row in decided(plan)] == archived
    chosen = Choices(fields={(*KEY, "archived"): Take.FILE})
    assert [row.archived for row in decided(plan, chosen)] == [True]


def test_a_row_that_someone_archived_since_stays_archived_and_as_it_is():
    left = Left("action", "ref0000001", BASE, BASE | {"status": Status.DONE}, False, False, 2)
    plan = undone(left, BASE | {"status": Status.DONE}, version=3, archived=True)
    assert plan.changes[0].archived
    assert decided(plan) == ()


def test_a_row_of_which_nothing_is_left_is_unchanged():
    left = Left("action", "ref0000001", BASE, BASE | {"status": Status.DONE}, False, False, 2)
    plan = undone(left, BASE, version=3)
    assert (plan.changes, plan.unchanged) == ((), {"action": 1})


def test_a_table_of_every_kind_of_field_is_tried():
    assert {own.kind for subject in BY_TABLE.values() for own in subject.fields} == set(Kind)
