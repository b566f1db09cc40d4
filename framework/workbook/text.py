"""Text between cells and people: what names the same thing, what a cell can hold, how much a message quotes."""

import re
from functools import lru_cache
from typing import Any

from framework.text import clean

QUOTED = 60  # characters of a cell that a message shows
CELL_HOLDS = 32_767  # characters; Excel's own limit
# A program that opens a file may take a text that begins so for a formula; the full-width ones too.
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001

_NAME_LENGTH = 200  # a longer text is hardly a name that comes again
_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")


def drop_illegal(text: str) -> str:
    """The text without what no XML can hold. Everything else stays as it is, however it looks."""
    return text if text.isascii() else _ILLEGAL.sub("", text)


def write_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Write a text into a cell, whatever it looks like. One of more than `CELL_HOLDS` characters is not written."""
    plain = drop_illegal(text)
    if plain.startswith("<r>") and plain.endswith("</r>"):
        # XlsxWriter takes such a text for XML of its own and writes it as it stands; in two runs it is escaped.
        sheet.write_rich_string(row, column, form, plain[:1], form, plain[1:], form)
    else:
        sheet.write_string(row, column, plain, form)


def key(text: str) -> str:
    """Two texts with the same key name the same thing: capitals and runs of spaces do not tell names apart."""
    return _kept_key(text) if len(text) <= _NAME_LENGTH else _key(text)


def _key(text: str) -> str:
    return " ".join(clean(text).casefold().split())


_kept_key = lru_cache(maxsize=16_384)(_key)  # thousands of cells name the same few things


def quoted(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
