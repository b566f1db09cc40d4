"""`look`: a path in, what was recognised out, as objects, JSON and text; nothing a sheet holds makes it fail."""

import json
import subprocess
import sys
import time
from datetime import date as day
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.commands import look as command
from framework.errors import FileRefused
from framework.workbook import as_json, look
from framework.workbook.cells import Book, Cell, SheetCells, Span
from framework.workbook.parse import parse
from framework.workbook.recognise.layouts import layout_of
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.told import as_text
from tests.strangers import a_book, a_sheet, looked_at

SAMPLES = Path(__file__).parent / "samples"
TRACKER = SAMPLES / "trackers" / "nch_issue_register.xlsx"


def test_a_path_is_all_it_takes():
    looked = look(TRACKER)
    assert [(table.sheet, table.header_row, len(table.records)) for table in looked.tables if table.used] == [
        ("Issue Register", 1, 5)
    ]


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_path_that_cannot_be_opened_is_refused_in_words(name):
    with pytest.raises(FileRefused) as refusal:
        look(SAMPLES / name)
    assert (refusal.value.code, "cannot be opened" in str(refusal.value)) == ("FILE-MISSING", True)


def test_the_layout_of_one_year_applies_to_the_next_though_its_headings_moved():
    first, second = (
        parse(path.read_bytes(), path.name)
        for path in (
            SAMPLES / "opendata" / "gla-2011-12-P13-500.csv",
            SAMPLES / "opendata" / "gla-250-report-2014-15-P07.csv",
        )
    )
    layout = layout_of(recognise(first), {}, "payments")
    again = recognise(second, [layout])
    assert (again.layout, again.tables[0].header_row) == (layout, 8)


def a_plan():
    return looked_at(
        [
            ["Action", "Owner", "Due", "Status", "Autumn", "Spring"],
            ["Mend the roof", "Ann", day(2024, 9, 4), "In progress", 1, 2],
            ["Paint the hall", "HT/DHT", "Autumn 2024", "Done", 3, 4],
        ]
    )


def test_the_json_can_be_written_and_read():
    told = as_json(a_plan())
    assert json.loads(json.dumps(told)) == told


def test_the_json_of_a_table_says_where_it_stands():
    (table,) = as_json(a_plan())["tables"]
    assert {
        name: table[name] for name in ("sheet", "header_row", "header_rows", "first_row", "last_row", "records")
    } == {
        "sheet": "Sheet1",
        "header_row": 1,
        "header_rows": [1],
        "first_row": 2,
        "last_row": 3,
        "records": 2,
    }


def test_the_json_of_a_column_has_its_letter_and_field():
    (table,) = as_json(a_plan())["tables"]
    assert table["columns"][2] == {
        "column": "C", "heading": "Due", "field": "due", "how": "synonym", "suggested": None, "period": None,
    }  # fmt: skip


def test_the_json_of_a_row_has_each_fields_cell_raw_text_value_rule_and_certainty():
    row = as_json(a_plan())["tables"][0]["rows"][0]["fields"]
    assert row["due"] == {
        "cell": "C2",
        "raw": "04 Sep 2024",
        "value": {"kind": "date", "start": "2024-09-04", "end": "2024-09-04", "precision": "day"},
        "rule": "cell date",
        "certainty": "exact",
    }
    assert (row["status"]["value"], row["owner"]["value"]) == ("on track", ["Ann"])


def test_the_json_of_a_row_tells_the_values_of_each_period():
    row = as_json(a_plan())["tables"][0]["rows"][1]
    assert [(p["period"], p["raw"]) for p in row["periods"]] == [("Autumn", "3"), ("Spring", "4")]


def test_people_read_sheets_tables_columns_and_records():
    told = as_text(a_plan())
    assert "Sheet 'Sheet1': 16 filled cells" in told or "Sheet 'Sheet1': 18 filled cells" in told
    assert "headings in row 1, 2 records" in told
    assert "B: Owner -> owner" in told


def test_people_read_five_problems_of_a_kind_and_a_count():
    rows = [["Action", "Owner", "Due"], *[[f"Do {n}", "#REF!", day(2024, 1, 1)] for n in range(36)]]
    told = as_text(looked_at(rows))
    assert told.count("#REF!") == 5
    assert "and 31 more like this" in told


class _Chosen:
    def __init__(self, file, as_json):
        self.file, self.json = file, as_json


def test_the_command_prints_json_and_leaves_with_nought(capsys):
    assert command.run(_Chosen(TRACKER, True)) == 0
    assert json.loads(capsys.readouterr().out)["tables"][0]["records"] == 5


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_leaves_with_one_when_a_file_is_refused(capsys, as_json):
    locked = SAMPLES / "stress" / "calamine_pass_protected.xlsx"
    assert command.run(_Chosen(locked, as_json)) == 1
    out = capsys.readouterr().out
    assert (json.loads(out)["refused"]["code"] == "FILE-LOCKED") if as_json else ("password" in out)


def test_the_module_runs_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "framework", "look", str(TRACKER)],
        capture_output=True,
        text=True,
        cwd=SAMPLES.parents[2],
    )
    assert (done.returncode, "5 records" in done.stdout, done.stderr) == (0, True, "")


VALUES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(
        ["Action", "Owner", "Due", "Status", "KPI", "Target", "Total", "Autumn 1", "Risk", "RAG", "1.1", "e.g. x", "%"]
    ),
    st.integers(-5, 2100),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(400)),
)


@st.composite
def sheets(draw):
    rows = draw(st.lists(st.lists(VALUES, max_size=7), max_size=14))
    cells = []
    for r, row in enumerate(rows, 1):
        made = []
        for c, value in enumerate(row, 1):
            address = f"{'ABCDEFG'[c - 1]}{r}"
            if value is None:
                made.append(None)
            else:
                made.append(Cell(address, value, str(value), is_error=draw(st.booleans()) and value == "%"))
        cells.append(made)
    ends = st.tuples(st.integers(1, 14), st.integers(1, 7), st.integers(0, 4), st.integers(0, 3))
    spans = tuple(Span(t, left, t + h, left + w) for t, left, h, w in draw(st.lists(ends, max_size=4)))
    named = tuple(
        (f"T{n}", span) for n, span in enumerate(draw(st.lists(st.sampled_from(spans), max_size=1)) if spans else ())
    )
    return SheetCells("S", cells, merges=spans, tables=named, hidden=draw(st.booleans()))


@settings(max_examples=120, deadline=None)
@given(sheets())
def test_nothing_that_a_sheet_holds_makes_it_fail(sheet):
    looked = recognise(Book("x", "0" * 64, (sheet,)))
    json.dumps(as_json(looked))
    as_text(looked)


@settings(max_examples=40, deadline=None)
@given(sheets())
def test_a_layout_of_any_sheet_can_be_applied_to_it(sheet):
    looked = recognise(Book("x", "0" * 64, (sheet,)))
    recognise(Book("x", "0" * 64, (sheet,)), [layout_of(looked, {}, "x")])


def a_long_plan(count):
    head = ["Ref", "Objective", "Action", "Lead", "By when", "Status", "RAG", "% complete"]
    rows = [[n, f"O{n % 9}", f"Do {n}", "Ann", "01/02/2024", "Done", "G", 0.5] for n in range(count)]
    return a_book(a_sheet([head, *rows]))


def test_the_cost_grows_with_the_cells():
    took = []
    for book in (a_long_plan(1_000), a_long_plan(8_000)):
        start = time.process_time()
        assert len(recognise(book).tables[0].records) in (1_000, 8_000)
        took.append(time.process_time() - start)
    assert took[1] < 20 * took[0] + 0.5
