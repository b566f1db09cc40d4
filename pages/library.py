"""The library of KPIs that can be adopted, by theme or by search: what each one is, and one button. For leaders."""

import streamlit as st

from framework.deeds import measuring
from framework.errors import Refused
from framework.kpis.kpi import Frequency, Level
from framework.kpis.library import LibraryKpi, Theme, library
from framework.picture.listing import has_words
from pages import ui, ui_kpi_words

BOARD = "For the board"
ADOPTED = "library_adopted"
OFTEN = {
    Frequency.YEARLY: "once a year",
    Frequency.TERMLY: "each term",
    Frequency.HALF_TERMLY: "each half-term",
}


def facts_of(one: LibraryKpi) -> ui.Html:
    """Level, better, how often, due after, source and comparator."""
    due = "counted here from the plan" if one.counted is not None else f"due within {one.lag_days} days"
    better = ui_kpi_words.BETTER[one.direction].lower()
    return ui.lines(
        " · ".join((str(one.level).capitalize(), better, OFTEN[one.frequency], due)),
        f"From: {one.where_from}",
        f"Set beside it: {one.comparator}" if one.comparator else "",
    )


def draw(one: LibraryKpi) -> None:
    text, act = st.columns([5, 1], gap="medium")
    with text, st.container(gap="xsmall"):
        suggested = "suggested for the board" if one.board else ""
        ui.section(one.title, " · ".join(part for part in (one.code, suggested) if part))
        ui.words(one.definition)
        ui.quiet(facts_of(one))
        split = f"Worth splitting by: {one.breakdown}." if one.breakdown else ""
        if known := " ".join(part for part in (one.note, split) if part):
            ui.show(ui.small(ui.term("What to know", known)))
    with act:
        offer(one)


def offer(one: LibraryKpi) -> None:
    """The button; after it what comes next; for a KPI that is here already the way to it."""
    ref = here.get(one.code.casefold())
    if ref is None:
        if st.button(f"Adopt {one.code}", key=f"adopt_{one.code}"):
            adopt(one)
    elif st.session_state.get(ADOPTED) == one.code:
        st.success("Adopted")
        ui.words(ui.link(f"Open {one.code}", "kpi", ref=ref))
        aims = [] if one.level is Level.CONTEXT else [ui.link("its target", "kpi_edit", ref=ref, do="target")]
        ui.quiet(ui.join("Next: ", ui.join(ui.link("its baseline", "kpi_edit", ref=ref, do="kpi"), *aims, by=", ")))
    else:
        ui.words(ui.link("Here already", "kpi", ref=ref))


def adopt(one: LibraryKpi) -> None:
    try:
        measuring.adopt_kpi(ui.store(), by=ui.person(), now=ui.now(), code=one.code, edition=edition.ref)
    except Refused as refusal:
        ui.refused(refusal)
        return
    st.session_state[ADOPTED] = one.code
    st.rerun()


picture = ui.picture()
if picture.edition is None:
    what = "Here will be 84 KPIs to adopt. They belong to a framework, so load that first."
    ui.empty_state("Library of KPIs", what, ui.link("Load a workbook", "data"))
    st.stop()

editions = sorted(picture.editions.values(), key=lambda e: (e.ref != picture.edition.ref, e.starts_on))
here = {kpi.code.casefold(): kpi.ref for kpi in picture.kpis.values()}
crumbs = [ui.link("KPIs", "kpis"), "Library"]
ui.heading("Library of KPIs", crumbs, "Adopt one with a click, then set its baseline and its target.")
with st.container(horizontal=True, vertical_alignment="bottom", key="cd-list-controls"):
    words = st.text_input("Search the whole library", key="library_words", bind="query-params", type="search")
    edition = ui.choose("Adopt into", editions, "library_version", lambda e: e.code) or picture.edition
theme = ui.choose("Theme", [BOARD, *Theme], "library_theme", how="pills")

if (words or "").strip():
    found = [k for k in library() if has_words((k.code, k.title, k.definition, k.theme, k.where_from, k.note), words)]
    ui.quiet(f"{len(found)} of {len(library())} hold these words." if found else "None holds all of these words.")
else:
    found = [k for k in library() if k.theme == theme or (theme == BOARD and k.board)]
for one in found:
    draw(one)
