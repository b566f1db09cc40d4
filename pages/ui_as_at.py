"""As at: the one control that chooses the moment every page shows, kept in the address, and the band that says so."""

from datetime import date, timedelta

import streamlit as st

from framework.picture import Picture
from framework.picture.moments import Moment, choices
from pages import ui_frozen
from pages.ui_here import AS_AT
from pages.ui_html import Html, esc, join, link, small
from pages.ui_moments import any_day, meetings, moment
from pages.ui_words import heading, show, words


def carry() -> None:
    """Keep the moment when the menu leads to another page: of an address it keeps what belongs to the frame's fields.

    Nobody sees or fills this one.
    """
    with st.container(key="cd-moment"):
        st.text_input("The moment that is looked at", key=AS_AT, bind="query-params", label_visibility="collapsed")


def control(today: Picture, first: date | None, looked_at: Moment | None) -> None:
    """The choice itself. `first`: the day of the first entry; None: nothing can be looked back at yet."""
    label = "As at today" if looked_at is None else f"As at {looked_at.short}"
    choice = _choice(today, first, looked_at)
    show(Html(f'<details class="cd-as-at"><summary>{esc(label)}</summary><div>{choice}</div></details>'))


def _choice(today: Picture, first: date | None, looked_at: Moment | None) -> Html:
    if first is None or first >= today.on:
        return small("Nothing was recorded here before today, so there is no earlier day to look at.")
    view = {name: said for name, said in st.query_params.to_dict().items() if name != AS_AT}
    yesterday = today.on - timedelta(days=1)
    day = None if looked_at is None else min(looked_at.day, yesterday)
    return join(
        small("Every page, chart and download then shows what was recorded by the end of that day."),
        any_day(AS_AT, view, first, yesterday, day, "Show that day"),
        "" if looked_at is None else moment("Back to today", AS_AT, view),
        meetings(AS_AT, view, choices(today, first), "" if looked_at is None else looked_at.asked),
    )


def band(looked_at: Moment, path: str, params: dict[str, str]) -> None:
    """What every page says at its top while it shows the past."""
    today = link("Back to today", path, **{**params, AS_AT: ""})
    frozen = "" if looked_at.copy is None else ui_frozen.in_band(looked_at.copy)
    show(
        Html(
            '<div class="cd-past" role="status"><strong>'
            f"{esc(f'As at {looked_at.words}.')}</strong> {frozen} "
            f"Only what was recorded by then is shown, and nothing can be changed. {today}</div>"
        )
    )


def cannot_be_shown(refusal: Exception, path: str) -> None:
    """In place of a page whose address asks for a moment there is none of."""
    heading("That moment cannot be shown")
    words(str(refusal))
    words(link("Show this page as at today", path, **{**st.query_params.to_dict(), AS_AT: ""}))


def cannot_be_changed(looked_at: Moment, title: str, path: str, params: dict[str, str]) -> None:
    """In place of a page on which things are changed."""
    heading(title)
    words(f"You are looking at {looked_at.words}, and nothing can be changed in the past.")
    words(link("Open this page as at today", path, **{**params, AS_AT: ""}))
