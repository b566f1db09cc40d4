"""What one load did: counts, how conflicts were settled, the original file, and a way to undo it."""

from functools import partial

import streamlit as st

from framework.deeds.importing import OURS
from framework.people import Act, may
from framework.periods import day_words, local_day
from framework.store import provenance, waiting
from pages import ui, ui_receipt, ui_undo

picture = ui.picture()
asked = st.query_params.get("change", "")
number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
loads = provenance.imports(ui.store(), picture)
load = next((one for one in loads if one.change == number), None)
if load is None:
    ui.heading("What a load did", [ui.link("Data", "data")])
    ui.words("No file was loaded by that change. Choose one from the list on Data.")
    ui.words(ui.link("Go to Data", "data"))
    st.stop()

ui.heading(load.file or f"Undoing of change {load.undoes}", [ui.link("Data", "data"), "What this load did"])
ui_undo.said()
undone = provenance.undone(loads).get(number)
ui.facts(
    [
        ("On", day_words(local_day(load.at))),
        ("By", load.by or "the command line"),
        ("Rows", f"{load.rows:,}" if load.rows else ""),
        ("Values", f"{load.values:,}" if load.values else ""),
        ("Layout", {OURS: "the product's own workbook", "": ""}.get(load.layout, "a layout of the sender's")),
        ("Change", f"number {load.change} in the ledger"),
        ("Undone", ui.link(f"by change {undone}", "loaded", change=undone) if undone else ""),
    ]
)
ui_receipt.receipt(waiting.receipt_of(ui.store(), number))
with st.container(horizontal=True):
    if load.kept:
        data = partial(waiting.original, ui.store(), number)
        st.download_button("Download the original file", data, load.file, key="loaded_original", on_click="ignore")
    if may(ui.person(), Act.IMPORT):
        st.button("Look at undoing it", key="loaded_undo", on_click=ui_undo.open_, args=(number,))
ui.words(ui.link("See what changed", "changes"))
if ui_undo.is_open(number):
    ui_undo.draw(picture, number)
