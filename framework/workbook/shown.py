"""How a cell's value looks to a person, who quotes it so."""

import re
from datetime import date, datetime, time
from functools import lru_cache

from framework.workbook.cells import CellValue

GENERAL = "General"
# Not strftime's, which are another language's on another machine.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MIDNIGHT = time()
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_QUOTED_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@lru_cache(maxsize=1_024)
def is_percent(number_format: str) -> bool:
    return "%" in number_format and "%" in _QUOTED_PARTS.sub("", number_format)


def shown(value: CellValue, number_format: str = GENERAL) -> str:
    """`75%`, `12 Nov 2026`, `62`; a text is itself, None is nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return f"{_digits(round(value * 100, 10))}%" if is_percent(number_format) else _digits(value)
    if isinstance(value, date):
        day = f"{value.day:02} {_MONTHS[value.month - 1]} {value.year:04}"
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) and value.time() != _MIDNIGHT else day
    return "" if value is None else str(value)


def _digits(value: int | float) -> str:
    """As Excel shows it: a whole number without the `.0`, else 15 digits."""
    if type(value) is int:
        return str(value)
    return f"{value:.0f}" if value == value // 1 and abs(value) < 2**63 else f"{value:.15g}"


def unescaped(text: str) -> str:
    """Control characters, which XML cannot hold, are written `_x000D_`; openpyxl leaves that as it stands.

    It also takes off the mark of a text that only looks so, hence no more than control characters are turned back.
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
