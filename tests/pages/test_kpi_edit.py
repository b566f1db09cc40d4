"""Adding and changing KPIs, targets, values and notes by hand: one deed each; nothing typed is lost on a refusal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from framework.deeds import noting, recording
from framework.kpis.kpi import Counted, Direction, Frequency, Kpi, Level, Measure, NoteKind, PathShape, State
from framework.people import Role
from framework.periods import Period, PeriodKind
from framework.picture.judged import reporting_places
from pages import ui, ui_here
from tests.conftest import LEADER, put
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


def test_a_place_where_it_does_not_apply_can_say_so_without_a_number(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-A02", "value", place)
    field(app, "selectbox", "What kind of value it is").set_value(State.NOT_APPLICABLE)
    press(app, "Save this value")
    assert (value_of("K-A02", place).number, value_of("K-A02", place).state) == (None, State.NOT_APPLICABLE)
    assert "Here stands: Not applicable here" in said(app)


def test_a_number_that_is_called_not_applicable_is_refused(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A02", "value", school("Lantern Hill Primary"))
    field(app, "number_input", "Or the value itself (%), where those are not known").set_value(20.0)
    field(app, "selectbox", "What kind of value it is").set_value(State.NOT_APPLICABLE)
    press(app, "Save this value")
    assert "no number beside not applicable" in errors(app)


def a_kpi_counted_here(code: str) -> None:
    put(ui.store(), replace(the_kpi(code), counted=Counted.FRESH_UPDATES), by=ui_here.person(), now=ui.now())


def test_a_kpi_that_is_counted_here_asks_for_no_value(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    app.run()
    a_kpi_counted_here("K-A02")
    form(app, "K-A02", "value")
    assert "K-A02 is counted here from the plan (fresh updates); nobody types it in." in said(app)
    assert not app.number_input
    opened(app, "kpi.py", ref=the_kpi("K-A02").ref)
    assert {to["do"] for to in links(app, "kpi_edit")} == {"target", "note", "kpi"}


def test_a_school_contact_is_not_shown_a_kpi_that_is_counted_here(viewed_as: View) -> None:
    app = viewed_as(Role.SCHOOL_CONTACT)
    app.run()
    a_kpi_counted_here("K-A02")
    assert the_kpi("K-A02").ref not in {to["ref"] for to in links(opened(app, "kpi_edit.py"), "kpi_edit")}


def test_an_average_is_asked_for_its_standard_deviation_and_nothing_else_is(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    place = school("Lantern Hill Primary")
    form(app, "K-W09", "value", place)
    field(app, "number_input", "Value (school days)").set_value(9.5)
    field(app, "number_input", "Average over how many").set_value(14)
    field(app, "number_input", "Standard deviation").set_value(3.25)
    press(app, "Save this value")
    assert (value_of("K-W09", place).number, value_of("K-W09", place).sd) == (9.5, 3.25)
    assert "Here stands: 9.5 school days (average over 14, standard deviation 3.25)" in said(app)
    form(app, "K-A02", "value")
    assert all(w.label != "Standard deviation" for w in app.number_input)


def test_a_school_contact_is_offered_the_own_school_alone(viewed_as: View) -> None:
    app = viewed_as(Role.SCHOOL_CONTACT)
    own = ui.picture().name("place", ui_here.person().school)
    form(app, "K-A02", "value")
    assert list(field(app, "selectbox", "Place").options) == [own]


@pytest.mark.parametrize(
    ("do", "act"),
    [("target", "set or move targets"), ("kpi", "add or change KPIs"), ("note", "add or change KPIs")],
)
def test_a_school_contact_may_change_no_target_no_kpi_and_no_note(viewed_as: View, do: str, act: str) -> None:
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


# Notes

FLU = "Flu closed two classes for a week."
WHAT = "What happened"


NOTED = "K-A01"  # half-termly, by the schools; the sample has no note on it


@pytest.fixture
def noting_as_leader(viewed_as: View) -> Any:
    """The app as a leader sees it, with a KPI that has no note yet."""
    app = viewed_as(Role.LEADER)
    app.run()
    assert notes_of(NOTED) == []
    return app


def notes_of(code: str) -> list[tuple[NoteKind, str, str]]:
    return [(n.kind, n.period.code, n.words) for n in ui.picture().notes.get(the_kpi(code).ref, ())]


def a_note(**more: Any) -> str:
    given = {"kpi": the_kpi(NOTED).ref, "period": AUTUMN, "kind": NoteKind.EVENT, "words": FLU, **more}
    return noting.add_note(ui.store(), by=ui_here.person(), now=ui.now(), **given)


def test_a_note_is_added_and_stands_under_the_form(noting_as_leader: Any) -> None:
    app = form(noting_as_leader, NOTED, "note")
    field(app, "selectbox", "Period").set_value(AUTUMN)
    field(app, "text_area", WHAT).set_value(FLU)
    press(app, "Add this note")
    assert [s.value.replace("\\", "") for s in app.success] == [f"Saved: a note on {NOTED}, Autumn 1, 2026/27."]
    assert notes_of(NOTED) == [(NoteKind.EVENT, AUTUMN.code, FLU)]
    assert f"Autumn 1, 2026/27 Something happened {FLU} Every place Change or take back" in said(app)
    assert field(app, "text_area", WHAT).value == ""


def test_the_periods_are_offered_newest_first_and_none_that_is_yet_to_come(noting_as_leader: Any) -> None:
    app = form(noting_as_leader, NOTED, "note")
    offered = list(field(app, "selectbox", "Period").options)
    assert offered[:3] == ["Autumn 2, 2026/27", "Autumn 1, 2026/27", "Summer 2, 2025/26"]


def test_a_note_without_words_is_refused_and_what_was_chosen_stays(noting_as_leader: Any) -> None:
    app = form(noting_as_leader, NOTED, "note")
    field(app, "radio", "What it is").set_value(NoteKind.NEW_LIMITS)
    press(app, "Add this note")
    assert "Say what happened; a reader will ask why the line bends." in errors(app)
    assert field(app, "radio", "What it is").value == NoteKind.NEW_LIMITS


def test_only_a_new_definition_is_asked_for_its_words(noting_as_leader: Any) -> None:
    app = form(noting_as_leader, NOTED, "note")
    assert [w.label for w in app.text_area] == [WHAT]
    field(app, "radio", "What it is").set_value(NoteKind.NEW_DEFINITION).run()
    field(app, "text_area", WHAT).set_value("The department counts days now.")
    field(app, "text_area", "The new definition, in its own words").set_value("Pupils missing a tenth of days.")
    press(app, "Add this note")
    (made,) = ui.picture().notes[the_kpi(NOTED).ref]
    assert (made.kind, made.definition) == (NoteKind.NEW_DEFINITION, "Pupils missing a tenth of days.")
    assert "New definition: Pupils missing a tenth of days." in said(app)


def test_a_note_may_be_for_one_school_and_is_so_when_one_comes_from_there(noting_as_leader: Any) -> None:
    app = noting_as_leader
    place = school("Mill Lane Primary")
    form(app, NOTED, "note", place)
    where = field(app, "selectbox", "Where")
    assert list(where.options)[:2] == ["Every place", "The whole trust"]
    assert where.value == place
    field(app, "text_area", WHAT).set_value(FLU)
    press(app, "Add this note")
    assert [n.place for n in ui.picture().notes[the_kpi(NOTED).ref]] == [place]


def test_the_same_note_twice_is_refused_with_what_stands_there(noting_as_leader: Any) -> None:
    app = noting_as_leader
    a_note()
    form(app, NOTED, "note")
    field(app, "selectbox", "Period").set_value(AUTUMN)
    field(app, "text_area", WHAT).set_value("Something else.")
    press(app, "Add this note")
    assert FLU in errors(app)
    assert field(app, "text_area", WHAT).value == "Something else."


def open_note(app: Any) -> Any:
    """The form of the one note, by the link under the form."""
    form(app, NOTED, "note")
    (to,) = (to for to in links(app, "kpi_edit") if "note" in to)
    return opened(app, "kpi_edit.py", **to)


def test_a_note_s_words_can_be_changed(noting_as_leader: Any) -> None:
    app = noting_as_leader
    a_note()
    open_note(app)
    assert field(app, "text_area", WHAT).value == FLU
    field(app, "text_area", WHAT).set_value("Flu closed three classes.")
    press(app, "Save this note")
    assert not app.error
    assert notes_of(NOTED)[0][2] == "Flu closed three classes."
    assert "Something happened, Autumn 1, 2026/27. Every place: “Flu closed three classes.”" in said(app)


def test_a_note_someone_else_changed_meanwhile_is_a_conflict_and_mine_is_kept(noting_as_leader: Any) -> None:
    app = noting_as_leader
    ref = a_note()
    open_note(app)
    noting.change_note(ui.store(), by=ui_here.person(), now=ui.now(), note=ref, words="Theirs.", seen=1)
    field(app, "text_area", WHAT).set_value("Mine.")
    press(app, "Save this note")
    assert "Someone else changed this note" in errors(app)
    assert "“Theirs.”" in said(app)
    press(app, "I have seen it: save mine next time")
    press(app, "Save this note")
    assert notes_of(NOTED)[0][2] == "Mine."


def test_a_note_is_taken_back_with_a_reason(noting_as_leader: Any) -> None:
    app = noting_as_leader
    a_note()
    open_note(app)
    press(app, "Take this note back")
    assert "Say why this note is taken back" in errors(app)
    field(app, "text_area", "Why it is taken back").set_value("It was another school.")
    press(app, "Take this note back")
    assert notes_of(NOTED) == []
    assert f"Taken back: the note on {NOTED}" in app.success[0].value.replace("\\", "")
    assert "There is none yet." in said(app)
    field(app, "button", "Add this note")


def test_new_limits_before_the_first_value_are_refused(noting_as_leader: Any) -> None:
    app = form(noting_as_leader, NOTED, "note")
    field(app, "selectbox", "Period").set_value(Period(PeriodKind.HALF_TERM, 2023, 1))
    field(app, "radio", "What it is").set_value(NoteKind.NEW_LIMITS)
    field(app, "text_area", WHAT).set_value("A new register.")
    press(app, "Add this note")
    assert "so its usual range begins there anyway" in errors(app)


# KPIs


def test_how_the_path_runs_and_who_publishes_a_comparison_are_asked_under_more(viewed_as: View) -> None:
    app = form(viewed_as(Role.LEADER), "K-A01", "kpi")
    field(app, "selectbox", "How it is expected to go between targets").set_value(PathShape.STEPS)
    field(app, "text_input", "Who publishes a figure to set beside it").set_value("the department, each term")
    press(app, "Save this KPI")
    assert not app.error
    assert (the_kpi("K-A01").path_shape, the_kpi("K-A01").comparator) == (PathShape.STEPS, "the department, each term")


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
    assert "KPI: Attendance \N{RIGHTWARDS ARROW} Being at school" in words
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
