"""Sheets and headings: which sheet is whose, where its table begins, and what is said of headings we do not know."""

import pytest

from framework.subjects import SUBJECTS
from framework.workbook.cells import Book, SheetCells
from framework.workbook.check import check
from framework.workbook.headings import heading_text, is_ours, normal
from tests.edges.test_workbook_check import HERE, cells, from_cells, refs, told


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


def said(found) -> list[tuple[str, str]]:
    return [(note.code, note.words) for note in found.notes]


@pytest.mark.parametrize("row", [1, 3, 40])
def test_the_heading_row_is_found_among_the_first_forty(row):
    found = from_cells(*[["words"]] * (row - 1), ["name*", "kind*"], ["Hill", "school"])
    assert [r.data["name"] for r in found.rows["place"]] == ["Hill"]


def test_a_heading_row_further_down_is_not_looked_for():
    found = from_cells(*[["words"]] * 40, ["name*", "kind*"], ["Hill", "school"])
    assert "place" not in found.rows
    assert [told(p) for p in found.problems] == [
        "Schools!A1: found nothing, wanted a row of headings among the first 40 rows, such as name*, kind*, phase."
    ]


def test_one_heading_alone_makes_no_heading_row():
    assert from_cells(["name"], ["name", "kind"], ["Hill", "school"]).rows["place"][0].number == 3


def test_the_hidden_headings_alone_make_no_heading_row():
    assert from_cells(["_id", "_rev"], ["name", "kind"], ["Hill", "school"]).rows["place"][0].number == 3


def test_an_unknown_heading_is_named_with_the_nearest_known_one():
    found = from_cells(["name", "kind", "pupil"], ["Hill", "school", 4])
    assert [(p.code, told(p)) for p in found.problems] == [
        ("HEAD-UNKNOWN", 'Schools!C1: found "pupil", wanted a heading of this sheet, perhaps pupils.')
    ]


@pytest.mark.parametrize("heading", ["pupil", "Phases", "fictonal", "joind"])
def test_a_slip_in_a_heading_is_a_problem(heading):
    assert [p.code for p in from_cells(["name", "kind", heading], ["Hill", "school", 4]).problems] == ["HEAD-UNKNOWN"]


@pytest.mark.parametrize("heading", ["zzz", "Visited by", "Comments", "link"])
def test_a_column_of_someones_own_is_noted_and_does_not_stop_the_load(heading):
    found = from_cells(["name", "kind", heading], ["Hill", "school", 4])
    assert found.problems == ()
    assert said(found) == [("HEAD-UNKNOWN", f"Schools!C1 '{heading}' is no heading of ours: that column was not read.")]


def test_the_column_that_says_what_is_wrong_is_passed_over_without_a_word():
    found = from_cells(["name", "kind", "Check"], ["Hill", "school", "C2: nothing"])
    assert (found.problems, found.notes) == ((), ())


def test_a_heading_that_stands_twice_is_a_problem():
    (problem,) = from_cells(["name", "kind", "Name*"], ["Hill", "school", "Dale"]).problems
    assert (problem.code, told(problem)) == (
        "HEAD-DUPLICATE",
        'Schools!C1: found "Name*", wanted each heading once: A1 has it too.',
    )


def test_a_required_heading_is_missed_where_a_row_is_new():
    found = from_cells(["_id", "name", "phase"], ["placehazel", "Hazel", "primary"], [None, "Hill", "primary"])
    (problem,) = found.problems
    assert (problem.code, told(problem)) == (
        "HEAD-MISSING",
        "Schools!A1 kind*: found nothing, wanted a column with the heading kind*, because the file brings new rows.",
    )
    assert [row.wrong for row in found.rows["place"]] == [False, True]


def test_a_required_heading_is_not_missed_where_every_row_stands_here():
    found = from_cells(["_id", "name", "phase"], ["placehazel", "Hazel", "primary"])
    assert found.problems == ()
    assert found.rows["place"][0].data.keys() == {"name", "phase"}


def test_values_under_no_heading_are_noted_and_not_read():
    found = from_cells(["name", "kind"], ["Hill", "school"], ["Dale", "school", "see Jo"], ["Fell", "school", "too"])
    assert said(found) == [("HEAD-BLANK", "Schools!C3 stands under no heading: that column was not read.")]
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
    assert said(found) == [("SHEET-HIDDEN", "Sheet 'Schools' is hidden. It was read all the same.")]


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
    found = check(book, HERE, new_ref=refs())
    assert said(found) == [("SHEET-UNKNOWN", "Sheet 'Remarks' is not one of ours: nothing of it was read.")]


def test_an_export_of_some_sheets_is_not_told_that_the_others_are_missing():
    found = from_cells(["name", "kind"], meta={"rows": {"Schools": 0, "People": 3}})
    assert said(found) == [("SHEET-MISSING", "There is no sheet named People: nothing of it was read or changed.")]


# A sheet under another name


def book_of(*sheets, meta=None) -> Book:
    return Book("x.csv", "", tuple(SheetCells(title, cells(*rows)) for title, *rows in sheets), meta or {})


def test_a_sheet_under_another_name_is_known_by_its_headings():
    found = check(book_of(("plan-2026", ["name", "kind", "phase"], ["Hill", "school", None])), HERE, new_ref=refs())
    assert [row.label for row in found.rows["place"]] == ["Hill"]
    assert said(found) == [("SHEET-BY-HEADINGS", "Sheet 'plan-2026' was read as Schools, by its headings.")]


@pytest.mark.parametrize(
    ("headings", "ours"),
    [
        (["name", "kind", "phase", "x", "y"], True),  # three of five
        (["name", "kind", "phase", "x", "y", "z"], False),  # three of six
        (["name", "phase", "pupils"], False),  # without a required one
        (["_id", "name", "phase", "pupils"], True),  # but with the hidden id
        (["name", "kind"], False),  # Schools or Organisations
    ],
)
def test_a_file_is_ours_when_most_headings_of_a_sheet_are_of_exactly_one_of_our_sheets(headings, ours):
    assert is_ours(book_of(("anything", headings))) is ours


def test_a_strangers_sheet_that_is_called_like_ours_is_not_ours():
    strangers = ("Actions", ["Action", "Owner", "Due", "Status"], ["Paired reading", "Jo", "soon", "on track"])
    assert not is_ours(book_of(strangers))
    assert is_ours(book_of(strangers, meta={"schema": "civic-plan/1"}))
    assert is_ours(book_of(("Actions", ["code", "version", "objective", "action", "due", "mine"])))


def test_headings_do_not_count_beside_a_sheet_that_has_our_name():
    found = check(
        book_of(("Schools", ["name", "kind"]), ("Schools (2)", ["name", "kind", "phase"])), HERE, new_ref=refs()
    )
    assert "SHEET-UNKNOWN" in [note.code for note in found.notes]
    assert found.rows["place"] == []
