"""Undoing one change, or a load: all goes back to what it was, but for what others did since, and nothing is lost."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from framework.deeds import digest, freezing, governing, planning, undoing, updating
from framework.deeds.updating import Said, seen_of
from framework.errors import Conflict, NotAllowed, Unknown, ValueRefused
from framework.plans import MoveReason
from framework.settings import Settings
from framework.store import waiting
from framework.store.ledger import entry
from framework.store.provenance import undone_by
from framework.subjects import BY_TABLE, VALUES, data_of
from framework.workbook.plan import Choices, Outcome, Take
from framework.workbook.undo import SETTING
from tests.conftest import (
    ADMINISTRATOR,
    CALENDAR_LINES,
    GOVERNOR,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    OBJECTIVE,
    PILLAR,
    SCHOOL_CONTACT,
    TODAY,
    a_kpi,
    a_value,
    an_action,
    half_term,
    put,
)
from tests.deeds.grounds import ground  # noqa: F401
from tests.deeds.small_deeds import ACTION, BOARD, BY, KPI, OTHER, SMALL_DEEDS, picture, recorded
from tests.deeds.test_every_deed import DEEDS
from tests.deeds.test_strangers import OCTOBER, taken

NEW = {"title": "Bus", "objective": OBJECTIVE.ref, "owner": LEADER.ref, "due_on": date(2027, 3, 25)}
# Deeds that leave nothing in the ledger: readings, drafts, files and proposals that wait, links and messages.
LEAVE_NOTHING = {
    "preview", "export", "export_sheet", "bring", "answer", "put_away", "undo_plan", "keep_draft", "drop_draft",
    "propose_action", "decline", "make_link", "revoke_link", "ready_message", "asked", "send", "as_file", "bundle",
    "return_sheet", "take_out_copy",
}  # fmt: skip
FOR_EVER = {"freeze"}


def content(store):
    """All that stands: every row that is not put away, every value in force, the settings; versions left out."""
    now = picture(store)
    rows = {
        (table, ref): data_of(BY_TABLE[table], row)
        for table, some in now.rows.items()
        for ref, row in some.items()
        if not row.archived
    }
    values = {(VALUES.table, v.ref): data_of(VALUES, v) for kpi in now.rows["kpi"] for v in now.series(kpi)}
    return rows | values, now.settings


def newest(store):
    return picture(store).change


def undo(store, change=None, *, by=LEADER, take=(), why=""):
    number = newest(store) if change is None else change
    plan = undoing.undo_plan(store, by=by, change=number)
    choices = Choices(fields=dict.fromkeys(take, Take.FILE))
    return undoing.undo(store, by=by, now=NOW, change=number, plan=plan, choices=choices, reason=why)


def last(store):
    with store.reading() as conn:
        return conn.execute(sa.text("SELECT deed, reason FROM change ORDER BY id DESC LIMIT 1")).one()


def test_every_deed_that_leaves_a_change_is_tried_here():
    deeds = {name for name, deed in DEEDS.items() if hasattr(deed, "act")}
    assert {name.split(",")[0] for name in SMALL_DEEDS} == (deeds - LEAVE_NOTHING - FOR_EVER) | {"answer_by_link"}


@pytest.mark.parametrize("name", SMALL_DEEDS)
def test_what_was_done_is_undone_whole_and_the_undoing_is_undone_in_its_turn(store, name):
    do = SMALL_DEEDS[name](store)
    before = content(store)
    do()
    after = content(store)
    assert after != before
    by = ADMINISTRATOR if name == "change_setting" else LEADER
    undo(store, by=by, why="As agreed.")
    assert content(store) == before
    undo(store, by=by, why="As agreed.")
    assert content(store) == after


def test_an_undoing_can_be_undone_again_and_again(store):
    planning.change_action(store, **BY, action=ACTION, facts={"likelihood": 3}, seen=1)
    seen = []
    for _ in range(4):
        undo(store)
        seen.append(picture(store).actions[ACTION].likelihood)
    assert seen == [None, 3, None, 3]


def test_changes_that_are_undone_one_after_the_other_lead_back_to_where_it_began(store):
    before = content(store)
    ref = planning.add_action(store, **BY, facts=NEW)
    made = newest(store)
    for n in (3, 4):
        planning.change_action(store, **BY, action=ref, facts={"likelihood": n}, seen=n - 2)
    for number in (made + 2, made + 1, made):
        undo(store, number)
    assert content(store) == before


# What stands in the ledger


def test_the_ledger_says_what_was_undone_and_why_and_tells_a_load_from_any_other_change(store):
    number = recorded(store)
    undo(store, why=" Typed  twice ")
    assert tuple(last(store)) == ("undo change", f"Undoes change {number}. Typed  twice")
    undo(store)
    assert (last(store).deed, undone_by(last(store).reason)) == ("undo change", number + 1)
    loaded = taken(store, OCTOBER).change
    undo(store, loaded)
    assert (last(store).deed, undone_by(last(store).reason)) == ("undo load", loaded)
    undo(store)
    assert last(store).deed == "undo load"


def test_an_undoing_says_how_much_went_back(store):
    planning.add_action(store, **BY, facts=NEW, milestones=[("Route drawn", date(2027, 1, 15))])
    assert (undo(store).rows, undo(store).rows) == (2, 2)


# What others did since


def test_what_was_changed_since_is_listed_and_stays_unless_it_is_chosen(store):
    planning.change_action(store, **BY, action=ACTION, facts={"likelihood": 3, "success": "All eat."}, seen=1)
    number = newest(store)
    planning.change_action(store, **BY, action=ACTION, facts={"success": "No child is hungry."}, seen=2)
    plan = undoing.undo_plan(store, by=LEADER, change=number)
    assert [(one.name, one.outcome) for one in plan.changes[0].fields] == [
        ("success", Outcome.CONFLICT), ("likelihood", Outcome.CHANGED),
    ]  # fmt: skip
    undo(store, number)
    action = picture(store).actions[ACTION]
    assert (action.likelihood, action.success) == (None, "No child is hungry.")
    undo(store, number, take=[("action", ACTION, "success")])
    assert picture(store).actions[ACTION].success is None


def test_a_value_that_was_corrected_since_stays_unless_it_is_chosen(store):
    first = recorded(store)
    recorded(store, 23.0, seen=first, note="Late register")
    with pytest.raises(ValueRefused, match=r"changed or built on since, .* Choose what shall go back all the same"):
        undo(store, first)
    (ref,) = undoing.undo_plan(store, by=LEADER, change=first).values
    undo(store, first, take=[("value", ref, "state")])
    assert picture(store).series(KPI) == ()


def test_an_action_on_which_a_word_was_said_since_stays_and_takes_all_along_once_it_is_chosen(store):
    ref = planning.add_action(store, **BY, facts=NEW, milestones=[("Route drawn", date(2027, 1, 15))])
    number = newest(store)
    updating.say(store, **BY, action=ref, said=Said("Driver found."), seen=seen_of(picture(store), ref))
    before = content(store)
    plan = undoing.undo_plan(store, by=LEADER, change=number)
    assert [(one.name, one.outcome) for change in plan.changes for one in change.fields] == [
        ("archived", Outcome.CONFLICT)
    ]
    assert [part.table for part in plan.parts["action", ref]] == ["milestone", "action_update"]
    with pytest.raises(ValueRefused, match="built on since"):
        undo(store, number)
    done = undo(store, number, take=[("action", ref, "archived")])
    assert (done.rows, done.along) == (1, 2)
    assert ref not in picture(store).actions
    undo(store)
    assert content(store) == before


def test_a_kpi_with_a_figure_stays_and_takes_it_along_and_a_school_with_one_stays(store):
    number = put(store, a_kpi(ref="kpi0000009", code="K-B01"), replace(HAZEL, ref="placenew01", name="New Primary"))
    put(store, a_value(kpi="kpi0000009"), a_value(ref="value00002", place="placenew01"))
    plan = undoing.undo_plan(store, by=LEADER, change=number)
    assert [part.ref for part in plan.parts["kpi", "kpi0000009"]] == ["value00001"]
    assert plan.named_by == {("place", "placenew01"): ("K-A02, New Primary, Autumn 1, 2026/27",)}
    undo(store, number, take=[("kpi", "kpi0000009", "archived")])
    assert picture(store).series("kpi0000009") == ()
    with pytest.raises(ValueRefused, match=r"New Primary cannot be put away: K-A02, New Primary, .* names it"):
        undo(store, number, take=[("place", "placenew01", "archived")])


def test_a_half_term_with_a_figure_keeps_its_dates(store):
    autumn = CALENDAR_LINES[-1]
    number = put(store, replace(autumn, ref="calline271", year=2027, index=1, starts_on=date(2027, 9, 1),
                                ends_on=date(2027, 10, 22)))  # fmt: skip
    put(store, a_value(period=half_term(2027, 1)))
    with pytest.raises(ValueRefused, match="Autumn 1, 2027/28 would have no dates, and 1 value could not be judged"):
        undo(store, number)


def test_nothing_is_undone_when_anything_moved_since_it_was_shown(store):
    number = recorded(store)
    plan = undoing.undo_plan(store, by=LEADER, change=number)
    governing.change_element(store, **BY, element=PILLAR.ref, words="Working together", seen=1)
    with pytest.raises(Conflict, match="Nothing was undone"):
        undoing.undo(store, **BY, change=number, plan=plan)
    assert newest(store) == number + 1


# What cannot be undone


def test_leaders_alone_undo_even_what_somebody_did_themselves(store):
    put(store, OTHER)
    updating.say(store, by=MEMBER, now=NOW, action=OTHER.ref, said=Said("On its way."), seen=1)
    plan = undoing.undo_plan(store, by=LEADER, change=newest(store))
    for person in (MEMBER, SCHOOL_CONTACT, GOVERNOR):
        with pytest.raises(NotAllowed, match="undo changes"):
            undoing.undo_plan(store, by=person, change=newest(store))
    for person in (MEMBER, SCHOOL_CONTACT, GOVERNOR, ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            undoing.undo(store, by=person, now=NOW, change=newest(store), plan=plan)
    assert picture(store).updates[OTHER.ref]


def test_a_frozen_copy_cannot_be_undone(store):
    put(store, BOARD)
    freezing.freeze(store, **BY, meeting=BOARD.ref)
    with pytest.raises(ValueRefused, match="A frozen copy cannot be undone"):
        undo(store)
    assert len(picture(store).frozen) == 1


def test_a_meeting_for_which_a_copy_was_frozen_is_not_put_away(store):
    number = put(store, BOARD)
    freezing.freeze(store, **BY, meeting=BOARD.ref)
    with pytest.raises(ValueRefused, match=r"Board of trustees, 24 Nov 2026 cannot be put away: a copy was frozen"):
        undo(store, number)


def test_there_is_nothing_to_undo_of_a_change_that_is_not_here_or_of_which_nothing_is_left(store):
    with pytest.raises(Unknown, match="nothing to undo"):
        undo(store, 9_999)
    number = recorded(store)
    undo(store, number)
    assert undoing.undo_plan(store, by=LEADER, change=number).empty
    with pytest.raises(ValueRefused, match="Nothing of that change stands any more"):
        undo(store, number)


def test_the_day_of_the_sample_is_fixed(store):
    with entry(store, by=None, now=NOW, deed="start sample") as e:
        e.set("sample_day", TODAY.isoformat())
    with pytest.raises(Unknown, match="left nothing that can go back"):
        undo(store)


def test_a_layout_that_a_load_left_is_remembered(store):
    taken(store, OCTOBER)
    undo(store)
    assert len(waiting.layouts(store)) == 1


def test_what_a_deed_would_refuse_is_refused_and_nothing_is_written(store):
    ref = planning.add_action(store, **BY, facts={**NEW, "code": "A-20"})
    undo(store)
    planning.add_action(store, **BY, facts={**NEW, "title": "Choir", "code": "A-20"})
    before = newest(store)
    with pytest.raises(ValueRefused, match=r"^A-20 was taken since: it is Choir now\. .* Nothing was undone\.$"):
        undo(store, before - 1)
    assert newest(store) == before
    assert ref not in picture(store).actions


def test_a_figure_of_a_window_that_has_closed_goes_back_for_a_reason_alone(store):
    number = recorded(store)
    put(store, replace(BOARD, closes_on=date(2026, 11, 6)))
    with pytest.raises(ValueRefused, match="1 value lies in a window that is not open"):
        undo(store, number)
    undo(store, number, why="Counted twice")
    assert picture(store).series(KPI) == ()


# Settings


def test_a_setting_that_nobody_had_set_gets_its_default(store):
    digest.switch_digest(store, **BY, on=True)
    assert undo(store).settings == 1
    assert picture(store).settings == Settings()


def test_a_setting_is_put_back_by_whoever_may_change_it(store):
    governing.change_setting(store, by=ADMINISTRATOR, now=NOW, name="quiet_after", value=30)
    with pytest.raises(NotAllowed, match="change settings"):
        undo(store, by=LEADER)
    undo(store, by=ADMINISTRATOR)
    assert picture(store).settings == Settings()


def test_a_setting_that_was_changed_since_stays_unless_it_is_chosen(store):
    for value in (30, 20):
        governing.change_setting(store, by=ADMINISTRATOR, now=NOW, name="quiet_after", value=value)
    number = newest(store) - 1
    with pytest.raises(ValueRefused, match="Choose what shall go back"):
        undo(store, number, by=ADMINISTRATOR)
    undo(store, number, by=ADMINISTRATOR, take=[(SETTING, "quiet_after", "quiet_after")])
    assert picture(store).settings.quiet_after == Settings().quiet_after


# Days that are kept for ever


def test_a_first_promised_day_and_the_day_of_writing_down_stay_known_once_they_are(store):
    """Where a change was the first to know them, undoing it leaves them; where it overwrote them, they come back."""
    unknown = an_action(first_due_on=None, added_on=None, version=1)
    put(store, unknown)
    planning.change_action(
        store, **BY, action=ACTION, facts={"due_on": date(2026, 12, 18)}, seen=2, moved_for=MoveReason.LATE_START
    )
    undo(store)
    action = picture(store).actions[ACTION]
    assert (action.due_on, action.first_due_on, action.added_on) == (unknown.due_on, unknown.due_on, None)
    put(store, replace(action, first_due_on=date(2026, 6, 1)))
    undo(store)
    assert picture(store).actions[ACTION].first_due_on == unknown.due_on
