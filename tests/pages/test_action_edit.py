"""Adding and changing actions by hand: one deed each; what is asked when it matters; nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.deeds import planning
from framework.people import Role
from framework.plans import Action, MoveReason, Visibility
from pages import ui, ui_here
from tests.conftest import LEADER, MEMBER, OBJECTIVE, PILLAR, an_action, put
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
ACTION = an_action().ref
DAY = date(2027, 3, 25)


def new(small_app: View, role: Role = Role.LEADER) -> Any:
    return opened(small_app(role), "action_edit.py")


def change(app: Any, ref: str = ACTION) -> Any:
    return opened(app, "action_edit.py", ref=ref)


def fill(app: Any, **facts: Any) -> Any:
    """The four fields that every action needs."""
    given = {"title": "Walking bus", "objective": OBJECTIVE.ref, "owner": MEMBER.ref, "due": DAY} | facts
    field(app, "text_input", "What is to be done").set_value(given["title"])
    field(app, "selectbox", "Objective").set_value(given["objective"])
    field(app, "selectbox", "Owner").set_value(given["owner"])
    field(app, "date_input", "Due on").set_value(given["due"])
    app.run()
    return app


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for e in app.error)


def done(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.success)


def action(code: str) -> Action:
    return next(a for a in ui.picture().actions.values() if a.code == code)


# Adding


def test_four_fields_come_first_and_are_enough(small_app: View) -> None:
    app = new(small_app)
    press(fill(app), "Add this action")
    assert done(app) == "Added: Walking bus."
    made = action("A-15")
    assert (made.title, made.owner, made.due_on, made.visibility) == (
        "Walking bus",
        MEMBER.ref,
        DAY,
        Visibility.TASK_FORCE,
    )
    assert {"ref": made.ref} in links(app, "action")


def test_after_saving_the_form_is_empty_and_saving_again_adds_nothing(small_app: View) -> None:
    app = new(small_app)
    press(fill(app), "Add this action")
    assert field(app, "text_input", "What is to be done").value == ""
    press(app, "Add this action")
    assert "An action needs its title, objective, owner and due date" in errors(app)
    assert len(ui.picture().actions) == 2


def test_a_refusal_keeps_what_was_typed(small_app: View) -> None:
    app = fill(new(small_app), owner=None)
    field(app, "date_input", "Starts on").set_value(date(2027, 4, 1))
    press(app, "Add this action")
    assert "An action needs its owner." in errors(app)
    field(app, "selectbox", "Owner").set_value(LEADER.ref)
    press(app, "Add this action")
    assert "before it starts on Thu" in errors(app)
    assert field(app, "text_input", "What is to be done").value == "Walking bus"
    assert len(ui.picture().actions) == 1


def test_the_next_code_is_offered_and_another_can_be_given(small_app: View) -> None:
    app = fill(new(small_app))
    assert field(app, "text_input", "Code").placeholder == "A-15"
    field(app, "text_input", "Code").set_value("A-77")
    press(app, "Add this action")
    assert action("A-77").title == "Walking bus"


def test_by_how_much_is_asked_once_a_kpi_is_chosen(small_app: View) -> None:
    app = fill(new(small_app))
    assert not [w for w in app.number_input if w.label.startswith("By how much")]
    field(app, "multiselect", "KPIs it should move").set_value(["kpi0000001"]).run()
    assert "Lower is better." in said(app)
    field(app, "number_input", "By how much K-A02 should change (points)").set_value(2.0)
    press(app, "Add this action")
    assert "K-A02 Persistent absence is better lower, so it should not rise by 2 points." in errors(app)
    field(app, "number_input", "By how much K-A02 should change (points)").set_value(-2.0)
    press(app, "Add this action")
    assert (action("A-15").kpis, action("A-15").expected_change) == (("kpi0000001",), -2.0)


def test_what_is_done_about_a_risk_is_asked_once_there_is_one(small_app: View) -> None:
    app = fill(new(small_app))
    assert "What is done about it" not in [w.label for w in app.selectbox]
    field(app, "selectbox", "How likely it is to fail").set_value(4).run()
    field(app, "selectbox", "What is done about it").set_value("treat")
    press(app, "Add this action")
    assert (action("A-15").likelihood, str(action("A-15").response)) == (4, "treat")


def test_a_milestone_is_asked_for_after_each_that_is_filled_in(small_app: View) -> None:
    app = fill(new(small_app))
    field(app, "text_input", "Milestone 1").set_value("Route walked").run()
    assert field(app, "text_input", "Milestone 2").value == ""
    press(app, "Add this action")
    assert "A milestone needs its due date." in errors(app)
    field(app, "date_input", "Milestone 1 is due on").set_value(date(2027, 1, 8))
    press(app, "Add this action")
    assert [m.title for m in ui.picture().milestones[action("A-15").ref]] == ["Route walked"]


def test_tags_are_suggested_with_why_and_none_is_chosen_for_anybody(small_app: View) -> None:
    app = small_app(Role.LEADER)
    put(ui.store(), an_action(pillars=(PILLAR.ref,), version=1))
    fill(opened(app, "action_edit.py"), title="Breakfast for everyone")
    assert "A-14 Breakfast club at Hazel Grange, an action like it, serves it." in said(app)
    press(app, "Add this action")
    assert action("A-15").pillars == ()


def test_a_suggestion_that_is_taken_is_saved(small_app: View) -> None:
    app = small_app(Role.LEADER)
    put(ui.store(), an_action(pillars=(PILLAR.ref,), version=1))
    fill(opened(app, "action_edit.py"), title="Breakfast for everyone")
    field(app, "button_group", "Suggested: pillars").set_value([PILLAR.ref])
    press(app, "Add this action")
    assert action("A-15").pillars == (PILLAR.ref,)


def test_in_an_empty_store_it_says_what_to_do_next(empty_app: View) -> None:
    assert "no framework yet that an action could serve. Load a workbook" in said(new(empty_app))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SCHOOL_CONTACT, Role.GOVERNOR, Role.ADMINISTRATOR, None])
def test_only_a_leader_may_open_it(small_app: View, role: Role | None) -> None:
    app = opened(small_app(role), "action_edit.py")
    assert "This page is not open to you" in said(app)
    assert [one.key for one in app.text_input] == ["as_at"]


# Changing


def test_only_what_was_changed_is_saved_with_why(small_app: View) -> None:
    app = change(small_app(Role.LEADER))
    assert field(app, "text_input", "What is to be done").value == an_action().title
    field(app, "text_input", "What is to be done").set_value("Breakfast club, five mornings")
    field(app, "text_input", "Why, if it needs saying").set_value("The cook asked.")
    press(app, "Save this action")
    assert done(app) == "Saved: A-14."
    assert action("A-14") == an_action(title="Breakfast club, five mornings", version=2)


def test_nothing_that_differs_is_said_to_be_so(small_app: View) -> None:
    assert "Nothing differs" in errors(press(change(small_app(Role.LEADER)), "Save this action"))


def test_a_date_that_moves_asks_for_what_reason(small_app: View) -> None:
    app = change(small_app(Role.LEADER))
    assert "Why does the date move?" not in [w.label for w in app.selectbox]
    field(app, "date_input", "Due on").set_value(DAY).run()
    press(app, "Save this action")
    assert "Say why: choose a reason from the list." in errors(app)
    field(app, "selectbox", "Why does the date move?").set_value(MoveReason.PEOPLE)
    field(app, "text_input", "In your own words").set_value("The cook was ill.")
    press(app, "Save this action")
    moved = ui.picture().updates[ACTION][-1]
    assert (moved.new_due_on, moved.moved_for, moved.moved_because) == (DAY, MoveReason.PEOPLE, "The cook was ill.")


def test_someone_elses_change_is_shown_kept_and_not_written_over(small_app: View) -> None:
    app = change(small_app(Role.LEADER))
    theirs = {"facts": {"hours": 12.0}, "seen": 1}
    planning.change_action(ui.store(), by=ui_here.person(), now=ui.now(), action=ACTION, **theirs)
    field(app, "text_input", "What is to be done").set_value("Breakfast club, five mornings")
    press(app, "Save this action")
    assert "A-14 was changed by Priya Leader after you opened it: hours." in errors(app)
    assert "Hours nothing 12" in said(app)
    assert field(app, "text_input", "What is to be done").value == "Breakfast club, five mornings"
    press(app, "I have seen it: save mine next time")
    press(app, "Save this action")
    assert (action("A-14").title, action("A-14").hours) == ("Breakfast club, five mornings", 12.0)


def test_an_action_that_is_not_here_gets_calm_words(small_app: View) -> None:
    assert "There is no such action here" in said(change(small_app(Role.LEADER), "nothing123"))


# Milestones


def steps() -> list[tuple[str, date, date | None]]:
    return [(m.title, m.due_on, m.done_on) for m in ui.picture().milestones.get(ACTION, ())]


def test_a_milestone_is_added_changed_and_taken_away(small_app: View) -> None:
    app = change(small_app(Role.LEADER))
    assert "No steps are set down yet." in said(app)
    field(app, "text_input", "Name of the milestone").set_value("Menu agreed")
    field(app, "date_input", "It is due on").set_value(date(2026, 10, 2))
    press(app, "Add this milestone")
    assert steps() == [("Menu agreed", date(2026, 10, 2), None)]
    next(one for one in app.date_input if one.label == "Done on").set_value(date(2026, 10, 5))
    press(app, "Save this milestone")
    assert steps() == [("Menu agreed", date(2026, 10, 2), date(2026, 10, 5))]
    press(app, "Take it away")
    assert steps() == []


def test_a_milestone_without_a_day_is_refused_and_its_name_is_kept(small_app: View) -> None:
    app = change(small_app(Role.LEADER))
    field(app, "text_input", "Name of the milestone").set_value("Menu agreed")
    press(app, "Add this milestone")
    assert "A milestone needs its due date." in errors(app)
    assert field(app, "text_input", "Name of the milestone").value == "Menu agreed"
