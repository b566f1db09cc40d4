"""Reading a file: what is refused, in which words, and that nothing of what is read gets lost or bent."""

import io
import struct
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.errors import FileRefused
from framework.workbook import limits, package, refusals
from framework.workbook.cells import Book, Note
from framework.workbook.parse import parse
from framework.workbook.refusals import DAMAGED, Refusal
from framework.workbook.write import from_rows


def workbook(*cells, **options) -> bytes:
    """A workbook of one sheet, `Sheet1`, with (row, column, value) cells."""
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, options)
    sheet = made.add_worksheet()
    for row, column, value in cells:
        sheet.write(row, column, value)
    made.close()
    return content.getvalue()


def rezipped(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def part_of(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def sheet_of(rows: str) -> bytes:
    """A workbook whose first sheet holds these `<row>` elements."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
    return rezipped(workbook(), {"xl/worksheets/sheet1.xml": part.encode()})


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"<a/>")
    return out.getvalue()


def ole(*streams: str, inside: str = "") -> bytes:
    """An OLE container with empty streams; with `inside`, also a storage that holds one of that name."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def entry(name: str, kind: int, after: int = free, child: int = free) -> bytes:
        text = name.encode("utf-16-le")
        return struct.pack("<64sHBBIII16sIQQIQ", text, len(text) + 2, kind, 1, free, after, child, b"", 0, 0, 0, end, 0)

    names = [*((name, 2) for name in streams), *([("MBD0001", 1)] if inside else [])]
    entries = [entry("Root Entry", 5, child=1)]
    for place, (name, kind) in enumerate(names, 1):
        entries.append(
            entry(name, kind, place + 1 if place < len(names) else free, len(names) + 1 if kind == 1 else free)
        )
    entries += [entry(inside, 2)] if inside else []
    head = struct.pack(
        "<8s16sHHHHH6s9I109I", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[free] * 108,
    )  # fmt: skip
    sectors = struct.pack("<128I", table, end, *[free] * 126)
    return head + sectors + b"".join(entries).ljust(512, b"\0")


def why(content: bytes, name: str = "plan.xlsx") -> Refusal:
    with pytest.raises(FileRefused) as refused:
        parse(content, name)
    return Refusal(refused.value.code, str(refused.value))


def values(content: bytes) -> dict[str, object]:
    book = parse(content, "plan.xlsx")
    return {cell.address: cell.value for row in book.sheets[0].rows for cell in row if cell is not None}


def test_an_empty_file_is_refused_in_words():
    assert {why(b""), why(b"\xef\xbb\xbf \r\n")} == {refusals.EMPTY}


def test_a_file_over_fifteen_megabytes_is_refused_and_one_of_just_that_size_is_looked_at():
    assert why(b"PK\3\4".ljust(15_000_001, b"\0")) == refusals.TOO_BIG
    assert why(b"PK\3\4".ljust(15_000_000, b"\0")) == DAMAGED


def test_text_with_an_excel_name_is_read_as_a_list_and_a_note_says_so():
    book = parse(b"code,title\nA-01,Breakfast\n", "work/plan 2026.xlsx")
    assert (book.kind, book.reader, book.sheets[0].title) == ("csv", "text", "plan 2026")
    assert [note.code for note in book.notes] == ["FILE-TEXT"]
    assert parse(b"code,title\n", "plan.csv").notes == ()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"%PDF-1.7 ...", refusals.PDF),
        (b"\x89PNG\r\n\x1a\n\0\0", refusals.PICTURE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", refusals.PICTURE),
        (b"BM\x36\0\0\0", refusals.PICTURE),
        (b"\0\0\0\x18ftypheic", refusals.PICTURE),
        (b"{\\rtf1 Plan}", refusals.WORD),
        (b"\x1f\x8b\x08\0", refusals.ARCHIVE),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html><table>", refusals.WEB_PAGE),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", refusals.WEB_PAGE),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>", refusals.OLD_XML),
        (bytes(range(256)), refusals.OTHER),
        (b"\xff\xfea", refusals.OTHER),  # half a character too few
    ],
)
def test_what_is_no_workbook_is_named(content, refusal):
    assert why(content) == refusal


def test_a_list_may_begin_with_the_letters_of_a_picture():
    assert parse(b"BMI,age\n20,7\n", "x.csv").sheets[0].valued == 4


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        (["photo.jpg"], refusals.ARCHIVE),
        (["plans/plan.xlsx"], refusals.ARCHIVE),
        (["[Content_Types].xml", "word/document.xml"], refusals.WORD),
        (["[Content_Types].xml", "ppt/presentation.xml"], refusals.SLIDES),
        (["[Content_Types].xml", "visio/document.xml"], refusals.OTHER),
        (["Index/Document.iwa"], refusals.NUMBERS),
    ],
)
def test_other_packages_renamed_to_xlsx_are_named(parts, refusal):
    assert why(zipped(*parts)) == refusal


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [("text", refusals.WORD), ("presentation", refusals.SLIDES), ("graphics", refusals.OTHER)],
)
def test_other_opendocument_files_are_named(kind, refusal):
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    assert why(rezipped(zipped("content.xml"), {"mimetype": mimetype})) == refusal


@pytest.mark.parametrize("name", ["~$plan.xlsx", "C:\\work\\~$plan.xlsx", "work/~$plan.xlsx", ".~lock.plan.ods#"])
def test_excels_lock_file_is_named_as_such(name):
    assert why(b"\x05Priya", name) == refusals.LOCK_FILE


def test_a_lock_file_is_known_by_its_size_when_a_browser_renamed_it():
    assert why(b"\x05Priya".ljust(165), "_plan.xlsx") == refusals.LOCK_FILE
    assert why(b"\x05Priya".ljust(166), "_plan.xlsx") == refusals.OTHER
    assert parse(b"a,b,c".ljust(165, b"d"), "plan.csv").sheets[0].valued == 3
    assert parse(b"1,2,3".ljust(165, b"4"), "plan.csv").sheets[0].valued == 3  # begins as a short name's length would


@pytest.mark.parametrize(
    ("streams", "refusal"),
    [
        (["EncryptedPackage", "EncryptionInfo"], refusals.LOCKED),
        (["WordDocument"], refusals.WORD),
        (["PowerPoint Document"], refusals.SLIDES),
        (["__properties_version1.0"], refusals.MAIL),
        (["Contents"], refusals.OTHER),
        (["Workbook"], DAMAGED),  # there is nothing in it
    ],
)
def test_each_kind_of_old_container_gets_its_own_words(streams, refusal):
    assert why(ole(*streams)) == refusal


def test_a_word_document_inside_an_old_workbook_does_not_make_it_one():
    assert package.kind_of(ole("Workbook", inside="WordDocument"), "x.xls") == "xls"
    assert package.kind_of(ole("Book"), "x.xls") == "xls"


def test_an_old_container_that_is_cut_short_is_damaged():
    assert why(ole("Workbook")[:600]) == DAMAGED


def test_the_words_for_a_locked_file_say_what_to_do():
    assert refusals.LOCKED.words == (
        "This file is locked with a password or a sensitivity label, so we cannot open it. In Excel choose File, Info, "
        "Protect Workbook and remove it, or copy the sheet into a new workbook."
    )


def test_a_binary_workbook_is_known_as_such():
    assert package.kind_of(zipped("[Content_Types].xml", "xl/workbook.bin"), "x") == "xlsb"
    assert why(zipped("[Content_Types].xml", "xl/workbook.bin")) == DAMAGED


def test_a_truncated_file_is_damaged():
    whole = workbook((0, 0, "a"))
    assert {why(whole[:length]) for length in (100, len(whole) // 2, len(whole) - 1)} == {DAMAGED}


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_missing_or_nonsense_is_damage(part):
    whole = workbook((0, 0, "a"))
    assert why(rezipped(whole, {part: b"<unclosed"})) == DAMAGED
    assert why(rezipped(whole, {part: None})) == (refusals.OTHER if part == "xl/workbook.xml" else DAMAGED)


@pytest.mark.parametrize("part", ["xl/styles.xml", "[Content_Types].xml"])
def test_cells_are_read_without_their_looks_when_only_the_looks_are_damaged(part):
    book = parse(rezipped(workbook((0, 0, "a"), (1, 1, 7)), {part: b"<a/>"}), "plan.xlsx")
    assert [[cell and cell.value for cell in row] for row in book.sheets[0].rows] == [["a"], [None, 7]]


def test_a_zip_bomb_is_refused_by_its_ratio_and_a_dense_sheet_is_not():
    whole = workbook((0, 0, "a"))
    assert why(rezipped(whole, {"xl/bomb.xml": b" " * 5_000_001})) == refusals.UNSAFE_SIZE
    assert parse(rezipped(whole, {"xl/blank.xml": b" " * 5_000_000}), "x").sheets


def with_declared_size(content: bytes, size: int) -> bytes:
    """The package whose directory says that its first part unpacks to `size` bytes."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 20] + struct.pack("<II", size // 100, size) + content[at + 28 :]


def test_a_part_that_says_it_unpacks_to_more_than_300_megabytes_is_not_opened():
    assert why(with_declared_size(workbook(), 300_000_001)) == refusals.UNSAFE_SIZE
    assert parse(with_declared_size(workbook(), 300_000_000), "x").sheets


def test_all_parts_together_may_say_600_megabytes_and_no_more():
    def parts(*sizes):
        return [zipfile.ZipInfo(str(n)) for n, _ in enumerate(sizes)], sizes

    infos, sizes = parts(300_000_000, 299_999_999, 1)
    for info, size in zip(infos, sizes, strict=True):
        info.file_size = info.compress_size = size
    package._refuse_excess(infos)
    infos[2].file_size = 2
    with pytest.raises(FileRefused):
        package._refuse_excess(infos)


def test_a_header_that_understates_a_parts_size_gives_a_damaged_file_not_a_full_memory():
    whole = rezipped(
        workbook((0, 0, "a")), {"xl/worksheets/sheet1.xml": part_of(workbook((0, 0, "a"))) + b" " * 9_000_000}
    )
    at = whole.index(b"xl/worksheets/sheet1.xml", whole.index(b"PK\x01\x02")) - 46
    lying = whole[: at + 24] + struct.pack("<I", 200) + whole[at + 28 :]
    assert why(lying) == DAMAGED


def test_two_thousand_parts_are_allowed_and_one_more_is_not():
    whole = workbook((0, 0, "a"))
    own = len(zipfile.ZipFile(io.BytesIO(whole)).namelist())
    assert parse(rezipped(whole, {f"x/{n}": b"" for n in range(2_000 - own)}), "x").sheets
    assert why(rezipped(whole, {f"x/{n}": b"" for n in range(2_001 - own)})) == refusals.UNSAFE_SIZE


def test_a_part_that_climbs_out_of_the_package_is_refused():
    assert why(rezipped(workbook(), {"xl/../../evil.xml": b""})) == refusals.UNSAFE_PARTS
    assert parse(rezipped(workbook(), {"xl/..notes.xml": b"<a/>"}), "x").sheets


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml", "xl/workbook.xml"]
)
def test_a_document_type_is_refused_in_every_part(part):
    whole = workbook((0, 0, "a"))
    bomb = part_of(whole, part).replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "cc">]>', 1)
    assert why(rezipped(whole, {part: bomb})) == refusals.UNSAFE_PARTS


def test_cells_are_read_up_to_row_200000_and_column_512_and_the_stray_one_is_noted():
    content = workbook((199_999, 0, "last row"), (0, 511, "last column"), (200_000, 0, "stray"), (0, 512, "stray"))
    book = parse(content, "x")
    assert [cell.address for row in book.sheets[0].rows for cell in row if cell is not None] == ["SR1", "A200000"]
    words = "Sheet 'Sheet1', SS1 and 1 more have stray values far from the table. We ignored them."
    assert book.notes == (Note("FILE-STRAY-CELL", words, "Sheet1", "SS1"),)


def test_a_far_cell_is_ignored_with_a_note():
    content = workbook((0, 0, "a"), (1_048_575, 16_383, "stray"))
    assert values(content) == {"A1": "a"}
    words = "Sheet 'Sheet1', XFD1048576 has a stray value far from the table. We ignored it."
    assert parse(content, "x").notes == (Note("FILE-STRAY-CELL", words, "Sheet1", "XFD1048576"),)


def test_a_stale_dimension_does_not_hide_cells():
    whole = workbook((0, 0, "a"), (6, 4, "b"))
    part = part_of(whole).replace(b'<dimension ref="A1:E7"/>', b'<dimension ref="A1:B2"/>')
    assert b"A1:B2" in part
    assert values(rezipped(whole, {"xl/worksheets/sheet1.xml": part})) == {"A1": "a", "E7": "b"}


def test_a_sheet_may_take_as_many_cells_as_the_limit_and_gaps_to_the_left_count(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 6)
    assert len(values(workbook((0, 3, "four"), (9, 1, "two")))) == 2
    assert why(workbook((0, 3, "four"), (9, 2, "three"))) == refusals.TOO_MANY_CELLS


def test_a_cell_that_openpyxl_would_drop_is_noticed():
    twice = sheet_of('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')
    assert why(twice).words.startswith(
        "On the sheet 'Sheet1' we count 2 filled cells but could read 1, so the file is damaged"
    )


def test_cells_and_rows_that_do_not_say_their_place_are_read_in_order():
    assert values(sheet_of("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")) == {
        "A1": 1,
        "B1": 2,
        "A2": 3,
    }


def test_a_text_without_a_character_is_no_value():
    cells = (
        '<c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"/><c r="C1" t="str"><v></v></c><c r="D1"/>'
    )
    assert values(sheet_of(f'<row r="1">{cells}<c r="E1" t="inlineStr"><is><t/></is></c></row>')) == {"A1": "a"}


def test_a_formula_without_a_value_is_kept_as_its_formula():
    cells = '<c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1/0</f><v/></c>'
    row = parse(sheet_of(f'<row r="1">{cells}</row>'), "x").sheets[0].rows[0]
    assert [(c.raw, c.value, c.formula_without_value) for c in row] == [
        ("=SUM(B1:B9)", None, True),
        ("2", 2, False),
        ("=1/0", None, True),
    ]


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell():
    assert values(sheet_of('<row r="1"><c r="A1" t="str"><f>IF(1,"","a")</f><v></v></c></row>')) == {}


def test_error_cells_keep_their_text():
    cell = parse(sheet_of('<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>'), "x").sheets[0].rows[0][0]
    assert (cell.raw, cell.is_error) == ("#DIV/0!", True)


@pytest.mark.parametrize("in_1904", [False, True])
def test_dates_come_out_right_in_both_of_excels_calendars(in_1904):
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"date_1904": in_1904, "default_date_format": "dd mmm yyyy"})
    made.add_worksheet().write_datetime(0, 0, date(2026, 11, 12))
    made.close()
    assert values(content.getvalue()) == {"A1": datetime(2026, 11, 12)}


def test_the_raw_text_is_what_a_person_would_quote():
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    sheet = made.add_worksheet()
    percent, literal, day = (made.add_format({"num_format": f}) for f in ("0%", '0"%"', "dd/mm/yy"))
    for column, (value, form) in enumerate(
        [(62.0, None), (0.756, percent), (12, literal), (True, None), (0.1 + 0.2, None), (-0.5, None)]
    ):
        sheet.write(0, column, value, form)
    sheet.write_datetime(0, 6, datetime(2026, 11, 5), day)
    sheet.write_datetime(0, 7, datetime(2026, 11, 5, 14, 30), day)
    made.close()
    assert [cell.raw for cell in parse(content.getvalue(), "x").sheets[0].rows[0]] == [
        "62", "75.6%", "12", "TRUE", "0.3", "-0.5", "05 Nov 2026", "05 Nov 2026 14:30",
    ]  # fmt: skip


def test_escaped_characters_come_back_as_themselves():
    assert values(workbook((0, 0, "a\rb"), (1, 0, "_x0041_"))) == {"A1": "a\rb", "A2": "_x0041_"}


def test_the_hidden_meta_sheet_is_read_as_json_and_is_no_sheet_of_the_book():
    book = parse(from_rows({}, {"workbook": "w1", "revision": 7}), "plan.xlsx")
    assert (book.meta["schema"], book.meta["workbook"], book.meta["revision"]) == ("civic-plan/1", "w1", 7)
    assert "_meta" not in [sheet.title for sheet in book.sheets]


@pytest.mark.parametrize("said", ["not json", "[1]", ""])
def test_a_meta_sheet_that_someone_wrote_on_is_ignored(said):
    content = io.BytesIO()
    made = openpyxl.Workbook()
    made.create_sheet("_meta")["A1"] = said
    made.save(content)
    assert parse(content.getvalue(), "x").meta == {}


def test_a_book_knows_its_name_its_hash_and_which_sheets_are_hidden():
    content = io.BytesIO()
    made = openpyxl.Workbook()
    made.create_sheet("Second").sheet_state = "hidden"
    made.save(content)
    book = parse(content.getvalue(), "plan.xlsx")
    assert (book.name, len(book.sha256)) == ("plan.xlsx", 64)
    assert [(sheet.title, sheet.hidden) for sheet in book.sheets] == [("Sheet", False), ("Second", True)]


SMALL = workbook((0, 0, "name"), (1, 0, "Hazel"), (1, 1, 400), (1, 2, date(2020, 9, 1)))
XML_PARTS = sorted(n for n in zipfile.ZipFile(io.BytesIO(SMALL)).namelist() if n.endswith((".xml", ".rels")))


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl remarks on what it mends
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_is_wrong_with_a_part_the_answer_is_a_book_or_a_refusal(data):
    part = data.draw(st.sampled_from(XML_PARTS))
    old = part_of(SMALL, part)
    start = data.draw(st.integers(0, len(old)))
    cut = data.draw(st.integers(0, 40))
    new = data.draw(st.sampled_from([b"", b"<c/>", b'"', b"9", b"-1", b"xyz", b"&lt;", b"999999999999999999"]))
    try:
        book = parse(rezipped(SMALL, {part: old[:start] + new + old[start + cut :]}), "x")
    except FileRefused:
        return
    assert isinstance(book, Book)
