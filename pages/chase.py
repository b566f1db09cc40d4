"""Ask for a word: who owes one and why, a ready message for each with their own link, and a log of who was asked."""

import streamlit as st

from framework.people import Act, may
from pages import ui, ui_chase, ui_chase_message

picture, person = ui.picture(), ui.person()
if picture.edition is None or person is None:
    ui.empty_state(
        "Ask for a word",
        "Here will be everyone whose actions are late, silent or due, each with a message ready to be sent.",
        ui.link("Load a workbook", "data"),
    )
    st.stop()

ui.heading("Ask for a word", [ui.link("Actions", "actions")])
named = st.query_params.get("person", "")
found = {row.person.ref: row for row in ui_chase.rows(picture, named)}
ui.words(ui_chase.summary(picture, list(found.values())), "large")
ui_chase.listed(picture, list(found.values()), person)


def chosen() -> None:
    row = found.get(st.session_state["chase_to"] or "")
    if row is None:
        ui_chase_message.close()
        return
    wish = row.wish
    actions = [action.ref for action, _ in row.actions]
    ui_chase_message.make(row.person.ref, actions, wish.values if wish is not None else ())


others = [ref for ref in found if ref != person.ref]
if others and may(person, Act.CHASE):
    to = st.pills(
        "Write to",
        others,
        default=named if named in others else None,
        format_func=ui_chase.names(picture, list(found.values())).__getitem__,
        key="chase_to",
        on_change=chosen,
    )
    ready = ui_chase_message.shown()
    if ready is not None:
        ui_chase_message.message(ready)
    elif to is not None:
        st.button("Write the message", type="primary", key="chase_write", on_click=chosen)
    ui_chase_message.said(ui_chase_message.HERE)

ui_chase.nobody(picture)
ui_chase.links(picture, person)
ui_chase.log(picture)
ui_chase.digest(picture)
