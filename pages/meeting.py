"""One meeting: its facts, its window, what was changed after that had closed, its frozen copy and its history."""

import streamlit as st

from framework.people import Act, may
from framework.periods import day_words
from pages import ui, ui_forms, ui_frozen, ui_history, ui_meeting, ui_meeting_forms

picture, person = ui.picture(), ui.person()
meeting = picture.meetings.get(st.query_params.get("ref", ""))
if meeting is None:
    ui.empty_state(
        "There is no such meeting here",
        "It may have been cancelled, or written down later than what you look at.",
        ui.link("All meetings", "meetings"),
    )
    st.stop()

leads = person is not None and may(person, Act.CONVENE)
ui.heading(
    f"{meeting.title}, {day_words(meeting.on)}",
    [ui.link("Meetings", "meetings"), meeting.title],
    ui_meeting.ways_on(picture, meeting),
    tab=meeting.title,
)
ui_forms.done_words()
ui_meeting.facts(picture, meeting)
ui_meeting.window(picture, meeting)
if leads and person is not None:
    ui_meeting_forms.window(picture, meeting, person)
ui_meeting.after_closing(picture, meeting)
ui_frozen.section(picture, meeting)
if leads and person is not None:
    with st.expander("Change this meeting", key="meeting_change"):
        ui_meeting_forms.change(picture, meeting, person)
    if not any(copy.meeting == meeting.ref for copy in picture.frozen):
        with st.expander("Cancel this meeting", key="meeting_cancel"):
            ui_meeting_forms.cancel(meeting, person)
with st.expander("History of this meeting", key="meeting_history"):
    ui_history.of_row(picture, "meeting", meeting.ref, "meeting_past")
