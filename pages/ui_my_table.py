"""One's own open actions as a table in which several words are said at once.

The browser's editor enforces nothing, so what it sends is read through `framework.picture.edits`: rows by the refs
that were drawn, columns that are open, values that can be read. Its answer is never used as data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from framework.deeds import updating
from framework.errors import Refused
from framework.people import Person
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.edits import Edited, Reader, day, edited_rows, is_sound, one_of, text
from framework.picture.mine import MyLine
from framework.plans import MoveReason
from framework.plans.going import Going, said_of
from pages import ui
from pages.ui_typed import FIELDS, Typing, keep, let_go, typing_of
from pages.ui_update import said_meanwhile, thanks

_REASONS = {str(reason).capitalize(): reason for reason in MoveReason}
# The columns that are open: what each is of, and how a cell of it is read. All others are drawn, and locked.
OPEN: Mapping[str, tuple[str, Reader]] = {
    "How is it going?": ("going", one_of({str(going): going for going in Going})),
    "What happened?": ("words", text),
    "New date": ("new_due_on", day),
    "Why does it move?": ("moved_for", one_of(_REASONS)),
}
LOCKED = ("Code", "Action", "Due")
_READERS = {column: reader for column, (_, reader) in OPEN.items()}
_TABLE, _TURN, _SAID = "table_of_mine", "turn_of_table", "said_of_table"


@dataclass
class Drawn:
    """The rows as this window drew them first: what an edit at a position means, whatever changes meanwhile."""

    number: int
    refs: tuple[str, ...]
    frame: pd.DataFrame

    @property
    def key(self) -> str:
        return f"{FIELDS}table_{self.number}"


def table(picture: Picture, person: Person, lines: Sequence[MyLine]) -> None:
    """The table, what of it is not saved yet, and the one button that saves it all."""
    if _SAID in st.session_state:
        st.success(ui.plain(st.session_state.pop(_SAID)))
    typed = {line.action.ref: typing_of(picture, person, line.action) for line in lines}
    drawn = _drawn(picture, lines, typed)
    st.data_editor(
        drawn.frame,
        key=drawn.key,
        hide_index=True,
        num_rows="fixed",
        disabled=list(LOCKED),
        column_config=_columns(),
        row_height=44,
        placeholder="",
        alt="Your open actions, one a row. Type into the last four columns.",
    )
    found = _edited(picture, drawn)
    _keep(found, typed)
    for words in found.refused:
        st.warning(ui.plain(words))
    unsaved = [typed[ref] for ref in drawn.refs if ref in typed and typed[ref].typed]
    ui.quiet(_counted(len(unsaved)))
    now = {one.action: updating.seen_of(picture, one.action) for one in unsaved}
    moved = [one for one in unsaved if one.seen != now[one.action]]
    for one in moved:
        said_meanwhile(picture, person, picture.actions[one.action], one, code=True)
    label = "Save all, mine as well" if moved else "Save all"
    idle = not unsaved or bool(found.refused)
    shown = {one.action: now[one.action] for one in moved}
    key = f"{drawn.key}_save"
    if st.button(label, type="primary", key=key, disabled=idle, on_click=_agree, args=(typed, shown)):
        _save(person, unsaved)


def forget() -> None:
    """Draw the table anew at the next opening of the page."""
    st.session_state.pop(_TABLE, None)


def _drawn(picture: Picture, lines: Sequence[MyLine], typed: Mapping[str, Typing]) -> Drawn:
    """The rows that this window drew, or new ones when what the browser sent cannot belong to them."""
    found: Drawn | None = st.session_state.get(_TABLE)
    # A table that was not shown by the run before has lost what was typed into it; the drafts have it.
    shown = found is not None and found.key in st.session_state
    if found is not None and shown and is_sound(st.session_state[found.key], len(found.refs), [*LOCKED, *OPEN]):
        return found
    number = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    refs = tuple(line.action.ref for line in lines)
    rows = [_row(line, typed[line.action.ref].typed) for line in lines]
    frame = pd.DataFrame(rows, columns=[*LOCKED, *OPEN], index=pd.Index(refs, name="ref"), dtype=object)
    drawn = st.session_state[_TABLE] = Drawn(number, refs, frame)
    return drawn


def _row(line: MyLine, typed: Mapping[str, Any]) -> list[object]:
    action = line.action
    due = day_words(action.due_on, weekday=False) + (", late" if line.signals.late else "")
    reason = typed.get("moved_for")
    return [
        action.code,
        action.title,
        due,
        str(typed["going"]) if "going" in typed else None,
        typed.get("words"),
        typed.get("new_due_on"),
        str(reason).capitalize() if reason is not None else None,
    ]


def _columns() -> dict[str, Any]:
    of = st.column_config
    return {
        "Code": of.TextColumn(width=60, pinned=True),
        "Action": of.TextColumn(width=250),
        "Due": of.TextColumn(width=130),
        "How is it going?": of.SelectboxColumn(options=[str(going) for going in Going], width=130),
        "What happened?": of.TextColumn(width=290),
        "New date": of.DateColumn(format="DD/MM/YYYY", width=110),
        "Why does it move?": of.SelectboxColumn(options=list(_REASONS), width=150),
    }


def _edited(picture: Picture, drawn: Drawn) -> Edited:
    state = st.session_state.get(drawn.key)
    edits = state.get("edited_rows") if isinstance(state, Mapping) else None

    def named(name: str) -> str:
        return picture.actions[name].code if name in picture.actions else name

    return edited_rows(drawn.refs, edits, _READERS, named)


def _keep(found: Edited, typed: Mapping[str, Typing]) -> None:
    """Keep what was typed into the table, of each row by itself."""
    for ref, cells in found.changes.items():
        fields = {OPEN[column][0]: value for column, value in cells.items()}
        if any(typed[ref].typed.get(name) != (value or None) for name, value in fields.items()):
            keep(typed[ref], fields)


def _counted(number: int) -> str:
    if not number:
        return "Nothing is typed yet. Each row is kept as you type, and said when you save."
    return f"{number} unsaved change{'' if number == 1 else 's'}, kept as you type."


def _agree(typed: Mapping[str, Typing], shown: Mapping[str, int]) -> None:
    for ref, seen in shown.items():
        typed[ref].agree(seen)


def _save(person: Person, unsaved: Sequence[Typing]) -> None:
    said = {one.action: said_of(one.typed) for one in unsaved}
    seen = {one.action: one.seen if one.agreed is None else one.agreed for one in unsaved}
    once = "".join(one.once for one in unsaved)
    try:
        updating.say_all(ui.store(), by=person, now=ui.now(), said=said, seen=seen, once=once)
    except Refused as refusal:
        ui.refused(refusal)
        return
    for one in unsaved:
        let_go(one.action)
    forget()
    number = len(unsaved)
    st.session_state[_SAID] = thanks(f"{number} action{'' if number == 1 else 's'}")
    st.rerun()
