"""Which five things are read first: the rule for their weight, and what each says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.picture.weighing import Side, Size, Thing, first_things, weightiest
from framework.plans import Confidence, Status
from framework.settings import Settings
from tests.conftest import a_kpi, a_target, a_value, an_action, an_update, half_term
from tests.rules.compared import a_picture, changes, july


def a_thing(code: str, **more: Any) -> Thing:
    """A KPI that is not the board's own and moved by one mark for the worse."""
    thing = Thing(Side.WORSE, Size.ONE_MARK, "kpi", f"kpi{code}", f"KPI {code}", "on track, now behind", code=code)
    return replace(thing, **more)


LATE = a_thing("late", table="action", size=Size.LATE)
DONE = a_thing("done", table="action", size=Size.REST, side=Side.BETTER)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"board": True, "size": Size.REST}, {"size": Size.TWO_MARKS}),
        ({"size": Size.TWO_MARKS}, {"size": Size.NO_VERDICT, "side": Side.ASK}),
        ({"size": Size.NO_VERDICT, "side": Side.ASK}, {}),
        ({}, {"side": Side.BETTER}),
        ({}, {"size": Size.GROUND}),
        ({"size": Size.GROUND}, {"size": Size.HALTED, "table": "action", "board": True}),
        ({"table": "action", "board": True}, {"table": "action", "degree": 9.0}),
        ({"degree": 2.0}, {"degree": 1.9}),
    ],
)
def test_the_weightier_comes_first(first: dict[str, Any], second: dict[str, Any]) -> None:
    heavy, light = a_thing("2", **first), a_thing("1", **second)
    assert weightiest([light, heavy], most=1) == (heavy,)


def test_those_alike_stand_by_code() -> None:
    assert weightiest([a_thing("2"), a_thing("1")]) == (a_thing("1"), a_thing("2"))


def test_they_are_read_worse_first_then_what_to_ask_about_then_better() -> None:
    better = a_thing("1", side=Side.BETTER, size=Size.TWO_MARKS)
    ask = a_thing("2", side=Side.ASK, size=Size.NO_VERDICT)
    assert weightiest([better, ask, a_thing("3")]) == (a_thing("3"), ask, better)


def test_one_place_is_kept_for_what_became_better_and_one_for_an_action() -> None:
    run = [a_thing(str(n)) for n in range(9)]
    found = weightiest([*run, LATE, DONE, replace(LATE, ref="other", code="x")])
    assert found == (*run[:3], LATE, DONE)


def test_an_action_that_is_the_good_news_takes_one_place() -> None:
    run = [a_thing(str(n)) for n in range(9)]
    assert weightiest([*run, DONE]) == (*run[:4], DONE)


def test_a_subject_is_named_once_by_its_weightiest() -> None:
    lighter = a_thing("1", side=Side.ASK, size=Size.GROUND)
    assert weightiest([lighter, a_thing("1")]) == (a_thing("1"),)


def test_nothing_is_named_where_nothing_changed() -> None:
    assert weightiest([]) == ()


def told(before: Any, after: Any) -> list[tuple[str, str, str, str]]:
    return [(str(t.side), t.title, t.words, t.reason) for t in first_things(before, after, changes(before, after))]


def test_a_kpi_is_told_with_both_standings_its_reason_and_what_else_changed() -> None:
    value = a_value(24.1, version=4)
    late, better = told(july(values=(value,)), a_picture(a_target(number=26.0), values=(value,)))
    assert late == ("Worse", "Breakfast club at Hazel Grange", "10\u00a0school days late", "Menu agreed.")
    assert better == (
        "Better",
        "Persistent absence",
        "behind, now achieved",
        "24.1\u00a0% in Autumn 1, 2026/27; the target is 26\u00a0% by 21\u00a0Jul\u00a02027. "
        "Meanwhile its target was eased.",
    )


FAR = date(2027, 7, 1)
KPI = a_kpi(board_set=True)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ([], [a_kpi(archived=True)], ("Ask about", "taken away")),
        ([], [a_kpi(baseline=30.0, direction=None)], ("Ask about", "direction and baseline edited")),
        ([], [a_target(archived=True)], ("Ask about", "target taken away")),
        ([KPI], [a_kpi()], ("Ask about", "no more among the board\u2019s own KPIs")),
        ([], [an_action(due_on=FAR, status=Status.STOPPED)], ("Ask about", "stopped")),
        ([], [an_action(due_on=FAR, archived=True)], ("Ask about", "taken away; it was due 1\u00a0Jul\u00a02027")),
        ([an_action(due_on=FAR, status=Status.DONE)], [], ("Ask about", "opened again; it was done")),
        ([an_action(due_on=FAR, status=Status.BLOCKED)], [], ("Better", "blocked, now on track")),
        ([], [an_action(due_on=FAR, status=Status.DONE)], ("Better", "done, on the owner\u2019s word")),
        ([], [an_action(due_on=FAR, status=Status.BLOCKED)], ("Worse", "blocked: no cook")),
        ([], [an_action(due_on=FAR, status=Status.AT_RISK)], ("Worse", "at risk")),
        (
            [an_action(due_on=FAR, confidence=Confidence.HIGH)],
            [an_action(due_on=FAR, confidence=Confidence.LOW)],
            ("Worse", "confidence high, now low"),
        ),
    ],
)
def test_what_may_be_read_first(before: list[Any], after: list[Any], wanted: tuple[str, str]) -> None:
    said = an_update(on=date(2026, 11, 2), status=Status.BLOCKED, in_the_way="No cook.")
    usual = [an_action(due_on=FAR), replace(said, status=None)]
    words = said if any(getattr(row, "status", None) is Status.BLOCKED for row in after) else replace(said, status=None)
    found = told(july(*usual, *before), a_picture(*usual, *after, words))
    assert [(side, what) for side, _, what, _ in found] == [wanted]


def test_a_rule_of_judging_that_changed_is_read_before_all_but_the_board_s_own() -> None:
    found = told(july(), a_picture(settings=Settings(alpha=0.2)))
    assert found[1][:2] == ("Ask about", "The rules of judging")
    assert found[1][3] == "Share of the planned change that counts as slightly behind."


def test_a_target_of_one_school_is_not_among_them() -> None:
    target = a_target(place="placehazel", number=20.0)
    action = an_action(status=Status.DONE)
    assert told(july(target, action), a_picture(replace(target, number=30.0), action)) == []


def test_a_first_verdict_is_asked_about_and_comes_early_where_it_is_bad() -> None:
    def sizes(number: float) -> list[tuple[Side, Size]]:
        before, after = july(), a_picture(values=(a_value(number, version=8),))
        return [(t.side, t.size) for t in first_things(before, after, changes(before, after)) if t.table == "kpi"]

    assert sizes(27.0) == [(Side.ASK, Size.ONE_MARK)]
    assert sizes(20.0) == [(Side.ASK, Size.REST)]


def test_a_move_across_two_marks_is_the_greatest() -> None:
    old = a_value(20.0, period=half_term(2025, 5), version=4)
    before, after = july(values=(old,)), a_picture(values=(old, a_value(27.9, ref="value00002", version=8)))
    (found,) = [t for t in first_things(before, after, changes(before, after)) if t.table == "kpi"]
    assert (found.side, found.size, found.words) == (Side.WORSE, Size.TWO_MARKS, "achieved, now behind")
