"""Proposing a new action, and what came of what somebody proposed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from framework.civic import Part
from framework.deeds import proposing
from framework.people import Person
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.mine import Settled
from framework.store import proposals
from framework.store.proposals import Kind, Proposal, State
from pages import ui
from pages.ui_forms import do, form_key


def settled(person: Person) -> Mapping[str, list[Settled]]:
    """Action → what became of each proposal of the person about it."""
    found: dict[str, list[Settled]] = {}
    for one in proposals.of_person(ui.store(), person.ref):
        if one.kind is Kind.UPDATE:
            found.setdefault(one.about, []).append((one.state, one.answer, one.settled_at))
    return found


def became(picture: Picture, one: Proposal) -> str:
    """What a leader made of a proposed action, in a sentence; while it waits, that it does."""
    who = picture.name("person", one.settled_by) or "A trust leader"
    said = f": \N{LEFT DOUBLE QUOTATION MARK}{one.answer}\N{RIGHT DOUBLE QUOTATION MARK}" if one.answer else "."
    match one.state:
        case State.ACCEPTED:
            return f"{who} agreed: it is an action now{said}"
        case State.EDITED:
            return f"{who} agreed, with a change: it is an action now{said}"
        case State.DECLINED:
            return f"{who} said no{said}"
    return "It waits for a trust leader."


def form(picture: Picture, person: Person) -> None:
    """What is to be done, what it serves, what will be different, by when and who; sent to the trust's leaders."""
    assert picture.edition is not None
    objectives = {e.ref: e for e in picture.parts(picture.edition.ref, Part.OBJECTIVE)}
    people = {p.ref: p for p in _people(picture, person)}
    key = form_key("propose")
    with st.form(key, border=False):
        facts: dict[str, Any] = {"title": st.text_input("What is to be done", key=f"{key}_title")}
        facts["objective"] = st.selectbox(
            "Which objective it serves",
            list(objectives),
            None,
            lambda ref: f"{objectives[ref].code} {objectives[ref].title}",
            placeholder="Choose one",
            key=f"{key}_objective",
        )
        facts["success"] = st.text_area("What will be different", height=90, key=f"{key}_success")
        when, who = st.columns(2)
        with when:
            facts["due_on"] = st.date_input("By when", None, format="DD/MM/YYYY", key=f"{key}_due_on")
        with who:
            facts["owner"] = st.selectbox(
                "Who does it", list(people), 0, lambda ref: people[ref].name, key=f"{key}_owner"
            )
        words = st.text_area("Why, if it needs saying", height=80, key=f"{key}_words")
        sent = st.form_submit_button("Send it to the trust\N{RIGHT SINGLE QUOTATION MARK}s leaders", type="primary")
    if sent:
        said = f"Sent: {facts['title']}. A trust leader looks at it; what comes of it is said below."
        do(lambda: proposing.propose_action(ui.store(), by=person, now=ui.now(), facts=facts, words=words), said)


def _people(picture: Picture, person: Person) -> list[Person]:
    """Oneself first, then everyone who is here, by name."""
    here = [p for p in picture.people.values() if p.here_on(picture.on) and p.ref != person.ref]
    return [person, *sorted(here, key=lambda p: p.name)]


def own(picture: Picture, person: Person) -> None:
    """The new actions that the person proposed, newest first, and what came of each."""
    sent = [one for one in proposals.of_person(ui.store(), person.ref) if one.kind is Kind.ACTION]
    columns = (
        ui.Column("What is to be done"),
        ui.Column("Sent", quiet=True, width="18%"),
        ui.Column("What came of it", width="42%"),
    )
    ui.table(
        columns,
        _rows(picture, sent),
        caption="New actions that you proposed",
        key="proposed",
        empty="You have proposed none yet.",
    )


def _rows(picture: Picture, sent: Sequence[Proposal]) -> list[list[object]]:
    return [
        [str(one.data.get("title", "")), day_words(local_day(one.made_at), weekday=False), became(picture, one)]
        for one in reversed(sent)
    ]
