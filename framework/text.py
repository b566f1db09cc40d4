"""Text as it is kept and as it is searched: one cleaning for what is typed or read, one folding for every search."""

import unicodedata

# Control characters are refused by PostgreSQL and unseen by people; zero-width ones tell apart what looks the same.
_DROPPED = (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0xFEFF, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
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


def folded(text: str) -> str:
    """Without case, accents and doubled spaces: `Café` is found by `cafe`, and any apostrophe by the plain one."""
    flat = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).casefold().split())
