"""How we judge this: closed until opened, then remembered; the rule, the charts, their words and numbers, the terms."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.saying import TERMS, caution_words, forecast_words, icon_words, meaning
from framework.people import Role
from framework.picture.figures import by_school
from framework.picture.judged import verdict
from framework.picture.reading import reading
from framework.picture.schools import funnel_of
from pages import ui, ui_kpi_judged, ui_look
from tests.pages.reading import bodies, field, links, opened, said
from tests.pages.test_kpi import charts, the_kpi, told

View = Callable[[Role | None], Any]


def judged(app: Any, code: str, **params: str) -> Any:
    return opened(app, "kpi.py", ref=the_kpi(code).ref, kpi_judged="true", **params)


def read(code: str, adjusted: bool = False) -> Any:
    picture, kpi = ui.picture(), the_kpi(code)
    return reading(picture, kpi, picture.trust.ref, adjusted=adjusted)


def test_closed_it_draws_nothing_of_its_own(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "kpi.py", ref=the_kpi("K-A02").ref)
    assert "of the planned change" not in said(app)
    assert len(charts(app)) == 1


def test_the_rule_is_told_with_its_numbers(viewed_as: View) -> None:
    assert "10 % of the planned change" in said(judged(viewed_as(Role.LEADER), "K-A02"))


def test_it_stays_open_on_the_way_to_a_school_and_not_when_it_is_closed(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    school = by_school(ui.picture(), the_kpi("K-A02"))[0][0]
    assert {"ref": the_kpi("K-A02").ref, "place": school.ref, "kpi_judged": "true"} in links(app, "kpi")
    closed = opened(viewed_as(Role.LEADER), "kpi.py", ref=the_kpi("K-A02").ref)
    assert not any("kpi_judged" in to for to in links(closed, "kpi"))


def test_both_icons_have_words_beside_them_and_for_who_cannot_see_them(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    icons = icon_words(the_kpi("K-A02"), read("K-A02"))
    images = re.findall(r'<img class="cd-icon" alt="([^"]*)"', " ".join(bodies(app)))
    assert images == [f"Icon of Making Data Count: {name.replace('_', ' ')}" for name, _ in icons]
    assert len(icons) == 2
    for _, sentence in icons:
        assert without_explanations(app).count(told(sentence)) == 1
    assert meaning(read("K-A02")) in said(app)


def without_explanations(app: Any) -> str:
    """The page's words while no term is unfolded."""
    folded = re.sub(r"(</summary>)<span>[^<]*</span>(</details>)", r"\1\2", " ".join(bodies(app)))
    return told(re.sub(r" ([.,:;])", r"\1", told(re.sub(r"<[^>]+>", " ", folded))))


def test_the_chart_with_its_usual_range_says_what_is_marked(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    alt = charts(app)[1].proto.alt
    marked = [p.period.words for p in read("K-A02").points if p.flagged]
    assert "XmR chart of Persistent absence, The whole trust." in alt
    assert "usual range" in alt
    assert all(words in alt for words in marked)


def test_its_table_holds_the_numbers_that_are_drawn(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    (table,) = [b for b in bodies(app) if "cd-fold" in b and "Usual range" in b]
    assert table.count('scope="row"') == len(read("K-A02").points)
    assert "The numbers of this chart" in table


def test_the_chart_s_cautions_and_the_forecast_are_told(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    kpi = the_kpi("K-A02")
    words = without_explanations(app)
    for sentence in (*caution_words(kpi, read("K-A02")), *forecast_words(kpi, read("K-A02"))):
        assert told(sentence) in words


def test_compared_with_the_same_part_of_the_year_the_numbers_are_differences(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02", kpi_season="true")
    assert field(app, "toggle", "Compare with the same part of the school year").value is True
    assert "less what its part of the year usually brings" in said(app)
    assert read("K-A02", adjusted=True).adjusted


def test_a_yearly_kpi_offers_no_season(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A05")
    assert [t.label for t in app.toggle] == []


def test_schools_stand_in_the_funnel_by_size_and_never_by_rank(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    found = funnel_of(ui.picture(), the_kpi("K-A02"))
    assert found is not None
    (table,) = [b for b in bodies(app) if "cd-fold" in b and "Chance alone allows" in b]
    names = re.findall(r'scope="row"[^>]*><div>([^<]*)<', table)
    sizes = {p.name: p.n for p in found[1].points}
    assert names == sorted(names, key=lambda name: -sizes[name])
    assert charts(app)[2].proto.alt.startswith("Funnel plot of Persistent absence")


def test_a_school_s_own_page_has_no_funnel(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    school = by_school(ui.picture(), the_kpi("K-A02"))[0][0]
    assert "Between schools" not in said(judged(app, "K-A02", place=school.ref))


def test_every_term_in_its_sentences_explains_itself_when_tapped() -> None:
    words = "An XmR chart: more than chance, with trial limits."
    made = ui_kpi_judged.explained(words)
    assert made.count("cd-term") == 3
    assert all(ui.esc(TERMS[term]) in made for term in ("XmR chart", "more than chance", "trial limits"))


def test_a_term_does_not_let_markup_through() -> None:
    assert "<script>" not in ui_kpi_judged.explained("<script> run chart")


@pytest.mark.parametrize(("role", "offered"), [(Role.LEADER, True), (Role.GOVERNOR, False)])
def test_new_limits_are_suggested_with_a_link_for_who_may_begin_them(
    viewed_as: View, role: Role, offered: bool
) -> None:
    app = viewed_as(role)
    picture = ui.picture()
    kpi = next(k for k in picture.kpis.values() if reading(picture, k, picture.trust.ref).new_limits)
    app = judged(app, kpi.code)
    assert "could begin there" in said(app)
    assert ("Begin new limits" in said(app)) is offered


def test_no_status_colour_is_in_any_chart_of_the_page(viewed_as: View) -> None:
    app = judged(viewed_as(Role.LEADER), "K-A02")
    status = {c.upper() for pair in (ui_look.GREEN, ui_look.AMBER, ui_look.RED) for c in pair}
    for chart in charts(app):
        assert not [c for c in status if c in str(chart.proto.spec).upper()]


@pytest.mark.parametrize("code", ["K-W01", "K-A07", "K-B12", "K-C04", "K-W10", "K-A10", "K-B14"])
def test_every_kind_of_kpi_can_be_looked_into(viewed_as: View, code: str) -> None:
    app = viewed_as(Role.GOVERNOR)
    words = said(judged(app, code))
    reached = verdict(ui.picture(), the_kpi(code))
    assert reached.judged or told(reached.reason.rstrip(".")) in words
