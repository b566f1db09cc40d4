"""What changed between two pictures: facts edited, figures late or taken back, verdicts won and lost; and no more."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.civic import Element, Part
from framework.kpis.kpi import Basis, Direction, Frequency, Kpi, Level, Measure, ReportedBy, Value
from framework.people import Audience
from framework.picture.review import Filter
from framework.picture.told import NO_REASON
from framework.picture.turned import Turn
from framework.plans import Action, Confidence, Status, Visibility
from framework.settings import Settings
from tests.conftest import (
    AGNES,
    EDITION,
    GOVERNOR,
    HAZEL,
    LEADER,
    OBJECTIVE,
    a_kpi,
    a_target,
    a_value,
    an_action,
    an_update,
    half_term,
)
from tests.rules.compared import a_picture, changes, july, section, titles

OTHER = a_kpi(ref="kpi0000002", code="K-A01", title="Attendance", direction=Direction.HIGHER)


def names(found: tuple[Any, ...]) -> list[str]:
    return [row.ref for row in found]


# Figures: Spring 2, 2025/26 ended on 27 Mar 2026 and was due by 10 Apr; Autumn 1, 2026/27 on 23 Oct, due by 6 Nov.


def sent(on: date, **more: Any) -> Value:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return a_value(version=8, **{"recorded_at": at, "first_recorded_at": at, **more})


@pytest.mark.parametrize(("on", "late"), [(date(2026, 11, 6), False), (date(2026, 11, 7), True)])
def test_a_figure_is_late_from_the_day_after_it_was_due(on: date, late: bool) -> None:
    found = changes(july(), a_picture(values=(sent(on),)))
    assert (len(found.late), len(found.arrived)) == ((1, 0) if late else (0, 1))


def test_a_correction_of_a_figure_that_came_in_time_is_not_late() -> None:
    at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    found = changes(july(), a_picture(values=(sent(date(2026, 11, 12), first_recorded_at=at, corrects=True),)))
    assert (len(found.late), len(found.arrived)) == (0, 1)


@pytest.mark.parametrize(
    "period", [half_term(2024, 6), half_term(2026, 1)], ids=["before the version", "before the KPI was written down"]
)
def test_nobody_is_late_with_what_was_not_asked_of_them(period: Any) -> None:
    added = {"kpi0000001": date(2026, 11, 8)} if period.year == 2026 else {}
    after = a_picture(values=(sent(date(2026, 11, 9), period=period),), kpi_added=added)
    assert changes(july(), after).late == ()


def test_late_figures_are_told_by_period_with_the_last_to_come() -> None:
    kpi = a_kpi(reported_by=ReportedBy.SCHOOLS)
    values = (
        sent(date(2026, 11, 9), ref="value00002", place=HAZEL.ref),
        sent(date(2026, 11, 12), ref="value00003", place="placeagnes"),
    )
    (line,) = section(july(kpi), a_picture(kpi, values=values), "Figures that came late").lines
    assert line.name == "Persistent absence, Autumn 1, 2026/27"
    assert (line.then, line.now) == (
        "6\u00a0Nov\u00a02026",
        "2 values, the last on 12\u00a0Nov\u00a02026, 4 school days late",
    )
    assert line.why == "Hazel Grange Primary, St Agnes Secondary"


def test_a_figure_that_stands_no_more_is_told_as_taken_back() -> None:
    old = a_value(24.1, version=4)
    gone = replace(july(values=(old,)), kpi_changes={"kpi0000001": 4})
    after = replace(a_picture(), kpi_changes={"kpi0000001": 8})
    assert [t.value for t in changes(gone, after).taken_back] == [old]
    (line,) = section(gone, after, "Figures taken back").lines
    assert (line.then, line.edited) == ("24.1\u00a0%", True)


def test_a_correction_to_the_same_number_says_what_it_is_made_of() -> None:
    old = a_value(25.0, version=4, numerator=50, denominator=200)
    new = replace(old, version=8, numerator=100, denominator=400)
    (line,) = section(july(values=(old,)), a_picture(values=(new,)), "Figures corrected").lines
    assert (line.then, line.now) == ("25\u00a0% (50\u00a0of\u00a0200)", "25\u00a0% (100\u00a0of\u00a0400)")


def test_a_school_s_view_tells_of_its_own_figures_alone() -> None:
    kpi = a_kpi(reported_by=ReportedBy.SCHOOLS)
    mine, theirs = (a_value(ref=f"value{place[:5]}", place=place, version=4) for place in (HAZEL.ref, AGNES.ref))
    before = july(kpi, values=(mine, theirs))
    after = replace(a_picture(kpi), kpi_changes={kpi.ref: 8})
    found = changes(before, after, Filter(school=HAZEL.ref))
    assert [t.value for t in found.taken_back] == [mine]
    new = replace(theirs, number=30.0, version=8)
    assert changes(before, a_picture(kpi, values=(mine, new)), Filter(school=HAZEL.ref)).nothing


# Verdicts


def test_a_verdict_that_is_lost_is_told_with_both_reasons_and_is_neither_better_nor_worse() -> None:
    old = a_value(20.0, period=half_term(2025, 6), version=4)
    found = changes(july(values=(old,)), a_picture(values=(old,)))
    assert (found.better, found.worse) == ((), ())
    (line,) = section(july(values=(old,)), a_picture(values=(old,)), Turn.LOST.value).lines
    assert line.then.startswith("Achieved: 20")
    assert line.now.startswith("Out of date: the newest value is for Summer 2, 2025/26")


def test_a_verdict_without_a_target_any_more_says_that_it_was_taken_away() -> None:
    value = a_value(24.1, version=4)
    before, after = july(values=(value,)), a_picture(a_target(archived=True), values=(value,))
    (line,) = section(before, after, Turn.LOST.value).lines
    assert line.why == "Meanwhile its target was taken away."
    (line,) = section(before, after, "Targets taken away").lines
    assert (line.then, line.now, line.why) == ("20\u00a0% by Summer 2, 2026/27", "No target", NO_REASON)


def test_a_rise_under_an_easier_target_says_so() -> None:
    value = a_value(24.1, version=4)
    before, after = july(values=(value,)), a_picture(a_target(number=26.0), values=(value,))
    (line,) = section(before, after, "KPIs better").lines
    assert line.why == "Meanwhile its target was eased."


def test_what_did_not_bear_on_a_verdict_is_not_set_beside_it() -> None:
    old, new = a_value(20.0, period=half_term(2025, 5), version=4), a_value(27.9, ref="value00002", version=8)
    older = a_value(25.0, ref="value00003", period=half_term(2025, 2), version=4)
    of_school = a_target(ref="target0002", place=HAZEL.ref)
    before = july(of_school, values=(old, older))
    corrected = replace(older, number=26.0, version=8)
    after = a_picture(replace(of_school, number=22.0), values=(corrected, old, new))
    (line,) = section(before, after, "KPIs worse").lines
    assert line.why == ""
    (line,) = section(
        before, a_picture(of_school, values=(older, replace(old, number=21.0, version=8), new)), "KPIs worse"
    ).lines
    assert line.why == "Meanwhile a figure of it was corrected."


def test_a_kpi_becomes_judged_and_a_new_one_is_not_moved() -> None:
    value = a_value(24.1, version=8)
    found = changes(july(), a_picture(OTHER, values=(value, replace(value, ref="value00002", kpi=OTHER.ref))))
    assert [(m.kpi.ref, m.turn) for m in found.turned] == [("kpi0000001", Turn.JUDGED)]
    assert names(found.kpis_added) == [OTHER.ref]


def test_a_kpi_that_is_taken_away_is_told_as_it_stood() -> None:
    found = changes(july(OTHER), a_picture(replace(OTHER, archived=True)))
    assert names(found.kpis_taken_away) == [OTHER.ref]
    (line,) = section(july(OTHER), a_picture(replace(OTHER, archived=True)), "KPIs taken away").lines
    assert (line.gone, line.then) == (True, "Not reported")
    assert line.why == "the value for Summer 1, 2025/26 was due by Fri\u00a05\u00a0Jun\u00a02026."


# Facts that were edited


@pytest.mark.parametrize(
    ("fact", "then", "now"),
    [
        ({"baseline": 30.0}, "28\u00a0%", "30\u00a0%"),
        ({"direction": Direction.HIGHER}, "Lower", "Higher"),
        ({"title": "Absence"}, "Persistent absence", "Absence"),
        ({"floor": None}, "0.2\u00a0%", "Not said"),
        ({"reported_by": None}, "Trust", "The trust"),
        ({"level": Level.CONTEXT}, "Outcome", "Context"),
        ({"baseline_period": half_term(2025, 1)}, "Summer 2, 2024/25", "Autumn 1, 2025/26"),
    ],
)
def test_an_edited_definition_is_told_with_old_and_new(fact: dict[str, Any], then: str, now: str) -> None:
    (line,) = section(july(), a_picture(a_kpi(**fact)), "Definitions edited").lines
    assert (line.then, line.now, line.edited) == (then, now, True)


@pytest.mark.parametrize(
    ("fact", "then", "now"),
    [
        ({"owner": GOVERNOR.ref}, "Priya Leader", "Mohammed Governor"),
        ({"kpis": ("kpi0000001",)}, "Not said", "Persistent absence"),
        ({"places": (HAZEL.ref,)}, "The whole trust", "Hazel Grange Primary"),
        ({"objective": "elementob2"}, "A A coherent education experience", "B Communities"),
        ({"kpis": ("kpi0000001",), "expected_change": 2.0}, "Not said", "+2\u00a0%"),
    ],
)
def test_what_an_action_is_to_do_is_told_when_it_is_edited(fact: dict[str, Any], then: str, now: str) -> None:
    other = replace(OBJECTIVE, ref="elementob2", position=2, words="Communities")
    before, after = july(other), a_picture(other, an_action(**fact))
    told = section(before, after, "Actions edited").lines
    assert (told[-1].then, told[-1].now, told[-1].ref) == (then, now, "action0001")


def test_owner_and_tags_of_a_kpi_are_no_definition() -> None:
    after = a_picture(a_kpi(owner=LEADER.ref, pillars=("elementpil",), board_set=True))
    assert changes(july(), after).definitions == ()
    lines = section(july(), after, "Other facts edited").lines
    assert {line.name.split(": ")[1]: (line.then, line.now) for line in lines} == {
        "owner": ("Not said", "Priya Leader"),
        "pillars": ("Not said", "1 Collaboration and accountability"),
        "board set": ("No", "Yes"),
    }


def test_what_came_of_a_closed_action_is_told_with_its_closing_alone() -> None:
    done = an_action(status=Status.DONE, evidence="Register", outcome="Forty children come.")
    assert changes(july(an_action()), a_picture(done)).edited_otherwise == ()
    (line,) = section(july(an_action()), a_picture(done), "Done").lines
    assert line.why == "Evidence: Register. What changed: Forty children come."
    open_still = an_action(outcome="Twenty come.")
    assert len(changes(july(), a_picture(open_still)).edited_otherwise) == 1


def test_the_framework_s_words_are_told_when_added_reworded_or_taken_away() -> None:
    old = Element("elementpr1", EDITION.ref, Part.PRIORITY, 1, "Attendance first", kind="Stage One")
    new = Element("elementpr2", EDITION.ref, Part.PRIORITY, 2, "Work experience")
    before = july(old)
    after = a_picture(replace(old, words="Attendance and punctuality first"), new, replace(OBJECTIVE, archived=True))
    lines = section(before, after, "The framework's words").lines
    assert {line.name: (line.then, line.now) for line in lines} == {
        "Priority 1": ("Attendance first (Stage One)", "Attendance and punctuality first (Stage One)"),
        "Priority 2": ("Added", "Work experience"),
        "Objective A": ("A coherent education experience", "Taken away"),
    }
    school = changes(before, after, Filter(school=HAZEL.ref))
    assert school.framework == ()
    assert [f.element.ref for f in changes(before, after, Filter((new.ref,))).framework] == [new.ref]


def test_a_version_s_own_dates_are_told() -> None:
    after = a_picture(replace(EDITION, ends_on=date(2027, 12, 31)))
    (line,) = section(july(), after, "The framework version").lines
    assert (line.table, line.then, line.now) == ("edition", "31\u00a0Aug\u00a02027", "31\u00a0Dec\u00a02027")


def test_a_rule_of_judging_that_changed_is_told() -> None:
    (line,) = section(july(), a_picture(settings=Settings(alpha=0.2)), "Rules of judging changed").lines
    assert (line.then, line.now) == ("0.1", "0.2")
    assert changes(july(), a_picture(settings=Settings(word_for_board="trustees"))).rules == ()


# Actions


@pytest.mark.parametrize(
    ("was", "now", "title"),
    [
        (Status.ON_TRACK, Status.DONE, "Done"),
        (Status.DONE, Status.STOPPED, "Stopped"),
        (Status.DONE, Status.BLOCKED, "Blocked"),
        (Status.ON_TRACK, Status.AT_RISK, "At risk"),
        (Status.BLOCKED, Status.AT_RISK, "At risk"),
        (Status.DONE, Status.ON_TRACK, "Opened again"),
        (Status.STOPPED, None, "Opened again"),
        (Status.BLOCKED, Status.ON_TRACK, "Back on track"),
        (Status.AT_RISK, Status.ON_TRACK, "Back on track"),
        (Status.BLOCKED, Status.NOT_STARTED, "Another status"),
        (None, Status.ON_TRACK, "Another status"),
        (Status.ON_TRACK, None, "Another status"),
    ],
)
def test_another_word_of_the_owner_is_told_in_one_place(was: Status | None, now: Status | None, title: str) -> None:
    far, said = date(2027, 7, 1), an_update(on=date(2026, 11, 2))
    before = july(an_action(status=was, due_on=far), replace(said, on=date(2026, 7, 1)))
    after = a_picture(an_action(status=now, due_on=far), said)
    assert titles(before, after) == [title]


@pytest.mark.parametrize(
    ("was", "now", "title"),
    [
        (Confidence.HIGH, Confidence.MEDIUM, "Confidence fell"),
        (Confidence.LOW, Confidence.HIGH, "Confidence rose"),
        (None, Confidence.LOW, "Confidence given or taken back"),
        (Confidence.LOW, None, "Confidence given or taken back"),
    ],
)
def test_confidence_is_told_with_its_reason(was: Confidence | None, now: Confidence | None, title: str) -> None:
    reason = None if now is None else "The cook left."
    after = a_picture(an_action(confidence=now, confidence_reason=reason))
    (line,) = section(july(an_action(confidence=was)), after, title).lines
    assert line.why == (reason or NO_REASON)
    assert "Other facts edited" not in titles(july(an_action(confidence=was)), after)


def test_a_reason_said_anew_of_the_same_confidence_is_a_fact_edited() -> None:
    before, after = (an_action(confidence=Confidence.LOW, confidence_reason=words) for words in ("No cook.", "No van."))
    (line,) = section(july(before), a_picture(after), "Other facts edited").lines
    assert (line.then, line.now) == ("No cook.", "No van.")


def test_an_action_that_was_put_away_is_told_as_it_stood() -> None:
    gone = an_action(archived=True)
    assert names(changes(july(), a_picture(gone)).taken_away) == [gone.ref]
    (line,) = section(july(), a_picture(gone), "Actions taken away").lines
    assert (line.then, line.now, line.gone) == ("23\u00a0Oct\u00a02026", "Taken away", True)


def test_an_action_hidden_from_the_task_force_is_not_said_to_be_gone() -> None:
    seen, hidden = (an_action(visibility=v) for v in (Visibility.TASK_FORCE, Visibility.LEADERS))
    before, after = (
        july(seen, audience=Audience.TASK_FORCE),
        a_picture(hidden, audience=Audience.TASK_FORCE),
    )
    (line,) = section(before, after, "Actions taken away").lines
    assert line.now == "Not shown here any more"
    assert changes(july(seen), a_picture(hidden)).taken_away == ()


def test_what_left_a_view_because_it_was_edited_is_told_by_that_edit() -> None:
    before, after = july(an_action(places=(HAZEL.ref,))), a_picture(an_action(places=()))
    found = changes(before, after, Filter(school=HAZEL.ref))
    assert (found.taken_away, [e.field.name for e in found.edited]) == ((), ["places"])


def test_an_action_of_another_version_is_taken_away_from_this_one() -> None:
    old = replace(EDITION, ref="edition002", code="2023-2025", title="The first framework")
    before, after = july(old), a_picture(old, an_action(edition=old.ref))
    (line,) = section(before, after, "Actions taken away").lines
    assert (line.now, line.gone) == ("In version The first framework", False)


def test_facts_that_an_older_schema_did_not_know_are_no_edits() -> None:
    # As a revision written before a field was declared is read: the field takes its default.
    bare = Action("action0009", "A-9", EDITION.ref, OBJECTIVE.ref, "Old", date(2026, 7, 1), status=Status.DONE)
    kpi = Kpi("kpi0000009", "K-9", EDITION.ref, "Old", Measure.COUNT, Frequency.YEARLY, level=Level.CONTEXT)
    quiet = an_action(status=Status.DONE)
    assert changes(july(bare, kpi, quiet), a_picture(bare, kpi, quiet)).nothing


def test_a_target_s_basis_alone_is_told_beside_the_same_number() -> None:
    before, after = july(a_target(basis=Basis.COMPARATOR)), a_picture(a_target(basis=Basis.OWN_BASELINE))
    (line,) = section(before, after, "Targets set or moved").lines
    assert line.then == "20\u00a0% by Summer 2, 2026/27, by comparator"
    assert line.now == "20\u00a0% by Summer 2, 2026/27, by own baseline"


def test_a_school_s_view_leaves_out_the_targets_of_others() -> None:
    kpi = a_kpi(reported_by=ReportedBy.SCHOOLS)
    mine, theirs = (a_target(ref=f"target000{n}", place=place) for n, place in ((2, HAZEL.ref), (3, "placeagnes")))
    found = changes(july(kpi), a_picture(kpi, mine, theirs), Filter(school=HAZEL.ref))
    assert [t.target.ref for t in found.targets_moved] == [mine.ref]
    (line,) = section(july(kpi), a_picture(kpi, mine), "Targets set or moved").lines
    assert line.name == f"Persistent absence, {HAZEL.name}"
