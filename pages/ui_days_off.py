"""Days off: a table of them; for leaders each opened to be changed or taken away, and a form that adds one."""

from typing import Any

import streamlit as st

from framework.days_off import days_off as days_off_of
from framework.days_off import span_words, taken_out
from framework.deeds import dating
from framework.people import Person
from framework.periods import CalendarLine
from framework.picture import Picture
from pages import ui, ui_calendar
from pages.ui_forms import do, form_key, go_on

_NOTE = "Bank holidays and training days inside a half-term: they are no school days, so they make nothing late."
_OWN = " A school's own count for its own figures; actions go by the days of all schools."


def days_off(picture: Picture, changes: Person | None, year: int, place: str | None) -> None:
    """The days off of all schools and, of one that is chosen, its own; for all schools those of each school too.

    changes  who may change them; None: they are only read
    """
    lines = ui_calendar.lines_of(picture)
    listed = [x for x in days_off_of(lines, year) if place is None or x.place in (None, place)]
    ui.section("Days off", _NOTE + (_OWN if place is not None or any(x.place for x in listed) else ""))
    if changes is None:
        _table(picture, listed)
        return
    if not listed:
        ui.quiet("None are set down yet.")
    for one in listed:
        with st.expander(ui.plain(_words(picture, one)), key=f"off_{one.ref}"):
            _change(picture, changes, one)
    with st.expander("Add a day off", key=f"off_new_{year}"):
        _add(picture, changes, year, place)


def _table(picture: Picture, listed: list[CalendarLine]) -> None:
    lines = ui_calendar.lines_of(picture)
    rows = [
        (span_words(x), x.note or "", picture.name("place", x.place) or "All schools", taken_out(x, lines))
        for x in listed
    ]
    columns = (
        ui.Column("When", width="32%"),
        ui.Column("What"),
        ui.Column("For", width="22%"),
        ui.Column("School days off", "right", width="14%"),
    )
    ui.table(columns, rows, caption="Days off", key="calendar_off", empty="None are set down.")


def _words(picture: Picture, off: CalendarLine) -> str:
    whose = "" if off.place is None else f", {picture.name('place', off.place)} only"
    return f"{span_words(off)}: {off.note or 'day off'}{whose}{_effect(picture, off)}"


def _effect(picture: Picture, off: CalendarLine) -> str:
    """How many school days it takes out, where that is not just the one day that it says."""
    number = taken_out(off, ui_calendar.lines_of(picture))
    if number == 1 and off.starts_on == off.ends_on:
        return ""
    return f" ({number} school days)" if number > 1 else " (one school day)" if number else " (no school day anyway)"


def _add(picture: Picture, person: Person, year: int, place: str | None) -> None:
    form = form_key("off", "new", year)
    with st.form(form, border=False):
        given = _fields(picture, form, place, None)
        sent = st.form_submit_button("Add these days off")
    if sent:
        do(lambda: _added(picture, person, year, given), f"Added: {given['note'].strip() or 'days off'}.")


def _added(picture: Picture, person: Person, year: int, given: dict[str, Any]) -> None:
    dating.add_day_off(ui.store(), by=person, now=ui.now(), year=year, **given)


def _change(picture: Picture, person: Person, off: CalendarLine) -> None:
    form = form_key("off", off.ref)
    seen = f"{form}_seen"
    if f"{form}_note" not in st.session_state or seen not in st.session_state:
        st.session_state[seen] = off.version
    with st.form(form, border=False):
        given = _fields(picture, form, off.place, off)
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Save these days off")
            gone = st.form_submit_button("Take them away", type="tertiary")
    known: dict[str, Any] = {"by": person, "now": ui.now(), "day_off": off.ref, "why": why}
    known["seen"] = int(st.session_state[seen])
    if sent:
        do(
            lambda: dating.change_day_off(ui.store(), **given, **known),
            f"Saved: {given['note'].strip() or 'days off'}.",
        )
    if gone:
        do(lambda: dating.take_away_day_off(ui.store(), **known), f"Taken away: {span_words(off)}.")
    if known["seen"] != off.version:
        ui.words(f"Someone changed this. It is now: {_words(picture, off)}.")
        go_on(form, off.version)


def _fields(picture: Picture, form: str, place: str | None, off: CalendarLine | None) -> dict[str, Any]:
    """First and last day, for whom, and the name."""
    whose = [None, *(s.ref for s in picture.schools)]
    if place not in whose:
        whose.append(place)
    first, last = st.columns(2)
    with first:
        begins = st.date_input("First day", off.starts_on if off else None, format="DD/MM/YYYY", key=f"{form}_first")
    with last:
        several = off.ends_on if off and off.ends_on != off.starts_on else None
        ends = st.date_input("Last day, if they are several", several, format="DD/MM/YYYY", key=f"{form}_last")

    def named(ref: str | None) -> str:
        return "All schools" if ref is None else picture.name("place", ref)

    at = st.selectbox("For", whose, whose.index(place), named, key=f"{form}_place")
    name = st.text_input(
        "Name", (off.note or "") if off else "", key=f"{form}_note", placeholder="Such as a bank holiday"
    )
    return {"first": begins, "last": ends, "place": at, "note": name}
