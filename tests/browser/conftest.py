"""A served product and a browser for the tests that need both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.browsing import SETTINGS, Visit, chromium, tab
from tests.browser.serving import Server, copy_database, serve, serve_soon


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that only look."""
    with serve(tmp_path_factory.mktemp("served") / "demo.db") as running:
        yield running


@pytest.fixture(scope="session")
def served(server: Server) -> str:
    """The address of the server for all tests that only look."""
    return server.address


@pytest.fixture
def fresh_server(server: Server, tmp_path: Path) -> Iterator[str]:
    """The address of a server that nobody has visited yet, over its own copy of the data; tests may write to it."""
    database = tmp_path / "demo.db"
    copy_database(server.database, database)
    with serve_soon(database) as running:
        yield running.address


# Playwright keeps an event loop running in this thread, which other tests must not meet.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = chromium(playwright)
        yield started
        started.close()


@pytest.fixture(scope="package")
def regular(browser: Browser) -> Iterator[BrowserContext]:
    """Someone who has been here before: with the app's files in the browser's cache a page costs a third."""
    context = browser.new_context(**SETTINGS)
    yield context
    context.close()


@pytest.fixture
def visitor(regular: BrowserContext, served: str) -> Iterator[Visit]:
    """Someone at a desk in a new tab of the server for all tests."""
    with tab(regular, served) as arrived:
        yield arrived
