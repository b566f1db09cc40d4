"""Writing a workbook: its shape, that texts stay texts, and that the same input gives the same bytes."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import openpyxl
import pytest

from framework.errors import ValueRefused
from framework.plans import Status
from framework.subjects import ACTIONS, PEOPLE, SHEET_ORDER, UPDATES, VALUES
from framework.workbook.fixes import fixes
from framework.workbook.handback import handed_back
from framework.workbook.headings import heading_text
from framework.workbook.lists import list_name
from framework.workbook.looks import height
from framework.workbook.parse import parse
from framework.workbook.problems import Problem
from framework.workbook.write import from_rows, write
from tests.conftest import LEADER, SMALL_TRUST, a_kpi, a_value, an_action
from tests.edges.test_workbook_check import AN_ACTION, known

META = {
    "workbook": "w1",
    "revision": 7,
    "exported_at": "2026-11-13T16:00:00+00:00",
    "by": "Priya Leader",
    "fictional": True,
    "sample_day": "2026-11-13",
}
HERE = known(*SMALL_TRUST, a_value())
WHOLE = write(HERE, meta=META)

INJECTIONS = [
    "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1",
    "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(1)", "=HYPERLINK(\"http://a.example\")", "http://a.example",
    "'=1", "''-1", "<r><t>a</t></r>", "<r></r>", "&lt;",
    "{=1+1}", "%0A=1", "<b>a</b>&amp;", "1e5", "007", "TRUE", "#N/A", "_x0041_", " a ",
]  # fmt: skip


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BOOK = opened(WHOLE)


def test_the_sheets_stand_in_their_order_and_only_meta_is_hidden():
    assert BOOK.sheetnames == ["Start here", *(s.sheet for s in SHEET_ORDER), "Lists", "_meta"]
    assert {s.title: s.sheet_state for s in BOOK if s.sheet_state != "visible"} == {"_meta": "veryHidden"}


def test_meta_is_one_line_of_json():
    line = BOOK["_meta"]["A1"].value
    assert "\n" not in line
    said = json.loads(line)
    assert said["rows"]["Actions"] == 1
    assert list(said["rows"]) == sorted(s.sheet for s in SHEET_ORDER)
    assert {**META, "schema": "civic-plan/1", "rows": said["rows"], "hashes": said["hashes"]} == said
    assert said["hashes"].keys() == said["rows"].keys()


def test_what_one_cell_cannot_hold_of_meta_goes_on_in_the_cells_below():
    scope = {"action": [f"action{n:04}" for n in range(6_000)]}
    content = write(HERE, meta={**META, "scope": scope}, sheets=(VALUES,))
    cells = [cell.value for cell in opened(content)["_meta"]["A"]]
    assert [len(cell) for cell in cells[:-1]] == [32_767, 32_767]
    assert json.loads("".join(cells))["scope"] == parse(content, "plan.xlsx").meta["scope"] == scope


@pytest.mark.parametrize("subject", SHEET_ORDER, ids=lambda s: s.sheet)
def test_a_sheet_is_one_titled_table_with_its_headings_in_row_3(subject):
    sheet = BOOK[subject.sheet]
    assert sheet["A1"].value == sheet["C1"].value == f"{subject.title} · fictional sample"
    (table,) = sheet.tables.values()
    headings = ["_id", "_rev", *(heading_text(f) for f in (*subject.fields, *subject.derived))]
    assert [cell.value for cell in sheet[3]] == headings == [column.name for column in table.tableColumns]
    rows = max(len(HERE[subject.table]), 1)
    assert table.ref == f"A3:{sheet.cell(3, len(headings)).column_letter}{3 + rows}"
    assert table.autoFilter is not None
    assert sheet.freeze_panes == "D4"
    assert not sheet.merged_cells.ranges
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.column_dimensions["C"].hidden
    assert not sheet.protection.sheet
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_view.selection[-1].activeCell == "A1"


@pytest.mark.parametrize("subject", SHEET_ORDER, ids=lambda s: s.sheet)
def test_required_headings_say_so_in_a_comment_too(subject):
    sheet = BOOK[subject.sheet]
    for cell, field in zip(sheet[3][2:], subject.fields, strict=False):
        assert (cell.comment is not None) == field.required
        assert cell.comment is None or cell.comment.text.startswith("(required) ")


@pytest.mark.parametrize("subject", SHEET_ORDER, ids=lambda s: s.sheet)
def test_every_column_says_what_it_takes_within_excels_limits(subject):
    sheet = BOOK[subject.sheet]
    validations = sheet.data_validations.dataValidation
    assert len(validations) == len(subject.fields) + len(subject.derived)
    for rule, field in zip(validations, (*subject.fields, *subject.derived), strict=True):
        assert 0 < len(rule.promptTitle) <= 32
        assert 0 < len(rule.prompt) <= 255
        name = list_name(field)
        assert (rule.formula1 if rule.type == "list" else None) == name
        if name is not None:
            assert rule.errorStyle == "warning"
            assert name in BOOK.defined_names


def words_of(name: str, book: openpyxl.Workbook = BOOK) -> list[object]:
    """The words of a drop-down, by way of its name."""
    sheet, area = book.defined_names[name].attr_text.split("!")
    found = book[sheet][area.replace("$", "")]
    return [cell.value for (cell,) in found] if isinstance(found, tuple) else [found.value]


def test_drop_downs_offer_the_choices_and_what_the_sheets_name():
    assert words_of("list_status") == [s.value for s in Status]
    assert words_of("list_yes_no") == ["yes", "no"]
    assert words_of("list_objective") == ["A"]
    assert words_of("list_place") == ["Our Trust", "Hazel Grange Primary", "St Agnes Secondary"]
    assert words_of("list_kpi") == ["K-A02"]
    assert "Autumn 1, 2026/27" in words_of("list_periods")
    assert words_of("list_school_years") == ["2024/25", "2025/26", "2026/27"]
    assert words_of("list_organisation") == [None]


def test_dates_are_dates_numbers_are_numbers_and_the_rest_is_text():
    action = dict(zip((c.value for c in BOOK["Actions"][3]), BOOK["Actions"][4], strict=True))
    assert (action["due*"].value.date(), action["due*"].number_format) == (date(2026, 10, 23), "dd mmm yyyy")
    assert (action["owner"].value, action["fictional"].value, action["status"].value) == (
        "Priya Leader",
        "no",
        "on track",
    )
    value = dict(zip((c.value for c in BOOK["Values"][3]), BOOK["Values"][4], strict=True))
    assert (value["value"].value, value["value"].number_format) == (24.1, "General")
    assert value["period*"].value == "Autumn 1, 2026/27"
    assert (value["_id"].value, value["_rev"].value) == ("value00001", 0)


def test_what_the_ledger_knows_is_written_beside_the_fields():
    derived = {"value": {"value00001": {"earlier": 20.5, "recorded_on": date(2026, 11, 2)}}}
    sheet = opened(write(HERE, derived=derived, meta={}))["Values"]
    row = dict(zip((c.value for c in sheet[3]), (c.value for c in sheet[4]), strict=True))
    assert (row["earlier value"], row["recorded on"].date(), row["corrected on"]) == (20.5, date(2026, 11, 2), None)


def test_a_status_is_coloured_by_its_word():
    (rules,) = BOOK["Actions"].conditional_formatting
    assert [rule.formula for rule in rules.rules] == [[f'"{status.value}"'] for status in Status]


def test_the_document_says_its_title_its_language_and_its_ids():
    assert BOOK.properties.title == "Civic duty plan: the workbook · fictional sample"
    said = {p.name: p.value for p in BOOK.custom_doc_props.props}
    assert said == {"Language": "en-GB", "schema": "civic-plan/1", "workbook": "w1", "revision": "7"}


def test_the_first_sheet_says_that_the_sample_is_invented_and_what_its_today_is():
    lines = [row[0].value for row in BOOK["Start here"] if row[0].value]
    assert "Everything marked fictional is invented: no such school, person, organisation or figure exists." in lines
    assert "The sample's today is Fri\xa013\xa0Nov\xa02026." in lines
    plain = [row[0].value for row in opened(write(HERE, meta={}))["Start here"] if row[0].value]
    assert not any("invented" in line or "fictional" in line for line in plain)
    parts_of_it = {"What this is", "How to fill it", "How to send it back", "What becomes of what you change"}
    assert parts_of_it | {"What is never deleted", "Colours, in words", "at risk: amber"} <= {*plain}


def guide(**how):
    return [row[0].value for row in opened(write(HERE, **how))["Start here"] if row[0].value]


def test_a_copy_for_one_person_says_whose_it_is_and_that_it_is_not_the_whole():
    meta = {"title": "Actions of Sam Okafor", "scope": {"action": ["action0001"]}}
    lines = guide(meta=meta, sheets=(ACTIONS, UPDATES))
    assert lines[0] == "Actions of Sam Okafor"
    assert "This copy was made for one purpose. It holds: Actions of Sam Okafor." in lines
    assert "It holds these sheets: Actions (1 row), Updates (1 row)." in lines
    assert any(line.startswith("A part of the trust's civic duty plan.") for line in lines)
    assert any(line.startswith("A part of") for line in guide(meta=meta))
    assert not any(line.startswith("A part of") for line in guide(meta={"scope": {}}))


def test_a_template_says_that_it_is_empty():
    lines = guide(meta={}, empty=True, sheets=(ACTIONS, VALUES))
    assert "It is an empty template with these sheets: Actions, Values." in lines


def test_the_first_sheet_says_what_becomes_of_each_kind_of_change():
    said = "\n".join(guide(meta={}, sheets=(VALUES,)))
    for what in ("A cell that you empty:", "A row that you add:", "A row that you take out:", "A row that you copy:",
                 "A sheet or a column that you take out:", "A column of your own,"):  # fmt: skip
        assert what in said


def test_a_colour_is_shown_on_its_own_words():
    sheet = opened(WHOLE)["Start here"]
    (risk,) = (cell for cell in sheet["A"] if cell.value == "at risk: amber")
    assert risk.font.color.rgb == "FF8A5A00"


@cache
def odd_texts():
    """A workbook whose actions are the odd texts, one a row."""
    actions = (an_action(ref=f"odd{n:07}", title=t, code=t, success=t) for n, t in enumerate(INJECTIONS))
    here = known(*SMALL_TRUST[:-3], *actions)  # without its own action and what belongs to it
    return opened(write(here, meta={"by": "=1+1", "title": "=1+1"}, sheets=(ACTIONS,)))


@pytest.mark.parametrize(("number", "text"), list(enumerate(INJECTIONS, 4)))
def test_a_text_stays_text_whatever_it_looks_like(number, text):
    sheet = odd_texts()["Actions"]
    row = dict(zip((c.value for c in sheet[3]), sheet[number], strict=True))
    for heading in ("code*", "action*", "what will be different"):
        cell = row[heading]
        assert (cell.data_type, cell.value.replace("_x000D_", "\r")) == ("s", text)
    assert row["action*"].quotePrefix == (text[0] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def test_a_title_and_a_name_stay_text_on_the_first_sheet():
    assert [(cell.value, cell.data_type) for cell in odd_texts()["Start here"]["A"][:1]] == [("=1+1", "s")]


def test_no_part_of_any_workbook_we_write_holds_a_formula_or_a_link_that_is_not_ours():
    rows = {"Actions": [AN_ACTION | {"code": f"A{n}", "action": text} for n, text in enumerate(INJECTIONS)]}
    odd = write(
        known(*SMALL_TRUST, *(an_action(ref=f"odd{n:07}", code=t, title=t) for n, t in enumerate(INJECTIONS))), meta={}
    )
    wrong = [Problem("CELL-DATE", "Actions", f"C{n}", t, t, t, n, t, t) for n, t in enumerate(INJECTIONS, 4)]
    returned = handed_back(parse(odd, INJECTIONS[0]), wrong)
    listed = fixes(wrong, name=INJECTIONS[0], sha256="0" * 64)
    for content in (WHOLE, from_rows(rows, META), odd, write(HERE, meta=META, empty=True), returned, listed):
        for name, part in parts(content).items():
            assert not re.search(rb"<f[ >/]|TargetMode", part), name
            links = re.findall(rb"<hyperlink [^>]*>", part)
            assert all(re.match(rb"<hyperlink ref=\"A\d+\" location=\"Actions!C\d+\"", link) for link in links), name
            assert bool(links) == (content is returned and name == "xl/worksheets/sheet1.xml")


def test_a_text_that_looks_like_the_writers_own_xml_is_no_xml():
    for text in ("<r></r>", "<r><t>a</t></r>", "<r>& <b></r>"):
        here = known(*SMALL_TRUST, an_action(title=text, code=text), replace(LEADER, name=text))
        book = opened(write(here, meta={"title": text}, sheets=(ACTIONS, PEOPLE)))
        assert [book["Start here"]["A1"].value, book["Actions"]["F4"].value] == [text, text]
        assert text in words_of("list_person", book)
        assert text in words_of("list_action", book)


def test_the_same_input_gives_the_same_bytes_whenever_it_is_written():
    assert write(HERE, meta=META) == WHOLE
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2026-11-13T16:00:00Z" in parts(WHOLE)["docProps/core.xml"]
    assert write(HERE, meta={**META, "revision": 8}) != WHOLE


def test_a_template_has_drop_downs_and_no_rows():
    book = opened(write(HERE, meta={}, empty=True))
    assert {sheet.title: sheet.max_row for sheet in book if sheet.tables} == {s.sheet: 3 for s in SHEET_ORDER}
    assert json.loads(book["_meta"]["A1"].value)["rows"]["Actions"] == 0
    assert book["Lists"].max_row > 4


def test_some_sheets_can_be_written_alone():
    book = opened(write(HERE, meta={}, sheets=(VALUES,)))
    assert book.sheetnames == ["Start here", "Values", "Lists", "_meta"]
    assert json.loads(book["_meta"]["A1"].value)["rows"] == {"Values": 1}


def test_a_text_longer_than_a_cell_is_refused_and_never_cut():
    assert write(known(*SMALL_TRUST, an_action(success="a" * 32_767)), meta={})
    with pytest.raises(ValueRefused) as refused:
        write(known(*SMALL_TRUST, an_action(success="a" * 32_768)), meta={})
    assert str(refused.value) == (
        "Actions, row 4, what will be different: the text has 32,768 characters and a cell holds 32,767. "
        "Shorten it, then download the workbook again."
    )


def test_a_mistaken_sheet_or_heading_in_plain_rows_is_our_fault_and_surfaces():
    with pytest.raises(ValueError, match="no such sheet: Action"):
        from_rows({"Action": []}, {})
    with pytest.raises(KeyError):
        from_rows({"Actions": [{"titel": "a"}]}, {})


def test_plain_rows_may_give_headings_with_or_without_their_star():
    rows = [{"name*": "Hill", "kind": "school"}]
    sheet = opened(from_rows({"Schools": rows}, {}))["Schools"]
    assert [cell.value for cell in sheet[4]][:4] == [None, None, "Hill", "school"]


def test_values_of_many_kpis_keep_their_order():
    values = [a_value(n, ref=f"value0000{n}", period=a_value().period) for n in range(3)]
    sheet = opened(write(known(*SMALL_TRUST, a_kpi(), *values), meta={}))["Values"]
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == [v.ref for v in values]


def test_archived_rows_are_left_out():
    sheet = opened(write(known(*SMALL_TRUST, an_action(archived=True)), meta={}))["Actions"]
    assert sheet.max_row == 3


def test_a_row_is_as_high_as_its_longest_wrapped_text():
    # 48 characters a line in a column of long text, 15 points a line: 49 need a second line, 97 a third.
    assert [height([("x" * n, 48.0)]) for n in (0, 48, 49, 97)] == [15.0, 15.0, 30.0, 45.0]
    assert height([("a\nb", 48.0), ("x" * 20, 5.0)]) == 60.0
    assert height([("x" * 32_000, 48.0)]) == 405.0
