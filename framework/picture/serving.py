"""What serves what: the framework as one picture in which a chosen element lights up the others it shares work with."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.civic import FACETS, Element, Part
from framework.kpis.kpi import Kpi
from framework.picture.coverage import listed
from framework.picture.shape import Picture
from framework.plans import Action


class Look(StrEnum):
    """How a place of the picture looks; each can be told from the others in grey."""

    CHOSEN = "chosen"
    SERVES = "serves"
    REST = "rest"
    EMPTY = "empty"  # no action yet


@dataclass(frozen=True)
class Served:
    """One element: the actions and KPIs tagged with it, and how many of them carry the chosen element's tag too.

    chosen  whether it is the chosen one; None: nothing is chosen
    """

    element: Element
    actions: tuple[Action, ...]
    kpis: tuple[Kpi, ...]
    shared_actions: int = 0
    shared_kpis: int = 0
    chosen: bool | None = None

    @property
    def look(self) -> Look:
        if self.chosen:
            return Look.CHOSEN
        if not self.actions:
            return Look.EMPTY
        return Look.SERVES if self.shared_actions or self.shared_kpis else Look.REST

    def words(self, nothing: str = "no action yet") -> str:
        """`7 actions · 3 KPIs`; of one that lights up what is shared, `2 of 7 actions · 1 of 3 KPIs`.

        nothing  what is said where there is no action
        """
        lit = self.look is Look.SERVES
        parts = [
            _of(self.shared_actions if lit else None, len(self.actions), "action") or nothing,
            _of(self.shared_kpis if lit else None, len(self.kpis), "KPI"),
        ]
        return " · ".join(part for part in parts if part and not part.startswith("none"))


def served(picture: Picture, edition: str, chosen: str | None = None) -> dict[str, Served]:
    """Every element that work is tagged with, by its ref.

    chosen  an element's ref; one that this version does not have chooses nothing
    """
    elements = [e for part in FACETS for e in picture.parts(edition, part)]
    known = chosen if any(e.ref == chosen for e in elements) else None
    return {e.ref: _served(picture, e, known) for e in elements}


def _served(picture: Picture, element: Element, chosen: str | None) -> Served:
    actions = picture.actions_of(element.edition, element.ref)
    kpis = picture.kpis_of(element.edition, element.ref)
    if chosen is None:
        return Served(element, actions, kpis)
    return Served(
        element,
        actions,
        kpis,
        shared_actions=sum(chosen in action.tags for action in actions),
        shared_kpis=sum(chosen in kpi.tags for kpi in kpis),
        chosen=element.ref == chosen,
    )


def summary(picture: Picture, one: Served, nothing: str = "No action yet") -> tuple[str, str]:
    """`15 actions and 6 KPIs, under A and B` and `none under C`; the second is empty where no objective is without.

    An objective itself is under none but its own, so of one only the counts are said.
    """
    actions, kpis = _of(None, len(one.actions), "action"), _of(None, len(one.kpis), "KPI")
    counts = f"{actions or nothing} and {kpis or 'no KPI'}"
    if one.element.part is Part.OBJECTIVE or not (one.actions or one.kpis):
        return counts, ""
    under = {a.objective for a in one.actions} | {k.objective for k in one.kpis}
    objectives = picture.parts(one.element.edition, Part.OBJECTIVE)
    here, without = ([o.code for o in objectives if (o.ref in under) is found] for found in (True, False))
    said = f"{counts}, under {listed(here)}" if here else counts
    return said, f"none under {listed(without, 'or')}" if without else ""


def _of(some: int | None, total: int, what: str) -> str:
    """`2 of 7 actions`; without `some` `7 actions`; empty where there is none."""
    if not total:
        return ""
    counted = f"{total} {what}{'' if total == 1 else 's'}"
    return (counted if some is None else f"{some or 'none'} of {counted}").replace(" ", "\N{NO-BREAK SPACE}")


def label(element: Element) -> str:
    """How an element is named among all the others: `Priority 1: Prevent and reduce poverty`, `Strand: Welfare`."""
    part = str(element.part).capitalize()
    return f"{part}: {element.words}" if element.part is Part.STRAND else f"{part} {element.code}: {element.words}"


def kinds(elements: Sequence[Element]) -> list[str]:
    """What the elements of a part are, for a note beside them: `1-3 premises`, `4-9 commitments`; or `Stage One`."""
    runs: list[list[Element]] = []
    for element in elements:
        if runs and runs[-1][0].kind == element.kind:
            runs[-1].append(element)
        else:
            runs.append([element])
    if len(runs) == 1:
        return [runs[0][0].kind] if runs[0][0].kind else []
    return [_run(run) for run in runs if run[0].kind]


def _run(run: list[Element]) -> str:
    first, last, kind = run[0].code, run[-1].code, run[0].kind
    return f"{first} {kind}" if len(run) == 1 else f"{first}-{last} {kind}s"


def neighbours(picture: Picture, element: Element) -> tuple[Element | None, Element | None]:
    """The elements before and after it in its part; None at either end."""
    line = picture.parts(element.edition, element.part)
    at = [e.ref for e in line].index(element.ref)
    return line[at - 1] if at else None, line[at + 1] if at + 1 < len(line) else None
