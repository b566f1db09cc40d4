"""Adding and changing KPIs, and setting and moving their targets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from framework.civic import Part
from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.locking import check_open
from framework.errors import Unknown, ValueRefused
from framework.kpis.checks import BOARD_SET_MOST, lacking, wrong_side, wrong_target
from framework.kpis.kpi import Kpi, Target
from framework.kpis.library import LibraryKpi, in_library
from framework.people import Act, Person, audience_of
from framework.periods import Period
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import KPIS, TARGETS, data_of
from framework.text import clean


@deed(Act.EDIT_KPIS)
def add_kpi(store: Store, *, by: Person, now: datetime, facts: Mapping[str, Any], why: str = "") -> str:
    """Add a KPI; its ref. `facts` holds fields of `Kpi`; those left out are empty.

    Raises NotAllowed or ValueRefused (a needed fact is missing, a code is taken); then nothing is written.
    """
    picture = load(store, now, audience_of(by))
    empty = {f.name: f.default for f in KPIS.fields}
    data = _checked(picture, {**empty, **facts}, but=None)
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add KPI", reason=clean(why)) as e:
        e.put(KPIS, ref, data, seen=0)
    return ref


@deed(Act.EDIT_KPIS)
def change_kpi(
    store: Store, *, by: Person, now: datetime, kpi: str, facts: Mapping[str, Any], seen: int, why: str = ""
) -> None:
    """Change facts of a KPI; those not in `facts` stay. Raises NotAllowed, Unknown, ValueRefused or Conflict."""
    picture = load(store, now, audience_of(by))
    row = the_kpi(picture, kpi)
    data = _checked(picture, {**data_of(KPIS, row), **facts}, but=kpi)
    if data == data_of(KPIS, row):
        raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
    with entry(store, by=by, now=now, deed="change KPI", reason=clean(why)) as e:
        e.put(KPIS, kpi, data, seen=seen)


@deed(Act.EDIT_KPIS)
def pin_to_board(store: Store, *, by: Person, now: datetime, kpi: str, pinned: bool, seen: int) -> None:
    """Take a KPI into the board's own set, or out of it. Raises NotAllowed, Unknown, ValueRefused or Conflict."""
    picture = load(store, now, audience_of(by))
    row = the_kpi(picture, kpi)
    data = {**data_of(KPIS, row), "board_set": pinned}
    if pinned == row.board_set:
        raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
    _check_board_set(picture, data, but=kpi)
    with entry(store, by=by, now=now, deed="pin KPI" if pinned else "unpin KPI") as e:
        e.put(KPIS, kpi, data, seen=seen)


@deed(Act.SET_TARGETS)
def set_target(
    store: Store,
    *,
    by: Person,
    now: datetime,
    kpi: str,
    period: Period,
    seen: int,
    place: str | None = None,
    number: float | None = None,
    low: float | None = None,
    high: float | None = None,
    basis: Any = None,
    reason: str = "",
    managed_decline: bool = False,
) -> str:
    """Set the target of a KPI for a period and a place (None: the trust), or move it; its ref.

    Moving one asks why, and so does any of a period whose window has closed. A target on the wrong side of the baseline
    is refused unless it is a managed decline.
    Raises NotAllowed, Unknown, ValueRefused or Conflict, and then writes nothing.
    """
    picture = load(store, now, audience_of(by))
    measured = the_kpi(picture, kpi)
    data = {"kpi": kpi, "place": place, "period": period, "number": number, "low": low, "high": high, "basis": basis}
    data |= {"reason": clean(reason) or None, "managed_decline": managed_decline, "fictional": measured.fictional}
    _check_target(picture, measured, data, managed_decline)
    old = target_seen(picture, kpi, period, place)
    if old is not None and data["reason"] is None:
        raise ValueRefused(
            "This moves a target that is here already. Say why; the earlier target is kept in its history."
        )
    check_open(store, picture, by=by, period=period, place=place, why=data["reason"], target=True)
    ref = new_ref() if old is None else old.ref
    with entry(store, by=by, now=now, deed="move target" if old else "set target", reason=data["reason"] or "") as e:
        e.put(TARGETS, ref, data, seen=seen)
    return ref


def target_seen(picture: Picture, kpi: str, period: Period, place: str | None = None) -> Target | None:
    """The target of one period and place, for a form to show and to carry its version; None when there is none."""
    trust = None if picture.trust is None else picture.trust.ref
    same = (None, trust) if place in (None, trust) else (place,)
    return next((t for t in picture.targets.get(kpi, ()) if t.period == period and t.place in same), None)


def _check_target(picture: Picture, kpi: Kpi, data: Mapping[str, Any], managed_decline: bool) -> None:
    if data["period"].kind is not kpi.frequency.kind:
        raise ValueRefused(
            f"{kpi.code} is measured {kpi.frequency}, so its target cannot be for {data['period'].words}."
        )
    if picture.calendar.dates(data["period"]) is None:
        raise ValueRefused(f"The calendar has no dates for {data['period'].words}. Add them to the calendar first.")
    if wrong := wrong_target(kpi.measure, data):
        raise ValueRefused(" ".join(str(w) for w in wrong) + " Nothing was saved.")
    of_trust = data["place"] in (None, None if picture.trust is None else picture.trust.ref)
    # A school starts from its own value, not from the trust's baseline.
    asked = of_trust and data["number"] is not None and not managed_decline
    side = wrong_side(kpi, data["number"]) if asked else None
    if side is not None:
        raise ValueRefused(f"{side} If the trust means to let it fall, say that it is a managed decline.")


def _checked(picture: Picture, facts: Mapping[str, Any], but: str | None) -> dict[str, Any]:
    """The facts, cleaned. Raises ValueRefused for the first thing that cannot be."""
    data = {name: (clean(v) or None) if type(v) is str else v for name, v in facts.items()}
    if unknown := set(data) - set(KPIS.names):
        raise ValueRefused(f"A KPI has no {', '.join(sorted(unknown))}.")
    missing = [KPIS.field(name).heading for name in (*lacking(data), *(n for n in ("code", "edition") if not data[n]))]
    if missing:
        raise ValueRefused(f"A KPI needs its {', '.join(missing)}. Fill in what is missing; nothing was saved.")
    for other in picture.kpis.values():
        if other.ref != but and other.code.casefold() == str(data["code"]).casefold():
            raise ValueRefused(f"{other.code} is taken: it is {other.title}. Choose another code; nothing was saved.")
    _check_board_set(picture, data, but)
    return data


def _check_board_set(picture: Picture, data: Mapping[str, Any], but: str | None) -> None:
    """Refuse one too many. A KPI that is in its version's set already stays, however many a file brought."""
    was = None if but is None else picture.kpis[but]
    if not data["board_set"] or (was is not None and was.board_set and was.edition == data["edition"]):
        return
    pinned = [k for k in picture.kpis_of(data["edition"]) if k.board_set and k.ref != but]
    if len(pinned) >= BOARD_SET_MOST:
        names = "; ".join(f"{k.code} {k.title}" for k in pinned)
        raise ValueRefused(
            f"The board set is full: a board can read {BOARD_SET_MOST} KPIs, and it holds {names}. "
            "Unpin one first; nothing was saved."
        )


@deed(Act.EDIT_KPIS)
def adopt_kpi(store: Store, *, by: Person, now: datetime, code: str, edition: str) -> str:
    """Make a KPI of the library one of a framework version's; its ref. It still needs its baseline and its targets.

    Its tags are those elements that the version has. Raises NotAllowed, Unknown or ValueRefused (it is here already);
    then nothing is written.
    """
    picture = load(store, now, audience_of(by))
    found, version = in_library(code), picture.editions.get(edition)
    if found is None:
        raise Unknown(f"The library has no {clean(code)}. Go back to the library and choose one.")
    if version is None:
        raise Unknown("There is no such framework version here. Choose one that is.")
    if any(k.code.casefold() == found.code.casefold() for k in picture.kpis.values()):
        raise ValueRefused(f"{found.code} is here already. Nothing was saved.")
    empty = {f.name: f.default for f in KPIS.fields}
    data = _checked(
        picture,
        {**empty, **_adopted(found), **_tags(picture, found, edition), "fictional": version.fictional},
        but=None,
    )
    ref = new_ref()
    with entry(store, by=by, now=now, deed="adopt KPI") as e:
        e.put(KPIS, ref, data, seen=0)
    return ref


def _adopted(found: LibraryKpi) -> dict[str, Any]:
    """What the library says of a KPI, as its facts. A trap in reading it stays with its definition."""
    names = ("code", "title", "level", "measure", "unit", "per", "time_nature", "aggregation", "frequency")
    facts = {
        name: getattr(found, name) for name in (*names, "reported_by", "lag_days", "floor", "direction", "counted")
    }
    return facts | {
        "definition": found.definition_and_note,
        "source": found.where_from,
        "comparator": found.comparator or None,
    }


def _tags(picture: Picture, found: LibraryKpi, edition: str) -> dict[str, Any]:
    """The elements of a version that the library names, by the number or by a word of the name; others are left out."""

    def named(part: Part, *names: int | str) -> tuple[str, ...]:
        elements = picture.parts(edition, part)
        return tuple(
            e.ref
            for name in names
            for e in elements
            if name == (e.position if isinstance(name, int) else e.code)
            or (part is Part.STRAND and str(name).casefold() in e.words.casefold().split())
        )

    return {
        "edition": edition,
        "objective": next(iter(named(Part.OBJECTIVE, found.objective)), None),
        "pillars": named(Part.PILLAR, *found.pillars),
        "statements": named(Part.STATEMENT, *found.statements),
        "strand": next(iter(named(Part.STRAND, found.strand)), None),
        "other_strands": named(Part.STRAND, *found.other_strands),
        "priorities": named(Part.PRIORITY, *found.priorities),
    }
