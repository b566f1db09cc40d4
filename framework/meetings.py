"""Meetings, their reporting windows, and the copies that were frozen for them.

Pure. A window covers the figures of every period that ends within the one that is reported, or in the holidays after
it; nobody but a leader who says why moves them while it is not open.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from framework.people import Audience
from framework.periods import Calendar, Period, PeriodKind, day_words

# What can be reported to a meeting.
REPORTED = (PeriodKind.HALF_TERM, PeriodKind.TERM, PeriodKind.YEAR)
# Of a meeting that does not say, the body that meets tells; anything else is shown all that leaders are.
_AUDIENCE_OF = {"board": Audience.BOARD, "committee": Audience.COMMITTEE, "task force": Audience.TASK_FORCE}
_LONGEST_HOLIDAYS = timedelta(weeks=6)


@dataclass(frozen=True)
class Meeting:
    """A meeting of the board or of a committee; papers go out on `papers_on`.

    place     of a school's committee: its school, whose figures alone its window covers; None: the trust's
    reports   the half-term, term or year that is reported to it; None: it has no window
    opens_on, closes_on  the first and the last day on which those figures can be sent
    closed_on  the day from which the window is closed by hand; None: it follows its dates
    """

    ref: str
    title: str
    kind: str | None
    on: date
    papers_on: date | None = None
    note: str | None = None
    audience: Audience | None = None  # None: nobody said; its kind tells (`audience_of_meeting`)
    place: str | None = None
    reports: Period | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    closed_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


class WindowState(StrEnum):
    NOT_YET = "not open yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class FrozenCopy:
    """What was known at a moment, kept for a meeting as it was then.

    change    the newest change in it
    as_at     the moment, UTC; `on` the day it was looked at from
    title, met_on  the meeting's as they stood then: it may have been moved or renamed since
    schema    the shape of the rows in it
    sha256    the fingerprint of its content
    """

    ref: str
    meeting: str
    title: str
    met_on: date
    change: int
    as_at: datetime
    on: date
    schema: int
    sha256: str
    size: int  # bytes


class LockKind(StrEnum):
    NOT_YET = "not yet"
    OVER = "over"  # its last day is past
    CLOSED = "closed"  # by hand
    FROZEN = "frozen"


@dataclass(frozen=True)
class Lock:
    """Why a figure cannot be moved by just anyone: the window that covers it, and how it came to be shut."""

    meeting: Meeting
    kind: LockKind


def audience_of_meeting(meeting: Meeting) -> Audience:
    """How much a meeting's paper may show: what is said of it, else what its kind tells."""
    return meeting.audience or _AUDIENCE_OF.get((meeting.kind or "").strip().casefold(), Audience.LEADERS)


def window_state(meeting: Meeting, on: date) -> WindowState | None:
    """How a meeting's window stands on a day; None when it has none."""
    if meeting.reports is None or (meeting.opens_on is None and meeting.closes_on is None):
        return None
    by_hand = meeting.closed_on is not None and on >= meeting.closed_on
    if by_hand or (meeting.closes_on is not None and on > meeting.closes_on):
        return WindowState.CLOSED
    if meeting.opens_on is not None and on < meeting.opens_on:
        return WindowState.NOT_YET
    return WindowState.OPEN


def covers(meeting: Meeting, calendar: Calendar, period: Period, place: str) -> bool:
    """Whether a meeting's window covers the figures of a period at a place.

    The period ends within the reported one, or in the holidays after it: no half-term holds the last day of October or
    of December, nor the Sunday of its own last week.
    """
    if meeting.reports is None or meeting.place not in (None, place):
        return False
    if period == meeting.reports:
        return True
    whole, last = calendar.dates(meeting.reports), calendar.ends_on(period)
    if whole is None or last is None:
        return False
    following = calendar.dates(meeting.reports.next())
    before = whole[1] + _LONGEST_HOLIDAYS if following is None else following[0]
    return whole[0] <= last < before


def lock_of(
    meetings: Iterable[Meeting],
    frozen: Iterable[FrozenCopy],
    calendar: Calendar,
    period: Period,
    place: str,
    on: date,
) -> Lock | None:
    """What shuts the figures of a period at a place on a day; None: anyone who reports them may send them.

    Where several windows cover it, one that is open lets them in; else the one that closed last tells why, else the
    one that opens next.
    """
    over = [m for m in meetings if not m.archived and covers(m, calendar, period, place)]
    states = [(m, window_state(m, on)) for m in over]
    if any(state is WindowState.OPEN for _, state in states):
        return None
    closed = [m for m, state in states if state is WindowState.CLOSED]
    if closed:
        last = max(closed, key=lambda m: (closed_since(m) or m.on, m.on))
        return Lock(last, _how_closed(last, frozen))
    waiting = [m for m, state in states if state is WindowState.NOT_YET]
    return Lock(min(waiting, key=lambda m: (m.opens_on or m.on, m.on)), LockKind.NOT_YET) if waiting else None


def _how_closed(meeting: Meeting, frozen: Iterable[FrozenCopy]) -> LockKind:
    if any(copy.meeting == meeting.ref for copy in frozen):
        return LockKind.FROZEN
    return LockKind.OVER if meeting.closed_on is None else LockKind.CLOSED


def closed_since(meeting: Meeting) -> date | None:
    """The first day on which a window that has closed, or will, is shut; None while nobody said when."""
    by_date = None if meeting.closes_on is None else meeting.closes_on + timedelta(days=1)
    return min((day for day in (meeting.closed_on, by_date) if day is not None), default=None)


def wrong_meeting(facts: Mapping[str, Any], calendar: Calendar, schools: Collection[str]) -> list[str]:
    """What cannot be right in a meeting, all its facts given: a sentence each, with what to do."""
    return [*_wrong_days(facts), *_wrong_window(facts, calendar, schools)]


def _wrong_days(facts: Mapping[str, Any]) -> Iterator[str]:
    if not facts["title"]:
        yield "The meeting has no title. Give it one, such as Board of trustees."
    if facts["on"] is None:
        yield "The meeting has no date. Say on which day it is held."
    elif facts["papers_on"] is not None and facts["papers_on"] > facts["on"]:
        papers, held = day_words(facts["papers_on"]), day_words(facts["on"])
        yield f"Its papers would be due on {papers}, after it is held on {held}. Give an earlier day for the papers."


def _wrong_window(facts: Mapping[str, Any], calendar: Calendar, schools: Collection[str]) -> Iterator[str]:
    reports, first, last = facts["reports"], facts["opens_on"], facts["closes_on"]
    if facts["place"] is not None and facts["place"] not in schools:
        yield "The place of a committee is a school. Choose one, or leave it empty for the whole trust."
    if reports is None and (first is not None or last is not None):
        yield "A window needs the half-term, term or year that is reported in it. Choose one, or clear both days."
    if reports is not None and first is None and last is None:
        yield f"{reports.words} is reported, but nobody could tell when. Say on which days its figures can be sent."
    if reports is not None and reports.kind not in REPORTED:
        yield f"{reports.words} is no half-term, term or year. Choose the one that holds it."
    elif reports is not None and calendar.dates(reports) is None:
        yield f"The calendar has no dates for {reports.words}. Add them to the calendar first."
    if first is not None and last is not None and last < first:
        yield f"The window would close on {day_words(last)}, before it opens on {day_words(first)}. Change one of them."
    if first is not None and facts["on"] is not None and first > facts["on"]:
        opens, held = day_words(first), day_words(facts["on"])
        yield f"The window would open on {opens}, after the meeting on {held}. Give an earlier first day."
