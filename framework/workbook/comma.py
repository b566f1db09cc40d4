"""A list as comma-separated text: the second choice beside a workbook, for programs that read nothing else."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from framework.periods import PeriodKind, read_period
from framework.subjects import Kind, Subject
from framework.workbook.grids import Derived, from_records
from framework.workbook.marks import guarded, mark
from framework.workbook.text import drop_illegal
from framework.workbook.words import Known


def comma_separated(headings: Sequence[str], rows: Sequence[Sequence[str | int | float | None]]) -> bytes:
    """The list, every field quoted, in UTF-8 with the mark by which Excel knows it. Numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: str | int | float | None) -> str | int | float:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else cell


def sheet_as_csv(
    subject: Subject,
    known: Known,
    derived: Derived | None = None,
    meta: Mapping[str, Any] | None = None,
    *,
    private: bool = True,
) -> bytes:
    """One sheet of the workbook as a CSV that loads back: headings with ids first, and the file's mark as the last.

    Dates are `2026-11-12`, which every program takes for the same day; of periods, a month is its code, `202627-M09`,
    because a program that opens the file would make a day of `September 2026`.
    meta     workbook and revision: may be missing
    private  with the columns that are for leaders alone
    """
    grid = from_records(subject, known, derived or {}, private=private)
    headings = [*grid.headings, mark(subject.sheet, len(grid.rows), meta or {})]
    kinds = [Kind.TEXT, Kind.WHOLE, *(field.kind for field in grid.columns)]
    return comma_separated(headings, [[*map(_plain, row, kinds), ""] for row in grid.rows])


def _plain(value: Any, kind: Kind) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):  # never with an exponent: what reads a cell of text takes digits alone for a number
        digits = f"{Decimal(repr(value)):f}"
        return digits if not digits.endswith(".0") else digits[:-2]
    if kind is Kind.PERIOD and isinstance(value, str):
        period = read_period(value)
        return period.code if period is not None and period.kind is PeriodKind.MONTH else value
    return drop_illegal(value) if isinstance(value, str) else value
