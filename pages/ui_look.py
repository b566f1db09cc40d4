"""The look: its colours in both themes, and the one stylesheet (look.css). Holds no words and no data."""

from functools import cache
from pathlib import Path
from typing import NamedTuple


class Pair(NamedTuple):
    """A colour on white paper and the same colour on dark paper."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        return f"light-dark({self.light}, {self.dark})"


PAPER = Pair("#FFFFFF", "#14181D")
INK = Pair("#1A1A1A", "#F1F3F5")
QUIET = Pair("#4E5660", "#B3BCC6")
HAIRLINE = Pair("#D9DEE3", "#343C45")
STRONG = Pair("#12436D", "#6BACE6")  # bars, focus, links
FILLED = Pair("#12436D", "#2073BC")  # white text stands on it
TINT = Pair("#E7EFF8", "#1D2A38")
FIELD = Pair("#F4F6F8", "#1B2128")

GREEN = Pair("#1B7A43", "#5CC98A")
AMBER = Pair("#8A5A00", "#F0B44C")
RED = Pair("#B3261E", "#FF8A80")
GREY = Pair("#5B6570", "#A9B2BC")

_VARIABLES = {
    "paper": PAPER,
    "ink": INK,
    "quiet": QUIET,
    "hairline": HAIRLINE,
    "strong": STRONG,
    "filled": FILLED,
    "tint": TINT,
    "field": FIELD,
    "green": GREEN,
    "amber": AMBER,
    "red": RED,
    "grey": GREY,
}


@cache
def css() -> str:
    """The stylesheet with its colours."""
    variables = " ".join(f"--cd-{name}: {pair.css};" for name, pair in _VARIABLES.items())
    return f":root {{ {variables} }}\n" + Path(__file__).with_name("look.css").read_text(encoding="utf-8")
