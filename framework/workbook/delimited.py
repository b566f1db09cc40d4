"""Text as a sheet: the encoding and the delimiter are found out, and each field becomes a cell where Excel shows it."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from framework.workbook import limits, refusals
from framework.workbook.rows import Compact, trimmed

_DELIMITERS = ",;\t|"
_SAMPLE = 200  # lines that are looked at to find the delimiter
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ALONE = re.compile(rb"\r(?!\n)")
_PARTS = 1 << 16


def decoded(content: bytes) -> str:
    """The text. Raises FileRefused when it is none.

    A mark at its beginning says the encoding (without looking for it, UTF-16 would pass for Western European); else
    it is UTF-8, or else Western European: of a Mac when its lines end as only old Mac programs ended them.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _decoded(content, "mac_roman" if b"\n" not in content and _ALONE.search(content) else "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as sign:
        raise refusals.OTHER.refused() from sign


def delimiter_of(text: str) -> str:
    """What parts the fields. The sniffer's guess counts when it gives rows of one length; else whatever does best."""
    lines = _first_lines(text)
    guesses = [*_sniffed("\n".join(lines)), *_DELIMITERS]
    best = max(guesses, key=lambda delimiter: (_agreement(lines, delimiter), -guesses.index(delimiter)))
    return best if _agreement(lines, best) > 0 else ","


def _first_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in io.StringIO(text[: limits.MOST_OF_A_FIELD], newline=None):
        lines.append(line.rstrip("\n"))
        if len(lines) == _SAMPLE:
            break
    return lines


def _sniffed(sample: str) -> list[str]:
    try:
        return [csv.Sniffer().sniff(sample[:20_000], _DELIMITERS).delimiter]
    except csv.Error:
        return []


def _agreement(lines: Iterable[str], delimiter: str) -> float:
    """How many of the rows have the commonest number of fields, when that is more than one: 0 to 1.

    Rows of titles and notes above a table are short, so they do not count against it.
    """
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0
    commonest = max(set(several), key=lambda width: (several.count(width), width))
    return several.count(commonest) / len(widths)


def read_text(content: bytes) -> list[list[Compact]]:
    """The text's fields as rows in compact form; every value is text. Raises FileRefused when they are too many."""
    text = decoded(content)
    if not text.strip("\ufeff \t\r\n\x1a\0"):
        raise refusals.EMPTY.refused()
    csv.field_size_limit(limits.MOST_OF_A_FIELD)
    rows: list[list[Compact]] = []
    cells = 0
    try:
        for fields in csv.reader(_lines(text), delimiter=delimiter_of(text)):
            row = trimmed([field or None for field in fields])
            rows.append(row)
            cells += len(row)
            if len(rows) > limits.MOST_ROWS or len(row) > limits.MOST_COLUMNS:
                raise refusals.TOO_LONG.refused()
            if cells > limits.MOST_CELLS:
                raise refusals.TOO_MANY_CELLS.refused()
    except csv.Error as sign:
        raise refusals.LONG_FIELD.refused() from sign
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, so that a field keeps its line breaks; an old end-of-file mark is no field."""
    return iter(io.StringIO(text.rstrip("\x1a"), newline=""))
