"""Rules read pictures, whatever database they came from: one kind of database is enough for their tests."""

from collections.abc import Iterator

import pytest

from tests.conftest import Ground


@pytest.fixture
def ground(sqlite_ground: Ground) -> Iterator[Ground]:
    yield sqlite_ground
    sqlite_ground.engine.dispose()
