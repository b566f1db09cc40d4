"""Verdicts read off a picture: which value is judged, by which path, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from framework.kpis.kpi import Direction, Kpi, Level, ReportedBy, Target, Value
from framework.kpis.path import Path, SetPoint, path
from framework.kpis.rollup import Rolled, roll_up, target_together
from framework.kpis.standing import Standing, Timing, Verdict, standing
from framework.periods import Period
from framework.picture.counted import counted_values, newest_counted
from framework.picture.reporting import reporting_places as reporting_places
from framework.picture.shape import Picture
from framework.places import Place, PlaceKind


@dataclass(frozen=True)
class Latest:
    """The value that speaks for a KPI at a place.

    rolled  what a trust's figure is made of; None: reported whole
    """

    value: Value | None
    rolled: Rolled | None = None


def latest(picture: Picture, kpi: Kpi, place: str, group: str = "") -> Latest:
    """The newest value at a place. The trust's own figure where it reports one, else its schools' rolled up."""
    own = picture.latest.get((kpi.ref, place, group))
    at_trust = picture.trust is not None and place == picture.trust.ref
    if kpi.counted is not None:
        return Latest(newest_counted(picture, kpi) if at_trust and not group else None)
    if not at_trust or kpi.reported_by in (None, ReportedBy.TRUST) or _group_of_trust(group, own):
        return Latest(own)
    return _rolled(picture, kpi, group)


def _group_of_trust(group: str, own: Value | None) -> bool:
    """Schools may send everyone's figure while only the trust splits it by group; then there is nothing to roll up."""
    return group != "" and own is not None


def _rolled(picture: Picture, kpi: Kpi, group: str) -> Latest:
    """The newest period that any school has sent; earlier ones never stand in for a school that has not."""
    sent = [v for (k, p, g), v in picture.latest.items() if k == kpi.ref and g == group and _is_school(picture, p)]
    period = max((v.period for v in sent if v.has_number), key=lambda p: p.ordinal, default=None)
    if period is None:
        return Latest(None)
    return Latest(*_roll_period(picture, kpi, period, [v for v in sent if v.period == period]))


def _roll_period(picture: Picture, kpi: Kpi, period: Period, values: list[Value]) -> tuple[Value | None, Rolled]:
    assert picture.trust is not None
    ends_on = picture.calendar.ends_on(period) or picture.on
    schools = reporting_places(picture, kpi, ends_on)
    away = {v.place for v in values if v.state == "not applicable"}
    asked = [s for s in schools if s.ref not in away]
    by_roll = all(s.pupils for s in asked)
    weights = {s.ref: float(s.pupils or 1) if by_roll else 1.0 for s in asked}
    rolled = roll_up(kpi, picture.trust.ref, values, weights)
    return rolled.value, rolled


def _is_school(picture: Picture, ref: str) -> bool:
    place = picture.places.get(ref)
    return place is not None and place.kind is PlaceKind.SCHOOL


def trust_series(picture: Picture, kpi: Kpi, group: str = "") -> list[tuple[Value, Rolled | None]]:
    """The trust's values over time, oldest first: as reported, or rolled up period by period."""
    if picture.trust is None:
        return []
    if kpi.counted is not None:
        return [] if group else [(v, None) for v in counted_values(picture, kpi)]
    own = picture.series(kpi.ref, picture.trust.ref, group)
    if kpi.reported_by in (None, ReportedBy.TRUST) or _group_of_trust(group, own[-1] if own else None):
        return [(v, None) for v in own]
    by_period: dict[Period, list[Value]] = {}
    for value in picture.series(kpi.ref):
        if value.group == group and _is_school(picture, value.place):
            by_period.setdefault(value.period, []).append(value)
    made = [_roll_period(picture, kpi, p, by_period[p]) for p in sorted(by_period, key=lambda p: p.ordinal)]
    return [(value, rolled) for value, rolled in made if value is not None]


def path_of(picture: Picture, kpi: Kpi, place: str) -> Path | None:
    """The path at a place; None without a target there. A school starts from its own value of the baseline period.

    A trust without a target of its own has those of its schools together, for the periods for which each has one.
    """
    at_trust = picture.trust is not None and place == picture.trust.ref
    points = []
    for target in targets_at(picture, kpi, place):
        ends_on = picture.calendar.ends_on(target.period, None if at_trust else place)
        edges = _edges(target)
        if ends_on is not None and edges is not None:
            points.append(SetPoint(ends_on, *edges))
    start = kpi.baseline_period
    starts_on = None if start is None else picture.calendar.ends_on(start, None if at_trust else place)
    baseline = kpi.baseline if at_trust else _own_start(picture, kpi, place) if points else None
    return path(baseline, starts_on, points, shape=kpi.path_shape, band=kpi.direction is Direction.BAND)


def targets_at(picture: Picture, kpi: Kpi, place: str) -> list[Target]:
    """The targets that make a place's path, earliest first. The trust's own stand without a place.

    Where the trust has none of its own they are its schools' together, which are kept nowhere and have no ref.
    """
    at_trust = picture.trust is not None and place == picture.trust.ref
    own = [t for t in picture.targets.get(kpi.ref, ()) if t.place == place or (t.place is None and at_trust)]
    return own if own or not at_trust else _together(picture, kpi)


def _edges(target: Target) -> tuple[float, float] | None:
    if target.number is not None:
        return target.number, target.number
    return None if target.low is None or target.high is None else (target.low, target.high)


def _together(picture: Picture, kpi: Kpi) -> list[Target]:
    """The trust's targets for the periods for which every school that should report has one."""
    of_schools: dict[Period, dict[str, tuple[float, float]]] = {}
    for target in picture.targets.get(kpi.ref, ()):
        edges = _edges(target)
        if target.place is not None and edges is not None:
            of_schools.setdefault(target.period, {})[target.place] = edges
    made = []
    for period, found in of_schools.items():
        ends_on = picture.calendar.ends_on(period)
        asked = () if ends_on is None else reporting_places(picture, kpi, ends_on)
        if ends_on is None or not asked or any(p.ref not in found for p in asked):
            continue
        sizes = _sizes(picture, kpi, asked)
        low, high = (target_together(kpi, {p.ref: found[p.ref][n] for p in asked}, sizes) for n in (0, 1))
        if low is not None and high is not None:
            target = Target("", kpi.ref, period, reason="The schools' targets together.", fictional=kpi.fictional)
            one = replace(target, number=low)
            made.append(one if low == high else replace(target, low=low, high=high))
    return made


def _sizes(picture: Picture, kpi: Kpi, schools: Sequence[Place]) -> dict[str, float]:
    """What each school's share is a share of, as last known; pupils unless it is known of all; empty: not known."""
    sent = {s.ref: [v.denominator for v in picture.series(kpi.ref, s.ref) if v.denominator] for s in schools}
    if all(sent.values()):
        return {ref: float(known[-1]) for ref, known in sent.items()}
    return {s.ref: float(s.pupils) for s in schools if s.pupils}


def _own_start(picture: Picture, kpi: Kpi, place: str) -> float | None:
    of_period = [v for v in picture.series(kpi.ref, place) if v.period == kpi.baseline_period and v.has_number]
    return of_period[-1].number if of_period else None


def timing_of(picture: Picture, kpi: Kpi, place: str, value: Value | None) -> Timing:
    """Dates of the value's period, or of the period that is asked for when there is no value."""
    calendar, at = picture.calendar, None if picture.trust and place == picture.trust.ref else place
    lag = timedelta(days=picture.settings.lag_days if kpi.lag_days is None else kpi.lag_days)
    period = value.period if value is not None else _asked_for(picture, kpi, lag)
    ends_on = None if period is None else calendar.ends_on(period, at)
    after = None if period is None else calendar.ends_on(calendar.following(period), at)
    if after is not None and _past_its_edition(picture, kpi, after):
        after = None
    return Timing(period, ends_on, _later(ends_on, lag), _later(after, lag))


def _past_its_edition(picture: Picture, kpi: Kpi, day: date) -> bool:
    """An ended version asks for no more values: its last ones stand and are not out of date."""
    edition = picture.editions.get(kpi.edition)
    return edition is not None and day > edition.ends_on


def _later(day: date | None, lag: timedelta) -> date | None:
    return None if day is None else day + lag


def _asked_for(picture: Picture, kpi: Kpi, lag: timedelta) -> Period | None:
    """The newest period overdue since the version began, else the next to be due; None when the calendar has none."""
    edition = picture.editions.get(kpi.edition)
    ends = [(p, picture.calendar.ends_on(p)) for p in picture.calendar.periods(kpi.frequency.kind)]
    since = [(p, e + lag) for p, e in ends if e is not None and (edition is None or e >= edition.starts_on)]
    overdue = [p for p, due in since if due < picture.on]
    return overdue[-1] if overdue else next((p for p, _ in since), None)


def verdict(picture: Picture, kpi: Kpi, place: str | None = None, group: str = "") -> Verdict:
    """The KPI's standing at a place (None: the trust), on the picture's day."""
    where = place or (picture.trust.ref if picture.trust else "")
    key = ("verdict", kpi.ref, where, group)
    if key not in picture.cache:
        picture.cache[key] = _verdict(picture, kpi, where, group)
    found: Verdict = picture.cache[key]
    return found


def _verdict(picture: Picture, kpi: Kpi, place: str, group: str) -> Verdict:
    found = latest(picture, kpi, place, group)
    timing = timing_of(picture, kpi, place, found.value)
    way = path_of(picture, kpi, place) if kpi.level is not Level.CONTEXT else None
    reached = standing(kpi, found.value, way, timing, picture.on, alpha=picture.settings.alpha)
    rolled = found.rolled
    if reached.judged and rolled is not None and rolled.covered < picture.settings.least_coverage - 1e-9:
        least = f"{round(picture.settings.least_coverage * 100)}\N{NO-BREAK SPACE}%"
        return Verdict(Standing.PARTIAL, f"Only part is in: {rolled.words}; it is judged from {least} on.", found.value)
    return reached
