"""What came of actions: what each was to move beside how far that has moved, and how many done ones can be seen.

Doing and difference stay two things: that a KPI moved does not say that the action moved it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from framework.kpis.explained import change_words, distance_words, is_nought
from framework.kpis.kpi import Kpi, NoteKind, Value
from framework.kpis.words import with_unit
from framework.periods import day_words
from framework.picture.judged import trust_series
from framework.picture.lines import notes_at
from framework.picture.shape import Picture
from framework.plans.shape import Action, Status


@dataclass(frozen=True)
class Beside:
    """What an action was to move, beside how far it has moved since the action began. At the trust, in its unit."""

    kpi: Kpi
    expected: float | None  # minus for a fall; None: nobody said by how much
    expected_by: date | None
    start: Value | None  # of the last period that ended before the action began
    now: Value | None  # of the newest period since; None: none yet
    redefined: bool = False  # another definition began between the two, so they cannot be compared
    waits: bool = True  # it may still move: the day by which it should is not past; without one, the action is open

    @property
    def moved(self) -> float | None:
        """How far it is from where it stood; None where that cannot be said."""
        if self.redefined or self.start is None or self.now is None:
            return None
        return _number(self.now) - _number(self.start)

    @property
    def sentence(self) -> str:
        """`Expected 2 points lower by 21 Jul 2027; it is 0.7 points lower so far.`"""
        return f"{self._hoped}; {self._reached}."

    @property
    def stood(self) -> str:
        """`28 % in Summer 2, 2024/25, 24.1 % in Autumn 1, 2026/27`: the two values behind it; empty without any."""
        found = [v for v in (self.start, self.now) if v is not None]
        return ", ".join(f"{with_unit(self.kpi, _number(v))} in {v.period.words}" for v in found)

    @property
    def _hoped(self) -> str:
        by = "" if self.expected_by is None else f" by {day_words(self.expected_by, weekday=False)}"
        if self.expected is None:
            return f"Nobody said by how much it should move{by}"
        if self.expected == 0:
            return f"Expected to be held{by}"
        return f"Expected {_way(distance_words(self.kpi, abs(self.expected)), self.expected)}{by}"

    @property
    def _reached(self) -> str:
        if self.start is None:
            return "it was not measured before the action began, so nobody can tell"
        if self.now is None:
            return "no figure has come in since the action began"
        if self.moved is None:
            return "it is measured otherwise since, so the figures cannot be set beside each other"
        so_far = " so far" if self.waits else ""
        words = change_words(self.kpi, abs(self.moved))
        if is_nought(words):
            return f"it has not moved{so_far}"
        return f"it is {_way(words, self.moved)}{so_far}"


def _way(words: str, number: float) -> str:
    return f"{words} {'lower' if number < 0 else 'higher'}"


def _number(value: Value) -> float:
    assert value.number is not None
    return value.number


def expected_beside_actual(picture: Picture, action: Action) -> Beside | None:
    """The first KPI that an action should move, where it stood when the action began, and where it stands now.

    None where no KPI is named, or it is not here any more.
    """
    kpi = next((picture.kpis[ref] for ref in action.kpis if ref in picture.kpis), None)
    if kpi is None or picture.trust is None:
        return None
    began_on = action.starts_on or action.added_on
    dated = [(value, ends_on) for value, ends_on in _series(picture, kpi) if ends_on is not None]
    before = [value for value, ends_on in dated if began_on is not None and ends_on < began_on]
    since = [value for value, _ in dated if value not in before]
    start, now = (some[-1] if some else None for some in (before, since))
    return Beside(
        kpi,
        action.expected_change,
        action.expected_by,
        start,
        now,
        redefined=_redefined(picture, kpi, start, now),
        waits=action.open if action.expected_by is None else picture.on <= action.expected_by,
    )


def _series(picture: Picture, kpi: Kpi) -> list[tuple[Value, date | None]]:
    """The trust's numbers with the last day of their periods. Those that cover too few schools would mislead."""
    least = picture.settings.least_coverage - 1e-9
    return [
        (value, picture.calendar.ends_on(value.period))
        for value, rolled in trust_series(picture, kpi)
        if value.has_number and (rolled is None or rolled.covered >= least)
    ]


def _redefined(picture: Picture, kpi: Kpi, start: Value | None, now: Value | None) -> bool:
    if start is None or now is None or picture.trust is None:
        return False
    return any(
        note.kind is NoteKind.NEW_DEFINITION and start.period.ordinal < note.period.ordinal <= now.period.ordinal
        for note in notes_at(picture, kpi, picture.trust.ref)
    )


@dataclass(frozen=True)
class Shown:
    """Of so many actions that are done, those that can be seen to be."""

    done: int
    with_evidence: int

    @property
    def on_word(self) -> int:
        return self.done - self.with_evidence

    @property
    def sentence(self) -> str:
        """`9 done: 6 with evidence, 3 on the owner's word`; without any done, that none is."""
        if not self.done:
            return "None done yet"
        told = [
            f"{self.with_evidence} with evidence" if self.with_evidence else "",
            f"{self.on_word} on the owner's word" if self.on_word else "",
        ]
        return f"{self.done} done: {', '.join(part for part in told if part)}"


def evidence_counts(picture: Picture, actions: Iterable[Action]) -> Shown:
    """How many of these actions are done, and how many of those have evidence. A stopped one has none to give."""
    done = [a for a in actions if a.status is Status.DONE]
    return Shown(len(done), sum(map(picture.has_evidence, done)))
