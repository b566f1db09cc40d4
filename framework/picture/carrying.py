"""From one framework version into another: what stands for what, which work may be carried on, what stays behind."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from framework.civic import FACETS, Edition, Element
from framework.kpis.kpi import Kpi
from framework.kpis.library import library
from framework.picture.judged import trust_series
from framework.picture.shape import Picture
from framework.plans import Action
from framework.plans.checks import next_code
from framework.text import folded

Work = Action | Kpi
_NUMBERED = re.compile(r"(.*?)([0-9]{1,6})")
NO_VALUE = "no value yet"
NOT_CHOSEN = "not chosen"


@dataclass(frozen=True)
class Left:
    """An action or a KPI that is not carried on, and why: done, stopped, no value yet, not chosen."""

    row: Work
    why: str


def may_come_from(picture: Picture, into: Edition) -> tuple[Edition, ...]:
    """The versions whose work may be carried into another: those that begin before it, the newest first.

    Empty too when that other has itself ended.
    """
    if into.ended(picture.on):
        return ()
    return tuple(e for e in [*picture.editions.values()][::-1] if e.starts_on < into.starts_on)


def may_go_into(picture: Picture) -> tuple[Edition, ...]:
    """The versions into which there is something to carry, the newest first."""
    return tuple(e for e in [*picture.editions.values()][::-1] if may_come_from(picture, e))


def tagged(picture: Picture, edition: str) -> tuple[Element, ...]:
    """The elements of a version that work is tagged with, in the framework's order."""
    return tuple(e for part in FACETS for e in picture.parts(edition, part))


def suggested_map(picture: Picture, before: str, into: str) -> dict[str, str | None]:
    """For each element that work is tagged with, what stands for it in the other version; None: nothing does.

    That with the same words, wherever it stands. Else that with the same number, unless it has another's words.
    """
    earlier, later = tagged(picture, before), tagged(picture, into)
    by_words = {(e.part, folded(e.words)): e.ref for e in later}
    by_place = {(e.part, e.position): e.ref for e in later}
    found = {e.ref: by_words.get((e.part, folded(e.words))) for e in earlier}
    known = set(found.values())
    for element in earlier:
        there = by_place.get((element.part, element.position))
        if found[element.ref] is None and there not in known:
            found[element.ref] = there
    return found


def carried_as(picture: Picture, row: Work) -> tuple[Work, ...]:
    """The rows of later versions that carry this one on; empty for none."""
    rows: Iterable[Work] = picture.actions.values() if isinstance(row, Action) else picture.kpis.values()
    return tuple(other for other in rows if other.carried_from == row.ref)


def why_not(picture: Picture, row: Work) -> str:
    """Why a row stays where it is: `done`, `stopped`, `carried already as B-20`, `no value yet`; empty: it may go."""
    already = carried_as(picture, row)
    if already:
        return f"carried already as {' and '.join(other.code for other in already)}"
    if isinstance(row, Action):
        return "" if row.open else str(row.status)
    return "" if any(value.has_number for value, _ in trust_series(picture, row)) else NO_VALUE


def work_of(picture: Picture, edition: str) -> tuple[Work, ...]:
    """The actions, then the KPIs of a version."""
    return (*picture.actions_of(edition), *picture.kpis_of(edition))


def left_behind(picture: Picture, before: str, chosen: Collection[str] = ()) -> tuple[Left, ...]:
    """What of a version is not carried on, each with why; what is `chosen` (refs) or was carried already is not in it.

    What may go and nobody chose comes first.
    """
    found = []
    for row in work_of(picture, before):
        if row.ref not in chosen and not carried_as(picture, row):
            found.append(Left(row, why_not(picture, row) or NOT_CHOSEN))
    return tuple(sorted(found, key=lambda one: one.why != NOT_CHOSEN))


def suggested_code(picture: Picture, row: Work, objective: str | None, taken: Collection[str] = ()) -> str:
    """A free code for a row in the other version; empty for an action without an objective there.

    taken  codes that are about to be used
    """
    if isinstance(row, Action):
        return next_code(picture, objective, [*taken])
    return next_kpi_code(picture, row.code, taken)


def next_kpi_code(picture: Picture, code: str, taken: Collection[str] = ()) -> str:
    """The next code of the same letters, such as K-W12 after K-W11, above every code that was used or is the library's.

    taken  codes that are about to be used
    """
    numbered = _NUMBERED.fullmatch(code)
    letters, width = (numbered[1], len(numbered[2])) if numbered else (f"{code}-", 1)
    known = (code, *taken, *(k.code for k in library()), *(k.code for k in picture.rows.get("kpi", {}).values()))
    alike = (found for one in known if (found := _NUMBERED.fullmatch(one)) is not None)
    used = [int(found[2]) for found in alike if found[1].casefold() == letters.casefold()]
    return f"{letters}{max(used, default=1) + 1:0{width}d}"
