"""One KPI's page: its sentence, its chart's words, its schools, and where each number comes from."""

from collections.abc import Callable
from typing import Any

import pytest

from framework.kpis.explained import change_words
from framework.kpis.kpi import Kpi
from framework.kpis.saying import change_sentence
from framework.kpis.words import NBSP, with_unit
from framework.people import Role
from framework.picture.beside import moved_beside, moved_words
from framework.picture.figures import Missing, by_school, figures, parts
from framework.picture.groups import splits
from framework.picture.judged import verdict
from framework.picture.reading import reading
from framework.store.provenance import told_of_value
from pages import ui
from tests.conftest import half_term
from tests.pages.reading import bodies, links, opened, press, said

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


def change(code: str) -> str:
    picture, kpi = ui.picture(), the_kpi(code)
    return told(change_sentence(kpi, reading(picture, kpi, picture.trust.ref), verdict(picture, kpi)))


def test_what_the_values_say_over_time_follows_the_standing_in_the_same_statement(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words, reached = said(shown(app, "K-A02")), verdict(ui.picture(), the_kpi("K-A02"))
    assert change("K-A02")
    assert f"{told(reached.reason.split(': ', 1)[1])} {change('K-A02')}" in words


def test_a_remark_stands_under_the_statement_and_before_everything_else(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture = ui.picture()
    kpi = next(k for k in picture.kpis.values() if verdict(picture, k).remark)
    words, remark = said(shown(app, kpi.code)), told(verdict(picture, kpi).remark)
    assert words.index(remark) < words.index("Enter or correct a value")


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
    (chart,) = charts(app)
    finding = f"{verdict(ui.picture(), the_kpi('K-A02')).reason} {change('K-A02')}"
    assert chart.proto.alt.replace(NBSP, " ").startswith(
        f"Line chart of Persistent absence, The whole trust. {told(finding)}"
    )


def charts(app: Any) -> list[Any]:
    return list(app.get("arrow_vega_lite_chart") or app.get("vega_lite_chart"))


def test_other_people_s_figures_stand_on_the_chart_in_the_table_and_in_a_sentence(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-A02")
    picture, kpi = ui.picture(), the_kpi("K-A02")
    words = said(app)
    newest = picture.comparators[kpi.ref][-1]
    assert with_unit(kpi, newest.number) in charts(app)[0].proto.alt
    assert f'data-heading="{newest.name}"' in " ".join(bodies(app))
    (sentence,) = moved_words(kpi, moved_beside(picture, kpi, picture.trust.ref), half_term(2026, 1))
    assert told(sentence) in words
    assert newest.source in words


def test_a_note_has_its_number_on_the_chart_and_its_words_under_it_in_the_table_and_history(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-A02")
    picture, kpi = ui.picture(), the_kpi("K-A02")
    first = picture.notes[kpi.ref][0]
    assert f"1 {first.period.words}: {first.words}" in said(app)
    assert f"{len(picture.notes[kpi.ref])} notes are numbered" in charts(app)[0].proto.alt
    assert sum(first.words in body for body in bodies(app)) == 3


def test_a_kpi_without_values_draws_no_chart_and_says_so(viewed_as: View) -> None:
    app = shown(viewed_as(Role.LEADER), "K-B12")
    assert not app.get("arrow_vega_lite_chart")
    assert "No value has been recorded yet." in said(app)


def test_every_period_is_in_the_table_with_the_reason_where_none_came(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture = ui.picture()
    code, place = next(
        (k.code, p.ref)
        for k in picture.kpis.values()
        for p in picture.places.values()
        if any(f.missing is Missing.NOT_REPORTED for f in figures(picture, k, p.ref))
    )
    words = said(shown(app, code, place=place))
    for figure in figures(picture, the_kpi(code), place):
        assert figure.period.words in words
        assert figure.missing is None or f"{figure.period.words} {figure.missing}" in words


def test_a_true_nought_is_shown_as_nought(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words = said(shown(app, "K-W10"))
    assert "August 2026 0 items" in words


def test_a_target_that_was_moved_tells_both_numbers_and_why(viewed_as: View) -> None:
    words = said(shown(viewed_as(Role.LEADER), "K-A02"))
    assert "20 % moved" in words
    assert "18 % set" in words
    assert "Eighteen could not be reached" in words


def test_the_gap_between_groups_is_in_points_with_both_denominators(viewed_as: View) -> None:
    words = said(shown(viewed_as(Role.LEADER), "K-A02"))
    picture, kpi = ui.picture(), the_kpi("K-A02")
    (split,) = splits(picture, kpi, picture.trust.ref)
    assert f"The gap is {told(change_words(kpi, abs(split.gap.points)))} in {split.period.words}" in words
    assert f"of {split.gap.one_of[1]:,} pupils with free school meals" in words
    assert f"of {split.gap.other_of[1]:,} others" in words


@pytest.mark.parametrize(("role", "offered"), [(Role.LEADER, True), (Role.GOVERNOR, False), (Role.MEMBER, False)])
def test_only_a_leader_is_offered_to_pin_it_for_the_board(viewed_as: View, role: Role, offered: bool) -> None:
    app = shown(viewed_as(role), "K-W09")
    assert any(b.label == "Pin to the board set" for b in app.button) is offered


def test_pinning_says_so_and_offers_to_unpin(viewed_as: View) -> None:
    app = press(shown(viewed_as(Role.LEADER), "K-W09"), "Pin to the board set")
    assert the_kpi("K-W09").board_set
    assert [s.value for s in app.success] == [ui.plain("Saved: K-W09 is now among the board set.")]
    assert any(b.label == "Unpin from the board set" for b in app.button)


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


@pytest.mark.parametrize(("role", "offered"), [(Role.LEADER, 4), (Role.GOVERNOR, 0), (Role.MEMBER, 0)])
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
