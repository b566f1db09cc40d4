"""Sheets to fill: one person's figures that are still wanted, as a workbook of ours; and what has come back so far."""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.linking import person_here
from framework.deeds.previewing import previewed
from framework.errors import FileRefused, Unknown, ValueRefused
from framework.kpis.kpi import Kpi, Measure, Query, Value
from framework.kpis.words import with_unit
from framework.people import Act, Audience, Person
from framework.periods import Period, day_words, local_day
from framework.picture.figures import of_words
from framework.picture.reporting import reporting_places
from framework.picture.returns import open_queries
from framework.picture.shape import Picture
from framework.places import Place
from framework.store import proposals, waiting
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.links import Slot
from framework.store.pictures import load
from framework.store.waiting import Waiting
from framework.subjects import VALUES
from framework.text import folded
from framework.workbook.plan import Plan
from framework.workbook.read import read
from framework.workbook.to_fill import Wanted, sheet_to_fill

LARGEST_READ = 300_000  # bytes; a larger file is no sheet to fill, and is read where it is loaded
_KEPT = 200  # files of which it is remembered what they hold
_held: OrderedDict[Any, frozenset[Slot]] = OrderedDict()
_lock = threading.Lock()


@deed(Act.CHASE)
def return_sheet(store: Store, *, by: Person, now: datetime, person: str, slots: Sequence[Slot]) -> tuple[str, bytes]:
    """A workbook that asks one person for these figures and loads back: its name and bytes. Writes nothing.

    It has no private column and nothing of the plan but the KPIs and places that it asks about. A figure that stands
    here already comes with it, to be looked at once more.
    Raises Unknown for somebody or something that is not here, ValueRefused when they have left or nothing is asked.
    """
    picture = load(store, now, Audience.LEADERS)
    whom = person_here(picture, person)
    if not slots:
        raise ValueRefused(f"There is no figure to ask {whom.name} for. Choose one first.")
    found = [one for slot in dict.fromkeys(slots) for one in _wanted(picture, slot)]
    wanted = sorted(found, key=lambda w: (picture.places[w.place].name, picture.kpis[w.kpi].code, w.period.ordinal))
    places = {w.place: picture.places[w.place] for w in wanted}
    meta = {
        "workbook": new_ref(),
        "revision": picture.change,
        "exported_at": now.isoformat(),
        "by": by.name,
        "title": f"Figures that {_whose(whom, tuple(places.values()))} is asked for",
        "fictional": store.sample_day is not None,
        "sample_day": None if store.sample_day is None else store.sample_day.isoformat(),
    }
    return sheet_name(whom, tuple(places.values()), local_day(now)), sheet_to_fill(wanted, picture.rows, meta)


def _wanted(picture: Picture, slot: Slot) -> Iterator[Wanted]:
    """The rows of one slot: everyone's figure, and the groups that the place sent last time or is asked about."""
    kpi, place, period = _looked_up(picture, slot)
    sent = [v for v in picture.series(kpi.ref) if v.place == place.ref and v.period.ordinal <= period.ordinal]
    asked = {q.group: q for q in open_queries(picture) if (q.kpi, q.place, q.period) == (kpi.ref, place.ref, period)}
    last = max((v.period.ordinal for v in sent), default=0)
    groups = {v.group for v in sent if v.period.ordinal == last} | asked.keys()
    for group in ("", *sorted(groups - {""})):
        own = [v for v in sent if v.group == group]
        before = [v for v in own if v.period != period and v.has_number]
        yield Wanted(
            kpi.ref,
            place.ref,
            period,
            group,
            value=next((v for v in own if v.period == period), None),
            asked=_asked(kpi, asked.get(group)),
            last_time=_said(kpi, before[-1]) if before else "",
            fictional=kpi.fictional,
        )


def _looked_up(picture: Picture, slot: Slot) -> tuple[Kpi, Place, Period]:
    kpi, place = the_kpi(picture, slot[0]), picture.places.get(slot[1])
    try:
        period = Period.parse(slot[2])
    except ValueError:
        period = None
    ends_on = None if period is None else picture.calendar.ends_on(period)
    if place is None or period is None or ends_on is None or period.kind is not kpi.frequency.kind:
        raise Unknown(f"{kpi.code} has no figure of this place and period. Load the page again.")
    if kpi.counted is not None or place not in reporting_places(picture, kpi, ends_on):
        raise Unknown(f"{kpi.code} is not reported by {place.name}. Load the page again.")
    return kpi, place, period


def _asked(kpi: Kpi, query: Query | None) -> str:
    unit = f" ({kpi.unit})" if kpi.unit else ""
    what = f"{kpi.title}{unit}" + (f": {kpi.definition}" if kpi.definition else "")
    if query is None:
        return what
    return f"Asked on {day_words(query.asked_on, weekday=False)}: {query.words}\n{what}"


def _said(kpi: Kpi, value: Value) -> str:
    assert value.number is not None
    counts = of_words(value) if kpi.measure in (Measure.PERCENTAGE, Measure.RATE) else ""
    made_of = f" ({counts})" if counts else ""
    return f"{with_unit(kpi, value.number)}{made_of}, {value.period.words}"


def sheet_name(person: Person, places: Sequence[Place], day: date) -> str:
    """What a sheet to fill is called: by the one place that it asks about, else by whoever is asked."""
    slug = re.sub(r"[^a-z0-9]+", "-", folded(_whose(person, places))).strip("-")[:60] or "someone"
    return f"figures-{slug}-{day.isoformat()}.xlsx"


def _whose(person: Person, places: Sequence[Place]) -> str:
    return places[0].name if len(places) == 1 else person.name


def given_in(store: Store, now: datetime) -> frozenset[Slot]:
    """The slots of which a value was sent and waits for a leader: proposed by link, or in a file that was brought.

    A file that cannot be read, or is far larger than a sheet to fill, tells nothing here.
    """
    proposed = {
        (one.about, str(one.data.get("place")), str(one.data.get("period")))
        for one in proposals.waiting(store)
        if one.kind is proposals.Kind.VALUE
    }
    return frozenset(proposed).union(*(_held_by(store, now, file) for file in waiting.waiting(store)))


def _held_by(store: Store, now: datetime, file: Waiting) -> frozenset[Slot]:
    """What a file would bring. Reading is heavy, so it is done once for a file and what was answered about it."""
    if file.size > LARGEST_READ:
        return frozenset()
    key = (store.url, file.ref, *sorted(file.answers.items()), "", *sorted(file.mended.items()))
    with _lock:
        found = _held.get(key)
    if found is None:
        found = _read(store, now, file)
        with _lock:
            _held[key] = found
            while len(_held) > _KEPT:
                _held.popitem(last=False)
    return found


def _read(store: Store, now: datetime, file: Waiting) -> frozenset[Slot]:
    content = waiting.content_of(store, file.ref)
    if content is None:
        return frozenset()
    try:
        plan = previewed(store, now, read(content, file.name), file.answers, file.mended).plan
    except FileRefused:
        return frozenset()
    return frozenset(_slots(plan))


def _slots(plan: Plan) -> Iterator[Slot]:
    """Values that would be new or changed, and those that would be but for a cell that is wrong."""
    rows: Iterable[Any] = (*(c.data for c in plan.changes if c.table == VALUES.table), *_wrong(plan))
    for data in rows:
        if data.get("kpi") and data.get("place") and data.get("period") is not None:
            yield data["kpi"], data["place"], data["period"].code


def _wrong(plan: Plan) -> Iterator[Any]:
    return (row.data for row in plan.left_out if row.table == VALUES.table)
