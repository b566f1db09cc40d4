"""Our workbook handed back: the rows as they were sent, what is wrong beside them, and nothing changed on the way."""

import io
import json
import zipfile
from datetime import date, datetime, time
from functools import cache

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from framework.subjects import ACTIONS, EVENTS, VALUES
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.check import check
from framework.workbook.compare import compare
from framework.workbook.handback import handed_back, how_many
from framework.workbook.parse import parse
from framework.workbook.problems import Problem
from framework.workbook.write import write
from tests.conftest import SMALL_TRUST, a_value, an_action
from tests.edges.test_workbook_check import known, refs

META = {"workbook": "w1", "revision": 7, "exported_at": "2026-11-13T16:00:00+00:00", "scope": {}}


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def edited(content, *edits, also=lambda book: None):
    """The workbook as somebody saved it, with other values in some cells: (sheet, address, value)."""
    book = opened(content)
    for sheet, address, value in edits:
        book[sheet][address] = value
    also(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def problems_of(content):
    return check(parse(content, "plan.xlsx"), HERE, new_ref=refs()).problems


def back(content):
    book = parse(content, "plan.xlsx")
    return handed_back(book, check(book, HERE, new_ref=refs()).problems)


def at(subject, name):
    """The column of a field: `T`."""
    return get_column_letter(3 + subject.names.index(name))


def told(problems):
    return [(p.code, p.sheet, p.cell, p.heading, p.found, p.wanted) for p in problems]


ROWS = (an_action(), *(an_action(ref=f"action000{n}", code=f"A-2{n}", title=f"Club {n}") for n in (2, 3)))
HERE = known(*SMALL_TRUST, *ROWS, a_value())
DUE, OWNER = f"{at(ACTIONS, 'due_on')}4", f"{at(ACTIONS, 'owner')}6"
VALUE = f"{at(VALUES, 'number')}4"


@cache
def clean_file():
    # Few sheets: they are read again and again here.
    return write(HERE, meta=META, sheets=(ACTIONS, VALUES, EVENTS))


@cache
def wrong_file():
    """Four cells that cannot be right, in three rows of two sheets."""
    return edited(clean_file(), ("Actions", DUE, "31/09/2026"), ("Actions", OWNER, "Nobody Known"),
                  ("Actions", "C6", None), ("Values", VALUE, "many"))  # fmt: skip


@cache
def handed():
    """The file with the wrong cells, handed back."""
    return back(wrong_file())


def below_check(sheet):
    """What the column Check says of each row."""
    (head,) = (cell for cell in sheet[3] if cell.value == "Check")
    return [row[head.column - 1].value for row in sheet.iter_rows(min_row=4)]


def test_each_row_says_in_words_what_is_wrong_in_it_and_a_right_one_says_nothing():
    first, second, third = below_check(opened(handed())["Actions"])
    assert first.startswith('due*: it says "31/09/2026"; we need a date such as ')
    assert second is None
    assert [line.partition(":")[0] for line in third.split("\n")] == ["code*", "owner"]


def test_wrong_cells_have_a_note_and_a_colour_whether_they_are_filled_or_empty():
    sheet = opened(handed())["Actions"]
    assert sheet[DUE].comment.text.startswith('it says "31/09/2026"; we need a date such as ')
    assert sheet["C6"].comment.text.startswith("it is empty; we need something")
    assert {sheet[a].fill.fgColor.rgb for a in (DUE, OWNER, "C6")} == {"FFFBE3E1"}
    assert sheet["C4"].comment is None
    assert sheet["C4"].fill.fgColor.rgb == "00000000"


def test_it_loads_back_unmended_with_the_very_same_problems():
    assert len(problems_of(wrong_file())) == 4
    assert told(problems_of(handed())) == told(problems_of(wrong_file()))
    assert told(problems_of(back(handed()))) == told(problems_of(wrong_file()))


def test_it_has_one_column_check_however_often_it_is_handed_back():
    assert [c.value for c in opened(back(back(handed())))["Actions"][3]].count("Check") == 1


def test_mended_it_has_no_problem_and_loads_as_the_mended_file_itself_would():
    right = (("Actions", DUE, date(2026, 9, 30)), ("Actions", OWNER, "Priya Leader"), ("Actions", "C6", "A-23"),
             ("Values", VALUE, 21.5))  # fmt: skip
    mended = edited(handed(), *right)
    assert problems_of(mended) == ()
    rows, straight = (check(parse(c, "x"), HERE, new_ref=refs()).rows for c in (mended, edited(wrong_file(), *right)))
    assert rows == straight


def test_ids_revisions_and_what_the_file_says_of_itself_are_kept():
    book, sent = parse(handed(), "back.xlsx"), parse(wrong_file(), "plan.xlsx")
    assert {name: book.meta[name] for name in sent.meta} == sent.meta
    assert book.meta["handed_back"] == {"file": "plan.xlsx", "sha256": sent.sha256}
    assert [c.value for c in opened(handed())["Actions"][4]][:2] == ["action0001", 0]
    assert {p.name: p.value for p in opened(handed()).custom_doc_props.props} == {
        "Language": "en-GB", "schema": "civic-plan/1", "workbook": "w1", "revision": "7",
    }  # fmt: skip


def test_the_hidden_columns_stay_hidden_and_meta_very_hidden():
    book = opened(handed())
    assert book["Actions"].column_dimensions["A"].hidden
    assert {s.title for s in book if s.sheet_state != "visible"} == {"_meta"}
    assert book["_meta"].sheet_state == "veryHidden"


def test_the_first_sheet_says_how_many_cells_and_leads_to_each():
    sheet = opened(handed())["Start here"]
    lines = [row[0].value for row in sheet.iter_rows()]
    assert lines[0] == "4 cells need correcting"
    assert {"Actions: 3 cells need correcting.", "Values: 1 cell needs correcting."} <= set(lines)
    links = {cell.value: cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links.keys() == {f"Actions!{DUE}", "Actions!C6", f"Actions!{OWNER}", f"Values!{VALUE}"}
    assert (links["Actions!C6"].location, links["Actions!C6"].target) == ("Actions!C6", None)


@pytest.mark.parametrize(
    ("cells", "words"),
    [((), "Nothing needs correcting"), (("A1",), "1 cell needs correcting"), (("A1", "A1"), "1 cell needs correcting"),
     (("A1", "B1"), "2 cells need correcting"), ([f"A{n}" for n in range(1, 1235)], "1,234 cells need correcting")],
)  # fmt: skip
def test_cells_are_counted_once_each(cells, words):
    assert how_many([Problem("CELL-DATE", "Actions", cell, "", "x", "y") for cell in cells]) == words


def test_sheets_that_are_not_ours_are_left_out_and_the_first_sheet_says_so():
    def with_own(book):
        book.create_sheet("Budget")["A1"] = "private"

    returned = opened(back(edited(wrong_file(), also=with_own)))
    assert "Budget" not in returned.sheetnames
    assert "Left out, because they are no sheets of the plan: Budget." in [c.value for c in returned["Start here"]["A"]]


def test_a_sheet_that_was_taken_out_is_not_put_back():
    def without(book):
        del book["Events"]

    assert "Events" not in opened(back(edited(wrong_file(), also=without))).sheetnames


def test_a_second_sheet_of_a_name_is_kept_so_that_it_is_still_wrong():
    def twice(book):
        book.copy_worksheet(book["Actions"]).title = "ACTIONS "

    sent = edited(wrong_file(), also=twice)
    returned = back(sent)
    assert [opened(returned)[title]["C5"].value for title in ("Actions", "ACTIONS ")] == ["A-22", "A-22"]
    assert not opened(returned)["ACTIONS "].tables
    assert told(problems_of(returned)) == told(problems_of(sent))


def test_cells_stand_where_they_stood_whatever_was_done_to_the_sheet():
    def moved(book):
        sheet = book["Actions"]
        sheet.delete_rows(1)
        sheet.delete_cols(5)
        sheet.insert_rows(4)
        sheet["AK7"] = "beside the table"

    sent = edited(wrong_file(), also=moved)
    returned = back(sent)
    was, now = (parse(c, "x") for c in (sent, returned))
    sheets = [{s.title: s for s in book.sheets}["Actions"].rows for book in (was, now)]
    for row, same in zip(*sheets, strict=False):
        for cell in filter(None, row):
            assert next(c for c in same if c and c.address == cell.address).raw == cell.raw
    assert told(problems_of(returned)) == told(problems_of(sent))


def test_a_formula_error_and_one_that_was_never_calculated_stay_wrong():
    sent = edited(clean_file(), ("Actions", OWNER, "=1/0"), ("Actions", DUE, "#DIV/0!"))
    assert [p.code for p in problems_of(sent)] == ["CELL-ERROR", "CELL-UNCALCULATED"]
    returned = back(sent)
    assert [(p.code, p.found) for p in problems_of(returned)] == [("CELL-ERROR", "#DIV/0!"), ("CELL-ERROR", "#N/A")]
    assert "=1/0" in opened(returned)["Actions"][OWNER].comment.text


def test_a_text_longer_than_a_cell_is_never_cut():
    long = Cell("C4", "a" * 32_768, "a" * 32_768)
    heads = [
        Cell(f"{c}3", h, h)
        for c, h in zip("CDEFG", ("code*", "version*", "objective*", "action*", "due*"), strict=True)
    ]
    book = Book("plan.csv", "", (SheetCells("Actions", [[], [], [None, None, *heads], [None, None, long]]),))
    sheet = opened(handed_back(book, []))["Actions"]
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("#N/A", "e")


SHOWN = [
    (0.75, "0%"), (0.125, "0.0%"), (62.5, "General"), (7, "General"), (True, "General"), (time(9, 30), "hh:mm"),
    (datetime(2026, 9, 1), "mmm-yy"), (datetime(2026, 9, 1, 14, 30), "dd/mm/yyyy hh:mm"), ("75%", "@"), (" a ", "@"),
    ("<r><t>x</t></r>", "@"), ("#N/A", "@"), ("=1+1", "@"), ("_x0041_", "@"),
]  # fmt: skip


def test_what_a_cell_holds_and_how_it_shows_are_as_they_were_sent():
    def put(book):
        for row, (value, form) in enumerate(SHOWN, 8):
            cell = book["Actions"].cell(row, 20)
            cell.value, cell.number_format = value, form
            cell.data_type = "s" if isinstance(value, str) else cell.data_type

    sent = edited(clean_file(), also=put)
    was, now = ([row[19] for row in parse(b, "x").sheets[1].rows[7:]] for b in (sent, back(sent)))
    assert [(c.value, c.raw, c.number_format) for c in now] == [(c.value, c.raw, c.number_format) for c in was]
    assert [type(c.value) for c in was] == [type(value) for value, _ in SHOWN]


def test_the_drop_downs_work_as_before():
    book = opened(handed())
    rules = book["Actions"].data_validations.dataValidation
    assert {"list_status", "list_person", "list_yes_no"} <= {rule.formula1 for rule in rules}
    sheet, area = book.defined_names["list_status"].attr_text.split("!")
    assert book[sheet][area.replace("$", "")][0][0].value == "not started"
    assert book["Actions"].tables.keys() == {"table_Actions"}


def test_headings_that_no_table_can_have_are_filtered_all_the_same():
    sent = edited(wrong_file(), ("Actions", "E3", "code*"), ("Actions", "AZ3", "mine"))
    sheet = opened(back(sent))["Actions"]
    assert not sheet.tables
    assert sheet.auto_filter.ref == "A3:BA6"


def test_a_sheet_without_headings_is_given_back_as_it_is():
    def without_heads(book):
        book["Actions"].delete_rows(3)

    sent = edited(clean_file(), also=without_heads)
    assert told(problems_of(back(sent))) == told(problems_of(sent))


def test_somebodys_comments_and_formulas_do_not_come_back_and_no_part_holds_a_formula():
    def commented(book):
        book["Actions"]["D4"].comment = Comment("mine", "me")

    returned = back(edited(wrong_file(), ("Actions", "G5", "=1+1"), also=commented))
    with zipfile.ZipFile(io.BytesIO(returned)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]
    assert opened(returned)["Actions"]["D4"].comment is None


def test_the_same_file_gives_the_same_hand_back():
    assert back(wrong_file()) == handed()
    assert json.loads(opened(handed())["_meta"]["A1"].value)["revision"] == 7


def test_what_is_right_changes_nothing_when_it_comes_back():
    returned = handed_back(parse(clean_file(), "plan.xlsx"), ())
    plan = compare(check(parse(returned, "back.xlsx"), HERE, new_ref=refs()), HERE)
    assert (plan.changes, plan.problems) == ((), ())
