"""Meetings, their reporting windows, and the copies that were frozen for them.

Pure. A window covers the figures of every period that ends within the one that is reported; nobody but a leader who
says why moves them while it is not open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from framework.people import Audience
from framework.periods import Calendar, Period


@dataclass(frozen=True)
class Meeting:
    """A meeting of the board or of a committee; papers go out on `papers_on`.

    place     of a school's committee: its school, whose figures alone its window covers; None: the trust's
    reports   the half-term, term or year that is reported to it; None: it has no window
    opens_on, closes_on  the first and the last day on which those figures can be sent
    closed_on  the day on which somebody closed the window by hand; None: it follows its dates
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


def window_state(meeting: Meeting, on: date) -> WindowState | None:
    """How a meeting's window stands on a day; None when it has none."""
    if meeting.reports is None or (meeting.opens_on is None and meeting.closes_on is None):
        return None
    if meeting.closed_on is not None or (meeting.closes_on is not None and on > meeting.closes_on):
        return WindowState.CLOSED
    if meeting.opens_on is not None and on < meeting.opens_on:
        return WindowState.NOT_YET
    return WindowState.OPEN


def covers(meeting: Meeting, calendar: Calendar, period: Period, place: str) -> bool:
    """Whether a meeting's window covers the figures of a period at a place: the period ends within the reported one."""
    if meeting.reports is None or meeting.place not in (None, place):
        return False
    whole, last = calendar.dates(meeting.reports), calendar.ends_on(period)
    if period == meeting.reports:
        return True
    return whole is not None and last is not None and whole[0] <= last <= whole[1]


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
        last = max(closed, key=lambda m: (m.closed_on or m.closes_on or m.on, m.on))
        if any(copy.meeting == last.ref for copy in frozen):
            return Lock(last, LockKind.FROZEN)
        return Lock(last, LockKind.OVER if last.closed_on is None else LockKind.CLOSED)
    waiting = [m for m, state in states if state is WindowState.NOT_YET]
    return Lock(min(waiting, key=lambda m: (m.opens_on or m.on, m.on)), LockKind.NOT_YET) if waiting else None
