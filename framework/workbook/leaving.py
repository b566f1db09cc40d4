"""What an undo may not leave behind, because no deed would: said of each row that it writes, beside all that stands.

Pure. Of a row only what the undo moves is asked about: a fact that stands here already is no reason to refuse another.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from framework.kpis import checks
from framework.people import Act, Person, may
from framework.places import PlaceKind
from framework.subjects import BY_TABLE, Field, Kind
from framework.text import clean
from framework.workbook.leaving_calendar import wrong_calendar, wrong_meetings
from framework.workbook.naming import PARTS, Afterwards, called
from framework.workbook.plan import Key, Written
from framework.workbook.words import Known, day_words

_NAMED_MOST = 3  # rows that are named in a sentence
# Beside what tells two rows of a kind apart: what no two of them may share either.
_APART: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "element": (("edition", "part", "words"),),
    "evidence": (("action", "link"),),
}
# Who said something stands beside it for ever, and what was carried on may have been put away since.
_FOR_EVER = frozenset({"by", "asked_by", "carried_from"})
# A day, and the field that leads to the day which it may not come before: of the row itself, or of its action.
_FOLLOWS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "action": (("expected_by", "", "starts_on"),),
    "milestone": (("due_on", "action", "starts_on"),),
}


def wrong_left(
    known: Known, rows: Iterable[Written], *, by: Person, on: date, why: str = "", frozen: Collection[str] = ()
) -> tuple[str, ...]:
    """Why these rows cannot be left so, a sentence each; empty: they can.

    known   what stands here: table, ref, record
    by      who undoes it, and `why`
    frozen  the meetings for which a copy was frozen
    """
    written = list(rows)
    look = _Leaving(known, written, on)
    lines, meetings = ([row.ref for row in written if row.table == t] for t in ("calendar_line", "meeting"))
    return (
        *look.oneself(by),
        *look.still_named(),
        *look.for_each(),
        *(wrong_calendar(known, look.after, lines) if lines else ()),
        *(wrong_meetings(known, look.after, meetings, frozen=frozen, why=why, on=on) if meetings else ()),
    )


class _Leaving:
    def __init__(self, known: Known, rows: list[Written], on: date) -> None:
        self._known, self._on = known, on
        self._rows = {(row.table, row.ref): row for row in rows}
        self.after = Afterwards(known, [(key, row.data, row.archived) for key, row in self._rows.items()])
        self._trust = next((ref for ref, p in known.get("place", {}).items() if p.kind is PlaceKind.TRUST), None)

    def oneself(self, by: Person) -> Iterator[str]:
        if ("person", by.ref) in self._rows and not may(self.after.row("person", by.ref), Act.IMPORT):
            yield (
                "This would put you away, or take your role from you, and then you could not bring it back. "
                "Ask another trust leader to undo it."
            )

    def still_named(self) -> Iterator[str]:
        away = [key for key in self._rows if self._here(key) is not None and self.after.row(*key) is None]
        for key, some in self.after.naming(key for key in away if key[0] != "value").items():
            names = list(dict.fromkeys(self.after.label(one.key) for one in some))
            more = f" and {len(names) - _NAMED_MOST:,} more" if len(names) > _NAMED_MOST else ""
            verb, that = ("names", "that") if len(names) == 1 else ("name", "those")
            yield (
                f"{self.after.label(key)} cannot be put away: {', '.join(names[:_NAMED_MOST])}{more} {verb} it. "
                f"Change {that} first."
            )

    def for_each(self) -> Iterator[str]:
        """What cannot be right in the rows that stand afterwards."""
        twice, pinned = self._others(), Counter[str]()
        for key in self._rows:
            row, was = self.after.row(*key), self._here(key)
            if row is None:
                continue
            moved = frozenset(
                f.name for f in BY_TABLE[key[0]].fields if was is None or getattr(row, f.name) != getattr(was, f.name)
            )
            yield from self._names_gone(key, row, was, moved)
            yield from self._stands_twice(key, row, moved, twice)
            yield from self._out_of_order(key, row, moved)
            if moved:
                yield from self._no_figure(key, row)
            if key[0] == "kpi" and row.board_set and moved & {"board_set", "edition"}:
                pinned[row.edition] += 1
        yield from self._too_many(pinned)

    def _here(self, key: Key) -> Any:
        """The row as it stands here; None when there is none, or it was put away."""
        row = self._known.get(key[0], {}).get(key[1])
        return None if row is None or row.archived else row

    def _called(self, key: Key) -> str:
        return self.after.label(key)

    # What was put away since

    def _names_gone(self, key: Key, row: Any, was: Any, moved: frozenset[str]) -> Iterator[str]:
        for own in BY_TABLE[key[0]].fields:
            if not own.of or own.name not in moved or own.name in _FOR_EVER:
                continue
            before = () if was is None else _refs(own, was)
            for ref in _refs(own, row):
                if ref not in before:
                    yield from self._gone(key, own, ref)

    def _gone(self, key: Key, own: Field, ref: str) -> Iterator[str]:
        it, named = self._called(key), self.after.row(own.of, ref)
        if named is None and PARTS.get(key[0]) == own.name:
            yield f"{it} belongs to {self._called((own.of, ref))}, which was put away since. Bring that back first."
        elif named is None:
            yield (
                f"{it} would have {self._called((own.of, ref))} as its {own.heading} again, and that was put away "
                f"since. Bring it back, or give {it} another first."
            )
        elif own.name == "owner" and not named.here_on(self._on):
            yield (
                f"{it} would have {named.name} as its owner again, who left on {day_words(named.left_on)}. "
                f"Give {it} another owner first."
            )

    # What was taken since

    def _others(self) -> dict[tuple[str, tuple[str, ...]], dict[tuple[Hashable, ...], list[str]]]:
        """By table and the fields that tell its rows apart: the rows that share them afterwards."""
        found: dict[tuple[str, tuple[str, ...]], dict[tuple[Hashable, ...], list[str]]] = {}
        for table in {table for table, _ in self._rows} - {"value"}:
            for names in (BY_TABLE[table].key, *_APART.get(table, ())):
                found[table, names] = defaultdict(list)
                for ref, row in self.after.live(table):
                    if (shared := self._shared(table, row, names)) is not None:
                        found[table, names][shared].append(ref)
        return found

    def _shared(self, table: str, row: Any, names: tuple[str, ...]) -> tuple[Hashable, ...] | None:
        """What no other row may have as well; None where another may."""
        if (table == "query" and row.answered_on is not None) or (names == ("action", "link") and row.link is None):
            return None
        return tuple(self._plain(table, name, getattr(row, name)) for name in names)

    def _plain(self, table: str, name: str, value: Any) -> Hashable:
        if name == "place" and value == self._trust and table in ("target", "kpi_note"):
            return None  # what is said of the trust, or of no place, is said of the same
        own = BY_TABLE[table].field(name)
        return clean(value).casefold() if own.kind in (Kind.TEXT, Kind.LONG) and value is not None else value

    def _stands_twice(self, key: Key, row: Any, moved: frozenset[str], others: Any) -> Iterator[str]:
        for (table, names), rows in others.items():
            if table != key[0] or not (moved & {*names, "answered_on"}):
                continue
            shared = self._shared(table, row, names)
            other = next((ref for ref in rows.get(shared, ()) if ref != key[1]), None)
            if other is not None:
                yield self._twice(key, row, (table, other), names)
                return

    def _twice(self, key: Key, row: Any, other: Key, names: tuple[str, ...]) -> str:
        if names == ("code",):
            taken = self.after.row(*other)
            return f"{row.code} was taken since: it is {taken.title} now. Give that one another code first."
        *most, last = (BY_TABLE[key[0]].field(name).heading for name in names)
        same = f"{', '.join(most)} and {last}" if most else last
        return (
            f"{self._called(key)} would stand here beside {self._called(other)}, with the same {same}. "
            "Change that one, or undo the change that made it, first."
        )

    # Figures, dates and the board set

    def _no_figure(self, key: Key, row: Any) -> Iterator[str]:
        """A value or a target that the KPI, as it is now, cannot have."""
        if key[0] not in ("value", "target"):
            return
        kpi = self.after.row("kpi", row.kpi)
        if kpi is None:
            return
        data = {name: getattr(row, name) for name in BY_TABLE[key[0]].names}
        wrong = checks.wrong_value if key[0] == "value" else checks.wrong_target
        found = [*wrong(kpi.measure, data), checks.other_kind(kpi.frequency, row.period)]
        for one in [one for one in found if one is not None][:1]:
            yield f"{self._called(key)}: {one} {kpi.code} was changed since. Change it back first."

    def _out_of_order(self, key: Key, row: Any, moved: frozenset[str]) -> Iterator[str]:
        for later, of, earlier in _FOLLOWS.get(key[0], ()):
            other = row if not of else self.after.row(of, getattr(row, of))
            if other is None or not moved & ({later} if of else {later, earlier}):
                continue
            day, first = getattr(row, later), getattr(other, earlier)
            if day is not None and first is not None and day < first:
                before = BY_TABLE[of or key[0]].field(earlier).heading
                yield (
                    f"{self._called(key)}: {BY_TABLE[key[0]].field(later).heading} {day_words(day)} would come before "
                    f"{before} {day_words(first)}. Change one of the two first."
                )

    def _too_many(self, pinned: Mapping[str, int]) -> Iterator[str]:
        for edition in pinned:
            count = sum(row.board_set and row.edition == edition for _, row in self.after.live("kpi"))
            if count > checks.BOARD_SET_MOST:
                version = self._known["edition"][edition]
                yield (
                    f"The board set of {called('edition', version, self._known)} would hold {count} KPIs, and a board "
                    f"can read {checks.BOARD_SET_MOST}. Unpin {count - checks.BOARD_SET_MOST} first."
                )


def _refs(own: Field, row: Any) -> tuple[str, ...]:
    value = getattr(row, own.name)
    return tuple(value) if own.kind is Kind.MANY else () if value is None else (value,)
