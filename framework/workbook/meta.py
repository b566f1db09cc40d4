"""What a file of ours says of itself: on its very hidden sheet, or, when that is gone, in its properties."""

import json
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.parsers.expat import ExpatError

from framework.workbook.package import Kind, chunks, parser_without_types

META_SHEET = "_meta"
_IDS = ("schema", "workbook", "revision")
_PROPERTIES = {Kind.XLSX: "docProps/custom.xml", Kind.XLSM: "docProps/custom.xml", Kind.ODS: "meta.xml"}


def said_on_sheet(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """One JSON object, begun in A1 and gone on with below when a cell could not hold it; {} when it is none."""
    parts: list[str] = []
    for row in rows:
        if not row or not isinstance(row[0], str):
            break
        parts.append(row[0])
    return _object(parts[0]) or _object("".join(parts)) if parts else {}


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}  # someone typed there; the sheets can be read without it
    return found if isinstance(found, dict) else {}


def said_in_properties(archive: zipfile.ZipFile, kind: Kind) -> dict[str, Any]:
    """Schema, workbook and revision, as far as the file's own properties tell them."""
    part = _PROPERTIES.get(kind, "")
    if part not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        named = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "name"), "")
        if tag.rpartition(" ")[2] in ("property", "user-defined"):
            name = named

    def text(words: str) -> None:
        if name in _IDS and words.strip():
            found[name] = found.get(name, "") + words

    def end(tag: str) -> None:
        nonlocal name
        if tag.rpartition(" ")[2] in ("property", "user-defined"):
            name = ""

    parser = parser_without_types()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        with archive.open(part) as stream:
            for chunk in chunks(stream):
                parser.Parse(chunk)
    except ExpatError:
        return {}
    revision = found.pop("revision", "").strip().removesuffix(".0")
    return {**found, "revision": int(revision)} if revision.isdecimal() and len(revision) < 16 else {**found}
