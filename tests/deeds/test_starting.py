"""The sample's replay: each thing stands from the day on which it was recorded, and not before."""

from datetime import UTC, date, datetime, time

import pytest

from framework.people import Audience
from framework.store import Store
from framework.store.pictures import load

NOW = datetime(2026, 11, 13, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def on(loaded_sample):
    store = Store.open(loaded_sample)
    yield lambda day: load(store, NOW, Audience.LEADERS, as_at=datetime.combine(day, time(22), UTC))
    store.close()


def the_action(picture, code):
    return next(a for a in picture.actions.values() if a.code == code)


def test_evidence_stands_from_its_own_day(on):
    for day, there in ((date(2026, 2, 5), 0), (date(2026, 2, 6), 1)):
        picture = on(day)
        assert len(picture.evidence.get(the_action(picture, "A-06").ref, ())) == there


@pytest.mark.parametrize(
    ("day", "asked", "answered"),
    [(date(2026, 9, 24), 0, 0), (date(2026, 9, 25), 1, 0), (date(2026, 10, 1), 1, 0), (date(2026, 10, 2), 1, 1)],
)
def test_a_query_is_open_from_the_day_it_was_asked_until_the_day_it_was_answered(on, day, asked, answered):
    queries = on(day).queries
    assert (len(queries), sum(q.answered_on is not None and q.answer is not None for q in queries)) == (asked, answered)


def test_what_changed_is_said_with_the_word_that_closes_the_action(on):
    assert the_action(on(date(2026, 7, 13)), "A-06").outcome is None
    assert the_action(on(date(2026, 7, 17)), "A-06").outcome.startswith("Nearly every")


def test_what_it_should_move_and_what_it_takes_stand_from_the_first_day(on):
    action = the_action(on(date(2025, 10, 6)), "A-05")
    assert (action.expected_change, action.expected_by, action.hours, action.cost) == (6, date(2027, 3, 25), 380, 14500)


def test_nobody_has_left_before_their_last_day_was_written_down(on):
    def left(day):
        return [p.name for p in on(day).people.values() if p.left_on is not None]

    assert (left(date(2026, 7, 16)), left(date(2026, 7, 17))) == ([], ["Patience Adeyemi"])


def test_people_have_their_addresses_from_the_first_day(on):
    assert sum(p.email is not None for p in on(date(2023, 9, 30)).people.values()) == 22
