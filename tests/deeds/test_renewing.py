"""A fresh link for an expired one: to the address we have and to no other, or else asked of the leaders."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest

from framework.deeds.linking import make_link, open_link
from framework.deeds.renewing import renew
from framework.store import askings
from framework.store.askings import AskedFor, How
from tests.conftest import LEADER, MEMBER, NOW, an_action, put
from tests.edges.test_post_server import Server, serving

BASE = "https://plan.example"
OWN = an_action(ref="actionmine", code="A-20", title="Parents' cafe", owner=MEMBER.ref, due_on=date(2026, 12, 18))
LATER = NOW + timedelta(days=20)


@pytest.fixture(scope="module")
def mail() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def came(mail):
    """What the mail server was given since the test began."""
    mail.box.taken.clear()
    return mail.box.taken


@pytest.fixture
def trust(sqlite_ground):
    store = sqlite_ground.store("small trust")
    put(store, OWN, replace(MEMBER, email="denise@food.example", version=1))
    return store


def expired(store):
    return make_link(store, by=LEADER, now=NOW, person=MEMBER.ref, actions=[OWN.ref]).token


def log(store):
    return [(a.kind, a.how, a.outcome, a.by) for a in askings.askings(store)]


def test_a_fresh_link_goes_to_the_address_we_have_and_opens_the_same_action(trust, mail, came):
    assert renew(trust, expired(trust), LATER, BASE, mail.office)
    (envelope,) = came
    assert envelope.rcpt_tos == ["denise@food.example"]
    text = message_from_bytes(envelope.content, policy=policy.default).get_content()
    token = re.search(rf"{BASE}/w/(\S+)", text)[1]
    link, person, _ = open_link(trust, token, LATER)
    assert (person.ref, link.actions, link.by) == (MEMBER.ref, (OWN.ref,), LEADER.ref)
    assert log(trust) == [(AskedFor.FRESH_LINK, How.SENT, "", None)]


@pytest.mark.parametrize("token", ["forged", ""])
def test_a_forged_token_sends_nothing_and_writes_nothing(trust, mail, came, token):
    assert not renew(trust, token, LATER, BASE, mail.office)
    assert (came, log(trust)) == ([], [])


def test_an_open_link_sends_nothing(trust, mail, came):
    assert not renew(trust, expired(trust), NOW, BASE, mail.office)
    assert came == []


def test_without_a_mail_server_the_leaders_are_told(trust):
    assert renew(trust, expired(trust), LATER, BASE, None)
    assert log(trust) == [(AskedFor.FRESH_LINK, How.BY_LINK, "", None)]


def test_without_an_address_the_leaders_are_told(trust, mail, came):
    put(trust, replace(MEMBER, email=None, version=2))
    assert renew(trust, expired(trust), LATER, BASE, mail.office)
    assert (came, log(trust)) == ([], [(AskedFor.FRESH_LINK, How.BY_LINK, "", None)])


def test_what_the_mail_server_does_not_take_is_written_down_with_why(trust, mail, came):
    put(trust, replace(MEMBER, email="nobody@food.example", version=2))
    assert renew(trust, expired(trust), LATER, BASE, mail.office)
    ((_, how, outcome, _),) = log(trust)
    assert how is How.SENT
    assert "does not deliver to nobody@food.example" in outcome


def test_where_everything_is_closed_a_leader_is_told_that_they_ask(trust, mail, came):
    token = expired(trust)
    put(trust, replace(OWN, status="done", version=1))
    assert renew(trust, token, LATER, BASE, mail.office)
    assert (came, log(trust)) == ([], [(AskedFor.FRESH_LINK, How.BY_LINK, "", None)])


def test_the_sample_sends_nothing(trust, mail, came):
    from framework.store.ledger import entry

    with entry(trust, by=None, now=NOW, deed="start sample") as e:
        e.set("sample_day", NOW.date().isoformat())
    trust.__dict__.pop("sample_day", None)
    renew(trust, expired(trust), LATER, BASE, mail.office)
    assert came == []
