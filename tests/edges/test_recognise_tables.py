"""Where a stranger's table begins and ends, what is filled down, what is left aside, and that each is said."""

from datetime import date as day

import pytest

from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.shape import Table
from tests.strangers import a_book, a_sheet, fields, looked_at, numbers, the_table, words

HEAD = ["Action", "Owner", "Due", "Status"]
ROW = ["Mend the roof", "Ann", day(2024, 1, 1), "Done"]
OTHER = ["Paint the hall", "Bob", day(2024, 2, 1), "Done"]


def noted(table: Table) -> list[str]:
    return [note.code for note in table.notes]


def all_noted(rows, **more) -> list[str]:
    found = looked_at(rows, **more)
    return [note.code for note in (*found.notes, *(n for t in found.tables for n in t.notes))]


@pytest.mark.parametrize("above", [0, 1, 2, 6, 12, 30])
def test_the_headings_are_found_under_any_number_of_title_rows(above):
    rows = [["Plan of the school"], *([[]] * (above - 1)), HEAD, ROW, OTHER] if above else [HEAD, ROW, OTHER]
    assert the_table(rows).header_row == above + 1


def test_headings_below_row_forty_are_not_sought():
    assert looked_at([*[["text"]] * 45, HEAD, ROW, OTHER]).tables == ()


@pytest.mark.parametrize(("gap", "tables"), [(1, 1), (2, 1)])
def test_rows_after_blank_rows_that_are_like_those_above_belong_to_the_table(gap, tables):
    found = looked_at([HEAD, ROW, *[[]] * gap, OTHER]).tables
    assert [len(table.records) for table in found] == [2] * tables


def test_a_gap_of_two_rows_that_was_read_over_is_said():
    assert "ROW-GAP" in noted(the_table([HEAD, ROW, [], [], OTHER]))
    assert "ROW-GAP" not in noted(the_table([HEAD, ROW, [], OTHER]))


def test_two_blank_rows_end_a_table_when_something_else_follows():
    assert numbers(the_table([HEAD, ROW, OTHER, [], [], ["Signed"], ["A Head"]])) == [2, 3]


@pytest.mark.parametrize(
    "said", ["Total", "TOTAL:", "Grand total", "Sub-total", "Overall total", "Average", "Trust average"]
)
def test_a_total_is_no_record(said):
    table = the_table([["KPI", "Target", "Actual"], ["Attendance", 96, 95], ["Absence", 4, 5], [said, 100, 100]])
    assert (numbers(table), "ROW-TOTAL" in noted(table)) == ([2, 3], True)


@pytest.mark.parametrize("kpi", ["Total exclusions", "Average points score", "Total absence (%)"])
def test_a_kpi_whose_name_speaks_of_a_total_is_a_record(kpi):
    table = the_table([["KPI", "Target", "Actual"], ["Attendance", 96, 95], ["Lateness", 4, 5], [kpi, 12, 17]])
    assert numbers(table) == [2, 3, 4]


def test_a_last_row_called_total_of_something_is_none_when_it_sums_up_the_rest():
    table = the_table([["KPI", "Target", "Actual"], ["Boys", 96, 95], ["Girls", 4, 5], ["Total pupils", 100, 100]])
    assert numbers(table) == [2, 3]


def test_records_after_a_sub_total_are_taken():
    rows = [["Item", "Owner", "Cost", "Status"], ["Roof", "Ann", 5, "Done"], ["Hall", "Bob", 6, "Done"]]
    table = the_table([*rows, ["Sub-total", None, 11], ["Gate", "Cat", 7, "Done"], ["Total", None, 18]])
    assert numbers(table) == [2, 3, 5]


@pytest.mark.parametrize(
    "row",
    [
        ["Required", "Enter a name", "DD/MM/YYYY", "Select from the list"],
        ["e.g. Mend the roof", "e.g. Ann", "e.g. 01/02/2024", "e.g. Done"],
        ["Please describe the action", "Who will do it?", "Please enter a date", "Choose one"],
        ["Example: mend the roof", "Ann", "1 May", "Done"],
    ],
)
def test_a_row_under_the_headings_that_instructs_is_dropped_and_said(row):
    table = the_table([HEAD, row, ROW, OTHER])
    assert (numbers(table), "ROW-INSTRUCTION" in noted(table)) == ([3, 4], True)


@pytest.mark.parametrize("row", [[1, 2, 3, 4], ["(a)", "(b)", "(c)", "(d)"], ["A", "B", "C", "D"]])
def test_a_row_that_numbers_the_columns_is_dropped(row):
    assert numbers(the_table([HEAD, row, ROW, OTHER])) == [3, 4]


def test_a_first_action_that_speaks_of_a_list_is_no_instruction():
    first = ["Choose new books and enter them in the list", "Ann", day(2024, 1, 1), "Done"]
    assert numbers(the_table([HEAD, first, OTHER])) == [2, 3]


def test_numbered_rows_with_nothing_else_are_ignored_and_said():
    table = the_table([["No", *HEAD], [1, *ROW], [2, *OTHER], [3], [4], [5]])
    assert (numbers(table), "ROW-BLANK" in noted(table)) == ([2, 3], True)


@pytest.mark.parametrize("filler", [["Not started"], ["Open"]])
def test_a_row_that_holds_only_a_chosen_word_is_ignored(filler):
    assert numbers(the_table([HEAD, ROW, OTHER, [None, None, None, *filler]])) == [2, 3]


def test_a_row_without_its_action_but_with_an_owner_is_a_record():
    assert numbers(the_table([HEAD, ROW, OTHER, [None, "Cat", day(2024, 1, 1), "Open"]])) == [2, 3, 4]


def test_an_action_without_anything_else_is_a_record():
    assert numbers(the_table([HEAD, ROW, ["Buy paint"], OTHER])) == [2, 3, 4]


def test_vertical_merges_are_filled_down_within_the_merge_only():
    rows = [["Objective", *HEAD], ["Reading", *ROW], [None, *OTHER], [None, *ROW]]
    table = the_table(rows, merges=["A2:A3"])
    assert words(table, "Objective") == ["Reading", "Reading", None]
    assert "MERGE-FILLED" in noted(table)


def test_labels_at_the_left_are_filled_down_to_the_next_label():
    rows = [["Objective", *HEAD], ["Reading", *ROW], [None, *OTHER], ["Maths", *ROW], [None, *OTHER]]
    table = the_table(rows)
    assert words(table, "Objective") == ["Reading", "Reading", "Maths", "Maths"]
    assert "GROUP-FILLED" in noted(table)


def test_other_columns_are_never_filled_down():
    rows = [HEAD, ROW, ["Paint the hall", None, None, None], OTHER]
    assert words(the_table(rows), "Owner") == ["Ann", None, "Bob"]


def test_a_label_filled_down_is_the_cell_it_came_from():
    rows = [["Objective", *HEAD], ["Reading", *ROW], [None, *OTHER], ["Maths", *ROW], [None, *OTHER]]
    assert [record.cells[1].address for record in the_table(rows).records] == ["A2", "A2", "A4", "A4"]


def test_lines_across_the_table_head_the_rows_below_them():
    rows = [HEAD, ["Leadership"], ROW, OTHER, ["Teaching"], ROW]
    table = the_table(rows, merges=["A2:D2", "A5:D5"])
    assert numbers(table) == [3, 4, 6]
    assert [record.cells[0].raw for record in table.records] == ["Leadership", "Leadership", "Teaching"]


@pytest.mark.parametrize("heading", ["RAG key", "STATUS KEY", "Legend", "Drop down list", "Lists"])
def test_a_key_beside_the_table_is_left_aside_and_said(heading):
    rows = [[*HEAD, None, heading], [*ROW, None, "Red"], [*OTHER, None, "Amber"], [None] * 5 + ["Green"]]
    found = looked_at(rows)
    (table,) = found.tables
    assert heading not in {c.heading for c in table.columns}
    assert "BESIDE" in [note.code for note in found.notes]


def test_columns_beyond_an_empty_column_belong_to_the_table_when_their_rows_do():
    rows = [[*HEAD, None, "Comments"], [*ROW, None, "ok"], [*OTHER, None, "late"]]
    assert fields(the_table(rows))["Comments"] == "notes"


def test_two_tables_side_by_side_are_two_tables():
    rows = [[*HEAD, None, *HEAD], [*ROW, None, *OTHER], [*OTHER, None, *ROW]]
    assert [[c.index for c in table.columns] for table in looked_at(rows).tables] == [[1, 2, 3, 4], [6, 7, 8, 9]]


def test_stray_cells_beside_the_table_are_listed_and_not_read():
    rows = [HEAD, ROW, [*OTHER, "check!"], ROW, OTHER, ROW, OTHER, ROW, OTHER, ROW]
    found = looked_at(rows)
    (table,) = found.tables
    assert [c.index for c in table.columns] == [1, 2, 3, 4]
    assert [note.cell for note in found.notes if note.code == "FILE-STRAY-CELL"] == ["E3"]


def test_an_unheaded_column_that_is_filled_stays_and_is_a_problem():
    rows = [[*HEAD, None], [*ROW, "a"], [*OTHER, "b"], [*ROW, "c"]]
    found = looked_at(rows)
    assert [c.heading for c in found.tables[0].columns][-1] == ""
    assert [problem.cell for problem in found.problems if problem.code == "HEAD-BLANK"] == ["E1"]


def test_an_excel_table_wins_over_a_guess():
    rows = [["Action", "Owner", "Due"], ["x", "y", "z"], ["Step", "Who", "When"], *[["a", "Ann", day(2024, 1, 1)]] * 3]
    assert (3, [4, 5, 6]) in [(t.header_row, numbers(t)) for t in looked_at(rows, tables=["A3:C6"]).tables]


def test_an_excel_table_with_excels_own_names_is_not_believed():
    rows = [["Column1", "Column2", "Column3", "Column4"], HEAD, ROW, OTHER]
    assert the_table(rows, tables=["A1:D4"]).header_row == 2


def test_headings_over_two_rows_are_joined_under_merges():
    rows = [
        ["What", None, "Who", None],
        ["Action", "Cost", "Lead", "Team"],
        ["Roof", 5, "Ann", "Site"],
        ["Hall", 6, "Bob", "Site"],
    ]
    table = the_table(rows, merges=["A1:B1", "C1:D1"])
    assert table.header_rows == (1, 2)
    assert [c.heading for c in table.columns] == ["What Action", "What Cost", "Who Lead", "Who Team"]


def test_a_title_over_the_whole_table_is_no_heading():
    table = the_table([["Plan of the school"], HEAD, ROW, OTHER], merges=["A1:D1"])
    assert table.header_rows == (2,)


def test_a_merged_heading_over_a_row_of_parts_reaches_down():
    rows = [["Action", "Progress", None, None], [None, "Autumn", "Spring", "Summer"], ["Roof", "begun", "half", "done"]]
    table = the_table([*rows, ["Hall", "begun", "half", "done"]], merges=["A1:A2", "B1:D1"])
    assert (table.header_rows, numbers(table)) == ((1, 2), [3, 4])


@pytest.mark.parametrize(
    "title", ["Instructions", "Example", "Lists", "Lookups", "Definitions", "Notes", "Cover", "Contents", "READ ME",
              "Drop down lists", "Guidance notes", "Data validation", "Version control", "Key"]
)  # fmt: skip
def test_a_sheet_named_as_help_is_off(title):
    found = looked_at([HEAD, ROW, OTHER], title=title)
    assert [table.used for table in found.tables] == [False]
    assert found.sheets[0].why


@pytest.mark.parametrize(
    "title", ["Action list", "Key actions", "Risk register", "Notes of actions", "KPI list", "Sheet1", "Data",
              "Reference projects", "2024 plan", "Key risks"]
)  # fmt: skip
def test_a_sheet_named_for_what_it_holds_is_on(title):
    assert [table.used for table in looked_at([HEAD, ROW, OTHER], title=title).tables] == [True]


def test_a_hidden_sheet_is_off_and_listed():
    found = looked_at([HEAD, ROW, OTHER], hidden=True)
    assert [table.used for table in found.tables] == [False]
    assert "SHEET-HIDDEN" in [note.code for note in found.notes]


def test_hidden_rows_and_columns_are_read_and_named():
    table = the_table([HEAD, ROW, OTHER], hidden_rows=frozenset({3}), hidden_columns=frozenset({2}))
    assert numbers(table) == [2, 3]
    assert {"ROW-HIDDEN", "COLUMN-HIDDEN"} <= set(noted(table))


def test_boxes_drawn_with_merges_are_no_table():
    rows = [[f"Box {r}{c}" if c % 2 == 0 else None for c in range(8)] if r % 2 else [] for r in range(1, 12)]
    merges = [f"{'ACEG'[n % 4]}{r}:{'BDFH'[n % 4]}{r + 1}" for r in range(1, 11, 2) for n in range(4)]
    found = looked_at(rows, merges=merges)
    assert not any(table.used for table in found.tables)


def test_a_column_widened_by_a_merge_in_every_row_is_no_box():
    rows = [
        ["Criteria", None, None, "Comments", "Rating"],
        *[[f"Is it {n}?", None, None, "yes", "G"] for n in range(9)],
    ]
    assert the_table(rows, merges=[f"A{n}:C{n}" for n in range(1, 11)]).header_row == 1


def test_a_form_of_labels_and_values_is_no_table():
    rows = [
        ["Name of school", "Ash"],
        ["Head", "Ann"],
        ["Date", day(2024, 1, 1)],
        ["URN", 123],
        ["Pupils", 210],
        ["Note", "x"],
    ]
    assert looked_at(rows).tables == ()


def test_lists_of_words_side_by_side_are_off():
    rows = [
        ["Status", "Type", "Team"],
        ["Open", "Risk", "Site"],
        ["Closed", "Issue", "Office"],
        ["Late", "Change"],
        [None, "Other"],
    ]
    assert not any(table.used for table in looked_at(rows).tables)


def test_a_sheet_of_prose_has_no_headings():
    found = looked_at([["This workbook is for the plan."], ["Fill in each sheet."], [], ["Send it back by May."]])
    assert (found.tables, found.sheets[0].why) == ((), "no row of headings was found")


def test_a_pivot_table_is_off():
    assert not any(t.used for t in looked_at([["Row Labels", "Count of Action"], ["Done", 3], ["Open", 4]]).tables)


@pytest.mark.parametrize(("title", "used"), [("Summary", False), ("Sheet1", True)])
def test_figures_on_a_sheet_that_sums_up_others_are_off(title, used):
    rows = [["Team", "Number", "Late"], ["Site", 3, 1], ["Office", 4, 2]]
    assert [t.used for t in looked_at(rows, title=title).tables] == [used]


def test_a_plan_on_a_sheet_called_dashboard_is_on():
    assert [t.used for t in looked_at([HEAD, ROW, OTHER], title="Action dashboard").tables] == [True]


def test_what_the_scores_of_a_register_mean_is_no_register():
    register = [["Risk", "Likelihood", "Impact", "Owner"], ["Rain", 3, 2, "Ann"], ["Snow", 1, 2, "Bob"]]
    meaning = [["Score", "Likelihood", "Impact"], [1, "Rare", "Small"], [2, "Likely", "Large"]]
    assert [t.header_row for t in looked_at([*register, [], [], *meaning]).tables] == [1]


def test_questions_of_a_survey_are_no_quarters():
    rows = [["School", *[f"Q{n}" for n in range(1, 8)]], ["Ash", *[3] * 7], ["Birch", *[4] * 7]]
    assert all(column.period is None for column in the_table(rows).columns)


def test_an_empty_sheet_says_that_it_is_empty():
    assert looked_at([[]]).sheets[0].why == "it is empty"


def test_every_sheet_is_told_with_its_filled_cells():
    found = recognise(a_book(a_sheet([HEAD, ROW], "One"), a_sheet([["x"]], "Two")))
    assert [(sheet.title, sheet.valued) for sheet in found.sheets] == [("One", 8), ("Two", 1)]


def test_a_wide_block_of_periods_is_unfolded_with_what_each_column_measures():
    rows = [["KPI", "Autumn target", "Autumn actual", "Spring target", "Spring actual"], ["Attendance", 96, 95, 96, 97]]
    table = the_table([*rows, ["Lateness", 3, 4, 3, 2]])
    assert [(c.field, c.period) for c in table.columns] == [
        ("kpi", None),
        ("target", "Autumn"),
        ("value", "Autumn"),
        ("target", "Spring"),
        ("value", "Spring"),
    ]


def test_records_after_headings_that_programs_write_with_blank_rows_between_are_all_taken():
    rows = [
        ["key", "sheet", "cell"],
        [],
        ["name", "Intro", "C1"],
        [],
        ["lead", "Intro", "C2"],
        [],
        ["date", "Intro", "C3"],
    ]
    assert (the_table(rows).header_row, numbers(the_table(rows))) == (1, [3, 5, 7])
