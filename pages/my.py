"""My actions: what is mine, due or gone quiet; a word on each, one at a time or several at once."""

import streamlit as st

from framework.people import Role
from framework.picture.mine import how_many, line_of, my_lines
from framework.picture.own import may_update
from pages import ui, ui_my_table, ui_propose, ui_typed, ui_update

ONE, SEVERAL = "One at a time", "Several at once"

picture, person = ui_update.plan(), ui.person()
assert person is not None
if ui_typed.opened_anew():
    ui_update.forget_saved()
    ui_my_table.forget()
ui_typed.listen()

settled = ui_propose.settled(person)
asked = st.query_params.get("ref", "")
if asked:
    action = picture.actions.get(asked)
    if action is None or not may_update(action, person):
        ui.empty_state(
            "There is no such action of yours here",
            "It may have been taken away, or it is someone else's. Choose one from your list.",
            ui.link("My actions", "my"),
        )
        st.stop()
    ui.heading("Say how it goes", [ui.link("My actions", "my"), action.code], tab=f"{action.code} {action.title}")
    ui_update.card(picture, person, line_of(picture, person, action, settled.get(asked, ())))
    st.stop()

propose = ui.link("Propose a new action", "propose")
lines = my_lines(picture, person, settled)
if not lines:
    loads = picture.edition is None and person.role is Role.LEADER
    ui.empty_state(
        "My actions",
        "Here will be every action that you or your organisation does. You say how it goes in a tap and a sentence, "
        "and see what came of it.",
        ui.link("Load a workbook", "data") if loads else propose,
    )
    st.stop()

ui.heading("My actions", note=how_many(lines))
open_lines = [line for line in lines if line.action.open]
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    how = ui.choose("How", [ONE, SEVERAL], "my_view", how="segments") if len(open_lines) > 1 else ONE
    ui.words(propose)
if how == SEVERAL:
    ui_my_table.table(picture, person, open_lines)
else:
    ui_update.cards(picture, person, lines)
