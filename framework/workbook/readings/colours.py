"""Ratings by traffic light: words and letters for them, and what a static fill says. Never a status or a verdict."""

import re
from colorsys import rgb_to_hls
from enum import StrEnum
from functools import lru_cache

from framework.workbook.readings.plain import plain, without_footnote
from framework.workbook.readings.shape import Certainty, Reading


class Rag(StrEnum):
    """A rating as someone gave it in their own file; halves are kept."""

    RED = "red"
    AMBER_RED = "amber red"
    AMBER = "amber"
    AMBER_GREEN = "amber green"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


# Colours as such: exact.
_COLOURS = {
    Rag.RED: "r|red|🔴|🟥",
    Rag.AMBER: "a|amber|yellow|orange|y|🟠|🟡|🟧|🟨",
    Rag.GREEN: "g|green|🟢|🟩",
    Rag.BLUE: "b|blue|🔵|🟦",
    Rag.GREY: "grey|gray|white|w|⚪|⬜|⚫",
}
# What people write for a colour: assumed, because each may be a status too.
_MEANINGS = {
    Rag.RED: "critical|high risk|major concerns|off track|not met|severe|serious concerns|major problems",
    Rag.AMBER: "at risk|partially met|partly met|medium risk|some concerns|minor concerns|minor problems",
    Rag.GREEN: "met|on track|low risk|no concerns|good",
    Rag.BLUE: "embedded|complete|completed|done|fully embedded|closed",
    Rag.GREY: "not rated|unrated|no rating|not started|not due|n/a|na|tbc|none",
}
_BY_COLOUR = {word: rag for rag, words in _COLOURS.items() for word in words.split("|")}
_BY_MEANING = {word: rag for rag, words in _MEANINGS.items() for word in words.split("|")}
_HALVES = {
    frozenset({Rag.AMBER, Rag.RED}): Rag.AMBER_RED,
    frozenset({Rag.AMBER, Rag.GREEN}): Rag.AMBER_GREEN,
}
_NAMED = re.compile(r"(?:b?rag|status|rating)(?: (?:rating|status))?[ :=-]+")
_WITH_NOTE = re.compile(r"(?P<word>\w{3,})(?: - |[:;,] ?| ?\().+")
_BANDS = (((345, 360), Rag.RED), ((0, 15), Rag.RED), ((25, 50), Rag.AMBER), ((80, 160), Rag.GREEN))  # degrees of hue
_LEAST_SATURATION = 0.35
_DARKEST, _LIGHTEST = 0.12, 0.95  # beyond, a tint is seen as black or white whatever its hue
_RGB = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)


@lru_cache(maxsize=8192)
def read_rag(text: str) -> Reading:
    """A rating in words, letters or signs; value: Rag, None when it is none. A blank is none, and needs no question."""
    words = _NAMED.sub("", without_footnote(plain(text)), count=1).strip(" .!")
    if not words or words in ("-", "?"):
        return Reading(text, None, "not set")
    for said in (words, re.sub(r"(?<=\w)[ _-]+(?=\w)", " ", words)):
        if said in _BY_COLOUR:
            return Reading(text, _BY_COLOUR[said], "colour word")
        if said in _BY_MEANING:
            rag = _BY_MEANING[said]
            return Reading(text, rag, "known word", Certainty.ASSUMED, f"Taken as {rag}.")
    parts = [part for part in re.split(r"\s*[/&\\+-]\s*|\s+", words) if part]
    rags = [_BY_COLOUR.get(part) for part in parts]
    if len(parts) == 2 and None not in rags:
        if rags[0] is rags[1]:  # `🔴 red`
            return Reading(text, rags[0], "colour word")
        half = _HALVES.get(frozenset(rag for rag in rags if rag is not None))
        if half is not None:
            return Reading(text, half, "two colours")
    if (noted := _WITH_NOTE.fullmatch(words)) is not None and noted["word"] in _BY_COLOUR:
        rag = _BY_COLOUR[noted["word"]]
        return Reading(text, rag, "first word", Certainty.ASK, f"Is the rating {rag}, with the rest kept as a note?")
    return Reading(text, None, "unknown word", Certainty.ASK, f"'{text.strip()}' is no rating we know.")


def rag_of_colour(rgb: str) -> Rag | None:
    """The rating of a static fill, `RRGGBB` or `AARRGGBB`; None for every colour that is not plainly one.

    There is a gap between the bands, and blue has none: a wrong rating is worse than a question.
    """
    parts = _RGB.fullmatch(rgb.strip())
    if parts is None:
        return None
    hue, lightness, saturation = rgb_to_hls(*(int(part, 16) / 255 for part in parts.groups()))
    if saturation <= _LEAST_SATURATION or not _DARKEST <= lightness <= _LIGHTEST:
        return None
    degrees = hue * 360
    return next((rag for (low, high), rag in _BANDS if low <= degrees <= high), None)
