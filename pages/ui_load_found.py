"""What was found in a stranger's file: its sheets and tables, which are taken, and what each column is."""

from collections.abc import Sequence

import streamlit as st

from framework.deeds.previewing import HEADINGS, Preview
from framework.store.waiting import Waiting
from framework.workbook.cells import SheetCells
from framework.workbook.recognise.fields import FIELDS
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column, Question, Table, Way
from framework.workbook.rows import letters
from pages import ui, ui_load

AROUND = 3  # rows shown above and below the headings
SHOWN = 6  # columns of them
SAMPLES = 3  # values shown of a column
PASSED_OVER = ""
WAYS = {
    Way.DOWN: "a record a row",
    Way.ACROSS: "a record a column",
    Way.PERIODS_ACROSS: "a record a row, a column a period",
}
TITLES = {f.name: f.name.upper() if f.name in ("kpi", "rag") else f.name.replace("_", " ").capitalize() for f in FIELDS}


def go(step: str) -> None:
    """Open another step at the next run: this run has drawn the choice of steps already."""
    st.session_state["load_go"] = step


def step(steps: Sequence[str], first: str) -> str:
    """The step that is open, drawn as the choice of all; `first` until one was chosen."""
    state, key = st.session_state, "load_step"
    if "load_go" in state:
        state[key] = state.pop("load_go")
    if state.get(key) not in steps and st.query_params.get(key) not in steps:
        state[key] = first
    return st.segmented_control(
        "Step", steps, key=key, required=True, bind="query-params", label_visibility="collapsed"
    )


def found(file: Waiting, seen: Preview, after: str) -> None:
    """Every table with its headings as they were found, and whether it is taken."""
    looked = seen.looked
    assert looked is not None, "our own workbook is not looked for tables"
    if looked.layout is not None:
        ui.words(f"We know these headings: they were loaded before as “{looked.layout.name}”.")
    for note in looked.notes:
        ui.quiet(note)
    sheets = list(dict.fromkeys(table.sheet for table in looked.tables))
    if not sheets:
        ui.words("No table was found in this file. A table has a row of headings with records below it.")
    with st.form("load_found", border=False):
        taken = {sheet: _sheet(file, seen, sheet) for sheet in sheets}
        done = st.form_submit_button("Continue", type="primary") if sheets else False
    _move(file, seen)
    _left(seen)
    if done:
        ui_load.remember(file.ref, {f"sheet|{sheet}": "yes" if yes else "no" for sheet, yes in taken.items()})
        go(after)
        st.rerun()


def _move(file: Waiting, seen: Preview) -> None:
    """A way to say that a sheet's headings stand in another row than was found."""
    sheets = [sheet.title for sheet in seen.book.sheets if sheet.valued]
    if not sheets:
        return
    with st.expander("The headings stand in another row"):
        sheet = st.selectbox("Sheet", sheets, key=f"load_move_{file.ref}")
        row = st.number_input("Row", min_value=1, max_value=1_000, value=1, key=f"load_move_row_{file.ref}")
        if st.button("Look there", key="load_move_there"):
            ui_load.remember(file.ref, {f"{HEADINGS}{sheet}": str(row), f"sheet|{sheet}": "yes"})
            st.rerun()


def _sheet(file: Waiting, seen: Preview, sheet: str) -> bool:
    """The tables of one sheet, and whether it is taken."""
    assert seen.looked is not None
    tables = [table for table in seen.looked.tables if table.sheet == sheet]
    cells = next(s for s in seen.book.sheets if s.title == sheet)
    for number, table in enumerate(tables):
        n = len(table.records)
        ui.section(f"{sheet}: {n:,} {table.holds}", f"{WAYS[table.way]}; headings in row {table.header_row}")
        caption = f"The headings on {sheet}"
        ui.table(_heads(table), _around(cells, table), caption=caption, key=f"load_t_{sheet}_{number}", stack=False)
        for note in table.notes:
            ui.quiet(note)
    why = "" if any(table.used for table in tables) else f" (we would leave it out: {tables[0].why})"
    stands = file.answers.get(f"sheet|{sheet}")
    used = any(table.used for table in tables) if stands is None else stands == "yes"
    return st.checkbox(ui.plain(f"Take {sheet}{why}"), value=used, key=f"load_take_{sheet}")


def _heads(table: Table) -> list[ui.Column]:
    return [ui.Column("Row", width="8%"), *(ui.Column(letters(c.index)) for c in table.columns[:SHOWN])]


def _around(sheet: SheetCells, table: Table) -> list[list[object]]:
    first, last = max(1, table.header_rows[0] - AROUND), table.header_row + AROUND
    rows: list[list[object]] = []
    for number in range(first, min(last, len(sheet.rows)) + 1):
        row = sheet.rows[number - 1]
        said = [row[c.index - 1] if c.index <= len(row) else None for c in table.columns[:SHOWN]]
        words = ["" if cell is None else cell.raw[:40] for cell in said]
        heads = number in table.header_rows
        rows.append([f"{number}", *(ui.strong(word) if heads and word else word for word in words)])
    return rows


def _left(seen: Preview) -> None:
    """Sheets of which nothing is taken, and why."""
    assert seen.looked is not None
    rows = [(s.title, s.why or "no table was found on it") for s in seen.looked.sheets if s.why]
    if rows:
        ui.section("Left aside")
        ui.table(
            (ui.Column("Sheet", width="34%"), ui.Column("Why")), rows, caption="Sheets left aside", key="load_left"
        )


def columns(file: Waiting, seen: Preview, asked: Sequence[Question], after: str) -> None:
    """Each column of the tables that are taken, with what stands in it and the field it is."""
    assert seen.looked is not None
    ui.words("What is in each column? What we know by its heading is filled in; the rest is passed over.")
    open_ones = {q.key for q in asked if q.suggested is None}
    answers: dict[str, str] = {}
    with st.form("load_columns", border=False):
        for table in _taken(file, seen):
            ui.section(table.sheet)
            for column in table.columns:
                if column.heading and column.period is None:
                    answers |= _column(file, table, column, f"column|{normal(column.heading)}" in open_ones)
        done = st.form_submit_button("Continue", type="primary")
    st.button("Back", on_click=go, args=("What we found",))
    if done:
        ui_load.remember(file.ref, answers)
        go(after)
        st.rerun()


def _taken(file: Waiting, seen: Preview) -> list[Table]:
    assert seen.looked is not None
    said = {table.sheet: file.answers.get(f"sheet|{table.sheet}") for table in seen.looked.tables}
    return [t for t in seen.looked.tables if said[t.sheet] == "yes" or (t.used and said[t.sheet] != "no")]


def _column(file: Waiting, table: Table, column: Column, must: bool) -> dict[str, str]:
    key = f"column|{normal(column.heading)}"
    stands = file.answers.get(key, column.field or PASSED_OVER)
    options = [PASSED_OVER, *TITLES]
    here = [r.cells[column.index].raw for r in table.records if column.index in r.cells][:SAMPLES]
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        near = f" Perhaps {TITLES[column.suggested].lower()}?" if column.suggested and not column.field else ""
        ask = " Please say which it is." if must else ""
        told = ui.small(" · ".join(text[:40] for text in here) + near + ask)
        ui.words(ui.lines(ui.strong(column.heading), told))
    with right:
        chosen = st.selectbox(
            ui.plain(f"{column.heading} is"),
            options,
            index=options.index(stands) if stands in options else 0,
            format_func=lambda name: TITLES.get(name, "Not taken"),
            key=f"load_c_{table.sheet}_{table.header_row}_{column.index}",
            label_visibility="collapsed",
        )
    return {} if chosen == stands and key not in file.answers and not must else {key: chosen}
