"""The plan of an Excel package, read without any reader: its sheets and where they lie, its styles, its properties."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framework.workbook import refusals
from framework.workbook.cells import Span
from framework.workbook.package import chunks, parser_without_types, root_of

SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict Open XML, in which openpyxl sees no cell
)
_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    f"{_STRICT}officeDocument/relationships",
)
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
# Source: ECMA-376 part 1, 18.8.30.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


@dataclass(frozen=True)
class SheetPart:
    """A sheet of cells: its title, the part that holds it ("" when the package lacks it), whether it is hidden."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Outline:
    """strict: saved as Strict Open XML; strings, styles, theme: parts, "" when there is none."""

    sheets: tuple[SheetPart, ...]
    strict: bool
    strings: str
    styles: str


def outline(archive: zipfile.ZipFile) -> Outline:
    """Raises ExpatError, KeyError or FileRefused when the package is damaged."""
    parts = _Parts(archive)
    book = next((part for kind, part in parts.related("").values() if kind == "officeDocument"), "")
    if not book:
        book = min((n for n in archive.namelist() if n.lower().endswith("workbook.xml")), key=len)
    related = parts.related(book)
    sheets: list[SheetPart] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag not in _SHEET:
            return
        ref = next((attributes[f"{space} id"] for space in _RELATION if f"{space} id" in attributes), "")
        kind, part = related.get(ref, ("", ""))
        if kind != "chartsheet":
            sheets.append(SheetPart(attributes.get("name", ""), part, attributes.get("state", "visible") != "visible"))

    _parse(archive, book, start)
    if any(not sheet.part for sheet in sheets):
        raise refusals.DAMAGED.refused()
    first = dict(reversed(related.values()))
    strict = root_of(archive, book)[0].startswith(_STRICT)
    return Outline(tuple(sheets), strict, first.get("sharedStrings", ""), first.get("styles", ""))


_SHEET = {f"{space} sheet" for space in SPACES}


def tables_of(archive: zipfile.ZipFile, part: str) -> tuple[tuple[str, Span], ...]:
    """The Excel tables of a sheet."""
    found = []
    for kind, target in _Parts(archive).related(part).values():
        if kind == "table" and target:
            _, attributes = root_of(archive, target)
            span = span_of(attributes.get("ref", ""))
            if span is not None:
                found.append((attributes.get("displayName") or attributes.get("name", ""), span))
    return tuple(found)


def span_of(ref: str) -> Span | None:
    """`B3:D9` as a block, `B3` as a block of one cell; None when it is neither."""
    places = [_PLACE.fullmatch(place) for place in ref.split(":")]
    corners = [(int(place[2]), column_of(place[1])) for place in places if place]
    if len(corners) != len(places) or not 1 <= len(corners) <= 2:
        return None
    (top, left), (bottom, right) = corners[0], corners[-1]
    return Span(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def column_of(letters: str) -> int:
    """`A` 1, `XFD` 16384. Raises ValueError when they are no column's."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= 16_384:
        raise ValueError(letters)
    return number


def number_formats(archive: zipfile.ZipFile, part: str) -> dict[int, str]:
    """By the number that a cell names its style with: the number format; plain and text formats are left out."""
    own: dict[int, str] = {}
    used: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = tag.rpartition(" ")[2]
        if name == "numFmt" and "numFmtId" in attributes:
            own.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "cellStyles" or name == "dxfs":
            inside = False
        elif name == "xf" and inside:
            used.append(int(attributes.get("numFmtId", "0")))

    if not part:
        return {}
    _parse(archive, part, start)
    formats = {style: own.get(used_id) or _BUILT_IN.get(used_id, "") for style, used_id in enumerate(used)}
    return {style: code for style, code in formats.items() if code not in ("", "General", "GENERAL", "@")}


def _parse(archive: zipfile.ZipFile, part: str, start: Any) -> None:
    parser = parser_without_types()
    parser.StartElementHandler = start
    with archive.open(part) as stream:
        for chunk in chunks(stream):
            parser.Parse(chunk)
        parser.Parse(b"", True)


class _Parts:
    """The package's parts by name; some programs write a name with other case, or with backslashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names: Mapping[str, str] = {_plain(name): name for name in reversed(archive.namelist())}

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to, by id: the last word of its type, and its part ("" when the package lacks it)."""
        folder, name = posixpath.split(part)
        rels = self._names.get(_plain(posixpath.join(folder, "_rels", f"{name}.rels")))
        found: dict[str, tuple[str, str]] = {}
        if rels is None:
            return found

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.rpartition(" ")[2] == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(
                    posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/"))
                )
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, self._names.get(_plain(target), ""))

        _parse(self._archive, rels, start)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
