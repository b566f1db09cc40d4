"""As at any moment the picture is what it was when its newest change had just been written, whatever clocks did."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from framework.people import Audience
from framework.picture.moments import moment_of
from framework.store import tables as t
from framework.store.pictures import first_day, known, load
from tests.conftest import NOW, a_kpi, a_target, a_value, an_action, half_term, put

TICK = timedelta(microseconds=1)
SUMMER = half_term(2025, 6)


def at(day, hour=9, minute=0, month=10):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def told(sqlite_ground):
    """A store of five changes, and everything known just after each. The clock went ahead for the third one alone."""
    store = sqlite_ground.store("small trust")
    found = {1: known(store)[0]}

    def tell(*rows, now):
        number = put(store, *rows, now=now)
        found[number] = known(store)[0]

    tell(an_action(title="First", version=1), a_value(24.1), now=at(5))
    tell(a_value(23.9, version=2), a_target(number=19.0, version=1), now=at(12))
    tell(an_action(title="Second", version=2), a_value(25.0, ref="value00002", period=SUMMER), now=at(7))
    tell(a_kpi(title="Absence", version=1), a_value(24.0, version=3), now=at(14))
    yield store, found
    sqlite_ground.engine.dispose()


def test_a_clock_set_back_between_two_saves_does_not_turn_them_round(told):
    store, _ = told
    with store.reading() as conn:
        recorded = list(conn.execute(sa.select(t.change.c.at).order_by(t.change.c.id)).scalars())
    assert recorded == [at(1, 8, month=9), at(5), at(12), at(12), at(14)]


def test_as_at_any_moment_is_what_was_known_after_the_last_change_by_then(told):
    store, found = told
    recorded = {1: at(1, 8, month=9), 2: at(5), 4: at(12), 5: at(14)}  # the third and the fourth carry one moment
    for number, moment in recorded.items():
        until = min((other for other in recorded.values() if other > moment), default=NOW)
        for looked_at in (moment, moment + TICK, until - TICK):
            store.cache.clear()
            then = load(store, NOW, Audience.LEADERS, as_at=looked_at)
            here = {table: rows for table, rows in found[number].items() if table != "value"}
            values = {v.ref: v for v in found[number]["value"].values()}
            assert (then.change, then.rows) == (number, here)
            assert {v.ref: v for v in then.series("kpi0000001")} == values
            assert known(store, number)[0] == found[number]


def test_before_the_first_change_nothing_is_known(told):
    store, _ = told
    then = load(store, NOW, Audience.LEADERS, as_at=at(1, 8, month=9) - TICK)
    assert then.change == 0
    assert not any(then.rows.values())
    assert not then.latest


@pytest.mark.parametrize(
    ("saved", "day"),
    [
        (at(24, 22, 59), date(2026, 10, 24)),
        (at(24, 23, 30), date(2026, 10, 25)),  # 00:30, an hour ahead of UTC
        (at(25, 23, 30), date(2026, 10, 25)),  # 23:30: the clocks went back that night
    ],
)
def test_a_save_belongs_to_the_day_it_was_in_london_when_the_clocks_go_back(sqlite_ground, saved, day):
    store = sqlite_ground.store("small trust")
    number = put(store, an_action(title="At night", version=1), now=saved)
    today, first = load(store, NOW, Audience.LEADERS), first_day(store)
    before, then = (moment_of(d.isoformat(), today, first) for d in (day - timedelta(days=1), day))
    assert load(store, NOW, Audience.LEADERS, before.as_at).change < number
    assert load(store, NOW, Audience.LEADERS, then.as_at).change == number
    sqlite_ground.engine.dispose()
