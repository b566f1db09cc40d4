"""One meeting: its facts, how its window stands and what it covers, and what was changed after it had closed."""

from framework.meetings import Meeting, WindowState, audience_of_meeting, window_state
from framework.people import Act, Audience, may
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.after_closing import ChangedAfter, changed_after, then_and_now
from framework.picture.windows import covered_by, until_words, window_words
from framework.store import pictures
from framework.store.closings import Closing, closing_of, last_told
from framework.store.provenance import Told
from framework.subjects import TARGETS
from pages import ui

_FOR = {
    Audience.LEADERS: "Leaders: all is shown",
    Audience.BOARD: "The board",
    Audience.COMMITTEE: "A committee",
    Audience.TASK_FORCE: "The task force",
    Audience.PUBLIC: "The public",
}


def facts(picture: Picture, meeting: Meeting) -> None:
    when = until_words(picture, meeting.on)
    papers = "" if meeting.papers_on is None else until_words(picture, meeting.papers_on)
    ui.facts([
        ("When", _and(day_words(meeting.on), when)),
        ("Papers due", None if meeting.papers_on is None else _and(day_words(meeting.papers_on), papers)),
        ("Its paper is for", _FOR[audience_of_meeting(meeting)]),
        ("School", picture.name("place", meeting.place)),
        ("Note", meeting.note),
    ])  # fmt: skip


def _and(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def ways_on(picture: Picture, meeting: Meeting) -> ui.Html:
    """What changed since the meeting before of its kind, and all as it stood at this one."""
    before = [m for m in picture.meetings.values() if m.kind == meeting.kind and m.on < min(meeting.on, picture.on)]
    past = {ui.AS_AT: meeting.on.isoformat()} if meeting.on < picture.on else {}
    found = []
    if before:
        since = before[-1].on
        which = "the one before" if past else "the last one"
        words = f"What changed since {which}, {day_words(since, weekday=False)}"
        found.append(ui.link(words, "changes", since=since.isoformat(), **past))
    first = pictures.first_day(ui.store())
    if past and first is not None and first <= meeting.on:
        found.append(ui.link("All as it stood on its day", "overview", **past))
    return ui.join(*found, by=" · ")


def window(picture: Picture, meeting: Meeting) -> None:
    """How the window stands, what it covers, how much of that is in and who has not sent theirs."""
    words, state = window_words(picture, meeting), window_state(meeting, picture.on)
    ui.section("Its window")
    if meeting.reports is None or not words:
        ui.quiet("It has no window: nothing is reported to it, so it locks nothing.")
        return
    covered = covered_by(picture, meeting)
    ui.words(ui.strong(f"{words}."), "large")
    ui.words(f"It covers the values and targets of {meeting.reports.words}{_where(picture, meeting)}.")
    if state is WindowState.NOT_YET:
        ui.quiet(f"Until then nobody but a leader can send them. Expected: {covered.expected:,} figures.")
        return
    ui.words(f"{covered.words[:1].upper()}{covered.words[1:]}.")
    ui.show(ui.bar(covered.here, covered.expected))
    if covered.missing:
        names = "; ".join(f"{place.name} ({len(kpis):,})" for place, kpis in covered.missing)
        person = ui.person()
        chase = ui.link("Returns", "returns") if person is not None and may(person, Act.READ_DATA) else ""
        ui.quiet(ui.join(f"Not sent yet: {names}.", chase, by=" "))
    if state is WindowState.CLOSED:
        ui.quiet("Only a leader can change them now, and has to say why.")


def _where(picture: Picture, meeting: Meeting) -> str:
    return "" if meeting.place is None else f" at {picture.name('place', meeting.place)}"


def after_closing(picture: Picture, meeting: Meeting) -> None:
    """Every figure that came, moved or went after the window had closed: old, new, who, when and why."""
    closing = closing_of(ui.store(), picture, meeting)
    if closing is None:
        return
    ui.section("Changed after closing", f"Beside what was known at {_moment(closing)}.")
    closed = pictures.load(ui.store(), ui.now(), picture.audience, closing.at, closing.change)
    found = changed_after(closed, picture, meeting)
    told = last_told(ui.store(), picture, found)
    columns = (
        ui.Column("Figure", width="34%"),
        ui.Column("When it closed", "right", width="14%"),
        ui.Column("Now", "right", width="14%"),
        ui.Column("Why"),
        ui.Column("Who and when", quiet=True, width="16%"),
    )
    rows = [_row(picture, one, told.get(one.ref)) for one in found]
    ui.table(columns, rows, caption="Changed after closing", key="after_closing", empty="No figure was.")


def _moment(closing: Closing) -> str:
    day = day_words(local_day(closing.at))
    if closing.change is None:
        return f"the end of {day}"
    return (
        f"the moment on {day} when {closing.by} closed it" if closing.by else f"the moment on {day} when that was set"
    )


def _row(picture: Picture, one: ChangedAfter, told: Told | None) -> tuple[object, ...]:
    figure = one.figure
    place = picture.name("place", figure.place) or "The whole trust"
    group = getattr(figure, "group", "")
    what = "Target, " if one.table == TARGETS.table else ""
    then, now = then_and_now(one)
    return (
        ui.lines(
            ui.link(f"{one.kpi.code} {one.kpi.title}", "kpi", ref=one.kpi.ref, place=figure.place),
            ui.small(_and(f"{what}{place}", one.period.words, group)),
        ),
        then,
        now,
        "" if told is None else told.reason,
        "" if told is None else ui.lines(told.by, day_words(local_day(told.at), weekday=False)),
    )
