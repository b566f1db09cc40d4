"""Since when: a meeting, or any day, kept in the URL as a date."""

from datetime import date, timedelta

import streamlit as st

from framework.meetings import Meeting
from framework.picture.shape import Picture
from framework.picture.since import meeting_words, past_meetings, usual_since

SINCE = "since"  # the URL's name
_MEETING = "since_meeting"


def since(picture: Picture) -> date:
    """The day that changes are counted from: the newest past board unless another was chosen."""
    usual = usual_since(picture)
    with st.popover("Since another date", type="tertiary"):
        held = past_meetings(picture)
        if held:
            _meeting(picture, held)
        yesterday = picture.on - timedelta(days=1)
        first = min([usual, *(e.starts_on for e in picture.editions.values())])
        return st.date_input("Any day", usual, first, yesterday, key=SINCE, format="DD/MM/YYYY", bind="query-params")


def _meeting(picture: Picture, held: tuple[Meeting, ...]) -> None:
    def take() -> None:
        chosen = st.session_state[_MEETING]
        if chosen is not None:
            st.session_state[SINCE] = picture.meetings[chosen].on

    st.selectbox(
        "A meeting",
        [meeting.ref for meeting in held],
        index=None,
        placeholder="Choose a meeting",
        format_func=lambda ref: meeting_words(picture, picture.meetings[ref]),
        key=_MEETING,
        on_change=take,
    )
