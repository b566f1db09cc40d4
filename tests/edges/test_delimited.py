"""Lists as text: what encoding and what delimiter they have is found out, and nothing in them is bent."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.errors import FileRefused
from framework.workbook import limits, refusals
from framework.workbook.delimited import decoded, delimiter_of, read_text
from framework.workbook.parse import parse


def why(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read_text(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("£ café".encode(), "£ café"),
        ("£ café".encode("utf-8-sig"), "£ café"),
        ("£ “café”".encode("cp1252"), "£ “café”"),
        ("£ café".encode("utf-16"), "£ café"),
        (b"\xfe\xff" + "£ café".encode("utf-16-be"), "£ café"),
        ("a\r£ café\rb".encode("mac_roman"), "a\r£ café\rb"),
        ("a\r\n£ café\r\n".encode("cp1252"), "a\r\n£ café\r\n"),
    ],
)
def test_each_encoding_is_found_out(content, text):
    assert decoded(content) == text


@pytest.mark.parametrize("content", [b"a,\x81\n", b"\xff\xfea\x00\x00\xd8"])
def test_what_is_text_in_no_encoding_is_refused(content):
    assert why(content) == refusals.OTHER.words


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found_out(delimiter):
    lines = [
        ["Plan 2026"],
        [],
        ["code", "title, and more", "due"],
        ["A-1", "Read; write | count", "12 Nov"],
        ["A-2", "", ""],
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(lines)
    assert delimiter_of(out.getvalue()) == delimiter


def test_a_list_of_one_column_is_not_parted():
    assert read_text(b"Actions\nRead, write\nCount\n") == [["Actions"], ["Read", " write"], ["Count"]]
    assert read_text(b"Actions\nRead\n") == [["Actions"], ["Read"]]


def test_commas_inside_prices_do_not_part_a_list_with_semicolons():
    assert read_text(b"item;cost\nbooks;1,5\npens;2,5\n") == [["item", "cost"], ["books", "1,5"], ["pens", "2,5"]]


def test_every_field_stands_where_a_spreadsheet_shows_it():
    sheet = parse(b'\n,code,"two\nlines"\n,,7\n\n', "C:\\work\\Plan, new.csv").sheets[0]
    assert {c.address: c.value for row in sheet.rows for c in row if c} == {"B2": "code", "C2": "two\nlines", "C3": "7"}
    assert (sheet.title, sheet.valued, len(sheet.rows)) == ("Plan, new", 3, 3)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_each_way(ends):
    assert read_text(f"a,b{ends}1,2{ends}".encode()) == [["a", "b"], ["1", "2"]]


def test_a_missing_quotation_mark_is_named_when_it_swallows_the_rest():
    assert why(b'a,"' + b"b" * 1_000_001) == refusals.LONG_FIELD.words
    assert len(read_text(b'a,"' + b"b" * 1_000_000)[0][1]) == 1_000_000


def test_rows_and_columns_have_limits(monkeypatch):
    assert len(read_text(b"a" + b"\na" * 199_999)) == 200_000
    assert why(b"a" + b"\na" * 200_000) == refusals.TOO_LONG.words
    assert len(read_text(b"a" + b",a" * 511)[0]) == 512
    assert why(b"a" + b",a" * 512) == refusals.TOO_LONG.words
    monkeypatch.setattr(limits, "MOST_CELLS", 3)
    assert why(b"a,b\nc,d") == refusals.TOO_MANY_CELLS.words


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=12)


@settings(deadline=None)
@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=3, max_size=6), st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_a_list_that_python_writes_comes_back_as_it_was(rows, encoding):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["code", "title", "due"], *rows])
    found = read_text(out.getvalue().encode(encoding))
    padded = [[*row, *[None] * (3 - len(row))] for row in found]
    padded += [[None] * 3] * (len(rows) + 1 - len(padded))
    assert padded[1:] == [[cell or None for cell in row] for row in rows]
