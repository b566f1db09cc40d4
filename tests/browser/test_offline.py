"""What would leave this machine would be counted; that no page does is asked of every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import Visit, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def newcomer(browser: Browser, served: str) -> Iterator[Visit]:
    """Someone whose browser has fetched nothing yet."""
    with visit(browser, served) as arrived:
        yield arrived


def test_a_request_to_another_host_would_be_counted(newcomer: Visit):
    newcomer.page.set_content('<img src="http://elsewhere.invalid/p.png">')

    assert newcomer.went_out == ["http://elsewhere.invalid/p.png"]
