"""Each subject of the product, declared once: its record, table, sheet, columns, words and privacy.

Tables, workbook, history, export and data map read these declarations, so a later subject adds itself to all of them.
`undeclared(subject)` checks that record and declaration agree.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from framework.subjects.civic import EDITIONS, ELEMENTS
from framework.subjects.community import EVENTS, ORGANISATIONS, PEOPLE, PLACES
from framework.subjects.dates import CALENDAR, MEETINGS
from framework.subjects.kpis import COMPARATORS, KPIS, NOTES, QUERIES, TARGETS, VALUES
from framework.subjects.plan import ACTIONS, EVIDENCE, MILESTONES, UPDATES
from framework.subjects.shape import ARCHIVED, FICTIONAL, Field, Kind, Subject

__all__ = [
    "ACTIONS",
    "ARCHIVED",
    "BY_SHEET",
    "BY_TABLE",
    "CALENDAR",
    "COMPARATORS",
    "EDITIONS",
    "ELEMENTS",
    "EVENTS",
    "EVIDENCE",
    "FICTIONAL",
    "KPIS",
    "MEETINGS",
    "MILESTONES",
    "NOTES",
    "ORGANISATIONS",
    "PEOPLE",
    "PLACES",
    "QUERIES",
    "SHEET_ORDER",
    "SUBJECTS",
    "TARGETS",
    "UPDATES",
    "VALUES",
    "Field",
    "Kind",
    "Subject",
    "data_of",
    "record",
    "undeclared",
]

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
    EVIDENCE,
    TARGETS,
    VALUES,
    QUERIES,
    NOTES,
    COMPARATORS,
    EVENTS,
)
# In the order in which the workbook shows them.
SHEET_ORDER: tuple[Subject, ...] = (
    EDITIONS,
    ELEMENTS,
    ACTIONS,
    MILESTONES,
    UPDATES,
    EVIDENCE,
    KPIS,
    TARGETS,
    VALUES,
    QUERIES,
    NOTES,
    COMPARATORS,
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
    kept = {"ref", "version", "archived", "recorded_at", "first_recorded_at", "corrects", "looking_back"}
    in_record = {f.name for f in fields(subject.record)} - kept
    return sorted(in_record ^ set(subject.names))
