"""The page behind a link on a phone with a weak signal: quick enough at a bus stop, and nothing typed is ever lost."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from framework.deeds.linking import make_link
from framework.people import Audience, Role
from framework.store import Store
from framework.store.pictures import load
from tests.browser.browsing import SETTINGS, chromium
from tests.browser.serving import Server, serve

pytestmark = pytest.mark.soak
NOW = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)  # the sample's own day
BYTES = 400_000 / 8  # a second: 400 kbit/s
WAIT = 400  # milliseconds before each answer
SECONDS = 20  # from the link to the receipt


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("served") / "demo.db") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = chromium(playwright)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone at the end of a slow line, that has never been here."""
    context = browser.new_context(**SETTINGS, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    slow(context, page)
    yield page
    context.close()


def slow(context: BrowserContext, page: Page) -> None:
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    speed = {"downloadThroughput": BYTES, "uploadThroughput": BYTES, "latency": WAIT}
    line.send("Network.emulateNetworkConditions", {"offline": False, **speed})


def a_link(server: Server) -> tuple[str, list[str]]:
    """A link to three actions of somebody of the sample, and their names."""
    store = Store.open(Path(server.database))
    picture = load(store, NOW, Audience.LEADERS)
    leader = next(p for p in picture.people.values() if p.role is Role.LEADER)
    whom = next(p for p in picture.people.values() if sum(_asked(a, p.ref) for a in picture.actions.values()) >= 3)
    actions = [a for a in picture.actions.values() if _asked(a, whom.ref)][:3]
    made = make_link(store, by=leader, now=NOW, person=whom.ref, actions=[a.ref for a in actions])
    store.close()
    return f"{server.address}/w/{made.token}", [a.title for a in actions]


def _asked(action, person: str) -> bool:
    return action.owner == person and action.open


def words_of(server: Server) -> list[str]:
    store = Store.open(Path(server.database))
    found = [u.words for some in load(store, NOW, Audience.LEADERS).updates.values() for u in some]
    store.close()
    return found


def test_three_actions_take_three_taps_each_and_less_than_twenty_seconds_from_link_to_receipt(server, phone):
    address, titles = a_link(server)
    taps, began = 0, time.monotonic()
    phone.goto(address)
    cards = phone.locator("form section")
    expect(cards).to_have_count(len(titles))
    for number in range(len(titles)):
        card = cards.nth(number)
        card.get_by_text("On track", exact=True).tap()
        box = card.get_by_role("textbox", name=re.compile("What happened"))
        box.tap()
        box.press_sequentially(f"The hall is ours on Tuesdays, {number}.", delay=20)
        taps += 2
    cards.last.get_by_role("button", name="Save").tap()
    taps += 1
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved", timeout=15_000)
    assert time.monotonic() - began < SECONDS
    assert taps <= 3 * len(titles)
    assert [w for w in words_of(server) if w.startswith("The hall is ours")].__len__() == len(titles)


def test_a_minute_without_a_network_loses_nothing_that_was_typed(server, phone):
    address, _ = a_link(server)
    phone.goto(address)
    card = phone.locator("form section").first
    card.get_by_text("Stuck", exact=True).tap()
    words = "Kept through a tunnel, word for word \N{STEAM LOCOMOTIVE}."
    card.get_by_role("textbox", name=re.compile("What happened")).fill(words)
    phone.context.set_offline(True)
    card.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("status")).to_contain_text("What you typed is kept", timeout=15_000)
    time.sleep(60)
    assert words not in words_of(server)
    phone.context.set_offline(False)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved", timeout=30_000)
    assert words_of(server).count(words) == 1
