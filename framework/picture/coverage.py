"""Coverage: what the framework promises that nothing in the plan serves yet, and what hangs by a thread."""

from collections import Counter
from dataclasses import dataclass

from framework.civic import FACETS, Element
from framework.kpis.kpi import Kpi
from framework.people import Person
from framework.picture.shape import Picture
from framework.plans import Action

RESTS_ON_ONE = 5  # open actions of one owner at which the work is said to rest on that person


@dataclass(frozen=True)
class Coverage:
    """The gaps of one version of the framework."""

    no_action: tuple[Element, ...]  # elements that no action serves
    no_kpi: tuple[Element, ...]  # elements that no KPI speaks to
    actions_without_kpi: tuple[Action, ...]
    actions_without_owner: tuple[Action, ...]
    kpis_without_values: tuple[Kpi, ...]
    kpis_without_owner: tuple[Kpi, ...]
    resting_on_one: tuple[tuple[Person, tuple[Action, ...]], ...]


def coverage(picture: Picture, edition: str) -> Coverage:
    actions, kpis = picture.actions_of(edition), picture.kpis_of(edition)
    elements = [e for part in FACETS for e in picture.parts(edition, part)]
    served = {tag for a in actions for tag in a.tags}
    measured = {tag for k in kpis for tag in k.tags}
    with_values = {kpi for kpi, _, _ in picture.latest}
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
    held = Counter(a.owner for a in actions if a.open and a.owner is not None)
    many = [(owner, number) for owner, number in held.most_common() if number >= RESTS_ON_ONE]
    return tuple(
        (picture.people[owner], tuple(a for a in actions if a.owner == owner and a.open))
        for owner, _ in many
        if owner in picture.people
    )
