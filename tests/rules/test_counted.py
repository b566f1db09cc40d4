"""What the app counts of the plan itself: each rule on both sides of its bounds by hand, one against the sample."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from framework.community import Event, Organisation
from framework.deeds.recording import record_value
from framework.deeds.starting import SAMPLE
from framework.kpis.kpi import Counted, Direction, Kpi, Measure, ReportedBy, State
from framework.kpis.standing import Standing
from framework.people import Audience
from framework.picture.counted import account, counted_values
from framework.picture.coverage import coverage
from framework.picture.entering import places_to_enter
from framework.picture.figures import Missing, figures
from framework.picture.judged import latest, reporting_places, trust_series, verdict
from framework.picture.review import Filter, figures_in
from framework.picture.shape import Picture
from framework.plans import Status, Visibility
from framework.store import Store
from framework.store.pictures import load
from framework.subjects import SUBJECTS
from tests.conftest import (
    AGNES,
    CALENDAR_LINES,
    CAST,
    EDITION,
    HAZEL,
    LEADER,
    MEMBER,
    NOW,
    OBJECTIVE,
    TODAY,
    TRUST,
    a_kpi,
    a_target,
    a_value,
    an_action,
    an_update,
    half_term,
)
from tests.counted_by_hand import Workbook

# The period that most tests ask about: Autumn 1, 2026/27, which reaches back over the summer holiday.
AUTUMN, SUMMER = half_term(2026, 1), half_term(2025, 6)
BEFORE, LAST = date(2026, 7, 20), date(2026, 10, 23)
DAY = timedelta(days=1)
KITCHEN = Organisation("orgkitchen", "Saffron Kitchen", sector="charity")
MOSQUE = Organisation("orgmosque1", "Three Wells", sector="faith")
COLLEGE = Organisation("orgcollege", "Kiln Lane", sector="Education")
ITSELF = Organisation("orgitself1", TRUST.name, sector="education")
UNKNOWN = Organisation("orgunknown", "No sector")
ORGANISATIONS = (KITCHEN, MOSQUE, COLLEGE, ITSELF, UNKNOWN)


def a_counted(counted: Counted, **changes: Any) -> Kpi:
    """A share of the plan, higher is better, without a target; due with its period's end."""
    given = {"ref": "kpicounted", "code": "K-T03", "title": "Counted", "floor": 1.0, "baseline": None}
    given |= {"baseline_period": None, "direction": Direction.HIGHER, "lag_days": 0, "counted": counted}
    return a_kpi(**(given | changes))


def a_picture(
    *rows: Any,
    values: tuple[Any, ...] = (),
    audience: Audience = Audience.LEADERS,
    added: dict[str, date] | None = None,
    on: date = TODAY,
) -> Picture:
    """The trust, its schools and its calendar with these rows; values of any KPI, newest last."""
    table_of = {subject.record: subject.table for subject in SUBJECTS}
    tables: dict[str, dict[str, Any]] = {}
    for row in (EDITION, OBJECTIVE, TRUST, HAZEL, AGNES, *CAST, *CALENDAR_LINES, *rows):
        tables.setdefault(table_of[type(row)], {})[row.ref] = row
    latest = {(v.kpi, v.place, v.group): v for v in values}
    return Picture(
        9,
        datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        on,
        audience,
        tables,
        latest,
        lambda kpi: tuple(v for v in values if v.kpi == kpi),
        {},
        kpi_added=added or {},
    )


def action(n: int, **changes: Any) -> Any:
    """Open since April 2026, due long after Autumn 1, led by the trust alone."""
    given = {"ref": f"action{n:04}", "code": f"A-{n:02}", "title": f"Action {n}", "status": None}
    given |= {"due_on": date(2027, 6, 1), "first_due_on": None}
    return an_action(**(given | changes))


def said(n: int, on: date, status: Status | None = None, **changes: Any) -> Any:
    """An update of action n."""
    ref = f"u{n:03}{on:%y%m%d}"
    return an_update(ref=ref, action=f"action{n:04}", on=on, status=status, **changes)


def share(kpi: Kpi, *rows: Any, period: Any = AUTUMN, **more: Any) -> tuple[int, int] | None:
    """Numerator and denominator of a period; None without a value."""
    found = {v.period: v for v in counted_values(a_picture(kpi, *ORGANISATIONS, *rows, **more), kpi)}
    return (found[period].numerator, found[period].denominator) if period in found else None


FRESH = a_counted(Counted.FRESH_UPDATES)
LED = a_counted(Counted.LED_BY_OTHERS)
ACROSS = a_counted(Counted.ACROSS_SECTORS)
ON_TIME = a_counted(Counted.DONE_ON_TIME)
EVIDENCE = a_counted(Counted.EVIDENCE_ON_FILE)
ACTIVE = a_counted(Counted.ACTIVE_MEMBERS)
ARRIVED = a_counted(Counted.DATA_ARRIVED)


# What all have in common


def test_a_value_is_the_trusts_share_with_both_counts():
    # Two open actions, one of them with an update on 1 Oct 2026: 1 of 2, 50 %.
    picture = a_picture(FRESH, action(1), action(2), said(1, date(2026, 10, 1)))
    value = counted_values(picture, FRESH)[-1]
    assert (value.number, value.numerator, value.denominator) == (50.0, 1, 2)
    assert (value.place, value.period, value.recorded_at) == (TRUST.ref, AUTUMN, None)


def test_there_is_a_value_for_each_period_that_is_over_since_the_plan_began():
    # Written down on 5 Jan 2026, the first day of Spring 1; today is in Autumn 2, 2026/27, which is not over.
    first = date(2026, 1, 5)
    picture = a_picture(FRESH, action(1, added_on=first, starts_on=first))
    periods = [v.period for v in counted_values(picture, FRESH)]
    assert periods == [half_term(2025, 3), half_term(2025, 4), half_term(2025, 5), SUMMER, AUTUMN]


@pytest.mark.parametrize(("on", "over"), [(LAST, False), (LAST + DAY, True)])
def test_a_period_is_counted_from_the_day_after_its_last(on, over):
    assert (share(FRESH, action(1), on=on) is not None) is over


def test_nothing_is_counted_of_another_version():
    assert share(FRESH, action(1, edition="edition000")) is None


def test_nothing_is_counted_after_the_version_ended():
    ended = replace(EDITION, ends_on=date(2026, 8, 31))
    assert share(FRESH, ended, action(1)) is None
    assert share(FRESH, ended, action(1), period=SUMMER) == (0, 1)


def test_an_archived_action_is_not_counted():
    assert share(FRESH, action(1), action(2, archived=True)) == (0, 1)


def test_every_audience_reads_the_same_number():
    rows = (action(1), action(2, visibility=Visibility.TASK_FORCE), said(1, date(2026, 10, 1)))
    whole = share(FRESH, *rows)
    assert {share(FRESH, *rows, audience=audience) for audience in Audience} == {whole}
    assert whole == (1, 2)


@hypothesis_settings(max_examples=40)
@given(days=st.integers(1, 20), status=st.sampled_from([None, *Status]), counted=st.sampled_from(list(Counted)))
def test_what_is_said_later_never_changes_a_period_that_is_over(days, status, counted):
    kpi = a_counted(counted)
    rows = [
        action(1, due_on=date(2026, 10, 1), status=Status.DONE, evidence="Minutes", organisation=KITCHEN.ref),
        action(2, due_on=date(2026, 10, 20), first_due_on=date(2026, 10, 20), status=Status.ON_TRACK),
        said(1, date(2026, 9, 25), Status.DONE),
        said(2, date(2026, 9, 25), Status.ON_TRACK),
    ]
    later = said(2, LAST + days * DAY, status, new_due_on=date(2027, 1, 8))
    now = replace(rows[1], due_on=date(2027, 1, 8), status=status or Status.ON_TRACK)
    assert share(kpi, *rows, now, later) == share(kpi, *rows)


def test_a_kpi_that_is_a_count_holds_the_number_itself():
    kpi = a_counted(Counted.FRESH_UPDATES, measure=Measure.COUNT, unit="actions")
    value = counted_values(a_picture(kpi, action(1), action(2), said(1, date(2026, 10, 1))), kpi)[-1]
    assert value.number == 1.0


def test_a_kpi_that_is_reported_has_no_counted_values():
    assert counted_values(a_picture(a_kpi(), action(1)), a_kpi()) == ()


# T03 Fresh updates


@pytest.mark.parametrize(
    ("on", "fresh"),
    [
        (date(2026, 9, 8), 1),  # 23 Oct less 45 days: 22 days back to 1 Oct, 30 of September less 7
        (date(2026, 9, 7), 0),  # 46 days
        (LAST, 1),
        (LAST + DAY, 0),
    ],
)
def test_an_update_is_fresh_for_45_days(on, fresh):
    assert share(FRESH, action(1), said(1, on)) == (fresh, 1)


def test_only_actions_open_that_day_are_asked_for_an_update():
    # Open: 1 (no update), 4 (done a day later), 5 (stopped and taken up again). Not: 2 done, 3 stopped, 6 yet to start.
    rows = (
        action(1),
        *(action(2), said(2, LAST, Status.DONE)),
        *(action(3), said(3, date(2026, 9, 30), Status.STOPPED)),
        *(action(4, status=Status.DONE), said(4, LAST + DAY, Status.DONE)),
        *(action(5), said(5, date(2026, 6, 1), Status.STOPPED), said(5, date(2026, 7, 1), Status.ON_TRACK)),
        action(6, starts_on=LAST + DAY),
    )
    assert share(FRESH, *rows) == (0, 3)


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({"starts_on": LAST, "added_on": date(2026, 9, 1)}, True),
        ({"starts_on": LAST + DAY, "added_on": date(2026, 9, 1)}, False),
        ({"starts_on": date(2026, 4, 13), "added_on": LAST}, True),
        ({"starts_on": date(2026, 4, 13), "added_on": LAST + DAY}, False),
        ({"starts_on": None, "added_on": None}, True),
    ],
)
def test_an_action_counts_once_it_has_started_and_is_written_down(changes, there):
    assert (share(FRESH, action(1, **changes)) == (0, 1)) is there


@pytest.mark.parametrize(("word_on", "open_then"), [(LAST, False), (LAST + DAY, True)])
def test_a_closing_that_no_update_dates_holds_from_the_last_word(word_on, open_then):
    assert (share(FRESH, action(1, status=Status.DONE), said(1, word_on)) is not None) is open_then


# B15 Led by others, A13 Joint work across sectors


def test_led_by_others_leaves_out_the_trust_under_its_own_name():
    rows = (action(1), action(2, organisation=ITSELF.ref), action(3, organisation=KITCHEN.ref))
    assert share(LED, *rows) == (1, 3)


@pytest.mark.parametrize(
    ("changes", "across"),
    [
        ({}, 0),
        ({"supporters": (MOSQUE.ref,)}, 1),
        ({"organisation": KITCHEN.ref}, 1),
        ({"supporters": (COLLEGE.ref,)}, 0),  # the trust's own sector, in other letters
        ({"supporters": (COLLEGE.ref, MOSQUE.ref)}, 1),
        ({"supporters": (UNKNOWN.ref,)}, 0),
        ({"organisation": ITSELF.ref, "supporters": (ITSELF.ref,)}, 0),
    ],
)
def test_work_is_joint_when_a_partner_is_from_another_sector(changes, across):
    assert share(ACROSS, action(1, **changes)) == (across, 1)


# T02 Done on time


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        (LAST, LAST, (1, 1)),
        (LAST, LAST + DAY, (0, 1)),
        (LAST + DAY, LAST, None),
        (BEFORE, BEFORE, None),
        (BEFORE + DAY, BEFORE + DAY, (1, 1)),  # in the holiday: it counts in the period after
    ],
)
def test_done_on_time_is_done_by_a_date_that_fell_in_the_period(due, done, expected):
    rows = (action(1, due_on=due, status=Status.DONE), said(1, done, Status.DONE))
    assert share(ON_TIME, *rows) == expected


def moved(first: date, due: date, done: date) -> tuple[Any, ...]:
    """An action whose date was moved on 1 July 2026, and that was done on a day."""
    return (
        action(1, first_due_on=first, due_on=due, status=Status.DONE),
        said(1, date(2026, 7, 1), new_due_on=due),
        said(1, done, Status.DONE),
    )


def test_moving_a_date_within_the_period_does_not_make_it_on_time():
    rows = moved(date(2026, 10, 10), date(2026, 10, 20), done=date(2026, 10, 15))
    assert share(ON_TIME, *rows) == (0, 1)


def test_a_promise_moved_to_a_later_period_was_missed_once_and_may_be_kept_once():
    rows = moved(date(2026, 7, 10), date(2026, 10, 20), done=date(2026, 10, 15))
    assert (share(ON_TIME, *rows, period=SUMMER), share(ON_TIME, *rows)) == ((0, 1), (1, 1))


@pytest.mark.parametrize(("moved_on", "expected"), [(LAST, None), (LAST + DAY, (0, 1))])
def test_a_date_moved_after_the_period_is_over_was_missed_in_it(moved_on, expected):
    # First due in July, moved to 20 Oct; moved again to January, on the last day and a day later.
    again = date(2027, 1, 8)
    rows = (*moved(date(2026, 7, 10), date(2026, 10, 20), done=again), said(1, moved_on, new_due_on=again))
    assert share(ON_TIME, *rows, replace(rows[0], status=Status.ON_TRACK, due_on=again)) == expected


@pytest.mark.parametrize(("word_on", "expected"), [(LAST, (0, 1)), (LAST + DAY, None)])
def test_a_date_that_no_update_moved_holds_from_the_last_word(word_on, expected):
    row = action(1, first_due_on=date(2026, 7, 10), due_on=date(2026, 10, 20))
    assert share(ON_TIME, row, said(1, word_on)) == expected


@pytest.mark.parametrize(("stopped_on", "expected"), [(LAST, None), (LAST + DAY, (0, 1))])
def test_an_action_stopped_before_its_date_is_not_due_any_more(stopped_on, expected):
    rows = (action(1, due_on=LAST, status=Status.STOPPED), said(1, stopped_on, Status.STOPPED))
    assert share(ON_TIME, *rows) == expected


@pytest.mark.parametrize(("added_on", "expected"), [(LAST, (0, 1)), (LAST + DAY, None)])
def test_an_action_written_down_after_its_date_was_no_promise(added_on, expected):
    assert share(ON_TIME, action(1, due_on=LAST, added_on=added_on)) == expected


def test_done_without_a_word_that_says_when_is_not_on_time():
    rows = (action(1, due_on=LAST, status=Status.DONE), said(1, date(2026, 9, 25)))
    assert share(ON_TIME, *rows) == (0, 1)


# T05 Evidence on file


def test_evidence_is_asked_of_what_is_done_and_not_of_what_was_stopped():
    # Done by 23 Oct: 1 with evidence, 2 without. Stopped: 3. Done a day later: 4.
    rows = (
        *(action(1, status=Status.DONE, evidence="Minutes"), said(1, LAST, Status.DONE)),
        *(action(2, status=Status.DONE), said(2, LAST, Status.DONE)),
        *(action(3, status=Status.STOPPED, evidence="Letter"), said(3, LAST, Status.STOPPED)),
        *(action(4, status=Status.DONE, evidence="Photo"), said(4, LAST + DAY, Status.DONE)),
    )
    assert share(EVIDENCE, *rows) == (1, 2)


# T01 Active members


@pytest.mark.parametrize(
    ("changes", "members"),
    [
        ({"joined_on": LAST}, 1),
        ({"joined_on": LAST + DAY}, 0),
        ({"left_on": LAST}, 1),
        ({"left_on": LAST - DAY}, 0),
    ],
)
def test_members_are_those_on_the_last_day_without_the_trust_itself(changes, members):
    picture = a_picture(ACTIVE, ITSELF, MOSQUE, replace(KITCHEN, **changes))
    assert counted_values(picture, ACTIVE)[-1].denominator == 1 + members


@pytest.mark.parametrize(("on", "active"), [(BEFORE, 0), (BEFORE + DAY, 1), (LAST, 1), (LAST + DAY, 0)])
def test_a_member_whose_person_gave_an_update_in_the_period_is_active(on, active):
    denise = replace(MEMBER, organisation=MOSQUE.ref)
    # Members: all but the trust itself, so four.
    assert share(ACTIVE, denise, action(1), said(1, on, by=denise.ref)) == (active, 4)


@pytest.mark.parametrize(
    ("starts", "ends", "active"),
    [
        (LAST, None, 1),
        (LAST + DAY, None, 0),
        (BEFORE, None, 0),
        (BEFORE, BEFORE + DAY, 1),
    ],
)
def test_a_member_that_came_to_an_event_in_the_period_is_active(starts, ends, active):
    supper = Event("eventsuppe", "Supper", None, starts, ends, organisations=(KITCHEN.ref, ITSELF.ref))
    assert share(ACTIVE, supper) == (active, 4)


# T06 Data arrived. The values of Summer 2, 2025/26 (to 20 July) are due 14 days later, on 3 Aug 2026: in Autumn 1.


def by_schools() -> Kpi:
    return a_kpi(reported_by=ReportedBy.SCHOOLS, lag_days=14)


def sent(place: str, on: date, **changes: Any) -> Any:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return a_value(place=place, period=SUMMER, **({"recorded_at": at, "first_recorded_at": at} | changes))


@pytest.mark.parametrize(("on", "on_time"), [(date(2026, 8, 3), 1), (date(2026, 8, 4), 0)])
def test_a_value_arrived_when_it_was_recorded_by_its_due_date(on, on_time):
    assert share(ARRIVED, by_schools(), values=(sent(HAZEL.ref, on),)) == (on_time, 2)


def test_a_late_correction_leaves_the_value_on_time():
    late = datetime(2026, 9, 30, 12, tzinfo=UTC)
    value = sent(HAZEL.ref, date(2026, 8, 3), recorded_at=late, corrects=True)
    assert share(ARRIVED, by_schools(), values=(value,)) == (1, 2)


def test_a_place_that_says_not_applicable_has_answered():
    value = sent(HAZEL.ref, date(2026, 8, 3), number=None, state=State.NOT_APPLICABLE)
    assert share(ARRIVED, by_schools(), values=(value,)) == (1, 2)


def test_a_value_of_a_group_is_not_the_one_that_is_expected():
    assert share(ARRIVED, by_schools(), values=(sent(HAZEL.ref, date(2026, 8, 3), group="FSM: yes"),)) == (0, 2)


@pytest.mark.parametrize(("added", "expected"), [(date(2026, 8, 3), (0, 2)), (date(2026, 8, 4), None)])
def test_nothing_is_expected_of_a_kpi_before_it_was_written_down(added, expected):
    assert share(ARRIVED, by_schools(), added={"kpi0000001": added}) == expected


def test_nothing_is_expected_of_what_the_app_counts_itself():
    assert share(ARRIVED, FRESH, action(1)) is None


def test_the_due_date_decides_the_period():
    # Due 23 Oct with a lag of 0 days and 24 Oct with one of 1: the values of Autumn 1 itself.
    # With 0 days, those of Summer 2 were due on 20 July, the day before Autumn 1 begins here.
    assert share(ARRIVED, a_kpi(lag_days=0)) == (0, 1)
    assert [(i.words, i.note) for i in looked_at(ARRIVED, a_kpi(lag_days=0))] == [
        ("K-A02 Persistent absence, Our Trust, Autumn 1, 2026/27", "due 23 Oct 2026")
    ]
    assert [i.words[-17:] for i in looked_at(ARRIVED, a_kpi(lag_days=1))] == ["Summer 2, 2025/26"]


def looked_at(kpi: Kpi, *rows: Any) -> list[Any]:
    tally = account(a_picture(kpi, *rows), kpi, AUTUMN)
    assert tally is not None
    return [replace(i, note=i.note.replace("\N{NO-BREAK SPACE}", " ")) for i in (*tally.counting, *tally.not_counting)]


# What stands behind a number


def test_the_account_names_what_does_not_count_and_why():
    picture = a_picture(FRESH, action(1), action(2), action(3), said(1, LAST), said(2, date(2026, 9, 7)))
    tally = account(picture, FRESH, AUTUMN)
    assert tally is not None
    assert [i.ref for i in tally.counting] == ["action0001"]
    assert [(i.words, i.note.replace("\N{NO-BREAK SPACE}", " ")) for i in tally.not_counting] == [
        ("A-02 Action 2", "last update 7 Sep 2026"),
        ("A-03 Action 3", "no update yet"),
    ]
    said_ = tally.words.replace("\N{NO-BREAK SPACE}", " ")
    assert said_ == "1 of 3 open actions had an update in the 45 days to Fri 23 Oct 2026"


def test_there_is_no_account_of_a_period_that_was_not_counted():
    picture = a_picture(FRESH, action(1))
    assert account(picture, FRESH, half_term(2026, 2)) is None
    assert account(picture, a_kpi(), AUTUMN) is None


# Judged, drawn and asked for as any other, but of nobody


def test_a_counted_kpi_is_judged_by_its_newest_period():
    # 1 of 2 is 50 %; from 0 % at the end of Summer 2, 2024/25 to 40 % by Summer 2, 2026/27.
    kpi = replace(FRESH, baseline=0.0, baseline_period=half_term(2024, 6))
    aim = a_target(kpi=kpi.ref, number=40.0)
    picture = a_picture(kpi, aim, action(1), action(2), said(1, LAST))
    assert verdict(picture, kpi).standing is Standing.ACHIEVED
    assert latest(picture, kpi, TRUST.ref).value == trust_series(picture, kpi)[-1][0]


def test_a_newest_period_with_nothing_to_count_is_not_applicable_and_nobody_is_blamed():
    rows = (action(1, status=Status.DONE), said(1, date(2026, 9, 30), Status.DONE))
    picture = a_picture(FRESH, *rows)
    assert verdict(picture, FRESH).standing is Standing.NOT_APPLICABLE
    assert [(f.period, f.missing) for f in figures(picture, FRESH, TRUST.ref)[-2:]] == [
        (SUMMER, None),
        (AUTUMN, Missing.NOT_APPLICABLE),
    ]


def test_what_was_typed_in_before_it_was_counted_is_not_shown():
    typed = a_value(99.0, kpi=FRESH.ref)
    at_school = a_value(98.0, kpi=FRESH.ref, place=HAZEL.ref)
    picture = a_picture(FRESH, action(1), values=(typed, at_school))
    assert [f.value.number for f in figures(picture, FRESH, TRUST.ref) if f.value] == [0.0, 0.0, 0.0]
    assert figures(picture, FRESH, HAZEL.ref) == []


def test_nobody_is_asked_for_a_counted_kpi():
    kpi = replace(FRESH, reported_by=ReportedBy.SCHOOLS)
    picture = a_picture(kpi, action(1))
    assert places_to_enter(picture, kpi, LEADER) == []
    assert [p.ref for p in reporting_places(picture, kpi, TODAY)] == [TRUST.ref]
    asked = figures_in(picture, EDITION.ref, Filter())
    assert asked is not None
    assert asked.expected == 0


def test_a_counted_kpi_with_numbers_is_no_gap():
    assert coverage(a_picture(FRESH, action(1)), EDITION.ref).kpis_without_values == ()
    assert coverage(a_picture(FRESH), EDITION.ref).kpis_without_values == (FRESH,)


# Read from the store


def test_a_correction_keeps_the_moment_its_slot_was_first_filled(store: Store):
    given: dict[str, Any] = {"by": LEADER, "kpi": "kpi0000001", "place": TRUST.ref, "period": AUTUMN}
    seen = record_value(store, now=NOW, number=24.1, seen=0, **given)
    seen = record_value(store, now=NOW + DAY, number=24.0, seen=seen, note="late register", **given)
    record_value(store, now=NOW + 2 * DAY, number=23.9, seen=seen, note="once more", **given)
    picture = load(store, NOW + 3 * DAY, Audience.LEADERS)
    (value,) = picture.series("kpi0000001")
    assert (value.number, value.recorded_at, value.first_recorded_at) == (23.9, NOW + 2 * DAY, NOW)
    assert picture.latest["kpi0000001", TRUST.ref, ""] == value


def test_a_picture_knows_when_a_kpi_was_first_written_down(store: Store):
    assert load(store, NOW, Audience.LEADERS).kpi_added == {"kpi0000001": date(2026, 9, 1)}


def test_fresh_updates_of_the_sample_are_those_of_its_workbook(loaded_sample):
    book = Workbook(SAMPLE)
    fresh = open_then = 0
    for row in book.actions:
        words = [u for u in book.sheets["Updates"] if u["action"] == row["code"] and u["date"] <= LAST]
        words.sort(key=lambda u: u["date"])
        status = [u["status"] for u in words if u["status"]]
        begun = max(d for d in (row["start"], row["recorded on"]) if d) <= LAST
        if begun and (not status or status[-1] not in ("done", "stopped")):
            open_then += 1
            fresh += bool(words) and (LAST - words[-1]["date"]).days <= 45
    store = Store.open(loaded_sample)
    picture = load(store, NOW, Audience.LEADERS)
    assert picture.edition is not None
    kpi = replace(FRESH, edition=picture.edition.ref)
    value = next(v for v in counted_values(picture, kpi) if v.period == AUTUMN)
    store.close()
    assert (value.numerator, value.denominator) == (fresh, open_then)
    assert 0 < fresh < open_then
