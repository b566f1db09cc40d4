"""The whole account of what changed: a section a kind, a line a thing, with what it was, what it is and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from framework.kpis.kpi import Kpi, NoteKind, Target, Value
from framework.kpis.standing import Verdict
from framework.kpis.words import apart, with_unit
from framework.periods import day_words
from framework.picture.compare import Changes, Corrected, DateMoved, Moved, Noted, TargetMoved
from framework.picture.shape import Picture
from framework.picture.telling import arrivals, capital, concern, why_moved, word_on
from framework.plans import Action, Status, Update

NO_REASON = "No reason was given."
_FROM_TO = ("From", "To", "Why")
_NOTED = {
    NoteKind.NEW_DEFINITION: "Definitions changed",
    NoteKind.NEW_LIMITS: "Usual ranges begun anew",
    NoteKind.EVENT: "Notes on KPIs",
}


@dataclass(frozen=True)
class Told:
    """One thing that changed. `table` and `ref` lead to its page."""

    table: str
    ref: str
    name: str
    then: str = ""
    now: str = ""
    why: str = ""
    who: str = ""
    verdicts: tuple[Verdict, Verdict] | None = None  # of a KPI that became better or worse


@dataclass(frozen=True)
class Section:
    """One kind of change. `heads` are what `then`, `now` and `why` are of this kind."""

    title: str
    lines: tuple[Told, ...]
    heads: tuple[str, str, str] = ("Then", "Now", "Why")
    note: str = ""


def account(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    """Every kind of change that there is, the weightiest first; empty when nothing changed."""
    sections = (
        Section("KPIs worse", tuple(_moved(after, m) for m in changes.worse)),
        Section("KPIs better", tuple(_moved(after, m) for m in changes.better)),
        Section("Newly late", tuple(_late(after, a) for a in changes.newly_late), ("Due", "Late", "The last word")),
        Section(
            "Done", tuple(_done(after, a) for a in changes.done), ("", "", "Shown by"), _evidence(after, changes.done)
        ),
        Section("Gone quiet", tuple(_quiet(after, a) for a in changes.gone_quiet), ("", "Silence", "The last word")),
        Section("Blocked", tuple(_halted(before, after, a) for a in changes.blocked), ("Was", "", "In the way")),
        Section("Stopped", tuple(_halted(before, after, a) for a in changes.stopped), ("Was", "", "Why")),
        Section("Dates moved", tuple(_date(after, d) for d in changes.dates_moved), _FROM_TO),
        Section("Targets set or moved", tuple(_target(after, t) for t in changes.targets_moved), _FROM_TO),
        *(_noted(after, changes.noted, kind) for kind in _NOTED),
        Section("Actions added", tuple(_added(after, a) for a in changes.added), ("", "Due", "What will be different")),
        Section("Figures corrected", tuple(_corrected(after, c) for c in changes.corrected), _FROM_TO),
        Section("Figures that came in", tuple(_came_in(after, changes.arrived)), ("", "How many", "From")),
    )
    return tuple(section for section in sections if section.lines)


def _evidence(picture: Picture, done: tuple[Action, ...]) -> str:
    """`6 with evidence, 3 on the owner's word`."""
    proved = sum(map(picture.has_evidence, done))
    return f"{proved} with evidence, {len(done) - proved} on the owner's word"


def _owner(picture: Picture, row: Action | Kpi) -> str:
    return picture.name("person", row.owner) or "No owner"


def _moved(picture: Picture, moved: Moved) -> Told:
    kpi, verdicts = moved.kpi, (moved.before, moved.after)
    then, now = (v.reason for v in verdicts)
    return Told("kpi", kpi.ref, kpi.title, then, now, who=_owner(picture, kpi), verdicts=verdicts)


def _action(picture: Picture, action: Action, *, why: str, then: str = "", now: str = "") -> Told:
    return Told("action", action.ref, action.title, then, now, why, _owner(picture, action))


def _quoted(update: Update | None) -> str:
    """An owner's words with their day; empty without a word."""
    return "" if update is None else f"{update.words} ({day_words(update.on, weekday=False)})"


def _late(picture: Picture, action: Action) -> Told:
    now, then = concern(picture, action), day_words(action.due_on, weekday=False)
    return _action(picture, action, then=then, now=now, why=_quoted(word_on(picture, action)))


def _quiet(picture: Picture, action: Action) -> Told:
    return _action(picture, action, now=concern(picture, action), why=_quoted(word_on(picture, action)))


def _done(picture: Picture, action: Action) -> Told:
    said = _quoted(word_on(picture, action, Status.DONE))
    return _action(picture, action, why=said if action.evidence is None else f"Evidence: {action.evidence}")


def _halted(before: Picture, after: Picture, action: Action) -> Told:
    """An action that its owner now calls blocked or stopped, with what was said of it."""
    known, update = before.actions.get(action.ref), word_on(after, action, action.status)
    why = update.in_the_way if update is not None and action.status is Status.BLOCKED else None
    then = "" if known is None else capital(str(known.status or "not set"))
    return _action(after, action, then=then, why=why or _quoted(update))


def _date(picture: Picture, moved: DateMoved) -> Told:
    then, now = (day_words(a.due_on, weekday=False) for a in (moved.before, moved.action))
    why = capital(why_moved(picture, moved.action)) or NO_REASON
    return _action(picture, moved.action, then=then, now=now, why=why)


def _added(picture: Picture, action: Action) -> Told:
    return _action(picture, action, now=day_words(action.due_on, weekday=False), why=action.success or "")


def _target(picture: Picture, moved: TargetMoved) -> Told:
    kpi, why = moved.kpi, moved.after.reason or NO_REASON
    then = "No target" if moved.before is None else _aim(picture, kpi, moved.before)
    return Told("kpi", kpi.ref, kpi.title, then, _aim(picture, kpi, moved.after), why, _owner(picture, kpi))


def _aim(picture: Picture, kpi: Kpi, target: Target) -> str:
    """`20 % by Summer 2, 2026/27`; with its place where it is not the trust's."""
    edges = (target.number,) if target.number is not None else (target.low, target.high)
    number = " to ".join(with_unit(kpi, edge) for edge in edges if edge is not None)
    where = "" if target.place is None else f" at {picture.name('place', target.place)}"
    return f"{number} by {target.period.words}{where}"


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
    return Told("kpi", kpi.ref, name, now=now, why=" ".join(why), who=_owner(picture, kpi))


def _corrected(picture: Picture, found: Corrected) -> Told:
    kpi, old, new = found.kpi, found.before, found.after
    if old.number is not None and new.number is not None:
        then, now = apart(kpi, old.number, new.number)
    else:
        then, now = (_shown(kpi, v) for v in (old, new))
    group = f", {new.group}" if new.group else ""
    name = f"{kpi.title}, {picture.name('place', new.place)}, {new.period.words}{group}"
    return Told("kpi", kpi.ref, name, then, now, new.note or NO_REASON, _owner(picture, kpi))


def _shown(kpi: Kpi, value: Value) -> str:
    return str(value.state) if value.number is None else with_unit(kpi, value.number)


def _came_in(picture: Picture, values: tuple[Value, ...]) -> Iterable[Told]:
    for found in arrivals(picture, values):
        kpi, places = found.kpi, ", ".join(place.name for place in found.places)
        count = f"{found.count} value{'' if found.count == 1 else 's'}"
        now = f"{count}, the newest for {found.newest}"
        yield Told("kpi", kpi.ref, kpi.title, now=now, why=places, who=_owner(picture, kpi))
