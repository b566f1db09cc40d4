"""What words in a stranger's file mean: one question a word, however many cells hold it."""

from collections.abc import Sequence

import streamlit as st

from framework.deeds.previewing import ASK_AGAIN, Preview
from framework.store.waiting import Waiting
from framework.workbook.recognise.shape import Question
from pages import ui, ui_load
from pages.ui_load_found import go

NOT_WORDS = ("column|", "sheet|", "headings|")  # answered on steps of their own
SHOWN = 40  # questions of one page
UNANSWERED = "Choose …"


def words(file: Waiting, seen: Preview, asked: Sequence[Question], after: str) -> None:
    """Every question: first those without which nothing can be loaded, then what was assumed and may be changed."""
    must = [q for q in asked if q.suggested is None]
    may = [q for q in asked if q.suggested is not None]
    ui.words(
        f"{len(must):,} question{' is' if len(must) == 1 else 's are'} open."
        if must
        else "Nothing must be asked. This is what we assumed."
    )
    answers: dict[str, str] = {}
    with st.form("load_words", border=False):
        for title, some in (("To answer", must), ("What we assumed", may)):
            if some:
                ui.section(title)
            for question in some[:SHOWN]:
                answers |= _question(file, question)
            if len(some) > SHOWN:
                ui.quiet(f"And {len(some) - SHOWN:,} more, shown when these are answered.")
        done = st.form_submit_button("Continue", type="primary")
    _again(file, answered(file, seen))
    st.button("Back", on_click=go, args=("Columns",))
    if done:
        ui_load.remember(file.ref, answers)
        left = [q for q in must if q.key not in answers]
        if not left:
            go(after)
        st.rerun()


def answered(file: Waiting, seen: Preview) -> dict[str, str]:
    """What was answered, for this file or for an earlier one with the same headings: its words → the question."""
    remembered = seen.looked.layout.answers if seen.looked and seen.looked.layout else {}
    told = {key: said for key, said in {**remembered, **file.answers}.items() if not key.startswith(NOT_WORDS)}
    return {_named(key, said): key for key, said in sorted(told.items()) if said != ASK_AGAIN}


def _again(file: Waiting, names: dict[str, str]) -> None:
    """A way to be asked again what was answered already."""
    if not names:
        return
    with st.expander(f"Answered already ({len(names):,})"):
        again = st.multiselect("Ask again", list(names), key=f"load_again_{file.ref}", placeholder="Nothing")
        if st.button("Ask these again", key="load_ask_again", disabled=not again):
            ui_load.remember(file.ref, {names[name]: ASK_AGAIN for name in again})
            st.rerun()


def _named(key: str, said: str) -> str:
    """`owner: sam t → left empty`: an answer as a line of the list."""
    what = ": ".join(part for part in key.split("|")[1:] if part)
    return f"{what} \N{RIGHTWARDS ARROW} {said or 'left empty'}"


def _question(file: Waiting, question: Question) -> dict[str, str]:
    offered = [choice.value for choice in question.choices]
    named = {choice.value: choice.words for choice in question.choices}
    given = file.answers.get(question.key, ASK_AGAIN)
    stands = question.suggested if given == ASK_AGAIN else given
    options = offered if stands is not None else [UNANSWERED, *offered]
    where = ", ".join(question.cells[:3])
    more = f" and {question.count - 3:,} more" if question.count > 3 else ""
    left, right = st.columns([3, 2], vertical_alignment="center", gap="medium")
    with left:
        ui.words(ui.lines(question.words, ui.small(f"{where}{more}" if where else "")))
    with right:
        chosen = st.selectbox(
            ui.plain(question.words),
            options,
            index=options.index(stands) if stands in options else 0,
            format_func=lambda value: named.get(value, value),
            key=f"load_q_{question.key}",
            label_visibility="collapsed",
        )
    # What was assumed and left as it is counts as said: the next file of this layout need not show it again.
    return {} if chosen == UNANSWERED else {question.key: chosen}
