"""Every action: who, by when, how it is going. Searched, narrowed and sorted; the view is in the URL."""

from collections.abc import Callable, Sequence

import streamlit as st

from framework.deeds import exporting
from framework.periods import day_words
from framework.picture.action_lists import (
    ActionLine,
    ActionSort,
    Flag,
    Said,
    action_lines,
    counted,
    narrowed_to,
    sorted_actions,
)
from framework.plans import due_words
from pages import ui

COLUMNS = (
    ui.Column("Action", width="32%"),
    ui.Column("Owner", width="19%"),
    ui.Column("Status", width="9%"),
    ui.Column("Signals", width="16%"),
    ui.Column("Due", width="14%"),
    ui.Column("Last word", width="10%", quiet=True),
)


def row(line: ActionLine) -> list[object]:
    action = line.action
    waits = action.open and not line.signals.late
    due = due_words(action, picture.calendar, picture.on).removeprefix("due ") if waits else ""
    return [
        ui.join(ui.small(action.code), ui.link(action.title, "action", ref=action.ref), by=" "),
        ui.lines(line.owner or ui.small("no owner"), ui.small(line.organisation)),
        str(line.said) if action.status else ui.small("Not set"),
        ui.join(*line.signals.words, by=" · "),
        ui.lines(day_words(action.due_on, weekday=False), ui.small(due) if due else ""),
        day_words(line.word_on, weekday=False) if line.word_on else "none yet",
    ]


def offer(lines: Sequence[ActionLine]) -> tuple[str, Callable[[], bytes], str]:
    """The actions in view, their milestones and updates as a workbook that loads back; made when it is asked for."""
    kept, store, person, now = {line.action.ref for line in lines}, ui.store(), ui.person(), ui.now()

    def made() -> bytes:
        return exporting.export(
            store, by=person, now=now, tables=("action", "milestone", "action_update"), about={"action": kept}
        )[1]

    return f"actions-{picture.on.isoformat()}.xlsx", made, ui.XLSX


picture = ui.picture()
if picture.edition is None:
    ui.empty_state(
        "Actions",
        "Here will be every action of the plan: who does it, by when, and how it is going.",
        ui.link("Load a workbook", "data"),
    )
    st.stop()

editions = list(picture.editions.values())
ui.heading("Actions")
with st.container(horizontal=True, vertical_alignment="bottom", key="cd-list-controls"):
    words = st.text_input("Search", key="actions_words", bind="query-params", type="search")
    status = ui.choose("Status", list(Said), "actions_status", everything="Any")
    flag = ui.choose("Signal", list(Flag), "actions_signal", everything="Any")
    newest_first = sorted(editions, key=lambda e: (e.ref != picture.edition.ref, e.starts_on))
    edition = ui.choose("Version", newest_first, "actions_version", lambda e: e.code) or picture.edition
    by = ui.choose("Sort", list(ActionSort), "actions_sort") or ActionSort.ATTENTION
chosen = ui.filters(picture, edition.ref)

found = action_lines(picture, edition.ref, chosen, words or "")
lines = sorted_actions(narrowed_to(found, status, flag), by)
ui.quiet(counted(lines, len(picture.actions_of(edition.ref))))
ui.table(
    COLUMNS,
    [row(line) for line in lines],
    caption=f"Actions of {edition.code}, {str(by).lower()}",
    key="actions",
    download=lambda: offer(lines),
    empty="No action fits this view. Take one of the choices above away, or search for other words.",
)
