"""The forms about a meeting: add one, change its facts, cancel it; open its window, close it, open it again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import streamlit as st

from framework.deeds import convening
from framework.meetings import REPORTED, Meeting, WindowState, audience_of_meeting, window_state
from framework.people import Audience, Person
from framework.periods import Period
from framework.picture import Picture
from framework.subjects import MEETINGS
from pages import ui, ui_fields
from pages.ui_forms import do, form_key, go_on

_KINDS = ("board", "committee", "task force")


def add(picture: Picture, person: Person) -> None:
    form = form_key("meeting", "new")
    with st.form(form, border=False):
        typed = _typed(picture, None, form)
        sent = st.form_submit_button("Add this meeting", type="primary")
    if sent:
        said = f"Added: {typed['title']}."
        do(lambda: convening.add_meeting(ui.store(), by=person, now=ui.now(), facts=typed), said)


def change(picture: Picture, meeting: Meeting, person: Person) -> None:
    form = form_key("meeting", meeting.ref)
    seen = _seen(form, "title", meeting)
    with st.form(form, border=False):
        typed = _typed(picture, meeting, form)
        why = st.text_input("Why (needed once the window has closed)", key=f"{form}_why")
        sent = st.form_submit_button("Save this meeting", type="primary")
    if sent:
        given: dict[str, Any] = {"meeting": meeting.ref, "facts": typed, "seen": seen, "why": why}
        said = f"Saved: {typed['title']}."
        do(lambda: convening.change_meeting(ui.store(), by=person, now=ui.now(), **given), said)
    if seen != meeting.version:
        ui.words("Someone changed this meeting after you opened it. It stands above as it is now; yours is kept here.")
        go_on(form, meeting.version)


def cancel(meeting: Meeting, person: Person) -> None:
    form = form_key("meeting_cancel", meeting.ref)
    seen = _seen(form, "why", meeting)
    with st.form(form, border=False):
        ui.quiet("It leaves the list; the history keeps it. Its window goes with it, and locks nothing any more.")
        why = st.text_input("Why it is cancelled", key=f"{form}_why")
        sent = st.form_submit_button("Cancel this meeting")
    if sent:
        given: dict[str, Any] = {"meeting": meeting.ref, "seen": seen, "why": why}
        said = f"Cancelled: {meeting.title}."
        do(lambda: convening.cancel_meeting(ui.store(), by=person, now=ui.now(), **given), said)


def window(picture: Picture, meeting: Meeting, person: Person) -> None:
    """The one thing to do with the window as it stands, and what comes of it."""
    match window_state(meeting, picture.on):
        case WindowState.NOT_YET:
            note = "Opened now, its figures can be sent from today."
            _press(meeting, person, "Open it now", note, "The window is open.", convening.open_window)
        case WindowState.OPEN:
            note = (
                "Once closed, only a leader can change what it covers, with a reason, and each change is listed here."
            )
            _press(meeting, person, "Close it now", note, "The window is closed.", convening.close_window)
        case WindowState.CLOSED:
            with st.expander("Open it again", key="meeting_reopen"):
                _reopen(picture, meeting, person)


def _press(meeting: Meeting, person: Person, label: str, note: str, said: str, deed: Callable[..., None]) -> None:
    form = form_key("window", meeting.ref)
    seen = _seen(form, "why", meeting)
    with st.form(form, border=False):
        ui.quiet(note)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            why = st.text_input("Why, if it needs saying", key=f"{form}_why", width=420)
            sent = st.form_submit_button(label)
    if sent:
        do(lambda: deed(ui.store(), by=person, now=ui.now(), meeting=meeting.ref, seen=seen, why=why), said)


def _reopen(picture: Picture, meeting: Meeting, person: Person) -> None:
    form = form_key("window_again", meeting.ref)
    seen = _seen(form, "why", meeting)
    with st.form(form, border=False):
        ui.quiet("Everybody who reports can then send figures again. A frozen copy stays as it is.")
        with st.container(horizontal=True):
            until = st.date_input(
                "Up to and including",
                picture.on + timedelta(days=7),
                picture.on,
                format="DD/MM/YYYY",
                key=f"{form}_until",
            )
            why = st.text_input("Why", key=f"{form}_why")
        sent = st.form_submit_button("Open it again")
    if sent:
        given: dict[str, Any] = {"meeting": meeting.ref, "until": until, "seen": seen, "why": why}
        said = "The window is open again."
        do(lambda: convening.reopen_window(ui.store(), by=person, now=ui.now(), **given), said)


def _seen(form: str, probe: str, meeting: Meeting) -> int:
    """The version that stood there when the form was first drawn."""
    seen = f"{form}_seen"
    if f"{form}_{probe}" not in st.session_state or seen not in st.session_state:
        st.session_state[seen] = meeting.version
    return int(st.session_state[seen])


def _typed(picture: Picture, meeting: Meeting | None, form: str) -> dict[str, Any]:
    """The facts two abreast: what and when, for whom, then the window."""

    def ask(name: str, label: str, options: list[Any] | None = None) -> Any:
        value = MEETINGS.field(name).default if meeting is None else getattr(meeting, name)
        return ui_fields.field(MEETINGS, name, value, picture, form, options=options or (), label=label)

    def day(name: str, label: str) -> date | None:
        value = None if meeting is None else getattr(meeting, name)
        found: date | None = st.date_input(label, value, format="DD/MM/YYYY", key=f"{form}_{name}")
        return found

    typed: dict[str, Any] = {}
    title, kind = st.columns(2)
    with title:
        typed["title"] = ask("title", "Title")
    with kind:
        typed["kind"] = _kind(picture, meeting, form)
    on, papers = st.columns(2)
    with on:
        typed["on"] = day("on", "Held on")
    with papers:
        typed["papers_on"] = day("papers_on", "Papers due")
    audience, school = st.columns(2)
    with audience:
        typed["audience"] = _audience(meeting, form)
    with school:
        typed["place"] = ask("place", "School, for its own committee", [p.ref for p in picture.schools])
    reports, first, last = st.columns(3)
    with reports:
        typed["reports"] = ask("reports", "What is reported", _periods(picture))
    with first:
        typed["opens_on"] = day("opens_on", "Window opens")
    with last:
        typed["closes_on"] = day("closes_on", "Window closes (last day)")
    typed["note"] = ask("note", "Note")
    return typed


def _kind(picture: Picture, meeting: Meeting | None, form: str) -> str | None:
    known = {m.kind for m in picture.meetings.values() if m.kind}
    offered = [None, *dict.fromkeys([*_KINDS, *sorted(known)])]
    now = None if meeting is None else meeting.kind
    return st.selectbox(
        "Kind", offered, offered.index(now), lambda k: "Not said" if k is None else k.capitalize(), key=f"{form}_kind"
    )


def _audience(meeting: Meeting | None, form: str) -> Audience | None:
    by_kind = "As its kind tells"
    if meeting is not None and meeting.audience is None:
        by_kind += f": {audience_of_meeting(meeting)}"
    offered = [None, *Audience]
    now = None if meeting is None else meeting.audience
    return st.selectbox(
        "Its paper is for",
        offered,
        offered.index(now),
        lambda a: by_kind if a is None else str(a).capitalize(),
        key=f"{form}_audience",
    )


def _periods(picture: Picture) -> list[Period]:
    """What can be reported, newest year first; a half-term before the term and the year that hold it."""
    found = [period for kind in REPORTED for period in picture.calendar.periods(kind)]
    return sorted(found, key=lambda p: (-p.year, REPORTED.index(p.kind), p.index))
