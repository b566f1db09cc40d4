"""Add an action to the plan, or change one and its milestones."""

import streamlit as st

from pages import ui, ui_action_forms, ui_action_steps, ui_forms

picture, person = ui.picture(), ui.person()
ref = st.query_params.get("ref", "")
action = picture.actions.get(ref)
if person is None or picture.edition is None or (ref and action is None):
    ui.empty_state(
        "There is no such action here" if ref else "Add an action",
        "Choose one from the list." if ref else "There is no framework yet that an action could serve.",
        ui.link("All actions", "actions") if ref else ui.link("Load a workbook", "data"),
    )
    st.stop()

if action is None:
    edition, words = ui_action_forms.version(picture, picture.edition, st.query_params.get("version", ""))
    ui.heading("Add an action", [ui.link("Actions", "actions"), "Add an action"], words)
    ui_forms.done_words()
    ui_action_forms.add(picture, person, edition.ref)
    st.stop()

ui.heading(
    "Change this action",
    [ui.link("Actions", "actions"), ui.link(f"{action.code} {action.title}", "action", ref=action.ref), "Change it"],
    tab=f"Change {action.code}",
)
ui_forms.done_words()
ui_action_forms.change(picture, person, action)
ui.section("Milestones")
ui_action_steps.steps(picture, person, action)
