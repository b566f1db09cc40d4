"""A file is read in a process of its own: whatever it does there, here there is a book or a refusal."""

import io
import os
import sys
import threading
import time

import pytest
import xlsxwriter

from framework.errors import Cancelled, FileRefused
from framework.workbook import child, limits, refusals
from framework.workbook.parse import parse
from framework.workbook.read import read
from framework.workbook.write import from_rows
from tests.edges.test_workbook_read import rezipped, sheet_of, workbook

BEGIN = "import sys, json; sys.path[:] = json.loads(sys.argv.pop(1)); import framework.workbook.child as c; "


def started(work: str) -> list[str]:
    """The command of a child that does other work than the usual one."""
    return [*child.command()[:-2], BEGIN + work, child.command()[-1]]


def why(work: str, content: bytes = b"a,b\n") -> refusals.Refusal:
    with pytest.raises(FileRefused) as refused:
        child.read_in_child(content, "plan.csv", started=started(work))
    return refusals.Refusal(refused.value.code, str(refused.value))


def with_looks() -> bytes:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content)
    sheet = made.add_worksheet("Plan")
    sheet.write_row(0, 0, ["Café \N{SNOWMAN}", 62, 0.5, True])
    sheet.write(1, 0, 0.75, made.add_format({"num_format": "0%", "bg_color": "#FFC000"}))
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.merge_range("A3:B3", "wide")
    sheet.add_table("D5:E6", {"name": "Tasks"})
    sheet.set_row(1, None, None, {"hidden": True})
    made.close()
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [with_looks(), b"a;b\n1;2\n", sheet_of('<row r="2"><c r="B2"><f>1+1</f></c></row>')],
    ids=["workbook", "list", "formula"],
)
def test_a_book_comes_back_as_it_was_read(content):
    assert read(content, "plan") == parse(content, "plan")


def test_our_own_workbook_comes_back_with_what_it_says_of_itself():
    content = from_rows({}, {"workbook": "w1", "revision": 7})
    assert read(content, "plan.xlsx").meta == parse(content, "plan.xlsx").meta


def test_a_refusal_comes_back_with_its_code_and_words():
    with pytest.raises(FileRefused) as refused:
        read(b"%PDF-1.7", "plan.xlsx")
    assert (refused.value.code, str(refused.value)) == refusals.PDF


@pytest.mark.parametrize(("content", "refusal"), [(b"", refusals.EMPTY), (b"a" * 15_000_001, refusals.TOO_BIG)])
def test_no_child_is_started_for_a_file_that_is_empty_or_too_big(content, refusal, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(FileRefused) as refused:
        read(content, "x")
    assert str(refused.value) == refusal.words


def test_progress_rises_to_one():
    told = []
    read(workbook((0, 0, "a")), "x", progress=lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[-1], len(shares) > 3, all(words for _, words in told)) == (1, True, True)


def test_a_cell_far_out_aborts_the_fast_reader_and_nothing_else():
    far = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    work = (
        "c._limit(); sys.stdin.buffer.readline(); from framework.workbook.fast import read_fast; "
        "from framework.workbook.rows import Formats; read_fast(sys.stdin.buffer.read(), Formats(), print)"
    )
    assert why(work, far) == refusals.TOO_MUCH_MEMORY


def test_a_file_that_fills_the_memory_is_refused():
    many = b"\n".join(b",".join(b"%06d" % (row * 500 + column) for column in range(500)) for row in range(4_000))
    assert why("c.limits.CHILD_MEMORY = 150_000_000; c.main()", many) == refusals.TOO_MUCH_MEMORY


def test_a_file_that_takes_too_many_seconds_of_work_is_refused():
    assert (
        why("c.limits.CHILD_CPU = 1; c.parse = lambda *_: [0 for n in iter(int, 1)]; c.main()")
        == refusals.TOO_MUCH_TIME
    )


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_WALL", 0.5)
    assert why("import time; time.sleep(60)") == refusals.TOO_MUCH_TIME


def test_a_file_of_which_too_much_is_read_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_ANSWER", 2_000)
    assert why("c.main()", b"word," * 300) == refusals.TOO_MUCH_TEXT
    assert child.read_in_child(b"word," * 200, "x", started=started("c.main()")).sheets[0].valued == 200


def test_a_child_that_is_killed_is_a_refusal():
    assert why("import os, signal; os.kill(os.getpid(), signal.SIGKILL)") == refusals.TOO_MUCH_MEMORY


def test_a_child_that_dies_in_the_middle_of_a_line_is_a_refusal():
    work = "import os, signal; os.write(1, b'[[1,'); os.kill(os.getpid(), signal.SIGKILL)"
    assert why(work) == refusals.TOO_MUCH_MEMORY


@pytest.mark.parametrize("work", ["c.parse = lambda *_: 1 / 0; c.main()", "1 / 0"])
def test_a_bug_of_ours_in_the_child_is_no_refusal(work):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        child.read_in_child(b"a,b\n", "x", started=started(work))


def test_a_child_that_says_nothing_is_a_bug():
    with pytest.raises(RuntimeError, match="without an answer"):
        child.read_in_child(b"a,b\n", "x", started=started("pass"))


def test_someone_who_stops_it_need_not_wait_for_it():
    asked = []
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        child.read_in_child(
            b"a" * 9_000_000,
            "x",
            stop=lambda: len(asked) > 3 or asked.append(1),
            started=started("import time; time.sleep(60)"),
        )
    assert time.monotonic() - begun < 5


def test_stop_is_asked_before_anything_is_begun(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(Cancelled):
        read(b"a,b", "x", stop=lambda: True)


def test_nothing_of_a_reading_stays_behind():
    before = threading.active_count(), len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(2):
        with pytest.raises(FileRefused):
            read(b"%PDF", "x")
    after = threading.active_count(), len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert before == after


def test_a_child_knows_nothing_of_the_servers_secrets_and_may_write_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("CIVIC_SECRET", "hush")
    work = (
        "c._limit(); import os; assert 'CIVIC_SECRET' not in os.environ\n"
        f"try: open({str(tmp_path / 'x')!r}, 'w').write('x' * 10_000); c._say({{'refused': ['written', 'X']}})\n"
        "except OSError: c._say({'refused': ['kept', 'X']})"
    )
    assert why(work).words == "kept"


def test_a_child_needs_no_library_that_only_pages_need():
    work = "c.parse = lambda *_: c._say({'refused': [' '.join(sorted(sys.modules)), 'X']}) or sys.exit(); c.main()"
    loaded = set(why(work).words.split())
    assert not {"streamlit", "sqlalchemy", "openpyxl", "xlsxwriter", "python_calamine"} & loaded


def test_a_name_may_hold_anything():
    assert read(b"a,b\n", "x\n\N{SNOWMAN}\0\ud800.csv").name == "x\n\N{SNOWMAN}\0\ud800.csv"


def test_a_zip_bomb_and_fifty_thousand_merges_are_refused():
    whole = workbook((0, 0, "a"))
    with pytest.raises(FileRefused) as refused:
        read(rezipped(whole, {"xl/bomb.xml": b" " * 50_000_000}), "x")
    assert refused.value.code == "FILE-UNSAFE"
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 50_001))
    with pytest.raises(FileRefused) as refused:
        read(merged(whole, merges), "x")
    assert str(refused.value) == refusals.TOO_MANY_MERGES.words


def merged(content: bytes, merges: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = f'<worksheet xmlns="{space}"><sheetData/><mergeCells>{merges}</mergeCells></worksheet>'
    return rezipped(content, {"xl/worksheets/sheet1.xml": part.encode()})
