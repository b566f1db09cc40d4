"""Returns: what is asked of whom, how each stands on either side of its day, and which questions are still open."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as law
from hypothesis import strategies as st

from framework.kpis.kpi import Counted, Frequency, Query, ReportedBy, State
from framework.people import Audience, Role
from framework.picture.returns import (
    ReturnState,
    by_contact,
    contact_of,
    counts,
    open_queries,
    returns,
    rounds,
    state_words,
)
from framework.picture.shape import Picture
from framework.subjects import SUBJECTS
from tests.conftest import (
    AGNES,
    EDITION,
    HAZEL,
    LEADER,
    SCHOOL_CONTACT,
    SMALL_TRUST,
    TODAY,
    TRUST,
    a_kpi,
    a_value,
    half_term,
)

DUE = date(2026, 11, 6)  # of Autumn 1, which ended a fortnight before, on Fri 23 Oct 2026
ASKED_ON = date(2026, 11, 10)
ANNA = replace(SCHOOL_CONTACT, ref="personanna", name="Anna Agnes", school=AGNES.ref)
BY_SCHOOLS = a_kpi(reported_by=ReportedBy.SCHOOLS)
TABLE = {subject.record: subject.table for subject in SUBJECTS}


def seen(*records, on=TODAY, added=None):
    """The small trust on a day, with Anna at St Agnes and these records; values came on the day before."""
    values = [v for v in records if hasattr(v, "symbol")]
    rows: dict[str, dict] = {subject.table: {} for subject in SUBJECTS}
    for row in (*SMALL_TRUST, ANNA, *records):
        rows[TABLE[type(row)]][row.ref] = row

    def series(kpi):
        return tuple(sorted((v for v in values if v.kpi == kpi), key=lambda v: v.period.ordinal))

    return Picture(
        change=1,
        as_at=datetime.combine(on, datetime.min.time(), UTC),
        on=on,
        audience=Audience.LEADERS,
        rows=rows,
        latest={},
        load_series=series,
        kpi_changes={},
        kpi_added={} if added is None else {BY_SCHOOLS.ref: added},
    )


def came(place, year=2026, index=1, number=24.0, **more):
    given = {"recorded_at": datetime(2026, 11, 12, 9, 0, tzinfo=UTC), **more}
    return a_value(
        number, ref=f"v{place.ref[5:8]}{year}{index}", place=place.ref, period=half_term(year, index), **given
    )


def a_query(place=HAZEL, **changes):
    """Asked on 10 November about the school's value of Autumn 1."""
    query = Query("query00001", BY_SCHOOLS.ref, place.ref, half_term(2026, 1), "Is this right?", ASKED_ON)
    return replace(query, **changes)


def at(picture, place=HAZEL, given=()):
    """The newest return of a place."""
    slots = {(BY_SCHOOLS.ref, p.ref, half_term(2026, 1).code) for p in given}
    (found,) = [r for r in returns(picture, EDITION.ref, slots) if r.place == place and not r.older]
    return found


# Whom to ask


def names(picture, kpi, place):
    return [p.name for p in contact_of(picture, kpi, place)]


@pytest.mark.parametrize(
    ("left_on", "asked"), [(None, True), (TODAY, True), (TODAY - timedelta(days=1), False)], ids=str
)
def test_a_school_is_asked_through_its_contact_until_their_last_day(left_on, asked):
    picture = seen(BY_SCHOOLS, replace(SCHOOL_CONTACT, left_on=left_on))
    assert names(picture, BY_SCHOOLS, HAZEL) == (["Sam Contact"] if asked else [])


def test_only_a_contact_of_this_school_is_asked_and_all_of_them_are():
    member = replace(SCHOOL_CONTACT, ref="personother", name="Mo Member", role=Role.MEMBER)
    second = replace(SCHOOL_CONTACT, ref="personsec0", name="Bea Second")
    assert names(seen(BY_SCHOOLS, member, second), BY_SCHOOLS, HAZEL) == ["Bea Second", "Sam Contact"]
    assert names(seen(BY_SCHOOLS), BY_SCHOOLS, AGNES) == ["Anna Agnes"]


@pytest.mark.parametrize(
    ("owner", "asked"), [(LEADER.ref, ["Priya Leader"]), (None, []), ("persongone", [])], ids=["owner", "none", "left"]
)
def test_the_trusts_own_figure_is_asked_of_the_kpis_owner(owner, asked):
    gone = replace(LEADER, ref="persongone", left_on=date(2026, 7, 17))
    kpi = a_kpi(owner=owner)
    assert names(seen(kpi, gone), kpi, TRUST) == asked


# How a return stands


@pytest.mark.parametrize(
    ("on", "lag", "state", "words"),
    [
        (date(2026, 10, 24), None, ReturnState.WAITING, "Due by 6 Nov 2026"),
        (DUE, None, ReturnState.WAITING, "Due by 6 Nov 2026"),
        (date(2026, 11, 8), None, ReturnState.WAITING, "Was due on 6 Nov 2026; no school day has passed since"),
        (date(2026, 11, 9), None, ReturnState.LATE, "Late by 1 school day"),
        (TODAY, None, ReturnState.LATE, "Late by 5 school days"),
        (date(2026, 11, 1), 3, ReturnState.WAITING, "Was due on 26 Oct 2026; no school day has passed since"),
        (date(2026, 11, 2), 3, ReturnState.LATE, "Late by 1 school day"),
    ],
)
def test_a_missing_value_is_late_from_the_first_school_day_after_it_was_due(on, lag, state, words):
    one = at(seen(replace(BY_SCHOOLS, lag_days=lag), on=on))
    assert (one.state, state_words(one, on).replace("\N{NO-BREAK SPACE}", " ")) == (state, words)


def test_the_newest_period_is_asked_for_from_the_day_after_its_end():
    found = [returns(seen(BY_SCHOOLS, on=on), EDITION.ref) for on in (date(2026, 10, 23), date(2026, 10, 24))]
    assert [{r.period for r in listed if not r.older} for listed in found] == [
        {half_term(2025, 6)},
        {half_term(2026, 1)},
    ]


def test_a_value_of_nought_is_in_and_so_is_one_that_does_not_apply():
    picture = seen(BY_SCHOOLS, came(HAZEL, number=0.0), came(AGNES, number=None, state=State.NOT_APPLICABLE))
    assert [at(picture, place).state for place in (HAZEL, AGNES)] == [ReturnState.IN, ReturnState.IN]
    assert state_words(at(picture, AGNES), TODAY).startswith("In, as not applicable since")


def test_a_group_alone_is_not_the_value_that_was_asked_for():
    assert at(seen(BY_SCHOOLS, came(HAZEL, group="FSM: yes"))).state is ReturnState.LATE


def test_what_was_given_in_waits_to_be_checked_unless_the_value_is_here_and_unquestioned():
    missing, here = seen(BY_SCHOOLS), seen(BY_SCHOOLS, came(HAZEL))
    queried = seen(BY_SCHOOLS, came(HAZEL, recorded_at=datetime(2026, 11, 5, tzinfo=UTC)), a_query())
    states = [at(picture, given=[HAZEL]).state for picture in (missing, here, queried)]
    assert states == [ReturnState.RETURNED, ReturnState.IN, ReturnState.RETURNED]


def test_a_question_stands_before_being_in_or_late():
    before = datetime(2026, 11, 5, tzinfo=UTC)
    assert at(seen(BY_SCHOOLS, a_query())).state is ReturnState.QUERIED
    one = at(seen(BY_SCHOOLS, a_query(), came(HAZEL, recorded_at=before)))
    assert (one.state, one.here, one.is_asked) == (ReturnState.QUERIED, True, True)
    assert state_words(one, TODAY).startswith("In, but queried on")


def test_what_the_app_counts_itself_is_asked_of_nobody():
    assert returns(seen(replace(BY_SCHOOLS, counted=Counted.FRESH_UPDATES)), EDITION.ref) == ()


def test_a_version_asks_for_no_period_that_ended_before_it_began():
    later = replace(EDITION, starts_on=date(2026, 11, 1))
    assert returns(seen(BY_SCHOOLS, later), EDITION.ref) == ()


@pytest.mark.parametrize(
    ("added", "days"), [(date(2026, 9, 1), 5), (DUE, 5), (date(2026, 11, 10), 3), (TODAY, 0)], ids=str
)
def test_a_kpi_that_came_after_its_value_was_due_is_late_from_the_day_it_came(added, days):
    found = returns(seen(BY_SCHOOLS, added=added), EDITION.ref)
    assert {r.days_late for r in found if not r.older} == {days}
    assert [r for r in found if r.older] == []


# Earlier periods


def test_of_earlier_periods_only_what_is_missing_or_queried_is_listed():
    earlier = [
        came(place, 2025, n, recorded_at=datetime(2025, 11, 5, tzinfo=UTC))
        for place in (HAZEL, AGNES)
        for n in range(1, 7)
    ]
    about = a_query(period=half_term(2025, 3))
    found = returns(
        seen(BY_SCHOOLS, *(v for v in earlier if v.place != AGNES.ref or v.period.index != 5), about), EDITION.ref
    )
    older = {(r.place, r.period.index, r.state) for r in found if r.older}
    assert older == {(AGNES, 5, ReturnState.LATE), (HAZEL, 3, ReturnState.QUERIED)}


# Questions


@pytest.mark.parametrize(
    ("recorded", "is_open"),
    [
        (datetime(2026, 11, 9, 12, tzinfo=UTC), True),
        (datetime(2026, 11, 10, 12, tzinfo=UTC), True),  # may be the very value that was asked about
        (datetime(2026, 11, 11, 12, tzinfo=UTC), False),
    ],
    ids=["the day before", "the same day", "the day after"],
)
def test_a_value_recorded_on_a_later_day_answers_the_question(recorded, is_open):
    picture = seen(BY_SCHOOLS, a_query(), came(HAZEL, recorded_at=recorded))
    assert len(open_queries(picture)) == is_open


@pytest.mark.parametrize(
    "other",
    [came(AGNES), came(HAZEL, index=2), came(HAZEL, group="FSM: yes"), replace(came(HAZEL), kpi="kpi0000002")],
    ids=["place", "period", "group", "kpi"],
)
def test_a_value_of_another_place_period_group_or_kpi_answers_nothing(other):
    assert len(open_queries(seen(BY_SCHOOLS, a_query(), other))) == 1


def test_a_question_about_a_group_is_answered_by_that_groups_value():
    picture = seen(BY_SCHOOLS, a_query(group="FSM: yes"), came(HAZEL, group="FSM: yes"))
    assert open_queries(picture) == ()


def test_a_question_with_an_answer_or_put_away_is_open_no_longer():
    answered = a_query(answer="Counted again.", answered_on=ASKED_ON)
    assert open_queries(seen(BY_SCHOOLS, answered)) == ()
    assert open_queries(seen(BY_SCHOOLS, a_query(archived=True))) == ()


# Counting


def test_the_counts_say_what_is_in_late_queried_and_to_be_checked():
    picture = seen(BY_SCHOOLS, came(HAZEL))
    assert counts(at(picture, place) for place in (HAZEL, AGNES)).words == "1 of 2 in · 1 late"
    assert counts([at(picture), at(picture, AGNES, given=[AGNES])]).words == "1 of 2 in · 1 to check"
    assert counts([at(seen(BY_SCHOOLS, a_query()))]).words == "0 of 1 in · 1 queried"
    assert counts([]).words == "0 of 0 in"


def test_earlier_periods_are_not_among_the_counts_nor_a_round():
    listed = returns(seen(BY_SCHOOLS), EDITION.ref)
    assert any(r.older for r in listed)
    assert counts(listed).asked == 2
    assert [(period, one.asked) for period, one in rounds(listed)] == [(half_term(2026, 1), 2)]


def test_rounds_stand_with_what_was_due_last_first():
    yearly = a_kpi(ref="kpi0000002", code="K-A03", frequency=Frequency.MONTHLY, lag_days=60)
    listed = returns(seen(BY_SCHOOLS, yearly), EDITION.ref)
    assert [period.words for period, _ in rounds(listed)] == ["October 2026", "Autumn 1, 2026/27"]


def test_whoever_owes_most_stands_first_and_what_has_no_contact_before_everyone():
    sent = [came(HAZEL, 2025, n) for n in range(1, 7)]
    nobodys = a_kpi(ref="kpi0000002", code="K-A03", owner=None)
    found = by_contact(returns(seen(BY_SCHOOLS, nobodys, came(HAZEL), *sent), EDITION.ref))
    assert [(one.why, one.person and one.person.name) for one in found] == [
        ("K-A03 has no owner", None),
        ("", "Anna Agnes"),
        ("", "Sam Contact"),
    ]
    assert [len(one.asked) for one in found[1:]] == [7, 0]


def test_a_school_without_a_contact_is_named():
    gone = replace(ANNA, left_on=date(2026, 7, 17))
    first = by_contact(returns(seen(BY_SCHOOLS, gone), EDITION.ref))[0]
    assert (first.why, first.person) == ("St Agnes Secondary has no contact", None)


@law(
    st.sets(st.sampled_from([HAZEL, AGNES])),
    st.sets(st.sampled_from([HAZEL, AGNES])),
    st.sets(st.sampled_from([HAZEL, AGNES])),
)
def test_everything_asked_for_stands_in_one_way_and_is_counted_once(sent, queried, returned):
    early = datetime(2026, 11, 5, tzinfo=UTC)
    queries = [a_query(place, ref=f"query{place.ref[5:]}") for place in queried]
    picture = seen(BY_SCHOOLS, *(came(place, recorded_at=early) for place in sent), *queries)
    listed = [at(picture, place, given=returned) for place in (HAZEL, AGNES)]
    found, said = counts(listed), Counter(r.state for r in listed)
    assert (found.asked, found.here) == (2, len(sent))
    assert said.total() == 2
    assert (found.late, found.queried, found.returned) == (
        said[ReturnState.LATE],
        said[ReturnState.QUERIED],
        said[ReturnState.RETURNED],
    )
    assert all(r.is_asked == (r.state in {ReturnState.LATE, ReturnState.QUERIED}) for r in listed)
