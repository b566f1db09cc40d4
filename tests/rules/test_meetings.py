"""Meetings, what their windows cover, and what shuts a figure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from framework.meetings import (
    FrozenCopy,
    LockKind,
    Meeting,
    WindowState,
    audience_of_meeting,
    covers,
    lock_of,
    window_state,
    wrong_meeting,
)
from framework.people import Audience
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind, week_of
from framework.picture.locked import lock_on, lock_words, shut_among, shut_words
from framework.picture.windows import Covered, covered_by, until_words, window_words
from tests.conftest import AGNES, CALENDAR, CALENDAR_LINES, HAZEL, TODAY, TRUST, a_kpi, a_target, a_value, half_term
from tests.rules.pictured import a_picture

AUTUMN = half_term(2026, 1)  # 1 Sep to 23 Oct 2026; the next begins on 2 Nov
OPENS, CLOSES = date(2026, 10, 24), date(2026, 11, 16)


def a_meeting(**changes):
    """The board of 24 November 2026, to which Autumn 1 is reported from 24 October to 16 November."""
    board = Meeting(
        "meeting001",
        "Board of trustees",
        "board",
        date(2026, 11, 24),
        papers_on=date(2026, 11, 17),
        reports=AUTUMN,
        opens_on=OPENS,
        closes_on=CLOSES,
    )
    return replace(board, **changes)


def a_copy(meeting="meeting001"):
    at = datetime(2026, 11, 24, 18, tzinfo=UTC)
    return FrozenCopy("frozen0001", meeting, "Board of trustees", at.date(), 7, at, at.date(), 4, "abc", 10)


@pytest.mark.parametrize(
    ("changes", "on", "state"),
    [
        ({}, OPENS - timedelta(days=1), WindowState.NOT_YET),
        ({}, OPENS, WindowState.OPEN),
        ({}, CLOSES, WindowState.OPEN),
        ({}, CLOSES + timedelta(days=1), WindowState.CLOSED),
        ({"closed_on": date(2026, 11, 10)}, date(2026, 11, 9), WindowState.OPEN),
        ({"closed_on": date(2026, 11, 10)}, date(2026, 11, 10), WindowState.CLOSED),
        ({"opens_on": None}, date(2020, 1, 1), WindowState.OPEN),
        ({"closes_on": None}, date(2030, 1, 1), WindowState.OPEN),
        ({"opens_on": None, "closes_on": None}, CLOSES, None),
        ({"reports": None}, CLOSES, None),
    ],
)
def test_a_window_follows_its_days_until_somebody_closes_it(changes, on, state):
    assert window_state(a_meeting(**changes), on) is state


TERMS = Calendar([
    *CALENDAR_LINES,
    CalendarLine("calterm261", CalendarKind.TERM, 2026, 1, date(2026, 9, 1), date(2026, 12, 18)),
    CalendarLine("calyear26", CalendarKind.YEAR, 2026, 1, date(2026, 9, 1), date(2027, 7, 21)),
])  # fmt: skip
TERM, YEAR = Period(PeriodKind.TERM, 2026, 1), Period(PeriodKind.YEAR, 2026, 1)
OCTOBER, NOVEMBER, AUGUST = (Period(PeriodKind.MONTH, 2026, n) for n in (2, 3, 12))


@pytest.mark.parametrize(
    ("reports", "period", "covered"),
    [
        (AUTUMN, AUTUMN, True),
        (AUTUMN, half_term(2026, 2), False),
        (AUTUMN, half_term(2025, 6), False),
        # No half-term holds the end of October: it counts with the holidays that follow Autumn 1.
        (AUTUMN, OCTOBER, True),
        (AUTUMN, NOVEMBER, False),
        (half_term(2026, 2), NOVEMBER, True),
        # A week ends on its Sunday, two days after the half-term does.
        (AUTUMN, week_of(date(2026, 10, 23)), True),
        (AUTUMN, week_of(date(2026, 11, 2)), False),
        (AUTUMN, week_of(date(2026, 9, 1)), True),
        (AUTUMN, week_of(date(2026, 8, 30)), False),
        (AUTUMN, TERM, False),
        (half_term(2026, 2), TERM, True),
        (TERM, AUTUMN, True),
        (TERM, half_term(2026, 2), True),
        (TERM, half_term(2026, 3), False),
        (TERM, YEAR, False),
        (YEAR, half_term(2026, 6), True),
        # The calendar does not say when the next year begins.
        (YEAR, AUGUST, True),
        (half_term(2023, 1), half_term(2023, 1), True),
        (half_term(2023, 1), OCTOBER, False),
    ],
)
def test_a_window_covers_what_ends_in_what_is_reported_or_in_the_holidays_after_it(reports, period, covered):
    assert covers(a_meeting(reports=reports), TERMS, period, HAZEL.ref) is covered


@pytest.mark.parametrize(("place", "at", "covered"), [
    (None, HAZEL.ref, True), (None, TRUST.ref, True),
    (HAZEL.ref, HAZEL.ref, True), (HAZEL.ref, AGNES.ref, False), (HAZEL.ref, TRUST.ref, False),
])  # fmt: skip
def test_the_window_of_a_school_s_committee_covers_that_school_alone(place, at, covered):
    assert covers(a_meeting(place=place), CALENDAR, AUTUMN, at) is covered


BEFORE, INSIDE, AFTER = date(2026, 10, 20), date(2026, 11, 2), date(2026, 11, 30)
LATER = a_meeting(ref="meeting002", on=date(2027, 3, 23), opens_on=date(2027, 2, 13), closes_on=date(2027, 3, 15))


@pytest.mark.parametrize(
    ("meetings", "frozen", "on", "kind"),
    [
        ([], [], AFTER, None),
        ([a_meeting()], [], BEFORE, LockKind.NOT_YET),
        ([a_meeting()], [], INSIDE, None),
        ([a_meeting()], [], AFTER, LockKind.OVER),
        ([a_meeting(closed_on=INSIDE)], [], INSIDE, LockKind.CLOSED),
        ([a_meeting()], [a_copy()], INSIDE, None),
        ([a_meeting()], [a_copy()], AFTER, LockKind.FROZEN),
        ([a_meeting(closed_on=INSIDE)], [a_copy()], AFTER, LockKind.FROZEN),
        ([a_meeting()], [a_copy("another001")], AFTER, LockKind.OVER),
        ([a_meeting(archived=True)], [], AFTER, None),
        ([a_meeting(reports=half_term(2026, 2))], [], AFTER, None),
        # Several windows: one that is open lets it in; what has closed tells before what is still to open.
        ([a_meeting(), replace(LATER, opens_on=AFTER)], [a_copy()], AFTER, None),
        ([a_meeting(), LATER], [], AFTER, LockKind.OVER),
        ([LATER, a_meeting(ref="meeting003", closed_on=date(2026, 11, 1))], [], INSIDE, LockKind.CLOSED),
    ],
)
def test_what_shuts_a_figure(meetings, frozen, on, kind):
    lock = lock_of(meetings, frozen, CALENDAR, AUTUMN, HAZEL.ref, on)
    assert (lock and lock.kind) is kind


def test_of_two_windows_that_have_closed_the_last_to_close_tells():
    early = a_meeting(ref="meeting004", closes_on=date(2026, 11, 1))
    lock = lock_of([a_meeting(), early], [], CALENDAR, AUTUMN, HAZEL.ref, AFTER)
    assert lock.meeting.ref == "meeting001"


@pytest.mark.parametrize(("kind", "given", "audience"), [
    ("board", None, Audience.BOARD), ("Committee ", None, Audience.COMMITTEE),
    ("task force", None, Audience.TASK_FORCE), ("working party", None, Audience.LEADERS),
    (None, None, Audience.LEADERS), ("board", Audience.PUBLIC, Audience.PUBLIC),
])  # fmt: skip
def test_a_meeting_that_does_not_say_for_whom_is_for_the_body_that_meets(kind, given, audience):
    assert audience_of_meeting(a_meeting(kind=kind, audience=given)) is audience


def facts(**changes):
    return {name: getattr(a_meeting(**changes), name) for name in Meeting.__dataclass_fields__}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, None),
        ({"title": ""}, "has no title"),
        ({"on": None, "papers_on": None}, "has no date"),
        ({"papers_on": date(2026, 11, 24)}, None),
        ({"papers_on": date(2026, 11, 25)}, "after it is held"),
        ({"closes_on": OPENS}, None),
        ({"closes_on": OPENS - timedelta(days=1)}, "before it opens"),
        ({"opens_on": date(2026, 11, 24), "closes_on": None}, None),
        ({"opens_on": date(2026, 11, 25), "closes_on": None}, "after the meeting"),
        ({"closes_on": date(2026, 12, 1)}, None),  # it may be opened once more afterwards
        ({"reports": None}, "needs the half-term, term or year"),
        ({"reports": None, "opens_on": None}, "needs the half-term, term or year"),
        ({"reports": None, "opens_on": None, "closes_on": None}, None),
        ({"opens_on": None, "closes_on": None}, "Say on which days"),
        ({"reports": OCTOBER}, "no half-term, term or year"),
        ({"reports": half_term(2023, 1)}, "no dates for Autumn 1, 2023/24"),
        ({"place": HAZEL.ref}, None),
        ({"place": TRUST.ref}, "is a school"),
    ],
)
def test_what_cannot_be_right_in_a_meeting_is_said_in_a_sentence(changes, words):
    wrong = wrong_meeting(facts(**changes), CALENDAR, {HAZEL.ref, AGNES.ref})
    assert (wrong == []) if words is None else (len(wrong) == 1 and words in wrong[0])


# In words

SHUT = {
    LockKind.NOT_YET: (a_meeting(opens_on=date(2026, 11, 14)), ()),
    LockKind.OVER: (a_meeting(closes_on=date(2026, 11, 12)), ()),
    LockKind.CLOSED: (a_meeting(closed_on=date(2026, 11, 12)), ()),
    LockKind.FROZEN: (a_meeting(closes_on=date(2026, 11, 12)), (a_copy(),)),
}


def shut(kind):
    meeting, frozen = SHUT[kind]
    picture = replace(a_picture(meeting), frozen=frozen)
    return picture, lock_on(picture, AUTUMN, TRUST.ref)


@pytest.mark.parametrize(("kind", "why", "whom"), [
    (LockKind.NOT_YET, "opens on Sat 14 Nov 2026", "ask a trust leader to open the window sooner"),
    (LockKind.OVER, "ended on Thu 12 Nov 2026", "Ask a trust leader to record"),
    (LockKind.CLOSED, "On Thu 12 Nov 2026 Priya Leader closed", "Ask Priya Leader to open it again"),
    (LockKind.FROZEN, "is frozen: a copy was kept", "Tell a trust leader what is wrong"),
])  # fmt: skip
def test_each_way_to_be_shut_says_why_and_whom_to_ask(kind, why, whom):
    picture, lock = shut(kind)
    words = lock_words(picture, lock, AUTUMN, closer="Priya Leader" if kind is LockKind.CLOSED else "")
    plain = words.replace("\N{NO-BREAK SPACE}", " ")
    assert (why in plain, whom in plain, "board on Tue 24 Nov 2026" in plain) == (True, True, True)


@pytest.mark.parametrize("leader", [False, True])
def test_the_four_sentences_differ_and_tell_a_leader_to_say_why(leader):
    said = {lock_words(*shut(kind), AUTUMN, leader=leader) for kind in LockKind}
    assert len(said) == 4
    assert all(("if you say why" in words) is leader for words in said)


def test_a_target_may_be_set_long_before_its_window_opens():
    picture, lock = shut(LockKind.NOT_YET)
    assert lock is not None
    assert lock_on(picture, AUTUMN, None, target=True) is None
    assert lock_on(shut(LockKind.OVER)[0], AUTUMN, None, target=True) is not None


def row(one, table):
    return table, one.ref, {"period": one.period, "place": one.place}


def test_locked_figures_among_rows_are_counted_by_window():
    picture = a_picture(a_meeting(closes_on=date(2026, 11, 12)), a_target(period=AUTUMN))
    values = [row(a_value(), "value"), row(a_value(period=half_term(2026, 2)), "value")]
    # The target leaves the period that is locked, and so moves it too.
    found = shut_among(picture, [*values, row(a_target(), "target"), ("action", "action0001", {})])
    assert (found.values, found.targets) == (1, 1)
    assert shut_words(picture, found).replace("\N{NO-BREAK SPACE}", " ") == (
        "1 value and 1 target lie in windows that are not open: Board, Tue 24 Nov 2026 (2)"
    )


@pytest.mark.parametrize(("changes", "words"), [
    ({"opens_on": date(2026, 11, 14)}, "Opens on Sat 14 Nov 2026"),
    ({}, "Open until Mon 16 Nov 2026, 2 school days left"),
    ({"closes_on": TODAY}, "Open until Fri 13 Nov 2026, 1 school day left"),
    ({"closes_on": None}, "Open until somebody closes it"),
    ({"closes_on": date(2026, 11, 12)}, "Closed after Thu 12 Nov 2026"),
    ({"closed_on": TODAY}, "Closed by hand on Fri 13 Nov 2026"),
    ({"reports": None}, ""),
])  # fmt: skip
def test_how_a_window_stands_in_words(changes, words):
    meeting = a_meeting(**changes)
    assert window_words(a_picture(meeting), meeting).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(("day", "words"), [
    (date(2026, 11, 12), ""), (TODAY, "today"), (date(2026, 11, 14), "tomorrow"), (date(2026, 11, 15), "in 2 days"),
    (date(2026, 11, 16), "in 1 school day"), (date(2026, 11, 24), "in 7 school days"),
])  # fmt: skip
def test_a_day_to_come_is_told_in_school_days(day, words):
    assert until_words(a_picture(), day) == words


def test_a_window_counts_what_is_expected_of_the_places_that_report_and_who_lacks():
    kpi = a_kpi(reported_by="schools")
    here = a_value(place=HAZEL.ref)
    picture = a_picture(a_meeting(), kpi, values=(here, a_value(place=AGNES.ref, group="FSM: yes")))
    found = covered_by(picture, a_meeting())
    assert (found.expected, found.here, found.words) == (2, 1, "1 of 2 figures in")
    assert [(place.ref, len(kpis)) for place, kpis in found.missing] == [(AGNES.ref, 1)]
    assert covered_by(picture, a_meeting(ref="meeting005", place=HAZEL.ref)) == Covered(1, 1)
