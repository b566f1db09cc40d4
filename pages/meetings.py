"""Meetings: what comes next, its papers and its window; then those that were; and a way to add one."""

import streamlit as st

from framework.people import Act, may
from pages import ui, ui_forms, ui_meeting_forms, ui_meeting_list

picture, person = ui.picture(), ui.person()
ui.heading("Meetings", note=ui.link("The calendar: terms, half-terms and days off", "term_dates"))
ui_forms.done_words()
if not picture.meetings:
    ui.words(
        "Here will be every meeting with its papers, the window in which its figures are sent, and what changed after "
        "that had closed.",
        "large",
    )
kind = ui_meeting_list.kind(picture)
ui_meeting_list.coming(picture, kind)
if person is not None and may(person, Act.CONVENE):
    with st.expander("Add a meeting", key="meeting_new"):
        ui_meeting_forms.add(picture, person)
ui_meeting_list.held(picture, kind)
