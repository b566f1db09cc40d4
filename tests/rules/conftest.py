"""Rules read pictures, whatever database they came from: one kind of database is enough for their tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from framework.store import Store


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """A new store without a row."""
    store = Store.open(tmp_path / "trust.db")
    yield store
    store.close()
