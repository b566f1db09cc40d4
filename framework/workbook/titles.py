"""Rows known by their titles, where no id and no key tells: the same words, nearly the same, or only like them."""

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from framework.subjects import Subject
from framework.text import folded

# Source: shared rule of identity: 95 and more of 100 is the same, 85 to 94 is asked, below is new.
SAME = 95
PERHAPS = 85
_MOST_PAIRS = 2_000_000  # titles to set beside each other; beyond that only the very same words count
_DIGITS = re.compile(r"\d+")
# The field that says what a row is about, and those within which two such are the same thing.
_TITLED: dict[str, tuple[str, tuple[str, ...]]] = {
    "edition": ("title", ()),
    "element": ("words", ("edition", "part")),
    "place": ("name", ()),
    "organisation": ("name", ()),
    "person": ("name", ()),
    "meeting": ("title", ("on",)),
    "kpi": ("title", ("edition",)),
    "action": ("title", ("edition", "objective", "places")),
    "milestone": ("title", ("action",)),
    "action_update": ("words", ("action", "on")),
    "evidence": ("title", ("action",)),
    "query": ("words", ("kpi", "place", "period")),
    "kpi_note": ("words", ("kpi", "place", "period")),
    "event": ("title", ("starts_on",)),
}
_NAMES = ("place", "organisation", "person")  # two people, or two schools, may have names that are nearly the same


@dataclass(frozen=True)
class Near:
    """A row here that looks like one of the file; `is_same`: so much that it is taken for it."""

    ref: str
    is_same: bool


class Titles:
    """The titles of the rows that stand here and are not archived.

    by_ref  for each: within what, and the title without case, accents and marks; empty for rows without titles
    """

    def __init__(self, subject: Subject, here: Mapping[str, Any], told: Sequence[str]) -> None:
        self._name, within = _TITLED.get(subject.table, ("", ()))
        self._within = tuple(name for name in within if name in told)
        self._asked = subject.table not in _NAMES
        self.by_ref: dict[str, tuple[Any, str]] = {}
        self._known: dict[Any, dict[str, str]] = defaultdict(dict)
        self._pairs = 0
        if self._name in told:
            for ref, row in here.items():
                if not row.archived:
                    parent = (*(_plain(getattr(row, name)) for name in self._within),)
                    title = folded(getattr(row, self._name) or "")
                    self.by_ref[ref] = (parent, title)
                    self._known[parent][ref] = title

    def of(self, data: Mapping[str, Any]) -> tuple[Any, str] | None:
        """The same of a row of the file; None when it has no title."""
        title = data.get(self._name)
        return None if not title else ((*(_plain(data.get(name)) for name in self._within),), folded(title))

    def nearest(self, data: Mapping[str, Any], taken: Container[str]) -> Near | None:
        """The row here, not taken yet, that a row of the file is or may be; None when none is like it."""
        own = self.of(data) if self.by_ref else None
        if own is None:
            return None
        titles = {ref: title for ref, title in self._known.get(own[0], {}).items() if ref not in taken}
        if exact := [ref for ref, title in titles.items() if title == own[1]]:
            return Near(exact[0], len(exact) == 1)
        self._pairs += len(titles)
        if self._pairs > _MOST_PAIRS:
            return None
        best = process.extract(own[1], titles, scorer=fuzz.ratio, score_cutoff=PERHAPS, limit=2)
        if not best:
            return None
        (title, score, ref), *others = best
        alone = not others or others[0][1] < SAME
        numbered = _DIGITS.findall(title) != _DIGITS.findall(own[1])  # Year 1 and Year 2 are not the same work
        return Near(ref, score >= SAME and alone and not numbered and self._asked)


def _plain(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value
