"""What is told of changes and of actions that need someone: the weightiest first, with the owner's words on why."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from framework.kpis.kpi import Kpi, NoteKind, Value
from framework.kpis.standing import Verdict
from framework.picture.compare import Changes, TargetMoved
from framework.picture.eased import eased
from framework.picture.review import Attention
from framework.picture.shape import Picture
from framework.picture.turned import Moved
from framework.places import Place
from framework.plans import Action, Status, Update


@dataclass(frozen=True)
class Arrived:
    """The values of one KPI that came in: how many, from which places, and the newest period among them."""

    kpi: Kpi
    count: int
    places: tuple[Place, ...]
    newest: str


def arrivals(picture: Picture, values: tuple[Value, ...]) -> tuple[Arrived, ...]:
    """Values counted by KPI, most first; a bulk load is a few lines and not hundreds."""
    by_kpi: dict[str, list[Value]] = {}
    for value in values:
        by_kpi.setdefault(value.kpi, []).append(value)
    made = [_arrived(picture, picture.kpis[ref], some) for ref, some in by_kpi.items() if ref in picture.kpis]
    return tuple(sorted(made, key=lambda a: (-a.count, a.kpi.code)))


def _arrived(picture: Picture, kpi: Kpi, values: list[Value]) -> Arrived:
    from_ = {v.place for v in values}
    newest = max((v.period for v in values), key=lambda p: p.ordinal)
    return Arrived(kpi, len(values), tuple(p for ref, p in picture.places.items() if ref in from_), newest.words)


def word_on(picture: Picture, action: Action, status: Status | None = None) -> Update | None:
    """The newest update on an action, or the newest that set this status; None without one."""
    said = [u for u in picture.updates.get(action.ref, ()) if status is None or u.status is status]
    return said[-1] if said else None


def why_moved(picture: Picture, action: Action) -> str:
    """The owner's reason for the date promised now; empty when none was given."""
    moves = [u for u in picture.updates.get(action.ref, ()) if u.new_due_on == action.due_on]
    return (moves[-1].moved_because or "") if moves else ""


def concern(picture: Picture, action: Action) -> str:
    """Why an action needs someone, in a few words: what was counted of it, and what its owner says blocks it."""
    said = picture.signals(action).words
    if action.status is Status.BLOCKED:
        update = word_on(picture, action, Status.BLOCKED)
        reason = update.in_the_way if update is not None else None
        said = [*said, f"blocked: {reason[:1].lower()}{reason[1:].rstrip('.')}" if reason else "blocked"]
    return capital(", ".join(said))


def capital(words: str) -> str:
    """The words as they begin a cell of a table."""
    return words[:1].upper() + words[1:]


def from_to(before: Verdict, after: Verdict) -> str:
    """`slightly behind, now behind`."""
    was, now = (str(v.standing) for v in (before, after))
    return f"{was[:1].lower()}{was[1:]}, now {now[:1].lower()}{now[1:]}"


def why_of(reached: Verdict) -> str:
    """The reason of a verdict where its standing is said already."""
    return reached.reason.removeprefix(f"{reached.standing}: ")


def meanwhile(changes: Changes, moved: Moved) -> str:
    """What else changed of a KPI whose standing turned: a rise may come of an easier target. Empty: nothing did."""
    ref, kpi = moved.kpi.ref, moved.kpi
    at = {None, *(v.value.place for v in (moved.before, moved.after) if v.value is not None)}
    judged = {v.value.period for v in (moved.before, moved.after) if v.value is not None}
    targets = [t for t in changes.targets_moved if t.kpi.ref == ref and t.target.place in at]
    said = list(dict.fromkeys(_target_words(kpi, t) for t in targets))
    facts = [e.heading for e in changes.definitions if e.after.ref == ref]
    if facts:
        said.append(f"its {and_(facts)} {'was' if len(facts) == 1 else 'were'} edited")
    if any(n.kpi.ref == ref and n.note.kind is NoteKind.NEW_DEFINITION for n in changes.noted):
        said.append("it came to be measured in another way")
    if any(c.kpi.ref == ref and c.after.period in judged for c in changes.corrected):
        said.append("a figure of it was corrected")
    if changes.rules:
        said.append("the rules of judging were changed")
    return f"Meanwhile {and_(said)}." if said else ""


def _target_words(kpi: Kpi, moved: TargetMoved) -> str:
    if moved.after is None:
        return "its target was taken away"
    if moved.before is None:
        return "a target was set"
    easier = eased(kpi.direction, moved.before, moved.after)
    return {True: "its target was eased", False: "its target was raised", None: "its target was moved"}[easier]


def and_(words: Sequence[str]) -> str:
    """`one, two and three`."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def foremost(found: Attention, most: int = 5) -> tuple[Action, ...]:
    """The few actions to name first: late, silent and blocked by turns, so that no kind hides another."""
    late = [a for a, s in found.actions if s.late]
    quiet = [a for a, s in found.actions if s.quiet and not s.late]
    blocked = [a for a, s in found.actions if not s.late and not s.quiet]
    turns = [a for turn in zip_longest(late, quiet, blocked) for a in turn if a is not None]
    chosen = {a.ref for a in turns[:most]}
    return tuple(a for a in (*late, *quiet, *blocked) if a.ref in chosen)
