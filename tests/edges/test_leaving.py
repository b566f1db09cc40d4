"""What an undo takes along and what it leaves, and what it may not leave because no deed would."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from framework.civic import Element, Part
from framework.community import Organisation
from framework.earlier import Left, LeftSetting
from framework.kpis.checks import BOARD_SET_MOST
from framework.kpis.kpi import Frequency, Measure, Query, State
from framework.meetings import Meeting
from framework.people import Person, Role
from framework.periods import CalendarKind, CalendarLine
from framework.plans import Evidence, Milestone, Update
from framework.subjects import BY_TABLE, SUBJECTS, data_of
from framework.workbook.leaving import wrong_left
from framework.workbook.plan import Choices, Outcome, Take, Written
from framework.workbook.undo import undoing, undone_rows
from tests.conftest import (
    AGNES,
    CALENDAR_LINES,
    EDITION,
    HAZEL,
    LEADER,
    MEMBER,
    OBJECTIVE,
    PILLAR,
    SMALL_TRUST,
    TODAY,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    an_action,
    half_term,
)

OF = {subject.record: subject for subject in SUBJECTS}
BUS = an_action(ref="action0009", code="A-24", title="Walking bus")
ROUTE = Milestone("mile000009", BUS.ref, "Route drawn", date(2027, 1, 15))
WORD = Update("update0009", BUS.ref, date(2026, 11, 2), "Driver found.", by=MEMBER.ref)
ORCHARD = Organisation("organisat1", "The Orchard")
READING = a_kpi(ref="kpi0000009", code="K-B01", title="Reading")
READ = a_value(61.0, ref="value00009", kpi=READING.ref, version=7)


def known(*rows, but=()):
    """What stands here: the small trust and these rows, each in its first version unless it says another."""
    found = {subject.table: {} for subject in SUBJECTS}
    for row in (*SMALL_TRUST, *rows):
        found[OF[type(row)].table][row.ref] = replace(row, version=row.version or 1)
    for ref in but:
        for some in found.values():
            some.pop(ref, None)
    return found


def made(row, **changes):
    """What a change left that made a row."""
    table = OF[type(row)].table
    return Left(table, row.ref, None, data_of(BY_TABLE[table], row), False, False, row.version or 1)


def changed(before, after):
    table = OF[type(before)].table
    data = (data_of(BY_TABLE[table], row) for row in (before, after))
    return Left(table, before.ref, *data, before.archived, after.archived, 1)


def written(row, *, archived=False):
    table = OF[type(row)].table
    return Written(table, row.ref, data_of(BY_TABLE[table], row), 1, is_new=False, archived=archived)


def put_away(plan, *chosen):
    """The refs of the rows that undoing puts away."""
    fields = {(*key, "archived"): Take.FILE for key in chosen}
    rows = undone_rows(plan, Choices(fields=fields))
    return {row.ref for row in rows if row.archived or row.data.get("state") is State.WITHDRAWN}


# What stands on a row that the change made


def test_what_a_change_made_goes_together():
    plan = undoing([made(ORCHARD), made(BUS), made(ROUTE)], known(ORCHARD, BUS, ROUTE))
    assert put_away(plan) == {ORCHARD.ref, BUS.ref, ROUTE.ref}
    assert (plan.parts, plan.named_by) == ({}, {})


@pytest.mark.parametrize(
    "here",
    [
        (BUS, ROUTE, WORD),  # a word was said on it
        (BUS, replace(ROUTE, done_on=TODAY)),  # its milestone was worked on
        (replace(BUS, likelihood=3), ROUTE),  # it was worked on itself
    ],
)
def test_an_action_that_others_built_on_stays_with_all_its_parts_and_goes_with_them_once_chosen(here):
    plan = undoing([made(BUS), made(ROUTE)], known(*here))
    assert put_away(plan) == set()
    assert put_away(plan, ("action", BUS.ref)) == {row.ref for row in here}
    assert [change.ref for change in plan.changes] == [BUS.ref]


def test_a_kpi_that_was_given_another_value_since_keeps_those_that_came_with_it():
    later = replace(READ, ref="value00010", period=half_term(2026, 2), version=9)
    left = [made(READING), made(READ)]
    assert put_away(undoing(left, known(READING, READ))) == {READING.ref, READ.ref}
    plan = undoing(left, known(READING, READ, later))
    assert put_away(plan) == set()
    assert put_away(plan, ("kpi", READING.ref)) == {READING.ref, READ.ref, later.ref}


def test_what_another_row_came_to_name_stays_and_is_not_put_away_while_that_names_it():
    here = known(ORCHARD, an_action(supporters=(ORCHARD.ref,)))
    plan = undoing([made(ORCHARD)], here)
    assert put_away(plan) == set()
    assert plan.named_by == {("organisation", ORCHARD.ref): ("A-14 Breakfast club at Hazel Grange",)}
    assert wrong(here, written(ORCHARD, archived=True)) == [
        "The Orchard cannot be put away: A-14 Breakfast club at Hazel Grange names it. Change that first."
    ]


def test_what_the_change_alone_named_goes():
    before, after = an_action(), an_action(organisation=ORCHARD.ref)
    plan = undoing([made(ORCHARD), changed(before, after)], known(ORCHARD, after))
    assert put_away(plan) == {ORCHARD.ref}


def test_what_a_row_that_stays_names_stays_as_well():
    """The milestone was worked on, so the action stays; the organisation that leads it came with it."""
    bus = replace(BUS, organisation=ORCHARD.ref)
    plan = undoing([made(ORCHARD), made(bus), made(ROUTE)], known(ORCHARD, bus, replace(ROUTE, done_on=TODAY)))
    assert put_away(plan) == set()
    assert put_away(plan, ("action", bus.ref), ("organisation", ORCHARD.ref)) == {ORCHARD.ref, bus.ref, ROUTE.ref}


def test_a_value_of_which_only_the_note_was_corrected_since_is_a_conflict_too():
    (change,) = undoing([made(READ)], known(READING, replace(READ, note="Checked", version=9))).changes
    assert [one.outcome for one in change.fields] == [Outcome.CONFLICT]


@pytest.mark.parametrize(
    ("before", "after", "now", "found"),
    [
        (None, True, True, (Outcome.CHANGED, False)),  # nobody had set it: the default
        (True, False, False, (Outcome.CHANGED, True)),
        (True, False, True, None),  # it is back already
        (True, True, False, None),  # the change said what was said before
        (None, False, True, None),
    ],
)
def test_a_setting_goes_back_where_the_change_moved_it(before, after, now, found):
    plan = undoing([], {}, settings=[LeftSetting("monday_digest", before, after, now)])
    assert [(one.outcome, one.file) for one in plan.settings] == ([] if found is None else [found])


def test_a_number_that_was_set_otherwise_since_is_in_conflict():
    (one,) = undoing([], {}, settings=[LeftSetting("quiet_after", None, 30, 20)]).settings
    assert (one.outcome, one.file, one.ours, one.kept) == (Outcome.CONFLICT, 45, 20, 20)


# What may not be left


def wrong(here, *rows, by=LEADER, **more):
    return list(wrong_left(here, rows, by=by, on=TODAY, **more))


def test_rows_that_stand_as_they_did_are_not_asked_about():
    here = known()
    assert wrong(here, *(written(row) for row in SMALL_TRUST)) == []


TWICE = [
    (BUS, an_action(ref="action0008", code="a-24", title="Choir"), "A-24 was taken since: it is Choir now."),
    (READING, a_kpi(ref="kpi0000008", code="K-B01", title="Music"), "K-B01 was taken since: it is Music now."),
    (
        Element("element009", EDITION.ref, Part.PILLAR, 2, "Trust"),
        Element("element008", EDITION.ref, Part.PILLAR, 3, "trust "),
        "pillar 2 Trust would stand here beside pillar 3 trust , with the same version, part and words.",
    ),
    (
        Element("element009", EDITION.ref, Part.PILLAR, 2, "Trust"),
        Element("element008", EDITION.ref, Part.PILLAR, 2, "Care"),
        "pillar 2 Trust would stand here beside pillar 2 Care, with the same version, part and order.",
    ),
    (
        Milestone("mile000008", an_action().ref, "Room", date(2026, 12, 1)),
        Milestone("mile000007", an_action().ref, "ROOM", date(2026, 12, 2)),
        "A-14, Room would stand here beside A-14, ROOM, with the same action and milestone.",
    ),
    (
        Evidence("evidence08", an_action().ref, "Menu", TODAY, link="https://example.org"),
        Evidence("evidence07", an_action().ref, "Food", TODAY, link="https://example.org"),
        "with the same action and link",
    ),
    (a_target(ref="target0008", place=TRUST.ref), None, "with the same KPI, place and period"),
    (
        Query("query00008", a_kpi().ref, TRUST.ref, half_term(2026, 1), "Right?", TODAY),
        Query("query00007", a_kpi().ref, TRUST.ref, half_term(2026, 1), "Right?", TODAY),
        "with the same KPI, place, period, group and question",
    ),
]


@pytest.mark.parametrize(("row", "other", "words"), TWICE, ids=lambda one: type(one).__name__)
def test_no_two_rows_are_left_that_no_deed_would_let_stand_beside_each_other(row, other, words):
    there = () if other is None else (other,)
    (said,) = wrong(known(replace(row, archived=True), *there), written(row))
    assert words in said
    assert wrong(known(replace(row, archived=True), *(replace(one, archived=True) for one in there),
                       but=("target0001",)), written(row)) == []  # fmt: skip


def test_files_without_a_link_may_stand_beside_each_other():
    file = Evidence("evidence08", an_action().ref, "Menu", TODAY, file="menu.pdf")
    there = replace(file, ref="evidence07", title="Food", file="food.pdf")
    assert wrong(known(replace(file, archived=True), there), written(file)) == []


def test_a_question_that_was_settled_may_stand_beside_the_same_one():
    asked = Query("query00008", a_kpi().ref, TRUST.ref, half_term(2026, 1), "Right?", TODAY)
    settled = replace(asked, ref="query00007", answer="Yes.", answered_on=TODAY)
    assert wrong(known(replace(asked, archived=True), settled), written(asked)) == []


LEFT = Person("personleft", "Lena Left", Role.MEMBER, left_on=date(2026, 11, 6))
AWAY = replace(MEMBER, archived=True)
NO_MORE = replace(PILLAR, archived=True)
NO_WORK = Element("elementob2", EDITION.ref, Part.OBJECTIVE, 2, "A local workforce", archived=True)


@pytest.mark.parametrize(
    ("row", "there", "words"),
    [
        (
            an_action(pillars=(PILLAR.ref,)), (NO_MORE,),
            "would have pillar 1 Collaboration and accountability as its pillars again, and that was put away since.",
        ),
        (an_action(objective=NO_WORK.ref), (NO_WORK,),
         "would have objective B A local workforce as its objective again"),
        (an_action(owner=MEMBER.ref), (AWAY,), "would have Denise Member as its owner again, and that was put away"),
        (an_action(owner=LEFT.ref), (LEFT,), "Lena Left as its owner again, who left on 06 Nov 2026. Give A-14"),
        (a_kpi(owner=LEFT.ref), (LEFT,), "Give K-A02 Persistent absence another owner first."),
        (ROUTE, (replace(BUS, archived=True),),
         "A-24, Route drawn belongs to A-24 Walking bus, which was put away since. Bring that back first."),
        (replace(WORD, action=an_action().ref), (AWAY,), ""),  # who said it stands beside it for ever
        (an_action(carried_from=BUS.ref), (replace(BUS, archived=True),), ""),
    ],
)  # fmt: skip
def test_nothing_is_left_that_names_what_was_put_away_since(row, there, words):
    stands = () if row.ref in (an_action().ref, a_kpi().ref) else (replace(row, archived=True),)
    said = wrong(known(*there, *stands), written(row))
    assert len(said) == bool(words)
    assert words in "".join(said)


def test_what_named_it_all_along_is_not_asked_about():
    action, other = an_action(pillars=(PILLAR.ref,)), replace(PILLAR, ref="elementpi2", position=2, words="Trust")
    both = replace(action, likelihood=3, pillars=(PILLAR.ref, other.ref))
    assert wrong(known(action, NO_MORE, other), written(both)) == []


def test_whoever_undoes_it_can_undo_it_again():
    for row, archived in ((LEADER, True), (replace(LEADER, role=Role.GOVERNOR), False)):
        (said,) = wrong(known(), written(row, archived=archived))[:1]
        assert "Ask another trust leader" in said
    assert wrong(known(), written(replace(LEADER, job="Head"))) == []


@pytest.mark.parametrize(("others", "refused"), [(BOARD_SET_MOST - 1, False), (BOARD_SET_MOST, True)])
def test_no_more_than_a_board_can_read_are_left_in_its_set(others, refused):
    numbers = count(10)
    there = [a_kpi(ref=f"kpi00000{(n := next(numbers))}", code=f"K-C{n}", board_set=True) for _ in range(others)]
    said = wrong(known(*there), written(a_kpi(board_set=True)))
    assert said == ["The board set of 2025-2027 would hold 13 KPIs, and a board can read 12. Unpin 1 first."] * refused


def test_a_board_set_that_is_too_long_already_keeps_what_is_in_it():
    there = [a_kpi(ref=f"kpi00000{n}", code=f"K-C{n}", board_set=True) for n in range(10, 23)]
    assert wrong(known(*there), written(replace(there[0], title="Renamed"))) == []


@pytest.mark.parametrize(
    ("kpi", "words"),
    [
        (a_kpi(), ""),
        (a_kpi(frequency=Frequency.TERMLY), "wanted the period of a termly KPI"),
        (a_kpi(measure=Measure.COUNT), "24.1 cannot be right: wanted a whole number, 0 or more: the KPI is a count"),
    ],
)
def test_no_figure_is_left_that_its_kpi_as_it_is_now_cannot_have(kpi, words):
    for row in (a_value(24.1), a_target(number=24.1)) if kpi.measure is Measure.PERCENTAGE else (a_value(24.1),):
        away = {"state": State.WITHDRAWN} if row.ref.startswith("value") else {"archived": True}
        said = wrong(known(kpi, replace(row, **away)), written(row))
        assert len(said) == bool(words)
        assert words in "".join(said)


@pytest.mark.parametrize(
    ("action", "row", "words"),
    [
        (an_action(starts_on=date(2026, 12, 1)), replace(ROUTE, action=an_action().ref, due_on=date(2026, 11, 30)),
         "due 30 Nov 2026 would come before start 01 Dec 2026"),
        (an_action(starts_on=date(2026, 12, 1)), replace(ROUTE, action=an_action().ref, due_on=date(2026, 12, 1)), ""),
        (an_action(), an_action(expected_by=date(2026, 4, 12)),
         "by when 12 Apr 2026 would come before start 13 Apr 2026"),
        (an_action(), an_action(expected_by=date(2026, 4, 13)), ""),
    ],
)  # fmt: skip
def test_no_dates_are_left_out_of_order(action, row, words):
    stands = () if row.ref == action.ref else (replace(row, due_on=date(2027, 1, 15)),)
    said = wrong(known(action, *stands), written(row))
    assert len(said) == bool(words)
    assert words in "".join(said)


# The calendar and the meetings

AUTUMN_1, AUTUMN_2 = (x for x in CALENDAR_LINES if x.year == 2026 and x.index in (1, 2))
BOARD = Meeting(
    "meeting001", "Board", "board", date(2026, 11, 24),
    reports=half_term(2026, 1), opens_on=date(2026, 11, 2), closes_on=date(2026, 11, 20),
)  # fmt: skip


def test_no_year_is_left_whose_half_terms_overlap_unless_they_do_already():
    late = replace(AUTUMN_1, ends_on=AUTUMN_2.starts_on)
    (said,) = wrong(known(), written(late))
    assert said.startswith("Autumn 2 begins on Mon\N{NO-BREAK SPACE}2")
    assert said.endswith("Set the dates on the calendar instead.")
    assert wrong(known(late), written(replace(late, note="Agreed"))) == []
    own = replace(AUTUMN_2, ref="calline900", place=HAZEL.ref, starts_on=date(2026, 10, 26))
    assert "At" not in "".join(wrong(known(own), written(replace(AUTUMN_1, ends_on=date(2026, 10, 25)))))
    assert wrong(known(own), written(replace(AUTUMN_1, ends_on=date(2026, 10, 26)))) != []


@pytest.mark.parametrize(
    ("what", "undone"),
    [
        (a_value(), written(a_value(state=State.WITHDRAWN))),
        (a_target(period=half_term(2026, 1)), written(a_target(), archived=True)),
        (a_kpi(baseline_period=half_term(2026, 1)), written(a_kpi())),
        (BOARD, written(BOARD, archived=True)),
    ],
)
def test_no_half_term_is_left_without_dates_that_something_names(what, undone):
    gone = written(AUTUMN_1, archived=True)
    (said,) = [words for words in wrong(known(what), gone) if "no dates" in words]
    assert said.startswith("Autumn 1, 2026/27 would have no dates, and 1 ")
    assert wrong(known(what), gone, undone) == []  # it goes along


def test_no_day_off_is_left_twice():
    off = CalendarLine("calloff001", CalendarKind.CLOSED, 2026, 1, TODAY, TODAY)
    again = replace(off, ref="calloff002", index=2)
    (said,) = wrong(known(replace(off, archived=True), again), written(off))
    assert "is a day off already" in said


def test_a_meeting_is_left_as_meetings_can_be():
    closed = replace(BOARD, closes_on=date(2026, 11, 6))
    assert wrong(known(closed), written(replace(closed, note="Moved"))) == []
    late = replace(BOARD, papers_on=date(2026, 11, 25))
    assert wrong(known(late), written(replace(late, note="Moved"))) == []  # so it stands already
    (said,) = wrong(known(closed), written(BOARD))
    assert said == "The window of Board, 24 Nov 2026 has closed. Say why it is changed now."
    assert wrong(known(closed), written(BOARD), why="A late return") == []
    (said,) = wrong(known(BOARD), written(replace(BOARD, opens_on=date(2026, 11, 21))))
    assert said.startswith("Board, 24 Nov 2026: The window would close on")
    assert wrong(known(BOARD), written(BOARD, archived=True), frozen={BOARD.ref}) != []
    assert wrong(known(BOARD), written(BOARD, archived=True), frozen={AGNES.ref, OBJECTIVE.ref}) == []
