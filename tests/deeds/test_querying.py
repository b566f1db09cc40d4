"""Asking about values and settling what was asked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from framework.deeds.querying import LONGEST, ask_about, settle_query
from framework.deeds.recording import record_value
from framework.errors import Conflict, NotAllowed, Refused, Unknown, ValueRefused
from framework.kpis.kpi import Counted, ReportedBy
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.picture.returns import open_queries, returns
from framework.store.pictures import load
from tests.conftest import EDITION, HAZEL, LEADER, NOW, SCHOOL_CONTACT, TODAY, TRUST, a_kpi, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

KPI = "kpi0000001"


def ask(store, *, by=LEADER, now=NOW, **more):
    given = {"kpi": KPI, "place": TRUST.ref, "period": half_term(2026, 1), "words": "Is this right?", **more}
    return ask_about(store, by=by, now=now, **given)


def seen(store):
    return load(store, NOW, Audience.LEADERS)


def by_schools(store):
    put(store, a_kpi(reported_by=ReportedBy.SCHOOLS, version=1))


@BOTH_DATABASES
def test_a_missing_value_can_be_asked_about(store):
    ref = ask(store)
    (query,) = seen(store).queries
    assert (query.ref, query.asked_by, query.asked_on, query.answered_on) == (ref, LEADER.ref, TODAY, None)
    (one,) = [r for r in returns(seen(store), EDITION.ref) if r.query]
    assert (one.query.ref, one.here) == (ref, False)


def test_a_group_of_a_value_that_is_here_can_be_asked_about_and_keeps_its_words_clean(store):
    by_schools(store)
    record_value(store, by=LEADER, now=NOW, kpi=KPI, place=HAZEL.ref, period=half_term(2026, 1), group="FSM: yes",
                 number=30.0, seen=0)  # fmt: skip
    ask(store, place=HAZEL.ref, group=" FSM: yes ", words="  Counted\u00a0twice?\x07 ")
    (query,) = seen(store).queries
    assert (query.group, query.words) == ("FSM: yes", "Counted twice?")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": "  "}, "Say what you want to know"),
        ({"words": "x" * (LONGEST + 1)}, "2,001 characters; at most 2,000"),
        ({"period": Period(PeriodKind.TERM, 2026, 1)}, "measured half-termly"),
        ({"period": half_term(2026, 3)}, "yet to come"),
        ({"period": half_term(2026, 2)}, "runs until .* so no value of it is missing yet"),
        ({"place": HAZEL.ref}, "not reported by this place"),
        ({"place": "nowhere000"}, "not reported by this place"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_and_nothing_is_written(store, given, words):
    before = seen(store).change
    with pytest.raises(ValueRefused, match=words):
        ask(store, **given)
    assert seen(store).change == before


def test_a_question_may_be_as_long_as_it_may_be(store):
    ask(store, words="x" * LONGEST)
    assert len(seen(store).queries[0].words) == LONGEST


def test_a_missing_value_can_be_asked_about_from_the_day_after_its_period_ended(store):
    with pytest.raises(ValueRefused, match=r"runs until 23.Oct.2026"):
        ask(store, now=datetime(2026, 10, 23, 12, tzinfo=UTC))
    assert ask(store, now=datetime(2026, 10, 24, 12, tzinfo=UTC))


def test_a_value_of_a_period_that_still_runs_can_be_asked_about_once_it_is_here(store):
    record_value(store, by=LEADER, now=NOW, kpi=KPI, place=TRUST.ref, period=half_term(2026, 2), number=20.0, seen=0)
    assert ask(store, period=half_term(2026, 2))


def test_what_the_app_counts_itself_has_nobody_to_ask(store):
    put(store, a_kpi(counted=Counted.FRESH_UPDATES, version=1))
    with pytest.raises(ValueRefused, match="nobody to ask"):
        ask(store)


def test_an_unknown_kpi_is_refused(store):
    with pytest.raises(Unknown):
        ask(store, kpi="kpi0000009")


@BOTH_DATABASES
def test_the_same_question_pressed_twice_stands_once(store):
    ask(store)
    with pytest.raises(ValueRefused, match=r"asked already, on 13.Nov.2026"):
        ask(store)
    assert len(seen(store).queries) == 1
    ask(store, words="And the year before?")
    assert len(seen(store).queries) == 2


def test_a_settled_question_keeps_its_answer_and_may_be_asked_again(store):
    ref = ask(store)
    settle_query(store, by=LEADER, now=NOW, query=ref, answer="They count again.", seen=1)
    assert open_queries(seen(store)) == ()
    assert (seen(store).queries[0].answer, seen(store).queries[0].answered_on) == ("They count again.", TODAY)
    ask(store)
    assert len(open_queries(seen(store))) == 1


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        ({"answer": "\n"}, ValueRefused, "Say what came of this question"),
        ({"query": "query00009"}, Unknown, "no such question"),
        ({"seen": 2}, Conflict, "Someone else changed this query"),
    ],
)
def test_what_cannot_be_settled_is_refused_and_the_question_stays_open(store, given, refusal, words):
    ref = ask(store)
    with pytest.raises(refusal, match=words):
        settle_query(store, by=LEADER, now=NOW, **{"query": ref, "answer": "Right.", "seen": 1, **given})
    assert len(open_queries(seen(store))) == 1


@BOTH_DATABASES
def test_a_question_is_settled_once(store):
    ref = ask(store)
    settle_query(store, by=LEADER, now=NOW, query=ref, answer="Right.", seen=1)
    with pytest.raises(ValueRefused, match=r"settled on 13.Nov.2026: Right"):
        settle_query(store, by=LEADER, now=NOW, query=ref, answer="Wrong.", seen=2)
    assert seen(store).queries[0].answer == "Right."


def test_a_school_contact_asks_and_settles_nothing(store):
    ref = ask(store)
    with pytest.raises(NotAllowed):
        ask(store, by=SCHOOL_CONTACT, words="Why?")
    with pytest.raises(NotAllowed):
        settle_query(store, by=SCHOOL_CONTACT, now=NOW, query=ref, answer="It is.", seen=1)
    assert len(open_queries(seen(store))) == 1


def test_a_question_about_a_made_up_kpi_is_made_up_too(store):
    put(store, replace(a_kpi(), fictional=True, version=1))
    ask(store)
    assert seen(store).queries[0].fictional


def test_every_refusal_says_that_nothing_was_saved(store):
    ref = ask(store)
    settle_query(store, by=LEADER, now=NOW, query=ref, answer="Right.", seen=1)
    for refused in (
        lambda: ask(store, words=""),
        lambda: settle_query(store, by=LEADER, now=NOW, query=ref, answer="", seen=2),
    ):
        with pytest.raises(Refused, match="Nothing was saved"):
            refused()
