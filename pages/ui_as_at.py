"""As at: the one control that chooses the moment every page shows, kept in the address, and the band that says so."""

from datetime import date

import streamlit as st

from framework.picture import Picture
from framework.picture.moments import Moment, choices
from pages.ui_here import AS_AT
from pages.ui_html import Html, esc, link
from pages.ui_words import heading, show, words

_DAY, _MEETING, _LAST = "as_at_day", "as_at_meeting", "as_at_last"


def carry(path: str) -> None:
    """Keep the moment when the menu leads to another page: it drops what stands in the address.

    On the page itself an address without it means that someone went back to today.
    """
    before, last = st.session_state.get(_LAST, (path, None))
    if AS_AT not in st.query_params and last and before != path:
        st.query_params[AS_AT] = last
    st.session_state[_LAST] = (path, st.query_params.get(AS_AT))


def control(today: Picture, first: date | None, looked_at: Moment | None) -> None:
    """The choice itself. `first`: the day of the first entry; None: nothing can be looked back at yet."""
    label = "As at today" if looked_at is None else f"As at {looked_at.short}"
    with st.popover(label, type="tertiary"):
        if first is None or first >= today.on:
            words("Nothing was recorded here before today, so there is no earlier day to look at.")
            return
        words("Every page, chart and download then shows what was recorded by the end of that day.", "small")
        day = None if looked_at is None else looked_at.day
        # Their keys carry what is looked at, so that another choice starts them anew.
        asked = "" if looked_at is None else looked_at.asked
        st.date_input(
            "Any day",
            day,
            first,
            today.on,
            key=f"{_DAY}{asked}",
            format="DD/MM/YYYY",
            on_change=_day,
            args=(asked, today),
        )
        offered = [(key, name) for key, name in choices(today) if not _is_before(key, first)]
        if offered:
            st.selectbox(
                "A meeting, or a copy frozen for one",
                [key for key, _ in offered],
                index=None,
                placeholder="Choose one",
                format_func=dict(offered).__getitem__,
                key=f"{_MEETING}{asked}",
                on_change=_meeting,
                args=(asked,),
            )
        if looked_at is not None:
            st.button("Back to today", key="as_at_today", on_click=to_today)


def _is_before(asked: str, first: date) -> bool:
    return asked < first.isoformat() if asked[:1].isdigit() else False


def _day(asked: str, today: Picture) -> None:
    day = st.session_state[f"{_DAY}{asked}"]
    if day is None or day == today.on:
        to_today()
    else:
        st.query_params[AS_AT] = day.isoformat()


def _meeting(asked: str) -> None:
    chosen = st.session_state[f"{_MEETING}{asked}"]
    if chosen is not None:
        st.query_params[AS_AT] = chosen


def to_today() -> None:
    st.query_params.pop(AS_AT, None)
    st.session_state.pop(_LAST, None)


def band(looked_at: Moment, path: str, params: dict[str, str]) -> None:
    """What every page says at its top while it shows the past."""
    today = link("Back to today", path, **{**params, AS_AT: ""})
    show(
        Html(
            '<div class="cd-past" role="status"><strong>'
            f"{esc(f'As at {looked_at.words}.')}</strong> "
            f"Only what was recorded by then is shown, and nothing can be changed. {today}</div>"
        )
    )


def cannot_be_shown(refusal: Exception, path: str) -> None:
    """In place of a page whose address asks for a moment there is none of."""
    heading("That moment cannot be shown")
    words(str(refusal))
    words(link("Show this page as at today", path, **{AS_AT: ""}))


def cannot_be_changed(looked_at: Moment, title: str, path: str, params: dict[str, str]) -> None:
    """In place of a page on which things are changed."""
    heading(title)
    words(f"You are looking at {looked_at.words}, and nothing can be changed in the past.")
    words(link("Open this page as at today", path, **{**params, AS_AT: ""}))
