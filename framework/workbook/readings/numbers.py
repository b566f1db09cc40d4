"""Numbers and percentages as people type them: bounds, ranges, counts and the signs of official statistics are kept."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from framework.kpis.kpi import Symbol
from framework.text import clean
from framework.workbook.cells import Cell
from framework.workbook.readings.formats import is_percent
from framework.workbook.readings.plain import plain, without_footnote
from framework.workbook.readings.shape import Certainty, Reading


class Comparator(StrEnum):
    """How a number that is only a bound was meant."""

    ABOVE = ">"
    AT_LEAST = "≥"
    BELOW = "<"
    AT_MOST = "≤"


@dataclass(frozen=True)
class Amount:
    """A number as it was written. Of a percentage, `number`, `low` and `high` are on the scale 0 to 100.

    number       None: a range, or a sign instead of a number
    low, high    both ends of a range, else None
    numerator, denominator  of `3 of 4`, else None
    symbol       the sign that stands for the number
    comparator   what the number bounds; None: it is the number itself
    """

    number: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    symbol: Symbol | None = None
    comparator: Comparator | None = None


# DfE's data standard, and the signs it replaced.
SYMBOLS = {
    "z": Symbol.NOT_APPLICABLE,
    "x": Symbol.NOT_AVAILABLE,
    "..": Symbol.NOT_AVAILABLE,
    ":": Symbol.NOT_AVAILABLE,
    "…": Symbol.NOT_AVAILABLE,
    "c": Symbol.SUPPRESSED,
    "supp": Symbol.SUPPRESSED,
    "low": Symbol.LOW,
    "k": Symbol.LOW,
    "u": Symbol.UNRELIABLE,
}
# What people write where there is no number, or none yet. Which of the two, only they know.
NONE_YET = frozenset(
    (
        "n/a",
        "na",
        "tbc",
        "tbd",
        "tba",
        "none",
        "nil",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "?",
        "pending",
        "not yet",
        "awaited",
    )
)
_PLAIN = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)? ?(%?)", re.ASCII)
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_SIGN = r" ?(?:%|per ?cent\b|pc\b|percent\b)"
_RANGE = re.compile(rf"(?:between |from )?({_FIGURE})({_SIGN})? ?(?:-|to|and) ?({_FIGURE})({_SIGN})?")
_COUNTS = rf"({_FIGURE}) ?(?:/|of|out of) ?({_FIGURE})"
_COUNTED = re.compile(_COUNTS)
_COUNTED_SHARE = re.compile(
    rf"(?P<share>{_FIGURE}){_SIGN} ?\((?:{_COUNTS})\)|(?:{_COUNTS}) ?[(=,-] ?(?P<after>{_FIGURE}){_SIGN}\)?"
)
_BEFORE = {
    ">=": Comparator.AT_LEAST, "≥": Comparator.AT_LEAST, "=>": Comparator.AT_LEAST, ">": Comparator.ABOVE,
    "<=": Comparator.AT_MOST, "≤": Comparator.AT_MOST, "=<": Comparator.AT_MOST, "<": Comparator.BELOW,
    "at least": Comparator.AT_LEAST, "minimum": Comparator.AT_LEAST, "minimum of": Comparator.AT_LEAST,
    "min": Comparator.AT_LEAST, "no fewer than": Comparator.AT_LEAST, "no less than": Comparator.AT_LEAST,
    "more than": Comparator.ABOVE, "over": Comparator.ABOVE, "above": Comparator.ABOVE,
    "greater than": Comparator.ABOVE,
    "less than": Comparator.BELOW, "under": Comparator.BELOW, "below": Comparator.BELOW, "fewer than": Comparator.BELOW,
    "at most": Comparator.AT_MOST, "up to": Comparator.AT_MOST, "maximum": Comparator.AT_MOST,
    "maximum of": Comparator.AT_MOST, "max": Comparator.AT_MOST, "no more than": Comparator.AT_MOST,
}  # fmt: skip
_AFTER = {
    "+": Comparator.AT_LEAST, "or more": Comparator.AT_LEAST, "or above": Comparator.AT_LEAST,
    "or higher": Comparator.AT_LEAST, "and above": Comparator.AT_LEAST, "minimum": Comparator.AT_LEAST,
    "plus": Comparator.AT_LEAST, "or less": Comparator.AT_MOST, "or fewer": Comparator.AT_MOST,
    "or below": Comparator.AT_MOST, "or lower": Comparator.AT_MOST, "and below": Comparator.AT_MOST,
    "maximum": Comparator.AT_MOST,
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_COMPARED = re.compile(
    rf"(?P<before>{_any_of(_BEFORE)})? ?(?P<figure>{_FIGURE})(?P<sign>{_SIGN})? ?(?P<after>{_any_of(_AFTER)})?"
)
_ABOUT = re.compile(r"(?:~|≈|c\.|ca\.?|circa|about|around|approx\.?|approximately|roughly) ?")
_POUNDS = re.compile(r"(-?)£ ?(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?|(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)? ?(?:gbp|pounds)")
_SHORT = re.compile(r"(?:£ ?)?(\d+(?:\.\d+)?) ?(k|m|mn|million|thousand|bn)", re.ASCII)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9}
_BOOKKEEPER = re.compile(r"\((\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\)")  # (1,234) is below nought
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?", re.ASCII)
_LEADING = re.compile(rf"(?P<figure>-?(?:{_FIGURE}))(?P<sign>{_SIGN})?[ (].*")
_NOT_A_NUMBER = "This is not a number."


def number_in(text: str) -> float | int | None:
    """The number a text is, `12%` being 12; None when it is more or less than a number."""
    found = _PLAIN.fullmatch(clean(text).replace("\N{MINUS SIGN}", "-"))
    if found is None or not (found[2] or found[3]):
        return None
    digits = f"{found[1]}{(found[2] or '0').replace(',', '')}"
    if found[3] or len(digits) > 17:
        return float(f"{digits}{found[3] or ''}")
    return int(digits)


def read_amount(cell: Cell) -> Reading:
    """A number; value: Amount, or None where the cell holds none. `12%` is 12."""
    reading, _ = read_number(cell)
    if reading.value is not None and reading.value.denominator is not None and reading.rule == "counts":
        return reading.less_sure(Certainty.ASK, "Is the number counted, or is it the share?")
    return reading


def read_number(cell: Cell) -> tuple[Reading, bool]:
    """The number, and whether it says itself that it is a percentage."""
    value = cell.value
    if cell.formula_without_value:
        return _wrong(cell, "formula", "This formula was never calculated."), False
    if cell.is_error:
        return _wrong(cell, "cell error", f"The cell shows {cell.raw}."), False
    if value is None or cell.blank:
        return Reading(cell.raw, None, "nothing"), False
    if isinstance(value, date):
        was = f"{value.day}/{value.month}"
        says = f'Excel has changed "{was}" into {value.day} {value:%B}.'
        return _wrong(cell, "turned into a date", says), False
    if isinstance(value, str):
        reading, signed = _of_text(value)
        return replace(reading, raw=cell.raw), signed
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return _wrong(cell, "not a number", _NOT_A_NUMBER), False
    if is_percent(cell.number_format):
        return Reading(cell.raw, Amount(round(value * 100, 10)), "percent format"), True
    return Reading(cell.raw, Amount(float(value)), "number"), False


@lru_cache(maxsize=8192)
def _of_text(text: str) -> tuple[Reading, bool]:
    words = without_footnote(plain(text))
    if (number := number_in(words)) is not None:
        return _amount(Amount(float(number)), "number"), "%" in words
    for said in (words, words.strip("[]")):
        if said in SYMBOLS:
            return _amount(Amount(symbol=SYMBOLS[said]), "symbol"), False
    about = _ABOUT.match(words)
    if about is not None:
        reading, signed = _of_text(words[about.end() :])
        return (reading.less_sure(Certainty.ASSUMED, "It says about.") if reading.value else reading), signed
    return _compared(words) or _ranged(words) or _counted(words) or _money(words) or _first_number(words)


def _compared(words: str) -> tuple[Reading, bool] | None:
    found = _COMPARED.fullmatch(words)
    if found is None or (found["before"] and found["after"]):
        return None
    comparator = _BEFORE.get(found["before"] or "") or _AFTER.get(found["after"] or "")
    rule = "number" if comparator is None else "comparator"
    return _amount(Amount(_figure(found["figure"]), comparator=comparator), rule), bool(found["sign"])


def _ranged(words: str) -> tuple[Reading, bool] | None:
    found = _RANGE.fullmatch(words)
    if found is None or _figure(found[1]) >= _figure(found[3]):
        return None
    return _amount(Amount(low=_figure(found[1]), high=_figure(found[3])), "range"), bool(found[2] or found[4])


def _counted(words: str) -> tuple[Reading, bool] | None:
    if (both := _COUNTED_SHARE.fullmatch(words)) is not None:
        top, bottom, share = both[2] or both[4], both[3] or both[5], _figure(both["share"] or both["after"])
        amount = Amount(share, numerator=_figure(top), denominator=_figure(bottom))
        if _figure(bottom) and abs(100 * _figure(top) / _figure(bottom) - share) <= 1:
            return _amount(amount, "share and counts"), True
        reading = _amount(amount, "share and counts")
        return reading.less_sure(Certainty.ASK, "The share and its two counts do not agree."), True
    found = _COUNTED.fullmatch(words)
    if found is None or not _figure(found[2]):
        return None
    top_, bottom_ = _figure(found[1]), _figure(found[2])
    amount = Amount(top_ / bottom_, numerator=top_, denominator=bottom_)
    return _amount(amount, "counts").less_sure(Certainty.ASSUMED, "Worked out from its two counts."), False


def _money(words: str) -> tuple[Reading, bool] | None:
    if (pounds := _POUNDS.fullmatch(words)) is not None:
        number = _figure(f"{pounds[3] or pounds[5]}{pounds[4] or pounds[6] or ''}")
        return _amount(Amount(-number if pounds[1] or pounds[2] else number), "pounds"), False
    if (short := _SHORT.fullmatch(words)) is not None:
        amount = Amount(round(float(short[1]) * _TIMES[short[2]], 2))
        return _amount(amount, "shortened").less_sure(Certainty.ASK, f"Is {amount.number:,.0f} meant?"), False
    if (owed := _BOOKKEEPER.fullmatch(words)) is not None:
        amount = Amount(-_figure(f"{owed[1]}{owed[2] or ''}"))
        return _amount(amount, "in brackets").less_sure(Certainty.ASSUMED, "In brackets: below nought."), False
    if _SPACED.fullmatch(words) is not None:
        return _amount(Amount(float(words.replace(" ", ""))), "spaced").less_sure(Certainty.ASSUMED, ""), False
    return None


def _first_number(words: str) -> tuple[Reading, bool]:
    """`75% of pupils`: the number is proposed, the rest is someone's to judge."""
    found = _LEADING.fullmatch(words)
    if found is None:
        return Reading("", None, "not a number", Certainty.ERROR, _NOT_A_NUMBER), False
    reading = _amount(Amount(_figure(found["figure"])), "number and words")
    return reading.less_sure(Certainty.ASK, "Is this number meant, without the words beside it?"), bool(found["sign"])


def _figure(digits: str) -> float:
    return float(digits.replace(",", ""))


def _amount(amount: Amount, rule: str) -> Reading:
    return Reading("", amount, rule)


def _wrong(cell: Cell, rule: str, says: str) -> Reading:
    return Reading(cell.raw, None, rule, Certainty.ERROR, says)
