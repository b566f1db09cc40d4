"""What a leader reviews: what we are doing beside what difference it makes, what needs attention, which figures are in.

Counts only. Doing and difference are two columns and are never averaged into one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from framework.civic import Element, Part
from framework.kpis.kpi import Frequency, Kpi, Value
from framework.kpis.standing import RANK, Family, Verdict
from framework.periods import Period
from framework.picture.judged import reporting_places, verdict
from framework.picture.shape import Picture
from framework.places import Place
from framework.plans import Action, Signals, Status

NOT_MOVING = 0.10  # of the way from baseline to target: with less than this covered, a KPI has not moved


@dataclass(frozen=True)
class Filter:
    """What a view is narrowed to: one element of each facet, and a school. None: not narrowed."""

    elements: tuple[str, ...] = ()
    school: str | None = None

    def takes(self, tags: frozenset[str]) -> bool:
        return all(ref in tags for ref in self.elements)


@dataclass(frozen=True)
class Doing:
    """The actions of one part of the framework, counted. `total` counts the stopped ones too: they were promised."""

    total: int
    done: int
    late: int
    quiet: int
    blocked: int
    stopped: int
    not_set: int


@dataclass(frozen=True)
class Difference:
    """The KPIs of one part: how many are judged, how many of those on track, and why. Context KPIs are left out."""

    verdicts: tuple[tuple[Kpi, Verdict], ...]  # best first
    not_moving: tuple[Kpi, ...]  # actions for it are done, yet it has hardly left its baseline

    @property
    def judged(self) -> int:
        return sum(v.judged for _, v in self.verdicts)

    @property
    def good(self) -> int:
        return sum(v.good for _, v in self.verdicts)

    @property
    def worst(self) -> tuple[Kpi, Verdict] | None:
        """The one furthest behind, by the share of its tolerance it falls short; None when nothing is behind."""
        behind = [(k, v) for k, v in self.verdicts if v.family in (Family.BEHIND, Family.SLIGHTLY_BEHIND)]
        return max(behind, key=lambda kv: (-RANK[kv[1].family], _shortfall(kv[1])), default=None)

    @property
    def not_judged(self) -> list[tuple[str, int]]:
        """Why the rest has no verdict, commonest first."""
        return Counter(str(v.standing) for _, v in self.verdicts if not v.judged).most_common()


def _shortfall(reached: Verdict) -> float:
    return (reached.gap or 0.0) / (reached.tolerance or 1.0)


def actions_in(picture: Picture, edition: str, chosen: Filter) -> list[Action]:
    """The actions of a version in the chosen view. A school's view holds the actions that name the school."""
    return [
        a
        for a in picture.actions_of(edition)
        if chosen.takes(a.tags) and (chosen.school is None or chosen.school in a.places)
    ]


def kpis_in(picture: Picture, edition: str, chosen: Filter) -> list[Kpi]:
    """The KPIs of a version in the chosen view. A school's view holds those that the school reports."""
    found = [k for k in picture.kpis_of(edition) if chosen.takes(k.tags)]
    if chosen.school is None:
        return found
    return [k for k in found if any(p.ref == chosen.school for p in reporting_places(picture, k, picture.on))]


def doing(picture: Picture, actions: Sequence[Action]) -> Doing:
    signals = [picture.signals(a) for a in actions]
    status = Counter(a.status for a in actions)
    return Doing(
        total=len(actions),
        done=status[Status.DONE],
        late=sum(s.late for s in signals),
        quiet=sum(s.quiet for s in signals),
        blocked=status[Status.BLOCKED],
        stopped=status[Status.STOPPED],
        not_set=status[None],
    )


def difference(
    picture: Picture, kpis: Sequence[Kpi], actions: Sequence[Action], school: str | None = None
) -> Difference:
    reached = [(k, verdict(picture, k, school)) for k in kpis]
    shown = [(k, v) for k, v in reached if v.family is not Family.CONTEXT]
    shown.sort(key=lambda kv: (-RANK.get(kv[1].family, 0), kv[1].family is not Family.ACHIEVED, kv[0].code))
    moved_by = {ref for a in actions if a.status is Status.DONE for ref in a.kpis}
    return Difference(tuple(shown), tuple(k for k, v in shown if k.ref in moved_by and stands_still(v)))


def stands_still(reached: Verdict) -> bool:
    """Whether a KPI is judged, not on track, and has hardly left where it started."""
    return reached.judged and not reached.good and reached.progress is not None and reached.progress < NOT_MOVING


@dataclass(frozen=True)
class Row:
    """One element of the framework with its two columns."""

    element: Element
    doing: Doing
    difference: Difference


def by_part(picture: Picture, edition: str, part: Part, chosen: Filter) -> list[Row]:
    """One row an element of the part, in the framework's order, narrowed to the chosen view.

    A view of one objective has one row by objective: the others would seem to hold nothing.
    """
    actions, kpis = actions_in(picture, edition, chosen), kpis_in(picture, edition, chosen)
    rows = []
    shown = picture.parts(edition, part)
    for element in [e for e in shown if e.ref in chosen.elements] or shown:
        mine = [a for a in actions if element.ref in a.tags]
        measured = [k for k in kpis if element.ref in k.tags]
        rows.append(Row(element, doing(picture, mine), difference(picture, measured, mine, chosen.school)))
    return rows


@dataclass(frozen=True)
class Attention:
    """What needs a leader: actions that are late, silent or blocked, worst first, and KPIs that are behind."""

    actions: tuple[tuple[Action, Signals], ...]
    kpis: tuple[tuple[Kpi, Verdict], ...]


def attention(picture: Picture, edition: str, chosen: Filter) -> Attention:
    actions = [(a, picture.signals(a)) for a in actions_in(picture, edition, chosen)]
    needing = [(a, s) for a, s in actions if s.late or s.quiet or a.status is Status.BLOCKED]
    needing.sort(key=lambda pair: (-pair[1].late, -pair[1].days_late, -pair[1].days_quiet, pair[0].code))
    reached = [(k, verdict(picture, k, chosen.school)) for k in kpis_in(picture, edition, chosen)]
    behind = [(k, v) for k, v in reached if v.family is Family.BEHIND]
    behind.sort(key=lambda kv: (-_shortfall(kv[1]), kv[0].code))
    return Attention(tuple(needing), tuple(behind))


@dataclass(frozen=True)
class FiguresIn:
    """The returns of one period: which expected values are here, and who has not sent theirs."""

    period: Period
    expected: int
    here: int
    missing: tuple[tuple[Place, tuple[Kpi, ...]], ...]  # most missing first


def figures_in(
    picture: Picture, edition: str, chosen: Filter, frequency: Frequency = Frequency.HALF_TERMLY
) -> FiguresIn | None:
    """Of the newest half-term that is over: each KPI and place that should report, and those that have.

    None before the first.

    A value that says "not applicable" is in: the school has answered.
    """
    period = picture.calendar.last_ended(frequency.kind, picture.on)
    if period is None:
        return None
    asked = [
        (k, p)
        for k in kpis_in(picture, edition, chosen)
        if k.frequency is frequency and k.counted is None
        for p in reporting_places(picture, k, picture.calendar.ends_on(period) or picture.on)
        if chosen.school in (None, p.ref)
    ]
    lacking = [(k, p) for k, p in asked if not _sent(picture.latest.get((k.ref, p.ref, "")), period)]
    who = {p.ref: p for _, p in lacking}
    missing = [(place, tuple(k for k, p in lacking if p.ref == ref)) for ref, place in who.items()]
    missing.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    return FiguresIn(period, len(asked), len(asked) - len(lacking), tuple(missing))


def _sent(newest: Value | None, period: Period) -> bool:
    return newest is not None and newest.period.ordinal >= period.ordinal
