"""The actions as a list: who, by when, how it goes, and where the words about one do not fit."""

from collections.abc import Callable, Sequence

from framework.deeds import exporting
from framework.people import Act, Person, may
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from framework.picture.disagreement import in_short
from framework.plans import due_words
from pages import ui

NOTHING = "No action fits this view. Take one of the choices above away, or search for other words."
COLUMNS = (
    ui.Column("Action", width="30%"),
    ui.Column("Owner", width="17%"),
    ui.Column("Status", width="9%"),
    ui.Column("Signals", width="22%"),
    ui.Column("Due", width="13%"),
    ui.Column("Last word", width="9%", quiet=True),
)


def ways_on(picture: Picture, person: Person | None) -> ui.Html:
    """Where one goes on from the list: one's own, a new one, what people sent, whom to ask."""
    ways: list[object] = []
    if may(person, Act.UPDATE_ACTIONS):
        ways.append(ui.link("My actions", "my"))
    if may(person, Act.EDIT_PLAN):
        ways.append(ui.link("Add an action", "action_edit"))
        ways.append(ui.link("To check", "proposals"))
    if may(person, Act.CHASE):
        ways.append(ui.link("Ask for a word", "chase"))
    return ui.join(*ways, by=" · ")


def table(picture: Picture, lines: Sequence[ActionLine], caption: str) -> None:
    """One row an action, in the order given, with a workbook of them to take out."""
    rows = [_row(picture, line) for line in lines]
    ui.table(COLUMNS, rows, caption=caption, key="actions", download=lambda: _offer(lines), empty=NOTHING)


def name(line: ActionLine) -> ui.Html:
    return ui.join(ui.small(line.action.code), ui.link(line.action.title, "action", ref=line.action.ref), by=" ")


def owner(line: ActionLine) -> ui.Html:
    left = ui.small("has left") if line.left else ""
    return ui.join(line.owner or ui.small("no owner"), left, by=" ")


def _row(picture: Picture, line: ActionLine) -> list[object]:
    action = line.action
    waits = action.open and not line.signals.late
    due = due_words(action, picture.calendar, picture.on).removeprefix("due ") if waits else ""
    return [
        name(line),
        ui.lines(owner(line), ui.small(line.organisation)),
        str(line.said) if action.status else ui.small("Not set"),
        ui.lines(ui.join(*line.words, by=" · "), *(ui.small(in_short(said)) for said in line.disagree)),
        ui.lines(day_words(action.due_on, weekday=False), ui.small(due) if due else ""),
        day_words(line.word_on, weekday=False) if line.word_on else "none yet",
    ]


def _offer(lines: Sequence[ActionLine]) -> tuple[str, Callable[[], bytes], str]:
    """The actions in view, their milestones and updates as a workbook that loads back; made when it is asked for."""
    kept, store, person, now = {line.action.ref for line in lines}, ui.store(), ui.person(), ui.now()
    tables, moment = ("action", "milestone", "action_update"), ui.moment()

    def made() -> bytes:
        return exporting.export(store, by=person, now=now, tables=tables, about={"action": kept}, moment=moment)[1]

    return ui.file_name("actions", ".xlsx"), made, ui.XLSX
