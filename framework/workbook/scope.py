"""Which rows a workbook is about: those asked for, and of the other sheets what belongs to them."""

from collections.abc import Collection, Mapping
from typing import Any

from framework.subjects import BY_TABLE

Scope = Mapping[str, Collection[str]]  # table → refs of the rows asked for; a table that is not named is whole


def within(rows: Mapping[str, Mapping[str, Any]], scope: Scope) -> dict[str, dict[str, Any]]:
    """The rows asked for, and of the other tables those that belong to them (an action's updates)."""
    return {
        table: {ref: row for ref, row in some.items() if _belongs(table, ref, row, scope)}
        for table, some in rows.items()
    }


def _belongs(table: str, ref: str, row: Any, scope: Scope) -> bool:
    names = BY_TABLE[table].names
    return all(
        ref in refs if parent == table else parent not in names or getattr(row, parent) in refs
        for parent, refs in scope.items()
    )
