"""The count that no reader makes: rows that go by a pattern are counted as a plain XML parser counts them."""

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framework.errors import FileRefused
from framework.workbook import limits, refusals, scan
from framework.workbook.cells import Span
from framework.workbook.package import chunks
from framework.workbook.scan import Scan
from framework.workbook.shared_texts import empty_texts
from framework.workbook.tally import Watcher

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = frozenset({2, 5})
EMPTY = frozenset({7})


def archive(part: str | bytes) -> zipfile.ZipFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("part.xml", part)
    return zipfile.ZipFile(out)


def sheet(rows: str, after: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def scanned(part: str | bytes, **options) -> Scan:
    return scan.scan(archive(part), "part.xml", **options)


def one_by_one(part: str, empty: frozenset[int], styles: frozenset[int]) -> Scan:
    watcher = Watcher(empty, styles)
    watcher.parser.Parse(part.encode(), True)
    return watcher.found


VALUES = [
    "<v>1</v>",
    "<v>7</v>",
    "<v>0.5</v>",
    "<v></v>",
    "<v/>",
    "",
    "<v> </v>",
    "<v>é</v>",
    "<v>a&amp;b</v>",
    "<v>c<!-- x --></v>",
]
FORMULAS = ["", "", "<f>A1</f>", '<f t="shared" si="0"/>', "<f>A1&gt;2</f>", '<f>"t=\\"e\\""</f>']
KINDS = ["", "", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"']
ROW_FORMS = [
    '<row r="{n}">',
    '<row r="{n}" spans="1:3" ht="15" hidden="1">',
    "<row r='{n}'>",
    "<row>",
    '<row r="{n}" hidden="0">',
]
BETWEEN = ["", "", "", "\n  ", "<!-- </row> -->", "<!-- <row r='1'><c r='A1'><v>1</v></c></row> -->"]
texts = st.sampled_from(["", "<is><t>a</t></is>", "<is><t/></is>", "<is><r><t>a</t></r><rPh><t>b</t></rPh></is>"])


@st.composite
def rows(draw) -> str:
    made = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        cells = []
        for column in draw(st.lists(st.sampled_from("ABCD"), max_size=4)):
            where = draw(st.sampled_from([f' r="{column}{number}"'] * 6 + ["", f" r='{column}{number}'"]))
            style = draw(st.sampled_from(["", ' s="2"', ' s="5"', ' s="9"']))
            inside = draw(st.sampled_from(FORMULAS)) + draw(st.sampled_from(VALUES)) + draw(texts)
            cells.append(f"<c{where}{style}{draw(st.sampled_from(KINDS))}>{inside}</c>")
        made.append(
            draw(st.sampled_from(ROW_FORMS)).format(n=number)
            + "".join(cells)
            + "</row>"
            + draw(st.sampled_from(BETWEEN))
        )
    return "".join(made)


# A row inside a comment, though it is as plain as can be.
HIDDEN = '<!-- </row><row r="1"><c r="A1"><v>1</v></c></row> -->'
TWO_ROWS = '<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>1</v></c></row><row r="1"><c r="B1" s="5"><v>1</v></c></row>'
PLAINEST = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3" hidden="1"><c r="B3" t="e"><v>#N/A</v></c></row>'
)


@settings(max_examples=150, deadline=None)
@given(rows(), st.integers(1, 200), st.sampled_from([frozenset(), EMPTY]), st.sampled_from([frozenset(), STYLES, {0}]))
@example(PLAINEST, 999, frozenset(), frozenset())
@example(PLAINEST, 9, frozenset(), STYLES)
@example(TWO_ROWS, 999, frozenset(), STYLES)
@example(TWO_ROWS, 999, frozenset(), frozenset({0}))
@example(TWO_ROWS.replace('"C1"', '"C1" t="s"').replace("<v>1", "<v>7"), 999, EMPTY, frozenset())
@example(HIDDEN + TWO_ROWS, 999, frozenset(), frozenset())
@example(TWO_ROWS + HIDDEN + TWO_ROWS, 999, frozenset(), frozenset())
@example('<row r="1"><c r="A1"><v>1</v></c><row r="2"><c r="A2"><v>1</v></c></row></row>', 1, frozenset(), STYLES)
def test_the_pattern_counts_as_a_parser_does_however_the_bytes_arrive(some, size, empty, styles):
    whole = sheet(some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "chunks", lambda stream: chunks(stream, size))
        assert scanned(whole, empty=empty, styles=styles) == one_by_one(whole, empty, frozenset(styles))


def test_rows_in_a_comment_that_begins_before_the_rows_are_no_rows():
    hidden = '<sheetData ><!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row> -->'
    assert scanned(sheet(PLAIN).replace("<sheetData>", hidden)).filled == 2


def test_how_an_inline_text_is_pronounced_is_no_value():
    cell = '<c r="A1" t="inlineStr"><is><t/><rPh><t>read so</t></rPh></is></c>'
    assert scanned(sheet(f'<row r="1">{cell}</row>')).filled == 0


PLAIN = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>0.5</v></c></row>'


def test_plain_rows_are_counted_with_their_styles():
    found = scanned(sheet(PLAIN), styles=STYLES)
    assert (found.filled, found.cells, found.rows, found.columns, found.grid) == (2, 2, 1, 2, 2)
    assert found.styled == {1: ((2, 2),)}


@pytest.mark.parametrize(
    "part",
    [
        sheet(PLAIN).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x="),
        sheet(PLAIN).replace(SPACE, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        sheet(PLAIN.replace("<v>0</v>", "<v><![CDATA[0]]></v>")),
        sheet("<!-- a -->" + PLAIN),
        sheet(PLAIN, head="<?xml version='1.0' encoding='utf-16'?>").encode("utf-16"),
        sheet(PLAIN, head="<?xml version='1.0' encoding='iso-8859-1'?>"),
        b"\xef\xbb\xbf" + sheet(PLAIN, head="").encode(),
    ],
    ids=["prefix", "strict", "cdata", "comment", "utf-16", "latin", "mark"],
)
def test_odd_forms_are_counted_too(part):
    found = scanned(part)
    assert (found.filled, found.rows, found.columns) == (2, 1, 2)


def test_cells_of_another_vocabulary_are_no_cells():
    assert scanned(sheet(PLAIN).replace(SPACE, "urn:other")).filled == 0


@pytest.mark.parametrize("cut", ["</worksheet>", "</sheetData></worksheet>", "</row></sheetData></worksheet>"])
def test_a_part_that_is_cut_short_is_damaged_though_its_rows_are_plain(cut):
    with pytest.raises(Exception, match=r"no element found|unclosed token"):
        scanned(sheet(PLAIN).removesuffix(cut))


def test_merges_and_what_is_hidden_are_told():
    whole = sheet(
        '<row r="4" hidden="1"><c r="D4"><v>1</v></c></row>',
        '<mergeCells><mergeCell ref="B2:D4"/><mergeCell ref="A:A"/></mergeCells>',
    ).replace("<sheetData>", '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols><sheetData>')
    found = scanned(whole)
    assert (found.merges, found.hidden_rows, found.hidden_columns) == ([Span(2, 2, 4, 4)], {4}, [(2, 3)])


def test_five_thousand_merges_are_allowed_and_one_more_is_not():
    def merges(count: int) -> str:
        return sheet("", "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1)))

    assert len(scanned(merges(5_000)).merges) == 5_000
    with pytest.raises(FileRefused) as refused:
        scanned(merges(5_001))
    assert str(refused.value) == refusals.TOO_MANY_MERGES.words


def test_cells_beyond_the_limits_are_strays_in_plain_rows_too():
    rows = '<row r="200001"><c r="A200001"><v>1</v></c></row><row r="200002"><c r="SS200002"><v>1</v></c></row>'
    found = scanned(sheet('<row r="1"><c r="SR1"><v>1</v></c><c r="SS1"><v>1</v></c></row>' + rows))
    assert (found.filled, found.stray, found.first_stray, found.furthest) == (1, 3, "SS1", (200_002, 513))


def test_the_grid_counts_the_gaps_of_plain_rows(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 4)
    assert scanned(sheet('<row r="1"><c r="D1"><v>1</v></c></row>')).grid == 4
    with pytest.raises(FileRefused):
        scanned(sheet('<row r="1"><c r="E1"><v>1</v></c></row>'))


@pytest.mark.parametrize(
    ("texts", "empty"),
    [
        ("<si><t>a</t></si><si><t>b</t></si>", set()),
        ("<si><t>a</t></si><si><t/></si><si><t></t></si><si/>", {1, 2, 3}),
        ("<si><r><t>a</t></r><r><t/></r></si><si><r><t/></r></si>", {1}),
        ("<si><t/><rPh><t>read so</t></rPh></si><si><t> </t></si>", {0}),
        ("<si><phoneticPr/></si><si><t>a</t></si>", {0}),
        ("<!-- <si></si> --><si><t>a</t></si>", set()),
    ],
)
def test_shared_texts_without_a_character_are_found(texts, empty):
    part = f'<sst xmlns="{SPACE}">{texts}</sst>'
    assert empty_texts(archive(part), "part.xml") == empty
    prefixed = part.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:!", "<!").replace("xmlns=", "xmlns:x=")
    assert empty_texts(archive(prefixed), "part.xml") == empty
