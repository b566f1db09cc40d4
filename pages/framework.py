"""The whole framework as one picture, what serves each part of it, what nothing serves, and its versions."""

import streamlit as st

from framework.civic import Part
from framework.people import Act, may
from framework.picture.coverage import in_part
from framework.picture.editions import in_order, state_words
from framework.picture.review import Filter, by_part
from framework.picture.serving import Served, label, served, summary
from pages import ui, ui_forms, ui_framework, ui_framework_forms, ui_framework_tables

ABOUT = (
    Part.AIM,
    Part.STRAPLINE,
    Part.MOTTO,
    Part.BASIS,
    Part.PURPOSE,
    Part.TASK_FORCE,
    Part.LEADERS_STATEMENT,
    Part.CONTACT,
)


def serves(one: Served) -> None:
    """`15 actions and 6 KPIs, under A and B; none under C.`, and the way to them."""
    said, without = summary(picture, one)
    sentence = ui.join(said, ui.strong(without) if without else "", by="; ")
    with st.container(key="cd-serves"):
        ui.words(ui.join(sentence, ". ", ui.link("Open them", "element", ref=one.element.ref)))


picture = ui.picture()
if picture.edition is None:
    ui.empty_state(
        "Framework",
        "Here will be the whole framework as one picture: its aim, objectives and priorities, and what serves them.",
        ui.link("Load a workbook", "data") if may(ui.person(), Act.IMPORT) else None,
    )
    st.stop()

editions = in_order(picture)
title = st.container()
one, many, place = st.columns([2, 4, 5], gap="small", vertical_alignment="bottom")
with one:
    edition = ui.choose("Version", editions, "framework_version", lambda e: e.code) or picture.edition
with many:
    # By its words and not its ref: so the choice holds from version to version.
    named = {label(picture.elements[ref]): ref for ref in served(picture, edition.ref)}
    wanted = named.get(
        ui.choose("Show what serves", list(named), "framework_serves", everything="Nothing chosen") or ""
    )

found = served(picture, edition.ref, wanted)
aims = picture.parts(edition.ref, Part.AIM)
with title:
    where = f"{edition.title}\N{NO-BREAK SPACE}· {state_words(edition, picture.on)}"
    ui.heading(aims[0].words if aims else edition.title, [where], tab="Framework")
if wanted is not None:
    with place:
        serves(found[wanted])

only_some = in_part(picture)
ui.show(ui_framework.picture_of(found, by_part(picture, edition.ref, Part.OBJECTIVE, Filter()), only_some))
if not found:
    ui.words("This version has no objectives, statements or priorities yet.")
else:
    ui.quiet(ui_framework.legend(wanted is not None))
if only_some:
    ui.quiet("Counted from the actions that are open to you; the trust's leaders may see more.")
ui_framework_tables.covered(picture, edition)
ui_framework_tables.versions(picture, edition)
about = [
    (ui.link(str(part).capitalize(), "element", ref=e.ref), e.words)
    for part in ABOUT
    for e in picture.parts(edition.ref, part)
]
if about:
    with st.expander("About this framework", key="framework_about"):
        ui.facts(about)
if ui_framework_forms.may_edit():
    ui_forms.done_words()
    with st.expander("Add to this framework", key="framework_add"):
        ui_framework_forms.add(edition.ref)
