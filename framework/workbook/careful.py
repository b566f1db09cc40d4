"""Excel's files read with openpyxl: values, number formats, errors and the fills that someone gave by hand."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from framework.workbook.outline import Outline
from framework.workbook.rows import ERROR, FORMULA, Compact, Formats, compact, trimmed
from framework.workbook.shown import unescaped
from framework.workbook.tally import Scan


@dataclass
class Grid:
    """A sheet's rows in compact form, as far as the scan saw cells.

    fills  `RRGGBB` by place
    """

    rows: list[list[Compact]] = field(default_factory=list)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)


def read_carefully(
    content: bytes, outline: Outline, scans: Sequence[Scan], formats: Formats, tell: Callable[[int], None]
) -> list[Grid]:
    """Each sheet's cells. `tell` is called with a sheet's number before it is read.

    Raises what openpyxl raises on a damaged file, and ValueError when it sees other sheets than the outline.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl remarks on what it mends
        import defusedxml  # type: ignore[import-untyped]  # noqa: F401  openpyxl parses through it when it is there
        from openpyxl import load_workbook  # type: ignore[import-untyped]

        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            if [sheet.title for sheet in workbook.worksheets] != [sheet.title for sheet in outline.sheets]:
                raise ValueError("openpyxl sees other sheets")
            styles = _Styles(workbook, formats)
            grids = []
            for number, (sheet, found) in enumerate(zip(workbook.worksheets, scans, strict=True)):
                tell(number)
                grids.append(_grid(_rows(sheet, found), found, styles))
            return grids
        finally:
            workbook.close()


def _rows(sheet: Any, found: Scan) -> Iterator[Sequence[Any]]:
    """openpyxl's rows as far as the scan saw cells; a row of nothing is empty."""
    if not found.rows:
        return
    from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped]

    sheet.reset_dimensions()  # the file's own word on its extent can be stale, and openpyxl would believe it
    nothing = None
    for row in sheet.iter_rows(max_row=found.rows, max_col=found.columns):
        # All gaps are one and the same row, and a file with a few far cells has very many of them.
        if row is not nothing and all(cell is EMPTY_CELL for cell in row):
            nothing = row
        yield () if row is nothing else row


def _grid(rows: Iterable[Sequence[Any]], found: Scan, styles: "_Styles") -> Grid:
    from openpyxl.cell.read_only import EMPTY_CELL as nothing

    grid = Grid()
    for number, source in enumerate(rows, 1):
        row: list[Compact] = []
        for column, cell in enumerate(source, 1):
            if cell is nothing:
                row.append(None)
                continue
            value = cell.value
            number_format, fill = styles.of(cell)
            if fill:
                grid.fills[number, column] = fill
            if value is None:
                waits = found.waiting.get((number, column)) if found.waiting else None
                row.append(waits and [FORMULA, waits])
            elif isinstance(value, str):
                row.append([ERROR, value] if cell.data_type == "e" else unescaped(value) or None)
            else:
                row.append(compact(value, number_format))
        grid.rows.append(trimmed(row))
    return grid


class _Styles:
    """What the styles of a book come to; cells share a few of them."""

    def __init__(self, workbook: Any, formats: Formats) -> None:
        from framework.workbook.colours import theme_colours

        self._formats = formats
        self._theme = theme_colours(workbook.loaded_theme)
        self._indexed = _indexed(workbook)
        self._known: dict[int, tuple[int, str]] = {}

    def of(self, cell: Any) -> tuple[int, str]:
        """A cell's number format, by its number, and its fill. Raises IndexError when its style is not there."""
        style = cell._style_id  # the one place where openpyxl says which cells share a style
        known = self._known.get(style)
        if known is None:
            from framework.workbook.colours import fill_of

            fill = fill_of(cell.fill, self._theme, self._indexed)
            known = self._known[style] = (self._formats.number(cell.number_format), fill)
        return known


def _indexed(workbook: Any) -> Sequence[str]:
    """The palette of old numbered colours; a workbook may bring its own."""
    from openpyxl.styles.colors import COLOR_INDEX  # type: ignore[import-untyped]

    palette: Sequence[str] = getattr(workbook, "_colors", None) or COLOR_INDEX
    return palette
