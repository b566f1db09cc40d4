"""By hand: add or change a KPI, its targets, its values, the notes on its line. `do` says which."""

import streamlit as st

from framework.people import Act, may
from framework.picture.entering import places_to_enter
from pages import ui, ui_forms, ui_kpi_forms, ui_kpi_note_form, ui_kpi_words

ACTS = {"value": Act.RECORD_VALUES, "target": Act.SET_TARGETS, "note": Act.EDIT_KPIS, "kpi": Act.EDIT_KPIS}

picture, person = ui.picture(), ui.person()
ref, place = st.query_params.get("ref", ""), st.query_params.get("place", "")
kpi = picture.kpis.get(ref)
if person is None or picture.trust is None or picture.edition is None or (ref and kpi is None):
    ui.empty_state("There is no such KPI here", "Choose one from the list.", ui.link("All KPIs", "kpis"))
    st.stop()

if kpi is None and may(person, Act.EDIT_KPIS):
    ready = ui.join("84 are ready to adopt in the ", ui.link("library of KPIs", "library"), ".")
    ui.heading("Add a KPI", [ui.link("KPIs", "kpis"), "Add a KPI"], ready)
    ui_forms.done_words()
    ui_kpi_forms.facts(picture, None, person)
    st.stop()

if kpi is None:
    ui.heading(
        "Enter or correct a value", [ui.link("KPIs", "kpis"), "Values"], note="The KPIs that your school reports."
    )
    mine = [k for k in picture.kpis_of(picture.edition.ref) if places_to_enter(picture, k, person)]
    rows = [(ui.link(k.title, "kpi_edit", ref=k.ref, do="value", place=person.school), str(k.frequency)) for k in mine]
    columns = (ui.Column("KPI", width="60%"), ui.Column("How often", quiet=True))
    ui.table(
        columns, rows, caption="KPIs you may record", key="kpi_edit_mine", empty="There is none for you to record."
    )
    st.stop()

asked = st.query_params.get("do", "value")
do = asked if asked in ui_kpi_words.DEEDS else "value"
ui.heading(
    ui_kpi_words.DEEDS[do],
    [ui.link("KPIs", "kpis"), ui.link(f"{kpi.code} {kpi.title}", "kpi", ref=kpi.ref), ui_kpi_words.DEEDS[do]],
)
ui.show(ui_kpi_words.deeds_links(picture, kpi, place or picture.trust.ref, but=do))
ui_forms.done_words()
if not may(person, ACTS[do]):
    ui.words(f"As {person.role}, you may not {ACTS[do].value}. Ask a trust leader.")
elif do == "value":
    ui_kpi_forms.value(picture, kpi, person, place)
elif do == "target":
    ui_kpi_forms.target(picture, kpi, person, place)
elif do == "note":
    ui_kpi_note_form.notes(picture, kpi, person, place, st.query_params.get("note", ""))
else:
    ui_kpi_forms.facts(picture, kpi, person)
