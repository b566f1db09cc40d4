"""Which field a heading is, by its words and by what stands below it."""

from datetime import date as day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.workbook.recognise.fields import BY_NAME, FIELDS
from framework.workbook.recognise.known import named
from framework.workbook.recognise.labels import normal, without_footnote
from framework.workbook.recognise.near import nearest
from framework.workbook.recognise.shape import How
from framework.workbook.recognise.spans import is_period, span_in
from tests.strangers import a_cell, fields, looked_at, the_table

NAMES = [
    "code", "action", "objective", "owner", "due", "start", "status", "rag", "kpi", "baseline", "target", "value",
    "evidence", "notes", "organisations", "cost", "likelihood", "mitigation", "impact", "school", "period",
    "percent_done", "milestone", "done_on", "success", "unit", "source", "group", "numerator", "denominator",
    "definition", "frequency",
]  # fmt: skip


def test_the_fields_are_these():
    assert sorted(wanted.name for wanted in FIELDS) == sorted(NAMES)


@pytest.mark.parametrize("wanted", FIELDS, ids=lambda wanted: wanted.name)
def test_a_fields_first_word_names_it(wanted):
    assert named(wanted.words[0]).fields[0] == wanted.name


def test_every_word_of_a_field_names_a_field():
    assert [word for wanted in FIELDS for word in wanted.words if named(word) is None] == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Progress to date", "notes"),
        ("Action Required*", "action"),
        ("ACTION\nREQUIRED", "action"),
        ("Actions", "action"),
        ("  By\u00a0when ", "due"),
        ("Responsible (person)", "owner"),
        ("Owner / Lead", "owner"),
        ("Objective / Action", "action"),
        ("1. Objective", "objective"),
        ("dueDate", "due"),
        ("risk_owner", "owner"),
        ("RiskID", "code"),
        ("Current RAG", "rag"),
        ("RAG rating (R/A/G)", "rag"),
        ("Progress (RAG)", "rag"),
        ("Target (date)", "due"),
        ("Task Owner", "owner"),
        ("% Complete", "percent_done"),
        ("S.No", "code"),
        ("#", "code"),
        ("By whom", "owner"),
        ("Led by", "owner"),
        ("Timescales", "due"),
        ("Success criteria:", "success"),
        ("Date Completed", "done_on"),
        ("Actual completion date", "done_on"),
        ("Date raised", "start"),
        ("Impact\n(monetary)", "impact"),
        ("Mitigating Actions", "mitigation"),
        ("Means of Verification", "evidence"),
        ("Key Performance Indicator", "kpi"),
        ("Unit of measure*", "unit"),
        ("Lead Officer", "owner"),
        ("KPI target", "target"),
        ("Baseline1", "baseline"),
        ("Success criteria\nWhat will be different for pupils by July?", "success"),
        ("Owner: who leads on this", "owner"),
    ],
)
def test_a_heading_in_many_spellings_names_its_field(heading, field):
    assert named(heading).fields[0] == field


@pytest.mark.parametrize(
    "heading",
    [
        "Decision Date",
        "Review date",
        "Last updated by",
        "Date of birth",
        "When reviewed",
        "Approval deadline set by board",
    ],
)
def test_a_heading_that_speaks_of_a_time_goes_to_no_other_field(heading):
    found = named(heading)
    assert found is None or found.fields[0] in ("due", "start", "done_on")


@pytest.mark.parametrize(
    "heading",
    ["Phone", "Lead phone no.", "E-mail", "Owner email", "Contact telephone", "Postcode", "School address", "Fax"],
)
def test_a_phone_an_e_mail_and_a_postcode_never_match(heading):
    assert (named(heading), nearest(heading)) == (None, None)


@pytest.mark.parametrize("heading", ["2024", "12", "1.5", "01/02/2024", "75%", "£1,000"])
def test_numbers_and_dates_never_match(heading):
    assert (named(heading), nearest(heading)) == (None, None)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Miletone label", "milestone"),
        ("Responsable person", "owner"),
        ("Succes criteria", "success"),
        ("Mitigatoin", "mitigation"),
    ],
)
def test_a_misspelt_heading_is_only_suggested(heading, field):
    assert (named(heading), nearest(heading)) == (None, field)


@pytest.mark.parametrize(
    "heading", ["Data issues", "Data raised", "Report date line", "Sector", "Level", "Decision", "Description of site"]
)
def test_a_heading_that_is_another_thing_is_not_suggested(heading):
    assert nearest(heading) is None


@given(st.text(max_size=60))
def test_no_heading_raises(heading):
    named(heading), nearest(heading), span_in(heading), without_footnote(heading)
    assert normal(normal(heading)) is not None


@given(
    st.sampled_from([word for wanted in FIELDS for word in wanted.words]),
    st.sampled_from(["*", " ", ":", "\n", " (required)"]),
)
def test_marks_around_a_heading_change_nothing(word, mark):
    assert named(f"{word}{mark}").fields == named(word).fields


@pytest.mark.parametrize(
    ("heading", "bare"),
    [("Percentage1", "Percentage"), ("Gives special help3", "Gives special help"), ("Percentage¹", "Percentage"),
     ("Term1", None), ("Action2", None), ("Q1", None), ("KPI1", None), ("Autumn1", None), ("2024", None)],
)  # fmt: skip
def test_a_footnotes_digit_is_taken_off_and_a_count_is_not(heading, bare):
    assert without_footnote(heading) == bare


@pytest.mark.parametrize(
    "text",
    ["Autumn 1", "Aut 2", "Spring term 2025", "HT3", "Term 4", "Q1", "Q2 2024/25", "2024/25", "2023-24", "Sep-24",
     "Sept 2024", "March 2025", "Week 3", "w/c 9 Sept", "30/09/2024", "2024", "AY2024/25"],
)  # fmt: skip
def test_a_heading_of_a_period_is_one(text):
    assert is_period(a_cell(text))


@pytest.mark.parametrize(
    "text", ["Year 7", "Target", "Progress", "May need help", "Termly", "Weekly", "Key stage 2", "R1", "KS2"]
)
def test_a_heading_of_anything_else_is_none(text):
    assert not is_period(a_cell(text))


@pytest.mark.parametrize(
    ("heading", "span"),
    [
        ("Target 2024/25", ("2024/25", "target")),
        ("Autumn actual", ("Autumn", "actual")),
        ("Autumn 1", ("Autumn 1", "")),
    ],
)
def test_a_period_is_found_beside_what_is_measured(heading, span):
    assert span_in(heading) == span


PLAN = ["Action", "Owner"]
ROWS = [["Mend the roof", "Ann"], ["Paint the hall", "Bob"], ["Buy books", "Cat"], ["Plant trees", "Dan"]]


def under(heading, *values):
    """The field of a column of an action list by its heading and what stands below it."""
    table = the_table([[*PLAN, heading], *([*row, value] for row, value in zip(ROWS, values, strict=True))])
    return next(column for column in table.columns if column.heading == heading)


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Target", ["95%", "90%", "12", "7"], "target"),
        ("Target", [day(2024, 1, n) for n in (1, 2, 3, 4)], "due"),
        ("Progress", ["In progress", "Done", "Done", "Not started"], "status"),
        (
            "Progress",
            ["We met twice and agreed it", "All is well so far", "The builder came", "No news from them"],
            "notes",
        ),
        ("Progress", ["G", "A", "R", "R"], "rag"),
        ("Completed", [day(2024, 1, n) for n in (1, 2, 3, 4)], "done_on"),
        ("Completed", ["Yes", "Done", "Yes", "Complete"], "status"),
        ("Priority", ["Reading", "Maths", "Attendance", "Writing"], "objective"),
        ("Priority", ["High", "Low", "Medium", "High"], None),
        ("Last update", [day(2024, 1, n) for n in (1, 2, 3, 4)], None),
        ("Due", ["Autumn 1", "Ongoing", "Sept 2024", "Termly"], "due"),
        ("Baseline", ["40%", "x", "50", "60"], "baseline"),
    ],
)
def test_content_decides_between_fields_of_one_word(heading, values, field):
    assert under(heading, *values).field == field


def test_content_that_is_no_date_leaves_a_date_field_to_a_question():
    column = under("Deadline", "the hall", "some chairs", "a long table", "two lamps")
    assert (column.field, column.suggested) == (None, "due")


@pytest.mark.parametrize(("dates", "field"), [(3, "due"), (2, None)])
def test_three_in_five_values_must_be_of_the_type(dates, field):
    values = [*["01/02/2024"] * dates, *["the hall"] * (5 - dates)]
    rows = [["Action", "Owner", "Due"], *([f"Do {n}", "Ann", value] for n, value in enumerate(values))]
    assert fields(the_table(rows)).get("Due") == field


def test_how_a_column_came_by_its_field_is_kept():
    assert under("Deadline", *[day(2024, 1, 1)] * 4).how is How.SYNONYM
    assert under("Target", *[day(2024, 1, 1)] * 4).how is How.CONTENT


def test_of_two_columns_for_one_field_the_surer_is_taken_and_the_other_asked():
    rows = [["Action", "Deadline", "Revised due date"], *[["x", day(2024, 1, 1), day(2024, 2, 1)]] * 3]
    found = looked_at(rows)
    assert [(c.field, c.suggested) for c in found.tables[0].columns] == [("action", None), ("due", None), (None, "due")]
    assert [question.key for question in found.questions] == ["column|revised due date"]


def test_a_fields_own_name_wins_even_over_an_empty_column():
    rows = [["Risk", "Likelihood", "Owner", "Actionee"], *[["x", 3, None, "Ann"]] * 3]
    assert fields(the_table(rows))["Owner"] == "owner"


def test_every_field_has_a_kind_and_words():
    assert all(wanted.words and BY_NAME[wanted.name] is wanted for wanted in FIELDS)
