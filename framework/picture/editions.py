"""Framework versions side by side: what became of each, and where their words differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework.civic import Edition, EditionState, Element, Part
from framework.periods import day_words
from framework.picture.shape import Picture


def state_words(edition: Edition, on: date) -> str:
    """`Ended on 31 Aug 2025`, `In force until 31 Aug 2027`, `Draft`, `Begins on 1 Sep 2027`.

    The dates decide before the label: a version whose last day has passed has ended, whatever it was called last.
    """
    first, last = (day_words(day, weekday=False) for day in (edition.starts_on, edition.ends_on))
    if edition.ended(on):
        return f"Ended on {last}"
    if edition.state is EditionState.DRAFT:
        return "Draft"
    if edition.state is EditionState.ARCHIVED:
        return "Archived"
    return f"Begins on {first}" if on < edition.starts_on else f"In force until {last}"


def in_order(picture: Picture) -> list[Edition]:
    """The version in force first, then the others, newest first."""
    newest = list(picture.editions.values())[::-1]
    return sorted(newest, key=lambda e: picture.edition is None or e.ref != picture.edition.ref)


@dataclass(frozen=True)
class Pair:
    """The same place of two versions. None: that version has no such place."""

    earlier: Element | None
    later: Element | None

    @property
    def either(self) -> Element:
        found = self.later or self.earlier
        assert found is not None
        return found

    @property
    def same(self) -> bool:
        return self.earlier is not None and self.later is not None and self.earlier.words == self.later.words


def pairs(picture: Picture, one: Edition, other: Edition) -> list[Pair]:
    """Every place of two versions, the earlier version's words beside the later's, in the framework's order.

    A place is its part and number: the publication gives nothing else by which one could be known again.
    """
    earlier, later = sorted((one, other), key=lambda e: e.starts_on)
    found = []
    for part in Part:
        before, after = ({e.position: e for e in picture.parts(v.ref, part)} for v in (earlier, later))
        found += [Pair(before.get(n), after.get(n)) for n in sorted({*before, *after})]
    return found


def elsewhere(picture: Picture, element: Element) -> list[tuple[Edition, Element]]:
    """The same place in the other versions, newest first."""
    others: Sequence[Edition] = [e for e in in_order(picture) if e.ref != element.edition]
    return [
        (edition, e)
        for edition in others
        for e in picture.parts(edition.ref, element.part)
        if e.position == element.position
    ]
