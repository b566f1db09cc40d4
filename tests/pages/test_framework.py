"""The framework as one picture, its coverage and versions, and the page of one element; leaders change the words."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.civic import Element, Part
from framework.deeds import governing
from framework.people import Role
from framework.picture.coverage import coverage
from pages import ui
from tests.conftest import LEADER
from tests.pages.reading import bodies, field, links, opened, press, said

View = Callable[[Role | None], Any]
PRIORITY = "Priority 1: Prevent and reduce poverty"


def element(part: Part, position: int, version: str = "2025-2027") -> Element:
    picture = ui.picture()
    edition = next(e for e in picture.editions.values() if e.code == version)
    return next(e for e in picture.parts(edition.ref, part) if e.position == position)


def cells(app: Any) -> list[str]:
    """The looks of the picture's places, in order."""
    return re.findall(r'class="cd-cell cd-(\w+)', " ".join(bodies(app)))


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.error)


def successes(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.success)


# The picture


def test_the_whole_framework_stands_in_one_picture_and_each_place_opens(viewed_as: View) -> None:
    app = opened(viewed_as(Role.GOVERNOR), "framework.py")
    words, picture = said(app), ui.picture()
    elements = [e for part in ("objective", "statement", "pillar", "strand", "priority")
                for e in picture.parts(picture.edition.ref, Part(part))]  # fmt: skip
    assert [link["ref"] for link in links(app, "element")][: len(elements)] == [e.ref for e in elements]
    assert all(" ".join(e.words.split()) in words for e in elements)
    assert "1-3 premises 4-9 commitments" in words
    assert words.index(picture.parts(picture.edition.ref, Part.AIM)[0].words) < words.index("Objectives")


def test_nothing_chosen_leaves_places_plain_and_dashes_those_without_an_action(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "framework.py")
    picture = ui.picture()
    missing = coverage(picture, picture.edition.ref).no_action
    assert missing
    assert cells(app).count("empty") == len(missing)
    assert set(cells(app)) == {"rest", "empty"}
    assert said(app).count("no action yet") >= len(missing)


def test_a_choice_in_the_address_lights_up_what_serves_it_and_says_so(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "framework.py", framework_serves=PRIORITY)
    mine, picture = element(Part.PRIORITY, 1), ui.picture()
    actions, kpis = picture.actions_of(mine.edition, mine.ref), picture.kpis_of(mine.edition, mine.ref)
    assert f"{len(actions)} actions and {len(kpis)} KPIs, under" in said(app)
    assert {"ref": mine.ref} in links(app, "element")
    assert cells(app).count("chosen") == 1
    shared = {tag for row in (*actions, *kpis) for tag in row.tags} - {mine.ref}
    lit = [ref for ref in shared if picture.actions_of(mine.edition, ref)]
    assert cells(app).count("serves") == len(lit)


def test_the_choice_holds_when_another_version_is_chosen(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "framework.py", framework_serves=PRIORITY)
    field(app, "selectbox", "Version").set_value(ui.picture().editions[element(Part.AIM, 1, "2023-2025").edition])
    app.run()
    assert not app.exception
    assert "2023-2025 · Ended on 31 Aug 2025" in said(app)
    assert cells(app).count("chosen") == 1


def test_an_unknown_choice_in_the_address_chooses_nothing(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "framework.py", framework_serves="Priority 77", framework_version="1066")
    assert "chosen" not in cells(app)
    assert "In force until 31 Aug 2027" in said(app)


def test_a_member_is_told_that_they_see_only_some_actions(viewed_as: View) -> None:
    app = opened(viewed_as(Role.MEMBER), "framework.py")
    assert "Counted from the actions that are open to you" in said(app)
    assert "no action yet ·" not in said(app)


# Coverage and versions


def test_coverage_names_and_links_every_gap(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "framework.py")
    picture = ui.picture()
    found = coverage(picture, picture.edition.ref)
    words = said(app)
    statements = [e for e in found.no_action if e.part is Part.STATEMENT]
    assert f"{len(statements)} of 9 statements have no action" in words
    linked = {link["ref"] for page in ("action", "kpi", "element") for link in links(app, page)}
    gaps = (
        *found.no_action, *found.no_kpi, *found.actions_without_kpi, *found.actions_without_owner,
        *found.kpis_without_values, *found.kpis_without_owner,
    )  # fmt: skip
    assert {row.ref for row in gaps} <= linked
    assert found.resting_on_one
    person = found.resting_on_one[0][0]
    assert {"actions_words": person.name, "actions_version": "2025-2027"} in links(app, "actions")


def test_versions_stand_side_by_side_and_the_earlier_one_has_ended(viewed_as: View) -> None:
    app = opened(viewed_as(Role.GOVERNOR), "framework.py")
    words = said(app)
    assert "Civic Duty Framework 2023-2025 1 Sep 2023 to 31 Aug 2025 Ended on 31 Aug 2025" in words
    assert "The words are the same in both" in words
    assert {"framework_version": "2023-2025"} in links(app, "framework")
    field(app, "checkbox", "Show the places with the same words too").check()
    app.run()
    assert {"ref": element(Part.STATEMENT, 9, "2023-2025").ref} in links(app, "element")


def test_places_whose_words_differ_are_set_beside_each_other(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    mine = element(Part.PRIORITY, 4)
    governing.change_element(
        ui.store(), by=ui.person(), now=ui.now(), element=mine.ref, words="Lead <b>well</b>", seen=mine.version
    )
    opened(app, "framework.py")
    assert "The words differ at 1 of" in said(app)
    assert "Priority 4 Enhancing PACT's leadership culture 6 actions" not in said(app)
    assert "Lead <b>well</b>" in said(app)
    assert "<b>well" not in " ".join(bodies(app))


def test_the_published_words_stand_under_about_exactly(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.GOVERNOR), "framework.py"))
    for part in (Part.STRAPLINE, Part.MOTTO, Part.BASIS, Part.PURPOSE, Part.TASK_FORCE, Part.CONTACT):
        assert element(part, 1).words in words


def test_an_empty_store_says_what_the_page_will_show(empty_app: View) -> None:
    assert "the whole framework as one picture" in said(opened(empty_app(Role.LEADER), "framework.py"))


# One element


def test_an_element_opens_to_its_actions_kpis_and_history(viewed_as: View) -> None:
    app = viewed_as(Role.GOVERNOR)
    mine, picture = element(Part.PRIORITY, 1), ui.picture()
    opened(app, "element.py", ref=mine.ref)
    words = said(app)
    actions, kpis = picture.actions_of(mine.edition, mine.ref), picture.kpis_of(mine.edition, mine.ref)
    assert {link["ref"] for link in links(app, "action")} == {a.ref for a in actions}
    assert {link["ref"] for link in links(app, "kpi")} == {k.ref for k in kpis}
    assert all(f"{a.code} {a.title}" in words for a in actions)
    assert "civic_duty_framework.xlsx Framework!" in words
    assert "2023-2025 The same words" in words
    assert {"framework_version": "2025-2027", "framework_serves": PRIORITY} in links(app, "framework")


def test_an_element_that_nothing_serves_says_so(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    assert "No action serves this yet." in said(opened(app, "element.py", ref=element(Part.STATEMENT, 2).ref))


def test_the_aim_opens_to_its_words_and_history_alone(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    words = said(opened(app, "element.py", ref=element(Part.AIM, 1).ref))
    assert "Establish PACT" in words
    assert "No action serves" not in words


@pytest.mark.parametrize("ref", ["", "nothere", "<script>"])
def test_an_unknown_element_is_met_with_calm_words(viewed_as: View, ref: str) -> None:
    app = opened(viewed_as(Role.GOVERNOR), "element.py", ref=ref)
    assert "There is no such part of the framework here" in said(app)
    assert links(app, "framework") == [{}]


# Changing the words


def test_a_leader_changes_the_words_and_the_history_keeps_the_earlier(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    mine = element(Part.PRIORITY, 4)
    opened(app, "element.py", ref=mine.ref)
    assert field(app, "text_area", "Words").value == mine.words
    field(app, "text_area", "Words").set_value("Growing our leaders")
    field(app, "text_input", "Why, if it needs saying").set_value("agreed by the board")
    press(app, "Save these words")
    assert successes(app) == "Saved. The earlier words are kept in the history."
    assert element(Part.PRIORITY, 4).words == "Growing our leaders"
    assert element(Part.PRIORITY, 4).kind == mine.kind
    assert f"words: {mine.words} \N{RIGHTWARDS ARROW} Growing our leaders" in said(app)
    assert "typed in agreed by the board" in said(app)
    app.run()
    assert successes(app) == ""


def test_words_that_stand_there_already_are_refused_in_words(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    mine = element(Part.PRIORITY, 4)
    opened(app, "element.py", ref=mine.ref)
    press(app, "Save these words")
    assert "Nothing differs" in errors(app)
    assert element(Part.PRIORITY, 4).version == mine.version


def test_a_change_by_someone_else_is_never_overwritten_unseen(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    mine = element(Part.PRIORITY, 4)
    opened(app, "element.py", ref=mine.ref)
    governing.change_element(
        ui.store(), by=a_leader(), now=ui.now(), element=mine.ref, words="Theirs", seen=mine.version
    )
    field(app, "text_area", "Words").set_value("Mine")
    press(app, "Save these words")
    assert "Someone else changed this" in errors(app)
    assert element(Part.PRIORITY, 4).words == "Theirs"
    assert "Now it says: Theirs" in said(app)
    assert field(app, "text_area", "Words").value == "Mine"
    press(app, "I have seen it: save mine next time")
    press(app, "Save these words")
    assert element(Part.PRIORITY, 4).words == "Mine"


def a_leader() -> Any:
    """Some leader whom the store knows."""
    return next(p for p in ui.picture().people.values() if p.role is LEADER.role)


def test_a_leader_adds_a_priority(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    opened(app, "framework.py")
    field(app, "selectbox", "Part").set_value(Part.PRIORITY)
    field(app, "text_area", "Words").set_value("A warm welcome")
    press(app, "Add to the framework")
    assert successes(app) == "Added: priority, A warm welcome"
    assert element(Part.PRIORITY, 5).words == "A warm welcome"
    assert field(app, "text_area", "Words").value == ""


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_nobody_but_a_leader_is_offered_the_forms(viewed_as: View, role: Role) -> None:
    app = viewed_as(role)
    for page, params in (("framework.py", {}), ("element.py", {"ref": element(Part.PRIORITY, 1).ref})):
        opened(app, page, **params)
        assert list(app.get("form")) == []
        assert [b.label for b in app.button if "ave" in b.label or "Add" in b.label] == []
