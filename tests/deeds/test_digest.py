"""The Monday digest: when it goes out, to whom, what it says, and that nobody ever gets it twice in a week."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from threading import Thread

import pytest

from framework.deeds import governing
from framework.deeds.chasing import UNDER_WAY
from framework.deeds.digest import FOR_LEADERS, SUBJECT, send_digest
from framework.deeds.linking import LINK_PATH, open_link
from framework.errors import ValueRefused
from framework.people import Audience
from framework.store import proposals
from framework.store.askings import AskedFor, How, askings
from framework.store.ledger import entry
from framework.store.links import all_links
from framework.store.pictures import load
from tests.conftest import ADMINISTRATOR, LEADER, MEMBER, SCHOOL_CONTACT, an_action, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401
from tests.edges.test_post_server import Server, serving

BASE = "https://plan.example"
MONDAY = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)  # a Monday
LATE = an_action(owner=MEMBER.ref, version=1)
QUIET = an_action(
    ref="action0002", code="A-02", title="Welcome pack", owner=SCHOOL_CONTACT.ref, due_on=date(2027, 3, 1)
)
ADDRESSES = {LEADER.ref: "priya@trust.example", MEMBER.ref: "denise@food.example", SCHOOL_CONTACT.ref: None}


@pytest.fixture(scope="module")
def mail() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def trust(store):
    """The digest is on; Denise has a late action, Sam a silent one and no address."""
    people = [replace(p, email=ADDRESSES[p.ref], version=1) for p in (LEADER, MEMBER, SCHOOL_CONTACT)]
    put(store, *people, LATE, QUIET)
    switch(store, True)
    return store


def switch(store, on):
    governing.change_setting(store, by=ADMINISTRATOR, now=MONDAY - timedelta(days=3), name="monday_digest", value=on)


def sent(store, mail, now=MONDAY, **more) -> list[str]:
    """To whom a call writes, and what the messages are called."""
    before = len(mail.box.taken)
    number = send_digest(store, now, mail.office, **{"base": BASE, **more})
    letters = arrived(mail)[before:]
    assert number == len(letters)
    return [f"{letter['to']}: {letter['subject']}" for letter in letters]


def arrived(mail):
    return [message_from_bytes(one.content, policy=policy.default) for one in mail.box.taken]


def words(mail) -> str:
    """The newest message."""
    return arrived(mail)[-1].get_body().get_content()


BOTH = [f"Denise Member <denise@food.example>: {SUBJECT}", f"Priya Leader <priya@trust.example>: {FOR_LEADERS}"]


# When


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (MONDAY, True),
        (MONDAY - timedelta(minutes=1), False),
        (MONDAY + timedelta(hours=16, minutes=59), True),
        (MONDAY + timedelta(days=1), False),
        (MONDAY - timedelta(days=1), False),
        (HOLIDAY, False),
        (datetime(2027, 4, 12, 6, 0, tzinfo=UTC), True),  # 07:00 in summer time
        (datetime(2027, 4, 12, 5, 59, tzinfo=UTC), False),
    ],
)
def test_it_goes_out_on_mondays_that_are_school_days_from_seven(trust, mail, now, goes):
    assert bool(sent(trust, mail, now)) is goes


def test_it_does_not_go_out_where_it_is_switched_off_or_mail_or_address_are_missing(trust, mail, monkeypatch):
    monkeypatch.delenv("BASE_URL", raising=False)
    assert sent(trust, mail, base=None) == []
    assert send_digest(trust, MONDAY, None, BASE) == 0
    switch(trust, False)
    assert sent(trust, mail) == []
    assert askings(trust) == []


def test_without_an_address_of_its_own_it_takes_the_one_outside(trust, mail, monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://outside.example/")
    assert sent(trust, mail, base=None) == BOTH
    assert "https://outside.example/chase" in words(mail)


def test_the_sample_never_sends(trust, mail):
    with entry(trust, by=None, now=MONDAY, deed="start sample") as e:
        e.set("sample_day", "2026-11-16")
    assert sent(trust, mail) == []


def test_in_the_holidays_leaders_are_not_told_what_waits_either(trust, mail):
    with trust.writing() as conn:
        proposals.propose(
            conn,
            at=HOLIDAY,
            by=MEMBER.ref,
            via="page",
            kind=proposals.Kind.ACTION,
            about="",
            data={"title": "A stall"},
            seen=0,
            words="",
        )
    assert sent(trust, mail, HOLIDAY) == []
    assert sent(trust, mail) == BOTH
    assert "To check: one proposal." in words(mail)


# To whom, and what it says


def test_each_owner_gets_a_link_of_their_own_for_a_week_and_leaders_are_told(trust, mail):
    assert sent(trust, mail) == BOTH
    letter = arrived(mail)[-2]
    assert letter["auto-submitted"] == "auto-generated"
    text = letter.get_body().get_content()
    assert "- A-14 Breakfast club at Hazel Grange: 11 school days late" in text
    token = next(line for line in text.split() if line.startswith(BASE)).removeprefix(BASE + LINK_PATH)
    link, person, _ = open_link(trust, token, MONDAY)
    assert (person.ref, link.actions, link.by) == (MEMBER.ref, (LATE.ref,), None)
    assert link.expires_at == MONDAY + timedelta(days=7)


def test_leaders_read_who_was_asked_and_who_could_not_be(trust, mail):
    sent(trust, mail)
    told = words(mail)
    assert "2 actions to have a word on: 1 late · 1 gone quiet." in told
    assert "One owner asked this morning." in told
    assert "Not asked: Sam Contact, no address is known here." in told
    assert f"{BASE}/chase" in told


def test_whoever_has_left_is_passed_over_and_leaders_are_told(trust, mail):
    put(trust, replace(MEMBER, left_on=date(2026, 11, 13), version=2))
    assert sent(trust, mail) == BOTH[1:]
    assert "Nobody to ask about A-14 Breakfast club at Hazel Grange: Denise Member left on" in words(mail)


def test_a_leader_with_actions_of_their_own_gets_one_message_about_both(trust, mail):
    put(trust, replace(LATE, owner=LEADER.ref, version=2))
    assert sent(trust, mail) == BOTH[1:]
    assert "- A-14 Breakfast club at Hazel Grange: 11 school days late" in words(mail)
    assert f"{BASE}{LINK_PATH}" in words(mail)


def test_where_nothing_is_due_a_word_nobody_is_written_to(trust, mail):
    put(trust, replace(LATE, archived=True, version=2), replace(QUIET, archived=True, version=1))
    assert sent(trust, mail) == []
    assert askings(trust) == []


# Once a week


def test_nobody_gets_it_twice_in_a_week(trust, mail):
    assert sent(trust, mail) == BOTH
    assert sent(trust, mail, MONDAY + timedelta(hours=1)) == []
    assert sent(trust, mail, MONDAY + timedelta(days=7)) == BOTH


@BOTH_DATABASES
def test_two_servers_at_once_send_it_once(trust, mail):
    before = len(mail.box.taken)
    servers = [Thread(target=send_digest, args=(trust, MONDAY, mail.office, BASE)) for _ in range(4)]
    for one in servers:
        one.start()
    for one in servers:
        one.join()
    assert sorted(letter["subject"] for letter in arrived(mail)[before:]) == sorted((SUBJECT, FOR_LEADERS))


def test_who_is_asked_is_written_down_before_the_message_goes(trust, mail):
    class Falls:
        """A server that dies while it sends."""

        def send(self, message, at):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_digest(trust, MONDAY, Falls(), BASE)
    assert [(one.person, one.outcome) for one in askings(trust)] == [(MEMBER.ref, UNDER_WAY)]
    assert sent(trust, mail) == BOTH[1:]


def test_after_a_refusal_the_others_wait_for_the_next_call(trust, mail):
    put(trust, replace(MEMBER, email="nobody@food.example", version=2))
    assert sent(trust, mail) == []
    written = askings(trust)[0]
    assert (written.kind, written.how, written.person) == (AskedFor.DIGEST, How.SENT, MEMBER.ref)
    assert "does not deliver" in written.outcome
    assert sent(trust, mail) == BOTH[1:]
    assert "Not asked: Denise Member, The mail server does not deliver to nobody@food.example" in words(mail)
    assert ".." not in words(mail)


def test_someone_without_an_address_is_written_down_once_and_gets_no_link(trust, mail):
    sent(trust, mail)
    sent(trust, mail)
    assert [one.outcome for one in askings(trust) if one.person == SCHOOL_CONTACT.ref] == ["no address is known here"]
    assert {link.person for link in all_links(trust)} == {MEMBER.ref}


# The switch


def test_it_is_off_until_someone_switches_it_on(store):
    assert load(store, MONDAY, Audience.LEADERS).settings.monday_digest is False
    switch(store, True)
    assert load(store, MONDAY, Audience.LEADERS).settings.monday_digest is True


@pytest.mark.parametrize("value", [1, "yes", None])
def test_the_switch_is_on_or_off(store, value):
    with pytest.raises(ValueRefused, match="wanted True or False"):
        switch(store, value)
