"""A KPI's figures period by period: gaps, kinds of nothing, roll-ups, groups; and the order of a list of KPIs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from framework.kpis.kpi import ReportedBy, State, Symbol
from framework.kpis.standing import Standing
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.picture.entering import periods_to_enter, places_to_enter
from framework.picture.figures import Missing, by_group, by_school, figures, of_words, parts, short_period
from framework.picture.judged import latest, verdict
from framework.picture.listing import KpiSort, Standings, counted, has_words, kpi_lines, sorted_kpis
from framework.picture.review import Filter
from framework.store.pictures import load
from tests.conftest import (
    AGNES,
    EDITION,
    HAZEL,
    LEADER,
    NOW,
    SCHOOL_CONTACT,
    SMALL_TRUST,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    half_term,
    put,
)

BY_SCHOOLS = a_kpi(reported_by=ReportedBy.SCHOOLS)


def picture(store, *records, kpi=BY_SCHOOLS):
    """The small trust with this KPI in place of its own, and these records."""
    own = [row for row in SMALL_TRUST if getattr(row, "ref", "") != kpi.ref]
    put(store, *own, kpi)
    if records:
        put(store, *records, now=datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
    return load(store, NOW, Audience.LEADERS)


def sent(place, year, index, number=24.0, ref="v", **more):
    made = f"{ref}{place.ref[5:8]}{year % 100}{index}".ljust(10, "0")
    return a_value(number, ref=made, place=place.ref, period=half_term(year, index), **more)


@pytest.fixture
def at(empty_store):
    return lambda *records, kpi=BY_SCHOOLS: picture(empty_store, *records, kpi=kpi)


def test_a_period_without_a_value_is_in_the_list_with_its_reason(at):
    seen = at(sent(HAZEL, 2025, 6), sent(HAZEL, 2025, 4))
    found = figures(seen, BY_SCHOOLS, HAZEL.ref)
    assert [(f.period.index, f.missing) for f in found] == [
        (4, None),
        (5, Missing.NOT_REPORTED),
        (6, None),
        (1, Missing.NOT_REPORTED),
    ]


def test_a_value_that_is_not_due_yet_is_not_called_missing(at):
    kpi = replace(BY_SCHOOLS, lag_days=60)
    seen = at(sent(HAZEL, 2025, 6), kpi=kpi)
    assert figures(seen, kpi, HAZEL.ref)[-1].missing is Missing.NOT_DUE


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"state": State.NOT_APPLICABLE}, Missing.NOT_APPLICABLE),
        ({"state": State.NOT_AVAILABLE}, Missing.NOT_AVAILABLE),
        ({"state": State.NOT_AVAILABLE, "symbol": Symbol.SUPPRESSED}, Missing.HIDDEN),
        ({"state": State.NOT_AVAILABLE, "symbol": Symbol.NOT_APPLICABLE}, Missing.NOT_APPLICABLE),
    ],
)
def test_kinds_of_nothing_are_never_mixed(at, more, missing):
    seen = at(sent(HAZEL, 2025, 6), sent(HAZEL, 2026, 1, None, **more))
    assert figures(seen, BY_SCHOOLS, HAZEL.ref)[-1].missing is missing


def test_nought_is_a_figure(at):
    newest = figures(at(sent(HAZEL, 2026, 1, 0.0)), BY_SCHOOLS, HAZEL.ref)[-1]
    assert (newest.value.number, newest.missing) == (0.0, None)


def test_no_value_at_all_is_no_list(at):
    assert figures(at(), BY_SCHOOLS, TRUST.ref) == []


def test_a_rolled_up_figure_says_that_a_school_is_missing(at):
    newest = figures(at(sent(AGNES, 2026, 1, 24.0, numerator=216, denominator=900)), BY_SCHOOLS, TRUST.ref)[-1]
    assert newest.remark.startswith("1 of 2 schools")


def test_the_parts_of_a_rolled_up_figure_hold_every_school_that_should_be_in_it(at):
    seen = at(sent(AGNES, 2026, 1, 24.0, numerator=216, denominator=900))
    found = {
        place.name: (f.value and of_words(f.value), f.missing)
        for place, f in parts(seen, BY_SCHOOLS, half_term(2026, 1))
    }
    assert found == {
        HAZEL.name: (None, Missing.NOT_REPORTED),
        AGNES.name: ("216\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}900", None),
    }


def test_a_group_that_only_the_trust_reports_is_found_beside_its_schools_values(at):
    everyone = (
        sent(HAZEL, 2026, 1, numerator=96, denominator=400),
        sent(AGNES, 2026, 1, numerator=216, denominator=900),
    )
    split = [
        sent(TRUST, 2026, 1, 30.0, ref=r, group=g, numerator=n, denominator=d)
        for r, g, n, d in (("g", "FSM: no", 90, 300), ("h", "FSM: yes", 60, 200))
    ]
    seen = at(*everyone, *split)
    assert [(g, f.value.denominator) for g, f in by_group(seen, BY_SCHOOLS, TRUST.ref)] == [
        ("FSM: yes", 200),
        ("FSM: no", 300),
    ]
    assert latest(seen, BY_SCHOOLS, TRUST.ref).rolled is not None


def test_each_school_that_reports_has_its_own_verdict(at):
    found = by_school(at(sent(HAZEL, 2026, 1)), BY_SCHOOLS)
    assert [(p.name, v.standing) for p, v in found] == [
        (HAZEL.name, Standing.NO_TARGET),
        (AGNES.name, Standing.NOT_REPORTED),
    ]


def test_a_kpi_of_the_trust_has_no_schools(at):
    assert by_school(at(kpi=a_kpi()), a_kpi()) == []


def test_an_ended_version_asks_for_nothing_after_its_end(empty_store):
    ended = replace(EDITION, ref="editionold", code="2023-2025", ends_on=datetime(2025, 7, 31).date())
    kpi = a_kpi(ref="kpi0000009", code="K-E01", edition=ended.ref)
    newest = a_value(27.0, ref="valueended", kpi=kpi.ref, period=half_term(2024, 6))
    put(empty_store, *SMALL_TRUST, ended, kpi)
    put(empty_store, newest)
    seen = load(empty_store, NOW, Audience.LEADERS)
    assert verdict(seen, kpi).standing is not Standing.STALE
    assert [f.period for f in figures(seen, kpi, TRUST.ref)] == [half_term(2024, 6)]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (half_term(2023, 1), "Au1 23"),
        (half_term(2023, 3), "Sp1 24"),
        (half_term(2026, 6), "Su2 27"),
        (Period(PeriodKind.TERM, 2023, 1), "Au 23"),
        (Period(PeriodKind.TERM, 2023, 3), "Su 24"),
        (Period(PeriodKind.MONTH, 2023, 1), "Sep 23"),
        (Period(PeriodKind.MONTH, 2023, 5), "Jan 24"),
        (Period(PeriodKind.YEAR, 2023), "2023/24"),
    ],
)
def test_a_period_on_an_axis_is_short_and_names_the_calendar_year(period, words):
    assert short_period(period) == words


def test_a_school_contact_may_enter_values_of_the_own_school_alone(at):
    seen = at()
    assert [p.name for p in places_to_enter(seen, BY_SCHOOLS, SCHOOL_CONTACT)] == [HAZEL.name]
    assert len(places_to_enter(seen, BY_SCHOOLS, LEADER)) == 2
    assert places_to_enter(seen, BY_SCHOOLS, None) == []


def test_the_period_just_over_is_offered_first_and_none_that_is_yet_to_come(at):
    offered = periods_to_enter(at(), BY_SCHOOLS)
    assert offered[0] == half_term(2026, 1)
    assert half_term(2026, 2) in offered
    assert half_term(2026, 3) not in offered


def a_list(at):
    """Five KPIs: behind by much, behind by little, on track, without a verdict, for context."""
    facts = {"A": 26.0, "B": 24.1, "C": 21.0, "D": None, "E": 24.0}
    kpis = [
        a_kpi(ref=f"kpi000000{c}", code=f"K-{c}", title=f"Title {c}", level="context" if c == "E" else "outcome")
        for c in facts
    ]
    aims = [a_target(ref=f"target000{k.code[-1]}", kpi=k.ref) for k in kpis]
    values = [a_value(n, ref=f"value0000{c}", kpi=f"kpi000000{c}") for c, n in facts.items() if n is not None]
    seen = at(*aims, *values, *kpis, kpi=a_kpi(archived=True))
    return kpi_lines(seen, EDITION.ref, Filter())


def test_most_concern_stands_first_and_context_last(at):
    assert [line.kpi.code for line in sorted_kpis(a_list(at), KpiSort.CONCERN)] == ["K-A", "K-B", "K-D", "K-C", "K-E"]


def test_a_list_is_counted_as_n_of_those_judged_with_the_rest_apart(at):
    assert (
        counted(a_list(at))
        == "1 of 3 on track, 2 behind. 1 without a verdict: 1 not reported. 1 for context, never judged."
    )


def test_the_standings_to_choose_from_follow_the_marks(at):
    assert [line.standings for line in a_list(at)] == [
        Standings.BEHIND,
        Standings.BEHIND,
        Standings.ON_TRACK,
        Standings.NONE,
        Standings.CONTEXT,
    ]


def test_every_word_searched_for_must_be_there_in_any_case():
    assert has_words(("Persistent absence", None, "Idris Farah"), "farah ABSENCE")
    assert not has_words(("Persistent absence", None), "absence attendance")
    assert has_words((), "  ")
