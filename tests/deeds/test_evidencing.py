"""Giving evidence: links and small files, by the owner or a leader, and what is refused."""

from dataclasses import replace

import pytest

from framework.deeds.evidencing import add_evidence, take_away_evidence
from framework.errors import Conflict, NotAllowed, Unknown, ValueRefused
from framework.people import Audience
from framework.plans.showing import MOST_BYTES
from framework.store import evidence as kept
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from tests.conftest import FACILITATOR, LEADER, MEMBER, NOW, TODAY, an_action, put
from tests.deeds.grounds import ground  # noqa: F401

ACTION = an_action().ref
LINK = "https://example.org/menu"
TEXT = b"Forty children a morning.\n"


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def add(store, by=LEADER, title="Menu", **given):
    return add_evidence(store, by=by, now=NOW, **{"action": ACTION, "title": title, **given})


def there(store):
    return picture(store).evidence.get(ACTION, ())


@pytest.fixture
def of_member(store):
    """The small trust, with the action in the hands of a member of the task force."""
    put(store, an_action(owner=MEMBER.ref, version=1))
    return store


def test_a_link_is_kept_with_who_gave_it_and_when(store):
    add(store, title=" The menu ", link=f" {LINK} ")
    (one,) = there(store)
    assert (one.title, one.link, one.on, one.by, one.file) == ("The menu", LINK, TODAY, LEADER.ref, None)


def test_a_file_is_kept_in_the_database_under_what_its_bytes_say(either):
    add(either, name="../Register.docx", content=TEXT)
    (one,) = there(either)
    assert one.file == "Register.docx.txt"
    assert kept.content_of(either, one.sha256) == ("text/plain", TEXT)


def test_the_same_bytes_given_twice_are_kept_once(either):
    first, second = add(either, content=TEXT, name="a.txt"), add(either, title="Again", content=TEXT, name="b.txt")
    hashes = {one.sha256 for one in there(either) if one.ref in (first, second)}
    assert len(hashes) == 1


def test_an_owner_gives_evidence_of_their_own_action(of_member):
    add(of_member, by=MEMBER, link=LINK)
    assert there(of_member)[0].by == MEMBER.ref


@pytest.mark.parametrize("by", [FACILITATOR, replace(MEMBER, ref=FACILITATOR.ref)])
def test_someone_elses_action_and_one_that_is_not_here_answer_alike(of_member, by):
    told = []
    for action in (ACTION, "action0009"):
        with pytest.raises(NotAllowed, match="not yours, or it is not here") as refused:
            add(of_member, by=by, action=action, link=LINK)
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert there(of_member) == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "There is neither a link nor a file"),
        ({"title": " ", "link": LINK}, "Say in a few words what it shows"),
        ({"title": "x" * 301, "link": LINK}, "301 characters, and 300 is the most"),
        ({"link": "javascript:alert(1)"}, "“javascript:alert.*is no address of the web"),
        ({"name": "menu.png", "content": b"MZ\x90"}, "This file is a program. Taken are: PDF"),
        ({"name": "long.txt", "content": b"x" * (MOST_BYTES + 1)}, "and 5.MB is the most"),
        ({"link": LINK, "name": "menu.txt", "content": b""}, "This file is empty"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_kept(store, given, words):
    before = picture(store).change
    with pytest.raises(ValueRefused, match=words):
        add(store, **given)
    assert picture(store).change == before


def test_the_same_link_and_the_same_name_are_not_given_twice(store):
    add(store, link=LINK)
    with pytest.raises(ValueRefused, match="This link is there already, as “Menu”"):
        add(store, title="Another", link=LINK)
    with pytest.raises(ValueRefused, match="A-14 has evidence called “Menu” already"):
        add(store, title="MENU", content=TEXT, name="a.txt")
    assert len(there(store)) == 1


def take(store, ref, by=LEADER, seen=1, why="It shows another club."):
    take_away_evidence(store, by=by, now=NOW, evidence=ref, seen=seen, why=why)


def test_evidence_is_taken_away_with_why_and_stays_in_the_history(either):
    ref = add(either, link=LINK)
    take(either, ref)
    assert there(either) == ()
    assert told_of_row(either, picture(either), "evidence", ref)[0].told.reason == "It shows another club."


def test_evidence_is_not_taken_away_without_a_reason_by_another_or_over_someones_change(of_member):
    ref = add(of_member, by=MEMBER, link=LINK)
    with pytest.raises(ValueRefused, match="Say why"):
        take(of_member, ref, why=" ")
    with pytest.raises(NotAllowed):
        take(of_member, ref, by=FACILITATOR)
    with pytest.raises(Conflict):
        take(of_member, ref, seen=2)
    with pytest.raises(Unknown):
        take(of_member, "evidence09")
    assert len(there(of_member)) == 1
