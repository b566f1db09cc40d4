"""How a history says what somebody did: deeds, numbers of rows and settings in words."""

from dataclasses import fields

import pytest

from framework.picture.history import SETTING_WORDS, did, how_many, setting_value, setting_words
from framework.settings import FROZEN, LAYOUT, Settings


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("move target", "Moved target"),
        ("add KPI", "Added KPI"),
        ("take away milestone", "Took away milestone"),
        ("carry forward", "Carried forward"),
        ("annotate KPI", "Annotated KPI"),
        ("unpin KPI", "Unpinned KPI"),
        ("undo load", "Undid load"),
        ("rename", "Renamed"),
    ],
)
def test_a_deed_is_told_as_what_somebody_did(deed: str, words: str) -> None:
    assert did(deed) == words


@pytest.mark.parametrize(
    ("table", "n", "words"),
    [
        ("target", 1, "1 target"),
        ("value", 100_000, "100,000 values"),
        ("person", 2, "2 people"),
        ("query", 2, "2 queries"),
        ("element", 60, "60 parts of the framework"),
        ("evidence", 1, "1 piece of evidence"),
    ],
)
def test_rows_are_counted_in_words(table: str, n: int, words: str) -> None:
    assert how_many(table, n) == words


def test_every_setting_has_words() -> None:
    assert set(SETTING_WORDS) == {field.name for field in fields(Settings)}


def test_layouts_and_copies_say_which_they_are() -> None:
    copy = {"title": "Board", "met_on": "2026-07-07", "sha256": "ab12"}
    assert setting_words(f"{LAYOUT}x1", {"name": "tracker.xlsx"}) == "remembered layout tracker.xlsx"
    assert setting_words(f"{FROZEN}copy000001", copy).replace("\N{NO-BREAK SPACE}", " ") == (
        "frozen copy for Board, Tue 7 Jul 2026"
    )
    assert setting_value(f"{FROZEN}copy000001", copy) == "SHA-256 ab12"
    assert setting_value("quiet_after", None) == "45 (the default)"
