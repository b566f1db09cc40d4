"""Every action: who, by when, how it is going. Searched, narrowed and seen in several ways; the view is in the URL."""

import streamlit as st

from framework.people import Act, may
from framework.picture.action_lists import (
    ActionSort,
    Flag,
    Said,
    action_lines,
    counted,
    narrowed_to,
    sorted_actions,
)
from framework.picture.views import View
from framework.plans.closing import evidence_counts
from pages import ui, ui_actions, ui_board, ui_bulk, ui_due, ui_holders, ui_timeline

picture, person = ui.picture(), ui.person()
if picture.edition is None:
    ui.empty_state(
        "Actions",
        "Here will be every action of the plan: who does it, by when, and how it is going.",
        ui.link("Load a workbook", "data") if may(person, Act.IMPORT) else None,
    )
    st.stop()

editions = list(picture.editions.values())
leads = may(person, Act.EDIT_PLAN)
ui.heading("Actions", note=ui_actions.ways_on(picture, person))
views = [view for view in View if view is not View.CHANGE or leads]
view = ui.choose("View", views, "actions_view", how="segments") or View.TABLE
with st.container(horizontal=True, vertical_alignment="bottom", key="cd-list-controls"):
    words = st.text_input("Search", key="actions_words", bind="query-params", type="search") or ""
    status = ui.choose("Status", list(Said), "actions_status", everything="Any")
    flag = ui.choose("Signal", list(Flag), "actions_signal", everything="Any")
    newest_first = sorted(editions, key=lambda e: (e.ref != picture.edition.ref, e.starts_on))
    edition = ui.choose("Version", newest_first, "actions_version", lambda e: e.code) or picture.edition
    by = ui.choose("Sort", list(ActionSort), "actions_sort") or ActionSort.ATTENTION
chosen = ui.filters(picture, edition.ref)

found = action_lines(picture, edition.ref, chosen, words)
lines = sorted_actions(narrowed_to(found, status, flag), by)
ui.quiet(counted(lines, len(picture.actions_of(edition.ref))))
ui.quiet(f"{evidence_counts(picture, [line.action for line in lines]).sentence}.")
match view:
    case View.BOARD:
        ui_board.draw(picture, lines, edition.code)
    case View.TIMELINE:
        ui_timeline.timeline(picture, lines)
    case View.CALENDAR:
        whole = not words and status is None and flag is None
        ui_due.calendar(picture, lines, edition.ref, chosen, whole)
    case View.PEOPLE:
        ui_holders.people(picture, lines)
    case View.SLIPS:
        ui_holders.slips(picture, lines)
    case View.CHANGE if person is not None:
        ui_bulk.change(picture, person, lines, (edition.ref, words, status, flag, chosen, by))
    case _:
        ui_actions.table(picture, lines, f"Actions of {edition.code}, {str(by).lower()}")
