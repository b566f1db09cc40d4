"""What was changed after a window had closed: every value and target of what it covers that came, moved or went since.

Pure: two pictures are compared, and nothing of it is stored.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from framework.kpis.kpi import Kpi, Symbol, Target, Value
from framework.kpis.words import apart, with_unit
from framework.meetings import Meeting, covers
from framework.periods import Period
from framework.picture.entering import SAID
from framework.picture.figures import target_words
from framework.picture.shape import Picture
from framework.subjects import TARGETS, VALUES

NOTHING = "nothing"


@dataclass(frozen=True)
class ChangedAfter:
    """A figure that is not what it was when its window closed.

    table   of values or of targets
    before  None: it came afterwards
    after   None: it was taken back afterwards
    """

    kpi: Kpi
    table: str
    before: Any  # Value | Target | None
    after: Any

    @property
    def figure(self) -> Any:
        """As it stands now; of one that was taken back, as it stood."""
        return self.after or self.before

    @property
    def ref(self) -> str:
        return str(self.figure.ref)

    @property
    def period(self) -> Period:
        found: Period = self.figure.period
        return found


def changed_after(closed: Picture, now: Picture, meeting: Meeting) -> tuple[ChangedAfter, ...]:
    """The figures that a meeting's window covers and that are not what they were in the picture of its closing.

    Values stand before targets, in the order of KPIs, periods and places.
    """

    def covered(one: Any) -> bool:
        return covers(meeting, now.calendar, one.period, one.place or (now.trust.ref if now.trust else ""))

    values = [c for kpi in now.kpis.values() for c in _values(closed, now, kpi) if covered(c.figure)]
    targets = [c for kpi in now.kpis.values() for c in _targets(closed, now, kpi) if _either(c, covered)]
    return (*_in_order(now, values), *_in_order(now, targets))


def _either(change: ChangedAfter, covered: Callable[[Any], bool]) -> bool:
    """A target may have been moved into what the window covers, or out of it."""
    return any(covered(one) for one in (change.before, change.after) if one is not None)


def _in_order(picture: Picture, found: Iterable[ChangedAfter]) -> list[ChangedAfter]:
    def place(one: ChangedAfter) -> str:
        return picture.name("place", one.figure.place)

    return sorted(found, key=lambda one: (one.kpi.code, one.period.kind, one.period.ordinal, place(one)))


def _values(closed: Picture, now: Picture, kpi: Kpi) -> Iterator[ChangedAfter]:
    if closed.kpi_changes.get(kpi.ref) == now.kpi_changes.get(kpi.ref):
        return
    for old, new in _beside(closed.series(kpi.ref), now.series(kpi.ref), lambda v: (v.place, v.period, v.group)):
        if old is None or new is None or old.version != new.version:
            yield ChangedAfter(kpi, VALUES.table, old, new)


def _targets(closed: Picture, now: Picture, kpi: Kpi) -> Iterator[ChangedAfter]:
    for old, new in _beside(closed.targets.get(kpi.ref, ()), now.targets.get(kpi.ref, ()), lambda t: t.ref):
        if old is None or new is None or _aim(old) != _aim(new):
            yield ChangedAfter(kpi, TARGETS.table, old, new)


def _aim(target: Target) -> tuple[Any, ...]:
    return target.number, target.low, target.high, target.period, target.place


def _beside(
    before: Iterable[Value | Target], after: Iterable[Value | Target], slot: Callable[[Any], Hashable]
) -> Iterator[tuple[Any, Any]]:
    """Each figure beside what stands in its slot in the other picture; None where nothing does."""
    known, there = {slot(one): one for one in before}, {slot(one): one for one in after}
    yield from ((known.get(key), there.get(key)) for key in {**known, **there})


def then_and_now(change: ChangedAfter) -> tuple[str, str]:
    """What a figure said when its window closed, and what it says; `nothing` where there was, or is, none."""
    old, new = change.before, change.after
    if change.table == TARGETS.table:
        return _aim_words(change, old), _aim_words(change, new)
    if old is not None and new is not None and old.has_number and new.has_number:
        then, now = apart(change.kpi, old.number, new.number)
        return then, now
    return _said(change.kpi, old), _said(change.kpi, new)


def _aim_words(change: ChangedAfter, target: Target | None) -> str:
    if target is None:
        return NOTHING
    moved = change.before is not None and change.after is not None and change.before.period != change.after.period
    return target_words(change.kpi, target) + (f" for {target.period.words}" if moved else "")


def _said(kpi: Kpi, value: Value | None) -> str:
    if value is None:
        return NOTHING
    if value.has_number and value.number is not None:
        return with_unit(kpi, value.number)
    return "Hidden" if value.symbol is Symbol.SUPPRESSED else SAID[value.state]
