"""KPIs, targets and values of strangers' files: measure, scale, period and place; long and wide tables alike."""

from dataclasses import replace
from datetime import date

import pytest

from framework.kpis.kpi import Frequency, Measure, ReportedBy, State, Symbol
from framework.periods import Period, PeriodKind
from framework.workbook.cells import Cell
from framework.workbook.problems import Problem
from framework.workbook.recognise.shape import Column, Holds, Record, Way
from tests.conftest import (
    AGNES,
    EDITION,
    HAZEL,
    LEADER,
    OBJECTIVE,
    SMALL_TRUST,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    half_term,
)
from tests.edges.strangers import HERE, a_cell, a_table, after, asked, convert, known, looked, one, rows, wrong

ABSENCE = "Persistent absence"
LISTED = {"KPI": "kpi", "Unit": "unit", "Frequency": "frequency"}
LONG = {"KPI": "kpi", "School": "school", "Period": "period", "Value": "value"}
AUTUMN = half_term(2026, 1)
SUMMER = half_term(2026, 6)


def listed(*cells, fields=LISTED, answers=(), here=HERE, **more):
    return convert(a_table(fields, *cells, sheet="KPIs", holds=Holds.KPIS, **more), answers=answers, here=here)


def valued(*cells, fields=LONG, answers=(), here=HERE, **more):
    return convert(a_table(fields, *cells, sheet="Data", holds=Holds.VALUES, **more), answers=answers, here=here)


def wide(*cells, periods, fields=None, answers=(), here=HERE, holds=Holds.VALUES, sheet="Data"):
    fields = {"KPI": "kpi", "School": "school"} if fields is None else fields
    table = a_table(fields, *cells, sheet=sheet, holds=holds, way=Way.PERIODS_ACROSS, periods=periods)
    return convert(table, answers=answers, here=here)


# What a KPI is


def test_a_new_kpi_has_the_next_code_and_what_its_row_says():
    fields = {**LISTED, "Definition": "definition", "Source": "source", "Lead": "owner", "Priority": "objective"}
    made = listed(["Reading age", "months", "Termly", "Mean gain", "GL tests", "Priya Leader", "A"], fields=fields,
                  answers={"table|KPIs|measure": "average"})  # fmt: skip
    assert one(made, "kpi") == {
        "code": "K-A03", "edition": EDITION.ref, "title": "Reading age", "measure": Measure.AVERAGE,
        "frequency": Frequency.TERMLY, "definition": "Mean gain", "unit": "months", "source": "GL tests",
        "owner": LEADER.ref, "objective": OBJECTIVE.ref,
    }  # fmt: skip


def test_no_direction_is_ever_guessed():
    assert "direction" not in one(listed(["Attendance", "%", "Termly"]), "kpi")


@pytest.mark.parametrize(
    ("code", "made"),
    [("K-B07", "K-B07"), ("k-b07", "K-B07"), ("K-A02", "K-01"), ("7", "K-01"), (None, "K-01")],
)
def test_a_code_of_our_kind_is_kept_when_it_is_free(code, made):
    found = listed([code, "Attendance", "%", "Termly"], fields={"No": "code", **LISTED})
    assert one(found, "kpi")["code"] == made


@pytest.mark.parametrize(
    ("unit", "value", "measure"),
    [
        ("%", 94, Measure.PERCENTAGE), (None, (0.94, "0%"), Measure.PERCENTAGE), (None, "94%", Measure.PERCENTAGE),
        (None, "£1,200", Measure.CURRENCY), ("£", 1200, Measure.CURRENCY), (None, 12, Measure.COUNT),
        ("Score", 2.5, Measure.SCORE), ("number", 12, Measure.COUNT),
    ],
)  # fmt: skip
def test_the_measure_is_told_by_unit_and_figures(unit, value, measure):
    made = listed(["Attendance", unit, "Termly", value], fields={**LISTED, "Baseline": "baseline"})
    assert one(made, "kpi")["measure"] is measure


def test_a_title_may_say_that_a_kpi_is_a_percentage():
    made = listed(["% of pupils who attend", None, "Termly", 94], fields={**LISTED, "Baseline": "baseline"})
    assert (one(made, "kpi")["measure"], one(made, "kpi")["baseline"]) == (Measure.PERCENTAGE, 94.0)


def test_the_measure_is_asked_once_where_nothing_tells():
    made = listed(["Attendance", None, "Termly"], ["Punctuality", None, "Termly"])
    assert [(q.key, q.suggested, q.count) for q in made.questions] == [("table|KPIs|measure", None, 2)]
    assert rows(made, "kpi") == []
    said = listed(
        ["Attendance", None, "Termly"], ["Punctuality", None, "Termly"], answers={"table|KPIs|measure": "score"}
    )
    assert [row["measure"] for row in rows(said, "kpi")] == [Measure.SCORE] * 2


@pytest.mark.parametrize(
    ("words", "frequency"),
    [
        ("Annual", Frequency.YEARLY), ("termly", Frequency.TERMLY), ("Half-termly", Frequency.HALF_TERMLY),
        ("Monthly", Frequency.MONTHLY), ("each term", Frequency.TERMLY),
    ],
)  # fmt: skip
def test_how_often_is_read_from_its_own_words(words, frequency):
    assert one(listed(["Attendance", "%", words]), "kpi")["frequency"] is frequency


def test_how_often_is_told_by_the_periods_of_its_figures():
    made = wide(["Attendance", None, 94, 95], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"], holds=Holds.KPIS,
                answers={"table|Data|place": TRUST.ref})  # fmt: skip
    assert one(made, "kpi")["frequency"] is Frequency.HALF_TERMLY


def test_how_often_is_asked_once_where_nothing_tells():
    made = listed(["Attendance", "%", None])
    assert asked(made) == {"table|KPIs|frequency": None}
    assert (
        one(listed(["Attendance", "%", None], answers={"table|KPIs|frequency": "yearly"}), "kpi")["frequency"]
        is Frequency.YEARLY
    )


def test_a_kpi_that_stands_here_keeps_its_measure_frequency_and_code():
    made = listed([ABSENCE, "pupils", "Annual"])
    (row,) = made.checked.rows["kpi"]
    assert (row.ref, row.is_new) == ("kpi0000001", False)
    assert row.data == {"title": ABSENCE, "edition": EDITION.ref, "code": "K-A02", "unit": "pupils"}


def test_a_near_title_of_a_kpi_is_asked_about():
    made = listed(["Persistent absences all", "%", "Termly"])
    assert asked(made) == {"same|persistent absences all": None}
    same = listed(["Persistent absences all", "%", "Termly"], answers={"same|persistent absences all": "kpi0000001"})
    assert same.checked.rows["kpi"][0].ref == "kpi0000001"
    new = listed(["Persistent absences all", "%", "Termly"], answers={"same|persistent absences all": "new"})
    assert new.checked.rows["kpi"][0].is_new


def test_the_code_with_a_near_title_is_the_kpi():
    made = listed(["K-A02", "Persistent absences all", "%", "Termly"], fields={"Ref": "code", **LISTED})
    assert made.checked.rows["kpi"][0].ref == "kpi0000001"


# Baselines and targets


def test_a_baseline_is_on_the_kpis_scale_and_dated_by_its_heading():
    fields = {**LISTED, "Baseline Autumn 1 2025/26": "baseline"}
    made = one(listed(["Attendance", "%", "Half-termly", (0.93, "0%")], fields=fields), "kpi")
    assert (made["baseline"], made["baseline_period"]) == (93.0, half_term(2025, 1))


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Target 2026/27", SUMMER),
        ("Target Spring 2 2026/27", half_term(2026, 4)),
        ("Target Autumn term 2026", half_term(2026, 2)),
    ],
)
def test_a_target_is_met_by_the_end_of_what_its_heading_names(heading, period):
    made = listed([ABSENCE, 20], fields={"KPI": "kpi", heading: "target"}, here=known(*SMALL_TRUST[:-1]))
    assert one(made, "target") == {"kpi": "kpi0000001", "place": None, "period": period, "number": 20.0}


def test_a_target_without_a_period_is_asked_about_once():
    made = listed([ABSENCE, 20], fields={"KPI": "kpi", "Target": "target"})
    assert asked(made) == {"table|KPIs|target period": None}
    assert [c.value for c in made.questions[0].choices] == ["2026/27", "2027/28", "out"]
    said = listed(
        [ABSENCE, 20], fields={"KPI": "kpi", "Target": "target"}, answers={"table|KPIs|target period": "2026/27"}
    )
    assert [(row.ref, row.data["number"]) for row in said.checked.rows["target"]] == [("target0001", 20.0)]
    left = listed([ABSENCE, 20], fields={"KPI": "kpi", "Target": "target"}, answers={"table|KPIs|target period": "out"})
    assert rows(left, "target") == []


def test_a_target_that_stands_under_the_trusts_name_is_the_same_target():
    here = known(*SMALL_TRUST[:-1], a_target(place=TRUST.ref))
    made = listed([ABSENCE, 18], fields={"KPI": "kpi", "Target 2026/27": "target"}, here=here)
    assert [row.ref for row in made.checked.rows["target"]] == ["target0001"]


@pytest.mark.parametrize(
    ("cell", "data"),
    [("95%+", {"number": 95.0}), ("75-80%", {"low": 75.0, "high": 80.0}), ("at least 90", {"number": 90.0})],
)
def test_a_target_may_be_a_bound_or_a_band(cell, data):
    made = listed([ABSENCE, cell], fields={"KPI": "kpi", "Target 2027/28": "target"},
                  here=known(*SMALL_TRUST[:-2], replace(a_kpi(), direction=None)))  # fmt: skip
    found = one(made, "target")
    assert {name: found[name] for name in data} == data


def test_words_instead_of_a_target_are_a_problem_of_their_cell():
    made = listed([ABSENCE, "Above national"], fields={"KPI": "kpi", "Target 2026/27": "target"})
    assert wrong(made) == [("CELL-TYPE", "B2")]
    assert made.checked.problems[0].if_left == "the KPI goes in without this target"
    assert len(rows(made, "kpi")) == 1


def test_a_target_on_the_wrong_side_of_the_baseline_is_said_and_left_out_alone():
    made = listed([ABSENCE, 40], fields={"KPI": "kpi", "Target 2026/27": "target"})
    assert wrong(made) == [("VALUE-OUTSIDE", "B2")]
    assert [row.wrong for row in made.checked.rows["target"]] == [True]
    assert [row.wrong for row in made.checked.rows["kpi"]] == [False]


# Values


def test_a_value_is_of_its_kpi_school_and_period():
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5])
    assert one(made, "value") == {
        "kpi": "kpi0000001", "place": HAZEL.ref, "period": AUTUMN, "group": "", "number": 21.5,
    }  # fmt: skip
    assert set(made.checked.rows) == {"value"}
    assert made.counts == {Holds.VALUES: 1}


@pytest.mark.parametrize("words", ["K-A02", "k-a02", ABSENCE, "PERSISTENT ABSENCE", "Absence, persistent"])
def test_a_kpi_is_named_by_code_or_title(words):
    assert one(valued([words, HAZEL.name, "Autumn 1 2026/27", 21.5]), "value")["kpi"] == "kpi0000001"


def test_an_unknown_kpi_is_asked_about_once():
    cells = [["Absence", HAZEL.name, "Autumn 1 2026/27", 21.5], ["Absence", AGNES.name, "Autumn 1 2026/27", 22.5]]
    made = valued(*cells)
    assert [(q.key, q.suggested, q.count) for q in made.questions] == [("value|kpi|absence", None, 2)]
    assert [c.value for c in made.questions[0].choices] == ["kpi0000001", "new", "out"]
    assert len(rows(valued(*cells, answers={"value|kpi|absence": "kpi0000001"}), "value")) == 2
    left = valued(*cells, answers={"value|kpi|absence": "out"})
    assert (rows(left, "value"), asked(left)) == ([], {})


def test_an_unknown_kpi_may_be_a_new_one():
    made = valued(["Visits", HAZEL.name, "Autumn term 2026", 12], answers={"value|kpi|visits": "new"})
    kpi = one(made, "kpi")
    assert (kpi["measure"], kpi["frequency"]) == (Measure.COUNT, Frequency.TERMLY)
    assert one(made, "value")["period"] == Period(PeriodKind.TERM, 2026, 1)


def test_values_name_the_kpis_that_the_same_file_lists():
    kpis = a_table(LISTED, ["Attendance", "%", "Half-termly"], sheet="KPIs", holds=Holds.KPIS)
    data = a_table(LONG, ["attendance", HAZEL.name, "Autumn 1 2026/27", 94], sheet="Data", holds=Holds.VALUES)
    for tables in ((kpis, data), (data, kpis)):
        made = convert(*tables)
        assert asked(made) == {}
        assert one(made, "value")["kpi"] == made.checked.rows["kpi"][0].ref


@pytest.mark.parametrize(
    ("period", "code"),
    [("202627-HT1", "202627-HT1"), ("Autumn 1, 2026/27", "202627-HT1"), ("HT1 2026/27", "202627-HT1"),
     ("2026/27 Autumn 1", "202627-HT1"), ("Autumn 2 26/27", "202627-HT2"), (date(2026, 10, 20), "202627-HT1"),
     (date(2026, 10, 28), "202627-HT1")],
)  # fmt: skip
def test_a_period_is_read_in_many_spellings_and_a_day_lies_in_one(period, code):
    assert one(valued([ABSENCE, HAZEL.name, period, 21.5]), "value")["period"].code == code


def test_a_period_of_another_length_than_the_kpis_is_said():
    made = valued([ABSENCE, HAZEL.name, "2026/27", 21.5])
    assert wrong(made) == [("VALUE-OUTSIDE", "C2")]


def test_what_is_no_period_is_a_problem_of_its_cell():
    made = valued([ABSENCE, HAZEL.name, "whenever", 21.5])
    assert (wrong(made), rows(made, "value")) == ([("CELL-TYPE", "C2")], [])


def test_a_period_without_its_year_is_of_this_school_year_unless_someone_says_otherwise():
    made = valued([ABSENCE, HAZEL.name, "Autumn 1", 21.5])
    assert asked(made) == {"table|Data|year": "2026/27"}
    assert one(made, "value")["period"] == AUTUMN
    said = valued([ABSENCE, HAZEL.name, "Autumn 1", 21.5], answers={"table|Data|year": "2025/26"})
    assert (one(said, "value")["period"], asked(said)) == (half_term(2025, 1), {})


def test_a_sheets_title_may_name_the_school_year():
    table = a_table(LONG, [ABSENCE, HAZEL.name, "Spring 1", 21.5], sheet="KPIs 2025-26", holds=Holds.VALUES)
    made = convert(table)
    assert asked(made) == {"table|KPIs 2025-26|year": "2025/26"}
    assert one(made, "value")["period"] == half_term(2025, 3)


@pytest.mark.parametrize(("answer", "index"), [("last ended", 1), ("running", 2), ("Autumn 1 2026/27", 1)])
def test_values_without_any_period_are_of_the_one_that_was_said(answer, index):
    fields = {"KPI": "kpi", "School": "school", "Actual": "value"}
    assert asked(valued([ABSENCE, HAZEL.name, 21.5], fields=fields)) == {"table|Data|period": None}
    made = valued([ABSENCE, HAZEL.name, 21.5], fields=fields, answers={"table|Data|period": answer})
    assert one(made, "value")["period"] == half_term(2026, index)


def test_a_heading_may_name_the_period():
    made = valued(
        [ABSENCE, HAZEL.name, 21.5], fields={"KPI": "kpi", "School": "school", "Actual Autumn 1 2026/27": "value"}
    )
    assert one(made, "value")["period"] == AUTUMN


def test_without_a_school_the_place_is_the_trust_where_it_alone_reports():
    fields = {"KPI": "kpi", "Period": "period", "Value": "value"}
    made = valued([ABSENCE, "Autumn 1 2026/27", 21.5], fields=fields)
    assert asked(made) == {"table|Data|place": TRUST.ref}
    assert one(made, "value")["place"] == TRUST.ref
    said = valued([ABSENCE, "Autumn 1 2026/27", 21.5], fields=fields, answers={"table|Data|place": AGNES.ref})
    assert one(said, "value")["place"] == AGNES.ref


def test_without_a_school_the_place_must_be_said_where_schools_report():
    here = known(*SMALL_TRUST[:-4], a_kpi(reported_by=ReportedBy.SCHOOLS))
    made = valued(
        [ABSENCE, "Autumn 1 2026/27", 21.5], fields={"KPI": "kpi", "Period": "period", "Value": "value"}, here=here
    )
    assert (asked(made), rows(made, "value")) == ({"table|Data|place": None}, [])


def test_an_unknown_school_is_asked_about_and_its_values_may_be_left_out():
    made = valued([ABSENCE, "Hazel", "Autumn 1 2026/27", 21.5])
    assert asked(made) == {"value|school|hazel": None}
    said = valued([ABSENCE, "Hazel", "Autumn 1 2026/27", 21.5], answers={"value|school|hazel": HAZEL.ref})
    assert one(said, "value")["place"] == HAZEL.ref
    left = valued([ABSENCE, "Hazel", "Autumn 1 2026/27", 21.5], answers={"value|school|hazel": "out"})
    assert (rows(left, "value"), asked(left)) == ([], {})


def test_columns_headed_by_schools_hold_their_values():
    fields = {"KPI": "kpi", "Period": "period", HAZEL.name: None, AGNES.name: None, "Remark": None}
    made = valued([ABSENCE, "Autumn 1 2026/27", 21.5, 18, "fine"], fields=fields)
    assert [(row["place"], row["number"]) for row in rows(made, "value")] == [(HAZEL.ref, 21.5), (AGNES.ref, 18.0)]
    assert asked(made) == {}


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("FSM", "FSM: yes"),
        ("Non-FSM", "FSM: no"),
        ("Year 6", "Year: 6"),
        ("All pupils", ""),
        ("Sex: girls", "Sex: girls"),
    ],
)
def test_groups_are_kept_with_their_dimension(words, group):
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5, words], fields={**LONG, "Group": "group"})
    assert (one(made, "value")["group"], asked(made)) == (group, {})


def test_an_unknown_group_is_assumed_to_be_one_of_its_own_and_asked_about():
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5, "Swimmers"], fields={**LONG, "Pupils": "group"})
    assert asked(made) == {"value|group|swimmers": "Pupils: Swimmers"}
    assert one(made, "value")["group"] == "Pupils: Swimmers"


# Scales, counts and signs


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [([(0.215, "0%"), (0.2, "0%")], [21.5, 20.0]), (["21.5%", 20], [21.5, 20.0]), ([0.215, 0.2], [21.5, 20.0]),
     ([21.5, 20], [21.5, 20.0])],
)  # fmt: skip
def test_percentages_are_brought_to_0_to_100(cells, numbers):
    made = wide([ABSENCE, HAZEL.name, *cells], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"])
    assert [row["number"] for row in rows(made, "value")] == numbers


def test_the_rule_of_the_scale_is_kept_with_the_cell():
    (row,) = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 0.215]).checked.rows["value"]
    assert row.cells["number"] == ("D2", "0.215", "share of one, number", "exact")


@pytest.mark.parametrize(("answer", "numbers"), [("share", [75.0, 80.0]), ("percent", [0.75, 80.0])])
def test_a_mixed_scale_is_asked_about_once(answer, numbers):
    here = known(*SMALL_TRUST[:-4], a_kpi(baseline=None))
    cells = [[ABSENCE, HAZEL.name, "Autumn 1 2026/27", 0.75], [ABSENCE, AGNES.name, "Autumn 1 2026/27", 80]]
    made = valued(*cells, here=here)
    assert [(q.key, q.suggested) for q in made.questions] == [("scale|value", None)]
    assert rows(made, "value") == []
    said = valued(*cells, here=here, answers={"scale|value": answer})
    assert [row["number"] for row in rows(said, "value")] == numbers


def test_counts_make_the_share_where_no_figure_is_given():
    fields = {**LONG, "Number": "numerator", "Of": "denominator"}
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", "3 of 4"], fields=fields)
    assert {k: one(made, "value")[k] for k in ("number", "numerator", "denominator")} == {
        "number": 75.0, "numerator": 3, "denominator": 4,
    }  # fmt: skip
    both = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 25, 10, 40], fields=fields)
    assert (one(both, "value")["numerator"], one(both, "value")["denominator"]) == (10, 40)


def test_counts_that_do_not_make_the_share_are_said_at_its_cell():
    fields = {**LONG, "Number": "numerator", "Of": "denominator"}
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 25, 20, 40], fields=fields)
    assert wrong(made) == [("VALUE-OUTSIDE", "D2")]


@pytest.mark.parametrize(
    ("sign", "data"),
    [
        ("z", {"symbol": Symbol.NOT_APPLICABLE, "state": State.NOT_APPLICABLE}),
        ("x", {"symbol": Symbol.NOT_AVAILABLE, "state": State.NOT_AVAILABLE}),
        ("..", {"symbol": Symbol.NOT_AVAILABLE, "state": State.NOT_AVAILABLE}),
        ("c", {"symbol": Symbol.SUPPRESSED}), ("low", {"symbol": Symbol.LOW, "number": 0.0}),
    ],
)  # fmt: skip
def test_signs_of_official_statistics_are_values(sign, data):
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", sign])
    found = one(made, "value")
    assert {name: found.get(name) for name in ("symbol", "state", "number") if name in found} == data
    assert wrong(made) == []


@pytest.mark.parametrize("word", ["n/a", "TBC", "-"])
def test_a_word_for_no_value_yet_is_left_out_unless_someone_says_otherwise(word):
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", word])
    assert (asked(made), rows(made, "value")) == ({f"value|value|{word.casefold()}": "out"}, [])
    said = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", word], answers={f"value|value|{word.casefold()}": "z"})
    assert one(said, "value")["state"] is State.NOT_APPLICABLE


@pytest.mark.parametrize("cell", ["sixty", "75-80%", date(2026, 4, 3)])
def test_what_is_no_number_is_a_problem_of_its_cell_and_the_others_go_in(cell):
    made = wide([ABSENCE, HAZEL.name, 21.5, cell], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"])
    assert wrong(made) == [("CELL-TYPE", "D2")]
    assert made.checked.problems[0].if_left == "this value is left out"
    assert [row["period"] for row in rows(made, "value")] == [AUTUMN]


def test_a_bound_is_no_value_until_someone_says_so():
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", "<5%"])
    assert (asked(made), rows(made, "value")) == ({"value|value|<5%": None}, [])
    said = one(valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", "<5%"], answers={"value|value|<5%": "5"}), "value")
    assert (said["number"], said["note"]) == (5.0, "<5%")
    hidden = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", "<5%"], answers={"value|value|<5%": "c"})
    assert one(hidden, "value")["symbol"] is Symbol.SUPPRESSED


def test_a_share_above_100_is_said_and_left_out_alone():
    made = wide([ABSENCE, HAZEL.name, "21.5%", "120%"], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"])
    assert wrong(made) == [("VALUE-OUTSIDE", "D2")]
    assert [row.wrong for row in made.checked.rows["value"]] == [False, True]
    assert made.checked.problems[0].row == 0


@pytest.mark.parametrize("cell", [None, "", "   "])
def test_an_empty_cell_is_no_value_and_nought_is_one(cell):
    made = wide([ABSENCE, HAZEL.name, cell, 0], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"])
    assert asked(made) == {}
    assert [(row["period"], row["number"]) for row in rows(made, "value")] == [(half_term(2026, 2), 0.0)]


def test_a_cell_that_shows_an_error_is_no_value():
    broken = Cell("", None, "#DIV/0!", is_error=True)
    made = wide([ABSENCE, HAZEL.name, broken, 20], periods=["Autumn 1 2026/27", "Autumn 2 2026/27"])
    assert (len(rows(made, "value")), wrong(made)) == (1, [])


def test_a_value_that_stands_here_is_the_same_one():
    here = known(*SMALL_TRUST, a_value(place=HAZEL.ref))
    made = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5], here=here)
    assert [row.ref for row in made.checked.rows["value"]] == ["value00001"]


def test_a_value_that_was_taken_back_is_reported_again():
    here = known(*SMALL_TRUST, a_value(place=HAZEL.ref, state=State.WITHDRAWN))
    (row,) = valued([ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5], here=here).checked.rows["value"]
    assert (row.ref, row.data["state"], "state" in row.cells) == ("value00001", State.REPORTED, True)


def test_the_same_figure_twice_goes_in_once_and_two_that_differ_are_said():
    row = [ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5]
    assert len(rows(valued(row, row), "value")) == 1
    made = valued(row, [*row[:3], 22.5])
    assert wrong(made) == [("KEY-DUPLICATE", "D3")]
    assert [r.wrong for r in made.checked.rows["value"]] == [False, True]


# The recogniser's own problems


@pytest.mark.parametrize(
    ("code", "problems", "notes"),
    [("CELL-UNCALCULATED", 1, 0), ("CELL-ERROR", 0, 1), ("HEAD-BLANK", 0, 1), ("CELL-DATE", 0, 0)],
)
def test_only_what_a_file_cannot_go_in_with_keeps_it_out(code, problems, notes):
    found = Problem(code, "Data", "D2", "Value", "#N/A", "a value", row=2)
    table = a_table(LONG, [ABSENCE, HAZEL.name, "Autumn 1 2026/27", 21.5], sheet="Data", holds=Holds.VALUES)
    made = convert(looked(table, problems=(found,)))
    assert [(p.code, p.row) for p in made.checked.problems] == [(code, 0)] * problems
    assert [n.code for n in made.checked.notes] == [code] * notes
    elsewhere = convert(looked(table, problems=(replace(found, sheet="Other"),)))
    assert (elsewhere.checked.problems, elsewhere.checked.notes) == ((), ())


# Long and wide


PERIODS = [
    "Autumn 1 2025/26",
    "Autumn 2 2025/26",
    "Spring 1 2025/26",
    "Spring 2 2025/26",
    "Summer 1 2025/26",
    "Summer 2 2025/26",
]
BLOCK = {
    (ABSENCE, HAZEL.name): [24.1, 23.8, None, 22.0, "c", 20.5],
    (ABSENCE, AGNES.name): [18, 0.5, 17.5, None, 16, 15],
}


def test_a_block_of_terms_and_its_long_form_give_the_same_values():
    across = wide(
        *([*names, *cells] for names, cells in BLOCK.items()), periods=PERIODS, answers={"table|Data|scale": "percent"}
    )
    down = valued(
        *(
            [*names, period, cell]
            for names, cells in BLOCK.items()
            for period, cell in zip(PERIODS, cells, strict=True)
        ),
        answers={"scale|value": "percent"},
    )

    def told(made):
        return sorted((tuple(sorted(row.items(), key=str)) for row in rows(made, "value")), key=str)

    assert told(across) == told(down)
    assert len(told(across)) == 10


def test_values_that_were_loaded_are_the_same_ones_when_converted_again():
    cells = [[*names, *figures] for names, figures in BLOCK.items()]
    answers = {"table|Data|scale": "percent"}
    first = wide(*cells, periods=PERIODS, answers=answers)
    again = wide(*cells, periods=PERIODS, answers=answers, here=after(first))
    assert [row.is_new for row in again.checked.rows["value"]] == [False] * 10
    assert [row.ref for row in again.checked.rows["value"]] == [row.ref for row in first.checked.rows["value"]]


def headed(*columns):
    """Columns of a block: heading, field and period."""
    return tuple(Column(n, heading, field, period=period) for n, (heading, field, period) in enumerate(columns, 2))


def block(columns, *cells, **more):
    """One row of persistent absence with these cells below these columns."""
    table = a_table({"KPI": "kpi"}, [ABSENCE], sheet="Data", holds=Holds.VALUES, way=Way.PERIODS_ACROSS)
    first = table.records[0].cells[1]
    here = {c.index: a_cell(value, f"{'ABCDEFG'[c.index - 1]}2") for c, value in zip(columns, cells, strict=True)}
    record = Record(2, {1: first, **here})
    whole = replace(table, columns=(*table.columns, *columns), records=(record,))
    return convert(whole, answers={"table|Data|place": TRUST.ref}, **more)


A1, A2 = "Autumn 1 2026/27", "Autumn 2 2026/27"


def test_targets_below_periods_are_targets_of_those_periods():
    columns = headed((A1, "value", A1), (f"Target {A1}", "target", A1), (f"Target {A2}", "target", A2))
    made = block(columns, 21.5, 22, 20)
    assert [row["number"] for row in rows(made, "value")] == [21.5]
    assert [(row["period"], row["number"]) for row in rows(made, "target")] == [
        (AUTUMN, 22.0),
        (half_term(2026, 2), 20.0),
    ]


def test_a_target_whose_period_stands_in_the_heading_above_is_of_that_period():
    made = block(headed((A1, "value", A1), ("Target", "target", A1)), 21.5, 22)
    assert one(made, "target")["period"] == AUTUMN


def test_counts_belong_to_none_of_two_values_of_a_row():
    columns = headed((f"Actual {A1}", "value", None), (f"Actual {A2}", "value", None), ("Number", "numerator", None))
    assert all("numerator" not in row for row in rows(block(columns, 25, 20, 10), "value"))


def test_counts_below_periods_belong_to_the_values_of_those_periods():
    columns = headed((A1, "value", A1), (A1, "numerator", A1), (A1, "denominator", A1), (A2, "value", A2))
    first, second = rows(block(columns, 25, 10, 40, 20), "value")
    assert (first["numerator"], first["denominator"]) == (10, 40)
    assert "numerator" not in second


def test_counts_below_no_period_belong_to_none_of_several_values():
    columns = headed((A1, "value", A1), (A2, "value", A2), ("Number", "numerator", None), ("Of", "denominator", None))
    assert all("numerator" not in row for row in rows(block(columns, 25, 20, 10, 40), "value"))


def test_a_note_of_a_whole_row_is_said_of_its_last_value_and_one_below_a_period_of_its_own():
    columns = headed((A1, "value", A1), ("Why", "notes", A1), (A2, "value", A2), ("Comment", "notes", None))
    assert [row["note"] for row in rows(block(columns, 25, "Flu", 20, "Better"), "value")] == ["Flu", "Better"]


def test_a_heading_over_a_period_may_name_the_school():
    columns = headed(
        (f"{HAZEL.name} {A1}", "value", f"{HAZEL.name} {A1}"), (f"{AGNES.name} {A1}", None, f"{AGNES.name} {A1}")
    )
    made = block(columns, 25, 20)
    assert [(row["place"], row["period"]) for row in rows(made, "value")] == [(HAZEL.ref, AUTUMN), (AGNES.ref, AUTUMN)]


# A dashboard


DASHBOARD = a_table(
    {
        "Ref": "code", "Indicator": "kpi", "Definition": "definition", "Unit": "unit", "Lead": "owner",
        "Baseline 2024/25": "baseline", "Target 2026/27": "target", "Actual Autumn 1 2026/27": "value",
        "Comments": "notes", "How often": "frequency",
    },
    [1, ABSENCE, "As before", "%", "Priya Leader", "28%", "20%", "21.5%", "Improving", None],
    [2, "Families at listening walks", "People who came", "number", "Someone", 40, 120, 55, None, "Half-termly"],
    [3, "Cost of food bank", "Spent in the period", "£", None, "£1,200", "£900", "£1,000", None, "Half-termly"],
    [None, None, None, None, None, None, None, None, "note to self", None],
    sheet="Scorecard", holds=Holds.KPIS,
)  # fmt: skip
SAID = {"table|Scorecard|place": TRUST.ref, "value|owner|someone": ""}


def test_a_dashboard_gives_kpis_targets_and_values():
    assert asked(convert(DASHBOARD)).keys() == SAID.keys()
    made = convert(DASHBOARD, answers=SAID)
    assert (made.questions, made.checked.problems, made.counts) == ((), (), {Holds.KPIS: 3})
    known_kpi, walks, cost = rows(made, "kpi")
    assert known_kpi["code"] == "K-A02"
    assert (walks["code"], walks["measure"], walks["baseline"]) == ("K-01", Measure.COUNT, 40.0)
    assert (cost["code"], cost["measure"], cost["baseline"]) == ("K-02", Measure.CURRENCY, 1200.0)
    assert [(row["number"], row["period"]) for row in rows(made, "target")] == [
        (20.0, SUMMER),
        (120.0, SUMMER),
        (900.0, SUMMER),
    ]
    assert [(row["number"], row.get("note")) for row in rows(made, "value")] == [
        (21.5, "Improving"),
        (55.0, None),
        (1000.0, None),
    ]


def test_a_dashboard_that_was_loaded_gives_no_new_row():
    again = convert(DASHBOARD, answers=SAID, here=after(convert(DASHBOARD, answers=SAID)))
    made = [row for table in again.checked.rows.values() for row in table]
    assert [row.is_new for row in made] == [False] * 9
    assert again.questions == ()
