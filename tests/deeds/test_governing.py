"""Changing the framework's words and the settings."""

import pytest

from framework.civic import Part
from framework.deeds.governing import add_element, change_element, change_setting
from framework.errors import Conflict, Unknown, ValueRefused
from framework.people import Audience
from framework.store.pictures import load
from tests.conftest import ADMINISTRATOR, EDITION, LEADER, NOW, STATEMENT
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401


def picture(store):
    return load(store, NOW, Audience.LEADERS)


@BOTH_DATABASES
def test_a_new_statement_stands_at_the_end_of_its_part(store):
    add_element(store, by=LEADER, now=NOW, edition=EDITION.ref, part=Part.STATEMENT, words="Run great schools")
    assert [e.title for e in picture(store).parts(EDITION.ref, Part.STATEMENT)] == [
        "1 Long-lasting relationships",
        "2 Run great schools",
    ]


@BOTH_DATABASES
def test_words_are_changed_and_kept_as_they_are_given(store):
    words = "Mobilising underserved communities  (as published)"
    change_element(store, by=LEADER, now=NOW, element=STATEMENT.ref, words=words, seen=1)
    assert picture(store).elements[STATEMENT.ref].words == words


@BOTH_DATABASES
def test_the_second_of_two_people_is_told(store):
    change_element(store, by=LEADER, now=NOW, element=STATEMENT.ref, words="Theirs", seen=1)
    with pytest.raises(Conflict):
        change_element(store, by=LEADER, now=NOW, element=STATEMENT.ref, words="Mine", seen=1)


@pytest.mark.parametrize(
    ("words", "said"), [("   ", "There are no words"), ("long-lasting RELATIONSHIPS", "these words already")]
)
def test_empty_words_and_words_said_twice_are_refused(store, words, said):
    with pytest.raises(ValueRefused, match=said):
        add_element(store, by=LEADER, now=NOW, edition=EDITION.ref, part=Part.STATEMENT, words=words)


def test_an_unknown_version_or_part_is_refused(store):
    with pytest.raises(Unknown):
        add_element(store, by=LEADER, now=NOW, edition="edition999", part=Part.AIM, words="x")
    with pytest.raises(Unknown):
        change_element(store, by=LEADER, now=NOW, element="element999", words="x", seen=1)


@BOTH_DATABASES
def test_a_setting_is_changed_by_an_administrator(store):
    change_setting(store, by=ADMINISTRATOR, now=NOW, name="quiet_after", value=30)
    assert picture(store).settings.quiet_after == 30


@pytest.mark.parametrize(
    ("name", "value"), [("quiet_after", "soon"), ("quiet_after", True), ("sample_day", "2026-01-01"), ("x", 1)]
)
def test_a_setting_that_cannot_be_is_refused(store, name, value):
    with pytest.raises(ValueRefused):
        change_setting(store, by=ADMINISTRATOR, now=NOW, name=name, value=value)
