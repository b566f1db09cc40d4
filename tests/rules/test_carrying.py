"""Carrying work on into another framework version: what stands for what, what may go, and as what it goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.civic import FACETS, Edition, EditionState, Element, Part
from framework.community import Organisation
from framework.kpis.kpi import Note, NoteKind, ReportedBy, State
from framework.people import Audience, Person, Role
from framework.picture.carrying import (
    NO_VALUE,
    NOT_CHOSEN,
    left_behind,
    may_come_from,
    may_go_into,
    next_kpi_code,
    suggested_code,
    suggested_map,
    why_not,
)
from framework.picture.forward import Asked, Carrying, carrying, starting_value
from framework.picture.shape import Picture
from framework.places import Place, PlaceKind
from framework.plans import Confidence, Milestone, Response, Status, Visibility
from framework.subjects import SUBJECTS
from tests.conftest import (
    AGNES,
    EDITION,
    HAZEL,
    LEADER,
    OBJECTIVE,
    PILLAR,
    SMALL_TRUST,
    STATEMENT,
    TODAY,
    a_kpi,
    a_value,
    an_action,
    half_term,
)

OLD = Edition("edition000", "2023-2025", "Earlier", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED)
NEXT = Edition("edition002", "2027-2029", "Later", date(2027, 9, 1), date(2029, 8, 31), EditionState.DRAFT)
WORKFORCE = Element("elementob2", EDITION.ref, Part.OBJECTIVE, 2, "A local workforce")
STRAND = Element("elementstr", EDITION.ref, Part.STRAND, 1, "Exceptional Welfare")
OLD_A = Element("oldobject1", OLD.ref, Part.OBJECTIVE, 1, "A coherent  education EXPERIENCE")
OLD_B = Element("oldobject2", OLD.ref, Part.OBJECTIVE, 2, "Employment")
OLD_C = Element("oldobject3", OLD.ref, Part.OBJECTIVE, 3, "Sport")
OLD_PILLAR = Element("oldpillar2", OLD.ref, Part.PILLAR, 2, PILLAR.words)
GONE_PILLAR = Element("oldpillar1", OLD.ref, Part.PILLAR, 1, "Prudence")
OLD_STRAND = Element("oldstrand1", OLD.ref, Part.STRAND, 1, "Exceptional Welfare")
LEFT = Person("personleft", "Lena Left", Role.MEMBER, left_on=date(2026, 7, 17))
HERE, AWAY = Organisation("organhere1", "Open Pages"), Organisation("organaway1", "Old Pages", left_on=date(2026, 1, 1))
CLOSED_SCHOOL = Place("placeclose", "Closed Primary", PlaceKind.SCHOOL, left_on=date(2025, 8, 31))
MAP = {OLD_A.ref: OBJECTIVE.ref, OLD_PILLAR.ref: PILLAR.ref, OLD_STRAND.ref: STRAND.ref}
IN_SPRING = date(2027, 3, 25)


def old_action(**changes: Any) -> Any:
    """A breakfast club of the ended version that was never finished."""
    usual = {"ref": "oldaction1", "code": "A-02", "edition": OLD.ref, "objective": OLD_A.ref, "due_on": IN_SPRING}
    dates = {"starts_on": date(2025, 1, 13), "added_on": date(2025, 1, 13), "first_due_on": date(2025, 7, 18)}
    return an_action(**{**usual, **dates, **changes})


def old_kpi(**changes: Any) -> Any:
    return a_kpi(**{"ref": "oldkpi0001", "code": "K-W05", "edition": OLD.ref, "objective": OLD_A.ref, **changes})


def old_value(number: float = 22.0, **changes: Any) -> Any:
    return a_value(number, **{"ref": "oldvalue01", "kpi": "oldkpi0001", "period": half_term(2024, 6), **changes})


def a_picture(*rows: Any, values: tuple[Any, ...] = ()) -> Picture:
    """The small trust and the version before its own, with these rows added or in place of those with the same ref."""
    table_of = {subject.record: subject.table for subject in SUBJECTS}
    both = (OLD, OLD_A, OLD_B, OLD_C, GONE_PILLAR, OLD_PILLAR, OLD_STRAND, WORKFORCE, STRAND)
    tables: dict[str, dict[str, Any]] = {}
    for row in (*SMALL_TRUST, *both, *rows):
        tables.setdefault(table_of[type(row)], {})[row.ref] = row
    latest = {(v.kpi, v.place, v.group): v for v in values}
    moment = datetime(2026, 11, 13, 12, tzinfo=UTC)
    return Picture(
        9, moment, TODAY, Audience.LEADERS, tables, latest, lambda kpi: tuple(v for v in values if v.kpi == kpi), {}
    )


def refs() -> Callable[[], str]:
    numbers = iter(range(100))
    return lambda: f"new{next(numbers):07}"


def carried(picture: Picture, *, into: str = EDITION.ref, elements: Any = MAP, **chosen: Any) -> Carrying:
    return carrying(picture, Asked(into, elements, **chosen), refs())


def wrong(picture: Picture, **chosen: Any) -> str:
    """The reasons against it, no-break spaces as spaces."""
    return " ".join(" ".join(carried(picture, **chosen).wrong).split())


def action_row(picture: Picture, row: Any = None, **more: Any) -> Any:
    """The one action as it would stand; fails on any reason against it."""
    found = carried(picture, **{"actions": {(row or old_action()).ref: "A-20"}, **more})
    assert found.wrong == ()
    (one,) = found.actions
    return one


def kpi_row(picture: Picture, **more: Any) -> Any:
    found = carried(picture, **{"kpis": {"oldkpi0001": "K-W12"}, **more})
    assert found.wrong == ()
    (one,) = found.kpis
    return one


# What stands for what


def test_the_same_words_stand_for_themselves_wherever_they_stand_and_else_the_same_number_does():
    assert suggested_map(a_picture(), OLD.ref, EDITION.ref) == {
        OLD_A.ref: OBJECTIVE.ref,  # the same words, but for capitals and spaces
        OLD_B.ref: WORKFORCE.ref,  # the same number
        OLD_C.ref: None,
        GONE_PILLAR.ref: None,  # its number has the words of another, which stand for that one
        OLD_PILLAR.ref: PILLAR.ref,
        OLD_STRAND.ref: STRAND.ref,
    }


@given(words=st.lists(st.sampled_from("abcdef"), max_size=6), others=st.lists(st.sampled_from("abcdef"), max_size=6))
def test_a_map_never_leaves_its_part_and_a_version_mapped_into_its_like_is_mapped_whole(words, others):
    def elements(edition: str, some: list[str]) -> list[Element]:
        return [Element(f"{edition}{n}", edition, FACETS[n % 2], n // 2 + 1, w) for n, w in enumerate(some)]

    picture = a_picture(*elements(NEXT.ref, words), *elements("edition003", others), *elements("edition004", words))
    found = suggested_map(picture, NEXT.ref, "edition003")
    rows = picture.elements
    assert all(after is None or rows[after].part is rows[before].part for before, after in found.items())
    same = suggested_map(picture, NEXT.ref, "edition004")
    assert all(after is not None and rows[after].words == rows[before].words for before, after in same.items())


# Versions


def test_work_goes_from_a_version_into_one_that_begins_later_and_has_not_ended():
    picture = a_picture(NEXT)
    assert may_go_into(picture) == (NEXT, EDITION)
    assert may_come_from(picture, NEXT) == (EDITION, OLD)
    assert may_come_from(picture, EDITION) == (OLD,)
    assert may_come_from(picture, OLD) == ()


@pytest.mark.parametrize(("last", "sources"), [(TODAY, (OLD,)), (TODAY - timedelta(days=1), ())])
def test_nothing_goes_into_a_version_after_its_last_day(last, sources):
    edition = replace(EDITION, ends_on=last)
    assert may_come_from(a_picture(edition), edition) == sources


# What may go


@pytest.mark.parametrize(
    ("status", "why"),
    [(None, ""), *((s, "") for s in Status if s not in ("done", "stopped")), ("done", "done"), ("stopped", "stopped")],
)
def test_open_actions_may_go_and_closed_ones_say_why_not(status, why):
    row = old_action(status=None if status is None else Status(status))
    assert why_not(a_picture(row), row) == why


def test_what_was_carried_says_as_what_unless_that_was_put_away():
    row, later = old_action(), an_action(ref="action0002", code="B-20", carried_from="oldaction1")
    assert why_not(a_picture(row, later), row) == "carried already as B-20"
    assert why_not(a_picture(row, replace(later, archived=True)), row) == ""


def test_a_kpi_may_go_once_it_has_a_value():
    assert why_not(a_picture(old_kpi()), old_kpi()) == NO_VALUE
    assert (
        why_not(a_picture(old_kpi(), values=(old_value(state=State.NOT_AVAILABLE, number=None),)), old_kpi())
        == NO_VALUE
    )
    assert why_not(a_picture(old_kpi(), values=(old_value(),)), old_kpi()) == ""


def test_what_is_not_carried_is_listed_with_why_and_what_could_go_stands_first():
    rows = [
        old_action(ref=f"oldaction{n}", code=f"A-0{n}", status=status)
        for n, status in enumerate((Status.DONE, Status.ON_TRACK, Status.STOPPED, Status.ON_TRACK, Status.DONE))
    ]
    later = an_action(ref="action0002", code="B-20", carried_from="oldaction4")
    picture = a_picture(*rows, later, old_kpi())
    found = left_behind(picture, OLD.ref, {"oldaction3"})
    assert [(one.row.code, one.why) for one in found] == [
        ("A-01", NOT_CHOSEN),
        ("A-00", "done"),
        ("A-02", "stopped"),
        ("K-W05", NO_VALUE),
    ]


# Codes


@pytest.mark.parametrize(
    ("row", "objective", "taken", "code"),
    [
        (old_action(), OBJECTIVE.ref, (), "A-15"),
        (old_action(), OBJECTIVE.ref, ("A-15",), "A-16"),
        (old_action(), WORKFORCE.ref, ("A-15",), "B-01"),
        (old_action(), None, (), ""),
        (old_kpi(), None, (), "K-W12"),
        (old_kpi(), OBJECTIVE.ref, ("K-W12",), "K-W13"),
    ],
)
def test_a_row_is_offered_the_next_code_that_nothing_has_and_nothing_is_about_to_get(row, objective, taken, code):
    assert suggested_code(a_picture(row), row, objective, taken) == code


@pytest.mark.parametrize(
    ("code", "taken", "new"),
    [
        ("K-A02", (), "K-A15"),  # the library has K-A14
        ("K-Z09", (), "K-Z10"),
        ("K-Z09", ("k-z10",), "K-Z11"),
        ("Absence", (), "Absence-2"),
        ("Absence", ("Absence-2",), "Absence-3"),
    ],
)
def test_a_kpis_next_code_is_above_every_code_in_use_and_in_the_library(code, taken, new):
    assert next_kpi_code(a_picture(), code, taken) == new


# An action as it will stand


def test_an_action_goes_on_as_one_that_has_not_started_and_says_from_which():
    row = old_action(
        status=Status.AT_RISK, confidence=Confidence.LOW, confidence_reason="No cook", confidence_on=TODAY,
        evidence="Register", outcome="None yet", likelihood=3, impact=4, response=Response.TREAT, hours=40.0, cost=900,
        visibility=Visibility.PUBLIC, success="Nobody is hungry",
    )  # fmt: skip
    data = action_row(a_picture(row), row).data
    assert (data["code"], data["edition"], data["objective"], data["carried_from"]) == (
        *("A-20", EDITION.ref, OBJECTIVE.ref),
        row.ref,
    )
    assert (data["status"], data["confidence"], data["confidence_reason"], data["confidence_on"]) == (
        *(Status.NOT_STARTED, None, None),
        None,
    )
    assert (data["evidence"], data["outcome"]) == (None, None)
    assert (data["likelihood"], data["impact"], data["response"]) == (3, 4, Response.TREAT)
    assert (data["hours"], data["cost"], data["visibility"]) == (40.0, 900, Visibility.PUBLIC)
    assert (data["title"], data["success"]) == (row.title, "Nobody is hungry")


def test_it_begins_today_and_its_due_date_is_its_first_promise_there():
    data = action_row(a_picture(old_action())).data
    assert (data["added_on"], data["starts_on"]) == (TODAY, TODAY)
    assert (data["due_on"], data["first_due_on"]) == (IN_SPRING, IN_SPRING)


def test_into_a_version_that_is_yet_to_begin_it_begins_with_that():
    row = old_action(due_on=date(2027, 10, 1))
    found = carried(
        a_picture(row, NEXT), into=NEXT.ref, elements={}, actions={row.ref: "A-20"}, objectives={row.ref: None}
    )
    assert found.wrong == ("Nothing in 2027-2029 stands for the objective of A-02. Choose its objective there.",)
    assert found.actions[0].data["starts_on"] == NEXT.starts_on


@pytest.mark.parametrize(
    ("was", "asked", "now"),
    [
        (TODAY, None, None),
        (TODAY + timedelta(days=1), None, TODAY + timedelta(days=1)),
        (TODAY - timedelta(days=300), IN_SPRING, IN_SPRING),
        (IN_SPRING, TODAY, TODAY),
        (IN_SPRING, TODAY - timedelta(days=1), None),
    ],
)
def test_an_action_keeps_a_due_date_that_is_still_to_come_and_else_needs_a_new_one(was, asked, now):
    row = old_action(due_on=was)
    due = {} if asked is None else {row.ref: asked}
    found = carried(a_picture(row), actions={row.ref: "A-20"}, due=due)
    made = [] if found.wrong else [one.data["due_on"] for one in found.actions]
    assert made == ([] if now is None else [now])


def test_why_a_date_will_not_do_is_said_of_the_action():
    late = old_action(due_on=date(2025, 7, 18))
    said = wrong(a_picture(late), actions={late.ref: "A-20"})
    assert said == "A-02 was due on Fri 18 Jul 2025, and that has passed. Say by when it is due now."
    said = wrong(a_picture(late), actions={late.ref: "A-20"}, due={late.ref: date(2026, 11, 12)})
    assert "A-02 would be due on Thu 12 Nov 2026, and it can go on from Fri 13 Nov 2026 only." in said


def test_tags_go_by_the_map_and_what_has_no_place_there_is_named():
    row = old_action(pillars=(GONE_PILLAR.ref, OLD_PILLAR.ref), strand=OLD_STRAND.ref, statements=(), other_strands=())
    one = action_row(a_picture(row), row)
    assert (one.data["pillars"], one.data["strand"], one.data["objective"]) == (
        (PILLAR.ref,),
        STRAND.ref,
        OBJECTIVE.ref,
    )
    assert one.lost == ("pillar 1",)


def test_two_tags_that_one_element_stands_for_become_one():
    row = old_action(pillars=(GONE_PILLAR.ref, OLD_PILLAR.ref))
    one = action_row(a_picture(row), row, elements={**MAP, GONE_PILLAR.ref: PILLAR.ref})
    assert (one.data["pillars"], one.lost) == ((PILLAR.ref,), ())


def test_a_chosen_objective_goes_before_the_map():
    one = action_row(a_picture(old_action()), objectives={"oldaction1": WORKFORCE.ref})
    assert one.data["objective"] == WORKFORCE.ref


def test_who_left_does_not_come_along_and_is_named():
    row = old_action(
        owner=LEFT.ref, organisation=AWAY.ref, supporters=(HERE.ref, AWAY.ref), set_by=HERE.ref,
        places=(CLOSED_SCHOOL.ref, HAZEL.ref),
    )  # fmt: skip
    one = action_row(a_picture(row, LEFT, HERE, AWAY, CLOSED_SCHOOL), row)
    assert (one.data["owner"], one.data["organisation"], one.data["set_by"]) == (None, None, HERE.ref)
    assert (one.data["supporters"], one.data["places"]) == ((HERE.ref,), (HAZEL.ref,))
    assert one.lost == (
        "its owner Lena Left, who left",
        "Old Pages, who left",
        "Old Pages, who left",
        "Closed Primary, which left",
    )


@pytest.mark.parametrize(("left_on", "kept"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_an_owner_is_kept_up_to_their_last_day(left_on, kept):
    row, owner = old_action(owner=LEFT.ref), replace(LEFT, left_on=left_on)
    assert (action_row(a_picture(row, owner), row).data["owner"] == LEFT.ref) is kept


def test_milestones_still_to_come_go_along_and_the_other_open_ones_are_named():
    row = old_action()
    days = {"Done": date(2026, 3, 1), "Past": TODAY - timedelta(days=1), "Soon": TODAY, "Last": IN_SPRING}
    steps = [Milestone(f"step{name:>6}", row.ref, name, day) for name, day in days.items()]
    steps[0] = replace(steps[0], done_on=steps[0].due_on)
    after = Milestone("stepafter1", row.ref, "After", IN_SPRING + timedelta(days=1))
    one = action_row(a_picture(row, *steps, after), row)
    assert [step.title for step in one.steps] == ["Soon", "Last"]
    assert one.lost == ("milestone Past", "milestone After")


def test_an_action_moves_the_kpis_that_are_carried_with_it_or_were_before():
    row = old_action(kpis=("oldkpi0001", "oldkpi0002", "oldkpi0003"))
    three = (old_kpi(), old_kpi(ref="oldkpi0002", code="K-W06"), old_kpi(ref="oldkpi0003", code="K-W07"))
    before = a_kpi(ref="kpi0000002", code="K-A20", carried_from="oldkpi0002")
    picture = a_picture(row, *three, before, values=(old_value(),))
    found = carried(picture, actions={row.ref: "A-20"}, kpis={"oldkpi0001": "K-W12"})
    assert found.wrong == ()
    assert found.actions[0].data["kpis"] == (found.kpis[0].ref, before.ref)
    assert found.actions[0].lost == ("KPI K-W07",)


@pytest.mark.parametrize(
    ("kpis", "by", "kept"),
    [
        (("oldkpi0001",), IN_SPRING, True),
        (("oldkpi0001",), None, True),
        (("oldkpi0001",), TODAY, False),
        (("oldkpi0002", "oldkpi0001"), IN_SPRING, False),  # the number was of the one that stays behind
    ],
)
def test_by_how_much_goes_along_while_its_kpi_does_and_its_day_is_to_come(kpis, by, kept):
    row = old_action(kpis=kpis, expected_change=-2.0, expected_by=by)
    picture = a_picture(row, old_kpi(), old_kpi(ref="oldkpi0002", code="K-W06"), values=(old_value(),))
    (one,) = carried(picture, actions={row.ref: "A-20"}, kpis={"oldkpi0001": "K-W12"}).actions
    assert (one.data["expected_change"], one.data["expected_by"]) == ((-2.0, by) if kept else (None, None))
    assert ("by how much it should move its KPI" in one.lost) is not kept


# A KPI as it will stand


def test_a_kpi_goes_on_from_the_trusts_last_value():
    values = (old_value(25.0, period=half_term(2024, 5)), old_value(22.0, numerator=44, denominator=200))
    data = kpi_row(a_picture(old_kpi(), values=values)).data
    assert (data["baseline"], data["baseline_period"]) == (22.0, half_term(2024, 6))
    assert (data["baseline_numerator"], data["baseline_denominator"]) == (44, 200)
    assert (data["code"], data["edition"], data["carried_from"]) == ("K-W12", EDITION.ref, "oldkpi0001")
    assert (data["title"], data["direction"], data["floor"]) == ("Persistent absence", "lower", 0.2)


def test_its_definition_is_the_one_in_force():
    note = Note("note000001", "oldkpi0001", half_term(2024, 6), NoteKind.NEW_DEFINITION, "Why", definition="As of 2025")
    data = kpi_row(a_picture(old_kpi(), note, values=(old_value(),))).data
    assert data["definition"] == "As of 2025"


def test_a_period_of_which_too_few_schools_are_in_starts_nothing():
    kpi = old_kpi(reported_by=ReportedBy.SCHOOLS)
    both = [old_value(20.0, ref=f"oldvalue{n}", place=p.ref, period=half_term(2024, 5), numerator=20, denominator=100)
            for n, p in enumerate((HAZEL, AGNES), 10)]  # fmt: skip
    one = old_value(10.0, place=HAZEL.ref, numerator=10, denominator=100)
    found = starting_value(a_picture(kpi, values=(*both, one)), kpi)
    assert found is not None
    assert (found.period, found.number) == (half_term(2024, 5), 20.0)


def test_a_kpi_whose_objective_has_no_place_goes_on_without_one():
    one = kpi_row(a_picture(old_kpi(objective=OLD_C.ref), values=(old_value(),)))
    assert (one.data["objective"], one.lost) == (None, ("objective C",))


@pytest.mark.parametrize(("pinned", "kept"), [(11, True), (12, False)])
def test_a_kpi_stays_in_the_board_set_while_there_is_room(pinned, kept):
    others = [a_kpi(ref=f"kpiboard{n:02}", code=f"K-B{n:02}", board_set=True) for n in range(pinned)]
    one = kpi_row(a_picture(old_kpi(board_set=True), *others, values=(old_value(),)))
    assert one.data["board_set"] is kept
    assert bool(one.lost) is not kept


# What is refused


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Choose at least one action or KPI to carry."),
        ({"actions": {"oldaction9": "A-20"}}, "is not here any more"),
        ({"actions": {"action0001": "A-20"}}, "What is of 2025-2027 cannot be carried into 2025-2027"),
        ({"actions": {"oldaction1": "  "}}, "A-02 needs a new code."),
        ({"actions": {"oldaction1": "a-14"}}, "A-14 is taken: it is Breakfast club at Hazel Grange."),
        ({"actions": {"oldaction1": "A-02"}}, "A-02 is taken"),
        ({"actions": {"oldaction1": "A-20", "oldaction2": "a-20"}}, "a-20 is given twice. Choose another code for A-0"),
        ({"actions": {"oldaction1": "A" * 301}}, "has 301 characters, and 300 is the most"),
        ({"actions": {"oldaction3": "A-20"}}, "A-04 is done. Leave it out."),
        ({"actions": {"oldaction4": "A-21"}}, "A-05 was carried already as B-20. Leave it out."),
        ({"kpis": {"oldkpi0002": "K-W13"}}, "K-W06 has no value yet. Leave it out."),
        ({"actions": {"oldaction1": "A-20"}, "objectives": {"oldaction1": PILLAR.ref}}, "none of 2025-2027"),
        ({"actions": {"oldaction1": "A-20"}, "objectives": {"oldaction1": OLD_A.ref}}, "none of 2025-2027"),
        ({"actions": {"oldaction1": "A-20"}, "elements": {}}, "stands for the objective of A-02"),
        ({"actions": {"oldaction1": "A-20"}, "elements": {**MAP, OLD_A.ref: PILLAR.ref}}, "2025-2027 does not have"),
        ({"actions": {"oldaction1": "A-20"}, "elements": {**MAP, OLD_A.ref: OLD_B.ref}}, "2025-2027 does not have"),
        ({"actions": {"oldaction1": "A-20"}, "elements": {**MAP, "elementxxx": None}}, "A part of the framework was"),
        ({"actions": {"oldaction1": "A-20"}, "into": OLD.ref}, "2023-2025 ended on Sun 31 Aug 2025."),
        ({"actions": {"oldaction1": "A-20"}, "into": "edition999"}, "There is no such version"),
        ({"actions": {"oldaction1": "A-20", "action0001": "A-21"}, "into": NEXT.ref}, "of several versions"),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_said_in_words(chosen, said):
    rows = [old_action(), old_action(ref="oldaction2", code="A-03"), old_kpi(ref="oldkpi0002", code="K-W06"),
            old_action(ref="oldaction3", code="A-04", status=Status.DONE), old_action(ref="oldaction4", code="A-05"),
            an_action(ref="action0002", code="B-20", carried_from="oldaction4")]  # fmt: skip
    assert said in wrong(a_picture(*rows, NEXT), **chosen)


def test_an_action_and_a_kpi_may_have_the_same_code_as_they_always_might():
    found = carried(
        a_picture(old_action(), old_kpi(), values=(old_value(),)),
        actions={"oldaction1": "X-1"}, kpis={"oldkpi0001": "X-1"},
    )  # fmt: skip
    assert found.wrong == ()


def test_a_leader_who_owns_it_stays_its_owner():
    assert action_row(a_picture(old_action())).data["owner"] == LEADER.ref
    assert STATEMENT.ref not in action_row(a_picture(old_action())).data["statements"]
