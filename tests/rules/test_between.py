"""Between which two moments: what an address asks for, on both sides of each bound, refused in sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.errors import ValueRefused
from framework.meetings import FrozenCopy, Meeting
from framework.picture.between import earlier, later_file_words, later_words, usual, usual_pairs, what_became
from framework.picture.moments import moment_of
from framework.picture.since import end_of_day, usual_since
from framework.settings import Settings
from tests.rules.compared import JULY, NOVEMBER, a_picture, july

FIRST = date(2026, 3, 2)
BOARD = Meeting("meeting001", "Board of trustees", "board", JULY)
EARLIER = Meeting("meeting002", "Board of trustees", "board", date(2026, 3, 24))
BEFORE_ALL = Meeting("meeting003", "Board of trustees", "board", date(2025, 11, 25))
MEETINGS = (BOARD, EARLIER, BEFORE_ALL)
AT = datetime(2026, 7, 7, 16, 0, tzinfo=UTC)
COPY = FrozenCopy("copy000001", BOARD.ref, BOARD.title, JULY, 5, AT, JULY, 4, "0" * 64, 10)

TODAY = a_picture(*MEETINGS, frozen=(COPY,))


def test_the_newest_board_is_compared_with_unless_the_address_says_otherwise() -> None:
    for asked in (None, ""):
        found = earlier(asked, TODAY, TODAY, FIRST)
        assert found is not None
        assert (found.asked, found.as_at, found.change) == ("2026-07-07", end_of_day(JULY), None)
        assert found.words == "the board on Tue\u00a07\u00a0Jul\u00a02026"


@pytest.mark.parametrize("asked", ["2026-03-02", "2026-11-12", "20261112"])
def test_any_day_from_the_first_entry_to_the_day_before_can_be_compared_with(asked: str) -> None:
    found = earlier(asked, TODAY, TODAY, FIRST)
    assert found is not None
    assert found.asked == date.fromisoformat(asked).isoformat()


@pytest.mark.parametrize(
    ("asked", "later", "said"),
    [
        (
            "2026-03-01",
            TODAY,
            "Nothing had been recorded by Sun 1 Mar 2026: the first entry here is of Mon 2 Mar 2026.",
        ),
        ("2026-11-13", TODAY, "Fri 13 Nov 2026 is the very day up to which you compare."),
        ("2026-11-14", TODAY, "Sat 14 Nov 2026 is yet to come"),
        ("2026-07-08", july(), "Wed 8 Jul 2026 is not before Tue 7 Jul 2026, the day up to which you compare."),
        ("2026-07-07", july(), "Tue 7 Jul 2026 is the very day up to which you compare."),
        ("last week", TODAY, "The address compares with something that is no day"),
        ("2026-02-30", TODAY, "The address compares with something that is no day"),
        ("copy000009", TODAY, "The address compares with something that is no day"),
        (COPY.ref, a_picture(on=date(2026, 6, 1), change=3), "The copy was frozen on Tue 7 Jul 2026, after the moment"),
        (COPY.ref, replace(july(), as_at=AT), "The copy is the very moment up to which you compare."),
        (COPY.ref, replace(TODAY, change=4), "The copy was frozen on Tue 7 Jul 2026, after the moment"),
    ],
)
def test_what_cannot_be_compared_with_is_refused_in_a_sentence(asked: str, later: Any, said: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        earlier(asked, later, TODAY, FIRST)
    assert str(refused.value).replace("\u00a0", " ").startswith(said)


def test_a_frozen_copy_is_compared_with_by_its_own_change() -> None:
    found = earlier(COPY.ref, TODAY, TODAY, FIRST)
    assert found is not None
    assert (found.as_at, found.change, found.file_words) == (AT, 5, "2026-07-07-copy")
    assert found.words.startswith("the copy frozen for Board of trustees")
    assert found.short == "7\u00a0Jul\u00a02026 (frozen copy)"


@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        (FIRST, JULY),
        (JULY, JULY),
        (date(2026, 7, 8), date(2026, 7, 8)),
        (date(2026, 11, 12), date(2026, 11, 12)),
        (NOVEMBER, None),
        (None, None),
    ],
)
def test_nothing_before_the_first_entry_is_compared_with(first: date | None, wanted: date | None) -> None:
    found = usual(TODAY, first)
    assert (None if found is None else found.day) == wanted


def test_a_version_that_began_before_the_first_entry_is_counted_from_there() -> None:
    assert usual_since(a_picture(), FIRST) == FIRST


def test_the_later_moment_is_named_as_the_earlier_one_is() -> None:
    assert later_words(TODAY, None) == "today"
    day, copy = (moment_of(asked, TODAY, FIRST) for asked in ("2026-07-07", COPY.ref))
    assert later_words(TODAY, day) == "the board on Tue\u00a07\u00a0Jul\u00a02026"
    assert later_words(TODAY, copy).startswith("the copy frozen for Board of trustees")
    assert [later_file_words(july(), moment) for moment in (day, copy)] == ["2026-07-07", "2026-07-07-copy"]
    assert later_file_words(TODAY, None) == "2026-11-13"


def test_a_meeting_moved_or_taken_away_since_is_said_so() -> None:
    before = july(BOARD)
    assert what_became(before, a_picture(BOARD), JULY) == ""
    moved = what_became(before, a_picture(replace(BOARD, on=date(2026, 7, 9))), JULY).replace("\u00a0", " ")
    assert moved == "Board, which was planned for Tue 7 Jul 2026, was moved to Thu 9 Jul 2026."
    gone = what_became(before, a_picture(replace(BOARD, archived=True)), JULY).replace("\u00a0", " ")
    assert gone == "Board, which was planned for Tue 7 Jul 2026, was taken away since."


def test_since_the_last_board_and_between_the_last_two_are_one_click_each() -> None:
    picture = replace(TODAY, settings=Settings(word_for_board="trustees"))
    last, between = usual_pairs(picture, FIRST)
    assert (last.words, last.since, last.as_at) == ("Since the last trustees meeting", "2026-07-07", "")
    assert (between.since, between.as_at) == ("2026-03-24", "2026-07-07")


@pytest.mark.parametrize(("first", "count"), [(date(2026, 3, 25), 1), (date(2026, 7, 8), 0), (None, 0)])
def test_boards_of_which_nothing_is_known_are_not_offered(first: date | None, count: int) -> None:
    assert len(usual_pairs(TODAY, first)) == count
