"""What is recognised in the collected files, held against what a person counts in them (samples/index.json)."""

import json
from functools import cache
from pathlib import Path

import pytest

from framework.errors import FileRefused
from framework.workbook.parse import parse
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.shape import Holds, Looked, Table, Way

SAMPLES = Path(__file__).parent / "samples"
INDEX = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
NAMES = {entry["file"].partition("/")[2]: entry for entry in INDEX}


@cache
def looked(name: str) -> Looked:
    """Parsed in this process: what the child process adds has its own tests."""
    path = SAMPLES / NAMES[name]["file"]
    return recognise(parse(path.read_bytes(), path.name))


def tables(name: str, sheet: str | None = None) -> list[Table]:
    return [t for t in looked(name).tables if t.used and sheet in (None, t.sheet)]


def fields(table: Table) -> dict[str, str]:
    return {c.heading: c.field for c in table.columns if c.field}


def codes(name: str) -> list[str]:
    found = looked(name)
    notes = [*found.notes, *(n for t in found.tables if t.used for n in t.notes)]
    return [note.code for note in notes]


# file, sheet, header row, records, some of the columns' fields
COUNTED = [
    ("keeperai_project_tracker_v2.xlsx", "Backend", 3, 5, {"TASK": "action", "DEADLINE": "due", "STATUS": "status"}),
    ("keeperai_project_tracker_v2.xlsx", "Frontend", 3, 3, {"ASSIGNED TO": "owner"}),
    ("keeperai_project_tracker_v2.xlsx", "AI", 3, 3, {"TASK": "action"}),
    ("keeperai_project_tracker_v2.xlsx", "Misc", 3, 0, {"DEADLINE": "due"}),
    (
        "ukgov_major_projects_quarterly_return.xlsm",
        "6a - Milestones - Approvals",
        6,
        16,
        {"Milestone label": "milestone"},
    ),
    ("ukgov_major_projects_quarterly_return.xlsm", "6b - Milestones - Assurance", 6, 12, {"Status": "status"}),
    ("tola_bulk_indicator_template_v3.xlsx", "Import indicators", 6, 0, {"Indicator*": "kpi", "Baseline*": "baseline"}),
    ("ifrc_bulk_import_filled.xlsx", "local_unit_health_data", 2, 3, {}),
    ("ifrc_per_framework_components.csv", None, 1, 50, {}),
    ("nch_issue_register.xlsx", "Issue Register", 1, 5, {"ID": "code", "Issue": "action", "Closure Date": "done_on"}),
    (
        "nch_risk_register.xlsx",
        "Issue Register",
        1,
        3,
        {"Title": "action", "Probability": "likelihood", "Owner": "owner"},
    ),
    ("dfe_content_design_logbook.xlsx", "Sheet1", 6, 68, {"Rating (select one)": "rag"}),
    ("ukgov_quarterly_return_datamap.csv", None, 1, 1944, {}),
    # 617 payments stand in rows 8 to 624; the 631 rows of the index count the empty rows, the sum and the remark below.
    ("gla-2011-12-P13-500.csv", None, 7, 617, {"Amount": "value"}),
    ("gla-250-report-2014-15-P07.csv", None, 8, 676, {"Amount": "value"}),
    ("dfe_ees_demo_datafile.csv", None, 1, 15, {"time_period": "period", "school_phase": "group"}),
    ("dfe_ees_demo_datafile.meta.csv", None, 1, 4, {}),
    ("frictionless_invalid_excel.xlsx", None, 2, 12, {}),
    ("calamine_strict_iso_paths.xlsx", "ml_out", 1, 75, {}),
    ("calamine_nonstandard-xml-ns-prefix.xlsx", "Sheet1", 1, 2, {}),
    ("calamine_temperature-in-middle.xlsx", "Sheet1", 4, 2, {}),
    ("calamine_merged_range.xlsx", "Sheet2", 2, 2, {}),
    ("frictionless_multiline-headers.xlsx", None, 5, 1, {}),
    ("frictionless_preserve-formatting-percentage.xlsx", "Sheet1", 1, 3, {}),
    ("frictionless_skip-rows.xlsx", "Sheet 1", 2, 1, {}),
    ("frictionless_doublequote.csv", None, 1, 5, {}),
    ("encoding_datamap_note_pad_unicode.csv", None, 1, 18, {}),
    ("encoding_datamap_macintosh.csv", None, 1, 18, {}),
    ("sheetjs_sheet_visibility.xlsx", "Visible", 1, 1, {}),
    ("synthetic_huge_dimension_ref.xlsx", "Action Tracker", 1, 37, {"Task Description": "action"}),
    ("synthetic_far_cell_XFD1048576.xlsx", "Action Tracker", 1, 37, {"S.No": "code", "Remarks": "notes"}),
    ("synthetic_stale_small_dimension.xlsx", "Action Tracker", 1, 37, {"Owner": "owner", "Status": "status"}),
]


@pytest.mark.parametrize(("name", "sheet", "header_row", "records", "some"), COUNTED)
def test_a_table_is_found_as_a_person_counts_it(name, sheet, header_row, records, some):
    (table,) = tables(name, sheet)
    assert (table.header_row, len(table.records)) == (header_row, records)
    assert {heading: fields(table).get(heading) for heading in some} == some


@pytest.mark.parametrize("name", [n for n, entry in NAMES.items() if "header_row" in entry])
def test_the_header_row_is_the_one_of_the_index(name):
    assert NAMES[name]["header_row"] in [table.header_row for table in tables(name)]


@pytest.mark.parametrize("name", [n for n, entry in NAMES.items() if "records" in entry])
def test_the_records_are_as_many_as_the_index_says(name):
    assert sum(len(table.records) for table in tables(name)) == NAMES[name]["records"]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_file_is_previewed_or_refused_with_its_code(name):
    expected = NAMES[name]["expect"]
    if expected == "previewed":
        assert looked(name).sheets
        return
    with pytest.raises(FileRefused) as refusal:
        looked(name)
    assert f"refused: {refusal.value.code}" == expected


def test_records_that_run_across_are_offered_as_such():
    (table,) = tables("ukgov_portfolio_master_transposed.xlsx")
    assert (table.way, len(table.records)) == (Way.ACROSS, 2)
    assert len([c for c in table.columns if c.heading != "file name"]) == 18


def test_values_beyond_the_table_are_listed_and_not_read():
    (table,) = tables("ukgov_values_beyond_range.xlsx")
    assert table.way is Way.ACROSS
    assert "FILE-STRAY-CELL" in codes("ukgov_values_beyond_range.xlsx")


def test_a_key_beside_the_data_is_left_aside():
    (table,) = tables("keeperai_project_tracker_v2.xlsx", "Backend")
    assert "STATUS KEY" not in {c.heading for c in table.columns}


def test_an_instruction_row_is_skipped_and_said():
    assert "ROW-INSTRUCTION" in codes("ifrc_bulk_import_filled.xlsx")


def test_numbered_rows_with_nothing_else_are_skipped_and_said():
    assert "ROW-BLANK" in codes("nch_risk_register.xlsx")


@pytest.mark.parametrize(
    ("name", "sheet"),
    [("nch_issue_register.xlsx", "Definitions"), ("ifrc_bulk_import_filled.xlsx", "options")],
)
def test_a_sheet_of_lists_is_off(name, sheet):
    assert tables(name, sheet) == []


def test_hidden_sheets_are_off_and_listed():
    found = looked("sheetjs_sheet_visibility.xlsx")
    assert [(s.title, s.hidden, bool(s.why)) for s in found.sheets] == [
        ("Visible", False, False),
        ("Hidden", True, True),
        ("VeryHidden", True, True),
    ]


def test_vertical_merges_are_filled_down_and_said():
    (table,) = tables("calamine_merged_range.xlsx", "Sheet2")
    assert "MERGE-FILLED" in [note.code for note in table.notes]
    assert [record.cells[3].raw for record in table.records] == ["C3", "C3"]


def test_footnote_digits_are_named():
    assert "HEAD-FOOTNOTE" in codes("coronavirusandlonelinessreferencetable.xlsx")


def test_every_error_cell_has_its_address():
    problems = [p for p in looked("calamine_errors.xlsx").problems if p.code == "CELL-ERROR"]
    assert len({problem.cell for problem in problems}) == 7


def test_a_file_without_headings_says_so():
    (sheet,) = looked("calamine_date_1904.xlsx").sheets
    assert sheet.why == "no row of headings was found"


def test_a_risk_register_holds_risks_and_an_issue_register_actions():
    assert tables("nch_risk_register.xlsx")[0].holds is Holds.RISKS
    assert tables("nch_issue_register.xlsx")[0].holds is Holds.ACTIONS


def test_tables_of_open_data_hold_something_else():
    assert {table.holds for table in tables("tourism.xlsx")} == {Holds.OTHER}
