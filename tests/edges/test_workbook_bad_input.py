"""Each kind of bad file or bad cell that will come, with the exact words that answer it."""

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from framework.errors import FileRefused
from framework.subjects import SHEET_ORDER
from framework.workbook.check import check
from framework.workbook.headings import NOTHING_OF_OURS
from framework.workbook.package import NOT_A_WORKBOOK
from framework.workbook.read import read
from framework.workbook.write import write
from tests.edges.test_workbook_check import A_VALUE, AN_ACTION, HERE, refs, wrong


def book_of(change) -> bytes:
    """Our own export, changed by hand in another program."""
    book = openpyxl.load_workbook(io.BytesIO(write(HERE, meta={})))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def found_in(content: bytes):
    return check(read(content, "plan.xlsx"), HERE, new_ref=refs())


def test_not_a_workbook():
    with pytest.raises(FileRefused) as refused:
        read(b"%PDF-1.7 ...", "plan.xlsx")
    assert str(refused.value) == NOT_A_WORKBOOK
    assert NOT_A_WORKBOOK == "This is not an Excel workbook. Choose a file that ends in .xlsx and opens in Excel."


def test_a_workbook_without_one_sheet_of_ours():
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with pytest.raises(FileRefused) as refused:
        found_in(content.getvalue())
    assert str(refused.value) == NOTHING_OF_OURS
    assert NOTHING_OF_OURS == (
        "No sheet of this workbook has a name that we know, so nothing of it was read. Its sheets should be called "
        "Versions, Framework, Actions, Milestones, Updates, KPIs, Targets, Values, Schools, Organisations, People, "
        "Events, Calendar or Meetings. Download the template and copy your rows into it."
    )


def test_a_missing_sheet_is_a_note_and_the_rest_is_read():
    found = found_in(book_of(lambda book: book.remove(book["Targets"])))
    assert found.problems == ()
    assert found.notes == ("There is no sheet named Targets: nothing of it was read or changed.",)
    assert "target" not in found.rows
    assert len(found.rows) == len(SHEET_ORDER) - 1


def test_unknown_headings():
    def rename(book):
        book["Actions"]["T3"] = "deadline"
        book["Actions"]["U3"] = "statos"

    assert [str(p) for p in found_in(book_of(rename)).problems] == [
        'Actions!T3: found "deadline", wanted a heading of this sheet: code*, version*, objective*, action*, owner, '
        "organisation, supporters, schools, pillars, statements, strand, other strands, priorities, should move, "
        "what will be different, start, first due, due*, status, confidence, confidence reason, confidence on, "
        "evidence, likelihood, impact, response, visibility, recorded on, fictional.",
        'Actions!U3: found "statos", wanted a heading of this sheet, perhaps status or start or statements.',
        "Actions!A3 due*: found nothing, wanted a column with the heading due*.",
    ]


def test_text_in_a_number_column():
    assert wrong(Values=[A_VALUE | {"value": "sixty"}]) == [
        'Values!G4 value: found "sixty", wanted a number such as 62.5, without its unit.'
    ]


def test_a_date_in_a_number_column():
    assert wrong(Values=[A_VALUE | {"value": date(2026, 4, 3)}]) == [
        'Values!G4 value: found "03 Apr 2026", '
        "wanted a number such as 62.5, without its unit (Excel has turned it into a date)."
    ]


def test_duplicate_codes():
    assert wrong(Actions=[AN_ACTION, AN_ACTION | {"action": "Other"}]) == [
        'Actions!C5 code*: found "A-20", wanted one row for each code (row 4 has the same).'
    ]


def test_a_link_to_nothing():
    assert wrong(Updates=[{"action": "A-99", "date": date(2026, 9, 1), "update": "Went well"}]) == [
        'Updates!C4 action*: found "A-99", wanted a code from the sheet Actions (no action has the code A-99).'
    ]


def test_a_formula_cell_without_a_value():
    def calculate(book):
        book["Actions"]["Z4"] = "=1+1"

    assert [str(p) for p in found_in(book_of(calculate)).problems] == [
        'Actions!Z4 likelihood: found "=1+1", wanted a value: this formula was never calculated; '
        "open the file in Excel, press Save, and send it again."
    ]


def test_an_error_cell():
    def divide(book):
        book["Actions"]["Z4"] = "#DIV/0!"
        book["Actions"]["Z4"].data_type = "e"

    assert [str(p) for p in found_in(book_of(divide)).problems] == [
        'Actions!Z4 likelihood: found "#DIV/0!", wanted a value: mend the formula, or type the value.'
    ]


def test_dates_of_a_1904_workbook_come_out_right():
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"date_1904": True, "default_date_format": "dd/mm/yy"})
    sheet = made.add_worksheet("Meetings")
    sheet.write_row(0, 0, ["title", "date"])
    sheet.write(1, 0, "Board")
    sheet.write_datetime(1, 1, date(2026, 11, 26))
    made.close()
    found = found_in(content.getvalue())
    assert found.problems == ()
    assert found.rows["meeting"][0].data["on"] == date(2026, 11, 26)


def test_a_date_that_does_not_exist():
    assert wrong(Actions=[AN_ACTION | {"due": "31/09/2024"}]) == [
        'Actions!T4 due*: found "31/09/2024", wanted a date such as 12 Nov 2026 (September has 30 days).'
    ]


def test_a_table_without_its_headings():
    def behead(book):
        book["Meetings"].delete_rows(1, 3)

    assert [str(p) for p in found_in(book_of(behead)).problems] == [
        "Meetings!A1: found nothing, wanted a row of headings among the first 10 rows, such as title*, kind, date*."
    ]


def test_columns_may_be_moved_and_rows_sorted_by_another_program():
    def move(book):
        sheet = book["Schools"]
        sheet.move_range("C1:D6", cols=10)
        for row in (5, 6):
            sheet.move_range(f"A{row}:Z{row}", rows=10)

    found = found_in(book_of(move))
    assert found.problems == ()
    assert {row.ref for row in found.rows["place"]} == set(HERE["place"])
    assert not any(row.is_new for row in found.rows["place"])
