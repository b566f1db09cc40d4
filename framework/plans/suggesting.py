"""Elements that an action could serve, each with its reason. A person chooses: nothing is set here."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework.civic import Element, Part
from framework.picture.shape import Picture
from framework.plans.shape import Action
from framework.text import folded

MOST = 3  # suggestions for one facet: more are a list to read, not a help
SHORTEST = 5  # letters of a word that says anything
_COMMON = 4  # actions, or elements of one part, that may share a word before it says nothing
# Words of the field that stand in most titles and say nothing of one of them.
_NO_HINT = frozenset((
    "about", "across", "after", "every", "local", "other", "their", "these", "those", "through", "together", "where",
    "which", "while", "with", "within", "children", "civic", "community", "communities", "families", "people", "pupil",
    "pupils", "school", "schools", "trust", "young",
))  # fmt: skip
# A KPI that it should move says more than an action like it, and that more than a word in common.
_OF_KPI, _OF_ACTION, _OF_WORD = 100, 10, 1
_FIELDS = {
    Part.PILLAR: "pillars",
    Part.STATEMENT: "statements",
    Part.STRAND: "strand",
    Part.PRIORITY: "priorities",
}


@dataclass(frozen=True)
class Suggestion:
    """One element that an action could serve, and why."""

    ref: str
    why: str


@dataclass(frozen=True)
class _Hint:
    ref: str
    weight: int
    why: str


def suggested(picture: Picture, facts: Mapping[str, Any]) -> dict[str, tuple[Suggestion, ...]]:
    """Elements for each facet, best first, at most three; those chosen already are left out. Empty fields are left out.

    facts  fields of `Action` as far as they are known: edition, title, success, objective, kpis and its tags
    """
    edition = facts.get("edition") or (picture.edition.ref if picture.edition else "")
    hints: dict[str, list[_Hint]] = defaultdict(list)
    for hint in (*_of_kpis(picture, facts), *_of_actions(picture, facts, edition), *_of_words(picture, facts, edition)):
        hints[hint.ref].append(hint)
    chosen = _chosen(facts)
    found: dict[str, tuple[Suggestion, ...]] = {}
    for part, name in _FIELDS.items():
        offered = [e for e in picture.parts(edition, part) if e.ref in hints and e.ref not in chosen]
        best = sorted(offered, key=lambda e: (-sum(h.weight for h in hints[e.ref]), e.position))[:MOST]
        if part is Part.STRAND and facts.get("strand"):
            name = "other_strands"
        if best:
            found[name] = tuple(Suggestion(e.ref, _why(hints[e.ref])) for e in best)
    return found


def _chosen(facts: Mapping[str, Any]) -> set[str]:
    many = (ref for name in ("pillars", "statements", "other_strands", "priorities") for ref in facts.get(name) or ())
    return {ref for ref in (*many, facts.get("strand")) if ref is not None}


def _why(hints: Sequence[_Hint]) -> str:
    """The strongest reason alone: the first of its weight."""
    return max(hints, key=lambda h: h.weight).why


def _of_kpis(picture: Picture, facts: Mapping[str, Any]) -> Iterator[_Hint]:
    for kpi in (picture.kpis[ref] for ref in facts.get("kpis") or () if ref in picture.kpis):
        for tag in sorted(kpi.tags):
            yield _Hint(tag, _OF_KPI, f"{kpi.code} {kpi.title}, which it should move, speaks to it")


def _of_actions(picture: Picture, facts: Mapping[str, Any], edition: str) -> Iterator[_Hint]:
    """Tags of actions of the same objective whose titles share a word that few titles have."""
    titles = {a.ref: _words(a.title) for a in picture.actions_of(edition)}
    held = Counter(word for words in titles.values() for word in words)
    own = {word for word in _words(facts.get("title") or "") if held[word] <= _COMMON}
    for action in picture.actions_of(edition):
        shared = own & titles[action.ref]
        if shared and action.objective == facts.get("objective") and action.ref != facts.get("ref"):
            for tag in sorted(action.tags):
                yield _Hint(tag, _OF_ACTION * len(shared), _like(action))


def _like(action: Action) -> str:
    return f"{action.code} {action.title}, an action like it, serves it"


def _of_words(picture: Picture, facts: Mapping[str, Any], edition: str) -> Iterator[_Hint]:
    """Elements that share a word with the title or with what will be different."""
    own = _words(f"{facts.get('title') or ''} {facts.get('success') or ''}")
    for part in _FIELDS:
        elements = picture.parts(edition, part)
        held = Counter(word for e in elements for word in _words(e.words))
        for element in elements:
            shared = [word for word in _in_order(element) if word in own and held[word] <= _COMMON]
            if shared:
                yield _Hint(element.ref, _OF_WORD * len(shared), f"it speaks of {_listed(shared[:3])} too")


def _in_order(element: Element) -> list[str]:
    words = _words(element.words)
    return [word for word in dict.fromkeys(_split(element.words)) if word in words]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _split(text) if len(word) >= SHORTEST and word not in _NO_HINT)


def _split(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in folded(text)).split()


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
