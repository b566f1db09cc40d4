"""What changed between two pictures: the one comparison behind Overview, "What changed" and, later, the paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from framework.kpis.kpi import Kpi, Note, Target, Value
from framework.kpis.standing import RANK, Verdict
from framework.picture.judged import verdict
from framework.picture.review import Filter, actions_in, kpis_in
from framework.picture.shape import Picture
from framework.plans import Action, Status


@dataclass(frozen=True)
class Moved:
    """A KPI whose standing rose or fell, with both verdicts."""

    kpi: Kpi
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class DateMoved:
    action: Action
    before: Action


@dataclass(frozen=True)
class TargetMoved:
    """A target set (before None) or moved."""

    kpi: Kpi
    before: Target | None
    after: Target


@dataclass(frozen=True)
class Corrected:
    """A value that was replaced by another after the earlier picture."""

    kpi: Kpi
    before: Value
    after: Value


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
class Changes:
    """Everything that differs, in terms of better and worse; each list in the order in which it matters."""

    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]
    done: tuple[Action, ...]
    newly_late: tuple[Action, ...]
    gone_quiet: tuple[Action, ...]
    stopped: tuple[Action, ...]
    blocked: tuple[Action, ...]
    added: tuple[Action, ...]
    dates_moved: tuple[DateMoved, ...]
    targets_moved: tuple[TargetMoved, ...]
    arrived: tuple[Value, ...]
    corrected: tuple[Corrected, ...]
    noted: tuple[Noted, ...]

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, name) for name in self.__dataclass_fields__)


def compare(before: Picture, after: Picture, edition: str, chosen: Filter | None = None) -> Changes:
    """Compare two pictures of one store; `before` is the earlier. Rows that `before` does not know are new."""
    view = chosen or Filter()
    actions, kpis = actions_in(after, edition, view), kpis_in(after, edition, view)
    moved = [m for k in kpis if (m := _moved(before, after, k, view.school)) is not None]
    values = [(k, *_values(before, after, k, view.school)) for k in kpis]
    old = before.actions
    return Changes(
        better=tuple(m for m in moved if RANK[m.after.family] > RANK[m.before.family]),
        worse=tuple(m for m in moved if RANK[m.after.family] < RANK[m.before.family]),
        done=_newly(old, actions, Status.DONE),
        newly_late=tuple(a for a in actions if after.signals(a).late and not _was_late(before, a)),
        gone_quiet=tuple(a for a in actions if after.signals(a).quiet and not _was_quiet(before, a)),
        stopped=_newly(old, actions, Status.STOPPED),
        blocked=_newly(old, actions, Status.BLOCKED),
        added=tuple(a for a in actions if a.ref not in old),
        dates_moved=tuple(DateMoved(a, old[a.ref]) for a in actions if a.ref in old and old[a.ref].due_on != a.due_on),
        targets_moved=tuple(t for k in kpis for t in _targets(before, after, k)),
        arrived=tuple(v for _, arrived, _ in values for v in arrived),
        corrected=tuple(c for _, _, corrected in values for c in corrected),
        noted=tuple(n for k in kpis for n in _notes(before, after, k, view.school)),
    )


def _moved(before: Picture, after: Picture, kpi: Kpi, school: str | None) -> Moved | None:
    """Only from verdict to verdict: a figure that came in or went out of date is not better or worse."""
    was = before.kpis.get(kpi.ref)
    if was is None:
        return None
    then, now = verdict(before, was, school), verdict(after, kpi, school)
    if not (then.judged and now.judged) or RANK[then.family] == RANK[now.family]:
        return None
    return Moved(kpi, then, now)


def _newly(known: Mapping[str, Action], actions: list[Action], status: Status) -> tuple[Action, ...]:
    return tuple(a for a in actions if a.status is status and (a.ref not in known or known[a.ref].status is not status))


def _was_late(before: Picture, action: Action) -> bool:
    known = before.actions.get(action.ref)
    return known is not None and before.signals(known).late


def _was_quiet(before: Picture, action: Action) -> bool:
    known = before.actions.get(action.ref)
    return known is not None and before.signals(known).quiet


def _targets(before: Picture, after: Picture, kpi: Kpi) -> list[TargetMoved]:
    known = {t.ref: t for t in before.targets.get(kpi.ref, ())}
    found = []
    for target in after.targets.get(kpi.ref, ()):
        old = known.get(target.ref)
        if old is None or (old.number, old.low, old.high, old.period) != (
            target.number,
            target.low,
            target.high,
            target.period,
        ):
            found.append(TargetMoved(kpi, old, target))
    return found


def _notes(before: Picture, after: Picture, kpi: Kpi, school: str | None) -> list[Noted]:
    """Notes that came, said something else or went; of a school those on its own line and those at every place."""
    known = {n.ref: n for n in before.notes.get(kpi.ref, ())}
    there = {n.ref: n for n in after.notes.get(kpi.ref, ())}
    pairs = [Noted(kpi, known.get(ref), there.get(ref)) for ref in {**there, **known}]
    mine = [n for n in pairs if school is None or n.note.place in (None, school)]
    return [n for n in mine if n.before is None or n.after is None or n.before.version != n.after.version]


def _values(before: Picture, after: Picture, kpi: Kpi, school: str | None) -> tuple[list[Value], list[Corrected]]:
    """Values that came in after the earlier picture, and those that replaced one it knew."""
    if before.kpi_changes.get(kpi.ref) == after.kpi_changes.get(kpi.ref):
        return [], []
    known = {(v.place, v.period, v.group): v for v in before.series(kpi.ref)}
    arrived, corrected = [], []
    for value in after.series(kpi.ref):
        if value.version <= before.change or school not in (None, value.place):
            continue
        old = known.get((value.place, value.period, value.group))
        if old is None:
            arrived.append(value)
        else:
            corrected.append(Corrected(kpi, old, value))
    return arrived, corrected
