"""A ready message to one person: its words, which can be changed, and the four ways in which it can leave."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from framework.deeds import chasing
from framework.deeds.chasing import Ready
from framework.errors import Refused
from framework.post import PostOffice, post_office
from framework.store.askings import How
from framework.store.links import Slot
from framework.where import base_url
from pages import ui

READY, LINK_SHOWN = "chase_ready", "chase_link_shown"
_SAID = "chase_said_"
HERE = "message"  # where it is said what became of one


def tell(where: str, what: str | Refused) -> None:
    """Keep what was done, or why not, for the next run to say at its place."""
    st.session_state[_SAID + where] = what


def said(where: str) -> None:
    """What was done or refused there by the run before, once."""
    found = st.session_state.pop(_SAID + where, None)
    if isinstance(found, Refused):
        ui.refused(found)
    elif found is not None:
        st.success(ui.plain(found))


def here() -> str:
    """The address at which this site is reached: as the server was told, else as this browser reached it."""
    found = urlsplit(st.context.url or "")
    return base_url() or (f"{found.scheme}://{found.netloc}" if found.netloc else "")


def office() -> PostOffice | None:
    """The mail server that the environment names; None for none, and for one that is half set up."""
    try:
        return post_office(os.environ)
    except Refused:  # said at the server's start
        return None


def make(person: str, actions: Sequence[str], values: Sequence[Slot] = ()) -> None:
    """Make the message to one person, with their link, in place of the one that is shown."""
    close()
    try:
        made = chasing.ready_message(
            ui.store(), by=ui.person(), now=ui.now(), person=person, base=here(), actions=actions, values=values
        )
    except Refused as refusal:
        tell(HERE, refusal)
    else:
        st.session_state[READY] = made


def close() -> None:
    for key in (READY, LINK_SHOWN):
        st.session_state.pop(key, None)


def shown() -> Ready | None:
    """The message that is being looked at; None for none."""
    found: Ready | None = st.session_state.get(READY)
    return found


def message(ready: Ready) -> None:
    """The message, to be changed as one likes, and its ways out."""
    ui.section(f"Message to {ready.name}")
    ui.quiet(f"To {ready.address}" if ready.has_address else _NO_ADDRESS)
    subject = st.text_input("Subject", ready.subject, key=f"chase_subject_{ready.link}")
    text = st.text_area("Message", ready.text, height=380, key=f"chase_text_{ready.link}")
    now_ready = ready.saying(subject or "", text or "")
    if ready.url and ready.url not in now_ready.text:
        ui.words("Their link is no longer in the message. Without it they cannot answer by link.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if ready.has_address:
            _by_mail(now_ready)
        if ready.url:
            st.button("Copy link", key="chase_copy", on_click=_copied, args=(now_ready,))
        st.button("Close", key="chase_close", on_click=close, type="tertiary")
    if ready.has_address and not now_ready.fits_mailto:
        ui.quiet(
            "It is too long for the mail program\N{RIGHT SINGLE QUOTATION MARK}s button, which cuts it. Download it."
        )
    if st.session_state.get(LINK_SHOWN):
        ui.quiet("It is theirs alone: pass it to nobody else.")
        st.code(ready.url, language=None, wrap_lines=True)


_NO_ADDRESS = "No address is known here. Copy the link or the words, or load one with the People sheet."


def _by_mail(ready: Ready) -> None:
    st.link_button(
        "Open in my mail program",
        ready.mailto,
        key="chase_mailto",
        type="primary",
        on_click=partial(_taken, ready, How.MAIL_PROGRAM, "Opened in your mail program: send it there."),
    )
    store, by, now = ui.store(), ui.person(), ui.now()
    st.download_button(
        "Download the message",
        lambda: chasing.as_file(store, by=by, now=now, ready=ready),
        f"{ready.name}.eml",
        "message/rfc822",
        key="chase_file",
        on_click=partial(_taken, ready, How.FILE, "Taken as a file: open it in your mail program and send it."),
    )
    if (sends := office()) is not None:
        st.button("Send", key="chase_send", on_click=_send, args=(ready, sends))


def _taken(ready: Ready, how: How, words: str) -> None:
    _do(lambda: chasing.asked(ui.store(), by=ui.person(), now=ui.now(), ready=ready, how=how), words)


def _copied(ready: Ready) -> None:
    _taken(ready, How.COPIED, f"Here is the link. It is written down that {ready.name} was asked.")
    st.session_state[LINK_SHOWN] = True


def _send(ready: Ready, sends: PostOffice) -> None:
    done = _do(
        lambda: chasing.send(ui.store(), by=ui.person(), now=ui.now(), office=sends, ready=ready),
        f"Sent to {ready.name}.",
    )
    if done:
        close()


def _do(deed: Callable[[], object], done: str) -> bool:
    try:
        deed()
    except Refused as refusal:
        tell(HERE, refusal)
        return False
    tell(HERE, done)
    return True
