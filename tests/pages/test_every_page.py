"""Every page by every role, empty and full: it opens, or says that it is not open; and a governor can write nothing."""

import re
from pathlib import Path

import pytest

from framework.people import Act, Role, may
from tests.conftest import a_person_as

ROOT = Path(__file__).parent.parent.parent
FRAME = (ROOT / "pages" / "frame.py").read_text(encoding="utf-8")
# Read from the frame's own table, so that a page added there is asked the same questions.
PAGES = {file: Act[act] for file, act in re.findall(r'Entry\(\s*"(\w+\.py)",\s*"[^"]*",\s*Act\.(\w+)', FRAME)}
ROLES = [*Role, None]
NOT_OPEN = "This page is not open to you"
# Widgets of forms that write. Filters, searches and downloads are not among them.
WRITES = re.compile(r"save|add|apply|record|change|set|move|load|correct", re.IGNORECASE)


def words(app):
    return " ".join(str(e.proto) for e in app.main) + " ".join(str(e.proto) for e in app.get("html"))


def test_the_frame_names_every_page_file_and_no_other():
    files = {p.name for p in (ROOT / "pages").glob("*.py")} - {"frame.py"}
    assert set(PAGES) == {name for name in files if not name.startswith("ui")}


@pytest.mark.parametrize("role", ROLES, ids=str)
@pytest.mark.parametrize("full", [True, False], ids=["full", "empty"])
def test_each_role_can_go_through_all_pages_that_are_open_to_it(role, full, request):
    app = request.getfixturevalue("viewed_as" if full else "empty_app")(role).run()
    assert not app.exception
    for page in open_to(role):
        app.switch_page(page).run()
        assert not app.exception, (page, [e.value for e in app.exception])
        assert NOT_OPEN not in words(app), page


def open_to(role):
    return [page for page in sorted(PAGES) if may(a_person_as(role), PAGES[page])]


@pytest.mark.parametrize("page", open_to(Role.GOVERNOR))
def test_a_governor_finds_nothing_that_writes(page, viewed_as):
    app = viewed_as(Role.GOVERNOR)
    app.switch_page(page).run()
    assert [b.label for b in app.button if WRITES.search(b.label)] == []
    assert list(app.get("file_uploader")) == []
    assert list(app.get("form")) == []


def test_a_page_that_is_not_open_says_so_and_shows_nothing_else(viewed_as):
    app = viewed_as(None).run()
    assert NOT_OPEN in words(app)
    assert "anchor institution" not in words(app)
