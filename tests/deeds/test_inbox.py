"""The watched folder: what arrives whole waits for a leader, once; what cannot be taken says why beside itself."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from framework.deeds.inbox import STILL_FOR, take_in
from framework.store import Store, waiting
from framework.workbook.limits import MOST_BYTES
from tests.conftest import NOW


@pytest.fixture
def folder(tmp_path):
    """The watched folder; the database of a test lies beside it."""
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def a_store(tmp_path_factory):
    """Where only the folder matters, one kind of database will do."""
    store = Store.open(tmp_path_factory.mktemp("store") / "trust.db")
    yield store
    store.close()


CLOCK = datetime.now(UTC) + timedelta(hours=1)


def laid(folder, name, content=b"a,b\n1,2\n"):
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_that_arrives_waits_for_a_leader_and_is_moved(store, folder):
    laid(folder, "october.csv")
    (found,) = take_in(store, folder, now=NOW, clock=CLOCK)
    (one,) = waiting.waiting(store)
    assert (one.ref, one.name, one.by, one.via) == (found.ref, "october.csv", None, "inbox")
    assert [p.name for p in folder.iterdir()] == ["taken"]
    assert (folder / "taken" / "october.csv").read_bytes() == b"a,b\n1,2\n"


def test_nothing_is_taken_twice(store, folder):
    laid(folder, "october.csv")
    take_in(store, folder, now=NOW, clock=CLOCK)
    laid(folder, "october.csv")  # the same bytes once more, as after a start that was cut off
    take_in(store, folder, now=NOW, clock=CLOCK)
    assert len(waiting.waiting(store)) == 1
    assert sorted(p.name for p in (folder / "taken").iterdir()) == ["october (2).csv", "october.csv"]


@pytest.mark.parametrize(("age", "taken"), [(STILL_FOR, True), (STILL_FOR - timedelta(seconds=1), False)])
def test_a_file_is_taken_once_it_has_been_still(a_store, folder, age, taken):
    path = laid(folder, "plan.xlsx")
    changed = CLOCK - age
    os.utime(path, (changed.timestamp(), changed.timestamp()))
    assert bool(take_in(a_store, folder, now=NOW, clock=CLOCK)) is taken


@pytest.mark.parametrize("name", ["~$plan.xlsx", ".plan.xlsx", "plan.docx", "notes.txt"])
def test_what_is_no_spreadsheet_stays_where_it_is(a_store, folder, name):
    laid(folder, name)
    assert take_in(a_store, folder, now=NOW, clock=CLOCK) == []
    assert (folder / name).exists()


def test_a_link_is_not_followed(a_store, folder):
    outside = laid(folder.parent, f"{folder.name}-outside.csv")
    (folder / "plan.csv").symlink_to(outside)
    assert take_in(a_store, folder, now=NOW, clock=CLOCK) == []


def test_a_file_that_is_too_large_is_moved_with_the_reason_beside_it(a_store, folder):
    with (folder / "huge.csv").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (found,) = take_in(a_store, folder, now=NOW, clock=CLOCK)
    assert found.ref is None
    assert "larger than 15 MB" in (folder / "refused" / "huge.csv.why.txt").read_text(encoding="utf-8")
    assert waiting.waiting(a_store) == []
