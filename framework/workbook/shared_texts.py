"""The texts that an Excel package's cells share: which of them are empty. Found without any reader."""

import re
import zipfile

from framework.workbook.package import chunks, parser_without_types

_TEXTLESS = re.compile(rb"<(?:t|si)(?:\s[^<>]*)?(?:/>|></)|<!")
_TEXT = re.compile(rb"<t[\s>]")


def empty_texts(archive: zipfile.ZipFile, part: str) -> frozenset[int]:
    """Which of the shared texts, counted from 0, hold no character: a cell that names one of them is empty."""
    if not part:
        return frozenset()
    if not _may_hold_an_empty_text(archive, part):
        return frozenset()
    watcher = _Watcher()
    parser = parser_without_types()
    parser.buffer_text = True
    parser.StartElementHandler = watcher.start
    parser.EndElementHandler = watcher.end
    parser.CharacterDataHandler = watcher.text
    with archive.open(part) as stream:
        for chunk in chunks(stream):
            parser.Parse(chunk)
    return frozenset(watcher.empty)


def _may_hold_an_empty_text(archive: zipfile.ZipFile, part: str) -> bool:
    """A quick look: one plain `<t>` for each `<si>`, and no sign of one without characters, means none is empty."""
    left = b""
    with archive.open(part) as stream:
        for chunk in chunks(stream):
            left += chunk
            cut = left.rfind(b"</si>")
            if cut < 0:
                return True
            block, left = left[:cut], left[cut:]
            if _TEXTLESS.search(block) or block.count(b"<si>") != len(_TEXT.findall(block)):
                return True
    return bool(_TEXTLESS.search(left))


class _Watcher:
    """Follows the shared texts; phonetic readings beside a text are no part of it."""

    def __init__(self) -> None:
        self.empty: set[int] = set()
        self._number = -1
        self._in_text = self._phonetic = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "si":
            self._number += 1
            self.empty.add(self._number)
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def text(self, _: str) -> None:
        if self._in_text:
            self.empty.discard(self._number)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False
