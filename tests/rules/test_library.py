"""The starter library: 84 KPIs, each whole, in plain words, and true to what was collected."""

import re
from collections import Counter
from dataclasses import fields

import pytest

from framework.kpis.checks import lacking
from framework.kpis.kpi import Aggregation, Counted, Direction, Frequency, Kpi, Level, Measure, ReportedBy, TimeNature
from framework.kpis.library import LibraryKpi, Theme, in_library, library

BOARD = "K-A02 K-A07 K-A11 K-B02 K-B06 K-B15 K-B16 K-C01 K-C06 K-W03 K-W04 K-S01"
COUNTED = {
    "K-A13": Counted.ACROSS_SECTORS,
    "K-B15": Counted.LED_BY_OTHERS,
    "K-T01": Counted.ACTIVE_MEMBERS,
    "K-T02": Counted.DONE_ON_TIME,
    "K-T03": Counted.FRESH_UPDATES,
    "K-T05": Counted.EVIDENCE_ON_FILE,
    "K-T06": Counted.DATA_ARRIVED,
}
# The directions that are not "higher is better", as collected.
LOWER = "A02 A03 A04 A06 A08 B09 B13 C11 W08 W09 W11 E01 S01 S02 S06 T04"
BAND = "C04 C05 C10 M01 M02 L02"
NEITHER = "A14 B08 W01 W10"
CONNECTION = "A13 B06 B07 B08 B09 B10 B15 M02 M05 M06 T01 T07 T08"
OUTPUT = (
    "A09 A10 A11 A12 A14 B01 B03 B14 C08 C12 W03 W05 W06 W07 W10 M03 M04 E02 E03 L01 L03 S03 S04 S07 "
    "T02 T03 T04 T05 T06"
)
HALF_TERMLY = "A01 A02 A13 B01 B15 W09 W10 T01 T02 T03 T04 T06"
YEARLY = (
    "A05 A06 A07 A08 A09 A12 A14 B03 B04 B05 B08 B11 B12 B13 C01 C03 C04 C05 C06 C08 C09 C10 C12 C13 C15 W01 W06 W08 "
    "W11 L01 L02 S01 S05 T07"
)
# A reference mark of the collection, or a term that a parent governor need not know.
MARKS = re.compile(
    r"\[|\]|\b(?:FSM|SEN|SEND|EAL|MIS|EES|GLD|HT|RWM|KS2|KS4|RLW|LWF|SWC|FTE|tCO2e|HAF|CAP|SECR)\b|>=|\bpp\b"
)


def codes(those: str) -> set[str]:
    return {f"K-{code.removeprefix('K-')}" for code in those.split()}


def named(test: object) -> set[str]:
    return {k.code for k in library() if test(k)}  # type: ignore[operator]


@pytest.mark.parametrize(
    ("group", "number"), [("A", 14), ("B", 17), ("C", 15), ("W", 11), ("M", 6), ("E", 3), ("L", 3), ("S", 7), ("T", 8)]
)
def test_every_group_is_whole(group: str, number: int) -> None:
    found = [k.code for k in library() if k.group == group]
    assert found == [f"K-{group}{n:02}" for n in range(1, number + 1)]


def test_there_are_84() -> None:
    assert len(library()) == 84
    assert library() is library()


def test_themes_hold_what_they_should() -> None:
    # M, E and L: 6 + 3 + 3 = 12.
    assert Counter(k.theme for k in library()) == dict(zip(Theme, (14, 17, 15, 11, 12, 7, 8), strict=True))


@pytest.mark.parametrize("one", library(), ids=lambda k: k.code)
def test_each_states_what_every_kpi_must(one: LibraryKpi) -> None:
    for name, kind in (("level", Level), ("direction", Direction), ("measure", Measure), ("frequency", Frequency)):
        assert isinstance(getattr(one, name), kind)
    assert isinstance(one.time_nature, TimeNature)
    assert one.unit
    assert one.lag_days >= 0
    assert one.floor > 0
    assert one.source
    assert one.entered_by


@pytest.mark.parametrize("one", library(), ids=lambda k: k.code)
def test_each_is_written_in_plain_words(one: LibraryKpi) -> None:
    words = (one.title, one.definition, one.note, one.source, one.entered_by, one.breakdown, one.comparator)
    assert [text for text in words if MARKS.search(text)] == []
    assert re.match(r"^[A-Z].*\.$", one.definition)
    assert not one.note or one.note.endswith(".")
    assert one.title == one.title.strip()
    assert len(one.title) <= 55


def test_each_could_be_typed_in_by_hand() -> None:
    needed = ("title", "measure", "frequency", "level", "definition", "direction")
    assert [k.code for k in library() if lacking({name: getattr(k, name) for name in needed})] == []


def test_directions_are_those_collected() -> None:
    assert named(lambda k: k.direction is Direction.LOWER) == codes(LOWER)
    assert named(lambda k: k.direction is Direction.BAND) == codes(BAND)
    assert named(lambda k: k.direction is Direction.NONE) == codes(NEITHER)


def test_levels_are_those_collected() -> None:
    assert named(lambda k: k.level is Level.CONTEXT) == codes("W01 W08")
    assert named(lambda k: k.level is Level.CONNECTION) == codes(CONNECTION)
    assert named(lambda k: k.level is Level.OUTPUT) == codes(OUTPUT)


def test_they_are_measured_as_often_as_collected() -> None:
    assert named(lambda k: k.frequency is Frequency.HALF_TERMLY) == codes(HALF_TERMLY)
    assert named(lambda k: k.frequency is Frequency.YEARLY) == codes(YEARLY)


def test_twelve_are_suggested_for_the_board() -> None:
    assert named(lambda k: k.board) == codes(BOARD)


def test_what_the_app_counts_nobody_enters_and_is_there_at_once() -> None:
    assert {k.code: k.counted for k in library() if k.counted is not None} == COUNTED
    of_app = [k for k in library() if k.counted is not None]
    assert {(k.entered_by, k.lag_days, k.measure) for k in of_app} == {("Nobody: counted here", 0, Measure.PERCENTAGE)}
    assert named(lambda k: k.entered_by.startswith("Nobody")) == set(COUNTED)


@pytest.mark.parametrize("one", library(), ids=lambda k: k.code)
def test_measure_unit_and_roll_up_fit(one: LibraryKpi) -> None:
    assert (one.measure is Measure.PERCENTAGE) == (one.unit == "%")
    assert (one.measure is Measure.RATE) == (one.per is not None)
    # What one body reports is not put together; what schools report is.
    assert (one.reported_by is ReportedBy.TRUST) == (one.aggregation is None)
    if one.measure in (Measure.PERCENTAGE, Measure.RATE) and one.aggregation is not None:
        assert one.aggregation is Aggregation.WEIGHTED


def test_figures_published_long_after_are_due_long_after() -> None:
    assert {k.code: k.lag_days for k in library() if k.lag_days not in (0, 14)} == {
        "K-A05": 30, "K-A06": 60, "K-A07": 400, "K-A08": 90, "K-B02": 150, "K-C04": 30, "K-C05": 30, "K-C10": 30,
        "K-C15": 30, "K-W01": 30, "K-W07": 60, "K-W08": 270, "K-S01": 120,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("K-W01", "2026/27"),  # eligibility widened: the series breaks
        ("K-W08", "revised in 2025"),
        ("K-W10", "More is not better"),
        ("K-A04", "events, not pupils"),
        ("K-C06", "every autumn"),
        ("K-S02", "same term last year"),
        ("K-A10", "September 2025"),
        ("K-B11", "outcome here"),
        ("K-W07", "holiday that follows each term"),
        ("K-M02", "each event"),
    ],
)
def test_what_to_know_stands_in_the_note_and_goes_along_when_it_is_adopted(code: str, words: str) -> None:
    found = in_library(code)
    assert found is not None
    assert words in found.note
    assert words in found.definition_and_note


@pytest.mark.parametrize(
    ("code", "comparator"),
    [
        ("K-B04", "Edurio: 60 % of 16,000 parents at 212 schools, 2020 to 2022"),
        ("K-B11", "Community Life Survey: 61 % in England, 2023/24; also by council"),
        ("K-A09", ""),
        ("K-B03", ""),
    ],
)
def test_a_comparator_is_the_one_collected_and_none_is_none(code: str, comparator: str) -> None:
    found = in_library(code)
    assert found is not None
    assert found.comparator == comparator


def test_what_was_not_checked_says_so() -> None:
    assert named(lambda k: "not yet checked" in k.comparator) == codes("A05 A06 C14 W07")


def test_tags_are_those_collected() -> None:
    def tags(code: str) -> tuple[object, ...]:
        k = in_library(code)
        assert k is not None
        return (k.objective, k.strand, k.other_strands, k.priorities, k.pillars, k.statements)

    assert tags("K-A02") == ("A", "Education", ("Welfare",), (), (), ())
    assert tags("K-B17") == ("B", "Welfare", (), (1,), (), ())
    assert tags("K-B16") == ("", "", (), (), (1,), ())
    assert tags("K-C12") == ("C", "", (), (4,), (), (3,))
    assert tags("K-W11") == ("", "Welfare", ("Infrastructure",), (3,), (), ())
    assert tags("K-T03") == ("", "", (), (), (1,), ())


@pytest.mark.parametrize("code", ["k-a02", " K-A02 ", "K-A02"])
def test_a_code_is_found_in_any_case(code: str) -> None:
    found = in_library(code)
    assert found is not None
    assert found.title == "Persistent absence"


def test_an_unknown_code_is_none() -> None:
    assert in_library("K-Z99") is None


def test_its_fields_mean_what_they_mean_of_a_kpi() -> None:
    own = {"entered_by", "breakdown", "note", "board"}
    assert {f.name for f in fields(LibraryKpi)} - own <= {f.name for f in fields(Kpi)}
