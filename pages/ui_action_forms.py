"""The forms that add an action and change one. Each does one deed and keeps what was typed if it is refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from framework.civic import Edition
from framework.deeds import planning
from framework.people import Person
from framework.picture import Picture
from framework.plans import Action
from framework.subjects import ACTIONS, data_of
from framework.workbook.words import shown
from pages import ui
from pages import ui_action_fields as fields
from pages.ui_action_fields import Asking
from pages.ui_forms import do, form_key, go_on

_MOST_STEPS = 12  # milestones that can be set down with a new action; later ones are added on its page
_EMPTY: Mapping[str, Any] = {f.name: f.default for f in ACTIONS.fields}
_ADDED = "action_added"


def version(picture: Picture, usual: Edition, code: str) -> tuple[Edition, ui.Html]:
    """The framework version that a new action belongs to, and in words which; the others are a link away."""
    chosen = next((e for e in picture.editions.values() if e.code == code), usual)
    others = [ui.link(e.code, "action_edit", version=e.code) for e in picture.editions.values() if e != chosen]
    return chosen, ui.join(f"For {chosen.title}.", " Or for " if others else "", ui.join(*others, by=", "))


def add(picture: Picture, person: Person, edition: str) -> None:
    """Four questions, and groups of more that are opened when they matter."""
    added = st.session_state.pop(_ADDED, None)
    if added in picture.actions:
        action = picture.actions[added]
        ui.words(ui.join("Open it: ", ui.link(f"{action.code} {action.title}", "action", ref=added)))
    asking = Asking(picture, edition, form_key("action_new", edition), _EMPTY, new=True)
    typed = _typed(asking)
    steps = _steps(asking.form)
    if st.button("Add this action", type="primary", key=f"{asking.form}_send"):
        facts = typed | {"edition": edition}

        def deed() -> None:
            ref = planning.add_action(ui.store(), by=person, now=ui.now(), facts=facts, milestones=steps)
            st.session_state[_ADDED] = ref

        do(deed, f"Added: {facts['title']}.")


def change(picture: Picture, person: Person, action: Action) -> None:
    """The same with what stands there; only what was changed in the form is saved."""
    form = form_key("action", action.ref)
    before, seen = _opened(form, action)
    asking = Asking(picture, action.edition, form, before)
    typed = _typed(asking)
    facts = {name: value for name, value in typed.items() if name in before and value != before[name]}
    why = st.text_input("Why, if it needs saying", key=f"{form}_why")
    if st.button("Save this action", type="primary", key=f"{form}_send"):
        given: dict[str, Any] = {"action": action.ref, "facts": facts, "seen": seen, "why": why}
        given |= {"moved_for": typed.get("moved_for"), "moved_because": typed.get("moved_because") or ""}
        do(lambda: planning.change_action(ui.store(), by=person, now=ui.now(), **given), f"Saved: {action.code}.")
    _meanwhile(picture, form, before, seen, action)


def _opened(form: str, action: Action) -> tuple[Mapping[str, Any], int]:
    """What stood there when the form was first drawn, and its version; a later one makes the deed answer a conflict."""
    kept, seen = f"{form}_before", f"{form}_seen"
    if f"{form}_title" not in st.session_state or kept not in st.session_state:
        st.session_state[kept], st.session_state[seen] = data_of(ACTIONS, action), action.version
    return st.session_state[kept], int(st.session_state[seen])


def _meanwhile(picture: Picture, form: str, before: Mapping[str, Any], seen: int, action: Action) -> None:
    """What someone else changed after the form was opened; what was typed stays, and can be saved on top of it."""
    if seen == action.version:
        return
    now = data_of(ACTIONS, action)
    rows = [
        (ACTIONS.field(name).heading.capitalize(), _shown(picture, name, before), _shown(picture, name, now))
        for name in ACTIONS.names
        if now[name] != before[name]
    ]
    ui.words(
        "Someone changed this after you opened it. What you typed is kept; saving it leaves the rest as it is now."
    )
    columns = (ui.Column("What"), ui.Column("When you opened it", width="38%"), ui.Column("Now", width="38%"))
    ui.table(columns, rows, caption="What was changed meanwhile", key=f"{form}_meanwhile", empty="Nothing differs now.")
    go_on(form, action.version)


def _shown(picture: Picture, name: str, facts: Mapping[str, Any]) -> str:
    return shown(ACTIONS, name, facts[name], picture.rows) or "nothing"


def _typed(asking: Asking) -> dict[str, Any]:
    """Everything that is in the form. `moved_for` and `moved_because` are among it once a due date differs."""
    typed = fields.first_four(asking)
    if not asking.new and typed["due_on"] not in (None, asking.facts["due_on"]):
        typed |= fields.why_moved(asking.form)
    group = _groups(asking.form)
    with group("What will be different, start, code and who sees it", "about"):
        typed |= fields.about(asking, typed)
    with group("What it should move", "move"):
        typed |= fields.should_move(asking)
    with group("What it serves", "serve"):
        typed |= fields.serves(asking, typed)
    with group("What it takes", "take"):
        typed |= fields.takes(asking)
    with group("Who helps, and where", "help"):
        typed |= fields.helps(asking)
    with group("Risk", "risk"):
        typed |= fields.risk(asking)
    if not asking.new and (asking.facts["evidence"] or asking.facts["outcome"]):
        with group("What came of it", "came"):
            typed |= {name: asking.field(name) for name in ("outcome", "evidence")}
    return {name: _plain(value) for name, value in typed.items()}


def _groups(form: str) -> Any:
    return lambda words, name: st.expander(words, key=f"{form}_{name}_group")


def _plain(value: Any) -> Any:
    """An empty text is nothing, so that a field nobody touched differs from nothing."""
    return None if value == "" else value


def _steps(form: str) -> list[tuple[str, date]]:
    """The first milestones: one row more than is filled in. Of one without its name or its day the deed tells."""
    found: list[tuple[str, date]] = []
    with st.expander("Milestones", key=f"{form}_steps_group"):
        for number in range(1, _MOST_STEPS + 1):
            name, day = st.columns([2, 1])
            with name:
                title = st.text_input(f"Milestone {number}", key=f"{form}_step_{number}")
            with day:
                due = st.date_input(
                    f"Milestone {number} is due on", None, format="DD/MM/YYYY", key=f"{form}_due_{number}"
                )
            if not title and due is None:
                break
            found.append((title, due))  # type: ignore[arg-type]  # none is refused in words
    return found
