"""The ledger: every write is one entry, with who, when, which deed, why, from where, and the full rows it left behind.

An entry gathers rows and writes all of them at its end, in the caller's one transaction. History, undo, "as at" and
provenance are readings of what is written here.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from framework.errors import Conflict
from framework.people import Person
from framework.periods import Period
from framework.store import tables as t
from framework.store.coding import new_ref, to_columns, to_json
from framework.store.engine import Store
from framework.subjects import SUBJECTS, VALUES, Kind, Subject

# The shape of `revision.data`. A later shape needs an upcaster beside `coding.from_json`, and a test.
SCHEMA_VERSION = 1
FIRST_HASH = "0" * 64
_CHUNK = 400  # below every database's limit on parameters
T = TypeVar("T")
SETTING = "setting"


class Via(StrEnum):
    PAGE = "page"
    IMPORT = "import"
    LINK = "link"
    COMMAND = "command"


@dataclass(frozen=True)
class Origin:
    """Where a row came from: the sheet, and for each field its cell and the raw text that stood in it."""

    sheet: str
    cells: Mapping[str, tuple[str, str]]


@dataclass
class _Row:
    subject: Subject
    ref: str
    data: dict[str, Any]
    seen: int
    archived: bool
    origin: Origin | None


@dataclass
class Entry:
    """One change being gathered. `put` adds rows; nothing is written before the entry closes."""

    conn: sa.Connection
    now: datetime
    rows: list[_Row] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    source_id: int | None = None
    change_id: int | None = None  # known once written; None when there was nothing to write

    def put(
        self,
        subject: Subject,
        ref: str,
        data: Mapping[str, Any],
        *,
        seen: int,
        archived: bool = False,
        origin: Origin | None = None,
    ) -> None:
        """Leave a row as `data` says: all declared fields, references as refs.

        seen  the version the person read; 0 for a new row. Another version by now raises Conflict at the end.
        """
        self.rows.append(_Row(subject, ref, dict(data), seen, archived, origin))

    def set(self, name: str, value: Any) -> None:
        """Change a setting."""
        self.settings[name] = value

    def keep_source(self, name: str, content: bytes, layout: str) -> int:
        """Keep an uploaded file, once for each content, and tie this change to it: who brought it stands there."""
        digest = hashlib.sha256(content).hexdigest()
        known = self.conn.execute(sa.select(t.source.c.id).where(t.source.c.sha256 == digest)).scalar()
        if known is None:
            row = {"ref": new_ref(), "name": name, "sha256": digest, "size": len(content)}
            made = self.conn.execute(
                sa.insert(t.source).values(**row, received_at=self.now, layout=layout)
            ).inserted_primary_key
            assert made is not None
            known = int(made[0])
            self.conn.execute(sa.insert(t.source_file).values(source_id=known, content=content))
        self.source_id = known
        return known


@contextmanager
def entry(
    store: Store, *, by: Person | None, now: datetime, deed: str, reason: str = "", via: Via = Via.PAGE
) -> Iterator[Entry]:
    """Open the one transaction of a deed; write its change, rows and hash when the block ends well.

    Raises Conflict when a row was changed after the person read it; then, as after any error, nothing is written.
    """
    with store.writing() as conn:
        gathered = Entry(conn, now)
        yield gathered
        if gathered.rows or gathered.settings:
            _write(gathered, by, deed, reason, via)


def _write(e: Entry, by: Person | None, deed: str, reason: str, via: Via) -> None:
    last = e.conn.execute(
        sa.select(t.change.c.id, t.change.c.at, t.change.c.hash).order_by(t.change.c.id.desc()).limit(1)
    ).first()
    number, previous = (last.id + 1, last.hash) if last else (1, FIRST_HASH)
    # "As at" reads by time, so time never runs backwards in the ledger, whatever a clock does.
    at = max(e.now, last.at) if last else e.now
    ids = _ids(e.conn, _needed(e.rows))
    by_id = None if by is None else ids.get(("person", by.ref)) or _id(e.conn, "person", by.ref)
    digest = change_hash(previous, at, by_id, deed, reason, via, e.source_id, _content(e))
    e.conn.execute(
        sa.insert(t.change).values(
            id=number,
            at=at,
            by_id=by_id,
            deed=deed,
            reason=reason,
            via=str(via),
            source_id=e.source_id,
            hash=digest,
            previous_hash=previous,
        )
    )
    for subject in SUBJECTS:
        rows = [row for row in e.rows if row.subject is subject]
        if rows and subject.appended:
            _append(e.conn, rows, ids, number)
        elif rows:
            _store(e.conn, subject, rows, ids, number, at)
    for name, value in e.settings.items():
        _set(e.conn, name, value, number, at)
    e.change_id = number


def change_hash(
    previous: str,
    at: datetime,
    by_id: int | None,
    deed: str,
    reason: str,
    via: str,
    source_id: int | None,
    content: str,
) -> str:
    """A change's place in the chain: SHA-256 over the change before it, its own facts and all it left behind."""
    facts = [previous, at.astimezone(UTC).isoformat(), by_id, deed, reason, str(via), source_id, content]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def row_facts(table: str, ref: str, version: int, archived: bool, data: Mapping[str, Any]) -> str:
    """One row as the chain sees it; the same whether it is about to be written or read back."""
    return json.dumps([table, ref, version, archived, data], ensure_ascii=False, sort_keys=True, allow_nan=False)


def content_digest(facts: Iterable[str]) -> str:
    """All rows of a change, in any order."""
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()


def _content(e: Entry) -> str:
    rows = [
        # A value is known by its slot, not by its ref: a correction takes the ref of what it corrects.
        row_facts(r.subject.table, "", 0, False, to_json(r.subject, r.data))
        if r.subject.appended
        else row_facts(r.subject.table, r.ref, r.seen + 1, r.archived, to_json(r.subject, r.data))
        for r in e.rows
    ]
    return content_digest(rows + [row_facts(SETTING, name, 0, False, {"value": v}) for name, v in e.settings.items()])


def _needed(rows: Sequence[_Row]) -> dict[str, set[str]]:
    """The refs whose integer keys these rows need: their own, and those they refer to."""
    needed: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row.subject.appended:
            needed[row.subject.table].add(row.ref)
        for f in row.subject.fields:
            if f.kind is Kind.ONE and row.data[f.name] is not None:
                needed[f.of].add(row.data[f.name])
    return needed


def _ids(conn: sa.Connection, needed: Mapping[str, set[str]]) -> dict[tuple[str, str], int]:
    ids = {}
    for table, refs in needed.items():
        columns = t.TABLES[table].c
        for some in _chunks(sorted(refs)):
            for row in conn.execute(sa.select(columns.id, columns.ref).where(columns.ref.in_(some))):
                ids[table, row.ref] = row.id
    return ids


def _id(conn: sa.Connection, table: str, ref: str) -> int:
    columns = t.TABLES[table].c
    return int(conn.execute(sa.select(columns.id).where(columns.ref == ref)).scalar_one())


def _store(
    conn: sa.Connection,
    subject: Subject,
    rows: Sequence[_Row],
    ids: dict[tuple[str, str], int],
    number: int,
    at: datetime,
) -> None:
    """Write rows into their current table, new ones together, and a revision of each."""
    table = t.TABLES[subject.table]
    fixed = {"change_id": number}
    new = [row for row in rows if row.seen == 0]
    if any((subject.table, row.ref) in ids for row in new):
        raise Conflict(
            f"{subject.one.capitalize()} with the same id is here already. Load the page again and try once more."
        )
    # A row may refer to a new row of its own table only if that comes first; no subject of ours does.
    if new:
        made = [
            {**to_columns(subject, r.data, ids), "ref": r.ref, "version": 1, "archived": r.archived, **fixed}
            for r in new
        ]
        conn.execute(sa.insert(table), made)
        ids.update(_ids(conn, {subject.table: {row.ref for row in new}}))
    for row in rows:
        if row.seen:
            _change(conn, table, row, to_columns(subject, row.data, ids), number)
    conn.execute(sa.insert(t.revision), [_revision(row, ids[subject.table, row.ref], number, at) for row in rows])


def _change(conn: sa.Connection, table: sa.Table, row: _Row, columns: Mapping[str, Any], number: int) -> None:
    done = conn.execute(
        sa.update(table)
        .where(table.c.ref == row.ref, table.c.version == row.seen)
        .values(**columns, version=row.seen + 1, change_id=number, archived=row.archived)
    )
    if done.rowcount != 1:
        raise Conflict(
            f"Someone else changed this {row.subject.one.split(' ', 1)[-1]} after you opened it. "
            "Nothing was saved. Look at what stands there now, then make your change again."
        )


def _revision(row: _Row, row_id: int, number: int, at: datetime) -> dict[str, Any]:
    return {
        "change_id": number,
        "table_name": row.subject.table,
        "row_id": row_id,
        "ref": row.ref,
        "version": row.seen + 1,
        "at": at,
        "schema_version": SCHEMA_VERSION,
        "data": {**to_json(row.subject, row.data), "archived": row.archived},
        "sheet": None if row.origin is None else row.origin.sheet,
        "cells": None if row.origin is None else {name: list(cell) for name, cell in row.origin.cells.items()},
    }


def _append(conn: sa.Connection, rows: Sequence[_Row], ids: dict[tuple[str, str], int], number: int) -> None:
    """Add values. A value of a slot that has one already replaces it; the earlier one stays."""
    standing = _standing(conn, {ids["kpi", row.data["kpi"]] for row in rows})
    made = []
    for row in rows:
        columns = to_columns(VALUES, row.data, ids)
        slot = (columns["kpi_id"], columns["place_id"], columns["period"], columns["group"])
        earlier = standing.get(slot)
        if (earlier.change_id if earlier else 0) != row.seen:
            raise Conflict(
                "Someone else recorded this value after you opened it. Nothing was saved. Look at theirs first."
            )
        made.append({**columns, "ref": earlier.ref if earlier else row.ref, **_cell(row), "change_id": number})
        made[-1]["ordinal"] = Period.parse(columns["period"]).ordinal
        made[-1]["replaces_id"] = earlier.id if earlier else None
    for some in _chunks(made):
        conn.execute(sa.insert(t.VALUE), list(some))


def _cell(row: _Row) -> dict[str, str | None]:
    if row.origin is None:
        return {"sheet": None, "cell": None, "raw": None}
    # The cell of the figure itself; where only its parts were given, the first of them; else the first of the row.
    cells = row.origin.cells
    name = next((n for n in ("number", "numerator", "symbol", "state", "kpi") if n in cells), None)
    cell, raw = cells[name] if name else (None, None)
    return {"sheet": row.origin.sheet, "cell": cell, "raw": raw}


def _standing(conn: sa.Connection, kpi_ids: set[int]) -> dict[tuple[int, int, str, str], Any]:
    """The newest row of each slot of these KPIs."""
    v = t.VALUE.c
    standing: dict[tuple[int, int, str, str], Any] = {}
    for some in _chunks(sorted(kpi_ids)):
        query = sa.select(v.id, v.ref, v.kpi_id, v.place_id, v.period, v.group, v.change_id).where(v.kpi_id.in_(some))
        for row in conn.execute(query.order_by(v.change_id, v.id)):
            standing[row.kpi_id, row.place_id, row.period, row.group] = row
    return standing


def _set(conn: sa.Connection, name: str, value: Any, number: int, at: datetime) -> None:
    s = t.setting.c
    old = conn.execute(sa.select(s.id, s.ref, s.version).where(s.name == name)).first()
    version = (old.version if old else 0) + 1
    ref = old.ref if old else new_ref()
    if old:
        conn.execute(sa.update(t.setting).where(s.id == old.id).values(value=value, version=version, change_id=number))
        row_id = old.id
    else:
        made = conn.execute(
            sa.insert(t.setting).values(
                ref=ref, name=name, value=value, version=version, change_id=number, archived=False
            )
        ).inserted_primary_key
        assert made is not None
        row_id = made[0]
    kept = {"name": name, "value": value, "archived": False}
    row = {"change_id": number, "table_name": SETTING, "row_id": row_id, "ref": ref, "version": version, "at": at}
    conn.execute(sa.insert(t.revision).values(**row, schema_version=SCHEMA_VERSION, data=kept))


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
