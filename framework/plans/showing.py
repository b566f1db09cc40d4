"""What can be given as evidence: a link to a page of the web, or a small file of a kind that runs nothing.

What a file is, its bytes say and never its name.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

from framework.errors import ValueRefused
from framework.text import clean

MOST_BYTES = 5 * 1024 * 1024
TAKEN = "PDF, PNG, JPEG, WebP, Word (.docx), Excel (.xlsx), plain text and CSV"
NAME_LONGEST = 200  # characters
LINK_LONGEST = 2_000  # characters: what every browser's address bar takes


@dataclass(frozen=True)
class FileKind:
    """One kind that is taken. `endings`: those a name may have; one without any of them gets the first."""

    words: str
    media: str
    endings: tuple[str, ...]


PDF = FileKind("a PDF", "application/pdf", (".pdf",))
PNG = FileKind("a PNG picture", "image/png", (".png",))
JPEG = FileKind("a JPEG picture", "image/jpeg", (".jpg", ".jpeg"))
WEBP = FileKind("a WebP picture", "image/webp", (".webp",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = FileKind("a Word document", f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = FileKind("an Excel workbook", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
TEXT = FileKind("plain text", "text/plain", (".txt",))
CSV = FileKind("a CSV file", "text/csv", (".csv",))

_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_ZIP = b"PK\x03\x04"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document; save it as .docx or .xlsx"),
    (b"GIF8", "a GIF picture; save it as PNG"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a packed archive"),
    (b"{\\rtf", "a rich text document; save it as .docx or as a PDF"),
)
_BRANDS = {b"heic": "a phone's HEIC picture; save it as JPEG", b"heix": "a phone's HEIC picture; save it as JPEG"}
_WEB = re.compile(r"\s*(<!doctype|<\?xml|<html|<svg|<script|<head|<body)", re.IGNORECASE)
# Of control characters text has tabs, line ends and form feeds alone.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(content: bytes, name: str) -> FileKind:
    """What the bytes are; of text the name says whether it is a table.

    Raises ValueRefused for anything that is not taken, is empty or is too large; it says what was found.
    """
    if not content:
        raise ValueRefused("This file is empty. Choose another; nothing was saved.")
    if len(content) > MOST_BYTES:
        size, most = len(content) / 1024 / 1024, MOST_BYTES // 1024 // 1024
        raise ValueRefused(
            f"This file has {size:.1f}\N{NO-BREAK SPACE}MB, and {most}\N{NO-BREAK SPACE}MB is the most. Make it "
            "smaller, or give a link to where it is kept. Nothing was saved."
        )
    found = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if found is not None:
        return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(_ZIP):
        return _in_zip(content)
    return _text(content, name)


def _in_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refusal("a damaged archive or document") from None
    if any(name.rsplit("/", 1)[-1].startswith("vbaProject") for name in names):
        raise _refusal("an Office document with macros; save it without them")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return XLSX
    raise _refusal("a packed archive")


def _text(content: bytes, name: str) -> FileKind:
    named = next((words for start, words in _REFUSED if content.startswith(start)), None)
    if content[4:8] == b"ftyp":
        named = _BRANDS.get(content[8:12], "a film or sound")
    if named is not None:
        raise _refusal(named)
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal("neither of these, nor text that can be read (UTF-8)") from None
    if _NO_TEXT.search(words):
        raise _refusal("neither of these, nor plain text")
    if _WEB.match(words):
        raise _refusal("a web page or a drawing; save it as a PDF")
    return CSV if name.casefold().endswith(CSV.endings) else TEXT


def _refusal(found: str) -> ValueRefused:
    return ValueRefused(f"This file is {found}. Taken are: {TAKEN}. Nothing was saved.")


def name_of(name: str, kind: FileKind) -> str:
    """What the file is called here: text alone, never a path, with the ending of its kind."""
    own = clean(re.split(r"[/\\]", name)[-1]).replace("\n", " ").strip(". ") or "evidence"
    stem, dot, ending = own.rpartition(".")
    fits = bool(dot) and f".{ending.casefold()}" in kind.endings
    stem, ending = (stem, f".{ending}") if fits else (own, kind.endings[0])
    return f"{stem[: NAME_LONGEST - len(ending)] or 'evidence'}{ending}"


def is_web_address(link: str) -> bool:
    """Whether a link leads to a page of the web. `javascript:` would run here; `file:` is on somebody's own disk."""
    try:
        parts = urlsplit(link)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and not any(c.isspace() for c in link)
    except ValueError:  # as of https://[::1
        return False


def wrong_link(link: str) -> list[str]:
    """Why a link cannot be kept, in a sentence; empty when it can, as can none."""
    if len(link) > LINK_LONGEST:
        return [f"The link has {len(link):,} characters, and {LINK_LONGEST:,} is the most. Give a shorter one."]
    if link and not is_web_address(link):
        return [f"“{link[:60]}” is no address of the web. Give one that begins with https:// or http://."]
    return []
