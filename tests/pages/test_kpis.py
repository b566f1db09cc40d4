"""The list of KPIs: what it finds, how it counts, in which order it stands."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.standing import Family
from framework.people import Role
from framework.picture.figures import Missing
from framework.picture.judged import verdict
from pages import ui, ui_kpi, ui_look
from tests.pages.reading import field, links, opened, said

View = Callable[[Role | None], Any]


def codes(app: Any) -> list[str]:
    """The KPIs on the page in their order."""
    known = ui.picture().kpis
    return [known[to["ref"]].code for to in links(app, "kpi") if to["ref"] in known]


def current() -> list[Any]:
    picture = ui.picture()
    return list(picture.kpis_of(picture.edition.ref))


def test_every_kpi_of_the_version_is_in_the_list_once(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py")
    assert sorted(codes(app)) == sorted(k.code for k in current())


def test_the_sentence_counts_what_the_verdicts_say(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "kpis.py"))
    picture = ui.picture()
    reached = [verdict(picture, k) for k in current()]
    assert f"{sum(v.good for v in reached)} of {sum(v.judged for v in reached)} on track" in words


def test_most_concern_comes_first_unless_asked_otherwise(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py")
    picture = ui.picture()
    behind = [
        verdict(picture, k).family is Family.BEHIND for k in sorted(current(), key=lambda k: codes(app).index(k.code))
    ]
    assert behind == sorted(behind, reverse=True)
    assert behind[0]


def test_by_code_they_stand_in_the_order_of_their_codes(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_sort="Code")
    assert codes(app) == sorted(codes(app))


def test_a_search_finds_by_owner_and_by_words(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_words="absence persistent")
    assert codes(app) == ["K-A02"]


def test_a_search_that_finds_nothing_says_what_to_do(viewed_as: View) -> None:
    assert "No KPI fits this view." in said(opened(viewed_as(Role.LEADER), "kpis.py", kpis_words="zebra"))


@pytest.mark.parametrize(("pill", "family"), [("Behind", Family.BEHIND), ("On track", Family.ON_TRACK)])
def test_a_pill_leaves_one_kind_of_standing(viewed_as: View, pill: str, family: Family) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_standing=pill)
    picture = ui.picture()
    wanted = {k.code for k in current() if verdict(picture, k).family is family}
    assert set(codes(app)) == wanted
    assert wanted


def test_a_context_kpi_carries_no_mark(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_standing="Context")
    (table,) = [e.proto.body for e in app.get("html") if "<table" in e.proto.body]
    assert "cd-shape" not in table
    assert "Context" in table


def test_a_view_of_one_school_shows_what_it_reports_and_links_to_its_page(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    school = ui.picture().schools[0]
    opened(app, "kpis.py")
    field(app, "selectbox", "School").set_value(school.ref).run()
    found = links(app, "kpi")
    assert {to.get("place") for to in found} == {school.ref}


def test_an_older_version_can_be_chosen(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_version="2023-2025")
    picture = ui.picture()
    old = next(e for e in picture.editions.values() if e.code == "2023-2025")
    assert set(codes(app)) == {k.code for k in picture.kpis_of(old.ref)}


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.MEMBER, Role.SCHOOL_CONTACT])
def test_only_a_leader_is_offered_to_add_one(viewed_as: View, role: Role) -> None:
    assert "Add a KPI" not in said(opened(viewed_as(role), "kpis.py"))


def test_an_empty_store_says_what_will_be_here(empty_app: View) -> None:
    assert "Here will be every measure" in said(opened(empty_app(Role.LEADER), "kpis.py"))


def test_the_board_set_can_be_seen_alone_and_is_marked(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpis_board="true")
    assert set(codes(app)) == {k.code for k in current() if k.board_set}
    assert "K-A02 · board" in said(app)


def test_what_was_opened_of_a_judgement_stays_open_on_the_way_through_the_list(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpis.py", kpi_judged="true")
    assert {to.get("kpi_judged") for to in links(app, "kpi")} == {"true"}


@pytest.mark.parametrize("missing", list(Missing))
def test_each_kind_of_nothing_has_a_sign_and_a_word_of_its_own(missing: Missing) -> None:
    others = {ui_kpi.nothing(kind) for kind in Missing if kind is not missing}
    made = ui_kpi.nothing(missing)
    assert str(missing) in made
    assert len({re.sub(r">[^<]*<", "><", each) for each in (made, *others)}) == len(Missing)


def test_every_sign_of_nothing_is_in_the_stylesheet() -> None:
    css = ui_look.css()
    signs = [re.search(r"cd-empty-sign (cd-[\w-]+)", ui_kpi.nothing(kind))[1] for kind in Missing]
    assert [sign for sign in signs if f".{sign} " not in css] == []
