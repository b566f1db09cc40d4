"""One action: what was promised, how it goes, what it should move, and everything that was said and changed."""

from urllib.parse import urlsplit

import streamlit as st

from framework.store.provenance import told_of_row
from framework.subjects import ACTIONS
from pages import ui, ui_action

picture = ui.picture()
action = picture.actions.get(st.query_params.get("ref", ""))
if action is None:
    ui.empty_state(
        "There is no such action here",
        "It may have been taken away, or it is not open to you. Choose one from the list.",
        ui.link("All actions", "actions"),
    )
    st.stop()

ui.heading(action.title, ui_action.crumbs(picture, action), tab=f"{action.code} {action.title}")
ui.words(action.success or ui.small("What will be different: nobody has said yet."), "large")
ui_action.three_words(picture, action)
when, who = st.columns(2, gap="medium")
with when:
    ui_action.dates(picture, action)
with who:
    ui_action.people(picture, action)

ui.section("What it should move")
ui_action.kpis(picture, action)
ui.section("Milestones")
ui_action.milestones(picture, action)
ui.section("Updates")
ui_action.updates(picture, action)
ui.section("What it serves")
ui_action.tags(picture, action)

told = told_of_row(ui.store(), picture, ACTIONS.table, action.ref)
with st.expander("Where it comes from", key="action_origin"):
    ui_action.origin(told)
with st.expander("History of this action", key="action_past"):
    ui_action.history(picture, action, told)
with st.expander("Link to share", key="action_link"):
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    st.code(origin + ui.address("action", ref=action.ref), language=None, wrap_lines=True)
