"""Out and in again: whatever the plan holds, its workbook changes nothing when it comes back."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from framework.civic import Edition, EditionState, Element, Part
from framework.community import Event, Organisation
from framework.kpis.kpi import State, Symbol
from framework.meetings import Meeting
from framework.periods import Period, PeriodKind, count_in_year
from framework.plans import Status
from framework.subjects import BY_TABLE, SUBJECTS, record
from framework.text import clean
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.check import check
from framework.workbook.compare import compare
from framework.workbook.parse import parse
from framework.workbook.text import key
from framework.workbook.write import from_rows, write
from tests.conftest import AGNES, HAZEL, SMALL_TRUST, TRUST, a_kpi, a_value, an_action
from tests.edges.test_workbook_check import A_VALUE, AN_ACTION, HERE, checked, known, refs

laws = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A failure names its row; trying with fewer and fewer of them would take minutes.
workbooks = settings(laws, max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])

words = st.text(max_size=40)
names = words.filter(lambda text: clean(text) and "x005F_" not in text and "_x00" not in text)
days = st.dates(date(1901, 1, 1), date(2100, 12, 31))
numbers = st.floats(-1e15, 1e15, allow_nan=False)
ref_numbers = st.integers(0, 10**8)
kinds = st.sampled_from(list(PeriodKind))
years = st.integers(1990, 2090)
periods = st.tuples(kinds, years).flatmap(
    lambda both: st.builds(Period, st.just(both[0]), st.just(both[1]), st.integers(1, count_in_year(*both)))
)
maybe_names = st.none() | names


def changes_nothing(*records):
    here = known(*SMALL_TRUST, *records)
    content = write(here, meta={})
    plan = compare(check(parse(content, "plan.xlsx"), here, new_ref=refs()), here)
    assert [str(problem) for problem in plan.problems] == []
    assert [(c.label, c.fields) for c in plan.changes] == []
    assert plan.missing == ()


# Whole workbooks are few and hold many rows: writing and reading one takes as long as a hundred rows of it.


@workbooks
@given(
    called=st.lists(names, max_size=6, unique_by=key),
    kind=maybe_names,
    some=st.lists(st.tuples(names, maybe_names, st.sets(st.integers(0, 5))), min_size=20, max_size=40),
)
def test_any_texts_and_lists_of_names_come_back_as_they_went(called, kind, some):
    organisations = [Organisation(f"organis{n:03}", name, kind) for n, name in enumerate(called)]
    rows = []
    for n, (title, success, chosen) in enumerate(some):
        supporters = tuple(organisations[m].ref for m in sorted(chosen) if m < len(organisations))
        on, facts = date(2026, 3, 1) + timedelta(days=n), {"supporters": supporters, "places": (HAZEL.ref, AGNES.ref)}
        rows.append(an_action(ref=f"action{n:04}", code=f"A-{n}", title=title, success=success, **facts))
        rows.append(Event(f"event{n:05}", title, kind, on, None, success, supporters, objective="elementobj"))
    changes_nothing(*organisations, *rows)


@workbooks
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "number": numbers | st.none(),
                "group": st.sampled_from(["", "FSM: yes", "Year: 6"]),
                "period": periods,
                "note": maybe_names,
                "state": st.sampled_from(list(State)),
                "numerator": st.integers(0, 2**53),
                "denominator": st.integers(0, 2**53),
            }
        ),
        min_size=20,
        max_size=40,
    )
)
def test_any_value_comes_back_as_it_went(some):
    rows = []
    for n, facts in enumerate(some):
        given_here = {"baseline": facts["number"], "baseline_period": facts["period"]}
        rows.append(a_kpi(ref=f"kpi{n:07}", code=f"K-B{n}", measure="currency", **given_here))
        symbol = Symbol.NOT_AVAILABLE if facts["number"] is None else None
        rows.append(a_value(**facts, ref=f"value{n:05}", kpi=rows[-1].ref, symbol=symbol))
    changes_nothing(*rows)


@workbooks
@given(
    st.lists(
        st.tuples(days, st.booleans(), names, st.none() | st.sampled_from(list(Status)), days),
        min_size=20,
        max_size=40,
        unique_by=(lambda row: row[0], lambda row: key(row[2])),
    )
)
def test_any_dates_and_choices_come_back_as_they_went(some):
    rows = []
    for n, (on, has_papers, title, status, due) in enumerate(some):
        rows.append(Meeting(f"meeting{n:03}", title, None, on, on if has_papers else None))
        facts = {"due_on": due, "first_due_on": on, "starts_on": None, "status": status}
        rows.append(an_action(ref=f"action{n:04}", code=f"A-{n}", **facts, fictional=True, likelihood=5))
    changes_nothing(*rows)


def test_elements_of_two_versions_with_one_letter_are_kept_apart():
    old = Edition("edition000", "2020-2022", "Old", date(2020, 9, 1), date(2022, 8, 31), EditionState.ARCHIVED)
    old_a = Element("elementold", old.ref, Part.OBJECTIVE, 1, "Old aim")
    out_of_its_time = Event("event00001", "Fair", None, date(2026, 3, 1), objective=old_a.ref)
    changes_nothing(
        old, old_a, out_of_its_time, an_action(ref="action0002", code="A-15", edition=old.ref, objective=old_a.ref)
    )


def test_names_that_hold_semicolons_and_look_like_lists_are_kept_apart():
    organisations = [Organisation(f"organis00{n}", name) for n, name in enumerate(["a", "b", "a; b"])]
    a, b, both = (o.ref for o in organisations)
    for supporters in ((a, b), (both,), (b, both), ()):
        changes_nothing(*organisations, an_action(supporters=supporters))


def applied(plan, here):
    """What would stand here once the plan is applied."""
    after = {table: dict(rows) for table, rows in here.items()}
    for change in plan.changes:
        after[change.table][change.ref] = record(BY_TABLE[change.table], {**change.data, "ref": change.ref})
    return after


def test_the_same_file_twice_changes_nothing_the_second_time():
    content = from_rows({"Actions": [AN_ACTION], "Values": [A_VALUE], "People": [{"name": "Jo", "role": "leader"}]}, {})
    book = parse(content, "plan.xlsx")
    first = compare(check(book, HERE, new_ref=refs()), HERE)
    assert len(first.changes) == 3
    after = applied(first, HERE)
    second = compare(check(book, after, new_ref=refs()), after)
    assert (second.changes, second.problems) == ((), ())


def test_two_thousand_values_are_read_checked_and_compared():
    rows = [
        A_VALUE | {"place": place.name, "period": Period(*slot).words, "group": f"Ward: {ward}", "value": ward}
        for place in (TRUST, HAZEL, AGNES)
        for slot in ((PeriodKind.HALF_TERM, year, half) for year in range(2000, 2014) for half in (1, 2))
        for ward in range(1, 25)
    ][:2_000]
    found = checked(Values=rows)
    assert (len(found.rows["value"]), found.problems) == (2_000, ())
    assert len({row.ref for row in found.rows["value"]}) == 2_000
    assert sum(change.is_new for change in compare(found, HERE).changes) == 2_000


awkward = st.sampled_from(
    [
        "",
        " ",
        "A",
        "1; 2",
        ";;\n",
        "2026/27",
        "12/13/2026",
        "yes",
        "K-A02",
        "9" * 400,
        "1e999",
        "#N/A",
        "=1",
        "_x000D_",
        "a: b",
    ]
)
contents = awkward | st.text(max_size=8) | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes()
marks = st.sampled_from(["General", "0%", "mmm-yy", "dd/mm/yyyy"])


@laws
@given(data=st.data())
def test_no_content_of_any_cell_stops_the_check(data):
    subject = data.draw(st.sampled_from(SUBJECTS))
    headings = ["_id", "_rev", *(f.heading for f in (*subject.fields, *subject.derived))]
    rows = data.draw(st.lists(st.lists(st.none() | contents, max_size=len(headings)), max_size=4))
    form = data.draw(marks)
    cells = [
        [None if v is None else Cell(f"A{n}", v, str(v), form, is_error=v == "#N/A") for v in row]
        for n, row in enumerate([headings, *rows], 1)
    ]
    found = check(Book("x", "", (SheetCells(subject.sheet, cells),), {}), HERE, new_ref=refs())
    compare(found, HERE)
    assert all(str(problem).endswith(".") for problem in found.problems)
