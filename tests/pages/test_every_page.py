"""Every page by every role, empty and full: it opens, or says that it is not open; and a governor can write nothing."""

import re
from pathlib import Path

import pytest

from framework.people import Act, Role, may
from tests.conftest import a_person_as

ROOT = Path(__file__).parent.parent.parent
FRAME = (ROOT / "pages" / "frame.py").read_text(encoding="utf-8")
# Read from the frame's own table, so that a page added there is asked the same questions.
PAGES = {file: Act[act] for file, act in re.findall(r'Entry\("(\w+\.py)", "[^"]*", Act\.(\w+)', FRAME)}
ROLES = [*Role, None]
NOT_OPEN = "This page is not open to you"
# Widgets of forms that write. Filters, searches and downloads are not among them.
WRITES = re.compile(r"save|add|apply|record|change|set|move|load|correct", re.IGNORECASE)


def words(app):
    return " ".join(str(e.proto) for e in app.main) + " ".join(str(e.proto) for e in app.get("html"))


def test_the_frame_names_every_page_file_and_no_other():
    files = {p.name for p in (ROOT / "pages").glob("*.py")} - {"frame.py"}
    assert set(PAGES) == {name for name in files if not name.startswith("ui")}


@pytest.mark.parametrize("page", sorted(PAGES))
@pytest.mark.parametrize("role", ROLES, ids=str)
@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
def test_each_page_opens_for_each_role_or_says_that_it_does_not(page, role, full, request):
    view = request.getfixturevalue("viewed_as" if full else "empty_app")
    app = view(role)
    app.run()
    assert not app.exception
    allowed = may(a_person_as(role), PAGES[page])
    if allowed:
        app.switch_page(page).run()
        assert not app.exception, [e.value for e in app.exception]
        assert NOT_OPEN not in words(app)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_governor_finds_nothing_that_writes(page, viewed_as):
    if not may(a_person_as(Role.GOVERNOR), PAGES[page]):
        return
    app = viewed_as(Role.GOVERNOR).run()
    app.switch_page(page).run()
    assert [b.label for b in app.button if WRITES.search(b.label)] == []
    assert list(app.get("file_uploader")) == []
    assert list(app.get("form")) == []


def test_a_page_that_is_not_open_says_so_and_shows_nothing_else(viewed_as):
    app = viewed_as(None).run()
    assert NOT_OPEN in words(app)
    assert "anchor institution" not in words(app)
