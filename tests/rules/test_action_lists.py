"""The list of actions: what a search finds, what it can be narrowed to, and the order it stands in."""

from dataclasses import replace
from datetime import date

import pytest

from framework.people import Audience
from framework.periods import Calendar
from framework.picture.action_lists import (
    ActionLine,
    ActionSort,
    Flag,
    Said,
    action_lines,
    counted,
    narrowed_to,
    said,
    sorted_actions,
)
from framework.picture.action_story import milestone_words, said_since, status_words
from framework.picture.review import Filter, attention
from framework.plans import Answer, Milestone, Status, signals
from framework.plans.slipping import Slip
from framework.store.pictures import load
from tests.conftest import (
    AGNES,
    CALENDAR,
    EDITION,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    PILLAR,
    TODAY,
    an_action,
    an_update,
    put,
)
from tests.rules.pictured import a_picture, the_line


def a_line(owner="Priya Leader", word_on=date(2026, 11, 10), **changes) -> ActionLine:
    """An action on its way, due in 2027, about which a word was said three days ago."""
    action = an_action(**{"due_on": date(2027, 3, 1), "kpis": ("kpi0000001",), **changes})
    updates = [] if word_on is None else [an_update(on=word_on)]
    return ActionLine(action, signals(action, updates, CALENDAR, TODAY, quiet_after=45), owner, "", word_on)


LATE = date(2026, 10, 23)


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, set()),
        ({"due_on": LATE}, {Flag.LATE}),
        ({"due_on": LATE, "status": Status.DONE}, set()),
        ({"word_on": date(2026, 1, 5)}, {Flag.QUIET}),
        ({"status": Status.BLOCKED}, {Flag.BLOCKED}),
        ({"owner": None}, set()),
        ({"kpis": ()}, {Flag.NO_KPI}),
        ({"kpis": (), "status": Status.STOPPED}, {Flag.NO_KPI}),
    ],
)
def test_flags_say_what_can_be_asked_of_an_action(changes, flags):
    assert a_line(**changes).flags == flags


def test_only_open_work_is_said_to_lack_an_owner():
    line = a_line()
    assert Flag.NO_OWNER in replace(line, action=an_action(owner=None, due_on=date(2027, 3, 1))).flags
    assert Flag.NO_OWNER not in replace(line, action=an_action(owner=None, status=Status.DONE)).flags


@pytest.mark.parametrize(
    ("more", "flag"),
    [
        ({"slip": Slip(1, 5, (("a reason", 1),))}, Flag.SLIPPING),
        ({"not_theirs": True}, Flag.NOT_OURS),
        ({"left": True}, Flag.LEFT),
    ],
)
def test_what_is_over_slips_no_more_and_needs_no_other_owner(more, flag):
    line = replace(a_line(), **more)
    assert line.flags == {flag}
    assert replace(line, action=replace(line.action, status=Status.DONE)).flags == set()


@pytest.mark.parametrize(
    ("more", "flag"), [({"disagree": ("It does.",)}, Flag.DISAGREE), ({"unchecked": 1}, Flag.UNCHECKED)]
)
def test_what_does_not_fit_and_what_is_not_checked_is_asked_of_closed_work_too(more, flag):
    assert replace(a_line(status=Status.DONE), **more).flags == {flag}


def a_word(n, by=MEMBER.ref, **changes):
    return an_update(ref=f"upd{n:07}", on=date(2026, 11, n), by=by, **{"status": None, **changes})


@pytest.mark.parametrize(
    ("words", "flagged"),
    [
        ([a_word(1, answer=Answer.NOT_OURS)], True),
        ([a_word(1, answer=Answer.NOT_OURS), a_word(2)], False),
        ([a_word(1), a_word(2, answer=Answer.NOT_OURS)], True),
        ([a_word(1, answer=Answer.NOTHING_NEW)], False),
        ([], False),
    ],
)
def test_the_newest_word_says_whether_it_is_theirs(words, flagged):
    line = the_line(a_picture(an_action(owner=MEMBER.ref), *words))
    assert (Flag.NOT_OURS in line.flags) is flagged


@pytest.mark.parametrize(
    ("changes", "by", "flagged"),
    [
        ({"owner": MEMBER.ref}, MEMBER.ref, True),
        ({"owner": LEADER.ref}, MEMBER.ref, False),
        ({"owner": MEMBER.ref}, LEADER.ref, True),
        ({"owner": LEADER.ref}, None, True),
    ],
)
def test_not_ours_is_settled_once_it_is_with_somebody_else(changes, by, flagged):
    line = the_line(a_picture(an_action(**changes), a_word(1, by=by, answer=Answer.NOT_OURS)))
    assert (Flag.NOT_OURS in line.flags) is flagged


@pytest.mark.parametrize(("left_on", "left"), [(date(2026, 11, 12), True), (TODAY, False), (None, False)])
def test_an_owner_has_left_after_their_last_day(left_on, left):
    picture = a_picture(an_action(owner=MEMBER.ref), replace(MEMBER, left_on=left_on))
    assert (Flag.LEFT in the_line(picture).flags) is left


def test_words_that_came_by_link_are_counted_until_they_are_checked():
    words = [a_word(1, unchecked=True), a_word(2, unchecked=True), a_word(3)]
    line = the_line(a_picture(an_action(), *words))
    assert line.unchecked == 2
    assert line.words[-1] == "2 words not yet checked"
    assert the_line(a_picture(an_action(), a_word(1))).unchecked == 0


@pytest.mark.parametrize(("times", "said_so"), [(1, False), (2, True), (3, True)])
def test_nothing_new_is_a_word_and_a_pattern_from_the_second_on(times, said_so):
    words = [a_word(n, answer=Answer.NOTHING_NEW) for n in range(2, 2 + times)]
    line = the_line(a_picture(an_action(due_on=date(2027, 3, 1)), a_word(1), *words))
    assert (not line.signals.quiet, line.signals.nothing_new) == (True, times)
    told = {2: "nothing new twice running", 3: "nothing new 3 times running"}
    assert line.words == ([told[times]] if said_so else [])


def test_a_word_that_says_more_ends_nothing_new():
    words = [a_word(n, answer=Answer.NOTHING_NEW) for n in (1, 2)]
    assert the_line(a_picture(an_action(), *words, a_word(3))).signals.nothing_new == 0


def test_the_line_brings_what_does_not_fit():
    assert the_line(a_picture(an_action(status=Status.ON_TRACK))).disagree[0].endswith("the due date has passed.")


@pytest.mark.parametrize("status", [*Status, None])
def test_every_status_has_a_word_in_the_list(status):
    assert said(status) == ("Not set" if status is None else str(status).capitalize())


def test_a_list_is_narrowed_by_status_and_by_flag_together():
    lines = [a_line(code="A-1", due_on=LATE), a_line(code="A-2", due_on=LATE, status=None), a_line(code="A-3")]
    assert [x.action.code for x in narrowed_to(lines, None, None)] == ["A-1", "A-2", "A-3"]
    assert [x.action.code for x in narrowed_to(lines, Said.NOT_SET, Flag.LATE)] == ["A-2"]
    assert narrowed_to(lines, Said.DONE, None) == []


def test_what_needs_attention_stands_first_then_what_is_due_and_what_is_over_last():
    lines = [
        a_line(code="over", status=Status.DONE),
        a_line(code="later", due_on=date(2027, 7, 1)),
        a_line(code="sooner", due_on=date(2026, 12, 1)),
        a_line(code="blocked", status=Status.BLOCKED),
        a_line(code="quiet", word_on=date(2026, 1, 5)),
        a_line(code="late", due_on=date(2026, 11, 6)),
        a_line(code="later still", due_on=LATE),
    ]
    order = [x.action.code for x in sorted_actions(lines, ActionSort.ATTENTION)]
    assert order == ["later still", "late", "quiet", "blocked", "sooner", "later", "over"]


def test_the_order_by_owner_puts_work_without_an_owner_last():
    lines = [a_line(code="1", owner=""), a_line(code="2", owner="zoe"), a_line(code="3", owner="Anna")]
    assert [x.action.code for x in sorted_actions(lines, ActionSort.OWNER)] == ["3", "2", "1"]


def test_the_newest_word_stands_first_and_silence_last():
    days = {"1": None, "2": date(2026, 9, 1), "3": date(2026, 11, 1)}
    lines = [a_line(code=code, word_on=day) for code, day in days.items()]
    assert [x.action.code for x in sorted_actions(lines, ActionSort.LAST_WORD)] == ["3", "2", "1"]


def test_due_first_leaves_what_is_over_to_the_end():
    lines = [
        a_line(code="1", status=Status.DONE, due_on=LATE),
        a_line(code="2", due_on=date(2027, 1, 1)),
        a_line(code="3"),
    ]
    assert [x.action.code for x in sorted_actions(lines, ActionSort.DUE)] == ["2", "3", "1"]
    assert [x.action.code for x in sorted_actions(lines[::-1], ActionSort.CODE)] == ["1", "2", "3"]


def test_the_count_says_how_many_of_how_many_and_what_ails_them():
    lines = [a_line(due_on=LATE), a_line(due_on=LATE, status=Status.BLOCKED), a_line()]
    assert counted(lines, 35).replace("\N{NO-BREAK SPACE}", " ") == "3 of 35 actions · 2 late · 1 blocked"
    assert counted([], 1) == "0 of 1 action"


def test_the_count_has_words_for_every_flag():
    line = a_line(due_on=LATE, status=Status.BLOCKED, word_on=date(2026, 1, 5), kpis=())
    line = replace(
        line,
        action=replace(line.action, owner=None),
        slip=Slip(1),
        disagree=("It does.",),
        not_theirs=True,
        left=True,
        unchecked=1,
    )
    assert line.flags == set(Flag)
    assert counted([line], 1).count("1\N{NO-BREAK SPACE}") == len(Flag)


@pytest.fixture
def picture(store):
    put(
        store,
        an_action(ref="action0002", code="A-20", title="Careers fair", places=(AGNES.ref,), pillars=(PILLAR.ref,)),
        an_action(ref="action0003", code="A-21", title="Old plan", archived=True),
    )
    return load(store, NOW, Audience.LEADERS)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", ["A-14", "A-20"]),
        ("CAREERS", ["A-20"]),
        ("agnes fair", ["A-20"]),
        ("a-14", ["A-14"]),
        ("accountability", ["A-20"]),
        ("priya", ["A-14", "A-20"]),
        ("fair breakfast", []),
        ("old plan", []),
    ],
)
def test_a_search_finds_actions_by_every_word_of_code_title_people_places_and_tags(picture, words, codes):
    found = action_lines(picture, EDITION.ref, Filter(), words)
    assert [line.action.code for line in found] == codes


def test_the_view_of_a_school_holds_the_actions_that_name_it(picture):
    assert [x.action.code for x in action_lines(picture, EDITION.ref, Filter(school=AGNES.ref))] == ["A-20"]
    assert action_lines(picture, EDITION.ref, Filter(school=HAZEL.ref)) == []


def test_an_action_without_an_update_has_no_last_word(picture):
    lines = {line.action.code: line for line in action_lines(picture, EDITION.ref, Filter())}
    assert (lines["A-14"].word_on, lines["A-20"].word_on) == (date(2026, 9, 21), None)
    assert (lines["A-14"].owner, lines["A-14"].organisation) == (LEADER.name, "")


def test_the_list_stands_in_the_order_of_the_overview(sample_store):
    picture = load(sample_store, NOW, Audience.LEADERS)
    edition = picture.edition.ref
    needing = [a.ref for a, _ in attention(picture, edition, Filter()).actions]
    lines = sorted_actions(action_lines(picture, edition, Filter()), ActionSort.ATTENTION)
    assert [line.action.ref for line in lines][: len(needing)] == needing
    assert needing


class TestOneAction:
    """What its page tells of its dates and of its owner's word."""

    @pytest.mark.parametrize(
        ("due", "done", "words"),
        [
            (date(2026, 11, 6), date(2026, 11, 6), "done in time"),
            (date(2026, 11, 6), date(2026, 11, 9), "done, 1 school day after it was due"),
            (date(2026, 10, 23), date(2026, 10, 30), "done in time"),  # half-term: no school day between
            (date(2026, 11, 6), None, "5 school days late"),
            (date(2026, 11, 13), None, "due today"),
            (date(2026, 11, 16), None, "due in 1 school day"),
            (date(2026, 11, 14), None, "due in the holidays"),  # a Saturday
        ],
    )
    def test_a_milestone_counts_school_days(self, due, done, words):
        step = Milestone("milestone1", "action0001", "Menu agreed", due, done)
        assert milestone_words(step, CALENDAR, TODAY).replace("\N{NO-BREAK SPACE}", " ") == words

    def test_a_milestone_missed_in_the_holidays_is_late_all_the_same(self):
        step = Milestone("milestone1", "action0001", "Menu agreed", date(2026, 10, 24))
        assert milestone_words(step, CALENDAR, date(2026, 10, 28)) == "late: due in the holidays"
        assert milestone_words(step, Calendar([]), date(2026, 10, 28)).endswith("late")  # weekdays without a calendar

    def test_the_owners_word_is_as_old_as_the_first_update_that_gave_it(self, store):
        words = {"upd0000002": (date(2026, 10, 1), None), "upd0000003": (date(2026, 10, 8), Status.ON_TRACK)}
        put(store, *(an_update(ref=ref, on=on, status=status) for ref, (on, status) in words.items()))
        picture = load(store, NOW, Audience.LEADERS)
        action = picture.actions["action0001"]
        told = status_words(picture, action).replace("\N{NO-BREAK SPACE}", " ")
        assert told == "since 21 Sep 2026, last said on 8 Oct 2026"
        assert status_words(picture, replace(action, status=Status.BLOCKED)) == ""

    def test_the_owners_word_stands_since_the_first_update_of_those_that_agree(self):
        words = [
            a_word(1, status=Status.AT_RISK),
            a_word(2, status=Status.DONE),
            a_word(3),
            a_word(4, status=Status.DONE),
        ]
        picture = a_picture(an_action(status=Status.DONE), *words)
        assert said_since(picture, picture.actions["action0001"]) == date(2026, 11, 2)
        assert said_since(picture, an_action(status=Status.STOPPED)) is None
