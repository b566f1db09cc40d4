"""Layouts: what was recognised and answered once, kept by the headings so that next month's file needs no answers."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from framework.workbook.recognise.asking import OUT
from framework.workbook.recognise.fields import BY_NAME
from framework.workbook.recognise.holds import holds
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column, How, Layout, Looked, Table, Way

FITS = 0.6  # of a layout's headings that a file must have
_COLUMN = "column|"
_TOLD = "told"  # the format of a saved layout


def layout_of(looked: Looked, answers: Mapping[str, str], name: str) -> Layout:
    """What to remember of a file: its headings, which field each is, and what was answered.

    answers  by question key; a column's answer decides its field, empty or `out`: the column is passed over
    """
    used = [table for table in looked.tables if table.used] or list(looked.tables)
    fields: dict[str, str] = {}
    for table in used:
        for column in _lasting(table.columns):
            plain = normal(column.heading)
            if plain not in fields or column.field:
                fields[plain] = column.field or ""
    for key, said in answers.items():
        plain = key.removeprefix(_COLUMN)
        if key.startswith(_COLUMN) and plain in fields:
            fields[plain] = "" if said == OUT else said
    headings = frozenset(fields)
    return Layout(_key(headings), name, headings, fields, dict(answers))


def _key(headings: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()[:32]


def _lasting(columns: Iterable[Column]) -> list[Column]:
    """The columns by which a file is known again. Periods move on from file to file."""
    return [c for c in columns if c.heading and c.period is None and normal(c.heading)]


def fits(layout: Layout, tables: Sequence[Table]) -> float:
    """The share of the layout's headings that the tables have, 0 to 1."""
    here = {normal(c.heading) for table in tables for c in _lasting(table.columns)}
    return len(layout.headings & here) / len(layout.headings) if layout.headings else 0.0


def best_fit(layouts: Iterable[Layout], tables: Sequence[Table]) -> Layout | None:
    """The layout that fits the tables best, the first of equals; None when none fits well enough."""
    found = [(fits(layout, tables), -place, layout) for place, layout in enumerate(layouts)]
    best = max(found, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= FITS else None


def with_layout(layout: Layout, tables: Sequence[Table]) -> list[Table]:
    """The tables with the fields that the layout gives their headings. New headings are left as they were recognised.

    A heading that is gone and a new one without a field: the one is proposed for the other.
    """
    here = {normal(c.heading) for table in tables if table.used for c in _lasting(table.columns)}
    gone = [layout.fields[h] for h in sorted(layout.headings - here) if layout.fields.get(h)]
    return [_applied(layout, table, gone) for table in tables]


def _applied(layout: Layout, table: Table, gone: Sequence[str]) -> Table:
    wanted = layout.answers.get(f"sheet|{table.sheet}")
    if wanted in ("yes", "no"):
        table = replace(table, used=wanted == "yes", why="" if wanted == "yes" else "left out, as the last time")
    known = {normal(c.heading) for c in table.columns} & layout.headings
    if not known or len(known) * 2 < len({normal(c.heading) for c in _lasting(table.columns)}):
        return table
    given = {layout.fields.get(heading) for heading in known}
    columns = []
    for column in table.columns:
        plain = normal(column.heading)
        if column.period is not None or not column.heading:
            columns.append(column)
        elif plain in layout.headings:
            name = layout.fields.get(plain) or None
            name = name if name in BY_NAME else None
            columns.append(replace(column, field=name, how=How.LAYOUT, suggested=None))
        else:
            columns.append(_new(column, given, gone))
    way = table.way if table.way is not Way.DOWN else Way.DOWN
    return replace(table, columns=tuple(columns), holds=holds(columns, way))


def _new(column: Column, given: "set[str | None]", gone: Sequence[str]) -> Column:
    """A column that the layout does not know, beside those it does."""
    if column.field is not None and column.field not in given:
        return column
    if column.field is not None:
        return replace(column, field=None, how=How.NONE, suggested=column.field)
    if column.suggested is None and len(gone) == 1:
        return replace(column, suggested=gone[0])
    return column


def layout_json(layout: Layout) -> dict[str, Any]:
    """A layout as plain JSON."""
    return {
        "format": _TOLD,
        "key": layout.key,
        "name": layout.name,
        "headings": sorted(layout.headings),
        "fields": dict(layout.fields),
        "answers": dict(layout.answers),
    }


def layout_from_json(saved: Mapping[str, Any]) -> Layout:
    """The layout that was saved; what is not a text in it is passed over."""
    return Layout(
        str(saved.get("key", "")),
        str(saved.get("name", "")),
        frozenset(map(str, saved.get("headings") or ())),
        _texts(saved.get("fields")),
        _texts(saved.get("answers")),
    )


def _texts(saved: object) -> dict[str, str]:
    if not isinstance(saved, Mapping):
        return {}
    return {str(key): value for key, value in saved.items() if isinstance(value, str)}
