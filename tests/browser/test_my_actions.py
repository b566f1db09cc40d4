"""My actions in a real browser and past it: a word said on a phone, a draft kept as it is typed, a forged client."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from framework.people import Audience, Person, Role
from framework.picture import Picture
from framework.picture.mine import MyLine, Pile, my_lines
from framework.plans import Status
from framework.store import Store, drafts
from framework.store.pictures import load
from tests.browser.browsing import Look, Visit, visit
from tests.browser.forging import forger

pytestmark = pytest.mark.browser

PHONE = Look(390)
TABLE = r"mine_table_\d+"


@pytest.fixture
def store(fresh_server: str, tmp_path: Path) -> Iterator[Store]:
    """The server's own database, looked at from beside it."""
    opened = Store.open(tmp_path / "demo.db")
    yield opened
    opened.close()


def plan(store: Store) -> Picture:
    assert store.sample_day is not None
    return load(store, datetime.combine(store.sample_day, time(12), UTC), Audience.LEADERS)


def owner(store: Store, role: Role) -> tuple[Person, list[MyLine]]:
    """Somebody of a role who has an action that needs a word, and their open actions."""
    picture = plan(store)
    for person in picture.people.values():
        lines = [line for line in my_lines(picture, person, {}) if line.action.open]
        if person.role is role and lines and lines[0].pile is Pile.NEEDS_A_WORD:
            return person, lines
    raise AssertionError("nobody in the sample has one")


def at_home(visitor: Visit, person: Person) -> None:
    visitor.page.goto(f"{visitor.address}/viewer?ref={person.ref}&next=/my")
    visitor.wait_until_drawn()


def card(visitor: Visit) -> Locator:
    return visitor.page.locator('[class*="st-key-cd-card-"]').first


def test_a_word_is_said_on_a_phone_and_a_screen_reader_meets_its_labels(
    browser: Browser, fresh_server: str, store: Store
):
    person, (line, *_) = owner(store, Role.MEMBER)
    with visit(browser, fresh_server, PHONE) as visitor:
        at_home(visitor, person)
        form = card(visitor)
        expect(form.get_by_role("heading", name=line.action.title, level=3)).to_be_visible()
        choice = form.get_by_role("radiogroup", name="How is it going?")
        answers = choice.get_by_role("radio")
        assert answers.all_inner_texts() == ["On track", "Stuck", "Done", "Nothing new", "Not ours"]
        heights = [answer.bounding_box()["height"] for answer in answers.all()]  # type: ignore[index]
        assert min(heights) >= 44

        choice.get_by_role("radio", name="Stuck").click()
        expect(choice.get_by_role("radio", name="Stuck")).to_be_checked()
        form.get_by_role("textbox", name="What would help?").fill("A second pair of hands.")
        form.get_by_role("textbox", name="What happened?").fill("Volunteer found. Checks are not back.")
        assert [*visitor.exceptions(), *visitor.sticks_out(), *visitor.violations()] == []
        form.get_by_role("button", name="Save").click()

        expect(form.get_by_role("status").get_by_text("Saved: Stuck.")).to_be_visible()
        expect(form.get_by_text("Volunteer found. Checks are not back.")).to_be_visible()
        assert [*visitor.exceptions(), *visitor.sticks_out(), *visitor.violations(), *visitor.complaints] == []
    word = plan(store).updates[line.action.ref][-1]
    assert (word.by, word.status, word.help_wanted) == (person.ref, Status.BLOCKED, "A second pair of hands.")


def test_what_is_typed_is_on_the_server_before_the_box_is_left(browser: Browser, fresh_server: str, store: Store):
    person, (line, *_) = owner(store, Role.MEMBER)
    with visit(browser, fresh_server, PHONE) as visitor:
        at_home(visitor, person)
        box = card(visitor).get_by_role("textbox", name="What happened?")
        box.press_sequentially("Half a sen", delay=40)
        visitor.page.wait_for_timeout(1_500)
        visitor.wait_until_drawn()
        box.press_sequentially("tence", delay=40)
        assert box.input_value() == "Half a sentence"
        assert drafts.drafts_of(store, person.ref)[line.action.ref][0]["typed"] == {"words": "Half a sen"}

        visitor.page.wait_for_timeout(1_500)
        visitor.wait_until_drawn()
        visitor.page.reload()
        visitor.wait_until_drawn()
        expect(card(visitor).get_by_text("not saved yet")).to_be_visible()
        assert card(visitor).get_by_role("textbox", name="What happened?").input_value() == "Half a sentence"


FORGED = (
    {"edited_rows": {0: {"Action": "Mine now", "Code": "X-1", "Due": "2030-01-01"}}},
    {"edited_rows": {0: {"_index": "another", "owner": "me"}}},
    {"edited_rows": {99: {"What happened?": "Forged."}, -1: {"What happened?": "Forged."}}},
    {"added_rows": [{"Action": "Forged", "What happened?": "Forged."}]},
    {"deleted_rows": [0]},
    {"edited_rows": {0: {"What happened?": 5, "New date": [1], "How is it going?": {"a": 1}}}},
)


def test_a_forged_client_changes_nothing_and_breaks_nothing_where_an_honest_one_is_heard(
    fresh_server: str, store: Store
):
    person, lines = owner(store, Role.LEADER)
    before = plan(store).change
    with forger(fresh_server, person.ref, "my", "my_view=Several+at+once") as client:
        for state in FORGED:
            client.edit(TABLE, **state)
            client.press(f"{TABLE}_save")  # drawn as one that cannot be pressed
        assert client.exceptions == []
        assert plan(store).change == before
        assert drafts.drafts_of(store, person.ref) == {}

        client.edit(TABLE, edited_rows={0: {"Code": "X-1", "What happened?": "Ten firms."}})
        client.press(f"{TABLE}_save")
        assert client.exceptions == []
    after = plan(store)
    action = lines[0].action
    assert after.change == before + 1
    assert after.updates[action.ref][-1].words == "Ten firms."
    assert after.actions[action.ref].code == action.code
