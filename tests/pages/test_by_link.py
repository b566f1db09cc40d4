"""The page behind a personal link over HTTP: what it answers to an honest browser, a scanner, a stranger, a forger."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from framework.access.by_link import headers
from framework.access.throttle import Throttle
from framework.deeds.linking import make_link, revoke_link
from framework.people import Audience
from framework.store import askings, proposals
from framework.store.pictures import load
from pages import ui_by_link, ui_here
from tests.conftest import LEADER, MEMBER, NOW, a_kpi, an_action, half_term, put
from tests.edges.test_post_server import serving

MANY = tuple(
    an_action(
        ref=f"actionno{n:02d}", code=f"A-{n + 30}", title=f"A breakfast club at Coppershaw, {'abcdefghij'[n]}",
        owner=MEMBER.ref, due_on=date(2026, 12, 1) + timedelta(days=n),
    )
    for n in range(10)
)  # fmt: skip
OWN = MANY[0]
SLOT = ("kpi0000001", "placetrust", half_term(2026, 1).code)


@pytest.fixture
def store(small_app, monkeypatch):
    """The small trust with ten actions of one member's, as the server has it; nobody has tried anything yet."""
    for name in ("_TRIES", "_SENDINGS", "_AFRESH"):
        known = getattr(ui_by_link, name)
        monkeypatch.setattr(ui_by_link, name, Throttle(known.most, known.seconds))
    put(ui_here.store(), *MANY)
    return ui_here.store()


@pytest.fixture
def browser(store):
    return Browser(Starlette(routes=ui_by_link.ROUTES))


class Browser:
    """Asks the routes as a browser does, without a server."""

    def __init__(self, app):
        self.app = app

    def get(self, address):
        return self.ask("GET", address)

    def post(self, address, data=None, headers=None):
        return self.ask("POST", address, data=data, headers=headers)

    def ask(self, method, address, **more):
        async def answered():
            here = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=here, base_url="https://civic.example") as client:
                return await client.request(method, address, **more)

        return asyncio.run(answered())


def link(store, actions=(OWN,), values=(), **more):
    asked = {"by": LEADER, "now": ui_here.now(), "person": MEMBER.ref, "words": "for the trustees", **more}
    made = make_link(store, actions=[a.ref for a in actions], values=list(values), **asked)
    return made, f"/w/{made.token}"


def once_in(page):
    return re.search(r'name=once value="?([^">]+)', page.text)[1]


def picture(store):
    return load(store, ui_here.now(), Audience.LEADERS)


def test_it_opens_with_the_actions_in_words_and_nothing_to_load_besides(browser, store):
    _, address = link(store)
    page = browser.get(address)
    assert page.status_code == 200
    assert OWN.title in page.text
    assert "Who asks" in page.text
    assert "Priya Leader, for the trustees" in page.text
    assert not re.search(r"(src|href)=[\"']?(https?:|//)", page.text)


def test_opening_it_ten_times_as_mail_scanners_do_changes_nothing(browser, store):
    _, address = link(store)
    before = picture(store).change
    for _ in range(10):
        assert browser.get(address).status_code == 200
    assert browser.ask("HEAD", address).status_code in (200, 405)
    assert (picture(store).change, proposals.waiting(store), askings.askings(store)) == (before, [], [])


def test_with_ten_actions_it_shows_eight_in_thirty_kilobytes_and_says_that_more_come(browser, store):
    _, address = link(store, MANY)
    page = browser.get(address)
    assert page.text.count("<h2") == 8
    assert len(page.content) <= 30_000
    assert "2 more of your actions come here once these are saved" in page.text


def test_what_was_spoken_of_today_makes_room_for_the_rest(browser, store):
    _, address = link(store, MANY)
    page = browser.get(address)
    first = [a for a in MANY if a.title in page.text]
    browser.post(address, data={"once": once_in(page), **{f"{a.ref}.say": "on track" for a in first}})
    after = browser.get(address)
    assert all(a.title in after.text for a in MANY if a not in first)


def test_a_word_is_kept_and_the_receipt_says_what_and_who_sees_it(browser, store):
    _, address = link(store)
    said = {"once": once_in(browser.get(address)), f"{OWN.ref}.say": "stuck", f"{OWN.ref}.words": "No keys <b>yet</b>."}
    receipt = browser.post(address, data=said)
    assert receipt.status_code == 200
    assert "No keys &lt;b&gt;yet&lt;/b&gt;." in receipt.text
    assert "not yet checked" in receipt.text
    assert picture(store).updates[OWN.ref][0].unchecked


def test_coming_back_shows_the_last_word_and_what_came_of_it(browser, store):
    from framework.deeds.proposing import decline

    _, address = link(store)
    said = {"once": once_in(browser.get(address)), f"{OWN.ref}.say": "done", f"{OWN.ref}.changed": "Thirty came."}
    browser.post(address, data=said)
    decline(store, by=LEADER, now=ui_here.now(), proposal=proposals.waiting(store)[0].ref, words="Not before March.")
    page = browser.get(address).text
    assert "Thirty came." in page
    assert "You, " in page
    assert "Not agreed: Not before March." in page


def test_once_all_is_closed_the_page_says_so_and_what_came_of_it(browser, store):
    from framework.deeds.proposing import accept

    _, address = link(store)
    said = {"once": once_in(browser.get(address)), f"{OWN.ref}.say": "done", f"{OWN.ref}.changed": "Thirty came."}
    browser.post(address, data=said)
    accept(store, by=LEADER, now=ui_here.now(), proposal=proposals.waiting(store)[0].ref, words="Well done.")
    page = browser.get(address).text
    assert "Nothing more is asked of you" in page
    assert "Agreed: Well done." in page
    assert "<button" not in page


def test_a_refusal_gives_the_form_back_with_everything_that_was_typed(browser, store):
    _, address = link(store, MANY[:2])
    typed = {f"{OWN.ref}.say": "done", f"{MANY[1].ref}.words": "Kept as typed."}
    page = browser.post(address, data={"once": once_in(browser.get(address)), **typed})
    assert page.status_code == 422
    assert "Say what changed" in page.text
    assert "Kept as typed." in page.text
    assert "checked" in page.text
    assert OWN.ref not in picture(store).updates


def test_a_figure_arrives_as_a_proposal(browser, store):
    _, address = link(store, (), [SLOT])
    page = browser.get(address)
    key = "_".join(SLOT)
    browser.post(address, data={"once": once_in(page), f"{key}.count": "48", f"{key}.of": "200"})
    assert [p.data["number"] for p in proposals.waiting(store)] == [24.0]


@pytest.mark.parametrize("state", ["expired", "revoked", "left"])
def test_a_link_that_ended_says_so_and_shows_nothing_of_what_it_showed(browser, store, state, monkeypatch):
    made, address = link(store)
    if state == "revoked":
        revoke_link(store, by=LEADER, now=ui_here.now(), link=made.ref)
    if state == "left":
        put(store, replace(MEMBER, left_on=NOW.date() - timedelta(days=1), version=1))
    later = ui_here.now() + timedelta(days=20 if state == "expired" else 0)
    monkeypatch.setattr(ui_here, "now", lambda: later)
    page = browser.get(address)
    assert page.status_code == 410
    assert OWN.title not in page.text
    assert MEMBER.name not in page.text
    assert ("Send a fresh link" in page.text) == (state == "expired")


def test_asking_for_a_fresh_link_is_told_to_the_leaders_where_no_mail_goes_out(browser, store, monkeypatch):
    _, address = link(store)
    later = ui_here.now() + timedelta(days=20)
    monkeypatch.setattr(ui_here, "now", lambda: later)
    asked = browser.post(f"{address}/afresh")
    assert asked.status_code == 200
    assert [a.person for a in askings.askings(store)] == [MEMBER.ref]


@pytest.mark.parametrize(("outside", "sent"), [("", 0), ("https://plan.example/", 1)])
def test_a_fresh_link_never_leads_to_the_host_that_the_request_names(browser, store, monkeypatch, outside, sent):
    _, address = link(store)
    put(store, replace(MEMBER, email="denise@food.example", version=1))
    later = ui_here.now() + timedelta(days=20)
    monkeypatch.setattr(ui_here, "now", lambda: later)
    monkeypatch.setitem(store.__dict__, "sample_day", None)  # a trust of its own, which sends mail
    monkeypatch.setenv("BASE_URL", outside)
    with serving() as mail:
        told = {"HOST": "127.0.0.1", "PORT": str(mail.office.port), "FROM": "plan@trust.example", "SECURITY": "none"}
        for name, value in told.items():
            monkeypatch.setenv(f"SMTP_{name}", value)
        browser.post(f"{address}/afresh", headers={"host": "evil.example"})
    contents = [envelope.content for envelope in mail.box.taken]
    assert len(contents) == sent
    assert all(b"https://plan.example/w/" in one and b"evil" not in one for one in contents)


def test_asking_with_a_forged_link_is_answered_alike_and_writes_nothing(browser, store, monkeypatch):
    _, address = link(store)
    later = ui_here.now() + timedelta(days=20)
    monkeypatch.setattr(ui_here, "now", lambda: later)
    forged, real = browser.post("/w/forged/afresh"), browser.post(f"{address}/afresh")
    assert (forged.status_code, forged.text) == (real.status_code, real.text)
    assert len(askings.askings(store)) == 1


def test_a_form_from_another_place_is_refused(browser, store):
    _, address = link(store)
    said = {"once": once_in(browser.get(address)), f"{OWN.ref}.say": "stuck"}
    assert browser.post(address, data=said, headers={"origin": "https://evil.example"}).status_code == 403
    crossing = {"origin": "null", "sec-fetch-site": "cross-site"}
    assert browser.post(address, data=said, headers=crossing).status_code == 403
    assert OWN.ref not in picture(store).updates


@pytest.mark.parametrize(
    "from_here", [{}, {"origin": "https://civic.example"}, {"origin": "null", "sec-fetch-site": "same-origin"}]
)
def test_a_form_from_the_page_itself_is_taken_whatever_the_browser_says_of_it(browser, store, from_here):
    _, address = link(store)
    said = {"once": once_in(browser.get(address)), f"{OWN.ref}.say": "stuck"}
    assert browser.post(address, data=said, headers=from_here).status_code == 200


def test_a_form_too_large_to_be_honest_is_refused_unread(browser, store):
    _, address = link(store)
    assert browser.post(address, data={f"{OWN.ref}.words": "x" * 1_000_000}).status_code == 403
    assert browser.post(address, data={f"a{n}.words": "x" for n in range(500)}).status_code == 403


@pytest.mark.parametrize(("tries", "answer"), [(30, 404), (31, 429)])
def test_the_thirty_first_wrong_address_within_a_quarter_of_an_hour_is_too_many(browser, store, tries, answer):
    for _ in range(tries - 1):
        browser.get("/w/guess")
    assert browser.get("/w/guess").status_code == answer


def test_a_right_address_opens_however_many_wrong_ones_were_tried(browser, store):
    _, address = link(store)
    for _ in range(40):
        browser.get("/w/guess")
    assert browser.get(address).status_code == 200


def test_every_answer_carries_the_pages_own_headers(browser, store):
    _, address = link(store)
    for answer in (browser.get(address), browser.get("/w/guess"), browser.post("/w/guess/afresh")):
        assert {name: answer.headers[name] for name in headers()} == headers()


def test_two_links_of_two_people_never_show_each_others_rows(browser, store):
    other = an_action(ref="actionothr", code="A-60", title="Somebody else's", owner=LEADER.ref)
    put(store, other, a_kpi(ref="kpi0000002", code="K-A03"))
    _, mine = link(store)
    theirs = make_link(store, by=LEADER, now=ui_here.now(), person=LEADER.ref, actions=[other.ref])
    assert "Somebody else" not in browser.get(mine).text
    assert OWN.title not in browser.get(f"/w/{theirs.token}").text
