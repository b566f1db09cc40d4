"""Who is asked for a word: about what and why, never in the holidays, never about what they have just told us."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.people import Audience
from framework.picture import Picture
from framework.picture.asking import BY_ITSELF, slot_words, subject_of, summary_of, text_of
from framework.picture.chasing import counted, due_a_word, is_school_day, nobody_to_ask, why_asked
from framework.plans import Status
from framework.subjects import SUBJECTS
from tests.conftest import (
    CALENDAR,
    EDITION,
    HAZEL,
    LEADER,
    MEMBER,
    SCHOOL_CONTACT,
    SMALL_TRUST,
    TODAY,
    TRUST,
    a_kpi,
    an_action,
    an_update,
)

NBSP = "\N{NO-BREAK SPACE}"
SATURDAY, HALF_TERM_BREAK = date(2026, 11, 14), date(2026, 10, 27)
FIVE_DAYS_AGO, SIX_DAYS_AGO = date(2026, 11, 6), date(2026, 11, 5)
TEN_DAYS_AGO, ELEVEN_DAYS_AGO = date(2026, 10, 23), date(2026, 10, 22)
IN_TEN_DAYS, IN_ELEVEN_DAYS = date(2026, 11, 27), date(2026, 11, 30)
NEXT_YEAR = date(2027, 3, 1)


def a_picture(*rows: Any, on: date = TODAY) -> Picture:
    """The small trust on a day, with these rows added or in place of those with the same ref."""
    table_of = {subject.record: subject.table for subject in SUBJECTS}
    tables: dict[str, dict[str, Any]] = {}
    for row in (*SMALL_TRUST, *rows):
        tables.setdefault(table_of[type(row)], {})[row.ref] = row
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Picture(9, at, on, Audience.LEADERS, tables, {}, lambda _: (), {})


def the_word(on: date, **changes: Any) -> Any:
    return an_update(on=on, **changes)


def asked(picture: Picture, **more: Any) -> dict[str, list[str]]:
    found = due_a_word(picture, EDITION.ref, **more)
    return {one.person.ref: [action.code for action, _ in one.actions] for one in found}


def why(word_on: date, **changes: Any) -> str:
    """Why the small trust's action is asked about, when the newest word on it is of that day."""
    picture = a_picture(an_action(**changes), the_word(word_on))
    return why_asked(picture, picture.actions[an_action().ref]).replace(NBSP, " ")


@pytest.mark.parametrize(("word_on", "said"), [(FIVE_DAYS_AGO, ""), (SIX_DAYS_AGO, "10 school days late"), (TODAY, "")])
def test_a_late_action_is_asked_about_unless_there_was_a_word_within_five_school_days(word_on, said):
    assert why(word_on) == said


@pytest.mark.parametrize(("word_on", "said"), [(FIVE_DAYS_AGO, ""), (SIX_DAYS_AGO, "said to be blocked")])
def test_a_blocked_action_is_asked_about_unless_there_was_a_word_within_five_school_days(word_on, said):
    assert why(word_on, due_on=NEXT_YEAR, status=Status.BLOCKED) == said


@pytest.mark.parametrize(
    ("due_on", "word_on", "said"),
    [
        (IN_TEN_DAYS, ELEVEN_DAYS_AGO, "due in 10 school days"),
        (IN_TEN_DAYS, TEN_DAYS_AGO, ""),
        (IN_ELEVEN_DAYS, ELEVEN_DAYS_AGO, ""),
        (TODAY, ELEVEN_DAYS_AGO, "due today"),
        (TODAY - timedelta(days=1), ELEVEN_DAYS_AGO, "1 school day late"),
    ],
)
def test_what_falls_due_within_ten_school_days_is_asked_about_without_a_word_in_the_ten_before(due_on, word_on, said):
    assert why(word_on, due_on=due_on) == said


@pytest.mark.parametrize(("days", "said"), [(44, ""), (45, "no word for 45 school days")])
def test_what_has_gone_quiet_is_asked_about(days, said):
    day = TODAY
    while CALENDAR.school_days_since(day, TODAY) < days:
        day -= timedelta(days=1)
    assert why(day, due_on=NEXT_YEAR) == said


def test_several_reasons_stand_beside_each_other():
    said = why(date(2026, 3, 2), status=Status.BLOCKED, starts_on=None, added_on=None)
    assert said == "10 school days late, said to be blocked, no word for 134 school days"  # 19 + 30 + 36 + 39 + 10


@pytest.mark.parametrize("status", [Status.DONE, Status.STOPPED])
def test_nobody_is_asked_about_what_is_over(status):
    assert why(ELEVEN_DAYS_AGO, status=status) == ""


def test_an_action_of_which_nothing_is_known_is_asked_about_when_it_is_due():
    picture = a_picture(an_action(ref="action0002", starts_on=None, added_on=None, due_on=TODAY))
    assert why_asked(picture, picture.actions["action0002"]) == "due today"


def test_the_most_pressing_stands_first_among_people_and_among_their_actions():
    picture = a_picture(
        an_action(owner=MEMBER.ref),
        the_word(ELEVEN_DAYS_AGO),
        an_action(ref="action0002", code="A-02", owner=LEADER.ref, due_on=date(2026, 10, 12)),
        an_action(ref="action0003", code="A-03", owner=MEMBER.ref, due_on=date(2026, 9, 30)),
        an_action(ref="action0004", code="A-04", owner=SCHOOL_CONTACT.ref, due_on=IN_TEN_DAYS),
    )
    assert list(asked(picture).items()) == [
        (MEMBER.ref, ["A-03", "A-14"]),
        (LEADER.ref, ["A-02"]),
        (SCHOOL_CONTACT.ref, ["A-04"]),
    ]


def test_of_two_late_ones_the_later_stands_first_however_silent_the_other_is():
    silent = an_action(ref="action0002", code="A-02", owner=MEMBER.ref, due_on=date(2026, 11, 6))
    picture = a_picture(an_action(), the_word(SIX_DAYS_AGO), silent)
    assert [picture.signals(a).quiet for a in picture.actions.values()] == [True, False]
    assert list(asked(picture)) == [LEADER.ref, MEMBER.ref]


@pytest.mark.parametrize("on", [SATURDAY, HALF_TERM_BREAK])
def test_nobody_is_asked_on_a_day_without_school_unless_someone_wants_to_see_it_all_the_same(on):
    picture = a_picture(an_action(due_on=date(2026, 10, 1)), on=on)
    assert asked(picture) == {}
    assert asked(picture, always=True) == {LEADER.ref: ["A-14"]}


@given(st.dates(date(2025, 9, 1), date(2027, 7, 21)))
def test_whether_a_day_is_a_school_day_is_what_the_calendar_counts(day):
    counts = CALENDAR.school_days_since(day - timedelta(days=1), day)
    assert is_school_day(CALENDAR, day) is (counts == 1)
    assert not (is_school_day(CALENDAR, day) and day.weekday() >= 5)


@pytest.mark.parametrize(
    ("owner", "nobody"),
    [
        (None, "no owner yet"),
        (replace(MEMBER, left_on=TODAY - timedelta(days=1)), "Denise Member left on Thu 12 Nov 2026"),
        (replace(MEMBER, archived=True), "Denise Member is not here"),
    ],
)
def test_an_owner_who_cannot_answer_is_not_asked_and_the_action_is_named(owner, nobody):
    rows = (an_action(owner=owner and owner.ref), the_word(ELEVEN_DAYS_AGO), *([owner] if owner else []))
    picture = a_picture(*rows)
    assert asked(picture) == {}
    assert [(one.action.code, one.nobody.replace(NBSP, " ")) for one in nobody_to_ask(picture, EDITION.ref)] == [
        ("A-14", nobody)
    ]


def test_whoever_leaves_today_can_still_be_asked():
    picture = a_picture(an_action(owner=MEMBER.ref), the_word(ELEVEN_DAYS_AGO), replace(MEMBER, left_on=TODAY))
    assert asked(picture) == {MEMBER.ref: ["A-14"]}
    assert nobody_to_ask(picture, EDITION.ref) == ()


def test_what_is_wrong_is_counted_in_a_line():
    late = an_action()
    blocked = an_action(ref="action0002", due_on=NEXT_YEAR, status=Status.BLOCKED)
    picture = a_picture(late, blocked, the_word(ELEVEN_DAYS_AGO))
    assert counted(picture, [late, blocked]).replace(NBSP, " ") == "1 late · 1 gone quiet · 1 blocked"
    assert counted(picture, []) == ""


# What a message says


def test_a_message_says_what_is_asked_why_and_where_to_answer():
    picture = a_picture(the_word(ELEVEN_DAYS_AGO))
    one = due_a_word(picture, EDITION.ref)[0]
    text = text_of(
        picture,
        to="Denise Member",
        by="Priya Leader",
        actions=one.actions,
        words="The board meets on Tuesday.",
        url="https://plan.example/w/token",
        until=date(2026, 11, 27),
    )
    assert text == (
        "Dear Denise Member,\n\n"
        "The board meets on Tuesday.\n\n"
        "How is this action going? One tap and a sentence is enough. “Nothing new” is an answer too.\n\n"
        "- A-14 Breakfast club at Hazel Grange: 10 school days late\n\n"
        "Your own link, no account needed:\nhttps://plan.example/w/token\n"
        "It works until Fri 27 Nov 2026 and is for you alone.\n\n"
        "With thanks,\nPriya Leader"
    )


def test_without_a_link_none_is_spoken_of_and_what_goes_out_by_itself_says_so():
    slot = (a_kpi().ref, TRUST.ref, "202627-HT1")
    text = text_of(a_picture(), to="Denise Member", by="", values=[slot], end=BY_ITSELF)
    assert "link" not in text
    assert "thanks" not in text
    assert text.endswith("This message goes out by itself, on Mondays in term time.")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("202627-HT1", "was due on Fri 6 Nov 2026"),
        ("202627-HT2", "due on Fri 1 Jan 2027"),
    ],
)
def test_a_figure_is_named_with_the_day_on_which_it_is_or_was_due(period, said):
    words = slot_words(a_picture(), (a_kpi().ref, HAZEL.ref, period))
    assert words.startswith("K-A02 Persistent absence, Hazel Grange Primary, Autumn ")
    assert words.endswith(f": {said}")


@pytest.mark.parametrize(
    ("actions", "values", "subject"),
    [
        (1, 0, "How is your action going?"),
        (3, 0, "How are your 3 actions going?"),
        (0, 1, "One figure is due"),
        (0, 4, "4 figures are due"),
        (1, 2, "A word on one action and 2 figures"),
    ],
)
def test_a_message_is_called_by_how_much_it_asks(actions, values, subject):
    assert subject_of(actions, values) == subject


def test_leaders_are_told_what_needs_a_word_who_was_asked_and_what_waits():
    alone = an_action(ref="action0002", code="A-02", title="Welcome pack", owner=None, due_on=TODAY)
    picture = a_picture(alone, the_word(ELEVEN_DAYS_AGO))
    told = summary_of(
        picture,
        EDITION.ref,
        asked=1,
        unreached=[("Denise Member", "no address is known here")],
        proposals=2,
        unchecked=1,
        url="https://plan.example/chase",
    )
    assert told.splitlines() == [
        "2 actions to have a word on: 1 late · 1 gone quiet · 1 due soon.",
        "One owner asked this morning.",
        "Not asked: Denise Member, no address is known here.",
        "Nobody to ask about A-02 Welcome pack: no owner yet.",
        "To check: 2 proposals and one word by link.",
        "https://plan.example/chase",
    ]
