"""How a field's value is kept: in a table's column, and in a revision's JSON. The two directions stand side by side."""

import secrets
import string
from collections.abc import Mapping
from datetime import date
from typing import Any

from framework.periods import Period
from framework.store.tables import REF_LENGTH, column_name
from framework.subjects import Field, Kind, Subject

_ALPHABET = string.ascii_lowercase + string.digits


def new_ref() -> str:
    """A random, permanent name for a row, safe in addresses and cells.

    It begins with a letter, so that no spreadsheet reads it as a number.
    """
    return secrets.choice(string.ascii_lowercase) + "".join(secrets.choice(_ALPHABET) for _ in range(REF_LENGTH - 1))


def to_json(subject: Subject, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a revision keeps it: references by ref, dates and periods as text."""
    return {f.name: _plain(f, data[f.name]) for f in subject.fields}


def to_hash(subject: Subject, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the chain hashes it where it is read back from columns: a field that came later counts once filled."""
    return {f.name: _plain(f, data[f.name]) for f in subject.fields if f.since == 1 or data[f.name] is not None}


def from_json(subject: Subject, kept: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a revision kept it, back as the record's fields. A field added since then takes its default."""
    return {f.name: _rich(f, kept.get(f.name, f.default)) for f in subject.fields}


def _plain(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.kind is Kind.DATE:
        return value.isoformat()
    if field.kind is Kind.PERIOD:
        return value.code
    return list(value) if field.kind is Kind.MANY else value


def _rich(field: Field, value: Any) -> Any:
    if field.kind is Kind.MANY:
        return tuple(value or ())
    if value is None:
        return None
    if field.kind is Kind.DATE:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if field.kind is Kind.PERIOD:
        return Period.parse(value)
    return field.choices(value) if field.choices is not None else value


def to_columns(subject: Subject, data: Mapping[str, Any], ids: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """A row as its table keeps it. `ids` gives the integer key of a (table, ref)."""
    row = {}
    for field in subject.fields:
        value = data[field.name]
        if field.kind is Kind.ONE:
            row[column_name(field)] = None if value is None else ids[field.of, value]
        elif field.kind is Kind.DATE:
            row[field.name] = value
        else:
            row[field.name] = _plain(field, value)
    return row


def from_columns(subject: Subject, row: Mapping[str, Any], refs: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """A table's row as the record's fields. `refs` gives the ref of a (table, integer key)."""
    data = {}
    for field in subject.fields:
        value = row[column_name(field)]
        if field.kind is Kind.ONE:
            data[field.name] = None if value is None else refs[field.of, value]
        else:
            data[field.name] = _rich(field, value)
    return data
