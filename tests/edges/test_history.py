"""Searching the ledger and telling what one change did: by person, day, thing and words, as at any date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from framework.people import Audience
from framework.picture.shape import Picture
from framework.store import Store, history, left
from framework.store.history import NOBODY, SETTING, Sought
from framework.store.ledger import Via, entry
from framework.store.left import ToldSetting
from framework.store.pictures import load
from framework.store.provenance import told_of_row, told_of_rows
from framework.store.rows import Origin
from framework.subjects import ACTIONS, TARGETS, data_of
from tests.conftest import (
    GOVERNOR,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    a_kpi,
    a_target,
    a_value,
    an_action,
    half_term,
    put,
)  # fmt: skip
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

SCENE = 1  # the change that made the small trust
LATER = NOW + timedelta(hours=1)


def picture(store: Store, audience: Audience = Audience.LEADERS, change: int | None = None) -> Picture:
    return load(store, LATER, audience, LATER if change else None, change)


def found(store: Store, sought: Sought, seen: Picture | None = None) -> list[int]:
    """The numbers of the changes that were found, newest first."""
    return [line.told.change for line in history.search(store, seen or picture(store), sought).lines]


def moved_target(store: Store, reason: str = "Agreed by the board.") -> int:
    """The target of Persistent absence, moved from 20 % to 18 % by a leader, with a file and its cells."""
    row = data_of(TARGETS, a_target(number=18.0, reason=reason))
    with entry(store, by=LEADER, now=NOW, deed="load workbook", via=Via.IMPORT) as e:
        e.put(TARGETS, "target0001", row, seen=1, origin=Origin("Targets", {"number": ("F8", "18"), "kpi": ("A8", "")}))
        e.keep_source("autumn.xlsx", b"bytes", "civic-plan/1")
    assert e.change_id is not None
    return e.change_id


def renamed(store: Store, title: str, *, now: datetime = NOW, seen: int = 1, reason: str = "") -> int:
    with entry(store, by=MEMBER, now=now, deed="change action", reason=reason) as e:
        e.put(ACTIONS, "action0001", data_of(ACTIONS, an_action(title=title)), seen=seen)
    assert e.change_id is not None
    return e.change_id


# By whom and when


@BOTH_DATABASES
def test_every_choice_narrows_what_is_found(store: Store) -> None:
    target, action = moved_target(store), renamed(store, "Breakfast for all", reason="Plainer.")
    assert found(store, Sought()) == [action, target, SCENE]
    for sought, numbers in (
        (Sought(person=LEADER.ref), [target]),
        (Sought(person=NOBODY), [SCENE]),
        (Sought(person=GOVERNOR.ref), []),
        (Sought(person="nobodyhere"), []),
        (Sought(table="target"), [target, SCENE]),
        (Sought(table="action", ref="action0001"), [action, SCENE]),
        (Sought(table="value"), []),
        (Sought(deed="change action"), [action]),
        (Sought(words="plainer"), [action]),
        (Sought(words="autumn.xlsx"), [target]),
        (Sought(words="loaded"), [target]),  # what somebody did is found by its words on the page
        (Sought(words="persistent absence", table="target"), [target, SCENE]),
        (Sought(words="target persistent absence"), [target, SCENE]),
        (Sought(words="persistent absence", table="action"), []),
        (Sought(words="board agreed", person=MEMBER.ref), []),
        (Sought(words="100%_of"), []),
        (Sought(words="first_due_on"), []),  # what a field is called in code
    ):
        assert found(store, sought) == numbers, sought


# On 25 Oct 2026 clocks in London go back at 01:00 UTC: the day begins at 23:00 UTC the day before, in summer time, and
# ends at midnight UTC. On 29 Mar 2026 they go forward.
@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 10, 24, 22, 59, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_is_the_one_that_london_lived(store: Store, at: datetime, day: date) -> None:
    change = renamed(store, "Breakfast for all", now=at)
    one, near = timedelta(days=1), Sought(person=MEMBER.ref)
    assert found(store, replace(near, first=day, last=day)) == [change]
    assert found(store, replace(near, last=day - one)) == []
    assert found(store, replace(near, first=day + one)) == []


def test_changes_come_a_page_at_a_time_and_none_twice(store: Store) -> None:
    for n in range(4):
        renamed(store, f"Renaming {n}", seen=n + 1)
    seen = picture(store)
    for sought in (Sought(), Sought(words="renaming")):
        pages, before = list[list[int]](), None
        while True:
            page = history.search(store, seen, sought, before=before, most=2)
            pages.append([line.told.change for line in page.lines])
            if page.older is None:
                break
            before = page.older
        assert pages == [[5, 4], [3, 2], [1]], sought
        assert history.search(store, seen, sought, most=5).older is None


def test_nothing_after_the_picture_is_found(store: Store) -> None:
    then = picture(store)
    change = moved_target(store)
    for sought in (Sought(), Sought(table="target"), Sought(words="absence"), Sought(table="target", ref="target0001")):
        assert found(store, sought, then) == [SCENE], sought
        assert found(store, sought)[0] == change
    assert left.told_of_change(store, then, change) is None
    assert left.told_of_change(store, then, SCENE) is not None


# By words


def test_words_of_a_thing_that_are_no_longer_there_are_still_found(store: Store) -> None:
    old, new = renamed(store, "Café at the gate"), renamed(store, "Tea at the gate", seen=2)
    assert found(store, Sought(words="café gate")) == [old]
    assert found(store, Sought(words="TEA")) == [new, old, SCENE]  # all there is of what is called so now
    assert found(store, Sought(words="cafe tea")) == []


def test_the_line_tells_first_of_the_rows_that_were_looked_for(store: Store) -> None:
    several = [replace(an_action(), ref=f"action000{n}", code=f"A-2{n}", title=f"Club {n}") for n in range(2, 8)]
    put(store, *several, now=NOW)
    (line,) = history.search(store, picture(store), Sought(words="club 7")).lines
    assert (line.counts, [row.data["title"] for row in line.rows]) == ({"action": 6}, ["Club 7"])
    line, *_ = history.search(store, picture(store), Sought()).lines
    assert [row.data["title"] for row in line.rows] == ["Club 2", "Club 3", "Club 4"]


def test_a_value_is_found_by_its_kpi_and_its_place_together_and_by_its_note(store: Store) -> None:
    hazel = a_value(place=HAZEL.ref, ref="value00002", note="The office sent it again.")
    others = [a_value(ref=f"value0001{n}", period=half_term(2025, n)) for n in range(1, 6)]
    change = put(store, hazel, *others, now=NOW)
    by_words = [
        Sought(words=words, table="value") for words in ("persistent hazel", "value K-A02 grange", "office again")
    ]
    for sought in (*by_words, Sought(table="value", ref=hazel.ref)):
        (line,) = history.search(store, picture(store), sought).lines
        assert (line.told.change, line.counts, [row.ref for row in line.rows]) == (change, {"value": 6}, [hazel.ref])
    assert found(store, Sought(words="persistent agnes", table="value")) == []


# What is for leaders alone


def test_an_address_is_neither_told_nor_found_by_anybody_but_leaders(store: Store) -> None:
    given = put(store, replace(GOVERNOR, email="mohammed@example.org", version=1), now=NOW)
    moved = put(store, replace(GOVERNOR, name="Mo Governor", email="mo@example.org", version=2), now=NOW)
    board = picture(store, Audience.BOARD)
    assert found(store, Sought(words="example.org")) == [moved, given]
    assert found(store, Sought(words="example.org"), board) == []
    told = told_of_row(store, board, "person", GOVERNOR.ref)
    assert [(row.changed, row.data["email"]) for row in told[:-1]] == [(("name",), None)]  # the first move is not told
    change = left.told_of_change(store, board, moved)
    assert change is not None
    assert [(row.changed, row.before and row.before["email"]) for row in change.rows] == [(("name",), None)]
    for line in history.search(store, board, Sought(table="person")).lines:
        assert "example.org" not in str(line)


# What one change did


def test_an_import_is_told_row_by_row_with_what_was_before_and_its_cells(store: Store) -> None:
    change = moved_target(store)
    told = left.told_of_change(store, picture(store), change)
    assert told is not None
    (row,) = told.rows
    assert (row.changed, row.move("number"), row.cells["number"]) == (("number", "reason"), (20.0, 18.0), ("F8", "18"))
    assert (told.told.by, told.told.file, row.told.sheet) == (LEADER.name, "autumn.xlsx", "Targets")
    assert told.file is not None
    assert (told.file.kept, told.counts) == (True, {"target": 1})


def test_a_correction_says_from_what_to_what_and_why(store: Store) -> None:
    first = put(store, a_value(24.1), now=NOW)
    second = put(store, a_value(23.9, version=first, ref="another001", note="a late register"), now=NOW, by=LEADER)
    told = left.told_of_change(store, picture(store), second)
    assert told is not None
    (row,) = told.values
    assert (row.changed, row.move("number"), row.data["note"]) == (("number", "note"), (24.1, 23.9), "a late register")
    assert [row.version for row in left.told_of_slot(store, picture(store), "value00001")] == [second, first]
    assert [kpi.corrections for kpi in told.kpis] == [1]


def test_many_values_are_counted_by_kpi_and_the_corrections_listed_first(store: Store) -> None:
    other = a_kpi(ref="kpi0000002", code="K-A03")
    put(store, other, now=NOW)
    first = put(store, a_value(), now=NOW)
    rows: Sequence[object] = [a_value(ref=f"value001{n:02}", period=half_term(2000 + n, 1)) for n in range(12)]
    of_other = [a_value(ref="value00200", kpi=other.ref), a_value(ref="value00201", kpi=other.ref, place=HAZEL.ref)]
    change = put(store, *rows, *of_other, a_value(20.0, version=first), now=NOW)
    told = left.told_of_change(store, picture(store), change, most=4)
    assert told is not None
    assert [(k.kpi, k.values, k.places, k.corrections) for k in told.kpis] == [
        ("kpi0000001", 13, 1, 1),
        (other.ref, 2, 2, 0),
    ]
    assert [row.ref for row in told.values] == ["value00001", "value00100", "value00101", "value00102"]


def test_what_was_put_away_is_told_as_that(store: Store) -> None:
    put(store, replace(an_action(), version=1, archived=True), now=NOW)
    newest, first = told_of_rows(store, picture(store), {"action": ["action0001"]})
    assert (newest.changed, newest.move("archived"), first.before) == (("archived",), (False, True), None)


def test_settings_are_told_with_what_they_were(store: Store) -> None:
    numbers = []
    for days in (30, 60):
        with entry(store, by=LEADER, now=NOW, deed="change setting") as e:
            e.set("quiet_after", days)
        numbers.append(e.change_id)
    assert found(store, Sought(table=SETTING)) == numbers[::-1]
    assert found(store, Sought(words="gone quiet")) == numbers[::-1]  # by what it is called, not by its name in code
    newest, first = history.search(store, picture(store), Sought(table=SETTING)).lines
    assert newest.settings == (ToldSetting("quiet_after", 30, 60),)
    assert first.settings == (ToldSetting("quiet_after", None, 30),)


def test_a_change_that_was_undone_names_the_newest_that_undid_it(store: Store) -> None:
    change = moved_target(store)
    undoings = []
    for deed, seen in (("undo load", 2), ("undo change", 3)):
        with entry(store, by=LEADER, now=NOW, deed=deed, reason=f"Undoes change {change}. The wrong file.") as e:
            e.put(TARGETS, "target0001", data_of(TARGETS, a_target()), seen=seen)
        undoings.append(e.change_id)
    with entry(store, by=LEADER, now=NOW, deed="change note", reason=f"Undoes change {change}. It only says so.") as e:
        e.put(TARGETS, "target0001", data_of(TARGETS, a_target()), seen=4)
    told = [left.told_of_change(store, picture(store), number) for number in (change, undoings[-1], undoings[-1] + 1)]
    assert [(one.undoes, one.undone) for one in told if one] == [(None, undoings[-1]), (change, None), (None, None)]


@pytest.mark.parametrize("number", [0, -1, 2, 10**9])
def test_a_number_that_no_change_has_is_told_as_nothing(store: Store, number: int) -> None:
    assert left.told_of_change(store, picture(store), number) is None
