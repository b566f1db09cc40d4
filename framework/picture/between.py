"""Between which two moments is compared: what the address asks for, else the newest past board and the picture's own.

The address says it, so what it says is read with care: a day that cannot be compared with is refused in a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime

from framework.errors import ValueRefused
from framework.periods import day_words
from framework.picture.moments import Moment, moment_of
from framework.picture.shape import Picture
from framework.picture.since import BOARD, end_of_day, meeting_words, past_meetings, since_words, usual_since


@dataclass(frozen=True)
class Earlier:
    """The earlier of two moments.

    asked   as the address says it: a day, or the ref of a frozen copy
    as_at   UTC: what was recorded by then is compared with
    words   "the board on Tue 7 Jul 2026", where a meeting was held that day, else the day; of a copy what it is of
    change  of a frozen copy the newest change in it; None: the moment tells
    """

    asked: str
    as_at: datetime
    day: date
    words: str
    change: int | None = None

    @property
    def short(self) -> str:
        """`7 Jul 2026`; a copy says that it is one."""
        day = day_words(self.day, weekday=False)
        return day if self.change is None else f"{day} (frozen copy)"

    @property
    def file_words(self) -> str:
        """`2026-07-07`; of a copy `2026-07-07-copy`."""
        return self.day.isoformat() if self.change is None else f"{self.day.isoformat()}-copy"


def earlier(asked: str | None, later: Picture, today: Picture, first: date | None) -> Earlier | None:
    """The moment to compare `later` with; None: nothing was recorded before its day.

    asked  what the address says; empty: the usual
    today  the picture of today
    first  the day of the first entry in the ledger; None: there is none
    Raises ValueRefused for a moment that is not before `later`, one before the first entry, and what is no moment.
    """
    if not asked:
        return usual(later, first)
    copy = next((one for one in today.frozen if one.ref == asked), None)
    if copy is not None:
        found = moment_of(asked, today, first)
        assert found is not None
        if (copy.as_at, copy.change) == (later.as_at, later.change):
            raise ValueRefused(
                "The copy is the very moment up to which you compare. Choose an earlier one to start from."
            )
        if copy.as_at > later.as_at or copy.change > later.change:
            raise ValueRefused(
                f"The copy was frozen on {day_words(copy.on)}, after the moment up to which you compare. "
                "Choose an earlier one to start from."
            )
        return Earlier(asked, copy.as_at, copy.on, found.words, copy.change)
    day = _day(asked, later, today, first)
    return Earlier(day.isoformat(), end_of_day(day), day, since_words(later, day))


def usual(later: Picture, first: date | None) -> Earlier | None:
    """The newest past board, or what stands for it; None: nothing was recorded before the picture's day."""
    if first is None or first >= later.on:
        return None
    day = usual_since(later, first)
    return Earlier(day.isoformat(), end_of_day(day), day, since_words(later, day))


def _day(asked: str, later: Picture, today: Picture, first: date | None) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise ValueRefused(
            "The address compares with something that is no day, such as 2026-07-07, and no frozen copy. "
            "Choose a day or a meeting."
        ) from None
    if day > today.on:
        raise ValueRefused(
            f"{day_words(day)} is yet to come, so nothing can be compared with it. Choose an earlier day."
        )
    if day >= later.on:
        said = "is the very day" if day == later.on else f"is not before {day_words(later.on)}, the day"
        raise ValueRefused(f"{day_words(day)} {said} up to which you compare. Choose an earlier day to start from.")
    if first is None or day < first:
        begun = "nothing is recorded here yet" if first is None else f"the first entry here is of {day_words(first)}"
        raise ValueRefused(f"Nothing had been recorded by {day_words(day)}: {begun}. Choose a later day to start from.")
    return day


def later_words(today: Picture, moment: Moment | None) -> str:
    """`today`, or the moment as `Earlier.words` says it."""
    if moment is None:
        return "today"
    return since_words(today, moment.day) if moment.copy is None else moment.words


def later_file_words(later: Picture, moment: Moment | None) -> str:
    """The later day in a file's name; of a copy it says so."""
    return f"{later.on.isoformat()}{'' if moment is None or moment.copy is None else '-copy'}"


def what_became(before: Picture, after: Picture, day: date) -> str:
    """What became of the meetings that were planned for a day, as known then; empty: they are where they were."""
    said = []
    for meeting in before.meetings.values():
        now = after.meetings.get(meeting.ref)
        if meeting.on == day and (now is None or now.on != day):
            name = meeting_words(before, meeting).split(",")[0]
            became = "was taken away since" if now is None else f"was moved to {day_words(now.on)}"
            said.append(f"{name}, which was planned for {day_words(day)}, {became}.")
    return " ".join(said)


@dataclass(frozen=True)
class Pair:
    """Two moments to compare with one click. `as_at` empty: up to today."""

    words: str
    since: str
    as_at: str


def usual_pairs(today: Picture, first: date | None) -> tuple[Pair, ...]:
    """Since the last board, and between the last two, of those of which something is known."""
    boards = [m for m in past_meetings(today) if m.kind == BOARD and first is not None and m.on >= first]
    word = today.settings.word_for_board
    found = [Pair(f"Since the last {word} meeting", boards[0].on.isoformat(), "")] if boards else []
    if len(boards) > 1:
        last, before = boards[0].on.isoformat(), boards[1].on.isoformat()
        found.append(Pair(f"Between the last two {word} meetings", before, last))
    return tuple(found)
