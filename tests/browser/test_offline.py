"""Nothing a visitor does leaves this machine."""

import pytest

from tests.browser.browsing import DETAILS, PAGES, Visit

pytestmark = pytest.mark.browser


def test_no_page_asks_anything_of_another_host(visitor: Visit):
    for name in (*PAGES, *DETAILS):
        visitor.open(name)

    assert visitor.went_out == []


def test_a_request_to_another_host_would_be_counted(visitor: Visit):
    visitor.page.set_content('<img src="http://elsewhere.invalid/p.png">')

    assert visitor.went_out == ["http://elsewhere.invalid/p.png"]
