"""How the workbook looks: every cell format, in one place, and the colours that go with the words of a status."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from framework.plans import Status
from framework.subjects import Kind

DATE_FORMAT = "dd mmm yyyy"  # the same day to every reader
_INK = "#12436D"
_GREEN, _AMBER, _RED, _GREY = "#1B7A43", "#8A5A00", "#B3261E", "#5B6570"
WRONG, TO_FILL = ("pale red", "#FBE3E1"), ("pale yellow", "#FFF6CC")  # beside words, never instead of them

# Colour never stands alone: it is laid on the word itself.
STATUS_COLOURS: dict[Status, tuple[str, str]] = {
    Status.NOT_STARTED: ("grey", _GREY),
    Status.ON_TRACK: ("green", _GREEN),
    Status.AT_RISK: ("amber", _AMBER),
    Status.BLOCKED: ("red", _RED),
    Status.DONE: ("green", _GREEN),
    Status.STOPPED: ("grey", _GREY),
}
WIDTHS: dict[Kind, float] = {
    Kind.TEXT: 24,
    Kind.LONG: 48,
    Kind.DATE: 13,
    Kind.NUMBER: 12,
    Kind.WHOLE: 12,
    Kind.CHOICE: 15,
    Kind.FLAG: 10,
    Kind.ONE: 18,
    Kind.MANY: 20,
    Kind.PERIOD: 20,
    Kind.SCHOOL_YEAR: 14,
}
_HEADING = {
    "bold": True,
    "text_wrap": True,
    "font_color": "#FFFFFF",
    "bg_color": _INK,
    "border": 1,
    "border_color": "#FFFFFF",
}
LINE = 15.0  # points; the height of a row of one line
TITLE_LINE = 24.0  # points
_TALLEST = 405.0  # points; Excel's limit is 409
# Columns of text: what is typed there stays as it was typed, and `11/12` does not become a date.
_TYPED = {Kind.TEXT, Kind.CHOICE, Kind.ONE, Kind.MANY, Kind.PERIOD, Kind.SCHOOL_YEAR}


def height(texts: Iterable[tuple[str, float]]) -> float:
    """How high a row must be, in points, to show wrapped texts in columns of these widths (characters).

    LibreOffice, unlike Excel, does not fit a row to its text when it opens a file: lines would lie upon each other.
    """
    lines = (sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n")) for text, width in texts)
    return min(LINE * max(lines, default=1), _TALLEST)


@dataclass(frozen=True)
class Looks:
    """A workbook's formats."""

    title: Any
    help: Any
    heading: Any
    hidden: Any
    body: Any
    typed: Any
    guarded: Any  # text that looks like a formula: an edit keeps it text
    date: Any
    guide: Any
    guide_heading: Any
    status: dict[Status, Any]
    check: Any  # what is wrong in a row, in words
    check_heading: Any
    to_fill: Any  # where an answer is typed: it stays as it was typed
    link: Any

    def of(self, kind: Kind) -> Any:
        if kind is Kind.DATE:
            return self.date
        return self.typed if kind in _TYPED else self.body


def looks(workbook: Any) -> Looks:
    """Make the formats in a workbook."""

    def make(**form: Any) -> Any:
        return workbook.add_format({"valign": "top", **form})

    return Looks(
        title=make(bold=True, font_size=16, font_color=_INK),
        help=make(font_color="#4E5660"),
        heading=make(**_HEADING),
        hidden=make(font_color="#4E5660"),
        body=make(text_wrap=True),
        typed=make(text_wrap=True, num_format="@"),
        guarded=make(text_wrap=True, num_format="@", quote_prefix=True),
        date=make(num_format=DATE_FORMAT, align="left"),
        guide=make(text_wrap=True),
        guide_heading=make(bold=True, font_size=13, font_color=_INK),
        status={s: workbook.add_format({"bold": True, "font_color": c}) for s, (_, c) in STATUS_COLOURS.items()},
        check=make(text_wrap=True, font_color=_RED),
        check_heading=make(**{**_HEADING, "bg_color": _RED}),
        to_fill=make(text_wrap=True, num_format="@", bg_color=TO_FILL[1], border=1, border_color=_GREY),
        link=make(font_color=_INK, underline=1),
    )
