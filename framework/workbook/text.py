"""What text from a cell is once the marks of spreadsheets are off it, and how much of it a message quotes."""

import re
import unicodedata
from functools import lru_cache

QUOTED = 60  # characters of a cell that a message shows
CELL_HOLDS = 32_767  # characters; Excel's own limit

_NAME_LENGTH = 200  # a longer text is hardly a name that comes again
_DROPPED = (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0xFEFF, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED, None),
    **dict.fromkeys((0x09, 0xA0, 0x2007, 0x202F), " "),
    0x0A: "\n",
}


def clean(text: str) -> str:
    """Trimmed, plain spaces and line breaks, no control characters, composed (NFC). Cleaning twice is cleaning once."""
    if text.isascii() and text.isprintable():
        return text.strip()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    return unicodedata.normalize("NFC", plain).strip()


def drop_illegal(text: str) -> str:
    """The text without what no XML can hold. Everything else stays as it is, however it looks."""
    return text if text.isascii() else _ILLEGAL.sub("", text)


def key(text: str) -> str:
    """Two texts with the same key name the same thing: capitals and runs of spaces do not tell names apart."""
    return _kept_key(text) if len(text) <= _NAME_LENGTH else _key(text)


def _key(text: str) -> str:
    return " ".join(clean(text).casefold().split())


_kept_key = lru_cache(maxsize=16_384)(_key)  # thousands of cells name the same few things


def quoted(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
