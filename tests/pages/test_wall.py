"""The KPI wall: the same KPIs as the list, each a picture with its finding, its standing and its newest value."""

import base64
import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.saying import change_sentence
from framework.kpis.words import with_unit
from framework.people import Role
from framework.picture.judged import verdict
from framework.picture.reading import reading
from pages import ui, ui_look
from pages.ui_wall import one_line
from tests.pages.reading import bodies, field, links, opened, said
from tests.pages.test_kpi import told
from tests.pages.test_kpis import codes, current

View = Callable[[Role | None], Any]


def wall(app: Any, **params: str) -> Any:
    return opened(app, "kpis.py", kpis_view="Wall", **params)


def drawn(app: Any) -> str:
    (found,) = [b for b in bodies(app) if "cd-wall" in b]
    return found


def images(app: Any) -> list[tuple[str, str]]:
    """Words and SVG of each picture."""
    found = re.findall(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]*)"', drawn(app))
    return [(html.unescape(words), base64.b64decode(svg).decode()) for words, svg in found]


def test_it_holds_the_same_kpis_in_the_same_order_as_the_list(viewed_as: View) -> None:
    listed = codes(opened(viewed_as(Role.LEADER), "kpis.py"))
    assert codes(wall(viewed_as(Role.LEADER))) == listed
    assert len(listed) == len(current())


@pytest.mark.parametrize("role", [Role.LEADER, Role.GOVERNOR, Role.MEMBER, Role.SCHOOL_CONTACT])
def test_it_opens_for_everyone_who_reads_the_plan(viewed_as: View, role: Role) -> None:
    assert images(wall(viewed_as(role)))


def test_each_picture_s_words_begin_with_the_finding(viewed_as: View) -> None:
    app = wall(viewed_as(Role.LEADER))
    picture = ui.picture()
    words = [told(alt) for alt, _ in images(app)]
    for kpi in current():
        reached = verdict(picture, kpi)
        if reached.value is not None and reached.value.has_number:
            assert any(alt.startswith(told(f"{kpi.title}. {reached.reason}")) for alt in words), kpi.code


def test_each_says_its_standing_its_newest_value_and_one_line_of_what_changed(viewed_as: View) -> None:
    app = wall(viewed_as(Role.LEADER))
    words, picture = said(app), ui.picture()
    kpi = next(k for k in current() if k.code == "K-A02")
    reached = verdict(picture, kpi)
    value = told(with_unit(kpi, reached.value.number))
    line = one_line(change_sentence(kpi, reading(picture, kpi, picture.trust.ref), reached))
    assert f"{kpi.title} · board {reached.standing} {value} {reached.value.period.words} {told(line)}" in words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("It has fallen. 2 points lower than in May.", "It has fallen."),
        ("It has risen, though 9 values are only a first sign. 1 higher.", "It has risen."),
        ("0.94 points higher than in 2024/25.", "0.94 points higher than in 2024/25."),
        ("", ""),
    ],
)
def test_one_line_is_one_sentence(words: str, line: str) -> None:
    assert one_line(words) == line


def test_a_picture_writes_both_ends_of_its_height(viewed_as: View) -> None:
    for _, svg in images(wall(viewed_as(Role.LEADER))):
        assert len(re.findall(r"<text [^>]*>[^<]+</text>", svg)) == 2


def test_no_status_colour_is_in_a_picture(viewed_as: View) -> None:
    status = {c.upper() for pair in (ui_look.GREEN, ui_look.AMBER, ui_look.RED) for c in pair}
    for _, svg in images(wall(viewed_as(Role.LEADER))):
        assert not [c for c in status if c in svg.upper()]


def test_a_kpi_without_values_says_why_and_draws_nothing(viewed_as: View) -> None:
    app = wall(viewed_as(Role.LEADER))
    (tile,) = [t for t in drawn(app).split("<li>") if "Neighbours who get on well" in t]
    assert "Not reported" in tile
    assert "<img" not in tile


def test_a_pill_and_the_board_set_narrow_it_as_they_do_the_list(viewed_as: View) -> None:
    picture = ui.picture
    app = wall(viewed_as(Role.LEADER), kpis_standing="Behind", kpis_board="true")
    wanted = {k.code for k in current() if k.board_set and verdict(picture(), k).family == "behind"}
    assert set(codes(app)) == wanted
    assert wanted


def test_a_school_s_wall_leads_to_the_school_s_pages(viewed_as: View) -> None:
    app = wall(viewed_as(Role.LEADER))
    school = ui.picture().schools[0]
    field(app, "selectbox", "School").set_value(school.ref).run()
    assert {to.get("place") for to in links(app, "kpi")} == {school.ref}


def test_a_view_that_holds_nothing_says_what_to_do(viewed_as: View) -> None:
    assert "No KPI fits this view." in said(wall(viewed_as(Role.LEADER), kpis_words="zebra"))


def test_an_empty_store_says_what_will_be_here(empty_app: View) -> None:
    assert "Here will be every measure" in said(wall(empty_app(Role.LEADER)))
