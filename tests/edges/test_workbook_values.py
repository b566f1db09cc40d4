"""What a cell of each kind is read as, the words for what it cannot be, and how a problem is told."""

from datetime import date, datetime

import pytest

from framework.kpis.kpi import Symbol
from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind
from framework.plans import Status
from framework.subjects import SUBJECTS
from framework.text import clean
from framework.workbook.cells import Cell
from framework.workbook.problems import Problem, Unfit
from framework.workbook.readings.numbers import number_in
from framework.workbook.values import value_of
from tests.conftest import half_term

ON = date(2026, 11, 13)
CALENDAR = Calendar(
    [
        CalendarLine("calline001", CalendarKind.HALF_TERM, 2026, 1, date(2026, 9, 2), date(2026, 10, 23)),
        CalendarLine("calline002", CalendarKind.HALF_TERM, 2026, 2, date(2026, 11, 2), date(2026, 12, 18)),
    ]
)


def as_read(heading: str, value, table="action", **where):
    """What a cell with this raw text or value is read as."""
    subject = next(s for s in SUBJECTS if s.table == table)
    field = next(f for f in subject.fields if f.heading == heading)
    cell = value if isinstance(value, Cell) else Cell("D4", value, str(value))
    return value_of(field, cell, **where)


def unfit(heading: str, value, table="action", **where) -> tuple[str, str]:
    with pytest.raises(Unfit) as found:
        as_read(heading, value, table, **where)
    return found.value.code, found.value.wanted


def test_a_problem_says_where_what_was_found_and_what_is_wanted():
    problem = Problem("CELL-TYPE", "KPIs", "F4", "Target", "sixty", "a number such as 62.5, without its unit")
    assert str(problem) == 'KPIs!F4 (Target): it says "sixty"; we need a number such as 62.5, without its unit.'


def test_a_problem_quotes_at_most_sixty_characters_of_a_cell():
    def found(text):
        return str(Problem("CELL-TYPE", "S", "A1", "h", text, "w"))

    assert found("a" * 60) == f'S!A1 (h): it says "{"a" * 60}"; we need w.'
    assert found("a" * 61) == f'S!A1 (h): it says "{"a" * 59}…"; we need w.'


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  a\u00a0b ", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("e\u0301", "\u00e9"),
        ("a\x07\x00b", "ab"),
        ("a\tb", "a b"),
        ("\ufeffa", "a"),
    ],
)
def test_text_loses_what_spreadsheets_add(raw, text):
    assert clean(raw) == text
    assert as_read("what will be different", raw) == text


@pytest.mark.parametrize(
    ("value", "raw", "text"), [(1067224.0, "1067224", "1067224"), (7, "7", "7"), (62.5, "62.5", "62.5")]
)
def test_a_number_in_a_text_column_is_the_text_people_typed(value, raw, text):
    assert as_read("code", Cell("C4", value, raw)) == text


def test_ids_and_words_like_none_stay_text():
    assert [as_read("code", text) for text in ("007", "NA", "None", "1067224.0")] == ["007", "NA", "None", "1067224.0"]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-12", "2026-11-12T00:00:00", "12 Nov 2026", "12\u00a0Nov\u00a02026", "12 November 2026",
        "12th november 2026",
        "Thu 12 Nov 2026", "12-Nov-2026", "12/11/2026", "12.11.2026", "12-11-2026", " 12  Nov 2026 ",
    ],
)  # fmt: skip
def test_a_date_typed_as_text_is_read_with_its_day_first(text):
    assert as_read("due", text) == date(2026, 11, 12)


def test_an_iso_date_is_never_read_day_first():
    assert as_read("due", "2024-09-04") == date(2024, 9, 4)
    assert as_read("due", "4 Sept 2024") == date(2024, 9, 4)


EXAMPLE = "a date such as 30/09/2024, Sept 2024 or Autumn 1"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/09/2024", " (September has 30 days)"),
        ("29 Feb 2026", " (February 2026 has 28 days)"),
        ("30/02/2024", " (February 2024 has 29 days)"),
        ("0/11/2026", " (November has 30 days)"),
        ("12/11/202", " (write the year with four digits)"),
        ("12/11/1899", " (the year must lie from 1900 to 2100)"),
        ("12/11/2101", " (the year must lie from 1900 to 2100)"),
        ("14:00", " (this is a time of day, no date)"),
        ("July 2026 - Sept 2025", " (the end lies before the start)"),
        ("Ongoing", " ('Ongoing' names no day, and a date is needed)"),
        ("termly", " ('termly' names no day, and a date is needed)"),
        ("TBC", " ('TBC' names no day, and a date is needed)"),
        ("asap", " ('asap' names no day, and a date is needed)"),
        ("Autumn 1 2030", " (the calendar does not say when Autumn 1, 2030/31 is)"),
        ("12 Foo 2026", ""),
        ("soon", ""),
        ("done", ""),
        ("-", ""),
    ],
)
def test_a_date_that_is_none_says_why(text, why):
    assert unfit("due", text) == ("CELL-DATE", f"{EXAMPLE}{why}")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("09/13/2026", "There is no month 13: does the month stand first?"),
        ("Fri 12 Nov 2026", "12\u00a0Nov\u00a02026 is a Thursday"),
        ("12 Novemeber 2026", "'novemeber' is no month: is November meant?"),
        ("2026", "the calendar year 2026, or a school year?"),
    ],
)
def test_a_date_that_could_be_two_is_asked(text, asked):
    code, wanted = unfit("due", text)
    assert code == "CELL-DATE-AMBIGUOUS"
    assert wanted.casefold() == f"{EXAMPLE} ({asked})".casefold()


@pytest.mark.parametrize(
    ("heading", "table", "text", "day"),
    [
        ("due", "action", "Nov 2026", date(2026, 11, 30)),
        ("due", "action", "Autumn 1 2026", date(2026, 10, 23)),
        ("due", "action", "Autumn term 2026", date(2026, 12, 18)),
        ("due", "action", "2026/27", date(2027, 8, 31)),
        ("due", "action", "w/c 9 Nov 2026", date(2026, 11, 15)),
        ("first due", "action", "Nov 2026", date(2026, 11, 30)),
        ("new due", "action_update", "Nov 2026", date(2026, 11, 30)),
        ("done on", "milestone", "Nov 2026", date(2026, 11, 30)),
        ("end", "edition", "2026/27", date(2027, 8, 31)),
        ("left", "place", "July 2026", date(2026, 7, 31)),
        ("start", "action", "Nov 2026", date(2026, 11, 1)),
        ("start", "action", "Autumn term 2026", date(2026, 9, 2)),
        ("start", "edition", "2026/27", date(2026, 9, 1)),
        ("joined", "place", "Sept 2026", date(2026, 9, 1)),
        ("date", "action_update", "Autumn 2 2026", date(2026, 11, 2)),
    ],
)
def test_of_more_than_a_day_an_end_keeps_the_last_day_and_a_start_the_first(heading, table, text, day):
    assert as_read(heading, text, table, calendar=CALENDAR) == day


@pytest.mark.parametrize("text", ["Autumn 2", "18 Dec", "end of Autumn term", "by Christmas"])
def test_a_date_without_a_year_needs_a_day_to_be_read_against(text):
    assert as_read("due", text, calendar=CALENDAR, on=ON) == date(2026, 12, 18)
    assert unfit("due", text, calendar=CALENDAR) == ("CELL-DATE", f"{EXAMPLE} (write its year too)")


def test_a_term_needs_a_calendar_that_dates_it():
    assert unfit("due", "Autumn 1 2026") == (
        "CELL-DATE",
        f"{EXAMPLE} (the calendar does not say when Autumn 1, 2026/27 is)",
    )


@pytest.mark.parametrize(
    ("value", "form", "day"),
    [
        (date(2026, 11, 12), "dd mmm yyyy", date(2026, 11, 12)),
        (datetime(2026, 11, 12), "General", date(2026, 11, 12)),
        (datetime(2026, 11, 12, 14, 30), "dd/mm/yyyy hh:mm", date(2026, 11, 12)),
        (date(2026, 11, 1), "mmm-yy", date(2026, 11, 30)),
        (date(2026, 11, 12), "mmm-yy", date(2026, 11, 12)),
    ],
)
def test_a_real_date_is_taken_as_precisely_as_it_is_shown(value, form, day):
    assert as_read("due", Cell("D4", value, "", form)) == day


@pytest.mark.parametrize("year", [1899, 2101])
def test_a_real_date_beyond_the_years_we_keep_is_refused(year):
    cell = Cell("D4", date(year, 5, 1), "")
    assert unfit("due", cell) == ("CELL-DATE", f"{EXAMPLE} (the year must lie from 1900 to 2100)")


def test_the_first_and_the_last_year_are_read():
    assert [as_read("due", f"1/1/{year}").year for year in (1900, 2100)] == [1900, 2100]


def test_a_year_of_two_digits_is_read():
    assert as_read("due", "13/9/24") == date(2024, 9, 13)


def test_a_bare_number_in_a_date_column_is_not_guessed():
    assert unfit("due", 46_338) == (
        "CELL-DATE-AMBIGUOUS",
        f"{EXAMPLE} (a bare number: is Thu\u00a012\u00a0Nov\u00a02026 meant?)",
    )
    assert unfit("due", 12) == ("CELL-DATE", EXAMPLE)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", 12.5),
        ("12%", 12),
        ("12 %", 12),
        ("-3", -3),
        ("\u22123", -3),
        ("1,234.5", 1234.5),
        (".5", 0.5),
        ("+2", 2),
    ],
)
def test_a_number_typed_as_text_is_read(text, number):
    assert number_in(text) == number
    assert as_read("value", text, "value") == number


@pytest.mark.parametrize(
    "text", ["sixty", "60 pupils", "£60", "nan", "inf", "1e5", "1,23", "", "%", "3 of 4", "\u0967\u0968"]
)
def test_what_is_more_than_a_number_is_not_one(text):
    assert number_in(text) is None


def test_a_cell_formatted_as_a_percentage_is_read_as_people_see_it():
    assert as_read("value", Cell("G4", 0.756, "75.6%", "0.0%"), "value") == 75.6
    assert (
        as_read("value", Cell("G4", 12, "12", '0"%"'), "value") == 12
    )  # a percent sign in quotation marks is only drawn


NUMBER = "a number such as 62.5, without its unit"


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("sixty", ("CELL-TYPE", NUMBER)),
        (True, ("CELL-TYPE", NUMBER)),
        (date(2026, 4, 3), ("CELL-TYPE", f"{NUMBER} (Excel has turned it into a date)")),
        (float("inf"), ("VALUE-OUTSIDE", NUMBER)),
        (float("nan"), ("VALUE-OUTSIDE", NUMBER)),
        (1e300, ("VALUE-OUTSIDE", NUMBER)),
    ],
)
def test_what_is_no_number_is_refused_in_a_number_column(value, answer):
    assert unfit("value", value, "value") == answer


def test_a_whole_number_is_whole_and_exact():
    assert as_read("numerator", 2.0**53, "value") == 2**53
    assert unfit("numerator", 2.0**53 + 2, "value") == ("VALUE-OUTSIDE", "a whole number of at most 15 digits")
    assert unfit("numerator", 2.5, "value") == ("CELL-TYPE", "a whole number such as 12, without its unit")


@pytest.mark.parametrize(("value", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_bounds_are_kept_on_both_sides(value, fits):
    if fits:
        assert as_read("likelihood", value) == value
    else:
        assert unfit("likelihood", value) == ("VALUE-OUTSIDE", "a number from 1 to 5")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("On Track", Status.ON_TRACK),
        (" done ", Status.DONE),
        ("in progress", Status.ON_TRACK),
        ("on hold", Status.BLOCKED),
        ("Delayed", Status.AT_RISK),
        ("cancelled", Status.STOPPED),
        ("complete", Status.DONE),
        ("completed", Status.DONE),
        ("Parked", Status.BLOCKED),
        ("signed off", Status.DONE),
    ],
)
def test_the_words_people_use_for_a_status_are_understood(word, status):
    assert as_read("status", word) is status


@pytest.mark.parametrize("word", ["Approved (I think)", "n/a", "amber", "tbc", "On hold: waiting for Jo"])
def test_any_other_status_is_answered_with_the_list(word):
    assert unfit("status", word) == ("CELL-LIST", "one of: not started, on track, at risk, blocked, done, stopped")


def test_the_other_spelling_of_low_is_understood_for_symbols():
    assert [as_read("symbol", s, "value") for s in ("k", "LOW", "z")] == [Symbol.LOW, Symbol.LOW, Symbol.NOT_APPLICABLE]
    assert as_read("symbol", "..", "value") is Symbol.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("said", "flag"), [("Yes", True), ("y", True), ("TRUE", True), (True, True), ("no", False), ("N", False)]
)
def test_yes_and_no_are_read_in_their_spellings(said, flag):
    assert as_read("fictional", said) is flag


def test_perhaps_is_neither_yes_nor_no():
    assert unfit("fictional", "perhaps") == ("CELL-LIST", "yes or no")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Autumn 1, 2026/27", half_term(2026, 1)),
        ("2026/27", Period(PeriodKind.YEAR, 2026)),
        ("September 2026", Period(PeriodKind.MONTH, 2026, 1)),
        (Cell("E4", date(2026, 9, 1), "01 Sep 2026", "mmm-yy"), Period(PeriodKind.MONTH, 2026, 1)),
        (Cell("E4", date(2027, 8, 1), "01 Aug 2027", "mmmm yyyy"), Period(PeriodKind.MONTH, 2026, 12)),
    ],
)
def test_periods_are_read_as_people_write_them(said, period):
    assert as_read("period", said, "value") == period


def test_a_period_that_is_none_is_answered_with_an_example():
    assert unfit("period", "Autumn", "value") == ("CELL-TYPE", "a period such as Autumn 1, 2026/27")
    assert unfit("period", 2026, "value") == ("CELL-TYPE", "a period such as Autumn 1, 2026/27")


@pytest.mark.parametrize(
    ("day", "form"), [(date(2026, 9, 1), "dd/mm/yyyy"), (date(2026, 9, 2), "mmm-yy"), (date(2011, 12, 1), "mmm-yy")]
)
def test_a_date_that_may_have_been_a_day_or_a_school_year_is_not_taken_for_a_month(day, form):
    code, wanted = unfit("period", Cell("E4", day, "", form), "value")
    assert (code, wanted) == ("CELL-TYPE", "a period such as Autumn 1, 2026/27 (Excel has turned it into a date)")


def test_a_school_year_is_read_by_its_first_year():
    assert as_read("academic year", "2026/27", "calendar_line") == 2026
    assert unfit("academic year", 2026, "calendar_line") == ("CELL-TYPE", "a school year such as 2026/27")


@pytest.mark.parametrize("said", ["FSM: yes", "FSM:yes", " FSM :  yes "])
def test_a_group_is_kept_as_name_colon_member(said):
    assert as_read("group", said, "value") == "FSM: yes"


def test_a_group_without_a_member_is_a_problem():
    assert unfit("group", "boys", "value")[1] == "a group and its member such as FSM: yes, or nothing for everyone"


def test_error_cells_and_formulas_never_calculated_say_what_to_do():
    error = Cell("F9", "#DIV/0!", "#DIV/0!", is_error=True)
    waiting = Cell("F9", None, "=SUM(A1:A2)", formula_without_value=True)
    assert unfit("value", error, "value") == ("CELL-ERROR", "a value: mend the formula, or type the value")
    assert unfit("KPI", waiting, "value")[0] == "CELL-UNCALCULATED"
