"""Since when, what is told first, and the whole account: pure readings of two pictures."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.kpis.kpi import Note, NoteKind, ReportedBy
from framework.meetings import Meeting
from framework.picture.account import account
from framework.picture.compare import compare
from framework.picture.review import Filter, attention, by_part
from framework.picture.since import changes_since, end_of_day, meeting_words, past_meetings, since_words, usual_since
from framework.picture.telling import arrivals, concern, foremost
from framework.picture.told import NO_REASON
from framework.plans import Status
from framework.settings import Settings
from tests.conftest import (
    AGNES,
    EDITION,
    HAZEL,
    OBJECTIVE,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    an_action,
    an_update,
    half_term,
)
from tests.rules.compared import JULY, NOVEMBER, a_picture, changes, july, section

BOARD = Meeting("meeting001", "Board of trustees", "board", JULY)
EARLIER = Meeting("meeting002", "Board of trustees", "board", date(2026, 3, 24))
COMMITTEE = Meeting("meeting003", "Education committee", "committee", date(2026, 10, 6))
NEXT = Meeting("meeting004", "Board of trustees", "board", date(2026, 11, 24))


# Since when


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (JULY, datetime(2026, 7, 7, 22, 59, 59, 999999, tzinfo=UTC)),
        (NOVEMBER, datetime(2026, 11, 13, 23, 59, 59, 999999, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_day_ends_when_it_does_in_london(day: date, moment: datetime) -> None:
    assert end_of_day(day) == moment


def test_boards_come_first_and_meetings_to_come_not_at_all() -> None:
    picture = a_picture(BOARD, EARLIER, COMMITTEE, NEXT)
    assert past_meetings(picture) == (BOARD, EARLIER, COMMITTEE)
    assert usual_since(picture) == JULY


def test_without_a_board_another_meeting_without_meetings_the_versions_start() -> None:
    assert usual_since(a_picture(COMMITTEE)) == COMMITTEE.on
    assert usual_since(a_picture()) == EDITION.starts_on
    assert usual_since(a_picture(replace(EDITION, starts_on=date(2027, 9, 1)))) == date(2026, 10, 16)


def test_a_meeting_today_is_not_one_to_look_back_to() -> None:
    assert past_meetings(a_picture(replace(BOARD, on=NOVEMBER))) == ()


def test_the_trusts_word_for_its_board_is_used() -> None:
    picture = replace(a_picture(BOARD, COMMITTEE), settings=Settings(word_for_board="trustees"))
    assert meeting_words(picture, BOARD) == "Trustees, Tue\u00a07\u00a0Jul\u00a02026"
    assert since_words(picture, JULY) == "the trustees on Tue\u00a07\u00a0Jul\u00a02026"
    assert since_words(picture, COMMITTEE.on) == "the Education committee on Tue\u00a06\u00a0Oct\u00a02026"
    assert since_words(picture, date(2026, 7, 8)) == "Wed\u00a08\u00a0Jul\u00a02026"


def test_changes_are_kept_with_the_later_picture_for_each_view() -> None:
    before, after = july(), a_picture(an_action(status=Status.DONE))
    found = changes_since(before, after, EDITION.ref, Filter())
    assert changes_since(before, after, EDITION.ref, Filter()) is found
    assert changes_since(before, after, EDITION.ref, Filter(school=HAZEL.ref)).done == ()
    assert found.done == (an_action(status=Status.DONE),)


# What is told first


def test_late_silent_and_blocked_take_turns() -> None:
    late = [an_action(ref=f"actionlat{n}", code=f"L-{n}", due_on=date(2026, 10, n + 1)) for n in range(6)]
    far = date(2027, 7, 1)
    quiet = an_action(ref="actionqui1", code="Q-1", due_on=far)
    blocked = an_action(ref="actionblo1", code="B-1", due_on=far, status=Status.BLOCKED, added_on=date(2026, 11, 2))
    words = [an_update(ref=f"updatelat{n}", action=a.ref, on=date(2026, 11, 2)) for n, a in enumerate((*late, blocked))]
    picture = a_picture(an_action(status=Status.DONE), *late, quiet, blocked, *words)
    found = attention(picture, EDITION.ref, Filter())
    assert len(found.actions) == 8
    assert [a.code for a in foremost(found, 4)] == ["L-0", "L-1", "Q-1", "B-1"]
    assert [a.code for a in foremost(found, 99)] == [a.code for a, _ in found.actions]


def test_a_concern_counts_and_then_lets_the_owner_speak() -> None:
    blocked = an_action(status=Status.BLOCKED)
    said = an_update(status=Status.BLOCKED, in_the_way="No cook.", on=date(2026, 11, 2))
    assert concern(a_picture(blocked, said), blocked) == "10\u00a0school days late, blocked: no cook"
    assert concern(a_picture(blocked), blocked) == "10\u00a0school days late, blocked"


# The whole account


def test_nothing_changed_is_an_empty_account() -> None:
    before = july(an_action(due_on=date(2027, 7, 1)), an_update(on=date(2026, 7, 6)))
    after = replace(before, change=9)
    assert account(before, after, changes(before, after)) == ()


def test_done_says_how_many_have_evidence() -> None:
    shown = an_action(status=Status.DONE, evidence="Register of mornings")
    told = an_action(ref="action0002", code="A-15", status=Status.DONE)
    said = an_update(ref="update0002", action=told.ref, words="It runs itself.", status=Status.DONE)
    after = a_picture(shown, told, said)
    found = section(july(an_action(), an_action(ref="action0002", code="A-15")), after, "Done")
    assert found.note == "1 with evidence, 1 on the owner's word"
    assert [line.why for line in found.lines] == [
        "Evidence: Register of mornings",
        "It runs itself. (21\u00a0Sep\u00a02026)",
    ]


def test_a_moved_date_brings_its_reason_or_says_that_none_was_given() -> None:
    moved = an_action(due_on=date(2027, 1, 8))
    said = an_update(new_due_on=date(2027, 1, 8), moved_because="waiting for partner")
    (line,) = section(july(an_action()), a_picture(moved, said), "Dates moved").lines
    assert (line.then, line.now, line.why) == ("23\u00a0Oct\u00a02026", "8\u00a0Jan\u00a02027", "Waiting for partner")
    (line,) = section(july(an_action()), a_picture(moved), "Dates moved").lines
    assert line.why == NO_REASON


def test_a_moved_target_shows_both_and_why() -> None:
    after = a_picture(a_target(number=22.0, reason="The trust agreed a slower path."))
    (line,) = section(july(), after, "Targets set or moved").lines
    assert line.then == "20\u00a0% by Summer 2, 2026/27"
    assert line.now == "22\u00a0% by Summer 2, 2026/27, which is easier"
    assert line.why == "The trust agreed a slower path."


def a_note(**changed: Any) -> Note:
    """Flu in Autumn 1, 2026/27, at every place."""
    note = Note("note000001", "kpi0000001", half_term(2026, 1), NoteKind.EVENT, "Flu closed two classes.", version=1)
    return replace(note, **changed)


@pytest.mark.parametrize(
    ("kind", "title", "head"),
    [
        (NoteKind.EVENT, "Notes on KPIs", "When"),
        (NoteKind.NEW_LIMITS, "Usual ranges begun anew", "From"),
        (NoteKind.NEW_DEFINITION, "Measured in another way", "From"),
    ],
)
def test_each_kind_of_note_is_told_apart_with_its_reason(kind: NoteKind, title: str, head: str) -> None:
    before, after = july(), a_picture(a_note(kind=kind))
    assert [s.title for s in account(before, after, changes(before, after)) if s.lines[0].table == "kpi"] == [title]
    found = section(before, after, title)
    (line,) = found.lines
    assert found.heads == ("", head, "Why")
    assert (line.table, line.ref, line.name) == ("kpi", "kpi0000001", "Persistent absence")
    assert (line.now, line.why) == ("Autumn 1, 2026/27", "Flu closed two classes.")


def test_a_new_definition_is_told_in_its_words() -> None:
    new = a_note(kind=NoteKind.NEW_DEFINITION, definition="Days, not sessions.")
    (line,) = section(july(), a_picture(new), "Measured in another way").lines
    assert line.why == "Flu closed two classes. It now reads: Days, not sessions."


def test_a_note_in_other_words_shows_what_it_said_before() -> None:
    (line,) = section(july(a_note()), a_picture(a_note(words="Flu closed three.", version=2)), "Notes on KPIs").lines
    assert line.why == "Flu closed three. It said before: Flu closed two classes."


def test_a_note_that_was_taken_back_is_told_too() -> None:
    (line,) = section(july(a_note()), a_picture(a_note(archived=True, version=2)), "Notes on KPIs").lines
    assert (line.now, line.why) == ("Autumn 1, 2026/27: taken back", "Flu closed two classes.")


def test_a_note_that_stood_there_before_is_no_change() -> None:
    assert changes(july(a_note()), a_picture(a_note())).noted == ()


def test_a_school_s_view_shows_the_notes_on_its_own_line_and_on_every_line() -> None:
    rows = (
        a_kpi(reported_by=ReportedBy.SCHOOLS),
        a_note(),
        a_note(ref="note000002", place=HAZEL.ref),
        a_note(ref="note000003", place=AGNES.ref),
    )
    found = compare(july(), a_picture(*rows), EDITION.ref, Filter(school=HAZEL.ref))
    assert [n.note.ref for n in found.noted] == ["note000001", "note000002"]
    (_, line) = section(july(), a_picture(*rows[:3]), "Notes on KPIs").lines
    assert line.name == f"Persistent absence, {HAZEL.name}"


def test_blocked_says_what_it_was_and_what_is_in_the_way() -> None:
    blocked = an_action(status=Status.BLOCKED)
    said = an_update(status=Status.BLOCKED, in_the_way="No cook")
    (line,) = section(july(an_action()), a_picture(blocked, said), "Blocked").lines
    assert (line.then, line.why, line.who) == ("On track", "No cook", "Priya Leader")


def test_a_correction_shows_old_new_and_why_to_the_digit_that_differs() -> None:
    old = a_value(24.10, version=4)
    new = replace(old, number=24.14, version=8, corrects=True, note="Late joiners")
    (line,) = section(july(values=(old,)), a_picture(values=(new,)), "Figures corrected").lines
    assert (line.then, line.now, line.why) == ("24.1\u00a0%", "24.14\u00a0%", "Late joiners")
    assert line.name == f"Persistent absence, {TRUST.name}, Autumn 1, 2026/27"


def test_figures_that_came_in_are_counted_by_kpi() -> None:
    values = tuple(
        a_value(24.0 + n, ref=f"value0000{n}", place=place, period=half_term(2025, n), version=8)
        for n in (1, 2, 3)
        for place in (TRUST.ref, HAZEL.ref)
    )
    after = a_picture(values=values)
    (found,) = arrivals(after, changes(july(), after).arrived)
    assert (found.count, found.newest) == (6, "Spring 1, 2025/26")
    assert [place.name for place in found.places] == [TRUST.name, HAZEL.name]
    (line,) = section(july(), after, "Figures that came in").lines
    assert line.now == "6 values, the newest for Spring 1, 2025/26"


# A view of one element


def test_a_view_of_one_objective_shows_that_objective_alone() -> None:
    other = replace(OBJECTIVE, ref="elementob2", position=2, words="Communities")
    picture = a_picture(other)
    whole = by_part(picture, EDITION.ref, OBJECTIVE.part, Filter())
    one = by_part(picture, EDITION.ref, OBJECTIVE.part, Filter((other.ref,)))
    assert [row.element for row in whole] == [OBJECTIVE, other]
    assert [row.element for row in one] == [other]
