"""Loading a workbook on a page: a file is read, what it would change is shown, then it is loaded or put away."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from framework.deeds import importing
from framework.errors import Conflict, Refused
from framework.people import Act, may
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.store import provenance
from framework.workbook.compare import Plan
from pages import ui, ui_preview

LARGEST = 15  # MB a file


@dataclass(frozen=True)
class Staged:
    """A file that was read, and is not yet loaded or put away."""

    name: str
    content: bytes
    plan: Plan


def _stage(name: str, content: bytes) -> None:
    """Read a file and keep what it would change, or the words in which it was refused. The uploader starts afresh."""
    state = st.session_state
    state["data_uploads"] = state.get("data_uploads", 0) + 1
    for key in ("data_staged", "data_said", "data_receipt", "plan_clear"):
        state.pop(key, None)
    try:
        plan = importing.preview(ui.store(), by=ui.person(), content=content, name=name)
    except Refused as refusal:
        state["data_said"] = (name, refusal)
    else:
        state["data_staged"] = Staged(name, content, plan)


def _put_away() -> None:
    for key in ("data_staged", "data_said"):
        st.session_state.pop(key, None)


def _load(staged: Staged, clear: bool, why: str) -> None:
    """Apply the plan that was shown. When something here moved meanwhile, the file is compared once more."""
    state = st.session_state
    try:
        receipt = importing.apply(
            ui.store(),
            by=ui.person(),
            now=ui.now(),
            plan=staged.plan,
            content=staged.content,
            name=staged.name,
            clear=clear,
            reason=why.strip(),
        )
    except Conflict as refusal:
        _stage(staged.name, staged.content)
        state["data_said"] = (staged.name, refusal)
    except Refused as refusal:
        state["data_said"] = (staged.name, refusal)
    else:
        _put_away()
        state["data_receipt"] = (staged.name, receipt)


def _loaded_before(picture: Picture, content: bytes) -> str:
    """`This file was loaded on …`, word for word the same; empty when nobody did."""
    print_ = hashlib.sha256(content).hexdigest()
    found = next((i for i in provenance.imports(ui.store(), picture) if i.sha256 == print_), None)
    return f"This file was loaded on {day_words(local_day(found.at))}" if found else ""


def staged() -> Staged | None:
    """The file in hand; None when there is none."""
    found: Staged | None = st.session_state.get("data_staged")
    return found


def preview(picture: Picture, staged: Staged) -> None:
    """What the file would change; a way to load it when no cell is wrong, and a way back."""
    plan = staged.plan
    title = "What needs correcting in this file" if plan.problems else "What this file would change"
    ui.heading(title, [ui.link("Data", "data"), staged.name])
    _refusal()
    ui_preview.counts(plan)
    ui_preview.notes(plan)
    if plan.problems:
        cells = "One cell needs" if len(plan.problems) == 1 else "These cells need"
        ui.words(f"Nothing was loaded. {cells} correcting; then choose the file again.")
        ui_preview.problems(plan.problems)
        st.button("Choose another file", on_click=_put_away)
    else:
        _say_if_known(picture, staged)
        _offer(picture, staged)


def _say_if_known(picture: Picture, staged: Staged) -> None:
    """That nothing in the file has changed, or that it was loaded before and differs from what is here by now."""
    before = _loaded_before(picture, staged.content)
    if not staged.plan.without_cleared().changes:
        ui.words(f"{before or 'Everything in it is here already'}; nothing in it has changed.")
    elif before:
        ui.words(f"{before}. What differs was changed here since: the file would put it back.")


def _offer(picture: Picture, staged: Staged) -> None:
    """The changes, and the two ways on: load them, or leave all as it is."""
    ui_preview.changes(staged.plan, picture.rows)
    clear = ui_preview.cleared(staged.plan, picture.rows)
    number = len((staged.plan if clear else staged.plan.without_cleared()).changes)
    why = st.text_input("Why (kept in the history; may stay empty)", key="plan_why", max_chars=300) if number else ""
    with st.container(horizontal=True):
        if number:
            words = f"Load {number:,} change{'' if number == 1 else 's'}"
            st.button(words, type="primary", on_click=_load, args=(staged, clear, why or ""))
        st.button("Cancel" if number else "Choose another file", on_click=_put_away)


def receipt() -> None:
    """What the last file did, at the top of the page; nothing when there was none."""
    if "data_receipt" in st.session_state:
        name, done = st.session_state["data_receipt"]
        said = f"{name} is loaded: {done.new:,} new, {done.changed:,} changed, {done.unchanged:,} unchanged."
        st.success(ui.plain(said))
        ui.words(ui.link("See what changed", "changes"))


def _refusal() -> None:
    """Why the last file was not read, or not loaded."""
    if "data_said" in st.session_state:
        name, refusal = st.session_state["data_said"]
        ui.quiet(f"{name} was not loaded.")
        ui.refused(refusal)


def upload() -> None:
    """The uploader, and why the last file was refused. A file that was chosen is read, and the page begins again."""
    ui.section("Load a workbook", "You will see what it would change before anything is saved.")
    if not may(ui.person(), Act.IMPORT):
        ui.words("Only a trust leader may load a workbook.")
        return
    _refusal()
    key = f"data_workbook_{st.session_state.get('data_uploads', 0)}"
    label = f"A workbook in the shape of the template (.xlsx, at most {LARGEST} MB)"
    file = st.file_uploader(label, type=["xlsx"], key=key, max_upload_size=LARGEST)
    if file is not None:
        with st.spinner("Reading the file …"):
            _stage(file.name, file.getvalue())
        st.rerun()
