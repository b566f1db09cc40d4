"""The one table. Escapes every text, names every row and column, turns into cards on a phone and owns the download."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages.ui_html import Html, esc
from pages.ui_words import show, words

ROWS_SHOWN = 50

# file name, its bytes (or what makes them when the button is pressed), kind
Download = Callable[[], tuple[str, bytes | Callable[[], bytes], str]]


@dataclass(frozen=True)
class Column:
    """A column: `width` any CSS width, `quiet` the second voice, `unseen` a heading only for screen readers."""

    heading: str
    align: Literal["left", "right"] = "left"
    width: str | None = None
    quiet: bool = False
    unseen: bool = False

    @property
    def classes(self) -> str:
        return " ".join(["cd-right"] * (self.align == "right") + ["cd-quiet"] * self.quiet)

    @property
    def heading_class(self) -> str:
        return "cd-right" if self.align == "right" else "cd-left"


def table_html(
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    caption: str,
    stack: bool = True,
    show_caption: bool = False,
) -> Html:
    """The table's markup. Roles are written out because a browser forgets them when a row becomes a card."""
    widths = "".join(f'<col style="width:{esc(c.width)}">' if c.width else "<col>" for c in columns)
    heads = "".join(_head(column) for column in columns)
    body = "".join(_row(columns, row) for row in rows)
    unseen = "" if show_caption else ' class="cd-unseen"'
    head_class = ' class="cd-unseen"' if all(column.unseen for column in columns) else ""
    table = (
        f'<table role="table" class="cd-table{" cd-stack" * stack}">'
        f"<caption><span{unseen}>{esc(caption)}</span></caption>"
        f'<colgroup>{widths}</colgroup><thead role="rowgroup"{head_class}><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )
    if stack:
        return Html(table)
    return Html(f'<div class="cd-scroll" role="region" tabindex="0" aria-label="{esc(caption)}">{table}</div>')


def _head(column: Column) -> str:
    words = f'<span class="cd-unseen">{esc(column.heading)}</span>' if column.unseen else esc(column.heading)
    return f'<th scope="col" role="columnheader" class="{column.heading_class}">{words}</th>'


def _row(columns: Sequence[Column], row: Sequence[object]) -> str:
    cells = [esc(cell) for cell in row]
    first = f'<th scope="row" role="rowheader" class="{columns[0].classes}"><div>{cells[0]}</div></th>'
    rest = "".join(_cell(column, cell) for column, cell in zip(columns[1:], cells[1:], strict=True))
    return f'<tr role="row">{first}{rest}</tr>'


def _cell(column: Column, cell: Html) -> str:
    classes = column.classes if cell else f"{column.classes} cd-blank"
    heading = "" if column.unseen else esc(column.heading)
    return f'<td role="cell" class="{classes}" data-heading="{heading}"><div>{cell}</div></td>'


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    caption: str,
    key: str,
    download: Download | None = None,
    stack: bool = True,
    empty: str = "",
    show_caption: bool = False,
) -> None:
    """Draw a list: one row a thing, the first cell names it. Long lists show 50 at a time, the page in the URL."""
    if not rows:
        words(empty or "Nothing here yet.", "small")
        return
    place = st.container()
    page = _turn(len(rows), key) if len(rows) > ROWS_SHOWN else 1
    shown = rows[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN]
    with place:
        show(table_html(columns, shown, caption=caption, stack=stack, show_caption=show_caption))
    if download is not None:
        _offer(download, key)


def _turn(count: int, key: str) -> int:
    """The page asked for, drawn with the words that say how much of the list it is."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        place = st.container(width="content")
        page = st.pagination(-(-count // ROWS_SHOWN), key=f"{key}_page", bind="query-params")
    first = (page - 1) * ROWS_SHOWN + 1
    with place:
        words(f"{first} to {min(first + ROWS_SHOWN - 1, count)} of {count:,}", "small")
    return page


def _offer(download: Download, key: str) -> None:
    name, data, mime = download()
    st.download_button(
        "Download this list", data, file_name=name, mime=mime, key=f"{key}_download", on_click="ignore", type="tertiary"
    )
