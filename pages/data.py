"""What has been sent and what not, a workbook in, everything out, and every load so far."""

import streamlit as st

from framework.deeds import importing
from framework.periods import day_words, local_day
from framework.picture.review import Filter, figures_in
from framework.store import provenance
from pages import ui, ui_upload

NEWEST = 10  # loads that are shown before all of them are asked for


def returns() -> None:
    """Who has not sent what for the newest half-term."""
    found = figures_in(picture, picture.edition.ref, Filter()) if picture.edition else None
    if found is None:
        return
    ui.section(f"Figures for {found.period.words}")
    ui.words(ui.join(ui.strong(f"{found.here} of {found.expected}"), " are in."))
    ui.show(ui.bar(found.here, found.expected))
    rows = [
        (place.name, len(kpis), ui.lines(*(ui.link(f"{k.code} {k.title}", "kpi", ref=k.ref) for k in kpis)))
        for place, kpis in found.missing
    ]
    columns = (ui.Column("Who", width="30%"), ui.Column("Missing", "right", width="10%"), ui.Column("Not sent yet"))
    ui.table(columns, rows, caption="Who has not sent what", key="data_returns", empty="Everyone has sent everything.")


def take_out() -> None:
    ui.section("Take everything out", "A workbook that can be changed and loaded again. Unchanged, it changes nothing.")
    store, person, now = ui.store(), ui.person(), ui.now()

    def made(empty: bool) -> bytes:
        return importing.export(store, by=person, now=now, empty=empty)[1]

    day = local_day(now).isoformat()
    with st.container(horizontal=True):
        whole = {"file_name": f"civic-duty-{day}.xlsx", "mime": ui.XLSX, "on_click": "ignore"}
        st.download_button("Download everything", lambda: made(False), key="data_whole", **whole)
        blank = {"file_name": "civic-duty-template.xlsx", "mime": ui.XLSX, "on_click": "ignore"}
        st.download_button("Download an empty template", lambda: made(True), key="data_empty", **blank)


def so_far() -> None:
    ui.section("Loaded so far")
    found = provenance.imports(ui.store(), picture)
    place = st.container()
    if len(found) > NEWEST and not st.checkbox(f"Show all {len(found):,}", key="data_all", bind="query-params"):
        found = found[:NEWEST]
    rows = [
        (
            day_words(local_day(i.at)),
            i.file,
            i.by or "the command line",
            f"{i.rows:,}" if i.rows else "",
            f"{i.values:,}" if i.values else "",
        )
        for i in found
    ]
    columns = (
        ui.Column("When", width="20%"),
        ui.Column("File"),
        ui.Column("Who"),
        ui.Column("Rows", "right", width="10%"),
        ui.Column("Values", "right", width="10%"),
    )
    with place:
        nothing = "Nothing has been loaded yet."
        ui.table(columns, rows, caption="Files that were loaded, newest first", key="data_imports", empty=nothing)


picture = ui.picture()
staged = ui_upload.staged()
if staged is not None:
    ui_upload.preview(picture, staged)
    st.stop()
ui.heading("Data")
ui_upload.receipt()
returns()
ui_upload.upload()
take_out()
so_far()
