"""Lists of meetings: those to come with their papers and windows, and those that were held."""

from datetime import timedelta

from framework.meetings import Meeting, WindowState, window_state
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.windows import covered_by, until_words, window_words
from pages import ui

LONG = 12  # meetings from which they can be narrowed to one kind
SOON = timedelta(weeks=10)  # within which it is said how many school days are left


def kind(picture: Picture) -> str | None:
    """The kind that the lists are narrowed to; None: all."""
    kinds = sorted({m.kind for m in picture.meetings.values() if m.kind})
    if len(picture.meetings) < LONG or len(kinds) < 2:
        return None
    return ui.choose("Kind", kinds, "kind", lambda k: k[:1].upper() + k[1:], everything="All kinds", how="pills")


def coming(picture: Picture, chosen: str | None) -> None:
    """What is next, in a sentence or two, then everything to come."""
    found = [m for m in _of(picture, chosen) if m.on >= picture.on]
    if found:
        ui.words(_next(picture, found[0]), "large")
    if found[1:]:
        ui.section("To come")
        _table(picture, found, "To come, soonest first", "meetings_coming")


def held(picture: Picture, chosen: str | None) -> None:
    """The meetings before today, newest first."""
    found = [m for m in _of(picture, chosen) if m.on < picture.on][::-1]
    if found:
        ui.section("Held")
        _table(picture, found, "Held, newest first", "meetings_held")


def _of(picture: Picture, chosen: str | None) -> list[Meeting]:
    return [m for m in picture.meetings.values() if chosen is None or m.kind == chosen]


def _next(picture: Picture, meeting: Meeting) -> ui.Html:
    name = ui.join(ui.strong("Next: "), ui.link(meeting.title, "meeting", ref=meeting.ref))
    told = [ui.join(name, f" on {day_words(meeting.on)}, {until_words(picture, meeting.on)}.")]
    if meeting.papers_on is not None:
        were = "were" if meeting.papers_on < picture.on else "are"
        when = until_words(picture, meeting.papers_on)
        told.append(ui.esc(f"Papers {were} due on {day_words(meeting.papers_on)}{', ' if when else ''}{when}."))
    if window_words(picture, meeting):
        told.append(
            ui.esc(f"Window for {meeting.reports.words if meeting.reports else ''}: {_stands(picture, meeting)}.")
        )
    return ui.join(*told, by=" ")


def _stands(picture: Picture, meeting: Meeting) -> str:
    words = window_words(picture, meeting)
    inside = words[:1].lower() + words[1:]
    waits = window_state(meeting, picture.on) is WindowState.NOT_YET
    return inside if waits else f"{inside}; {covered_by(picture, meeting).words}"


def _table(picture: Picture, found: list[Meeting], caption: str, key: str) -> None:
    rows = [
        (
            ui.lines(ui.link(m.title, "meeting", ref=m.ref), ui.small(picture.name("place", m.place))),
            ui.lines(day_words(m.on), ui.small(until_words(picture, m.on)) if m.on - picture.on < SOON else ""),
            "" if m.papers_on is None else day_words(m.papers_on),
            ui.lines(*_window(picture, m)),
            _copies(picture, m),
        )
        for m in found
    ]
    columns = (
        ui.Column("Meeting", width="25%"),
        ui.Column("When", width="16%"),
        ui.Column("Papers due", quiet=True, width="16%"),
        ui.Column("Window"),
        ui.Column("Frozen copy", quiet=True, width="15%"),
    )
    ui.table(columns, rows, caption=caption, key=key)


def _window(picture: Picture, meeting: Meeting) -> list[object]:
    words, state = window_words(picture, meeting), window_state(meeting, picture.on)
    if not words or meeting.reports is None:
        return []
    if state is WindowState.OPEN:
        return [ui.strong(words), ui.small(f"{meeting.reports.words} · {covered_by(picture, meeting).words}")]
    return [words, ui.small(meeting.reports.words)]


def _copies(picture: Picture, meeting: Meeting) -> str:
    copies = [copy for copy in picture.frozen if copy.meeting == meeting.ref]
    return f"Frozen {day_words(copies[-1].on, weekday=False)}" if copies else ""
