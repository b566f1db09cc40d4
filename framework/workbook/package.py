"""What kind of file this is, and whether its package is safe to open. Looks at bytes, never at the name's ending."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any
from xml.parsers import expat

from framework.workbook import limits, refusals


class Kind(StrEnum):
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCK_FILE_BYTES = 165  # always; a browser may have changed the name
_LOCK_FILE_NAME = 54  # the longest name of a person in it; spaces fill what is left of the field
_LOCK_FILES = ("~$", ".~lock.")  # Excel's, LibreOffice's
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What no text holds: control characters other than tab, line ends, page and vertical breaks and the old end of file.
_NO_TEXT = bytes({*range(32)} - {9, 10, 11, 12, 13, 26})
_BEGINNINGS = (
    (b"%PDF", refusals.PDF),
    (b"{\\rtf", refusals.WORD),
    (b"\x89PNG", refusals.PICTURE),
    (b"\xff\xd8\xff", refusals.PICTURE),
    (b"GIF8", refusals.PICTURE),
    (b"BM", refusals.PICTURE),
    (b"II*\0", refusals.PICTURE),
    (b"MM\0*", refusals.PICTURE),
    (b"RIFF", refusals.PICTURE),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"7z\xbc\xaf", refusals.ARCHIVE),
    (b"Rar!", refusals.ARCHIVE),
)
_BINARY_ONLY = {b"BM", b"RIFF"}  # a text may begin with these letters too
_STREAMS = (
    ("encryptedpackage", refusals.LOCKED),
    ("worddocument", refusals.WORD),
    ("powerpoint document", refusals.SLIDES),
    ("__properties_version1.0", refusals.MAIL),
)
# Parts that are passed over, by where they lie; matched without case.
_PASSED_OVER = (
    ("macros", ("vbaproject.bin", "basic/", "scripts/", "_vba_project_cur")),
    ("links to other workbooks", ("externallinks/",)),
    ("data connections", ("connections.xml", "querytables/")),
    ("embedded files and controls", ("embeddings/", "activex/", "ctrlprops/", "mbd")),
)


def kind_of(content: bytes, name: str) -> Kind:
    """What the bytes are, when they are something that is read. Raises FileRefused, BadZipFile when it is damaged."""
    refuse_size(content)
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _kind_of_package(content)
    if _is_lock_file(content, name):
        raise refusals.LOCK_FILE.refused()
    if content.startswith(_OLE):
        return _kind_of_container(content)
    for beginning, refusal in _BEGINNINGS:
        if content.startswith(beginning) and (beginning not in _BINARY_ONLY or not _is_text(content)):
            raise refusal.refused()
    if content[4:8] == b"ftyp":
        raise refusals.PICTURE.refused()  # or a film
    if not _is_text(content):
        raise refusals.OTHER.refused()
    _refuse_markup(content)
    return Kind.CSV


def refuse_size(content: bytes) -> None:
    if not content:
        raise refusals.EMPTY.refused()
    if len(content) > limits.MOST_BYTES:
        raise refusals.TOO_BIG.refused()


def _is_lock_file(content: bytes, name: str) -> bool:
    if name.replace("\\", "/").rpartition("/")[2].startswith(_LOCK_FILES):
        return True
    length = content[0]
    rest = content[1 + length : 1 + _LOCK_FILE_NAME]
    return len(content) == _LOCK_FILE_BYTES and length <= _LOCK_FILE_NAME and not rest.strip(b" ")


def _is_text(content: bytes) -> bool:
    if content.startswith(_UTF_16):
        return len(content) % 2 == 0
    return len(content.translate(None, _NO_TEXT)) == len(content)


def _refuse_markup(content: bytes) -> None:
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")):
        raise refusals.WEB_PAGE.refused()
    if start.startswith(b"<?xml"):
        raise (refusals.WEB_PAGE if b"<html" in start else refusals.OLD_XML).refused()


def _kind_of_container(content: bytes) -> Kind:
    """What an OLE container, the shell of Office's old files, holds."""
    from olefile import OleFileIO  # type: ignore[import-untyped]  # only old files need it

    try:
        with OleFileIO(io.BytesIO(content)) as container:
            streams = {"/".join(path[:1]).lower() for path in container.listdir(streams=True, storages=True)}
    except (OSError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as sign:
        raise refusals.DAMAGED.refused() from sign
    for stream, refusal in _STREAMS:
        if stream in streams:
            raise refusal.refused()
    if streams & {"workbook", "book"}:
        return Kind.XLS
    raise refusals.OTHER.refused()


def _kind_of_package(content: bytes) -> Kind:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _refuse_excess(archive.infolist())
        kind = _kind_of_parts(archive)
        _refuse_unsafe_xml(archive)
    return kind


def _refuse_excess(parts: list[zipfile.ZipInfo]) -> None:
    # zipfile never inflates a part beyond the size its header declares, so a header that lies gives a damaged part.
    excess = (
        len(parts) > limits.MOST_PARTS
        or sum(part.file_size for part in parts) > limits.MOST_UNPACKED
        or any(part.file_size > limits.MOST_OF_A_PART for part in parts)
        or any(
            part.file_size > max(limits.RATIO_MATTERS_FROM, limits.MOST_RATIO * max(part.compress_size, 1))
            for part in parts
        )
    )
    if excess:
        raise refusals.UNSAFE_SIZE.refused()
    if any(".." in part.filename.replace("\\", "/").split("/") for part in parts):
        raise refusals.UNSAFE_PARTS.refused()


def _kind_of_parts(archive: zipfile.ZipFile) -> Kind:
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if any(posixpath.basename(name) == "workbook.xml" for name in names):
        return Kind.XLSM if any(name.endswith("vbaproject.bin") for name in names) else Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "mimetype" in names:
        return _kind_of_open_document(archive)
    for part, refusal in (
        ("word/document.xml", refusals.WORD),
        ("ppt/presentation.xml", refusals.SLIDES),
        ("index/document.iwa", refusals.NUMBERS),
        ("index.zip", refusals.NUMBERS),
        ("[content_types].xml", refusals.OTHER),
    ):
        if part in names:
            raise refusal.refused()
    raise refusals.ARCHIVE.refused()


def _kind_of_open_document(archive: zipfile.ZipFile) -> Kind:
    says = archive.read("mimetype")
    if b"opendocument.spreadsheet" in says:
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise refusals.LOCKED.refused()
        return Kind.ODS
    if b"opendocument.text" in says:
        raise refusals.WORD.refused()
    raise (refusals.SLIDES if b"opendocument.presentation" in says else refusals.OTHER).refused()


def _refuse_unsafe_xml(archive: zipfile.ZipFile) -> None:
    """Refuse a document type in any part that may be XML, whatever it is called: entity bombs hide there."""
    for name in archive.namelist():
        # Old OpenDocument manifests have a harmless one, and no reader parses them.
        if not name.startswith("META-INF/"):
            root_of(archive, name)


def passed_over(names: Iterable[str]) -> tuple[str, ...]:
    """What a file holds beside cells that is not read, in words."""
    low = [name.replace("\\", "/").lower() for name in names]
    return tuple(
        words
        for words, marks in _PASSED_OVER
        if any(name.startswith(m) or f"/{m}" in name for name in low for m in marks)
    )


def names_in_container(content: bytes) -> list[str]:
    """The storages and streams of an old workbook that `kind_of` has let through."""
    from olefile import OleFileIO

    with OleFileIO(io.BytesIO(content)) as container:
        return ["/".join(path) for path in container.listdir(streams=True, storages=True)]


def root_of(archive: zipfile.ZipFile, name: str) -> tuple[str, dict[str, str]]:
    """A part's first element, `namespace local-name`, with its attributes; "" when there is none.

    Reads no further than that. Raises FileRefused on a document type.
    """
    found: list[tuple[str, dict[str, str]]] = []
    parser = parser_without_types()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    with archive.open(name) as part:
        try:
            for chunk in chunks(part, 65_536):
                parser.Parse(chunk)
                if found:
                    return found[0]
        except expat.ExpatError:
            pass  # whoever needs the part will say that it is damaged
    return "", {}


def parser_without_types() -> expat.XMLParserType:
    """An XML parser that refuses a document type and names elements `namespace local-name`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_types
    return parser


def _refuse_types(*_: Any) -> None:
    raise refusals.UNSAFE_PARTS.refused()


def chunks(part: Any, size: int = 1 << 20) -> Iterator[bytes]:
    while chunk := part.read(size):
        yield chunk


def prove(archive: zipfile.ZipFile) -> None:
    """Unpack every part that a reader opens, so that a size or check sum that is not true is noticed here.

    A reader that trusts the headers less than zipfile does could else be made to unpack far more than they say.
    """
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".bin")):
            with archive.open(name) as part:
                for _ in chunks(part):
                    pass
