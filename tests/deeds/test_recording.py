"""Recording values by hand."""

from dataclasses import replace
from datetime import date

import pytest

from framework.deeds.recording import record_value
from framework.errors import Conflict, NotAllowed, Unknown, ValueRefused
from framework.kpis.kpi import Counted, Measure, ReportedBy, State, Symbol
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.store.pictures import load
from tests.conftest import AGNES, HAZEL, LEADER, NOW, SCHOOL_CONTACT, TRUST, a_kpi, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

KPI = "kpi0000001"


def record(store, *, by=LEADER, number=24.1, seen=0, **more):
    given = {"kpi": KPI, "place": TRUST.ref, "period": half_term(2026, 1), "number": number, **more}
    return record_value(store, by=by, now=NOW, seen=seen, **given)


def latest(store, place=TRUST.ref):
    return load(store, NOW, Audience.LEADERS).latest.get((KPI, place, ""))


def by_schools(store):
    put(store, a_kpi(reported_by=ReportedBy.SCHOOLS, version=1))


@BOTH_DATABASES
def test_a_value_is_recorded_with_its_parts(store):
    record(store, number=None, numerator=241, denominator=1000)
    assert (latest(store).number, latest(store).numerator) == (24.1, 241)


@BOTH_DATABASES
def test_a_correction_asks_why_and_keeps_the_earlier_value(store):
    seen = record(store)
    with pytest.raises(ValueRefused, match="Say why"):
        record(store, number=23.0, seen=seen)
    record(store, number=23.0, seen=seen, note="late register")
    assert (latest(store).number, latest(store).corrects) == (23.0, True)


@BOTH_DATABASES
def test_two_people_who_record_the_same_value_are_told_of_each_other(store):
    record(store)
    with pytest.raises(Conflict, match="Someone else recorded this value"):
        record(store, number=25.0)
    assert latest(store).number == 24.1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"number": 140.0}, "140 cannot be right: wanted a number from 0 to 100: the KPI is a percentage"),
        ({"number": -0.1}, "a number from 0 to 100"),
        ({"number": float("nan")}, "nan cannot be right"),
        ({"number": None}, "nothing cannot be right: wanted a number, or a state"),
        ({"number": None, "numerator": 12, "denominator": 10}, "a numerator of at most 10, the denominator"),
        ({"number": 24.1, "numerator": 1, "denominator": 10}, "wanted 10, which is 1 of 10"),
        ({"number": 24.1, "numerator": 0, "denominator": 0}, "a denominator of 1 or more"),
        ({"period": Period(PeriodKind.TERM, 2026, 1)}, "K-A02 is measured half-termly"),
        ({"period": half_term(2026, 3)}, "yet to come"),
        ({"period": half_term(2023, 1)}, "no dates for Autumn 1, 2023/24"),
        ({"place": HAZEL.ref}, "not reported by this place"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words_and_nothing_is_written(store, given, words):
    before = load(store, NOW, Audience.LEADERS).change
    with pytest.raises(ValueRefused, match=words):
        record(store, **given)
    assert load(store, NOW, Audience.LEADERS).change == before


@BOTH_DATABASES
def test_nought_and_a_hundred_are_values(store):
    record(store, number=0.0)
    assert latest(store).number == 0.0
    record(store, number=100.0, seen=latest(store).version, note="counted again")
    assert latest(store).number == 100.0


def test_not_applicable_needs_no_number(store):
    record(store, number=None, state=State.NOT_APPLICABLE)
    assert (latest(store).number, latest(store).has_number) == (None, False)


@BOTH_DATABASES
def test_an_average_keeps_its_standard_deviation(store):
    put(store, a_kpi(measure=Measure.AVERAGE, unit="points", version=1))
    record(store, number=24.1, denominator=40, sd=0.0)
    assert (latest(store).sd, latest(store).denominator) == (0.0, 40)


@pytest.mark.parametrize(
    ("measure", "sd", "words"),
    [
        (Measure.PERCENTAGE, 3.0, "K-A02 is no average, so it has no standard deviation"),
        (Measure.AVERAGE, -0.1, "0.1 cannot be right: wanted a standard deviation of 0 or more"),
        (Measure.AVERAGE, float("inf"), "inf cannot be right: wanted a standard deviation of 0 or more"),
    ],
)
def test_a_standard_deviation_that_cannot_be_right_is_refused(store, measure, sd, words):
    put(store, a_kpi(measure=measure, version=1))
    with pytest.raises(ValueRefused, match=words):
        record(store, sd=sd)
    assert latest(store) is None


def test_a_share_of_one_among_percentages_is_refused_as_it_is_in_a_file(store):
    record(store, number=24.1, period=half_term(2025, 6))
    with pytest.raises(ValueRefused, match="the same scale as its other values"):
        record(store, number=0.22)
    record(store, number=None, numerator=1, denominator=400)
    assert latest(store).number == 0.25


def test_the_first_value_is_on_the_scale_of_the_baseline(store):
    with pytest.raises(ValueRefused, match="the same scale as its other values"):
        record(store, number=0.22)
    assert latest(store) is None


def test_a_value_of_a_period_before_the_school_joined_is_refused(store):
    by_schools(store)
    put(store, replace(HAZEL, joined_on=date(2026, 9, 1), version=1))
    with pytest.raises(ValueRefused, match="it joined the trust on 1 Sep 2026"):
        record(store, place=HAZEL.ref, period=half_term(2025, 6))
    record(store, place=HAZEL.ref)
    assert latest(store, HAZEL.ref).number == 24.1


def test_a_kpi_that_is_counted_here_takes_no_value_by_hand(store):
    put(store, a_kpi(counted=Counted.FRESH_UPDATES, version=1))
    with pytest.raises(ValueRefused, match="K-A02 is counted here from the plan; nobody types it in"):
        record(store)
    assert latest(store) is None


@pytest.mark.parametrize(
    "given",
    [
        {"state": State.NOT_APPLICABLE},
        {"state": State.NOT_AVAILABLE},
        {"symbol": Symbol.SUPPRESSED},
        {"symbol": Symbol.NOT_APPLICABLE},
        {"symbol": Symbol.NOT_AVAILABLE},
        {"number": None, "numerator": 3, "denominator": 12, "symbol": Symbol.SUPPRESSED},
    ],
)
def test_a_number_is_refused_where_the_state_or_the_symbol_says_there_is_none(store, given):
    with pytest.raises(ValueRefused, match="says that there is none to show"):
        record(store, **given)
    assert latest(store) is None


@pytest.mark.parametrize("symbol", [Symbol.LOW, Symbol.UNRELIABLE])
def test_a_number_may_be_rounded_or_unreliable(store, symbol):
    record(store, number=0.0, symbol=symbol)
    assert latest(store).has_number


def test_an_unknown_kpi_is_refused(store):
    with pytest.raises(Unknown):
        record(store, kpi="kpi0000009")


def test_a_school_contact_records_the_own_school_and_no_other(store):
    by_schools(store)
    record(store, by=SCHOOL_CONTACT, place=HAZEL.ref)
    assert latest(store, HAZEL.ref).number == 24.1
    with pytest.raises(NotAllowed, match="for this school"):
        record(store, by=SCHOOL_CONTACT, place=AGNES.ref)
    assert latest(store, AGNES.ref) is None
