"""What a table edited in a browser may change: open cells of the rows that were drawn, and nothing a forger adds."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.errors import ValueRefused
from framework.picture.edits import Edited, day, edited_rows, is_sound, number, one_of, text

ROWS = ("refone", "reftwo")
OPEN = {"words": text, "due": day, "going": one_of({"On track": 1, "Stuck": 2}), "share": number(0, 100)}


def edited(edits: object) -> Edited:
    return edited_rows(ROWS, edits, OPEN)


def test_a_position_means_the_row_that_was_drawn_there():
    assert edited({1: {"words": "Done it."}}).changes == {"reftwo": {"words": "Done it."}}


@pytest.mark.parametrize(
    "edits",
    [
        {0: {"code": "A-99"}},
        {2: {"words": "no such row"}},
        {-1: {"words": "from the end"}},
        {True: {"words": "no position"}},
        {"x": {"words": "no position"}},
        {0: ["words"]},
        {0: {3: "no column"}},
        ["words"],
        "words",
        None,
    ],
    ids=str,
)
def test_what_was_not_open_is_passed_over_without_a_word(edits):
    assert edited(edits) == Edited()


def test_a_position_that_json_made_text_is_a_position():
    assert list(edited({"0": {"words": "a"}}).changes) == ["refone"]


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("words", "  a\u0000b ", "ab"),
        ("words", None, ""),
        ("words", "x" * 5_000, "x" * 5_000),
        ("due", "2026-11-12", date(2026, 11, 12)),
        ("due", None, None),
        ("due", "", None),
        ("going", "Stuck", 2),
        ("going", None, None),
        ("share", 0, 0.0),
        ("share", 100, 100.0),
        ("share", None, None),
    ],
)
def test_a_cell_that_can_be_read_is_kept(column, value, kept):
    assert edited({0: {column: value}}).changes == {"refone": {column: kept}}


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("words", 5, "words"),
        ("words", ["a"], "words"),
        ("words", "x" * 5_001, "5,000 at most"),
        ("due", "2026-11-31", "a date"),
        ("due", "12/11/2026", "a date"),
        ("due", "20261112", "a date"),
        ("due", 20261112, "a date"),
        ("due", True, "a date"),
        ("going", "on track", "On track, Stuck"),
        ("going", ["Stuck"], "On track, Stuck"),
        ("share", -0.1, "a number from 0 to 100"),
        ("share", 100.1, "a number from 0 to 100"),
        ("share", "50", "a number from 0 to 100"),
        ("share", True, "a number from 0 to 100"),
        ("share", float("nan"), "a number from 0 to 100"),
        ("share", 10**400, "a number from 0 to 100"),
        ("share", {"a": 1}, "a number from 0 to 100"),
    ],
)
def test_a_cell_that_cannot_be_read_is_said_with_what_is_wanted(column, value, wanted):
    found = edited({0: {column: value}})
    assert found.changes == {}
    assert len(found.refused) == 1
    assert found.refused[0].startswith(f"refone, {column}: found")
    assert wanted in found.refused[0]


def test_what_can_be_read_is_kept_beside_what_cannot():
    found = edited({0: {"words": "a", "due": "soon"}})
    assert found.changes == {"refone": {"words": "a"}}
    assert len(found.refused) == 1


def test_a_refusal_names_row_and_column_as_people_do():
    found = edited_rows(ROWS, {0: {"due": "soon"}}, OPEN, {"refone": "A-14", "due": "Due"}.__getitem__)
    assert found.refused == ['A-14, Due: found "soon", wanted a date of the calendar.']


sent = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.integers(-3, 3) | st.sampled_from(["words", "due", "going", "share", "code", "0", "1"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(sent)
def test_whatever_is_sent_changes_open_cells_of_drawn_rows_alone_and_raises_nothing(edits: Any):
    found = edited(edits)
    assert set(found.changes) <= set(ROWS)
    assert all(cells and set(cells) <= set(OPEN) for cells in found.changes.values())


# Whether the editor can be drawn with what was sent


@pytest.mark.parametrize(
    ("state", "sound"),
    [
        (None, True),
        ({"edited_rows": {}, "added_rows": [], "deleted_rows": []}, True),
        ({"edited_rows": {1: {"words": "a"}}}, True),
        ({"edited_rows": {1: {"code": "a"}}}, True),
        ({"edited_rows": {2: {"words": "a"}}}, False),
        ({"edited_rows": {-1: {"words": "a"}}}, False),
        ({"edited_rows": {0: {"unknown": "a"}}}, False),
        ({"edited_rows": {0: {"_index": "a"}}}, False),
        ({"edited_rows": {0: ["a"]}}, False),
        ({"edited_rows": [1]}, False),
        ({"added_rows": [{"words": "a"}]}, False),
        ({"deleted_rows": [0]}, False),
    ],
    ids=str,
)
def test_an_editor_is_drawn_with_cells_of_its_own_alone(state, sound):
    assert is_sound(state, len(ROWS), ["code", *OPEN]) is sound


@pytest.mark.parametrize("bound", [0.0, 100.0])
def test_a_number_without_bounds_takes_any_that_is_finite(bound):
    assert number()(bound) == bound
    with pytest.raises(ValueRefused):
        number()(float("inf"))
