"""Text before it is read: one case, one kind of dash and apostrophe, no footnote marks, single spaces."""

import re
from functools import lru_cache

from framework.text import clean

_ALIKE = str.maketrans(
    {
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{GRAVE ACCENT}": "'",
        "\N{FRACTION SLASH}": "/",
        "\N{VARIATION SELECTOR-16}": None,
    }
)
_FOOTNOTES = re.compile(r"(?:\s*(?:[*†‡§¹²³⁰⁴-⁹]+|\[(?:\d|[a-z])\]|\(\d\)))+$")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """The text in lower case on one line, its dashes and apostrophes alike."""
    return " ".join(clean(text).translate(_ALIKE).casefold().split())


def without_footnote(words: str) -> str:
    """Plain words without the marks of a footnote at their end: `july 2025*`, `july 2025 [1]`. Bare marks stay."""
    return _FOOTNOTES.sub("", words) or words
