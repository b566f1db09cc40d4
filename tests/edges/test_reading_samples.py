"""The sample files that people really sent: each is read whole, or refused with its code; `index.json` says which."""

import io
import json
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from framework.errors import FileRefused
from framework.workbook import parse as parsing
from framework.workbook.cells import Book, Span
from framework.workbook.parse import parse

SAMPLES = Path(__file__).parent / "samples"
INDEX = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
REFUSED = {entry["file"]: entry["expect"].split()[-1] for entry in INDEX if entry["expect"].startswith("refused")}
READ = [entry["file"] for entry in INDEX if entry["file"] not in REFUSED]
PACKAGES = [name for name in READ if name.endswith(("xlsx", "xlsm")) and "invalid_excel" not in name]
FAR = "stress/synthetic_far_cell_XFD1048576.xlsx"


@cache
def sample(name: str) -> Book:
    return parse((SAMPLES / name).read_bytes(), name)


def values(name: str, sheet: int = 0) -> dict[str, object]:
    rows = sample(name).sheets[sheet].rows
    return {cell.address: cell.value for row in rows for cell in row if cell is not None}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_gets_its_code(name):
    with pytest.raises(FileRefused) as refused:
        parse((SAMPLES / name).read_bytes(), "plan.xlsx")
    assert refused.value.code == REFUSED[name]


@pytest.mark.parametrize("name", READ)
def test_every_other_file_is_read_and_its_count_of_values_is_that_of_its_cells(name):
    for sheet in sample(name).sheets:
        cells = [cell for row in sheet.rows for cell in row if cell is not None]
        assert sheet.valued == sum(not cell.formula_without_value for cell in cells)
        assert all(row[-1] is not None for row in sheet.rows if row)


def counted(name: str) -> int:
    """Cells with a value, counted in the plainest way that there is: every part is a tree, every `c` is looked at."""
    count = 0
    with zipfile.ZipFile(SAMPLES / name) as archive:
        for part in archive.namelist():
            if "worksheets/" in part.lower() and part.endswith(".xml"):
                for cell in ElementTree.fromstring(archive.read(part)).iterfind(".//{*}sheetData/{*}row/{*}c"):
                    filled = cell.find("{*}is//{*}t") if cell.get("t") == "inlineStr" else cell.find("{*}v")
                    count += filled is not None and bool(filled.text)
    return count


@pytest.mark.parametrize("name", PACKAGES)
def test_no_value_of_a_package_is_lost(name):
    strays = sum(note.code == "FILE-STRAY-CELL" for note in sample(name).notes)
    assert sum(sheet.valued for sheet in sample(name).sheets) + strays == counted(name)


@pytest.mark.parametrize("name", [name for name in PACKAGES if name != FAR])
def test_both_readers_see_the_same_in_every_cell(name, monkeypatch):
    monkeypatch.setattr(parsing, "_why_plain", lambda *_: "Told to")
    fast = parse((SAMPLES / name).read_bytes(), name)
    assert fast.reader == "fast"
    for one, other in zip(sample(name).sheets, fast.sheets, strict=True):
        assert one.rows == other.rows
        assert (one.title, one.hidden, one.merges, one.tables) == (
            other.title,
            other.hidden,
            other.merges,
            other.tables,
        )


def test_a_stale_dimension_hides_none_of_the_153_values():
    assert sample("stress/synthetic_stale_small_dimension.xlsx").sheets[0].valued == 153
    assert sample("stress/synthetic_huge_dimension_ref.xlsx").sheets[0].valued == 153


def test_the_far_cell_is_named_and_the_153_others_are_read():
    assert sample(FAR).sheets[0].valued == 153
    assert [(note.code, note.cell) for note in sample(FAR).notes] == [("FILE-STRAY-CELL", "XFD1048576")]


def test_strict_open_xml_is_read_with_its_number_formats_and_a_note_says_what_is_missing():
    book = sample("stress/calamine_strict_iso_paths.xlsx")
    assert (book.sheets[0].valued, book.reader) == (1_368, "fast")
    assert [str(note) for note in book.notes] == [
        'This workbook was saved as "Strict Open XML", so colours were not read. Values and number formats were.'
    ]
    assert Counter(c.number_format != "General" for row in book.sheets[0].rows for c in row if c)[True] == 900


def test_dates_written_as_text_are_days():
    name = "stress/sheetjs_xlsx-stream-d-date-cell.xlsx"
    assert sample(name).reader == "fast"
    assert any(isinstance(value, datetime) for value in values(name).values())


def test_dates_of_a_1904_workbook_are_right():
    found = values("stress/calamine_date_1904.xlsx")
    assert [found["A1"], found["A2"]] == [datetime(2021, 1, 1), datetime(2021, 1, 2)]
    assert found["A3"] == timedelta(hours=255, minutes=10, seconds=10)


def test_all_seven_errors_have_their_addresses():
    cells = [cell for row in sample("stress/calamine_errors.xlsx").sheets[0].rows for cell in row if cell.is_error]
    assert {cell.address: cell.raw for cell in cells} == {
        "A1": "#DIV/0!", "A2": "#NAME?", "A3": "#VALUE!", "A4": "#NULL!", "A5": "#REF!", "A6": "#NUM!", "A7": "#N/A",
    }  # fmt: skip


def test_merged_blocks_are_told():
    assert Span(1, 3, 2, 4) in sample("stress/calamine_merged_range.xlsx").sheets[0].merges


def test_a_table_that_begins_elsewhere_keeps_its_addresses():
    assert values("stress/calamine_temperature-in-middle.xlsx")["B4"] == "label"


def test_a_percentage_is_shown_as_one():
    rows = sample("stress/frictionless_preserve-formatting-percentage.xlsx").sheets[0].rows
    assert [row[1].raw for row in rows if row[1] is not None and "%" in row[1].raw]


def test_an_escaped_character_is_itself():
    assert "\r" in str(values("stress/calamine_has_x000D_.xlsx")["A1"])


def test_hidden_and_very_hidden_sheets_are_named():
    book = sample("stress/sheetjs_sheet_visibility.xlsx")
    assert [(sheet.title, sheet.hidden) for sheet in book.sheets] == [
        ("Visible", False), ("Hidden", True), ("VeryHidden", True),
    ]  # fmt: skip
    assert [(note.code, note.sheet) for note in book.notes] == [
        ("SHEET-HIDDEN", "Hidden"),
        ("SHEET-HIDDEN", "VeryHidden"),
    ]


def test_macros_are_named_as_ignored():
    book = sample("stress/calamine_vba.xlsm")
    assert (book.kind, [str(note) for note in book.notes]) == (
        "xlsm",
        ["This file also holds macros. We ignored them: values are read, nothing is run and nothing is fetched."],
    )


def test_the_one_amber_fill_of_the_risk_register_is_seen():
    assert sample("trackers/nch_risk_register.xlsx").sheets[0].fills[4, 18] == "FFC000"


def test_a_government_return_keeps_its_errors_and_hidden_sheets():
    book = sample("trackers/ukgov_major_projects_quarterly_return.xlsm")
    assert sum(sheet.hidden for sheet in book.sheets) == 11
    errors = [c for sheet in book.sheets for row in sheet.rows for c in row if c is not None and c.is_error]
    assert len(errors) == 262


@pytest.mark.parametrize("name", ["encoding_datamap_note_pad_unicode.csv", "encoding_datamap_macintosh.csv"])
def test_a_list_is_read_whatever_its_encoding_and_line_ends(name):
    rows = [row for row in sample(f"stress/{name}").sheets[0].rows if row]
    assert (len(rows), {len(row) for row in rows}) == (19, {4})
    assert [cell.value for cell in rows[0]] == ["cell_key", "template_sheet", "cellreference", "type"]


def test_a_western_european_list_with_titles_above_it_keeps_its_columns():
    rows = sample("opendata/gla-2011-12-P13-500.csv").sheets[0].rows
    assert len(rows[6]) == 8
    assert any("£" in (cell.raw if cell else "") for row in rows[:8] for cell in row)


def test_an_old_workbook_is_read_as_far_as_it_tells():
    book = sample("made/old_tracker.xls")
    assert values("made/old_tracker.xls") == {
        "A1": "Reading plan", "A2": "Action", "B2": "Due", "C2": "Done", "D2": "Pupils",
        "A3": "Paired reading", "B3": datetime(2026, 11, 12), "C3": 0.75, "D3": 7, "A5": "Café visits", "D5": 12.5,
    }  # fmt: skip
    assert (book.kind, book.reader, book.sheets[0].merges, book.sheets[1].hidden) == (
        "xls", "fast", (Span(1, 1, 1, 4),), True,
    )  # fmt: skip
    assert [note.code for note in book.notes] == ["FILE-PLAIN", "SHEET-HIDDEN"]


def open_document(rows: str, **parts: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("meta", "meta"))
    )
    content = f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="Actions">'
    ends = "</table:table></office:spreadsheet></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content + rows + ends)
        for name, part in parts.items():
            archive.writestr(f"{name}.xml", part.replace("SPACES", spaces))
        archive.writestr("META-INF/manifest.xml", '<!DOCTYPE manifest:manifest PUBLIC "a" "b"><manifest/>')
    return out.getvalue()


ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Breakfast</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="7"/>'
    '<table:table-cell office:value-type="date" office:date-value="2026-11-12"/></table:table-row>'
)


def test_an_opendocument_spreadsheet_is_read_with_what_it_says_of_itself():
    said = "".join(
        f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>'
        for name, value in (("schema", "civic-plan/1"), ("workbook", "w1"), ("revision", "7"), ("Language", "en"))
    )
    book = parse(open_document(ODS_ROW, meta=f"<office:document-meta SPACES>{said}</office:document-meta>"), "plan.ods")
    assert [cell.value for cell in book.sheets[0].rows[0]] == ["Breakfast", 7, datetime(2026, 11, 12)]
    assert (book.kind, book.meta) == ("ods", {"schema": "civic-plan/1", "workbook": "w1", "revision": 7})


def test_rows_of_nothing_repeated_a_million_times_cost_nothing():
    gap = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert parse(open_document(ODS_ROW + gap), "plan.ods").sheets[0].valued == 3


def test_a_locked_opendocument_spreadsheet_is_named():
    content = open_document(ODS_ROW)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    with pytest.raises(FileRefused) as refused:
        parse(out.getvalue(), "plan.ods")
    assert refused.value.code == "FILE-LOCKED"
