"""Which moment is looked at: today, the end of a past day, or a copy that was frozen for a meeting.

The address says it, so what it says is read with care: a day that cannot be looked at is refused in a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime

from framework.errors import ValueRefused
from framework.meetings import FrozenCopy, Meeting
from framework.periods import day_words
from framework.picture.shape import Picture
from framework.picture.since import end_of_day, meeting_words


@dataclass(frozen=True)
class Moment:
    """A moment of the past.

    asked   what the address says
    as_at   UTC: what was recorded by then is shown
    change  of a frozen copy the newest change in it; None: the moment tells
    words   "the end of Tue 7 Jul 2026", with the meeting of that day; of a copy the meeting it was frozen for
    """

    asked: str
    as_at: datetime
    day: date
    words: str
    change: int | None = None
    copy: FrozenCopy | None = None

    @property
    def short(self) -> str:
        """`Tue 7 Jul 2026`; a copy says that it is one."""
        return day_words(self.day) if self.copy is None else f"{day_words(self.day)} (frozen copy)"


def moment_of(asked: str | None, today: Picture, first: date | None) -> Moment | None:
    """The moment that an address asks for; None: today.

    today  the picture of today
    first  the day of the first entry in the ledger; None: there is none
    Raises ValueRefused for a day that is yet to come, one before the first entry, and what is neither day nor copy.
    """
    if not asked:
        return None
    copy = next((one for one in today.frozen if one.ref == asked), None)
    if copy is not None:
        words = f"the copy frozen for {copy.title} of {day_words(copy.met_on)}"
        return Moment(asked, copy.as_at, copy.on, words, copy.change, copy)
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise ValueRefused(
            "The address asks for a moment that is no day and no frozen copy. Choose a day under As at."
        ) from None
    if day == today.on:
        return None
    if day > today.on:
        raise ValueRefused(f"{day_words(day)} is yet to come, so nothing is known of it. Choose a day up to today.")
    if first is None or day < first:
        begun = "nothing is recorded here yet" if first is None else f"the first entry here is of {day_words(first)}"
        raise ValueRefused(f"Nothing had been recorded by {day_words(day)}: {begun}. Choose a later day.")
    return Moment(asked, end_of_day(day), day, day_moment_words(today, day))


def day_moment_words(picture: Picture, day: date) -> str:
    """`the end of Tue 7 Jul 2026, the day of the board` where one met."""
    held = next((m for m in picture.meetings.values() if m.on == day), None)
    met = "" if held is None else f", the day of {_the(picture, held)}"
    return f"the end of {day_words(day)}{met}"


def _the(picture: Picture, meeting: Meeting) -> str:
    return f"the {meeting_words(picture, meeting).split(',')[0]}"


def choices(picture: Picture) -> list[tuple[str, str]]:
    """What can be chosen beside any day: each past meeting's day, and each frozen copy, newest first: asked, words."""
    days = [(m.on, m.on.isoformat(), meeting_words(picture, m)) for m in picture.meetings.values() if m.on < picture.on]
    copies = [(copy.on, copy.ref, f"Copy frozen for {copy.title}, {day_words(copy.met_on)}") for copy in picture.frozen]
    return [(asked, words) for _, asked, words in sorted(days + copies, reverse=True)]
