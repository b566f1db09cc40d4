"""One KPI: how it stands and why, its values, its schools, and where every number comes from."""

from urllib.parse import urlsplit

import streamlit as st

from framework.kpis.explained import pace
from framework.kpis.saying import change_sentence
from framework.periods import read_period
from framework.picture.beside import moved_beside, us_or
from framework.picture.figures import by_school, is_trust
from framework.picture.judged import path_of, targets_at, verdict
from framework.picture.reading import reading
from pages import (
    ui,
    ui_forms,
    ui_kpi,
    ui_kpi_board,
    ui_kpi_chart,
    ui_kpi_groups,
    ui_kpi_judged,
    ui_kpi_past,
    ui_kpi_values,
    ui_kpi_words,
)

picture, person = ui.picture(), ui.person()
kpi = picture.kpis.get(st.query_params.get("ref", ""))
if kpi is None or picture.trust is None:
    ui.empty_state("There is no such KPI here", "Choose one from the list.", ui.link("All KPIs", "kpis"))
    st.stop()

asked = st.query_params.get("place", "")
place = asked if ui_kpi_past.can_see(picture, asked) else picture.trust.ref
reached, way = verdict(picture, kpi, place), path_of(picture, kpi, place)
whole = is_trust(picture, place)
change = change_sentence(kpi, reading(picture, kpi, place), reached)

ui.heading(kpi.title, ui_kpi_words.crumbs(picture, kpi, place), tab=f"{kpi.code} {kpi.title}")
ui_forms.done_words()
ui_kpi.sentence(reached, change)
ui_kpi_chart.chart(picture, kpi, place, f"{reached.reason} {change}".strip())

newest = ui_kpi_past.newest_period(picture, kpi, place)
with st.container(horizontal=True, vertical_alignment="center"):
    pressed = newest is not None and st.button("Where this number comes from", key="kpi_origin")
    if person is not None and ui_kpi_words.may_edit():
        ui_kpi_board.pin(kpi, person)
    ui.show(ui_kpi_words.deeds_links(picture, kpi, place))

aims = targets_at(picture, kpi, place)
steps = pace(kpi, reached, way, kpi.baseline_period, aims[-1].period if aims else None)
others = moved_beside(picture, kpi, place)
ui_kpi.side_by_side({us_or(others): ui_kpi.beside(kpi, others, newest), "What it takes": steps})
ui_kpi_judged.judged(picture, kpi, place, reached)

if whole and by_school(picture, kpi):
    ui.section("By school")
    ui_kpi.schools(picture, kpi)
ui_kpi_groups.groups(picture, kpi, place)

ui.section("All values", "Open a value to see where it comes from.")
ui_kpi_values.values(picture, kpi, place)
ui.section("Targets")
ui_kpi_past.targets(picture, kpi, place)

ui.section("What is measured")
ui.facts([*ui_kpi_words.about(picture, kpi, place), *ui_kpi_words.tagged(picture, kpi)])

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
