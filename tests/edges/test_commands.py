"""The command line: look, load, export and inbox, their exit codes, and refusals in sentences where errors go."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from framework.__main__ import main
from framework.deeds import importing
from framework.people import Audience
from framework.store import Store, waiting
from framework.store.engine import url_of
from framework.store.pictures import known
from framework.store.pictures import load as picture_of
from framework.store.provenance import imports, told_of_row
from framework.where import DATABASE
from framework.workbook.parse import parse
from tests.conftest import LEADER, NOW, an_action, put
from tests.pages.bringing import a_tracker, added, edited, set_to

TRACKER = ("Choir", "Priya Leader", "14/05/2027", "done", "A", None)
ASKS = ("Chess", "Priya Leader", "14/05/2027", "done", "Sport", None)


@pytest.fixture
def database(small_trust: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of one's own, which the commands work on; the folder one stands in is empty.

    Files are read in this process: `look` below reads them in one of their own, as all commands do.
    """
    monkeypatch.setattr(importing, "read", parse)
    path = Path(shutil.copy(small_trust, tmp_path / "small.db"))
    monkeypatch.setenv(DATABASE, str(path))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return path


def here(database: Path, table: str = "action") -> dict[str, Any]:
    store = Store(url_of(database))
    try:
        return known(store)[0][table]
    finally:
        store.close()


def laid(name: str, content: bytes) -> str:
    Path(name).write_bytes(content)
    return name


def taken_out(database: Path, *edits: Any) -> str:
    """The sheets that are edited, taken out, edited by hand and beside us; their file's name."""
    store = Store(url_of(database))
    content = edited(store, edits, by=LEADER, now=NOW)
    store.close()
    return laid("plan.xlsx", content)


# look


def test_look_says_what_is_recognised_and_needs_no_database(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(DATABASE, str(tmp_path / "none.db"))
    assert main(["look", laid("tracker.xlsx", a_tracker(TRACKER))]) == 0
    assert "Tracker" in capsys.readouterr().out
    assert main(["look", "tracker.xlsx", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (table,) = told["tables"]
    assert (table["sheet"], table["records"]) == ("Tracker", 1)
    assert {c["heading"]: c["field"] for c in table["columns"]}["Lead officer"] == "owner"
    assert not (tmp_path / "none.db").exists()


def test_look_refuses_a_damaged_file_and_with_json_the_refusal_is_json_too(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    laid("cut.xlsx", b"PK\x03\x04 cut short")
    assert main(["look", "cut.xlsx"]) == 1
    assert len(capsys.readouterr().out.split()) > 5
    assert main(["look", "cut.xlsx", "--json"]) == 1
    assert "FILE-" in json.dumps(json.loads(capsys.readouterr().out))


# load


def test_load_shows_first_and_saves_only_when_it_is_told_to(database: Path, capsys) -> None:
    file = taken_out(
        database,
        set_to("Actions", "A-14", "status", "done"),
        added("Actions", code="A-24", version="2025-2027", objective="A", action="Choir", due="14 May 2027"),
    )
    assert main(["load", file]) == 0
    out = capsys.readouterr().out
    assert "1 new rows, 1 rows that differ" in out
    assert "Nothing was saved. Add --yes to load it." in out
    assert here(database)["action0001"].status == "on track"
    assert main(["load", file, "--yes", "--why", "Agreed."]) == 0
    assert "Loaded: 1 new, 1 changed" in capsys.readouterr().out
    store = Store.open(database)
    picture = picture_of(store, NOW, Audience.LEADERS)
    assert sorted(a.code for a in picture.actions.values()) == ["A-14", "A-24"]
    told = told_of_row(store, picture, "action", "action0001")[0].told
    assert (told.by, told.file, told.reason, told.via) == (LEADER.name, "plan.xlsx", "Agreed.", "command")
    assert [one.file for one in imports(store, picture)] == ["plan.xlsx"]
    store.close()
    assert main(["load", file, "--yes"]) == 0
    assert "so nothing was written" in capsys.readouterr().out


def test_load_refuses_wrong_cells_unless_it_may_go_without_their_rows(database: Path, capsys) -> None:
    store = Store.open(database)
    put(store, an_action(ref="action0002", code="A-15", title="Chess club"), now=NOW)
    store.close()
    file = taken_out(database, set_to("Actions", "A-14", "due", "soon"), set_to("Actions", "A-15", "status", "done"))
    assert main(["load", file, "--yes"]) == 1
    assert "! Actions!" in capsys.readouterr().out
    assert here(database)["action0002"].status == "on track"
    assert main(["load", file, "--yes", "--without-wrong"]) == 0
    assert "Loaded: 0 new, 1 changed" in (out := capsys.readouterr().out)
    assert "1 left out." in out
    assert here(database)["action0002"].status == "done"
    assert here(database)["action0001"].due_on == an_action().due_on


def test_load_clears_only_when_it_is_told_to(database: Path) -> None:
    file = taken_out(database, set_to("Actions", "A-14", "owner", None))
    assert main(["load", file, "--yes"]) == 0
    assert here(database)["action0001"].owner == LEADER.ref
    assert main(["load", file, "--yes", "--clear"]) == 0
    assert here(database)["action0001"].owner is None


def test_a_strangers_file_with_open_questions_waits_on_the_page_for_a_leader(database: Path, capsys) -> None:
    file = laid("tracker.xlsx", a_tracker(ASKS))
    assert main(["load", file]) == 1
    assert "To which objective" in capsys.readouterr().out
    store = Store.open(database)
    assert waiting.waiting(store) == []
    assert main(["load", file, "--yes"]) == 1
    assert "The file waits there now." in capsys.readouterr().out
    (one,) = waiting.waiting(store)
    assert (one.name, one.by, one.via) == ("tracker.xlsx", LEADER.ref, "command")
    store.close()
    assert main(["load", laid("clear.xlsx", a_tracker(TRACKER)), "--yes"]) == 0
    assert "Choir" in {a.title for a in here(database).values()}


# In whose name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nobody Known", "Nobody here is called Nobody Known."),
        ("Mohammed Governor", "you may not"),
    ],
)
def test_who_is_not_here_or_may_not_is_told_so(database: Path, capsys, name: str, said: str) -> None:
    file = taken_out(database, set_to("Actions", "A-14", "status", "done"))
    assert main(["load", file, "--yes", "--by", name]) == 1
    told = capsys.readouterr()
    assert (said in told.err, told.out) == (True, "")
    assert here(database)["action0001"].status == "on track"


def test_with_two_leaders_one_must_be_named(database: Path, capsys) -> None:
    store = Store.open(database)
    put(store, replace(LEADER, ref="personlea2", name="Tom Leader"), now=NOW)
    store.close()
    file = taken_out(database, set_to("Actions", "A-14", "status", "done"))
    assert main(["load", file, "--yes"]) == 1
    assert "--by NAME. Who may load: Priya Leader, Tom Leader." in capsys.readouterr().err
    assert main(["load", file, "--yes", "--by", "tom leader"]) == 0


# export


def test_what_is_exported_loads_back_and_no_file_is_written_over(database: Path, capsys) -> None:
    assert main(["export", "--to", "out.xlsx"]) == 0
    assert capsys.readouterr().out == "Written: out.xlsx\n"
    before = Path("out.xlsx").read_bytes()
    assert main(["export", "--to", "out.xlsx"]) == 1
    assert "out.xlsx is there already and was left as it is." in capsys.readouterr().err
    assert Path("out.xlsx").read_bytes() == before
    assert main(["load", "out.xlsx"]) == 0
    assert "0 new rows, 0 rows that differ" in capsys.readouterr().out


def test_a_template_one_sheet_and_a_name_of_its_own(database: Path, capsys) -> None:
    assert main(["export", "--empty"]) == 0
    assert main(["export", "--sheet", "Actions", "--to", "actions.csv"]) == 0
    assert "A-14" in Path("actions.csv").read_text(encoding="utf-8-sig")
    assert Path("civic-duty-template.xlsx").exists()
    assert main(["load", "civic-duty-template.xlsx"]) == 0
    capsys.readouterr()
    assert main(["export", "--sheet", "Nothing"]) == 1
    assert "There is no sheet called Nothing." in capsys.readouterr().err
    assert main(["export", "--to", "no/such/folder.xlsx"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_past_day_is_taken_out_under_its_own_name_and_a_day_before_all_is_refused(database: Path, capsys) -> None:
    assert main(["export", "--as-at", "2026-10-01"]) == 0
    assert main(["export", "--as-at", "2026-10-01", "--sheet", "Actions"]) == 0
    assert {path.name for path in Path().iterdir()} == {
        "civic-duty-as-at-2026-10-01.xlsx", "civic-duty-actions-as-at-2026-10-01.csv"
    }  # fmt: skip
    assert main(["export", "--as-at", "2026-08-31"]) == 1
    assert "the first entry here is of Tue" in capsys.readouterr().err


# inbox


def test_inbox_brings_what_lies_there_and_says_what_it_refused(database: Path, capsys) -> None:
    folder = Path("inbox")
    folder.mkdir()
    assert main(["inbox", str(folder)]) == 0
    assert "No spreadsheet lies there." in capsys.readouterr().out
    path = folder / "june.xlsx"
    path.write_bytes(a_tracker(TRACKER))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert main(["inbox", str(folder)]) == 0
    assert "june.xlsx: waits on the page Data" in capsys.readouterr().out
    store = Store.open(database)
    assert [one.name for one in waiting.waiting(store)] == ["june.xlsx"]
    store.close()
    with (folder / "huge.csv").open("wb") as huge:
        huge.truncate(16 * 1024 * 1024)
    os.utime(folder / "huge.csv", (NOW.timestamp(), NOW.timestamp()))
    assert main(["inbox", str(folder)]) == 1
    assert "larger than 15 MB" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["inbox", "nowhere"], "There is no folder nowhere."),
        (["load", "nothing.xlsx"], "nothing.xlsx cannot be read"),
        (["look", "nothing.xlsx"], "nothing.xlsx"),
        (["export", "--database", "none.db"], "There is no database none.db."),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_is_not_there_is_refused_in_a_sentence(database: Path, capsys, words: list[str], said: str) -> None:
    assert main(words) == 1
    told = capsys.readouterr()
    assert said in told.err + told.out
    assert "Traceback" not in told.err
    assert not Path("none.db").exists()
