"""What is looked for in the ledger, and where in it some words are.

Every query stops at the picture's change, so that what is found is right as at any date.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from framework.periods import LONDON, Period
from framework.picture.history import did, setting_words
from framework.picture.shape import Picture
from framework.store import tables as t
from framework.store.provenance import hidden
from framework.store.rows import SETTING
from framework.subjects import BY_TABLE, VALUES, Kind, Subject
from framework.text import folded

NOBODY = "-"  # in the place of a person: the command line
_UNPLAIN = re.compile(r"[^A-Za-z0-9]")
_CHUNK = 400  # below every database's limit on parameters


@dataclass(frozen=True)
class Sought:
    """What is looked for; whatever is empty does not narrow it down.

    person       the ref of whoever made the change; NOBODY: the command line
    first, last  days in London, both counted in
    table, ref   of a subject or SETTING, and of one row of it
    words        all of them in the names of a row, in what it says or said, or in the reason, deed or file
    """

    person: str | None = None
    first: date | None = None
    last: date | None = None
    table: str = ""
    ref: str = ""
    words: str = ""
    deed: str = ""


def of_changes(conn: sa.Connection, picture: Picture, sought: Sought, before: int | None) -> list[Any]:
    """What a change itself must be: early enough, on those days, by that person, that deed."""
    c = t.change.c
    where = [c.id <= picture.change]
    if before is not None:
        where.append(c.id < before)
    if sought.first is not None:
        where.append(c.at >= _begins(sought.first))
    if sought.last is not None:
        where.append(c.at < _begins(sought.last + timedelta(days=1)))
    if sought.deed:
        where.append(c.deed == sought.deed)
    if sought.person == NOBODY:
        where.append(c.by_id.is_(None))
    elif sought.person is not None:
        person = t.TABLES["person"].c
        where.append(c.by_id == sa.select(person.id).where(person.ref == sought.person).scalar_subquery())
    return where


def _begins(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def left_rows(conn: sa.Connection, sought: Sought) -> list[Any]:
    """That a change left a row of the table, or the row itself, that is looked for."""
    r, v, c = t.revision.c, t.VALUE.c, t.change.c
    if sought.ref:
        mine = sa.select(v.change_id).where(v.ref == sought.ref)
        if sought.table != VALUES.table:
            mine = sa.select(r.change_id).where(r.ref == sought.ref, r.table_name == sought.table)
        return [c.id.in_(mine)]
    if sought.table == VALUES.table:
        return [sa.exists().where(v.change_id == c.id)]
    return [sa.exists().where(r.change_id == c.id, r.table_name == sought.table)] if sought.table else []


@dataclass
class Hits:
    """Where words were found: the changes, and in each the revisions and the values (by their keys)."""

    changes: set[int] = field(default_factory=set)
    revisions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    values: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def hits_of(conn: sa.Connection, picture: Picture, sought: Sought) -> Hits | None:
    """Where the words are; None when there are none to look for."""
    words = _Words(tuple(folded(sought.words).split()), tuple(sought.words.split()))
    if not words.tokens:
        return None
    hits = Hits(set(_own_words(conn, picture, sought, words)))
    if sought.table != VALUES.table:
        for change, row in (*_named(conn, picture, sought, words), *_saying(conn, picture, sought, words)):
            hits.changes.add(change)
            if row not in hits.revisions[change]:
                hits.revisions[change].append(row)
    if sought.table in ("", SETTING):
        hits.changes.update(_settings(conn, picture, words))
    if sought.table in ("", VALUES.table):
        for change, row in _values_named(conn, picture, sought, words):
            hits.changes.add(change)
            hits.values[change].append(row)
    return hits


@dataclass(frozen=True)
class _Words:
    """Words that must all occur: folded, and as they were typed."""

    tokens: tuple[str, ...]
    typed: tuple[str, ...]

    def in_(self, text: str) -> bool:
        return all(token in folded(text) for token in self.tokens)

    def may_be_in(self, column: Any) -> list[Any]:
        """What a database can say of it: it folds no accents, so whatever is no plain letter may be anything."""
        return [column.ilike(f"%{_UNPLAIN.sub('_', word)}%") for word in self.typed]


def _own_words(conn: sa.Connection, picture: Picture, sought: Sought, words: _Words) -> Iterator[int]:
    """The changes whose reason, deed and file together hold the words."""
    c = t.change.c
    query = sa.select(c.id, c.reason, c.deed, t.source.c.name).outerjoin(t.source, t.source.c.id == c.source_id)
    deeds = conn.execute(sa.select(c.deed).distinct()).scalars()
    saying = [deed for deed in deeds if any(token in _deed(deed) for token in words.tokens)]
    told = c.reason.concat(" ").concat(sa.func.coalesce(t.source.c.name, ""))
    where = sa.and_(*words.may_be_in(told)) | c.deed.in_(saying)
    for row in conn.execute(query.where(c.id <= picture.change, where, *left_rows(conn, sought))):
        if words.in_(f"{row.reason} {_deed(row.deed)} {row.name or ''}"):
            yield row.id


def _deed(deed: str) -> str:
    return folded(f"{deed} {did(deed)}")


def _named(conn: sa.Connection, picture: Picture, sought: Sought, words: _Words) -> Iterator[tuple[int, int]]:
    """The change and key of every revision of the rows whose names hold the words."""
    r = t.revision.c
    for table, rows in picture.rows.items():
        if sought.table not in ("", table):
            continue
        refs = [ref for ref, text in _texts(picture, table) if all(token in text for token in words.tokens)]
        wanted = [ref for ref in refs if sought.ref in ("", ref)] if rows else []
        for some in _chunks(wanted):
            query = sa.select(r.change_id, r.id).where(r.table_name == table, r.ref.in_(some))
            yield from map(tuple, conn.execute(query.where(r.change_id <= picture.change).order_by(r.id)))


def _texts(picture: Picture, table: str) -> list[tuple[str, str]]:
    """Each row of a table with its names, folded: its own, those of what it is of, and what kind of thing it is."""
    key = ("history", table)
    if key not in picture.cache:
        kind = _kind(BY_TABLE[table])
        of = [f for f in BY_TABLE[table].fields if f.name in BY_TABLE[table].key and f.kind in (Kind.ONE, Kind.PERIOD)]
        picture.cache[key] = [
            (ref, folded(" ".join((kind, _name(row), *(_of(picture, f.of, getattr(row, f.name)) for f in of)))))
            for ref, row in picture.rows[table].items()
        ]
    found: list[tuple[str, str]] = picture.cache[key]
    return found


def _kind(subject: Subject) -> str:
    return f"{subject.one} {subject.sheet}"


def _name(row: Any) -> str:
    return " ".join(str(word) for name in ("code", "title", "name") if (word := getattr(row, name, None)))


def _of(picture: Picture, table: str, value: Any) -> str:
    if isinstance(value, Period):
        return value.words
    row = picture.rows.get(table, {}).get(value)
    return "" if row is None else _name(row)


def _saying(conn: sa.Connection, picture: Picture, sought: Sought, words: _Words) -> Iterator[tuple[int, int]]:
    """The change and key of every revision that says the words: what a row said once is found by it still."""
    r = t.revision.c
    kept = sa.cast(r.data, sa.String)
    query = sa.select(r.change_id, r.id, r.table_name, r.data).where(r.change_id <= picture.change)
    query = query.where(r.table_name != SETTING, *words.may_be_in(kept)).order_by(r.id)
    if sought.table:
        query = query.where(r.table_name == sought.table)
    if sought.ref:
        query = query.where(r.ref == sought.ref)
    for row in conn.execute(query):
        said = [row.data[name] for name in _said(BY_TABLE[row.table_name], picture) if row.data.get(name)]
        if words.in_(" ".join(said)):
            yield row.change_id, row.id


def _said(subject: Subject, picture: Picture) -> list[str]:
    """The fields whose words this audience may search. Rows that are referred to are found by their names."""
    private, kinds = hidden(subject, picture.audience), (Kind.TEXT, Kind.LONG, Kind.CHOICE)
    return [f.name for f in subject.fields if f.kind in kinds and f.name not in private]


def _settings(conn: sa.Connection, picture: Picture, words: _Words) -> Iterator[int]:
    """The changes of settings that are called so."""
    r = t.revision.c
    query = sa.select(r.change_id, r.data).where(r.table_name == SETTING, r.change_id <= picture.change)
    for change, data in conn.execute(query):
        if words.in_(setting_words(data["name"], data["value"])):
            yield change


def _values_named(conn: sa.Connection, picture: Picture, sought: Sought, words: _Words) -> Iterator[tuple[int, int]]:
    """The change and the key of the first value in it whose KPI and place hold the words, or whose note does."""
    v = t.VALUE.c
    query = sa.select(v.change_id, sa.func.min(v.id)).where(v.change_id <= picture.change).group_by(v.change_id)
    if sought.ref:
        query = query.where(v.ref == sought.ref)
    noted = sa.select(v.change_id, v.id, v.note).where(v.change_id <= picture.change, *words.may_be_in(v.note))
    for change, value, note in conn.execute(noted.where(v.ref == sought.ref) if sought.ref else noted):
        if words.in_(note):
            yield change, value
    kpis, places = (dict(_texts(picture, table)) for table in ("kpi", "place"))
    for columns, pairs in _slots(kpis, places, [token for token in words.tokens if token not in folded(_kind(VALUES))]):
        keys = {table: _keys(conn, table, {pair[n] for pair in pairs}) for n, table in enumerate(columns)}
        ids = [tuple(keys[table][ref] for table, ref in zip(columns, pair, strict=True)) for pair in pairs]
        named = [v[f"{table}_id"] for table in columns]
        for some in _chunks(ids):
            yield from map(tuple, conn.execute(query.where(sa.tuple_(*named).in_(some))))


def _slots(
    kpis: Mapping[str, str], places: Mapping[str, str], tokens: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """KPIs that hold all the words, places that do, and pairs that do together: their tables, their refs."""

    def lacking(text: str) -> frozenset[str]:
        return frozenset(token for token in tokens if token not in text)

    of_kpi, of_place = ({ref: lacking(text) for ref, text in some.items()} for some in (kpis, places))
    yield ("kpi",), [(ref,) for ref, lacks in of_kpi.items() if not lacks]
    yield ("place",), [(ref,) for ref, lacks in of_place.items() if not lacks]
    halves = [
        {ref: lacks for ref, lacks in some.items() if 0 < len(lacks) < len(tokens)} for some in (of_kpi, of_place)
    ]
    together: list[tuple[str, ...]] = [
        (kpi, place) for kpi, a in halves[0].items() for place, b in halves[1].items() if not a & b
    ]
    yield ("kpi", "place"), together


def _keys(conn: sa.Connection, table: str, refs: Collection[str]) -> dict[str, int]:
    columns = t.TABLES[table].c
    found: dict[str, int] = {}
    for some in _chunks(sorted(refs)):
        found |= dict(conn.execute(sa.select(columns.ref, columns.id).where(columns.ref.in_(some))).all())
    return found


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
