"""What must be asked of a stranger's file, what cannot be right in it, and what a saved layout answers."""

from datetime import date as day

import pytest

from framework.periods import Calendar
from framework.workbook.recognise.layouts import fits, layout_from_json, layout_json, layout_of
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.shape import Asks, How
from tests.strangers import a_book, a_sheet, fields, looked_at

HEAD = ["Ref", "Action", "Lead officer", "Due", "Status"]


def plan(*rows, head=HEAD, **more):
    return a_book(a_sheet([head, *rows], "Plan", **more))


def a_row(n=1, who="Ann", due=day(2024, 1, 1), status="Done"):
    return [n, f"Do thing {n}", who, due, status]


def asked(found, asks=None):
    return {q.key: q for q in found.questions if asks in (None, q.asks)}


def test_a_plain_file_asks_nothing():
    found = recognise(plan(a_row(1), a_row(2, "Bob"), a_row(3)))
    assert (found.questions, found.problems) == ((), ())


def test_one_question_is_asked_for_each_word_however_many_cells_hold_it():
    found = recognise(plan(*[a_row(n, status="Hmm maybe") for n in range(9)], *[a_row(n) for n in range(20, 40)]))
    (question,) = found.questions
    assert (question.key, question.count) == ("value|status|hmm maybe", 9)
    assert question.cells == ("Plan!E2", "Plan!E3", "Plan!E4", "Plan!E5", "Plan!E6")


@pytest.mark.parametrize(("word", "suggested"), [("On hold", "blocked"), ("Hmm", "")])
def test_an_assumed_word_stands_until_someone_chooses(word, suggested):
    found = recognise(plan(a_row(1), a_row(2), a_row(3), a_row(4, status=word)))
    (question,) = asked(found, Asks.VALUE).values()
    assert question.suggested == suggested


def test_a_blank_status_asks_nothing():
    assert recognise(plan(a_row(1), a_row(2, status=None), a_row(3))).questions == ()


def test_a_column_with_the_month_first_is_asked_once():
    rows = [a_row(n, due=text) for n, text in enumerate(["9/30/2024", "10/5/2024", "12/31/2024"])]
    (question,) = recognise(plan(*rows)).questions
    assert (question.key, question.asks, question.suggested) == ("dates|due", Asks.DATES, "month first")


def test_a_column_with_both_orders_must_be_answered():
    rows = [a_row(n, due=text) for n, text in enumerate(["9/30/2024", "30/9/2024", "1/2/2024", "25/12/2024"])]
    assert asked(recognise(plan(*rows)))["dates|due"].suggested is None


def test_fractions_and_percentages_in_one_column_are_asked_once():
    rows = [["Action", "Lead", "% complete"], *[[f"Do {n}", "Ann", v] for n, v in enumerate([0.75, 75, 0.5, 100])]]
    (question,) = looked_at(rows).questions
    assert (question.asks, question.suggested) == (Asks.SCALE, None)


def test_the_year_of_dates_without_one_is_asked_once_for_the_file():
    rows = [a_row(1, due="24 Sept"), a_row(2, due="3 Oct"), a_row(3, due="01/12/2024"), a_row(4, due="05/11/2024")]
    (question,) = recognise(plan(*rows)).questions
    assert (question.key, question.count, question.suggested) == ("dates|year", 2, "2024")


def test_with_a_day_to_read_against_no_year_is_asked():
    rows = [a_row(1, due="24 Sept"), a_row(2, due="3 Oct"), a_row(3, due="01/12/2024")]
    assert recognise(plan(*rows), on=day(2024, 9, 15), calendar=Calendar(())).questions == ()


def test_a_surname_and_forename_are_asked():
    found = recognise(plan(a_row(1, "Ann Lee"), a_row(2, "Smith, Jane"), a_row(3, "Bob Day")))
    assert list(asked(found)) == ["value|owner|smith, jane"] or list(asked(found)) == ["value|owner|smith jane"]


def test_a_near_heading_must_be_answered_and_is_not_taken():
    head = [*HEAD, "Succes criteria"]
    found = recognise(plan(*[[*a_row(n), "All can read"] for n in range(3)], head=head))
    assert "Succes criteria" not in fields(found.tables[0])
    assert asked(found)["column|succes criteria"].suggested is None


def test_the_choices_of_a_column_that_speaks_of_a_date_are_dates():
    head = [*HEAD, "Revised due date"]
    found = recognise(plan(*[[*a_row(n), day(2024, 2, 2)] for n in range(3)], head=head))
    choices = {choice.value for choice in asked(found)["column|revised due date"].choices}
    assert choices == {"due", "start", "done_on", ""}


def test_colours_without_words_are_asked():
    fills = {(2, 5): "FF0000", (3, 5): "00B050", (4, 5): "FFFFFF"}
    rows = [a_row(1, status=None), a_row(2, status=None), a_row(3, status=None), a_row(4)]
    (question,) = recognise(plan(*rows, fills=fills)).questions
    assert (question.asks, question.count, question.suggested) == (Asks.COLOURS, 2, "no")


def test_every_error_is_a_problem_at_its_cell_with_its_rows_title():
    found = recognise(plan(a_row(1), [2, "Paint the hall", "#REF!", day(2024, 1, 1), "Done"]))
    (problem,) = found.problems
    assert str(problem) == (
        "Plan!C3 (Lead officer, 'Paint the hall'): it says \"#REF!\"; we need the value, typed, or the formula mended. "
        "If you leave it, the cell is taken as empty."
    )


def test_formulas_never_calculated_are_one_problem_a_column():
    found = recognise(plan(*[[n, f"Do {n}", "Ann", "=TODAY()", "Done"] for n in range(5)]))
    assert [(p.code, p.cell) for p in found.problems] == [("CELL-UNCALCULATED", "D2")]


def test_a_day_that_is_not_in_the_calendar_is_a_problem():
    found = recognise(plan(a_row(1), a_row(2), a_row(3, due="31/09/2024")))
    (problem,) = found.problems
    assert (problem.code, problem.cell, problem.title) == ("CELL-DATE", "D4", "Do thing 3")
    assert "September has 30 days" in str(problem)


def test_a_code_that_comes_twice_is_only_noted():
    found = recognise(plan(a_row(1), a_row(1), a_row(2)))
    assert (found.problems, [note.code for note in found.notes]) == ((), ["KEY-DUPLICATE"])


def test_a_heading_that_comes_twice_is_a_problem():
    rows = [["Action", "Owner", "Notes", "Notes"], *[["Do", "Ann", "a", "b"]] * 3]
    assert [(p.code, p.cell) for p in looked_at(rows).problems] == [("HEAD-DUPLICATE", "D1")]


def test_errors_on_a_hidden_sheet_are_only_noted():
    found = looked_at([["#REF!"], ["#N/A"]], hidden=True)
    assert (found.problems, "CELL-ERROR" in [note.code for note in found.notes]) == ((), True)


# Layouts

ANSWERS = {"value|status|hmm maybe": "on track", "column|lead officer": "owner"}
ODD = [a_row(1), a_row(2), a_row(3, status="Hmm maybe"), a_row(4)]


def saved(book, answers=ANSWERS):
    return layout_of(recognise(book), answers, "January.xlsx")


def test_a_saved_layout_leaves_nothing_to_ask_of_the_same_file():
    again = recognise(plan(*ODD), [saved(plan(*ODD))])
    assert (again.questions, again.layout.name) == ((), "January.xlsx")


def test_a_layout_is_found_again_wherever_the_headings_stand():
    moved = a_book(a_sheet([["Title"], [], [], list(reversed(HEAD)), *[list(reversed(row)) for row in ODD]], "Other"))
    assert recognise(moved, [saved(plan(*ODD))]).questions == ()


def test_a_new_word_alone_is_asked():
    again = recognise(plan(*ODD, a_row(5, status="Nearly there, honest")), [saved(plan(*ODD))])
    assert list(asked(again)) == ["value|status|nearly there, honest"] or len(again.questions) == 1


def test_a_renamed_column_alone_is_asked():
    head = ["Ref", "Action", "Champion", "Due", "Status"]
    again = recognise(plan(*ODD, head=head), [saved(plan(*ODD))])
    (question,) = again.questions
    assert (question.key, question.choices[0].value) == ("column|champion", "owner")


def test_a_renamed_column_that_we_know_is_taken_and_asked():
    head = ["Ref", "Action", "Person responsible", "Due", "Status"]
    again = recognise(plan(*ODD, head=head), [saved(plan(*ODD))])
    (question,) = again.questions
    assert (question.key, question.suggested) == ("column|person responsible", "owner")
    assert fields(again.tables[0])["Person responsible"] == "owner"


@pytest.mark.parametrize(("kept", "applied"), [(5, True), (3, True), (2, False)])
def test_a_layout_is_applied_when_three_in_five_of_its_headings_are_there(kept, applied):
    head = [*HEAD[:kept], *[f"Other {n}" for n in range(5 - kept)]]
    again = recognise(plan(*ODD, head=head), [saved(plan(*ODD))])
    assert (again.layout is not None) is applied


def test_the_best_of_several_layouts_is_applied():
    other = layout_of(recognise(plan(*ODD, head=["Ref", "Action", "Lead officer", "Due", "State"])), {}, "other")
    assert recognise(plan(*ODD), [other, saved(plan(*ODD))]).layout.name == "January.xlsx"


def test_a_column_passed_over_stays_so():
    layout = saved(plan(*ODD), {**ANSWERS, "column|lead officer": ""})
    again = recognise(plan(*ODD), [layout])
    assert ("Lead officer" in fields(again.tables[0]), again.questions) == (False, ())


def test_fields_that_a_layout_gives_say_so():
    again = recognise(plan(*ODD), [saved(plan(*ODD))])
    assert {column.how for column in again.tables[0].columns} == {How.LAYOUT}


def test_the_share_of_headings_present_says_how_well_a_layout_fits():
    layout = saved(plan(*ODD))
    assert fits(layout, recognise(plan(*ODD)).tables) == 1.0
    assert fits(layout, recognise(plan(*ODD, head=[*HEAD[:4], "State"])).tables) == 0.8


def test_a_layout_survives_json():
    layout = saved(plan(*ODD))
    assert layout_from_json(layout_json(layout)) == layout


def test_periods_are_no_part_of_a_layout():
    def block(*periods):
        return a_book(a_sheet([["KPI", "Owner", *periods], ["Attendance", "Ann", 95, 96], ["Lateness", "Bob", 3, 4]]))

    layout = layout_of(recognise(block("Autumn 2024", "Spring 2025")), {}, "x")
    again = recognise(block("Autumn 2025", "Spring 2026"), [layout])
    assert fits(layout, again.tables) == 1.0
    assert [column.period for column in again.tables[0].columns] == [None, None, "Autumn 2025", "Spring 2026"]


def test_a_sheet_that_was_taken_is_taken_again():
    rows = [HEAD, a_row(1), a_row(2)]
    book = a_book(a_sheet(rows, "Lists"))
    layout = layout_of(recognise(book), {"sheet|Lists": "yes"}, "x")
    assert [table.used for table in recognise(book, [layout]).tables] == [True]
