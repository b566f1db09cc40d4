"""Undoing a change: what would go back, what others changed since and so stays, and the button that does it."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from framework.deeds import undoing
from framework.deeds.undoing import Undone
from framework.errors import Refused
from framework.picture import Picture
from framework.picture.history import how_many, setting_value, setting_words
from framework.subjects import ARCHIVED, BY_TABLE
from framework.workbook.plan import Choices, FieldChange, Outcome, RowChange, Take
from framework.workbook.undo import SETTING, UndoPlan
from framework.workbook.words import called
from pages import ui, ui_preview

AS = "As it is now, and as it was before"
NAMED = 3  # of the rows that keep another from being put away
_OPEN, _SAID, _DONE = "undo_open", "undo_said", "undo_done"
Changed = tuple[RowChange, Sequence[FieldChange]]


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
        st.success(_done_words(done))


def _done_words(done: Undone) -> str:
    counted = [
        f"{n:,} {one}{'' if n == 1 else 's'}" for n, one in ((done.rows, "row"), (done.settings, "setting")) if n
    ]
    back = f"{' and '.join(counted)} {'is' if done.rows + done.settings == 1 else 'are'} as before"
    along = (
        f", and {done.along:,} that belonged to {'it' if done.rows == 1 else 'them'} went along" if done.along else ""
    )
    return f"Undone: {back}{along}. This can be undone too."


def draw(picture: Picture, change: int) -> None:
    """What undoing would do, and doing it."""
    try:
        plan = undoing.undo_plan(ui.store(), by=ui.person(), change=change)
    except Refused as refusal:
        ui.refused(refusal)
        return
    what = "load" if plan.of_load else "change"
    if plan.empty:
        ui.words(f"Nothing of this {what} is left to undo.")
        return
    ui.section("What undoing would do", "A new change puts back what was before. Nothing is erased from the history.")
    _goes_back(picture, plan)
    choices = _stays(picture, plan)
    st.text_input("Why (kept in the history; may stay empty)", key="undo_why", max_chars=300)
    with st.container(horizontal=True):
        st.button(f"Undo this {what}", type="primary", key="undo_do", on_click=_undo, args=(change, plan, choices))
        st.button("Leave it as it is", key="undo_leave", on_click=st.session_state.pop, args=(_OPEN, None))


def _goes_back(picture: Picture, plan: UndoPlan) -> None:
    """What goes back unasked."""
    back = ui_preview.with_outcome(plan, Outcome.CHANGED, Outcome.MERGED, Outcome.CLEARED)
    _facts(picture, plan, back, "What would go back", "undo_restored")
    _settings([one for one in plan.settings if one.outcome is Outcome.CHANGED], "Settings that would go back")


def _stays(picture: Picture, plan: UndoPlan) -> Choices:
    """What was changed since, and stays; what is chosen of it."""
    moved = ui_preview.with_outcome(plan, Outcome.CONFLICT)
    settings = [one for one in plan.settings if one.outcome is Outcome.CONFLICT]
    if not moved and not settings:
        return Choices()
    ui.words("Changed since, or built on. It stays unless you name it here.")
    _facts(picture, plan, moved, "Changed since", "undo_moved")
    _settings(settings, "Settings changed since")
    names = ui_preview.by_label(
        [
            *((_named(plan, row, one), (row.table, row.ref, one.name)) for row, some in moved for one in some
              if not _held(plan, row, one)),
            *((setting_words(one.name, one.file), (SETTING, one.name, one.name)) for one in settings),
        ]
    )  # fmt: skip
    ticked: list[str] = []
    if names:
        ticked = st.multiselect("Put back all the same", list(names), key="undo_ticked", placeholder="Nothing")
    return Choices(fields={names[name]: Take.FILE for name in ticked})


def _held(plan: UndoPlan, row: RowChange, one: FieldChange) -> tuple[str, ...]:
    """What names a row, so that it cannot be put away."""
    return plan.named_by.get((row.table, row.ref), ()) if one.name == ARCHIVED.name else ()


def _facts(picture: Picture, plan: UndoPlan, rows: Sequence[Changed], caption: str, key: str) -> None:
    """Rows, each with its facts as they are and as they were."""

    def drawn(changed: Changed) -> Sequence[object]:
        row, some = changed
        kind = ui.small(BY_TABLE[row.table].one.partition(" ")[2])
        return ui.lines(_row_words(picture, row), kind), ui.lines(*(_fact(picture, plan, row, one) for one in some))

    if rows:
        columns = (ui.Column("Row", width="40%"), ui.Column(AS))
        ui.table(columns, ui_preview.Drawn(rows, drawn), caption=caption, key=key)


def _row_words(picture: Picture, row: RowChange) -> str:
    element = picture.elements.get(row.ref)
    if element is not None:
        return f"{element.part} {element.title}"
    return called(BY_TABLE[row.table], row.before or row.data, picture.rows)


def _fact(picture: Picture, plan: UndoPlan, row: RowChange, one: FieldChange) -> ui.Html:
    """One fact as it is and as it was; of a row that would be put away, what stands on it."""
    if one.name != ARCHIVED.name:
        back = one.kept if one.outcome is Outcome.MERGED else one.file
        before, after = (ui_preview.words(row, one.name, value, picture.rows) for value in (one.ours, back))
        return ui.join(ui.small(f"{ui_preview.heading(row, one.name)}: "), before, ui_preview.ARROW, ui.strong(after))
    if held := _held(plan, row, one):
        more = f" and {len(held) - NAMED:,} more" if len(held) > NAMED else ""
        return ui.join("Cannot be put away while it is named by ", "; ".join(held[:NAMED]), more)
    back = "put away" if one.file else "brought back"
    asked = f"Would be {back}" if one.outcome is Outcome.CONFLICT else back.capitalize()
    return ui.join(ui.strong(asked), _along(plan, row))


def _named(plan: UndoPlan, row: RowChange, one: FieldChange) -> str:
    if one.name != ARCHIVED.name:
        return f"{row.label}: {ui_preview.heading(row, one.name)}"
    return f"{row.label}: {'put it away' if one.file else 'bring it back'}{_along(plan, row)}"


def _along(plan: UndoPlan, row: RowChange) -> str:
    """`, with 1 milestone and 2 updates`; empty where nothing belongs to it."""
    number = Counter(part.table for part in plan.parts.get((row.table, row.ref), ()))
    said = [how_many(table, n) for table, n in number.items()]
    listed = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)
    return f", with {listed}" if listed else ""


def _settings(settings: Sequence[FieldChange], caption: str) -> None:
    rows = [
        (
            setting_words(one.name, one.file),
            ui.join(setting_value(one.name, one.ours), ui_preview.ARROW, ui.strong(setting_value(one.name, one.file))),
        )
        for one in settings
    ]
    if rows:
        columns = (ui.Column("Setting", width="40%"), ui.Column(AS))
        ui.table(columns, rows, caption=caption, key=caption.lower().replace(" ", "_"))


def _undo(change: int, plan: UndoPlan, choices: Choices) -> None:
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
