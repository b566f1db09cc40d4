"""What the server does of itself: one loop, which runs in one process at a time however many serve the same database.

The lease is a promise among honest servers, not a lock: a machine that stood still for longer than a lease may go on
with a job that another has begun. So every job has to bear being run twice.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from framework.deeds.digest import send_digest
from framework.deeds.inbox import take_in
from framework.errors import Refused
from framework.post import PostOffice
from framework.store import drafts, leases
from framework.store.engine import Store

LEASE = "background"
LEASE_SECONDS = 60.0  # after which another server goes on with the work of one that died
LONGEST_PAUSE = 300.0  # seconds after which a job that keeps failing is tried again, at the latest
DRAFTS_KEPT = timedelta(days=30)
Clock = Callable[[], datetime]
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to do again and again. `run` is given the store and the moment: in the sample, of the sample's day."""

    name: str
    every: float  # seconds from the end of one run to the next
    run: Callable[[Store, datetime], object]


def the_jobs(folder: Path, office: PostOffice | None, *, clock: Clock) -> tuple[Job, ...]:
    """What a server has to do.

    folder  the watched folder, which may come and go
    office  the mail server; None: no digest goes out
    clock   this very moment, also in the sample
    """

    def watch(store: Store, now: datetime) -> None:
        if folder.is_dir():
            take_in(store, folder, now=now, clock=clock())

    def forget(store: Store, now: datetime) -> None:
        drafts.prune(store, now - DRAFTS_KEPT)
        leases.prune(store, clock() - DRAFTS_KEPT)

    def send(store: Store, now: datetime) -> None:
        send_digest(store, now, office)

    return Job("inbox", 5, watch), Job("forget", 6 * 3600, forget), Job("digest", 600, send)


async def keep_doing(
    store: Store, jobs: tuple[Job, ...], *, now: Clock, clock: Clock, holder: str, seconds: float = LEASE_SECONDS
) -> None:
    """Run each job when its time comes, for as long as this process holds the lease; until cancelled.

    A job that fails is tried again later and later, and holds up no other. Cancelled, it waits for what is being done
    and leaves the lease to the next.

    holder   a name that no other process has
    seconds  how long the lease is for; it is renewed three times as often
    """
    turn = _Turn(store, clock, holder, seconds)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(turn.keep())
            for job in jobs:
                group.create_task(_keep_running(job, turn, now))
    finally:
        await turn.leave()


async def _keep_running(job: Job, turn: "_Turn", now: Clock) -> None:
    failed = 0
    while True:
        await turn.comes()
        went_well = _went_well(job.name, await turn.do(lambda: job.run(turn.store, now())))
        failed = 0 if went_well else min(failed + 1, 16)
        await asyncio.sleep(min(job.every * 2**failed, max(job.every, LONGEST_PAUSE)))


@dataclass
class _Turn:
    """Whether it is this process's turn. What it does is done in threads, so that no visitor waits for it."""

    store: Store
    clock: Clock
    holder: str
    seconds: float
    until: datetime | None = None  # None: another has it, or nobody
    ours: asyncio.Event = field(default_factory=asyncio.Event)
    at_work: set[asyncio.Task[Any]] = field(default_factory=set)

    async def keep(self) -> None:
        """Ask for the lease again and again. While the database does not answer, what it promised holds."""
        while True:
            asked = self.clock()
            found = await self.do(partial(leases.take, self.store, LEASE, self.holder, asked, self.seconds))
            if found is True:
                self.until = asked + timedelta(seconds=self.seconds)
                self.ours.set()
            elif _went_well("the lease", found):
                self.until = None
                self.ours.clear()
            await asyncio.sleep(self.seconds / 3)

    async def comes(self) -> None:
        """Wait until it is our turn."""
        while True:
            await self.ours.wait()
            if self.until is not None and self.clock() < self.until:
                return
            self.ours.clear()

    async def do(self, work: Callable[[], T]) -> T | BaseException:
        """What came of it, or what it raised. A thread cannot be stopped: cancelled, it is left to end by itself."""
        task = asyncio.create_task(asyncio.to_thread(work))
        self.at_work.add(task)
        task.add_done_callback(self.at_work.discard)
        (found,) = await asyncio.gather(asyncio.shield(task), return_exceptions=True)
        return found

    async def leave(self) -> None:
        """Let the next go on, unless something of ours is at work still: then the lease runs out by itself."""
        if self.at_work:
            await asyncio.wait(set(self.at_work), timeout=self.seconds / 3)
        if not self.at_work:
            _went_well("the lease", await self.do(partial(leases.let_go, self.store, LEASE, self.holder)))


def _went_well(what: str, found: object) -> bool:
    """Whether nothing was raised; what was is logged: trouble of the world in a line, a bug of ours whole."""
    if isinstance(found, OSError | Refused):
        _log.warning("In the background, %s: %s", what, found)
    elif isinstance(found, BaseException):
        _log.error("In the background, %s failed [%s]", what, secrets.token_hex(4), exc_info=found)
    return not isinstance(found, BaseException)
