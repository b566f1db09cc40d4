"""What an undo may not leave of the calendar and of meetings: years that do not fit, periods without dates. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from framework.days_off import wrong_day_off
from framework.meetings import WindowState, window_state, wrong_meeting
from framework.periods import Calendar, CalendarKind, CalendarLine, Period
from framework.places import PlaceKind
from framework.subjects import CALENDAR, MEETINGS, data_of
from framework.term_lines import differing
from framework.terms import from_calendar, wrong_year
from framework.workbook.naming import Afterwards
from framework.workbook.words import Known

# Who may send what, and when: what a window that has closed covers moves for a reason alone.
_OF_WINDOW = ("place", "reports", "opens_on", "closes_on")
_INSTEAD = "Set the dates on the calendar instead."


def wrong_calendar(known: Known, after: Afterwards, refs: Collection[str]) -> Iterator[str]:
    """What would be wrong of the calendar, and is not now. `refs`: the lines that are written."""
    here = {ref: row for ref, row in known.get(CALENDAR.table, {}).items() if not row.archived}
    lines, then = list(here.values()), [row for _, row in after.live(CALENDAR.table)]
    moved = [row for ref in refs for row in (here.get(ref), after.row(CALENDAR.table, ref)) if row is not None]
    for year, place in sorted({(x.year, x.place) for x in moved}, key=lambda one: (one[0], one[1] or "")):
        for at in (place, *(differing(then, year) if place is None else ())):
            was = _wrong(lines, year, at)
            yield from (f"{words} {_INSTEAD}" for words in _wrong(then, year, at) if words not in was)
    for ref in refs:
        row = after.row(CALENDAR.table, ref)
        if row is not None and row.kind is CalendarKind.CLOSED and row != here.get(ref):
            yield from wrong_day_off(row, then)
    dated = Calendar(then)
    for period in {x.period: None for x in moved if x.period is not None and x not in then}:
        if needed := _needed(after, period, dated):
            yield f"{period.words} would have no dates, and {needed} could not be judged without. {_INSTEAD}"


def _wrong(lines: list[CalendarLine], year: int, place: str | None) -> list[str]:
    beside = [from_calendar(lines, other, place) for other in (year - 1, year + 1)]
    return wrong_year(from_calendar(lines, year, place), beside)


def _needed(after: Afterwards, period: Period, dated: Calendar) -> str:
    """`12 values and 1 target` of a period that would have no dates for them; empty for none."""
    found = Counter(what for what, place in _naming(after, period) if dated.dates(period, place) is None)
    said = [f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in found.items()]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def _naming(after: Afterwards, period: Period) -> Iterator[tuple[str, str | None]]:
    """What names a period, and where; None: at all schools."""
    for what in ("value", "target"):
        yield from ((what, row.place) for _, row in after.live(what) if row.period == period)
    yield from (("baseline", None) for _, row in after.live("kpi") if row.baseline_period == period)
    yield from (("meeting", row.place) for _, row in after.live("meeting") if row.reports == period)


def wrong_meetings(
    known: Known, after: Afterwards, refs: Iterable[str], *, frozen: Collection[str], why: str, on: date
) -> Iterator[str]:
    """What would be wrong of meetings. `refs`: those that are written; `frozen`: those with a frozen copy."""
    calendar = Calendar(row for _, row in after.live(CALENDAR.table))
    schools = {ref for ref, row in after.live("place") if row.kind is PlaceKind.SCHOOL}
    for ref in refs:
        here, row = known.get(MEETINGS.table, {}).get(ref), after.row(MEETINGS.table, ref)
        here = None if here is None or here.archived else here
        name = after.label((MEETINGS.table, ref))
        if row is None:
            if here is not None and ref in frozen:
                yield f"{name} cannot be put away: a copy was frozen for it. Correct its title or its date instead."
            continue
        stands = [] if here is None else wrong_meeting(data_of(MEETINGS, here), calendar, schools)
        wrong = wrong_meeting(data_of(MEETINGS, row), calendar, schools)
        yield from (f"{name}: {words}" for words in wrong if words not in stands)
        closed = here is not None and window_state(here, on) is WindowState.CLOSED
        if closed and not why and any(getattr(row, own) != getattr(here, own) for own in _OF_WINDOW):
            yield f"The window of {name} has closed. Say why it is changed now."
