"""Whether a cell looks like one of a kind, to check a column's content against the field its heading names."""

from collections.abc import Callable
from datetime import date, datetime

from framework.periods import Calendar
from framework.workbook.cells import Cell
from framework.workbook.readings.colours import read_rag
from framework.workbook.readings.dates import read_when
from framework.workbook.readings.formats import is_percent
from framework.workbook.readings.numbers import read_amount
from framework.workbook.readings.people import ROLES, read_people
from framework.workbook.readings.plain import plain
from framework.workbook.readings.shape import Certainty, WhenKind
from framework.workbook.readings.statuses import NOT_SET, read_status

_NO_TERMS = Calendar(())
_ANY_DAY = date(2025, 1, 1)  # which year is meant does not matter to what a text looks like
_NOT_DATES = frozenset({WhenKind.UNKNOWN, WhenKind.STATUS, WhenKind.TIME})
_LONGEST_NAME = 60  # characters


def looks_like(kind: str, cell: Cell) -> bool:
    """Whether a filled cell could stand in a column of this kind.

    kind  date, number, share, status, rag or person. Raises KeyError for any other.
    """
    look = _LOOKS[kind]
    return not (cell.blank or cell.is_error or cell.formula_without_value or cell.value is None) and look(cell)


def _date(cell: Cell) -> bool:
    if isinstance(cell.value, date | datetime):
        return True
    if not isinstance(cell.value, str):
        return False
    reading = read_when(cell, on=_ANY_DAY, calendar=_NO_TERMS)
    return reading.value is not None and reading.value.kind not in _NOT_DATES and "inside a text" not in reading.rule


def _number(cell: Cell) -> bool:
    return read_amount(cell).value is not None


def _share(cell: Cell) -> bool:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return is_percent(cell.number_format) or 0 <= cell.value <= 100
    amount = read_amount(cell).value
    if amount is None:
        return False
    return amount.symbol is not None or all(
        n is None or 0 <= n <= 100 for n in (amount.number, amount.low, amount.high)
    )


def _status(cell: Cell) -> bool:
    if not isinstance(cell.value, str):
        return False
    reading = read_status(cell.value)
    return reading.value is not None or reading.rule == NOT_SET


def _rag(cell: Cell) -> bool:
    return isinstance(cell.value, str) and read_rag(cell.value).value is not None


def _person(cell: Cell) -> bool:
    if not isinstance(cell.value, str) or len(cell.value) > _LONGEST_NAME or any(c.isdigit() for c in cell.value):
        return False
    if _date(cell) or _status(cell) or _rag(cell):
        return False
    reading = read_people(cell.value)
    if not reading.value or reading.certainty is Certainty.WARN:
        return False
    return reading.rule in ("roles", "group", "teams", "lead") or all(_is_name(name) for name in reading.value)


def _is_name(name: str) -> bool:
    words = name.split()
    known = name in ROLES.values() or plain(name) in ROLES
    return known or (1 <= len(words) <= 4 and all(word[:1].isupper() or len(word) <= 3 for word in words))


_LOOKS: dict[str, Callable[[Cell], bool]] = {
    "date": _date,
    "number": _number,
    "share": _share,
    "status": _status,
    "rag": _rag,
    "person": _person,
}
