"""What a file of ours says of itself, and a CSV of ours: guarded on the way out, itself again on the way in."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.periods import Period, PeriodKind
from framework.subjects import ACTIONS, PEOPLE, VALUES
from framework.text import clean
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.check import check
from framework.workbook.comma import comma_separated, sheet_as_csv
from framework.workbook.compare import compare
from framework.workbook.marks import canonical, guarded, hash_of, unguarded, unguarded_book, untouched
from framework.workbook.parse import parse
from framework.workbook.text import LIKE_A_FORMULA
from framework.workbook.write import write
from tests.conftest import SMALL_TRUST, a_value, an_action
from tests.edges.test_workbook_check import known, refs
from tests.edges.test_workbook_write import INJECTIONS, META

HERE = known(*SMALL_TRUST, a_value())
texts = st.text(alphabet=st.sampled_from("'=+-@\t\r\n\uff1d\uff0ba1 ")) | st.text()


def loaded(here, subject, **meta):
    book = unguarded_book(parse(sheet_as_csv(subject, here, meta=meta), "anything.csv"))
    return compare(check(book, here, new_ref=refs()), here)


# The guard


@given(texts)
def test_a_text_is_itself_again_without_its_guard_and_never_begins_like_a_formula_with_it(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(LIKE_A_FORMULA)


@pytest.mark.parametrize(
    ("text", "safe"),
    [("=1", "'=1"), ("'=1", "''=1"), ("'a", "'a"), ("-5", "'-5"), ("a=1", "a=1"), ("", ""), ("\uff1d1", "'\uff1d1")],
)
def test_only_what_a_program_could_take_for_a_formula_is_guarded(text, safe):
    assert guarded(text) == safe


@pytest.mark.parametrize("text", INJECTIONS)
def test_any_text_comes_back_through_a_csv_as_it_went(text):
    here = known(*SMALL_TRUST, an_action(title=text, code=text, success=text))
    content = sheet_as_csv(ACTIONS, here)
    fields = [field for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for field in row]
    assert not any(field.startswith(LIKE_A_FORMULA) for field in fields)
    assert loaded(known(*SMALL_TRUST, an_action(title=clean(text), code=clean(text))), ACTIONS).changes == ()
    assert {cell.value for cell in unguarded_book(parse(content, "plan.csv")).sheets[0].rows[1] if cell} >= {text}


# A sheet as a CSV


@pytest.mark.parametrize("subject", [ACTIONS, VALUES, PEOPLE], ids=lambda s: s.sheet)
def test_a_sheet_loads_back_from_its_csv_without_a_change_whatever_the_file_is_called(subject):
    plan = loaded(HERE, subject, revision=7)
    assert (plan.changes, plan.problems, [str(note) for note in plan.notes]) == ((), (), [])
    assert plan.unchanged == {subject.table: len(HERE[subject.table])}


@pytest.mark.parametrize("number", [0.0, -1.5, 24.1, 1e-7, 1e20, 0.1 + 0.2, -0.0])
def test_a_number_is_written_in_digits_alone_and_comes_back_the_same(number):
    assert loaded(known(*SMALL_TRUST, a_value(number)), VALUES).changes == ()
    assert b"e" not in sheet_as_csv(VALUES, known(*SMALL_TRUST, a_value(number))).splitlines()[1].split(b",")[6]


def test_a_month_is_written_so_that_no_program_makes_a_day_of_it():
    months = known(*SMALL_TRUST, a_value(period=Period(PeriodKind.MONTH, 2026, 1)), a_value(ref="value00002"))
    content = sheet_as_csv(VALUES, months)
    assert b'"202627-M09"' in content
    assert b'"Autumn 1, 2026/27"' in content
    assert loaded(months, VALUES).changes == ()


def test_dates_are_written_so_that_no_program_turns_them_round():
    assert b'"2026-10-23"' in sheet_as_csv(ACTIONS, HERE)


def test_the_last_heading_says_what_the_file_is():
    first = sheet_as_csv(VALUES, HERE, meta={"workbook": "w1", "revision": 7}).splitlines()[0].decode("utf-8-sig")
    assert first.startswith('"_id","_rev","KPI*","place*"')
    assert first.endswith(',"civic-plan/1; sheet=Values; rows=1; workbook=w1; revision=7"')


def test_the_mark_becomes_what_the_book_says_of_itself_and_is_no_heading():
    book = unguarded_book(parse(sheet_as_csv(VALUES, HERE, meta={"workbook": "a;b", "revision": 7}), "plan.csv"))
    assert book.meta == {"schema": "civic-plan/1", "workbook": "a b", "revision": 7, "rows": {"Values": 1}}
    assert [s.title for s in book.sheets] == ["Values"]
    assert not any(cell and cell.value.startswith("civic-plan") for row in book.sheets[0].rows for cell in row)


def test_a_mark_that_lies_beside_other_columns_or_lower_is_found():
    rows = [["My copy"], [], ["KPI*", "civic-plan/1; sheet=Values; rows=x; revision=?", "note"], ["K", None, "'=1"]]
    cells = [[Cell("A1", text, text) if text else None for text in row] for row in rows]
    book = unguarded_book(Book("x.xlsx", "", (SheetCells("Sheet1", cells),), meta={"revision": 9}))
    assert book.meta == {"schema": "civic-plan/1", "revision": 9, "rows": {"Values": None}}
    assert [cell and cell.value for cell in book.sheets[0].rows[2]] == ["KPI*", None, "note"]
    assert book.sheets[0].rows[3][2].raw == "=1"


def test_a_file_without_our_mark_keeps_its_quotes():
    book = parse(comma_separated(["code*", "action*"], [["=1", "x"]]), "plan.csv")
    assert unguarded_book(book) is book


# What a workbook says of itself


def test_each_sheet_that_nobody_touched_is_known_by_its_hash():
    book = parse(write(HERE, meta=META), "plan.xlsx")
    assert untouched(book) == {*book.meta["rows"]}


def test_a_sheet_in_which_a_cell_changed_is_not_untouched():
    book = parse(write(HERE, meta=META), "plan.xlsx")
    other = [[replaced(cell, "Breakfast club at Hazel Grange", "Lunch club") for cell in row] for row in
             next(s for s in book.sheets if s.title == "Actions").rows]  # fmt: skip
    sheets = tuple(SheetCells("Actions", other) if s.title == "Actions" else s for s in book.sheets)
    assert {*book.meta["rows"]} - untouched(Book("x", "", sheets, book.meta)) == {"Actions"}


def replaced(cell, old, new):
    return Cell(cell.address, new, new) if cell is not None and cell.value == old else cell


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (7, "7"), (7.0, "7"), (0, "0"), (0.1, "0.1"), (date(2026, 9, 1), "2026-09-01"),
     (datetime(2026, 9, 1), "2026-09-01"), (datetime(2026, 9, 1, 14), "2026-09-01T14:00:00"), (" a\r\nb ", "a\nb")],
)  # fmt: skip
def test_a_cell_has_one_canonical_wording_whichever_program_kept_it(value, words):
    assert canonical(value) == words


def test_empty_cells_and_rows_at_the_end_do_not_count_and_others_do():
    assert hash_of([["a", None, ""], [], [None]]) == hash_of([["a"]])
    assert len({hash_of(rows) for rows in ([["a"]], [["a", "b"]], [["a"], ["b"]], [[None, "a"]], [["ab"]])}) == 5
