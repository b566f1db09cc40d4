"""What a number format says of the value under it: a percentage, a day, a month, a time of day."""

import re

from framework.workbook.shown import is_percent

__all__ = ["date_parts", "is_percent"]

_QUOTED_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def date_parts(number_format: str) -> frozenset[str]:
    """Which of `d`, `m`, `y` a date's format shows; empty when it is no date format. Minutes are not months."""
    letters = _QUOTED_PARTS.sub("", number_format.partition(";")[0]).casefold()
    letters = re.sub(r"h+[^dmy]*m+|m+[^dmy]*s+|general", "", letters)
    return frozenset(letters) & frozenset("dmy")
