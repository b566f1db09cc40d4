"""What a book says beside its values: fills, number formats, tables, hidden rows, notes; and large books, read fast."""

import io
import random
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Color, PatternFill

from framework.errors import FileRefused
from framework.workbook import limits, refusals
from framework.workbook.cells import Cell, Span
from framework.workbook.colours import theme_colours, tinted
from framework.workbook.parse import parse
from framework.workbook.rows import Rows
from framework.workbook.shown import shown
from tests.edges.test_workbook_read import rezipped, sheet_of, workbook, zipped


def made(fill) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    fill(book, book.add_worksheet("Plan"))
    book.close()
    return content.getvalue()


def coloured(**fills: PatternFill) -> dict[tuple[int, int], str]:
    book = openpyxl.Workbook()
    book.active["D4"] = "x"
    for address, fill in fills.items():
        book.active[address].fill = fill
    content = io.BytesIO()
    book.save(content)
    return dict(parse(content.getvalue(), "x").sheets[0].fills)


def test_solid_fills_of_filled_and_empty_cells_are_seen_and_patterns_are_not():
    assert coloured(
        A1=PatternFill("solid", fgColor="FFC000"),
        D4=PatternFill("solid", fgColor="FF00B050"),
        B2=PatternFill("darkGrid", fgColor="FF0000"),
        C3=PatternFill(),
    ) == {(1, 1): "FFC000", (4, 4): "00B050"}


def test_fills_beyond_the_last_value_are_left_out():
    assert coloured(D5=PatternFill("solid", fgColor="FFC000"), E4=PatternFill("solid", fgColor="FFC000")) == {}


def test_colours_of_the_theme_are_resolved():
    # Source: Excel shows "Accent 1" of the Office theme, "Lighter 40%" and "Darker 25%", so (366092: it rounds).
    assert coloured(
        A1=PatternFill("solid", fgColor=Color(theme=4)),
        A2=PatternFill("solid", fgColor=Color(theme=4, tint=0.3999755851924192)),
        A3=PatternFill("solid", fgColor=Color(theme=4, tint=-0.249977111117893)),
        A4=PatternFill("solid", fgColor=Color(indexed=10)),
        B1=PatternFill("solid", fgColor=Color(theme=99)),
        B2=PatternFill("solid", fgColor=Color(indexed=64)),
    ) == {(1, 1): "4F81BD", (2, 1): "95B3D7", (3, 1): "376092", (4, 1): "FF0000"}


def test_a_tint_of_one_is_white_of_minus_one_black_and_of_nought_nothing():
    assert [tinted("4F81BD", tint) for tint in (1, -1, 0)] == ["FFFFFF", "000000", "4F81BD"]


@pytest.mark.parametrize("theme", [None, b"", b"<a", b"<a/>"])
def test_a_book_without_a_theme_has_offices(theme):
    assert theme_colours(theme)[4] == "4F81BD"


def test_a_theme_of_its_own_is_used():
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    own = '<a:lt1><a:sysClr lastClr="FEFEFE"/></a:lt1><a:accent1><a:srgbClr val="123456"/></a:accent1>'
    own = f'<a:clrScheme xmlns:a="{space}">{own}</a:clrScheme>'
    assert theme_colours(own.encode())[:1] + theme_colours(own.encode())[4:5] == ("FEFEFE", "123456")


def test_tables_merges_and_hidden_rows_and_columns_are_told():
    def fill(book, sheet):
        sheet.write("F9", "end")
        sheet.add_table("B2:C4", {"name": "Tasks"})
        sheet.merge_range("D2:E3", "wide")
        sheet.merge_range("E8:H20", "reaches out")
        sheet.merge_range("A30:B31", "")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(40, None, None, {"hidden": True})
        sheet.set_column("C:XFD", None, None, {"hidden": True})

    sheet = parse(made(fill), "x").sheets[0]
    assert sheet.tables == (("Tasks", Span(2, 2, 4, 3)),)
    assert sheet.merges == (Span(2, 4, 3, 5), Span(8, 5, 9, 6))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {3, 4, 5, 6})


def test_the_merges_of_all_sheets_together_are_limited(monkeypatch):
    def fill(book, sheet):
        for each in (sheet, book.add_worksheet()):
            each.merge_range("A1:B1", "one")
            each.merge_range("A2:B2", "two")

    monkeypatch.setattr(limits, "MOST_MERGES", 4)
    assert len(parse(made(fill), "x").sheets) == 2
    monkeypatch.setattr(limits, "MOST_MERGES", 3)
    with pytest.raises(FileRefused) as refused:
        parse(made(fill), "x")
    assert str(refused.value) == refusals.TOO_MANY_MERGES.words


LOOKS = [
    (0.75, "0%", "75%"), (12, "General", "12"), (7, '0"%"', "7"), (1.5, "#,##0.00", "1.5"),
    (datetime(2026, 11, 12), "mmm-yy", "12 Nov 2026"),
    (datetime(2026, 11, 12, 14, 30), "d mmm hh:mm", "12 Nov 2026 14:30"),
    (True, "General", "TRUE"), ("text", "General", "text"),
]  # fmt: skip


def with_looks(book, sheet):
    for row, (value, number_format, _) in enumerate(LOOKS):
        form = book.add_format({"num_format": number_format, "bg_color": "#FFC000"})
        (sheet.write_datetime if isinstance(value, datetime) else sheet.write)(row, 0, value, form)


@pytest.mark.parametrize(("most", "reader"), [(8, "careful"), (7, "fast")])
def test_number_formats_are_read_by_both_readers(most, reader, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CAREFUL_CELLS", most)
    book = parse(made(with_looks), "x")
    cells = [row[0] for row in book.sheets[0].rows]
    assert book.reader == reader
    assert [(cell.value, cell.number_format, cell.raw) for cell in cells] == LOOKS
    assert len(book.sheets[0].fills) == (8 if reader == "careful" else 0)
    assert [note.code for note in book.notes] == ([] if reader == "careful" else ["FILE-PLAIN"])


def test_a_large_book_keeps_its_errors_and_formulas_without_a_value(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CAREFUL_CELLS", 1)
    cells = '<c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>A1</f></c><c r="D2" t="inlineStr"><is><t/></is></c>'
    sheet = parse(sheet_of(f'<row r="2">{cells}</row><row r="4"><c r="A4"><f>1</f></c></row>'), "x").sheets[0]
    assert [c for row in sheet.rows for c in row if c] == [
        Cell("B2", "#N/A", "#N/A", is_error=True),
        Cell("C2", None, "=A1", formula_without_value=True),
        Cell("A4", None, "=1", formula_without_value=True),
    ]
    assert ([len(row) for row in sheet.rows], sheet.valued) == ([0, 3, 0, 1], 1)


def test_a_large_book_with_a_far_cell_is_read_carefully_rather_than_not_at_all(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CAREFUL_CELLS", 1)
    book = parse(workbook((0, 0, "a"), (1, 0, "b"), (1_048_575, 16_383, "stray")), "x")
    assert (book.reader, book.sheets[0].valued) == ("careful", 2)


def test_dates_as_text_with_a_far_cell_are_too_much():
    far = '<row r="1"><c r="A1" t="d"><v>2026-11-12</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(FileRefused) as refused:
        parse(sheet_of(far), "x")
    assert str(refused.value) == refusals.TOO_MANY_CELLS.words


def test_a_style_that_is_not_there_costs_the_looks_and_no_value():
    book = parse(sheet_of('<row r="1"><c r="A1" s="99"><v>7</v></c></row>'), "x")
    assert (book.reader, book.sheets[0].rows[0][0].value) == ("fast", 7)


def test_everything_that_is_passed_over_is_named():
    parts = {"xl/vbaProject.bin": b"", "xl/externalLinks/externalLink1.xml": b"<a/>", "xl/connections.xml": b"<a/>"}
    book = parse(rezipped(workbook((0, 0, 1)), {**parts, "xl/embeddings/a.docx": b""}), "x")
    assert [(note.code, note.words) for note in book.notes] == [(
        "FILE-IGNORED",
        "This file also holds macros, links to other workbooks, data connections and embedded files and controls. "
        "We ignored them: values are read, nothing is run and nothing is fetched.",
    )]  # fmt: skip


def with_properties(**said: str):
    def fill(book, sheet):
        for name, value in said.items():
            book.set_custom_property(name, value)

    return fill


def test_what_a_book_says_of_itself_outlives_its_hidden_sheet():
    ids = with_properties(schema="civic-plan/1", workbook="w1", revision="7", Author="me")
    assert parse(made(ids), "x").meta == {"schema": "civic-plan/1", "workbook": "w1", "revision": 7}
    assert parse(made(with_properties(revision="seven")), "x").meta == {}


def test_the_hidden_sheet_is_believed_before_the_properties():
    def both(book, sheet):
        with_properties(workbook="old")(book, sheet)
        hidden = book.add_worksheet("_meta")
        hidden.write_string(0, 0, '{"workbook": "w')
        hidden.write_string(1, 0, '2"}')

    assert parse(made(both), "x").meta == {"workbook": "w2"}


def test_rows_make_cells_when_they_are_asked_for():
    data = [["a", None, 7], [], [[1, 0.5], [2, "2026-11-12"], ["t", "14:30:00", 0], ["p", 90.0, 0], True]]
    rows = Rows(data, ("General", "0%", "d mmm"))
    assert rows[0] == [Cell("A1", "a", "a"), None, Cell("C1", 7, "7")]
    assert rows[-1][:2] == [Cell("A3", 0.5, "50%", "0%"), Cell("B3", datetime(2026, 11, 12), "12 Nov 2026", "d mmm")]
    assert [cell.value for cell in rows[2][2:]] == [time(14, 30), timedelta(seconds=90), True]
    assert (len(rows), rows.values(0), rows[1:2], list(rows) == rows) == (3, ["a", None, 7], [[]], True)
    with pytest.raises(IndexError):
        rows[3]


def test_cells_made_from_rows_are_cells_like_any_other():
    made_cell, plain = Rows([["a"]])[0][0], Cell("A1", "a", "a")
    assert (made_cell, hash(made_cell), repr(made_cell)) == (plain, hash(plain), repr(plain))


def test_values_are_shown_as_a_person_quotes_them_in_any_language():
    assert [shown(value, "0%") for value in (0.285, 1, -0.5)] == ["28.5%", "100%", "-50%"]
    assert shown(datetime(26, 1, 2)) == "02 Jan 0026"


BOOK = made(with_looks)
OLD = (Path(__file__).parent / "samples/made/old_tracker.xls").read_bytes()
BROKEN = {"xlsx": BOOK, "xls": OLD, "zip": zipped("xl/workbook.xml"), "text": b"a,b\n1,2\n" * 9}


def answer(content: bytes) -> str:
    try:
        return parse(content, "x").kind
    except FileRefused as refused:
        return refused.code


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(BROKEN)), st.booleans())
def test_whatever_bytes_arrive_the_answer_is_a_book_or_a_refusal(chance: random.Random, kind, cut):
    whole = BROKEN[kind]
    content = bytearray(whole[: chance.randrange(1, len(whole))] if cut else whole)
    for _ in range(chance.randrange(1, 9)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    assert answer(bytes(content)).startswith(("xls", "csv", "FILE-"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\3\4", bytes.fromhex("D0CF11E0A1B11AE1"), b"\xff\xfe"]))
def test_rubbish_is_a_list_or_a_refusal(rubbish, beginning):
    assert answer(beginning + rubbish).startswith(("csv", "FILE-"))
