"""What came of actions: expected beside actual by hand, and how many done ones can be seen to be."""

from dataclasses import replace
from datetime import date

import pytest

from framework.kpis.kpi import Aggregation, Direction, Measure, Note, NoteKind, ReportedBy, State
from framework.plans import Evidence, Status
from framework.plans.closing import Shown, evidence_counts, expected_beside_actual
from tests.conftest import AGNES, HAZEL, TRUST, a_kpi, a_value, an_action, half_term
from tests.rules.test_counted import a_picture

NBSP = "\N{NO-BREAK SPACE}"
KPI = a_kpi()
# It begins on Mon 13 April 2026, the first day of Summer 1: the last period that ended before is Spring 2.
ACTION = an_action(kpis=(KPI.ref,), expected_change=-2.0, expected_by=date(2027, 7, 21))
SPRING, SUMMER, AUTUMN = half_term(2025, 4), half_term(2025, 5), half_term(2026, 1)


def value(number, period, **changes):
    return a_value(number, ref=f"v{period.code}{changes.get('place', TRUST.ref)[-3:]}", period=period, **changes)


def beside(*values, action=ACTION, kpi=KPI, rows=(), **more):
    return expected_beside_actual(a_picture(kpi, action, *rows, values=values, **more), action)


def said(*values, **more):
    return beside(*values, **more).sentence.replace(NBSP, " ")


def test_what_was_expected_stands_beside_how_far_it_is_from_where_it_stood_when_the_action_began():
    found = beside(value(25.0, SPRING), value(24.8, SUMMER), value(24.3, AUTUMN))
    assert found.moved == pytest.approx(-0.7)
    words = found.sentence.replace(NBSP, " ")
    assert words == "Expected 2 points lower by 21 Jul 2027; it is 0.7 points lower so far."
    assert found.stood.replace(NBSP, " ") == "25 % in Spring 2, 2025/26, 24.3 % in Autumn 1, 2026/27"


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"starts_on": date(2026, 3, 27)}, None),  # Spring 2 ends that day: it did not end before
        ({"starts_on": date(2026, 3, 28)}, 25.0),
        ({"starts_on": None, "added_on": date(2026, 6, 1)}, 24.8),
        ({"starts_on": None, "added_on": None}, None),
    ],
)
def test_it_stood_where_the_last_period_that_ended_before_the_start_left_it(changes, start):
    found = beside(value(25.0, SPRING), value(24.8, SUMMER), value(24.3, AUTUMN), action=replace(ACTION, **changes))
    assert (None if found.start is None else found.start.number) == start


@pytest.mark.parametrize(
    ("changes", "number", "words"),
    [
        ({}, 25.0, "; it has not moved so far."),
        ({}, 25.04, "; it is 0.04 points higher so far."),
        ({}, 26.0, "; it is 1 point higher so far."),
        ({"expected_by": date(2026, 11, 13)}, 24.0, "by 13 Nov 2026; it is 1 point lower so far."),
        ({"expected_by": date(2026, 11, 12)}, 24.0, "by 12 Nov 2026; it is 1 point lower."),
        ({"expected_by": None}, 24.0, "Expected 2 points lower; it is 1 point lower so far."),
        ({"expected_by": None, "status": Status.DONE}, 24.0, "Expected 2 points lower; it is 1 point lower."),
        ({"expected_change": 0.0}, 24.0, "Expected to be held by 21 Jul 2027; it is 1 point lower so far."),
        ({"expected_change": None}, 24.0, "Nobody said by how much it should move by 21 Jul 2027; it is 1 point lower"),
        ({"expected_change": 1.5}, 24.0, "Expected 1.5 points higher by 21 Jul 2027; it is 1 point lower so far."),
    ],
)
def test_the_sentence_says_what_was_hoped_and_what_is(changes, number, words):
    assert words in said(value(25.0, SPRING), value(number, AUTUMN), action=replace(ACTION, **changes))


def test_a_number_that_is_no_percentage_is_told_in_its_unit():
    meals = a_kpi(measure=Measure.COUNT, unit="meals", direction=Direction.HIGHER)
    action = replace(ACTION, expected_change=1_200.0)
    words = said(value(3_000, SPRING), value(3_900, AUTUMN), kpi=meals, action=action)
    assert words.startswith("Expected 1,200 meals higher by 21 Jul 2027; it is 900 meals higher")


def test_nothing_is_said_of_a_change_where_a_figure_is_missing():
    assert "it was not measured before the action began" in said(value(24.3, AUTUMN))
    assert "no figure has come in since the action began" in said(value(25.0, SPRING))
    assert beside().moved is None


def test_a_value_without_a_number_is_no_figure():
    missing = value(None, AUTUMN, state=State.NOT_AVAILABLE)
    assert beside(value(25.0, SPRING), missing).now is None


def test_figures_of_two_definitions_are_not_set_beside_each_other():
    note = Note("note000001", KPI.ref, AUTUMN, NoteKind.NEW_DEFINITION, "Sessions, not days.")
    values = (value(25.0, SPRING), value(24.3, AUTUMN))
    assert "it is measured otherwise since" in said(*values, rows=[note])
    assert beside(*values, rows=[note]).moved is None
    assert beside(*values, rows=[replace(note, kind=NoteKind.EVENT)]).moved is not None
    assert beside(*values, rows=[replace(note, period=SPRING)]).moved is not None


def test_a_period_that_covers_too_few_schools_is_passed_over():
    kpi = a_kpi(reported_by=ReportedBy.SCHOOLS, aggregation=Aggregation.MEAN)
    both = [value(20.0, SPRING, place=place.ref) for place in (HAZEL, AGNES)]
    one = value(10.0, AUTUMN, place=HAZEL.ref)
    assert beside(*both, one, kpi=kpi).now is None
    assert beside(*both, one, value(10.0, AUTUMN, place=AGNES.ref), kpi=kpi).moved == pytest.approx(-10.0)


def test_without_a_kpi_there_is_nothing_beside():
    assert beside(action=replace(ACTION, kpis=())) is None
    assert beside(action=replace(ACTION, kpis=("kpinowhere",))) is None


# Evidence


def done(n, **changes):
    return an_action(ref=f"action{n:04}", code=f"A-{n}", **{"status": Status.DONE, **changes})


def test_of_the_done_those_with_evidence_are_told_apart_from_those_on_the_owners_word():
    actions = [done(1, evidence="A photograph."), done(2), done(3), done(4), done(5, status=Status.STOPPED)]
    given = [
        Evidence("evidence01", "action0002", "Menu", date(2026, 9, 1), link="https://example.org"),
        Evidence("evidence02", "action0003", "Register", date(2026, 9, 1), archived=True),
        Evidence("evidence03", "action0005", "Minutes", date(2026, 9, 1)),
    ]
    shown = evidence_counts(a_picture(*actions, *given), actions)
    assert (shown.done, shown.with_evidence, shown.on_word) == (4, 2, 2)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((9, 6), "9 done: 6 with evidence, 3 on the owner's word"),
        ((6, 6), "6 done: 6 with evidence"),
        ((1, 0), "1 done: 1 on the owner's word"),
        ((0, 0), "None done yet"),
    ],
)
def test_the_counts_are_told_in_one_sentence(counts, words):
    assert Shown(*counts).sentence == words
