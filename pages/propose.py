"""Propose a new action: it is in no list until a trust leader accepts it."""

import streamlit as st

from pages import ui, ui_propose
from pages.ui_forms import done_words

picture, person = ui.picture(), ui.person()
if picture.edition is None or person is None:
    ui.empty_state(
        "Propose a new action",
        "Here anyone who takes part can propose an action. There is no framework yet that it could serve.",
        ui.link("My actions", "my"),
    )
    st.stop()

ui.heading(
    "Propose a new action",
    [ui.link("My actions", "my")],
    note="A trust leader looks at it before it becomes an action of the plan.",
)
done_words()
ui_propose.form(picture, person)
ui.section("What you proposed")
ui_propose.own(picture, person)
