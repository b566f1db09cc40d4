"""What is wrong in a file and how to mend it: a copy to correct, corrections that come back, or leaving rows out."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from framework.deeds.previewing import Preview
from framework.errors import Refused
from framework.store.waiting import Waiting
from framework.workbook.fixes import fixes, read_fixes
from framework.workbook.handback import handed_back
from framework.workbook.merge import decided
from framework.workbook.read import read
from pages import ui, ui_load, ui_preview
from pages.ui_preview import Known


def problems(file: Waiting, seen: Preview, known: Known) -> None:
    """Every wrong cell, and the ways to mend it."""
    found = seen.plan.problems
    ui_preview.problems(found)
    if any(problem.code == "KEY-SHUFFLED" for problem in found):
        st.button(
            "Match the rows by their titles instead",
            key="load_by_title_button",
            on_click=st.session_state.__setitem__,
            args=(f"load_by_title_{file.ref}", True),
        )
    if seen.looked is None:
        _copy(file, seen)
    else:
        _corrections(file, seen)
    _without(file, seen)


def _copy(file: Waiting, seen: Preview) -> None:
    """Our own workbook comes back as the person's rows with a column that says what is wrong."""
    ui.words("Correct the cells in your own file, or in this copy of it: each wrong cell is marked, with the reason.")
    name = f"{file.name.rpartition('.')[0]}-to-correct.xlsx"
    data = lambda: handed_back(seen.book, seen.plan.problems)  # noqa: E731  made when the button is pressed
    st.download_button("Download the copy to correct", data, name, ui.XLSX, key="load_copy", on_click="ignore")


def _corrections(file: Waiting, seen: Preview) -> None:
    """A stranger's file is never saved again: a small workbook lists the cells, and is brought back filled in."""
    ui.words("We never change your file. This small workbook lists the cells: fill in what is right and bring it back.")
    name = f"{file.name.rpartition('.')[0]}-fixes.xlsx"
    data = lambda: fixes(seen.plan.problems, name=file.name, sha256=file.sha256)  # noqa: E731  made when pressed
    st.download_button("Download the list of cells", data, name, ui.XLSX, key="load_fixes", on_click="ignore")
    turn = st.session_state.get("load_fixes_turn", 0)
    back = st.file_uploader("The list, filled in", type=["xlsx", "ods"], key=f"load_fixed_{turn}", max_upload_size=1)
    if back is not None:
        st.session_state["load_fixes_turn"] = turn + 1
        _take_fixes(file, back.name, back.getvalue())
        st.rerun()


def _take_fixes(file: Waiting, name: str, content: bytes) -> None:
    try:
        found = read_fixes(read(content, name))
    except Refused as refusal:
        st.session_state["load_said"] = refusal
        return
    if found is None or found.sha256 != file.sha256:
        st.session_state["load_said"] = Refused(
            f"{name} is not the list of cells of {file.name}. Download the list here, fill it in and bring it back."
        )
        return
    cells: Mapping[str, str] = {f"{sheet}!{cell}": text for (sheet, cell), text in found.cells.items()}
    ui_load.remember(file.ref, {}, {**file.mended, **cells})


def _without(file: Waiting, seen: Preview) -> None:
    """Loading the rest although something is wrong: never unless it is ticked, and not of rows that were mixed up."""
    choices = ui_load.chosen(file.ref)
    n, rest = len(seen.plan.left_out), len(decided(seen.plan, replace(choices, without_wrong=True)))
    if not rest or seen.plan.shuffled:
        return
    rows = "row" if rest == 1 else "rows"
    words = f"Load the other {rest:,} {rows} without the {n:,} that {'has a problem' if n == 1 else 'have problems'}"
    if not n:
        words = f"Load {'it' if rest == 1 else f'all {rest:,} {rows}'} with what is wrong left as said above"
    ticked = st.checkbox(words, value=choices.without_wrong, key=f"load_without_{file.ref}")
    ui_load.choose(file.ref, replace(choices, without_wrong=ticked))


def download_preview(seen: Preview, known: Known) -> None:
    if seen.plan.changes or seen.plan.missing:
        st.download_button(
            "Download this comparison",
            lambda: ui_preview.listing(seen.plan, known),
            "comparison.csv",
            "text/csv",
            key="load_listing",
            on_click="ignore",
            type="tertiary",
        )
