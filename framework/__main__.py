"""The command line: `demo` serves the fictional sample; `look`, `load`, `export` and `inbox` work on spreadsheets."""

import argparse
import importlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from framework.errors import FileRefused, Refused
from framework.where import DATABASE, DEMO, ROOT

_HERE = "127.0.0.1"  # a demo has no sign-in, so nobody else may reach it
_COMMANDS = ("look", "load", "export", "inbox")  # each a module of framework.commands


def main(words: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m framework", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="serve the fictional sample on this machine")
    demo.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501))
    demo.add_argument("--database", type=Path, default=DEMO, help="where its database lies")
    demo.set_defaults(run=lambda chosen: serve_demo(chosen.port, chosen.database))
    named = (sys.argv[1:] if words is None else words)[:1]
    # One command is not kept waiting by what the others import; without one, all are listed.
    for name in [] if named == ["demo"] else [name for name in _COMMANDS if [name] == named] or _COMMANDS:
        importlib.import_module(f"framework.commands.{name}").add_to(commands)
    chosen = parser.parse_args(words)
    try:
        code: int = chosen.run(chosen)
        return code
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        for problem in refusal.problems if isinstance(refusal, FileRefused) else ():
            print(f"- {problem}", file=sys.stderr)
        return 1


def serve_demo(port: int, database: Path) -> int:
    """Prepare the sample's database on the first start, then serve it until stopped."""
    if _taken(port):
        print(
            f"Port {port} is in use. Stop what runs there, or choose another: PORT={port + 1} make run", file=sys.stderr
        )
        return 1
    os.environ[DATABASE] = str(database.resolve())
    if not database.exists():
        print("Preparing the fictional sample. This happens once and takes a little while.", flush=True)
        # Imported here: a second start would wait a second for what the server imports once more.
        from framework.deeds.starting import prepare_demo

        prepare_demo(database)
    print(f"Civic Duty Dashboard, fictional sample: http://{_HERE}:{port}", flush=True)
    hosts = [word for name in ("localhost", _HERE) for word in ("--server.allowedHosts", name)]
    # Nothing here is being developed: without a watcher there is no "file changed" in the corner, and fewer threads.
    options = ["--server.address", _HERE, "--server.port", str(port), "--server.fileWatcherType", "none", *hosts]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    try:
        return subprocess.call(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    except KeyboardInterrupt:
        return 0


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((_HERE, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
