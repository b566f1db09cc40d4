"""What can be given as evidence: files told by their bytes and never by their names, links to pages of the web."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.errors import ValueRefused
from framework.plans.showing import (
    CSV,
    DOCX,
    JPEG,
    LINK_LONGEST,
    MOST_BYTES,
    NAME_LONGEST,
    PDF,
    PNG,
    TEXT,
    WEBP,
    XLSX,
    is_web_address,
    kind_of,
    name_of,
    wrong_link,
)


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


WORD = zipped("[Content_Types].xml", "word/document.xml")
TAKEN = [
    (b"%PDF-1.7\n...", PDF),
    (b"\x89PNG\r\n\x1a\n...", PNG),
    (b"\xff\xd8\xff\xe0...", JPEG),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", WEBP),
    (WORD, DOCX),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    (b"Forty children.\r\n\tAnd four.", TEXT),
    ("\ufeffBOM and emoji 🥣".encode(), TEXT),
    ("نادي الإفطار".encode(), TEXT),
]
REFUSED = [
    (b"", "This file is empty"),
    (b"MZ\x90\x00", "This file is a program"),
    (b"\x7fELF", "This file is a program"),
    (b"GIF89a", "a GIF picture; save it as PNG"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document; save it as .docx or .xlsx"),
    (b"\x00\x00\x00\x18ftypheic", "a phone's HEIC picture; save it as JPEG"),
    (b"\x00\x00\x00\x18ftypmp42", "a film or sound"),
    (b"{\\rtf1", "a rich text document"),
    (b"<!DOCTYPE html><p>", "a web page or a drawing"),
    (b"  <svg onload='x'>", "a web page or a drawing"),
    ("\ufeff<?xml version='1.0'?>".encode(), "a web page or a drawing"),
    (b"caf\xe9", "nor text that can be read (UTF-8)"),
    (b"a\x00b", "nor plain text"),
    (zipped("a.txt"), "a packed archive"),
    (zipped("word/document.xml"), "a packed archive"),
    (zipped("[Content_Types].xml", "xl/workbook.bin"), "a packed archive"),
    (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "an Office document with macros"),
    (WORD[:40], "a damaged archive or document"),
    (b"RIFF\x10\x00\x00\x00WAVE\xff\xfe", "neither of these"),
]


@pytest.mark.parametrize(("content", "kind"), TAKEN, ids=lambda x: str(x)[:24])
def test_a_file_is_what_its_bytes_say_whatever_it_is_called(content, kind):
    assert kind_of(content, "virus.exe") is kind


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=lambda x: str(x)[:24])
def test_anything_else_is_refused_with_what_was_found_and_what_is_taken(content, words):
    with pytest.raises(ValueRefused) as refused:
        kind_of(content, "photo.png")
    assert words in str(refused.value)
    assert not content or "Taken are: PDF, PNG, JPEG, WebP, Word (.docx), Excel (.xlsx)" in str(refused.value)


def test_text_is_a_table_where_its_name_says_so():
    assert kind_of(b"school,meals\n", "Meals.CSV") is CSV
    assert kind_of(b"school,meals\n", "meals.csv.txt") is TEXT


def test_a_file_may_have_five_megabytes_and_not_a_byte_more():
    assert kind_of(b"x" * MOST_BYTES, "long.txt") is TEXT
    with pytest.raises(ValueRefused, match=r"This file has 5\.0.MB, and 5.MB is the most"):
        kind_of(b"x" * (MOST_BYTES + 1), "long.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused_in_words(content):
    try:
        told = kind_of(content, "x").words
    except ValueRefused as refusal:
        told = str(refusal).removesuffix(" Nothing was saved.").removesuffix("; nothing was saved.")
    assert told.startswith(("a ", "an ", "plain", "This file is "))


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Menu.pdf", PDF, "Menu.pdf"),
        ("photo.JPEG", JPEG, "photo.JPEG"),
        ("page.html", TEXT, "page.html.txt"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\Users\\me\\Menu.docx", DOCX, "Menu.docx"),
        ("...", PNG, "evidence.png"),
        ("", PNG, "evidence.png"),
        (".pdf", PDF, "pdf.pdf"),
        ("a\nb\x00.txt", TEXT, "a b.txt"),
        ("قائمة 🥣.pdf", PDF, "قائمة 🥣.pdf"),
    ],
)
def test_a_file_keeps_its_name_as_text_with_the_ending_of_its_kind(name, kind, kept):
    assert name_of(name, kind) == kept


@given(st.text(max_size=400))
def test_no_name_is_a_path_or_too_long(name):
    kept = name_of(name, PDF)
    assert kept.casefold().endswith(".pdf")
    assert not set(kept) & set("/\\\n\0")
    assert len(kept) <= NAME_LONGEST


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("https://example.org/menu?day=1#top", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("example.org", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("https://[::1", False),
    ],
)
def test_a_link_leads_to_a_page_of_the_web_and_to_nothing_else(link, right):
    assert is_web_address(link) is right
    assert (wrong_link(link) == []) is right


def test_no_link_is_right_and_one_of_two_thousand_characters_is_the_longest():
    longest = "https://example.org/".ljust(LINK_LONGEST, "x")
    assert wrong_link("") == wrong_link(longest) == []
    assert "The link has 2,001 characters, and 2,000 is the most." in wrong_link(longest + "x")[0]
