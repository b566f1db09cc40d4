"""What holds of every page, at a desk and on a phone, in light and in dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.browsing import DETAILS, LOOKS, PAGES, Visit, tab
from tests.browser.serving import ROOT, Server

pytestmark = pytest.mark.browser

EVERY_PAGE = (*PAGES, *DETAILS)
CASES = [pytest.param((name, look), id=f"{name}-{look}") for name in EVERY_PAGE for look in LOOKS]


@pytest.fixture(scope="module")
def window(regular: BrowserContext, served: str) -> Iterator[Visit]:
    """One tab, in which each page is loaded once and then looked at in every way."""
    with tab(regular, served) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """What the tab shows."""
    return {}


@pytest.fixture(scope="module", params=CASES)
def opened(request: pytest.FixtureRequest, window: Visit, shown: dict[str, str]) -> Visit:
    """A page that has been drawn, on a screen of one size and theme."""
    name, look = request.param
    if shown.get("page") != name:
        window.complaints.clear()
        window.open(name)
        shown["page"] = name
    window.look_as(look)
    return window


def scripts() -> set[str]:
    names = {path.stem for path in Path(ROOT / "pages").glob("*.py")}
    return {name for name in names if name not in ("frame", "__init__") and not name.startswith("ui")}


def test_no_page_is_forgotten_here():
    assert scripts() == set(EVERY_PAGE)


def test_a_page_is_drawn_without_a_failure(opened: Visit, server: Server):
    assert not opened.exceptions(), server.said()


def test_a_page_has_one_title(opened: Visit):
    assert len(opened.titles()) == 1


def test_axe_finds_nothing_that_is_ours(opened: Visit):
    found = opened.violations()

    assert not found, "\n".join(found)


def test_a_page_does_not_scroll_sideways(opened: Visit):
    found = opened.sticks_out()

    assert not found, "\n".join(found)


def test_the_browser_does_not_complain(opened: Visit):
    assert not opened.complaints, "\n".join(opened.complaints)


def test_nothing_leaves_this_machine(opened: Visit):
    assert opened.went_out == []
