"""Frozen copies: the same to the byte for ever, or told what differs."""

import json
import os
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import framework.store.migrations
from framework.deeds.freezing import freeze
from framework.deeds.governing import change_setting
from framework.meetings import Meeting
from framework.people import Audience
from framework.periods import local_day
from framework.store import Store
from framework.store.chain import broken_at
from framework.store.engine import url_of
from framework.store.frozen import checked, content_at, frozen_by, kept_content
from framework.store.migrate import head, upgrade
from framework.store.pictures import load
from tests.conftest import ADMINISTRATOR, LEADER, NOW, a_kpi, a_value, an_action, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401
from tests.edges.test_migrations import as_it_was

BOARD = Meeting("meeting001", "Board of trustees", "board", date(2026, 11, 24))
YEAR = timedelta(days=365)


@pytest.fixture
def copy(store):
    """A copy of the small trust with one value, frozen for its board."""
    put(store, BOARD, a_value(), now=NOW)
    freeze(store, by=LEADER, now=NOW, meeting=BOARD.ref, why="For the board")
    (copy,) = now_in(store).frozen
    return copy


def now_in(store):
    return load(store, NOW + YEAR, Audience.LEADERS)


def check(store, copy):
    """The check as a process that starts now makes it."""
    store.cache.clear()
    return checked(store, copy)


def rewrite(store, table, statement, **given):
    """What only somebody can do who goes round the product, straight to the database."""
    with store.writing() as conn:
        for deed in ("update", "delete"):
            conn.execute(sa.text(f"DROP TRIGGER sealed_{table}_{deed}"))
        conn.execute(sa.text(statement), given)


def titled(store, number, *, now=NOW):
    put(store, an_action(title=f"Title {number}", version=number), now=now)


def test_a_copy_holds_what_was_known_and_says_who_froze_it_when_and_why(store, copy):
    told = frozen_by(store, now_in(store))[copy.ref]
    assert (told.by, told.at, told.why) == (LEADER.ref, NOW, "For the board")
    assert (copy.meeting, copy.title, copy.met_on, copy.on) == (BOARD.ref, BOARD.title, BOARD.on, local_day(NOW))
    content = kept_content(store, copy)
    assert len(content) == copy.size
    assert {line["ref"] for line in map(json.loads, content.splitlines()[1:])} >= {
        "action0001",
        "value00001",
        "kpi0000001",
    }


def test_opened_after_fifty_more_changes_it_is_the_same_to_the_byte_and_shows_what_was_shown(store, copy):
    shown = load(store, NOW, Audience.LEADERS, as_at=copy.as_at, change=copy.change)
    for number in range(1, 50):
        titled(store, number, now=NOW + timedelta(days=number))
    change_setting(store, by=ADMINISTRATOR, now=NOW + YEAR, name="quiet_after", value=30)
    put(store, a_value(30.0, version=copy.change), now=NOW + YEAR)
    assert check(store, copy).same
    opened = load(store, NOW + YEAR, Audience.LEADERS, as_at=copy.as_at, change=copy.change)
    assert (opened.rows, opened.latest, opened.on) == (shown.rows, shown.latest, shown.on)
    assert (len(shown.frozen), len(now_in(store).frozen)) == (0, 1)


@pytest.mark.parametrize(
    ("table", "statement", "ref", "name", "then", "now"),
    [
        (
            "revision",
            "UPDATE revision SET data = replace(data, 'Breakfast club', 'Dinner club') WHERE table_name = 'action'",
            "action0001",
            "title",
            "Breakfast club at Hazel Grange",
            "Dinner club at Hazel Grange",
        ),
        ("value", "UPDATE value SET number = 12.5", "value00001", "number", 24.1, 12.5),
    ],
)
def test_a_ledger_rewritten_behind_our_back_is_told_with_what_differs(
    store, copy, table, statement, ref, name, then, now
):
    rewrite(store, table, statement)
    found = check(store, copy)
    assert (found.kept, found.ledger, found.same) == (True, False, False)
    (one,) = found.differences
    assert (one.ref, one.names, one.then[name], one.now[name]) == (ref, (name,), then, now)


def test_a_row_taken_out_of_the_ledger_is_told(store, copy):
    rewrite(store, "value", "DELETE FROM value")
    (one,) = check(store, copy).differences
    assert (one.table, one.ref, one.now, one.then["number"]) == ("value", "value00001", None, 24.1)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE frozen_copy SET content = x'00'", "UPDATE frozen_copy SET content = :other", "DELETE FROM frozen_copy"],
    ids=["no longer packed", "another's", "gone"],
)
def test_damaged_content_is_told_and_what_is_shown_is_known_to_be_right_still(store, copy, statement):
    rewrite(store, "frozen_copy", statement, **({"other": zlib.compress(b"{}\n")} if ":other" in statement else {}))
    found = check(store, copy)
    assert (found.kept, found.ledger, found.same, found.differences) == (False, True, False, ())
    assert kept_content(store, copy) is None


def test_a_meeting_that_moved_since_leaves_its_copy_as_it_was(store, copy):
    put(store, replace(BOARD, on=date(2026, 12, 1), title="Trustees", version=1), now=NOW + timedelta(days=1))
    picture = now_in(store)
    assert picture.frozen == (copy,)
    assert (picture.meetings[BOARD.ref].on, picture.frozen[0].met_on) == (date(2026, 12, 1), BOARD.on)
    assert check(store, copy).same


def test_with_the_clock_set_back_the_copys_own_change_decides_and_not_its_moment(store, copy):
    titled(store, 1, now=NOW - timedelta(days=1))
    by_moment = load(store, NOW, Audience.LEADERS, as_at=copy.as_at)
    opened = load(store, NOW, Audience.LEADERS, as_at=copy.as_at, change=copy.change)
    assert by_moment.actions["action0001"].title == "Title 1"  # its entry carries the time of the one before it
    assert opened.actions["action0001"].title == "Breakfast club at Hazel Grange"
    assert check(store, copy).same


def test_a_check_is_made_once_and_then_kept(store, copy):
    assert check(store, copy) is checked(store, copy)


def test_the_sample_has_a_copy_of_each_of_its_last_two_boards(loaded_sample):
    with closing(Store(url_of(loaded_sample))) as store:
        copies = load(store, NOW, Audience.LEADERS).frozen
        assert [(c.title, c.met_on, c.on) for c in copies] == [
            ("Board of trustees", day, day) for day in (date(2026, 3, 24), date(2026, 7, 7))
        ]
        assert all(checked(store, c).same for c in copies)


# Upgrades


def test_what_the_first_release_knew_has_the_same_content_after_every_upgrade(tmp_path):
    raw = json.loads((Path(__file__).parent / "databases" / "schema_0001.json").read_text(encoding="utf-8"))
    # Worked out from the rows as that release left them. The upgrade took two columns away; four that came with it are
    # declared as if they had been there from the first.
    came = {"kpi": {"counted": None, "path_shape": None, "comparator": None}, "target": {"managed_decline": False}}
    lines = []
    for row in raw["revision"]:
        fields = {name: told for name, told in row["data"].items() if name not in ("break_at", "break_note")}
        lines.append(
            {"table": row["table_name"], "ref": row["ref"], "fields": fields | came.get(row["table_name"], {})}
        )
    refs = {table: {row["id"]: row["ref"] for row in raw[table]} for table in ("kpi", "place")}
    told = ("period", "group", "number", "numerator", "denominator", "state", "symbol", "note", "fictional")
    for row in raw["value"]:
        slot = {"kpi": refs["kpi"][row["kpi_id"]], "place": refs["place"][row["place_id"]]}
        fields = {name: row[name] for name in told} | slot | {"archived": False}
        lines.append({"table": "value", "ref": row["ref"], "fields": fields})
    lines.sort(key=lambda line: (line["table"], line["ref"]))
    head_line = {"content": "civic duty", "form": 1, "schema": 1}
    by_hand = "".join(
        json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
        for line in (head_line, *lines)
    )
    store = Store(url_of(tmp_path / "old.db"))
    as_it_was(store, "0001")
    upgrade(store)
    assert content_at(store, change=2, schema=1).decode() == by_hand
    store.close()


def test_a_copy_that_an_earlier_release_froze_is_the_same_to_the_byte_in_this_one(tmp_path):
    store = Store(url_of(tmp_path / "old.db"))
    as_it_was(store, "0005")
    upgrade(store)
    (copy,) = now_in(store).frozen
    assert copy.sha256 == "09ba59e35d2b3349ae05f2f18afbd95e26b3b618d57c67b7e57f0008f3537796"
    assert checked(store, copy).same
    assert broken_at(store) is None
    store.close()


TO_COME = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"

def upgrade():
    op.add_column("action", sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
    with op.batch_alter_table("kpi", recreate="always" if op.get_bind().dialect.name == "sqlite" else "auto") as batch:
        batch.add_column(sa.Column("weight", sa.Float(), nullable=True))
    op.create_table("promise", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("words", sa.String()))
"""


def upgraded_once_more(store, folder):
    """The database after a migration of a release that is yet to come."""
    (folder / "9001_to_come.py").write_text(TO_COME.format(head=head()))
    config, own = Config(), Path(framework.store.migrations.__file__).parent
    config.set_main_option("script_location", str(own))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", f"{own / 'versions'}{os.pathsep}{folder}")
    with store.engine.connect() as conn:
        if store.sqlite:
            conn.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        with conn.begin():
            config.attributes["connection"] = conn
            command.upgrade(config, "9001")
    later = Store(store.url)
    later.engine = store.engine
    return later


@BOTH_DATABASES
def test_a_frozen_copy_survives_a_migration_unchanged(store, copy, tmp_path):
    before = kept_content(store, copy)
    later = upgraded_once_more(store, tmp_path)
    put(later, a_kpi(title="Absence", version=1), a_value(9.0, ref="another001", period=half_term(2025, 6)), now=NOW)
    assert "weight" in {column["name"] for column in sa.inspect(later.engine).get_columns("kpi")}
    assert checked(later, copy).same
    assert kept_content(later, copy) == before == content_at(later, copy.change, copy.schema)
