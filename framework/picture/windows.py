"""How a meeting's window stands, in words, and how many of the figures that it covers have come."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from framework.kpis.kpi import Kpi
from framework.meetings import Meeting, WindowState, covers, window_state
from framework.periods import Period, day_words
from framework.picture.arrivals import asked
from framework.picture.shape import Picture
from framework.places import Place


@dataclass(frozen=True)
class Covered:
    """The figures that a window covers: how many are expected, how many are here, and who has not sent theirs."""

    expected: int
    here: int
    missing: tuple[tuple[Place, tuple[Kpi, ...]], ...] = ()  # most missing first

    @property
    def words(self) -> str:
        """`30 of 36 figures in`; of none that nothing is expected."""
        return f"{self.here:,} of {self.expected:,} figures in" if self.expected else "no figure is expected"


def covered_by(picture: Picture, meeting: Meeting) -> Covered:
    """What a meeting's window covers of what is expected, counted by KPI, place and period, groups left out."""
    key = ("covered", meeting.ref)
    if key not in picture.cache:
        picture.cache[key] = _covered(picture, meeting)
    found: Covered = picture.cache[key]
    return found


def _covered(picture: Picture, meeting: Meeting) -> Covered:
    expected, lacking = 0, defaultdict(list)
    for kpi in picture.kpis.values():
        wanted = list(_slots(picture, meeting, kpi))
        sent = {(v.place, v.period) for v in picture.series(kpi.ref) if not v.group} if wanted else set()
        expected += len(wanted)
        for slot in wanted:
            if slot not in sent:
                lacking[slot[0]].append(kpi)
    missing = [(picture.places[ref], tuple(kpis)) for ref, kpis in lacking.items()]
    missing.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    return Covered(expected, expected - sum(len(kpis) for _, kpis in missing), tuple(missing))


def _slots(picture: Picture, meeting: Meeting, kpi: Kpi) -> Iterator[tuple[str, Period]]:
    for period in picture.calendar.periods(kpi.frequency.kind):
        # Of one place alone it may cover none; of all it covers every place or none.
        if covers(meeting, picture.calendar, period, meeting.place or ""):
            for place in asked(picture, kpi, period):
                if meeting.place in (None, place):
                    yield place, period


def window_words(picture: Picture, meeting: Meeting) -> str:
    """`Open until Mon 16 Nov 2026, 2 school days left`; empty for a meeting without one."""
    match window_state(meeting, picture.on):
        case WindowState.NOT_YET:
            assert meeting.opens_on is not None
            return f"Opens on {day_words(meeting.opens_on)}"
        case WindowState.OPEN if meeting.closes_on is None:
            return "Open until somebody closes it"
        case WindowState.OPEN:
            assert meeting.closes_on is not None
            left = picture.calendar.school_days(picture.on, meeting.closes_on)
            more = f", {_counted(left, 'school day')} left" if left else ""
            return f"Open until {day_words(meeting.closes_on)}{more}"
        case WindowState.CLOSED if meeting.closed_on is not None:
            return f"Closed by hand on {day_words(meeting.closed_on)}"
        case WindowState.CLOSED:
            assert meeting.closes_on is not None
            return f"Closed after {day_words(meeting.closes_on)}"
    return ""


def until_words(picture: Picture, day: date) -> str:
    """`today`, `tomorrow`, `in 7 school days`, or `in 9 days` of the holidays; empty for a day that is past."""
    days = (day - picture.on).days
    if days < 2:
        return {0: "today", 1: "tomorrow"}.get(days, "")
    school_days = picture.calendar.school_days(picture.on + timedelta(days=1), day)
    return f"in {_counted(school_days, 'school day')}" if school_days else f"in {days} days"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
