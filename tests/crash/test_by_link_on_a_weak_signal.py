"""The page behind a link on a phone with a weak signal: quick enough at a bus stop, and nothing typed is ever lost."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

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
    """A phone that has never been here."""
    context = browser.new_context(**SETTINGS, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def line(phone: Page) -> "Line":
    """The slow line at whose end the phone is."""
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    made = Line(session)
    made.is_there(True)
    return made


@dataclass
class Line:
    """What a phone hangs on: slow, or none at all. One session: the first word on a network outlives every other."""

    session: CDPSession

    def is_there(self, there: bool) -> None:
        speed = {"downloadThroughput": BYTES, "uploadThroughput": BYTES, "latency": WAIT}
        self.session.send("Network.emulateNetworkConditions", {"offline": not there, **speed})


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


@pytest.mark.usefixtures("line")
def test_three_actions_take_three_taps_each_and_less_than_twenty_seconds_from_link_to_receipt(server, phone):
    address, titles = a_link(server)
    taps, began = 0, time.monotonic()
    phone.goto(address)
    cards = phone.locator("form section")
    expect(cards).to_have_count(len(titles))
    for number in range(len(titles)):
        card = cards.nth(number)
        card.get_by_role("radio", name="On track").tap()
        box = card.get_by_role("textbox", name=re.compile("What happened"))
        box.tap()
        box.press_sequentially(f"The hall is ours on Tuesdays, {number}.", delay=20)
        taps += 2
    cards.last.get_by_role("button", name="Save").tap()
    taps += 1
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved", timeout=15_000)
    assert time.monotonic() - began < SECONDS
    assert taps <= 3 * len(titles)
    assert sum(words.startswith("The hall is ours") for words in words_of(server)) == len(titles)


def test_a_minute_without_a_network_loses_nothing_that_was_typed(server, phone, line):
    address, _ = a_link(server)
    phone.goto(address)
    card = phone.locator("form section").first
    card.get_by_role("radio", name="Stuck").tap()
    words = "Kept through a tunnel, word for word \N{STEAM LOCOMOTIVE}."
    card.get_by_role("textbox", name=re.compile("What happened")).fill(words)
    line.is_there(False)
    card.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("status")).to_contain_text("What you typed is kept", timeout=15_000)
    time.sleep(60)
    assert words not in words_of(server)
    line.is_there(True)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved", timeout=30_000)
    assert words_of(server).count(words) == 1
