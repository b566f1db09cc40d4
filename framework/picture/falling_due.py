"""What falls due, by week of term: this half-term and the next, with the holidays between them said.

Term days count: a week without a school day is not a week in which anybody can be asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from framework.periods import Calendar, CalendarKind, CalendarLine, PeriodKind
from framework.picture.action_lists import ActionLine
from framework.picture.arrivals import expected_values
from framework.picture.review import Filter, kpis_in
from framework.picture.shape import Picture
from framework.plans import Milestone

HALF_TERMS = 2
WEEKS_WITHOUT_TERMS = 12  # about two half-terms, where the calendar has none
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class What(StrEnum):
    ACTION = "action"
    MILESTONE = "milestone"
    FIGURES = "figures"
    MEETING = "meeting"


@dataclass(frozen=True)
class Due:
    """One thing that falls due on a day. `line`: the action, or that of the milestone; None of neither."""

    on: date
    what: What
    title: str
    line: ActionLine | None = None


@dataclass(frozen=True)
class Week:
    """A week from its Monday, cut where the stretch begins and ends. `number` counts from the first of the half-term.

    closed  days off in it, for every school
    """

    first: date
    last: date
    number: int
    items: tuple[Due, ...] = ()
    closed: tuple[CalendarLine, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A half-term, or the holidays before the next; without a name where the calendar knows no half-terms."""

    name: str
    first: date
    last: date
    holidays: bool = False
    weeks: tuple[Week, ...] = field(default=())


@dataclass(frozen=True)
class Ahead:
    """What is late, longest first; what falls due, stretch by stretch; and how much more is due after them."""

    overdue: tuple[Due, ...]
    stretches: tuple[Stretch, ...]
    later: int


def falling_due(picture: Picture, lines: Sequence[ActionLine], others: Iterable[Due] = ()) -> Ahead:
    """The open actions and their milestones that are not done, and `others`, from the picture's day on."""
    dues = sorted([*_of_plan(picture, lines), *others], key=lambda d: (d.on, list(What).index(d.what), d.title))
    spans = _spans(picture.calendar, picture.on)
    until = spans[-1].last
    shown = [d for d in dues if picture.on <= d.on <= until]
    stretches = tuple(_filled(picture, span, shown) for span in spans)
    overdue = tuple(d for d in dues if d.on < picture.on)
    return Ahead(overdue, stretches, sum(d.on > until for d in dues))


def meetings_and_figures(picture: Picture, edition: str, chosen: Filter) -> Iterator[Due]:
    """The meetings that are to come, and on which day how many figures of which period are due of those in view."""
    for meeting in picture.meetings.values():
        if meeting.on >= picture.on:
            yield Due(meeting.on, What.MEETING, meeting.title)
    measured = {kpi.ref for kpi in kpis_in(picture, edition, chosen)}
    asked = Counter(
        (e.due_on, e.period)
        for e in expected_values(picture, edition)
        if e.recorded_on is None
        and e.due_on >= picture.on
        and e.kpi.ref in measured
        and chosen.school in (None, e.place.ref)
    )
    for (due_on, period), number in asked.items():
        yield Due(due_on, What.FIGURES, f"{number} figure{'' if number == 1 else 's'} for {period.words}")


def _of_plan(picture: Picture, lines: Sequence[ActionLine]) -> Iterator[Due]:
    for line in lines:
        if line.action.open:
            yield Due(line.action.due_on, What.ACTION, line.action.title, line)
            for step in picture.milestones.get(line.action.ref, ()):
                if step.done_on is None:
                    yield _of_step(step, line)


def _of_step(step: Milestone, line: ActionLine) -> Due:
    return Due(step.due_on, What.MILESTONE, step.title, line)


def _spans(calendar: Calendar, on: date) -> list[Stretch]:
    """This half-term and the next, and the holidays before and between them, from the day on. Never empty."""
    known = [(p, dates) for p in calendar.periods(PeriodKind.HALF_TERM) if (dates := calendar.dates(p)) is not None]
    coming = [(p, first, last) for p, (first, last) in known if last >= on][:HALF_TERMS]
    if not coming:
        return [Stretch("", on, _monday(on) + WEEKS_WITHOUT_TERMS * _WEEK - _DAY)]
    found: list[Stretch] = []
    begins = on
    for period, first, last in coming:
        if begins < first:
            found.append(Stretch("Holidays", begins, first - _DAY, holidays=True))
        found.append(Stretch(period.words, first, last))
        begins = last + _DAY
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _filled(picture: Picture, span: Stretch, dues: Sequence[Due]) -> Stretch:
    """The stretch with its weeks from the picture's day on; holidays are one week, however long."""
    first_week = _monday(span.first)
    weeks, begins = [], max(span.first, min(_monday(picture.on), span.last))
    while begins <= span.last:
        ends = span.last if span.holidays else min(_monday(begins) + _WEEK - _DAY, span.last)
        items = tuple(d for d in dues if begins <= d.on <= ends)
        weeks.append(
            Week(begins, ends, (_monday(begins) - first_week).days // 7 + 1, items, _closed(picture, begins, ends))
        )
        begins = ends + _DAY
    return Stretch(span.name, span.first, span.last, span.holidays, tuple(weeks))


def _closed(picture: Picture, first: date, last: date) -> tuple[CalendarLine, ...]:
    lines = picture.calendar_lines.values()
    return tuple(
        x
        for x in lines
        if x.kind is CalendarKind.CLOSED and x.place is None and x.starts_on <= last and x.ends_on >= first
    )
