"""Text between cells and people: what names the same thing, what a cell can hold, how much a message quotes."""

import re
from functools import lru_cache

from framework.text import clean

QUOTED = 60  # characters of a cell that a message shows
CELL_HOLDS = 32_767  # characters; Excel's own limit

_NAME_LENGTH = 200  # a longer text is hardly a name that comes again
_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")


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
