"""Which moment an address asks for: what is refused, what it is called, where a day ends, what can be chosen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.errors import ValueRefused
from framework.meetings import FrozenCopy, Meeting
from framework.periods import local_day
from framework.picture.moments import choices, file_name, moment_of
from framework.picture.since import end_of_day
from tests.conftest import TODAY
from tests.rules.pictured import a_picture

FIRST = date(2026, 4, 13)
BOARD = Meeting("meetboard1", "Board of trustees", "board", date(2026, 7, 7))
COPY = FrozenCopy(
    ref="copy000001",
    meeting=BOARD.ref,
    title="Board of trustees",
    met_on=date(2026, 7, 7),
    change=5,
    as_at=datetime(2026, 7, 7, 15, 30, tzinfo=UTC),
    on=date(2026, 7, 7),
    schema=4,
    sha256="0" * 64,
    size=1,
)


def plain(words):
    return str(words).replace("\N{NO-BREAK SPACE}", " ")


def looked_at(asked, *meetings, copies=(), first=FIRST):
    """What an address asks for, told today, Fri 13 Nov 2026, where the ledger begins on 13 Apr 2026."""
    return moment_of(asked, replace(a_picture(*meetings), frozen=tuple(copies)), first)


@pytest.mark.parametrize("asked", [None, "", TODAY.isoformat()], ids=["nothing", "empty", "today"])
def test_an_address_without_a_past_day_is_today(asked):
    assert looked_at(asked) is None


@pytest.mark.parametrize("day", ["2026-04-13", "2026-11-12"], ids=["the first", "yesterday"])
def test_a_day_from_the_first_entry_to_yesterday_is_looked_at_as_it_ended(day):
    found = looked_at(day)
    assert (found.day.isoformat(), found.as_at, found.change) == (day, end_of_day(found.day), None)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("2026-04-12", "Nothing had been recorded by Sun 12 Apr 2026: the first entry here is of Mon 13 Apr 2026."),
        ("0001-01-01", "the first entry here is of Mon 13 Apr 2026. Choose a later day."),
        ("2026-11-14", "Sat 14 Nov 2026 is yet to come, so nothing is known of it. Choose a day up to today."),
        ("9999-12-31", "is yet to come"),
        *((asked, "is no day, such as 2026-07-07, and no frozen copy that is kept here") for asked in (
            "yesterday", "2026-02-30", "07/07/2026", "20260707", "2026-W28-2", " 2026-07-07", "2026-07-07T10:00",
            "copy000002", "<script>", "2026-13-01", "-1", "x" * 5000,
        )),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_refused_in_a_sentence(asked, why):
    with pytest.raises(ValueRefused, match="Choose") as refusal:
        looked_at(asked, copies=[COPY])
    assert why in plain(refusal.value)


def test_an_empty_ledger_has_no_past():
    with pytest.raises(ValueRefused, match="nothing is recorded here yet"):
        looked_at("2026-07-07", first=None)


@given(text=st.text(max_size=40))
def test_anything_else_in_the_address_is_refused_and_nothing_worse(text):
    try:
        found = looked_at(text)
    except ValueRefused:
        return
    assert found is None or found.day.isoformat() == text


# What a moment is called


def test_a_day_on_which_meetings_met_names_them():
    committee = Meeting("meetcommit", "Finance, audit and risk committee", "committee", BOARD.on)
    words = plain(looked_at("2026-07-07", BOARD, committee).words)
    met = "the day of the board and of the Finance, audit and risk committee"
    assert words == f"the end of Tue 7 Jul 2026, {met}"
    assert plain(looked_at("2026-07-08", BOARD).words) == "the end of Wed 8 Jul 2026"
    assert plain(looked_at("2026-07-07", replace(BOARD, archived=True)).words) == "the end of Tue 7 Jul 2026"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ([BOARD], ""),
        ([replace(BOARD, title="Trustees")], ""),
        ([replace(BOARD, on=date(2026, 7, 9))], ", since moved to Thu 9 Jul 2026"),
        ([replace(BOARD, archived=True)], ", a meeting that was since taken away"),
        ([], ", a meeting that was since taken away"),
    ],
    ids=["as it was", "renamed", "moved", "archived", "gone"],
)
def test_a_copy_is_of_its_own_change_and_says_what_became_of_its_meeting(now, words):
    found = looked_at(COPY.ref, *now, copies=[COPY])
    assert plain(found.words) == f"the copy frozen for Board of trustees, Tue 7 Jul 2026{words}"
    assert (found.change, found.as_at, found.day, found.copy) == (5, COPY.as_at, COPY.on, COPY)


def test_a_copy_says_when_it_was_frozen_where_its_meeting_does_not():
    early = replace(COPY, on=date(2026, 7, 6), as_at=datetime(2026, 7, 6, 9, 5, tzinfo=UTC))
    words = "the copy frozen for Board of trustees, Tue 7 Jul 2026 (frozen on "
    assert plain(looked_at(COPY.ref, BOARD, copies=[early]).words) == f"{words}Mon 6 Jul 2026)"
    again = replace(COPY, ref="copy000002", as_at=datetime(2026, 7, 7, 16, 0, tzinfo=UTC))
    assert plain(looked_at(COPY.ref, BOARD, copies=[COPY, again]).words) == f"{words}Tue 7 Jul 2026 at 16:30)"
    assert plain(looked_at(again.ref, BOARD, copies=[COPY, again]).words) == f"{words}Tue 7 Jul 2026 at 17:00)"


def test_the_meetings_since_the_first_entry_and_the_copies_can_be_chosen_newest_first():
    before = Meeting("meetbefore", "Board of trustees", "board", FIRST - timedelta(days=1))
    at_first = Meeting("meetfirst1", "Education committee", "committee", FIRST)
    today = Meeting("meettoday1", "Community Task Force", "task force", TODAY)
    picture = replace(a_picture(before, at_first, BOARD, today), frozen=(COPY,))
    assert [(asked, plain(words)) for asked, words in choices(picture, FIRST)] == [
        ("copy000001", "Copy frozen for Board of trustees, Tue 7 Jul 2026"),
        ("2026-07-07", "Board, Tue 7 Jul 2026"),
        ("2026-04-13", "Education committee, Mon 13 Apr 2026"),
    ]
    assert all(moment_of(asked, picture, FIRST) is not None for asked, _ in choices(picture, FIRST))


def test_a_download_of_the_past_carries_its_day_in_its_name():
    assert file_name("actions", ".xlsx", TODAY, None) == "actions-2026-11-13.xlsx"
    assert file_name("actions", ".xlsx", TODAY, looked_at("2026-07-07")) == "actions-as-at-2026-07-07.xlsx"
    copy = looked_at(COPY.ref, BOARD, copies=[COPY])
    assert file_name("actions", ".xlsx", TODAY, copy) == "actions-as-at-2026-07-07-copy.xlsx"


# Where a day ends. Clocks go back on Sun 25 Oct 2026 and forward on Sun 28 Mar 2027, at 01:00 UTC.


@pytest.mark.parametrize(
    ("recorded", "day"),
    [
        (datetime(2026, 10, 24, 22, 59, 59, 999999, UTC), date(2026, 10, 24)),  # 23:59 in summer time
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # 00:30 in summer time
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # 23:30 in winter time
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), date(2027, 3, 28)),  # in winter time still
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 0, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2027, 3, 29, 0, 30, tzinfo=UTC), date(2027, 3, 29)),  # 01:30 in summer time
    ],
)
def test_what_was_recorded_belongs_to_the_day_it_was_in_london(recorded, day):
    assert local_day(recorded) == day
    assert end_of_day(day - timedelta(days=1)) < recorded <= end_of_day(day)


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_ends_just_before_the_next_begins(day):
    assert local_day(end_of_day(day)) == day
    assert local_day(end_of_day(day) + timedelta(microseconds=1)) == day + timedelta(days=1)
