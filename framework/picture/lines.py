"""What stands on and beside a KPI's line: notes at a place, where series and limits begin anew, comparators."""

from collections.abc import Sequence

from framework.kpis.kpi import Comparator, Kpi, Note, NoteKind
from framework.periods import Period
from framework.picture.shape import Picture


def notes_at(picture: Picture, kpi: Kpi, place: str) -> tuple[Note, ...]:
    """The notes on the KPI's line at a place, oldest period first. Those of the trust's line stand there alone."""
    found = picture.notes.get(kpi.ref, ())
    return tuple(n for n in found if n.place in (None, place))


def begins(notes: Sequence[Note], period: Period) -> NoteKind | None:
    """What begins at a period: a new definition, new limits, or nothing."""
    kinds = {n.kind for n in notes if n.period == period}
    return next((k for k in (NoteKind.NEW_DEFINITION, NoteKind.NEW_LIMITS) if k in kinds), None)


def definitions(kpi: Kpi, notes: Sequence[Note]) -> list[tuple[Period | None, str, str]]:
    """Each definition with the period it is in force from (None: the start) and why it changed; the newest first.

    The KPI's own words are those it began with; a new definition without words of its own leaves them.
    """
    found: list[tuple[Period | None, str, str]] = [(None, kpi.definition or "", "")]
    for note in notes:
        if note.kind is NoteKind.NEW_DEFINITION:
            found.append((note.period, note.definition or found[-1][1], note.words))
    return found[::-1]


def comparators_of(picture: Picture, kpi: Kpi) -> dict[str, tuple[Comparator, ...]]:
    """Whose → their figures, oldest period first."""
    found: dict[str, list[Comparator]] = {}
    for one in picture.comparators.get(kpi.ref, ()):
        found.setdefault(one.name, []).append(one)
    return {name: tuple(some) for name, some in found.items()}
