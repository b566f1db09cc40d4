"""One KPI's page: its sentence, its chart's words, its schools, and where each number comes from."""

from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.kpi import Kpi
from framework.people import Role
from framework.picture.figures import by_school, figures, parts
from framework.picture.judged import verdict
from framework.store.provenance import told_of_value
from pages import ui
from tests.pages.reading import links, opened, press, said

View = Callable[[Role | None], Any]


def the_kpi(code: str) -> Kpi:
    return next(k for k in ui.picture().kpis.values() if k.code == code)


def shown(app: Any, code: str, **params: str) -> Any:
    return opened(app, "kpi.py", ref=the_kpi(code).ref, **params)


def told(words: str) -> str:
    return " ".join(words.split())


def test_the_title_and_the_standing_sentence_come_first(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    reached = verdict(ui.picture(), the_kpi("K-A02"))
    words = said(shown(app, "K-A02"))
    rest = told(reached.reason.removeprefix(f"{reached.standing}: "))
    assert f"Persistent absence {reached.standing}. {rest}" in words


def test_where_it_stands_in_the_framework_is_said_above_the_title(viewed_as: View) -> None:
    assert f"KPIs{ui.BETWEEN_CRUMBS}K-A02 · Objective A · Exceptional Education · Fictional sample" in said(
        shown(viewed_as(Role.LEADER), "K-A02")
    )


@pytest.mark.parametrize("ref", ["", "nosuchkpi0", "../../etc", "<script>"])
def test_an_unknown_kpi_says_so_and_leads_back(viewed_as: View, ref: str) -> None:
    app = opened(viewed_as(Role.LEADER), "kpi.py", ref=ref)
    assert "There is no such KPI here" in said(app)
    assert links(app, "kpis")


def test_every_school_is_shown_with_its_own_standing(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words = said(shown(app, "K-A02"))
    for place, reached in by_school(ui.picture(), the_kpi("K-A02")):
        assert f"{place.name} {reached.standing}" in words


def test_a_school_s_page_judges_the_school(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    school = by_school(ui.picture(), the_kpi("K-A02"))[0][0]
    words = said(shown(app, "K-A02", place=school.ref))
    reason = verdict(ui.picture(), the_kpi("K-A02"), school.ref).reason
    assert told(reason.split(": ", 1)[1]) in words
    assert f"the whole trust{ui.BETWEEN_CRUMBS}{school.name}" in words


def test_a_place_nobody_knows_shows_the_trust(viewed_as: View) -> None:
    assert "By school" in said(shown(viewed_as(Role.LEADER), "K-A02", place="nosuchplac"))


def test_both_groups_show_what_they_are_made_of(viewed_as: View) -> None:
    words = said(shown(viewed_as(Role.LEADER), "K-A02"))
    assert "By group" in words
    assert words.index("FSM: yes") < words.index("FSM: no")


def test_the_chart_has_its_finding_in_words(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-A02")
    (chart,) = app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart")
    assert "Line chart of Persistent absence, The whole trust." in str(chart.proto)


def test_a_kpi_without_values_draws_no_chart_and_says_so(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-B12")
    assert not app.get("arrow_vega_lite_chart")
    assert "No value has been recorded yet." in said(app)


def test_every_period_is_in_the_table_with_the_reason_where_none_came(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words = said(shown(app, "K-A13"))
    picture, kpi = ui.picture(), the_kpi("K-A13")
    for figure in figures(picture, kpi, picture.trust.ref):
        assert figure.period.words in words
    assert "Not reported" in words


def test_a_true_nought_is_shown_as_nought(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words = said(shown(app, "K-W10"))
    assert "August 2026 0 items" in words


def test_a_target_that_was_moved_tells_both_numbers_and_why(viewed_as: View) -> None:
    words = said(shown(viewed_as(Role.LEADER), "K-A02"))
    assert "20 % moved" in words
    assert "18 % set" in words
    assert "Eighteen could not be reached" in words


def test_the_rule_is_told_with_its_numbers(viewed_as: View) -> None:
    words = said(shown(viewed_as(Role.LEADER), "K-A02"))
    assert "10 % of the planned change" in words


def test_tags_lead_to_their_element(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-A02")
    assert {to["ref"] for to in links(app, "element")} == set(the_kpi("K-A02").tags)


def test_one_press_tells_each_school_s_part_of_a_rolled_up_number(viewed_as: View) -> None:
    app = press(shown(viewed_as(Role.LEADER), "K-A02"), "Where this number comes from")
    words, picture, kpi = said(app), ui.picture(), the_kpi("K-A02")
    newest = figures(picture, kpi, picture.trust.ref)[-1]
    assert told(newest.rolled.words) in words
    for place, part in parts(picture, kpi, newest.period):
        told_here = told_of_value(ui.store(), picture, part.value)[0].told if part.value else None
        assert place.name in words
        assert told_here is None or f"{told_here.sheet}!{told_here.cell}" in words


def test_a_link_opens_one_value_with_file_sheet_cell_and_who(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture, kpi = ui.picture(), the_kpi("K-A02")
    place, part = next(
        (p, f) for p, f in parts(picture, kpi, figures(picture, kpi, picture.trust.ref)[-1].period) if f.value
    )
    source = told_of_value(ui.store(), picture, part.value)[0].told
    words = said(shown(app, "K-A02", place=place.ref, origin=part.period.code))
    for what in (f"File {source.file}", f"Sheet {source.sheet}", f"Cell {source.cell}", f"Recorded by {source.by}"):
        assert what in words


def test_a_corrected_value_tells_the_earlier_one_and_why(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture = ui.picture()
    value = next(v for k in picture.kpis for v in picture.series(k) if v.corrects and not v.group and v.note)
    kpi = picture.kpis[value.kpi]
    words = said(shown(app, kpi.code, place=value.place, origin=value.period.code))
    assert "Earlier values" in words
    assert f"Why corrected {told(value.note)}" in words


def test_after_the_drawer_was_closed_other_clicks_do_not_bring_it_back(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    school = by_school(ui.picture(), the_kpi("K-A02"))[0][0]
    app = shown(app, "K-A02", place=school.ref, origin="202627-HT1")
    assert "Recorded by" in said(app)
    app.run()
    assert "Recorded by" not in said(app)


def test_a_period_that_is_none_opens_nothing(viewed_as: View) -> None:
    assert "Recorded by" not in said(shown(viewed_as(Role.LEADER), "K-A02", origin="yesterday"))


@pytest.mark.parametrize(("role", "offered"), [(Role.LEADER, 3), (Role.GOVERNOR, 0), (Role.MEMBER, 0)])
def test_only_what_a_person_may_do_is_offered(viewed_as: View, role: Role, offered: int) -> None:
    assert len(links(shown(viewed_as(role), "K-A02"), "kpi_edit")) == offered


def test_the_link_to_share_names_the_place(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    school = by_school(ui.picture(), the_kpi("K-A02"))[0][0]
    (code,) = shown(app, "K-A02", place=school.ref).code
    assert code.value.endswith(f"/kpi?ref={the_kpi('K-A02').ref}&place={school.ref}")


@pytest.mark.parametrize(
    "code", ["K-W01", "K-C04", "K-A07", "K-A10", "K-B09", "K-B14", "K-B15", "K-C12", "K-W02", "K-E02"]
)
def test_every_kind_of_kpi_opens(viewed_as: View, code: str) -> None:
    app = viewed_as(Role.LEADER)
    assert the_kpi(code).title in said(shown(app, code))
