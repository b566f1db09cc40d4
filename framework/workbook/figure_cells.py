"""What the sheet Values alone says: rows made for someone to fill and left empty, and a sign in place of a number."""

from collections.abc import Sequence

from framework.kpis.kpi import Symbol
from framework.subjects import VALUES, Field, Subject
from framework.workbook.cells import Cell, Note
from framework.workbook.headings import Columns
from framework.workbook.problems import Unfit
from framework.workbook.readings.numbers import NONE_YET, SYMBOLS, read_amount
from framework.workbook.text import key
from framework.workbook.values import text_of

# What a value says of its slot.
_SAYS = ("number", "numerator", "denominator", "sd", "state", "symbol", "note")
_NUMBER = VALUES.field("number")
_SIGNS_TOO = "; or z where it does not apply, x where it is not known, c where it is too small to be shown"


class LeftEmpty:
    """Watches for rows that name a slot and say nothing of it. They are no values, and no mistakes either."""

    def __init__(self, subject: Subject, columns: Columns) -> None:
        fields = [subject.field(name) for name in _SAYS] if subject is VALUES else []
        self._says = [(own, columns.fields[own.name]) for own in fields if own.name in columns.fields]
        self._count = 0

    def passes(self, row: Sequence[Cell | None], id_place: int | None) -> bool:
        """Whether the row is one of them. A row with an id is a value that somebody emptied."""
        if not self._says or any(_filled(own, row, place) for own, place in self._says):
            return False
        if id_place is not None and id_place < len(row) and (hidden := row[id_place]) is not None and not hidden.blank:
            return False
        self._count += 1
        return True

    @property
    def notes(self) -> list[Note]:
        if not self._count:
            return []
        rows = "1 row was" if self._count == 1 else f"{self._count:,} rows were"
        words = f"{VALUES.sheet}: {rows} left empty, so nothing was read of {'it' if self._count == 1 else 'them'}."
        return [Note("ROW-BLANK", words, VALUES.sheet)]


def _filled(own: Field, row: Sequence[Cell | None], place: int) -> bool:
    cell = row[place] if place < len(row) else None
    if cell is None or cell.blank:
        return False
    return own.default is None or key(text_of(cell)) != key(own.default)


def sign_in(own: Field, cell: Cell) -> dict[str, object]:
    """The fields that a sign in place of a value's number stands for: its symbol, and of `low` nought; else empty."""
    if own is not _NUMBER or not isinstance(cell.value, str):
        return {}
    symbol = SYMBOLS.get(key(text_of(cell)).strip("[]"))
    if symbol is None or symbol is Symbol.UNRELIABLE:  # a number is unreliable, not nothing
        return {}
    return {"symbol": symbol, **({own.name: 0.0} if symbol is Symbol.LOW else {})}


def wanted_of(own: Field, cell: Cell, unfit: Unfit) -> str:
    """What a cell should hold; the signs too where a value's number is a bound (`<5`) or some word for none."""
    if own is not _NUMBER or not isinstance(cell.value, str):
        return unfit.wanted
    amount = read_amount(cell).value
    is_bound = amount is not None and amount.comparator is not None
    return unfit.wanted + (_SIGNS_TOO if is_bound or key(cell.value) in NONE_YET else "")
