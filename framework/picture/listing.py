"""Lists: which lines a search finds, and in which order they stand. Shared by the lists of KPIs and of actions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.kpi import Kpi, Target
from framework.kpis.standing import Family, Verdict
from framework.picture.judged import targets_at, verdict
from framework.picture.review import Filter, kpis_in
from framework.picture.shape import Picture
from framework.text import folded


class KpiSort(StrEnum):
    CONCERN = "Most concern first"
    CODE = "Code"
    NAME = "Name"
    NEWEST = "Newest value first"


class Standings(StrEnum):
    """The standings by their marks: what a list can be narrowed to."""

    BEHIND = "Behind"
    SLIGHTLY_BEHIND = "Slightly behind"
    ON_TRACK = "On track"
    ACHIEVED = "Achieved or held"
    NONE = "No verdict"
    CONTEXT = "Context"


_STANDINGS = {
    Family.BEHIND: Standings.BEHIND,
    Family.SLIGHTLY_BEHIND: Standings.SLIGHTLY_BEHIND,
    Family.ON_TRACK: Standings.ON_TRACK,
    Family.ACHIEVED: Standings.ACHIEVED,
    Family.NONE: Standings.NONE,
    Family.CONTEXT: Standings.CONTEXT,
}
# A figure that nobody can judge hides more than one that is on track, so it stands before it.
_CONCERN = tuple(Standings[name] for name in ("BEHIND", "SLIGHTLY_BEHIND", "NONE", "ON_TRACK", "ACHIEVED", "CONTEXT"))


@dataclass(frozen=True)
class KpiLine:
    """One KPI of a list: its verdict at the place in view and the target it is on the way to (None: none)."""

    kpi: Kpi
    verdict: Verdict
    target: Target | None
    owner: str

    @property
    def standings(self) -> Standings:
        return _STANDINGS[self.verdict.family]


def counted(lines: Sequence[KpiLine]) -> str:
    """`9 of 20 on track: 6 behind, 5 slightly behind. 4 without a verdict (2 out of date, …). 1 for context.`"""
    of = Counter(line.standings for line in lines)
    judged = sum(line.verdict.judged for line in lines)
    good = of[Standings.ON_TRACK] + of[Standings.ACHIEVED]
    worse = [f"{of[s]} {str(s).lower()}" for s in (Standings.BEHIND, Standings.SLIGHTLY_BEHIND) if of[s]]
    said = [f"{good} of {judged} on track" + (f", {' and '.join(worse)}" if worse else "")] if judged else []
    why = Counter(str(line.verdict.standing).lower() for line in lines if line.standings is Standings.NONE)
    if why:
        said.append(f"{why.total()} without a verdict: {', '.join(f'{n} {word}' for word, n in why.most_common())}")
    if of[Standings.CONTEXT]:
        said.append(f"{of[Standings.CONTEXT]} for context, never judged")
    return ". ".join(said) + "." if said else ""


def has_words(text: Iterable[str | None], words: str) -> bool:
    """Whether every word searched for stands in the text, in any case or accent; nothing searched finds all."""
    whole = folded(" ".join(part for part in text if part))
    return all(word in whole for word in folded(words).split())


def kpi_lines(picture: Picture, edition: str, chosen: Filter, words: str = "") -> list[KpiLine]:
    """The KPIs in view that hold the words, by code."""
    found = []
    for kpi in kpis_in(picture, edition, chosen):
        owner = picture.name("person", kpi.owner)
        tags = (picture.elements[ref].words for ref in kpi.tags if ref in picture.elements)
        if has_words((kpi.code, kpi.title, kpi.definition, owner, kpi.source, *tags), words):
            found.append(kpi_line(picture, kpi, chosen.school, owner))
    return found


def kpi_line(picture: Picture, kpi: Kpi, place: str | None, owner: str = "") -> KpiLine:
    where = place or (picture.trust.ref if picture.trust else "")
    aims = targets_at(picture, kpi, where)
    return KpiLine(kpi, verdict(picture, kpi, place), aims[-1] if aims else None, owner)


def sorted_kpis(lines: Sequence[KpiLine], by: KpiSort) -> list[KpiLine]:
    """In the order asked for; those alike by code."""
    if by is KpiSort.NAME:
        return sorted(lines, key=lambda line: (line.kpi.title.casefold(), line.kpi.code))
    if by is KpiSort.NEWEST:
        return sorted(lines, key=lambda line: (-_recorded(line), line.kpi.code))
    if by is KpiSort.CODE:
        return sorted(lines, key=lambda line: line.kpi.code)
    return sorted(lines, key=lambda line: (_CONCERN.index(line.standings), -_shortfall(line), line.kpi.code))


def _recorded(line: KpiLine) -> int:
    """The change that last brought a value; 0 when there is none."""
    return 0 if line.verdict.value is None else line.verdict.value.version


def _shortfall(line: KpiLine) -> float:
    """How many times its tolerance the value falls short: comparable between KPIs of different units."""
    return (line.verdict.gap or 0.0) / (line.verdict.tolerance or 1.0)
