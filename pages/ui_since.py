"""Since when, and up to when: a meeting, a frozen copy or any day, kept in the URL; each choice is another address."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from framework.errors import ValueRefused
from framework.picture.between import Earlier, Pair, earlier, later_words, usual, usual_pairs
from framework.picture.moments import choices
from framework.picture.shape import Picture
from framework.store import pictures
from pages import ui_here
from pages.ui_html import Html, join, link, strong
from pages.ui_moments import any_day, meetings
from pages.ui_moments import moment as moment_link
from pages.ui_words import show, words

SINCE = "since"  # the URL's name


@dataclass(frozen=True)
class Since:
    """The earlier moment with its picture; None: nothing was recorded before. `refusal`: why it is not what was asked.

    first  the day of the first entry; None: there is none
    """

    moment: Earlier | None
    before: Picture | None
    first: date | None
    refusal: str = ""


def since(picture: Picture) -> Since:
    """What changes are counted from: what the URL asks for, else the newest past board."""
    today, first = ui_here.today_picture(), pictures.first_day(ui_here.store())
    try:
        return _since(earlier(st.query_params.get(SINCE), picture, today, first), first)
    except ValueRefused as refusal:
        found = usual(picture, first)
        instead = "" if found is None else f" Until then this compares with {found.words}."
        return _since(found, first, f"{refusal}{instead}")


def _since(found: Earlier | None, first: date | None, refusal: str = "") -> Since:
    if found is None:
        return Since(None, None, first, refusal)
    return Since(found, ui_here.picture(found.as_at, found.change), first, refusal)


def choose_since(picture: Picture, found: Since, label: str = "Since another date") -> None:
    """The choice of the earlier moment."""
    first = found.first
    if first is None or first >= picture.on:
        return
    with st.popover(label, type="tertiary"):
        view = _view(SINCE)
        day = None if found.moment is None else found.moment.day
        show(any_day(SINCE, view, first, picture.on - timedelta(days=1), day, "Compare"))
        asked = "" if found.moment is None else found.moment.asked
        looked_at = ui_here.asked_moment()
        show(meetings(SINCE, view, [one for one in choices(picture, first) if one[0] != looked_at], asked))


def choose_later(found: Since) -> None:
    """The choice of the later moment: the one that every page shows."""
    today, moment = ui_here.today_picture(), ui_here.moment()
    if found.moment is None or found.first is None:
        return
    with st.popover(f"To {'today' if moment is None else moment.short}", type="tertiary"):
        view, start = _view(ui_here.AS_AT), found.moment.day
        if moment is not None:
            words(moment_link("Today", ui_here.AS_AT, view))
        day = None if moment is None else moment.day
        show(any_day(ui_here.AS_AT, view, start + timedelta(days=1), today.on, day, "Compare"))
        begun = found.moment.as_at
        earlier_copies = {copy.ref for copy in today.frozen if copy.as_at <= begun}
        copies = {copy.ref for copy in today.frozen} - earlier_copies
        offered = [
            one
            for one in choices(today, found.first)
            if one[0] in copies or (one[0] not in earlier_copies and one[0] > start.isoformat())
        ]
        show(meetings(ui_here.AS_AT, view, offered, "" if moment is None else moment.asked))


def usual_links(found: Since) -> Html:
    """Since the last board, and between the last two: one click each; the one that is shown is no link."""
    today, asked = ui_here.today_picture(), ui_here.asked_moment() or ""
    shown = (found.moment.asked if found.moment is not None else "", asked)
    return join(*(_pair(pair, shown) for pair in usual_pairs(today, found.first)), by=" · ")


def _pair(pair: Pair, shown: tuple[str, str]) -> Html:
    if (pair.since, pair.as_at) == shown:
        return strong(pair.words)
    view = {name: value for name, value in _view(SINCE).items() if name != ui_here.AS_AT}
    return link(pair.words, "changes", **{**view, SINCE: pair.since, ui_here.AS_AT: pair.as_at})


def until_words() -> str:
    """The later moment in words: `today`, `the board on Tue 7 Jul 2026`."""
    return later_words(ui_here.today_picture(), ui_here.moment())


def _view(but: str) -> dict[str, str]:
    """What else the address says, without the turned pages of lists: another comparison has other lists."""
    kept = st.query_params.to_dict().items()
    return {name: value for name, value in kept if name != but and not name.endswith("_page")}
