"""What a row of a sheet is: headings to cells, empty cells left out."""

Row = dict[str, object]


def row(cells: Row) -> Row:
    """The cells that hold something. Nought is something."""
    return {heading: cell for heading, cell in cells.items() if cell is not None and cell != ""}
