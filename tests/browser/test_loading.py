"""Loading in a real browser: a stranger's tracker from its first screen to its undoing, and two people at one cell."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, expect

from framework.store import Store
from framework.store.pictures import known
from tests.browser.browsing import Look, Visit, visit
from tests.conftest import put
from tests.pages.bringing import a_tracker, column_of, row_of, saved

pytestmark = pytest.mark.browser

CHOIR = ("Choir for everyone", "Nobody Known", "14/05/2027", "gone quiet", "A", "Singers found.")
FAIR = ("Careers fair in the hall", "Nobody Known", "21/05/2027", "done", "A", None)
QUIET = "What does the status"
LOAD = re.compile("^Load ")


@pytest.fixture
def leader(browser: Browser, fresh_server: str) -> Iterator[Visit]:
    """A trust leader at a desk, on a server of their own."""
    with visit(browser, fresh_server) as visitor:
        yield visitor


def bring(visitor: Visit, content: bytes, name: str) -> None:
    """Choose a file on Data; its own page opens."""
    visitor.go("/data")
    file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.page.wait_for_url("**/load?*ref=*")
    visitor.wait_until_drawn()


def main(visitor: Visit) -> Locator:
    return visitor.page.get_by_test_id("stMain")


def press(visitor: Visit, name: str | re.Pattern[str]) -> None:
    main(visitor).get_by_role("button", name=name).first.click()
    visitor.wait_until_drawn()


def is_at(visitor: Visit, words: str) -> None:
    expect(main(visitor).get_by_text(words).first).to_be_visible(timeout=20_000)
    visitor.wait_until_drawn()


DESK_AND_PHONE = (Look(1280), Look(390, "dark"))


def fits(visitor: Visit, *looks: Look) -> None:
    """Nothing of this screen sticks out, nothing failed, and axe has nothing to say; as it is, or in those looks."""
    for look in looks or (None,):
        if look is not None:
            visitor.look_as(look)
        found = [*visitor.exceptions(), *visitor.sticks_out(), *visitor.violations(), *visitor.complaints]
        assert found == [], str(look)


def test_a_strangers_tracker_is_answered_loaded_seen_and_undone(browser: Browser, fresh_server: str):
    with visit(browser, fresh_server, Look(390, "dark")) as leader:
        bring(leader, a_tracker(CHOIR, FAIR), "tracker.xlsx")
        is_at(leader, "Tracker: 2 actions")
        fits(leader, *DESK_AND_PHONE)
        press(leader, "Continue")
        is_at(leader, "What is in each column?")
        fits(leader, *DESK_AND_PHONE)
        press(leader, "Continue")
        is_at(leader, QUIET)
        fits(leader, *DESK_AND_PHONE)
        main(leader).get_by_role("combobox", name=QUIET).click()
        leader.page.get_by_role("option", name="blocked").click()
        press(leader, "Continue")
        is_at(leader, "Rows that would be added")
        assert "status: blocked" in main(leader).inner_text()
        fits(leader, *DESK_AND_PHONE)
        press(leader, LOAD)
        is_at(leader, "What this load did, and undoing it")
        fits(leader, *DESK_AND_PHONE)

        leader.go("/actions?actions_words=Choir+for+everyone")
        expect(main(leader).get_by_role("link", name="Choir for everyone")).to_be_visible()
        leader.go("/data")
        leader.follow(leader.first_link_to("change"))
        press(leader, "Look at undoing it")
        is_at(leader, "What undoing would do")
        fits(leader, *DESK_AND_PHONE)
        press(leader, "Undo this load")
        is_at(leader, "This can be undone too.")
        leader.go("/actions?actions_words=Choir+for+everyone")
        assert main(leader).get_by_role("link", name="Choir for everyone").count() == 0


def test_a_cell_that_two_people_changed_is_settled_and_loaded(leader: Visit, tmp_path: Path):
    leader.go("/data")
    with leader.page.expect_download() as download:
        press(leader, "Download everything")
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book["Actions"]
    store = Store.open(tmp_path / "demo.db")
    action = next(a for a in known(store)[0]["action"].values() if not a.archived and a.success)
    place = sheet.cell(row_of(sheet, action.code), column_of(sheet, "what will be different"))
    assert place.value == action.success
    place.value = "What the file says."
    put(store, replace(action, success="What a colleague says."))

    bring(leader, saved(book), "plan.xlsx")
    is_at(leader, "1 conflict")
    for words in (action.success, "What the file says.", "What a colleague says."):
        expect(main(leader).get_by_text(words).first).to_be_visible()
    assert main(leader).get_by_role("button", name=LOAD).count() == 0
    fits(leader)
    main(leader).get_by_text("Take the file's", exact=True).click()
    expect(main(leader).get_by_role("button", name="Load 1 row")).to_be_visible()
    press(leader, "Load 1 row")
    is_at(leader, "How conflicts were settled")
    assert known(store)[0]["action"][action.ref].success == "What the file says."
    store.close()


def test_the_keyboard_alone_goes_from_the_first_screen_to_the_columns_and_back(leader: Visit):
    bring(leader, a_tracker(CHOIR, FAIR), "tracker.xlsx")
    is_at(leader, "Tracker: 2 actions")
    to(leader, lambda focus: "Take Tracker" in focus)
    assert leader.focus_can_be_seen()
    leader.page.keyboard.press("Space")
    expect(main(leader).get_by_role("checkbox", name="Take Tracker")).not_to_be_checked()
    leader.page.keyboard.press("Space")
    to(leader, lambda focus: focus == "Continue")
    assert leader.focus_can_be_seen()
    leader.page.keyboard.press("Enter")
    is_at(leader, "What is in each column?")
    to(leader, lambda focus: focus == "Back")
    leader.page.keyboard.press("Enter")
    is_at(leader, "Tracker: 2 actions")
    expect(main(leader).get_by_role("checkbox", name="Take Tracker")).to_be_checked()


def to(visitor: Visit, wanted: Callable[[str], bool]) -> None:
    """Tab on until what is wanted has the focus."""
    for _ in range(80):
        focus = visitor.tab()
        if focus is not None and wanted(focus.words):
            return
    raise AssertionError("the keyboard never came there")
