"""The tables: the ledger's own, written out, and one for each subject, made from its declaration.

`table=True` classes do not validate: what comes from outside has passed a check before it reaches a table.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field as Column
from sqlmodel import SQLModel

from framework.subjects import SUBJECTS, VALUES, Field, Kind, Subject

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
REF_LENGTH = 10


class Utc(sa.types.TypeDecorator[datetime]):
    """An aware UTC moment. SQLite forgets zones: moments go in as UTC and are named so on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Source(SQLModel, table=True):
    """One row a file that was loaded. Its bytes lie in `source_file`, which may go when its time is over."""

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    name: str
    sha256: str = Column(sa_type=sa.String(64), index=True)
    size: int = Column(sa_type=sa.BigInteger)  # bytes
    received_at: datetime = Column(sa_type=Utc)
    layout: str


class SourceFile(SQLModel, table=True):
    """The original bytes of a source."""

    __tablename__ = "source_file"
    source_id: int = Column(primary_key=True, foreign_key="source.id")
    content: bytes


class Proposal(SQLModel, table=True):
    """One row a file that waits to be loaded, from a page, a watched folder or the command line.

    No part of the ledger: it can be answered, put away and forgotten. Once it is loaded, the ledger has its file.
    """

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    name: str
    sha256: str = Column(sa_type=sa.String(64), index=True)
    size: int = Column(sa_type=sa.BigInteger)  # bytes
    made_at: datetime = Column(sa_type=Utc)
    by_id: int | None = None  # None: nobody, it lay in a watched folder
    via: str
    state: str = Column(index=True)
    answers: dict[str, Any] = Column(sa_type=sa.JSON)  # question → what was chosen
    mended: dict[str, Any] = Column(sa_type=sa.JSON)  # "Sheet!H14" → the value to take instead
    settled_at: datetime | None = Column(default=None, sa_type=Utc)
    change_id: int | None = None  # the change that loaded it
    receipt: dict[str, Any] | None = Column(default=None, sa_type=sa.JSON(none_as_null=True))  # what loading it did


class ProposalFile(SQLModel, table=True):
    """The bytes of a file that waits; gone once it is settled."""

    __tablename__ = "proposal_file"
    proposal_id: int = Column(primary_key=True, foreign_key="proposal.id")
    content: bytes


class EvidenceFile(SQLModel, table=True):
    """The bytes of a piece of evidence, once for each content; evidence names them by their hash."""

    __tablename__ = "evidence_file"
    sha256: str = Column(primary_key=True, sa_type=sa.String(64))
    kind: str  # the media type, as the bytes say
    size: int = Column(sa_type=sa.BigInteger)  # bytes
    made_at: datetime = Column(sa_type=Utc)
    content: bytes


class FrozenContent(SQLModel, table=True):
    """The content of a frozen copy, compressed. Never edited; the ledger has its fingerprint and what it is of."""

    __tablename__ = "frozen_copy"
    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    sha256: str = Column(sa_type=sa.String(64))  # of the content before it was compressed
    content: bytes


class Link(SQLModel, table=True):
    """One row a personal link: a way in without an account, to the named rows alone. No part of the ledger."""

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    token_hash: str = Column(sa_type=sa.String(64), unique=True)  # SHA-256; the token itself is kept nowhere
    person_id: int = Column(index=True)
    rows: dict[str, Any] = Column(sa_type=sa.JSON)  # {"actions": [ref], "values": [[kpi, place, period]]}
    words: str  # what it asks for, and for which meeting
    made_at: datetime = Column(sa_type=Utc)
    by_id: int | None = None  # None: nobody, the Monday digest or the person's own asking
    expires_at: datetime = Column(sa_type=Utc)
    revoked_at: datetime | None = Column(default=None, sa_type=Utc)


class Asking(SQLModel, table=True):
    """One row a time that somebody was asked for a word, or asked for a fresh link. No part of the ledger."""

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    at: datetime = Column(sa_type=Utc, index=True)
    by_id: int | None = None  # None: nobody, the Monday digest
    person_id: int = Column(index=True)
    link_id: int | None = None
    kind: str
    how: str
    outcome: str  # empty: it went out; else why it did not
    rows: dict[str, Any] = Column(sa_type=sa.JSON)


class Proposed(SQLModel, table=True):
    """One row a change that waits for a leader. No part of the ledger until it is accepted."""

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    made_at: datetime = Column(sa_type=Utc)
    by_id: int
    via: str
    link_id: int | None = None
    kind: str
    about: str = Column(index=True)  # ref of the action or KPI; empty: of something new
    data: dict[str, Any] = Column(sa_type=sa.JSON)
    seen: int  # the version of the row that the person saw; 0: none
    words: str
    state: str = Column(index=True)
    settled_at: datetime | None = Column(default=None, sa_type=Utc)
    settled_by_id: int | None = None
    answer: str = ""  # what the leader said to it
    change_id: int | None = None  # the change that made it true


class Draft(SQLModel, table=True):
    """What somebody has typed and not saved. No part of the ledger; gone once it is saved."""

    person_id: int = Column(primary_key=True)
    about: str = Column(primary_key=True)
    data: dict[str, Any] = Column(sa_type=sa.JSON)
    at: datetime = Column(sa_type=Utc, index=True)


class Lease(SQLModel, table=True):
    """Who does a thing that only one process may do at a time, and until when unless they renew it."""

    name: str = Column(primary_key=True)
    holder: str
    until: datetime = Column(sa_type=Utc)


class Change(SQLModel, table=True):
    """One row a deed done: who, when, which, why, from where. Never edited; triggers see to it."""

    id: int = Column(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Column(sa_type=Utc, index=True)
    # None: the command line. No foreign key: people's rows point at changes, and the ledger must stand alone.
    by_id: int | None = None
    deed: str
    reason: str
    via: str
    source_id: int | None = Column(default=None, foreign_key="source.id")
    hash: str = Column(sa_type=sa.String(64))
    previous_hash: str = Column(sa_type=sa.String(64))


class Revision(SQLModel, table=True):
    """One row a row as a change left it, whole. `cells` says which cell of the change's source each field came from."""

    __table_args__ = (
        sa.UniqueConstraint("table_name", "row_id", "version"),
        sa.Index("ix_revision_table_name_row_id_change_id", "table_name", "row_id", "change_id"),
    )
    id: int | None = Column(default=None, primary_key=True, sa_type=sa.BigInteger().with_variant(sa.Integer, "sqlite"))
    change_id: int = Column(foreign_key="change.id", index=True)
    table_name: str
    row_id: int
    ref: str = Column(sa_type=sa.String(REF_LENGTH), index=True)
    version: int
    at: datetime = Column(sa_type=Utc)
    schema_version: int
    data: dict[str, Any] = Column(sa_type=sa.JSON)
    sheet: str | None = None
    cells: dict[str, Any] | None = Column(default=None, sa_type=sa.JSON(none_as_null=True))


class Setting(SQLModel, table=True):
    """A setting that is not at its default. Ledgered like every other row."""

    id: int | None = Column(default=None, primary_key=True)
    ref: str = Column(sa_type=sa.String(REF_LENGTH), unique=True)
    name: str = Column(unique=True)
    value: Any = Column(sa_type=sa.JSON)
    version: int
    change_id: int = Column(index=True)
    archived: bool = False


metadata = SQLModel.metadata


def column_name(field: Field) -> str:
    return f"{field.name}_id" if field.kind is Kind.ONE else field.name


def _type(field: Field) -> sa.types.TypeEngine[Any]:
    match field.kind:
        case Kind.DATE:
            return sa.Date()
        case Kind.NUMBER:
            return sa.Float(53)
        case Kind.WHOLE:
            return sa.BigInteger()
        case Kind.SCHOOL_YEAR:
            return sa.Integer()
        case Kind.FLAG:
            return sa.Boolean()
        case Kind.MANY:
            return sa.JSON()
        case _:
            return sa.String()


def _column(field: Field) -> sa.Column[Any]:
    nullable = not field.required and field.default is None
    if field.kind is Kind.ONE:
        return sa.Column(column_name(field), sa.Integer, sa.ForeignKey(f"{field.of}.id"), nullable=nullable, index=True)
    return sa.Column(field.name, _type(field), nullable=nullable)


def _editable(subject: Subject) -> sa.Table:
    """A current table: its rows may change, each change leaving a revision."""
    return sa.Table(
        subject.table,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ref", sa.String(REF_LENGTH), nullable=False, unique=True),
        *(_column(field) for field in subject.fields),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("archived", sa.Boolean, nullable=False),
    )


def _appended(subject: Subject) -> sa.Table:
    """Values: rows are only ever added. The newest row of a slot, by change, is the one in force."""
    return sa.Table(
        subject.table,
        metadata,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("ref", sa.String(REF_LENGTH), nullable=False, index=True),
        *(_column(field) for field in subject.fields),
        sa.Column("ordinal", sa.Integer, nullable=False),  # sorts periods of one kind in time
        sa.Column("change_id", sa.Integer, sa.ForeignKey("change.id"), nullable=False, index=True),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.ForeignKey("value.id")),
        sa.Column("sheet", sa.String()),
        sa.Column("cell", sa.String()),
        sa.Column("raw", sa.String()),
        sa.Column("rule", sa.String()),  # by which rule the text was read, where it could have been read otherwise
        sa.UniqueConstraint("kpi_id", "place_id", "group", "period", "change_id"),
        sa.CheckConstraint("number IS NULL OR (number > -1e300 AND number < 1e300)", name="finite"),
        sa.Index("ix_value_kpi_id_change_id", "kpi_id", "change_id"),
    )


TABLES: dict[str, sa.Table] = {s.table: _appended(s) if s is VALUES else _editable(s) for s in SUBJECTS}
VALUE = TABLES[VALUES.table]
change = metadata.tables["change"]
revision = metadata.tables["revision"]
source = metadata.tables["source"]
source_file = metadata.tables["source_file"]
setting = metadata.tables["setting"]
proposal = metadata.tables["proposal"]
proposal_file = metadata.tables["proposal_file"]
evidence_file = metadata.tables["evidence_file"]
frozen_copy = metadata.tables["frozen_copy"]
link = metadata.tables["link"]
asking = metadata.tables["asking"]
proposed = metadata.tables["proposed"]
draft = metadata.tables["draft"]
lease = metadata.tables["lease"]

# Rows here are never edited or deleted, whoever asks; a trigger refuses it in both databases.
SEALED = ("change", "revision", "value", "source", "frozen_copy")
