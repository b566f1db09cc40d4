"""The six half-terms of a school year as a table to type into, what its dates would change, and saving them.

The browser's editor enforces nothing, so what it sends is read through `framework.picture.edits`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from framework.days_off import days_words
from framework.deeds import dating
from framework.people import Person
from framework.periods import Calendar, CalendarKind, CalendarLine, day_words, year_words
from framework.picture import Picture
from framework.picture.edits import Edited, Reader, day, edited_rows, is_sound
from framework.picture.redated import redated
from framework.term_lines import Move, after, moves, seen_of, wrong_dates
from framework.terms import HALF_TERMS, NO_DAYS, Days, YearDates, from_calendar, half_term, remarks
from pages import ui, ui_calendar
from pages.ui_forms import do, form_key

FIRST, LAST = "First day", "Last day"
OPEN: Mapping[str, Reader] = {FIRST: day, LAST: day}
_NAME, _SHARED, _COUNT = "Half-term", "All schools", "School days"
ROWS = tuple(str(n) for n in range(1, HALF_TERMS + 1))  # what a position in the table means
Typed = dict[str, dict[str, date | None]]  # row → column → what was typed
_TURN = "turn_of_calendar"


@dataclass
class Drawn:
    """The table as this window drew it: what an edit at a position stands beside, whatever changes meanwhile.

    before  the dates as they stood then, and `seen` the versions of their lines
    kept    what had been typed before it was drawn
    typed   all that is typed by now and differs
    """

    key: str
    before: YearDates
    seen: Mapping[str, int]
    kept: Typed = field(default_factory=dict)
    typed: Typed = field(default_factory=dict)

    @property
    def wanted(self) -> YearDates:
        """The dates with all that is typed."""
        days = [self.at(row, self.typed) for row in ROWS]
        return YearDates(self.before.year, tuple(days), self.before.place)

    def at(self, row: str, typed: Typed) -> Days:
        """First and last day of a row, with what was typed over them."""
        first, last = self.before.half_terms[int(row) - 1]
        cells = typed.get(row, {})
        return cells.get(FIRST, first), cells.get(LAST, last)

    def take(self, changes: Typed) -> None:
        """Take in what the browser sent; a day typed back as it stood is none."""
        stood = {row: dict(zip(OPEN, self.at(row, {}), strict=True)) for row in ROWS}
        told = {row: {**self.kept.get(row, {}), **changes.get(row, {})} for row in ROWS}
        self.typed = {
            row: differs
            for row, cells in told.items()
            if (differs := {column: day for column, day in cells.items() if day != stood[row][column]})
        }


def table(picture: Picture, person: Person, year: int, place: str | None) -> None:
    """The table, what its dates would change or why they cannot be, and the button that saves them."""
    lines = ui_calendar.lines_of(picture)
    ui.section("Half-terms", _how(place))
    drawn = _drawn(lines, year, place)
    found = _edited(drawn)
    drawn.take(found.changes)
    wrong = wrong_dates(lines, drawn.wanted, lambda ref: picture.name("place", ref))
    moved = [] if wrong else moves(lines, drawn.wanted)
    then = after(lines, moved)
    _editor(drawn, lines, Calendar(then), bool(wrong))
    for words in [*found.refused, *wrong]:
        st.warning(ui.plain(words))
    if seen_of(lines, year, place) != drawn.seen:
        _meanwhile(drawn, lines)
    elif not wrong:
        _would_change(picture, drawn, moved, then)
    _saving(person, drawn, lines, bool(found.refused or wrong), bool(moved))
    ui_calendar.term_table(then, year, place)


def _how(place: str | None) -> str:
    if place is None:
        return (
            "As your council publishes them, or your own. Tap a day twice to change it; leave empty what is not known."
        )
    return "Change what differs at this school: tap a day twice. An emptied day is as at all schools again."


def _drawn(lines: Sequence[CalendarLine], year: int, place: str | None) -> Drawn:
    """The table that this window drew; or a new one with what was typed, where the run before did not show it or the
    browser sent what cannot belong to it. Where nothing is typed it is always as the calendar stands."""
    found: Drawn | None = st.session_state.get(name_of(year, place))
    seen = seen_of(lines, year, place)
    state = None if found is None else st.session_state.get(found.key)
    sound = state is not None and is_sound(state, len(ROWS), [_NAME, *OPEN, _SHARED, _COUNT])
    if found is not None and sound:
        found.take(_edited(found).changes)
    if found is None or not (found.typed or found.seen == seen):
        return _draw(from_calendar(lines, year, place), seen, {})
    return found if sound else _draw(found.before, found.seen, found.typed)


def name_of(year: int, place: str | None) -> str:
    return f"calendar_table_{year}_{place or 'all'}"


def _draw(before: YearDates, seen: Mapping[str, int], kept: Typed) -> Drawn:
    number = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    name = name_of(before.year, before.place)
    drawn = st.session_state[name] = Drawn(f"{name}_{number}", before, seen, kept, kept)
    return drawn


def _edited(drawn: Drawn) -> Edited:
    state = st.session_state.get(drawn.key)
    edits = state.get("edited_rows") if isinstance(state, Mapping) else None

    def named(name: str) -> str:
        return half_term(drawn.before.year, int(name)).short_words if name in ROWS else name.lower()

    return edited_rows(ROWS, edits, OPEN, named)


def _editor(drawn: Drawn, lines: Sequence[CalendarLine], then: Calendar, wrong: bool) -> None:
    """The table itself. What is locked may change while it is typed into, what is open may not.

    then  the calendar with what is typed; where that is wrong it is without, so what is typed is not counted
    """
    year, place = drawn.before.year, drawn.before.place
    shared = from_calendar(lines, year)
    rows = []
    for row in ROWS:
        span, of_all = drawn.wanted.whole.get(int(row)), shared.whole.get(int(row))
        counted = span is not None and not (wrong and row in drawn.typed)
        count = str(then.school_days(*span, place)) if span and counted else ""
        name, all_ = half_term(year, int(row)).short_words, days_words(*of_all) if of_all else ""
        rows.append([name, *drawn.at(row, drawn.kept), all_, count])
    columns = [_NAME, *OPEN, _SHARED, _COUNT]
    frame = pd.DataFrame(rows, columns=columns, index=pd.Index(ROWS, name="row"), dtype=object)
    of = st.column_config
    st.data_editor(
        frame,
        key=drawn.key,
        hide_index=True,
        num_rows="fixed",
        column_order=[name for name in columns if name != _SHARED or place is not None],
        disabled=[_NAME, _SHARED, _COUNT],
        column_config={
            _NAME: of.TextColumn(width=90, pinned=True),
            FIRST: of.DateColumn(format="ddd D MMM YYYY", width=140),
            LAST: of.DateColumn(format="ddd D MMM YYYY", width=140),
            _SHARED: of.TextColumn(width=260),
            _COUNT: of.TextColumn(width=95),
        },
        row_height=44,
        width="content",
        placeholder="",
        alt=f"Half-terms of {year_words(year)}, one a row. Type first and last day.",
    )


def _meanwhile(drawn: Drawn, lines: Sequence[CalendarLine]) -> None:
    """What someone else changed after the table was drawn; what was typed stays, and can be saved on top of it."""
    now = from_calendar(lines, drawn.before.year, drawn.before.place)
    rows = [
        (half_term(now.year, n).short_words, _said(old), _said(new))
        for n, (old, new) in enumerate(zip(drawn.before.half_terms, now.half_terms, strict=True), 1)
        if old != new
    ]
    ui.words("Someone changed these dates after you opened them. What you typed is kept.")
    columns = (ui.Column("Half-term"), ui.Column("When you opened them", width="38%"), ui.Column("Now", width="38%"))
    nothing = "No day differs now."
    ui.table(columns, rows, caption="What was changed meanwhile", key=f"{drawn.key}_meanwhile", empty=nothing)
    seen = seen_of(lines, now.year, now.place)
    key = f"{drawn.key}_theirs"
    st.button("Show their dates with mine on top", key=key, on_click=_draw, args=(now, seen, drawn.typed))


def _said(days: Days) -> str:
    first, last = (day_words(one) if one else "no day" for one in days)
    return "no dates" if days == NO_DAYS else f"{first} to {last}"


def _would_change(picture: Picture, drawn: Drawn, moved: Sequence[Move], then: Sequence[CalendarLine]) -> None:
    """What is not saved yet, what follows from it, and what looks odd."""
    if moved:
        names = dict.fromkeys(_moved_name(picture, drawn, move) for move in moved)
        ui.words(ui.join(ui.strong("Not saved yet: "), f"{', '.join(names)}. {redated(picture, then).words}"))
    odd = remarks(from_calendar(then, drawn.before.year, drawn.before.place), Calendar(then))
    if odd:
        ui.quiet(ui.lines(*odd))


def _moved_name(picture: Picture, drawn: Drawn, move: Move) -> str:
    at = "" if move.place == drawn.before.place else f" at {picture.name('place', move.place)}"
    gone = " without dates" if move.days is None and at == "" and move.place is None else ""
    name = "the whole year" if move.kind is CalendarKind.YEAR else move.period.short_words
    return f"{name}{at}{gone}"


def _saving(person: Person, drawn: Drawn, lines: Sequence[CalendarLine], wrong: bool, moved: bool) -> None:
    """Where the dates are from, why, and the one button; for a school the way back to the dates of all schools."""
    year, place = drawn.before.year, drawn.before.place
    form = form_key("calendar", year, place or "all")
    said = _note(lines, year, place)
    source, reason = st.columns(2)
    with source:
        example = "Such as the council's page"
        note = st.text_input("Where these dates are from", said, key=f"{form}_note", placeholder=example)
    with reason:
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
    new_note = note if note != said else None
    given: dict[str, Any] = {
        "by": person,
        "year": year,
        "place": place,
        "note": new_note,
        "why": why,
        "seen": drawn.seen,
    }

    def save(days: Sequence[Days]) -> None:
        dating.set_year(ui.store(), now=ui.now(), dates=days, **given)
        st.session_state.pop(name_of(year, place), None)

    with st.container(horizontal=True, vertical_alignment="center"):
        idle = wrong or not (moved or new_note is not None)
        if st.button("Save these dates", type="primary", key=f"{form}_save", disabled=idle):
            do(lambda: save(drawn.wanted.half_terms), f"Saved: the dates of {year_words(year)}.")
        own = any((x.kind, x.year, x.place) == (CalendarKind.HALF_TERM, year, place) for x in lines)
        if place and own and st.button("Use the dates of all schools", key=f"{form}_same", type="tertiary"):
            do(lambda: save([NO_DAYS] * HALF_TERMS), "Saved: it has the dates of all schools again.")


def _note(lines: Sequence[CalendarLine], year: int, place: str | None) -> str:
    """Where the half-terms say their dates are from: what most of them say."""
    own = [x.note or "" for x in lines if (x.kind, x.year, x.place) == (CalendarKind.HALF_TERM, year, place)]
    return max(dict.fromkeys(own), key=own.count, default="")
