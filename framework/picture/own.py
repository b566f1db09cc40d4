"""Whose an action is: who may say how it goes, and who sees it whatever its visibility."""

from framework.people import Act, Person, Role, may
from framework.picture.shape import Picture
from framework.plans import Action


def is_own(action: Action, person: Person) -> bool:
    """Whether the action is the person's: they own it, or the organisation that leads it is theirs."""
    theirs = person.organisation is not None and action.organisation == person.organisation
    return action.owner == person.ref or theirs


def own_actions(picture: Picture, person: Person) -> tuple[Action, ...]:
    """The actions of the current version that are the person's, open ones first, then by date.

    picture  the leaders': whoever does an action sees it, whatever its visibility
    """
    version = None if picture.edition is None else picture.edition.ref
    own = [a for a in picture.actions.values() if a.edition == version and is_own(a, person)]
    return tuple(sorted(own, key=lambda a: (not a.open, a.due_on, a.code)))


def may_update(action: Action, person: Person | None) -> bool:
    """Whether the person may say how the action goes: a leader of any, everybody else of their own."""
    if person is None or not may(person, Act.UPDATE_ACTIONS):
        return False
    return person.role is Role.LEADER or is_own(action, person)
