"""The list of actions: its count, its filters, its order and what each audience is shown."""

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from framework.people import GRANTS, Act, Role
from framework.picture.action_lists import Flag, Said, action_lines
from framework.picture.review import Filter
from pages import ui
from tests.pages.reading import opened

View = Callable[[Role | None], Any]
FACES = re.compile(r"cd-(shape|mark|green|amber|red)\b")


def listed(app: Any, **params: str) -> Any:
    return opened(app, "actions.py", **params)


def bodies(app: Any) -> str:
    found = [e.proto.body for e in app.get("html")]
    return " ".join(b for b in found if "<style" not in b and "cd-viewers" not in b)


def said(app: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bodies(app))).split())


def rows(app: Any) -> int:
    return bodies(app).count('role="rowheader"')


def test_it_counts_what_it_shows_and_links_each_action_by_its_ref(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER))
    picture = ui.picture()
    actions = picture.actions_of(picture.edition.ref)
    assert f"{len(actions)} of {len(actions)} actions" in said(app)
    assert rows(app) == len(actions)
    assert all(ui.address("action", ref=a.ref) in html.unescape(bodies(app)) for a in actions)


def test_status_is_a_word_and_never_a_mark(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER))
    assert not FACES.search(bodies(app))
    assert "24 school days late · moved twice" in said(app)


@pytest.mark.parametrize("flag", list(Flag))
def test_a_signal_in_the_address_narrows_the_list(viewed_as: View, flag: Flag) -> None:
    app = listed(viewed_as(Role.LEADER), actions_signal=str(flag))
    assert app.selectbox(key="actions_signal").value == flag
    lines = action_lines(ui.picture(), ui.picture().edition.ref, Filter())
    flagged = [line.action.ref for line in lines if flag in line.flags]
    assert 0 < len(flagged) < len(lines)
    assert rows(app) == len(flagged)
    assert all(ref in bodies(app) for ref in flagged)


def test_the_list_says_where_words_do_not_fit(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER), actions_signal=str(Flag.DISAGREE))
    assert "On track, yet the due date has passed." in said(app)
    assert "Done, yet no evidence is kept." in said(app)


def test_the_count_above_the_list_has_every_signal(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER))
    assert re.search(r"\d+ late · \d+ gone quiet · \d+ blocked · \d+ slipping · \d+ where words disagree", said(app))


def test_a_status_the_search_and_the_version_are_in_the_address(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER), actions_status=str(Said.STOPPED), actions_version="2023-2025")
    old = next(e for e in ui.picture().editions.values() if e.code == "2023-2025")
    stopped = [a for a in ui.picture().actions_of(old.ref) if a.status == "stopped"]
    assert rows(app) == len(stopped) > 0
    app.text_input(key="actions_words").set_value(stopped[0].code).run()
    assert rows(app) == 1
    assert f"1 of {len(ui.picture().actions_of(old.ref))} actions" in said(app)


def test_the_order_can_be_chosen(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER), actions_sort="Code")
    codes = re.findall(r"\b[ABC]-\d\d\b", said(app))
    assert codes == sorted(codes)
    app = listed(viewed_as(Role.LEADER))
    assert re.findall(r"\b[ABC]-\d\d\b", said(app)) != codes


def test_an_unfitting_search_says_how_to_go_on(viewed_as: View) -> None:
    app = listed(viewed_as(Role.LEADER), actions_words="zebra <script>")
    assert "No action fits this view" in said(app)
    assert "<script" not in bodies(app)


@pytest.mark.parametrize("nonsense", ["actions_status", "actions_signal", "actions_version", "actions_sort", "school"])
def test_nonsense_in_the_address_is_passed_over(viewed_as: View, nonsense: str) -> None:
    assert rows(listed(viewed_as(Role.LEADER), **{nonsense: "<b>"})) > 30


def test_the_task_force_is_not_shown_what_leaders_keep(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    everything = dict(ui.picture().actions)
    app = listed(viewed_as(Role.MEMBER))
    hidden = [ref for ref in everything if ref not in ui.picture().actions]
    assert hidden
    assert not [ref for ref in hidden if ref in bodies(app)]


def test_the_download_holds_the_rows_in_view_and_nothing_hidden(
    viewed_as: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: dict[str, Any] = {}
    table = ui.table
    monkeypatch.setattr(ui, "table", lambda *a, **k: (offered.update(k), table(*a, **k)))
    app = viewed_as(Role.LEADER)
    everything = dict(ui.picture().actions)
    app = listed(viewed_as(Role.MEMBER), actions_signal=str(Flag.LATE))
    name, made, kind = offered["download"]()
    book = load_workbook(io.BytesIO(made()))
    assert (name, kind) == ("actions-2026-11-13.xlsx", ui.XLSX)
    sheet = book["Actions"]
    refs = [row[0] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert len(refs) == rows(app) > 0
    assert set(refs) <= set(ui.picture().actions)
    hidden = {ref for ref in everything if ref not in ui.picture().actions}
    kept = " ".join(str(v) for s in book for row in s.iter_rows(values_only=True) for v in row if v is not None)
    assert not [ref for ref in hidden if everything[ref].title in kept or ref in kept]


def test_an_empty_store_says_what_to_do_next(empty_app: View) -> None:
    app = listed(empty_app(Role.LEADER))
    assert "Load a workbook" in said(app)


def test_everyone_who_may_read_the_plan_can_open_it(viewed_as: View) -> None:
    for role in Role:
        if Act.READ_PLAN in GRANTS[role]:
            assert rows(listed(viewed_as(role))) > 0
