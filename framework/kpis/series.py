"""A KPI's series on its way to be read: its numbers as charted, its current stretch, its seasons, its differences."""

from collections.abc import Sequence
from dataclasses import dataclass

from framework.kpis.charted import FULL, LEAST, Caution, ChartKind, Point, Rules, adds_up, charted, kind_of
from framework.kpis.kpi import Kpi
from framework.kpis.process_limits import lag_one
from framework.kpis.season import season_means, season_share, without_season
from framework.periods import Period, PeriodKind

_LEANS = 0.5  # lag-one autocorrelation from which it is said; measurement 3.6 found 81 % false signs at 0.6
_SEASONAL = frozenset({PeriodKind.HALF_TERM, PeriodKind.TERM, PeriodKind.QUARTER, PeriodKind.MONTH})


@dataclass(frozen=True)
class Change:
    """From an earlier period to the latest. Never called a trend."""

    since: Period
    by: float


class Series:
    """The numbers of a series and the stretch that its newest value lies in.

    last     position of the newest value; None: there is none
    first    where its stretch begins; `end`: after its newest value, so that a trailing gap says nothing
    numbers  as charted, less the season's mean where `adjusted`
    """

    def __init__(self, kpi: Kpi, points: tuple[Point, ...], rules: Rules, adjust: bool) -> None:
        self.kpi, self.points, self.rules = kpi, points, rules
        plain = charted(kpi, points)
        self.last = max((n for n, number in enumerate(plain) if number is not None), default=None)
        self.season_share, self.means = self._seasons(plain)
        self.adjusted = adjust and self.means is not None
        means = self.means if self.adjusted and self.means is not None else {}
        self.numbers = without_season(plain, [p.period.index for p in points], means)
        here = points[self.last] if self.last is not None else None
        self.first = next((n for n, p in enumerate(points) if here is not None and p.group == here.group), 0)
        self.end = len(points) if self.last is None else self.last + 1
        self.stretch = self.numbers[self.first : self.end]
        self.counted = sum(n is not None for n in self.stretch)
        self.kind, said = kind_of(kpi, points[self.first : self.end], self.stretch, rules)
        if self.adjusted and self.kind in (ChartKind.P_PRIME, ChartKind.U_PRIME):
            self.kind = ChartKind.XMR
        self.cautions = [*said, *self._seen()]

    def _seen(self) -> list[Caution]:
        """What the stretch itself shows."""
        found = []
        if adds_up(self.kpi):
            found.append(Caution.DIFFERENCED)
        if None in self.stretch:
            found.append(Caution.MISSING)
        if self.counted < LEAST or self.kind is ChartKind.VALUES:
            return found
        if not self.adjusted and (self.season_share or 0.0) >= self.rules.strong_season:
            found.append(Caution.SEASONAL)
        lean = lag_one(off_the_line(self.stretch)) if self.counted >= FULL else None
        if lean is not None and lean >= _LEANS:
            found.append(Caution.LEANS)
        return found

    def _seasons(self, plain: Sequence[float | None]) -> tuple[float | None, dict[int, float] | None]:
        """The season's share of the variance and its means, of the current series; None below two full years."""
        if self.last is None or self.points[self.last].period.kind not in _SEASONAL:
            return None, None
        series = self.points[self.last].series
        numbers = [n if p.series == series else None for n, p in zip(plain, self.points, strict=True)]
        seasons = [p.period.index for p in self.points]
        return season_share(numbers, seasons), season_means(numbers, seasons)

    def from_last(self) -> Change | None:
        """From the period before the newest value's to it; None across a gap or another definition."""
        return None if not self.last else self._change(self.last - 1)

    def from_last_year(self) -> Change | None:
        if self.last is None or self.points[self.last].period.kind is PeriodKind.YEAR:
            return None
        wanted = self.points[self.last].period.a_year_before()
        return next((self._change(n) for n, p in enumerate(self.points) if p.period == wanted), None)

    def _change(self, n: int) -> Change | None:
        assert self.last is not None
        earlier, newest = self.points[n], self.points[self.last]
        if earlier.number is None or newest.number is None or earlier.series != newest.series:
            return None
        return Change(earlier.period, newest.number - earlier.number)

    def begins(self) -> list[int]:
        """Where stretches begin, as positions."""
        return [n for n in range(1, len(self.points)) if self.points[n].group != self.points[n - 1].group]

    def counts(self, part: str) -> list[int | None]:
        """Numerators or denominators; none where the period has no number."""
        return [getattr(p, part) if p.number is not None else None for p in self.points]

    def period(self, position: int | None) -> Period | None:
        return None if position is None else self.points[position].period


def off_the_line(numbers: Sequence[float | None]) -> list[float | None]:
    """Each number less the straight line through all: values on a steady climb lean on one another by that alone."""
    known = [(x, y) for x, y in enumerate(numbers) if y is not None]
    if len(known) < 2:
        return list(numbers)
    x_mean, y_mean = (sum(part) / len(known) for part in zip(*known, strict=True))
    slope = sum((x - x_mean) * (y - y_mean) for x, y in known) / sum((x - x_mean) ** 2 for x, _ in known)
    return [None if y is None else y - y_mean - slope * (x - x_mean) for x, y in enumerate(numbers)]
