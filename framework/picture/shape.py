"""The picture's shape: the register (every row but values, and the newest value of each slot) and a way to series.

Immutable and shared by all sessions. Pages are functions of it: they run no query and hold no rule.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from framework.civic import Edition, EditionState, Element, Part
from framework.community import Event, Organisation
from framework.kpis.kpi import Comparator, Kpi, Note, Query, Target, Value
from framework.meetings import FrozenCopy, Meeting
from framework.people import Audience, Person
from framework.periods import Calendar, CalendarLine
from framework.places import Place, PlaceKind
from framework.plans import Action, Evidence, Milestone, Signals, Update, Visibility, signals
from framework.settings import Settings

_SHOWN_TO = {
    Audience.TASK_FORCE: frozenset({Visibility.TASK_FORCE, Visibility.PUBLIC}),
    Audience.PUBLIC: frozenset({Visibility.PUBLIC}),
}


@dataclass(frozen=True, eq=False)
class Picture:
    """What was recorded by `as_at`, seen on the day `on`.

    rows    table → ref → record; archived rows are among them, for what still points at them
    latest  (KPI, place, group) → its newest value in force
    series  KPI → every value in force of it, in the order of periods
    """

    change: int  # the newest change in it; 0: an empty store
    as_at: datetime
    on: date
    audience: Audience
    rows: Mapping[str, Mapping[str, Any]]
    latest: Mapping[tuple[str, str, str], Value]
    load_series: Callable[[str], tuple[Value, ...]]
    kpi_changes: Mapping[str, int]  # KPI → the newest change that recorded a value of it
    settings: Settings = field(default_factory=Settings)
    frozen: tuple[FrozenCopy, ...] = ()  # the copies frozen by then, oldest first
    kpi_added: Mapping[str, date] = field(default_factory=dict)  # KPI → the day it was first written down here
    cache: dict[Any, Any] = field(default_factory=dict, repr=False)  # what was worked out of it already; may be emptied

    def _live(self, table: str) -> dict[str, Any]:
        return {ref: row for ref, row in self.rows.get(table, {}).items() if not row.archived}

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        return dict(sorted(self._live("edition").items(), key=lambda item: item[1].starts_on))

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        return dict(sorted(self._live("element").items(), key=lambda item: item[1].position))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        return dict(sorted(self._live("place").items(), key=lambda item: (item[1].kind != "trust", item[1].name)))

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        return self._live("organisation")

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return self._live("person")

    @cached_property
    def meetings(self) -> Mapping[str, Meeting]:
        return dict(sorted(self._live("meeting").items(), key=lambda item: item[1].on))

    @cached_property
    def events(self) -> Mapping[str, Event]:
        return dict(sorted(self._live("event").items(), key=lambda item: item[1].starts_on))

    @cached_property
    def calendar_lines(self) -> Mapping[str, CalendarLine]:
        return self._live("calendar_line")

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.calendar_lines.values())

    @cached_property
    def kpis(self) -> Mapping[str, Kpi]:
        return dict(sorted(self._live("kpi").items(), key=lambda item: item[1].code))

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The actions this audience may see."""
        shown = _SHOWN_TO.get(self.audience)
        rows = sorted(self._live("action").items(), key=lambda item: item[1].code)
        return {ref: row for ref, row in rows if shown is None or row.visibility in shown}

    @cached_property
    def milestones(self) -> Mapping[str, tuple[Milestone, ...]]:
        """Of each action, in the order of their due dates."""
        return _by(self._live("milestone").values(), "action", lambda m: (m.due_on, m.title), self.actions)

    @cached_property
    def updates(self) -> Mapping[str, tuple[Update, ...]]:
        """Of each action, oldest first."""
        return _by(self._live("action_update").values(), "action", lambda u: u.on, self.actions)

    @cached_property
    def evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Of each action, oldest first."""
        return _by(self._live("evidence").values(), "action", lambda e: e.on, self.actions)

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """What was asked about values, oldest first."""
        return tuple(sorted(self._live("query").values(), key=lambda q: (q.asked_on, q.ref)))

    @cached_property
    def targets(self) -> Mapping[str, tuple[Target, ...]]:
        """Of each KPI, in the order of their periods, for every place."""
        return _by(self._live("target").values(), "kpi", lambda t: t.period.ordinal, self.kpis)

    @cached_property
    def notes(self) -> Mapping[str, tuple[Note, ...]]:
        """On the line of each KPI, in the order of their periods, for every place."""
        return _by(self._live("kpi_note").values(), "kpi", lambda n: n.period.ordinal, self.kpis)

    @cached_property
    def comparators(self) -> Mapping[str, tuple[Comparator, ...]]:
        """Beside each KPI, by name, then in the order of their periods."""
        return _by(self._live("comparator").values(), "kpi", lambda c: (c.name, c.period.ordinal), self.kpis)

    @cached_property
    def trust(self) -> Place | None:
        """The trust itself; None in an empty store."""
        return next((p for p in self.places.values() if p.kind is PlaceKind.TRUST), None)

    @cached_property
    def schools(self) -> tuple[Place, ...]:
        return tuple(p for p in self.places.values() if p.kind is PlaceKind.SCHOOL)

    @cached_property
    def edition(self) -> Edition | None:
        """The version in force: the current one, else the newest; None in an empty store."""
        current = [e for e in self.editions.values() if e.state is EditionState.CURRENT]
        return (current or list(self.editions.values()) or [None])[-1]  # type: ignore[list-item]

    def parts(self, edition: str, part: Part) -> tuple[Element, ...]:
        """The elements of one part of a version, in order."""
        return tuple(e for e in self.elements.values() if e.edition == edition and e.part is part)

    def actions_of(self, edition: str, tag: str | None = None) -> tuple[Action, ...]:
        """The actions of a version, or those of them that serve one element."""
        return tuple(a for a in self.actions.values() if a.edition == edition and (tag is None or tag in a.tags))

    def kpis_of(self, edition: str, tag: str | None = None) -> tuple[Kpi, ...]:
        return tuple(k for k in self.kpis.values() if k.edition == edition and (tag is None or tag in k.tags))

    def series(self, kpi: str, place: str | None = None, group: str = "") -> tuple[Value, ...]:
        """Every value in force of a KPI, oldest period first; of one place and group when `place` is given."""
        found = self.load_series(kpi)
        return found if place is None else tuple(v for v in found if v.place == place and v.group == group)

    def signals(self, action: Action) -> Signals:
        key = ("signals", action.ref)
        if key not in self.cache:
            updates = self.updates.get(action.ref, ())
            self.cache[key] = signals(action, updates, self.calendar, self.on, quiet_after=self.settings.quiet_after)
        found: Signals = self.cache[key]
        return found

    def has_evidence(self, action: Action) -> bool:
        """Whether anything shows what came of it: words on the action itself, a link or a file."""
        return action.evidence is not None or action.ref in self._evidenced

    @cached_property
    def _evidenced(self) -> frozenset[str]:
        """Every action with a piece of evidence, whoever may see it: what is counted is the same for everybody."""
        return frozenset(e.action for e in self._live("evidence").values())

    def name(self, table: str, ref: str | None) -> str:
        """What people call a row, archived or not; empty for none."""
        row = None if ref is None else self.rows.get(table, {}).get(ref)
        if row is None:
            return ""
        return str(getattr(row, "name", None) or getattr(row, "title", None) or ref)


def _by(
    rows: Iterable[Any], parent: str, order: Callable[[Any], Any], wanted: Mapping[str, Any]
) -> dict[str, tuple[Any, ...]]:
    found = defaultdict(list)
    for row in rows:
        if getattr(row, parent) in wanted:
            found[getattr(row, parent)].append(row)
    return {ref: tuple(sorted(some, key=order)) for ref, some in found.items()}
