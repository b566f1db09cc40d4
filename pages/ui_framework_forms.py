"""The forms about the framework's words: add an element, change one. Each does one deed and keeps what was typed."""

import streamlit as st

from framework.civic import Element, Part
from framework.deeds import governing
from framework.people import Act, may
from pages import ui, ui_framework
from pages.ui_forms import do, form_key, go_on

_WITH_KIND = {Part.STATEMENT: "Premise or commitment", Part.PRIORITY: "Stage"}
_KINDS = "Premise or commitment of a statement; stage of a priority"
_EXACTLY = "Exactly as the trust published them."


def may_edit() -> bool:
    return may(ui.person(), Act.EDIT_FRAMEWORK)


def add(edition: str) -> None:
    """Add an element at the end of its part."""
    form = form_key("framework", "add", edition)
    order = (*ui_framework.BANDS, *(part for part in Part if part not in ui_framework.BANDS))
    with st.form(form, border=False):
        part = st.selectbox("Part", order, format_func=lambda p: str(p).capitalize(), key=f"{form}_part")
        words = st.text_area("Words", help=_EXACTLY, height=90, key=f"{form}_words")
        kind = st.text_input("Kind", help=_KINDS, key=f"{form}_kind")
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Add to the framework", type="primary")
    if sent:
        do(
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
    form = form_key("framework", "change", element.ref)
    seen = _seen(form, element)
    with st.form(form, border=False):
        words = st.text_area("Words", help=_EXACTLY, height=110, key=f"{form}_words")
        label = _WITH_KIND.get(element.part)
        kind = st.text_input(label, key=f"{form}_kind") if label else element.kind or ""
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Save these words", type="primary")
    if sent:
        do(
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
    go_on(form, element.version)
