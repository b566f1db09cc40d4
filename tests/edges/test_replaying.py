"""The ledger replays: folded from empty by other code, it gives today's picture, and at each step the picture then."""

import json
import sqlite3
from collections import deque
from contextlib import closing
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import cycle, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framework.civic import Part
from framework.deeds import freezing, governing, measuring, milestones, noting, planning, recording, updating
from framework.errors import Refused
from framework.kpis.kpi import NoteKind, State
from framework.meetings import Meeting
from framework.people import Audience
from framework.periods import Period
from framework.plans import Status
from framework.plans.saying import Said
from framework.settings import FROZEN, Settings
from framework.store import Store
from framework.store.coding import from_json
from framework.store.engine import url_of
from framework.store.frozen import content_at
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.store.rows import SCHEMA_VERSION
from framework.subjects import BY_TABLE, VALUES
from tests.conftest import (
    ADMINISTRATOR,
    EDITION,
    LEADER,
    NOW,
    OBJECTIVE,
    TRUST,
    a_value,
    an_action,
    copy_sqlite_database,
    half_term,
    put,
)

BOARD = Meeting("meeting001", "Board of trustees", "board", date(2026, 11, 24))
AUTUMN = half_term(2026, 1)


# The fold: rows of the ledger in their order, read by nothing of ours.


def folded(path, wanted=lambda number: True):
    """What was known after each wanted change, by its number, with the moment of that change."""
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        revisions = deque(conn.execute("SELECT * FROM revision ORDER BY id"))
        values = deque(conn.execute("SELECT * FROM value ORDER BY id"))
        changes = conn.execute("SELECT id, at FROM change ORDER BY id").fetchall()
        refs = {t: dict(conn.execute(f"SELECT id, ref FROM {t}").fetchall()) for t in ("kpi", "place")}
    told, known = {}, {"rows": {}, "slots": {}, "settings": {}, "frozen": {}, "kpi_added": {}, "kpi_changes": {}}
    for change in changes:
        at = datetime.fromisoformat(change["at"]).replace(tzinfo=UTC)
        while revisions and revisions[0]["change_id"] == change["id"]:
            _revise(known, revisions.popleft(), at)
        while values and values[0]["change_id"] == change["id"]:
            _append(known, values.popleft(), refs, at)
        if wanted(change["id"]):
            told[change["id"]] = (at, {part: dict(some) for part, some in known.items()} | {"rows": _rows(known)})
    assert not revisions
    assert not values
    return told


def _rows(known):
    return {table: dict(some) for table, some in known["rows"].items()}


def _revise(known, row, at):
    data = json.loads(row["data"])
    if row["table_name"] == "setting":
        name, value = data["name"], data["value"]
        if name.startswith(FROZEN):
            known["frozen"][name.removeprefix(FROZEN)] = value
        else:
            known["settings"][name] = value
        return
    known["rows"].setdefault(row["table_name"], {})[row["ref"]] = {**data, "ref": row["ref"], "version": row["version"]}
    if row["table_name"] == "kpi":
        known["kpi_added"].setdefault(row["ref"], at.astimezone(ZoneInfo("Europe/London")).date().isoformat())


def _append(known, row, refs, at):
    kpi, place = refs["kpi"][row["kpi_id"]], refs["place"][row["place_id"]]
    slot = (kpi, place, row["period"], row["group"])
    before = known["slots"].get(slot)
    first = at.isoformat() if before is None else before["first_recorded_at"]
    same = ("ref", "period", "group", "number", "numerator", "denominator", "sd", "state", "symbol", "note")
    known["slots"][slot] = {
        **{name: row[name] for name in same},
        "kpi": kpi,
        "place": place,
        "fictional": bool(row["fictional"]),
        "version": row["change_id"],
        "recorded_at": at.isoformat(),
        "first_recorded_at": first,
        "corrects": before is not None,
        "order": (row["ordinal"], row["place_id"], row["group"]),
    }
    known["kpi_changes"][kpi] = row["change_id"]


def seen_in(known, every=1):
    """What a picture of it shows: every row, the newest value of each slot that stands, settings and copies.

    every  2: the series of each second KPI
    """
    standing = sorted((v for v in known["slots"].values() if v["state"] != "withdrawn"), key=lambda v: v["order"])
    bare = [{name: told for name, told in value.items() if name != "order"} for value in standing]
    return {
        "rows": known["rows"],
        "latest": {(v["kpi"], v["place"], v["group"]): v for v in bare},
        "series": {ref: [v for v in bare if v["kpi"] == ref] for ref in sorted(known["rows"]["kpi"])[::every]},
        "settings": {**plain(asdict(Settings())), **{n: v for n, v in known["settings"].items() if ":" not in n}},
        "frozen": {ref: copy["sha256"] for ref, copy in known["frozen"].items()},
        "kpi_added": known["kpi_added"],
        "kpi_changes": known["kpi_changes"],
    }


def shown(picture, every=1):
    """A picture in the same plain words."""
    return {
        "rows": {table: {ref: plain(row) for ref, row in some.items()} for table, some in picture.rows.items() if some},
        "latest": {slot: plain(value) for slot, value in picture.latest.items()},
        "series": {ref: [plain(v) for v in picture.series(ref)] for ref in sorted(picture.rows["kpi"])[::every]},
        "settings": plain(asdict(picture.settings)),
        "frozen": {copy.ref: copy.sha256 for copy in picture.frozen},
        "kpi_added": plain(dict(picture.kpi_added)),
        "kpi_changes": dict(picture.kpi_changes),
    }


def plain(thing):
    if isinstance(thing, dict):
        return {name: plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(one) for one in thing]
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Period):
        return thing.code
    if hasattr(thing, "__dataclass_fields__"):
        return {f.name: plain(getattr(thing, f.name)) for f in fields(thing) if f.name != "looking_back"}
    return str(thing) if isinstance(thing, StrEnum) else thing


# The deeds: each takes the store, the moment, a number and the picture, and may be refused.


def change_action(store, at, n, picture):
    row = picture.actions["action0001"]
    planning.change_action(
        store, by=LEADER, now=at, action=row.ref, facts={"title": f"Club {n % 3}", "cost": n}, seen=row.version
    )


def add_action(store, at, n, picture):
    facts = {
        "title": f"Reading mentors {n}",
        "objective": OBJECTIVE.ref,
        "due_on": date(2027, 3, 1),
        "owner": LEADER.ref,
    }
    steps = [("First step", date(2027, 1, 1))]
    planning.add_action(store, by=LEADER, now=at, facts=facts, milestones=steps)


def take_away_step(store, at, n, picture):
    steps = [m for some in picture.milestones.values() for m in some]
    step = steps[n % len(steps)] if steps else None
    milestones.take_away_milestone(
        store, by=LEADER, now=at, milestone=step.ref if step else "none", seen=step.version if step else 1
    )


def say(store, at, n, picture):
    said = Said(f"Word {n}.", (Status.ON_TRACK, Status.AT_RISK)[n % 2])
    updating.say(store, by=LEADER, now=at, action="action0001", said=said, seen=updating.seen_of(picture, "action0001"))


def record(store, at, n, picture):
    """A value, its correction, or its withdrawal."""
    stands = [v for v in picture.load_series("kpi0000001") if v.period == AUTUMN]
    gone = bool(stands) and n % 5 == 1
    recording.record_value(
        store, by=LEADER, now=at, kpi="kpi0000001", place=TRUST.ref, period=AUTUMN, note=f"count {n}",
        number=None if gone else 20.0 + n / 10, state=State.WITHDRAWN if gone else State.REPORTED,
        seen=stands[0].version if stands else 0,
    )  # fmt: skip


def move_target(store, at, n, picture):
    stands = picture.targets["kpi0000001"][0]
    measuring.set_target(
        store, by=LEADER, now=at, kpi="kpi0000001", period=stands.period, number=15.0 + n % 7, seen=stands.version,
        reason=f"Agreed {n}",
    )  # fmt: skip


def change_kpi(store, at, n, picture):
    row = picture.kpis["kpi0000001"]
    measuring.change_kpi(store, by=LEADER, now=at, kpi=row.ref, facts={"title": f"Absence {n % 2}"}, seen=row.version)


def add_note(store, at, n, picture):
    words = f"Registers moved {n}."
    noting.add_note(store, by=LEADER, now=at, kpi="kpi0000001", period=AUTUMN, kind=NoteKind.EVENT, words=words)


def add_element(store, at, n, picture):
    governing.add_element(store, by=LEADER, now=at, edition=EDITION.ref, part=Part.PILLAR, words=f"Pillar {n}")


def set_quiet(store, at, n, picture):
    governing.change_setting(store, by=ADMINISTRATOR, now=at, name="quiet_after", value=30 + n % 4)


def freeze(store, at, n, picture):
    freezing.freeze(store, by=LEADER, now=at, meeting=BOARD.ref)


DEEDS = (
    change_action, add_action, take_away_step, say, record, move_target, change_kpi, add_note, add_element, set_quiet,
    freeze,
)  # fmt: skip
# Seconds to the next saving: at the same instant, an hour and a day on, and with the clock set back.
LATER = (0, 3_600, 86_400, -7_200)
EVERY = [*zip((*DEEDS, *DEEDS, *DEEDS), cycle(LATER), strict=False)]


def lived(store, steps):
    """Do the deeds in turn; each change with the picture of that day that everybody then saw."""
    at, told = NOW, {}
    put(store, BOARD, a_value(25.0, period=half_term(2025, 6)), now=at)
    for n, (deed, later) in enumerate(steps):
        at += timedelta(seconds=later)
        before = load(store, at, Audience.LEADERS)
        try:
            deed(store, at, n, before)
        except Refused:
            assert load(store, at, Audience.LEADERS).change == before.change
        after = load(store, at, Audience.LEADERS)
        told[after.change] = shown(after)
    return told


def path_of(store):
    return store.url.removeprefix("sqlite:///")


@settings(max_examples=5)
@example(steps=EVERY)
@given(steps=st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(LATER)), min_size=2, max_size=7))
def test_the_ledger_replayed_gives_todays_picture_and_at_each_step_the_picture_then(sqlite_ground, steps):
    store = sqlite_ground.store("small trust")
    told = lived(store, steps)
    fold = folded(path_of(store))
    for number, (at, known) in fold.items():
        assert shown(load(store, NOW, Audience.LEADERS, as_at=at, change=number)) == seen_in(known), number
        assert number not in told or told[number] == seen_in(known), number
    assert len(fold) == max(told, default=2)


@pytest.fixture(scope="module")
def life(sqlite_databases, tmp_path_factory):
    """A database in which every deed was done three times: a value was recorded, corrected and withdrawn."""
    path = tmp_path_factory.mktemp("life") / "life.db"
    copy_sqlite_database(sqlite_databases / "small trust.db", path)
    with closing(Store(url_of(path))) as store:
        lived(store, EVERY)
    return path


def test_every_deed_that_the_law_is_tried_with_leaves_a_change(life):
    with closing(sqlite3.connect(life)) as conn:
        told = {deed for (deed,) in conn.execute("SELECT deed FROM change")}
        times = [at for (at,) in conn.execute("SELECT at FROM change ORDER BY id")]
    assert told >= {
        "change action", "add action", "take away milestone", "update action", "record value", "move target",
        "change KPI", "annotate KPI", "add framework element", "change setting", "freeze copy",
    }  # fmt: skip
    assert any(one == other for one, other in pairwise(times))
    assert times == sorted(times)


def test_what_was_replayed_written_into_an_empty_store_gives_the_same_content(life, sqlite_databases, tmp_path):
    number, (_, known) = max(folded(life).items())
    copy_sqlite_database(sqlite_databases / "empty.db", tmp_path / "again.db")
    with closing(Store(url_of(life))) as store, closing(Store(url_of(tmp_path / "again.db"))) as again:
        with entry(again, by=None, now=NOW, deed="set the scene") as e:
            for table, some in known["rows"].items():
                for ref, data in some.items():
                    e.put(BY_TABLE[table], ref, from_json(BY_TABLE[table], data), seen=0, archived=data["archived"])
            for value in known["slots"].values():
                e.put(VALUES, value["ref"], from_json(VALUES, value), seen=0)
            for name, setting in known["settings"].items():
                e.set(name, setting)
        assert content_at(again, 1, SCHEMA_VERSION) == content_at(store, number, SCHEMA_VERSION)


def test_the_samples_ledger_replayed_gives_the_pictures_of_its_past(loaded_sample):
    with closing(Store(url_of(loaded_sample))) as store:
        for number, (at, known) in folded(loaded_sample, lambda n: n % 20 == 0).items():
            picture = load(store, NOW, Audience.LEADERS, as_at=at, change=number)
            assert shown(picture, every=10) == seen_in(known, every=10), number


def test_an_action_that_nobody_changed_stands_in_the_fold_as_it_was_put(sqlite_ground):
    """The fold itself: one row written by hand on both sides."""
    known = folded(path_of(sqlite_ground.store("small trust")))[1][1]
    assert known["rows"]["action"]["action0001"] == plain(an_action(version=1))
