"""Rows out as the product's workbook. One writer for export, template and sample; a text stays a text.

The same rows and the same `meta` give the same bytes.
"""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from framework.subjects import SHEET_ORDER, Subject
from framework.workbook.grids import Derived, Grid, Rows, from_plain, from_records
from framework.workbook.guide import title_of, write_guide
from framework.workbook.lists import word_lists, write_lists
from framework.workbook.looks import looks
from framework.workbook.read import META_SHEET
from framework.workbook.sheets import write_sheet
from framework.workbook.words import Known

SCHEMA = "civic-plan/1"
LANGUAGE = "en-GB"
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  a document's creation date when `meta` gives none; xlsxwriter wants it bare
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(
    known: Known,
    *,
    derived: Derived | None = None,
    meta: Mapping[str, Any],
    sheets: Sequence[Subject] = SHEET_ORDER,
    empty: bool = False,
) -> bytes:
    """The workbook of what stands here.

    derived  by table and ref: what the ledger knows of a row (recorded on, earlier value)
    meta     workbook (its id), revision, exported_at, by, scope, sample_day, fictional, title: all may be missing
    sheets   the subjects to write
    empty    a template: drop-downs filled, rows left out
    """
    grids = {subject.table: from_records(subject, known, derived or {}) for subject in SHEET_ORDER}
    return _written(grids, meta, sheets, empty=empty)


def from_rows(rows: Rows, meta: Mapping[str, Any]) -> bytes:
    """The workbook of plain rows, by sheet and heading: the first writing of the sample, before anything has an id."""
    unknown = rows.keys() - {subject.sheet for subject in SHEET_ORDER}
    if unknown:
        raise ValueError(f"no such sheet: {', '.join(sorted(unknown))}")
    grids = {subject.table: from_plain(subject, rows.get(subject.sheet, ())) for subject in SHEET_ORDER}
    return _written(grids, meta, SHEET_ORDER, empty=False)


def _written(grids: Mapping[str, Grid], meta: Mapping[str, Any], sheets: Sequence[Subject], *, empty: bool) -> bytes:
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    _describe(workbook, meta)
    forms = looks(workbook)
    write_guide(workbook, meta, forms)
    shown = [Grid(subject, []) if empty else grids[subject.table] for subject in sheets]
    for grid in shown:
        write_sheet(workbook, grid, forms, fictional=bool(meta.get("fictional")))
    write_lists(workbook, word_lists(grids), forms)
    hidden = workbook.add_worksheet(META_SHEET)
    hidden.write_string(0, 0, _meta_line(meta, shown))
    hidden.very_hidden()
    workbook.close()
    return content.getvalue()


def _describe(workbook: Any, meta: Mapping[str, Any]) -> None:
    created = meta.get("exported_at")
    if isinstance(created, str):
        created = datetime.fromisoformat(created)
    if isinstance(created, datetime) and created.tzinfo is not None:
        created = created.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title_of(meta), "created": created or _NO_DAY})
    workbook.set_custom_property("Language", LANGUAGE)
    for name in ("schema", "workbook", "revision"):
        value = SCHEMA if name == "schema" else meta.get(name)
        if value is not None:
            workbook.set_custom_property(name, str(value))


def _meta_line(meta: Mapping[str, Any], grids: Sequence[Grid]) -> str:
    """One line of JSON: what the next reading wants to know of this file."""
    said = {name: _plain(value) for name, value in meta.items()}
    rows = {grid.subject.sheet: len(grid.rows) for grid in grids}
    return json.dumps({**said, "schema": SCHEMA, "rows": rows}, sort_keys=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
