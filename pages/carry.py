"""Carry what was not finished from one framework version into another: choose it, see what will come of it, do it."""

import streamlit as st

from framework.deeds import carrying
from framework.picture.carrying import left_behind, may_come_from, may_go_into
from framework.picture.editions import state_words
from pages import ui, ui_carry, ui_forms, ui_framework

picture, person = ui.picture(), ui.person()
targets = may_go_into(picture)
if not targets or person is None:
    what = (
        "Here actions and KPIs of a framework version that has ended go on in the next one. That takes two versions, "
        "the later of which has not ended. Add one on the Versions sheet of the workbook."
    )
    ui.empty_state("Carry forward", what, ui.link("Load a workbook", "data"))
    st.stop()

note = "What was not finished goes on under a new code. Nothing of the version that it comes from changes."
ui.heading("Carry forward", [ui.link("Framework", "framework"), "Carry forward"], note)
ui_forms.done_words()
first, second = st.columns(2)
with second:
    into = ui.choose("Into", targets, "carry_into", lambda e: e.code) or targets[0]
sources = may_come_from(picture, into)
with first:
    before = ui.choose("From", sources, "carry_from", lambda e: e.code) or sources[0]
state = state_words(before, picture.on)
stands = "" if before.ended(picture.on) else " What is carried now stands in both until then."
ui.quiet(f"{before.code}: {state[:1].lower()}{state[1:]}.{stands}")

form = ui_forms.form_key("carry", before.ref, into.ref)
elements = ui_carry.mapped(picture, before, into, form)
wanted = ui_carry.asked(picture, before, into, elements, form)
chosen = {*wanted.actions, *wanted.kpis}
if chosen:
    ui_carry.preview(picture, wanted, into)
    why = st.text_input("Why, if it needs saying", key=f"{form}_why")
    parts = [(len(wanted.actions), "action"), (len(wanted.kpis), "KPI")]
    named = " and ".join(ui_framework.count(number, what) for number, what in parts if number)
    if st.button(f"Carry {named} into {into.code}", key=f"{form}_go", type="primary"):
        ui_forms.do(
            lambda: carrying.carry_forward(
                ui.store(),
                by=person,
                now=ui.now(),
                into=into.ref,
                elements=elements,
                actions=wanted.actions,
                kpis=wanted.kpis,
                due=wanted.due,
                objectives=wanted.objectives,
                why=why,
            ),
            f"Carried {named} into {into.code}. What stays behind is listed below.",
        )
ui_carry.behind(left_behind(picture, before.ref, chosen), before)
ui_carry.carried_already(picture, before)
