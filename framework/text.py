"""Text as it is kept: one cleaning for what is typed and what is read from files."""

import unicodedata

LONGEST = 10_000  # characters; more is refused by whoever reads the text in


def clean(text: str) -> str:
    """NFC, plain spaces and line breaks, no control characters, trimmed.

    NUL and its kin are refused by PostgreSQL and invisible to people, so they go without a word.
    """
    text = unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{NO-BREAK SPACE}", " ")
    )
    text = text.replace("_x000D_", "")
    return "".join(c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
