"""Who should report a KPI for a period, and by when."""

from datetime import date, timedelta

from framework.kpis.kpi import Kpi, ReportedBy
from framework.periods import Period
from framework.picture.shape import Picture
from framework.places import Phase, Place


def reporting_places(picture: Picture, kpi: Kpi, on: date) -> tuple[Place, ...]:
    """The places that should report this KPI on a day. What the app counts itself stands at the trust."""
    trust = (picture.trust,) if picture.trust else ()
    if kpi.counted is not None or kpi.reported_by in (None, ReportedBy.TRUST):
        return trust
    wanted = {ReportedBy.PRIMARIES: Phase.PRIMARY, ReportedBy.SECONDARIES: Phase.SECONDARY}.get(kpi.reported_by)
    return tuple(s for s in picture.schools if s.open_on(on) and (wanted is None or s.phase is wanted))


def due_on(picture: Picture, kpi: Kpi, period: Period, place: Place) -> date | None:
    """The last day on which a place's value for a period is on time; None when the calendar does not say."""
    lag = timedelta(days=picture.settings.lag_days if kpi.lag_days is None else kpi.lag_days)
    ends_on = picture.calendar.ends_on(period, place.ref)
    return None if ends_on is None else ends_on + lag
