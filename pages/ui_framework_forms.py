"""The forms about the framework's words: add an element, change one. Each does one deed and keeps what was typed."""

from collections.abc import Callable

import streamlit as st

from framework.civic import Element, Part
from framework.deeds import governing
from framework.errors import Refused
from framework.people import Act, may
from pages import ui, ui_framework

_TURN, _DONE = "framework_turn", "framework_done"
_WITH_KIND = {Part.STATEMENT: "Premise or commitment", Part.PRIORITY: "Stage"}
_KINDS = "Premise or commitment of a statement; stage of a priority"
_EXACTLY = "Exactly as the trust published them."


def may_edit() -> bool:
    return may(ui.person(), Act.EDIT_FRAMEWORK)


def done_words() -> None:
    """What was saved by the run before, said once."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(ui.plain(done))


def add(edition: str) -> None:
    """Add an element at the end of its part."""
    form = _form("add", edition)
    order = (*ui_framework.BANDS, *(part for part in Part if part not in ui_framework.BANDS))
    with st.form(form, border=False):
        part = st.selectbox("Part", order, format_func=lambda p: str(p).capitalize(), key=f"{form}_part")
        words = st.text_area("Words", help=_EXACTLY, height=90, key=f"{form}_words")
        kind = st.text_input("Kind", help=_KINDS, key=f"{form}_kind")
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Add to the framework", type="primary")
    if sent:
        _do(
            lambda: governing.add_element(
                ui.store(),
                by=ui.person(),  # type: ignore[arg-type]
                now=ui.now(),
                edition=edition,
                part=part,
                words=words,
                kind=kind,
                why=why,
            ),
            f"Added: {part}, {words.strip()}",
        )


def change(element: Element) -> None:
    """Change an element's words, from the version that stood there when the form was first drawn."""
    form = _form("change", element.ref)
    seen = _seen(form, element)
    with st.form(form, border=False):
        words = st.text_area("Words", help=_EXACTLY, height=110, key=f"{form}_words")
        label = _WITH_KIND.get(element.part)
        kind = st.text_input(label, key=f"{form}_kind") if label else element.kind or ""
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Save these words", type="primary")
    if sent:
        _do(
            lambda: governing.change_element(
                ui.store(),
                by=ui.person(),  # type: ignore[arg-type]
                now=ui.now(),
                element=element.ref,
                words=words,
                seen=seen,
                kind=kind,
                why=why,
            ),
            "Saved. The earlier words are kept in the history.",
        )
    if seen != element.version:
        _changed_meanwhile(form, element)


def _form(*parts: str) -> str:
    """A form of its own for each thing it is about, and a fresh one after each saving."""
    return "_".join(("framework", *parts, str(st.session_state.get(_TURN, 0))))


def _seen(form: str, element: Element) -> int:
    """The version read when the fields were filled. Streamlit forgets both together when the person leaves the page."""
    if f"{form}_words" not in st.session_state or f"{form}_seen" not in st.session_state:
        st.session_state[f"{form}_words"] = element.words
        st.session_state[f"{form}_kind"] = element.kind or ""
        st.session_state[f"{form}_seen"] = element.version
    return int(st.session_state[f"{form}_seen"])


def _changed_meanwhile(form: str, element: Element) -> None:
    """Offer to go on from what stands there now; what was typed stays."""
    ui.words(ui.join("Someone changed this after you opened it. Now it says: ", ui.strong(element.words)))
    ui.quiet("What you typed is kept above.")
    st.button(
        "I have seen it: save mine next time",
        key=f"{form}_go_on",
        on_click=lambda: st.session_state.update({f"{form}_seen": element.version}),
    )


def _do(deed: Callable[[], object], done: str) -> None:
    """Do a deed: on a refusal say why and keep the form, else empty it and say what was done."""
    try:
        deed()
    except Refused as refusal:
        ui.refused(refusal)
        return
    st.session_state[_DONE] = done
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()
