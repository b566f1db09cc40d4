"""Looking back in a real browser: a meeting is chosen; the menu, links, Back and a drawer stay there until today."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import Visit

pytestmark = pytest.mark.browser

BAND = "As at the end of Tue 7 Jul 2026, the day of the board."
PAST = "as_at=2026-07-07"


def test_a_meeting_is_looked_at_from_page_to_page_until_someone_goes_back_to_today(visitor: Visit):
    page = visitor.page
    band = page.get_by_role("status").filter(has_text=BAND)
    visitor.open("overview")
    expect(band).to_have_count(0)
    page.locator("summary", has_text="As at today").press("Enter")
    expect(page.get_by_label("Any day")).to_be_visible()
    assert [*visitor.sticks_out(), *visitor.violations()] == []
    visitor.follow(page.get_by_role("link", name="Board, Tue 7 Jul 2026", exact=True))
    expect(band).to_be_visible()

    page.get_by_role("link", name="KPIs", exact=True).click()
    page.wait_for_url(f"**/kpis?{PAST}")
    visitor.wait_until_drawn()
    expect(band).to_be_visible()
    page.go_back()
    page.wait_for_url(f"**/?{PAST}")
    page.go_forward()
    page.wait_for_url(f"**/kpis?{PAST}")
    visitor.wait_until_drawn()

    visitor.follow(page.get_by_role("link", name="Persistent absence"))
    expect(band).to_be_visible()
    page.get_by_role("button", name="Where this number comes from").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text(re.compile("Summer 1, 2025/26$"))).to_be_visible()  # today it is Autumn 1
    expect(drawer.get_by_role("link").first).to_have_attribute("href", re.compile(PAST))
    page.keyboard.press("Escape")

    band.get_by_role("link", name="Back to today").click()
    page.wait_for_url(lambda url: PAST not in url)
    expect(page.get_by_role("heading", name="Persistent absence", level=1)).to_be_visible(timeout=30_000)
    expect(band).to_have_count(0)
    assert [*visitor.exceptions(), *visitor.complaints, *visitor.went_out] == []
