"""Who may open an action: those it is shown to, and whoever does it; they see no more of the plan than before."""

from dataclasses import replace

import pytest

from framework.people import Audience
from framework.picture.opened import opened
from framework.plans import Visibility
from tests.conftest import LEADER, MEMBER, an_action
from tests.rules.test_counted import a_picture

HIDDEN = an_action(visibility=Visibility.LEADERS)
THEIRS = replace(MEMBER, ref=LEADER.ref)  # whoever has the action's owner's ref


def test_what_is_shown_opens_in_the_same_picture():
    picture = a_picture(HIDDEN)
    assert opened(picture, HIDDEN.ref, None) == (picture, HIDDEN)


def test_whoever_does_an_action_opens_it_whatever_its_visibility_and_no_other():
    other = an_action(ref="action0002", code="A-15", owner=None, visibility=Visibility.LEADERS)
    picture = a_picture(HIDDEN, other, audience=Audience.TASK_FORCE)
    found = opened(picture, HIDDEN.ref, THEIRS)
    assert found is not None
    assert list(found[0].actions) == [HIDDEN.ref]
    assert list(picture.actions) == []


def test_whose_organisation_leads_it_opens_it_too():
    action = replace(HIDDEN, owner=None, organisation="orgkitchen")
    picture = a_picture(action, audience=Audience.TASK_FORCE)
    assert opened(picture, action.ref, replace(MEMBER, organisation="orgkitchen")) is not None


@pytest.mark.parametrize("person", [None, MEMBER])
@pytest.mark.parametrize("row", [HIDDEN, replace(HIDDEN, archived=True), replace(HIDDEN, ref="action0009")])
def test_everything_else_answers_alike(person, row):
    assert opened(a_picture(row, audience=Audience.TASK_FORCE), HIDDEN.ref, person) is None


def test_what_was_put_away_opens_for_nobody():
    assert opened(a_picture(replace(HIDDEN, archived=True)), HIDDEN.ref, THEIRS) is None
