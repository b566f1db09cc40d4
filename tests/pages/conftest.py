"""What tests of loading share: a small trust, and files that are read at once."""

from collections.abc import Callable
from typing import Any

import pytest

from framework.people import Role
from framework.workbook.parse import parse
from pages import ui_load, ui_load_wrong


@pytest.fixture
def trust(small_app: Callable[[Role | None], Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[Role | None], Any]:
    """The app over the small trust. That a file is read in a process of its own is tested where files are read."""
    for module in (ui_load, ui_load_wrong):
        monkeypatch.setattr(module, "read", lambda content, name, progress=None: parse(content, name))
    return small_app
