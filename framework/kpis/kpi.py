"""What a KPI is: plain dataclasses for the KPI, its targets and its values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from framework.periods import Period, PeriodKind


class Level(StrEnum):
    """What a KPI speaks of. Context is the world the trust works in and is never judged."""

    CONTEXT = "context"
    OUTPUT = "output"
    OUTCOME = "outcome"
    CONNECTION = "connection"


class Measure(StrEnum):
    COUNT = "count"
    PERCENTAGE = "percentage"
    RATE = "rate"
    AVERAGE = "average"
    SCORE = "score"
    CURRENCY = "currency"
    MILESTONE = "milestone"


class Direction(StrEnum):
    """Which way is better. NONE: neither; a missing direction is None and cannot be judged."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    NONE = "none"


class TimeNature(StrEnum):
    SNAPSHOT = "snapshot"
    FLOW = "flow"
    CUMULATIVE = "cumulative"
    DISTINCT = "distinct"


class Aggregation(StrEnum):
    """How the schools' values become the trust's."""

    SUM = "sum"
    WEIGHTED = "weighted"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    WORST = "worst"
    LATEST = "latest"


class Frequency(StrEnum):
    YEARLY = "yearly"
    TERMLY = "termly"
    HALF_TERMLY = "half-termly"
    MONTHLY = "monthly"

    @property
    def kind(self) -> PeriodKind:
        return {
            Frequency.YEARLY: PeriodKind.YEAR,
            Frequency.TERMLY: PeriodKind.TERM,
            Frequency.HALF_TERMLY: PeriodKind.HALF_TERM,
            Frequency.MONTHLY: PeriodKind.MONTH,
        }[self]


class ReportedBy(StrEnum):
    TRUST = "trust"
    SCHOOLS = "schools"
    PRIMARIES = "primary schools"
    SECONDARIES = "secondary schools"


class Basis(StrEnum):
    """Why a target is what it is."""

    STATUTORY = "statutory"
    COMPARATOR = "comparator"
    OWN_BASELINE = "own baseline"
    AGREED_AMBITION = "agreed ambition"


class State(StrEnum):
    REPORTED = "reported"
    PROVISIONAL = "provisional"
    NOT_APPLICABLE = "not applicable"
    NOT_AVAILABLE = "not available"
    WITHDRAWN = "withdrawn"


class Symbol(StrEnum):
    """The signs of DfE's data standard for a value that is not a number."""

    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"
    SUPPRESSED = "c"
    LOW = "low"  # rounds to nought but is not nought
    UNRELIABLE = "u"


@dataclass(frozen=True)
class Kpi:
    """What is measured. A missing fact is None, so that a verdict can say which one is missing."""

    ref: str
    code: str
    edition: str
    title: str
    measure: Measure
    frequency: Frequency
    objective: str | None = None
    pillars: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    strand: str | None = None
    other_strands: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    definition: str | None = None
    level: Level | None = None
    unit: str | None = None
    per: int | None = None  # of a rate: events per this many
    time_nature: TimeNature | None = None
    aggregation: Aggregation | None = None
    reported_by: ReportedBy | None = None  # None: the trust
    lag_days: int | None = None  # days after the period's end by which a value is due; None: the default
    floor: float | None = None  # the smallest difference that means anything, in the KPI's unit
    direction: Direction | None = None
    baseline: float | None = None
    baseline_period: Period | None = None
    baseline_numerator: int | None = None
    baseline_denominator: int | None = None
    source: str | None = None
    owner: str | None = None
    board_set: bool = False
    break_at: Period | None = None  # from this period on the definition is another
    break_note: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False

    @property
    def tags(self) -> frozenset[str]:
        """Every element this KPI speaks to."""
        own = (self.objective, self.strand)
        many = (*self.pillars, *self.statements, *self.other_strands, *self.priorities)
        return frozenset((*(ref for ref in own if ref is not None), *many))


@dataclass(frozen=True)
class Target:
    """A set point of a KPI's path: where it should be at the end of a period. A band has `low` and `high`."""

    ref: str
    kpi: str
    period: Period
    place: str | None = None  # None: the trust
    number: float | None = None
    low: float | None = None
    high: float | None = None
    basis: Basis | None = None
    reason: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Value:
    """One measurement of a KPI for a period, a place and a group. Only ever added: a correction is a new one."""

    ref: str  # shared by a value and its corrections
    kpi: str
    place: str
    period: Period
    group: str = ""  # `FSM: yes`; empty: everyone
    number: float | None = None  # in the KPI's unit; None when `state` or `symbol` says why
    numerator: int | None = None
    denominator: int | None = None
    state: State = State.REPORTED
    symbol: Symbol | None = None
    note: str | None = None
    fictional: bool = False
    version: int = 0  # the change that recorded it
    recorded_at: datetime | None = None  # UTC, when we were told
    corrects: bool = False  # there is an earlier value of the same slot

    @property
    def archived(self) -> bool:
        """Taken back: kept in history, shown nowhere."""
        return self.state is State.WITHDRAWN

    @property
    def has_number(self) -> bool:
        return self.number is not None and self.state in (State.REPORTED, State.PROVISIONAL)
