"""The views of KPIs that an address alone does not show: the wall, and how a KPI is judged once it is opened."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import LOOKS, Visit, visit

pytestmark = pytest.mark.browser

WALL = "/kpis?kpis_view=Wall"
BOX = '[data-testid="stExpander"]:has-text("How we judge this") summary'


def found_in_every_look(visitor: Visit) -> dict[str, list[str]]:
    """What is wrong with the page that is open, by the screen on which it is."""
    found = {}
    for look in LOOKS:
        visitor.look_as(look)
        found[str(look)] = [*visitor.violations(), *visitor.sticks_out(), *visitor.complaints]
    return {look: wrong for look, wrong in found.items() if wrong}


def test_the_wall_fits_and_axe_finds_nothing_on_it(visitor: Visit):
    visitor.go(WALL)
    assert visitor.page.locator(".cd-wall li:visible").count() > 20
    assert found_in_every_look(visitor) == {}


def test_how_a_kpi_is_judged_fits_and_axe_finds_nothing_in_it(visitor: Visit):
    visitor.go("/kpis?kpis_words=Persistent")
    visitor.follow(visitor.first_link_to("kpi"))
    visitor.page.locator(BOX).first.click()
    visitor.page.get_by_text("Where it leads").wait_for()
    visitor.wait_until_drawn()
    assert found_in_every_look(visitor) == {}


def test_how_we_judge_opens_by_keyboard_and_stays_open_for_the_next_kpi(visitor: Visit):
    visitor.go("/kpis?kpis_words=Persistent")
    visitor.follow(visitor.first_link_to("kpi"))
    visitor.page.locator(BOX).first.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_text("Where it leads").wait_for()
    visitor.page.locator(".cd-crumbs a").first.click()
    visitor.page.wait_for_url("**/kpis*")
    visitor.wait_until_drawn()
    visitor.follow(visitor.first_link_to("kpi"))
    assert visitor.page.get_by_text("Where it leads").is_visible()


def test_a_leader_adopts_a_kpi_in_one_click_and_it_opens(browser: Browser, fresh_server: str, tmp_path: Path):
    with visit(browser, fresh_server) as visitor:
        visitor.go("/library?library_words=K-C02")
        visitor.page.get_by_role("button", name="Adopt K-C02").click()
        visitor.page.locator('[data-testid="stAlert"] a, [data-testid="stMain"] a[href*="/kpi?ref="]').first.wait_for()
        visitor.wait_until_drawn()
        visitor.follow(visitor.first_link_to("kpi"))
        assert visitor.titles() == ["Local starters"]


def test_a_note_typed_in_stands_on_the_chart_and_under_it(browser: Browser, fresh_server: str):
    with visit(browser, fresh_server) as visitor:
        visitor.go("/kpis?kpis_words=Breakfast")
        visitor.follow(visitor.first_link_to("kpi"))
        visitor.page.get_by_role("link", name="Add or change a note").click()
        visitor.wait_until_drawn()
        visitor.page.get_by_label("What happened").fill("A fifth cook began.")
        visitor.page.get_by_role("button", name="Add this note").click()
        visitor.page.get_by_text("Saved: a note on").wait_for()
        visitor.page.locator(".cd-crumbs a").nth(1).click()
        visitor.page.wait_for_url("**/kpi?ref=*")
        visitor.wait_until_drawn()
        assert visitor.page.get_by_text("A fifth cook began.").first.is_visible()
