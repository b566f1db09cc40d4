"""What the facts of an action and of a milestone may be: both sides of each bound, and only what is changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.civic import Edition, EditionState
from framework.kpis.kpi import Direction, Measure
from framework.people import Person, Role
from framework.plans import Confidence, Milestone, MoveReason, Response, Visibility
from framework.plans.checks import (
    cleaned,
    next_code,
    usual_visibility,
    wrong_action,
    wrong_kinds,
    wrong_milestone,
    wrong_move,
)
from framework.subjects import ACTIONS, MILESTONES, data_of
from tests.conftest import LEADER, MEMBER, OBJECTIVE, PILLAR, STATEMENT, TODAY, a_kpi, an_action
from tests.rules.test_counted import a_picture

OLD = Edition("edition002", "2023-2025", "Old", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED)
ELSEWHERE = replace(PILLAR, ref="elementold", edition=OLD.ref)
AWAY = replace(PILLAR, ref="elementgon", archived=True)
FALLING, RISING, FREE = (
    a_kpi(ref=f"kpi{n}", code=f"K-A0{n}", direction=d)
    for n, d in enumerate((Direction.LOWER, Direction.HIGHER, Direction.NONE), 1)
)
COUNT = a_kpi(ref="kpi9", code="K-W01", measure=Measure.COUNT, unit="meals", direction=Direction.HIGHER)
OF_OLD = a_kpi(ref="kpiold", code="K-A09", edition=OLD.ref)
LEFT = Person("personleft", "Lena Left", Role.MEMBER, left_on=TODAY - timedelta(days=1))
LAST_DAY = Person("personlast", "Lara Last", Role.MEMBER, left_on=TODAY)
GONE = Person("persongone", "Gwen Gone", Role.MEMBER, archived=True)
STANDS = an_action(kpis=(FALLING.ref,))
PICTURE = a_picture(
    PILLAR, STATEMENT, ELSEWHERE, AWAY, OLD, FALLING, RISING, FREE, COUNT, OF_OLD, LEFT, LAST_DAY, GONE, STANDS
)
DUE, START = an_action().due_on, an_action().starts_on


def wrong(was=STANDS, **facts):
    """What is wrong in an action once these facts of it are changed; `was` None: in a new one."""
    base = data_of(ACTIONS, STANDS) | ({"code": "A-99"} if was is None else {})
    return " ".join(wrong_action(PICTURE, base | cleaned(ACTIONS, facts), was, TODAY))


RIGHT = [
    {"title": "x" * 300},
    {"success": "x" * 5_000},
    {"title": "نادي \N{RIGHT-TO-LEFT MARK}👩‍👧 café"},
    {"due_on": START},
    {"starts_on": DUE},
    {"owner": MEMBER.ref},
    {"owner": LAST_DAY.ref},
    {"code": "a-14"},
    {"pillars": [PILLAR.ref], "statements": [STATEMENT.ref]},
    {"kpis": [RISING.ref, FALLING.ref], "expected_change": 2.0},
    {"expected_change": -2.0},
    {"expected_change": 0.0},
    {"kpis": [FREE.ref], "expected_change": 2.0},
    {"kpis": [RISING.ref], "expected_change": 100.0},
    {"kpis": [COUNT.ref], "expected_change": 1_400.0},
    {"expected_by": START},
    {"likelihood": 1, "impact": 5},
    {"response": "tolerate"},
    {"hours": 0, "cost": 0},
    {"confidence": "low", "confidence_reason": "No cook."},
]
WRONG = [
    ({"title": "  "}, "An action needs its title. Fill in what is missing."),
    ({"owner": None, "due_on": None}, "An action needs its owner and due date."),
    ({"title": "x" * 301}, "Title has 301 characters, and 300 is the most. Shorten it"),
    ({"success": "x" * 5_001}, "What will be different has 5,001 characters, and 5,000 is the most."),
    ({"due_on": START - timedelta(days=1)}, "before it starts on Mon\N{NO-BREAK SPACE}13"),
    ({"starts_on": DUE + timedelta(days=1)}, "Give a later due date, or an earlier start."),
    ({"due_on": "2026-12-18"}, "Due: found “2026-12-18”, wanted a day."),
    ({"owner": LEFT.ref}, "Lena Left left on Thu"),
    ({"owner": GONE.ref}, "Gwen Gone is not among the people here"),
    ({"owner": "personnone"}, "This owner is not among the people here"),
    ({"objective": PILLAR.ref}, "Objective: one that was chosen is not here any more"),
    ({"pillars": [ELSEWHERE.ref]}, "Collaboration and accountability is no part of 2025-2027. Choose one of that"),
    ({"pillars": [AWAY.ref]}, "Pillars: one that was chosen is not here any more"),
    ({"pillars": STATEMENT.ref}, "Pillars: found “elementsta”, wanted a list"),
    ({"kpis": [OF_OLD.ref]}, "K-A09 Persistent absence is no part of 2025-2027"),
    ({"organisation": "orgnowhere"}, "Organisation: one that was chosen is not here any more"),
    ({"kpis": [], "expected_change": -2.0}, "yet not what it should move"),
    ({"expected_change": 2.0}, "K-A01 Persistent absence is better lower, so it should not rise by 2"),
    ({"kpis": [RISING.ref], "expected_change": -2.0}, "is better higher, so it should not fall by 2"),
    ({"kpis": [RISING.ref], "expected_change": 100.5}, "a percentage, so it cannot change by 100.5 points"),
    ({"expected_change": float("nan")}, "By how much: found “nan”, wanted a number"),
    ({"expected_by": START - timedelta(days=1)}, "The KPI cannot have moved by Sun"),
    ({"likelihood": 0}, "Likelihood is 0, and that cannot be: wanted a whole number from 1 to 5."),
    ({"impact": 6}, "Impact is 6, and that cannot be"),
    ({"impact": True}, "Impact: found “True”, wanted a whole number from 1 to 5."),
    ({"response": "pray"}, "Response: found “pray”, wanted one of: treat, tolerate, transfer, terminate."),
    ({"hours": -0.5}, "Hours is -0.5, and that cannot be: wanted a number of 0 or more."),
    ({"confidence": "low"}, "Say in a sentence why your confidence is what it is"),
    ({"status": "done"}, "The status is the owner's word"),
    ({"edition": OLD.ref}, "An action stays in its version"),
    ({"added_on": TODAY}, "first written down is kept for ever"),
    ({"first_due_on": DUE}, "The first promised date is kept for ever"),
    ({"colour": "green"}, "An action has no colour. Leave it out."),
]


@pytest.mark.parametrize("facts", RIGHT, ids=str)
def test_what_can_be_right_is_taken(facts):
    assert wrong(**facts) == ""


@pytest.mark.parametrize(("facts", "words"), WRONG, ids=str)
def test_what_cannot_be_right_is_told_with_what_was_found_and_wanted(facts, words):
    assert words in wrong(**facts)


def test_a_code_is_taken_once_in_the_whole_plan_whatever_its_case():
    assert "A-14 is taken: it is Breakfast club at Hazel Grange. Choose another code, such as A-15." in wrong(
        None, code="a-14"
    )


@pytest.mark.parametrize("facts", [{"owner": LEFT.ref}, {"owner": None}, {"pillars": (ELSEWHERE.ref,)}, {"title": ""}])
def test_what_was_wrong_already_is_not_asked_about_again(facts):
    stands = replace(STANDS, **facts)
    data = data_of(ACTIONS, stands) | {"success": "Nobody starts the day hungry."}
    assert wrong_action(PICTURE, data, stands, TODAY) == []


def test_everything_of_a_new_action_is_asked_about():
    assert "An action needs its title, objective, owner, due date and framework version" in " ".join(
        wrong_action(PICTURE, {f.name: f.default for f in ACTIONS.fields}, None, TODAY)
    )


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_cleaning_facts_twice_is_cleaning_them_once(text):
    once = cleaned(ACTIONS, {"title": text, "confidence": text, "pillars": [text, text], "cost": 3.0})
    assert cleaned(ACTIONS, once) == once


def test_facts_are_cleaned_into_what_is_kept():
    facts = {
        "title": " a\N{NO-BREAK SPACE}b ",
        "confidence": "high",
        "response": Response.TREAT,
        "cost": 12.0,
        "hours": None,
    }
    kept = {"title": "a b", "confidence": Confidence.HIGH, "response": Response.TREAT, "cost": 12, "hours": None}
    assert cleaned(ACTIONS, facts) == kept
    assert wrong_kinds(ACTIONS, kept) == []


# Moving a date


@pytest.mark.parametrize(
    ("moved_for", "because", "words"),
    [
        (None, "The cook was ill.", "Say why: choose a reason from the list."),
        (MoveReason.OTHER, "", "Say in a few words which other reason"),
        (MoveReason.PEOPLE, "x" * 301, "The reason has 301 characters, and 300 is the most."),
        (MoveReason.PEOPLE, "", ""),
        (MoveReason.OTHER, "x" * 300, ""),
    ],
)
def test_a_date_moves_for_a_reason_of_the_list_and_another_one_in_words(moved_for, because, words):
    assert words in " ".join(wrong_move(moved_for, because))
    assert bool(words) is bool(wrong_move(moved_for, because))


# Milestones


STEP = Milestone("step000001", STANDS.ref, "Menu agreed", DUE)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": "Menu printed"}, ""),
        ({"due_on": START}, ""),
        ({"done_on": TODAY}, ""),
        ({"title": " "}, "A milestone needs its title"),
        ({"due_on": None}, "A milestone needs its due date"),
        ({"due_on": START - timedelta(days=1)}, "before the action starts on Mon"),
        ({"done_on": TODAY + timedelta(days=1)}, "is yet to come, so it cannot be done by then"),
        ({"title": "FIRST morning"}, "A-14 has the milestone “FIRST morning” already"),
        ({"title": "x" * 301}, "301 characters, and 300 is the most"),
        ({"action": None, "colour": "green"}, "A milestone has no colour"),
    ],
)
def test_a_milestone_has_its_own_name_and_a_day_within_the_action(facts, words):
    data = data_of(MILESTONES, STEP) | cleaned(MILESTONES, facts)
    told = wrong_milestone(data, STANDS, [replace(STEP, ref="step000002", title="First morning")], TODAY, STEP)
    assert words in " ".join(told)
    assert bool(words) is bool(told)


def test_a_milestone_that_lay_before_the_start_already_can_still_be_renamed():
    early = replace(STEP, due_on=START - timedelta(days=9))
    assert wrong_milestone(data_of(MILESTONES, early) | {"title": "Menu"}, STANDS, (), TODAY, early) == []


# What follows from what is known


@pytest.mark.parametrize(
    ("codes", "taken", "ready"),
    [
        ((), (), "A-01"),
        (("A-05", "A-18", "B-40"), (), "A-19"),
        (("A-99",), (), "A-100"),
        (("a-07", "A-7b", "A07"), (), "A-08"),
        (("A-05",), ("A-06",), "A-07"),
    ],
)
def test_the_next_code_of_an_objective_is_above_every_code_of_its_letter(codes, taken, ready):
    actions = [an_action(ref=f"action{n:04}", code=code) for n, code in enumerate(codes)]
    assert next_code(a_picture(*actions), OBJECTIVE.ref, taken) == ready


def test_a_code_that_was_put_away_is_not_used_again():
    assert next_code(a_picture(an_action(code="A-31", archived=True)), OBJECTIVE.ref) == "A-32"


@pytest.mark.parametrize("objective", [None, "elementnon", PILLAR.ref])
def test_without_an_objective_there_is_no_next_code(objective):
    assert next_code(PICTURE, objective) == ""


@pytest.mark.parametrize(
    ("owner", "seen_by"),
    [
        (None, Visibility.LEADERS),
        (LEADER, Visibility.LEADERS),
        (replace(LEADER, role=Role.ADMINISTRATOR), Visibility.LEADERS),
        (MEMBER, Visibility.TASK_FORCE),
        (replace(LEADER, role=Role.SCHOOL_CONTACT), Visibility.TASK_FORCE),
    ],
)
def test_the_task_force_sees_what_one_of_them_does(owner, seen_by):
    assert usual_visibility(owner) is seen_by
