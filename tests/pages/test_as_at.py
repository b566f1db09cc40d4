"""Every page as at a past day, by role: it opens, says so, offers nothing that writes, shows what was known then."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.deeds import staging
from framework.deeds.starting import SAMPLE
from framework.people import Role
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.since import end_of_day
from framework.store.askings import AskedFor, How, log
from framework.store.ledger import Via
from framework.store.pictures import load
from pages import ui, ui_here
from tests.conftest import NOW
from tests.counted_by_hand import Workbook
from tests.pages.bringing import taken_out
from tests.pages.reading import bodies, links, opened, said
from tests.pages.test_every_page import open_to

View = Callable[[Role | None], Any]

DAY, ON = "2026-07-07", date(2026, 7, 7)
BAND = "As at the end of Tue 7 Jul 2026, the day of the board."
# Their place is taken by a sentence.
WRITING = {
    "action_edit.py", "carry.py", "chase.py", "kpi_edit.py", "library.py", "load.py", "my.py", "proposals.py",
    "propose.py",
}  # fmt: skip
# What a page may hold in the past: ways to look, to search and to narrow. Lists to choose from narrow a view.
MAY_HOLD = {
    "button": {"Show everything", "Where this number comes from", "Back to the newest", "The 50 before these"},
    "text_input": {"The moment that is looked at", "Search", "A word, a name or a code", "Words"},
    "date_input": {"From", "To"},
    "toggle": {"Board set only"},
}
NEVER = (
    "file_uploader", "form", "data_editor", "text_area", "number_input", "multiselect", "radio", "link_button",
    "form_submit_button",
)  # fmt: skip


def past() -> Picture:
    """The plan of whoever is here as at the day."""
    return ui_here.picture(end_of_day(ON))


def views(role: Role) -> Iterator[tuple[str, dict[str, str]]]:
    """Each page that is open to a role, with something of that day to show."""
    plan = past()
    kpi = next(k for k in plan.kpis.values() if k.code == "K-A02")
    shown = {
        "action.py": {"ref": next(iter(plan.actions))},
        "kpi.py": {"ref": kpi.ref, "origin": "202526-HT5"},
        "element.py": {"ref": next(iter(plan.actions.values())).objective},
        "meeting.py": {"ref": next(m.ref for m in plan.meetings.values() if m.on == ON)},
        "change.py": {"change": str(plan.change)},
        "search.py": {"q": "breakfast"},
        "returns.py": {"who": kpi.owner or ""},
    }
    for page in open_to(role):
        yield page, {}
        if page in shown:
            yield page, shown[page]


def control_of(app: Any) -> str:
    """The markup of what chooses the moment."""
    (found,) = [e.proto.body for e in app.get("html") if '<details class="cd-as-at"' in e.proto.body]
    return str(found)


def writes(app: Any) -> list[str]:
    """The fields and buttons that have no place in the past."""
    found = [f"{kind}: {getattr(one, 'label', '')}" for kind in NEVER for one in app.get(kind)]
    for kind, allowed in MAY_HOLD.items():
        found += [f"{kind}: {one.label}" for one in app.get(kind) if one.label not in allowed]
    return found


def leading_away(app: Any) -> list[str]:
    """The words of links to a page of the app that lead to today."""
    found = [re.findall(r'<a [^>]*href="(/[^"]*)"[^>]*>(.*?)</a>', body) for body in bodies(app)]
    return [words for some in found for to, words in some if "as_at=" not in html.unescape(to)]


@pytest.mark.parametrize("role", [Role.LEADER, Role.GOVERNOR, Role.MEMBER], ids=str)
def test_every_page_of_the_past_says_so_and_offers_nothing_that_writes(role: Role, viewed_as: View) -> None:
    view = viewed_as
    view(role)
    for page, params in views(role):
        app = opened(view(role), page, as_at=DAY, **params)
        at = (page, params)
        if page in WRITING:
            assert "nothing can be changed in the past" in said(app), at
            assert links(app, page.removesuffix(".py")) == [{}], at
        else:
            assert BAND in said(app), at
            assert [page for page in WRITING if links(app, page.removesuffix(".py"))] == [], at
            assert set(leading_away(app)) - {"Since the last board meeting"} == {"Back to today"}, at
        assert writes(app) == [], at
        assert "<summary>As at 7\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}2026</summary>" in control_of(app), at


def test_an_action_and_a_kpi_stand_as_the_workbook_says_they_stood(viewed_as: View) -> None:
    app = viewed_as(Role.GOVERNOR)
    book, plan = Workbook(SAMPLE), past()
    told = next(a for a in book.actions if a["code"] == "A-05")
    _, status, due, _ = book.action_at(told, ON)
    action = next(a for a in plan.actions.values() if a.code == "A-05")
    words = said(opened(app, "action.py", as_at=DAY, ref=action.ref))
    assert (status, due) == ("at risk", date(2026, 7, 17))  # since moved to 2 Oct
    assert "The owner says At risk" in words
    assert f"Due now {day_words(due)}".replace("\N{NO-BREAK SPACE}", " ") in words

    newest = book.values("K-A02", ON)[-1]
    kpi = next(k for k in plan.kpis.values() if k.code == "K-A02")
    words = said(opened(viewed_as(Role.GOVERNOR), "kpi.py", as_at=DAY, ref=kpi.ref))
    assert newest["period"] == "Summer 1, 2025/26"
    assert f"{newest['value']:.1f} %" in words
    assert "Summer 2, 2025/26" not in words.split("All values")[1].split("Targets")[0]


def test_the_control_lists_meetings_and_keeps_what_else_the_address_says(viewed_as: View) -> None:
    app = opened(viewed_as(Role.MEMBER), "kpi.py", as_at=DAY, ref="kpi of then", place="x&y")
    control = control_of(app)
    hrefs = dict(re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]*)</a>', html.unescape(control)))
    assert hrefs["?ref=kpi+of+then&place=x%26y"] == "Back to today"
    assert hrefs[f"?ref=kpi+of+then&place=x%26y&as_at={DAY}"].startswith("Board")
    assert '<input type="hidden" name="place" value="x&amp;y">' in control
    assert f'name="as_at" min="2023-09-08" max="2026-11-12" value="{DAY}"' in control
    assert f'as_at={DAY}" target="_self" aria-current="true"' in control


def test_a_moment_there_is_none_of_is_refused_with_a_way_to_today_that_keeps_the_page(viewed_as: View) -> None:
    app = opened(viewed_as(Role.GOVERNOR), "kpi.py", as_at="2030-01-01", ref="kpi0000001")
    assert "Tue 1 Jan 2030 is yet to come, so nothing is known of it." in said(app)
    assert links(app, "kpi") == [{"ref": "kpi0000001"}]
    assert BAND not in said(app)


def test_returns_of_the_past_know_nobody_who_was_asked_later(viewed_as: View) -> None:
    viewed_as(Role.LEADER)
    store = ui.store()
    asked = next(to["who"] for to in links(opened(viewed_as(Role.LEADER), "returns.py"), "returns") if "who" in to)
    with store.writing() as conn:
        for hour in (22, 23):  # half past eleven, and half past midnight of the day after
            at = datetime(2026, 7, 7, hour, 30, tzinfo=UTC)
            log(conn, at=at, by=asked, person=asked, kind=AskedFor.VALUES, how=How.COPIED)
    found = {"8 Jul": opened(viewed_as(Role.LEADER), "returns.py")}
    found["7 Jul"] = opened(viewed_as(Role.LEADER), "returns.py", as_at=DAY)
    for day, app in found.items():
        assert re.findall(r"(\d+ Jul) 2026 link copied", said(app)) == [day]


def test_data_of_the_past_leaves_out_what_waits_and_says_so(small_app: View) -> None:
    small_app(Role.LEADER)
    staging.keep(ui.store(), now=NOW, name="waits.xlsx", content=taken_out(), by=None, via=Via.INBOX)
    assert "waits.xlsx" in said(opened(small_app(Role.LEADER), "data.py"))
    app = opened(small_app(Role.LEADER), "data.py", as_at="2026-10-19")
    assert "waits.xlsx" not in said(app)
    assert "Load a spreadsheet" not in said(app)
    assert "Left out, because they belong to today: files that wait, loading one, and the empty template." in said(app)
    assert [one.label for one in app.get("download_button")] == ["Download everything"]


def test_before_the_first_entry_there_is_nothing_to_look_back_at(empty_app: View) -> None:
    words = "Nothing was recorded here before today, so there is no earlier day to look at."
    assert words in control_of(opened(empty_app(Role.LEADER), "overview.py"))


def test_today_there_is_no_band_and_links_lead_to_today(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py")
    assert BAND not in said(app)
    assert not any("as_at" in link for link in links(app, "kpi"))
    assert load(ui.store(), ui.now(), past().audience).on == ui.today()
