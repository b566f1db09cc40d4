"""Rows out as the product's workbook. One writer for export, template and sample; a text stays a text.

The same rows and the same `meta` give the same bytes.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from framework.subjects import SHEET_ORDER, Subject
from framework.workbook.grids import Derived, Grid, Rows, from_plain, from_records
from framework.workbook.guide import Parts, title_of, write_guide
from framework.workbook.lists import word_lists, write_lists
from framework.workbook.looks import looks
from framework.workbook.marks import SCHEMA, meta_line
from framework.workbook.meta import META_SHEET
from framework.workbook.sheets import write_sheet
from framework.workbook.text import CELL_HOLDS
from framework.workbook.words import Known

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
    private: bool = True,
) -> bytes:
    """The workbook of what stands here.

    derived  by table and ref: what the ledger knows of a row (recorded on, earlier value)
    meta     workbook (its id), revision, exported_at, by, sample_day, fictional, and what part of the plan it holds:
             scope (refs by table) and title ("Actions of Sam Okafor"); of a past moment as_at (UTC) and holds, what
             that is in words; all may be missing
    sheets   the subjects to write
    empty    a template: drop-downs filled, rows left out
    private  with the columns that are for leaders alone
    """
    grids = {s.table: from_records(s, known, derived or {}, private=private) for s in SHEET_ORDER}
    return _written(grids, meta, sheets, empty=empty)


def from_grids(grids: Sequence[Grid], known: Known, meta: Mapping[str, Any], parts: Parts) -> bytes:
    """A workbook made for one purpose: these grids alone, in their order, and a guide that says what to do with them.

    known  what stands here of all that the drop-downs may offer
    """
    offered = {s.table: from_records(s, known, {}, private=False) for s in SHEET_ORDER}
    own = {grid.subject.table: grid for grid in grids}
    return _written({**offered, **own}, meta, [grid.subject for grid in grids], empty=False, parts=parts)


def from_rows(rows: Rows, meta: Mapping[str, Any]) -> bytes:
    """The workbook of plain rows, by sheet and heading: the first writing of the sample, before anything has an id."""
    unknown = rows.keys() - {subject.sheet for subject in SHEET_ORDER}
    if unknown:
        raise ValueError(f"no such sheet: {', '.join(sorted(unknown))}")
    grids = {subject.table: from_plain(subject, rows.get(subject.sheet, ())) for subject in SHEET_ORDER}
    return _written(grids, meta, SHEET_ORDER, empty=False)


def _written(
    grids: Mapping[str, Grid],
    meta: Mapping[str, Any],
    sheets: Sequence[Subject],
    *,
    empty: bool,
    parts: Parts | None = None,
) -> bytes:
    content = io.BytesIO()
    workbook = new_workbook(content, title_of(meta), meta.get("exported_at"), ids_of({**meta, "schema": SCHEMA}))
    forms = looks(workbook)
    shown = [replace(grids[subject.table], rows=[]) if empty else grids[subject.table] for subject in sheets]
    write_guide(workbook, meta, forms, shown, parts)
    for grid in shown:
        write_sheet(workbook, grid, forms, fictional=bool(meta.get("fictional")))
    write_lists(workbook, word_lists(grids), forms)
    write_meta(workbook, meta_line(meta, {grid.subject.sheet: [grid.headings, *grid.rows] for grid in shown}))
    workbook.close()
    return content.getvalue()


def new_workbook(content: io.BytesIO, title: str, created: Any, ids: Mapping[str, str]) -> Any:
    """An empty workbook in which a text stays a text.

    created  a moment, as it is or in ISO's words; None: not said. What is written does not depend on today
    ids      custom properties: they outlive a hidden sheet that someone deletes
    """
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    if isinstance(created, str):
        created = datetime.fromisoformat(created)
    if isinstance(created, datetime) and created.tzinfo is not None:
        created = created.astimezone(UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title, "created": created or _NO_DAY})
    workbook.set_custom_property("Language", LANGUAGE)
    for name, value in ids.items():
        workbook.set_custom_property(name, value)
    return workbook


def ids_of(meta: Mapping[str, Any]) -> dict[str, str]:
    """The three ids by which a file is known again: schema, workbook, revision; those that it has."""
    return {name: str(meta[name]) for name in ("schema", "workbook", "revision") if meta.get(name) is not None}


def write_meta(workbook: Any, line: str) -> None:
    """The very hidden sheet: its line in A1, and below that what one cell cannot hold of it."""
    sheet = workbook.add_worksheet(META_SHEET)
    for row, start in enumerate(range(0, len(line), CELL_HOLDS)):
        sheet.write_string(row, 0, line[start : start + CELL_HOLDS])
    sheet.very_hidden()
