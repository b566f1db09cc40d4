"""Days off inside a school year: bank holidays, training days, at all schools or at one. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from framework.periods import Calendar, CalendarKind, CalendarLine, day_words, year_words
from framework.terms import NOTE_LONGEST, bounds


def days_off(lines: Iterable[CalendarLine], year: int) -> list[CalendarLine]:
    """The days off of a school year, in the order of time; on one day those of all schools first."""
    found = [x for x in lines if x.kind is CalendarKind.CLOSED and x.year == year and not x.archived]
    return sorted(found, key=lambda x: (x.starts_on, x.ends_on, x.place or ""))


def wrong_day_off(off: CalendarLine, lines: Iterable[CalendarLine]) -> list[str]:
    """What cannot be right in days off, a sentence each. `lines`: the calendar, with the days themselves or without."""
    earliest, latest = bounds(off.year)
    found = []
    if off.ends_on < off.starts_on:
        ends, begins = day_words(off.ends_on), day_words(off.starts_on)
        found.append(f"They would end on {ends}, before they begin on {begins}. Change one of the two.")
    for day in dict.fromkeys((off.starts_on, off.ends_on)):
        if not earliest <= day <= latest:
            found.append(
                f"{day_words(day)} is not in {year_words(off.year)}, which has days from {day_words(earliest)} to "
                f"{day_words(latest)}. Choose that school year first, or another day."
            )
    if off.note is not None and len(off.note) > NOTE_LONGEST:
        found.append(f"The name has {len(off.note):,} characters, and {NOTE_LONGEST} is the most. Shorten it.")
    others = [x for x in days_off(lines, off.year) if x.ref != off.ref and x.place in (None, off.place)]
    if any((x.starts_on, x.ends_on) == (off.starts_on, off.ends_on) for x in others):
        found.append(f"{span_words(off)} is a day off already. Change that one instead.")
    return found


def taken_out(off: CalendarLine, lines: Sequence[CalendarLine]) -> int:
    """How many school days it takes out of the calendar: none at weekends, in the holidays, or on days that are off."""
    others = Calendar(x for x in lines if x.ref != off.ref)
    return others.school_days(off.starts_on, off.ends_on, off.place)


def next_index(lines: Iterable[CalendarLine], year: int, place: str | None) -> int:
    """A number no other days off of that year and place have had; archived ones keep theirs."""
    had = (x.index for x in lines if (x.kind, x.year, x.place) == (CalendarKind.CLOSED, year, place))
    return max(had, default=0) + 1


def span_words(line: CalendarLine) -> str:
    """`Mon 3 May 2027`, or from a day to a day."""
    return days_words(line.starts_on, line.ends_on)


def days_words(first: date, last: date) -> str:
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
