"""What is locked, why, and whom to ask: how the windows of meetings stand for a figure, in words.

Pure. Four ways to be shut have four sentences of their own, so that whoever is stopped knows what to do next.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from framework.meetings import Lock, LockKind, Meeting, lock_of
from framework.periods import Period, day_words
from framework.picture.shape import Picture
from framework.picture.since import BOARD, meeting_words
from framework.subjects import TARGETS, VALUES

A_LEADER = "a trust leader"
_LISTED = {
    LockKind.NOT_YET: "",
    LockKind.OVER: "; it is then listed as changed after closing",
    LockKind.CLOSED: "; it is then listed as changed after closing",
    LockKind.FROZEN: "; the copy stays as it is, and this is listed as changed after closing",
}


def lock_on(picture: Picture, period: Period, place: str | None, *, target: bool = False) -> Lock | None:
    """What shuts a figure on the picture's day; None: whoever reports it may send it.

    place   None: the trust
    target  it is a target, which may be set long before its window opens
    """
    where = place or (picture.trust.ref if picture.trust else "")
    key = ("lock", period, where)
    if key not in picture.cache:
        picture.cache[key] = lock_of(
            picture.meetings.values(), picture.frozen, picture.calendar, period, where, picture.on
        )
    found: Lock | None = picture.cache[key]
    return None if found is not None and target and found.kind is LockKind.NOT_YET else found


def lock_words(picture: Picture, lock: Lock, period: Period, *, closer: str = "", leader: bool = False) -> str:
    """Why the figures of a period are locked, and whom to ask; a leader is told that a reason is needed.

    closer  the name of who closed the window by hand; empty: not known
    """
    why = _why(picture, lock, period, closer or A_LEADER)
    if not leader:
        return f"{why} {_ask(lock.kind, closer or A_LEADER)}"
    return f"{why} As a leader you can still save it if you say why{_LISTED[lock.kind]}."


def held_words(picture: Picture, meeting: Meeting) -> str:
    """`the board on Tue 7 Jul 2026`, for the middle of a sentence."""
    word = picture.settings.word_for_board if meeting.kind == BOARD else meeting.title
    return f"the {word} on {day_words(meeting.on)}"


def _why(picture: Picture, lock: Lock, period: Period, closer: str) -> str:
    held, meeting = held_words(picture, lock.meeting), lock.meeting
    match lock.kind:
        case LockKind.NOT_YET:
            assert meeting.opens_on is not None
            return f"{period.words} cannot be sent yet: its window for {held} opens on {day_words(meeting.opens_on)}."
        case LockKind.OVER:
            assert meeting.closes_on is not None
            ended = day_words(meeting.closes_on)
            return f"The time to send {period.words} is over: its window for {held} ended on {ended}."
        case LockKind.CLOSED:
            assert meeting.closed_on is not None
            return f"On {day_words(meeting.closed_on)} {closer} closed the window of {period.words} for {held}."
        case LockKind.FROZEN:
            return f"{period.words} is frozen: a copy was kept of what {held} was told."


def _ask(kind: LockKind, closer: str) -> str:
    match kind:
        case LockKind.NOT_YET:
            return f"Send it from then on, or ask {A_LEADER} to open the window sooner."
        case LockKind.OVER:
            return f"Ask {A_LEADER} to record a late or a corrected figure."
        case LockKind.CLOSED:
            return f"Ask {closer} to open it again, or to record your figure."
        case LockKind.FROZEN:
            return f"Tell {A_LEADER} what is wrong: they can record a correction beside the copy."


@dataclass(frozen=True)
class Shut:
    """How many values and targets lie in windows that are shut, and in whose."""

    values: int
    targets: int
    meetings: tuple[tuple[Meeting, int], ...] = ()  # most figures first

    def __bool__(self) -> bool:
        return bool(self.values or self.targets)


def shut_among(picture: Picture, rows: Iterable[tuple[str, str, Mapping[str, Any]]]) -> Shut:
    """Which of some rows (table, ref, data) are figures that lie, or lay, in a window that is shut."""
    number: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for table, ref, data in rows:
        if table not in (VALUES.table, TARGETS.table):
            continue
        # A target that is moved to another period leaves the one in which it stood.
        was = picture.rows.get(table, {}).get(ref) if table == TARGETS.table else None
        slots = [(data["period"], data["place"]), *([] if was is None else [(was.period, was.place)])]
        locks = [lock_on(picture, *slot, target=table == TARGETS.table) for slot in slots]
        lock = next((one for one in locks if one is not None), None)
        if lock is not None:
            number[table] += 1
            of[lock.meeting.ref] += 1
    meetings = tuple((picture.meetings[ref], n) for ref, n in of.most_common())
    return Shut(number[VALUES.table], number[TARGETS.table], meetings)


def shut_words(picture: Picture, shut: Shut) -> str:
    """`9 values and 1 target lie in windows that are not open: Board, Tue 24 Mar 2026 (10)`."""
    counted = ((shut.values, "value"), (shut.targets, "target"))
    said = " and ".join(f"{n:,} {one}{'' if n == 1 else 's'}" for n, one in counted if n)
    named = "; ".join(f"{meeting_words(picture, m)} ({n:,})" for m, n in shut.meetings)
    single = shut.values + shut.targets == 1
    return f"{said} {'lies in a window that is' if single else 'lie in windows that are'} not open: {named}"
