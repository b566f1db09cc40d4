"""Late, gone quiet, moved: the signals of an action."""

from dataclasses import replace
from datetime import date

import pytest

from framework.plans import Status, due_words, is_late, last_word_on, signals
from tests.conftest import CALENDAR, TODAY, an_action, an_update


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        (date(2026, 11, 12), Status.ON_TRACK, True),
        (date(2026, 11, 13), Status.ON_TRACK, False),
        (date(2026, 11, 12), None, True),
        (date(2026, 11, 12), Status.DONE, False),
        (date(2026, 11, 12), Status.STOPPED, False),
    ],
)
def test_late_is_due_passed_and_neither_done_nor_stopped(due, status, late):
    assert is_late(an_action(due_on=due, status=status), TODAY) is late


def test_lateness_counts_school_days():
    # Due Fri 23 Oct; half-term; then Mon 2 - Fri 6 and Mon 9 - Fri 13 November.
    counted = signals(an_action(), [], CALENDAR, TODAY, quiet_after=45)
    assert (counted.late, counted.days_late) == (True, 10)


# Autumn 2 began on Mon 2 Nov: ten school days by the 13th. Autumn 1 has 39, from Tue 1 Sep to Fri 23 Oct.
@pytest.mark.parametrize(("word_on", "days", "quiet"), [(date(2026, 9, 7), 44, False), (date(2026, 9, 4), 45, True)])
def test_an_open_action_goes_quiet_after_45_school_days_without_a_word(word_on, days, quiet):
    counted = signals(an_action(), [an_update(on=word_on)], CALENDAR, TODAY, quiet_after=45)
    assert (counted.days_quiet, counted.quiet) == (days, quiet)


def test_a_done_action_is_never_quiet():
    counted = signals(an_action(status=Status.DONE), [an_update(on=date(2026, 1, 5))], CALENDAR, TODAY, quiet_after=45)
    assert not counted.quiet


def test_without_an_update_silence_counts_from_the_later_of_start_and_first_writing():
    action = an_action(starts_on=date(2026, 9, 4), added_on=date(2026, 4, 13))
    assert signals(action, [], CALENDAR, TODAY, quiet_after=45).days_quiet == 45


def test_an_action_that_has_not_begun_is_not_quiet():
    action = an_action(starts_on=date(2027, 1, 4), added_on=date(2025, 9, 1), due_on=date(2027, 3, 1))
    assert signals(action, [], CALENDAR, TODAY, quiet_after=45).days_quiet == 0


def test_moves_are_counted_from_updates_that_gave_a_new_date():
    said = [an_update(), an_update(new_due_on=date(2026, 9, 30)), an_update(new_due_on=date(2026, 10, 23))]
    counted = signals(an_action(), said, CALENDAR, TODAY, quiet_after=45)
    assert counted.times_moved == 2
    assert [w.replace("\N{NO-BREAK SPACE}", " ") for w in counted.words] == ["10 school days late", "moved twice"]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 13), "due today"),
        (date(2026, 11, 16), "due in 1 school day"),
        (date(2026, 11, 26), "due in 9 school days"),
        (date(2026, 11, 12), "1 school day late"),
        (date(2026, 11, 15), "due in the holidays"),
    ],
)
def test_a_due_date_is_said_in_school_days(due, words):
    assert due_words(an_action(due_on=due), CALENDAR, TODAY).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_date_that_somebody_else_moved_is_no_word_and_the_owners_own_is():
    action, spoken = an_action(owner="personmemb"), an_update(on=date(2026, 9, 21), by="personmemb")
    moved = an_update(ref="update0002", on=date(2026, 11, 2), new_due_on=date(2027, 1, 8), status=None, by="personlead")
    assert last_word_on(action, [spoken, moved]) == date(2026, 9, 21)
    assert last_word_on(action, [spoken, replace(moved, by="personmemb")]) == date(2026, 11, 2)
    assert last_word_on(action, [spoken, replace(moved, in_the_way="The hall is let.")]) == date(2026, 11, 2)
