"""What is told of changes and of actions that need someone: the weightiest first, with the owner's words on why."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from framework.kpis.kpi import Kpi, Value
from framework.picture.compare import Changes, Moved
from framework.picture.review import Attention
from framework.picture.shape import Picture
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


@dataclass(frozen=True)
class Item:
    """Something that changed, by name: its table and ref for a link, and how it changed in a few words."""

    table: str
    ref: str
    title: str
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One kind of change: what people call it, and what changed so, the weightiest first."""

    words: str
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        return len(self.items)


def leading(after: Picture, changes: Changes, most: int = 5) -> tuple[Line, ...]:
    """The few lines that matter, in this order of weight: what became worse, what became better, then the actions."""
    lines = [
        Line("worse", tuple(Item("kpi", m.kpi.ref, m.kpi.title, _from_to(m)) for m in changes.worse)),
        Line("better", tuple(Item("kpi", m.kpi.ref, m.kpi.title, _from_to(m)) for m in changes.better)),
        _actions("newly late", sorted(changes.newly_late, key=lambda a: -after.signals(a).days_late)),
        _actions("done", changes.done),
        _actions("gone quiet", sorted(changes.gone_quiet, key=lambda a: -after.signals(a).days_quiet)),
        _actions("blocked", changes.blocked),
        Line("targets set or moved", tuple(Item("kpi", t.kpi.ref, t.kpi.title) for t in changes.targets_moved)),
        Line("figures corrected", tuple(Item("kpi", c.kpi.ref, c.kpi.title) for c in changes.corrected)),
        _actions("stopped", changes.stopped),
        _actions("dates moved", tuple(d.action for d in changes.dates_moved)),
        _actions("added", changes.added),
    ]
    return tuple(line for line in lines if line.items)[:most]


def _actions(words: str, actions: Iterable[Action]) -> Line:
    return Line(words, tuple(Item("action", a.ref, a.title) for a in actions))


def _from_to(moved: Moved) -> str:
    """`slightly behind, now behind`."""
    before, after = (str(v.standing) for v in (moved.before, moved.after))
    return f"{before[:1].lower()}{before[1:]}, now {after[:1].lower()}{after[1:]}"


def foremost(found: Attention, most: int = 5) -> tuple[Action, ...]:
    """The few actions to name first: late, silent and blocked by turns, so that no kind hides another."""
    late = [a for a, s in found.actions if s.late]
    quiet = [a for a, s in found.actions if s.quiet and not s.late]
    blocked = [a for a, s in found.actions if not s.late and not s.quiet]
    turns = [a for turn in zip_longest(late, quiet, blocked) for a in turn if a is not None]
    chosen = {a.ref for a in turns[:most]}
    return tuple(a for a in (*late, *quiet, *blocked) if a.ref in chosen)
