"""Whether what a column holds can be the field that its heading names."""

from collections.abc import Sequence
from datetime import date
from statistics import mean

from framework.workbook.cells import Cell
from framework.workbook.readings import looks_like
from framework.workbook.recognise.fields import BY_NAME, Kind
from framework.workbook.recognise.grid import is_text, shows_number
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.spans import is_period_text

PARSES = 0.6  # of a column's values that must be of the field's type
_FEW = 3  # values below which one odd one out decides nothing
_LEVELS = frozenset((
    "high", "medium", "low", "h", "m", "l", "med", "critical", "urgent", "normal", "major", "minor", "moderate",
    "p1", "p2", "p3", "1", "2", "3", "4", "5", "must", "should", "could", "essential", "desirable", "very high",
    "very low", "high priority", "low priority", "medium priority",
))  # fmt: skip
_MARKS = frozenset((
    "", "-", "\u2013", "n/a", "na", "tbc", "tbd", "none", "?", ".", "..", "x", "z", "c", "u", "nil", "unknown",
))  # fmt: skip
_WORDY = frozenset(("notes", "evidence", "success", "mitigation", "organisations", "definition", "group", "school"))


def are_levels(cells: Sequence[Cell]) -> bool:
    return sum(normal(cell.raw) in _LEVELS for cell in cells) >= PARSES * len(cells)


def fits(name: str, cells: Sequence[Cell]) -> bool:
    """Whether what a column holds can be the field: three in five of its values are of its type. Empty columns fit."""
    filled = [cell for cell in cells if not cell.is_error and normal(cell.raw) not in _MARKS]
    if not filled:
        return True
    kind = BY_NAME[name].kind
    if len(filled) < _FEW:
        return not any(_contradicts(BY_NAME[name].kind, cell) for cell in filled)
    texts = [cell for cell in filled if is_text(cell)]
    length = mean(len(cell.raw) for cell in filled)
    if kind is Kind.CODE:
        return mean(len(cell.raw.split()) <= 3 and len(cell.raw) <= 30 for cell in filled) >= PARSES
    if kind is Kind.NAME and name in ("action", "objective", "kpi", "milestone"):
        return not are_levels(filled) and len(texts) >= (1 - PARSES) * len(filled)
    if kind is Kind.STATUS:
        known = sum(looks_like("status", cell) for cell in filled)
        few = len({normal(cell.raw) for cell in texts}) <= max(3, 0.34 * len(filled)) and length <= 30
        rated = sum(looks_like("rag", cell) for cell in filled)
        if rated >= PARSES * len(filled) and known < rated:
            return False
        return known >= PARSES * len(filled) or (few and len(texts) >= PARSES * len(filled))
    if kind is Kind.RAG:
        return sum(looks_like("rag", cell) for cell in filled) >= PARSES * len(filled)
    if kind is Kind.PERSON:
        return length <= 80 and (
            len(texts) >= PARSES * len(filled) or any(c.isalpha() for cell in filled for c in cell.raw)
        )
    if kind in (Kind.DATE, Kind.NUMBER, Kind.SHARE):
        return sum(looks_like(kind.value, cell) for cell in filled) >= PARSES * len(filled)
    if name in _WORDY:
        dated = sum(isinstance(cell.value, date) or (is_period_text(cell.raw) and len(cell.raw) > 4) for cell in filled)
        return dated < PARSES * len(filled)
    return True


def _contradicts(kind: Kind, cell: Cell) -> bool:
    """Whether a cell can hardly stand in a column of the kind, where there are too few to count."""
    dated, number = looks_like("date", cell), shows_number(cell)
    if kind is Kind.DATE:
        return (number or looks_like("status", cell)) and not dated
    if kind in (Kind.NUMBER, Kind.SHARE):
        return dated and not number
    if kind is Kind.CODE:
        return len(cell.raw.split()) > 3
    return isinstance(cell.value, date)
