"""The library of KPIs: what it shows, what a search finds, and one click that adopts."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.library import in_library, library
from framework.people import Role
from pages import ui
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]


def offered(app: Any) -> list[str]:
    """The codes with an Adopt button, in order."""
    return [b.label.removeprefix("Adopt ") for b in app.button if b.label.startswith("Adopt ")]


def the_kpi(code: str) -> Any:
    return next((k for k in ui.picture().kpis.values() if k.code == code), None)


def test_it_opens_on_what_is_suggested_for_the_board(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "library.py"))
    assert words.count("suggested for the board") == 12
    for one in library():
        assert (one.title in words) == one.board


def test_a_theme_shows_its_own(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py", library_theme="Climate and buildings")
    words = said(app)
    assert [k.code for k in library() if k.title in words] == [f"K-S{n:02}" for n in range(1, 8)]


def test_each_says_what_it_is(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER), "library.py", library_words="K-C06"))
    assert (
        "Real Living Wage, employees K-C06 · suggested for the board Staff paid at or above the current Real Living "
        "Wage, as a share of all directly employed staff. Outcome · higher is better · once a year · due within 14 "
        "days From: Payroll, in November. Entered by: Human resources lead "
        "Set beside it: Living Wage Foundation: £12.60 an hour in the UK for 2024/25"
    ) in words
    assert "The rate is set anew every autumn" in words


def test_a_search_looks_through_the_whole_library(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py", library_words="kilowatt", library_theme="Education")
    assert "1 of 84 hold these words." in said(app)
    assert offered(app) == ["K-S02"]


def test_a_search_that_finds_nothing_says_so(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py", library_words="zebra")
    assert "None holds all of these words." in said(app)
    assert offered(app) == []


def test_what_is_here_already_has_a_link_and_no_button(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py")
    known = {k.code for k in ui.picture().kpis.values()}
    assert offered(app) == [k.code for k in library() if k.board and k.code not in known]
    assert {to["ref"] for to in links(app, "kpi")} == {
        the_kpi(k.code).ref for k in library() if k.board and k.code in known
    }


def test_one_click_adopts_and_leads_on_to_baseline_and_target(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py", library_theme="Workforce")
    assert the_kpi("K-C02") is None
    press(app, "Adopt K-C02")
    made, found = the_kpi("K-C02"), in_library("K-C02")
    assert found is not None
    assert (made.title, made.definition) == (found.title, found.definition_and_note)
    assert made.edition == ui.picture().edition.ref
    assert made.fictional
    assert [s.value for s in app.success] == ["Adopted"]
    assert {"ref": made.ref} in links(app, "kpi")
    assert {to["do"] for to in links(app, "kpi_edit") if to.get("ref") == made.ref} == {"kpi", "target"}
    assert "K-C02" not in offered(app)


def test_a_context_kpi_is_not_sent_for_a_target(viewed_as: View) -> None:
    app = press(opened(viewed_as(Role.LEADER), "library.py", library_words="K-W08"), "Adopt K-W08")
    assert [to["do"] for to in links(app, "kpi_edit")] == ["kpi"]


def test_an_adopted_kpi_opens_and_says_what_it_lacks(viewed_as: View) -> None:
    app = press(opened(viewed_as(Role.LEADER), "library.py", library_words="K-C02"), "Adopt K-C02")
    words = said(opened(app, "kpi.py", ref=the_kpi("K-C02").ref))
    assert "Local starters" in words
    assert "No target has been set." in words


def test_it_can_be_adopted_into_another_version(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py", library_words="K-C02", library_version="2023-2025")
    press(app, "Adopt K-C02")
    old = next(e for e in ui.picture().editions.values() if e.code == "2023-2025")
    assert the_kpi("K-C02").edition == old.ref


def test_a_counted_kpi_has_its_numbers_at_once_and_says_where_they_come_from(viewed_as: View) -> None:
    app = press(opened(viewed_as(Role.LEADER), "library.py", library_words="K-T02"), "Adopt K-T02")
    kpi = the_kpi("K-T02")
    words = said(opened(app, "kpi.py", ref=kpi.ref, origin="202627-HT1"))
    assert "by Fri 23 Oct 2026 were done by their date. Nobody typed it in." in words
    assert "What does not count Why" in words
    assert "not done" in words
    assert links(app, "action")


def test_someone_else_s_hidden_actions_are_counted_but_not_named(viewed_as: View) -> None:
    leader = viewed_as(Role.LEADER)
    ref = the_kpi("K-T03").ref
    whole = said(opened(leader, "kpi.py", ref=ref, origin="202627-HT1"))
    member = viewed_as(Role.MEMBER)
    part = said(opened(member, "kpi.py", ref=ref, origin="202627-HT1"))
    (share,) = re.findall(r"Counted here from the plan: (\d+ of \d+)", whole)
    assert f"Counted here from the plan: {share}" in part
    assert "more do not count that are not shown to you." in part
    assert {to["ref"] for to in links(member, "action")} <= set(ui.picture().actions)


def test_nobody_is_asked_to_type_in_a_counted_value(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpi_edit.py", ref=the_kpi("K-T03").ref, do="value")
    assert "nobody types it in" in said(app)
    assert not [b for b in app.button if b.label == "Save this value"]


def test_what_became_taken_meanwhile_is_refused_in_words(viewed_as: View, monkeypatch: pytest.MonkeyPatch) -> None:
    from framework.deeds import measuring

    app = opened(viewed_as(Role.LEADER), "library.py", library_words="K-C02")
    picture, person = ui.picture(), ui.person()
    measuring.adopt_kpi(ui.store(), by=person, now=ui.now(), code="K-C02", edition=picture.edition.ref)
    # The page drew its button before: it is pressed on the picture of then.
    monkeypatch.setattr(ui, "picture", lambda: picture)
    press(app, "Adopt K-C02")
    assert [e.value.replace("\\", "") for e in app.error] == ["K-C02 is here already. Nothing was saved."]


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.MEMBER, Role.SCHOOL_CONTACT, Role.ADMINISTRATOR])
def test_nobody_else_is_sent_there(viewed_as: View, role: Role) -> None:
    assert not links(opened(viewed_as(role), "kpis.py"), "library")


def test_leaders_find_it_beside_the_list_and_where_a_kpi_is_added(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    assert links(opened(app, "kpis.py"), "library")
    assert links(opened(app, "kpi_edit.py"), "library")


def test_without_a_framework_it_says_what_comes_first(empty_app: View) -> None:
    assert "load that first" in said(opened(empty_app(Role.LEADER), "library.py"))


def test_every_field_has_a_label(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "library.py")
    assert field(app, "text_input", "Search the whole library").value == ""
    assert field(app, "selectbox", "Adopt into").value.code == "2025-2027"
