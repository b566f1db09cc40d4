"""The ledger: every write is one entry, with who, when, which deed, why, from where, and the full rows it left behind.

An entry gathers rows and writes all of them at its end, in the caller's one transaction. History, undo, "as at" and
provenance are readings of what is written here.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from framework.people import Person
from framework.store import tables as t
from framework.store.coding import new_ref, to_hash, to_json
from framework.store.engine import Store
from framework.store.rows import (
    SETTING,
    Origin,
    Row,
    append_values,
    id_of,
    ids_of,
    needed_by,
    store_rows,
    store_setting,
)
from framework.subjects import SUBJECTS, Subject

FIRST_HASH = "0" * 64


class Via(StrEnum):
    PAGE = "page"
    IMPORT = "import"
    LINK = "link"
    COMMAND = "command"
    INBOX = "inbox"  # a file that lay in a watched folder


@dataclass
class Entry:
    """One change being gathered. `put` adds rows; nothing is written before the entry closes."""

    conn: sa.Connection
    now: datetime
    rows: list[Row] = field(default_factory=list)
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
        self.rows.append(Row(subject, ref, dict(data), seen, archived, origin))

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
    ids = ids_of(e.conn, needed_by(e.rows))
    by_id = None if by is None else ids.get(("person", by.ref)) or id_of(e.conn, "person", by.ref)
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
            append_values(e.conn, rows, ids, number)
        elif rows:
            store_rows(e.conn, subject, rows, ids, number, at)
    for name, value in e.settings.items():
        store_setting(e.conn, name, value, number, at)
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


_in_one_way = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False).encode


def row_facts(table: str, ref: str, version: int, archived: bool, data: Mapping[str, Any]) -> str:
    """One row as the chain sees it; the same whether it is about to be written or read back."""
    return _in_one_way([table, ref, version, archived, data])


def content_digest(facts: Iterable[str]) -> str:
    """All rows of a change, in any order."""
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()


def _content(e: Entry) -> str:
    rows = [
        # A value is known by its slot, not by its ref: a correction takes the ref of what it corrects.
        row_facts(r.subject.table, "", 0, False, to_hash(r.subject, r.data))
        if r.subject.appended
        else row_facts(r.subject.table, r.ref, r.seen + 1, r.archived, to_json(r.subject, r.data))
        for r in e.rows
    ]
    return content_digest(rows + [row_facts(SETTING, name, 0, False, {"value": v}) for name, v in e.settings.items()])
