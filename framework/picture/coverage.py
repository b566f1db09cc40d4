"""Coverage: what the framework promises that nothing in the plan serves yet, and what hangs by a thread."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from framework.civic import FACETS, Element
from framework.kpis.kpi import Kpi
from framework.people import Audience, Person
from framework.picture.counted import counted_values
from framework.picture.shape import Picture
from framework.plans import Action

RESTS_ON_ONE = 5  # open actions of one owner at which the work is said to rest on that person

_PART_ONLY = frozenset({Audience.TASK_FORCE, Audience.PUBLIC})


@dataclass(frozen=True)
class Coverage:
    """The gaps of one version of the framework, each in the framework's own order."""

    no_action: tuple[Element, ...]  # elements that no action serves
    no_kpi: tuple[Element, ...]  # elements that no KPI speaks to
    actions_without_kpi: tuple[Action, ...]
    actions_without_owner: tuple[Action, ...]  # open ones: what is over needs no owner any more
    kpis_without_values: tuple[Kpi, ...]
    kpis_without_owner: tuple[Kpi, ...]
    resting_on_one: tuple[tuple[Person, tuple[Action, ...]], ...]  # open actions of one person, most first


def coverage(picture: Picture, edition: str) -> Coverage:
    actions, kpis = picture.actions_of(edition), picture.kpis_of(edition)
    elements = [e for part in FACETS for e in picture.parts(edition, part)]
    served = {tag for a in actions for tag in a.tags}
    measured = {tag for k in kpis for tag in k.tags}
    with_values = {ref for ref, _, _ in picture.latest} | {k.ref for k in kpis if counted_values(picture, k)}
    return Coverage(
        no_action=tuple(e for e in elements if e.ref not in served),
        no_kpi=tuple(e for e in elements if e.ref not in measured),
        actions_without_kpi=tuple(a for a in actions if not a.kpis),
        actions_without_owner=tuple(a for a in actions if a.owner is None and a.open),
        kpis_without_values=tuple(k for k in kpis if k.ref not in with_values),
        kpis_without_owner=tuple(k for k in kpis if k.owner is None),
        resting_on_one=_resting(picture, actions),
    )


def _resting(picture: Picture, actions: tuple[Action, ...]) -> tuple[tuple[Person, tuple[Action, ...]], ...]:
    held = Counter(a.owner for a in actions if a.open and a.owner in picture.people)
    many = sorted((-number, picture.people[owner].name, owner) for owner, number in held.items() if owner is not None)
    return tuple(
        (picture.people[owner], tuple(a for a in actions if a.owner == owner and a.open))
        for number, _, owner in many
        if -number >= RESTS_ON_ONE
    )


@dataclass(frozen=True)
class Gap:
    """One kind of gap: of so many things of a kind, those that lack something.

    table  of the things: element, action, kpi or person
    notes  to each thing what to know of it; empty: nothing
    """

    one: str  # statement
    lacks: str  # an action
    table: str
    things: tuple[Any, ...]
    total: int
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.things)

    @property
    def words(self) -> str:
        """`of 9 statements have no action`, to stand behind the count."""
        if self.table == "person":
            return f"{'person holds' if self.count == 1 else 'people hold'} {RESTS_ON_ONE} or more open actions"
        noun = self.one if self.total == 1 else _plural(self.one)
        verb = "has" if self.count == 1 else "have"
        return f"of {self.total} {noun} {verb} no {self.lacks.removeprefix('an ').removeprefix('a ')}"


def gaps(picture: Picture, edition: str) -> tuple[Gap, ...]:
    """Every kind of gap that was looked for, also those with nothing in them, in the order in which they are read.

    A kind of which this version has nothing at all is left out.
    """
    found = coverage(picture, edition)
    actions, kpis = picture.actions_of(edition), picture.kpis_of(edition)
    open_actions = [a for a in actions if a.open]
    looked_for = (
        *_by_part(picture, edition, found.no_action, "an action"),
        Gap("action", "a KPI", "action", found.actions_without_kpi, len(actions)),
        Gap("open action", "an owner", "action", found.actions_without_owner, len(open_actions)),
        Gap("KPI", "values", "kpi", found.kpis_without_values, len(kpis)),
        Gap("KPI", "an owner", "kpi", found.kpis_without_owner, len(kpis)),
        *_by_part(picture, edition, found.no_kpi, "a KPI"),
        _people(found.resting_on_one),
    )
    return tuple(gap for gap in looked_for if gap.total)


def _by_part(picture: Picture, edition: str, lacking: Iterable[Element], lacks: str) -> list[Gap]:
    some = list(lacking)
    return [
        Gap(str(part), lacks, "element", tuple(e for e in some if e.part is part), len(picture.parts(edition, part)))
        for part in FACETS
    ]


def _people(resting: Sequence[tuple[Person, tuple[Action, ...]]]) -> Gap:
    people = tuple(person for person, _ in resting)
    return Gap("person", "", "person", people, len(people), tuple(f"{len(actions)} open" for _, actions in resting))


def closed(found: Iterable[Gap]) -> list[str]:
    """What is whole, in sentences: `Every objective, pillar and strand has an action`."""
    whole: dict[str, list[str]] = {}
    for gap in found:
        if not gap.count:
            whole.setdefault(gap.lacks, []).append(gap.one)
    return [f"Every {listed(some)} has {lacks}" for lacks, some in whole.items()]


def _plural(one: str) -> str:
    return f"{one.removesuffix('y')}ies" if one.endswith("y") else f"{one}s"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`A, B and C`."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def in_part(picture: Picture) -> bool:
    """Whether this audience sees only some of the actions, so that "none" may mean "none for you"."""
    return picture.audience in _PART_ONLY
