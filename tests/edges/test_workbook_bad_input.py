"""Each kind of bad file or bad cell that will come, with the exact words that answer it."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from framework.errors import FileRefused
from framework.kpis.kpi import Counted, Direction, Kpi
from framework.subjects import SHEET_ORDER
from framework.workbook import refusals
from framework.workbook.check import check
from framework.workbook.headings import NOTHING_OF_OURS
from framework.workbook.parse import parse
from framework.workbook.write import write
from tests.conftest import AGNES, HAZEL, SMALL_TRUST, a_kpi, a_target, a_value, half_term
from tests.edges.test_workbook_check import A_KPI, A_TARGET, A_VALUE, AN_ACTION, HERE, known, refs, wrong


def book_of(change) -> bytes:
    """Our own export, changed by hand in another program."""
    book = openpyxl.load_workbook(io.BytesIO(write(HERE, meta={})))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def found_in(content: bytes):
    return check(parse(content, "plan.xlsx"), HERE, new_ref=refs())


@pytest.mark.parametrize(
    ("refusal", "code", "words"),
    [
        (
            refusals.OTHER,
            "FILE-OTHER",
            "This is not an Excel workbook. Choose a file that ends in .xlsx and opens in Excel.",
        ),
        (refusals.PDF, "FILE-OTHER", "This is a PDF, not a workbook. Copy its table into the template."),
        (
            refusals.LOCKED,
            "FILE-LOCKED",
            "This file is locked with a password or a sensitivity label, so we cannot open it. In Excel choose File, "
            "Info, Protect Workbook and remove it, or copy the sheet into a new workbook.",
        ),
        (
            refusals.WORD,
            "FILE-WORD",
            "This is a Word document with an Excel name. Copy its table into the template.",
        ),
        (
            refusals.LOCK_FILE,
            "FILE-LOCKFILE",
            "You chose Excel's temporary file (~$...). Close Excel and pick the one without ~$.",
        ),
        (
            refusals.DAMAGED,
            "FILE-DAMAGED",
            "This file is damaged, so it cannot be read. Open it in Excel, save it again as Excel Workbook (.xlsx), "
            "and choose the new file. If Excel cannot open it either, ask the sender for another copy.",
        ),
        (
            refusals.UNSAFE_SIZE,
            "FILE-UNSAFE",
            "This file would unpack to far more than a workbook should hold, so it was not opened. "
            "Copy its sheets into a new workbook and send that.",
        ),
        (
            refusals.TOO_MUCH_MEMORY,
            "FILE-UNSAFE",
            "This file takes more memory than a workbook should, so we stopped reading it. "
            "Copy its sheets into a new workbook and send that.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_these_words(refusal, code, words):
    assert refusal == (code, words)


def test_every_refusal_of_a_file_has_a_code_and_words_of_its_own():
    every = [value for value in vars(refusals).values() if isinstance(value, refusals.Refusal)]
    assert len({refusal.words for refusal in every}) == len(every) > 20
    assert all(refusal.code.startswith("FILE-") and refusal.words.endswith(".") for refusal in every)


def test_not_a_workbook():
    with pytest.raises(FileRefused) as refused:
        parse(b"%PDF-1.7 ...", "plan.xlsx")
    assert (refused.value.code, str(refused.value)) == refusals.PDF


def test_a_workbook_without_one_sheet_of_ours():
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with pytest.raises(FileRefused) as refused:
        found_in(content.getvalue())
    assert str(refused.value) == NOTHING_OF_OURS
    assert NOTHING_OF_OURS == (
        "No sheet of this workbook has a name that we know, so nothing of it was read. Its sheets should be called "
        "Versions, Framework, Actions, Milestones, Updates, Evidence, KPIs, Targets, Values, Queries, Notes, "
        "Comparators, Schools, Organisations, People, Events, Calendar or Meetings. Download the template and "
        "copy your rows into it."
    )


def test_a_missing_sheet_is_a_note_and_the_rest_is_read():
    found = found_in(book_of(lambda book: book.remove(book["Targets"])))
    assert found.problems == ()
    assert [str(note) for note in found.notes] == [
        "There is no sheet named Targets: nothing of it was read or changed."
    ]
    assert "target" not in found.rows
    assert len(found.rows) == len(SHEET_ORDER) - 1


def test_unknown_headings():
    def rename(book):
        book["Actions"]["T3"] = "deadline"
        book["Actions"]["U3"] = "statos"

    found = found_in(book_of(rename))
    assert [str(p) for p in found.problems] == [
        'Actions!U3: it says "statos"; we need a heading of this sheet, perhaps status. '
        "If you leave it, nothing of the column is read."
    ]
    assert [note.code for note in found.notes] == ["HEAD-UNKNOWN"]
    assert "'deadline'" in str(found.notes[0])


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
        "Actions!Z4 (likelihood, 'A-14 Breakfast club at Hazel Grange'): it says \"=1+1\"; we need a value: "
        "this formula was never calculated; open the file in Excel, press Save, and send it again. "
        "If you leave it, the row stays as it is here."
    ]


def test_an_error_cell():
    def divide(book):
        book["Actions"]["Z4"] = "#DIV/0!"
        book["Actions"]["Z4"].data_type = "e"

    assert [str(p) for p in found_in(book_of(divide)).problems] == [
        "Actions!Z4 (likelihood, 'A-14 Breakfast club at Hazel Grange'): it says \"#DIV/0!\"; we need a value: "
        "mend the formula, or type the value. If you leave it, the row stays as it is here."
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
        'Actions!T4 due*: found "31/09/2024", wanted a date such as 30/09/2024, Sept 2024 or Autumn 1 '
        "(September has 30 days)."
    ]


def test_a_table_without_its_headings():
    def behead(book):
        book["Meetings"].delete_rows(1, 3)

    assert [str(p) for p in found_in(book_of(behead)).problems] == [
        "Meetings!A1: it is empty; we need a row of headings among the first 40 rows, such as title*, kind, date*. "
        "If you leave it, nothing of this sheet is read."
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


AT_AGNES = {"place": "St Agnes Secondary"}
OF_TRUST = {"KPI": "K-A02", "period": "Summer 2, 2026/27"}
WITHOUT_KPI = [row for row in SMALL_TRUST if type(row) is not Kpi]


def scale(cell: str, found: str, about: str, such_as: str) -> str:
    return (
        f'Values!{cell} value: found "{found}", wanted the same scale as its other values (about {about}), '
        f"such as {such_as}, or the two counts that make it {found}."
    )


def test_a_share_of_1_among_the_percentages_of_the_file():
    assert wrong(Values=[A_VALUE | {"value": 95}, A_VALUE | AT_AGNES | {"value": 0.94}]) == [
        scale("G5", "0.94", "95", "94")
    ]


def test_a_column_of_shares_of_1_beside_percentages_that_stand_here():
    here = known(*SMALL_TRUST, a_value(95.0, ref="value00009"))
    assert wrong(here, Values=[A_VALUE | {"value": 0.94}, A_VALUE | AT_AGNES | {"value": 0.95}]) == [
        scale("G4", "0.94", "95", "94"),
        scale("G5", "0.95", "95", "95"),
    ]


def test_where_all_values_are_shares_of_1_the_baseline_tells():
    assert wrong(Values=[A_VALUE | {"value": 0.24}, A_VALUE | AT_AGNES | {"value": 1}]) == [
        scale("G4", "0.24", "28", "24")
    ]
    assert wrong(Values=[A_VALUE | {"value": 0.9}, A_VALUE | AT_AGNES | {"value": 2}]) == []


def test_a_value_is_not_compared_with_the_one_that_it_corrects():
    here = known(*WITHOUT_KPI, a_kpi(baseline=None), a_value(95.0, ref="value00009", place=HAZEL.ref))
    assert wrong(here, Values=[A_VALUE | {"value": 0.94}]) == []


def test_a_small_share_with_its_counts_is_what_it_is():
    small = {"value": None, "numerator": 1, "denominator": 200}
    assert wrong(Values=[A_VALUE | {"value": 95}, A_VALUE | AT_AGNES | small]) == []


def test_a_value_of_a_school_that_had_left_or_had_not_joined():
    left = known(*(row for row in SMALL_TRUST if row is not HAZEL), replace(HAZEL, left_on=date(2026, 7, 20)))
    assert wrong(left, Values=[A_VALUE]) == [
        'Values!E4 period*: found "Autumn 1, 2026/27", wanted a period in which Hazel Grange Primary was part of the '
        "trust: it left the trust on 20 Jul 2026."
    ]
    joins = {"name": "Hazel Grange Primary", "kind": "school", "joined": date(2026, 10, 24)}
    assert wrong(Schools=[joins], Values=[A_VALUE]) == [
        'Values!E4 period*: found "Autumn 1, 2026/27", wanted a period in which Hazel Grange Primary was part of the '
        "trust: it joined the trust on 24 Oct 2026."
    ]
    assert wrong(Schools=[joins | {"joined": date(2026, 10, 23)}], Values=[A_VALUE]) == []


def test_a_value_that_the_app_counts_itself():
    here = known(*WITHOUT_KPI, a_kpi(counted=Counted.FRESH_UPDATES))
    assert wrong(here, Values=[A_VALUE]) == [
        'Values!C4 KPI*: found "K-A02", wanted a KPI whose values are reported: '
        "the app counts fresh updates for K-A02 itself."
    ]


def test_counts_and_spreads_below_nought():
    assert wrong(Values=[A_VALUE | {"numerator": -1, "denominator": 200, "standard deviation": -1}]) == [
        'Values!H4 numerator: found "-1", wanted a number of 0 or more.',
        'Values!J4 standard deviation: found "-1", wanted a number of 0 or more.',
    ]


def test_a_milestone_that_is_half_done():
    milestone = {**A_KPI, "measure": "milestone", "frequency": "half-termly", "baseline": 2}
    half = A_VALUE | {"KPI": "K-B01", "value": 0.5}
    assert wrong(KPIs=[milestone], Values=[half, half | AT_AGNES | {"value": 1}]) == [
        'Values!G4 value: found "0.5", wanted 1 when it is done, or 0 while it is not: the KPI is a milestone.'
    ]
    assert wrong(KPIs=[milestone], Targets=[{**OF_TRUST, "KPI": "K-B01", "target": 7}]) == []


def test_a_target_on_the_wrong_side_of_the_baseline():
    problem = 'Targets!F4 target: found "30", wanted a target below the baseline of 28, or yes under managed decline.'
    assert wrong(Targets=[OF_TRUST | {"target": 30}]) == [problem]
    assert wrong(Targets=[OF_TRUST | {"target": 30, "place": "Our Trust"}]) == [problem]
    assert wrong(Targets=[OF_TRUST | {"target": 30, "managed decline": "yes"}]) == []
    assert wrong(Targets=[A_TARGET | {"target": 30}]) == []  # a school starts from its own value
    assert wrong(Targets=[OF_TRUST | {"target": 28}]) == []
    rising = known(*WITHOUT_KPI, a_kpi(direction=Direction.HIGHER))
    assert wrong(rising, Targets=[OF_TRUST | {"target": 27.9}]) == [
        'Targets!F4 target: found "27.9", wanted a target above the baseline of 28, or yes under managed decline.'
    ]


@pytest.mark.parametrize("sheet", ["Values", "Targets"])
def test_a_period_of_another_length_than_the_kpi_is_measured_by(sheet):
    row = {"Values": A_VALUE, "Targets": OF_TRUST}[sheet] | {"period": "2025/26"}
    assert f'{sheet}!E4 period*: found "2025/26", wanted the period of a half-termly KPI, as it is measured.' in wrong(
        **{sheet: [row]}
    )


def test_a_thirteenth_kpi_of_the_board():
    pinned = [A_KPI | {"code": f"K-B{n:02}", "board set": "yes"} for n in range(1, 14)]
    row = (
        'KPIs!AD{} board set: found "yes", wanted at most 12 KPIs in the board set of a version, '
        "of which this would be number 13."
    )
    assert wrong(KPIs=pinned) == [row.format(16)]
    assert wrong(KPIs=pinned[:12]) == []
    here = known(*WITHOUT_KPI, a_kpi(board_set=True))
    assert wrong(here, KPIs=pinned[:12]) == [row.format(15)]  # one here that the file says nothing of
    stays = A_KPI | {"code": "K-A02", "board set": "yes"}
    assert wrong(here, KPIs=[*pinned[:12], stays]) == [row.format(15)]  # what is in the set already is counted first
    taken_out = A_KPI | {"code": "K-A02", "board set": "no"}
    assert wrong(here, KPIs=[*pinned[:12], taken_out]) == []
    other = {"code": "2030", "title": "Next", "start": date(2030, 9, 1), "end": date(2031, 8, 31), "state": "draft"}
    assert wrong(Versions=[other], KPIs=[*pinned[:12], pinned[12] | {"version": "2030"}]) == []


def test_what_stands_here_already_comes_back_as_it_went():
    """Rows let in before there was a rule, or before a school left, do not keep the rest of a file out."""
    here = known(
        *(row for row in SMALL_TRUST if row is not HAZEL and type(row) is not Kpi and row != a_target()),
        replace(HAZEL, left_on=date(2026, 7, 20)),
        a_kpi(counted=Counted.DATA_ARRIVED, board_set=True),
        *(a_kpi(ref=f"kpi{n:07}", code=f"K-X{n}", board_set=True) for n in range(20, 34)),
        a_target(number=30.0),
        a_value(0.94, ref="value00001", place=HAZEL.ref),
        a_value(95.0, ref="value00002", place=AGNES.ref),
        a_value(95.0, ref="value00003", place=AGNES.ref, period=half_term(2025, 6)),
    )
    found = check(parse(write(here, meta={}), "plan.xlsx"), here, new_ref=refs())
    assert found.problems == ()
    assert {row.ref for row in found.rows["value"]} == set(here["value"])
