"""How a field's value is kept: in a table's column, and in a revision's JSON. The two directions stand side by side."""

import hashlib
import secrets
import string
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from sys import intern
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


def refs_from(seed: str) -> Iterator[str]:
    """Names for rows, each another, the same for the same seed; in all else like `new_ref`."""
    number = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest())
    pairs = [a + b for a in _ALPHABET for b in _ALPHABET]
    room, step = len(pairs) ** 4, 1_000_003  # without a common factor: every name comes before one comes twice
    first = string.ascii_lowercase[number % 26] + _ALPHABET[number % 36]
    while True:
        number = (number + step) % room
        rest, three = divmod(number, len(pairs))
        rest, two = divmod(rest, len(pairs))
        zero, one = divmod(rest, len(pairs))
        yield first + pairs[zero] + pairs[one] + pairs[two] + pairs[three]


def to_json(subject: Subject, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a revision keeps it: references by ref, dates and periods as text."""
    kept = {}
    for name, turn in _turns(subject):
        value = data[name]
        kept[name] = value if value is None or turn is None else turn(value)
    return kept


def to_hash(subject: Subject, data: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the chain hashes it where it is read back from columns: a field that came later counts once filled."""
    kept = to_json(subject, data)
    for name in _later(subject):
        if kept[name] is None:
            del kept[name]
    return kept


@cache
def _later(subject: Subject) -> tuple[str, ...]:
    return tuple(f.name for f in subject.fields if f.since > 1)


def from_json(subject: Subject, kept: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a revision kept it, back as the record's fields. A field added since then takes its default."""
    data = {}
    for name, _, _, default, turn in _back(subject):
        value = kept.get(name, default)
        data[name] = value if turn is None else turn(value)
    return data


# What is kept in another form than a record has it. A choice is its bare word: databases are slow with anything else.
_TURNED: dict[Kind, Callable[[Any], Any]] = {
    Kind.DATE: date.isoformat,
    Kind.PERIOD: attrgetter("code"),
    Kind.MANY: list,
    Kind.CHOICE: str,
}


@cache
def _turns(subject: Subject) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Each field with what turns it into JSON. Made once: a load writes a hundred thousand rows."""
    return tuple((f.name, _TURNED.get(f.kind)) for f in subject.fields)


@cache
def _columns(subject: Subject) -> tuple[tuple[str, str, str, Callable[[Any], Any] | None], ...]:
    """Each field: its name, its column, the table it refers to, and what turns it into what the column keeps."""
    turns = {**_TURNED, Kind.DATE: None}  # a date column keeps dates
    return tuple(
        (f.name, column_name(f), f.of if f.kind is Kind.ONE else "", turns.get(f.kind)) for f in subject.fields
    )


period_of = lru_cache(maxsize=4_096)(Period.parse)  # a hundred thousand values are of a few hundred periods


def _many(value: Any) -> tuple[str, ...]:
    return tuple(map(intern, value or ()))


def _or_none(turn: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else turn(value)


def _rich(field: Field) -> Callable[[Any], Any] | None:
    """What turns a value that was kept into one of a record; None: nothing need."""
    match field.kind:
        case Kind.MANY:
            return _many
        case Kind.ONE:
            return _or_none(intern)  # thousands of rows name the same few: one text serves them all
        case Kind.DATE:
            return _or_none(lambda value: value if isinstance(value, date) else date.fromisoformat(value))
        case Kind.PERIOD:
            return _or_none(period_of)
        case _:
            return None if field.choices is None else _or_none(field.choices)


@cache
def _back(subject: Subject) -> tuple[tuple[str, str, str, Any, Callable[[Any], Any] | None], ...]:
    """Each field: name, column, the table it refers to, default, and what turns what was kept. Made once a process."""
    return tuple(
        (f.name, column_name(f), f.of if f.kind is Kind.ONE else "", f.default, _rich(f)) for f in subject.fields
    )


def to_columns(subject: Subject, data: Mapping[str, Any], ids: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """A row as its table keeps it. `ids` gives the integer key of a (table, ref)."""
    row: dict[str, Any] = {}
    for name, column, of, turn in _columns(subject):
        value = data[name]
        if value is None:
            row[column] = None
        elif of:
            row[column] = ids[of, value]
        else:
            row[column] = value if turn is None else turn(value)
    return row


def from_columns(subject: Subject, row: Mapping[str, Any], refs: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """A table's row as the record's fields. `refs` gives the ref of a (table, integer key)."""
    data = {}
    for name, column, of, _, turn in _back(subject):
        value = row[column]
        if of:
            data[name] = None if value is None else refs[of, value]
        else:
            data[name] = value if turn is None else turn(value)
    return data
