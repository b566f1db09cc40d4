"""Undoing a load: what would be restored, what others changed since and so stays, and the button that does it."""

import streamlit as st

from framework.deeds import undoing
from framework.errors import Refused
from framework.picture import Picture
from framework.subjects import ARCHIVED
from framework.workbook.plan import Choices, Outcome, Plan, Take
from pages import ui, ui_preview

AS = "As it is now, and as it was before"
_OPEN, _SAID, _DONE = "undo_open", "undo_said", "undo_done"


def open_(change: int) -> None:
    st.session_state[_OPEN] = change


def is_open(change: int) -> bool:
    return bool(st.session_state.get(_OPEN) == change)


def said() -> None:
    """What was refused or done by the run before, once."""
    refusal = st.session_state.pop(_SAID, None)
    if refusal is not None:
        ui.refused(refusal)
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        n = done.changed + done.new + done.archived
        st.success(f"Undone: {n:,} row{' is' if n == 1 else 's are'} as before. This can be undone too.")


def draw(picture: Picture, change: int) -> None:
    """What undoing would do, and doing it."""
    try:
        plan = undoing.undo_plan(ui.store(), by=ui.person(), change=change)
    except Refused as refusal:
        ui.refused(refusal)
        return
    ui.section("What undoing would do", "A new change puts back what was before. Nothing is erased from the history.")
    choices = _show(picture, plan)
    if not plan.changes:
        ui.words("Nothing of this load is left to undo.")
        return
    st.text_input("Why (kept in the history; may stay empty)", key="undo_why", max_chars=300)
    with st.container(horizontal=True):
        st.button("Undo this load", type="primary", key="undo_do", on_click=_undo, args=(change, plan, choices))
        st.button("Leave it as it is", key="undo_leave", on_click=st.session_state.pop, args=(_OPEN, None))


def _show(picture: Picture, plan: Plan) -> Choices:
    """What goes back, and what was changed since; what is chosen of that."""
    moved_back = ui_preview.with_outcome(plan, Outcome.CHANGED, Outcome.MERGED, Outcome.CLEARED)
    for title, away in (("Put away: they came with it", True), ("Brought back", False)):
        rows = [
            (row.label,) for row, some in moved_back if any(f.name == ARCHIVED.name and f.file is away for f in some)
        ]
        if rows:
            ui.table((ui.Column(f"{title} ({len(rows):,})"),), rows, caption=title, key=f"undo_away_{away}")
    told = [(row, [f for f in some if f.name != ARCHIVED.name]) for row, some in moved_back]
    restored = [(row, some) for row, some in told if some]
    if restored:
        ui_preview.changes(restored, picture.rows, "undo_restored", "What would be put back", AS)
    moved = ui_preview.with_outcome(plan, Outcome.CONFLICT)
    if not moved:
        return Choices(clear=True)
    names = ui_preview.by_label(
        (f"{row.label}: {ui_preview.heading(row, one.name)}", (row.table, row.ref, one.name))
        for row, some in moved
        for one in some
    )
    ui.words("Changed since by someone else. It stays unless you name it here.")
    ui_preview.changes(moved, picture.rows, "undo_moved", "Changed since", AS)
    ticked = st.multiselect("Put back all the same", list(names), key="undo_ticked", placeholder="Nothing")
    return Choices(clear=True, fields={names[name]: Take.FILE for name in ticked})


def _undo(change: int, plan: Plan, choices: Choices) -> None:
    why = st.session_state.get("undo_why") or ""  # it may have been typed in the very run of the press
    try:
        done = undoing.undo(
            ui.store(), by=ui.person(), now=ui.now(), change=change, plan=plan, choices=choices, reason=why.strip()
        )
    except Refused as refusal:
        st.session_state[_SAID] = refusal
    else:
        st.session_state[_DONE] = done
        st.session_state.pop(_OPEN, None)
