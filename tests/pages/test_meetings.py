"""Meetings and one meeting: what comes next, the window in one press, what changed after it; and locked figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from framework.access.by_link_cards import figure_card
from framework.access.by_link_form import SentFigure
from framework.deeds import convening, recording
from framework.kpis.kpi import Kpi, ReportedBy
from framework.meetings import Meeting
from framework.people import Role
from pages import ui
from tests.by_link_pages import ABSENCE
from tests.conftest import HAZEL, LEADER, NOW, a_kpi, half_term, put
from tests.pages.bringing import added, loading, taken_out
from tests.pages.reading import field, links, opened, press, said
from tests.rules.test_meetings import AUTUMN, a_meeting

View = Callable[[Role | None], Any]
BOARD = "meeting001"
MEALS = a_kpi(ref="kpischool1", code="K-A09", title="Meals", reported_by=ReportedBy.SCHOOLS)


def meeting() -> Meeting:
    return ui.picture().meetings[BOARD]


def errors(app: Any) -> str:
    return " ".join(e.value.replace("\\", "") for e in app.error)


def listed(app: Any) -> str:
    """The page's words below its heading: the choice of a moment above it names meetings too."""
    return said(app).partition("The calendar")[2]


def buttons(app: Any) -> set[str]:
    return {b.label for b in app.button}


def test_what_comes_next_stands_first_with_its_papers_and_window(viewed_as: View) -> None:
    words = listed(opened(viewed_as(Role.LEADER), "meetings.py"))
    assert (
        "Next: Board of trustees on Tue 24 Nov 2026, in 7 school days. Papers are due on Tue 17 Nov 2026, in 2 school "
        "days. Window for Autumn 1, 2026/27: open until Mon 16 Nov 2026, 2 school days left; "
    ) in words
    assert words.index("To come") < words.index("Hazel Grange local academy committee") < words.index("Held")


def test_the_list_can_be_narrowed_to_one_kind(viewed_as: View) -> None:
    words = listed(opened(viewed_as(Role.LEADER), "meetings.py", kind="Task force"))
    assert "Community Task Force" in words
    assert "Board of trustees" not in words


def test_a_leader_adds_a_meeting_and_what_is_wrong_stays_in_the_form(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "meetings.py")
    assert "Here will be every meeting" in said(app)
    press(app, "Add this meeting")
    assert "has no title" in errors(app)
    field(app, "text_input", "Title").set_value("Board of trustees")
    field(app, "date_input", "Held on").set_value(date(2026, 11, 24))
    press(app, "Add this meeting")
    assert [m.title for m in ui.picture().meetings.values()] == ["Board of trustees"]
    assert "Next: Board of trustees on Tue 24 Nov 2026" in said(app)


def test_a_leader_closes_a_window_in_one_press_and_opens_it_again_with_a_reason(small_app: View) -> None:
    put(ui.store(), a_meeting(), now=NOW)
    app = opened(small_app(Role.LEADER), "meeting.py", ref=BOARD)
    assert "Open until Mon 16 Nov 2026, 2 school days left." in said(app)
    press(app, "Close it now")
    assert "Closed by hand on Fri 13 Nov 2026." in said(app)
    assert f"when {LEADER.name} closed it. No figure was." in said(app)
    press(app, "Open it again")
    assert "Say why" in errors(app)
    field(app, "text_input", "Why").set_value("Two schools were ill.")
    press(app, "Open it again")
    assert (meeting().closed_on, meeting().closes_on) == (None, date(2026, 11, 20))


def test_a_leader_who_looked_at_an_older_state_is_told_so(small_app: View) -> None:
    put(ui.store(), a_meeting(), now=NOW)
    app = opened(small_app(Role.LEADER), "meeting.py", ref=BOARD)
    facts = {"note": "In the hall."}
    convening.change_meeting(ui.store(), by=LEADER, now=ui.now(), meeting=BOARD, facts=facts, seen=1)
    press(app, "Close it now")
    assert errors(app)
    assert meeting().closed_on is None


def test_the_two_figures_that_were_corrected_after_the_last_board_s_window_are_listed(viewed_as: View) -> None:
    app = viewed_as(Role.GOVERNOR)
    board = next(m for m in ui.picture().meetings.values() if m.on == date(2026, 7, 7) and m.kind == "board")
    opened(app, "meeting.py", ref=board.ref)
    words = said(app)
    assert "Beside what was known at the end of Mon 29 Jun 2026." in words
    # data/sample/oddities.py: an attendance of 95.79 became 94.99; a persistent absence of 18.72 became 20.62.
    assert "K-A01 Attendance Canal Street Primary, Summer 1, 2025/26 95.8 % 95 % Corrected: a study day" in words
    assert "K-A02 Persistent absence Hazel Grange Primary, Summer 1, 2025/26 18.7 % 20.6 % Corrected" in words
    assert {"since": "2026-03-24", "as_at": "2026-07-07"} in links(app, "changes")
    assert not buttons(app) & {"Open it again", "Close it now", "Open it now", "Save this meeting"}


def test_a_meeting_that_is_not_there_says_so(small_app: View) -> None:
    assert "There is no such meeting here" in said(opened(small_app(Role.LEADER), "meeting.py", ref="nosuchmeet"))


# Locked figures


def locked(kpi: Kpi = MEALS, **days: date) -> None:
    put(ui.store(), kpi, a_meeting(**days), now=NOW)


def test_a_contact_reads_why_a_figure_is_locked_and_is_asked_for_nothing(small_app: View) -> None:
    locked(closes_on=date(2026, 11, 12))
    app = opened(small_app(Role.SCHOOL_CONTACT), "kpi_edit.py", ref=MEALS.ref, do="value", place=HAZEL.ref)
    assert "Locked. The time to send Autumn 1, 2026/27 is over" in said(app)
    assert "Save this value" not in buttons(app)


def test_a_window_that_closes_while_a_contact_types_leaves_what_was_typed(small_app: View) -> None:
    locked()
    app = opened(small_app(Role.SCHOOL_CONTACT), "kpi_edit.py", ref=MEALS.ref, do="value", place=HAZEL.ref)
    convening.close_window(ui.store(), by=LEADER, now=ui.now(), meeting=BOARD, seen=1)
    field(app, "number_input", "How many").set_value(50)
    field(app, "number_input", "Out of how many").set_value(206)
    press(app, "Save this value")
    assert f"Ask {LEADER.name} to open it again" in errors(app)
    assert field(app, "number_input", "How many").value == 50


def test_a_leader_is_asked_why_before_typing_and_may_save(small_app: View) -> None:
    locked(closes_on=date(2026, 11, 12))
    app = opened(small_app(Role.LEADER), "kpi_edit.py", ref=MEALS.ref, do="value", place=HAZEL.ref)
    assert "As a leader you can still save it if you say why" in said(app)
    field(app, "number_input", "How many").set_value(50)
    field(app, "number_input", "Out of how many").set_value(206)
    field(app, "text_area", "Why it comes now").set_value("The school was closed.")
    press(app, "Save this value")
    assert recording.value_seen(ui.picture(), MEALS.ref, HAZEL.ref, AUTUMN).numerator == 50


def test_a_load_says_beforehand_how_many_of_its_figures_are_locked(trust: View) -> None:
    locked(closes_on=date(2026, 11, 12))
    app = trust(Role.LEADER)
    late = {"KPI": "K-A09", "place": HAZEL.name, "period": AUTUMN.words, "value": 24.0}
    on_time = {**late, "period": half_term(2025, 6).words}
    loading(app, taken_out(added("Values", **late), added("Values", **on_time), sheets=("Values",)))
    assert "Locked. 1 value lies in a window that is not open: Board, Tue 24 Nov 2026 (1)." in said(app)
    press(app, "Load 2 rows")
    assert "Say why they change." in errors(app)
    field(app, "text_input", "Why (needed: some windows are not open)").set_value("It came by post.")
    press(app, "Load 2 rows")
    assert [v.number for v in ui.picture().series(MEALS.ref)] == [24.0, 24.0]


def test_the_link_s_page_has_the_sentence_in_place_of_the_boxes_until_something_was_typed() -> None:
    card = replace(ABSENCE, locked="Its window ended. Ask a trust leader.")
    shut = figure_card(card, 0)
    assert "<b>Locked.</b> Its window ended." in shut
    assert "<input" not in shut
    typed = figure_card(replace(card, said=SentFigure(numerator="48"), problem="Its window ended."), 0)
    assert 'value="48"' in typed or "value=48" in typed
