"""What has been sent and what not, spreadsheets in, everything out, and every load so far."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from framework.civic import Part
from framework.deeds import exporting
from framework.deeds.exporting import About
from framework.people import Act, may
from framework.periods import day_words, local_day
from framework.picture.review import Filter, figures_in
from framework.store import provenance, waiting
from framework.subjects import SHEET_ORDER
from pages import ui, ui_load

NEWEST = 10  # loads that are shown before all of them are asked for
WHO_BROUGHT = {"inbox": "the watched folder", "command": "the command line"}


def returns() -> None:
    """Who has not sent what for the newest half-term."""
    found = figures_in(picture, picture.edition.ref, Filter()) if picture.edition else None
    if found is None:
        return
    ui.section(f"Figures for {found.period.words}")
    ui.words(ui.join(ui.strong(f"{found.here} of {found.expected}"), " are in."))
    ui.show(ui.bar(found.here, found.expected))
    to_all = (
        "All returns, and a message to whoever has not sent theirs" if may(ui.person(), Act.CHASE) else "All returns"
    )
    ui.words(ui.link(to_all, "returns"))
    rows = [
        (place.name, len(kpis), ui.lines(*(ui.link(f"{k.code} {k.title}", "kpi", ref=k.ref) for k in kpis)))
        for place, kpis in found.missing
    ]
    columns = (ui.Column("Who", width="30%"), ui.Column("Missing", "right", width="10%"), ui.Column("Not sent yet"))
    ui.table(columns, rows, caption="Who has not sent what", key="data_returns", empty="Everyone has sent everything.")


def bring_in() -> None:
    """The uploader, and the files that wait to be loaded."""
    note = "Any spreadsheet: ours or your own. You will see what it would change before anything is saved."
    ui.section("Load a spreadsheet", note)
    if not may(ui.person(), Act.IMPORT):
        ui.words("Only a trust leader may load a spreadsheet.")
        return
    ui_load.said()
    ui_load.uploader()
    rows = [
        (
            ui.link(one.name, "load", ref=one.ref),
            day_words(local_day(one.made_at)),
            picture.name("person", one.by) if one.by else WHO_BROUGHT.get(one.via, ""),
        )
        for one in waiting.waiting(ui.store())
    ]
    if rows:
        ui.section("Waiting to be loaded")
        columns = (ui.Column("File"), ui.Column("Since", width="20%"), ui.Column("Brought by", width="26%"))
        ui.table(columns, rows, caption="Files that wait to be loaded", key="data_waiting")


def take_out() -> None:
    unchanged = "Unchanged, it changes nothing."
    if moment is not None:
        unchanged = "Loaded again, it says what has changed here since; unchanged, it changes nothing."
    ui.section("Take everything out", f"A workbook that can be changed and loaded again. {unchanged}")
    store, person, now = ui.store(), ui.person(), ui.now()

    def made(**wanted: object) -> bytes:
        return exporting.export(store, by=person, now=now, moment=moment, **wanted)[1]

    with st.container(horizontal=True):
        whole = {"file_name": ui.file_name("civic-duty", ".xlsx"), "mime": ui.XLSX, "on_click": "ignore"}
        st.download_button("Download everything", made, key="data_whole", **whole)
        blank = {"file_name": "civic-duty-template.xlsx", "mime": ui.XLSX, "on_click": "ignore"}
        if moment is None:
            st.download_button("Download an empty template", partial(made, empty=True), key="data_empty", **blank)
    with st.expander("For one person, school or objective, or one sheet as CSV"):
        _for_one(made)


def _for_one(made: Callable[..., bytes]) -> None:
    """A workbook that holds what is one person's, school's or objective's, or a sheet for other programs."""
    there = sorted((p for p in picture.people.values() if p.here_on(picture.on)), key=lambda p: p.name)
    for_whom = {f"{p.name} (their actions and KPIs)": About(person=p.ref) for p in there}
    for_whom |= {f"{s.name} (actions and figures)": About(school=s.ref) for s in picture.schools}
    if picture.edition:
        objectives = picture.parts(picture.edition.ref, Part.OBJECTIVE)
        for_whom |= {f"Objective {o.code}": About(objective=o.ref) for o in objectives}
    whom = st.selectbox("A workbook for", list(for_whom), key="data_whom", index=None, placeholder="Choose …")
    if whom is not None:
        st.download_button(
            "Download this workbook",
            partial(made, whom=for_whom[whom]),
            ui.file_name("civic-duty", ".xlsx"),
            ui.XLSX,
            key="data_one",
            on_click="ignore",
        )
    sheets = [s.sheet for s in SHEET_ORDER]
    sheet = st.selectbox("A sheet as CSV", sheets, key="data_sheet", index=None, placeholder="Choose …")
    if sheet is not None:
        store, person, now = ui.store(), ui.person(), ui.now()
        st.download_button(
            "Download this sheet",
            lambda: exporting.export_sheet(store, by=person, now=now, sheet=sheet, moment=moment)[1],
            ui.file_name(f"civic-duty-{sheet.casefold()}", ".csv"),
            "text/csv",
            key="data_csv",
            on_click="ignore",
        )


def so_far() -> None:
    ui.section("Loaded so far", ui.link("Every change, whoever made it", "history"))
    found = provenance.imports(ui.store(), picture)
    undone = provenance.undone(found)
    place = st.container()
    if len(found) > NEWEST and not st.checkbox(f"Show all {len(found):,}", key="data_all", bind="query-params"):
        found = found[:NEWEST]
    rows = [
        (
            day_words(local_day(i.at)),
            ui.join(
                ui.link(i.file or f"Undoing of change {i.undoes}", "change", change=i.change),
                ui.small(" undone" if i.change in undone else ""),
            ),
            i.by or "the command line",
            f"{i.rows:,}" if i.rows else "",
            f"{i.values:,}" if i.values else "",
        )
        for i in found
    ]
    columns = (
        ui.Column("When", width="20%"),
        ui.Column("File"),
        ui.Column("Who"),
        ui.Column("Rows", "right", width="10%"),
        ui.Column("Values", "right", width="10%"),
    )
    with place:
        nothing = "Nothing has been loaded yet."
        ui.table(columns, rows, caption="Files that were loaded, newest first", key="data_imports", empty=nothing)


picture, moment = ui.picture(), ui.moment()
left_out = "Left out, because they belong to today: files that wait, loading one, and the empty template."
ui.heading("Data", note="" if moment is None else left_out)
returns()
if moment is None:
    bring_in()
take_out()
so_far()
