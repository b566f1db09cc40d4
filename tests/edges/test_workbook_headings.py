"""Sheets and headings: which sheet is whose, where its table begins, and what is said of headings we do not know."""

import pytest

from framework.subjects import SUBJECTS
from framework.workbook.cells import Book, SheetCells
from framework.workbook.check import check
from framework.workbook.headings import heading_text, normal
from tests.edges.test_workbook_check import HERE, cells, from_cells, refs


@pytest.mark.parametrize(
    "heading",
    [
        "due*",
        " Due ",
        "DUE (required)",
        "due\u00a0*",
        "Due\n(required)",
        "\uff44\uff55\uff45",
        "due:",
        "due [date]",
    ],  # full-width too
)
def test_headings_are_matched_whatever_their_capitals_marks_and_spaces(heading):
    assert normal(heading) == "due"


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.sheet)
def test_no_two_headings_of_a_sheet_look_alike(subject):
    headings = [normal(heading_text(f)) for f in (*subject.fields, *subject.derived)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("row", [1, 3, 10])
def test_the_heading_row_is_found_among_the_first_ten(row):
    found = from_cells(*[["words"]] * (row - 1), ["name*", "kind*"], ["Hill", "school"])
    assert [r.data["name"] for r in found.rows["place"]] == ["Hill"]


def test_a_heading_row_further_down_is_not_looked_for():
    found = from_cells(*[["words"]] * 10, ["name*", "kind*"], ["Hill", "school"])
    assert "place" not in found.rows
    assert [str(p) for p in found.problems] == [
        "Schools!A1: found nothing, wanted a row of headings among the first 10 rows, such as name*, kind*, phase."
    ]


def test_one_heading_alone_makes_no_heading_row():
    assert from_cells(["name"], ["name", "kind"], ["Hill", "school"]).rows["place"][0].number == 3


def test_the_hidden_headings_alone_make_no_heading_row():
    assert from_cells(["_id", "_rev"], ["name", "kind"], ["Hill", "school"]).rows["place"][0].number == 3


def test_an_unknown_heading_is_named_with_the_nearest_known_one():
    found = from_cells(["name", "kind", "pupil"], ["Hill", "school", 4])
    assert [(p.code, str(p)) for p in found.problems] == [
        ("HEAD-UNKNOWN", 'Schools!C1: found "pupil", wanted a heading of this sheet, perhaps pupils.')
    ]


def test_an_unknown_heading_like_no_other_is_answered_with_all_of_them():
    (problem,) = from_cells(["name", "kind", "zzz"]).problems
    assert problem.wanted == "a heading of this sheet: name*, kind*, phase, pupils, joined, left, fictional"


def test_a_heading_that_stands_twice_is_a_problem():
    (problem,) = from_cells(["name", "kind", "Name*"], ["Hill", "school", "Dale"]).problems
    assert (problem.code, str(problem)) == (
        "HEAD-DUPLICATE",
        'Schools!C1: found "Name*", wanted each heading once: A1 has it too.',
    )


def test_a_missing_required_heading_is_a_problem_and_another_is_not():
    (problem,) = from_cells(["name", "phase"], ["Hill", "primary"]).problems
    assert (problem.code, str(problem)) == (
        "HEAD-MISSING",
        "Schools!A1 kind*: found nothing, wanted a column with the heading kind*.",
    )


def test_values_under_no_heading_are_noted_and_not_read():
    found = from_cells(["name", "kind"], ["Hill", "school"], ["Dale", "school", "see Jo"], ["Fell", "school", "too"])
    assert found.notes == ("Schools!C3 stands under no heading: that column was not read.",)
    assert found.problems == ()


def test_blank_rows_are_passed_over_even_with_a_hidden_id_left():
    found = from_cells(["_id", "name", "kind"], ["placehazel"], [None, " ", "\u00a0"], [None, "Hill", "school"])
    assert [(row.number, row.data["name"]) for row in found.rows["place"]] == [(4, "Hill")]


def test_sheet_titles_match_whatever_their_capitals_and_a_hidden_one_is_read_with_a_note():
    book = Book(
        "x", "", (SheetCells(" schools ", cells(["name", "kind"], ["Hill", "school"]), hidden=True),), {"rows": {}}
    )
    found = check(book, HERE, new_ref=refs())
    assert len(found.rows["place"]) == 1
    assert found.notes == ("Sheet 'Schools' is hidden. It was read all the same.",)


def test_the_same_sheet_twice_is_a_problem():
    book = Book("x", "", (SheetCells("Schools", cells(["name", "kind"])), SheetCells("schools ", [])), {"rows": {}})
    (problem,) = check(book, HERE, new_ref=refs()).problems
    assert problem.code == "SHEET-DUPLICATE"


def test_a_strange_sheet_is_noted_and_our_own_guides_are_not():
    book = Book(
        "x",
        "",
        (
            *(SheetCells(t, []) for t in ("Start here", "Lists", "Remarks")),
            SheetCells("Schools", cells(["name", "kind"])),
        ),
        {"rows": {}},
    )
    assert check(book, HERE, new_ref=refs()).notes == ("Sheet 'Remarks' is not one of ours: nothing of it was read.",)


def test_an_export_of_some_sheets_is_not_told_that_the_others_are_missing():
    assert from_cells(["name", "kind"], meta={"rows": {"Schools": 0, "People": 3}}).notes == (
        "There is no sheet named People: nothing of it was read or changed.",
    )
