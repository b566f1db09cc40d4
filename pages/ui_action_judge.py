"""The form in which a leader says how sure they are of an action, with why."""

import streamlit as st

from framework.deeds import planning
from framework.people import Person
from framework.plans import Action, Confidence
from pages import ui
from pages.ui_forms import do, form_key, go_on


def confidence(action: Action, person: Person) -> None:
    """Set it, or take it back. It is dated today and stands beside the owner's word."""
    form = form_key("judge", action.ref)
    seen = f"{form}_seen"
    if f"{form}_reason" not in st.session_state or seen not in st.session_state:
        st.session_state[seen] = action.version
    levels = [None, *Confidence]
    with st.form(form, border=False):
        level = st.selectbox(
            "Your confidence",
            levels,
            levels.index(action.confidence),
            lambda c: "Not set" if c is None else str(c).capitalize(),
            key=f"{form}_level",
        )
        reason = st.text_area("Why", action.confidence_reason or "", height=80, key=f"{form}_reason")
        sent = st.form_submit_button("Save your confidence")
    if sent:
        given = {"action": action.ref, "confidence": level, "reason": reason, "seen": int(st.session_state[seen])}
        do(lambda: planning.judge(ui.store(), by=person, now=ui.now(), **given), "Saved: your confidence.")  # type: ignore[arg-type]
    if st.session_state[seen] != action.version:
        ui.words("Someone changed this action after you opened the form. What you typed is kept.")
        go_on(form, action.version)
