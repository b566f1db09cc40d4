"""Who may do what: roles, acts, scopes and the one table that joins them.

Decides only; it never asks who is here. A deed calls `require` before it reads or writes anything.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from framework.errors import NotAllowed


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    LEADER = "leader"
    SCHOOL_CONTACT = "school contact"
    MEMBER = "task force member"
    FACILITATOR = "facilitator"
    GOVERNOR = "governor"


class Act(StrEnum):
    """What can be done. The value is the rest of the sentence "you may not …"."""

    READ_PLAN = "read the plan"
    READ_DATA = "see imports and returns"
    EDIT_FRAMEWORK = "change the framework"
    EDIT_KPIS = "add or change KPIs"
    SET_TARGETS = "set or move targets"
    RECORD_VALUES = "record values"
    EDIT_PLAN = "add or change actions"
    UPDATE_ACTIONS = "update actions"
    PROPOSE = "propose actions"
    CHASE = "ask people for a word"
    IMPORT = "load a workbook"
    CHANGE_SETTINGS = "change settings"
    MANAGE_PEOPLE = "change people and roles"
    UNDO = "undo changes"
    CONVENE = "change meetings, windows and the calendar"


# What can still be done while looking at the past.
READING = frozenset({Act.READ_PLAN, Act.READ_DATA})


class Scope(StrEnum):
    """How far a grant reaches."""

    ALL = "all"
    OWN_SCHOOL = "own school"
    OWN_ACTIONS = "own actions"
    PUBLISHED = "published"


class Audience(StrEnum):
    """How much may be shown; a part of every picture's key."""

    LEADERS = "leaders"
    BOARD = "board"
    COMMITTEE = "committee"
    TASK_FORCE = "task force"
    PUBLIC = "public"


@dataclass(frozen=True)
class Person:
    """Someone named in the plan. Their address is in the leaders' picture alone."""

    ref: str
    name: str
    role: Role
    initials: str | None = None
    job: str | None = None
    organisation: str | None = None
    school: str | None = None  # a place: whose values a school contact records
    email: str | None = None
    left_on: date | None = None  # the last day on which they were here; None: they are
    fictional: bool = False
    version: int = 0
    archived: bool = False
    looking_back: bool = False  # at the past, where nothing can be changed

    def here_on(self, day: date) -> bool:
        """Whether they can still be asked on a day."""
        return not self.archived and (self.left_on is None or day <= self.left_on)


# The one table. A change to who may do what is a change to these lines.
GRANTS: dict[Role, dict[Act, Scope]] = {
    Role.ADMINISTRATOR: {
        Act.READ_PLAN: Scope.ALL,
        Act.READ_DATA: Scope.ALL,
        Act.CHANGE_SETTINGS: Scope.ALL,
        Act.MANAGE_PEOPLE: Scope.ALL,
        Act.UNDO: Scope.ALL,
    },
    Role.LEADER: {
        Act.READ_PLAN: Scope.ALL,
        Act.READ_DATA: Scope.ALL,
        Act.EDIT_FRAMEWORK: Scope.ALL,
        Act.EDIT_KPIS: Scope.ALL,
        Act.SET_TARGETS: Scope.ALL,
        Act.RECORD_VALUES: Scope.ALL,
        Act.EDIT_PLAN: Scope.ALL,
        Act.UPDATE_ACTIONS: Scope.ALL,
        Act.PROPOSE: Scope.ALL,
        Act.CHASE: Scope.ALL,
        Act.IMPORT: Scope.ALL,
        Act.UNDO: Scope.ALL,
        Act.CONVENE: Scope.ALL,
    },
    Role.SCHOOL_CONTACT: {
        Act.READ_PLAN: Scope.PUBLISHED,
        Act.RECORD_VALUES: Scope.OWN_SCHOOL,
        Act.UPDATE_ACTIONS: Scope.OWN_ACTIONS,
        Act.PROPOSE: Scope.ALL,
    },
    Role.MEMBER: {
        Act.READ_PLAN: Scope.PUBLISHED,
        Act.UPDATE_ACTIONS: Scope.OWN_ACTIONS,
        Act.PROPOSE: Scope.ALL,
    },
    Role.FACILITATOR: {
        Act.READ_PLAN: Scope.PUBLISHED,
        Act.UPDATE_ACTIONS: Scope.OWN_ACTIONS,
        Act.PROPOSE: Scope.ALL,
    },
    Role.GOVERNOR: {Act.READ_PLAN: Scope.ALL},
}

AUDIENCE_OF: dict[Role, Audience] = {
    Role.ADMINISTRATOR: Audience.LEADERS,
    Role.LEADER: Audience.LEADERS,
    Role.SCHOOL_CONTACT: Audience.TASK_FORCE,
    Role.MEMBER: Audience.TASK_FORCE,
    Role.FACILITATOR: Audience.TASK_FORCE,
    Role.GOVERNOR: Audience.BOARD,
}


def audience_of(person: Person | None) -> Audience:
    """How much this person may be shown; a stranger sees what was published."""
    return Audience.PUBLIC if person is None else AUDIENCE_OF[person.role]


def may(person: Person | None, act: Act, *, school: str | None = None) -> bool:
    """Whether the person may do this at all or, when `school` (a place's ref) is given, there.

    Own actions cannot be told from a place: the deed that updates an action checks its rows itself.
    """
    scope = None if person is None or person.archived else GRANTS[person.role].get(act)
    if person is None or scope is None or (person.looking_back and act not in READING):
        return False
    if scope is Scope.OWN_SCHOOL and school is not None:
        return person.school == school
    return True


def require(person: Person | None, act: Act, *, school: str | None = None) -> None:
    """Raise NotAllowed, in words, unless the person may do this (there)."""
    if not may(person, act, school=school):
        if person is not None and person.looking_back:
            raise NotAllowed("You are looking at the past, where you may not change anything. Go back to today first.")
        who = "Nobody is signed in, so you" if person is None else f"As {person.role}, you"
        where = " for this school" if school is not None and may(person, act) else ""
        raise NotAllowed(f"{who} may not {act.value}{where}. Ask a trust leader to do it, or to change your role.")
