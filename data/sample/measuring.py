"""The invented figures behind the Values sheet: every KPI, period, place and group, before anything goes missing."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from data.sample import days
from data.sample.days import Period
from data.sample.measures import Curve, Kpi
from data.sample.trust import AGNES, PUPILS, TRUST


@dataclass(frozen=True)
class Figure:
    """One measurement. Where there is a denominator, `value` is worked out from it."""

    kpi: Kpi
    period: Period
    place: str
    group: str
    value: float
    numerator: int | None
    denominator: int | None


def _sessions(roll: int, period: Period) -> int:
    return roll * 2 * sum(period.start <= day <= period.end for day in days.SCHOOL_DAYS)


# how many there are to count over, at a school with so many pupils
_COUNTED: dict[str, Callable[[int], float]] = {
    "pupils": lambda roll: roll,
    "few": lambda roll: roll,
    "cohort": lambda roll: roll / 7,
    "leavers": lambda roll: roll / 5.3,
    "families": lambda roll: roll * 0.62,
    "answers": lambda roll: roll * 0.3,
    "issues": lambda roll: max(6.0, roll * 0.035),
    "referrals": lambda roll: max(5.0, roll * 0.03),
    "staff": lambda roll: roll * 0.11,
    "teachers": lambda roll: roll * 0.055,
    "meals": lambda roll: roll * 0.42,
}


def _level(path: tuple[tuple[float, float], ...], x: float) -> float:
    if x <= path[0][0]:
        return path[0][1]
    for (x0, y0), (x1, y1) in pairwise(path):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return path[-1][1]


def _offsets(curve: Curve, places: tuple[str, ...], rng: Random) -> dict[str, float]:
    """How far each school lies from the trust, weighted so that together they lie on its curve."""
    if places == (TRUST,):
        return {TRUST: 0.0}
    raw = {p: rng.uniform(-curve.spread, curve.spread) + (curve.secondary if p == AGNES else 0.0) for p in places}
    middle = sum(raw[p] * PUPILS[p] for p in places) / sum(PUPILS[p] for p in places)
    return {p: raw[p] - middle for p in places}


def _denominator(kpi: Kpi, place: str, period: Period, rng: Random) -> int:
    assert kpi.curve is not None
    if place == TRUST:
        return round(kpi.curve.base * rng.uniform(0.93, 1.08))
    roll = round(PUPILS[place] * (0.975 + 0.008 * period.years_in + rng.uniform(-0.006, 0.006)))
    if kpi.curve.of == "sessions":
        return _sessions(roll, period)
    loose = 0.25 if kpi.curve.of in ("issues", "referrals") else 0.02
    return max(4, round(_COUNTED[kpi.curve.of](roll) * rng.uniform(1 - loose, 1 + loose)))


def _numerator(kpi: Kpi, place: str, level: float, denominator: int, rng: Random) -> int:
    if kpi.curve is not None and kpi.curve.of == "few" and place != AGNES:
        return rng.choices((0, 1, 2, 3, 4), (3, 4, 4, 2, 1))[0]
    if kpi.measure == "average":
        return max(0, round(level * denominator))
    count = max(0, round(level * denominator / 100))
    return count if kpi.measure == "rate" else min(count, denominator)


def ratio(kpi: Kpi, numerator: int, denominator: int) -> float:
    """The value of a KPI from its two numbers, to four places."""
    times = 1 if kpi.measure == "average" else kpi.per or 100
    return round(times * numerator / denominator, 4)


def _figure(kpi: Kpi, period: Period, place: str, level: float, rng: Random) -> Figure:
    assert kpi.curve is not None
    if not kpi.curve.of and not kpi.curve.base:
        return Figure(kpi, period, place, "", max(0, round(level)), None, None)
    denominator = _denominator(kpi, place, period, rng)
    numerator = _numerator(kpi, place, level, denominator, rng)
    return Figure(kpi, period, place, "", ratio(kpi, numerator, denominator), numerator, denominator)


def _by_group(kpi: Kpi, period: Period, whole: list[Figure]) -> list[Figure]:
    """Pupils with and without free school meals, who together are the trust's pupils."""
    assert kpi.curve is not None
    assert kpi.curve.groups is not None
    numerator, denominator = sum(f.numerator or 0 for f in whole), sum(f.denominator or 0 for f in whole)
    fsm = round(denominator * kpi.curve.share)
    level = 100 * numerator / denominator + kpi.curve.groups * (1 - kpi.curve.share)
    having = round(fsm * level / 100)
    parts = (("FSM: yes", having, fsm), ("FSM: no", numerator - having, denominator - fsm))
    return [Figure(kpi, period, TRUST, group, ratio(kpi, n, d), n, d) for group, n, d in parts]


def figures(kpi: Kpi) -> list[Figure]:
    """Everything that could have been measured of a KPI. The same on every call: each KPI has its own seed."""
    if kpi.curve is None:
        return []
    curve, rng = kpi.curve, Random(f"civic duty {kpi.code}")
    offsets = _offsets(curve, kpi.reporters(), rng)
    found: list[Figure] = []
    for n, period in enumerate(kpi.periods()):
        level = curve.exact[n] if curve.exact else _level(curve.path, period.years_in)
        level += curve.season[period.index - 1] if curve.season else 0.0
        whole = [
            _figure(kpi, period, place, level + offsets[place] + rng.gauss(0, curve.noise), rng)
            for place in kpi.places(period)
        ]
        found.extend(whole)
        if curve.groups is not None:
            found.extend(_by_group(kpi, period, whole))
    return found
