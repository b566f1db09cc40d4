"""Setting the dates of a school year, and its days off."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from framework.days_off import next_index, wrong_day_off
from framework.deeds import deed
from framework.deeds.milestones import reason_of
from framework.errors import Conflict, Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, day_words, year_words
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import CALENDAR, data_of
from framework.term_lines import after, moves, seen_of, wrong_dates
from framework.terms import HALF_TERMS, NOTE_LONGEST, Days, YearDates
from framework.text import clean

_SAME = "Nothing differs from what is here already, so nothing was saved."
_NAMED = 3  # of those that need a period's dates


@deed(Act.CONVENE)
def set_year(
    store: Store,
    *,
    by: Person,
    now: datetime,
    year: int,
    dates: Sequence[Days],
    seen: Mapping[str, int],
    place: str | None = None,
    note: str | None = None,
    why: str = "",
) -> None:
    """Set the first and last day of the six half-terms of a school year, for all schools or for one that differs.

    Terms and the year follow (`term_lines`). A half-term without days is not dated; of a school it is as at all
    schools. One whose dates a value, a target or a meeting needs is not cleared.
    seen  the versions of the lines that the person read, as `term_lines.seen_of` gives them
    note  where the dates are from, kept with every half-term of the table; None: what stands there stays
    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    with entry(store, by=by, now=now, deed="set school year", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        lines, wanted = list(picture.calendar_lines.values()), YearDates(year, tuple(dates), place)
        _check_table(picture, lines, wanted, note)
        then = after(lines, moves(lines, wanted))
        if note is not None:
            own = (CalendarKind.HALF_TERM, year, place)
            then = [replace(x, note=clean(note) or None) if (x.kind, x.year, x.place) == own else x for x in then]
        here, kept = {x.ref: x for x in lines}, {x.ref for x in then}
        changed = [x for x in then if x != here.get(x.ref)]
        gone = [x for x in lines if x.ref not in kept]
        if not changed and not gone:
            raise ValueRefused(_SAME)
        if dict(seen) != seen_of(lines, year, place):
            raise Conflict(
                f"Someone else changed the dates of {year_words(year)} after you opened them. Nothing was saved. "
                "Look at what stands there now, then make your change again."
            )
        _check_cleared(picture, gone, Calendar(then))
        for line in changed:
            new = {} if line.ref else {"fictional": _is_fictional(picture)}
            e.put(CALENDAR, line.ref or new_ref(), data_of(CALENDAR, line) | new, seen=line.version)
        for line in gone:
            e.put(CALENDAR, line.ref, data_of(CALENDAR, line), seen=line.version, archived=True)


@deed(Act.CONVENE)
def add_day_off(
    store: Store,
    *,
    by: Person,
    now: datetime,
    year: int,
    first: date | None,
    last: date | None = None,
    place: str | None = None,
    note: str = "",
) -> str:
    """Add days off to a school year, for all schools or for one; their ref. `last` None: it is one day.

    Raises NotAllowed, Unknown or ValueRefused; then nothing is written.
    """
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add days off") as e:
        picture = load(store, now, Audience.LEADERS)
        line = _day_off(picture, CalendarLine("", CalendarKind.CLOSED, year, 0, *_span(first, last)), place, note)
        e.put(CALENDAR, ref, data_of(CALENDAR, line) | {"fictional": _is_fictional(picture)}, seen=0)
    return ref


@deed(Act.CONVENE)
def change_day_off(
    store: Store,
    *,
    by: Person,
    now: datetime,
    day_off: str,
    first: date | None,
    last: date | None = None,
    place: str | None = None,
    note: str = "",
    seen: int,
    why: str = "",
) -> None:
    """Change days off: when, for whom, their name. Raises NotAllowed, Unknown, ValueRefused or Conflict."""
    with entry(store, by=by, now=now, deed="change days off", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        row = _the_day_off(picture, day_off)
        begins, ends = _span(first, last)
        line = _day_off(picture, replace(row, starts_on=begins, ends_on=ends), place, note)
        if line == row:
            raise ValueRefused(_SAME)
        e.put(CALENDAR, day_off, data_of(CALENDAR, line), seen=seen)


@deed(Act.CONVENE)
def take_away_day_off(store: Store, *, by: Person, now: datetime, day_off: str, seen: int, why: str = "") -> None:
    """Make days off school days again; the history keeps them. Raises NotAllowed, Unknown, ValueRefused or Conflict."""
    with entry(store, by=by, now=now, deed="take away days off", reason=reason_of(why)) as e:
        row = _the_day_off(load(store, now, Audience.LEADERS), day_off)
        e.put(CALENDAR, day_off, data_of(CALENDAR, row), seen=seen, archived=True)


def _check_table(picture: Picture, lines: Sequence[CalendarLine], wanted: YearDates, note: str | None) -> None:
    _check_place(picture, wanted.place)
    if len(wanted.half_terms) != HALF_TERMS:
        raise ValueRefused(f"A school year has {HALF_TERMS} half-terms, and there are {len(wanted.half_terms)} here.")
    wrong = wrong_dates(lines, wanted, lambda ref: picture.name("place", ref))
    if note is not None and len(clean(note)) > NOTE_LONGEST:
        wrong.append(f"Where the dates are from has more than {NOTE_LONGEST} characters. Shorten it.")
    if wrong:
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")


def _check_place(picture: Picture, place: str | None) -> None:
    if place is not None and place not in picture.places:
        raise Unknown("There is no such school here. Load the page again and choose one; nothing was saved.")


def _is_fictional(picture: Picture) -> bool:
    return picture.edition is not None and picture.edition.fictional


def _check_cleared(picture: Picture, gone: Iterable[CalendarLine], then: Calendar) -> None:
    """Refuse to leave without dates what a value, a target or a meeting needs them for."""
    said = [words for line in gone if line.period is not None for words in _needed(picture, line.period, then)]
    if said:
        raise ValueRefused(
            f"{' '.join(dict.fromkeys(said))} Without dates none of them could be judged or called late, so give other "
            "dates instead. Nothing was saved."
        )


def _needed(picture: Picture, period: Period, then: Calendar) -> Iterator[str]:
    """Who needs a period's dates and would have none: how many of each, and where."""
    names: dict[str, list[str]] = defaultdict(list)
    for what, name, place in _needing(picture, period):
        if then.dates(period, place) is None:
            names[what].append(name)
    told = []
    for what, some in names.items():
        different = list(dict.fromkeys(some))
        more = f" and {len(different) - _NAMED} more" if len(different) > _NAMED else ""
        told.append(f"{len(some):,} {what}{'' if len(some) == 1 else 's'} ({', '.join(different[:_NAMED])}{more})")
    if told:
        yield f"{period.words} is named by {', '.join(told)}."


def _needing(picture: Picture, period: Period) -> Iterator[tuple[str, str, str | None]]:
    """What names a period: what it is, what people call it, and where (None: at all schools)."""
    for kpi in picture.kpis.values():
        yield from (("value", kpi.code, v.place) for v in picture.series(kpi.ref) if v.period == period)
        yield from (("target", kpi.code, t.place) for t in picture.targets.get(kpi.ref, ()) if t.period == period)
        if kpi.baseline_period == period:
            yield "baseline", kpi.code, None
    for meeting in picture.meetings.values():
        if meeting.reports == period:
            yield "meeting", f"{meeting.title}, {day_words(meeting.on)}", meeting.place


def _span(first: date | None, last: date | None) -> tuple[date, date]:
    if first is None:
        raise ValueRefused("Days off need a day. Give the first one, and the last where they are several.")
    return first, first if last is None else last


def _day_off(picture: Picture, line: CalendarLine, place: str | None, note: str) -> CalendarLine:
    """The line as it is to stand. Raises Unknown or ValueRefused."""
    _check_place(picture, place)
    index = line.index
    if not line.index or place != line.place:
        index = next_index(picture.rows.get(CALENDAR.table, {}).values(), line.year, place)
    found = replace(line, place=place, note=clean(note) or None, index=index)
    if wrong := wrong_day_off(found, picture.calendar_lines.values()):
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    return found


def _the_day_off(picture: Picture, ref: str) -> CalendarLine:
    found = picture.calendar_lines.get(ref)
    if found is None or found.kind is not CalendarKind.CLOSED:
        raise Unknown("There are no such days off here. Load the page again and choose some; nothing was saved.")
    return found
