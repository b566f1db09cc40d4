"""The background: each job is done by one process at a time, a failing one holds up no other, and none is lost."""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from framework.deeds import background
from framework.deeds.background import DRAFTS_KEPT, LEASE, Job, keep_doing, the_jobs
from framework.errors import ValueRefused
from framework.post import PostOffice
from framework.store import Store, askings, drafts, leases, tables, waiting
from framework.store.ledger import entry
from tests.conftest import LEADER, MEMBER, NOW

SECONDS = 0.3  # of a lease


class Clock:
    """A clock that stands until it is moved, so that no test waits for a lease, and none fails on a busy machine."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def looping(store: Store, *jobs: Job, holder: str = "one", clock: Clock | None = None, seconds: float = SECONDS) -> Any:
    """The loop, in a hurry; the moment of its jobs is the cast's."""
    return keep_doing(store, jobs, now=lambda: NOW, clock=clock or Clock(), holder=holder, seconds=seconds)


async def until(seen: Callable[[], object], patience: float = 10) -> None:
    async with asyncio.timeout(patience):
        while not seen():
            await asyncio.sleep(0.005)


async def stop(loop: "asyncio.Task[None]") -> None:
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop


def run_until(seen: Callable[[], object], *loops: Any) -> None:
    """Run loops until something is seen."""

    async def run() -> None:
        tasks = [asyncio.create_task(loop) for loop in loops]
        await until(seen)
        for task in tasks:
            assert not task.done()
            await stop(task)

    asyncio.run(run())


@pytest.fixture
def a_store(sqlite_ground) -> Store:
    """Where only the loop matters, one kind of database will do."""
    return sqlite_ground.store("small trust")


# One loop


def test_a_job_is_done_again_and_again_at_the_moment_it_is_given(a_store):
    seen: list[object] = []
    run_until(lambda: len(seen) >= 3, looping(a_store, Job("count", 0.01, lambda _, now: seen.append(now))))
    assert set(seen) == {NOW}


def test_a_job_is_done_at_once_and_then_when_its_time_has_come(a_store):
    often, seldom = [], []
    jobs = Job("often", 0.01, lambda *_: often.append(1)), Job("seldom", 60, lambda *_: seldom.append(1))
    run_until(lambda: len(often) >= 10 and seldom, looping(a_store, *jobs))
    assert len(seldom) == 1


def failing(trouble: Exception) -> Callable[..., None]:
    def run(*_: object) -> None:
        raise trouble

    return run


def test_a_bug_is_logged_whole_with_a_mark_to_find_it_by_and_holds_up_no_other_job(a_store, caplog):
    seen: list[object] = []
    jobs = Job("broken", 0.01, failing(KeyError("a bug"))), Job("sound", 0.01, lambda *_: seen.append(1))
    run_until(lambda: len(seen) >= 3 and len(caplog.records) >= 2, looping(a_store, *jobs))
    first = caplog.records[0]
    assert (first.levelno, first.exc_info[0]) == (logging.ERROR, KeyError)
    marks = {record.getMessage() for record in caplog.records}
    assert len(marks) == len(caplog.records)
    assert all(mark.startswith("In the background, broken failed [") for mark in marks)


@pytest.mark.parametrize("trouble", [OSError("the share is away"), ValueRefused("the share is away")])
def test_trouble_of_the_world_is_one_line(a_store, caplog, trouble):
    run_until(lambda: caplog.records, looping(a_store, Job("inbox", 60, failing(trouble))))
    (record,) = caplog.records
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)
    assert record.getMessage() == "In the background, inbox: the share is away"


def test_what_keeps_failing_is_tried_more_and_more_seldom_and_what_recovers_as_often_as_before(a_store, monkeypatch):
    monkeypatch.setattr(background, "LONGEST_PAUSE", 0.08)
    slept: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        slept.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(background.asyncio, "sleep", noted)
    tries: list[int] = []

    def run(*_: object) -> None:
        tries.append(1)
        if len(tries) <= 5:
            raise OSError("away")

    run_until(lambda: len(tries) >= 7, looping(a_store, Job("inbox", 0.01, run)))
    pauses = [seconds for seconds in slept if seconds not in (SECONDS / 3, 0.005)]
    assert pauses[:6] == [0.02, 0.04, 0.08, 0.08, 0.08, 0.01]


def test_a_job_is_done_in_a_thread_and_keeps_no_visitor_waiting(a_store):
    answered = threading.Event()
    found: list[bool] = []

    async def run() -> None:
        loop = asyncio.create_task(looping(a_store, Job("slow", 60, lambda *_: found.append(answered.wait(5)))))
        await asyncio.sleep(0.05)
        answered.set()  # never while the job runs, if it ran where visitors are answered
        await until(lambda: found)
        await stop(loop)

    asyncio.run(run())
    assert found == [True]


# Several loops, one database


def test_of_several_loops_one_does_the_work_and_each_round_once(store):
    done: list[str] = []

    def job(holder: str) -> Job:
        return Job("count", 0.01, lambda *_: done.append(holder))

    with closing(Store(store.url)) as other:
        loops = [looping(s, job(name), holder=name) for s, name in [(store, "one"), (store, "two"), (other, "three")]]
        run_until(lambda: len(done) >= 20, *loops)
    # The last ones are stopped in their turn, and one that waits may go on for a moment.
    assert len(set(done[:20])) == 1


def test_when_one_stops_the_next_goes_on_at_once(a_store):
    done: list[str] = []

    def a_loop(holder: str) -> Any:
        return asyncio.create_task(looping(a_store, Job("count", 0.01, lambda *_: done.append(holder)), holder=holder))

    async def run() -> None:
        first = a_loop("one")
        await until(lambda: done)
        second = a_loop("two")
        await asyncio.sleep(SECONDS)
        await stop(first)
        assert set(done) == {"one"}
        await until(lambda: "two" in done, patience=5)
        await stop(second)

    asyncio.run(run())


@pytest.mark.parametrize(("later", "goes_on"), [(59, False), (61, True)])
def test_the_work_of_one_that_died_is_gone_on_with_when_its_lease_is_over(a_store, later, goes_on):
    leases.take(a_store, LEASE, "dead", NOW, 60)
    clock, done = Clock(), list[int]()
    clock.pass_by(later)

    async def run() -> None:
        loop = asyncio.create_task(looping(a_store, Job("count", 0.01, lambda *_: done.append(1)), clock=clock))
        if goes_on:
            await until(lambda: done)
        else:
            await asyncio.sleep(SECONDS)
        await stop(loop)

    asyncio.run(run())
    assert bool(done) is goes_on


def lease_until(store: Store) -> datetime:
    with store.reading() as conn:
        return conn.execute(sa.select(tables.lease.c.until).where(tables.lease.c.name == LEASE)).scalar_one()


def test_work_that_takes_longer_than_a_lease_is_not_begun_by_another(a_store):
    clock, begun, ended = Clock(), list[str](), threading.Event()

    def a_loop(holder: str) -> "asyncio.Task[None]":
        def run(*_: object) -> None:
            begun.append(holder)
            ended.wait(10)

        return asyncio.create_task(looping(a_store, Job("slow", 60, run), holder=holder, clock=clock))

    async def run() -> None:
        first = a_loop("one")
        await until(lambda: begun)
        second = a_loop("two")
        for _ in range(4):
            clock.pass_by(SECONDS * 0.6)
            await until(lambda: lease_until(a_store) == clock.at + timedelta(seconds=SECONDS))
        ended.set()
        await stop(second)
        await stop(first)

    asyncio.run(run())
    assert begun == ["one"]


def test_stopped_in_the_middle_of_work_it_ends_that_before_another_begins(a_store):
    told: list[str] = []
    begun = threading.Event()

    def slowly(*_: object) -> None:
        begun.set()
        time.sleep(0.2)
        told.append("the first is done")

    async def run() -> None:
        first = asyncio.create_task(looping(a_store, Job("slow", 60, slowly), holder="one", seconds=30))
        await until(begun.is_set)
        job = Job("slow", 60, lambda *_: told.append("the second begins"))
        second = asyncio.create_task(looping(a_store, job, holder="two", seconds=0.06))
        await stop(first)
        await until(lambda: len(told) >= 2)
        await stop(second)

    asyncio.run(run())
    assert told == ["the first is done", "the second begins"]


def test_without_the_database_work_ends_when_the_lease_does_and_goes_on_once_it_is_back(a_store, monkeypatch, caplog):
    clock, away, done, tries = Clock(), threading.Event(), list[int](), list[int]()
    take = leases.take

    def take_while_it_is_there(*args: Any) -> bool:
        if away.is_set():
            tries.append(1)
            raise ConnectionError("the database is away")
        return take(*args)

    monkeypatch.setattr(leases, "take", take_while_it_is_there)

    async def more_is_done() -> None:
        before = len(done)
        await until(lambda: len(done) > before)

    async def run() -> None:
        loop = asyncio.create_task(looping(a_store, Job("count", 0.01, lambda *_: done.append(1)), clock=clock))
        await more_is_done()
        away.set()
        await until(lambda: tries)
        await more_is_done()
        clock.pass_by(SECONDS)
        await asyncio.sleep(0.05)
        before = len(done)
        await asyncio.sleep(0.1)
        assert len(done) == before
        away.clear()
        await more_is_done()
        await stop(loop)

    asyncio.run(run())
    assert {record.getMessage() for record in caplog.records} == {"In the background, the lease: the database is away"}


# What there is to do


def this_moment() -> datetime:
    return datetime.now(UTC)


def jobs_by_name(folder: Any, office: PostOffice | None = None) -> dict[str, Job]:
    return {job.name: job for job in the_jobs(folder, office, clock=this_moment)}


def test_what_is_laid_into_the_watched_folder_waits_soon_after(a_store, tmp_path):
    folder = tmp_path / "inbox"
    job = jobs_by_name(folder)["inbox"]

    async def run() -> None:
        loop = asyncio.create_task(looping(a_store, Job("inbox", 0.02, job.run)))
        await asyncio.sleep(0.1)
        folder.mkdir()  # it may come after the server has started
        (folder / "june.csv").write_bytes(b"a,b\n1,2\n")
        os.utime(folder / "june.csv", (0, 0))  # it has been still for long enough
        await until(lambda: waiting.waiting(a_store))
        await stop(loop)

    asyncio.run(run())
    (one,) = waiting.waiting(a_store)
    assert (one.name, one.by, one.via, one.made_at) == ("june.csv", None, "inbox", NOW)


def test_drafts_of_a_month_are_forgotten_and_younger_ones_kept(store, tmp_path):
    with store.writing() as conn:
        for person, age in ((LEADER, DRAFTS_KEPT + timedelta(seconds=1)), (MEMBER, DRAFTS_KEPT)):
            drafts.keep(conn, person=person.ref, about="action0001", data={"words": "Half a sent"}, at=NOW - age)
    jobs_by_name(tmp_path)["forget"].run(store, NOW)
    assert drafts.drafts_of(store, LEADER.ref) == {}
    assert "action0001" in drafts.drafts_of(store, MEMBER.ref)


def test_leases_that_ran_out_a_month_ago_are_forgotten_by_the_clock_of_the_machine(a_store, tmp_path):
    for name, age in (("old", DRAFTS_KEPT + timedelta(hours=1)), ("young", DRAFTS_KEPT - timedelta(hours=1))):
        leases.take(a_store, name, "dead", this_moment() - age, 0)
    jobs_by_name(tmp_path)["forget"].run(a_store, NOW)
    assert leases.prune(a_store, this_moment()) == 1


@pytest.mark.parametrize("office", [None, PostOffice("127.0.0.1", "plan@trust.org", 9)])
def test_the_digest_is_sent_on_a_monday_where_there_is_a_mail_server(a_store, tmp_path, monkeypatch, office):
    monkeypatch.setenv("BASE_URL", "https://plan.trust.org")
    with entry(a_store, by=LEADER, now=NOW, deed="change setting") as e:
        e.set("monday_digest", True)
    jobs_by_name(tmp_path, office)["digest"].run(a_store, NOW + timedelta(days=3))
    assert bool(askings.askings(a_store)) is (office is not None)


def test_every_job_can_be_done_over_an_empty_store_without_a_folder_or_a_mail_server(empty_store, tmp_path):
    for job in jobs_by_name(tmp_path / "nowhere").values():
        job.run(empty_store, NOW)
