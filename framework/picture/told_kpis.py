"""What is told of KPIs that changed: their standings with both reasons, targets, notes and figures."""

from collections.abc import Iterable
from dataclasses import replace

from framework.kpis.kpi import Kpi, NoteKind, Target, Value
from framework.kpis.words import apart, with_unit
from framework.periods import day_words
from framework.picture.compare import Changes, Noted, TargetMoved
from framework.picture.eased import eased
from framework.picture.figures import of_words
from framework.picture.incoming import Corrected, Late, TakenBack
from framework.picture.judged import verdict
from framework.picture.shape import Picture
from framework.picture.telling import arrivals, meanwhile, why_of
from framework.picture.told import FROM_TO, NO_REASON, Group, Section, Told, owner
from framework.picture.turned import Moved, Turn
from framework.picture.weighing import shortfall

_GROUPS = {
    Group.WORSE: (Turn.WORSE, Turn.WORSE_WITHIN),
    Group.BETTER: (Turn.BETTER, Turn.BETTER_WITHIN),
    Group.NEITHER: (Turn.LOST, Turn.JUDGED, Turn.OTHERWISE),
}
_NOTED = {
    NoteKind.NEW_DEFINITION: "Measured in another way",
    NoteKind.NEW_LIMITS: "Usual ranges begun anew",
    NoteKind.EVENT: "Notes on KPIs",
}


def turned(after: Picture, changes: Changes, group: Group) -> tuple[Section, ...]:
    return tuple(
        Section(
            turn.value,
            tuple(_moved(after, changes, m) for m in sorted(changes.of_turn(turn), key=_furthest)),
            group=group,
        )
        for turn in _GROUPS[group]
    )


def _furthest(moved: Moved) -> tuple[object, ...]:
    """The board's own KPIs first, then those that moved furthest and those that are, or were, furthest behind."""
    behind = max(shortfall(moved.before), shortfall(moved.after))
    return not moved.kpi.board_set, -moved.marks, -behind, moved.kpi.code


def plan(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    moved = [t for t in changes.targets_moved if t.after is not None]
    gone = [t for t in changes.targets_moved if t.after is None]
    return (
        Section("Targets set or moved", tuple(_target(after, t) for t in moved), FROM_TO),
        Section("Targets taken away", tuple(_target(after, t) for t in gone), FROM_TO),
        Section("KPIs added", tuple(_added(after, k) for k in changes.kpis_added), ("", "Standing", "Measures")),
        Section(
            "KPIs taken away",
            tuple(_taken_away(before, k) for k in changes.kpis_taken_away),
            ("Stood", "", "Why"),
        ),
    )


def figures(after: Picture, changes: Changes) -> tuple[Section, ...]:
    sections = (
        *(_noted(after, changes.noted, kind) for kind in _NOTED),
        Section("Figures corrected", tuple(_corrected(after, c) for c in changes.corrected), FROM_TO),
        Section("Figures taken back", tuple(_taken_back(after, t) for t in changes.taken_back), ("Was", "", "")),
        Section("Figures that came late", tuple(_came_late(after, changes.late)), ("Due", "Came", "From"), folded=True),
        Section("Figures that came in", tuple(_came_in(after, changes.arrived)), ("", "How many", "From"), folded=True),
    )
    return tuple(replace(s, group=Group.FIGURES) for s in sections)


def _moved(picture: Picture, changes: Changes, moved: Moved) -> Told:
    kpi, verdicts = moved.kpi, (moved.before, moved.after)
    then, now = (v.reason for v in verdicts)
    why = meanwhile(changes, moved)
    return Told("kpi", kpi.ref, kpi.title, then, now, why, owner(picture, kpi), verdicts)


def _target(picture: Picture, moved: TargetMoved) -> Told:
    kpi, target = moved.kpi, moved.target
    why = NO_REASON if moved.after is None else moved.after.reason or NO_REASON
    then, now = (_aim(picture, kpi, t) for t in (moved.before, moved.after))
    easier = eased(kpi.direction, moved.before, moved.after) if moved.after is not None else None
    said = {True: ", which is easier", False: ", which is harder", None: ""}[easier]
    if then == now:
        then, now = (f"{words}{_besides(t)}" for words, t in ((then, moved.before), (now, moved.after)))
    name = kpi.title if target.place is None else f"{kpi.title}, {picture.name('place', target.place)}"
    return Told("kpi", kpi.ref, name, then, f"{now}{said}", why, owner(picture, kpi))


def _aim(picture: Picture, kpi: Kpi, target: Target | None) -> str:
    """`20 % by Summer 2, 2026/27`; with its place where it is not the trust's."""
    if target is None:
        return "No target"
    edges = (target.number,) if target.number is not None else (target.low, target.high)
    number = " to ".join(with_unit(kpi, edge) for edge in edges if edge is not None)
    where = "" if target.place is None else f" at {picture.name('place', target.place)}"
    return f"{number} by {target.period.words}{where}"


def _besides(target: Target | None) -> str:
    """What a target says beside its number and day, where these are the same."""
    assert target is not None
    said = f", by {target.basis}" if target.basis is not None else ", without a basis"
    return f"{said}, meant to get worse" if target.managed_decline else said


def _added(picture: Picture, kpi: Kpi) -> Told:
    reached = verdict(picture, kpi)
    return Told("kpi", kpi.ref, kpi.title, now=str(reached.standing), why=kpi.definition or "", who=owner(picture, kpi))


def _taken_away(before: Picture, kpi: Kpi) -> Told:
    was = verdict(before, kpi)
    return Told("kpi", kpi.ref, kpi.title, str(was.standing), why=why_of(was), who=owner(before, kpi), gone=True)


def _noted(picture: Picture, noted: tuple[Noted, ...], kind: NoteKind) -> Section:
    """The notes of one kind, each at its period with its words, and with its earlier words where it had others."""
    lines = tuple(_note(picture, n) for n in noted if n.note.kind is kind)
    return Section(_NOTED[kind], lines, ("", "When" if kind is NoteKind.EVENT else "From", "Why"))


def _note(picture: Picture, noted: Noted) -> Told:
    kpi, note = noted.kpi, noted.note
    name = kpi.title if note.place is None else f"{kpi.title}, {picture.name('place', note.place)}"
    now = note.period.words if noted.after is not None else f"{note.period.words}: taken back"
    why = [note.words]
    if note.definition is not None and noted.after is not None:
        why.append(f"It now reads: {note.definition}")
    if noted.before is not None and noted.before.words != note.words:
        why.append(f"It said before: {noted.before.words}")
    return Told("kpi", kpi.ref, name, now=now, why=" ".join(why), who=owner(picture, kpi))


def _slot(picture: Picture, kpi: Kpi, value: Value) -> str:
    group = f", {value.group}" if value.group else ""
    return f"{kpi.title}, {picture.name('place', value.place)}, {value.period.words}{group}"


def _corrected(picture: Picture, found: Corrected) -> Told:
    kpi, old, new = found.kpi, found.before, found.after
    if old.number is not None and new.number is not None:
        then, now = apart(kpi, old.number, new.number)
    else:
        then, now = (_shown(kpi, v) for v in (old, new))
    if then == now:
        then, now = (" ".join(part for part in (words, _made_of(v)) if part) for words, v in ((then, old), (now, new)))
    name = _slot(picture, kpi, new)
    return Told("kpi", kpi.ref, name, then, now, new.note or NO_REASON, owner(picture, kpi))


def _shown(kpi: Kpi, value: Value) -> str:
    return str(value.state) if value.number is None else with_unit(kpi, value.number)


def _made_of(value: Value) -> str:
    """What a figure says beside its number, for two that are the same number."""
    said = [of_words(value), "" if value.state == "reported" else str(value.state)]
    found = ", ".join(part for part in said if part)
    return f"({found})" if found else ""


def _taken_back(picture: Picture, found: TakenBack) -> Told:
    name = _slot(picture, found.kpi, found.value)
    return Told("kpi", found.kpi.ref, name, _shown(found.kpi, found.value), who=owner(picture, found.kpi), edited=True)


def _came_late(picture: Picture, late: tuple[Late, ...]) -> Iterable[Told]:
    """One line a KPI and period: the first day on which it was due, and how the last of its values came."""
    found: dict[tuple[str, str], list[Late]] = {}
    for one in late:
        found.setdefault((one.value.kpi, one.value.period.code), []).append(one)
    for (ref, _), some in found.items():
        kpi, last = picture.kpis[ref], max(some, key=lambda x: x.recorded_on)
        days = picture.calendar.school_days_since(last.due_on, last.recorded_on)
        how = f"{days} school day{'' if days == 1 else 's'} late" if days else "in the holidays that followed"
        of = "" if len(some) == 1 else f"{len(some)} values, the last on "
        yield Told(
            "kpi",
            ref,
            f"{kpi.title}, {last.value.period.words}",
            day_words(min(x.due_on for x in some), weekday=False),
            f"{of}{day_words(last.recorded_on, weekday=False)}, {how}",
            _places(picture, {x.value.place for x in some}),
            owner(picture, kpi),
        )


def _places(picture: Picture, refs: set[str]) -> str:
    return ", ".join(place.name for ref, place in picture.places.items() if ref in refs)


def _came_in(picture: Picture, values: tuple[Value, ...]) -> Iterable[Told]:
    for found in arrivals(picture, values):
        kpi, places = found.kpi, ", ".join(place.name for place in found.places)
        count = f"{found.count} value{'' if found.count == 1 else 's'}"
        now = f"{count}, the newest for {found.newest}"
        yield Told("kpi", kpi.ref, kpi.title, now=now, why=places, who=owner(picture, kpi))
