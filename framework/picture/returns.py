"""What schools and owners return: for each KPI, place and period that is over, whether it is in, late or queried.

Whoever is asked is the school's contact or, of the trust's own figures, the KPI's owner. Lateness is in school days.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from framework.kpis.kpi import Kpi, Query, State, Symbol, Value
from framework.people import Person, Role
from framework.periods import Period, day_words, local_day
from framework.picture.arrivals import expected_values
from framework.picture.reporting import due_on, reporting_places
from framework.picture.shape import Picture
from framework.places import Place, PlaceKind

Slot = tuple[str, str, str]  # refs of a KPI and a place, code of a period


class ReturnState(StrEnum):
    """How it stands with one value that was asked for."""

    LATE = "Late"
    QUERIED = "Queried"
    RETURNED = "Returned"  # it was given in, and waits to be checked
    WAITING = "Waiting"
    IN = "In"


ASKED_AGAIN = (ReturnState.LATE, ReturnState.QUERIED, ReturnState.WAITING)


@dataclass(frozen=True)
class Return:
    """One value that was asked for.

    due_on     its last day on time
    days_late  school days since then; 0 while it is on time, and in the holidays that follow
    older      of an earlier period than the newest one that is over
    given      somebody has sent it, and no leader has taken it yet
    """

    kpi: Kpi
    place: Place
    period: Period
    due_on: date
    days_late: int
    contacts: tuple[Person, ...]
    value: Value | None = None
    query: Query | None = None
    older: bool = False
    given: bool = False

    @property
    def slot(self) -> Slot:
        return self.kpi.ref, self.place.ref, self.period.code

    @property
    def here(self) -> bool:
        """Whether a value is recorded, one that says `not applicable` too: the place has answered."""
        return self.value is not None

    @property
    def state(self) -> ReturnState:
        if self.given and (self.query is not None or not self.here):
            return ReturnState.RETURNED
        if self.query is not None:
            return ReturnState.QUERIED
        if self.here:
            return ReturnState.IN
        return ReturnState.LATE if self.days_late else ReturnState.WAITING

    @property
    def is_asked(self) -> bool:
        """Whether somebody should still send it, or say something to it."""
        return self.state in ASKED_AGAIN


def contact_of(picture: Picture, kpi: Kpi, place: Place) -> tuple[Person, ...]:
    """Whom to ask: a school's contacts, of the trust's own figure the KPI's owner; empty: nobody who is here."""
    if place.kind is PlaceKind.SCHOOL:
        found = [p for p in picture.people.values() if p.role is Role.SCHOOL_CONTACT and p.school == place.ref]
    else:
        found = [p for p in picture.people.values() if p.ref == kpi.owner]
    return tuple(sorted((p for p in found if p.here_on(picture.on)), key=lambda p: (p.name, p.ref)))


def open_queries(picture: Picture) -> tuple[Query, ...]:
    """The questions about values that nobody has answered yet, oldest first.

    One is answered by its answer, or by a value recorded for its place, period and group on a later day than it was
    asked. On the same day the value may be the very one that it asks about, so then somebody has to say.
    """
    return tuple(q for q in picture.queries if q.answered_on is None and not _answered_by_value(picture, q))


def _answered_by_value(picture: Picture, query: Query) -> bool:
    value = value_asked_about(picture, query)
    on = None if value is None or value.recorded_at is None else local_day(value.recorded_at)
    return on is not None and on > query.asked_on


def value_asked_about(picture: Picture, query: Query) -> Value | None:
    """The value in force where a question stands; None: there is none."""
    found = picture.series(query.kpi, query.place, query.group)
    return next((v for v in found if v.period == query.period), None)


def returns(picture: Picture, edition: str, given: Set[Slot] = frozenset()) -> tuple[Return, ...]:
    """What a version asks for of every KPI that is reported: of the newest period that is over all of it, of earlier
    ones what is missing or queried. What needs somebody most stands first.

    given  the slots of which a value was sent and waits to be checked
    """
    key = ("returns", edition)
    if key not in picture.cache:
        found = [*_newest(picture, edition), *_older(picture, edition)]
        picture.cache[key] = tuple(sorted(found, key=lambda r: (r.kpi.code, r.place.name)))
    made: tuple[Return, ...] = picture.cache[key]
    order = list(ReturnState)
    told = (replace(r, given=True) if r.slot in given else r for r in made)
    return tuple(sorted(told, key=lambda r: (order.index(r.state), -r.days_late, r.older)))


def _newest(picture: Picture, edition: str) -> Iterator[Return]:
    """Of each KPI the newest period that is over, where it lies within the version.

    A KPI that came here after that was due is asked for all the same, and is late from the day it came.
    """
    version = picture.editions.get(edition)
    for kpi in picture.kpis_of(edition):
        period = picture.calendar.last_ended(kpi.frequency.kind, picture.on)
        ends_on = None if period is None else picture.calendar.ends_on(period)
        within = version is None or (ends_on is not None and version.starts_on <= ends_on <= version.ends_on)
        if kpi.counted is not None or period is None or ends_on is None or not within:
            continue
        for place in reporting_places(picture, kpi, ends_on):
            due = due_on(picture, kpi, period, place)
            if due is not None:
                yield _return(picture, kpi, place, period, max(due, picture.kpi_added.get(kpi.ref, due)))


def _older(picture: Picture, edition: str) -> Iterator[Return]:
    for one in expected_values(picture, edition):
        newest = picture.calendar.last_ended(one.period.kind, picture.on)
        if newest is None or one.period.ordinal >= newest.ordinal:
            continue
        found = _return(picture, one.kpi, one.place, one.period, one.due_on, older=True)
        if found.query is not None or not found.here:
            yield found


def _return(picture: Picture, kpi: Kpi, place: Place, period: Period, due: date, *, older: bool = False) -> Return:
    queries = _by_slot(picture)
    sent = [v for v in picture.series(kpi.ref, place.ref) if v.period == period]
    return Return(
        kpi,
        place,
        period,
        due,
        picture.calendar.school_days_since(due, picture.on, place.ref),
        contact_of(picture, kpi, place),
        value=sent[-1] if sent else None,
        query=queries.get((kpi.ref, place.ref, period.code)),
        older=older,
    )


def _by_slot(picture: Picture) -> dict[Slot, Query]:
    """The newest open question of each slot, whatever group it asks about."""
    key = "open queries by slot"
    if key not in picture.cache:
        picture.cache[key] = {(q.kpi, q.place, q.period.code): q for q in open_queries(picture)}
    found: dict[Slot, Query] = picture.cache[key]
    return found


@dataclass(frozen=True)
class Counts:
    """How many values were asked for, how many are recorded, and how many of them need somebody, by what they need."""

    asked: int
    here: int
    late: int
    queried: int
    returned: int

    @property
    def words(self) -> str:
        """`31 of 38 in · 2 late · 1 queried`."""
        more = ((self.late, "late"), (self.queried, "queried"), (self.returned, "to check"))
        return " · ".join([f"{self.here:,} of {self.asked:,} in", *(f"{n:,} {word}" for n, word in more if n)])


def counts(listed: Iterable[Return]) -> Counts:
    """Of the newest periods alone, so that nothing of an earlier one hides among them."""
    newest = [r for r in listed if not r.older]
    said = [r.state for r in newest]
    return Counts(
        asked=len(newest),
        here=sum(r.here for r in newest),
        late=said.count(ReturnState.LATE),
        queried=said.count(ReturnState.QUERIED),
        returned=said.count(ReturnState.RETURNED),
    )


@dataclass(frozen=True)
class Owed:
    """What one contact returns, or what nobody can be asked for. `person` None: no contact.

    why  of what has no contact: what is missing
    """

    person: Person | None
    returns: tuple[Return, ...]
    why: str = ""

    @property
    def asked(self) -> tuple[Return, ...]:
        """What to ask them for."""
        return tuple(r for r in self.returns if r.is_asked)

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple({r.place.ref: r.place for r in self.returns}.values())


def by_contact(listed: Sequence[Return]) -> tuple[Owed, ...]:
    """Everyone with what they return, those who owe most first; what has no contact before them all.

    A school with two contacts stands with both: either may send it.
    """
    people = {p.ref: p for r in listed for p in r.contacts}
    found = [Owed(p, tuple(r for r in listed if p in r.contacts)) for p in people.values()]
    found.sort(key=lambda o: (-sum(r.state is ReturnState.LATE for r in o.asked), -len(o.asked), _name(o)))
    return (*_without_contact(listed), *found)


def _name(owed: Owed) -> str:
    return "" if owed.person is None else owed.person.name


def _without_contact(listed: Sequence[Return]) -> Iterator[Owed]:
    gaps: dict[str, list[Return]] = {}
    for one in listed:
        if not one.contacts:
            of_school = one.place.kind is PlaceKind.SCHOOL
            why = f"{one.place.name} has no contact" if of_school else f"{one.kpi.code} has no owner"
            gaps.setdefault(why, []).append(one)
    for why, some in sorted(gaps.items()):
        yield Owed(None, tuple(some), why)


def rounds(listed: Iterable[Return]) -> tuple[tuple[Period, Counts], ...]:
    """The newest periods that are asked for, each with its counts; what was due last stands first."""
    newest: dict[Period, list[Return]] = {}
    for one in listed:
        if not one.older:
            newest.setdefault(one.period, []).append(one)
    in_order = sorted(newest.items(), key=lambda item: max(r.due_on for r in item[1]), reverse=True)
    return tuple((period, counts(some)) for period, some in in_order)


def state_words(one: Return, on: date) -> str:
    """How it stands, in words fit to be read aloud: `Late by 5 school days`, `In since 5 Nov 2026`."""
    match one.state:
        case ReturnState.LATE:
            return f"Late by {one.days_late:,} school {'day' if one.days_late == 1 else 'days'}"
        case ReturnState.RETURNED:
            return "Sent; waits to be checked"
        case ReturnState.QUERIED:
            assert one.query is not None
            return f"{'In, but queried' if one.here else 'Queried'} on {_day(one.query.asked_on)}"
        case ReturnState.IN:
            assert one.value is not None
            return f"{_said(one.value)}{_since(one.value)}"
    if on <= one.due_on:
        return f"Due by {_day(one.due_on)}"
    return f"Was due on {_day(one.due_on)}; no school day has passed since"


def _said(value: Value) -> str:
    if value.state is State.NOT_APPLICABLE or value.symbol is Symbol.NOT_APPLICABLE:
        return "In, as not applicable"
    return "In" if value.has_number else "In, without a number"


def _since(value: Value) -> str:
    at = value.first_recorded_at or value.recorded_at
    return "" if at is None else f" since {_day(local_day(at))}"


def _day(day: date) -> str:
    return day_words(day, weekday=False)
