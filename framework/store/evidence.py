"""The bytes of small files that show that an action made a difference: kept once for each content."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from framework.store import tables as t
from framework.store.engine import Store


def keep(conn: sa.Connection, *, content: bytes, kind: str, at: datetime) -> str:
    """Keep a file's bytes; their SHA-256, by which evidence names them."""
    digest = hashlib.sha256(content).hexdigest()
    f = t.evidence_file.c
    if conn.execute(sa.select(f.size).where(f.sha256 == digest)).scalar() is None:
        row = {"sha256": digest, "kind": kind, "size": len(content), "made_at": at, "content": content}
        conn.execute(sa.insert(t.evidence_file).values(**row))
    return digest


def content_of(store: Store, sha256: str) -> tuple[str, bytes] | None:
    """A file's media type and bytes; None when none of that hash is kept here."""
    f = t.evidence_file.c
    with store.reading() as conn:
        row = conn.execute(sa.select(f.kind, f.content).where(f.sha256 == sha256)).first()
        return None if row is None else (row.kind, bytes(row.content))
