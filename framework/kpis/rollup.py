"""How the schools' values become the trust's, how much of the trust they cover, and how both changed together.

Computed from true values, never from standings. Below the least coverage (a setting) the figure is not judged.
Source: measurement 3.8; 3.1 for what each measure does unless the KPI says otherwise.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt
from statistics import median

from framework.kpis.kpi import Aggregation, Direction, Kpi, Measure, State, Symbol, Value
from framework.kpis.words import half_up


@dataclass(frozen=True)
class Rolled:
    """The trust's value of one period, made of its schools'. `value` None: no school has sent what it takes."""

    value: Value | None
    reported: int  # schools in it
    expected: int  # schools that should be
    covered: float  # share of the weight (pupils; schools where a roll is not known), 0 to 1
    by_pupils: bool = True

    @property
    def words(self) -> str:
        """`6 of 7 schools, 91 % of pupils`."""
        if self.reported >= self.expected or not self.by_pupils:
            return f"{self.reported} of {self.expected} schools"
        # Never 100 % while a school is missing, however small it is.
        share = min(int(half_up(self.covered * 100, 0)), 99)
        return f"{self.reported} of {self.expected} schools, {share}\N{NO-BREAK SPACE}% of pupils"


@dataclass(frozen=True)
class Together:
    """A trust's change over the schools that sent a number in both periods, in the KPI's unit."""

    change: float
    changes: Mapping[str, float]  # place → its own change
    of_before: int  # schools that sent a number in the earlier period
    of_after: int

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(self.changes)


@dataclass(frozen=True)
class Mix:
    """How many schools rose and fell beside the trust's change. Those that did not move are neither."""

    trust_change: float
    rose: int
    fell: int
    opposite: bool  # most schools went the other way: the schools' sizes moved the trust (Simpson's paradox)


def roll_up(kpi: Kpi, trust: str, values: Sequence[Value], weights: Mapping[str, float] | None = None) -> Rolled:
    """The trust's value from its schools' values of one period.

    trust    what the trust is called in the value that comes out
    values   at most one a school, all of the same KPI, period and group; a missing one, or one whose denominator is
             0, is left out
    weights  one entry a school that should report: its pupils, or 1; decides the coverage. None: those in `values`
    A milestone becomes the schools that have done it, of all that should.
    """
    expected = dict.fromkeys((v.place for v in values), 1.0) if weights is None else weights
    # By period first, so that the latest is so by what it describes and not by when it was entered.
    in_time = sorted(values, key=lambda v: (v.period.ordinal, v.version))
    sent = [v for v in in_time if v.has_number and v.denominator != 0 and v.place in expected]
    whole = sum(expected.values())
    covered = sum(expected[v.place] for v in sent) / whole if whole else 0.0
    by_pupils = any(weight != 1 for weight in expected.values())
    together = _together(kpi, sent, len(expected)) if sent else None
    if together is None:
        return Rolled(None, len(sent), len(expected), covered, by_pupils)
    number, numerator, denominator = together
    value = replace(
        sent[-1],
        place=trust,
        number=number,
        numerator=numerator,
        denominator=denominator,
        sd=_spread(kpi, sent, number),
        state=State.PROVISIONAL if any(v.state is State.PROVISIONAL for v in sent) else State.REPORTED,
        symbol=Symbol.UNRELIABLE if any(v.symbol is Symbol.UNRELIABLE for v in sent) else None,
        note=None,
        corrects=False,
    )
    return Rolled(value, len(sent), len(expected), covered, by_pupils)


def combined(
    how: Aggregation, numbers: Sequence[float], weights: Sequence[float] | None = None, *, direction: Direction | None
) -> float | None:
    """Numbers of several places as one, the newest last; None where there is no way to (weights or direction missing).

    The median of an even count lies half-way between the middle two.
    """
    if not numbers:
        return None
    match how:
        case Aggregation.SUM:
            return fsum(numbers)
        case Aggregation.WEIGHTED:
            whole = fsum(weights or ())
            return fsum(x * w for x, w in zip(numbers, weights or (), strict=True)) / whole if whole > 0 else None
        case Aggregation.MEAN:
            return fsum(numbers) / len(numbers)
        case Aggregation.MEDIAN:
            return float(median(numbers))
        case Aggregation.LATEST:
            return numbers[-1]
        case Aggregation.WORST:
            worst = {Direction.LOWER: max, Direction.HIGHER: min}.get(direction or Direction.NONE)
            return None if worst is None else worst(numbers)
    return (max if how is Aggregation.MAX else min)(numbers)


def usual(measure: Measure) -> Aggregation:
    """How a measure is rolled up unless its KPI says otherwise. A score never by a mean. Source: measurement 3.1."""
    if measure in (Measure.PERCENTAGE, Measure.RATE, Measure.AVERAGE):
        return Aggregation.WEIGHTED
    return Aggregation.MEDIAN if measure is Measure.SCORE else Aggregation.SUM


def _together(kpi: Kpi, sent: Sequence[Value], asked: int) -> tuple[float, int | None, int | None] | None:
    """Number, numerator and denominator; None where shares came without what they are shares of."""
    numbers = [v.number for v in sent if v.number is not None]
    how = kpi.aggregation or usual(kpi.measure)
    if kpi.measure is Measure.MILESTONE and how is Aggregation.SUM:
        done = sum(number >= 1 for number in numbers)
        return float(done), done, asked
    if how is Aggregation.WEIGHTED:
        return _weighted(kpi, sent, numbers)
    number = combined(how, numbers, direction=kpi.direction)
    return None if number is None else (number, None, None)


def _weighted(kpi: Kpi, sent: Sequence[Value], numbers: Sequence[float]) -> tuple[float, int | None, int | None] | None:
    below = [v.denominator for v in sent if v.denominator is not None]
    above = [v.numerator for v in sent if v.numerator is not None]
    if len(below) < len(sent):
        return None
    n, d = sum(above) if len(above) == len(sent) else None, sum(below)
    if n is not None and kpi.measure in (Measure.PERCENTAGE, Measure.RATE):
        return (100 if kpi.measure is Measure.PERCENTAGE else (kpi.per or 1)) * n / d, n, d
    number = combined(Aggregation.WEIGHTED, numbers, below, direction=kpi.direction)
    return None if number is None else (number, n, d)


def _spread(kpi: Kpi, sent: Sequence[Value], mean: float) -> float | None:
    """The standard deviation over everyone counted in an average, within the schools and between; None: not known."""
    if kpi.measure is not Measure.AVERAGE or (kpi.aggregation or Aggregation.WEIGHTED) is not Aggregation.WEIGHTED:
        return None
    parts = [(v.number, v.sd, v.denominator) for v in sent]
    known = [(m, s, n) for m, s, n in parts if m is not None and s is not None and n is not None]
    counted = sum(n for _, _, n in known)
    if len(known) < len(parts) or counted < 2:
        return None
    return sqrt(fsum((n - 1) * s**2 + n * (m - mean) ** 2 for m, s, n in known) / (counted - 1))


def target_together(kpi: Kpi, targets: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """The trust's target where only its schools have some: their sum, or sum(T * d) / sum d; None: no way.

    targets  place → its target for one period
    weights  place → what its share is a share of; needed where shares are weighted alone, and then of every place
    Source: measurement 3.3. The latest of several targets is no target of the trust, so there is none.
    """
    how = kpi.aggregation or usual(kpi.measure)
    if how is Aggregation.LATEST or (how is Aggregation.WEIGHTED and not targets.keys() <= weights.keys()):
        return None
    heavy = [weights[place] for place in targets] if how is Aggregation.WEIGHTED else None
    return combined(how, list(targets.values()), heavy, direction=kpi.direction)


def levels(values: Sequence[Value]) -> dict[float, int]:
    """The distribution of a score: level → how many schools stand at it, lowest level first."""
    found = Counter(v.number for v in values if v.has_number and v.number is not None)
    return dict(sorted(found.items()))


def same_places(before: Sequence[Value], after: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """The values of the places that have a number in both, in the same order of places."""
    earlier, later = ({v.place: v for v in values if _counts(v)} for values in (before, after))
    both = sorted(earlier.keys() & later.keys())
    return [earlier[place] for place in both], [later[place] for place in both]


def change_together(kpi: Kpi, trust: str, before: Sequence[Value], after: Sequence[Value]) -> Together | None:
    """The trust's change from one period to another over the same schools; None where none sent both.

    before, after  the schools' values of each period, at most one a school
    """
    earlier, later = same_places(before, after)
    was, now = (roll_up(kpi, trust, values).value for values in (earlier, later))
    if was is None or now is None or was.number is None or now.number is None:
        return None
    pairs = ((b.place, b.number, a.number) for b, a in zip(earlier, later, strict=True))
    changes = {place: y - x for place, x, y in pairs if x is not None and y is not None}
    return Together(now.number - was.number, changes, _sent(before), _sent(after))


def against(together: Together) -> Mix:
    """Whether the trust and most of its schools moved opposite ways. Source: measurement 3.8 ("show the mix")."""
    ways = [_way(change) for change in together.changes.values()]
    rose, fell = ways.count(1), ways.count(-1)
    other = {1: fell, -1: rose}.get(_way(together.change), 0)
    return Mix(together.change, rose, fell, 2 * other > len(ways))


def _way(change: float) -> int:
    # Sums of floats that should be equal differ in their last digits, and that is no move.
    return 0 if abs(change) <= 1e-9 else 1 if change > 0 else -1


def _counts(value: Value) -> bool:
    return value.has_number and value.denominator != 0


def _sent(values: Sequence[Value]) -> int:
    return sum(_counts(v) for v in values)
