"""The only shared Streamlit code, and the only one pages import: `from pages import ui`.

All markup is made here, by functions that escape every text they are given.
"""

import streamlit as st

from pages import ui_look
from pages.ui_filters import filters, narrowed, narrowed_words
from pages.ui_here import (
    AS_AT,
    VIEWER_COOKIE,
    file_name,
    is_past,
    mail_server,
    moment,
    now,
    people,
    person,
    picture,
    store,
    today,
    today_picture,
    viewer,
)
from pages.ui_html import (
    Html,
    address,
    band,
    bar,
    cell,
    esc,
    join,
    lines,
    link,
    mark,
    marks,
    plain,
    small,
    strong,
    term,
    viewers,
)
from pages.ui_since import since
from pages.ui_table import ROWS_SHOWN, Column, Download, table, table_html
from pages.ui_words import (
    BETWEEN_CRUMBS,
    PRODUCT,
    choose,
    drawer,
    empty_state,
    facts,
    heading,
    quiet,
    refused,
    section,
    show,
    statement,
    strip,
    words,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = [
    "AS_AT",
    "BETWEEN_CRUMBS",
    "PRODUCT",
    "ROWS_SHOWN",
    "VIEWER_COOKIE",
    "XLSX",
    "Column",
    "Download",
    "Html",
    "address",
    "band",
    "bar",
    "cell",
    "choose",
    "drawer",
    "empty_state",
    "esc",
    "facts",
    "file_name",
    "filters",
    "heading",
    "is_past",
    "join",
    "lines",
    "link",
    "mail_server",
    "mark",
    "marks",
    "moment",
    "narrowed",
    "narrowed_words",
    "now",
    "people",
    "person",
    "picture",
    "plain",
    "quiet",
    "refused",
    "section",
    "show",
    "since",
    "small",
    "statement",
    "store",
    "strip",
    "strong",
    "stylesheet",
    "table",
    "table_html",
    "term",
    "today",
    "today_picture",
    "viewer",
    "viewers",
    "words",
]


def stylesheet() -> None:
    """Send the stylesheet; the frame does so once a run, before anything else."""
    # Drawers and popovers lie outside the app's own element, which alone knows the theme.
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    show(Html(f"<style>:root {{ color-scheme: {scheme}; }}\n{ui_look.css()}</style>"))
