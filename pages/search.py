"""One box for everything: actions, KPIs, the framework's words, people, organisations, events, meetings, updates."""

import streamlit as st

from framework.picture.finding import Found, Hit, find
from pages import ui

SHOWN = 10  # of a kind until all of it is asked for
PAGE = {
    Found.ACTION: "action",
    Found.KPI: "kpi",
    Found.MILESTONE: "action",
    Found.UPDATE: "action",
    Found.MEETING: "meeting",
}


def name(hit: Hit) -> ui.Html:
    match hit.kind:
        case Found.ACTION | Found.KPI | Found.MILESTONE | Found.UPDATE | Found.MEETING:
            return ui.link(hit.title, PAGE[hit.kind], ref=hit.of or hit.ref)
        case Found.ELEMENT:
            return ui.link(hit.title, "element", ref=hit.ref)
        case Found.PERSON | Found.ORGANISATION if hit.actions:
            return ui.link(hit.title, "actions", actions_words=hit.title)
    return ui.esc(hit.title)


def listed(hits: tuple[Hit, ...], kind: str, key: str) -> None:
    quoted = any(hit.body for hit in hits)
    columns = [ui.Column("Found", width="42%", unseen=True), ui.Column("Where", quiet=True, unseen=True)]
    rows: list[tuple[object, ...]] = [(name(hit), hit.note) for hit in hits]
    if quoted:
        columns.insert(1, ui.Column("Words", width="32%", unseen=True))
        rows = [(found, hit.body, note) for (found, note), hit in zip(rows, hits, strict=True)]
    ui.table(columns, rows, caption=kind, key=f"found_{key}")


picture = ui.picture()
ui.heading("Search")
words = st.text_input(
    "A word, a name or a code",
    key="q",
    bind="query-params",
    max_chars=200,
    width=560,
    placeholder="breakfast, Nasreen, A-05, library",
)
if not (words or "").split():
    ui.words(
        "Finds actions, KPIs, the framework's own words, people, organisations, milestones, updates, events and "
        "meetings. Several words narrow it down: all of them must occur."
    )
    st.stop()

found = find(picture, words)
if not found:
    ui.words(ui.join("Nothing holds all of these words: ", ui.strong(words), "."), "large")
    ui.words("Use fewer words, or the beginning of one: “attend” finds attendance and attending.")
    st.stop()

total = sum(len(hits) for hits in found.values())
ui.quiet(
    f"{total:,} found: "
    + ", ".join(f"{len(hits)}\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}{kind}" for kind, hits in found.items())
)
for kind, hits in found.items():
    ui.section(f"{kind} ({len(hits)})" if len(hits) > 1 else str(kind))
    listed(hits[:SHOWN], str(kind), kind.name.lower())
    if len(hits) > SHOWN:
        with st.expander(f"{len(hits) - SHOWN} more"):
            listed(hits[SHOWN:], f"More: {kind}", f"{kind.name.lower()}_more")
