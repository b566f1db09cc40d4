"""What kind of file this is, and whether its package is safe to open. Looks at bytes, never at the name's ending."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from framework.errors import FileRefused

MB = 1_000_000
# Source: the upload limit is also `server.maxUploadSize`.
MOST_BYTES = 15 * MB
MOST_UNPACKED = 600 * MB
MOST_OF_A_PART = 300 * MB
MOST_PARTS = 2_000
MOST_RATIO = 200
RATIO_MATTERS_FROM = 5 * MB

_LOCK_FILE_BYTES = 165  # always; a browser may have changed the name
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_SAVE_AS = "Save it as Excel Workbook (.xlsx) and choose that file."
EMPTY = "This file is empty: it has no bytes at all. Save the workbook again and choose it once more."
TOO_BIG = "This file is larger than 15 MB. Take out pictures and sheets that are not needed, and send it again."
LOCK_FILE = "You chose Excel's temporary file (~$...). Close Excel and pick the one without ~$."
LOCKED = (
    "This file is locked with a password or a sensitivity label, so we cannot open it. In Excel choose File, Info, "
    "Protect Workbook and remove it, or copy the sheet into a new workbook."
)
WORD = "This is a Word document with an Excel name. Copy its table into the template."
OLD_EXCEL = f"This is a workbook of an old kind (.xls). Open it in Excel. {_SAVE_AS}"
BINARY_EXCEL = f"This is a binary workbook (.xlsb). Open it in Excel. {_SAVE_AS}"
OPEN_DOCUMENT = f"This is an OpenDocument spreadsheet (.ods). {_SAVE_AS}"
STRICT = f'This workbook was saved as "Strict Open XML", which we cannot read. Open it in Excel. {_SAVE_AS}'
NOT_A_WORKBOOK = "This is not an Excel workbook. Choose a file that ends in .xlsx and opens in Excel."
UNSAFE_SIZE = (
    "This file would unpack to far more than a workbook should hold, so it was not opened. "
    "Copy its sheets into a new workbook and send that."
)
UNSAFE_PARTS = (
    "This file holds parts that no workbook needs and that can do harm, so it was not opened. "
    "Copy its sheets into a new workbook and send that."
)


def unpack(content: bytes, name: str) -> zipfile.ZipFile:
    """The package of a workbook that we can read. Raises FileRefused, or BadZipFile when it is damaged."""
    if not content:
        raise FileRefused(EMPTY)
    if len(content) > MOST_BYTES:
        raise FileRefused(TOO_BIG)
    if not content.startswith(b"PK"):
        raise FileRefused(_what_else(content, name))
    archive = zipfile.ZipFile(io.BytesIO(content))
    _refuse_excess(archive.infolist())
    _refuse_other_kinds(archive)
    _refuse_unsafe_xml(archive)
    return archive


def _what_else(content: bytes, name: str) -> str:
    """What a file that is no zip is, in words."""
    if name.rpartition("/")[2].rpartition("\\")[2].startswith("~$") or len(content) == _LOCK_FILE_BYTES:
        return LOCK_FILE
    if not content.startswith(_OLE):
        return NOT_A_WORKBOOK
    for stream, words in (
        ("EncryptedPackage", LOCKED),
        ("WordDocument", WORD),
        ("Workbook", OLD_EXCEL),
        ("Book", OLD_EXCEL),
    ):
        if stream.encode("utf-16-le") in content:
            return words
    return NOT_A_WORKBOOK


def _refuse_excess(parts: list[zipfile.ZipInfo]) -> None:
    # zipfile never inflates a part beyond the size its header declares, so a header that lies gives a damaged part.
    excess = (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(part.file_size > MOST_OF_A_PART for part in parts)
        or any(p.file_size > RATIO_MATTERS_FROM and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    )
    if excess:
        raise FileRefused(UNSAFE_SIZE)
    if any(".." in part.filename.replace("\\", "/").split("/") for part in parts):
        raise FileRefused(UNSAFE_PARTS)


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if any(name.endswith("workbook.xml") for name in names):
        return
    if "word/document.xml" in names:
        raise FileRefused(WORD)
    if "xl/workbook.bin" in names:
        raise FileRefused(BINARY_EXCEL)
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        raise FileRefused(OPEN_DOCUMENT)
    raise FileRefused(NOT_A_WORKBOOK)


def _refuse_unsafe_xml(archive: zipfile.ZipFile) -> None:
    """Refuse a document type in any part (entity bombs hide there) and Strict Open XML (openpyxl sees no cell)."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            root = _root(archive, name)
            if name.endswith("workbook.xml") and root.startswith("http://purl.oclc.org/ooxml/"):
                raise FileRefused(STRICT)


def _root(archive: zipfile.ZipFile, name: str) -> str:
    """The part's first element with its namespace; empty when there is none. Reads no further than that."""
    found: list[str] = []
    parser = parser_without_types()
    parser.StartElementHandler = lambda tag, _: found.append(tag)
    with archive.open(name) as part:
        try:
            for chunk in _chunks(part):
                parser.Parse(chunk)
                if found:
                    return found[0]
        except expat.ExpatError:
            return ""  # whoever needs the part will say that it is damaged
    return ""


def parser_without_types() -> expat.XMLParserType:
    """An XML parser that refuses a document type and names elements `namespace local-name`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_types
    return parser


def _refuse_types(*_: Any) -> None:
    raise FileRefused(UNSAFE_PARTS)


def _chunks(part: Any, size: int = 65_536) -> Iterator[bytes]:
    while chunk := part.read(size):
        yield chunk
