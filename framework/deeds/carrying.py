"""Carrying actions and KPIs on into another framework version. Nothing of the version they come from changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from framework.deeds import deed
from framework.errors import Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.picture.carrying import Left, left_behind
from framework.picture.forward import Asked, carrying
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import ACTIONS, KPIS, MILESTONES, data_of
from framework.text import clean


@dataclass(frozen=True)
class Carried:
    """What was carried on, and what was not.

    actions, kpis  ref of the earlier row → ref of the one that carries it on
    lost           code of the new row → what did not come along with it, each in words
    left           the actions and KPIs of that version that stay behind, with why
    """

    actions: Mapping[str, str]
    kpis: Mapping[str, str]
    lost: Mapping[str, tuple[str, ...]]
    left: tuple[Left, ...]


@deed(Act.EDIT_FRAMEWORK)
def carry_forward(
    store: Store,
    *,
    by: Person,
    now: datetime,
    into: str,
    elements: Mapping[str, str | None],
    actions: Mapping[str, str],
    kpis: Mapping[str, str],
    due: Mapping[str, date] | None = None,
    objectives: Mapping[str, str | None] | None = None,
    why: str = "",
) -> Carried:
    """Carry actions and KPIs of one version into another (`into`), as new rows of one change.

    elements       each element of the earlier version → what stands for it in the other; None: nothing does
    actions, kpis  ref → the new code
    due            of actions: by when it is due now; not in it: as it was, where that day is still to come
    objectives     of rows: the objective that they serve now; not in it: what stands for theirs
    Raises NotAllowed, Unknown or ValueRefused, which names every row that cannot be carried; then nothing is written.
    """
    asked = Asked(into, elements, actions, kpis, due or {}, objectives or {})
    with entry(store, by=by, now=now, deed="carry forward", reason=clean(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        if into not in picture.editions:
            raise Unknown("There is no such version of the framework here. Choose one that is.")
        found = carrying(picture, asked, new_ref)
        if found.wrong:
            raise ValueRefused(f"{' '.join(found.wrong)} Nothing was saved.")
        for subject, rows in ((KPIS, found.kpis), (ACTIONS, found.actions)):
            for row in rows:
                e.put(subject, row.ref, row.data, seen=0)
                for step in row.steps:
                    e.put(MILESTONES, new_ref(), {**data_of(MILESTONES, step), "action": row.ref}, seen=0)
    before = next(row.of.edition for row in (*found.actions, *found.kpis))
    return Carried(
        actions={row.of.ref: row.ref for row in found.actions},
        kpis={row.of.ref: row.ref for row in found.kpis},
        lost={str(row.data["code"]): row.lost for row in (*found.kpis, *found.actions) if row.lost},
        left=left_behind(picture, before, {*actions, *kpis}),
    )
