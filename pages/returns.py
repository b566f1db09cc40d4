"""Returns: which figures are in, late or queried, by whom they are due, and a ready message to each of them."""

import streamlit as st

from framework.people import Act, may
from framework.picture.returns import by_contact, returns
from pages import ui, ui_forms, ui_returns, ui_returns_ask, ui_returns_questions

picture, person = ui.picture(), ui.person()
if picture.edition is None:
    ui.empty_state(
        "Returns",
        "Here will be every figure that is due: which are in, which are late, and whom to ask for the rest.",
        ui.link("Load a workbook", "data") if may(person, Act.IMPORT) else None,
    )
    st.stop()

listed = returns(picture, picture.edition.ref, ui_returns.given())
owed = by_contact(listed)
may_ask = person is not None and may(person, Act.CHASE)
who = next((one for one in owed if one.person and one.person.ref == st.query_params.get("who")), None)

if who is not None and who.person is not None:
    ui.heading(who.person.name, [ui.link("Data", "data"), ui.link("Returns", "returns"), who.person.name])
    ui_forms.done_words()
    ui_returns.headline(who.returns)
    ui_returns.left_out()
    ui_returns_questions.about_value(picture)
    if may_ask:
        ui_returns_ask.message(picture, who)
    ui_returns.slots(picture, who, may_ask)
    st.stop()

ui.heading("Returns", [ui.link("Data", "data"), "Returns"])
ui_forms.done_words()
if not listed:
    ui.words("Nothing is due yet: no period of this framework version is over. The first figures come after it.")
else:
    ui_returns.headline(listed)
    ui_returns.left_out()
ui_returns_questions.about_value(picture)
if listed:
    if may_ask:
        ui_returns_ask.all_messages(owed)
    ui_returns.contacts(owed)
ui_returns_questions.questions(picture, may_ask)
