"""The Fixes workbook: what is wrong in somebody's file goes out as a list and comes back as what to read instead."""

import hashlib
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from framework.errors import FileRefused
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.fixes import Fixes, fixes, mended, read_fixes
from framework.workbook.parse import parse
from framework.workbook.problems import Problem
from tests.edges.test_workbook_write import INJECTIONS

SHA = hashlib.sha256(b"their file").hexdigest()
PLAN = "Plan & risks"
LEFT = "the action goes in with no due date"
DUE = Problem("CELL-DATE", PLAN, "H14", "Due", "31/09/2024", "a date", 14, "Paired reading", LEFT)
SCORE = Problem("CELL-TYPE", PLAN, "J15", "Score", None, "a number", 15)
WHOLE_SHEET = Problem("TABLE-NONE", "Notes", "", "", None, "headings")


def cell(address, value):
    return Cell(address, value, str(value))


def a_book(**changes):
    """A stranger's file: a sheet with a wrong date in B2 and nothing beside it."""
    heads, reading = [cell("A1", "What"), cell("B1", "Due")], [cell("A2", "Reading"), cell("B2", "31/09/2024")]
    sheet = SheetCells(PLAN, [heads, reading], valued=4)
    return Book(**{"name": "plan.xlsx", "sha256": SHA, "sheets": (sheet, SheetCells("Notes", []))} | changes)


def written(*problems):
    return fixes(problems, name="plan.xlsx", sha256=SHA)


def filled(content, **answers):
    """The list as somebody fills it: answers by the address of the cell that is wrong."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["Fixes"].iter_rows(min_row=4):
        if row[1].value in answers:
            row[7].value = answers[row[1].value]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def listed(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Fixes"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def test_each_wrong_cell_is_a_line_that_says_what_it_is_about_and_leaves_room_for_the_answer():
    assert listed(written(DUE, SCORE)) == [
        ["Sheet", "Cell", "Heading", "Row", "It says", "We need", "If you leave it", "Correct value"],
        [PLAN, "H14", "Due", "Paired reading", "31/09/2024", "a date", LEFT, None],
        [PLAN, "J15", "Score", None, "(it is empty)", "a number", None, None],
    ]


def test_two_problems_of_a_cell_are_one_line_and_a_problem_of_no_cell_is_none():
    also = Problem("VALUE-OUTSIDE", PLAN, "H14", "Due", "31/09/2024", "a day after the start", 14)
    (_, line) = listed(written(DUE, also, WHOLE_SHEET))
    assert line[5] == "a date; a day after the start"


def test_it_is_one_real_table_whose_answers_stay_as_they_are_typed():
    sheet = openpyxl.load_workbook(io.BytesIO(written(DUE)))["Fixes"]
    assert sheet["A1"].value == "Corrections to plan.xlsx"
    assert sheet.tables["table_Fixes"].ref == "A3:H4"
    assert (sheet["H4"].number_format, sheet["H4"].fill.fgColor.rgb) == ("@", "FFFFF6CC")
    assert not sheet.merged_cells.ranges
    assert not sheet.protection.sheet


def test_a_filled_list_says_what_to_read_and_for_which_file():
    found = read_fixes(parse(filled(written(DUE, SCORE), H14="30/09/2024"), "fixes.xlsx"))
    assert found == Fixes("plan.xlsx", SHA, {(PLAN, "H14"): "30/09/2024"})


def test_an_answer_is_read_as_a_person_would_quote_it():
    typed = {"A1": 75, "A2": 0.5, "A3": datetime(2024, 9, 30), "A4": " Autumn 1 ", "A5": "75%", "A6": 0}
    content = written(*(Problem("CELL-DATE", PLAN, address, "", "x", "a date") for address in typed))
    found = read_fixes(parse(filled(content, **typed), "x"))
    assert list(found.cells.values()) == ["75", "0.5", "30 Sep 2024", "Autumn 1", "75%", "0"]


def test_another_workbook_is_no_list_of_fixes():
    assert read_fixes(a_book()) is None
    assert read_fixes(a_book(meta={"schema": "civic-plan/1"})) is None


def test_a_list_whose_hidden_sheet_is_gone_still_knows_its_file():
    book = openpyxl.load_workbook(io.BytesIO(filled(written(DUE), H14="x")))
    del book["_meta"]
    book.save(saved := io.BytesIO())
    assert read_fixes(parse(saved.getvalue(), "x")) == Fixes("", SHA, {(PLAN, "H14"): "x"})


def test_a_list_that_lost_its_headings_or_says_two_things_of_one_cell_is_refused():
    book = openpyxl.load_workbook(io.BytesIO(filled(written(DUE), H14="a")))
    book["Fixes"].append([PLAN, "h14", None, None, None, None, None, "b"])
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(FileRefused, match='two answers for Plan & risks!H14: "a" and "b"'):
        read_fixes(parse(saved.getvalue(), "x"))
    book["Fixes"].delete_rows(3)
    book.save(saved := io.BytesIO())
    with pytest.raises(FileRefused, match="has lost its headings"):
        read_fixes(parse(saved.getvalue(), "x"))


def test_mended_cells_are_read_as_typed_and_every_other_cell_as_it_was():
    book = a_book()
    new = mended(book, {f"{PLAN}!B2": "30/09/2024", f"{PLAN}!D4": "far"})
    rows = new.sheets[0].rows
    assert (len(rows), list(rows[0]), rows[1][0]) == (4, book.sheets[0].rows[0], book.sheets[0].rows[1][0])
    assert rows[1][1] == Cell("B2", "30/09/2024", "30/09/2024")
    assert [list(row) for row in rows[2:]] == [[], [None, None, None, Cell("D4", "far", "far")]]
    assert (new.sheets[0].valued, new.sheets[1], new.sha256) == (5, book.sheets[1], SHA)


def test_a_note_says_what_was_read_in_place_of_the_file_and_what_could_not_be():
    values = {f"{PLAN}!B{n}": "x" for n in range(2, 9)} | {"Gone!A1": "x", f"{PLAN}!nonsense": "x"}
    applied, unknown = mended(a_book(), values).notes
    assert str(applied) == (
        f"7 cells were read as the corrections say: {PLAN}!B2, {PLAN}!B3, {PLAN}!B4, {PLAN}!B5, {PLAN}!B6 and 2 more."
    )
    assert str(unknown) == f"Not in this file, so nothing was read in place of: Gone!A1, {PLAN}!nonsense."


def test_nothing_to_mend_leaves_the_book_as_it_is():
    assert mended(a_book(), {}) == a_book()


def test_no_text_of_the_file_becomes_a_formula_or_a_link_in_the_list():
    some = [
        Problem("CELL-TYPE", PLAN, f"A{n}", text, text, text, n, text, text) for n, text in enumerate(INJECTIONS, 1)
    ]
    content = written(*some)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert b"<f>" not in part, name
            assert b"<f " not in part, name
            assert b"hyperlink" not in part, name
    assert [str(line[4]).replace("_x000D_", "\r") for line in listed(content)[1:]] == INJECTIONS


def test_the_same_problems_give_the_same_list():
    assert written(DUE, SCORE) == written(DUE, SCORE)
