"""What moves with the calendar: figures that would be due on another day. Nothing of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from framework.periods import CalendarLine
from framework.picture.arrivals import expected_values
from framework.picture.shape import Picture
from framework.subjects import CALENDAR


@dataclass(frozen=True)
class Redated:
    """How many figures would be due on another day, and how many of them are in already."""

    number: int
    here: int

    @property
    def words(self) -> str:
        """A sentence; empty for none."""
        if not self.number:
            return ""
        one = self.number == 1
        within = f", {self.here:,} of them in already" if self.here and not one else ""
        return f"{self.number:,} {'figure' if one else 'figures'} would be due on another day{within}."


def redated(picture: Picture, lines: Sequence[CalendarLine]) -> Redated:
    """Of the version in force, with these lines as the whole calendar."""
    if picture.edition is None:
        return Redated(0, 0)
    rows = {**picture.rows, CALENDAR.table: {line.ref or str(n): line for n, line in enumerate(lines)}}
    then = replace(picture, rows=rows, cache={})
    due = {(e.kpi.ref, e.place.ref, e.period): e.due_on for e in expected_values(then, picture.edition.ref)}
    now = expected_values(picture, picture.edition.ref)
    moved = [e for e in now if due.get((e.kpi.ref, e.place.ref, e.period), e.due_on) != e.due_on]
    return Redated(len(moved), sum(e.recorded_on is not None for e in moved))
