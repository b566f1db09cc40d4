"""A trust with ten years behind it, on which it is measured what the past costs.

Everything goes through the ledger on the day on which somebody would have recorded it, one change a day: six framework
versions of two years each, every school's figures half-term by half-term with corrections later, actions with their
dated updates, targets and due dates that were moved. The same on every run.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from framework.civic import Part
from framework.kpis.kpi import State
from framework.periods import LONDON, Period, PeriodKind
from framework.store import Store
from framework.store.ledger import entry
from framework.subjects import (
    ACTIONS,
    CALENDAR,
    EDITIONS,
    ELEMENTS,
    EVIDENCE,
    KPIS,
    MEETINGS,
    MILESTONES,
    PEOPLE,
    PLACES,
    TARGETS,
    UPDATES,
    VALUES,
    Subject,
)

FIRST, TODAY = date(2016, 9, 1), date(2026, 11, 13)
VERSIONS = range(2015, 2027, 2)  # the school year in which each begins
SCHOOLS, OWNERS, KPIS_EACH, ACTIONS_EACH = 20, 40, 100, 170
CORRECTED = 0.02  # of all values
HALF_TERMS = (((9, 1), (10, 23)), ((11, 2), (12, 18)), ((1, 4), (2, 12)), ((2, 22), (3, 25)), ((4, 12), (5, 28)),
              ((6, 7), (7, 21)))  # fmt: skip
PARTS = ((Part.AIM, 1), (Part.OBJECTIVE, 3), (Part.PILLAR, 4), (Part.STATEMENT, 6), (Part.PRIORITY, 3))
STATUSES = ("on track", "on track", "on track", "at risk", "blocked")
WORDS = (
    "The group met and settled who does what until the next half-term.",
    "Two more schools have joined; the third waits for its governors, who meet after the holidays.",
    "We have the room but not yet the people, and the partner cannot say before the end of the month.",
    "Going as it should. The first families came, and most of them came again the week after.",
    "Nothing to report beyond what was said last time: the permission has not arrived.",
)


@dataclass(frozen=True)
class Event:
    """What somebody recorded on a day: the facts of one row that are new or otherwise than before."""

    day: date
    subject: Subject
    ref: str
    facts: dict[str, Any]


def make(path: Path) -> Store:
    """The database, open; its today is TODAY, as the sample's is the sample's day."""
    store = Store.open(path)
    # It is thrown away after the run, so nothing waits for the disk.
    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    store.engine.dispose()
    with entry(store, by=None, now=_at(FIRST), deed="start sample") as e:
        e.set("sample_day", TODAY.isoformat())
    replay(store, events())
    return store


def replay(store: Store, happened: Iterable[Event]) -> None:
    """Record events day by day."""
    rows: dict[str, dict[str, Any]] = {}
    seen: dict[str, int] = {}
    for day, some in groupby(sorted(happened, key=lambda one: one.day), key=lambda one: one.day):
        touched: dict[str, Subject] = {}
        for one in some:
            before = rows.get(one.ref) or {f.name: f.default for f in one.subject.fields}
            rows[one.ref] = before | one.facts
            touched[one.ref] = one.subject
        with entry(store, by=None, now=_at(day), deed="record") as e:
            for ref, subject in touched.items():
                e.put(subject, ref, rows[ref], seen=seen.get(ref, 0))
        assert e.change_id is not None
        for ref, subject in touched.items():
            seen[ref] = e.change_id if subject.appended else seen.get(ref, 0) + 1


def events() -> list[Event]:
    """All that was recorded in the ten years, in no order."""
    chance = Random(10)
    found = [*_people_and_places(), *_calendar()]
    for year in VERSIONS:
        found += [*_version(year), *_kpis(chance, year), *_actions(chance, year)]
    return [one for one in found if one.day <= TODAY]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16), LONDON)


def _begins(year: int) -> date:
    return max(FIRST, date(year, 9, 1))


def _people_and_places() -> Iterator[Event]:
    yield Event(FIRST, PLACES, "trust00000", {"name": "The Trust", "kind": "trust"})
    yield Event(FIRST, PEOPLE, "leader0000", {"name": "Lee Leader", "role": "leader"})
    for n in range(SCHOOLS):
        phase, pupils = ("secondary", 900) if n % 4 == 0 else ("primary", 400)
        facts = {"name": f"School {n:02}", "kind": "school", "phase": phase, "pupils": pupils}
        yield Event(FIRST, PLACES, _school(n), facts)
        facts = {"name": f"Contact {n:02}", "role": "school contact", "school": _school(n)}
        yield Event(FIRST, PEOPLE, f"contact{n:03}", facts)
    for n in range(OWNERS):
        yield Event(FIRST, PEOPLE, f"owner{n:05}", {"name": f"Owner {n:02}", "role": "task force member"})


def _school(n: int) -> str:
    return f"school{n:04}"


def _calendar() -> Iterator[Event]:
    for year in range(VERSIONS[0], TODAY.year + 2):
        for n, (first, last) in enumerate(HALF_TERMS, 1):
            starts_on, ends_on = (date(year + (month < 9), month, day) for month, day in (first, last))
            facts = {"kind": "half-term", "year": year, "index": n, "starts_on": starts_on, "ends_on": ends_on}
            yield Event(max(FIRST, date(year - 1, 9, 1)), CALENDAR, f"line{year}{n:02}", facts)
            facts = {"title": "Board", "kind": "board", "on": ends_on + timedelta(days=21)}
            yield Event(max(FIRST, date(year - 1, 9, 1)), MEETINGS, f"board{year}{n}", facts)


def _version(year: int) -> Iterator[Event]:
    """A version with its parts; the one before it is put away on the day."""
    span = {"starts_on": date(year, 9, 1), "ends_on": date(year + 2, 8, 31)}
    facts = {"code": f"{year}-{year + 2}", "title": "Civic Duty Framework", "state": "current", **span}
    yield Event(_begins(year), EDITIONS, _edition(year), facts)
    if year > VERSIONS[0]:
        yield Event(_begins(year), EDITIONS, _edition(year - 2), {"state": "archived"})
    for part, count in PARTS:
        for n in range(count):
            facts = {"edition": _edition(year), "part": part, "position": n + 1, "words": f"{part} {n + 1} of {year}"}
            yield Event(_begins(year), ELEMENTS, _element(year, part, n), facts)


def _edition(year: int) -> str:
    return f"version{year % 1000:03}"


def _element(year: int, part: Part, n: int) -> str:
    return f"{part[:4]}{year}{n % dict(PARTS)[part]:02}"


def _tags(year: int, n: int) -> dict[str, Any]:
    return {
        "objective": _element(year, Part.OBJECTIVE, n),
        "pillars": (_element(year, Part.PILLAR, n),),
        "statements": (_element(year, Part.STATEMENT, n),),
        "priorities": (_element(year, Part.PRIORITY, n),) if n % 4 == 0 else (),
    }


def _half_terms(year: int) -> Iterator[tuple[Period, date]]:
    """Each half-term of a version, with its last day."""
    for one in (year, year + 1):
        for n, (_, (month, day)) in enumerate(HALF_TERMS, 1):
            yield Period(PeriodKind.HALF_TERM, one, n), date(one + (month < 9), month, day)


def _kpis(chance: Random, year: int) -> Iterator[Event]:
    """The KPIs of a version: every third the trust's own, the others its schools'."""
    for n in range(KPIS_EACH):
        kpi = f"k{year}{n:05}"
        yield Event(_begins(year), KPIS, kpi, _kpi(year, n))
        yield from _targets(chance, year, n, kpi)
        for period, ends_on in _half_terms(year):
            if ends_on < FIRST:
                continue
            for m, place in enumerate(["trust00000"] if n % 3 == 0 else map(_school, range(SCHOOLS))):
                yield from _value(chance, kpi, place, period, ends_on + timedelta(days=9 if m < SCHOOLS // 2 else 12))


def _kpi(year: int, n: int) -> dict[str, Any]:
    before = {"carried_from": f"k{year - 2}{n:05}"} if year > VERSIONS[0] else {}
    return before | {
        "code": f"K-{'ABC'[n % 3]}{n:02}",
        "edition": _edition(year),
        "title": f"Share number {n} of pupils and families who take part",
        "definition": "Those who took part at least once, of all who could have, counted on the last school day.",
        "measure": "percentage",
        "unit": "%",
        "level": "outcome",
        "frequency": "half-termly",
        "reported_by": "trust" if n % 3 == 0 else "schools",
        "aggregation": "weighted",
        "direction": "lower" if n % 5 == 0 else "higher",
        "baseline": 70.0,
        "baseline_period": Period(PeriodKind.HALF_TERM, year - 1, 6),
        "floor": 0.5,
        "owner": f"owner{n % OWNERS:05}",
        "board_set": n < 12,
        **_tags(year, n),
    }


def _targets(chance: Random, year: int, n: int, kpi: str) -> Iterator[Event]:
    """A target for each year of the version; one in five is moved in its second year."""
    for one in (year, year + 1):
        number = 70.0 + (-4.0 if n % 5 == 0 else 4.0) * (one - year + 1)
        facts = {"kpi": kpi, "period": Period(PeriodKind.HALF_TERM, one, 6), "number": number, "basis": "own baseline"}
        yield Event(_begins(year), TARGETS, f"t{one}{n:05}", facts)
        if one > year and chance.random() < 0.2:
            moved = {"number": number - 1.0, "reason": "The first year came out lower than anyone had thought."}
            yield Event(date(year + 1, 10, 5), TARGETS, f"t{one}{n:05}", moved)


def _value(chance: Random, kpi: str, place: str, period: Period, day: date) -> Iterator[Event]:
    ref = f"{kpi[3:5]}{kpi[-3:]}{period.year % 10}{period.index}{place[-3:]}"
    of, share = chance.randint(180, 420), min(max(chance.gauss(0.72, 0.04), 0.0), 1.0)
    counts = {"numerator": round(of * share), "denominator": of, "number": 100 * round(of * share) / of}
    slot = {"kpi": kpi, "place": place, "period": period, "state": State.REPORTED}
    yield Event(day, VALUES, ref, slot | counts)
    if chance.random() < CORRECTED:
        late = {"numerator": counts["numerator"] - 1, "number": 100 * (counts["numerator"] - 1) / of}
        yield Event(day + timedelta(days=30), VALUES, ref, late | {"note": "A late register came in."})


def _actions(chance: Random, year: int) -> Iterator[Event]:
    for n in range(ACTIONS_EACH):
        ref, owner = f"a{year}{n:05}", f"owner{chance.randrange(OWNERS):05}"
        added = _begins(year) + timedelta(days=chance.randrange(400))
        due_on = added + timedelta(days=chance.randrange(120, 480))
        facts = {
            "code": f"{'ABC'[n % 3]}-{n:03}",
            "edition": _edition(year),
            "title": f"Work number {n} with families and partners of {1 + n % 4} schools",
            "owner": owner,
            "places": tuple(map(_school, sorted(chance.sample(range(SCHOOLS), n % 4)))),
            "kpis": (f"k{year}{n % KPIS_EACH:05}",),
            "success": "Families come, come again, and say that it helped; the schools can go on without us.",
            "starts_on": added,
            "first_due_on": due_on,
            "due_on": due_on,
            "status": "not started",
            "visibility": ("leaders", "task force", "public")[n % 3],
            "added_on": added,
            **_tags(year, n),
        }
        yield Event(added, ACTIONS, ref, facts)
        yield from _milestones(ref, added, due_on)
        yield from _updates(chance, ref, owner, added, due_on)


def _milestones(action: str, added: date, due_on: date) -> Iterator[Event]:
    for n in range(3):
        due = added + (due_on - added) * (n + 1) // 3
        step = f"m{action[3:]}{n:02}"
        yield Event(added, MILESTONES, step, {"action": action, "title": f"Step {n + 1} is taken", "due_on": due})
        yield Event(due + timedelta(days=5), MILESTONES, step, {"done_on": due + timedelta(days=3)})


def _updates(chance: Random, action: str, owner: str, added: date, due_on: date) -> Iterator[Event]:
    """A word every few weeks until it is done, some with a later date."""
    day, n = added + timedelta(days=chance.randrange(20, 50)), 0
    while True:
        over = day >= due_on
        facts = {"action": action, "on": day, "by": owner, "words": chance.choice(WORDS)}
        told: dict[str, Any] = {"status": "done" if over else chance.choice(STATUSES)}
        if not over and chance.random() < 0.1:
            due_on += timedelta(days=42)
            facts |= {"new_due_on": due_on, "moved_because": "We wait for the partner."}
            told |= {"due_on": due_on}
        yield Event(day, UPDATES, f"u{action[3:]}{n:02}", {**facts, "status": told["status"]})
        yield Event(day, ACTIONS, action, told)
        if over:
            shown = {"action": action, "title": "What the families said", "on": day, "by": owner}
            yield Event(day, EVIDENCE, f"e{action[2:]}0", {**shown, "link": "https://example.org/families"})
            return
        day, n = day + timedelta(days=chance.randrange(30, 70)), n + 1
