"""Loading a workbook: what is shown is what is applied, once, whole, or not at all."""

import io

import openpyxl
import pytest

from framework.deeds import exporting, importing
from framework.errors import Conflict, FileRefused
from framework.people import Audience
from framework.store.pictures import known, load
from framework.store.provenance import imports, told_of_row, told_of_value
from framework.subjects import BY_SHEET, VALUES
from framework.workbook.parse import parse
from framework.workbook.plan import Choices, Outcome
from framework.workbook.write import write
from tests.conftest import LEADER, MEMBER, NOW, TRUST, a_value, an_action, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def exported(store, *sheets):
    """The workbook of the plan; of the sheets named, where only they matter."""
    tables = {BY_SHEET[sheet].table for sheet in sheets} or None
    return exporting.export(store, by=LEADER, now=NOW, tables=tables)[1]


def taken_out(store, *edits):
    """The sheets that these edits are in, taken out and edited."""
    return edited(exported(store, *(sheet for sheet, *_ in edits)), *edits)


def edited(content, *edits):
    """The workbook with cells changed: (sheet, heading, row below the header from 0, value)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, heading, row, value in edits:
        cells = book[sheet]
        header = next(r for r in range(1, 10) if cells.cell(r, 1).value == "_id")
        column = next(c for c in range(1, 60) if str(cells.cell(header, c).value).rstrip("*") == heading)
        cells.cell(header + 1 + row, column).value = value
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def previewed(store, content, name="plan.xlsx"):
    # Parsed in this process: that a file is read in one of its own is tested where files are read.
    book = parse(content, name)
    return importing.preview(store, by=LEADER, now=NOW, content=content, name=name, book=book).plan


def fields(plan, *outcomes):
    """(ref, field) of every field with one of these outcomes."""
    return [(c.ref, f.name) for c in plan.changes for f in c.fields if f.outcome in outcomes]


def apply(store, content, **more):
    plan = previewed(store, content)
    return plan, importing.apply(store, by=LEADER, now=NOW, plan=plan, content=content, name="plan.xlsx", **more)


@BOTH_DATABASES
def test_what_was_taken_out_changes_nothing_when_it_is_loaded_back(store):
    put(store, a_value(24.1, numerator=241, denominator=1000), now=NOW)
    plan, receipt = apply(store, exported(store))
    assert plan.changes == ()
    assert plan.problems == ()
    assert receipt.change is None


@BOTH_DATABASES
def test_one_changed_cell_loaded_again_is_exactly_one_change(store):
    content = edited(exported(store), ("Actions", "status", 0, "done"))
    before = picture(store).change
    plan, receipt = apply(store, content)
    assert fields(plan, Outcome.CHANGED) == [("action0001", "status")]
    assert (receipt.new, receipt.changed, receipt.change) == (0, 1, before + 1)
    assert picture(store).actions["action0001"].status == "done"


def test_the_same_file_twice_changes_nothing_the_second_time(store):
    content = taken_out(store, ("Actions", "status", 0, "done"))
    apply(store, content)
    before = picture(store).change
    assert apply(store, content)[1].change is None
    assert picture(store).change == before


@BOTH_DATABASES
def test_a_figure_that_was_loaded_knows_its_file_sheet_cell_and_raw_text(store):
    put(store, a_value(24.1), now=NOW)
    apply(store, taken_out(store, ("Values", "value", 0, 23.5), ("Values", "note", 0, "late register")))
    now = picture(store)
    told = told_of_value(store, now, now.latest["kpi0000001", TRUST.ref, ""])
    assert [t.number for t in told] == [23.5, 24.1]
    first = told[0].told
    assert (first.file, first.sheet, first.raw, first.by, first.via) == (
        "plan.xlsx",
        "Values",
        "23.5",
        LEADER.name,
        "import",
    )
    assert first.cell[0].isalpha()
    assert openpyxl.utils.cell.coordinate_from_string(first.cell)[1] == 4


@BOTH_DATABASES
def test_a_row_that_was_loaded_knows_the_cell_of_each_field(store):
    apply(store, taken_out(store, ("Targets", "target", 0, 19), ("Targets", "reason", 0, "agreed")))
    told = told_of_row(store, picture(store), "target", "target0001")[0]
    assert told.cells["number"][1] == "19"
    assert told.told.sheet == "Targets"


def test_wrong_cells_are_listed_all_at_once_and_nothing_is_loaded(store):
    content = taken_out(
        store,
        ("Actions", "due", 0, "31/09/2026"),
        ("Actions", "status", 0, "finishedish"),
        ("Targets", "target", 0, "sixty"),
        ("KPIs", "owner", 0, "Nobody Known"),
    )
    before = picture(store).change
    plan = previewed(store, content)
    assert sorted((p.sheet, p.heading.rstrip("*")) for p in plan.problems) == [
        ("Actions", "due"), ("Actions", "status"), ("KPIs", "owner"), ("Targets", "target"),
    ]  # fmt: skip
    with pytest.raises(FileRefused, match="some cells need correcting") as refusal:
        importing.apply(store, by=LEADER, now=NOW, plan=plan, content=content, name="plan.xlsx")
    assert len(refusal.value.problems) == 4
    assert picture(store).change == before


def test_a_problem_says_cell_found_and_wanted(store):
    content = taken_out(store, ("Targets", "target", 0, "sixty"))
    (problem,) = previewed(store, content).problems
    assert str(problem).startswith(
        f"Targets!{problem.cell} (target, 'K-A02, Summer 2, 2026/27'): it says \"sixty\"; we need a number"
    )
    assert problem.cell.endswith("4")


@BOTH_DATABASES
def test_a_plan_is_refused_when_something_moved_since_it_was_shown(store):
    content = taken_out(store, ("Actions", "status", 0, "done"))
    plan = previewed(store, content)
    put(store, an_action(ref="action0002", code="A-15"), now=NOW)
    with pytest.raises(Conflict, match="Look at it once more"):
        importing.apply(store, by=LEADER, now=NOW, plan=plan, content=content, name="plan.xlsx")
    assert picture(store).actions["action0001"].status == "on track"


def test_an_emptied_cell_clears_nothing_unless_someone_says_so(store):
    content = taken_out(store, ("Actions", "owner", 0, None))
    plan, receipt = apply(store, content)
    assert fields(plan, Outcome.CLEARED) == [("action0001", "owner")]
    assert receipt.change is None
    assert picture(store).actions["action0001"].owner == LEADER.ref
    apply(store, content, choices=Choices(clear=True))
    assert picture(store).actions["action0001"].owner is None


def test_a_row_left_out_of_the_file_stays(store):
    book = openpyxl.load_workbook(io.BytesIO(exported(store)))
    book["Actions"].delete_rows(4)
    book["Updates"].delete_rows(4)
    content = io.BytesIO()
    book.save(content)
    plan, _ = apply(store, content.getvalue())
    assert [(row.table, row.ref) for row in plan.missing if row.table == "action"] == [("action", "action0001")]
    assert "action0001" in picture(store).actions


@BOTH_DATABASES
def test_a_load_is_one_change_with_its_file_kept(store):
    content = taken_out(store, ("Actions", "status", 0, "done"), ("KPIs", "KPI", 0, "Missing school"))
    apply(store, content)
    (done,) = imports(store, picture(store))
    assert (done.file, done.size, done.rows, done.by) == ("plan.xlsx", len(content), 2, LEADER.name)


def test_a_new_action_is_dated_and_keeps_its_first_promised_date(store):
    facts = {"code": "A-15", "version": "2025-2027", "objective": "A", "action": "Careers fair"}
    facts["due"] = NOW.replace(tzinfo=None)
    content = taken_out(store, *(("Actions", heading, 1, value) for heading, value in facts.items()))
    _, receipt = apply(store, content)
    made = next(a for a in picture(store).actions.values() if a.code == "A-15")
    assert receipt.new == 1
    assert (made.added_on, made.first_due_on, made.status) == (NOW.date(), NOW.date(), None)


@BOTH_DATABASES
def test_two_thousand_values_are_loaded_whole(store):
    rows = [
        a_value(float(n % 100), ref=f"v{n:09d}", period=half_term(2024, 1 + n % 6), group=f"Year: {n}")
        for n in range(2_000)
    ]
    here, _ = known(store)
    content = write({**here, "value": {row.ref: row for row in rows}}, meta={"schema": "civic-plan/1"}, sheets=[VALUES])
    _, receipt = apply(store, content)
    assert receipt.new == 2_000
    assert len(picture(store).series("kpi0000001")) == 2_000


def test_a_member_takes_out_only_what_is_shared_with_the_task_force(store):
    put(store, an_action(ref="action0002", code="A-15", title="Shared", visibility="task force"), now=NOW)
    content = exporting.export(store, by=MEMBER, now=NOW)[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "A-15" in words
    assert not words & {"A-14", "Breakfast club at Hazel Grange", "Menu agreed."}


def test_loading_a_new_row_again_neither_clears_nor_redates_what_is_kept_for_ever(store):
    facts = {"code": "A-15", "version": "2025-2027", "objective": "A", "action": "Careers fair"}
    facts["due"] = NOW.replace(tzinfo=None)
    content = taken_out(store, *(("Actions", heading, 1, value) for heading, value in facts.items()))
    apply(store, content)
    plan, receipt = apply(store, content, choices=Choices(clear=True))
    assert plan.changes == ()
    assert receipt.change is None


def test_a_list_taken_out_holds_its_rows_and_what_belongs_to_them_and_loads_back(store):
    put(store, an_action(ref="action0002", code="A-15", title="Another"), now=NOW)
    tables = ("action", "milestone", "action_update")
    content = exporting.export(store, by=LEADER, now=NOW, tables=tables, about={"action": {"action0001"}})[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [row[0].value for row in book["Actions"].iter_rows(min_row=4)] == ["action0001"]
    assert [row[0].value for row in book["Updates"].iter_rows(min_row=4)] == ["update0001"]
    assert "KPIs" not in book.sheetnames
    assert apply(store, content)[0].changes == ()


@pytest.mark.parametrize(("said", "due"), [("Spring 1", "2027-02-12"), ("Jan 2027", "2027-01-31")])
def test_a_term_or_a_month_in_our_workbook_names_the_day_on_which_it_ends(store, said, due):
    plan, _ = apply(store, taken_out(store, ("Actions", "due", 0, said)))
    assert plan.problems == ()
    assert picture(store).actions["action0001"].due_on.isoformat() == due
