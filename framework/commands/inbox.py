"""`python -m framework inbox FOLDER`: what lies there waits on the page Data for a leader."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from framework.commands.opening import add_database, opened
from framework.deeds.inbox import take_in
from framework.errors import Refused
from framework.where import INBOX


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    inbox = commands.add_parser("inbox", help="bring the spreadsheets of a folder, for a leader to load")
    inbox.add_argument("folder", type=Path, nargs="?", default=INBOX)
    add_database(inbox)
    inbox.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Bring every file once; exit code 1 when one was refused."""
    if not chosen.folder.is_dir():
        raise Refused(f"There is no folder {chosen.folder}. Name the one in which the files lie.")
    now = datetime.now(UTC)
    with opened(chosen.database) as store:
        found = take_in(store, chosen.folder, now=now, clock=now)
    for one in found:
        print(f"{one.name}: {'waits on the page Data' if one.ref else one.words}")
    if not found:
        print("No spreadsheet lies there.")
    return int(any(one.ref is None for one in found))
