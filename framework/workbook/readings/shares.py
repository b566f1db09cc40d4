"""Percentages: a cell's own sign or format first, then what its column shows."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from framework.workbook.cells import Cell
from framework.workbook.readings.formats import is_percent
from framework.workbook.readings.numbers import Amount, number_in, read_number
from framework.workbook.readings.shape import Certainty, Reading


class Scale(StrEnum):
    """How a column's numbers without a percent sign stand for percentages."""

    SHARE_OF_ONE = "share of one"  # 0.75
    PERCENT = "percent"  # 75
    MIXED = "mixed"  # 0.75 and 75
    UNKNOWN = "unknown"  # nothing tells, or a number is over 100


def scale_of(cells: Iterable[Cell | None]) -> Scale:
    """What a column's own numbers say of their scale.

    Numbers without a sign decide: between 0 and 1, or from over 1 to 100. Where they are all 0 or 1 (or there is none),
    the cells with a percent format or sign beside them do.
    """
    bare, formatted, signed = set(), False, False
    for cell in cells:
        if cell is None or cell.is_error or isinstance(cell.value, bool):
            continue
        if isinstance(cell.value, int | float):
            formatted = formatted or is_percent(cell.number_format)
            if not is_percent(cell.number_format):
                bare.add(float(cell.value))
        elif isinstance(cell.value, str) and (number := number_in(cell.value)) is not None:
            signed = signed or "%" in cell.value
            if "%" not in cell.value:
                bare.add(float(number))
    shares = any(0 < number < 1 for number in bare)
    percents = any(number > 1 for number in bare)
    if shares and percents:
        return Scale.MIXED
    if any(number < 0 or number > 100 for number in bare):
        return Scale.UNKNOWN
    if shares or percents:
        return Scale.SHARE_OF_ONE if shares else Scale.PERCENT
    if formatted != signed:
        return Scale.SHARE_OF_ONE if formatted else Scale.PERCENT
    return Scale.UNKNOWN


def read_share(cell: Cell, column: Scale) -> Reading:
    """A percentage on the scale 0 to 100; value: Amount, or None. By format, then by sign, then by the column."""
    reading, signed = read_number(cell)
    if reading.value is None or signed:
        return _unlikely(reading)
    amount: Amount = reading.value
    if amount.denominator is not None:
        return _unlikely(replace(reading, value=_times(amount, 100)))
    if amount.number is None and amount.low is None:
        return reading
    if column is Scale.SHARE_OF_ONE and _most(amount) <= 1:
        shared = replace(reading, value=_times(amount, 100), rule=f"share of one, {reading.rule}")
        return _unlikely(shared)
    if column is Scale.PERCENT:
        says = "The column's numbers run to 100, so they are percentages."
        return _unlikely(replace(reading, rule=f"percent, {reading.rule}").less_sure(Certainty.ASSUMED, says))
    says = "Some values look like fractions (0.75) and some like percentages (75). Which are they?"
    return replace(reading, rule=f"no sign, {reading.rule}").less_sure(Certainty.ASK, says)


def _most(amount: Amount) -> float:
    return max(abs(n) for n in (amount.number, amount.low, amount.high) if n is not None)


def _times(amount: Amount, factor: float) -> Amount:
    def scaled(number: float | None) -> float | None:
        return None if number is None else round(number * factor, 10)

    return replace(amount, number=scaled(amount.number), low=scaled(amount.low), high=scaled(amount.high))


def _unlikely(reading: Reading) -> Reading:
    """A share over 100 or below 0 is taken, and said."""
    amount = reading.value
    if amount is None or amount.number is None or 0 <= amount.number <= 100:
        return reading
    return reading.less_sure(Certainty.WARN, f"A share of {amount.number:.15g}% is unusual.")
