"""What falls due: what is late first, then week by week of this half-term and the next."""

from collections.abc import Sequence

from framework.people import Act, may
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from framework.picture.falling_due import Ahead, Due, Stretch, Week, What, falling_due, meetings_and_figures
from framework.picture.review import Filter
from pages import ui, ui_actions

NBSP = "\N{NO-BREAK SPACE}"
_WEEKS = (ui.Column("Week", width="22%", unseen=True), ui.Column("What falls due", unseen=True))
_LATE = (
    ui.Column("What", width="46%"),
    ui.Column("Owner", width="20%"),
    ui.Column("Was due", width="16%"),
    ui.Column("Late", quiet=True),
)


def calendar(picture: Picture, lines: Sequence[ActionLine], edition: str, chosen: Filter, whole: bool) -> None:
    """What falls due of the actions in view. `whole`: nothing is searched for, so meetings and figures join them."""
    others = meetings_and_figures(picture, edition, chosen) if whole else ()
    found = falling_due(picture, lines, others)
    _overdue(picture, found)
    for stretch in found.stretches:
        _stretch(picture, stretch)
    if found.later:
        ui.quiet(f"{found.later} more fall due after that.")


def _overdue(picture: Picture, found: Ahead) -> None:
    if not found.overdue:
        return
    ui.section(f"Overdue: {len(found.overdue)}")
    rows = [
        (
            _what(due),
            ui_actions.owner(due.line) if due.line else "",
            day_words(due.on, weekday=False),
            _how_late(picture, due),
        )
        for due in found.overdue
    ]
    ui.table(_LATE, rows, caption="What is overdue, longest first", key="overdue")


def _how_late(picture: Picture, due: Due) -> str:
    if due.line is None:
        return ""
    days = picture.calendar.school_days_since(due.on, picture.on)
    return f"{days}{NBSP}school day{'' if days == 1 else 's'}" if days else "due in the holidays"


def _stretch(picture: Picture, stretch: Stretch) -> None:
    first, last = (day_words(day, weekday=False) for day in (stretch.first, stretch.last))
    if stretch.holidays:
        items = [_item(due) for week in stretch.weeks for due in week.items]
        ui.section("Holidays", f"{first} to {last}")
        ui.words(ui.lines(*items) if items else ui.small("Nothing falls due."))
        return
    ui.section(stretch.name or "The next twelve weeks", f"{first} to {last}" if stretch.name else "")
    rows = [(_week(picture, stretch, week), _items(week)) for week in stretch.weeks]
    ui.table(_WEEKS, rows, caption=f"What falls due in {stretch.name or 'the next twelve weeks'}", key=f"due_{first}")


def _week(picture: Picture, stretch: Stretch, week: Week) -> ui.Html:
    name = f"Week {week.number}" if stretch.name else ""
    now = "this week" if week.first <= picture.on <= week.last else ""
    days = f"from {day_words(week.first, weekday=False)}"
    off = [f"closed {day_words(x.starts_on)}{f': {x.note}' if x.note else ''}" for x in week.closed]
    return ui.lines(ui.join(name, ui.small(days), by=" "), *(ui.small(note) for note in (now, *off) if note))


def _items(week: Week) -> ui.Html:
    return ui.lines(*(_item(due) for due in week.items)) if week.items else ui.small("Nothing")


def _item(due: Due) -> ui.Html:
    who = "" if due.line is None else ui.small(ui.join("· ", ui_actions.owner(due.line)))
    day = f"{due.on:%a} {due.on.day} {due.on:%b}".replace(" ", NBSP)
    return ui.join(ui.small(day), _what(due), who, by=" ")


def _what(due: Due) -> ui.Html:
    match due.what:
        case What.MILESTONE if due.line is not None:
            of = ui.link(due.line.action.code, "action", ref=due.line.action.ref)
            return ui.join(due.title, ui.small(ui.join("· milestone of ", of)), by=" ")
        case What.FIGURES:
            return ui.link(due.title, "returns") if may(ui.person(), Act.READ_DATA) else ui.esc(due.title)
        case What.MEETING:
            return ui.join(due.title, ui.small("· meeting"), by=" ")
    return ui.esc(due.title) if due.line is None else ui_actions.name(due.line)
