"""The figures of one KPI: every period in turn with what is missing and why, its schools, its groups, its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from framework.kpis.kpi import Kpi, State, Symbol, Target, Value
from framework.kpis.rollup import Rolled
from framework.kpis.standing import Verdict
from framework.kpis.words import NBSP, with_unit
from framework.periods import Period, PeriodKind
from framework.picture.judged import latest, path_of, reporting_places, trust_series, verdict
from framework.picture.shape import Picture
from framework.places import Place


class Missing(StrEnum):
    """Why there is no number. Nought is a number and never among these."""

    NOT_REPORTED = "Not reported"
    NOT_DUE = "Not due yet"
    NOT_APPLICABLE = "Not applicable"
    NOT_AVAILABLE = "Not available"
    HIDDEN = "Hidden"


@dataclass(frozen=True)
class Figure:
    """One period at one place: a value with a number, or the reason why there is none."""

    period: Period
    place: str
    value: Value | None = None
    rolled: Rolled | None = None  # what a trust's figure is made of; None: reported whole
    missing: Missing | None = None

    @property
    def remark(self) -> str:
        """What to know before reading the number: provisional, only part of the schools, rounded or unreliable."""
        value, rolled = self.value, self.rolled
        if value is None or self.missing is not None:
            return ""
        said = []
        if value.state is State.PROVISIONAL:
            said.append("provisional")
        if rolled is not None and rolled.reported < rolled.expected:
            said.append(rolled.words)
        if value.symbol is Symbol.LOW:
            said.append("rounds to nought, is not nought")
        if value.symbol is Symbol.UNRELIABLE:
            said.append("unreliable")
        return "; ".join(said)


def is_trust(picture: Picture, place: str) -> bool:
    return picture.trust is not None and picture.trust.ref == place


def figures(picture: Picture, kpi: Kpi, place: str, group: str = "") -> list[Figure]:
    """Every period from the first value to the newest that is over, oldest first; empty before the first value."""
    key = ("figures", kpi.ref, place, group)
    if key not in picture.cache:
        picture.cache[key] = tuple(_figures(picture, kpi, place, group))
    return list(picture.cache[key])


def _figures(picture: Picture, kpi: Kpi, place: str, group: str) -> list[Figure]:
    if is_trust(picture, place):
        have: dict[Period, tuple[Value, Rolled | None]] = {
            v.period: (v, r) for v, r in trust_series(picture, kpi, group)
        }
    else:
        own = () if kpi.counted is not None else picture.series(kpi.ref, place, group)
        have = {v.period: (v, None) for v in own}
    if not have:
        return []
    over = _last_over(picture, kpi)
    ends = [*have, *([over] if over is not None else [])]
    period, last = min(have, key=_order), max(ends, key=_order)
    found = []
    while period.ordinal <= last.ordinal:
        value, rolled = have.get(period, (None, None))
        found.append(Figure(period, place, value, rolled, why_missing(picture, kpi, place, period, value)))
        period = picture.calendar.following(period)
    return found


def _last_over(picture: Picture, kpi: Kpi) -> Period | None:
    """The newest period that is over; of an ended version the last that it asked for."""
    edition = picture.editions.get(kpi.edition)
    day = picture.on if edition is None else min(picture.on, edition.ends_on + timedelta(days=1))
    return picture.calendar.last_ended(kpi.frequency.kind, day)


def _order(period: Period) -> int:
    return period.ordinal


def why_missing(picture: Picture, kpi: Kpi, place: str, period: Period, value: Value | None) -> Missing | None:
    """Why a period has no number; None when it has one."""
    if value is not None and value.has_number:
        return None
    if value is not None:
        return said_missing(value)
    at = None if is_trust(picture, place) else place
    ends_on = picture.calendar.ends_on(period, at)
    if kpi.counted is not None:
        # Nobody owes it: a period that is over without a number had nothing to count.
        return Missing.NOT_DUE if ends_on is None or picture.on <= ends_on else Missing.NOT_APPLICABLE
    lag = timedelta(days=picture.settings.lag_days if kpi.lag_days is None else kpi.lag_days)
    if ends_on is None or picture.on <= ends_on + lag:
        return Missing.NOT_DUE
    asked = reporting_places(picture, kpi, ends_on)
    known = is_trust(picture, place) or any(p.ref == place for p in asked)
    return Missing.NOT_REPORTED if known else Missing.NOT_APPLICABLE


def said_missing(value: Value) -> Missing:
    if value.state is State.NOT_APPLICABLE or value.symbol is Symbol.NOT_APPLICABLE:
        return Missing.NOT_APPLICABLE
    if value.symbol is Symbol.SUPPRESSED:
        return Missing.HIDDEN
    return Missing.NOT_REPORTED if value.state is State.WITHDRAWN else Missing.NOT_AVAILABLE


def parts(picture: Picture, kpi: Kpi, period: Period, group: str = "") -> list[tuple[Place, Figure]]:
    """What the schools sent for a period: one line a school that should report."""
    ends_on = picture.calendar.ends_on(period) or picture.on
    found = []
    for place in reporting_places(picture, kpi, ends_on):
        sent = [v for v in picture.series(kpi.ref, place.ref, group) if v.period == period]
        value = sent[-1] if sent else None
        missing = why_missing(picture, kpi, place.ref, period, value)
        found.append((place, Figure(period, place.ref, value, None, missing)))
    return found


def by_school(picture: Picture, kpi: Kpi) -> list[tuple[Place, Verdict]]:
    """Each school that reports the KPI today with its own verdict; empty where the trust reports it."""
    places = reporting_places(picture, kpi, picture.on)
    return [(p, verdict(picture, kpi, p.ref)) for p in places if not is_trust(picture, p.ref)]


def by_group(picture: Picture, kpi: Kpi, place: str) -> list[tuple[str, Figure]]:
    """The newest figure of each group at a place, `yes` before `no`; empty when nobody split it."""
    names = sorted(
        {v.group for v in picture.series(kpi.ref) if v.group}, key=lambda g: (g.split(":")[0], "yes" not in g)
    )
    found = []
    for name in names:
        newest = latest(picture, kpi, place, name)
        if newest.value is not None:
            period = newest.value.period
            why = why_missing(picture, kpi, place, period, newest.value)
            found.append((name, Figure(period, place, newest.value, newest.rolled, why)))
    return found


def target_numbers(target: Target) -> tuple[float, ...]:
    """The target, or both edges of its band."""
    edges = (target.number,) if target.number is not None else (target.low, target.high)
    return tuple(edge for edge in edges if edge is not None)


def target_words(kpi: Kpi, target: Target) -> str:
    """`20 %`, or `18 % to 22 %` for a band."""
    return " to ".join(with_unit(kpi, edge) for edge in target_numbers(target))


def of_words(value: Value | None) -> str:
    """`110 of 418`: what a share is made of; empty where it came without.

    A numerator above its denominator is a sum or a number of events: `174 over 17`.
    """
    if value is None or value.numerator is None or value.denominator is None:
        return ""
    joined = "of" if value.numerator <= value.denominator else "over"
    return f"{value.numerator:,} {joined} {value.denominator:,}".replace(" ", NBSP)


def expected_on(picture: Picture, kpi: Kpi, place: str, days: list[date]) -> Mapping[date, tuple[float, float]]:
    """Where the path stands on these days and at its own corners; empty without a path; nothing before its start."""
    way = path_of(picture, kpi, place)
    if way is None or not days:
        return {}
    wanted = sorted({*days, *way.corners})
    return {day: edges for day in wanted if (edges := way.expected(day)) is not None}


def short_period(period: Period) -> str:
    """`Au1 23`, `Au 23`, `Sep 23`, `2023/24`: as short as an axis needs."""
    if period.kind is PeriodKind.YEAR:
        return period.words
    if period.kind is PeriodKind.WEEK:
        return f"{period.starts_on_monday.day} {period.starts_on_monday:%b %y}"
    if period.kind is PeriodKind.QUARTER:
        return f"Q{period.index} {period.year_words[2:]}"
    if period.kind is PeriodKind.MONTH:
        month, of_year = period.words.split()
        return f"{month[:3]} {of_year[2:]}"
    half = "" if period.kind is PeriodKind.TERM else period.short_words[-1]
    year = period.year + (not period.short_words.startswith("Autumn"))
    return f"{period.short_words[:2]}{half} {year % 100:02d}"
