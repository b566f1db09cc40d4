"""Who or what a text of a stranger's file names among what stands here. Near names are offered, never taken."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from framework.civic import Part
from framework.places import PlaceKind
from framework.text import clean
from framework.workbook.words import Known

NEAR = 88  # how near the words of an element must be to be offered. Source: shared rule of headings
_NEAR_NAME = 75  # of people, places and organisations: a person chooses among them anyway
_MOST_NEAR = 5
_EVERYWHERE = frozenset({"all", "all schools", "trust", "the trust", "trust wide", "trustwide", "whole trust", "mat"})
_PARTED = re.compile(r"[^\w%£#+]+|_+")
_LETTERED = re.compile(r"(?:strategic )?(?:objective|goal|priority|aim|obj)? ?([a-z])(?: .*)?")


def spelled(text: str) -> str:
    """What two spellings of one name or title share: capitals, punctuation and blanks do not tell them apart."""
    return " ".join(_PARTED.sub(" ", unicodedata.normalize("NFKC", clean(text)).casefold()).split())


@dataclass(frozen=True)
class Named:
    """One row that can be named: its ref, how it is shown, and what else it is called."""

    ref: str
    shown: str
    names: tuple[str, ...]


class Index:
    """Rows of one kind by what people call them."""

    def __init__(self, rows: Iterable[Named]) -> None:
        self._rows: dict[str, Named] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Named) -> None:
        self._rows[row.ref] = row
        for name in {spelled(name) for name in row.names} - {""}:
            self._by_name[name].append(row.ref)

    def __contains__(self, ref: object) -> bool:
        return ref in self._rows

    def __iter__(self) -> Iterator[Named]:
        return iter(self._rows.values())

    def exact(self, text: str) -> str | None:
        """The one row that bears this very name; None when none does, or more than one."""
        found = self._by_name.get(spelled(text), [])
        return found[0] if len(found) == 1 else None

    def near(self, text: str, floor: float = _NEAR_NAME) -> list[Named]:
        """Rows whose name is near, or shares a whole word with it; the nearest first."""
        wanted = spelled(text)
        if not wanted:
            return []
        scores: dict[str, float] = {}
        names = list(self._by_name)
        for name, score, _ in process.extract(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=floor):
            for ref in self._by_name[name]:
                scores[ref] = max(score, scores.get(ref, 0))
        if floor <= _NEAR_NAME:
            words = {word for word in wanted.split() if len(word) > 2}
            for name in names:
                if words & set(name.split()):
                    for ref in self._by_name[name]:
                        scores.setdefault(ref, fuzz.token_sort_ratio(wanted, name))
        best = sorted(scores, key=lambda ref: -scores[ref])[:_MOST_NEAR]
        return [self._rows[ref] for ref in best]


class Names:
    """Everything of this place and this version of the framework that a text may name. Archived rows are not meant."""

    def __init__(self, known: Known, edition: str) -> None:
        self._known = known
        live = {table: {ref: row for ref, row in rows.items() if not row.archived} for table, rows in known.items()}
        people = live.get("person", {})
        jobs = [spelled(p.job) for p in people.values() if p.job]
        self.people = Index(
            Named(ref, p.name, tuple(filter(None, (p.name, p.initials, _sole(p.job, jobs)))))
            for ref, p in people.items()
        )
        self.organisations = Index(Named(ref, o.name, (o.name,)) for ref, o in live.get("organisation", {}).items())
        places = live.get("place", {})
        self.places = Index(Named(ref, p.name, (p.name,)) for ref, p in places.items())
        self.trust = next((ref for ref, p in places.items() if p.kind is PlaceKind.TRUST), None)
        elements = {ref: e for ref, e in live.get("element", {}).items() if e.edition == edition}
        objectives = sorted((e for e in elements.values() if e.part is Part.OBJECTIVE), key=lambda e: e.position)
        self.objectives = Index(Named(e.ref, f"{e.code} {e.words}", (e.code, e.words, e.title)) for e in objectives)
        self.letters: Mapping[str, str] = {e.code: e.ref for e in objectives}
        self.kpis = Index(
            Named(ref, f"{k.code} {k.title}", (k.code, k.title))
            for ref, k in live.get("kpi", {}).items()
            if k.edition == edition
        )

    def person(self, text: str) -> str | None:
        return self.people.exact(text)

    def objective(self, text: str) -> str | None:
        """The objective that a text names: its words, its letter, or `Objective B`."""
        found = self.objectives.exact(text)
        if found is not None:
            return found
        wanted = spelled(text)
        lettered = _LETTERED.fullmatch(wanted)
        if lettered is None:
            return None
        ref = self.letters.get(lettered[1].upper())
        rest = wanted.partition(f"{lettered[1]} ")[2] if " " in wanted else ""
        # `A` may also be the first word of a sentence; with more words than a letter they must be the objective's.
        head = wanted.split()
        if len(head) <= 2 and head[-1] == lettered[1]:
            return ref
        near = [n.ref for n in self.objectives.near(rest, NEAR)] if rest else []
        return ref if ref in near else None

    def everywhere(self, text: str) -> bool:
        """Whether a text means the whole trust rather than a school."""
        return spelled(text) in _EVERYWHERE or (self.trust is not None and self.places.exact(text) == self.trust)

    def place_in(self, heading: str) -> str | None:
        """The one place that a heading names among other words: `Hazel Grange Primary Autumn 1`."""
        words = f" {spelled(heading)} "
        found = {named.ref for named in self.places for name in named.names if f" {spelled(name)} " in words}
        return found.pop() if len(found) == 1 else None

    def letter(self, ref: str | None) -> str:
        """An objective's letter; empty when it is none of this version."""
        return next((letter for letter, own in self.letters.items() if own == ref), "")

    def shown(self, table: str, ref: str | None) -> str:
        row: Any = self._known.get(table, {}).get(ref or "")
        return "" if row is None else str(row.name)


class Codes:
    """Codes that are taken, and the next after them, so that a code never comes to mean another row."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._taken

    def take(self, code: str) -> str:
        """Take a code that the file brings."""
        self._taken.add(code)
        self._last.clear()
        return code

    def next(self, head: str, digits: int = 1) -> str:
        """Take the next code of a style: `A-15` after `A-14`, `K-B03` of two digits after `K-B02`."""
        if head not in self._last:
            numbers = (code[len(head) :] for code in self._taken if code.startswith(head))
            self._last[head] = max((int(n) for n in numbers if n.isascii() and n.isdecimal()), default=0)
        self._last[head] += 1
        code = f"{head}{self._last[head]:0{digits}}"
        self._taken.add(code)
        return code


def _sole(job: str | None, jobs: list[str]) -> str | None:
    """A job by which one person can be named; None when several have it."""
    return job if job and jobs.count(spelled(job)) == 1 else None
