"""One KPI: how it stands and why, its values, its schools, and where every number comes from."""

from urllib.parse import urlsplit

import streamlit as st

from framework.kpis.explained import how_judged, pace
from framework.periods import read_period
from framework.picture.figures import by_school, is_trust, targets_at
from framework.picture.judged import path_of, verdict
from pages import ui, ui_kpi, ui_kpi_chart, ui_kpi_past, ui_kpi_words

picture = ui.picture()
kpi = picture.kpis.get(st.query_params.get("ref", ""))
if kpi is None or picture.trust is None:
    ui.empty_state("There is no such KPI here", "Choose one from the list.", ui.link("All KPIs", "kpis"))
    st.stop()

asked = st.query_params.get("place", "")
place = asked if ui_kpi_past.can_see(picture, asked) else picture.trust.ref
reached, way = verdict(picture, kpi, place), path_of(picture, kpi, place)
whole = is_trust(picture, place)

ui.heading(kpi.title, ui_kpi_words.crumbs(picture, kpi, place), tab=f"{kpi.code} {kpi.title}")
ui_kpi.sentence(reached)
ui_kpi_chart.chart(picture, kpi, place)

newest = ui_kpi_past.newest_period(picture, kpi, place)
with st.container(horizontal=True, vertical_alignment="center"):
    pressed = newest is not None and st.button("Where this number comes from", key="kpi_origin")
    ui.show(ui_kpi_words.deeds_links(picture, kpi, place))

aims = targets_at(picture, kpi, place)
steps = pace(kpi, reached, way, kpi.baseline_period, aims[-1].period if aims else None)
if steps:
    ui.section("What it takes")
    ui.words(ui.lines(*steps))
with st.expander("How we judge this", key="kpi_judged"):
    for said in how_judged(kpi, reached, way, alpha=picture.settings.alpha):
        ui.words(said)

if whole and by_school(picture, kpi):
    ui.section("By school")
    ui_kpi.schools(picture, kpi)
ui_kpi.groups(picture, kpi, place)

ui.section("All values", "Open a value to see where it comes from.")
ui_kpi.values(picture, kpi, place)
ui.section("Targets")
ui_kpi_past.targets(picture, kpi, place)

ui.section("What is measured")
ui.facts([*ui_kpi_words.about(picture, kpi), *ui_kpi_words.tagged(picture, kpi)])

with st.expander("History of this KPI", key="kpi_past"):
    ui_kpi_past.history(picture, kpi)
with st.expander("Link to share", key="kpi_link"):
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    st.code(origin + ui.address("kpi", ref=kpi.ref, place=None if whole else place), language=None, wrap_lines=True)

linked = read_period(st.query_params.get("origin", ""))
group = st.query_params.get("group", "")
# A link's drawer opens once; after it is closed, other clicks on the page must not bring it back.
first = st.session_state.get("kpi_opened") != (kpi.ref, place, linked, group)
if pressed and newest is not None:
    ui_kpi_past.open_origin(picture, kpi, place, newest)
elif linked is not None and first:
    ui_kpi_past.open_origin(picture, kpi, place, linked, group)
st.session_state["kpi_opened"] = (kpi.ref, place, linked, group)
