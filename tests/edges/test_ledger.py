"""The ledger and the picture, on both databases: what was written can be read as at any moment, and never rewritten."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from framework.errors import Conflict
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.store import tables as t
from framework.store.ledger import FIRST_HASH, entry
from framework.store.pictures import known, load
from framework.store.provenance import told_of_row, told_of_value
from framework.subjects import ACTIONS, data_of
from tests.conftest import LEADER, NOW, TRUST, a_kpi, a_value, an_action, half_term, put

EARLIER = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def put_title(store, title, *, seen, now=NOW):
    with entry(store, by=LEADER, now=now, deed="rename") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title=title)), seen=seen)


def test_a_change_leaves_who_when_which_and_why(store):
    with entry(store, by=LEADER, now=NOW, deed="rename", reason="clearer") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title="New name")), seen=1)
    told = told_of_row(store, load(store, NOW, Audience.LEADERS), "action", "action0001")[0]
    assert (told.told.by, told.told.deed, told.told.reason, told.told.at) == (LEADER.name, "rename", "clearer", NOW)
    assert told.changed == ("title",)


def test_the_picture_of_a_past_moment_holds_what_was_recorded_by_then(store):
    put_title(store, "New name", seen=1)
    then = load(store, NOW, Audience.LEADERS, as_at=NOW - timedelta(seconds=1))
    assert then.actions["action0001"].title == "Breakfast club at Hazel Grange"
    assert load(store, NOW, Audience.LEADERS).actions["action0001"].title == "New name"


def test_todays_picture_is_the_same_read_from_the_tables_and_from_the_ledger(store):
    put_title(store, "New name", seen=1)
    put(store, a_value(), now=NOW)
    today = load(store, NOW, Audience.LEADERS)
    store.cache.clear()  # else one picture serves both
    replayed = load(store, NOW, Audience.LEADERS, as_at=NOW)
    assert today.rows == replayed.rows
    assert today.latest == replayed.latest


def test_a_row_someone_else_changed_is_refused_and_nothing_is_written(store):
    put_title(store, "Theirs", seen=1)
    with pytest.raises(Conflict, match="Someone else changed this action"):
        put_title(store, "Mine", seen=1)
    picture = load(store, NOW, Audience.LEADERS)
    assert picture.actions["action0001"].title == "Theirs"
    assert picture.change == 2


def test_an_error_halfway_leaves_nothing_behind(store):
    with pytest.raises(KeyError), entry(store, by=LEADER, now=NOW, deed="rename") as e:
        e.put(ACTIONS, "action0001", {"title": "a row without its other fields"}, seen=1)
    assert load(store, NOW, Audience.LEADERS).actions["action0001"].title == "Breakfast club at Hazel Grange"


def test_a_correction_replaces_a_value_and_keeps_the_earlier_one(store):
    first = put(store, a_value(24.1), now=NOW)
    put(store, a_value(23.9, version=first, ref="another001", note="a late register"), now=NOW)
    picture = load(store, NOW, Audience.LEADERS)
    value = picture.latest["kpi0000001", TRUST.ref, ""]
    assert (value.number, value.corrects, value.ref) == (23.9, True, "value00001")
    assert [told.number for told in told_of_value(store, picture, value)] == [23.9, 24.1]


def test_a_value_recorded_by_two_people_at_once_is_kept_once(store):
    put(store, a_value(24.1), now=NOW)
    with pytest.raises(Conflict):
        put(store, a_value(23.9), now=NOW)


def test_the_latest_value_is_of_the_newest_period_not_of_the_newest_entry(store):
    put(store, a_value(24.1), now=NOW)
    put(store, a_value(25.0, ref="value00002", period=half_term(2025, 6)), now=NOW + timedelta(hours=1))
    assert load(store, NOW, Audience.LEADERS).latest["kpi0000001", TRUST.ref, ""].number == 24.1


def test_a_withdrawn_value_is_no_longer_there_but_was(store):
    first = put(store, a_value(24.1), now=EARLIER + timedelta(days=60))
    put(store, a_value(None, version=first, state="withdrawn"), now=NOW)
    assert load(store, NOW, Audience.LEADERS).latest == {}
    then = load(store, NOW, Audience.LEADERS, as_at=NOW - timedelta(days=1))
    assert then.latest["kpi0000001", TRUST.ref, ""].number == 24.1


def test_at_each_moment_the_values_are_those_in_force_then(store):
    """One slot corrected, withdrawn and given again; a later one that came before it and was withdrawn for good."""
    later = {"ref": "value00002", "period": half_term(2026, 2)}
    told = [
        (a_value(24.1), 24.1),
        (a_value(30.0, **later), 30.0),
        (a_value(23.9), 30.0),
        (a_value(None, **later, state="withdrawn"), 23.9),
        (a_value(None, state="withdrawn"), None),
        (a_value(23.5), 23.5),
    ]
    seen: dict[str, int] = {}
    for n, (value, _) in enumerate(told):
        row = dataclasses.replace(value, version=seen.get(value.ref, 0))
        seen[value.ref] = put(store, row, now=NOW + timedelta(minutes=n))
    for n, (_, newest) in enumerate(told):
        picture = load(store, NOW, Audience.LEADERS, as_at=NOW + timedelta(minutes=n))
        assert [v.number for v in picture.latest.values()] == ([] if newest is None else [newest])
        in_force = {}
        for value, _ in told[: n + 1]:
            in_force[value.period] = value.number
        standing = sorted((p.ordinal, number) for p, number in in_force.items() if number is not None)
        assert [(v.period.ordinal, v.number) for v in picture.series("kpi0000001")] == standing
        assert {v.number for v in known(store, picture.change)[0]["value"].values()} == set(in_force.values())


def test_of_periods_of_two_kinds_the_one_recorded_later_is_the_latest(store):
    put(store, a_value(24.1), now=NOW)
    put(store, a_value(25.0, ref="value00002", period=Period(PeriodKind.TERM, 2026, 1)), now=NOW)
    assert [v.number for v in load(store, NOW, Audience.LEADERS).latest.values()] == [25.0]


@pytest.mark.parametrize("table", t.SEALED)
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_ledger(store, table, deed):
    put(store, a_value(), now=NOW)
    with entry(store, by=LEADER, now=NOW, deed="load") as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title="New name")), seen=1)
        e.keep_source("plan.xlsx", b"bytes", "civic-plan/1")
    with store.writing() as conn:
        conn.execute(sa.insert(t.frozen_copy).values(ref="copy000001", sha256="0" * 64, content=b"bytes"))
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), store.writing() as conn:
        conn.execute(sa.text(deed.format(f'"{table}"')))


def test_replacing_a_row_of_the_ledger_is_refused_too(store):
    if not store.sqlite:
        statement = "INSERT INTO change SELECT * FROM change ON CONFLICT (id) DO UPDATE SET deed = 'x'"
    else:
        statement = "INSERT OR REPLACE INTO change SELECT * FROM change"
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), store.writing() as conn:
        conn.execute(sa.text(statement))


def test_each_change_is_chained_to_the_one_before(store):
    put_title(store, "New name", seen=1)
    with store.reading() as conn:
        rows = conn.execute(sa.select(t.change.c.hash, t.change.c.previous_hash).order_by(t.change.c.id)).all()
    assert [row.previous_hash for row in rows] == [FIRST_HASH, rows[0].hash]
    assert len({row.hash for row in rows}) == 2


def test_time_never_runs_backwards_in_the_ledger(store):
    put_title(store, "First", seen=1, now=NOW)
    put_title(store, "Second", seen=2, now=NOW - timedelta(hours=3))
    with store.reading() as conn:
        times = conn.execute(sa.select(t.change.c.at).order_by(t.change.c.id)).scalars().all()
    assert times == sorted(times)
    assert times[-1] == NOW


def test_of_changes_recorded_at_one_moment_all_are_known_by_then(store):
    put_title(store, "First", seen=1)
    put_title(store, "Second", seen=2)
    assert load(store, NOW, Audience.LEADERS, as_at=NOW).actions["action0001"].title == "Second"


def test_dates_and_moments_come_back_as_they_went_in_on_both_databases(store):
    row = an_action(ref="action0002", code="A-15", due_on=date(2026, 2, 28), likelihood=1)
    put(store, row, now=datetime(2026, 11, 13, 1, 30, tzinfo=UTC))
    again = load(store, NOW, Audience.LEADERS).actions["action0002"]
    assert dataclasses.replace(again, version=0) == row


def test_a_true_nought_is_kept_apart_from_no_number(store):
    put(store, a_value(0.0, numerator=0, denominator=31), now=NOW)
    value = load(store, NOW, Audience.LEADERS).latest["kpi0000001", TRUST.ref, ""]
    assert (value.number, value.numerator, value.has_number) == (0.0, 0, True)


def test_an_archived_row_is_not_shown_but_still_has_its_name(store):
    put(store, dataclasses.replace(an_action(), version=1, archived=True), now=NOW)
    picture = load(store, NOW, Audience.LEADERS)
    assert "action0001" not in picture.actions
    assert picture.name("action", "action0001") == "Breakfast club at Hazel Grange"


def test_the_task_force_sees_only_what_is_shared_with_it(store):
    put(store, an_action(ref="action0002", code="A-15", visibility="task force"), now=NOW)
    assert set(load(store, NOW, Audience.TASK_FORCE).actions) == {"action0002"}
    assert set(load(store, NOW, Audience.BOARD).actions) == {"action0001", "action0002"}


def test_pictures_are_shared_until_something_changes(store):
    assert load(store, NOW, Audience.LEADERS) is load(store, NOW, Audience.LEADERS)
    before = load(store, NOW, Audience.LEADERS)
    put_title(store, "New name", seen=1)
    assert load(store, NOW, Audience.LEADERS) is not before


def test_series_of_one_kpi_outlive_a_change_of_something_else(store):
    put(store, a_value(), now=NOW)
    before = load(store, NOW, Audience.LEADERS).series("kpi0000001")
    put_title(store, "New name", seen=1)
    assert load(store, NOW, Audience.LEADERS).series("kpi0000001") is before


def test_everything_known_counts_the_newest_change(store):
    here, number = known(store)
    assert number == 1
    assert here["kpi"]["kpi0000001"] == dataclasses.replace(a_kpi(), version=1)


def test_a_new_row_with_an_id_that_is_here_is_refused(store):
    with pytest.raises(Conflict):
        put(store, a_kpi())


def test_a_setting_is_ledgered_like_a_row(store):
    with entry(store, by=LEADER, now=NOW, deed="change setting") as e:
        e.set("quiet_after", 30)
    assert load(store, NOW, Audience.LEADERS).settings.quiet_after == 30
    assert load(store, NOW, Audience.LEADERS, as_at=EARLIER).settings.quiet_after == 45


def test_an_entry_that_puts_nothing_writes_no_change(store):
    with entry(store, by=LEADER, now=NOW, deed="nothing") as e:
        pass
    assert e.change_id is None
    assert load(store, NOW, Audience.LEADERS).change == 1
