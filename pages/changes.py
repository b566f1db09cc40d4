"""What changed since a meeting or any day: the few lines that matter, then every kind with its reasons."""

import streamlit as st

from framework.kpis.standing import Verdict
from framework.picture.account import Section, Told, account
from framework.picture.since import changes_since, end_of_day, since_words
from framework.picture.telling import Item, Line, leading
from framework.workbook.comma import comma_separated
from pages import ui

NAMED = 3  # of each leading line; the rest is counted
WIDTHS = {"then": "12%", "now": "18%", "why": None, "who": "14%"}
HEADS = ("What changed", "Name", "Then", "Now", "Why", "Owner")


def named(item: Item) -> ui.Html:
    name = ui.link(item.title, item.table, ref=item.ref)
    return ui.join(name, ui.small(f"({item.words})"), by=" ") if item.words else name


def first(line: Line) -> tuple[object, object]:
    items = [named(item) for item in line.items[:NAMED]]
    more = line.count - len(items)
    return f"{line.count} {line.words}", ui.join(*items, f"and {more} more" if more else "", by="; ")


def verdict(reached: Verdict) -> ui.Html:
    reason = reached.reason.removeprefix(f"{reached.standing}: ")
    return ui.lines(ui.mark(reached.family, reached.standing), ui.small(reason))


def row(told: Told, columns: list[str]) -> list[object]:
    cells: dict[str, object] = {"then": told.then, "now": told.now, "why": told.why, "who": told.who}
    if told.verdicts is not None:
        cells |= {"then": verdict(told.verdicts[0]), "now": verdict(told.verdicts[1])}
    return [ui.link(told.name, told.table, ref=told.ref), *(cells[column] for column in columns)]


def section(found: Section) -> None:
    columns = [name for name in WIDTHS if any(getattr(told, name) for told in found.lines)]
    heads = dict(zip(WIDTHS, (*found.heads, "Owner"), strict=True))
    wide = found.lines[0].verdicts is not None
    ui.section(found.title, found.note)
    ui.table(
        [
            ui.Column("KPI" if found.lines[0].table == "kpi" else "Action", width="28%"),
            *(
                ui.Column(heads[name], width=None if wide and name != "who" else WIDTHS[name], quiet=name == "who")
                for name in columns
            ),
        ],
        [row(told, columns) for told in found.lines],
        caption=found.title,
        key=found.title.lower().replace(" ", "_"),
    )


picture = ui.picture()
edition = picture.edition
if edition is None:
    ui.empty_state("What changed", "What became better or worse since a meeting, once there is a plan.")
    st.stop()

title = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    since = ui.since(picture)
    chosen = ui.filters(picture, edition.ref)
with title:
    ui.heading(
        f"What changed since {since_words(picture, since)}",
        crumbs=[
            ui.link("Overview", "overview", since=since.isoformat(), **ui.narrowed(picture, chosen)),
            "What changed",
        ],
        tab="What changed",
    )
before = ui.picture(as_at=end_of_day(since))
changes = changes_since(before, picture, edition.ref, chosen)
sections = account(before, picture, changes)
if not sections:
    ui.words(f"Nothing changed since {since_words(picture, since)}. Choose an earlier date, or a wider view.", "large")
    st.stop()

lines = leading(picture, changes)
if lines:
    ui.table(
        (ui.Column("What", width="28%", unseen=True), ui.Column("Which", unseen=True)),
        [first(line) for line in lines],
        caption="What matters most",
        key="matters",
    )
for found in sections:
    section(found)
listed = [(s.title, t.name, t.then, t.now, t.why, t.who) for s in sections for t in s.lines]
st.download_button(
    "Download what changed",
    lambda: comma_separated(HEADS, listed),
    file_name=f"what-changed-since-{since.isoformat()}.csv",
    mime="text/csv",
    key="changes_download",
    on_click="ignore",
)
