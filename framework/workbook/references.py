"""From a name in a cell to the row it means, among the rows of the file and those that stand here already.

What the file calls a row counts first, then what it is called here, then rows that were archived.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from framework.civic import EditionState, Part
from framework.periods import Calendar, CalendarLine
from framework.subjects import BY_TABLE, Field, data_of
from framework.text import clean
from framework.workbook.problems import Unfit
from framework.workbook.text import key, quoted
from framework.workbook.words import NAMED_BY, Known, element_code

_PARTED = re.compile(r"[;\n]")
_Names = dict[tuple[str, ...], list[str]]  # the name (of an element: edition, part, name) to refs


@dataclass(frozen=True)
class _Bearers:
    """Who bears a name. `first`: whoever is meant unless what stands here says otherwise.

    among  rows that are meant where they stand here already
    many   how many bear it alike; above 1 it names none of them
    """

    first: str
    among: frozenset[str]
    many: int


class Directory:
    """Finds rows by what people call them."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._in_file: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self._layers: dict[str, list[_Names]] = {}
        self._standing: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._bearers: dict[tuple[str, Part | None, str, tuple[str, ...]], _Bearers | None] = {}
        self._editions: dict[date | None, tuple[str, ...]] = {}

    def add(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Take in a sheet's rows, by ref, as the file leaves them.

        What refers to a table is read after it, so its names are complete by then.
        """
        self._in_file[table] = rows
        self._editions.clear()

    def standing(self, table: str, ref: str | None) -> Mapping[str, Any]:
        """The fields of a row as it stands here; empty when it does not. Not to be changed."""
        place = (table, ref or "")
        found = self._standing.get(place)
        if found is None:
            row = self._known.get(table, {}).get(ref or "")
            found = self._standing[place] = {} if row is None else data_of(BY_TABLE[table], row)
        return found

    def whole(self, table: str, ref: str | None) -> Mapping[str, Any]:
        """The fields of a row as the file leaves it."""
        return self._in_file.get(table, {}).get(ref or "") or self.standing(table, ref)

    def here(self, table: str) -> dict[str, Mapping[str, Any]]:
        """The rows that stand here, without the archived: ref → fields."""
        found = self._known.get(table, {})
        return {ref: data_of(BY_TABLE[table], row) for ref, row in found.items() if not row.archived}

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar as the file leaves it, without lines that cannot be right. Ask once its sheet was read."""
        return Calendar(_lines({**self.here("calendar_line"), **self._in_file.get("calendar_line", {})}))

    @cached_property
    def calendar_here(self) -> Calendar:
        """The calendar as it stands here, for what is read before its sheet."""
        return Calendar(_lines(self.here("calendar_line")))

    def find_one(self, field: Field, text: str, editions: Sequence[str], standing: str | None) -> str:
        """The ref a cell names. `standing` is what the field holds here; it settles a name that two rows bear."""
        found = self._find(field, text, tuple(editions), (standing,) if standing else ())
        if found is None:
            raise Unfit("REF-UNKNOWN", _unknown(field, text))
        return found

    def find_many(self, field: Field, text: str, editions: Sequence[str], standing: Iterable[str]) -> tuple[str, ...]:
        """The refs a cell names, parted by semicolons or line breaks. A name may itself hold a semicolon."""
        prefer, among = tuple(standing), tuple(editions)
        if text == "; ".join(clean(self._called(field.of, ref)) for ref in prefer):
            return prefer  # as it was written, even where a name holds a semicolon
        starts = [0, *(found.end() for found in _PARTED.finditer(text))]
        ends = [*(found.start() for found in _PARTED.finditer(text)), len(text)]
        refs: list[str] = []
        first = 0
        while first < len(starts):
            for last in range(len(ends) - 1, first - 1, -1):
                piece = clean(text[starts[first] : ends[last]])
                found = self._find(field, piece, among, prefer) if piece else ""
                if found is not None:
                    refs += [found] if found and found not in refs else []
                    break
            else:
                raise Unfit("REF-UNKNOWN", _unknown(field, clean(text[starts[first] : ends[first]])))
            first = last + 1
        return tuple(refs)

    def editions_for(self, day: date | None) -> tuple[str, ...]:
        """Where a row of no edition looks for an element: in the edition of its day, the current one, then the rest."""
        if day not in self._editions:
            editions = {ref: self.standing("edition", ref) for ref in self._known.get("edition", {})}
            editions |= self._in_file.get("edition", {})

            def rank(ref: str) -> tuple[bool, bool]:
                begins, ends = editions[ref].get("starts_on"), editions[ref].get("ends_on")
                holds = day is not None and begins is not None and ends is not None and begins <= day <= ends
                return not holds, editions[ref].get("state") is not EditionState.CURRENT

            self._editions[day] = tuple(sorted(editions, key=rank))
        return self._editions[day]

    def _called(self, table: str, ref: str) -> str:
        row = self.whole(table, ref)
        return str((_code(row) if table == "element" else row.get(NAMED_BY[table])) or "")

    def _is_called(self, field: Field, ref: str, text: str, editions: tuple[str, ...]) -> bool:
        """Whether a row, archived or not, has this very name; an element, in one of these versions."""
        fits = field.of != "element" or self.whole(field.of, ref).get("edition") in editions
        return fits and key(self._called(field.of, ref)) == key(text)

    def _find(self, field: Field, text: str, editions: tuple[str, ...], standing: tuple[str, ...]) -> str | None:
        asked = (field.of, field.part, text, editions)
        if asked not in self._bearers:
            self._bearers[asked] = self._look(field, text, editions)
        bearers = self._bearers[asked]
        if bearers is None:
            return None
        for ref in standing:
            if ref in bearers.among:
                return ref
        if bearers.many > 1:
            raise Unfit("REF-UNKNOWN", f"a name that only one row has: {bearers.many} are called {quoted(text)}")
        return bearers.first

    def _look(self, field: Field, text: str, editions: tuple[str, ...]) -> _Bearers | None:
        keys: list[tuple[str, ...]] = [(key(text),)]
        if field.of == "element":
            keys = [(edition, str(field.part), key(text)) for edition in editions]
        layers = [found for layer in self._names(field.of) if (found := [layer[k] for k in keys if k in layer])]
        if not layers:
            return None
        nearest = {ref for refs in layers[0] for ref in refs}
        others = {ref for layer in layers[1:] for refs in layer for ref in refs}
        among = nearest | {ref for ref in others if self._is_called(field, ref, text, editions)}
        return _Bearers(layers[0][0][0], frozenset(among), len(layers[0][0]))

    def _names(self, table: str) -> list[_Names]:
        if table not in self._layers:
            self._layers[table] = list(self._make(table))
        return self._layers[table]

    def _make(self, table: str) -> Iterator[_Names]:
        in_file = self._in_file.get(table, {})
        here = self._known.get(table, {})
        live = {ref: self.standing(table, ref) for ref, row in here.items() if not row.archived}
        archived = {ref: self.standing(table, ref) for ref, row in here.items() if row.archived}
        untouched = {ref: data for ref, data in live.items() if ref not in in_file}
        for rows in ({**untouched, **in_file}, live, archived):
            yield from _by_name(table, rows)


def _lines(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[CalendarLine]:
    for ref, data in rows.items():
        if any(data.get(name) is None for name in ("kind", "year", "index", "starts_on", "ends_on")):
            continue
        line = CalendarLine(ref, **data)
        try:
            dated = line.period is not None
        except ValueError:  # a school year has no such period, which is a problem of that row
            continue
        if dated:
            yield line


def _by_name(table: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[_Names]:
    """The names of rows: first what they are called, then what else they may be called."""
    called: _Names = defaultdict(list)
    else_called: _Names = defaultdict(list)
    for ref, data in rows.items():
        if table == "element":
            for names, name in ((called, _code(data)), (else_called, data.get("words"))):
                if name:
                    names[data.get("edition") or "", str(data.get("part")), key(name)].append(ref)
        else:
            if name := data.get(NAMED_BY[table]):
                called[(key(name),)].append(ref)
            if name := data.get("initials"):
                else_called[(key(name),)].append(ref)
    yield dict(called)
    yield dict(else_called)


def _code(data: Mapping[str, Any]) -> str | None:
    part, position, words = data.get("part"), data.get("position"), data.get("words")
    return None if part is None or position is None else element_code(part, position, words or "")


def _unknown(field: Field, text: str) -> str:
    if field.of == "element":
        how = "the words of" if field.part is Part.STRAND else "the code or the words of"
        article = "an" if field.part is Part.OBJECTIVE else "a"
        return f"{how} {article} {field.part} of this version (none is called {quoted(text)})"
    subject = BY_TABLE[field.of]
    what = NAMED_BY[field.of] + (" or initials" if field.of == "person" else "")
    one = subject.one.partition(" ")[2]
    return f"a {what} from the sheet {subject.sheet} (no {one} has the {what} {quoted(text)})"
