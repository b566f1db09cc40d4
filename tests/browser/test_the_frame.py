"""Nobody sees a page without the frame, not even the first visitor to a server; and the keyboard alone is enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import DETAILS, Focus, Visit, path_of, visit
from tests.browser.serving import ROOT, status

pytestmark = pytest.mark.browser

NOT_PAGES = ("ui", "frame", "no_such_page")


@pytest.fixture
def first(browser: Browser, fresh_server: str) -> Iterator[Visit]:
    """The first visitor to a server that has just been started."""
    with visit(browser, fresh_server) as visitor:
        yield visitor


def expect_the_frame(visitor: Visit) -> None:
    expect(visitor.page.locator("[data-testid=stMain]").get_by_text("fictional").first).to_be_visible()
    menu = visitor.page.locator("[data-testid=stTopNavLink]")
    expect(menu.filter(has_text="Overview")).to_be_visible()


# One of each kind: the first of the menu, another of it, one for some roles, one that a link leads to, one with forms.
# That nothing lies beside the script holds for all of them (below); each costs a server of its own.
@pytest.mark.parametrize("name", ["overview", "actions", "my", "action", "kpi_edit"])
def test_the_first_visitor_to_a_page_gets_it_inside_the_frame(first: Visit, name: str):
    first.go(path_of(name))

    expect_the_frame(first)
    assert first.exceptions() == []


@pytest.mark.parametrize("name", NOT_PAGES)
def test_an_address_that_is_no_page_answers_calmly(first: Visit, name: str):
    first.go(f"/{name}")

    expect_the_frame(first)
    assert first.exceptions() == []


@pytest.mark.parametrize("name", list(DETAILS))
def test_a_reference_to_nothing_answers_calmly(visitor: Visit, name: str):
    visitor.go(f"/{name}?ref=nothing-at-all")

    assert visitor.exceptions() == []
    assert len(visitor.titles()) == 1


def test_nothing_lies_beside_the_script_for_streamlit_to_discover():
    assert not Path(ROOT / "pages" / "pages").exists()


def test_health_answers_when_the_data_is_there(served: str):
    assert status(f"{served}/health") == 200


# The keyboard


def trail(visitor: Visit, steps: int = 80) -> list[Focus]:
    """Where Tab leads from the top of the page, until it leaves the page or comes round."""
    walked: list[Focus] = []
    for _ in range(steps):
        focus = visitor.tab()
        if focus is None:
            break
        walked.append(focus)
    return walked


def tab_to(visitor: Visit, wanted: str, steps: int = 80) -> Focus:
    """Press Tab until something of the wanted sort has the focus."""
    for _ in range(steps):
        focus = visitor.tab()
        if focus is not None and is_a(wanted, focus):
            return focus
    raise AssertionError(f"Tab did not reach a {wanted} in {steps} steps.")


def is_a(wanted: str, focus: Focus) -> bool:
    if wanted == "menu link":
        return focus.inside == "menu" and focus.is_link
    if wanted == "filter":
        return focus.inside == "main" and focus.is_filter
    return focus.inside == "main" and focus.is_link


@pytest.mark.parametrize("wanted", ["menu link", "filter", "link"])
def test_tab_reaches_it_and_the_focus_can_be_seen(visitor: Visit, wanted: str):
    visitor.open("overview")

    tab_to(visitor, wanted)

    assert visitor.focus_can_be_seen()


def test_enter_opens_a_link_of_the_page(visitor: Visit):
    visitor.open("overview")
    before = visitor.page.url

    while "ref=" not in tab_to(visitor, "link").href:
        continue
    visitor.page.keyboard.press("Enter")

    expect(visitor.page).not_to_have_url(before)
    visitor.wait_until_drawn()
    expect_the_frame(visitor)


def test_enter_opens_a_page_of_the_menu(visitor: Visit):
    visitor.open("overview")

    while "actions" not in tab_to(visitor, "menu link").href:
        continue
    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url("**/actions")
    visitor.wait_until_drawn()
    assert visitor.titles() == ["Actions"]


def test_tab_comes_to_the_menu_before_the_filters_and_to_them_before_the_end(visitor: Visit):
    visitor.open("overview")

    walked = trail(visitor)

    order = [next(i for i, focus in enumerate(walked) if is_a(wanted, focus)) for wanted in ("menu link", "filter")]
    assert order == sorted(order)
