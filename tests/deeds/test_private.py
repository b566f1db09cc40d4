"""Addresses are for leaders alone: in no other picture, and in no workbook that goes to someone."""

from dataclasses import replace

import pytest

from framework.deeds import exporting, importing
from framework.deeds.exporting import About
from framework.people import Audience
from framework.store.pictures import load
from framework.workbook.parse import parse
from tests.conftest import GOVERNOR, LEADER, MEMBER, NOW, put

ADDRESS = "denise@food.example"


@pytest.fixture
def trust(sqlite_ground):
    store = sqlite_ground.store("small trust")
    put(store, replace(MEMBER, email=ADDRESS, version=1))
    return store


def headings_of_people(content):
    people = next(sheet for sheet in parse(content, "plan.xlsx").sheets if sheet.title == "People")
    return [cell.value for cell in people.rows[2] if cell is not None]


@pytest.mark.parametrize("audience", Audience)
def test_only_the_leaders_picture_has_addresses(trust, audience):
    now, past = load(trust, NOW, audience), load(trust, NOW, audience, as_at=NOW)
    known = {picture.people[MEMBER.ref].email for picture in (now, past)}
    assert known == ({ADDRESS} if audience is Audience.LEADERS else {None})


def test_a_leaders_own_workbook_has_addresses(trust):
    _, content = exporting.export(trust, by=LEADER, now=NOW)
    assert "email" in headings_of_people(content)


@pytest.mark.parametrize(
    ("by", "whom"),
    [(LEADER, About(person=MEMBER.ref)), (MEMBER, None), (GOVERNOR, None)],
    ids=["sent", "member", "board"],
)
def test_a_workbook_for_anybody_else_has_not_even_the_column(trust, by, whom):
    _, content = exporting.export(trust, by=by, now=NOW, whom=whom)
    assert "email" not in headings_of_people(content)
    assert "name*" in headings_of_people(content)


def test_a_sheet_of_people_for_a_member_has_no_addresses(trust):
    _, theirs = exporting.export_sheet(trust, by=MEMBER, now=NOW, sheet="People")
    _, ours = exporting.export_sheet(trust, by=LEADER, now=NOW, sheet="People")
    assert ADDRESS.encode() not in theirs
    assert ADDRESS.encode() in ours


def test_a_workbook_that_comes_back_without_the_column_changes_no_address(trust):
    _, content = exporting.export(trust, by=LEADER, now=NOW, whom=About(person=MEMBER.ref))
    seen = importing.preview(trust, by=LEADER, now=NOW, content=content, name="plan.xlsx")
    assert (seen.plan.changes, seen.plan.problems) == ((), ())
