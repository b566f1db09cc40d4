"""Recording the values of KPIs by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.locking import check_open
from framework.errors import ValueRefused
from framework.kpis.checks import Wrong, filled_in, not_ours, number_beside_none, other_scale, wrong_value
from framework.kpis.kpi import Kpi, Measure, State, Symbol, Value
from framework.people import Act, Person, audience_of, require
from framework.periods import Period, day_words, local_day
from framework.picture.judged import reporting_places
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import VALUES
from framework.text import clean


@deed(Act.RECORD_VALUES)
def record_value(
    store: Store,
    *,
    by: Person,
    now: datetime,
    kpi: str,
    place: str,
    period: Period,
    seen: int,
    group: str = "",
    number: float | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
    sd: float | None = None,
    state: State = State.REPORTED,
    symbol: Symbol | None = None,
    note: str = "",
) -> int:
    """Add a value of `kpi` with its ledger entry, and commit; the number of the change.

    A second value for the same period, place and group corrects the first, which is kept; its `note` says why. So does
    the note of a leader's value whose window is not open; nobody else may record one there.
    sd    of an average: the standard deviation of what was averaged; None: not known
    seen  the version of the value that the person saw in that slot; 0: none
    Raises NotAllowed, Unknown, ValueRefused or Conflict, and then writes nothing.
    """
    require(by, Act.RECORD_VALUES, school=place)
    given = {"number": number, "numerator": numerator, "denominator": denominator, "sd": sd, "note": clean(note)}
    slot = {"kpi": kpi, "place": place, "period": period, "group": clean(group)}
    picture = load(store, now, audience_of(by))
    check_open(store, picture, by=by, period=period, place=place, why=note)
    data = checked_value(picture, now, {**slot, **given, "state": state, "symbol": symbol}, corrects=bool(seen))
    with entry(store, by=by, now=now, deed="record value", reason=data["note"] or "") as e:
        e.put(VALUES, new_ref(), data, seen=seen)
    assert e.change_id is not None
    return e.change_id


def checked_value(picture: Picture, now: datetime, facts: Mapping[str, Any], *, corrects: bool) -> dict[str, Any]:
    """A value's row from what was given of it; what was left out of `facts` is empty.

    corrects  whether a value stands in its slot, so that the note must say why
    Raises Unknown or ValueRefused.
    """
    measured = the_kpi(picture, facts["kpi"])
    _check_reported(measured)
    _check_place(picture, measured, facts["place"])
    check_period(picture, measured, facts["period"], now, "Give the period it was measured in.")
    _check_sd(measured, facts.get("sd"))
    empty = {f.name: f.default for f in VALUES.fields}
    data: dict[str, Any] = {**empty, **facts, "note": facts.get("note") or None, "fictional": measured.fictional}
    data |= filled_in(measured.measure, measured.per, data)
    if wrong := [*wrong_value(measured.measure, data), *_wrong_beside(picture, measured, data)]:
        raise ValueRefused(" ".join(str(w) for w in wrong) + " Nothing was saved.")
    if corrects and data["note"] is None:
        raise ValueRefused(
            "This corrects a value that is here already. Say why in the note; the earlier value is kept."
        )
    return data


def _check_reported(kpi: Kpi) -> None:
    if kpi.counted is not None:
        raise ValueRefused(f"{kpi.code} is counted here from the plan; nobody types it in. Nothing was saved.")


def _check_place(picture: Picture, kpi: Kpi, place: str) -> None:
    asked = reporting_places(picture, kpi, picture.on)
    if all(p.ref != place for p in asked):
        names = ", ".join(p.name for p in asked) or "nobody yet"
        raise ValueRefused(f"{kpi.code} is not reported by this place. It is reported by: {names}.")


def check_period(picture: Picture, kpi: Kpi, period: Period, now: datetime, wanted: str) -> None:
    """Raise ValueRefused unless the KPI has such a period and it has begun; `wanted` says what to give instead."""
    if period.kind is not kpi.frequency.kind:
        raise ValueRefused(f"{kpi.code} is measured {kpi.frequency}, so it has no value for {period.words}.")
    dates = picture.calendar.dates(period)
    if dates is None:
        raise ValueRefused(f"The calendar has no dates for {period.words}. Add them to the calendar first.")
    if dates[0] > local_day(now):
        raise ValueRefused(f"{period.words} is yet to come: it begins on {day_words(dates[0])}. {wanted}")


def _check_sd(kpi: Kpi, sd: float | None) -> None:
    if sd is not None and kpi.measure is not Measure.AVERAGE:
        raise ValueRefused(f"{kpi.code} is no average, so it has no standard deviation. Nothing was saved.")


def _wrong_beside(picture: Picture, kpi: Kpi, data: Mapping[str, Any]) -> list[Wrong]:
    """What cannot be right beside what is here: a value on another scale, a school not yet or no longer ours."""
    if data["number"] is None:
        return []
    others = [v.number for v in picture.series(kpi.ref) if v.number is not None]
    start = [] if kpi.baseline is None else [kpi.baseline]
    place, dates = picture.places[data["place"]], picture.calendar.dates(data["period"], data["place"]) or (None, None)
    wrong = (
        number_beside_none(data),
        other_scale(kpi.measure, data, others or start),
        not_ours(place.name, place.joined_on, place.left_on, *dates),
    )
    return [w for w in wrong if w is not None]


def value_seen(picture: Picture, kpi: str, place: str, period: Period, group: str = "") -> Value | None:
    """The value in force of one slot, for a form to show and to carry its version; None when there is none."""
    return next((v for v in picture.series(kpi, place, group) if v.period == period), None)
