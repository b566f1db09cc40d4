"""Asking people for a word: the message and its link, each way in which it leaves, and the log of it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from framework.deeds import chasing
from framework.deeds.linking import LINK_PATH, open_link, revoke_link
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.people import Role
from framework.post import Attachment, NotSent
from framework.store import links
from framework.store.asked import fresh_links_wanted, last_asked
from framework.store.askings import AskedFor, Asking, How, askings
from framework.store.ledger import entry
from tests.conftest import LEADER, MEMBER, NOW, TODAY, TRUST, a_kpi, a_person_as, an_action, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401
from tests.edges.test_post_server import Server, serving

BASE = "https://plan.example"
ACTION = an_action(owner=MEMBER.ref, version=1)
SLOT = (a_kpi().ref, TRUST.ref, "202627-HT1")
ADDRESS = "denise@food.example"


@pytest.fixture(scope="module")
def mail() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def trust(store):
    """The small trust, in which Denise owns the action and has an address."""
    put(
        store,
        replace(MEMBER, email=ADDRESS, version=1),
        replace(LEADER, email="priya@trust.example", version=1),
        ACTION,
    )
    return store


def leader():
    return replace(LEADER, email="priya@trust.example")


def ready(store, **given):
    asked = {"person": MEMBER.ref, "base": BASE, "actions": [ACTION.ref], **given}
    return chasing.ready_message(store, by=leader(), now=NOW, **asked)


def log(store) -> list[tuple[How, str]]:
    return [(one.how, one.outcome) for one in askings(store)]


# The message


def test_a_ready_message_holds_a_link_that_opens_the_named_rows_alone(trust):
    one = ready(trust)
    link, person, _ = open_link(trust, one.url.removeprefix(BASE + LINK_PATH), NOW)
    assert (link.ref, link.actions, link.values, person.ref) == (one.link, (ACTION.ref,), (), MEMBER.ref)
    assert one.url in one.text
    assert one.text.startswith("Dear Denise Member,")
    assert (one.subject, one.address, one.has_address) == ("How is your action going?", ADDRESS, True)


def test_making_one_asks_nobody_yet(trust):
    ready(trust)
    assert log(trust) == []


def test_a_message_about_figures_names_them(trust):
    one = ready(trust, actions=(), values=[SLOT], words="The board meets on Tuesday.")
    assert "The board meets on Tuesday." in one.text
    assert "K-A02 Persistent absence, Our Trust, Autumn 1, 2026/27" in one.text
    assert one.kind is AskedFor.VALUES
    assert links.by_ref(trust, one.link).values == (SLOT,)


def test_without_a_link_none_is_made(trust):
    one = ready(trust, with_link=False)
    assert (one.url, one.link) == ("", None)
    assert links.all_links(trust) == []


def test_other_words_go_into_the_mail_program(trust):
    one = ready(trust).saying("Hello", "Only this.")
    assert one.mailto == f"mailto:{ADDRESS}?subject=Hello&body=Only%20this."
    assert one.fits_mailto


def test_someone_without_an_address_gets_a_link_and_no_mail(trust):
    put(trust, replace(MEMBER, email="not an address", version=2))
    one = ready(trust)
    assert (one.has_address, one.mailto, one.fits_mailto) == (False, "", False)
    assert one.url
    with pytest.raises(ValueRefused, match="Mail cannot go to Denise Member"):
        chasing.as_file(trust, by=LEADER, now=NOW, ready=one)


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"actions": ()}, ValueRefused, "There is nothing to ask Denise Member"),
        ({"person": "personnone"}, Unknown, "There is nobody of that name"),
        ({"actions": ["actionnone"], "with_link": False}, Unknown, "One of these actions is not here"),
        ({"person": LEADER.ref, "with_link": False}, ValueRefused, "A-14 is not Priya Leader"),
        ({"values": [("kpi9999999", TRUST.ref, "202627-HT1")], "with_link": False}, Unknown, "no such KPI"),
        ({"values": [(a_kpi().ref, "place99999", "202627-HT1")], "with_link": False}, Unknown, "places is not here"),
        ({"words": "x" * 5_001}, ValueRefused, "5,001 characters"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_no_link_is_left(trust, given, error, said):
    with pytest.raises(error, match=said):
        ready(trust, **given)
    assert links.all_links(trust) == []


def test_whoever_has_left_is_asked_no_more(trust):
    put(trust, replace(MEMBER, left_on=TODAY - timedelta(days=1), version=2))
    with pytest.raises(ValueRefused, match="left on"):
        ready(trust, with_link=False)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_only_a_leader_asks(trust, role):
    with pytest.raises(NotAllowed, match="you may not ask people for a word"):
        chasing.ready_message(trust, by=a_person_as(role), now=NOW, person=MEMBER.ref, base=BASE, actions=[ACTION.ref])


# Sending


def test_a_message_is_sent_and_written_down(trust, mail):
    one = ready(trust)
    chasing.send(trust, by=leader(), now=NOW, office=mail.office, ready=one, attachments=[Attachment("a.csv", b"1")])
    arrived = message_from_bytes(mail.box.taken[-1].content, policy=policy.default)
    assert (arrived["to"], arrived["reply-to"], arrived["auto-submitted"]) == (
        f"Denise Member <{ADDRESS}>",
        "priya@trust.example",
        None,
    )
    assert one.url in arrived.get_body().get_content()
    written = askings(trust)[0]
    assert (written.how, written.outcome, written.link, written.actions) == (How.SENT, "", one.link, (ACTION.ref,))
    assert (written.by, written.person, written.at) == (LEADER.ref, MEMBER.ref, NOW)


@BOTH_DATABASES
def test_a_second_press_sends_nothing(trust, mail):
    one = ready(trust)
    chasing.send(trust, by=LEADER, now=NOW, office=mail.office, ready=one)
    taken = len(mail.box.taken)
    with pytest.raises(ValueRefused, match="was sent already"):
        chasing.send(trust, by=LEADER, now=NOW + timedelta(days=1), office=mail.office, ready=one)
    assert len(mail.box.taken) == taken
    assert log(trust) == [(How.SENT, "")]


def test_without_a_link_the_same_may_be_sent_again_some_other_time(trust, mail):
    one = ready(trust, with_link=False)
    chasing.send(trust, by=LEADER, now=NOW, office=mail.office, ready=one)
    with pytest.raises(ValueRefused, match="was sent already"):
        chasing.send(trust, by=LEADER, now=NOW + timedelta(seconds=119), office=mail.office, ready=one)
    chasing.send(trust, by=LEADER, now=NOW + timedelta(seconds=121), office=mail.office, ready=one)
    assert len(log(trust)) == 2


def test_why_a_message_did_not_go_out_is_written_down_and_it_may_be_tried_again(trust, mail):
    put(trust, replace(MEMBER, email="nobody@food.example", version=2))
    one = ready(trust)
    for _ in range(2):
        with pytest.raises(NotSent, match="does not deliver to nobody@"):
            chasing.send(trust, by=LEADER, now=NOW, office=mail.office, ready=one)
    assert [how for how, _ in log(trust)] == [How.SENT, How.SENT]
    assert all("does not deliver" in outcome for _, outcome in log(trust))
    assert last_asked(askings(trust)) == {}


def test_the_sample_never_sends(trust, mail):
    with entry(trust, by=None, now=NOW, deed="start sample") as e:
        e.set("sample_day", TODAY.isoformat())
    one, taken = ready(trust), len(mail.box.taken)
    with pytest.raises(NotSent, match="its addresses are nobody's"):
        chasing.send(trust, by=LEADER, now=NOW, office=mail.office, ready=one)
    assert (len(mail.box.taken), log(trust)) == (taken, [])


# Taking it as a file


def test_a_file_is_a_draft_with_the_message_and_what_goes_with_it(trust):
    one = ready(trust)
    content = chasing.as_file(trust, by=LEADER, now=NOW, ready=one, attachments=[Attachment("figures.xlsx", b"PK")])
    opened = message_from_bytes(content, policy=policy.default)
    assert (opened["x-unsent"], opened["from"], opened["reply-to"]) == ("1", None, None)
    assert [part.get_filename() for part in opened.iter_attachments()] == ["figures.xlsx"]
    assert log(trust) == [(How.FILE, "")]


def test_several_are_one_zip_without_those_who_have_no_address(trust):
    both = [ready(trust), replace(ready(trust), person=LEADER.ref, name="Priya Leader", address="")]
    content = chasing.bundle(trust, by=LEADER, now=NOW, ready=both, attachments={MEMBER.ref: [Attachment("a", b"1")]})
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.namelist() == ["Denise Member.eml"]
    assert [one.person for one in askings(trust)] == [MEMBER.ref]
    with pytest.raises(ValueRefused, match="None of these people has an address"):
        chasing.bundle(trust, by=LEADER, now=NOW, ready=both[1:])


@BOTH_DATABASES
def test_opening_it_twice_in_a_row_is_written_down_once(trust):
    one = ready(trust)
    for seconds in (0, 119, 121):
        chasing.asked(trust, by=LEADER, now=NOW + timedelta(seconds=seconds), ready=one, how=How.MAIL_PROGRAM)
    assert log(trust) == [(How.MAIL_PROGRAM, "")] * 2


# What the log says of people


def an_asking(**changes) -> Asking:
    """Denise was sent a link for the action."""
    one = Asking("asking0001", NOW, LEADER.ref, MEMBER.ref, AskedFor.ACTIONS, How.SENT, link="link000001")
    return replace(one, **changes)


WISH = an_asking(ref="asking0002", by=None, kind=AskedFor.FRESH_LINK, how=How.BY_LINK)


def test_who_was_asked_last_is_the_newest_that_went_out():
    newest = an_asking(ref="asking0003", how=How.FILE)
    assert last_asked([WISH, an_asking(outcome="refused"), newest, an_asking()]) == {MEMBER.ref: newest}
    assert last_asked([an_asking(outcome=chasing.UNDER_WAY)]) == {}


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([WISH], [WISH]),
        ([WISH, an_asking()], [WISH]),
        ([an_asking(), WISH], []),
        ([an_asking(outcome="refused"), WISH], [WISH]),
        ([an_asking(link=None), WISH], [WISH]),
        ([an_asking(kind=AskedFor.FRESH_LINK), WISH], []),  # the server sent it by itself
        ([WISH, replace(WISH, ref="asking0004")], [WISH]),
        ([], []),
    ],
)
def test_a_fresh_link_is_wanted_until_the_person_has_got_one(found, wanted):
    assert fresh_links_wanted(found) == wanted


def test_a_link_that_was_shut_opens_nothing(trust):
    one = ready(trust)
    revoke_link(trust, by=LEADER, now=NOW, link=one.link)
    assert links.by_ref(trust, one.link).open_at(NOW) is False
