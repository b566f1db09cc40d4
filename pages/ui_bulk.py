"""Several actions changed at once by a leader: owner, date, who may see them, the leader's own confidence.

The browser's editor enforces nothing, so what it sends is read through `framework.picture.edits`: rows by the refs
that were drawn, columns that are open, values that can be read. Its answer is never used as data. The status is the
owner's word and is no column here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from framework.deeds import planning
from framework.people import Person
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from framework.picture.edits import Edited, Reader, day, edited_rows, is_sound, one_of, text
from framework.plans import Action, Confidence, MoveReason, Visibility
from framework.subjects import ACTIONS
from framework.workbook.words import shown
from pages import ui, ui_actions, ui_tagging
from pages.ui_forms import do, done_words, form_key

OPEN = {
    "Owner": "owner",
    "Due": "due_on",
    "Visible to": "visibility",
    "Confidence": "confidence",
    "Why this confidence": "confidence_reason",
}
LOCKED = ("Code", "Action", "Status")
ROW, SHOWN = 44, 12  # px, and rows before the table scrolls
_DRAWN, _NUMBER = "bulk_drawn", "bulk_number"
_CLASH = (ui.Column("Action", width="34%"), ui.Column("You typed", width="33%"), ui.Column("It is now"))


@dataclass
class Drawn:
    """The rows as this window drew them first: what an edit at a position means, whatever changes meanwhile.

    asked  what the list was narrowed to and the saving it follows; with another the rows are drawn anew
    seen   of each action the version that the person has read
    """

    number: int
    asked: object
    actions: dict[str, Action]
    seen: dict[str, int]
    owners: dict[str, str]  # words → ref
    frame: pd.DataFrame

    @property
    def key(self) -> str:
        return f"bulk_{self.number}"

    @property
    def readers(self) -> dict[str, Reader]:
        return {
            "Owner": one_of(self.owners),
            "Due": day,
            "Visible to": one_of({str(v): v for v in Visibility}),
            "Confidence": one_of({str(c): c for c in Confidence}),
            "Why this confidence": text,
        }


def change(picture: Picture, person: Person, lines: Sequence[ActionLine], choices: object) -> None:
    """The table of the actions in view, what of it is not saved yet, and below it their tags.

    choices  what the list is narrowed to and how it is sorted
    """
    done_words()
    if not lines:
        ui.quiet(ui_actions.NOTHING)
        return
    drawn = _drawn(picture, lines, (choices, form_key("bulk")))
    ui.quiet(
        "Type into the last five columns, then save them all at once. Narrow the list first: "
        "another list lets go of what is not saved."
    )
    st.data_editor(
        drawn.frame,
        key=drawn.key,
        hide_index=True,
        num_rows="fixed",
        disabled=list(LOCKED),
        column_config=_columns(drawn),
        height=ROW * min(len(drawn.actions), SHOWN) + ROW,
        row_height=ROW,
        placeholder="",
        alt="The actions in view, one a row. Type into the last five columns.",
    )
    found = _edited(drawn)
    for words in found.refused:
        st.warning(ui.plain(words))
    if found.changes:
        _save(picture, person, drawn, found)
    else:
        ui.quiet("Nothing is changed yet.")
    ui_tagging.tags(picture, person, lines)


def _drawn(picture: Picture, lines: Sequence[ActionLine], asked: object) -> Drawn:
    """The rows that this window drew; new ones when others are asked for, or nothing is typed and they are old."""
    found: Drawn | None = st.session_state.get(_DRAWN)
    if found is not None and found.asked == asked:
        state = st.session_state.get(found.key)
        old = {line.action.ref: line.action.version for line in lines} != found.seen
        if is_sound(state, len(found.actions), [*LOCKED, *OPEN]) and not (old and not _edits(found)):
            return found
    number = st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    actions = {line.action.ref: line.action for line in lines}
    owners = _owners(picture, actions)
    names = {ref: words for words, ref in owners.items()}
    rows = [_row(line, names) for line in lines]
    frame = pd.DataFrame(rows, columns=[*LOCKED, *OPEN], index=pd.Index(list(actions), name="ref"), dtype=object)
    seen = {ref: action.version for ref, action in actions.items()}
    drawn = st.session_state[_DRAWN] = Drawn(number, asked, actions, seen, owners, frame)
    return drawn


def _owners(picture: Picture, actions: Mapping[str, Action]) -> dict[str, str]:
    """Everybody who is here, and the owners who have left; two of one name are told apart."""
    here = {p.ref for p in picture.people.values() if p.here_on(picture.on)}
    refs = here | {a.owner for a in actions.values() if a.owner is not None}
    people = sorted((picture.name("person", ref), ref) for ref in refs)
    names = [name for name, _ in people]
    jobs = {ref: picture.people[ref].job or ref if ref in picture.people else ref for _, ref in people}
    return {f"{name} ({jobs[ref]})" if names.count(name) > 1 else name: ref for name, ref in people}


def _row(line: ActionLine, names: Mapping[str, str]) -> list[object]:
    action = line.action
    return [
        action.code,
        action.title,
        str(line.said),
        names.get(action.owner or ""),
        action.due_on,
        None if action.visibility is None else str(action.visibility),
        None if action.confidence is None else str(action.confidence),
        action.confidence_reason,
    ]


def _columns(drawn: Drawn) -> dict[str, Any]:
    of = st.column_config
    return {
        "Code": of.TextColumn(width=70, pinned=True),
        "Action": of.TextColumn(width=270),
        "Status": of.TextColumn(width=95, help="The owner's word. It is said in an update."),
        "Owner": of.SelectboxColumn(options=list(drawn.owners), width=170),
        "Due": of.DateColumn(format="DD/MM/YYYY", width=110),
        "Visible to": of.SelectboxColumn(options=[str(v) for v in Visibility], width=115),
        "Confidence": of.SelectboxColumn(options=[str(c) for c in Confidence], width=120, help="The leader's."),
        "Why this confidence": of.TextColumn(width="large"),
    }


def _edits(drawn: Drawn) -> Any:
    state = st.session_state.get(drawn.key)
    return state.get("edited_rows") if isinstance(state, Mapping) else None


def _edited(drawn: Drawn) -> Edited:
    """What differs from the rows as they were drawn, as fields of `Action`."""

    def named(name: str) -> str:
        return drawn.actions[name].code if name in drawn.actions else name

    found = edited_rows(list(drawn.actions), _edits(drawn), drawn.readers, named)
    changes = {ref: _differing(drawn.actions[ref], cells) for ref, cells in found.changes.items()}
    return Edited({ref: facts for ref, facts in changes.items() if facts}, found.refused)


def _differing(action: Action, cells: Mapping[str, Any]) -> dict[str, Any]:
    facts = {OPEN[column]: value for column, value in cells.items()}
    return {name: value for name, value in facts.items() if (value or None) != getattr(action, name)}


def _save(picture: Picture, person: Person, drawn: Drawn, found: Edited) -> None:
    """What is not saved yet, why dates move, what others changed meanwhile, and the button that saves it all."""
    changes = found.changes
    cells = sum(len(facts) for facts in changes.values())
    codes = ", ".join(drawn.actions[ref].code for ref in changes)
    ui.words(f"{cells} unsaved change{'' if cells == 1 else 's'}: {codes}.")
    moved = [drawn.actions[ref].code for ref, facts in changes.items() if "due_on" in facts]
    reason, because = _why_moved(drawn, moved) if moved else (None, "")
    why = st.text_input("Why, if it needs saying", key=f"{drawn.key}_why")
    _meanwhile(picture, drawn, changes)
    number = len(changes)
    actions = f"{number} action{'' if number == 1 else 's'}"
    if st.button(f"Save {actions}", type="primary", key=f"{drawn.key}_save", disabled=bool(found.refused)):
        seen = {ref: drawn.seen[ref] for ref in changes}
        do(
            lambda: planning.change_actions(
                ui.store(),
                by=person,
                now=ui.now(),
                changes=changes,
                seen=seen,
                why=why,
                moved_for=reason,
                moved_because=because,
            ),
            f"Saved: {actions}.",
        )


def _why_moved(drawn: Drawn, codes: Sequence[str]) -> tuple[MoveReason | None, str]:
    """One reason for all dates that move."""
    label = f"Why {'does the date' if len(codes) == 1 else 'do the dates'} of {', '.join(codes)} move?"
    with st.container(horizontal=True):
        reason = st.selectbox(
            ui.plain(label),
            list(MoveReason),
            index=None,
            format_func=lambda r: str(r).capitalize(),
            placeholder="Choose a reason",
            key=f"{drawn.key}_reason",
        )
        because = st.text_input("In a few words", key=f"{drawn.key}_because")
    return reason, because


def _meanwhile(picture: Picture, drawn: Drawn, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """The rows among the unsaved ones that someone else changed meanwhile: mine beside theirs, and the choice."""
    now = {ref: picture.actions[ref] for ref in changes if ref in picture.actions}
    later = [ref for ref, action in now.items() if action.version != drawn.seen[ref]]
    if not later:
        return
    ui.words("Someone else changed these meanwhile. What you typed is kept.")
    rows = [
        (
            f"{now[ref].code} {now[ref].title}",
            ui.lines(*(_told(picture, name, value) for name, value in changes[ref].items())),
            ui.lines(*(_told(picture, name, getattr(now[ref], name)) for name in changes[ref])),
        )
        for ref in later
    ]
    ui.table(_CLASH, rows, caption="What you typed, and what stands there now", key="bulk_clash")
    with st.container(horizontal=True):
        st.button(
            "I have seen it: save mine next time",
            key=f"{drawn.key}_go_on",
            on_click=lambda: drawn.seen.update({ref: now[ref].version for ref in later}),
        )
        st.button(
            "Let go of all I typed",
            key=f"{drawn.key}_let_go",
            type="tertiary",
            on_click=lambda: st.session_state.pop(_DRAWN, None),
        )


def _told(picture: Picture, name: str, value: Any) -> str:
    words = shown(ACTIONS, name, value, picture.rows) if value not in (None, "") else ""
    return f"{ACTIONS.field(name).heading}: {words or 'nothing'}"
