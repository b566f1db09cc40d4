"""A list as comma-separated text: the second choice beside a workbook, for programs that read nothing else."""

import csv
import io
from collections.abc import Sequence

# A program that opens the file may take such a text for a formula; a quote before it keeps it a text.
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def comma_separated(headings: Sequence[str], rows: Sequence[Sequence[str | int | float | None]]) -> bytes:
    """The list, every field quoted, in UTF-8 with the mark by which Excel knows it. Numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_guarded(heading) for heading in headings])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _guarded(cell: str | int | float | None) -> str | int | float:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIKE_A_FORMULA) else cell
