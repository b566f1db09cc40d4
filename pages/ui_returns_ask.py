"""Asking from Returns: one contact's message with their own sheet and link, and everyone's at once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from framework.deeds import chasing, exporting, returning
from framework.deeds.chasing import Ready
from framework.deeds.exporting import About
from framework.errors import Refused
from framework.people import Person
from framework.periods import local_day
from framework.picture import Picture
from framework.picture.returns import Owed
from framework.post import Attachment, address_of
from framework.store.askings import How
from pages import ui, ui_chase_message
from pages.ui_forms import do, form_key

MOST_TOLD, LONGEST_TOLD = 8, 300  # questions in a message, and characters of each
_SHEET = "The attached sheet asks for the same figures: fill in what you have, leave the rest empty, and send it back."


def _words(owed: Owed) -> str:
    """What a message says first: the questions that are open, and what the sheet is for. The sheet has them in full."""
    asked = [(r, r.query) for r in owed.asked if r.query is not None]
    said = [f"{r.kpi.code} {r.kpi.title}, {r.period.words}: {_short(query.words)}" for r, query in asked[:MOST_TOLD]]
    return "\n\n".join([*said, _SHEET])


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_TOLD else f"{words[:LONGEST_TOLD].rstrip()} …"


def message(picture: Picture, owed: Owed) -> None:
    """What to say to one contact, and the message that says it, with their own sheet and link."""
    person, by, now = owed.person, ui.person(), ui.now()
    assert person is not None
    assert by is not None
    ui.section("Ask for what is missing")
    if not owed.asked:
        ui.words("There is nothing to ask for: everything has been sent.")
        return
    slots = tuple(one.slot for one in owed.asked)
    key = form_key("returns_message", person.ref, len(slots))
    words = st.text_area("Your words, before the list of figures", _words(owed), key=f"{key}_words", height=120)
    link = st.checkbox("With a link that takes these figures and nothing else", True, key=f"{key}_link")
    with st.container(horizontal=True):
        make = st.button("Make their message", type="primary", key=f"{key}_make")
        _sheets(picture, owed, by, key)
    if make:
        given: dict[str, Any] = {
            "person": person.ref,
            "base": ui_chase_message.here(),
            "values": slots,
            "words": words,
            "with_link": link,
        }
        try:
            st.session_state[f"{key}_ready"] = chasing.ready_message(ui.store(), by=by, now=now, **given)
        except Refused as refusal:
            ui.refused(refusal)
    if f"{key}_ready" in st.session_state:
        _ready(st.session_state[f"{key}_ready"], owed, by, key)


def _sheets(picture: Picture, owed: Owed, by: Person, key: str) -> None:
    """Their figures as a sheet to fill, and their actions as a workbook that loads back."""
    person, now, store = owed.person, ui.now(), ui.store()
    assert person is not None
    made, name = _sheet(owed, by)
    st.download_button("Their sheet to fill", made, name, ui.XLSX, key=f"{key}_sheet", on_click="ignore")
    if any(action.owner == person.ref and action.open for action in picture.actions.values()):
        about = About(person=person.ref)
        actions = lambda: exporting.export(store, by=by, now=now, whom=about)[1]  # noqa: E731  made when pressed
        name = f"actions-{local_day(now).isoformat()}.xlsx"
        st.download_button("Their actions as a sheet", actions, name, ui.XLSX, key=f"{key}_actions", on_click="ignore")


def _sheet(owed: Owed, by: Person) -> tuple[Callable[[], bytes], str]:
    """What makes a contact's sheet when it is asked for, and its name."""
    person, now, store = owed.person, ui.now(), ui.store()
    assert person is not None
    slots = [one.slot for one in owed.asked]
    places = tuple({one.place.ref: one.place for one in owed.asked}.values())
    made = lambda: returning.return_sheet(store, by=by, now=now, person=person.ref, slots=slots)[1]  # noqa: E731
    return made, returning.sheet_name(person, places, local_day(now))


def _ready(ready: Ready, owed: Owed, by: Person, key: str) -> None:
    """The message, to be read and changed; and the ways to send it."""
    text = st.text_area("The message", ready.text, key=f"{key}_text_{ready.link}", height=320)
    store, now, said = ui.store(), ui.now(), ready.saying(ready.subject, text or "")
    made, name = _sheet(owed, by)
    if not ready.has_address:
        ui.words(f"{ready.name} has no address here. Copy the message, and send it with their sheet.")
    else:
        with st.container(horizontal=True):
            st.download_button(
                "Download the message with their sheet",
                lambda: chasing.as_file(store, by=by, now=now, ready=said, attachments=_attached(made, name)),
                f"{name.removesuffix('.xlsx')}.eml",
                "message/rfc822",
                key=f"{key}_eml",
                on_click="ignore",
            )
            if said.fits_mailto:
                opened = partial(chasing.asked, store, by=by, now=now, ready=said, how=How.MAIL_PROGRAM)
                st.link_button("Open in my mail program", said.mailto, key=f"{key}_mailto", on_click=opened)
            office = ui_chase_message.office()
            send = office is not None and st.button("Send it with their sheet", key=f"{key}_send")
        if send and office is not None:
            given: dict[str, Any] = {"office": office, "ready": said, "attachments": _attached(made, name)}
            do(lambda: chasing.send(store, by=by, now=now, **given), f"Sent to {ready.name}, with their sheet.")
        ui.quiet(f"To {ready.address}. A mail program takes the words alone: attach the sheet there yourself.")
    with st.expander("Copy the message", key=f"{key}_copy"):
        st.code(said.text, language=None, wrap_lines=True)


def _attached(made: Callable[[], bytes], name: str) -> list[Attachment]:
    return [Attachment(name, made(), ui.XLSX)]


def all_messages(owed: Sequence[Owed]) -> None:
    """Everyone who owes something, each with their own sheet and link, in one file."""
    by, now, store, base = ui.person(), ui.now(), ui.store(), ui_chase_message.here()
    assert by is not None
    asked = [(one, one.person) for one in owed if one.person is not None and one.asked]
    reached = [(one, person) for one, person in asked if address_of(person.email)]
    if not asked:
        return

    def made() -> bytes:
        ready, sheets = [], {}
        for one, person in reached:
            slots = [r.slot for r in one.asked]
            given: dict[str, Any] = {"person": person.ref, "base": base, "values": slots, "words": _words(one)}
            ready.append(chasing.ready_message(store, by=by, now=now, **given))
            sheets[person.ref] = _attached(*_sheet(one, by))
        return chasing.bundle(store, by=by, now=now, ready=ready, attachments=sheets)

    if reached:
        n = len(reached)
        label = "The one message with its sheet (.zip)" if n == 1 else f"All {n:,} messages with their sheets (.zip)"
        name = f"messages-{local_day(now).isoformat()}.zip"
        st.download_button(label, made, name, "application/zip", key="returns_all", on_click="ignore")
    if without := [person.name for _, person in asked if not address_of(person.email)]:
        ui.quiet(f"No address here: {', '.join(without)}. Choose them above and copy their message.")
