"""What a KPI of the sample is: its words for the KPIs sheet, and the curve its invented values follow."""

from dataclasses import dataclass
from datetime import date

from data.sample import days
from data.sample.days import Period
from data.sample.trust import AGNES, JOINED, PRIMARIES, SCHOOLS, TRUST
from data.sample.words import NOW


@dataclass(frozen=True)
class Curve:
    """How the invented values run. `path` is the trust's level at years since September 2023, straight in between."""

    path: tuple[tuple[float, float], ...]
    of: str = "pupils"  # what is counted over: pupils, sessions, families, staff …; "" when nothing is
    base: int = 0  # the denominator at the trust, when it is the trust that reports
    season: tuple[float, ...] = ()  # added in half-term, term or month 1, 2 …
    spread: float = 0.0  # how far schools differ
    secondary: float = 0.0  # what the secondary school adds
    noise: float = 0.0
    ready: int = 5  # days after the period's end when the figures are ready
    first: str = "2023/24"
    last: date = days.SAMPLE_DAY  # no value of a period ending later
    exact: tuple[int, ...] = ()  # the very numbers, for short counts
    groups: float | None = None  # pupils with free school meals, less the others
    share: float = 0.46  # of the denominator with free school meals


@dataclass(frozen=True)
class Kpi:
    code: str
    name: str
    definition: str
    objective: str
    level: str
    frequency: str
    reported_by: str
    direction: str
    curve: Curve | None
    measure: str = "percentage"
    unit: str = "%"
    per: int | None = None
    nature: str = "snapshot"
    aggregation: str = "weighted"
    version: str = NOW
    pillars: str = "2"
    statements: str = ""
    strand: str = "Exceptional Education"
    others: str = ""
    priorities: str = ""
    lag: int = 14
    floor: float = 0.5
    baseline: str = ""  # the period whose value it is
    started: tuple[int, int] | None = None  # of a KPI that the app counts: its baseline's two numbers
    counted: str = ""  # what the app counts for it
    comparator: str = ""
    source: str = "School records"
    owner: str = ""
    board: str = "no"

    def periods(self) -> list[Period]:
        """The periods that have begun, and for which the figures could be ready on the sample's day."""
        if self.curve is None:
            return []
        curve = self.curve
        found: list[Period] = []
        for year in days.YEARS:
            if year >= curve.first:
                found.extend(_periods_of(self.frequency, year))
        return [p for p in found if p.start <= days.SAMPLE_DAY and p.end <= curve.last]

    def places(self, period: Period) -> list[str]:
        return [place for place in self.reporters() if JOINED.get(place, days.FIRST_DAY) <= period.end]

    def reporters(self) -> tuple[str, ...]:
        if self.reported_by == "trust":
            return (TRUST,)
        return {"schools": SCHOOLS, "primary schools": PRIMARIES, "secondary schools": (AGNES,)}[self.reported_by]


def _periods_of(frequency: str, year: str) -> list[Period]:
    if frequency == "half-termly":
        return days.half_terms(year)
    if frequency == "termly":
        return days.terms(year)
    return days.months(year) if frequency == "monthly" else [days.school_year(year)]
