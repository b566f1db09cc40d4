"""Dates that people typed as text: our own reading, because libraries that guess swap day and month unasked."""

import re
from calendar import month_name, monthrange
from datetime import date

from framework.text import clean
from framework.workbook.problems import Unfit

EXAMPLE = "a date such as 12 Nov 2026"
FIRST_YEAR, LAST_YEAR = 1900, 2100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})", re.ASCII)  # the day first, as in Britain
_WORDS = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{2,4})", re.ASCII | re.IGNORECASE)


def read_date(text: str) -> date:
    """The day a text names. Raises Unfit, saying why, when it names none or could be two."""
    words = " ".join(clean(text).split())
    if found := _ISO.fullmatch(words):
        return day(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHES.fullmatch(words):
        return day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(words):
        return day(_year(found[3]), _month(found[2]), int(found[1]))
    raise Unfit("CELL-DATE", EXAMPLE)


def day(year: int, month: int, number: int) -> date:
    """The day itself, or why there is none."""
    if not 1 <= month <= 12:
        raise _why(f"there is no month {month}; the day stands first")
    within(year)
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise _why(f"{month_name[month]}{f' {year}' if month == 2 else ''} has {last} days")
    return date(year, month, number)


def within(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _why(f"the year must lie from {FIRST_YEAR} to {LAST_YEAR}")


def _year(digits: str) -> int:
    if len(digits) != 4:
        raise _why("write the year with four digits")
    return int(digits)


def _month(name: str) -> int:
    wanted = name.casefold()
    for number, month in enumerate(month_name[1:], 1):
        if wanted in (month.casefold(), month[:3].casefold()) or (wanted == "sept" and number == 9):
            return number
    raise _why(f"there is no month {name}")


def _why(reason: str) -> Unfit:
    return Unfit("CELL-DATE", f"{EXAMPLE} ({reason})")
