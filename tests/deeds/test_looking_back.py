"""Whoever looks at the past is refused by every deed that writes, whatever they may do today."""

from dataclasses import replace

import pytest

from framework.errors import NotAllowed
from framework.people import GRANTS, READING, may, require
from tests.conftest import CAST, NOW
from tests.deeds.test_every_deed import DEEDS, Untouchable

# That each has one is asked where they are found.
ACTS = {name: deed.act for name, deed in DEEDS.items() if hasattr(deed, "act")}
LOOKING_BACK = [replace(person, looking_back=True) for person in CAST]


@pytest.mark.parametrize("name", sorted(name for name, act in ACTS.items() if act not in READING))
def test_a_deed_that_writes_refuses_whoever_looks_back_before_it_touches_the_store(name):
    for person in LOOKING_BACK:
        with pytest.raises(NotAllowed, match="You are looking at the past"):
            DEEDS[name](Untouchable(), by=person, now=NOW)


def test_taking_out_is_all_that_can_still_be_done():
    assert {name for name, act in ACTS.items() if act in READING} == {"export", "export_sheet", "take_out_copy"}


@pytest.mark.parametrize("person", LOOKING_BACK, ids=lambda person: str(person.role))
def test_looking_back_takes_every_act_away_but_reading_and_gives_none(person):
    today = replace(person, looking_back=False)
    for act in GRANTS[person.role]:
        assert may(person, act) is (act in READING)
        require(today, act)
