"""The calendar: read by everyone; for leaders a table that enforces nothing, and the days off."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.deeds import dating
from framework.people import Role
from framework.periods import CalendarKind, CalendarLine
from framework.picture.edits import edited_rows
from framework.term_lines import seen_of
from framework.terms import from_calendar
from pages import ui, ui_calendar_table
from tests.conftest import HAZEL, LEADER, NOW, half_term, put
from tests.pages.reading import field, opened, press, said

View = Callable[[Role | None], Any]
FIRST, LAST = ui_calendar_table.OPEN


def drawn(app: Any, year: int = 2026, place: str | None = None) -> Any:
    return app.session_state[ui_calendar_table.name_of(year, place)]


def send(app: Any, year: int = 2026, place: str | None = None, **state: Any) -> Any:
    """What the browser's editor sends; a forger sends what they like."""
    whole = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
    app.session_state[drawn(app, year, place).key] = whole
    app.run()
    assert not app.exception, app.exception
    return app


def dates(place: str | None = None) -> tuple[Any, ...]:
    return from_calendar(ui.picture().calendar_lines.values(), 2026, place).half_terms


def folded(app: Any) -> list[str]:
    return [e.label.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for e in app.get("expander")]


def warned(app: Any) -> list[str]:
    return [w.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for w in app.warning]


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.SCHOOL_CONTACT])
def test_others_read_the_dates_in_a_table_and_change_nothing(small_app: View, role: Role) -> None:
    app = opened(small_app(role), "term_dates.py")
    assert "Autumn 1 Tue 1 Sep 2026 Fri 23 Oct 2026 39" in said(app)
    assert "Save these dates" not in [b.label for b in app.button]


def test_a_year_that_is_odd_is_shown_as_it_is(small_app: View) -> None:
    """No Spring 2, a month and a year dated apart, a day off at the weekend, and a place that is no school."""
    app = small_app(Role.LEADER)
    spring = next(x for x in ui.picture().calendar_lines.values() if x.period == half_term(2026, 4))
    put(
        ui.store(),
        CalendarLine("linemonth1", CalendarKind.MONTH, 2026, 1, date(2026, 9, 1), date(2026, 9, 29)),
        CalendarLine("lineyear01", CalendarKind.YEAR, 2026, 1, date(2026, 9, 1), date(2027, 8, 31)),
        CalendarLine(
            "lineclosed", CalendarKind.CLOSED, 2026, 1, date(2026, 9, 5), date(2026, 9, 5), place="placetrust"
        ),
        CalendarLine(spring.ref, spring.kind, 2026, 4, *dates()[3], version=1, archived=True),
    )
    words = said(opened(app, "term_dates.py"))
    assert "in 5 of six half-terms" in words
    assert "Spring 2 has no dates, though a later one has." in words
    assert "Whole year: a workbook dated it apart from its half-terms" in words
    assert "1 of its months" in words
    assert "Sat 5 Sep 2026: day off, Our Trust only (no school day anyway)" in folded(app)
    assert "Spring 2" not in said(opened(small_app(Role.GOVERNOR), "term_dates.py"))


@pytest.mark.parametrize(
    ("role", "next_thing"),
    [(Role.GOVERNOR, "A trust leader adds the first year."), (Role.LEADER, "Type the first year below, or load a")],
)
def test_an_empty_calendar_teaches_what_it_is_for(empty_app: View, role: Role, next_thing: str) -> None:
    assert next_thing in said(opened(empty_app(role), "term_dates.py"))


def test_a_day_is_typed_weighed_and_saved_with_what_follows(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py")
    send(app, edited_rows={0: {LAST: "2026-10-22"}})
    assert "Not saved yet: Autumn 1, Autumn term" in said(app)
    press(app, "Save these dates")
    assert dates()[0] == (date(2026, 9, 1), date(2026, 10, 22))
    assert "Autumn term Tue 1 Sep 2026 Fri 18 Dec 2026" in said(app)
    assert "Saved" in app.success[0].value


def test_a_day_that_cannot_be_is_said_and_stays_typed(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py")
    send(app, edited_rows={0: {LAST: "2025-10-22"}})
    assert warned(app)[0].startswith("Autumn 1 would end on Wed 22 Oct 2025. 2026/27 has days from")
    assert field(app, "button", "Save these dates").disabled
    send(app, edited_rows={0: {LAST: "soon"}})
    assert warned(app)[0] == 'Autumn 1, last day: found "soon", wanted a date of the calendar.'


@pytest.mark.parametrize(
    "state",
    [
        {"edited_rows": {0: {"Half-term": "Autumn 9", "School days": "0"}}},
        {"edited_rows": {6: {FIRST: "2026-09-03"}}},
        {"edited_rows": {-1: {FIRST: "2026-09-03"}}},
        {"added_rows": [{FIRST: "2026-09-03"}]},
        {"deleted_rows": [0]},
    ],
    ids=str,
)
def test_what_was_not_open_changes_nothing(state: dict[str, Any]) -> None:
    assert edited_rows(ui_calendar_table.ROWS, state.get("edited_rows"), ui_calendar_table.OPEN).changes == {}


def test_a_forged_state_is_let_go_of_and_what_was_typed_stays(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py")
    send(app, edited_rows={0: {LAST: "2026-10-22"}})
    before = drawn(app).key
    send(app, edited_rows={9: {FIRST: "2026-01-01"}}, deleted_rows=[0])
    assert drawn(app).key != before
    assert drawn(app).typed == {"1": {LAST: date(2026, 10, 22)}}


def test_what_someone_else_moved_is_shown_and_what_was_typed_goes_on_top(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py")
    theirs = [*dates()[:5], (date(2027, 6, 7), date(2027, 7, 20))]
    seen = seen_of(ui.picture().calendar_lines.values(), 2026)
    dating.set_year(ui.store(), by=LEADER, now=NOW, year=2026, dates=theirs, seen=seen)
    send(app, edited_rows={0: {LAST: "2026-10-22"}})
    press(app, "Save these dates")
    assert "Someone else changed the dates" in app.error[0].value
    assert "Summer 2 Mon 7 Jun 2027 to Wed 21 Jul 2027 Mon 7 Jun 2027 to Tue 20 Jul 2027" in said(app)
    press(app, "Show their dates with mine on top")
    press(app, "Save these dates")
    assert (dates()[0][1], dates()[5][1]) == (date(2026, 10, 22), date(2027, 7, 20))


def test_a_school_has_dates_of_its_own_until_it_is_as_all_schools_again(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py", whose=HAZEL.name)
    send(app, 2026, HAZEL.ref, edited_rows={0: {LAST: "2026-10-16"}})
    press(app, "Save these dates")
    assert (dates(HAZEL.ref)[0][1], dates()[0][1]) == (date(2026, 10, 16), date(2026, 10, 23))
    press(app, "Use the dates of all schools")
    assert dates(HAZEL.ref) == dates()


def test_the_next_year_is_added_in_the_same_table(small_app: View) -> None:
    app = press(opened(small_app(Role.LEADER), "term_dates.py"), "Add 2027/28")
    assert "2027/28 has no half-terms yet." in said(app)
    send(app, 2027, edited_rows={0: {FIRST: "2027-09-01", LAST: "2027-10-22"}})
    press(app, "Save these dates")
    assert ui.picture().calendar.dates(half_term(2027, 1)) == (date(2027, 9, 1), date(2027, 10, 22))


def test_days_off_are_added_and_taken_away(small_app: View) -> None:
    app = opened(small_app(Role.LEADER), "term_dates.py")
    field(app, "date_input", "First day").set_value(date(2027, 5, 3))
    field(app, "text_input", "Name").set_value("May Day")
    press(app, "Add these days off")
    (off,) = [x for x in ui.picture().calendar_lines.values() if x.kind is CalendarKind.CLOSED]
    assert (off.starts_on, off.ends_on, off.note) == (date(2027, 5, 3), date(2027, 5, 3), "May Day")
    press(app, "Take them away")
    assert off.ref not in ui.picture().calendar_lines
