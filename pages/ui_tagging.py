"""Tags of several actions at once: what they serve and what they should move, added or taken away."""

from collections.abc import Sequence

import streamlit as st

from framework.civic import Part
from framework.deeds import planning
from framework.people import Person
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from pages import ui
from pages.ui_forms import do, form_key

_FIELDS = {
    Part.PILLAR: "pillars",
    Part.STATEMENT: "statements",
    Part.STRAND: "strand",
    Part.PRIORITY: "priorities",
}
_KPIS = "kpis"


def tags(picture: Picture, person: Person, lines: Sequence[ActionLine]) -> None:
    """Choose rows among those in view, then what to add and what to take away; saved as one change."""
    ui.section("Tags of several actions")
    form = form_key("tagging")
    read = f"{form}_read"
    versions = {line.action.ref: line.action.version for line in lines}
    # What was drawn before the button was pressed is what the person has read.
    seen = st.session_state.get(read, versions)
    named = {line.action.ref: f"{line.action.code} {line.action.title}" for line in lines}
    offered = _offered(picture, lines[0].action.edition)
    with st.form(form, border=False):
        every = st.checkbox(f"All {len(lines)} in view", key=f"{form}_every") if len(lines) > 1 else False
        rows = st.multiselect("Actions", list(named), format_func=named.__getitem__, key=f"{form}_rows")
        add = st.multiselect("Add", list(offered), format_func=lambda ref: offered[ref][1], key=f"{form}_add")
        gone = st.multiselect("Take away", list(offered), format_func=lambda ref: offered[ref][1], key=f"{form}_gone")
        why = st.text_input("Why these tags, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Save these tags", type="primary")
    if not sent:
        st.session_state[read] = versions
        return
    chosen = list(named) if every else rows
    if not chosen or not (add or gone):
        st.warning("Choose the actions, and what to add or to take away. Nothing was saved.")
        return
    st.session_state[read] = versions
    number = len(chosen)
    do(
        lambda: planning.tag_actions(
            ui.store(),
            by=person,
            now=ui.now(),
            actions={ref: seen.get(ref, versions[ref]) for ref in chosen},
            add=_by_field(offered, add),
            remove=_by_field(offered, gone),
            why=why,
        ),
        f"Saved: the tags of {number} action{'' if number == 1 else 's'}.",
    )


def _offered(picture: Picture, edition: str) -> dict[str, tuple[str, str]]:
    """Everything that an action can be tagged with: ref → its field and its words."""
    found = {
        e.ref: (field, f"{str(part).capitalize()}: {e.title}")
        for part, field in _FIELDS.items()
        for e in picture.parts(edition, part)
    }
    return found | {k.ref: (_KPIS, f"KPI: {k.code} {k.title}") for k in picture.kpis_of(edition)}


def _by_field(offered: dict[str, tuple[str, str]], refs: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ref in refs:
        found.setdefault(offered[ref][0], []).append(ref)
    return found
