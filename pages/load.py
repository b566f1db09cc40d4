"""One file on its way in: what was found, what its columns and words mean, what it would change, and loading it."""

import streamlit as st

from framework.errors import Refused
from framework.store import waiting
from framework.store.waiting import Settled
from framework.workbook.recognise.shape import Asks
from pages import ui, ui_load, ui_load_found, ui_load_plan, ui_load_words

FOUND, COLUMNS, WORDS, PREVIEW = "What we found", "Columns", "Words", "What would change"

ref = st.query_params.get("ref", "")
file = waiting.one_waiting(ui.store(), ref)
if file is None or file.state is not Settled.WAITING:
    ui.heading("Load a file" if file is None else file.name, [ui.link("Data", "data"), "Load a file"])
    ui_load.said()
    ui_load.settled(file)
    st.stop()

ui.heading(file.name, [ui.link("Data", "data"), "Load a file"])
ui_load.said()
by_title = bool(st.session_state.get(f"load_by_title_{ref}"))
try:
    seen = ui_load.preview_of(file, by_title)
except Refused as refusal:
    ui.refused(refusal)
    st.button("Put this file away", on_click=ui_load.put_away, args=(ref,))
    st.stop()

step = PREVIEW
if seen.looked is not None:
    columns = [q for q in seen.questions if q.asks is Asks.COLUMN]
    values = [q for q in seen.questions if q.asks is not Asks.COLUMN]
    steps = [FOUND, COLUMNS, *([WORDS] if values or ui_load_words.answered(file, seen) else []), PREVIEW]
    known = seen.looked.layout is not None and not seen.unanswered  # as last month: nothing is asked
    step = ui_load_found.step(steps, PREVIEW if known else FOUND)
    after = steps[min(steps.index(step) + 1, len(steps) - 1)]
    if step == FOUND:
        ui_load_found.found(file, seen, after)
    elif step == COLUMNS:
        ui_load_found.columns(file, seen, columns, after)
    elif step == WORDS:
        ui_load_words.words(file, seen, values, after)
if step == PREVIEW:
    ui_load_plan.preview(file, seen)
