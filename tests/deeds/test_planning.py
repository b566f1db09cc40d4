"""Setting, changing, tagging and judging actions: what is kept, what is refused, and that nothing is ever lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from framework.civic import Edition, EditionState, Element, Part
from framework.deeds import planning
from framework.errors import Conflict, Unknown, ValueRefused
from framework.people import Audience, Person, Role
from framework.plans import Confidence, MoveReason, Status, Visibility
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from tests.conftest import (
    EDITION,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    OBJECTIVE,
    PILLAR,
    STATEMENT,
    TODAY,
    a_kpi,
    an_action,
    put,
)
from tests.deeds.grounds import ground  # noqa: F401

ACTION, KPI = an_action().ref, a_kpi().ref
OTHER = an_action(ref="action0002", code="A-15", title="Homework club", due_on=date(2026, 12, 4))
STRAND = Element("elementstr", EDITION.ref, Part.STRAND, 1, "Exceptional Welfare")
SECOND = Element("elementst2", EDITION.ref, Part.STRAND, 2, "Extended Opportunities")
LEADER_TOO = Person("personlea2", "Asha Leader", Role.LEADER)
NEW = {"title": "Walking bus", "objective": OBJECTIVE.ref, "owner": LEADER.ref, "due_on": date(2027, 3, 25)}


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def action(store, ref=ACTION):
    return picture(store).actions[ref]


def add(store, **facts):
    return planning.add_action(store, by=LEADER, now=NOW, facts={**NEW, **facts})


def change(store, seen=1, **facts):
    more = {name: facts.pop(name) for name in ("why", "moved_for", "moved_because") if name in facts}
    planning.change_action(store, by=LEADER, now=NOW, action=ACTION, facts=facts, seen=seen, **more)


def several(store, changes, **more):
    seen = {ref: picture(store).actions[ref].version for ref in changes}
    return planning.change_actions(store, by=LEADER, now=NOW, changes=changes, **{"seen": seen, **more})


def told(store, ref=ACTION):
    newest = told_of_row(store, picture(store), "action", ref)[0]
    return newest.told.deed, newest.told.reason, newest.changed


# Adding


def test_four_facts_are_enough_for_an_action(store):
    there = action(store, add(store))
    kept = (there.title, there.owner, there.due_on, there.edition, there.status)
    assert kept == ("Walking bus", LEADER.ref, date(2027, 3, 25), EDITION.ref, None)


def test_a_new_action_gets_the_next_code_of_its_objective(store):
    assert [action(store, add(store)).code for _ in range(2)] == ["A-15", "A-16"]


def test_actions_added_at_the_same_moment_get_codes_of_their_own(either):
    with ThreadPoolExecutor(4) as people:
        refs = list(people.map(lambda _: add(either), range(4)))
    assert sorted(action(either, ref).code for ref in refs) == ["A-15", "A-16", "A-17", "A-18"]


def test_a_new_action_is_written_down_today_and_its_first_promise_is_kept(store):
    there = action(store, add(store))
    assert (there.added_on, there.first_due_on) == (TODAY, there.due_on)


@pytest.mark.parametrize(
    ("owner", "given", "kept"),
    [(MEMBER.ref, None, Visibility.TASK_FORCE), (LEADER.ref, "public", Visibility.PUBLIC)],
)
def test_the_task_force_sees_what_one_of_them_does_unless_somebody_says_otherwise(store, owner, given, kept):
    assert action(store, add(store, owner=owner, visibility=given)).visibility is kept


def test_an_action_of_an_invented_version_is_invented(store):
    put(store, replace(EDITION, fictional=True, version=1))
    assert action(store, add(store)).fictional is True


def test_an_action_comes_with_its_milestones_in_one_change(either):
    steps = [("Route walked", date(2027, 1, 8)), ("First morning", date(2027, 2, 1))]
    before = picture(either).change
    ref = planning.add_action(either, by=LEADER, now=NOW, facts=NEW, milestones=steps)
    assert [(m.title, m.due_on) for m in picture(either).milestones[ref]] == steps
    assert picture(either).change == before + 1


def test_two_milestones_of_one_name_are_refused_and_no_action_is_left_behind(store):
    steps = [("Route walked", date(2027, 1, 8)), (" route walked", date(2027, 2, 1))]
    with pytest.raises(ValueRefused, match="has the milestone “route walked” already"):
        planning.add_action(store, by=LEADER, now=NOW, facts=NEW, milestones=steps)
    assert set(picture(store).actions) == {ACTION}


def test_emoji_and_text_from_right_to_left_are_kept_as_typed(store):
    title = "نادي الإفطار \N{HOT BEVERAGE} 👩‍👩‍👧 \N{RIGHT-TO-LEFT MARK}שלום"
    assert action(store, add(store, title=f"  {title} ")).title == title


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": "  ", "due_on": None}, "An action needs its title and due date. Fill in what is missing"),
        ({"owner": ["a", "b"]}, "Owner: found .*, wanted words"),
        ({"code": "a-14"}, "A-14 is taken: it is Breakfast club at Hazel Grange. .* such as A-15"),
    ],
)
def test_what_cannot_be_right_in_a_new_action_is_refused_in_words(store, facts, words):
    before = picture(store).change
    with pytest.raises(ValueRefused, match=f"{words}.*Nothing was saved"):
        add(store, **facts)
    assert picture(store).change == before


# Changing


def test_a_change_leaves_every_other_fact_and_tells_why(store):
    change(store, title="Breakfast club, five mornings", why=" Renamed by the cook. ")
    assert action(store) == an_action(title="Breakfast club, five mornings", version=2)
    assert told(store) == ("change action", "Renamed by the cook.", ("title",))


def test_a_reason_of_more_than_two_pages_is_refused_with_its_length(store):
    with pytest.raises(ValueRefused, match="Why it is done has 5,001 characters, and 5,000 is the most"):
        change(store, title="Breakfast", why="x" * 5_001)
    assert action(store).version == 1


def test_nothing_that_differs_is_refused(store):
    with pytest.raises(ValueRefused, match="Nothing differs"):
        change(store, title=" Breakfast club at Hazel Grange ")


def test_a_moved_date_leaves_an_update_with_its_reason_in_the_same_change(either):
    before = picture(either).change
    why = {"moved_for": MoveReason.PEOPLE, "moved_because": "The cook was ill."}
    change(either, due_on=date(2026, 12, 18), **why)
    update = picture(either).updates[ACTION][-1]
    moved = (update.on, update.by, update.new_due_on, update.moved_for, update.moved_because, update.status)
    assert moved == (TODAY, LEADER.ref, date(2026, 12, 18), MoveReason.PEOPLE, "The cook was ill.", None)
    assert (action(either).due_on, picture(either).change) == (date(2026, 12, 18), before + 1)


def test_the_first_promised_date_stays_however_often_the_date_moves(store):
    for seen, day in ((1, 4), (2, 18)):
        change(store, seen, due_on=date(2026, 12, day), moved_for=MoveReason.MONEY)
    assert action(store).first_due_on == an_action().first_due_on


def test_where_nobody_knew_the_first_promised_date_the_first_move_keeps_it(store):
    put(store, an_action(first_due_on=None, version=1))
    change(store, 2, due_on=date(2026, 12, 18), moved_for=MoveReason.MONEY)
    assert action(store).first_due_on == an_action().due_on


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"due_on": date(2026, 12, 18)}, "The due date moves. Say why: choose a reason"),
        ({"due_on": date(2026, 12, 18), "moved_for": MoveReason.OTHER}, "Say in a few words which other reason"),
        ({"first_due_on": date(2026, 12, 18)}, "The first promised date is kept for ever"),
    ],
)
def test_what_cannot_be_right_in_a_change_is_refused_and_nothing_is_written(store, facts, words):
    before = picture(store).change
    with pytest.raises(ValueRefused, match=words):
        change(store, **facts)
    assert picture(store).change == before


def test_a_fact_that_was_wrong_already_does_not_stand_in_the_way_of_another(store):
    put(store, an_action(owner=None, starts_on=date(2026, 11, 1), version=1))
    change(store, 2, success="Nobody starts the day hungry.")
    assert action(store).success == "Nobody starts the day hungry."


def test_an_unknown_action_is_refused(store):
    with pytest.raises(Unknown, match="There is no such action here"):
        planning.change_action(store, by=LEADER, now=NOW, action="action0009", facts={"title": "x"}, seen=1)


def test_whoever_comes_second_is_told_who_changed_what(either):
    put(either, LEADER_TOO)
    planning.change_action(either, by=LEADER_TOO, now=NOW, action=ACTION, facts={"hours": 12.5, "cost": 0}, seen=1)
    with pytest.raises(Conflict, match=r"A-14 was changed by Asha Leader after you opened it: hours, money\. Nothing"):
        change(either, 1, title="Breakfast")
    assert (action(either).hours, action(either).cost, action(either).title) == (12.5, 0, an_action().title)


# Several at once


def test_several_actions_change_as_one(either):
    put(either, OTHER)
    before = picture(either).change
    day = {"due_on": date(2026, 12, 18)}
    done = several(either, {ACTION: day, OTHER.ref: day}, moved_for=MoveReason.OTHERS, why="The hall is shut.")
    assert (done, picture(either).change) == (2, before + 1)
    assert {u.new_due_on for ref in (ACTION, OTHER.ref) for u in picture(either).updates[ref][-1:]} == {day["due_on"]}
    assert told(either)[:2] == ("change actions", "The hall is shut.")


def test_of_several_those_that_stay_as_they_are_are_left_alone(store):
    put(store, OTHER)
    assert several(store, {ACTION: {"owner": MEMBER.ref}, OTHER.ref: {"owner": LEADER.ref}}) == 1
    assert action(store, OTHER.ref).version == 1


def test_one_wrong_action_of_several_refuses_all_and_is_named(store):
    put(store, OTHER)
    changes = {ACTION: {"title": "Breakfast"}, OTHER.ref: {"title": ""}}
    with pytest.raises(ValueRefused, match=r"^A-15: An action needs its title"):
        several(store, changes)
    assert action(store).title == an_action().title


def test_a_conflict_among_several_names_each_action_and_who_changed_it(store):
    put(store, OTHER, LEADER_TOO)
    planning.change_action(store, by=LEADER_TOO, now=NOW, action=OTHER.ref, facts={"hours": 3.0}, seen=1)
    changes = {ACTION: {"title": "Breakfast"}, OTHER.ref: {"title": "Homework"}}
    with pytest.raises(Conflict) as refused:
        several(store, changes, seen={ACTION: 1, OTHER.ref: 1})
    assert "A-15 was changed by Asha Leader" in str(refused.value)
    assert "A-14" not in str(refused.value)
    assert action(store).title == an_action().title


def test_a_judgement_among_several_is_dated_today(store):
    several(store, {ACTION: {"confidence": "low", "confidence_reason": "No cook."}})
    assert (action(store).confidence, action(store).confidence_on) == (Confidence.LOW, TODAY)


# Tags


def test_tags_are_added_to_several_and_taken_away_as_one_change(either):
    put(either, OTHER, an_action(pillars=(PILLAR.ref,), version=1))
    seen = {ACTION: 2, OTHER.ref: 1}
    add = {"statements": [STATEMENT.ref], "kpis": [KPI], "places": [HAZEL.ref]}
    before = picture(either).change
    done = planning.tag_actions(
        either, by=LEADER, now=NOW, actions=seen, add=add, remove={"pillars": [PILLAR.ref]}, why="Sorted."
    )
    found = [(a.pillars, a.statements, a.kpis, a.places) for a in picture(either).actions.values()]
    assert found == [((), (STATEMENT.ref,), (KPI,), (HAZEL.ref,))] * 2
    assert (done, picture(either).change) == (2, before + 1)


def test_a_second_strand_joins_the_others_and_takes_the_place_of_a_first_that_goes(store):
    put(store, STRAND, SECOND)
    given = {"store": store, "by": LEADER, "now": NOW}
    planning.tag_actions(**given, actions={ACTION: 1}, add={"strand": [STRAND.ref, SECOND.ref]})
    assert (action(store).strand, action(store).other_strands) == (STRAND.ref, (SECOND.ref,))
    planning.tag_actions(**given, actions={ACTION: 2}, add={}, remove={"strand": [STRAND.ref]})
    assert (action(store).strand, action(store).other_strands) == (SECOND.ref, ())


def test_a_tag_of_another_version_and_a_list_that_is_none_are_refused(store):
    old = Edition("edition002", "2023-2025", "Old", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED)
    put(store, old, replace(PILLAR, ref="elementold", edition=old.ref))
    with pytest.raises(ValueRefused, match="is no part of 2025-2027"):
        planning.tag_actions(store, by=LEADER, now=NOW, actions={ACTION: 1}, add={"pillars": ["elementold"]})
    with pytest.raises(ValueRefused, match="no list called title"):
        planning.tag_actions(store, by=LEADER, now=NOW, actions={ACTION: 1}, add={"title": ["x"]})


# The leader's judgement


def judge(store, confidence, reason="", seen=1):
    planning.judge(store, by=LEADER, now=NOW, action=ACTION, confidence=confidence, reason=reason, seen=seen)


def test_a_judgement_has_its_reason_and_its_day_and_can_be_taken_back(either):
    judge(either, Confidence.MEDIUM, "The kitchen is ready.")
    kept = (action(either).confidence, action(either).confidence_reason, action(either).confidence_on)
    assert kept == (Confidence.MEDIUM, "The kitchen is ready.", TODAY)
    judge(either, None, seen=2)
    assert (action(either).confidence, action(either).confidence_reason, action(either).confidence_on) == (None,) * 3


def test_a_judgement_without_a_reason_is_refused(store):
    with pytest.raises(ValueRefused, match="Say in a sentence why your confidence"):
        judge(store, Confidence.HIGH, "  ")


def test_a_judgement_never_touches_the_owners_word(store):
    judge(store, Confidence.LOW, "No cook.")
    assert action(store).status is Status.ON_TRACK
    assert told(store)[2] == ("confidence", "confidence_reason", "confidence_on")


# Milestones


def step(store, title="Menu agreed", due_on=date(2026, 10, 2)):
    return planning.add_milestone(store, by=LEADER, now=NOW, action=ACTION, title=title, due_on=due_on)


def steps(store):
    return [(m.title, m.due_on, m.done_on) for m in picture(store).milestones.get(ACTION, ())]


def change_step(store, ref, seen=1, **facts):
    planning.change_milestone(store, by=LEADER, now=NOW, milestone=ref, facts=facts, seen=seen)


def test_a_milestone_is_added_changed_done_and_taken_away(either):
    ref = step(either)
    change_step(either, ref, title="Menu agreed with the cook", done_on=date(2026, 10, 5))
    assert steps(either) == [("Menu agreed with the cook", date(2026, 10, 2), date(2026, 10, 5))]
    planning.take_away_milestone(either, by=LEADER, now=NOW, milestone=ref, seen=2, why="Not needed.")
    assert steps(either) == []
    assert told_of_row(either, picture(either), "milestone", ref)[0].told.reason == "Not needed."


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": "first MORNING"}, "A-14 has the milestone “first MORNING” already"),
        ({}, "Nothing differs"),
    ],
)
def test_a_milestone_that_cannot_be_right_is_refused(store, facts, words):
    step(store, "First morning")
    ref = step(store)
    with pytest.raises(ValueRefused, match=words):
        change_step(store, ref, **facts)
    assert len(steps(store)) == 2


def test_a_milestone_that_someone_else_changed_is_a_conflict(store):
    ref = step(store)
    change_step(store, ref, title="Menu agreed with the cook")
    with pytest.raises(Conflict, match="Someone else changed this milestone"):
        change_step(store, ref, title="Menus")
    with pytest.raises(Conflict):
        planning.take_away_milestone(store, by=LEADER, now=NOW, milestone=ref, seen=1)


def test_a_milestone_that_is_not_here_is_refused(store):
    with pytest.raises(Unknown, match="There is no such milestone here"):
        change_step(store, "milestone9", title="x")
