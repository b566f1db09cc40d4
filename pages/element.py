"""One part of the framework: its words, the actions and KPIs that serve it, its history, and a way to change it."""

import streamlit as st

from framework.civic import FACETS
from framework.picture.action_lists import ActionSort, action_lines, sorted_actions
from framework.picture.coverage import in_part
from framework.picture.editions import elsewhere, state_words
from framework.picture.listing import KpiSort, kpi_lines, sorted_kpis
from framework.picture.review import Filter, by_part
from framework.picture.serving import label, served, summary
from framework.subjects import ELEMENTS
from pages import ui, ui_element, ui_forms, ui_framework, ui_framework_forms, ui_history

picture = ui.picture()
element = picture.elements.get(st.query_params.get("ref", ""))
if element is None or element.edition not in picture.editions:
    ui.empty_state(
        "There is no such part of the framework here",
        "It may have been taken away, or the address was cut short. Choose one from the framework.",
        ui.link("The whole framework", "framework"),
    )
    st.stop()

edition = picture.editions[element.edition]
ui.heading(element.words, ui_element.crumbs(edition, element), tab=ui_framework.place_of(element))
ui.quiet(ui_element.around(picture, element, state_words(edition, picture.on)))

if element.part in FACETS:
    said, without = summary(picture, served(picture, element.edition, element.ref)[element.ref])
    view_of = {"framework_version": edition.code, "framework_serves": label(element)}
    in_picture = ui.link("Show them in the picture", "framework", **view_of)
    ui.words(ui.join(ui.join(said, without, by="; "), ". ", in_picture), "large")
    view = Filter((element.ref,))
    row = next(r for r in by_part(picture, edition.ref, element.part, view) if r.element.ref == element.ref)

    ui.section("Actions", ui.join(*ui_framework.doing(row.doing), by=" · ") if row.doing.total else "")
    lines = sorted_actions(action_lines(picture, edition.ref, view), ActionSort.ATTENTION)
    nothing = "No action that is open to you serves this." if in_part(picture) else "No action serves this yet."
    ui_element.actions(lines, nothing)

    measured = ui_framework.difference(row.difference, worst=False) if row.difference.verdicts else []
    ui.section("KPIs", ui.join(*measured, by=" · "))
    ui_element.kpis(sorted_kpis(kpi_lines(picture, edition.ref, view), KpiSort.CONCERN))

others = elsewhere(picture, element)
if others:
    ui.section("In other versions")
    ui_element.elsewhere(picture, element, others)

with st.expander("History of these words", key="element_past"):
    ui_history.of_row(picture, ELEMENTS.table, element.ref, "element_history")
if ui_framework_forms.may_edit():
    ui_forms.done_words()
    with st.expander("Change these words", key="element_change"):
        ui_framework_forms.change(element)
