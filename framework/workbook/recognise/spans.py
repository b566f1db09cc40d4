"""Headings that name a time: `Autumn 1`, `2024/25`, `Sep-24`, `Target Q2`. One column a period is made of them."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from framework.workbook.cells import Cell
from framework.workbook.recognise.labels import normal

_YEAR = r"(?:19[5-9]\d|20[0-6]\d)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_TERM = r"(?:aut(?:umn)?|spr(?:ing)?|sum(?:mer)?|michaelmas|lent|trinity|winter)"
_ACADEMIC = rf"(?:{_YEAR}\s*[/\u2013-]\s*(?:{_YEAR}|\d{{2}})|\d{{2}}\s*[/\u2013]\s*\d{{2}}|\d{{2}}-\d{{2}}|20\d{{4}})"
_WHEN_YEAR = rf"(?:\s*(?:{_ACADEMIC}|{_YEAR}|['\u2019]\d{{2}}))?"
_FORMS = (
    rf"(?:end\s+of\s+|by\s+)?{_TERM}\s*-?\s*(?:term)?\s*-?\s*[12]?(?:st|nd)?\s*(?:half)?(?:\s*term)?(?:\s+\d{{2}}\b)?{_WHEN_YEAR}",
    rf"(?:ht|half\s*-?\s*term|term|t)\s*-?\s*[1-6]{_WHEN_YEAR}",
    rf"(?:quarter|qtr|q)\s*-?\s*[1-4](?:\s*(?:fy)?\s*(?:{_ACADEMIC}|{_YEAR}|\d{{4}}|['\u2019]?\d{{2}}))?",
    rf"(?:{_ACADEMIC}|{_YEAR})\s*(?:quarter|qtr|q)\s*-?\s*[1-4]",
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./-]+)?{_MONTH}\.?(?:[\s./,-]*(?:{_YEAR}|['\u2019]?\d{{2}}))?",
    rf"{_YEAR}[\s./-]+{_MONTH}",
    rf"(?:end\s+of\s+|as\s+at\s+)?{_MONTH}(?:[\s-]+{_YEAR})?",
    r"(?:week|wk|w/c|w/e|month)\s*-?\s*\d{1,2}(?:[/.]\d{1,2}(?:[/.]\d{2,4})?)?",
    rf"(?:week|w/c|w/e|wc|we)\s+\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+{_YEAR})?",
    rf"(?:ay|fy|academic\s+year|financial\s+year|school\s+year|year\s+ending|ye)?\s*(?:{_ACADEMIC}|{_YEAR})",
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}",
    r"\d{4}-\d{2}-\d{2}",
)
_PERIOD = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
# Within a longer heading only what cannot be an ordinary word: `May` and `T1` are not enough there.
_WITHIN = re.compile(
    rf"\b(?:{_TERM}\s+(?:term\s*)?[12]?(?:\s*{_ACADEMIC}|\s*{_YEAR})?|{_TERM}|(?:q|quarter\s?|ht|half\s*-?\s*term\s?|term\s?)[1-6]"
    rf"(?:\s*{_ACADEMIC}|\s*{_YEAR})?|{_MONTH}[\s'-]+(?:{_YEAR}|\d{{2}})|{_ACADEMIC}|{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1950, 2069


class Span(NamedTuple):
    """A period in a heading, in its own words, and what else the heading says (normalised; empty: nothing)."""

    words: str
    rest: str


def is_period(cell: Cell) -> bool:
    """Whether a cell names nothing but a time, as a heading of a period's column does."""
    value = cell.value
    if isinstance(value, bool):
        return False
    if isinstance(value, date | datetime):
        return True
    if isinstance(value, int | float):
        return value == int(value) and _FIRST_YEAR <= value <= _LAST_YEAR
    return isinstance(value, str) and is_period_text(value)


@lru_cache(maxsize=8_192)
def is_period_text(text: str) -> bool:
    flat = " ".join(text.replace("\u2013", "-").split()).strip(" *:.")
    return 1 < len(flat) <= 40 and _PERIOD.fullmatch(flat) is not None


@lru_cache(maxsize=8_192)
def span_in(text: str) -> Span | None:
    """The period that a heading names, among other words or alone; None: it names none."""
    flat = " ".join(text.split())
    if is_period_text(flat):
        return Span(flat, "")
    found = _WITHIN.search(flat) if len(flat) <= 80 else None
    if found is None:
        return None
    return Span(found[0].strip(), normal(f"{flat[: found.start()]} {flat[found.end() :]}"))
