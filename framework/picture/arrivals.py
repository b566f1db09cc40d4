"""Which values were expected of whom by when, and when each was first recorded."""

from dataclasses import dataclass
from datetime import date

from framework.kpis.kpi import Kpi, Value
from framework.periods import Period, local_day
from framework.picture.reporting import due_on, reporting_places
from framework.picture.shape import Picture
from framework.places import Place


@dataclass(frozen=True)
class Expected:
    """A value that a place should send. `recorded_on` None: it has not come."""

    kpi: Kpi
    place: Place
    period: Period
    due_on: date
    recorded_on: date | None

    @property
    def on_time(self) -> bool:
        return self.recorded_on is not None and self.recorded_on <= self.due_on


def expected_values(picture: Picture, edition: str) -> tuple[Expected, ...]:
    """Every value that the KPIs of a version ask for, of the periods that end within it, but for counted KPIs.

    Nothing is expected of a KPI whose value was due before the KPI was written down here.
    """
    key = ("expected values", edition)
    if key not in picture.cache:
        reported = [k for k in picture.kpis_of(edition) if k.counted is None]
        picture.cache[key] = tuple(one for kpi in reported for one in _of_kpi(picture, kpi))
    found: tuple[Expected, ...] = picture.cache[key]
    return found


def _of_kpi(picture: Picture, kpi: Kpi) -> list[Expected]:
    sent = {(v.place, v.period): recorded_on(v) for v in picture.series(kpi.ref) if not v.group}
    return [
        Expected(kpi, picture.places[place], period, due, sent.get((place, period)))
        for period in picture.calendar.periods(kpi.frequency.kind)
        for place, due in asked(picture, kpi, period).items()
    ]


def asked(picture: Picture, kpi: Kpi, period: Period) -> dict[str, date]:
    """The refs of the places that a KPI's version asks for a value of a period, each with its last day on time.

    Empty for a period that ends outside the version or is of another length than the KPI's, and for counted KPIs.
    """
    version, since = picture.editions.get(kpi.edition), picture.kpi_added.get(kpi.ref)
    ends_on = picture.calendar.ends_on(period)
    outside = ends_on is not None and version is not None and not version.starts_on <= ends_on <= version.ends_on
    if ends_on is None or outside or kpi.counted is not None or period.kind is not kpi.frequency.kind:
        return {}
    dues = {p.ref: due_on(picture, kpi, period, p) for p in reporting_places(picture, kpi, ends_on)}
    return {place: due for place, due in dues.items() if due is not None and (since is None or since <= due)}


def recorded_on(value: Value) -> date | None:
    """The day on which its slot was first filled; None where nobody kept it."""
    at = value.first_recorded_at or value.recorded_at
    return None if at is None else local_day(at)
