"""One change: who made it, when, why and from where, what it did row by row, and a way to undo it."""

from functools import partial

import streamlit as st

from framework.deeds.importing import OURS
from framework.people import Act, may
from framework.periods import LONDON, day_words, local_day
from framework.picture.history import did, how_many
from framework.store import left, waiting
from framework.store.left import MOST, ToldChange
from framework.store.provenance import ToldRow
from framework.subjects import BY_TABLE, VALUES
from pages import ui, ui_history, ui_receipt, ui_undo

ALL = "All of it"  # opens the facts of a row that was new
OF, CELL = ui.Column("Of", width="32%"), ui.Column("Cell", quiet=True, width="16%")
CHANGED, NEW = (OF, ui.Column("What changed"), CELL), (OF, ui.Column("What it said"), CELL)
KPIS = (
    ui.Column("KPI", width="46%"),
    ui.Column("Values", "right"),
    ui.Column("Places", "right"),
    ui.Column("Corrections", "right"),
)


def facts(told: ToldChange) -> None:
    change, layouts = told.told, {OURS: "the product's own workbook", "": ""}
    ui.facts(
        [
            ("On", f"{day_words(local_day(change.at))}, {change.at.astimezone(LONDON):%H:%M}"),
            ("By", ui_history.by(change)),
            ("Why", change.reason),
            ("From", ui_history.origin(change)),
            ("Layout", layouts.get(told.file.layout, "a layout of the sender's") if told.file else ""),
            ("Rows", ", ".join(how_many(table, n) for table, n in told.counts.items())),
            ("Change", f"number {change.change} in the ledger: {change.deed}"),
            ("Undoes", ui.link(f"change {told.undoes}", "change", change=told.undoes) if told.undoes else ""),
            ("Undone", ui.link(f"by change {told.undone}", "change", change=told.undone) if told.undone else ""),
        ]
    )


def row(one: ToldRow) -> tuple[object, ...]:
    kind = ui.small(BY_TABLE[one.table].one.partition(" ")[2])
    why = ui_history.why_of(one)
    moves = ui.lines(*ui_history.moves(picture, one, ALL), ui.small(why) if why else "")
    return ui.lines(ui_history.name_link(picture, one, own_page=True), kind), moves, ui_history.cells(one)


def rows(told: ToldChange) -> None:
    """What stood before and what stands since, row by row; then what is new."""
    changed = [one for one in told.rows if one.before is not None]
    new = [one for one in told.rows if one.before is None]
    for title, columns, listed in (("What it changed", CHANGED, changed), ("What was new", NEW, new)):
        if listed:
            ui.section(title)
            ui.table(columns, [row(one) for one in listed], caption=title, key=title.lower().replace(" ", "_"))
    beyond(sum(n for table, n in told.counts.items() if table != VALUES.table) - len(told.rows), "rows")
    if told.settings:
        ui.section("Settings")
        ui.words(ui.lines(*(ui_history.setting(one) for one in told.settings)))


def values(told: ToldChange) -> None:
    """The values: of many how many of each KPI first."""
    if not told.values:
        return
    ui.section("Values")
    if len(told.kpis) > 1:
        counted = [(of_kpi(one.kpi), f"{one.values:,}", f"{one.places:,}", one.corrections or "") for one in told.kpis]
        ui.table(KPIS, counted, caption="Values by KPI", key="change_kpis")
    ui.table(CHANGED, [row(one) for one in told.values], caption="Values", key="change_values")
    beyond(told.counts[VALUES.table] - len(told.values), "values")


def of_kpi(ref: str) -> ui.Html:
    kpi = picture.rows["kpi"][ref]
    return ui.link(f"{kpi.code} {kpi.title}", "kpi", ref=ref)


def beyond(n: int, what: str) -> None:
    if n > 0:
        ui.quiet(f"And {n:,} more {what}: the first {MOST} are listed.")


def deeds(told: ToldChange) -> None:
    """The file as it came, and the way to undo all of it."""
    number = told.told.change
    # Rows go back like a file is loaded; the deed asks again.
    may_undo = may(ui.person(), Act.UNDO) and (may(ui.person(), Act.IMPORT) or not told.counts)
    with st.container(horizontal=True):
        if told.file is not None and told.file.kept:
            data = partial(waiting.original, ui.store(), number)
            words = "Download the original file"
            st.download_button(words, data, told.file.name, key="change_original", on_click="ignore")
        if may_undo:
            st.button("Look at undoing it", key="change_undo", on_click=ui_undo.open_, args=(number,))
    if may_undo and ui_undo.is_open(number):
        ui_undo.draw(picture, number)


picture = ui.picture()
asked = st.query_params.get("change", "")
told = left.told_of_change(ui.store(), picture, int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
crumbs = [ui.link("History", "history")]
if told is None:
    ui.heading("What a change did", crumbs)
    ui.words("There is no change of that number. Choose one from the history.")
    ui.words(ui.link("Go to History", "history"))
    st.stop()

title = did(told.told.deed) + (f": {told.file.name}" if told.file is not None else "")
ui.heading(title, [*crumbs, f"Change {told.told.change}"], tab=f"Change {told.told.change}")
ui_undo.said()
facts(told)
ui_receipt.receipt(waiting.receipt_of(ui.store(), told.told.change))
deeds(told)
rows(told)
values(told)
