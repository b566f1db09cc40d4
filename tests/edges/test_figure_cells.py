"""What the sheet Values alone says: rows that were left empty, and signs in place of a number."""

import pytest

from framework.kpis.kpi import Symbol
from framework.subjects import TARGETS, VALUES
from framework.workbook.cells import Cell
from framework.workbook.figure_cells import LeftEmpty, sign_in, wanted_of
from framework.workbook.headings import Columns
from framework.workbook.problems import Unfit

NUMBER = VALUES.field("number")
NAMES = ("kpi", "place", "period", "number", "numerator", "denominator", "sd", "state", "symbol", "note", "fictional")
COLUMNS = Columns(2, fields={name: place for place, name in enumerate(NAMES, 1)}, id=0)


def a_row(**cells):
    """A row that names its slot, by field; `id` is the hidden one."""
    told = {"kpi": "K-A02", "place": "Hazel Grange Primary", "period": "Autumn 1, 2026/27", "fictional": "yes", **cells}
    places = {"id": 0, **COLUMNS.fields}
    row = [None] * len(places)
    for name, value in told.items():
        row[places[name]] = None if value is None else Cell("D4", value, str(value))
    return row


@pytest.mark.parametrize(
    ("cells", "empty"),
    [
        ({}, True),
        ({"state": "reported"}, True),
        ({"state": " Reported "}, True),
        ({"note": "  "}, True),
        ({"number": 0}, False),
        ({"number": "soon"}, False),
        ({"numerator": 0}, False),
        ({"denominator": 400}, False),
        ({"sd": 1.5}, False),
        ({"state": "not applicable"}, False),
        ({"symbol": "c"}, False),
        ({"note": "soon"}, False),
        ({"id": "value00001"}, False),
    ],
)
def test_a_row_is_left_empty_when_it_says_nothing_of_its_slot_and_has_no_id(cells, empty):
    assert LeftEmpty(VALUES, COLUMNS).passes(a_row(**cells), COLUMNS.id) == empty


def test_a_short_row_and_a_sheet_without_ids_are_read_alike():
    assert LeftEmpty(VALUES, COLUMNS).passes(a_row()[:4], COLUMNS.id)
    assert LeftEmpty(VALUES, COLUMNS).passes(a_row(), None)


def test_a_sheet_that_has_no_column_for_a_figure_leaves_none_empty():
    slots_alone = Columns(2, fields={"kpi": 1, "place": 2, "period": 3}, id=0)
    assert not LeftEmpty(VALUES, slots_alone).passes(a_row()[:4], 0)
    assert not LeftEmpty(TARGETS, COLUMNS).passes(a_row(), 0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (0, []),
        (1, ["Values: 1 row was left empty, so nothing was read of it."]),
        (2, ["Values: 2 rows were left empty, so nothing was read of them."]),
    ],
)
def test_how_many_were_left_empty_is_said(rows, words):
    watched = LeftEmpty(VALUES, COLUMNS)
    for _ in range(rows):
        watched.passes(a_row(), 0)
    watched.passes(a_row(number=1), 0)
    assert [note.words for note in watched.notes] == words


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("z", {"symbol": Symbol.NOT_APPLICABLE}),
        (" X ", {"symbol": Symbol.NOT_AVAILABLE}),
        ("..", {"symbol": Symbol.NOT_AVAILABLE}),
        ("c", {"symbol": Symbol.SUPPRESSED}),
        ("[c]", {"symbol": Symbol.SUPPRESSED}),
        ("low", {"symbol": Symbol.LOW, "number": 0.0}),
        ("u", {}),
        ("n/a", {}),
        ("<5", {}),
        ("sixty", {}),
        (5, {}),
    ],
)
def test_a_sign_stands_for_its_symbol(typed, fields):
    assert sign_in(NUMBER, Cell("D4", typed, str(typed))) == fields


def test_a_sign_in_any_other_column_is_none():
    assert sign_in(VALUES.field("numerator"), Cell("D4", "c", "c")) == {}
    assert sign_in(TARGETS.field("number"), Cell("D4", "c", "c")) == {}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("n/a", True), ("TBC", True), ("-", True), ("<5", True), ("fewer than 5", True), ("sixty", False), ("u", False)],
)
def test_the_signs_are_told_where_the_cell_holds_a_bound_or_a_word_for_none(typed, told):
    unfit = Unfit("CELL-TYPE", "a number")
    wanted = wanted_of(NUMBER, Cell("D4", typed, typed), unfit)
    assert wanted.startswith("a number")
    assert wanted.endswith("too small to be shown") == told
    assert wanted_of(VALUES.field("numerator"), Cell("D4", typed, typed), unfit) == "a number"
