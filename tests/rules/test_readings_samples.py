"""Every line of the samples: what people wrote in real files, and what it means."""

import re
from datetime import date

import pytest

from framework.kpis.kpi import Symbol
from framework.plans import Status
from framework.workbook.cells import Cell
from framework.workbook.readings import (
    Certainty,
    Comparator,
    Precision,
    Rag,
    Reading,
    Scale,
    WhenKind,
    read_list,
    read_people,
    read_rag,
    read_share,
    read_status,
    read_when,
    scale_of,
)
from tests.rules.said import CALENDAR, ON, SAMPLES, cell

_CELL_DATE = re.compile(r"cell date (\S+), format ([^,]+)(?:, file saved in (\d{4}))?")
_WORDS = {"exact": Certainty.EXACT, "assumed": Certainty.ASSUMED, "ask": Certainty.ASK, "warn": Certainty.WARN}


def certainty_of(words: str, before: str = "") -> Certainty:
    """The certainty that a sample's remark begins with; `as above` is the one before. A time of day is no date."""
    if words == "as above":
        return certainty_of(before)
    first = re.split(r"\W", words)[0]
    return _WORDS.get(first, Certainty.ERROR)


def dates():
    before = ""
    for text, kind, start, end, precision, words in SAMPLES["dates"]:
        yield pytest.param(text, kind, start, end, precision, certainty_of(words, before), id=text)
        before = words


def read_sample(text: str) -> Reading:
    described = _CELL_DATE.fullmatch(text)
    if described is None:
        return read_when(cell(text), on=ON, calendar=CALENDAR)
    saved_on = ON if described[3] is None else date(int(described[3]), 10, 1)
    return read_when(cell(date.fromisoformat(described[1]), described[2]), on=saved_on, calendar=CALENDAR)


@pytest.mark.parametrize(("text", "kind", "start", "end", "precision", "certainty"), list(dates()))
def test_a_date_is_read_as_a_person_reads_it(text, kind, start, end, precision, certainty):
    reading = read_sample(text)
    days = [None if day is None else date.fromisoformat(day) for day in (start, end)]
    assert (reading.value.kind, reading.value.precision) == (WhenKind(kind), Precision(precision))
    assert [reading.value.start, reading.value.end] == days
    assert reading.certainty is certainty


def test_what_is_asked_and_what_is_wrong_is_said():
    silent = [
        s[0] for s in SAMPLES["dates"] if not (r := read_sample(s[0])).says and r.certainty is not Certainty.EXACT
    ]
    assert silent == []
    assert read_sample("31/09/2024").says == "September has 30 days."
    assert read_sample(SAMPLES["dates"][1][0]).says.startswith("24 Sep 2026 or September 2024?")


def statuses():
    for group, words in SAMPLES["status"].items():
        name, _, remark = group.partition(" (")
        wanted = None if name.startswith(("not set", "never mapped")) else Status(name)
        for word in words:
            yield pytest.param(word, wanted, bool(remark), id=f"{name}: {word or 'blank'}")


@pytest.mark.parametrize(("word", "status", "assumed"), list(statuses()))
def test_a_status_word_is_read_as_its_owner_meant_it(word, status, assumed):
    text, _, column = word.partition(" in a ")
    heading = column.removesuffix(" column")
    reading = read_status(text.removesuffix(" (a shifted cell)"), heading=heading)
    assert reading.value is status
    if status is not None:
        assert reading.certainty is (Certainty.ASSUMED if assumed else Certainty.EXACT)


def test_what_is_not_set_is_told_from_what_nobody_knows():
    unset = {word: read_status(word) for word in SAMPLES["status"]["not set"]}
    assert {reading.rule for reading in unset.values()} == {"not set"}
    assert [word for word, reading in unset.items() if reading.certainty is Certainty.ASK] == ["na"]
    for word in SAMPLES["status"]["never mapped: ask, keep as note"]:
        assert (read_status(word).rule, read_status(word).certainty) == ("unknown word", Certainty.ASK)


@pytest.mark.parametrize(
    ("word", "rag"), [(word, Rag(name.replace("_", " "))) for name, words in SAMPLES["rag"].items() for word in words]
)
def test_a_rating_is_read_as_a_person_reads_it(word, rag):
    assert read_rag(word).value is rag


SHARES = {text: (value, words) for text, value, words in SAMPLES["percent"]}


@pytest.mark.parametrize("text", ["75.5 %", "3 out of 4", "120%", "95%+"])
def test_a_share_says_for_itself_that_it_is_one(text):
    value, words = SHARES[text]
    reading = read_share(cell(text), Scale.UNKNOWN)
    if value == "comparator":
        assert reading.value.comparator is Comparator.AT_LEAST
    else:
        assert (reading.value.number, reading.certainty) == (value, certainty_of(words))
    if "numerator" in words:
        assert (reading.value.numerator, reading.value.denominator) == (3, 4)


@pytest.mark.parametrize("text", [s for s in SHARES if SHARES[s][0] in ("not available", "low")])
def test_the_signs_of_official_statistics_are_values(text):
    value, words = SHARES[text]
    for sign in text.split(" / "):
        reading = read_share(cell(sign), Scale.PERCENT)
        assert reading.value.symbol is {"not available": Symbol.NOT_AVAILABLE, "low": Symbol.LOW}[value]
        assert reading.certainty is certainty_of(words)


def test_a_share_is_read_by_its_format_and_by_its_column():
    assert SHARES["0.75 fmt 0%"] == (75.0, "exact")
    formatted = read_share(cell(0.75, "0%"), Scale.UNKNOWN)
    assert (formatted.value.number, formatted.certainty) == (75.0, Certainty.EXACT)

    column = [cell(number) for number in (75, 60, 0, 100)]
    assumed = read_share(column[0], scale_of(column))
    assert (assumed.value.number, assumed.certainty) == (75.0, Certainty.ASSUMED)

    fractions = [cell(number) for number in (0.4, 0.95, 1)]
    whole = read_share(fractions[-1], scale_of(fractions))
    assert (whole.value.number, whole.certainty) == (100.0, Certainty.EXACT)


def test_a_date_among_numbers_says_what_excel_has_done():
    reading = read_share(cell(date(2025, 4, 3), "d-mmm"), Scale.PERCENT)
    assert (reading.value, reading.certainty) == (None, Certainty.ERROR)
    assert reading.says == 'Excel has changed "3/4" into 3 April.'
    wanted = SHARES["cell is a date 3 Apr in a number column"][1]
    assert wanted == f"error: {reading.says.rstrip('.')}"


def test_an_error_cell_is_an_error_and_never_blank():
    reading = read_share(Cell("F9", "#DIV/0!", "#DIV/0!", is_error=True), Scale.PERCENT)
    assert (reading.value, reading.rule, reading.certainty) == (None, SHARES["#DIV/0!"][1], Certainty.ERROR)


@pytest.mark.parametrize("line", SAMPLES["people"], ids=lambda line: line[0])
def test_people_are_read_as_they_are_named(line):
    reading = read_people(line[0])
    assert reading.value == tuple(line[1])
    if len(line) > 2:
        assert reading.rule == line[2].split(":")[0] or reading.certainty is certainty_of(line[2])


def test_lists_are_split_where_nothing_else_can_be_meant():
    assert read_list("Tell the staff; book the hall\n• buy paper").value == (
        "Tell the staff",
        "book the hall",
        "buy paper",
    )
    assert read_list("5, 55").value == ("5", "55")
    unsure = read_list("1.2", options=("1", "2", "3"))
    assert (unsure.value, unsure.certainty, unsure.says) == (("1.2",), Certainty.ASK, "1.2, or 1 and 2?")


def test_no_kind_of_sample_is_left_out():
    assert SAMPLES.keys() == {"about", "dates", "status", "rag", "percent", "people", "multi"}
    assert len(SHARES) == 12
    assert len(SAMPLES["multi"]) == 3
