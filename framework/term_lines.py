"""How a table of a school year becomes lines of the calendar.

Pure. Half-terms are lines as they are given; those of the terms and the year follow them, unless somebody gave one of
them dates apart. A school has lines of its own only where it differs from all schools.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from framework.periods import CalendarKind, CalendarLine, Period, PeriodKind
from framework.terms import Span, YearDates, from_calendar, term_dates, wrong_year

_PERIOD_OF = {
    CalendarKind.HALF_TERM: PeriodKind.HALF_TERM,
    CalendarKind.TERM: PeriodKind.TERM,
    CalendarKind.YEAR: PeriodKind.YEAR,
}
_FOLLOWING = ((CalendarKind.TERM, 1), (CalendarKind.TERM, 2), (CalendarKind.TERM, 3), (CalendarKind.YEAR, 1))
_Key = tuple[CalendarKind, int, int, str | None]


@dataclass(frozen=True)
class Move:
    """One line of the calendar as it is to stand. `line` None: it is new; `days` None: it goes."""

    period: Period
    kind: CalendarKind
    place: str | None
    line: CalendarLine | None
    days: Span | None


def differing(lines: Iterable[CalendarLine], year: int) -> tuple[str, ...]:
    """The places with half-terms, terms or a year of their own, in that school year."""
    return tuple(dict.fromkeys(x.place for x in _live(lines, year) if x.place is not None and x.kind in _PERIOD_OF))


def seen_of(lines: Iterable[CalendarLine], year: int, place: str | None = None) -> dict[str, int]:
    """The versions of the lines that make up the table, by ref: what its reader has seen."""
    own = (x for x in _live(lines, year) if x.kind is CalendarKind.HALF_TERM and x.place in (None, place))
    return {x.ref: x.version for x in own}


def dated_apart(lines: Sequence[CalendarLine], year: int, place: str | None = None) -> list[CalendarLine]:
    """The terms, and the year, whose dates somebody gave apart from its half-terms: they stay when those move."""
    made = term_dates(from_calendar(lines, year, place))
    own = [x for x in _live(lines, year) if x.kind in (CalendarKind.TERM, CalendarKind.YEAR) and x.place == place]
    return [x for x in own if x.period is not None and made.get(x.period) != (x.starts_on, x.ends_on)]


def filled(lines: Sequence[CalendarLine], wanted: YearDates) -> YearDates:
    """A school's table with the days of all schools where it says none."""
    if wanted.place is None:
        return wanted
    shared = from_calendar(lines, wanted.year).half_terms
    days = ((own[0] or all_[0], own[1] or all_[1]) for own, all_ in zip(wanted.half_terms, shared, strict=True))
    return replace(wanted, half_terms=tuple(days))


def moves(lines: Sequence[CalendarLine], wanted: YearDates) -> list[Move]:
    """What a table changes in the calendar, its terms and year after it; empty when all stands so already.

    Of a school what is the same as at all schools has no line of its own.
    """
    shared, found, wanted = from_calendar(lines, wanted.year), _found(lines), filled(lines, wanted)
    moved: list[Move] = []
    for n, days in enumerate(wanted.half_terms, 1):
        same = wanted.place is not None and days == shared.half_terms[n - 1]
        key = (CalendarKind.HALF_TERM, wanted.year, n, wanted.place)
        moved += _move(found.get(key), key, None if same else wanted.whole.get(n))
    then = after(lines, moved)
    for place in [None, *differing(lines, wanted.year)] if wanted.place is None else [wanted.place]:
        following = _following(lines, then, wanted.year, place)
        moved, then = moved + following, after(then, following)
    return moved


def _following(
    before: Sequence[CalendarLine], then: Sequence[CalendarLine], year: int, place: str | None
) -> list[Move]:
    """What the terms and the year follow with once half-terms have moved.

    A school's has a line of its own where all schools' follow their half-terms too, and end up elsewhere.
    """
    stay, made, found = _apart(before, year, place), term_dates(from_calendar(then, year, place)), _found(then)
    shared = term_dates(from_calendar(then, year))
    shared_stay = set() if place is None else _apart(then, year, None)
    moved: list[Move] = []
    for kind, index in _FOLLOWING:
        period = Period(_PERIOD_OF[kind], year, index)
        same = place is not None and (period in shared_stay or made.get(period) == shared.get(period))
        if period not in stay:
            key = (kind, year, index, place)
            moved += _move(found.get(key), key, None if same else made.get(period))
    return moved


def _apart(lines: Sequence[CalendarLine], year: int, place: str | None) -> set[Period | None]:
    return {line.period for line in dated_apart(lines, year, place)}


def wrong_dates(lines: Sequence[CalendarLine], wanted: YearDates, named: Callable[[str], str]) -> list[str]:
    """What cannot be right in a table, beside the calendar as it stands.

    Where all schools move, so do those with dates of their own: what would then be wrong at one of them and is not now.
    named  what people call a place
    """
    wanted = filled(lines, wanted)
    found = wrong_year(wanted, [from_calendar(lines, y, wanted.place) for y in (wanted.year - 1, wanted.year + 1)])
    if found or wanted.place is not None:
        return found
    later = after(lines, moves(lines, wanted))
    for place in differing(lines, wanted.year):
        then, now = from_calendar(later, wanted.year, place), from_calendar(lines, wanted.year, place)
        new = [words for words in wrong_year(then) if words not in wrong_year(now)]
        found += [f"At {named(place)}, which has dates of its own: {words}" for words in new]
    return found


def _move(line: CalendarLine | None, key: _Key, days: Span | None) -> list[Move]:
    kind, year, index, place = key
    stands = None if line is None else (line.starts_on, line.ends_on)
    return [] if stands == days else [Move(Period(_PERIOD_OF[kind], year, index), kind, place, line, days)]


def after(lines: Iterable[CalendarLine], moved: Iterable[Move]) -> list[CalendarLine]:
    """The calendar's lines as they will stand. New ones have no ref yet."""
    found = list(lines)
    for move in moved:
        if move.line is not None:
            found.remove(move.line)
        if move.days is not None:
            first, last = move.days
            new = CalendarLine("", move.kind, move.period.year, move.period.index, first, last, move.place)
            found.append(new if move.line is None else replace(move.line, starts_on=first, ends_on=last))
    return found


def _found(lines: Iterable[CalendarLine]) -> dict[_Key, CalendarLine]:
    return {(x.kind, x.year, x.index, x.place): x for x in lines if not x.archived}


def _live(lines: Iterable[CalendarLine], year: int) -> list[CalendarLine]:
    return [x for x in lines if not x.archived and x.year == year]
