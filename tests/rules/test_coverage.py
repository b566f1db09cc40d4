"""Coverage, what serves what, and versions side by side: pure readings of one picture."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from framework.civic import Edition, EditionState, Element, Part
from framework.people import Audience
from framework.picture.coverage import RESTS_ON_ONE, closed, coverage, gaps, in_part, listed
from framework.picture.editions import elsewhere, in_order, pairs, state_words
from framework.picture.serving import Look, kinds, label, neighbours, served, summary
from framework.picture.shape import Picture
from framework.plans import Status
from framework.subjects import SUBJECTS
from tests.conftest import (
    EDITION,
    LEADER,
    MEMBER,
    OBJECTIVE,
    PILLAR,
    SMALL_TRUST,
    STATEMENT,
    TODAY,
    a_kpi,
    a_value,
    an_action,
)

OTHER = Element("elementob2", EDITION.ref, Part.OBJECTIVE, 2, "A local workforce")
STRAND = Element("elementstr", EDITION.ref, Part.STRAND, 1, "Exceptional Welfare")
SECOND = Element("elementst2", EDITION.ref, Part.STATEMENT, 2, "Think broadly", kind="premise")
THIRD = Element("elementst3", EDITION.ref, Part.STATEMENT, 3, "Run great schools", kind="commitment")
ENDED = Edition("edition000", "2023-2025", "Earlier", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED)
NBSP = "\N{NO-BREAK SPACE}"


def a_picture(*rows: Any, values: tuple[Any, ...] = (), audience: Audience = Audience.LEADERS) -> Picture:
    """The small trust, with these rows added or in place of those with the same ref."""
    table_of = {subject.record: subject.table for subject in SUBJECTS}
    tables: dict[str, dict[str, Any]] = {}
    for row in (*SMALL_TRUST, *rows):
        tables.setdefault(table_of[type(row)], {})[row.ref] = row
    latest = {(v.kpi, v.place, v.group): v for v in values}
    return Picture(9, datetime(2026, 11, 13, 12, tzinfo=UTC), TODAY, audience, tables, latest, lambda _: values, {})


def words_of(picture: Picture) -> list[str]:
    return [f"{gap.count} {gap.words}" for gap in gaps(picture, EDITION.ref) if gap.count]


# Coverage


def test_a_part_that_no_action_and_no_kpi_serves_is_a_gap():
    found = coverage(a_picture(), EDITION.ref)
    assert found.no_action == (PILLAR, STATEMENT)
    assert found.no_kpi == (PILLAR, STATEMENT)


def test_a_tag_of_any_kind_closes_the_gap():
    tagged = an_action(pillars=(PILLAR.ref,), statements=(STATEMENT.ref,), other_strands=(STRAND.ref,))
    assert coverage(a_picture(STRAND, tagged), EDITION.ref).no_action == ()


def test_an_archived_action_serves_nothing():
    gone = an_action(pillars=(PILLAR.ref,), archived=True)
    assert PILLAR in coverage(a_picture(gone), EDITION.ref).no_action


def test_only_actions_and_kpis_of_the_version_are_counted():
    old = replace(PILLAR, ref="elementold", edition=ENDED.ref)
    assert [e.ref for e in coverage(a_picture(ENDED, old), ENDED.ref).no_action] == ["elementold"]
    assert coverage(a_picture(ENDED, old), ENDED.ref).kpis_without_values == ()


@pytest.mark.parametrize(("status", "missed"), [(Status.ON_TRACK, 1), (None, 1), (Status.DONE, 0), (Status.STOPPED, 0)])
def test_only_open_work_needs_an_owner(status, missed):
    found = coverage(a_picture(an_action(owner=None, status=status)), EDITION.ref)
    assert len(found.actions_without_owner) == missed


def test_a_kpi_without_a_value_or_owner_is_a_gap_and_nought_is_a_value():
    assert [k.code for k in coverage(a_picture(), EDITION.ref).kpis_without_values] == ["K-A02"]
    found = coverage(a_picture(a_kpi(owner=LEADER.ref), values=(a_value(0.0),)), EDITION.ref)
    assert found.kpis_without_values == found.kpis_without_owner == ()


@pytest.mark.parametrize(("number", "resting"), [(RESTS_ON_ONE - 1, []), (RESTS_ON_ONE, [MEMBER.name])])
def test_work_rests_on_one_person_from_so_many_open_actions_on(number, resting):
    held = [an_action(ref=f"held{n:06d}", code=f"B-{n}", owner=MEMBER.ref) for n in range(number)]
    done = an_action(ref="helddone01", code="B-99", owner=MEMBER.ref, status=Status.DONE)
    found = coverage(a_picture(*held, done), EDITION.ref).resting_on_one
    assert [person.name for person, _ in found] == resting
    assert all(len(actions) == number for _, actions in found)


def test_each_gap_says_how_many_of_how_many():
    assert words_of(a_picture(SECOND, THIRD, an_action(statements=(THIRD.ref,), owner=None))) == [
        "1 of 1 pillar has no action",
        "2 of 3 statements have no action",
        "1 of 1 action has no KPI",
        "1 of 1 open action has no owner",
        "1 of 1 KPI has no values",
        "1 of 1 KPI has no owner",
        "1 of 1 pillar has no KPI",
        "3 of 3 statements have no KPI",
    ]


def test_what_is_whole_is_said_in_sentences_and_parts_this_version_lacks_are_not_mentioned():
    found = gaps(a_picture(an_action(pillars=(PILLAR.ref,), kpis=("kpi0000001",))), EDITION.ref)
    assert closed(found) == [
        "Every objective and pillar has an action",
        "Every action and objective has a KPI",
        "Every open action has an owner",
    ]


def test_who_sees_only_some_actions_is_told_so():
    assert not in_part(a_picture(audience=Audience.BOARD))
    assert in_part(a_picture(audience=Audience.TASK_FORCE))


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (list("ABC"), "A, B and C")]
)
def test_a_list_is_read_as_a_sentence(words, said):
    assert listed(words) == said


# What serves what


def test_nothing_chosen_leaves_every_place_plain_or_empty():
    found = served(a_picture(), EDITION.ref)
    assert {ref: one.look for ref, one in found.items()} == {
        OBJECTIVE.ref: Look.REST, PILLAR.ref: Look.EMPTY, STATEMENT.ref: Look.EMPTY,
    }  # fmt: skip
    assert found[OBJECTIVE.ref].words() == f"1{NBSP}action · 1{NBSP}KPI"
    assert found[PILLAR.ref].words() == "no action yet"


def test_a_chosen_element_lights_up_those_that_share_its_work():
    tagged = an_action(pillars=(PILLAR.ref,))
    other = an_action(ref="action0002", code="B-01", objective=OTHER.ref)
    found = served(a_picture(OTHER, tagged, other), EDITION.ref, PILLAR.ref)
    looks = {ref: one.look for ref, one in found.items()}
    assert looks == {
        OBJECTIVE.ref: Look.SERVES, OTHER.ref: Look.REST, PILLAR.ref: Look.CHOSEN, STATEMENT.ref: Look.EMPTY,
    }  # fmt: skip
    assert found[OBJECTIVE.ref].words() == f"1{NBSP}of{NBSP}1{NBSP}action"
    assert found[OTHER.ref].words() == f"1{NBSP}action"


@pytest.mark.parametrize("tags", [{"pillars": (PILLAR.ref,)}, {"priorities": (PILLAR.ref,)}, {"strand": PILLAR.ref}])
def test_a_kpi_shared_by_any_kind_of_tag_lights_a_place_up(tags):
    action = an_action(ref="action0002", code="B-01", statements=(STATEMENT.ref,))
    kpi = a_kpi(statements=(STATEMENT.ref,), **tags)
    one = served(a_picture(action, kpi), EDITION.ref, PILLAR.ref)[STATEMENT.ref]
    assert (one.look, one.words()) == (Look.SERVES, f"1{NBSP}of{NBSP}1{NBSP}KPI")


def test_a_place_without_an_action_stays_dashed_even_where_a_kpi_lights_it():
    kpi = a_kpi(pillars=(PILLAR.ref,), statements=(STATEMENT.ref,))
    one = served(a_picture(kpi), EDITION.ref, PILLAR.ref)[STATEMENT.ref]
    assert (one.look, one.words()) == (Look.EMPTY, f"no action yet · 1{NBSP}KPI")


def test_an_element_of_another_version_chooses_nothing():
    assert all(one.chosen is None for one in served(a_picture(), EDITION.ref, "elsewhere1").values())


def test_the_sentence_says_under_which_objectives_the_work_lies_and_under_which_none_does():
    picture = a_picture(OTHER, an_action(pillars=(PILLAR.ref,)))
    found = served(picture, EDITION.ref)
    assert summary(picture, found[PILLAR.ref]) == (f"1{NBSP}action and no KPI, under A", "none under B")
    assert summary(picture, found[OBJECTIVE.ref]) == (f"1{NBSP}action and 1{NBSP}KPI", "")
    assert summary(picture, found[STATEMENT.ref]) == ("No action yet and no KPI", "")


def test_elements_are_named_by_part_and_code_and_strands_by_their_words():
    assert label(OBJECTIVE) == "Objective A: A coherent education experience"
    assert label(STRAND) == "Strand: Exceptional Welfare"


def test_runs_of_one_kind_are_named_together():
    assert kinds([STATEMENT, SECOND, THIRD]) == ["1-2 premises", "3 commitment"]
    assert kinds([replace(THIRD, kind="Stage One")]) == ["Stage One"]
    assert kinds([OBJECTIVE]) == kinds([]) == []


def test_neighbours_end_with_the_part():
    picture = a_picture(SECOND, THIRD)
    assert neighbours(picture, STATEMENT) == (None, SECOND)
    assert neighbours(picture, THIRD) == (SECOND, None)


# Versions


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        (EditionState.CURRENT, date(2025, 8, 31), "In force until 31 Aug 2025"),
        (EditionState.CURRENT, date(2025, 9, 1), "Ended on 31 Aug 2025"),
        (EditionState.ARCHIVED, date(2025, 9, 1), "Ended on 31 Aug 2025"),
        (EditionState.ARCHIVED, date(2024, 9, 1), "Archived"),
        (EditionState.DRAFT, date(2024, 9, 1), "Draft"),
        (EditionState.CURRENT, date(2023, 8, 31), "Begins on 1 Sep 2023"),
    ],
)
def test_a_version_says_in_words_how_it_stands(state, on, said):
    assert state_words(replace(ENDED, state=state), on).replace(NBSP, " ") == said


def test_versions_stand_side_by_side_place_by_place():
    same = replace(PILLAR, ref="elementold", edition=ENDED.ref)
    other = replace(OBJECTIVE, ref="elementol2", edition=ENDED.ref, words="An earlier objective")
    only = replace(STRAND, ref="elementol3", edition=ENDED.ref)
    picture = a_picture(ENDED, same, other, only)
    found = {pair.either.part: pair for pair in pairs(picture, EDITION, ENDED)}
    assert found[Part.PILLAR].same
    assert (found[Part.OBJECTIVE].earlier, found[Part.OBJECTIVE].later) == (other, OBJECTIVE)
    assert not found[Part.OBJECTIVE].same
    assert (found[Part.STRAND].earlier, found[Part.STRAND].later) == (only, None)
    assert not found[Part.STRAND].same
    assert elsewhere(picture, OBJECTIVE) == [(ENDED, other)]
    assert [e.code for e in in_order(picture)] == ["2025-2027", "2023-2025"]
