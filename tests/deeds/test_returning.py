"""Sheets to fill: what goes out to one person, what comes back filled, half empty, twice or beside the row."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from framework.deeds import importing, returning, staging
from framework.deeds.querying import ask_about
from framework.deeds.returning import given_in, return_sheet, sheet_name
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.kpis.kpi import Counted, Measure, ReportedBy, State, Symbol
from framework.people import Audience
from framework.picture.returns import ReturnState, returns
from framework.store import proposals
from framework.store.pictures import load
from framework.workbook.parse import parse
from framework.workbook.plan import Choices
from tests.conftest import (
    AGNES,
    EDITION,
    GOVERNOR,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    SCHOOL_CONTACT,
    TODAY,
    TRUST,
    a_kpi,
    a_value,
    half_term,
    put,
)

KPI = "kpi0000001"
HEADER = 3
BEFORE = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
AUTUMN = half_term(2026, 1)
SLOT = (KPI, HAZEL.ref, AUTUMN.code)
SUMMER = a_value(21.5, ref="value00005", place=HAZEL.ref, period=half_term(2025, 6), numerator=86, denominator=400)


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """That a file is read in a process of its own is tested where files are read."""
    monkeypatch.setattr(returning, "read", lambda content, name: parse(content, name))


@pytest.fixture
def trust(sqlite_ground):
    """The KPI is reported by schools, and Hazel Grange sent Summer 2. What is read is the same on each database."""
    return prepared(sqlite_ground.store("small trust"))


def prepared(store):
    put(
        store, a_kpi(reported_by=ReportedBy.SCHOOLS, version=1), replace(LEADER, email="priya@trust.example", version=1)
    )
    put(store, SUMMER, now=BEFORE)
    return store


def sheet(store, *slots, person=SCHOOL_CONTACT, by=LEADER):
    return return_sheet(store, by=by, now=NOW, person=person.ref, slots=slots or (SLOT,))


def book_of(store, *slots, **more):
    return openpyxl.load_workbook(io.BytesIO(sheet(store, *slots, **more)[1]))


def fill(book, *rows, sheet="Values"):
    """Write into the rows of Values, from the first on: headings and what to put there; None: nothing."""
    cells = book[sheet]
    places = {str(cell.value).rstrip("*"): cell.column for cell in cells[HEADER] if cell.value}
    for number, row in enumerate(rows, HEADER + 1):
        for heading, value in (row or {}).items():
            cells.cell(number, places[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def look(store, content):
    return importing.preview(
        store, by=LEADER, now=NOW, content=content, name="back.xlsx", book=parse(content, "back.xlsx")
    )


def load_all(store, content, **chosen):
    plan = look(store, content).plan
    return importing.apply(
        store, by=LEADER, now=NOW, plan=plan, content=content, name="back.xlsx", choices=Choices(**chosen)
    )


def value(store, place=HAZEL, period=AUTUMN, group=""):
    found = load(store, NOW, Audience.LEADERS).series(KPI, place.ref, group)
    return next((v for v in found if v.period == period), None)


# What goes out


def test_a_sheet_asks_for_the_slots_alone_with_what_is_measured_and_the_last_figure(trust):
    book = book_of(trust)
    heads, row = ([cell.value for cell in book["Values"][n]] for n in (HEADER, HEADER + 1))
    told = dict(zip(heads, row, strict=True))
    assert told["what is asked"] == "Persistent absence (%): pupils missing a tenth or more of sessions, of all pupils"
    assert told["last time"].replace("\u00a0", " ") == "21.5 % (86 of 400), Summer 2, 2025/26"
    assert (told["KPI*"], told["place*"], told["period*"]) == ("K-A02", HAZEL.name, AUTUMN.words)
    assert (told["_id"], told["value"], told["note"]) == (None, None, None)
    assert book["Values"].max_row == HEADER + 1


def test_nothing_of_the_plan_goes_along_but_what_is_asked_about(trust):
    book = book_of(trust)
    assert book.sheetnames == ["Start here", "Values", "KPIs", "Schools", "Lists", "_meta"]
    words = " ".join(str(c.value) for s in book if s.title != "_meta" for row in s.iter_rows() for c in row if c.value)
    for kept in (AGNES.name, TRUST.name, "priya@trust.example", "Denise Member", "Breakfast club"):
        assert kept not in words


def test_rows_stand_by_place_kpi_and_period_whatever_the_order_they_are_asked_in(trust):
    put(trust, a_kpi(ref="kpi0000002", code="K-A01", reported_by=ReportedBy.SCHOOLS))
    asked = [SLOT, (KPI, HAZEL.ref, half_term(2025, 5).code), ("kpi0000002", HAZEL.ref, AUTUMN.code), SLOT]
    cells = book_of(trust, *asked)["Values"]
    found = [(cells.cell(n, 3).value, cells.cell(n, 6).value) for n in range(HEADER + 1, cells.max_row + 1)]
    assert found == [("K-A01", AUTUMN.words), ("K-A02", half_term(2025, 5).words), ("K-A02", AUTUMN.words)]


def test_groups_that_were_sent_last_time_are_asked_for_and_no_older_ones(trust):
    put(trust, replace(SUMMER, ref="value00006", group="FSM: yes", number=30.0, numerator=None, denominator=None))
    old = replace(SUMMER, ref="value00007", group="SEND: yes", period=half_term(2025, 5))
    put(trust, old)
    cells = book_of(trust)["Values"]
    groups = next(cell.column for cell in cells[HEADER] if cell.value == "group")
    assert [cells.cell(n, groups).value for n in range(HEADER + 1, cells.max_row + 1)] == [None, "FSM: yes"]


@pytest.mark.parametrize("measure", [Measure.PERCENTAGE, Measure.AVERAGE])
def test_only_an_average_is_asked_for_its_spread(trust, measure):
    put(trust, a_kpi(reported_by=ReportedBy.SCHOOLS, measure=measure, version=2))
    heads = [cell.value for cell in book_of(trust)["Values"][HEADER]]
    assert ("standard deviation" in heads) == (measure is Measure.AVERAGE)


def test_a_questioned_value_comes_with_its_figure_and_the_question(trust):
    ask_about(trust, by=LEADER, now=NOW, kpi=KPI, place=HAZEL.ref, period=SUMMER.period, words="Counted twice?")
    slot = (KPI, HAZEL.ref, SUMMER.period.code)
    book = book_of(trust, slot)
    told = dict(zip(*([c.value for c in book["Values"][n]] for n in (HEADER, HEADER + 1)), strict=True))
    assert (told["_id"], told["value"], told["numerator"]) == (SUMMER.ref, 21.5, 86)
    assert told["what is asked"].startswith("Asked on 13\u00a0Nov\u00a02026: Counted twice?\nPersistent absence")


def test_a_sheet_is_named_by_its_one_place_else_by_who_is_asked():
    assert sheet_name(SCHOOL_CONTACT, (HAZEL,), TODAY) == "figures-hazel-grange-primary-2026-11-13.xlsx"
    assert sheet_name(SCHOOL_CONTACT, (HAZEL, AGNES), TODAY) == "figures-sam-contact-2026-11-13.xlsx"
    assert sheet_name(replace(SCHOOL_CONTACT, name="李"), (), TODAY) == "figures-someone-2026-11-13.xlsx"


@pytest.mark.parametrize(
    ("slots", "refusal", "words"),
    [
        ([("kpi0000009", HAZEL.ref, AUTUMN.code)], Unknown, "no such KPI"),
        ([(KPI, "nowhere000", AUTUMN.code)], Unknown, "no figure of this place"),
        ([(KPI, HAZEL.ref, "202627-T1")], Unknown, "no figure of this place and period"),
        ([(KPI, HAZEL.ref, "soon")], Unknown, "no figure of this place and period"),
        ([(KPI, TRUST.ref, AUTUMN.code)], Unknown, "not reported by Our Trust"),
    ],
)
def test_what_is_not_here_cannot_be_asked_for(trust, slots, refusal, words):
    with pytest.raises(refusal, match=words):
        sheet(trust, *slots)


def test_nobody_is_asked_for_nothing_nor_after_they_left(trust):
    with pytest.raises(ValueRefused, match="no figure to ask Sam Contact for"):
        return_sheet(trust, by=LEADER, now=NOW, person=SCHOOL_CONTACT.ref, slots=())
    put(trust, replace(SCHOOL_CONTACT, left_on=date(2026, 7, 17), version=1))
    with pytest.raises(ValueRefused, match="left on"):
        sheet(trust)


def test_a_figure_that_the_app_counts_is_asked_of_nobody(trust):
    put(trust, a_kpi(reported_by=ReportedBy.SCHOOLS, counted=Counted.FRESH_UPDATES, version=2))
    with pytest.raises(Unknown, match="not reported by"):
        sheet(trust)


@pytest.mark.parametrize("person", [SCHOOL_CONTACT, MEMBER, GOVERNOR], ids=lambda p: str(p.role))
def test_only_a_leader_makes_sheets(trust, person):
    with pytest.raises(NotAllowed):
        sheet(trust, by=person)


def test_making_a_sheet_writes_nothing(trust):
    before = load(trust, NOW, Audience.LEADERS).change
    sheet(trust)
    assert load(trust, NOW, Audience.LEADERS).change == before


# What comes back


def test_a_sheet_that_comes_back_empty_changes_nothing_and_says_so(trust):
    plan = look(trust, sheet(trust)[1]).plan
    assert (plan.changes, plan.missing, plan.problems) == ((), (), ())
    assert [note.words for note in plan.notes] == ["Values: 1 row was left empty, so nothing was read of it."]


def test_a_filled_row_is_a_new_value_and_an_empty_one_beside_it_is_passed_over(store):
    trust = prepared(store)
    other = (KPI, HAZEL.ref, half_term(2025, 5).code)
    content = fill(book_of(trust, SLOT, other), None, {"numerator": 80, "denominator": 400, "note": "after checking"})
    load_all(trust, content)
    assert (value(trust).number, value(trust).numerator, value(trust).note) == (20.0, 80, "after checking")
    assert value(trust, period=half_term(2025, 5)) is None


def test_the_same_sheet_loaded_twice_changes_nothing_the_second_time(trust):
    content = fill(book_of(trust), {"value": 20.0})
    load_all(trust, content)
    again = look(trust, content).plan
    assert (again.changes, again.missing, again.problems) == ((), (), ())


def test_a_row_filled_the_second_time_goes_in_then(trust):
    other = (KPI, HAZEL.ref, half_term(2025, 5).code)
    load_all(trust, fill(book_of(trust, SLOT, other), None, {"value": 20.0}))
    load_all(trust, fill(book_of(trust, SLOT, other), {"value": 25.0}))
    assert (value(trust).number, value(trust, period=half_term(2025, 5)).number) == (20.0, 25.0)


def test_an_empty_row_leaves_alone_what_was_recorded_while_the_sheet_was_out(trust):
    content = fill(book_of(trust), {"note": None})
    put(trust, a_value(22.0, place=HAZEL.ref))
    plan = look(trust, content).plan
    assert (plan.changes, plan.missing, plan.problems) == ((), (), ())


def test_a_figure_recorded_while_the_sheet_was_out_is_in_conflict_with_another_one_in_it(trust):
    content = fill(book_of(trust), {"value": 20.0})
    put(trust, a_value(22.0, place=HAZEL.ref))
    (change,) = look(trust, content).plan.changes
    assert [(one.name, str(one.outcome), one.kept) for one in change.fields] == [("number", "conflict", 22.0)]


def test_a_sign_in_place_of_the_value_says_why_there_is_none(trust):
    load_all(trust, fill(book_of(trust), {"value": "c"}))
    assert (value(trust).symbol, value(trust).number) == (Symbol.SUPPRESSED, None)


def test_a_state_alone_is_an_answer(trust):
    load_all(trust, fill(book_of(trust), {"state": "not applicable"}))
    assert value(trust).state is State.NOT_APPLICABLE


def test_what_only_its_sender_could_settle_is_pointed_at_with_what_to_write(trust):
    (problem,) = look(trust, fill(book_of(trust), {"value": "<5"})).plan.problems
    assert (problem.sheet, problem.found) == ("Values", "<5")
    assert problem.wanted.endswith(
        "z where it does not apply, x where it is not known, c where it is too small to be shown"
    )


@pytest.mark.parametrize("given", [{"value": "many"}, {"value": 0.215}, {"note": "soon"}, {"value": "u"}])
def test_a_wrong_cell_is_pointed_at_and_the_rest_can_be_loaded(trust, given):
    other = (KPI, HAZEL.ref, half_term(2025, 5).code)
    content = fill(book_of(trust, SLOT, other), {"value": 20.0}, given)
    (problem,) = look(trust, content).plan.problems
    assert (problem.sheet, problem.row) == ("Values", HEADER + 2)
    load_all(trust, content, without_wrong=True)
    assert (value(trust), value(trust, period=half_term(2025, 5)).number) == (None, 20.0)


def test_a_counted_share_wins_over_no_sign_and_a_sign_beside_its_counts_is_wrong(trust):
    (problem,) = look(trust, fill(book_of(trust), {"value": "c", "numerator": 3, "denominator": 400})).plan.problems
    assert "says that there is none to show" in problem.wanted


def test_another_schools_row_is_compared_as_everything_else_is(trust):
    content = fill(
        book_of(trust), {"value": 20.0}, {"KPI": "K-A02", "place": AGNES.name, "period": AUTUMN.words, "value": 30.0}
    )
    assert {(c.data["place"], c.is_new) for c in look(trust, content).plan.changes} == {
        (HAZEL.ref, True),
        (AGNES.ref, True),
    }


def test_a_questioned_value_corrected_in_the_sheet_is_a_correction_of_it(trust):
    ask_about(trust, by=LEADER, now=NOW, kpi=KPI, place=HAZEL.ref, period=SUMMER.period, words="Counted twice?")
    content = fill(
        book_of(trust, (KPI, HAZEL.ref, SUMMER.period.code)), {"value": 20.5, "numerator": 82, "note": "yes"}
    )
    load_all(trust, content)
    corrected = value(trust, period=SUMMER.period)
    assert (corrected.ref, corrected.number, corrected.corrects) == (SUMMER.ref, 20.5, True)


def test_a_sheet_without_its_hidden_sheet_comes_back_as_well(trust):
    book = book_of(trust, SLOT, (KPI, HAZEL.ref, half_term(2025, 5).code))
    del book["_meta"]
    load_all(trust, fill(book, None, {"value": 20.0}))
    assert value(trust).number == 20.0


# What waits


def bring(store, content, name="back.xlsx"):
    return staging.bring(store, by=LEADER, now=NOW, name=name, content=content)


def state_of(store):
    given = given_in(store, NOW)
    listed = returns(load(store, NOW, Audience.LEADERS), EDITION.ref, given)
    return {r.place.ref: r.state for r in listed if not r.older}


def test_a_filled_sheet_that_waits_is_a_return_to_be_checked_and_an_empty_row_of_it_is_none(trust):
    bring(trust, fill(book_of(trust, SLOT, (KPI, HAZEL.ref, half_term(2025, 5).code)), None, {"value": 20.0}))
    assert given_in(trust, NOW) == {SLOT}
    assert state_of(trust) == {HAZEL.ref: ReturnState.RETURNED, AGNES.ref: ReturnState.LATE}


def test_a_wrong_cell_was_sent_all_the_same(trust):
    bring(trust, fill(book_of(trust), {"value": "n/a"}))
    assert given_in(trust, NOW) == {SLOT}


def test_what_was_put_away_or_cannot_be_read_waits_no_more(trust):
    ref = bring(trust, fill(book_of(trust), {"value": 20.0}))
    bring(trust, b"\xd0\xcf\x11\xe0 an old file", "old.xls")
    assert given_in(trust, NOW) == {SLOT}
    staging.put_away(trust, by=LEADER, now=NOW, ref=ref)
    assert given_in(trust, NOW) == frozenset()


def test_a_large_file_is_read_where_it_is_loaded_and_not_here(trust, monkeypatch):
    content = fill(book_of(trust), {"value": 20.0})
    bring(trust, content)
    monkeypatch.setattr(returning, "LARGEST_READ", len(content) - 1)
    assert given_in(trust, NOW) == frozenset()


def test_a_file_is_read_once_until_something_else_is_said_about_it(trust, monkeypatch):
    ref = bring(trust, fill(book_of(trust), {"value": "n/a"}))
    read = []
    monkeypatch.setattr(returning, "read", lambda content, name: read.append(name) or parse(content, name))
    given_in(trust, NOW)
    given_in(trust, NOW)
    assert len(read) == 1
    staging.answer(trust, by=LEADER, ref=ref, answers={}, mended={"Values!H4": "20"})
    given_in(trust, NOW)
    assert len(read) == 2


def test_a_value_proposed_by_link_waits_to_be_checked(trust):
    with trust.writing() as conn:
        proposals.propose(
            conn, at=NOW, by=SCHOOL_CONTACT.ref, via="link", kind=proposals.Kind.VALUE, about=KPI,
            data={"place": HAZEL.ref, "period": AUTUMN.code, "group": "", "number": 20.0}, seen=0, words="",
        )  # fmt: skip
    assert state_of(trust)[HAZEL.ref] is ReturnState.RETURNED
