"""Freezing a copy for a meeting: what is refused, and that a second one stands beside the first."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from framework.deeds.freezing import freeze, take_out_copy
from framework.errors import NotAllowed, Refused, Unknown, ValueRefused
from framework.meetings import Meeting
from framework.people import Audience
from framework.plans.saying import LONGEST
from framework.store.frozen import frozen_by, kept_content
from framework.store.pictures import load
from tests.conftest import ADMINISTRATOR, GOVERNOR, LEADER, NOW, SCHOOL_CONTACT, an_action, put
from tests.deeds.grounds import ground  # noqa: F401

BOARD = Meeting("meeting001", "Board of trustees", "board", date(2026, 11, 24))
LAST_YEAR = replace(BOARD, ref="meeting002", on=date(2025, 11, 25))
CALLED_OFF = replace(BOARD, ref="meeting003", on=date(2026, 12, 1), archived=True)


@pytest.fixture
def trust(store):
    put(store, BOARD, LAST_YEAR, CALLED_OFF, now=NOW)
    return store


def seen(store):
    return load(store, NOW, Audience.LEADERS)


def frozen(store, meeting=BOARD.ref, **more):
    return freeze(store, **{"by": LEADER, "now": NOW, "meeting": meeting, **more})


def test_a_copy_is_one_change_with_its_reason_and_holds_all_before_it(trust):
    before = seen(trust).change
    ref = frozen(trust, why="  For the board ")
    (copy,) = seen(trust).frozen
    assert (copy.ref, copy.meeting, copy.change, seen(trust).change) == (ref, BOARD.ref, before, before + 1)
    assert frozen_by(trust, seen(trust))[ref].why == "For the board"


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"meeting": "nomeeting0"}, Unknown, "no such meeting here"),
        ({"meeting": CALLED_OFF.ref}, Unknown, "no such meeting here"),
        ({"why": "x" * (LONGEST + 1)}, ValueRefused, "Shorten it"),
        ({"by": GOVERNOR}, NotAllowed, "may not change meetings"),
        ({"by": replace(LEADER, looking_back=True)}, NotAllowed, "looking at the past"),
    ],
)
def test_what_cannot_be_frozen_is_refused_and_nothing_is_written(trust, given, kind, words):
    before = seen(trust).change
    with pytest.raises(kind, match=words):
        frozen(trust, **given)
    assert (seen(trust).change, seen(trust).frozen) == (before, ())


def test_a_copy_of_what_is_frozen_already_is_refused_and_says_which(trust):
    frozen(trust)
    sha256 = seen(trust).frozen[0].sha256
    with pytest.raises(ValueRefused, match=f"Board of trustees on Fri.13.Nov.2026 .fingerprint {sha256[:12]}"):
        frozen(trust, now=NOW + timedelta(days=3))
    assert len(seen(trust).frozen) == 1


def test_another_meeting_may_have_a_copy_of_the_same_however_long_ago_it_was(trust):
    refs = [frozen(trust), frozen(trust, LAST_YEAR.ref)]
    copies = {copy.ref: copy for copy in seen(trust).frozen}
    assert copies[refs[0]].sha256 == copies[refs[1]].sha256
    assert copies[refs[1]].met_on == LAST_YEAR.on


def test_after_a_change_a_second_copy_stands_beside_the_first_and_so_does_a_third_of_what_was_put_back(trust):
    frozen(trust)
    for version, title in ((1, "Another"), (2, an_action().title)):
        put(trust, an_action(title=title, version=version), now=NOW)
        frozen(trust)
    first, second, third = sorted(seen(trust).frozen, key=lambda copy: copy.change)
    assert first.sha256 == third.sha256 != second.sha256


def test_a_copy_is_taken_out_as_lines_by_whoever_sees_the_leaders_picture(trust):
    frozen(trust)
    (copy,) = seen(trust).frozen
    for person in (LEADER, ADMINISTRATOR, replace(LEADER, looking_back=True)):
        name, content = take_out_copy(trust, by=person, now=NOW, copy=copy.ref)
        assert (name, content) == (f"frozen-copy-2026-11-24-{copy.sha256[:12]}.jsonl", kept_content(trust, copy))
    assert all(json.loads(line) for line in content.splitlines())


@pytest.mark.parametrize("person", [GOVERNOR, SCHOOL_CONTACT])
def test_nobody_else_takes_one_out(trust, person):
    frozen(trust)
    with pytest.raises(Refused):
        take_out_copy(trust, by=person, now=NOW, copy=seen(trust).frozen[0].ref)


def test_a_copy_that_is_not_there_is_refused_in_a_sentence(trust):
    with pytest.raises(Unknown, match="no such frozen copy"):
        take_out_copy(trust, by=LEADER, now=NOW, copy="nocopy0000")
