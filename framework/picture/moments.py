"""Which moment is looked at: today, the end of a past day, or a copy that was frozen for a meeting.

The address says it, so what it says is read with care: a day that cannot be looked at is refused in a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime

from framework.errors import ValueRefused
from framework.meetings import FrozenCopy, Meeting
from framework.periods import LONDON, day_words
from framework.picture.shape import Picture
from framework.picture.since import BOARD, end_of_day, meeting_words


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
        """`7 Jul 2026`; a copy says that it is one."""
        day = day_words(self.day, weekday=False)
        return day if self.copy is None else f"{day} (frozen copy)"

    @property
    def holds(self) -> str:
        """`what was recorded by the end of Tue 7 Jul 2026`: what is shown of it, or taken out."""
        return f"what was recorded by {self.words}" if self.copy is None else f"what is in {self.words}"


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
        return Moment(asked, copy.as_at, copy.on, f"the copy frozen for {_frozen_for(today, copy)}", copy.change, copy)
    day = _day(asked)
    if day == today.on:
        return None
    if day > today.on:
        raise ValueRefused(f"{day_words(day)} is yet to come, so nothing is known of it. Choose a day up to today.")
    if first is None or day < first:
        begun = "nothing is recorded here yet" if first is None else f"the first entry here is of {day_words(first)}"
        raise ValueRefused(f"Nothing had been recorded by {day_words(day)}: {begun}. Choose a later day.")
    return Moment(asked, end_of_day(day), day, day_moment_words(today, day))


def _day(asked: str) -> date:
    """The day, written as our addresses write it: one day has one address."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is None or day.isoformat() != asked:
        raise ValueRefused(
            "What is asked for is no day, such as 2026-07-07, and no frozen copy that is kept here. "
            "Choose a day, a meeting or a copy under As at."
        )
    return day


def day_moment_words(picture: Picture, day: date) -> str:
    """`the end of Tue 7 Jul 2026, the day of the board` where one met."""
    held = [_the(picture, meeting) for meeting in picture.meetings.values() if meeting.on == day]
    met = f", the day of {' and of '.join(dict.fromkeys(held))}" if held else ""
    return f"the end of {day_words(day)}{met}"


def _the(picture: Picture, meeting: Meeting) -> str:
    return f"the {picture.settings.word_for_board if meeting.kind == BOARD else meeting.title}"


def _frozen_for(picture: Picture, copy: FrozenCopy) -> str:
    """The meeting as it stood when the copy was frozen, when that was, and what became of the meeting since."""
    then = f"{copy.title}, {day_words(copy.met_on)}{_taken(picture, copy)}"
    now = picture.meetings.get(copy.meeting)
    if now is None:
        return f"{then}, a meeting that was since taken away"
    return then if now.on == copy.met_on else f"{then}, since moved to {day_words(now.on)}"


def _taken(picture: Picture, copy: FrozenCopy) -> str:
    """When it was frozen, where the meeting's day does not tell; nothing where it does."""
    others = [one for one in picture.frozen if (one.meeting, one.on) == (copy.meeting, copy.on) and one.ref != copy.ref]
    at = f" at {copy.as_at.astimezone(LONDON):%H:%M}" if others else ""
    return f" (frozen on {day_words(copy.on)}{at})" if at or copy.on != copy.met_on else ""


def choices(picture: Picture, first: date) -> list[tuple[str, str]]:
    """What can be chosen beside any day: each past meeting's day, and each frozen copy, newest first: asked, words.

    first  the day of the first entry: of a meeting before it nothing is known
    """
    past = [m for m in picture.meetings.values() if first <= m.on < picture.on]
    days = [(m.on, 0, m.on.isoformat(), meeting_words(picture, m)) for m in past]
    copies = [(c.on, n, c.ref, f"Copy frozen for {_frozen_for(picture, c)}") for n, c in enumerate(picture.frozen, 1)]
    return [(asked, words) for _, _, asked, words in sorted(days + copies, key=lambda one: one[:2], reverse=True)]


def file_name(stem: str, ending: str, on: date, moment: Moment | None) -> str:
    """`actions-2026-11-13.xlsx`; of the past `actions-as-at-2026-07-07.xlsx`, of a copy with `-copy` after the day.

    on  today
    """
    if moment is None:
        return f"{stem}-{on.isoformat()}{ending}"
    return f"{stem}-as-at-{moment.day.isoformat()}{'' if moment.copy is None else '-copy'}{ending}"
