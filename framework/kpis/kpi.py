"""What a KPI is: plain dataclasses for the KPI, its targets and its values."""

from dataclasses import dataclass
from datetime import date, datetime
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
    MEDIAN = "median"


class Frequency(StrEnum):
    YEARLY = "yearly"
    TERMLY = "termly"
    HALF_TERMLY = "half-termly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"

    @property
    def kind(self) -> PeriodKind:
        return {
            Frequency.YEARLY: PeriodKind.YEAR,
            Frequency.TERMLY: PeriodKind.TERM,
            Frequency.HALF_TERMLY: PeriodKind.HALF_TERM,
            Frequency.QUARTERLY: PeriodKind.QUARTER,
            Frequency.MONTHLY: PeriodKind.MONTH,
            Frequency.WEEKLY: PeriodKind.WEEK,
        }[self]


class ReportedBy(StrEnum):
    TRUST = "trust"
    SCHOOLS = "schools"
    PRIMARIES = "primary schools"
    SECONDARIES = "secondary schools"


class Counted(StrEnum):
    """What the app counts of the plan itself, so that nobody types it in."""

    FRESH_UPDATES = "fresh updates"
    DATA_ARRIVED = "data arrived on time"
    LED_BY_OTHERS = "work led from outside the trust"
    ACROSS_SECTORS = "joint work across sectors"
    DONE_ON_TIME = "actions done on time"
    EVIDENCE_ON_FILE = "evidence on file"
    ACTIVE_MEMBERS = "active members"


class PathShape(StrEnum):
    """How a path runs between its dated targets. Source: measurement 3.3."""

    LINE = "straight line"  # by date
    STEPS = "steps"  # each target holds from its own day until the next
    FINAL = "last target only"  # nothing is expected before the last target's day but its own number


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
    counted: Counted | None = None  # what the app counts for it; None: it is reported
    path_shape: PathShape | None = None  # None: a straight line
    comparator: str | None = None  # who publishes a figure to set beside it
    carried_from: str | None = None  # the KPI of an earlier framework version that this one carries on
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
    managed_decline: bool = (
        False  # the trust means to let it get worse, so it may lie on the wrong side of the baseline
    )
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
    sd: float | None = None  # of an average: the standard deviation of what was averaged
    state: State = State.REPORTED
    symbol: Symbol | None = None
    note: str | None = None
    fictional: bool = False
    version: int = 0  # the change that recorded it
    recorded_at: datetime | None = None  # UTC, when we were told
    first_recorded_at: datetime | None = None  # UTC, when its slot was first filled; of a correction earlier
    corrects: bool = False  # there is an earlier value of the same slot

    @property
    def archived(self) -> bool:
        """Taken back: kept in history, shown nowhere."""
        return self.state is State.WITHDRAWN

    @property
    def has_number(self) -> bool:
        return self.number is not None and self.state in (State.REPORTED, State.PROVISIONAL)


class NoteKind(StrEnum):
    """What a note on a KPI's line does to it."""

    EVENT = "event"  # said on the chart, changes nothing
    NEW_LIMITS = "new limits"  # usual range and mean begin anew
    NEW_DEFINITION = "new definition"  # another series begins: nothing before it is set beside what follows


@dataclass(frozen=True)
class Note:
    """A word on a KPI's line at a period, by a person, with its reason. `place` None: at every place."""

    ref: str
    kpi: str
    period: Period
    kind: NoteKind
    words: str
    place: str | None = None
    definition: str | None = None  # of a new definition: its words, in force from the period on
    fictional: bool = False
    version: int = 0
    archived: bool = False


class Beside(StrEnum):
    """Whom a comparator speaks for."""

    NATIONAL = "national"
    COUNCIL = "council"
    LIKE_SCHOOLS = "like schools"


@dataclass(frozen=True)
class Comparator:
    """Someone else's figure for a period, to be set beside a KPI's in grey. Never judged."""

    ref: str
    kpi: str
    name: str  # such as England
    beside: Beside
    period: Period
    number: float
    source: str
    dated_on: date  # the day it was published
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Query:
    """A question about a value that was sent, or about one that is missing. `answered_on` None: still open."""

    ref: str
    kpi: str
    place: str
    period: Period
    words: str
    asked_on: date
    group: str = ""
    asked_by: str | None = None
    answer: str | None = None
    answered_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False
