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
def addresses() -> dict[str, str]:
    """Where the pages that are reached through a list were found."""
    return {}


@pytest.fixture(scope="module", params=CASES)
def opened(
    request: pytest.FixtureRequest, regular: BrowserContext, served: str, addresses: dict[str, str]
) -> Iterator[Visit]:
    """A page that has been drawn; opened once for all the questions below."""
    name, look = request.param
    with tab(regular, served, look) as visitor:
        if name in addresses:
            visitor.go(addresses[name])
        else:
            visitor.open(name)
            addresses[name] = visitor.page.url.removeprefix(served)
        yield visitor


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
