"""What a form about a KPI may offer: places a person may report for, periods that can have a value or a target."""

from framework.kpis.kpi import Kpi, State
from framework.people import Act, Person, may
from framework.periods import Period, PeriodKind
from framework.picture.judged import reporting_places
from framework.picture.shape import Picture
from framework.places import Place

# What a person may say of a value by hand, and in what words.
SAID = {
    State.REPORTED: "Reported",
    State.PROVISIONAL: "Provisional, still to be confirmed",
    State.NOT_APPLICABLE: "Not applicable here",
    State.NOT_AVAILABLE: "Not available",
    State.WITHDRAWN: "Withdrawn: it should never have been here",
}


def places_to_enter(picture: Picture, kpi: Kpi, person: Person | None) -> list[Place]:
    """Where this person may record values of the KPI; empty when nowhere, as for what the app counts itself."""
    if kpi.counted is not None:
        return []
    places = reporting_places(picture, kpi, picture.on)
    return [p for p in places if may(person, Act.RECORD_VALUES, school=p.ref)]


def periods_to_enter(picture: Picture, kpi: Kpi) -> list[Period]:
    """Every period that has begun, newest first. One that is over stands before the one that still runs."""
    begun = [p for p in picture.calendar.periods(kpi.frequency.kind) if _begins(picture, p)]
    running = [p for p in begun if (picture.calendar.ends_on(p) or picture.on) >= picture.on]
    return [p for p in reversed(begun) if p not in running] + running


def _begins(picture: Picture, period: Period) -> bool:
    dates = picture.calendar.dates(period)
    return dates is not None and dates[0] <= picture.on


def periods_to_aim(picture: Picture, kpi: Kpi) -> list[Period]:
    """Every period that a target can be for, those still to end first."""
    known = picture.calendar.periods(kpi.frequency.kind)
    coming = [p for p in known if (picture.calendar.ends_on(p) or picture.on) >= picture.on]
    return coming + [p for p in reversed(known) if p not in coming]


def groups_of(picture: Picture, kpi: Kpi) -> list[str]:
    """The groups the KPI has been split by so far; everyone first."""
    return ["", *sorted({v.group for v in picture.series(kpi.ref) if v.group})]


def periods_to_start(picture: Picture) -> list[Period]:
    """Every period of the calendar, newest first, for a baseline or a break whose frequency may still change."""
    dated = [p for kind in PeriodKind for p in picture.calendar.periods(kind)]
    return sorted(dated, key=lambda p: (-p.year, p.kind, p.index))
