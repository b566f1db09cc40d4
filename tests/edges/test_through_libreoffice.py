"""Our workbook saved by LibreOffice, as every program in a school may save it: loaded back, it changes nothing.

`make libreoffice` finds or installs it. The whole sample is saved once in each form, all sheets as CSV among them.
"""

import os
import re
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from data.sample.__main__ import META, PATH, refs
from framework.subjects import ACTIONS, BY_TABLE, SHEET_ORDER, VALUES, record
from framework.workbook.cells import Book
from framework.workbook.check import check
from framework.workbook.comma import sheet_as_csv
from framework.workbook.compare import compare
from framework.workbook.fixes import fixes, read_fixes
from framework.workbook.handback import handed_back
from framework.workbook.marks import unguarded_book, untouched
from framework.workbook.parse import parse
from framework.workbook.problems import Problem
from framework.workbook.write import write
from tests.conftest import SMALL_TRUST, an_action
from tests.edges.test_workbook_check import known
from tests.edges.test_workbook_write import INJECTIONS

SHA = "0" * 64
# What its dialogue offers: commas, quotes where they are needed, UTF-8, cells as they are shown.
CSV = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false"
# It takes a text of digits in a CSV for a number, whatever quotes it has: `007` is 7. The workbook keeps it.
ODD = [
    text for text in INJECTIONS if text.strip() == text and text.isprintable() and text not in ("007", "1e5", "TRUE")
]


@pytest.fixture(scope="module")
def sample():
    """The whole sample as it stands in a store: records by table and ref, and what the ledger knows of them."""
    checked = check(parse(PATH.read_bytes(), PATH.name), {}, new_ref=refs())
    assert checked.problems == ()
    here = {
        table: {row.ref: record(BY_TABLE[table], {**row.data, "ref": row.ref}) for row in rows}
        for table, rows in checked.rows.items()
    }
    return here, {table: {row.ref: row.derived for row in rows} for table, rows in checked.rows.items()}


ODDITIES = known(
    *SMALL_TRUST, *(an_action(ref=f"odd{n:07}", code=text, title=text, success=text) for n, text in enumerate(ODD))
)


@pytest.fixture(scope="module")
def saved(sample, tmp_path_factory):
    """The folder of all that LibreOffice made, each form in a folder of its own."""
    folder = tmp_path_factory.mktemp("libreoffice")
    here, derived = sample
    (folder / "plan.xlsx").write_bytes(write(here, derived=derived, meta=META))
    (folder / "two.xlsx").write_bytes(write(here, derived=derived, meta=META, sheets=(ACTIONS, VALUES)))
    (folder / "odd.xlsx").write_bytes(write(ODDITIES, meta={}, sheets=(ACTIONS,)))
    problem = Problem("CELL-DATE", "Actions", "S4", "due*", "x", "a date", 4)
    (folder / "fixes.xlsx").write_bytes(fixes([problem], name="a", sha256=SHA))
    (folder / "values.csv").write_bytes(sheet_as_csv(VALUES, here, derived, {"revision": 7}))
    (folder / "odd.csv").write_bytes(sheet_as_csv(ACTIONS, ODDITIES))
    wrong = parse(write(here, derived=derived, meta=META, sheets=(ACTIONS,)), "wrong.xlsx")
    (folder / "back.xlsx").write_bytes(handed_back(wrong, [problem]))
    workbooks = [folder / f"{name}.xlsx" for name in ("plan", "odd", "fixes", "back")]
    jobs = (
        ("xlsx", workbooks, "xlsx"),
        ("ods", workbooks, "ods"),
        ("csv", [folder / "two.xlsx", folder / "odd.xlsx"], f"csv:{CSV},-1"),  # -1: every sheet as a file of its own
        ("again", [folder / "values.csv", folder / "odd.csv"], f"csv:{CSV}", f"--infilter={CSV}"),
    )
    with ThreadPoolExecutor(2) as two:  # it starts slowly, and a profile serves one at a time
        list(two.map(lambda job: convert(folder, *job), jobs))
    return folder


def convert(folder: Path, into: str, files: list[Path], form: str, *more: str) -> None:
    """Let LibreOffice save files in a form."""
    program = next(filter(shutil.which, (os.environ.get("SOFFICE") or "soffice", "libreoffice")), None)
    assert program is not None, "LibreOffice is not here. Run `make libreoffice`, or name it: SOFFICE=/path/to/soffice."
    profile = f"-env:UserInstallation={(folder / f'profile-{into}').as_uri()}"
    command = [program, "--headless", profile, *more, "--convert-to", form, "--outdir", str(folder / into)]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@cache  # the whole plan takes a second; nothing changes a book
def book_of(path: Path) -> Book:
    return parse(path.read_bytes(), path.name)


def loaded(path, here):
    """The comparison of a file with what stands here, and the file's book."""
    book = unguarded_book(book_of(path))
    return compare(check(book, here, new_ref=refs()), here), book


def nothing_changed(plan):
    assert [str(problem) for problem in plan.problems] == []
    assert [(c.label, [(f.name, f.outcome, f.file, f.ours) for f in c.fields]) for c in plan.changes] == []
    assert [row.label for row in plan.missing] == []


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_whole_sample_changes_nothing_when_libreoffice_has_saved_it(saved, sample, form):
    here, _ = sample
    plan, book = loaded(saved / form / f"plan.{form}", here)
    nothing_changed(plan)
    assert plan.unchanged == {table: len(rows) for table, rows in here.items()}
    assert (book.kind, book.meta["schema"], book.meta["revision"]) == (form, "civic-plan/1", 0)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_every_sheet_is_still_known_to_be_untouched(saved, form):
    book = book_of(saved / form / f"plan.{form}")
    assert untouched(book) == {subject.sheet for subject in SHEET_ORDER}


@pytest.mark.parametrize("subject", [ACTIONS, VALUES], ids=lambda s: s.sheet)
def test_a_single_sheet_saved_as_csv_changes_nothing(saved, sample, subject):
    here, _ = sample
    plan, book = loaded(saved / "csv" / f"two-{subject.sheet}.csv", here)
    nothing_changed(plan)
    assert (plan.unchanged, book.kind) == ({subject.table: len(here[subject.table])}, "csv")


def test_our_own_csv_saved_again_changes_nothing(saved, sample):
    here, _ = sample
    plan, book = loaded(saved / "again" / "values.csv", here)
    nothing_changed(plan)
    assert book.meta["revision"] == 7


@pytest.mark.parametrize("path", ["xlsx/odd.xlsx", "ods/odd.ods", "csv/odd-Actions.csv", "again/odd.csv"])
def test_a_text_that_looks_like_a_formula_is_the_same_text_afterwards(saved, path):
    plan, book = loaded(saved / path, ODDITIES)
    nothing_changed(plan)
    held = {cell.value for sheet in book.sheets for row in sheet.rows for cell in row if cell is not None}
    assert held >= set(ODD)


def test_libreoffice_made_no_formula_of_a_text(saved):
    with zipfile.ZipFile(saved / "xlsx" / "odd.xlsx") as archive:
        assert not any(re.search(rb"<f[ >]", archive.read(name)) for name in archive.namelist())
    with zipfile.ZipFile(saved / "ods" / "odd.ods") as archive:
        assert b"table:formula" not in archive.read("content.xml")


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_hand_back_changes_nothing_either(saved, sample, form):
    here, _ = sample
    plan, _ = loaded(saved / form / f"back.{form}", here)
    nothing_changed(plan)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_list_of_fixes_still_knows_its_file(saved, form):
    found = read_fixes(parse((saved / form / f"fixes.{form}").read_bytes(), "fixes"))
    assert found is not None
    assert (found.sha256, found.cells) == (SHA, {})
