"""The page behind a personal link in Chromium: on a phone, by keyboard and screen reader, without script or network."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from framework.access import by_link
from framework.access.by_link import Gone, Receipt, Recorded, Sent, SentAction, read_form
from tests.browser.browsing import AXE, SETTINGS
from tests.by_link_pages import ABSENCE, BREAKFAST, CAFE, FAMILIES, INTERVIEWS, a_page

pytestmark = pytest.mark.browser

FORM = by_link.page(a_page(figures=(ABSENCE, FAMILIES)))
LONG = "Nachmittagsbetreuungskoordinationsausschusssitzungsprotokoll"
REFUSED = by_link.page(
    a_page(
        cards=(
            replace(BREAKFAST, title=LONG, last_words=LONG),
            replace(INTERVIEWS, problem="31 Feb is no day.", said=SentAction("done", "All of it.")),
        ),
        figures=(replace(FAMILIES, problem="Found “sixty”, wanted a number such as 60."),),
        receipts=(Recorded("Breakfast club", ("Stuck",)),),
    )
)
SAVED = by_link.receipt(
    Receipt(
        "Saved. Thank you.",
        (Recorded("Breakfast club", ("Stuck",)),),
        "by-link-p1",
        "The leaders",
        "Open it again",
        waiting=("A new date",),
        back_url="/form",
        banner="Fictional sample",
    )
)
GONE = by_link.gone(Gone("expired", "It worked until Wed 25 Nov 2026.", True, "/fresh", "Fictional sample"))
BUSY = by_link.gone(Gone("throttled", "Wait a minute."))
GET = {"/form": FORM, "/refused": REFUSED, "/saved": SAVED, "/gone": GONE}
WORDS = "Volunteer found. Her checks are not back yet."


@dataclass
class Answers:
    """A small server of finished pages. What is posted is kept, and answered as `plan` says, one way a post."""

    address: str = ""
    posts: list[Sent] = field(default_factory=list)
    plan: list[str] = field(default_factory=list)  # saved, refused, lost, silent, busy or a stranger's; then saved
    over: threading.Event = field(default_factory=threading.Event)  # ends every silence

    def handler(self) -> type[BaseHTTPRequestHandler]:
        answers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.tell(200 if self.path in GET else 404, GET.get(self.path, ""))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                answers.posts.append(read_form(parse_qs(body)))
                match answers.plan.pop(0) if answers.plan else "saved":
                    case "saved":
                        self.send_response(303)
                        self.send_header("Location", "/saved")
                        self.send_header("Content-Length", "0")
                        self.end_headers()
                    case "refused":
                        self.tell(422, REFUSED)
                    case "lost":
                        self.close_connection = True
                    case "silent":
                        answers.over.wait(20)
                        self.close_connection = True
                    case "busy":
                        self.tell(429, BUSY)
                    case "a stranger's":
                        self.tell(200, "<!doctype html><h1>Sign in to the café</h1>")

            def tell(self, status: int, page: str) -> None:
                self.send_response(status)
                for name, value in by_link.headers().items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page.encode())))
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def answers() -> Iterator[Answers]:
    answers = Answers()
    with ThreadingHTTPServer(("127.0.0.1", 0), answers.handler()) as server:
        answers.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield answers
        answers.over.set()
        server.shutdown()


@contextmanager
def a_phone(browser: Browser, answers: Answers, *, width: int = 390, theme: str = "light", script: bool = True):
    context = browser.new_context(
        **SETTINGS,
        viewport={"width": width, "height": 844},
        color_scheme=theme,
        java_script_enabled=script,
        base_url=answers.address,
    )
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture
def phone(browser: Browser, answers: Answers) -> Iterator[Page]:
    with a_phone(browser, answers) as page:
        page.goto("/form")
        yield page


def say(phone: Page, choice: str = "Stuck", words: str = WORDS) -> None:
    card = phone.get_by_role("region", name=BREAKFAST.title)
    card.get_by_role("radio", name=choice, exact=True).check()
    card.get_by_label("What happened?").fill(words)


def save(phone: Page) -> None:
    phone.get_by_role("button", name="Save").first.click()


def expect_saved(phone: Page) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text("Saved. Thank you.")


def violations(page: Page) -> list[str]:
    # Evaluated, not added as a script: the page's own policy rightly refuses any script but its own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


# How it looks and is told


@pytest.mark.parametrize(
    ("path", "theme"), [("/refused", "light"), ("/refused", "dark"), ("/saved", "light"), ("/gone", "dark")]
)
def test_axe_has_nothing_against_a_page(browser: Browser, answers: Answers, path: str, theme: str):
    with a_phone(browser, answers, theme=theme) as page:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(more => more.open = true)")

        assert violations(page) == []


def test_no_page_scrolls_sideways_on_the_narrowest_phone(browser: Browser, answers: Answers):
    with a_phone(browser, answers, width=320) as page:
        for path in GET:
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(more => more.open = true)")

            assert page.evaluate("document.scrollingElement.scrollWidth") == 320, path


def test_the_policy_lets_the_page_work_without_a_complaint(browser: Browser, answers: Answers):
    with a_phone(browser, answers) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto("/form")
        say(page)
        save(page)
        expect_saved(page)

        assert errors == []


def test_a_screen_reader_meets_every_field_by_its_role_and_name(phone: Page):
    card = phone.get_by_role("region", name=BREAKFAST.title)
    group = phone.get_by_role("radiogroup", name=f"How is it going? {BREAKFAST.title}", exact=True)

    assert group.get_by_role("radio").count() == 5
    for choice in ("On track", "Stuck", "Done", "Nothing new", "Not ours"):
        expect(group.get_by_role("radio", name=choice, exact=True)).to_have_count(1)
    expect(phone.get_by_role("textbox", name=f"What happened? {BREAKFAST.title}", exact=True)).to_have_count(1)
    expect(card.get_by_role("button", name="Save", exact=True)).to_have_count(1)
    expect(phone.get_by_role("textbox", name="Out of how many", exact=True)).to_have_count(1)
    expect(phone.get_by_role("textbox", name="Value (families)", exact=True)).to_have_count(1)


def test_the_fields_under_more_have_their_names(phone: Page):
    card = phone.get_by_role("region", name=INTERVIEWS.title)
    card.get_by_text("More: a new date").click()

    expect(card.get_by_label("New date")).to_have_attribute("type", "date")
    expect(card.get_by_role("combobox", name="Why it moves")).to_have_value("")
    reached = card.get_by_role("group", name="Milestones reached")
    expect(reached.get_by_role("checkbox", name="Ask ten employers due Fri 6 Nov 2026")).not_to_be_checked()
    expect(card.get_by_role("textbox", name="What is next?")).to_be_visible()


def test_what_would_help_is_asked_of_who_is_stuck_and_what_changed_of_who_is_done(phone: Page):
    card = phone.get_by_role("region", name=BREAKFAST.title)
    helps, changed = card.get_by_label("What would help?"), card.get_by_label("What changed?")
    assert (helps.is_visible(), changed.is_visible()) == (False, False)

    card.get_by_role("radio", name="Stuck", exact=True).check()
    assert (helps.is_visible(), changed.is_visible()) == (True, False)

    card.get_by_role("radio", name="Done", exact=True).check()
    assert (helps.is_visible(), changed.is_visible()) == (False, True)


def test_what_was_typed_is_never_hidden_by_another_choice(phone: Page):
    card = phone.get_by_role("region", name=BREAKFAST.title)
    card.get_by_role("radio", name="Stuck", exact=True).check()
    card.get_by_label("What would help?").fill("A van")

    card.get_by_role("radio", name="On track", exact=True).check()

    expect(card.get_by_label("What would help?")).to_be_visible()


def test_the_keyboard_alone_chooses_and_the_choice_shows_where_it_is(phone: Page):
    phone.keyboard.press("Tab")
    phone.keyboard.press("ArrowRight")
    ring = "getComputedStyle(document.activeElement.nextElementSibling)"

    assert phone.evaluate("document.activeElement.value") == "stuck"
    assert phone.evaluate(f"{ring}.outline").endswith("solid 3px")
    assert phone.evaluate(f"{ring}.fontWeight") == "600"


def test_what_was_wrong_has_the_focus_and_leads_to_its_field(phone: Page):
    phone.goto("/refused")
    alert = phone.get_by_role("alert")
    expect(alert).to_be_focused()

    alert.get_by_role("link", name="Families at the breakfast club").click()

    expect(phone.get_by_role("textbox", name="Value (families)")).to_be_focused()


def test_what_was_wrong_is_told_with_the_field_it_is_about(phone: Page):
    phone.goto("/refused")

    number = phone.get_by_role("textbox", name="Value (families)")
    expect(number).to_have_accessible_description("To put right: Found “sixty”, wanted a number such as 60.")
    choices = phone.get_by_role("radiogroup", name=INTERVIEWS.title)
    expect(choices).to_have_accessible_description("To put right: 31 Feb is no day.")


# Saving


def test_any_save_sends_everything_typed(phone: Page, answers: Answers):
    say(phone)
    phone.get_by_role("region", name=CAFE.title).get_by_role("radio", name="Nothing new").check()
    phone.get_by_label("Out of how many").fill("310")

    phone.get_by_role("button", name="Save").nth(2).click()
    expect_saved(phone)

    (sent,) = answers.posts
    assert sent.actions == {BREAKFAST.ref: SentAction("stuck", WORDS), CAFE.ref: SentAction("nothing new")}
    assert sent.figures[ABSENCE.key].denominator == "310"


def test_without_script_everything_can_be_said_and_saved(browser: Browser, answers: Answers):
    with a_phone(browser, answers, script=False) as page:
        page.goto("/form")
        say(page)
        page.get_by_label("What would help?").first.fill("A second volunteer")
        save(page)
        expect_saved(page)

    assert answers.posts[0].actions == {BREAKFAST.ref: SentAction("stuck", WORDS, "A second volunteer")}


def test_a_refusal_comes_back_in_the_pages_place(phone: Page, answers: Answers):
    answers.plan = ["refused"]
    say(phone)
    save(phone)
    expect(phone.get_by_role("alert")).to_be_focused()

    save(phone)
    expect_saved(phone)


def test_a_second_click_sends_nothing_more(phone: Page, answers: Answers):
    answers.plan = ["silent"]
    say(phone)
    button = phone.get_by_role("button").first
    button.dblclick()
    expect(button).to_have_text("Saving …")

    button.click(force=True)
    phone.keyboard.press("Enter")
    phone.wait_for_timeout(200)
    assert len(answers.posts) == 1


# Without a network


def test_a_network_that_drops_for_five_seconds_loses_nothing_and_what_was_saved_is_sent(phone: Page, answers: Answers):
    say(phone)
    phone.context.set_offline(True)
    save(phone)
    expect(phone.get_by_role("status")).to_have_text(
        "No connection. What you typed is kept on this phone; it is sent as soon as there is one."
    )
    phone.wait_for_timeout(5_000)
    expect(phone.get_by_label("What happened?").first).to_have_value(WORDS)
    phone.context.set_offline(False)

    expect_saved(phone)
    assert [sent.actions for sent in answers.posts] == [{BREAKFAST.ref: SentAction("stuck", WORDS)}]


def test_it_is_sent_the_moment_there_is_a_network_again(browser: Browser, answers: Answers):
    with a_phone(browser, answers) as page:
        page.clock.install(time=0)
        page.goto("/form")
        say(page)
        page.clock.pause_at(3_600)
        page.context.set_offline(True)
        save(page)
        expect(page.get_by_role("status")).to_contain_text("No connection")

        page.context.set_offline(False)
        expect_saved(page)


@pytest.mark.parametrize(("trouble", "wait"), [("lost", 3), ("busy", 15), ("a stranger's", 15)])
def test_what_got_no_answer_of_ours_is_sent_again_word_for_word(browser, answers: Answers, trouble: str, wait: int):
    answers.plan = [trouble]
    with a_phone(browser, answers) as page:
        page.clock.install()
        page.goto("/form")
        say(page)
        save(page)
        expect(page.get_by_role("status")).to_contain_text("No connection")

        page.clock.fast_forward(wait * 1000)
        expect_saved(page)

    first, second = answers.posts
    assert first == second
    assert first.once == a_page().once


def test_no_answer_in_ten_seconds_is_no_connection(browser: Browser, answers: Answers):
    answers.plan = ["silent"]
    with a_phone(browser, answers) as page:
        page.clock.install()
        page.goto("/form")
        say(page)
        save(page)
        page.clock.fast_forward(9_000)
        expect(page.get_by_role("status")).to_be_empty()

        page.clock.fast_forward(1_000)
        expect(page.get_by_role("status")).to_contain_text("No connection")


def test_nothing_can_be_typed_between_two_tries(phone: Page, answers: Answers):
    answers.plan = ["lost"] * 3
    say(phone)
    save(phone)

    expect(phone.get_by_label("What happened?").first).to_be_disabled()


def test_a_draft_comes_back_after_a_reload(phone: Page):
    say(phone)
    more = phone.get_by_role("region", name=INTERVIEWS.title)
    more.get_by_text("More: a new date").click()
    more.get_by_label("Ask ten employers").check()
    more.get_by_label("Why it moves").select_option("it started late")

    phone.reload()

    expect(phone.get_by_role("radio", name="Stuck").first).to_be_checked()
    expect(phone.get_by_label("What happened?").first).to_have_value(WORDS)
    expect(more.get_by_label("Ask ten employers")).to_be_checked()
    expect(more.get_by_label("Why it moves")).to_have_value("it started late")


def test_a_save_that_was_not_answered_is_sent_when_the_page_is_opened_again(phone: Page, answers: Answers):
    answers.plan = ["lost"]
    say(phone)
    save(phone)
    expect(phone.get_by_role("status")).to_contain_text("No connection")

    phone.reload()
    expect_saved(phone)
    assert answers.posts[0] == answers.posts[1]


def test_a_receipt_lets_the_draft_go(phone: Page):
    say(phone)
    save(phone)
    expect_saved(phone)

    phone.goto("/form")

    expect(phone.get_by_label("What happened?").first).to_have_value("")
    assert phone.evaluate("Object.keys(localStorage)") == []
