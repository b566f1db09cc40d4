"""A count of a sheet's cells made without any reader, so that a cell that a reader loses is noticed.

Sheets are large and their rows are much alike, so rows of the plainest form are counted by a pattern.
"""

import re
import zipfile
from collections.abc import Iterable

from framework.workbook import limits
from framework.workbook.package import chunks
from framework.workbook.tally import Scan, Styles, Watcher


def scan(
    archive: zipfile.ZipFile, part: str, *, empty: frozenset[int] = frozenset(), styles: Iterable[int] = ()
) -> Scan:
    """Read one sheet's part as a stream.

    empty   the shared texts without a character
    styles  the styles whose cells are to be told
    Raises ExpatError, BadZipFile or ValueError when it is damaged, FileRefused when it takes too many cells.
    """
    watcher = Watcher(empty, frozenset(styles))
    plain = _PlainRows(watcher)
    with archive.open(part) as stream:
        for chunk in chunks(stream):
            plain.feed(chunk)
        plain.close()
    return watcher.found


# A formula beside its value does not matter here; one without a value goes to expat.
_FILLED = rb"(?:<f(?: [^<>&]*)?(?:/>|>[ -%'-;=-~]*+</f>))?<v>[ -%'-;=-~]++</v>"
_CELL = rb"""<c r="[A-Z]{1,3}\1"(?: s="[0-9]+")?(?: t="(?:s|n|b|e|str)")?(?:/>|>(?:%s)?</c>)""" % _FILLED
_ROW = re.compile(rb"""\s*+<row r="([1-9][0-9]{0,6})"((?: [\w:]+="[^"<&]*")*+)(?:/>|>((?:%s)*+)</row>)""" % _CELL)
_CELLS = re.compile(  # in a row that is known to be plain
    rb"""<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="([a-z]+)")?"""
    rb"""(?:/>|>(?:(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]+)</v>)?</c>)"""
)
_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_MOST_HELD = 4_000_000  # bytes of a part that wait for the end of their row


class _PlainRows:
    """Counts rows of the plainest form at the speed of a pattern, and gives all else to expat.

    A row goes by the pattern only when the pattern accounts for every byte of it; expat sees the part without those
    rows, so it still finds whatever is not well formed. Source of the plain form: what Excel, LibreOffice, openpyxl
    and XlsxWriter write for rows of numbers and shared texts.
    """

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._found = watcher.found
        self._held = b""
        self._state = "head"
        # A text that may be empty, or a style that a cell need not name, is seen only cell by cell.
        self._one_by_one = bool(watcher.empty) or 0 in watcher.styles
        # Of the row before: rows are much alike, and what is the same need not be worked out again.
        self._letters: list[bytes] = []
        self._reach = 0
        self._names: list[tuple[bytes, bytes]] = []
        self._styles: Styles = ()
        wanted = b"|".join(b"%d" % style for style in sorted(watcher.styles))
        self._styled = re.compile(rb'<c r="([A-Z]+)[0-9]+" s="(%s)"' % wanted) if wanted else None

    def feed(self, chunk: bytes) -> None:
        if self._state == "rest":
            self._watcher.parser.Parse(chunk)
            return
        self._held += chunk
        if self._state == "head":
            self._head()
        if self._state == "rows":
            self._rows()
        if self._state == "rest" or len(self._held) > _MOST_HELD:
            self._give_up()

    def close(self) -> None:
        self._give_up()
        self._watcher.parser.Parse(b"", True)

    def _give_up(self) -> None:
        self._watcher.parser.Parse(self._held)
        self._held = b""
        self._state = "rest"

    def _head(self) -> None:
        """Everything before the rows. They are plain where the names of cells need no prefix."""
        at = self._held.find(b"<sheetData>")
        if at < 0:
            return
        head, self._held = self._held[: at + 11], self._held[at + 11 :]
        self._watcher.parser.Parse(head)
        plain = self._watcher.between_rows and b"<!" not in head
        self._state = "rows" if plain else "rest"

    def _rows(self) -> None:
        held, at = self._held, 0
        while True:
            row = _ROW.match(held, at)
            if row is not None:
                self._row(row)
                at = row.end()
                continue
            end = held.find(b"</row>", at)
            if end < 0:
                break
            odd = held[at : end + 6]
            self._watcher.parser.Parse(odd)
            at = end + 6
            if b"<!" in odd or b"<?" in odd or not self._watcher.between_rows:
                self._state = "rest"
                break
        self._held = held[at:]
        if b"</sheetData>" in self._held:
            self._state = "rest"

    def _row(self, row: re.Match[bytes]) -> None:
        found = self._found
        number = int(row[1])
        self._watcher.start_row(number)
        if b"hidden=" in row[2] and (b'hidden="1"' in row[2] or b'hidden="true"' in row[2]):
            found.hidden_rows.add(number)
        body = row[3]
        if not body:
            return
        count = body.count(b"<c ")
        letters = _LETTERS.findall(body)
        if letters != self._letters:
            self._letters = letters
            self._reach = max(self._watcher.column_of(name.decode()) for name in letters)
        if (
            self._one_by_one
            or body.count(b"<v>") != count
            or b't="e"' in body
            or self._reach > limits.MOST_COLUMNS
            or number > limits.MOST_ROWS
        ):
            for name, style, kind, value in _CELLS.findall(body):
                self._watcher.plain_cell(name.decode(), style.decode(), kind.decode() or "n", value.decode())
            self._watcher.end_row()
            return
        found.cells += count
        found.filled += count
        found.reach(number, self._reach)
        found.wider(self._reach)
        if self._styled is not None:
            names = self._styled.findall(body)
            if names != self._names:
                self._names = names
                self._styles = tuple((self._watcher.column_of(name.decode()), int(style)) for name, style in names)
            if names:
                found.styled[number] = found.styled.get(number, ()) + self._styles
