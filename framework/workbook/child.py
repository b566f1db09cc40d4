"""A file parsed in a process of its own, so that nothing a file does can stop the server or fill its memory.

The child gets the bytes through its standard input and hands the book back as lines of JSON; nothing is left on disk.
Its memory, its seconds and the length of its answer are limited. Where Python has no `resource` (Windows) the system
limits nothing, and only the answer and the time that passes are watched.
"""

import contextlib
import gc
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, Full, Queue
from typing import IO, Any

from framework.errors import Cancelled, FileRefused
from framework.workbook import limits, refusals
from framework.workbook.cells import Book
from framework.workbook.parse import parse  # by this process too, so that the child finds it compiled
from framework.workbook.wire import Arriving, lines_of

Progress = Callable[[float, str], None]
Stop = Callable[[], bool]

CANCELLED = "Reading the file was stopped. Nothing was loaded."
_ROOT = Path(__file__).parent.parent.parent
# The child finds the modules that this process finds, and nothing else: -I keeps it from the folder it is started in.
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1)); from framework.workbook.child import main; main()"
)
_OUT_OF_MEMORY = 75  # the child's word for it, when it still has one
_POLL = 0.1  # seconds between two looks at `stop` and the clock
_WAITING_LINES = 32
_STDERR_KEPT = 16_000  # bytes
_REFUSED, _SHARE = "refused", "share"
# openpyxl imports these when they are there; it needs none of them to read, and each costs time and memory.
_NOT_NEEDED = ("numpy", "PIL", "lxml", "pandas")
_KEPT_OF_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def command() -> list[str]:
    path = [str(_ROOT), *(entry for entry in sys.path if os.path.isabs(entry) and entry != str(_ROOT))]
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, json.dumps(path)]


def read_in_child(
    content: bytes,
    name: str,
    *,
    progress: Progress | None = None,
    stop: Stop | None = None,
    started: Sequence[str] | None = None,
) -> Book:
    """The book that the child read.

    progress  called here, in the caller's thread, with the share that is done (0 to 1) and what is being done
    stop      asked at least five times a second; when it says so, the child is killed
    started   another command than the usual child, with the same way of answering
    Raises FileRefused as `parse` does, or because the child took too much; Cancelled when `stop` said so;
    RuntimeError, with what the child said, when it came upon a bug of ours.
    """
    process = subprocess.Popen(
        started or command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ},
        cwd=_ROOT,
        start_new_session=True,
    )
    with _Talk(process, json.dumps(name).encode() + b"\n" + content) as talk:
        arriving = Arriving()
        for line in talk.lines(stop):
            said = json.loads(line)
            if isinstance(said, dict) and _REFUSED in said:
                raise FileRefused(said[_REFUSED][0], code=said[_REFUSED][1])
            if isinstance(said, dict) and _SHARE in said:
                if progress is not None:
                    progress(*said[_SHARE])
            else:
                arriving.take(said)
        status = talk.ended()
        if arriving.book is not None and status == 0:
            return arriving.book
        raise _why(status, talk.complaint)


def _why(status: int, complaint: str) -> Exception:
    """What to raise about a child that ended without a book."""
    if status == _OUT_OF_MEMORY or complaint.rstrip().endswith("MemoryError"):
        return refusals.TOO_MUCH_MEMORY.refused()
    if status == -_signal("SIGXCPU"):
        return refusals.TOO_MUCH_TIME.refused()
    if status > 0 and "Traceback (most recent call last)" in complaint:
        return RuntimeError(f"Reading a file failed:\n{complaint}")
    if status == 0:
        return RuntimeError(f"Reading a file ended without an answer. {complaint}")
    return refusals.TOO_MUCH_MEMORY.refused()  # killed, or aborted by a library that was refused memory


def _signal(name: str) -> int:
    import signal

    return int(getattr(signal, name, 0)) or -1


class _Talk:
    """The pipes to and from a child. Each has a thread, so that none can block another; leaving kills the child."""

    def __init__(self, process: "subprocess.Popen[bytes]", content: bytes) -> None:
        self._process = process
        self._content = content
        self._answer: Queue[bytes] = Queue(_WAITING_LINES)
        self._left = threading.Event()
        self._too_long = False
        self._said: list[bytes] = []
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._feed, self._hear, self._note)]

    def __enter__(self) -> "_Talk":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                _there(pipe).close()

    def lines(self, stop: Stop | None) -> Iterator[bytes]:
        """The child's lines as they come. Raises Cancelled, or FileRefused when it takes too long or says too much."""
        until = time.monotonic() + limits.CHILD_WALL
        asked = 0.0
        while True:
            now = time.monotonic()
            if now > until:
                raise refusals.TOO_MUCH_TIME.refused()
            if stop is not None and now - asked >= _POLL:
                asked = now
                if stop():
                    raise Cancelled(CANCELLED)
            try:
                line = self._answer.get(timeout=_POLL)
            except Empty:
                continue
            if self._too_long:
                raise refusals.TOO_MUCH_TEXT.refused()
            if not line.endswith(b"\n"):  # the end, or a line that the child did not live to finish
                return
            yield line

    def ended(self) -> int:
        """The child's exit status, once it said its last word; negative: the signal that ended it."""
        try:
            return self._process.wait(limits.CHILD_WALL)
        except subprocess.TimeoutExpired:
            raise refusals.TOO_MUCH_TIME.refused() from None
        finally:
            self._threads[2].join(_POLL * 10)

    @property
    def complaint(self) -> str:
        return b"".join(self._said).decode(errors="replace")

    def _feed(self) -> None:
        pipe = _there(self._process.stdin)
        with contextlib.suppress(OSError):  # a child that ended listens no longer; its status says why
            pipe.write(self._content)
            pipe.close()

    def _hear(self) -> None:
        pipe = _there(self._process.stdout)
        heard = 0
        while line := pipe.readline(limits.CHILD_ANSWER):
            heard += len(line)
            self._too_long = heard >= limits.CHILD_ANSWER
            self._put(line)
            if self._too_long:
                return
        self._put(b"")

    def _put(self, line: bytes) -> None:
        while not self._left.is_set():
            with contextlib.suppress(Full):
                self._answer.put(line, timeout=_POLL)
                return

    def _note(self) -> None:
        pipe = _there(self._process.stderr)
        kept = 0
        while some := pipe.read1(4096):  # type: ignore[attr-defined]  # a pipe of Popen is buffered
            if kept < _STDERR_KEPT:
                self._said.append(some)
                kept += len(some)


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # all three were asked for
    return pipe


def main() -> None:
    """The child's own work. Answers on standard output; ends by a signal or with a status when it may not go on."""
    _limit()
    gc.disable()  # millions of cells and hardly a ring among them; the process ends soon
    for module in _NOT_NEEDED:
        sys.modules[module] = None  # type: ignore[assignment]  # the import system's own mark for "not there"
    # defusedxml parses in Python, at half the speed. What it guards against, a document type, `parse` has refused in
    # every part before openpyxl sees one.
    os.environ["OPENPYXL_DEFUSEDXML"] = "False"
    name = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        try:
            book = parse(content, name, lambda share, words: _say({_SHARE: [share, words]}))
        except FileRefused as refusal:
            _say({_REFUSED: [str(refusal), refusal.code]})
            return
        for line in lines_of(book):
            _out(line)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _say(content: Any) -> None:
    _out(json.dumps(content))
    sys.stdout.buffer.flush()


def _out(line: str) -> None:
    # A lone half of a character, which XML cannot hold but a file may spell, has no bytes of its own.
    sys.stdout.buffer.write(line.encode(errors="surrogatepass") + b"\n")


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    for what, most, hard in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_CPU, limits.CHILD_CPU + 1),  # the first tells the child, the second ends it
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system that does not know the limit, or has a lower one
            resource.setrlimit(what, (most, hard))


__all__ = ["Progress", "Stop", "command", "main", "read_in_child"]
