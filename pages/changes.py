"""What changed between two moments: the few things that matter most, then every kind with its reasons."""

import streamlit as st

from framework.people import Act, may
from framework.picture.account import account, grouped
from framework.picture.between import later_file_words, what_became
from framework.picture.since import changes_since
from framework.picture.weighing import first_things
from framework.workbook.comma import comma_separated
from pages import ui, ui_changes, ui_review, ui_since

HEADS = ("Group", "What changed", "Name", "Then", "Now", "Why", "Owner")

picture = ui.picture()
edition = picture.edition
if edition is None:
    ui.empty_state("What changed", "What became better or worse since a meeting, once there is a plan.")
    st.stop()

since = ui.since(picture)
moment, before = since.moment, since.before
title = st.container()
if since.refusal:
    ui.words(since.refusal)
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    ui_since.choose_since(picture, since, "From a date" if moment is None else f"From {moment.short}")
    ui_since.choose_later(since)
    ui.show(ui_since.usual_links(since))
    chosen = ui.filters(picture, edition.ref)
overview = ui.link("Overview", "overview", since=moment and moment.asked, **ui.narrowed(picture, chosen))
if moment is None or before is None:
    with title:
        ui.heading("What changed", crumbs=[overview, "What changed"])
    if not since.refusal:
        ui.words("Nothing was recorded here before this day, so there is nothing to compare it with yet.", "large")
    st.stop()

until = ui_since.until_words()
pair = f"since {moment.words}" if until == "today" else f"from {moment.words} to {until}"
with title:
    became = what_became(before, picture, moment.day)
    ui.heading(f"What changed {pair}", crumbs=[overview, "What changed"], note=became, tab="What changed")
if before.edition is not None and before.edition.ref != edition.ref:
    ui.quiet(f"{before.edition.title} was in force then; this tells of {edition.title}.")
changes = changes_since(before, picture, edition.ref, chosen)
sections = account(before, picture, changes)
if not sections:
    ui.words(f"Nothing changed {pair}. Choose an earlier date, or a wider view.", "large")
    st.stop()

ui.strip(ui_review.changed(changes))
led = ui_changes.Led(moment.asked, chosen.school, may(ui.person(), Act.READ_DATA))
ui_changes.first(first_things(before, picture, changes, chosen.school), led)
for group, found in grouped(sections):
    ui.section(group)
    for section in found:
        ui_changes.section(section, led)
listed = [(s.group, s.title, t.name, t.then, t.now, t.why, t.who) for s in sections for t in s.lines]
st.download_button(
    "Download what changed",
    lambda: comma_separated(HEADS, listed),
    file_name=f"what-changed-{moment.file_words}-to-{later_file_words(picture, ui.moment())}.csv",
    mime="text/csv",
    key="changes_download",
    on_click="ignore",
)
