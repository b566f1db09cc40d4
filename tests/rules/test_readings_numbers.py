"""Numbers and percentages: bounds, ranges, counts and signs are kept, and the scale of a column is never guessed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.kpis.kpi import Symbol
from framework.workbook.cells import Cell
from framework.workbook.readings import (
    Amount,
    Certainty,
    Comparator,
    Scale,
    looks_like,
    read_amount,
    read_share,
    scale_of,
)
from tests.rules.said import cell

AT_LEAST, ABOVE, AT_MOST, BELOW = Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW


@pytest.mark.parametrize(
    ("text", "amount", "certainty"),
    [
        ("1,673,907.50", Amount(1_673_907.5), "exact"),
        ("0", Amount(0), "exact"),
        ("-3", Amount(-3), "exact"),
        ("\u22123", Amount(-3), "exact"),
        (".5", Amount(0.5), "exact"),
        ("12%", Amount(12), "exact"),
        ("75 per cent", Amount(75), "exact"),
        ("12*", Amount(12), "exact"),
        ("1 673 907", Amount(1_673_907), "assumed"),
        ("(1,234)", Amount(-1234), "assumed"),
        ("£12,000", Amount(12_000), "exact"),
        ("-£12.50", Amount(-12.5), "exact"),
        ("£-12.50", Amount(-12.5), "exact"),
        ("12000 GBP", Amount(12_000), "exact"),
        ("12k", Amount(12_000), "ask"),
        ("£12k", Amount(12_000), "ask"),
        ("£1.2m", Amount(1_200_000), "ask"),
        ("12.5 pupils", Amount(12.5), "ask"),
        ("75% of pupils", Amount(75), "ask"),
        ("c. 75", Amount(75), "assumed"),
        ("~75", Amount(75), "assumed"),
        (">95", Amount(95, comparator=ABOVE), "exact"),
        (">= 95", Amount(95, comparator=AT_LEAST), "exact"),
        ("≥95%", Amount(95, comparator=AT_LEAST), "exact"),
        ("at least 95", Amount(95, comparator=AT_LEAST), "exact"),
        ("95+", Amount(95, comparator=AT_LEAST), "exact"),
        ("95% or more", Amount(95, comparator=AT_LEAST), "exact"),
        ("<5", Amount(5, comparator=BELOW), "exact"),
        ("fewer than 5", Amount(5, comparator=BELOW), "exact"),
        ("up to 5", Amount(5, comparator=AT_MOST), "exact"),
        ("5 or fewer", Amount(5, comparator=AT_MOST), "exact"),
        ("75-80", Amount(low=75, high=80), "exact"),
        ("75% \u2013 80%", Amount(low=75, high=80), "exact"),
        ("between 75 and 80", Amount(low=75, high=80), "exact"),
        ("3 of 4", Amount(0.75, numerator=3, denominator=4), "ask"),
        ("3/4", Amount(0.75, numerator=3, denominator=4), "ask"),
        ("75% (3/4)", Amount(75, numerator=3, denominator=4), "exact"),
        ("3 of 4 (75%)", Amount(75, numerator=3, denominator=4), "exact"),
        ("3 of 4 (57%)", Amount(57, numerator=3, denominator=4), "ask"),
        ("z", Amount(symbol=Symbol.NOT_APPLICABLE), "exact"),
        ("X", Amount(symbol=Symbol.NOT_AVAILABLE), "exact"),
        ("[c]", Amount(symbol=Symbol.SUPPRESSED), "exact"),
        ("SUPP", Amount(symbol=Symbol.SUPPRESSED), "exact"),
        ("low", Amount(symbol=Symbol.LOW), "exact"),
        ("K", Amount(symbol=Symbol.LOW), "exact"),
        ("u", Amount(symbol=Symbol.UNRELIABLE), "exact"),
        ("..", Amount(symbol=Symbol.NOT_AVAILABLE), "exact"),
        (":", Amount(symbol=Symbol.NOT_AVAILABLE), "exact"),
    ],
)
def test_a_number_keeps_how_it_was_written(text, amount, certainty):
    reading = read_amount(cell(text))
    assert (reading.value, reading.certainty.value) == (amount, certainty)


@pytest.mark.parametrize("text", ["sixty", "NA", "None", "1,23", "80-75", "3/0", "%", "1e5", "nan", "12/3/4"])
def test_what_is_no_number_is_an_error_and_no_nought(text):
    reading = read_amount(cell(text))
    assert (reading.value, reading.certainty) == (None, Certainty.ERROR)


@pytest.mark.parametrize("value", [True, float("nan"), float("inf")])
def test_what_is_no_finite_number_is_none(value):
    assert read_amount(cell(value)).value is None


def test_pounds_are_said_in_the_rule():
    assert read_amount(cell("£12,000")).rule == "pounds"


@pytest.mark.parametrize("value", [date(2025, 4, 3), datetime(2025, 4, 3)])
def test_a_date_in_a_column_of_numbers_is_what_excel_made_of_a_fraction(value):
    reading = read_amount(cell(value, "d-mmm"))
    assert (reading.value, reading.says) == (None, 'Excel has changed "3/4" into 3 April.')


def test_an_empty_cell_is_nothing_and_no_nought():
    assert (read_amount(cell("  ")).value, read_amount(cell("  ")).rule) == (None, "nothing")
    assert read_amount(cell(0)).value == Amount(0.0)


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([0.75, 0.5, 1], Scale.SHARE_OF_ONE),
        ([0.75, 0, None], Scale.SHARE_OF_ONE),
        ([75, 60.5], Scale.PERCENT),
        ([75, 0, 1], Scale.PERCENT),
        ([100, 2], Scale.PERCENT),
        ([100.5, 2], Scale.UNKNOWN),
        ([0.75, 75], Scale.MIXED),
        ([0.999, 1.001], Scale.MIXED),
        ([0, 1, 1], Scale.UNKNOWN),
        ([-5, 60], Scale.UNKNOWN),
        ([], Scale.UNKNOWN),
        (["x", "n/a"], Scale.UNKNOWN),
        (["75%", 1], Scale.PERCENT),
        (["75%", 0.5], Scale.SHARE_OF_ONE),
        (["0.75", "0.5"], Scale.SHARE_OF_ONE),
        ([True, 60], Scale.PERCENT),
    ],
)
def test_the_scale_of_a_column_is_what_its_bare_numbers_show(values, scale):
    assert scale_of([None if value is None else cell(value) for value in values]) is scale


def test_where_bare_numbers_do_not_tell_the_formats_beside_them_do():
    assert scale_of([cell(1), cell(0.75, "0%")]) is Scale.SHARE_OF_ONE
    assert scale_of([cell(1), cell(0.75, "0%"), cell("80%")]) is Scale.UNKNOWN


@pytest.mark.parametrize(
    ("value", "form", "scale", "number", "certainty"),
    [
        (0.756, "0.0%", Scale.UNKNOWN, 75.6, "exact"),
        (75, '0"%"', Scale.PERCENT, 75, "assumed"),
        (0.75, "General", Scale.SHARE_OF_ONE, 75, "exact"),
        (0.75, "General", Scale.MIXED, 0.75, "ask"),
        (75, "General", Scale.MIXED, 75, "ask"),
        (75, "General", Scale.UNKNOWN, 75, "ask"),
        (75, "General", Scale.SHARE_OF_ONE, 75, "ask"),
        (0, "General", Scale.SHARE_OF_ONE, 0, "exact"),
        (0, "General", Scale.PERCENT, 0, "assumed"),
        ("75%", "General", Scale.MIXED, 75, "exact"),
        ("100%", "General", Scale.MIXED, 100, "exact"),
        ("101%", "General", Scale.MIXED, 101, "warn"),
        ("-1%", "General", Scale.MIXED, -1, "warn"),
        (1.2, "0%", Scale.PERCENT, 120, "warn"),
        ("3/4", "General", Scale.MIXED, 75, "assumed"),
        ("5 of 4", "General", Scale.PERCENT, 125, "warn"),
        (">95%", "General", Scale.MIXED, 95, "exact"),
        ("> 0.95", "General", Scale.SHARE_OF_ONE, 95, "exact"),
    ],
)
def test_a_share_is_read_by_format_then_sign_then_column(value, form, scale, number, certainty):
    reading = read_share(cell(value, form), scale)
    assert (reading.value.number, reading.certainty.value) == (number, certainty)


def test_a_range_of_shares_keeps_both_ends():
    assert read_share(cell("75-80%"), Scale.UNKNOWN).value == Amount(low=75, high=80)
    assert read_share(cell("0.75-0.8"), Scale.SHARE_OF_ONE).value == Amount(low=75, high=80)


def test_a_mixed_column_is_asked_in_the_words_of_the_question():
    says = read_share(cell(75), Scale.MIXED).says
    assert says == "Some values look like fractions (0.75) and some like percentages (75). Which are they?"


@given(st.floats(0, 100), st.sampled_from(Scale))
def test_a_share_with_its_sign_is_the_same_in_every_column(number, scale):
    text = f"{number:.4f}%"
    assert read_share(cell(text), scale).value == Amount(float(text[:-1]))


@given(st.text(max_size=40), st.sampled_from(Scale))
def test_nothing_that_can_be_typed_raises(text, scale):
    assert read_amount(cell(text, raw=text)).raw == read_share(cell(text, raw=text), scale).raw


@pytest.mark.parametrize(
    ("kind", "likes", "others"),
    [
        ("date", [date(2024, 9, 4), "4 Sept 2024", "Autumn 2", "31/09/2024", "TBC"], [7, "Jane Smith", "Done", True]),
        ("number", [7, 0, "1,200", ">95%", "3 of 4", "z"], [True, "seven", date(2024, 4, 3)]),
        ("share", [0.75, 75, 0, 100, "75%", "c"], [101, -1, "120%", "seven"]),
        ("status", ["done", "In progress", "on hold", "n/a"], ["Jane Smith", 7, "Paired reading"]),
        ("rag", ["R", "amber/red", "met", "🟢"], ["Jane Smith", "red tape", 7]),
        ("person", ["Jane Smith", "HT/DHT", "All staff", "JS", "Smith, Jane"], ["Paired reading", "Done", "Red", 7]),
    ],
)  # fmt: skip
def test_content_tells_what_a_column_holds(kind, likes, others):
    assert [value for value in likes if not looks_like(kind, cell(value))] == []
    assert [value for value in others if looks_like(kind, cell(value))] == []


def test_an_empty_or_broken_cell_looks_like_nothing():
    kinds = ("date", "number", "share", "status", "rag", "person")
    nothing = [
        cell(" "),
        Cell("A1", "#N/A", "#N/A", is_error=True),
        Cell("A1", None, "=A2", formula_without_value=True),
    ]
    assert not any(looks_like(kind, one) for kind in kinds for one in nothing)


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        looks_like("colour", cell("red"))
