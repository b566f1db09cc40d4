"""Starts the real server as `make run` does, on a free port over a database of its own, and stops it again."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

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
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", database, database.with_suffix(f".{port}.log"))
    command = [sys.executable, "-m", "framework", "demo", "--port", str(port), "--database", str(database)]
    with server.log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_until_ready(server, process)
        yield server
    finally:
        stop(process)


def environment() -> dict[str, str]:
    """Ours, without what would lead the server to another database or another look."""
    kept = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED and not k.startswith("STREAMLIT_")}
    return kept | {"PYTHONUNBUFFERED": "1"}


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


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while status(f"{server.address}/health") != 200:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped by itself ({process.returncode}). It said:\n{server.said()}")
        if time.monotonic() > end:
            raise RuntimeError(f"The server was not ready after {PATIENCE} seconds. It said:\n{server.said()}")
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started."""
    for sign, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        if process.poll() is not None:
            return
        os.killpg(process.pid, sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def copy_database(source: Path, target: Path) -> None:
    """A copy of a SQLite database that may be in use."""
    with closing(sqlite3.connect(source)) as used, closing(sqlite3.connect(target)) as copy:
        used.backup(copy)
