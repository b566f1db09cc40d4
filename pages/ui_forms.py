"""A form that saves by one deed: afresh after each saving, and on a refusal keeping what was typed."""

from collections.abc import Callable

import streamlit as st

from framework.errors import Refused
from pages.ui_html import plain
from pages.ui_words import refused

_TURN, _DONE = "forms_turn", "forms_done"


def done_words() -> None:
    """What was saved by the run before, said once."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(plain(done))


def form_key(*parts: object) -> str:
    """A form of its own for each thing it is about, and an empty one after each saving."""
    return "_".join(str(part) for part in (*parts, st.session_state.get(_TURN, 0)))


def do(deed: Callable[[], object], done: str) -> None:
    """Do a deed: on a refusal say why and keep the form, else empty it and say what was done."""
    try:
        deed()
    except Refused as refusal:
        refused(refusal)
        return
    st.session_state[_DONE] = done
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()


def go_on(form: str, version: int) -> None:
    """Offer to go on from what stands there now, which someone else has changed; what was typed stays."""
    st.button(
        "I have seen it: save mine next time",
        key=f"{form}_go_on",
        on_click=lambda: st.session_state.update({f"{form}_seen": version}),
    )
