"""Notes on the lines of KPIs: what each kind asks for, what is refused, and that nothing is ever lost."""

from dataclasses import replace
from datetime import date

import pytest

from framework.deeds.noting import add_note, change_note, places_to_note, take_back_note
from framework.errors import Conflict, Unknown, ValueRefused
from framework.kpis.kpi import Counted, Note, NoteKind, ReportedBy
from framework.people import Audience
from framework.periods import Period, PeriodKind
from framework.picture.lines import begins, definitions
from framework.places import Phase, Place, PlaceKind
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from tests.conftest import AGNES, HAZEL, LEADER, NOW, TRUST, a_kpi, a_value, half_term, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

KPI = "kpi0000001"
EVENT, LIMITS, DEFINITION = NoteKind.EVENT, NoteKind.NEW_LIMITS, NoteKind.NEW_DEFINITION
BEFORE, AT, AFTER = half_term(2025, 6), half_term(2026, 1), half_term(2026, 2)
WORDS = "Flu closed two classes for a week."


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def add(store, kind=EVENT, *, words=WORDS, period=AT, **more):
    return add_note(store, by=LEADER, now=NOW, kpi=KPI, period=period, kind=kind, words=words, **more)


def note(store, ref):
    return next(n for n in picture(store).notes[KPI] if n.ref == ref)


def told(store, ref):
    return [(t.told.deed, t.told.reason) for t in told_of_row(store, picture(store), "kpi_note", ref)]


def by_schools(store, *values):
    put(store, a_kpi(reported_by=ReportedBy.SCHOOLS, version=1), *values)


def with_a_past(store):
    put(store, a_value(26.0, ref="value00002", period=BEFORE))


# Adding


@BOTH_DATABASES
def test_a_note_stands_at_its_period_everywhere(store):
    ref = add(store, words=f"  {WORDS} ")
    assert note(store, ref) == Note(ref, KPI, AT, EVENT, WORDS, version=1)


@pytest.mark.parametrize(
    ("kind", "deed"), [(EVENT, "annotate KPI"), (LIMITS, "rebase KPI"), (DEFINITION, "change definition")]
)
def test_each_kind_is_a_deed_of_its_own_in_the_ledger_with_its_words_as_the_reason(store, kind, deed):
    with_a_past(store)
    assert told(store, add(store, kind)) == [(deed, WORDS)]


def test_a_new_definition_brings_its_words_which_hold_from_its_period_on(store):
    add(store, DEFINITION, definition="pupils missing a tenth of days")
    there = picture(store)
    found = [(period, words) for period, words, _ in definitions(there.kpis[KPI], there.notes[KPI])]
    assert found == [(AT, "pupils missing a tenth of days"), (None, a_kpi().definition)]


def test_a_new_definition_may_come_without_words_of_its_own(store):
    assert note(store, add(store, DEFINITION, definition="  ")).definition is None


def test_a_note_on_an_invented_kpi_is_invented(store):
    put(store, a_kpi(fictional=True, version=1))
    assert note(store, add(store)).fictional is True


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": "  "}, "Say what happened; a reader will ask why the line bends"),
        ({"period": Period(PeriodKind.TERM, 2026, 1)}, "K-A02 is measured half-termly"),
        ({"period": half_term(2023, 1)}, "no dates for Autumn 1, 2023/24"),
        ({"period": half_term(2026, 3)}, "yet to come.*Give the period in which it happened"),
        ({"place": HAZEL.ref}, "no line of this place in Autumn 1, 2026/27. It has those of: the trust alone"),
        ({"definition": "another"}, "Only a new definition has words of its own"),
        ({"kind": LIMITS, "definition": "another"}, "Only a new definition has words of its own"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words_and_nothing_is_written(store, given, words):
    with_a_past(store)
    before = picture(store).change
    with pytest.raises(ValueRefused, match=words):
        add(store, **given)
    assert picture(store).change == before


def test_the_period_that_runs_has_begun(store):
    assert note(store, add(store, period=AFTER)).period == AFTER


def test_an_unknown_kpi_is_refused(store):
    with pytest.raises(Unknown, match="There is no such KPI here"):
        add_note(store, by=LEADER, now=NOW, kpi="kpi0000009", period=AT, kind=EVENT, words=WORDS)


# Where


def test_a_kpi_of_the_schools_has_the_trusts_line_and_one_for_each_school_that_is_open(store):
    amid = date(2026, 6, 15)  # BEFORE runs from 1 June to 20 July 2026
    gone = Place("placegone1", "Old Lane Primary", PlaceKind.SCHOOL, Phase.PRIMARY, left_on=amid)
    came = Place("placecame1", "New Lane Primary", PlaceKind.SCHOOL, Phase.PRIMARY, joined_on=amid)
    by_schools(store, gone, came)
    there = picture(store)
    kpi = there.kpis[KPI]
    assert [p.name for p in places_to_note(there, kpi, AT)] == [TRUST.name, HAZEL.name, came.name, AGNES.name]
    assert {gone.name, came.name} <= {p.name for p in places_to_note(there, kpi, BEFORE)}


def test_a_kpi_of_the_trust_has_no_place_to_choose(store):
    there = picture(store)
    assert places_to_note(there, there.kpis[KPI], AT) == ()
    assert note(store, add(store, place=TRUST.ref)).place is None


def test_a_note_on_one_school_stands_on_its_line_alone(store):
    by_schools(store)
    assert note(store, add(store, place=HAZEL.ref)).place == HAZEL.ref


def test_a_school_that_does_not_report_it_has_no_line(store):
    put(store, a_kpi(reported_by=ReportedBy.PRIMARIES, version=1))
    with pytest.raises(ValueRefused, match="It has those of: Our Trust, Hazel Grange Primary"):
        add(store, place=AGNES.ref)


# Twice


def test_the_same_kind_at_the_same_place_and_period_is_refused_with_what_stands_there(store):
    add(store)
    with pytest.raises(ValueRefused, match=f"There is a note at Autumn 1, 2026/27: “{WORDS}”"):
        add(store, words="Another word.")
    assert len(picture(store).notes[KPI]) == 1


def test_another_kind_another_period_or_another_place_is_another_note(store):
    with_a_past(store)
    by_schools(store)
    add(store, LIMITS)
    add(store, EVENT)
    add(store, EVENT, period=AFTER)
    add(store, EVENT, place=HAZEL.ref)
    add(store, EVENT, place=AGNES.ref)
    assert len(picture(store).notes[KPI]) == 5


@pytest.mark.parametrize(("there", "kind"), [(LIMITS, LIMITS), (DEFINITION, LIMITS), (DEFINITION, DEFINITION)])
def test_what_begins_everywhere_need_not_begin_at_a_school(store, there, kind):
    by_schools(store, a_value(26.0, period=BEFORE, place=HAZEL.ref))
    add(store, there)
    with pytest.raises(ValueRefused, match=r"begins (anew )?already at Autumn 1, 2026/27: “Flu"):
        add(store, kind, place=HAZEL.ref)


def test_a_new_definition_may_follow_where_new_limits_stand(store):
    with_a_past(store)
    add(store, LIMITS)
    add(store, DEFINITION)
    assert begins(picture(store).notes[KPI], AT) is DEFINITION


def test_a_note_a_file_put_at_the_trust_stands_everywhere_of_a_kpi_of_the_trust(store):
    put(store, Note("note000001", KPI, AT, EVENT, WORDS, place=TRUST.ref))
    with pytest.raises(ValueRefused, match="There is a note at Autumn 1, 2026/27, Our Trust"):
        add(store)


# New limits


def test_new_limits_need_a_value_before_them(store):
    put(store, a_value(26.0, period=AT))
    with pytest.raises(ValueRefused, match="K-A02 has no value before Autumn 1, 2026/27"):
        add(store, LIMITS)
    with_a_past(store)
    assert note(store, add(store, LIMITS)).kind is LIMITS


def test_a_period_without_a_number_is_no_value_before_them(store):
    put(store, a_value(None, period=BEFORE, state="not applicable"))
    with pytest.raises(ValueRefused, match="has no value before"):
        add(store, LIMITS)


def test_new_limits_at_a_school_need_a_value_of_that_school(store):
    by_schools(store, a_value(26.0, period=BEFORE, place=AGNES.ref))
    with pytest.raises(ValueRefused, match="no value at Hazel Grange Primary before"):
        add(store, LIMITS, place=HAZEL.ref)
    add(store, LIMITS, place=AGNES.ref)


def test_new_limits_on_the_trusts_line_need_a_figure_rolled_up_before_them(store):
    by_schools(store)
    with pytest.raises(ValueRefused, match="no value at Our Trust before"):
        add(store, LIMITS, place=TRUST.ref)
    put(store, a_value(26.0, period=BEFORE, place=AGNES.ref, numerator=234, denominator=900))
    add(store, LIMITS, place=TRUST.ref)


def test_what_is_counted_here_is_a_value_too(store):
    put(store, a_kpi(counted=Counted.FRESH_UPDATES, version=1))
    # Counted from the version's first day on, and the one action was written down in April 2026.
    with pytest.raises(ValueRefused, match="has no value before Summer 1, 2025/26"):
        add(store, LIMITS, period=half_term(2025, 5))
    assert note(store, add(store, LIMITS)).kind is LIMITS


# Changing and taking back


def change(store, ref, *, seen=1, words="Flu closed three classes.", **more):
    change_note(store, by=LEADER, now=NOW, note=ref, words=words, seen=seen, **more)


def take_back(store, ref, *, seen=1, why="It was another school."):
    take_back_note(store, by=LEADER, now=NOW, note=ref, seen=seen, why=why)


@BOTH_DATABASES
def test_changed_words_keep_the_earlier_ones(store):
    ref = add(store)
    change(store, ref)
    assert note(store, ref).words == "Flu closed three classes."
    history = told_of_row(store, picture(store), "kpi_note", ref)
    assert [t.data["words"] for t in history] == ["Flu closed three classes.", WORDS]
    assert history[0].told.reason == "Flu closed three classes."


def test_changing_the_words_leaves_the_definition_and_it_can_be_emptied(store):
    ref = add(store, DEFINITION, definition="another")
    change(store, ref)
    assert note(store, ref).definition == "another"
    change(store, ref, seen=2, definition="")
    assert note(store, ref).definition is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": " "}, "Say what happened"),
        ({"words": WORDS}, "Nothing differs"),
        ({"definition": "another"}, "Only a new definition has words of its own"),
    ],
)
def test_a_change_that_cannot_be_right_is_refused_and_writes_nothing(store, given, words):
    ref = add(store)
    with pytest.raises(ValueRefused, match=words):
        change(store, ref, **given)
    assert note(store, ref).version == 1


@BOTH_DATABASES
def test_the_second_of_two_people_is_told(store):
    ref = add(store)
    change(store, ref)
    with pytest.raises(Conflict, match="Someone else changed this note"):
        change(store, ref, words="Mine.")
    with pytest.raises(Conflict, match="Someone else changed this note"):
        take_back(store, ref)
    assert note(store, ref).words == "Flu closed three classes."


@BOTH_DATABASES
def test_a_note_that_is_taken_back_leaves_the_line_and_stays_in_history(store):
    ref = add(store)
    take_back(store, ref)
    there = picture(store)
    assert there.notes == {}
    assert there.rows["kpi_note"][ref].words == WORDS
    assert told(store, ref) == [("take back note", "It was another school."), ("annotate KPI", WORDS)]


def test_taking_back_asks_why(store):
    ref = add(store)
    with pytest.raises(ValueRefused, match="Say why this note is taken back"):
        take_back(store, ref, why=" ")
    assert note(store, ref).archived is False


def test_what_was_taken_back_is_there_no_more_and_may_be_said_again(store):
    ref = add(store)
    take_back(store, ref)
    with pytest.raises(Unknown, match="There is no such note here"):
        change(store, ref, seen=2)
    with pytest.raises(Unknown, match="There is no such note here"):
        take_back(store, ref, seen=2)
    assert note(store, add(store)).words == WORDS


def test_a_note_on_a_kpi_that_was_put_away_is_not_there(store):
    ref = add(store)
    put(store, replace(a_kpi(version=1), archived=True))
    with pytest.raises(Unknown):
        change(store, ref)
