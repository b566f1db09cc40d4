"""A throttle allows so many in so long a time, to each key, and remembers no more keys than it was told to."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from framework.access.throttle import Throttle


def answers(throttle: Throttle, *moments: float, key: str = "someone") -> list[bool]:
    return [throttle.allows(key, at) for at in moments]


@pytest.mark.parametrize(
    ("moments", "allowed"),
    [
        ((0, 0, 0), [True, True, True]),
        ((0, 0, 0, 0), [True, True, True, False]),
        ((0, 1, 2, 9.999), [True, True, True, False]),
        ((0, 1, 2, 10), [True, True, True, True]),
        ((0, 1, 2, 10, 10.999), [True, True, True, True, False]),
        ((0, 1, 2, 10, 11), [True, True, True, True, True]),
    ],
)
def test_three_are_allowed_in_any_ten_seconds(moments, allowed):
    assert answers(Throttle(3, 10), *moments) == allowed


def test_knocking_meanwhile_does_not_keep_anyone_out():
    assert answers(Throttle(1, 10), 0, 3, 6, 9, 10) == [True, False, False, False, True]


def test_one_key_does_not_use_up_anothers():
    throttle = Throttle(1, 10)

    assert (answers(throttle, 0, 0), answers(throttle, 0, key="someone else")) == ([True, False], [True])


def test_keys_are_let_go_once_their_time_is_over():
    throttle = Throttle(1, 10)
    for number in range(50):
        throttle.allows(str(number), 0)

    throttle.allows("late", 10)

    assert len(throttle) == 1


@pytest.mark.parametrize(("keys", "kept"), [(4, 4), (5, 5), (6, 5)])
def test_no_more_keys_are_remembered_than_told(keys, kept):
    throttle = Throttle(1, 10, keys=5)
    for number in range(keys):
        throttle.allows(str(number), number)

    assert len(throttle) == kept


def test_the_key_allowed_longest_ago_is_forgotten_first():
    throttle = Throttle(2, 10, keys=2)
    for at, key in enumerate("abac"):
        throttle.allows(key, at)

    assert (answers(throttle, 4, key="a"), answers(throttle, 5, 6, key="b")) == ([False], [True, True])


def test_many_at_once_get_no_more_than_one_after_another():
    throttle = Throttle(100, 10)
    with ThreadPoolExecutor(8) as several:
        allowed = sum(several.map(lambda _: throttle.allows("someone", 0), range(400)))

    assert allowed == 100
