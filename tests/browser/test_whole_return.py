"""A whole return in a real browser: seven schools are asked, five answer, one of them wrongly, and two are late."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from framework.deeds import importing
from framework.deeds.inbox import take_in
from framework.kpis.kpi import Measure, ReportedBy
from framework.people import Audience, Role
from framework.store import Store, waiting
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.store.waiting import Waiting
from tests.browser.browsing import Visit, visit
from tests.browser.serving import Server, copy_database, serve_soon
from tests.browser.test_loading import bring, fits, is_at, main, press
from tests.conftest import a_kpi, put
from tests.pages.bringing import HEADER, column_of, row_of, saved

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 20)  # a week after the sample's own day, on which every school was asked for two figures more
READING = a_kpi(ref="kpiread000", code="K-R01", title="Reading at home", reported_by=ReportedBy.SCHOOLS, baseline=60.0)
CLUBS = a_kpi(ref="kpiclubs00", code="K-R02", title="Clubs", reported_by=ReportedBy.SCHOOLS, measure=Measure.COUNT)
LATE = {"Lantern Hill Primary": "Thuy Pham", "Mill Lane Primary": "Owen Pritchard"}
WRONG = "Larkfield Primary"
LOAD = re.compile("^Load ")


@pytest.fixture
def database(server: Server, tmp_path: Path) -> Path:
    """The sample, a week after every school was asked for two more figures of a half-term that was over."""
    path = tmp_path / "demo.db"
    copy_database(server.database, path)
    store = Store.open(path)
    picture = load(store, datetime.now(UTC), Audience.LEADERS)
    of_version = {"edition": picture.edition.ref, "objective": None, "owner": None, "fictional": True}
    put(store, *(replace(kpi, **of_version) for kpi in (READING, CLUBS)))
    with entry(store, by=None, now=datetime.now(UTC), deed="set the scene") as e:
        e.set("sample_day", TODAY.isoformat())
    store.close()
    return path


@pytest.fixture
def leader(browser: Browser, database: Path) -> Iterator[Visit]:
    with serve_soon(database) as running, visit(browser, running.address) as visitor:
        yield visitor


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    opened = Store.open(database)
    yield opened
    opened.close()


def sheets(leader: Visit) -> dict[str, Any]:
    """Everyone's sheet, taken out of their message: by school, as a workbook."""
    with leader.page.expect_download() as download:
        press(leader, re.compile("^All .* messages"))
    packed = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    mails = [message_from_bytes(packed.read(name), policy=default) for name in packed.namelist()]
    books = [openpyxl.load_workbook(io.BytesIO(a.get_content())) for mail in mails for a in mail.iter_attachments()]
    return {book["Schools"].cell(HEADER + 1, column_of(book["Schools"], "name")).value: book for book in books}


def filled(book: Any, share: float) -> bytes:
    """A sheet as a school sends it back: the two figures, and nothing in the other rows."""
    cells = book["Values"]
    for code, number in ((READING.code, share), (CLUBS.code, 6)):
        cells.cell(row_of(cells, code), column_of(cells, "value")).value = number
    return saved(book)


def returned(leader: Visit, ref: str) -> None:
    leader.go(f"/load?ref={ref}")
    load_with_a_reason(leader, LOAD)


def load_with_a_reason(leader: Visit, button: str | re.Pattern[str]) -> None:
    """The board's window closed four days ago, so the page asks a leader why."""
    box = main(leader).get_by_role("textbox", name=re.compile("needed: some windows are not open"))
    box.fill("Sent before the papers went out")
    box.press("Enter")
    leader.wait_until_drawn()
    press(leader, button)
    is_at(leader, "What this load did")


def load_it(store: Store, file: Waiting) -> None:
    content, now = waiting.content_of(store, file.ref), datetime.combine(TODAY, time(13), UTC)
    person = next(p for p in load(store, now, Audience.LEADERS).people.values() if p.role is Role.LEADER)
    seen = importing.preview(store, by=person, now=now, content=content, name=file.name)
    why = "Sent before the papers went out"
    importing.apply(
        store, by=person, now=now, plan=seen.plan, content=content, name=file.name, brought=file.ref, reason=why
    )


def test_seven_schools_are_asked_five_answer_one_wrongly_and_two_are_late(leader: Visit, store: Store, tmp_path: Path):
    leader.go("/data")
    leader.follow(main(leader).get_by_role("link", name="All returns"))
    is_at(leader, "Who returns what")
    fits(leader)
    books = sheets(leader)
    schools = {place.name for place in load(store, datetime.now(UTC), Audience.LEADERS).schools}
    assert len(schools) == 7
    assert schools <= books.keys()

    # Four lie in the watched folder, the fifth is chosen on Data; its share is one of 1, and not of 100.
    folder = tmp_path / "inbox"
    folder.mkdir()
    on_time = sorted(schools - LATE.keys() - {WRONG})
    for school in on_time:
        (folder / f"{school}.xlsx").write_bytes(filled(books[school], 71.5))
    take_in(store, folder, now=datetime.combine(TODAY, time(12), UTC), clock=datetime.now(UTC) + timedelta(minutes=1))
    bring(leader, filled(books[WRONG], 0.715), "larkfield.xlsx")
    is_at(leader, "the same scale as its other values")
    assert main(leader).get_by_role("button", name=LOAD).count() == 0
    main(leader).get_by_text("Load the other 1 row without the 1 that has a problem").click()
    leader.wait_until_drawn()
    load_with_a_reason(leader, "Load 1 row")

    leader.go("/returns")
    is_at(leader, "8 came and wait to be checked")
    first, *others = waiting.waiting(store)
    returned(leader, first.ref)
    for one in others:  # they are loaded as the first was; what they bring is what counts
        load_it(store, one)
    leader.go("/returns")
    words = " ".join(main(leader).inner_text().split())
    for school, contact in LATE.items():
        assert re.search(rf"{contact} {school} 14 of 19 5 by 10 school days", words)
    assert "to check" not in words

    # Larkfield sends its wrong figure once more, right this time; the other one is here already.
    bring(leader, filled(books[WRONG], 71.5), "larkfield again.xlsx")
    load_with_a_reason(leader, "Load 1 row")
    leader.go("/returns")
    expect(main(leader).get_by_role("row", name=re.compile("Aaliyah Bennett"))).to_contain_text("19 of 19")
    fits(leader)
