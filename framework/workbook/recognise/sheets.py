"""Which sheets hold nothing to take: hidden ones, those named as help or lists, boxes drawn with merges."""

import re
from collections import Counter

from framework.workbook.cells import SheetCells
from framework.workbook.recognise.grid import Grid, is_text
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Table

_MOST_MERGED = 0.4
_ALWAYS_OFF = re.compile(
    r"\b(?:instructions?|guidance|guidelines?|how to(?: use| complete| fill)?|read ?me|definitions?|glossary|"
    r"look ?ups?|drop ?downs?|drop ?down lists?|contents|cover(?: ?(?:sheet|page|note))?|examples?|data validation|"
    r"validations?|list ?of ?values|metadata|change ?log|version ?(?:control|history)|document control|"
    r"title page|about this)\b"
)
# Off only where nothing else in the name says what the sheet holds.
_OFF = frozenset((
    "list", "lists", "note", "notes", "option", "options", "key", "keys", "legend", "about", "introduction", "intro",
    "index", "reference", "references", "ref", "data", "config", "settings", "parameters", "validation", "help",
    "info", "information", "start", "here", "welcome", "front", "page", "sheet", "home", "lov", "codes", "code",
    "table", "tables", "background", "hidden", "template", "menu", "navigation", "picklist", "picklists", "set",
    "up", "setup", "admin", "calc", "calcs", "calculation", "calculations", "pivot", "pivots", "chart", "charts",
    "rag", "ratings", "rating", "scoring", "matrix", "scale", "criteria", "risk",
))  # fmt: skip
_NEVER_ALONE = frozenset(("data", "table", "tables", "sheet", "risk", "rag", "chart", "charts", "template"))
_SUMMARY = re.compile(
    r"\b(?:dashboards?|summary|summaries|overview|charts?|graphs?|pivots?|heat ?maps?|stats|statistics)\b"
)
_JOINING = frozenset((
    "and", "the", "of", "for", "to", "a", "use", "only", "do", "not", "delete", "edit", "drop", "down",
))  # fmt: skip


def off_by_name(title: str) -> str:
    """Why a sheet of this name is not taken; empty when its name says nothing against it."""
    words = normal(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).replace("_", " ").replace("-", " "))
    if _ALWAYS_OFF.search(words):
        return f"its name says that it holds no records ({title})"
    plain = [word for word in re.split(r"[\s&/+]+", words) if word not in _JOINING and not word.isdigit()]
    if plain and all(word in _OFF for word in plain) and not all(word in _NEVER_ALONE for word in plain):
        return f"its name says that it holds no records ({title})"
    return ""


def sums_up(title: str) -> bool:
    """Whether a sheet's name says that it sums up others: what we cannot read there is no list of its own."""
    return _SUMMARY.search(normal(title.replace("_", " ").replace("-", " "))) is not None


def boxes(grid: Grid) -> bool:
    """Whether the sheet is drawn with merged cells rather than laid out as a table.

    Merges that come again in the same columns only widen a column, and merges down one column stand for its rows:
    neither counts.
    """
    valued = sum(mask.bit_count() for mask in grid.masks)
    if not valued or len(grid.sheet.merges) < 4:
        return False
    widths = Counter((m.left, m.right) for m in grid.wide if m.top == m.bottom)
    odd = 0
    for merge in grid.wide:
        again = merge.top == merge.bottom and widths[merge.left, merge.right] >= 3
        odd += not again and grid.at(merge.top, merge.left) is not None
    return odd > _MOST_MERGED * valued


def lists_only(grid: Grid, table: Table) -> bool:
    """Whether the columns are lists to choose from: each its own length, its words all different, nothing across."""
    columns = [c for c in table.columns if c.index]
    if len(columns) < 2 or not table.records or len(table.records) > 300:
        return False
    if (
        len({c.field for c in columns if c.field} - {"status", "rag", "code", "unit", "frequency", "owner"})
        > len(columns) / 2
    ):
        return False
    rows = [record.number for record in table.records]
    lengths = []
    for column in columns:
        cells = [grid.at(row, column.index) for row in range(rows[0], rows[-1] + 1)]
        filled = [cell for cell in cells if cell is not None]
        if not filled or any(cell is None for cell in cells[: len(filled)]):
            return False
        words = [cell.raw for cell in filled]
        if len(set(words)) != len(words) or any(len(w) > 60 for w in words) or not any(map(is_text, filled)):
            return False
        lengths.append(len(filled))
    return (
        len(set(lengths)) >= 2
        and max(lengths) > min(lengths)
        and sum(n < max(lengths) for n in lengths) * 2 >= len(lengths)
    )


def merged_off(sheet: SheetCells) -> str:
    return f"merged cells draw boxes on the sheet '{sheet.title}', which is not a table"
