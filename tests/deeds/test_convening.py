"""Convening: meetings added, changed and cancelled; a window opened, closed and reopened in one move."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from framework.deeds.convening import (
    add_meeting,
    cancel_meeting,
    change_meeting,
    close_window,
    open_window,
    reopen_window,
)
from framework.deeds.freezing import freeze
from framework.errors import Conflict, NotAllowed, Unknown, ValueRefused
from framework.meetings import WindowState, window_state
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.picture.after_closing import changed_after
from framework.store.closings import closing_of, last_told
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from framework.subjects import MEETINGS, data_of
from framework.workbook.sense import senseless
from tests.conftest import (
    ADMINISTRATOR,
    GOVERNOR,
    HAZEL,
    LEADER,
    NOW,
    SCHOOL_CONTACT,
    TODAY,
    TRUST,
    a_target,
    a_value,
    half_term,
    put,
)
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401
from tests.rules.test_meetings import AUTUMN, a_meeting

BOARD = "meeting001"
FACTS = {"title": "Board of trustees", "on": date(2026, 11, 24), "kind": "board"}


@pytest.fixture
def held(store):
    """The board of 24 November, whose window is open from 24 October to 16 November."""
    put(store, a_meeting(), now=NOW)
    return store


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def board(store):
    return picture(store).meetings[BOARD]


def state(store):
    return window_state(board(store), TODAY)


def told(store):
    """The deed and the reason of the newest change to the meeting, and how many rows the ledger has of it."""
    rows = told_of_row(store, picture(store), "meeting", BOARD)
    return rows[0].told.deed, rows[0].told.reason, len(rows)


def test_a_meeting_is_added_with_what_was_said_of_it(store):
    window = {"reports": AUTUMN, "opens_on": date(2026, 10, 24), "closes_on": date(2026, 11, 16)}
    ref = add_meeting(store, by=LEADER, now=NOW, facts={**FACTS, **window, "audience": "board"})
    made = picture(store).meetings[ref]
    assert (made.title, made.reports, made.audience, made.version) == ("Board of trustees", AUTUMN, Audience.BOARD, 1)


@pytest.mark.parametrize(("facts", "words"), [
    ({"title": " "}, "has no title"),
    ({"on": None}, "has no date"),
    ({"reports": AUTUMN}, "Say on which days"),
    ({"place": TRUST.ref}, "is a school"),
    ({"closed_on": TODAY}, "cannot be said here"),
    ({"title": "BOARD of trustees", "on": date(2026, 11, 24)}, "is here already"),
    ({"kind": "x" * 400}, "Shorten it"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(held, facts, words):
    before = picture(held).change
    with pytest.raises(ValueRefused, match=words):
        add_meeting(held, by=LEADER, now=NOW, facts={**FACTS, "on": date(2026, 12, 1), **facts})
    assert picture(held).change == before


@pytest.mark.parametrize("by", [ADMINISTRATOR, SCHOOL_CONTACT, GOVERNOR, replace(LEADER, looking_back=True)])
def test_only_a_leader_of_today_may_close_a_window(held, by):
    with pytest.raises(NotAllowed):
        close_window(held, by=by, now=NOW, meeting=BOARD, seen=1)
    assert state(held) is WindowState.OPEN


def test_closing_opening_again_and_opening_early_are_one_change_each(held):
    close_window(held, by=LEADER, now=NOW, meeting=BOARD, seen=1, why="Papers go out early.")
    assert (state(held), told(held)) == (WindowState.CLOSED, ("close window", "Papers go out early.", 2))
    reopen_window(held, by=LEADER, now=NOW, meeting=BOARD, until=TODAY, seen=2, why="Two schools were ill.")
    assert (state(held), board(held).closes_on, told(held)[0]) == (WindowState.OPEN, TODAY, "reopen window")
    change_meeting(held, by=LEADER, now=NOW, meeting=BOARD, facts={"opens_on": date(2026, 11, 14)} | LATE, seen=3)
    open_window(held, by=LEADER, now=NOW, meeting=BOARD, seen=4)
    assert (state(held), board(held).opens_on, told(held)[2]) == (WindowState.OPEN, TODAY, 5)


LATE = {"closes_on": date(2026, 11, 16)}
CLOSED = {"closed_on": date(2026, 11, 10)}


@pytest.mark.parametrize(("stands", "deed", "given", "words"), [
    ({}, open_window, {}, "It is open"),
    (CLOSED, open_window, {}, "It is closed"),
    (CLOSED, close_window, {}, "It is closed"),
    ({"opens_on": date(2026, 11, 14)}, close_window, {}, "It is not open yet"),
    ({"reports": None, "opens_on": None, "closes_on": None}, close_window, {}, "It has no window"),
    ({}, reopen_window, {"until": TODAY, "why": "late"}, "It is open"),
    (CLOSED, reopen_window, {"until": date(2026, 11, 12), "why": "late"}, "is past"),
    (CLOSED, reopen_window, {"until": TODAY, "why": " "}, "Say why"),
])  # fmt: skip
def test_a_window_that_stands_otherwise_is_not_moved(store, stands, deed, given, words):
    put(store, a_meeting(**stands), now=NOW)
    with pytest.raises(ValueRefused, match=words):
        deed(store, by=LEADER, now=NOW, meeting=BOARD, seen=1, **given)
    assert board(store).version == 1


def test_a_leader_who_did_not_see_the_newest_is_told_so(held):
    close_window(held, by=LEADER, now=NOW, meeting=BOARD, seen=1)
    with pytest.raises(Conflict):
        reopen_window(held, by=LEADER, now=NOW, meeting=BOARD, until=TODAY, seen=1, why="late")
    with pytest.raises(Unknown):
        close_window(held, by=LEADER, now=NOW, meeting="nosuchmeet", seen=1)


def test_what_a_closed_window_covers_moves_for_a_reason_and_its_title_without(held):
    close_window(held, by=LEADER, now=NOW, meeting=BOARD, seen=1)
    moved = {"meeting": BOARD, "facts": {"reports": half_term(2026, 2)}, "seen": 2}
    with pytest.raises(ValueRefused, match="Its window has closed"):
        change_meeting(held, by=LEADER, now=NOW, **moved)
    change_meeting(held, by=LEADER, now=NOW, meeting=BOARD, facts={"title": "Trustees"}, seen=2)
    change_meeting(held, by=LEADER, now=NOW, **{**moved, "seen": 3}, why="The wrong one was chosen.")
    assert (board(held).title, board(held).reports) == ("Trustees", half_term(2026, 2))
    with pytest.raises(ValueRefused, match="Nothing differs"):
        change_meeting(held, by=LEADER, now=NOW, meeting=BOARD, facts={"title": "Trustees"}, seen=4)


def test_a_cancelled_meeting_leaves_the_list_with_its_reason(held):
    with pytest.raises(ValueRefused, match="Say why"):
        cancel_meeting(held, by=LEADER, now=NOW, meeting=BOARD, seen=1, why="")
    cancel_meeting(held, by=LEADER, now=NOW, meeting=BOARD, seen=1, why="Snow.")
    assert (BOARD in picture(held).meetings, told(held)[1]) == (False, "Snow.")


def test_a_meeting_with_a_frozen_copy_is_not_cancelled(held):
    freeze(held, by=LEADER, now=NOW, meeting=BOARD)
    with pytest.raises(ValueRefused, match="A copy was frozen"):
        cancel_meeting(held, by=LEADER, now=NOW, meeting=BOARD, seen=1, why="Snow.")


# From when on a window counts as shut


def closing(store):
    return closing_of(store, picture(store), board(store))


def test_a_window_that_followed_its_days_closed_at_the_end_of_the_last(store):
    put(store, a_meeting(closes_on=date(2026, 11, 12)))
    assert closing(store).at.isoformat() == "2026-11-12T23:59:59.999999+00:00"
    assert (closing(store).change, closing(store).by) == (None, "")


def test_one_that_was_closed_by_hand_closed_with_that_change_whatever_was_said_of_the_meeting_later(held):
    close_window(held, by=LEADER, now=NOW, meeting=BOARD, seen=1)
    number = picture(held).change
    change_meeting(held, by=LEADER, now=NOW, meeting=BOARD, facts={"note": "In the hall."}, seen=2)
    assert (closing(held).at, closing(held).change, closing(held).by) == (NOW, number, LEADER.name)


def test_one_that_was_written_down_after_its_last_day_closed_when_it_was(store):
    number = put(store, a_meeting(closes_on=date(2026, 11, 2)), now=NOW)
    assert (closing(store).at, closing(store).change) == (NOW, number)


def test_an_open_window_has_not_closed(held):
    assert closing(held) is None


@BOTH_DATABASES
def test_who_last_wrote_a_figure_and_why_is_read_at_once(store):
    closed = picture(store)
    put(store, a_value(place=HAZEL.ref, note="late register"), now=NOW, by=LEADER)
    put(store, a_target(period=AUTUMN, ref="target0002"), now=NOW, by=ADMINISTRATOR)
    now = picture(store)
    found = last_told(store, now, changed_after(closed, now, a_meeting()))
    assert {ref: (told.by, told.reason) for ref, told in found.items()} == {
        "value00001": (LEADER.name, "late register"),
        "target0002": (ADMINISTRATOR.name, ""),
    }


@pytest.mark.parametrize(("changes", "field"), [
    ({}, None),
    ({"closes_on": date(2026, 10, 24)}, None),
    ({"closes_on": date(2026, 10, 23)}, "closes_on"),
    ({"reports": None}, "reports"),
    ({"reports": Period(PeriodKind.MONTH, 2026, 2)}, "reports"),
])  # fmt: skip
def test_a_file_s_windows_are_asked_the_same(changes, field):
    row = SimpleNamespace(ref=BOARD, data=data_of(MEETINGS, a_meeting(**changes)), as_before=False)
    found = senseless("meeting", row, SimpleNamespace(whole=lambda table, ref: {}))
    assert [one.field for one in found] == ([] if field is None else [field])
