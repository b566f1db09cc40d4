"""What changed between two pictures: the one comparison behind Overview, "What changed" and, later, the paper.

It tells of the plan, of KPIs with their targets, values and notes, of the framework's words and of the rules by which
is judged. People, organisations, meetings, the calendar, milestones and questions have their own histories.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from framework.civic import Element
from framework.kpis.kpi import Kpi, Note, Target, Value
from framework.picture.facts import (
    DEFINITION,
    OF_VERSION,
    OTHER_OF_ACTION,
    OTHER_OF_KPI,
    TASK,
    Edited,
    Ruled,
    edited,
    ruled,
)
from framework.picture.incoming import Corrected, Late, TakenBack, incoming
from framework.picture.review import Filter, actions_in, kpis_in
from framework.picture.shape import Picture
from framework.picture.turned import Moved, Turn, moved
from framework.plans import CLOSED, Action, Confidence, Status
from framework.subjects import ACTIONS, EDITIONS, KPIS

Row = TypeVar("Row", Action, Kpi)
_SURER = {Confidence.LOW: 1, Confidence.MEDIUM: 2, Confidence.HIGH: 3}


@dataclass(frozen=True)
class DateMoved:
    action: Action
    before: Action


@dataclass(frozen=True)
class Confided:
    """An action of which its leader is surer or less sure, or about which they speak up (or no more)."""

    action: Action
    before: Action

    @property
    def rose(self) -> bool | None:
        """None: there was no judgement, or there is none any more."""
        was, now = (_SURER.get(a.confidence) if a.confidence else None for a in (self.before, self.action))
        return None if was is None or now is None else now > was


@dataclass(frozen=True)
class TargetMoved:
    """A target set (before None), moved, or taken away (after None)."""

    kpi: Kpi
    before: Target | None
    after: Target | None

    @property
    def target(self) -> Target:
        """As it stands now; of one that was taken away, as it stood."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Noted:
    """A note on a KPI's line: added (before None), said in other words, or taken back (after None)."""

    kpi: Kpi
    before: Note | None
    after: Note | None

    @property
    def note(self) -> Note:
        """As it stands now; of one that was taken back, as it stood."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Reworded:
    """A part of the framework: added (before None), in other words or another place, or taken away (after None)."""

    before: Element | None
    after: Element | None

    @property
    def element(self) -> Element:
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True)
class Changes:
    """Everything that differs. What stands in one list stands for its own reason: an action may be done and edited."""

    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    turned: tuple[Moved, ...]  # neither, or under the same mark: see `Moved.turn`
    done: tuple[Action, ...]
    newly_late: tuple[Action, ...]
    gone_quiet: tuple[Action, ...]
    stopped: tuple[Action, ...]
    blocked: tuple[Action, ...]
    at_risk: tuple[Action, ...]
    on_track: tuple[Action, ...]  # again, after it was blocked or at risk
    reopened: tuple[Action, ...]
    otherwise: tuple[Action, ...]  # the owner's word is another, and none of the above
    confidence: tuple[Confided, ...]
    added: tuple[Action, ...]
    taken_away: tuple[Action, ...]  # as they stood
    dates_moved: tuple[DateMoved, ...]
    edited: tuple[Edited, ...]  # what an action is to do, whose it is, who may see it
    edited_otherwise: tuple[Edited, ...]  # other facts of actions and KPIs
    targets_moved: tuple[TargetMoved, ...]
    kpis_added: tuple[Kpi, ...]
    kpis_taken_away: tuple[Kpi, ...]  # as they stood
    definitions: tuple[Edited, ...]
    framework: tuple[Reworded, ...]
    version: tuple[Edited, ...]  # the framework version's own facts
    rules: tuple[Ruled, ...]
    arrived: tuple[Value, ...]
    late: tuple[Late, ...]
    corrected: tuple[Corrected, ...]
    taken_back: tuple[TakenBack, ...]
    noted: tuple[Noted, ...]

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, name) for name in self.__dataclass_fields__)

    def of_turn(self, turn: Turn) -> tuple[Moved, ...]:
        """The KPIs whose standing turned in one way."""
        return tuple(m for m in (*self.worse, *self.better, *self.turned) if m.turn is turn)


def compare(before: Picture, after: Picture, edition: str, chosen: Filter | None = None) -> Changes:
    """Compare two pictures of one store; `before` is the earlier. Rows that `before` does not know are new.

    A view holds what is in it now; what left it because it was edited is told by that edit.
    """
    view = chosen or Filter()
    actions, kpis = actions_in(after, edition, view), kpis_in(after, edition, view)
    old_actions, old_kpis = actions_in(before, edition, view), kpis_in(before, edition, view)
    pairs = _pairs(_of(before.actions, edition), _of(after.actions, edition), [*actions, *old_actions])
    kpi_pairs = _pairs(_of(before.kpis, edition), _of(after.kpis, edition), [*kpis, *old_kpis])
    turned = moved(before, after, kpis, view.school)
    values = incoming(before, after, kpis, view.school)
    status = _statuses(before.actions, actions)
    confided = [Confided(now, was) for was, now in pairs if was.confidence is not now.confidence]
    return Changes(
        better=tuple(m for m in turned if m.turn is Turn.BETTER),
        worse=tuple(m for m in turned if m.turn is Turn.WORSE),
        turned=tuple(m for m in turned if m.turn not in (Turn.BETTER, Turn.WORSE)),
        newly_late=_newly(before, after, actions, lambda picture, a: picture.signals(a).late),
        gone_quiet=_newly(before, after, actions, lambda picture, a: picture.signals(a).quiet),
        **{name: tuple(some) for name, some in status.items()},
        confidence=tuple(confided),
        added=tuple(a for a in actions if not _in(before.actions, a, edition)),
        taken_away=tuple(a for a in old_actions if not _in(after.actions, a, edition)),
        dates_moved=tuple(DateMoved(now, was) for was, now in pairs if was.due_on != now.due_on),
        edited=tuple(edited(ACTIONS, pairs, TASK)),
        edited_otherwise=(
            *(e for pair in pairs for e in edited(ACTIONS, [pair], OTHER_OF_ACTION, _told(pair))),
            *edited(KPIS, kpi_pairs, OTHER_OF_KPI),
        ),
        targets_moved=tuple(t for k in kpis for t in _targets(before, after, k, view.school)),
        kpis_added=tuple(k for k in kpis if not _in(before.kpis, k, edition)),
        kpis_taken_away=tuple(k for k in old_kpis if not _in(after.kpis, k, edition)),
        definitions=tuple(edited(KPIS, kpi_pairs, DEFINITION)),
        framework=_framework(before, after, edition, view),
        version=() if view != Filter() else tuple(edited(EDITIONS, _versions(before, after, edition), OF_VERSION)),
        rules=() if view.elements else tuple(ruled(before.settings, after.settings)),
        arrived=tuple(values.on_time),
        late=tuple(values.late),
        corrected=tuple(values.corrected),
        taken_back=tuple(values.taken_back),
        noted=tuple(n for k in kpis for n in _notes(before, after, k, view.school)),
    )


def _of(rows: Mapping[str, Row], edition: str) -> dict[str, Row]:
    return {ref: row for ref, row in rows.items() if row.edition == edition}


def _in(rows: Mapping[str, Row], row: Row, edition: str) -> bool:
    found = rows.get(row.ref)
    return found is not None and found.edition == edition


def _pairs(before: Mapping[str, Row], after: Mapping[str, Row], rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Of these rows those that both pictures know, as they were and as they are; each once."""
    refs = dict.fromkeys(row.ref for row in rows)
    return [(before[ref], after[ref]) for ref in refs if ref in before and ref in after]


def _told(pair: tuple[Action, Action]) -> set[str]:
    """The facts that are told with another: why somebody is surer, and what came of an action that is closed."""
    was, now = pair
    closing = {"evidence", "outcome"} if now.status in CLOSED and was.status is not now.status else set[str]()
    return closing | ({"confidence_reason"} if was.confidence is not now.confidence else set())


def _newly(
    before: Picture, after: Picture, actions: Sequence[Action], sign: Callable[[Picture, Action], bool]
) -> tuple[Action, ...]:
    """The actions that show a sign now and did not then; one that the earlier picture lacks did not."""

    def had(action: Action) -> bool:
        known = before.actions.get(action.ref)
        return known is not None and sign(before, known)

    return tuple(a for a in actions if sign(after, a) and not had(a))


_NAMED = {Status.DONE: "done", Status.STOPPED: "stopped", Status.BLOCKED: "blocked", Status.AT_RISK: "at_risk"}


def _statuses(known: Mapping[str, Action], actions: Sequence[Action]) -> dict[str, list[Action]]:
    """The actions of which the owner says another word now, by the list they stand in; each in one."""
    found: dict[str, list[Action]] = {name: [] for name in (*_NAMED.values(), "on_track", "reopened", "otherwise")}
    for action in actions:
        was = known.get(action.ref)
        if was is None:
            if action.status in _NAMED:
                found[_NAMED[action.status]].append(action)
        elif action.status is not was.status:
            found[_status_list(was, action)].append(action)
    return found


def _status_list(was: Action, now: Action) -> str:
    if now.status in _NAMED:
        return _NAMED[now.status]
    if not was.open:
        return "reopened"
    recovered = was.status in (Status.BLOCKED, Status.AT_RISK) and now.status is Status.ON_TRACK
    return "on_track" if recovered else "otherwise"


def _targets(before: Picture, after: Picture, kpi: Kpi, school: str | None) -> list[TargetMoved]:
    """Targets that were set, moved or taken away; of a school its own and the trust's."""
    known = {t.ref: t for t in before.targets.get(kpi.ref, ())}
    there = {t.ref: t for t in after.targets.get(kpi.ref, ())}
    pairs = [TargetMoved(kpi, known.get(ref), there.get(ref)) for ref in {**there, **known}]
    mine = [t for t in pairs if school is None or t.target.place in (None, school)]
    return [t for t in mine if t.before is None or t.after is None or _aim(t.before) != _aim(t.after)]


def _aim(target: Target) -> tuple[object, ...]:
    return target.number, target.low, target.high, target.period, target.place, target.basis, target.managed_decline


def _notes(before: Picture, after: Picture, kpi: Kpi, school: str | None) -> list[Noted]:
    """Notes that came, said something else or went; of a school those on its own line and those at every place."""
    known = {n.ref: n for n in before.notes.get(kpi.ref, ())}
    there = {n.ref: n for n in after.notes.get(kpi.ref, ())}
    pairs = [Noted(kpi, known.get(ref), there.get(ref)) for ref in {**there, **known}]
    mine = [n for n in pairs if school is None or n.note.place in (None, school)]
    return [n for n in mine if n.before is None or n.after is None or n.before.version != n.after.version]


def _framework(before: Picture, after: Picture, edition: str, view: Filter) -> tuple[Reworded, ...]:
    """The parts of the version that were added, reworded or taken away; in a view of elements those, of a school none:
    its words are the whole trust's."""
    if view.school is not None:
        return ()
    known, there = (
        {ref: e for ref, e in picture.elements.items() if e.edition == edition} for picture in (before, after)
    )
    pairs = [Reworded(known.get(ref), there.get(ref)) for ref in {**there, **known}]
    seen = [p for p in pairs if not view.elements or p.element.ref in view.elements]
    return tuple(p for p in seen if p.before is None or p.after is None or _words(p.before) != _words(p.after))


def _words(element: Element) -> tuple[object, ...]:
    return element.part, element.position, element.words, element.kind


def _versions(before: Picture, after: Picture, edition: str) -> list[tuple[object, object]]:
    was, now = (picture.editions.get(edition) for picture in (before, after))
    return [] if was is None or now is None else [(was, now)]
