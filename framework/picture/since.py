"""Since when: the meetings that a review can start from, and what has changed by now."""

from datetime import UTC, date, datetime, time, timedelta

from framework.meetings import Meeting
from framework.periods import LONDON, day_words
from framework.picture.compare import Changes, compare
from framework.picture.review import Filter
from framework.picture.shape import Picture

BOARD = "board"


def end_of_day(day: date) -> datetime:
    """The last moment of a day as the trust lives it, in UTC."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), LONDON)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def past_meetings(picture: Picture) -> tuple[Meeting, ...]:
    """The meetings before the picture's day: the board's first, newest first."""
    past = [m for m in picture.meetings.values() if m.on < picture.on]
    return tuple(sorted(past, key=lambda m: (m.kind != BOARD, -m.on.toordinal(), m.title)))


def usual_since(picture: Picture, first: date | None = None) -> date:
    """The newest past board; failing that the newest past meeting, the version's first day, four weeks ago.

    first  the day of the first entry, which stands for any day before it, when nothing was known; None: not asked
    """
    meetings = [m for m in past_meetings(picture) if first is None or m.on >= first]
    if meetings:
        return meetings[0].on
    edition = picture.edition
    begun = edition is not None and edition.starts_on < picture.on
    usual = edition.starts_on if edition is not None and begun else picture.on - timedelta(weeks=4)
    return usual if first is None else max(usual, first)


def meeting_words(picture: Picture, meeting: Meeting) -> str:
    """`Board, Tue 7 Jul 2026`, in the trust's word for its board."""
    word = picture.settings.word_for_board if meeting.kind == BOARD else meeting.title
    return f"{word[:1].upper()}{word[1:]}, {day_words(meeting.on)}"


def since_words(picture: Picture, day: date) -> str:
    """`the board on Tue 7 Jul 2026` where a meeting was held that day, else the day."""
    held = next((m for m in past_meetings(picture) if m.on == day), None)
    if held is None:
        return day_words(day)
    word = picture.settings.word_for_board if held.kind == BOARD else held.title
    return f"the {word} on {day_words(day)}"


def changes_since(before: Picture, after: Picture, edition: str, chosen: Filter) -> Changes:
    """`compare`, kept with the later picture: Overview and What changed ask for the same on every run."""
    key = ("changes", before.change, before.on, edition, chosen)
    if key not in after.cache:
        after.cache[key] = compare(before, after, edition, chosen)
    found: Changes = after.cache[key]
    return found
