"""Values as people read them: in a cell, in a preview and in a history alike."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from framework.civic import Element, Part
from framework.periods import Period, year_words
from framework.subjects import Field, Kind, Subject

Known = Mapping[str, Mapping[str, Any]]  # table, ref, record

# The field by which people name a row of another subject; elements have a code of their own.
NAMED_BY = {
    "edition": "code",
    "element": "code",
    "kpi": "code",
    "action": "code",
    "person": "name",
    "place": "name",
    "organisation": "name",
}
MOST_OBJECTIVES = 26  # they are named by letters
# The fields that tell a person which row is meant.
LABELS: dict[str, tuple[str, ...]] = {
    "edition": ("code",),
    "element": ("part", "position"),
    "place": ("name",),
    "organisation": ("name",),
    "person": ("name",),
    "calendar_line": ("kind", "index", "year", "place"),
    "meeting": ("title", "on"),
    "kpi": ("code", "title"),
    "action": ("code", "title"),
    "milestone": ("action", "title"),
    "action_update": ("action", "on"),
    "evidence": ("action", "title"),
    "target": ("kpi", "place", "period"),
    "value": ("kpi", "place", "period", "group"),
    "query": ("kpi", "place", "period"),
    "kpi_note": ("kpi", "place", "period", "kind"),
    "comparator": ("kpi", "name", "period"),
    "event": ("title", "starts_on"),
}


def shown(subject: Subject, field: Field | str, value: Any, known: Known) -> str:
    """A field's value in words; empty when there is none. A reference to nothing known is shown as its ref."""
    own = subject.field(field) if isinstance(field, str) else field
    if value is None:
        return ""
    match own.kind:
        case Kind.ONE:
            return named(own.of, value, known)
        case Kind.MANY:
            return "; ".join(named(own.of, ref, known) for ref in value)
        case Kind.NUMBER | Kind.WHOLE:
            return number_words(value)
        case Kind.FLAG:
            return "yes" if value else "no"
        case Kind.SCHOOL_YEAR:
            return year_words(value)
    if isinstance(value, Period):
        return value.words
    return day_words(value) if isinstance(value, date) else str(value)


def named(table: str, ref: str, known: Known) -> str:
    """How people call a row: its code or its name."""
    row = known.get(table, {}).get(ref)
    return ref if row is None else str(getattr(row, NAMED_BY[table]))


def day_words(day: date) -> str:
    """`05 Nov 2026`: the form of the workbook's cells, the same width for every day."""
    return f"{day:%d %b} {day.year}"


def element_code(part: Part, position: int, words: str) -> str | None:
    """How people name an element that may yet be wrong; None when it has no name."""
    if part is Part.OBJECTIVE and not 1 <= position <= MOST_OBJECTIVES:
        return None
    return Element("", "", part, position, words).code


def number_words(number: float) -> str:
    """At most six decimals, none of them idle."""
    words = f"{number:.6f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
    return "0" if words == "-0" else words


def label(subject: Subject, data: Mapping[str, Any], known: Known) -> str:
    """Which row this is, in a few words: `A-14 Paired reading`, `K-A02, Hill Primary, Autumn 1, 2026/27`."""
    return joined(subject, [shown(subject, name, data.get(name), known) for name in LABELS[subject.table]])


def joined(subject: Subject, parts: list[str]) -> str:
    """A label from the words of its fields."""
    return (" " if LABELS[subject.table][0] == "code" else ", ").join(part for part in parts if part)


def called(subject: Subject, data: Mapping[str, Any], known: Known) -> str:
    """The label with the title of what it is of: `K-A02 Persistent absence, Summer 2, 2026/27`."""
    parts = []
    for name in LABELS[subject.table]:
        own, value = subject.field(name), data.get(name)
        row = known.get(own.of, {}).get(value) if own.kind is Kind.ONE and value is not None else None
        title = getattr(row, "title", None) if NAMED_BY.get(own.of) == "code" else None
        parts.append(" ".join(filter(None, (shown(subject, own, value, known), title))))
    return joined(subject, parts)
