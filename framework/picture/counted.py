"""What the app counts of the plan itself, so that nobody types it in: one value a period, as at its last day.

Counted from the dates that the rows carry, never from how they stand today, so that a period that is over keeps its
number. Every live action of the KPI's framework version counts, whoever may see it: everybody reads the same number.
A period reaches back to the end of the one before it, so that what falls into a holiday is counted once.
Source of every rule: the KPI library (`framework.kpis.library`), by the code that each rule names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from framework.kpis.checks import filled_in
from framework.kpis.kpi import Counted, Kpi, State, Value
from framework.periods import Period, day_words
from framework.picture.arrivals import expected_values
from framework.picture.past import PastAction, past_actions
from framework.picture.shape import Picture
from framework.plans import Status

FRESH_DAYS = 45  # days for which an update is fresh; K-T03 of the library says so in words
OWN_SECTOR = "education"  # the trust's, where no organisation of its name says another


@dataclass(frozen=True)
class Span:
    """A period that is over: the days after `after`, up to and including `on`, its last."""

    period: Period
    after: date
    on: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.after < day <= self.on


@dataclass(frozen=True)
class Item:
    """One thing that was looked at: the row it stands for, what people call it and, where it does not count, why."""

    table: str  # action, organisation or kpi
    ref: str
    words: str
    note: str = ""
    place: str | None = None  # of a KPI's value


@dataclass(frozen=True)
class Tally:
    """What was counted for a period. `counting` over both lists together is the KPI's share."""

    span: Span
    counting: tuple[Item, ...]
    not_counting: tuple[Item, ...]
    words: str  # `27 of 47 open actions had an update in the 45 days to Fri 23 Oct 2026`

    @property
    def total(self) -> int:
        return len(self.counting) + len(self.not_counting)


# What was looked at, each with whether it counts.
Looked = Iterator[tuple[Item, bool]]


def counted_values(picture: Picture, kpi: Kpi) -> tuple[Value, ...]:
    """One value for each period that is over since the KPI's version began, oldest first, at the trust.

    A period in which there was nothing to count has none. Empty for a KPI that is not counted here.
    """
    key = ("counted values", kpi.ref)
    if key not in picture.cache:
        made = (_value(picture, kpi, tally) for span in _spans(picture, kpi) if (tally := _tally(picture, kpi, span)))
        picture.cache[key] = tuple(value for value in made if value is not None)
    found: tuple[Value, ...] = picture.cache[key]
    return found


def newest_counted(picture: Picture, kpi: Kpi) -> Value | None:
    """The value of the newest period that is over; one that says "not applicable" where there was nothing to count."""
    spans, values = _spans(picture, kpi), counted_values(picture, kpi)
    if kpi.counted is None or picture.trust is None or not spans:
        return None
    if values and values[-1].period == spans[-1].period:
        return values[-1]
    return Value(_ref(kpi, spans[-1]), kpi.ref, picture.trust.ref, spans[-1].period, state=State.NOT_APPLICABLE)


def account(picture: Picture, kpi: Kpi, period: Period) -> Tally | None:
    """What stands behind a counted value: what counts, and what does not. None for a period without one."""
    span = next((s for s in _spans(picture, kpi) if s.period == period), None)
    return None if span is None else _tally(picture, kpi, span)


def _spans(picture: Picture, kpi: Kpi) -> list[Span]:
    """The periods that are over and end within the KPI's framework version, oldest first."""
    calendar, version = picture.calendar, picture.editions.get(kpi.edition)
    found, before = [], None
    for period in calendar.periods(kpi.frequency.kind):
        dates = calendar.dates(period)
        if dates is None:
            continue
        first, last = dates
        if last < picture.on and (version is None or version.starts_on <= last <= version.ends_on):
            found.append(Span(period, before or first - timedelta(days=1), last))
        before = last
    return found


def _tally(picture: Picture, kpi: Kpi, span: Span) -> Tally | None:
    """None for a KPI that is not counted here, and where there was nothing to count."""
    if kpi.counted is None:
        return None
    rule, words = _RULES[kpi.counted]
    looked = list(rule(picture, kpi, span))
    counting = tuple(item for item, counts in looked if counts)
    said = words.format(
        share=f"{len(counting):,} of {len(looked):,}",
        on=day_words(span.on),
        after=day_words(span.after),
    )
    rest = tuple(item for item, counts in looked if not counts)
    return Tally(span, counting, rest, said) if looked else None


def _value(picture: Picture, kpi: Kpi, tally: Tally) -> Value | None:
    if picture.trust is None:
        return None
    n, d = len(tally.counting), tally.total
    number = filled_in(kpi.measure, kpi.per, {"numerator": n, "denominator": d}).get("number", float(n))
    return Value(
        ref=_ref(kpi, tally.span),
        kpi=kpi.ref,
        place=picture.trust.ref,
        period=tally.span.period,
        number=number,
        numerator=n,
        denominator=d,
        fictional=kpi.fictional,
    )


def _ref(kpi: Kpi, span: Span) -> str:
    """No row of a table has this ref: a counted value is kept nowhere."""
    return f"{kpi.ref}:{span.period.code}"


def _action(past: PastAction, note: str = "") -> Item:
    return Item("action", past.action.ref, f"{past.action.code} {past.action.title}", note)


def _open(picture: Picture, kpi: Kpi, span: Span) -> list[PastAction]:
    return [past for past in past_actions(picture, kpi.edition) if past.open_on(span.on)]


def _fresh_updates(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """T03: open actions with an update in the last 45 days, of all open actions, on the period's last day.

    An update of the 45th day before counts; being written down is no update.
    """
    for past in _open(picture, kpi, span):
        word_on = past.updated_on(span.on)
        fresh = word_on is not None and (span.on - word_on).days <= FRESH_DAYS
        note = "no update yet" if word_on is None else f"last update {day_words(word_on, weekday=False)}"
        yield _action(past, note), fresh


def _led_by_others(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """B15: actions led by an organisation other than the trust, of all actions open on the period's last day.

    Who leads is the row's word of today: nobody dates it.
    """
    own = _own_organisations(picture)
    for past in _open(picture, kpi, span):
        yield _action(past, "led by the trust"), past.action.organisation not in (None, *own)


def _across_sectors(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """A13: actions with a partner from another sector than the trust's, of all open on the period's last day.

    Partners are whoever leads or supports; the trust has a part in every action of its own plan. An organisation
    without a sector is from none. Partners are the row's word of today: nobody dates them.
    """
    own = _own_organisations(picture)
    known = {ref: (row.sector or "").casefold() for ref, row in picture.rows.get("organisation", {}).items()}
    sector = next((known[ref] for ref in own if known[ref]), OWN_SECTOR)
    for past in _open(picture, kpi, span):
        partners = (past.action.organisation, *past.action.supporters)
        others = {known.get(ref, "") for ref in partners if ref is not None and ref not in own}
        yield _action(past, "no partner from another sector"), bool(others - {"", sector})


def _done_on_time(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """T02: actions done by the date that fell in the period, of all that had such a date.

    The date first promised counts before the one in force on the period's last day, so moving a date within or out of
    a period does not improve the figure. Done on time takes an update that says so by the date. Left out: an action
    stopped before its date, and one written down after it.
    """
    for past in past_actions(picture, kpi.edition):
        due = next((day for day in (past.first_due_on, past.due_on(span.on)) if span.holds(day)), None)
        if due is None or not past.written_by(due) or past.status_on(due) is Status.STOPPED:
            continue
        yield _action(past, f"due {day_words(due, weekday=False)}, {past.done_words}"), past.said_done_by(due)


def _evidence_on_file(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """T05: actions with evidence, of all that are done on the period's last day; a stopped action has none to give.

    What the action itself says of it carries no date, so it counts from the day the action was done; so do links and
    files, else a paper that is found in spring would leave the autumn's figure as it was.
    """
    for past in past_actions(picture, kpi.edition):
        if past.begun_by(span.on) and past.status_on(span.on) is Status.DONE:
            yield _action(past, "on the owner's word"), picture.has_evidence(past.action)


def _active_members(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """T01: organisations whose people gave an update, or that came to an event, of the members on the last day."""
    people = picture.rows.get("person", {})
    said = (u for past in past_actions(picture, kpi.edition) for u in past.updates if span.holds(u.on))
    active = {people[u.by].organisation for u in said if u.by is not None and u.by in people}
    for event in picture.events.values():
        if event.starts_on <= span.on and (event.ends_on or event.starts_on) > span.after:
            active.update(event.organisations)
    own = _own_organisations(picture)
    for member in sorted(picture.organisations.values(), key=lambda o: o.name):
        joined = member.joined_on is None or member.joined_on <= span.on
        left = member.left_on is not None and member.left_on < span.on
        if joined and not left and member.ref not in own:
            yield Item("organisation", member.ref, member.name), member.ref in active


def _data_arrived(picture: Picture, kpi: Kpi, span: Span) -> Looked:
    """T06: values of KPIs recorded by their due date, of all whose due date fell in the period.

    What counts is when a value was first recorded: a correction never makes it late. A place that says "not
    applicable" has answered. Nothing is expected of a KPI before it was written down here, and nothing of counted ones.
    """
    for one in expected_values(picture, kpi.edition):
        if span.holds(one.due_on):
            due = f"due {day_words(one.due_on, weekday=False)}"
            told = "" if one.recorded_on is None else f"recorded {day_words(one.recorded_on, weekday=False)}, "
            words = f"{one.kpi.code} {one.kpi.title}, {one.place.name}, {one.period.words}"
            yield Item("kpi", one.kpi.ref, words, told + due, one.place.ref), one.on_time


def _own_organisations(picture: Picture) -> frozenset[str]:
    """The trust itself, where it stands among the organisations under its own name."""
    name = "" if picture.trust is None else picture.trust.name.casefold()
    return frozenset(ref for ref, row in picture.rows.get("organisation", {}).items() if row.name.casefold() == name)


_RULES: dict[Counted, tuple[Callable[[Picture, Kpi, Span], Looked], str]] = {
    Counted.FRESH_UPDATES: (_fresh_updates, f"{{share}} open actions had an update in the {FRESH_DAYS} days to {{on}}"),
    Counted.LED_BY_OTHERS: (_led_by_others, "{share} actions open on {on} were led from outside the trust"),
    Counted.ACROSS_SECTORS: (_across_sectors, "{share} actions open on {on} had a partner from another sector"),
    Counted.DONE_ON_TIME: (_done_on_time, "{share} actions due after {after} and by {on} were done by their date"),
    Counted.EVIDENCE_ON_FILE: (_evidence_on_file, "{share} actions done by {on} have evidence on file"),
    Counted.ACTIVE_MEMBERS: (
        _active_members,
        "{share} members gave an update or came to an event from {after} to {on}",
    ),
    Counted.DATA_ARRIVED: (
        _data_arrived,
        "{share} values due after {after} and by {on} were recorded by their due date",
    ),
}
