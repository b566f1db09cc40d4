"""Adding and changing KPIs, targets and values by hand: one deed each, and nothing typed is lost on a refusal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from framework.deeds import recording
from framework.kpis.kpi import Direction, Frequency, Kpi, Level, Measure
from framework.people import Role
from framework.periods import Period, PeriodKind
from framework.picture.judged import reporting_places
from pages import ui, ui_here
from tests.conftest import LEADER
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
AUTUMN = Period(PeriodKind.HALF_TERM, 2026, 1)
SUMMER = Period(PeriodKind.HALF_TERM, 2026, 6)


def the_kpi(code: str) -> Kpi:
    return next(k for k in ui.picture().kpis.values() if k.code == code)


def school(name: str) -> str:
    return next(p.ref for p in ui.picture().schools if p.name == name)


def form(app: Any, code: str, do: str, place: str = "") -> Any:
    return opened(app, "kpi_edit.py", ref=the_kpi(code).ref, do=do, place=place)


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.error)


def value_of(code: str, place: str) -> Any:
    return recording.value_seen(ui.picture(), the_kpi(code).ref, place, AUTUMN)


# Values


def test_a_value_that_was_missing_is_entered_by_its_two_numbers(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    assert "Nothing is recorded here yet." in said(app)
    field(app, "number_input", "How many").set_value(70)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    assert [s.value.replace("\\", "") for s in app.success] == [
        "Saved: K-A02, Lantern Hill Primary, Autumn 1, 2026/27."
    ]
    kept = value_of("K-A02", place)
    assert (kept.number, kept.numerator, kept.denominator) == (21.875, 70, 320)


def test_a_value_by_hand_says_so_where_it_comes_from(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    field(app, "number_input", "How many").set_value(70)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    words = said(opened(app, "kpi.py", ref=the_kpi("K-A02").ref, place=place, origin=AUTUMN.code))
    assert "File None: typed in on a page" in words
    assert f"Recorded by {ui_here.person().name}" in words


def test_a_correction_asks_why_and_keeps_what_was_typed(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Mill Lane Primary")
    old = value_of("K-A02", place)
    form(app, "K-A02", "value", place)
    assert f"{old.numerator} of {old.denominator}" in said(app)
    field(app, "number_input", "How many").set_value(50)
    field(app, "number_input", "Out of how many").set_value(206)
    press(app, "Save this value")
    assert "Say why" in errors(app)
    assert value_of("K-A02", place) == old
    assert field(app, "number_input", "How many").value == 50
    field(app, "text_area", "Why it is corrected").set_value("One pupil was counted twice.")
    press(app, "Save this value")
    assert value_of("K-A02", place).numerator == 50
    assert value_of("K-A02", place).corrects


def test_what_cannot_be_right_is_refused_in_its_own_words(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A02", "value", school("Lantern Hill Primary"))
    field(app, "number_input", "How many").set_value(400)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    assert "cannot be right" in errors(app)
    assert field(app, "number_input", "Out of how many").value == 320


def test_nothing_typed_is_refused(viewed_as: View) -> None:
    app = press(form(viewed_as(Role.LEADER), "K-A02", "value", school("Lantern Hill Primary")), "Save this value")
    assert "nothing cannot be right" in errors(app)


def test_a_true_nought_can_be_entered(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    field(app, "number_input", "How many").set_value(0)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    assert value_of("K-A02", place).number == 0.0


def test_a_value_someone_else_recorded_meanwhile_is_a_conflict_and_mine_is_kept(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    theirs = {"kpi": the_kpi("K-A02").ref, "place": place, "period": AUTUMN, "seen": 0, "number": 22.0}
    recording.record_value(ui.store(), by=ui_here.person(), now=ui.now(), **theirs)
    field(app, "number_input", "How many").set_value(70)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    assert "Someone else recorded this value" in errors(app)
    assert value_of("K-A02", place).number == 22.0
    assert "Here stands: 22 %" in said(app)
    assert field(app, "number_input", "How many").value == 70


def test_after_seeing_the_other_s_value_mine_can_go_on_top(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    theirs = {"kpi": the_kpi("K-A02").ref, "place": place, "period": AUTUMN, "seen": 0, "number": 22.0}
    recording.record_value(ui.store(), by=ui_here.person(), now=ui.now(), **theirs)
    field(app, "number_input", "How many").set_value(70)
    field(app, "number_input", "Out of how many").set_value(320)
    press(app, "Save this value")
    press(app, "I have seen it: save mine next time")
    field(app, "text_area", "Why it is corrected").set_value("Theirs was a guess.")
    press(app, "Save this value")
    assert value_of("K-A02", place).number == 21.875


def test_coming_back_to_the_form_later_is_no_conflict(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    opened(app, "kpis.py")
    theirs = {"kpi": the_kpi("K-A02").ref, "place": place, "period": AUTUMN, "seen": 0, "number": 22.0}
    recording.record_value(ui.store(), by=ui_here.person(), now=ui.now(), **theirs)
    form(app, "K-A02", "value", place)
    assert "Someone changed this" not in said(app)


def test_a_school_contact_is_offered_the_own_school_alone(viewed_as: View) -> None:
    app = viewed_as(Role.SCHOOL_CONTACT)
    own = ui.picture().name("place", ui_here.person().school)
    form(app, "K-A02", "value")
    assert list(field(app, "selectbox", "Place").options) == [own]


@pytest.mark.parametrize(("do", "act"), [("target", "set or move targets"), ("kpi", "add or change KPIs")])
def test_a_school_contact_may_change_no_target_and_no_kpi(viewed_as: View, do: str, act: str) -> None:
    app = form(viewed_as(Role.SCHOOL_CONTACT), "K-A02", do)
    assert f"you may not {act}" in said(app)
    assert not app.button


def test_a_school_contact_without_a_kpi_is_shown_those_to_record(viewed_as: View) -> None:
    app = viewed_as(Role.SCHOOL_CONTACT)
    found = {to["ref"] for to in links(opened(app, "kpi_edit.py"), "kpi_edit")}
    picture, own = ui.picture(), ui_here.person().school
    wanted = {
        k.ref
        for k in picture.kpis_of(picture.edition.ref)
        if own in {p.ref for p in reporting_places(picture, k, picture.on)}
    }
    assert found == wanted


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.MEMBER, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_nobody_else_may_open_the_page(viewed_as: View, role: Role) -> None:
    app = viewed_as(role)
    app.run()
    app.switch_page("kpis.py").run()
    assert not links(app, "kpi_edit")


# Targets


def test_moving_a_target_asks_why_and_keeps_the_earlier_one(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A02", "target")
    assert "The target here is 20 %." in said(app)
    field(app, "number_input", "Target (%)").set_value(21.0)
    press(app, "Move this target")
    assert "Say why" in errors(app)
    assert field(app, "number_input", "Target (%)").value == 21.0
    field(app, "text_area", "Why it is moved").set_value("The board saw the autumn figures.")
    press(app, "Move this target")
    assert "Saved: the target of K-A02" in app.success[0].value.replace("\\", "")
    words = said(opened(app, "kpi.py", ref=the_kpi("K-A02").ref))
    assert "21 % moved" in words
    assert "The board saw the autumn figures." in words
    assert "20 % moved" in words


def test_a_target_on_the_wrong_side_is_refused_unless_it_is_meant(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A02", "target")
    field(app, "number_input", "Target (%)").set_value(35.0)
    field(app, "text_area", "Why it is moved").set_value("To see.")
    press(app, "Move this target")
    assert "managed decline" in errors(app)
    field(app, "checkbox", "The trust means to let it get worse (managed decline)").check()
    press(app, "Move this target")
    assert not app.error


def test_a_band_is_asked_for_by_its_two_edges(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-C04", "target")
    assert [w.label.replace("\\", "") for w in app.number_input] == ["From (%)", "To (%)"]


# KPIs


def test_a_new_kpi_is_there_after_its_first_questions(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpi_edit.py")
    field(app, "text_input", "Code").set_value("K-A99")
    field(app, "text_input", "Name of the KPI").set_value("Books read at home")
    field(app, "text_area", "Definition").set_value("Books read with a grown-up at home, for every pupil.")
    field(app, "selectbox", "Level").set_value(Level.OUTPUT)
    field(app, "selectbox", "Measure").set_value(Measure.COUNT)
    field(app, "selectbox", "Direction").set_value(Direction.HIGHER)
    field(app, "selectbox", "Frequency").set_value(Frequency.TERMLY)
    press(app, "Add this KPI")
    assert not app.error
    made = the_kpi("K-A99")
    assert (made.title, made.level, made.frequency) == ("Books read at home", Level.OUTPUT, Frequency.TERMLY)
    assert made.edition == ui.picture().edition.ref
    assert field(app, "text_input", "Code").value == ""


def test_what_is_missing_is_named_and_what_was_typed_stays(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpi_edit.py")
    field(app, "text_input", "Code").set_value("K-A99")
    press(app, "Add this KPI")
    assert "A KPI needs its" in errors(app)
    assert "definition" in errors(app)
    assert field(app, "text_input", "Code").value == "K-A99"


def test_a_code_that_is_taken_is_refused_by_name(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A01", "kpi")
    field(app, "text_input", "Code").set_value("k-a02")
    press(app, "Save this KPI")
    assert "K-A02 is taken: it is Persistent absence." in errors(app)


def test_a_change_is_in_the_history_with_what_was_there_before(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A01", "kpi")
    field(app, "text_input", "Name of the KPI").set_value("Being at school")
    field(app, "text_input", "Why, if it needs saying").set_value("Plainer words.")
    press(app, "Save this KPI")
    words = said(opened(app, "kpi.py", ref=the_kpi("K-A01").ref))
    assert "KPI: Being at school was Attendance" in words
    assert "Plainer words." in words


def test_saving_an_unchanged_kpi_changes_nothing(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A01", "kpi")
    press(app, "Save this KPI")
    assert "Nothing differs from what is here already" in errors(app)


@pytest.mark.parametrize("code", ["K-A10", "K-W01", "K-C04", "K-B15", "K-E02"])
def test_every_kpi_s_form_holds_exactly_what_is_kept(viewed_as: View, code: str) -> None:
    app = press(form(viewed_as(Role.LEADER), code, "kpi"), "Save this KPI")
    assert "Nothing differs from what is here already" in errors(app)


def test_a_kpi_loaded_without_a_direction_is_given_one_when_it_is_changed_by_hand(viewed_as: View) -> None:
    app = press(form(viewed_as(Role.LEADER), "K-W10", "kpi"), "Save this KPI")
    assert "A KPI needs its direction." in errors(app)
    field(app, "selectbox", "Direction").set_value(Direction.HIGHER)
    press(app, "Save this KPI")
    assert the_kpi("K-W10").direction is Direction.HIGHER


def test_an_unknown_kpi_is_said_to_be_none(viewed_as: View) -> None:
    assert "There is no such KPI here" in said(opened(viewed_as(Role.LEADER), "kpi_edit.py", ref="nosuchkpi0"))


def test_nothing_can_be_added_before_there_is_a_framework(empty_app: View) -> None:
    app = opened(empty_app(Role.LEADER), "kpi_edit.py")
    assert not app.button


def test_the_deed_refuses_what_the_page_should_never_have_offered(viewed_as: View, monkeypatch: Any) -> None:
    app = form(viewed_as(Role.LEADER), "K-A02", "value", school("Lantern Hill Primary"))
    field(app, "number_input", "Or the value itself (%), where those are not known").set_value(20.0)
    governor = replace(LEADER, role=Role.GOVERNOR)
    monkeypatch.setattr(
        "framework.deeds.require", lambda by, act: __import__("framework.people").people.require(governor, act)
    )
    press(app, "Save this value")
    assert "As governor, you may not record values." in errors(app)
