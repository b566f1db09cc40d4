"""Leases: one holder at a time, renewed by its holder, taken over when its time is over."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from framework.store import Store
from framework.store.leases import let_go, prune, take

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_first_who_asks_holds_it_and_nobody_else(empty_store):
    assert take(empty_store, "work", "one", NOW, 60)
    assert not take(empty_store, "work", "two", NOW, 60)
    assert take(empty_store, "other work", "two", NOW, 60)


def test_whoever_holds_it_renews_it(empty_store):
    take(empty_store, "work", "one", NOW, 60)
    assert take(empty_store, "work", "one", after(50), 60)
    assert not take(empty_store, "work", "two", after(109), 60)


@pytest.mark.parametrize(("seconds", "taken"), [(59.9, False), (60, True), (600, True)])
def test_it_is_taken_over_once_its_time_is_over(empty_store, seconds, taken):
    take(empty_store, "work", "one", NOW, 60)
    assert take(empty_store, "work", "two", after(seconds), 60) is taken
    assert take(empty_store, "work", "one", after(seconds), 60) is not taken


def test_what_is_let_go_is_free_at_once(empty_store):
    take(empty_store, "work", "one", NOW, 60)
    let_go(empty_store, "work", "one")
    assert take(empty_store, "work", "two", NOW, 60)


def test_nobody_lets_go_of_what_another_holds(empty_store):
    take(empty_store, "work", "one", NOW, 60)
    let_go(empty_store, "work", "two")
    assert not take(empty_store, "work", "two", NOW, 60)


def test_what_ran_out_long_ago_is_forgotten(empty_store):
    take(empty_store, "past", "one", NOW, 60)
    take(empty_store, "present", "one", NOW, 61)
    assert prune(empty_store, after(61)) == 1
    assert not take(empty_store, "present", "two", NOW, 60)


NAMES = [f"work {n}" for n in range(12)]


def held_by(url: str, holder: str) -> list[str]:
    """What one holder gets of all the work, asked for as fast as can be."""
    with closing(Store(url)) as store:
        return [name for name in NAMES if take(store, name, holder, NOW, 60)]


def test_of_many_threads_exactly_one_holds_each(empty_store):
    with ThreadPoolExecutor(6) as threads:
        found = threads.map(held_by, [empty_store.url] * 6, map(str, range(6)))
        assert sorted(name for some in found for name in some) == sorted(NAMES)


def test_of_two_processes_exactly_one_holds_each(sqlite_ground):
    # On SQLite alone: PostgreSQL cannot tell a process from a thread that has a connection of its own.
    url = sqlite_ground.store("empty").url
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as processes:
        found = processes.map(held_by, [url] * 4, map(str, range(4)))
        assert sorted(name for some in found for name in some) == sorted(NAMES)
