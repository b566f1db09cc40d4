"""The page that carries work into another version: what is offered, shown before, and done by one press."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.people import Audience, Role
from framework.picture import Picture
from framework.plans import Status
from framework.store.pictures import load
from pages import ui
from tests.conftest import EDITION, NOW, OBJECTIVE, put
from tests.pages.reading import field, links, opened, press, said
from tests.rules.test_carrying import OLD, OLD_A, OLD_C, WORKFORCE, old_action, old_kpi, old_value

View = Callable[[Role | None], Any]
FIRST = old_action(kpis=("oldkpi0001",))
SECOND = old_action(ref="oldaction2", code="A-03", title="Walking bus", due_on=date(2025, 7, 18))
DONE = old_action(ref="oldaction3", code="A-04", title="Fence", status=Status.DONE)


@pytest.fixture
def carry(small_app: View) -> Any:
    """The page over the small trust and an ended version with work in it."""
    app = small_app(Role.LEADER)
    put(ui.store(), OLD, OLD_A, OLD_C, WORKFORCE, old_kpi(), FIRST, SECOND, DONE, old_value(22.0))
    return opened(app, "carry.py")


def tick(app: Any, *labels: str) -> Any:
    for label in labels:
        field(app, "checkbox", label).check()
    app.run()
    assert not app.exception, app.exception
    return app


def picture() -> Picture:
    return load(ui.store(), NOW, Audience.LEADERS)


def successes(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.success)


def errors(app: Any) -> str:
    return " ".join(" ".join(e.value.replace("\\", "").split()) for e in app.error)


def test_open_actions_and_kpis_with_values_are_offered_and_the_rest_is_listed_with_why(carry: Any) -> None:
    assert [box.label.replace("\\", "") for box in carry.checkbox] == [
        "A-02 Breakfast club at Hazel Grange",
        "A-03 Walking bus",
        "K-W05 Persistent absence",
    ]
    words = said(carry)
    assert "What stays behind in 2023-2025 Why What 3 not chosen A-02 Breakfast club" in words
    assert "1 done A-04 Fence" in words
    assert not carry.get("button_group")
    assert "What 2025-2027 will have" not in words


def test_the_map_is_suggested_and_what_nothing_stands_for_is_said(carry: Any) -> None:
    assert "0 of 2 places have the same words in both. 1 is matched by number." in said(carry)
    assert "Nothing in 2025-2027 stands for: objective C Sport." in said(carry)
    assert field(carry, "selectbox", "Objective A A coherent  education EXPERIENCE").value == OBJECTIVE.ref
    assert field(carry, "selectbox", "Objective C Sport").value is None


def test_what_is_ticked_is_shown_as_it_will_stand_before_anything_is_written(carry: Any) -> None:
    before = picture().change
    words = said(tick(carry, "A-02 Breakfast club at Hazel Grange", "K-W05 Persistent absence"))
    assert "What 2025-2027 will have" in words
    assert "A-15 Breakfast club at Hazel Grange from A-02 A Thu 25 Mar 2027 Priya Leader" in words
    assert "K-W12 Persistent absence from K-W05 A 22 %, Summer 2, 2024/25" in words
    assert "1 not chosen A-03 Walking bus 1 done A-04 Fence" in words
    assert picture().change == before


def test_one_press_carries_what_was_chosen_and_the_page_says_what_stays_behind(carry: Any) -> None:
    tick(carry, "A-02 Breakfast club at Hazel Grange", "K-W05 Persistent absence")
    press(carry, "Carry 1\N{NO-BREAK SPACE}action and 1\N{NO-BREAK SPACE}KPI into 2025-2027")
    assert "Carried 1" in successes(carry)
    (action,) = [a for a in picture().actions.values() if a.carried_from == FIRST.ref]
    (kpi,) = [k for k in picture().kpis.values() if k.carried_from == "oldkpi0001"]
    assert (action.code, action.edition, action.kpis) == ("A-15", EDITION.ref, (kpi.ref,))
    words = said(carry)
    assert "1 not chosen A-03 Walking bus 1 done A-04 Fence" in words
    assert "A-02 Breakfast club at Hazel Grange A-15 Breakfast club at Hazel Grange" in words
    assert {"ref": action.ref} in links(carry, "action")
    assert [box.label for box in carry.checkbox] == ["A\\-03 Walking bus"]


def test_an_action_whose_date_has_passed_asks_for_another(carry: Any) -> None:
    tick(carry, "A-03 Walking bus")
    assert "A-03 was due on Fri 18 Jul 2025, and that has passed. Say by when it is due now." in said(carry)
    button = "Carry 1\N{NO-BREAK SPACE}action into 2025-2027"
    press(carry, button)
    assert "Nothing was saved." in errors(carry)
    field(carry, "date_input", "A-03 is due on").set_value(date(2027, 5, 28))
    press(carry, button)
    assert [a.due_on for a in picture().actions.values() if a.carried_from == SECOND.ref] == [date(2027, 5, 28)]


def test_a_row_ticked_later_never_takes_the_code_of_one_ticked_before(carry: Any) -> None:
    tick(carry, "A-03 Walking bus")
    tick(carry, "A-02 Breakfast club at Hazel Grange")
    assert [field(carry, "text_input", f"New code of A-0{n}").value for n in (2, 3)] == ["A-16", "A-15"]


def test_another_objective_brings_another_code_and_any_code_may_be_typed(carry: Any) -> None:
    tick(carry, "A-02 Breakfast club at Hazel Grange")
    field(carry, "selectbox", "Objective of A-02").set_value(WORKFORCE.ref)
    carry.run()
    assert field(carry, "text_input", "New code of A-02").value == "B-01"
    field(carry, "text_input", "New code of A-02").set_value("B-77")
    press(carry, "Carry 1\N{NO-BREAK SPACE}action into 2025-2027")
    (action,) = [a for a in picture().actions.values() if a.carried_from == FIRST.ref]
    assert (action.code, action.objective) == ("B-77", WORKFORCE.ref)


def test_a_refusal_keeps_what_was_chosen_and_typed(carry: Any) -> None:
    tick(carry, "A-02 Breakfast club at Hazel Grange")
    field(carry, "text_input", "New code of A-02").set_value("A-14")
    press(carry, "Carry 1\N{NO-BREAK SPACE}action into 2025-2027")
    assert "A-14 is taken: it is Breakfast club at Hazel Grange." in errors(carry)
    assert field(carry, "text_input", "New code of A-02").value == "A-14"
    assert field(carry, "checkbox", "A-02 Breakfast club at Hazel Grange").value is True


def test_a_change_of_the_map_changes_what_will_be_made(carry: Any) -> None:
    tick(carry, "A-02 Breakfast club at Hazel Grange")
    field(carry, "selectbox", "Objective A A coherent  education EXPERIENCE").select_index(0)
    carry.run()
    assert "Nothing in 2025-2027 stands for the objective of A-02. Choose its objective there." in said(carry)


def test_all_of_several_actions_are_chosen_by_one_press(carry: Any) -> None:
    press(carry, "Choose all of the 2 actions")
    assert [box.value for box in carry.checkbox] == [True, True, False]
    assert [field(carry, "text_input", f"New code of A-0{n}").value for n in (2, 3)] == ["A-15", "A-16"]
    press(carry, "Choose none of the 2 actions")
    assert [box.value for box in carry.checkbox] == [False, False, False]


def test_in_the_sample_kpis_may_go_on_and_what_went_on_already_is_shown(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "carry.py"))
    assert "The words are the same in both, at all 23 places." in words
    assert "None of 2023-2025 is open and still to be carried." in words
    assert "A-03 Taster days for Year 6 at St Agnes A-06 PACT-wide handover" in words
    assert "What stays behind in 2023-2025 Why What 4 not chosen" in words
    assert "8 done A-01 Breakfast pilot" in words


def test_without_an_earlier_version_the_page_says_what_it_takes(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "carry.py")
    assert "That takes two versions" in said(app)
    assert not app.button


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.LEADER])
def test_the_page_is_open_to_leaders_alone(small_app: View, role: Role) -> None:
    assert "This page is not open to you" in said(opened(small_app(role), "carry.py"))
