"""Locked figures: every way in asks the same rule. A leader who says why may still write; nobody else may."""

from datetime import date

import pytest

from framework.access.by_link_form import SentFigure
from framework.deeds import importing
from framework.deeds.answering import key_of
from framework.deeds.freezing import freeze
from framework.deeds.locking import check_rows_open, why_locked
from framework.deeds.measuring import set_target
from framework.deeds.proposing import accept, accept_all, clash
from framework.deeds.recording import record_value
from framework.errors import ValueRefused
from framework.meetings import LockKind
from framework.people import Audience
from framework.store import proposals
from framework.store.pictures import load
from framework.subjects import VALUES, data_of
from framework.workbook.plan import Plan, RowChange, Written
from tests.conftest import HAZEL, LEADER, NOW, SCHOOL_CONTACT, TRUST, a_value, half_term, put
from tests.deeds.grounds import ground  # noqa: F401
from tests.deeds.test_answering import MEALS, SLOT, furnish, send
from tests.rules.test_meetings import a_meeting

AUTUMN, KPI = half_term(2026, 1), "kpi0000001"
YESTERDAY, TOMORROW = date(2026, 11, 12), date(2026, 11, 14)
DAYS = {
    LockKind.NOT_YET: {"opens_on": TOMORROW},
    LockKind.OVER: {"closes_on": YESTERDAY},
    LockKind.CLOSED: {"closed_on": YESTERDAY},
    LockKind.FROZEN: {"closes_on": YESTERDAY},
}
WORDS = {
    LockKind.NOT_YET: "cannot be sent yet",
    LockKind.OVER: "The time to send",
    LockKind.CLOSED: "Priya Leader closed the window",
    LockKind.FROZEN: "is frozen",
}
WHY = "One register came late."


@pytest.fixture
def plan(store):
    """A school's KPI, and a link that asks its contact for a figure of it; no window is there yet."""
    return furnish(store)


def lock(store, kind=LockKind.OVER):
    """Shut the window over Autumn 1 in one of the four ways; the leader did it."""
    put(store, a_meeting(**DAYS[kind]), now=NOW, by=LEADER)
    if kind is LockKind.FROZEN:
        freeze(store, by=LEADER, now=NOW, meeting="meeting001")


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def record(store, by, note=""):
    slot = {"kpi": MEALS.ref, "place": HAZEL.ref, "period": AUTUMN, "number": 41.0}
    return record_value(store, by=by, now=NOW, seen=0, note=note, **slot)


@pytest.mark.parametrize("kind", LockKind)
def test_a_contact_is_told_in_each_way_s_own_words_and_a_leader_may_say_why(plan, kind):
    store, _ = plan
    lock(store, kind)
    for by, note in ((SCHOOL_CONTACT, ""), (SCHOOL_CONTACT, WHY), (LEADER, "")):
        with pytest.raises(ValueRefused, match=WORDS[kind]):
            record(store, by, note)
    assert picture(store).series(MEALS.ref) == ()
    record(store, LEADER, WHY)
    assert [v.note for v in picture(store).series(MEALS.ref)] == [WHY]


def test_an_open_window_and_no_window_at_all_lock_nothing(plan):
    store, _ = plan
    assert why_locked(store, picture(store), SCHOOL_CONTACT, AUTUMN, HAZEL.ref) == ""
    put(store, a_meeting(), now=NOW)
    record(store, SCHOOL_CONTACT)
    assert len(picture(store).series(MEALS.ref)) == 1


def aim(store, reason="", period=AUTUMN):
    return set_target(store, by=LEADER, now=NOW, kpi=KPI, period=period, number=22.0, seen=0, reason=reason)


@pytest.mark.parametrize("kind", LockKind)
def test_a_target_of_a_window_that_has_closed_asks_why(store, kind):
    lock(store, kind)
    if kind is not LockKind.NOT_YET:
        with pytest.raises(ValueRefused, match=WORDS[kind]):
            aim(store)
    assert aim(store, reason="" if kind is LockKind.NOT_YET else WHY)
    assert aim(store, period=half_term(2026, 2))  # of a period that no window covers


def test_a_figure_by_link_is_refused_in_words_and_nothing_of_it_is_kept(plan):
    store, _ = plan
    lock(store, LockKind.CLOSED)
    sent = {key_of(SLOT): SentFigure(numerator="48", denominator="200", note="all counted")}
    done = send(plan, figures=sent)
    assert WORDS[LockKind.CLOSED] in done.problems[key_of(SLOT)]
    assert (done.told, proposals.waiting(store)) == ((), [])


def test_a_repeat_of_what_was_sent_in_time_is_no_late_figure(plan):
    store, _ = plan
    sent = {key_of(SLOT): SentFigure(numerator="48", denominator="200")}
    send(plan, figures=sent)
    lock(store)
    assert send(plan, figures=sent).problems == {}
    assert len(proposals.waiting(store)) == 1


def proposed(plan, **said):
    """A figure that was sent in time, and whose window has closed since."""
    send(plan, figures={key_of(SLOT): SentFigure(numerator="48", denominator="200", **said)})
    lock(plan[0])
    return proposals.waiting(plan[0])[0].ref


def test_an_accepted_figure_of_a_window_that_has_closed_needs_a_reason(plan):
    store, _ = plan
    ref = proposed(plan)
    with pytest.raises(ValueRefused, match="if you say why"):
        accept(store, by=LEADER, now=NOW, proposal=ref)
    assert accept(store, by=LEADER, now=NOW, proposal=ref, edited={"note": WHY})
    assert [v.note for v in picture(store).series(MEALS.ref)] == [WHY]


@pytest.mark.parametrize(("said", "words"), [({"note": "We were ill."}, ""), ({}, WHY)])
def test_the_sender_s_words_or_the_leader_s_answer_are_a_reason(plan, said, words):
    assert accept(plan[0], by=LEADER, now=NOW, proposal=proposed(plan, **said), words=words)


def test_a_leader_looks_at_it_first_and_it_is_not_accepted_with_all_others(plan):
    store, _ = plan
    ref = proposed(plan, note="We were ill.")
    assert "if you say why" in clash(picture(store), proposals.one(store, ref))
    assert list(accept_all(store, by=LEADER, now=NOW, proposals=[ref]).left) == [ref]


def load_values(store, *values, **more):
    """Load these values as if a file had brought them."""
    rows = tuple(
        RowChange("value", v.ref, v.ref, "Values", n, 0, True, None, data_of(VALUES, v)) for n, v in enumerate(values)
    )
    of_file = Plan(changes=rows, based_on=picture(store).change)
    return importing.apply(store, by=LEADER, now=NOW, plan=of_file, content=b"a file", name="figures.csv", **more)


AT_SCHOOL = {"kpi": MEALS.ref, "place": HAZEL.ref}


def test_a_load_with_locked_figures_says_how_many_and_in_whose_window(plan):
    store, _ = plan
    lock(store)
    other = a_value(ref="value00003", period=half_term(2025, 6), **AT_SCHOOL)
    values = (a_value(place=TRUST.ref), a_value(ref="value00002", **AT_SCHOOL), other)
    with pytest.raises(ValueRefused) as refused:
        load_values(store, *values)
    assert str(refused.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "2 values lie in windows that are not open: Board, Tue 24 Nov 2026 (2). Say why they change. Nothing was saved."
    )
    assert load_values(store, *values, reason=WHY).new == 3


def test_whoever_leads_nothing_gives_no_reason_that_counts(plan):
    store, _ = plan
    lock(store)
    late = Written("value", "value00002", data_of(VALUES, a_value(**AT_SCHOOL)), 0, True, False)
    with pytest.raises(ValueRefused, match="Ask a trust leader to do it"):
        check_rows_open(store, by=SCHOOL_CONTACT, now=NOW, rows=[late], why=WHY)


def test_a_load_that_touches_no_locked_figure_asks_nothing(plan):
    store, _ = plan
    lock(store)
    assert load_values(store, a_value(period=half_term(2026, 2), **AT_SCHOOL)).new == 1
