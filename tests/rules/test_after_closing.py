"""What was changed after a window had closed."""

from dataclasses import replace

import pytest

from framework.kpis.kpi import State, Symbol
from framework.picture.after_closing import NOTHING, changed_after, then_and_now
from framework.picture.shape import Picture
from tests.conftest import AGNES, HAZEL, TRUST, a_kpi, a_target, a_value, half_term
from tests.rules.pictured import a_picture
from tests.rules.test_meetings import AUTUMN, a_meeting

KPI = "kpi0000001"
BOARD = a_meeting()


def pictured(values=(), targets=(), change=1, **more) -> Picture:
    picture = a_picture(BOARD, *targets, values=tuple(values), without=("target",), **more)
    return replace(picture, kpi_changes={KPI: change})


def found(closed, now, meeting=BOARD):
    told = [(one.table, *then_and_now(one)) for one in changed_after(closed, now, meeting)]
    return [tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in one) for one in told]


OLD = a_value(24.1, version=3)
CASES = {
    "it came": ([], [OLD], [("value", NOTHING, "24.1 %")]),
    "it was corrected": ([OLD], [a_value(23.0, version=8)], [("value", "24.1 %", "23 %")]),
    "by less than is shown": ([OLD], [a_value(24.13, version=8)], [("value", "24.1 %", "24.13 %")]),
    "it was said again": ([OLD], [replace(OLD, version=8)], [("value", "24.1 %", "24.1 %")]),
    "it was taken back": ([OLD], [], [("value", "24.1 %", NOTHING)]),
    "a true nought": ([], [a_value(0.0, version=8)], [("value", NOTHING, "0 %")]),
    "it is none": ([OLD], [a_value(None, state=State.NOT_APPLICABLE, version=8)],
                   [("value", "24.1 %", "Not applicable here")]),
    "it is hidden": ([], [a_value(None, symbol=Symbol.SUPPRESSED, version=8)], [("value", NOTHING, "Hidden")]),
    "it stayed": ([OLD], [OLD], []),
    "another period": ([], [a_value(period=half_term(2026, 2), version=8)], []),
    "a group": ([], [a_value(group="FSM: yes", version=8)], [("value", NOTHING, "24.1 %")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_value_that_is_not_what_it_was_when_its_window_closed_is_listed(name):
    before, after, listed = CASES[name]
    assert found(pictured(before), pictured(after, change=9)) == listed


AIM = a_target(period=AUTUMN)


@pytest.mark.parametrize(("before", "after", "listed"), [
    ([], [AIM], [("target", NOTHING, "20 %")]),
    ([AIM], [replace(AIM, number=21.0)], [("target", "20 %", "21 %")]),
    ([AIM], [replace(AIM, reason="agreed by the board")], []),
    ([AIM], [], [("target", "20 %", NOTHING)]),
    ([AIM], [a_target()], [("target", "20 % for Autumn 1, 2026/27", "20 % for Summer 2, 2026/27")]),
    ([], [a_target()], []),
    ([a_target()], [AIM], [("target", "20 % for Summer 2, 2026/27", "20 % for Autumn 1, 2026/27")]),
])  # fmt: skip
def test_so_is_every_target_that_was_moved_into_what_it_covers_within_it_or_out_of_it(before, after, listed):
    closed, now = pictured(targets=before), pictured(targets=after)
    assert found(closed, now) == listed


def test_the_window_of_a_committee_lists_its_own_school_alone():
    at = [a_value(place=place, version=8) for place in (HAZEL.ref, AGNES.ref, TRUST.ref)]
    one = changed_after(pictured(), pictured(at, change=9), a_meeting(place=HAZEL.ref))
    assert [change.figure.place for change in one] == [HAZEL.ref]


def test_what_changed_of_a_kpi_that_was_put_away_since_is_not_listed():
    gone = a_picture(BOARD, a_kpi(archived=True), values=(OLD,))
    assert changed_after(pictured(), replace(gone, kpi_changes={KPI: 9}), BOARD) == ()
