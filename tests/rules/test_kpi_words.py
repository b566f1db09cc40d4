"""Numbers as people read them."""

import pytest

from framework.kpis.kpi import Measure, ReportedBy
from framework.kpis.words import apart, half_up, plain_number, with_unit
from tests.conftest import a_kpi

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("number", "decimals", "shown"),
    [
        (12.5, 0, "13"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),
        (1234567.0, 1, "1,234,567"),
        (-0.04, 1, "0"),
        (-3.25, 1, f"{MINUS}3.3"),
        (0.0, 1, "0"),
        (24.10, 1, "24.1"),
    ],
)
def test_numbers_are_rounded_half_up_and_shown_without_needless_noughts(number, decimals, shown):
    assert plain_number(number, decimals) == shown


def test_rounding_takes_the_number_as_it_was_written():
    assert str(half_up(0.285, 2)) == "0.29"  # in binary it is 0.28499999999999998


@pytest.mark.parametrize(
    ("kpi", "number", "shown"),
    [
        (a_kpi(), 24.14, f"24.1{NBSP}%"),
        (a_kpi(measure=Measure.COUNT, unit="members"), 2.0, f"2{NBSP}members"),
        (a_kpi(measure=Measure.COUNT, unit="members"), 1.0, f"1{NBSP}member"),
        (a_kpi(measure=Measure.CURRENCY, unit="£"), 12400.0, "£12,400"),
        (a_kpi(measure=Measure.MILESTONE, unit=None), 1.0, "done"),
        (a_kpi(measure=Measure.MILESTONE, unit=None), 0.0, "not done"),
        (a_kpi(measure=Measure.MILESTONE, unit=None, reported_by=ReportedBy.SCHOOLS), 5.0, f"5{NBSP}done"),
        (a_kpi(measure=Measure.MILESTONE, unit=None, reported_by=ReportedBy.SCHOOLS), 0.0, f"0{NBSP}done"),
        (a_kpi(measure=Measure.CURRENCY, unit="£"), -50.0, f"{MINUS}£50"),
        (a_kpi(measure=Measure.RATE, unit="per 100 pupils"), 0.0, f"0{NBSP}per 100 pupils"),
    ],
)
def test_a_value_is_never_shown_without_its_unit(kpi, number, shown):
    assert with_unit(kpi, number) == shown


def test_two_values_that_differ_never_look_the_same():
    assert apart(a_kpi(), 21.64, 21.63) == (f"21.64{NBSP}%", f"21.63{NBSP}%")
    assert apart(a_kpi(), 21.6, 21.6) == (f"21.6{NBSP}%", f"21.6{NBSP}%")
