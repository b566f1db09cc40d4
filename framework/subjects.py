"""Each subject of the product, declared once: its record, table, sheet, columns, words and privacy.

Tables, workbook, history, export and data map read these declarations, so a later subject adds itself to all of them.
A field's type in its record says how it is stored; `subject(name)` checks that record and declaration agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from framework.civic import Edition, EditionState, Element, Part
from framework.community import Event, Organisation
from framework.kpis.kpi import (
    Aggregation,
    Basis,
    Direction,
    Frequency,
    Kpi,
    Level,
    Measure,
    ReportedBy,
    State,
    Symbol,
    Target,
    TimeNature,
    Value,
)
from framework.people import Person, Role
from framework.periods import CalendarKind, CalendarLine, Meeting
from framework.places import Phase, Place, PlaceKind
from framework.plans import Action, Confidence, Milestone, Response, Status, Update, Visibility


class Kind(StrEnum):
    """What a cell of a field holds."""

    TEXT = "text"
    LONG = "long text"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"
    CHOICE = "choice"
    FLAG = "yes or no"
    ONE = "one"  # a reference to one row of another subject
    MANY = "many"  # references, parted by semicolons
    PERIOD = "period"
    SCHOOL_YEAR = "school year"


@dataclass(frozen=True)
class Field:
    """One column: its name in code and table, its heading in workbook and page, and what a cell may hold."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: type[StrEnum] | None = None
    of: str = ""  # for ONE and MANY: the table referred to
    part: Part | None = None  # for references to elements: which part
    low: float | None = None
    high: float | None = None
    default: Any = None  # of an empty cell; None: no value
    help: str = ""
    personal: bool = False
    lasting: bool = False  # once known it is kept for ever: an empty cell never clears it


@dataclass(frozen=True)
class Subject:
    """One kind of thing the product keeps.

    key      fields that tell two rows apart when the hidden id is missing
    derived  headings that the ledger knows (recorded on, earlier value); written out, read only by the sample's replay
    """

    table: str
    sheet: str
    title: str
    one: str
    record: type[Any]
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    derived: tuple[Field, ...] = ()
    appended: bool = False  # rows are only ever added; a correction is a new row

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)


def _choice(name: str, heading: str, choices: type[StrEnum], **more: Any) -> Field:
    return Field(name, heading, Kind.CHOICE, choices=choices, **more)


def _one(name: str, heading: str, of: str, **more: Any) -> Field:
    return Field(name, heading, Kind.ONE, of=of, **more)


def _many(name: str, heading: str, of: str, **more: Any) -> Field:
    return Field(name, heading, Kind.MANY, of=of, default=(), **more)


FICTIONAL = Field("fictional", "fictional", Kind.FLAG, default=False, help="yes: a made-up sample row")
_RECORDED_ON = Field("recorded_on", "recorded on", Kind.DATE, help="the day it was first written down here")

_TAGS = (
    _many("pillars", "pillars", "element", part=Part.PILLAR, help="numbers, parted by semicolons: 1; 2"),
    _many("statements", "statements", "element", part=Part.STATEMENT, help="numbers, parted by semicolons: 4; 5"),
    _one("strand", "strand", "element", part=Part.STRAND, help="the main strand"),
    _many("other_strands", "other strands", "element", part=Part.STRAND),
    _many("priorities", "priorities", "element", part=Part.PRIORITY, help="numbers, parted by semicolons: 1; 3"),
)

EDITIONS = Subject(
    "edition",
    "Versions",
    "Versions of the framework",
    "a framework version",
    Edition,
    ("code",),
    (
        Field("code", "code", required=True, help="short and lasting, such as 2025-2027"),
        Field("title", "title", required=True),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE, required=True),
        _choice("state", "state", EditionState, required=True),
        FICTIONAL,
    ),
)
ELEMENTS = Subject(
    "element",
    "Framework",
    "The framework, word for word",
    "a part of the framework",
    Element,
    ("edition", "part", "position"),
    (
        _one("edition", "version", "edition", required=True),
        _choice("part", "part", Part, required=True),
        Field("position", "order", Kind.WHOLE, required=True, low=1, help="1 for the first of its part"),
        Field("kind", "kind", help="premise or commitment of a statement; the stage of a priority"),
        Field("words", "words", Kind.LONG, required=True, help="exactly as published"),
        FICTIONAL,
    ),
)
PLACES = Subject(
    "place",
    "Schools",
    "The trust and its schools",
    "a school",
    Place,
    ("name",),
    (
        Field("name", "name", required=True),
        _choice("kind", "kind", PlaceKind, required=True),
        _choice("phase", "phase", Phase),
        Field("pupils", "pupils", Kind.WHOLE, low=0, help="on roll"),
        Field("joined_on", "joined", Kind.DATE, help="blank: from the beginning"),
        Field("left_on", "left", Kind.DATE),
        FICTIONAL,
    ),
)
ORGANISATIONS = Subject(
    "organisation",
    "Organisations",
    "Organisations",
    "an organisation",
    Organisation,
    ("name",),
    (
        Field("name", "name", required=True),
        Field("kind", "kind"),
        Field("sector", "sector"),
        Field("joined_on", "joined", Kind.DATE),
        Field("left_on", "left", Kind.DATE),
        FICTIONAL,
    ),
)
PEOPLE = Subject(
    "person",
    "People",
    "People",
    "a person",
    Person,
    ("name",),
    (
        Field("name", "name", required=True, personal=True),
        Field("initials", "initials", personal=True),
        Field("job", "job", personal=True),
        _choice("role", "role", Role, required=True),
        _one("organisation", "organisation", "organisation"),
        _one("school", "school", "place"),
        FICTIONAL,
    ),
)
CALENDAR = Subject(
    "calendar_line",
    "Calendar",
    "School years, terms, half-terms and days off",
    "a line of the calendar",
    CalendarLine,
    ("kind", "year", "index", "place"),
    (
        _choice("kind", "kind", CalendarKind, required=True),
        Field("year", "academic year", Kind.SCHOOL_YEAR, required=True, help="such as 2026/27"),
        Field("index", "index", Kind.WHOLE, required=True, low=1, help="1 for the first of its kind in the year"),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE, required=True),
        _one("place", "school", "place", help="only where a school's dates differ"),
        Field("note", "note"),
        FICTIONAL,
    ),
)
MEETINGS = Subject(
    "meeting",
    "Meetings",
    "Meetings",
    "a meeting",
    Meeting,
    ("title", "on"),
    (
        Field("title", "title", required=True),
        Field("kind", "kind", help="the body that meets"),
        Field("on", "date", Kind.DATE, required=True),
        Field("papers_on", "papers due", Kind.DATE),
        Field("note", "note", Kind.LONG),
        FICTIONAL,
    ),
)
KPIS = Subject(
    "kpi",
    "KPIs",
    "KPIs: what is measured, and how it is judged",
    "a KPI",
    Kpi,
    ("code",),
    (
        Field("code", "code", required=True, help="such as K-A02"),
        _one("edition", "version", "edition", required=True),
        _one("objective", "objective", "element", part=Part.OBJECTIVE, help="A, B or C"),
        *_TAGS,
        Field("title", "KPI", required=True),
        Field("definition", "definition", Kind.LONG),
        _choice("level", "level", Level, help="context is shown and never judged"),
        _choice("measure", "measure", Measure, required=True),
        Field("unit", "unit", help="% for a percentage; the value itself is 0 to 100"),
        Field("per", "per", Kind.WHOLE, low=1, help="of a rate: events per this many"),
        _choice("time_nature", "time nature", TimeNature),
        _choice("aggregation", "aggregation", Aggregation, help="how schools make up the trust"),
        _choice("frequency", "frequency", Frequency, required=True),
        _choice("reported_by", "reported by", ReportedBy, help="blank: the trust"),
        Field("lag_days", "lag", Kind.WHOLE, low=0, help="days after the period's end by which it is due"),
        Field("floor", "floor", Kind.NUMBER, low=0, help="the smallest difference that means anything"),
        _choice("direction", "direction", Direction, help="which way is better"),
        Field("baseline", "baseline", Kind.NUMBER),
        Field("baseline_period", "baseline period", Kind.PERIOD),
        Field("baseline_numerator", "baseline numerator", Kind.WHOLE, low=0),
        Field("baseline_denominator", "baseline denominator", Kind.WHOLE, low=0),
        Field("source", "source", help="where the figures come from"),
        _one("owner", "owner", "person"),
        Field("board_set", "board set", Kind.FLAG, default=False, help="yes: among the board's own KPIs"),
        Field("break_at", "break at", Kind.PERIOD, help="the first period of another definition"),
        Field("break_note", "what changed", Kind.LONG),
        FICTIONAL,
    ),
)
ACTIONS = Subject(
    "action",
    "Actions",
    "Actions",
    "an action",
    Action,
    ("code",),
    (
        Field("code", "code", required=True, help="such as A-14"),
        _one("edition", "version", "edition", required=True),
        _one("objective", "objective", "element", part=Part.OBJECTIVE, required=True, help="A, B or C"),
        Field("title", "action", required=True),
        _one("owner", "owner", "person"),
        _one("organisation", "organisation", "organisation", help="who leads it; blank: the trust"),
        _many("supporters", "supporters", "organisation"),
        _many("places", "schools", "place", help="blank: the whole trust"),
        *_TAGS,
        _many("kpis", "should move", "kpi", help="codes of KPIs, parted by semicolons"),
        Field("success", "what will be different", Kind.LONG),
        Field("starts_on", "start", Kind.DATE),
        Field("first_due_on", "first due", Kind.DATE, help="the first promised date, kept for ever", lasting=True),
        Field("due_on", "due", Kind.DATE, required=True),
        _choice("status", "status", Status, help="the owner's word; blank: not set"),
        _choice("confidence", "confidence", Confidence, help="the leader's judgement"),
        Field("confidence_reason", "confidence reason", Kind.LONG),
        Field("confidence_on", "confidence on", Kind.DATE),
        Field("evidence", "evidence"),
        Field("likelihood", "likelihood", Kind.WHOLE, low=1, high=5),
        Field("impact", "impact", Kind.WHOLE, low=1, high=5),
        _choice("response", "response", Response),
        _choice("visibility", "visibility", Visibility, help="blank: leaders"),
        Field("added_on", "recorded on", Kind.DATE, help="the day it was first written down here", lasting=True),
        FICTIONAL,
    ),
)
MILESTONES = Subject(
    "milestone",
    "Milestones",
    "Milestones: the dated steps of actions",
    "a milestone",
    Milestone,
    ("action", "title"),
    (
        _one("action", "action", "action", required=True),
        Field("title", "milestone", required=True),
        Field("due_on", "due", Kind.DATE, required=True),
        Field("done_on", "done on", Kind.DATE),
        FICTIONAL,
    ),
)
UPDATES = Subject(
    "action_update",
    "Updates",
    "Updates: dated words on actions",
    "an update",
    Update,
    ("action", "on", "words"),
    (
        _one("action", "action", "action", required=True),
        Field("on", "date", Kind.DATE, required=True),
        Field("words", "update", Kind.LONG, required=True),
        _choice("status", "status", Status, help="blank changes nothing"),
        Field("percent_done", "% done", Kind.NUMBER, low=0, high=100, help="the owner's word"),
        _one("by", "by", "person"),
        Field("new_due_on", "new due", Kind.DATE),
        Field("moved_because", "reason for the move"),
        Field("next_step", "next", Kind.LONG),
        Field("in_the_way", "in the way", Kind.LONG),
        Field("help_wanted", "help wanted", Kind.LONG),
        FICTIONAL,
    ),
    derived=(_RECORDED_ON,),
)
TARGETS = Subject(
    "target",
    "Targets",
    "Targets of KPIs",
    "a target",
    Target,
    ("kpi", "place", "period"),
    (
        _one("kpi", "KPI", "kpi", required=True),
        _one("place", "place", "place", help="blank: the trust"),
        Field("period", "period", Kind.PERIOD, required=True),
        Field("number", "target", Kind.NUMBER),
        Field("low", "low", Kind.NUMBER, help="of a band"),
        Field("high", "high", Kind.NUMBER, help="of a band"),
        _choice("basis", "basis", Basis),
        Field("reason", "reason", Kind.LONG),
        FICTIONAL,
    ),
    derived=(
        Field("earlier", "earlier target", Kind.NUMBER, help="what it was before it was moved"),
        Field("moved_on", "moved on", Kind.DATE),
        _RECORDED_ON,
    ),
)
VALUES = Subject(
    "value",
    "Values",
    "Values of KPIs",
    "a value",
    Value,
    ("kpi", "place", "period", "group"),
    (
        _one("kpi", "KPI", "kpi", required=True),
        _one("place", "place", "place", required=True),
        Field("period", "period", Kind.PERIOD, required=True),
        Field("group", "group", default="", help="such as FSM: yes; blank: everyone"),
        Field("number", "value", Kind.NUMBER, help="a percentage is 0 to 100"),
        Field("numerator", "numerator", Kind.WHOLE, low=0),
        Field("denominator", "denominator", Kind.WHOLE, low=0),
        _choice("state", "state", State, default=State.REPORTED),
        _choice("symbol", "symbol", Symbol, help="z not applicable, x not available, c suppressed, low, u unreliable"),
        Field("note", "note", Kind.LONG),
        FICTIONAL,
    ),
    derived=(
        Field("earlier", "earlier value", Kind.NUMBER, help="what was recorded before the correction"),
        Field("corrected_on", "corrected on", Kind.DATE),
        _RECORDED_ON,
    ),
    appended=True,
)
EVENTS = Subject(
    "event",
    "Events",
    "Events",
    "an event",
    Event,
    ("title", "starts_on"),
    (
        Field("title", "title", required=True),
        Field("kind", "kind"),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE),
        Field("where", "where"),
        _many("organisations", "organisations", "organisation"),
        _many("places", "schools", "place"),
        _one("objective", "objective", "element", part=Part.OBJECTIVE),
        Field("note", "note", Kind.LONG),
        FICTIONAL,
    ),
)

# In the order in which rows can be written: what is referred to stands before what refers to it.
SUBJECTS: tuple[Subject, ...] = (
    EDITIONS,
    ELEMENTS,
    PLACES,
    ORGANISATIONS,
    PEOPLE,
    CALENDAR,
    MEETINGS,
    KPIS,
    ACTIONS,
    MILESTONES,
    UPDATES,
    TARGETS,
    VALUES,
    EVENTS,
)
# In the order in which the workbook shows them.
SHEET_ORDER: tuple[Subject, ...] = (
    EDITIONS,
    ELEMENTS,
    ACTIONS,
    MILESTONES,
    UPDATES,
    KPIS,
    TARGETS,
    VALUES,
    PLACES,
    ORGANISATIONS,
    PEOPLE,
    EVENTS,
    CALENDAR,
    MEETINGS,
)
BY_TABLE = {s.table: s for s in SUBJECTS}
BY_SHEET = {s.sheet: s for s in SUBJECTS}


def record(subject: Subject, data: dict[str, Any]) -> Any:
    """The subject's dataclass from a row's fields; unknown names are refused by the dataclass itself."""
    return subject.record(**data)


def data_of(subject: Subject, row: Any) -> dict[str, Any]:
    """A record's declared fields as a dict: the form that workbook, comparison and ledger share."""
    return {name: getattr(row, name) for name in subject.names}


def undeclared(subject: Subject) -> Sequence[str]:
    """Fields of the record that the declaration forgot, and the reverse; empty when they agree."""
    kept = {"ref", "version", "archived", "recorded_at", "corrects"}
    in_record = {f.name for f in fields(subject.record)} - kept
    return sorted(in_record ^ set(subject.names))
