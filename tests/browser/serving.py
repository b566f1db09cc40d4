"""Starts the real server as `make run` does, on a free port over a database of its own, and stops it again."""

import multiprocessing
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from framework import __main__ as command_line
from framework.where import WATCHED

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until a first start has loaded the sample
NOT_INHERITED = ("CIVIC_DATABASE", "DATABASE_URL", "BASE_URL", "PORT")
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    address: str  # http://127.0.0.1:8501, without a slash at the end
    database: Path
    log: Path

    def said(self) -> str:
        """The last of what the server has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-6000:]


@contextmanager
def serve(database: Path) -> Iterator[Server]:
    """A server that is ready to be visited; it is gone at the end of the block."""
    server, words = planned(database)
    with server.log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "framework", *words],
            cwd=ROOT,
            env=environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_ready(server, process.poll)
        yield server
    finally:
        stop(process.pid, process.poll)


def planned(database: Path) -> tuple[Server, list[str]]:
    """A server that nobody has started yet, and the words that start it."""
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", database, database.with_suffix(f".{port}.log"))
    return server, ["demo", "--port", str(port), "--database", str(database)]


# Starting many servers


# What a server imports before the first visitor comes, and not what it is asked for: the app and its pages.
IMPORTED = ("streamlit.web.cli", "uvicorn", "pandas", "altair", "framework.charts", "framework.deeds.starting")


@contextmanager
def serve_soon(database: Path) -> Iterator[Server]:
    """A server as `serve` has it, in a fifth of the time: forked from a process that did the imports once."""
    server, words = planned(database)
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(list(IMPORTED))
    process = forks.Process(target=be_a_server, args=(words, server.log, environment()))
    process.start()
    assert process.pid is not None
    try:
        wait_until_ready(server, lambda: process.exitcode)
        yield server
    finally:
        stop(process.pid, lambda: process.exitcode)


def be_a_server(words: list[str], log: Path, variables: dict[str, str]) -> None:
    """What `python -m framework` does with these words, without a second process."""
    os.setsid()
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(variables)
    subprocess.call = run_here  # type: ignore[assignment]
    sys.exit(command_line.main(words))


def run_here(command: list[str], cwd: Path, env: dict[str, str]) -> int:
    """Run `python -m streamlit …` in this process."""
    os.environ.update(env)
    sys.path.insert(0, str(cwd))
    sys.argv = command[2:]
    from streamlit.web.cli import main

    main(prog_name="streamlit")
    return 0


# Both


def environment() -> dict[str, str]:
    """Ours, without what would lead the server to another database or another look."""
    kept = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED and not k.startswith("STREAMLIT_")}
    # Without a watched folder: else a test would take what lies in the one of whoever runs it.
    return kept | {"PYTHONUNBUFFERED": "1", WATCHED: os.devnull}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(address: str) -> int | None:
    """What an address answers; None when nobody does."""
    try:
        with DIRECTLY.open(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return None


def wait_until_ready(server: Server, ended: Callable[[], int | None]) -> None:
    end = time.monotonic() + PATIENCE
    while status(f"{server.address}/health") != 200:
        if ended() is not None:
            raise RuntimeError(f"The server stopped by itself ({ended()}). It said:\n{server.said()}")
        if time.monotonic() > end:
            raise RuntimeError(f"The server was not ready after {PATIENCE} seconds. It said:\n{server.said()}")
        time.sleep(0.1)


def stop(group: int, ended: Callable[[], int | None]) -> None:
    """End the server and whatever it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if ended() is not None:
            return
        os.killpg(group, sign)
        end = time.monotonic() + 10
        while ended() is None and time.monotonic() < end:
            time.sleep(0.02)


def copy_database(source: Path, target: Path) -> None:
    """A copy of a SQLite database that may be in use."""
    with closing(sqlite3.connect(source)) as used, closing(sqlite3.connect(target)) as copy:
        used.backup(copy)
