"""To check: what others propose beside what stands now, words that came by link, and files that wait."""

import streamlit as st

from framework.store import proposals, waiting
from pages import ui, ui_proposals

picture = ui.picture()
found = proposals.waiting(ui.store())
words, files = ui_proposals.unchecked(picture), waiting.waiting(ui.store())
ui_proposals.said()
if not (found or words or files):
    ui.empty_state(
        "To check",
        "Nothing waits for you. New dates, closings, figures and new actions that others propose come here, with the "
        "words that arrive by link and files that are not loaded yet.",
        ui.link("Ask people for a word", "chase"),
    )
    st.stop()

parts = ((len(found), "proposal"), (len(words), "word by link"), (len(files), "file"))
ui.heading("To check", note=ui_proposals.counted(parts))
if found:
    ui_proposals.several(picture, found)
    ui_proposals.each(picture, found)
if words:
    ui_proposals.words_by_link(picture, words)
if files:
    ui_proposals.files(picture, files)
