"""Whole strangers' files to rows of ours: nothing raises on content, and what was loaded changes nothing again."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.workbook.cells import Cell
from framework.workbook.compare import compare
from framework.workbook.recognise.alike import Titled, matched
from framework.workbook.recognise.asking import Asking, one_of
from framework.workbook.recognise.fields import FIELDS
from framework.workbook.recognise.look import look
from framework.workbook.recognise.naming import Codes, Index, Named
from framework.workbook.recognise.rows import converted
from framework.workbook.recognise.shape import Holds, Way
from tests.conftest import CALENDAR, EDITION, OBJECTIVE, TODAY, TRUST, half_term
from tests.edges.strangers import HERE, a_table, after, asked, convert, one, refs, rows

SAMPLES = Path(__file__).parent / "samples"
TRACKERS = SAMPLES / "trackers"


@cache  # reading a file takes longer than all that is done with it here
def seen(path):
    return look(path, on=TODAY, calendar=CALENDAR)


def loaded(path, answers, here=HERE, start=10_000):
    return converted(seen(path), answers, here, on=TODAY, edition=EDITION.ref, new_ref=refs(start))


# A risk register as someone keeps it

REGISTER = TRACKERS / "nch_risk_register.xlsx"
SETTLED = {
    "table|Issue Register|objective": "A", "table|Issue Register|no due": "end", "column|description": "",
    "column|owner": "", "column|effect": "",
}  # fmt: skip


def test_a_risk_register_gives_its_three_risks():
    made = loaded(REGISTER, SETTLED)
    assert made.counts == {Holds.RISKS: 3}
    assert [row["title"] for row in rows(made, "action")] == [
        "Text recognication", "Data security", "Stealing vehicle information",
    ]  # fmt: skip
    assert {row["objective"] for row in rows(made, "action")} == {OBJECTIVE.ref}


def test_what_a_risk_register_says_without_a_field_of_ours_is_kept_in_words():
    first = rows(loaded(REGISTER, SETTLED), "action_update")[0]["words"]
    assert "Mitigation: Optical character reader (OCR) can be used" in first
    assert "Likelihood: 75% to 100%" in first


def test_nothing_is_taken_before_what_must_be_said_is_said():
    made = loaded(REGISTER, {})
    assert made.checked.rows == {}
    assert {q.key for q in made.questions if q.suggested is None} >= {
        "table|Issue Register|objective", "table|Issue Register|no due",
    }  # fmt: skip


def test_a_file_that_was_loaded_changes_nothing_the_second_time():
    first = loaded(REGISTER, SETTLED)
    there = after(first)
    again = loaded(REGISTER, SETTLED, there, 50_000)
    plan = compare(again.checked, there, foreign=True)
    assert (plan.changes, plan.missing, plan.problems) == ((), (), ())


@pytest.mark.parametrize(
    "name",
    [
        "trackers/nch_issue_register.xlsx",
        "trackers/ukgov_portfolio_master_transposed.xlsx",
        "opendata/dfe_ees_demo_datafile.csv",
    ],
)
def test_a_sample_is_converted_without_a_word_said(name):
    made = loaded(SAMPLES / name, {})
    for table, found in made.checked.rows.items():
        assert all(row.sheet and row.number and row.label for row in found), table


# Sheets that are named after what they measure


def test_a_sheet_named_after_its_kpi_needs_no_column_for_it():
    table = a_table(
        {"Period": "period", "Value": "value"},
        ["Autumn 1 2026/27", 21.5],
        sheet="Persistent absence",
        holds=Holds.VALUES,
    )
    made = convert(table)
    assert asked(made) == {"table|Persistent absence|kpi": "kpi0000001", "table|Persistent absence|place": TRUST.ref}
    assert one(made, "value")["period"] == half_term(2026, 1)


# Laws


TITLES = st.text("abc ", min_size=1, max_size=12)


@given(file=st.lists(TITLES, max_size=8), here=st.lists(TITLES, max_size=8))
def test_no_two_rows_of_a_file_are_the_same_row_here(file, here):
    found = matched([Titled(t) for t in file], [Titled(t, f"ref{n}") for n, t in enumerate(here)])
    taken = [match.ref for match in found if match.ref is not None]
    assert len(taken) == len(set(taken))
    assert all(match.ref is None or not match.near for match in found)


@given(st.lists(TITLES.filter(str.strip), max_size=8))
def test_every_row_is_found_again_among_the_rows_that_it_became(titles):
    here = [Titled(title, f"ref{n}") for n, title in enumerate(titles)]
    found = matched([Titled(title) for title in titles], here)
    assert {match.ref for match in found} == {row.ref for row in here}


@pytest.mark.parametrize(
    ("title", "same"),
    [("aaaa bbbb cccc dddd eeee", True), ("aaaa bbbb cccc dddd ee", True), ("aaaa bbbb cccc dd", False)],
)
def test_95_of_100_is_the_same_and_less_is_asked(title, same):
    (found,) = matched([Titled(title)], [Titled("aaaa bbbb cccc dddd eeee", "ref")])
    assert (found.ref == "ref") is same


@pytest.mark.parametrize(("title", "near"), [("aaaa bbbb cccc dd", True), ("aaaa bbbb cc", False)])
def test_85_of_100_is_asked_and_less_is_new(title, near):
    (found,) = matched([Titled(title)], [Titled("aaaa bbbb cccc dddd ee", "ref")])
    assert (found.ref, bool(found.near)) == (None, near)


def test_the_order_of_words_and_punctuation_tell_no_titles_apart():
    (found,) = matched([Titled("Club, breakfast")], [Titled("Breakfast club!", "ref")])
    assert found.ref == "ref"


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.floats(-1e6, 1e6),
    st.integers(-10, 10**9),
    st.booleans(),
    st.dates(date(1999, 1, 1), date(2031, 1, 1)),
    st.just(datetime(2026, 11, 13, 9, 30)),
    st.just(time(9, 30)),
    st.sampled_from(
        ["Ongoing", "A", "B", "75%", "3 of 4", "<5", "x", "..", "31/09/2026", "HT/DHT", "Smith, Jane", "Autumn 1",
         "TBC", "Persistent absence", "Hazel Grange Primary", "done; later", "Amber/Red", "2026/27", "£12", "n/a"]
    ),
    st.just(Cell("", None, "#N/A", is_error=True)),
    st.just(Cell("", None, "=A1", formula_without_value=True)),
)  # fmt: skip
NAMES = [wanted.name for wanted in FIELDS]


@given(
    fields=st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True),
    data=st.data(),
    holds=st.sampled_from(list(Holds)),
    wide=st.booleans(),
    said=st.sampled_from(["", "A", "out", "new", "end", "yes", "2026/27", "each", "x y z"]),
)
def test_nothing_raises_on_content_whatever_was_answered(fields, data, holds, wide, said):
    width = len(fields) + 2 * wide
    cells = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4))
    table = a_table(
        {name: name for name in fields}, *cells, holds=holds, way=Way.PERIODS_ACROSS if wide else Way.DOWN,
        periods=["Autumn 1", "Autumn 2 2026/27"] if wide else (),
    )  # fmt: skip
    first = convert(table)
    convert(table, answers={question.key: said for question in first.questions})


# Questions


def test_an_answer_that_can_not_be_meant_is_asked_again():
    asking = Asking({"k": "nonsense"})
    wording = one_of("Which?", [("a", "this"), ("b", "that")])
    assert asking.ask("k", wording, suggested="a") == "a"
    assert [q.key for q in asking.questions(lambda q: True)] == ["k"]


def test_a_question_names_a_few_cells_and_counts_all():
    asking = Asking({})
    for n in range(9):
        asking.ask("k", one_of("Which?", [("a", "this")]), cell=f"Plan!A{n}")
    (question,) = asking.questions(lambda q: True)
    assert (len(question.cells), question.count, question.suggested) == (5, 9, None)


# Names


def test_a_name_that_two_bear_is_neither():
    index = Index([Named("a", "Jo", ("Jo Lee",)), Named("b", "Jo", ("jo lee",))])
    assert index.exact("Jo Lee") is None
    assert [named.ref for named in index.near("Jo Lee")] == ["a", "b"]


@pytest.mark.parametrize(
    ("codes", "free"), [([], "A-1"), (["A-1", "A-3"], "A-4"), (["A-14", "B-99", "A-x"], "A-15"), (["A-007"], "A-8")]
)
def test_the_next_code_comes_after_all_that_were_ever_used(codes, free):
    assert Codes(codes).next("A-") == free


def test_codes_of_a_file_are_never_given_twice():
    codes = Codes(["K-B01"])
    assert [codes.next("K-B", 2), codes.take("K-B09"), codes.next("K-B", 2)] == ["K-B02", "K-B09", "K-B10"]
