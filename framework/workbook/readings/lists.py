"""Lists inside one cell. A comma parts them only where the parts are whole known options."""

import re
from collections.abc import Iterable, Sequence

from framework.text import clean
from framework.workbook.readings.plain import plain
from framework.workbook.readings.shape import Certainty, Reading

_BREAKS = re.compile(r"\s*[;\n]+\s*|\s*[•‣◦▪●·]\s*")
_MARK = re.compile(r"^(?:[-*•‣◦▪●·]+\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+(?:\s*,\s*\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_DECIMAL = re.compile(r"(\d+)\.(\d+)")


def read_list(text: str, options: Iterable[str] = ()) -> Reading:
    """What a cell lists; value: a tuple of texts, in order, none twice. One text is a list of one.

    options  the whole texts that can stand in this list; a comma inside one of them parts nothing
    """
    known = {plain(option): option for option in options}
    parts = [_MARK.sub("", part).strip() for part in _BREAKS.split(clean(text))]
    items: list[str] = []
    asked = ""
    for part in filter(None, parts):
        found, question = _at_commas(part, known)
        items += found
        asked = asked or question
    rule = "split" if len(items) > 1 else "one"
    value = tuple(dict.fromkeys(items))
    return Reading(text, value, rule, Certainty.ASK if asked else Certainty.EXACT, asked)


def _at_commas(part: str, known: dict[str, str]) -> tuple[list[str], str]:
    """The items of one part, and a question where it could be parted in two ways."""
    if plain(part) in known:
        return [known[plain(part)]], ""
    if (decimal := _DECIMAL.fullmatch(part)) is not None:
        if known and all(plain(half) in known for half in decimal.groups()):
            return [part], f"{part}, or {decimal[1]} and {decimal[2]}?"
        return [part], ""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) < 2:
        return [part], ""
    if _NUMBERS.fullmatch(part):
        if _THOUSANDS.fullmatch(part):
            return [part], f"The number {part}, or a list of numbers?"
        return pieces, ""
    if not known:
        return [part], ""
    matched = _whole_options(pieces, known)
    if matched is not None:
        return matched, ""
    some = any(plain(piece) in known for piece in pieces)
    return [part], f"Is '{part}' one thing, or a list with something unknown in it?" if some else ""


def _whole_options(pieces: Sequence[str], known: dict[str, str]) -> list[str] | None:
    """The pieces joined to known options, the longest first; None when they do not all fit."""
    most = 1 + max(option.count(",") for option in known)
    taken = [0] * len(pieces)  # from each piece on, how many make the first option; 0: the rest does not fit
    for start in range(len(pieces) - 1, -1, -1):
        for count in range(min(most, len(pieces) - start), 0, -1):
            after = start + count
            fits = after == len(pieces) or taken[after] > 0
            if fits and plain(", ".join(pieces[start:after])) in known:
                taken[start] = count
                break
    if not taken[0]:
        return None
    items, start = [], 0
    while start < len(pieces):
        items.append(known[plain(", ".join(pieces[start : start + taken[start]]))])
        start += taken[start]
    return items
