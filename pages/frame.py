"""The frame around every page: who is here, which pages they may open, the menu, the banner. Runs on every run."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from framework.errors import ValueRefused
from framework.people import Act, Role, may
from framework.periods import day_words
from framework.picture.moments import Moment
from framework.store import pictures
from pages import ui, ui_as_at

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """A page: its file, what the menu calls it, and what a person must be allowed to do to open it."""

    file: str
    title: str
    act: Act
    help: str
    in_menu: bool = False
    but: frozenset[Role] = frozenset()  # whose menu goes without it; a link leads there
    writes: bool = False  # it is there to change things, so the past has no such page

    @property
    def path(self) -> str:
        return self.file.removesuffix(".py")


# Whoever runs the plan comes to their own actions from the list of all.
_PLANNERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})
# Their menu stays short; meetings are in search and in the choice of a moment.
_READERS = frozenset(Role) - _PLANNERS
PAGES = (
    Entry("my.py", "My actions", Act.UPDATE_ACTIONS, "What is mine: say how it goes.", True, _PLANNERS, writes=True),
    Entry("overview.py", "Overview", Act.READ_PLAN, "What we are doing and what difference it makes.", True),
    Entry("framework.py", "Framework", Act.READ_PLAN, "The whole framework, and what serves each part of it.", True),
    Entry("actions.py", "Actions", Act.READ_PLAN, "Every action: who, by when, how it is going.", True),
    Entry("kpis.py", "KPIs", Act.READ_PLAN, "Every measure and how it stands.", True),
    Entry("meetings.py", "Meetings", Act.READ_PLAN, "Meetings, their papers, windows and copies.", True, _READERS),
    Entry("data.py", "Data", Act.READ_DATA, "Load a workbook, see what came in, take everything out.", True),
    Entry("action.py", "Action", Act.READ_PLAN, "One action and its history."),
    Entry("kpi.py", "KPI", Act.READ_PLAN, "One measure, its values and where they come from."),
    Entry("element.py", "Part of the framework", Act.READ_PLAN, "Its words, what serves it and its history."),
    Entry("changes.py", "What changed", Act.READ_PLAN, "What changed since a date."),
    Entry("meeting.py", "Meeting", Act.READ_PLAN, "One meeting: its window, its frozen copy, what came after."),
    Entry("term_dates.py", "Calendar", Act.READ_PLAN, "School years, terms, half-terms and days off."),
    Entry("history.py", "History", Act.READ_DATA, "Every change: who, when, what from and to, and why."),
    Entry("change.py", "One change", Act.READ_DATA, "What one change did, and a way to undo it."),
    Entry("search.py", "Search", Act.READ_PLAN, "Find an action, KPI, person or words."),
    Entry("load.py", "Load a file", Act.IMPORT, "What a spreadsheet holds and what it would change.", writes=True),
    Entry("library.py", "Library of KPIs", Act.EDIT_KPIS, "84 KPIs that a trust can adopt with a click.", writes=True),
    Entry("propose.py", "Propose an action", Act.PROPOSE, "A new action, for a leader to accept.", writes=True),
    Entry(
        "action_edit.py", "Change an action", Act.EDIT_PLAN, "Set or change an action and its milestones.", writes=True
    ),
    Entry("proposals.py", "To check", Act.EDIT_PLAN, "What was proposed, words by link, files that wait.", writes=True),
    Entry(
        "chase.py", "Ask for a word", Act.CHASE, "Who is to be asked, a ready message, and who was asked.", writes=True
    ),
    Entry("returns.py", "Returns", Act.READ_DATA, "Which values are in, late or queried, and by whom."),
    Entry(
        "carry.py", "Carry forward", Act.EDIT_FRAMEWORK, "Actions and KPIs from one version into another.", writes=True
    ),
    Entry(
        "kpi_edit.py",
        "Change a KPI",
        Act.RECORD_VALUES,
        "Add or change a KPI, its targets and its values.",
        writes=True,
    ),
)


def no_access() -> None:
    """Says the same of every page that is not for this person, whether or not it exists."""
    ui.heading("This page is not open to you")
    ui.words("Ask a trust leader, or choose someone else at the top right of this sample.")
    ui.words(ui.link("Go to the overview", "overview"))


def page_of(entry: Entry) -> st.Page:
    """The page, or in its place the one that says it is not open; the address is registered either way."""
    first = entry.path == "overview"
    if not may(viewer, entry.act):
        return st.Page(no_access, title=ui.PRODUCT, url_path=entry.path, default=first, visibility="hidden")
    listed = entry.in_menu and (viewer is None or viewer.role not in entry.but)
    visibility = "visible" if listed else "hidden"
    return st.Page(
        entry.file, title=entry.title, url_path=entry.path, default=first, visibility=visibility, help=entry.help
    )


def banner() -> None:
    day = ui.store().sample_day
    if day is not None:
        ui.quiet(f"Fictional sample: plan, schools and people are invented. Its today is {day_words(day)}.")


def who_is_here(path: str, looked_at: Moment | None) -> None:
    """The moment that is shown, search, and in the demo the choice of viewer, beside the menu."""
    back = f"/{path}" + (f"?{urlencode(st.query_params.to_dict())}" if len(st.query_params) else "")
    with st.container(key="cd-who", horizontal=True, vertical_alignment="center", gap="small"):
        if viewer is not None:
            ui_as_at.control(ui.today_picture(), pictures.first_day(ui.store()), looked_at)
        ui.show(ui.link("Search", "search"))
        if ui.store().sample_day is not None and viewer is not None:
            with st.popover(ui.plain(f"Viewing as {viewer.name}, {viewer.role}"), type="tertiary"):
                ui.show(ui.viewers(ui.people(), back))


def moment() -> tuple[Moment | None, ValueRefused | None]:
    """The moment that is looked at, or why there is none such."""
    try:
        return ui.moment(), None
    except ValueRefused as refusal:
        return None, refusal


def run(page: st.Page, looked_at: Moment | None, refusal: ValueRefused | None) -> None:
    """The page; in the past with a band above it, and a sentence in place of one that changes things."""
    params = st.query_params.to_dict()
    path = page.url_path or "overview"
    if refusal is not None:
        ui_as_at.cannot_be_shown(refusal, path)
        return
    entry = next((entry for entry in PAGES if entry.path == path), None)
    if looked_at is not None and entry is not None and may(viewer, entry.act):
        if entry.writes:
            ui_as_at.cannot_be_changed(looked_at, entry.title, path, params)
            return
        ui_as_at.band(looked_at, path, params)
    page.run()


viewer = ui.viewer()
st.set_page_config(page_title=ui.PRODUCT, page_icon=str(HERE / "icon.png"), layout="wide")
ui.stylesheet()
page = st.navigation([page_of(entry) for entry in PAGES if (HERE / entry.file).is_file()], position="top")
ui_as_at.carry()
looked_at, refusal = moment()
who_is_here(page.url_path, looked_at)
banner()
run(page, looked_at, refusal)
