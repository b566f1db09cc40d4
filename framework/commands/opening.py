"""Which database a command works on."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from framework.errors import FileRefused, StoreRefused
from framework.store.engine import Store
from framework.where import DATABASE, DEMO


def add_database(parser: argparse.ArgumentParser) -> None:
    wanted = os.environ.get(DATABASE) or str(DEMO)
    parser.add_argument("--database", default=wanted, help="a file, or a PostgreSQL address")


@contextmanager
def opened(name: str) -> Iterator[Store]:
    """The database of that name. Raises StoreRefused when there is none: a command never makes one by mistake."""
    if "://" not in name and not Path(name).exists():
        raise StoreRefused(f"There is no database {name}. Start the app once, or name another with --database.")
    if "://" not in name and not _is_sqlite(Path(name)):
        raise StoreRefused(f"{name} is not a database of ours. Name another with --database.")
    store = Store.open(name)
    try:
        yield store
    finally:
        store.close()


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"


def bytes_of(path: Path) -> bytes:
    """The file's bytes. Raises FileRefused when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise FileRefused(f"{path} cannot be read: {trouble.strerror}.") from trouble
