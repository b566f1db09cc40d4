"""Which row that stands here a row of a stranger's file is. By its words: numbers that people type are no identity."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from framework.workbook.recognise.naming import spelled

# Source: shared rule of identity: 95 and more is the same, 85 to 94 is asked, below is new.
SAME = 95
PERHAPS = 85
_MOST_NEAR = 20  # rows that a title is weighed against, beside all of the very same words


@dataclass(frozen=True)
class Titled:
    """A row by what tells it apart.

    ref        of a row that stands here; empty: one of the file
    code       empty: none, or none of our kind
    objective  None: not known
    places     empty: everywhere, or not said
    """

    title: str
    ref: str = ""
    code: str = ""
    objective: str | None = None
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Matched:
    """`ref`: the row it is. Without one it is new, unless `near` names rows that it may be: then it is asked.

    taken  of the near rows those that another row of the file is
    """

    ref: str | None = None
    near: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()


def matched(
    rows: Sequence[Titled], here: Sequence[Titled], chosen: Callable[[Titled], str | None] = lambda row: None
) -> list[Matched]:
    """For each row of the file the row here that it is; no two are the same one, the better match has it.

    chosen  the ref that someone said a near row is
    """
    scores = _Scores(here)
    near = [scores.of(row) for row in rows]
    pairs = sorted(
        (-score, number, place) for number, found in enumerate(near) for place, score in found if score >= SAME
    )
    given: dict[int, int] = {}  # row of the file: row here
    taken: dict[int, int] = {}
    for _, number, place in pairs:
        if number not in given and place not in taken:
            given[number], taken[place] = place, number
    for number, found in enumerate(near):
        said = chosen(rows[number]) if found and number not in given else None
        free = [place for place, _ in found if here[place].ref == said and place not in taken]
        if free:
            given[number], taken[free[0]] = free[0], number
    gone = frozenset(here[place].ref for place in taken)
    return [
        Matched(here[given[number]].ref)
        if number in given
        else Matched(None, refs := tuple(here[place].ref for place, _ in found), gone & set(refs))
        for number, found in enumerate(near)
    ]


class _Scores:
    """How near titles are to those that stand here, each title asked once."""

    def __init__(self, here: Sequence[Titled]) -> None:
        self._here = here
        self._words = [" ".join(sorted(spelled(row.title).split())) for row in here]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            self._places[words].append(place)
        self._kept: dict[str, list[tuple[int, float]]] = {}

    def of(self, row: Titled) -> list[tuple[int, float]]:
        """Rows here that it is or may be, with a score; 100 and more with the same code. The nearest first."""
        found = [(place, self._score(row, self._here[place], score)) for place, score in self._near(row.title)]
        return sorted(((p, s) for p, s in found if s >= PERHAPS), key=lambda near: (-near[1], near[0]))

    def _near(self, title: str) -> list[tuple[int, float]]:
        words = " ".join(sorted(spelled(title).split()))
        if words not in self._kept:
            same = [(place, 100.0) for place in self._places.get(words, ())]
            near = process.extract(words, self._words, scorer=fuzz.ratio, score_cutoff=PERHAPS, limit=_MOST_NEAR)
            others = [(place, score) for _, score, place in near if self._words[place] != words]
            self._kept[words] = [*same, *others] if words else []
        return self._kept[words]

    @staticmethod
    def _score(row: Titled, here: Titled, score: float) -> float:
        if row.places and here.places and not row.places & here.places:
            return 0
        if row.code and row.code == here.code:
            return score + 100
        elsewhere = row.objective is not None and here.objective is not None and row.objective != here.objective
        # The same words under another objective may be the same work, moved: that is for a person to say.
        return min(score, SAME - 1) if elsewhere else score + (row.places == here.places) / 2
