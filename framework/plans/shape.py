"""What an action, a milestone, an update and a piece of evidence are, and the words that can be chosen for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """The owner's word on an action. None, not a status, means not set."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    BLOCKED = "blocked"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def closes(self) -> bool:
        return self in CLOSED


CLOSED = frozenset({Status.DONE, Status.STOPPED})


class Confidence(StrEnum):
    """The leader's judgement of an action, with a reason and a date."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Response(StrEnum):
    """What is done about a risk."""

    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"


class MoveReason(StrEnum):
    """Why a date was moved: a short list, so that a leader can see what slips most often and why."""

    PEOPLE = "people were not free"
    MONEY = "money was not there"
    OTHERS = "we wait for someone else"
    CHECKS = "permission or checks took longer"
    MORE_WORK = "it is more work than we thought"
    WIDER = "more was added to it"
    LATE_START = "it started late"
    PRIORITIES = "something else came first"
    OTHER = "another reason"


class Answer(StrEnum):
    """Two honest answers that say nothing of how the action goes."""

    NOTHING_NEW = "nothing new"
    NOT_OURS = "not ours"


class Visibility(StrEnum):
    LEADERS = "leaders"
    TASK_FORCE = "task force"
    PUBLIC = "public"


@dataclass(frozen=True)
class Action:
    """Something someone does. `due_on` is the date promised now, `first_due_on` the first one, kept for ever."""

    ref: str
    code: str
    edition: str
    objective: str
    title: str
    due_on: date
    owner: str | None = None
    organisation: str | None = None  # who leads it; None: the trust
    supporters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # empty: the whole trust
    pillars: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    strand: str | None = None
    other_strands: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()  # what it should move
    success: str | None = None
    starts_on: date | None = None
    first_due_on: date | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    confidence_reason: str | None = None
    confidence_on: date | None = None
    evidence: str | None = None
    likelihood: int | None = None  # 1 to 5
    impact: int | None = None  # 1 to 5
    response: Response | None = None
    visibility: Visibility | None = None  # None: leaders
    added_on: date | None = None  # the day it was first written down here
    expected_change: float | None = None  # of the first of `kpis`, in its unit; minus for a fall
    expected_by: date | None = None
    hours: float | None = None  # that it takes
    cost: int | None = None  # whole pounds that it takes
    set_by: str | None = None  # the organisation that asked for it; None: the trust
    outcome: str | None = None  # what changed; asked when it is closed
    carried_from: str | None = None  # the action of an earlier version that this one carries on
    fictional: bool = False
    version: int = 0
    archived: bool = False

    @property
    def open(self) -> bool:
        return self.status not in CLOSED

    @property
    def tags(self) -> frozenset[str]:
        """Every element this action serves."""
        strand = () if self.strand is None else (self.strand,)
        return frozenset(
            (self.objective, *self.pillars, *self.statements, *strand, *self.other_strands, *self.priorities)
        )


@dataclass(frozen=True)
class Milestone:
    """A dated step of an action. `done_on` None: not yet."""

    ref: str
    action: str
    title: str
    due_on: date
    done_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Update:
    """A dated word on an action. Never overwritten; a blank status changes nothing."""

    ref: str
    action: str
    on: date
    words: str
    status: Status | None = None
    percent_done: float | None = None  # 0 to 100, the owner's word
    by: str | None = None
    new_due_on: date | None = None
    moved_because: str | None = None
    next_step: str | None = None
    in_the_way: str | None = None
    help_wanted: str | None = None
    moved_for: MoveReason | None = None
    answer: Answer | None = None  # None: a word of how it goes
    unchecked: bool = False  # it came by link, and no leader has looked at it yet
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Evidence:
    """What shows that an action made a difference: a link, or a small file kept here."""

    ref: str
    action: str
    title: str
    on: date
    link: str | None = None
    file: str | None = None  # its name
    sha256: str | None = None  # of the file's bytes; None: none is kept here
    by: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False
