"""Fixtures of deeds that do the same on every database: one is enough, unless a test asks for each.

A file of tests imports those it wants; `ground` then stands in the place of the one that tries each database in turn.
"""

from collections.abc import Iterator

import pytest

from tests.conftest import GROUNDS, Ground

BOTH_DATABASES = pytest.mark.parametrize("ground", GROUNDS, indirect=True)


@pytest.fixture
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """SQLite, unless a test asks for each database."""
    ground: Ground = request.getfixturevalue(GROUNDS[getattr(request, "param", "sqlite")])
    yield ground
    ground.engine.dispose()
