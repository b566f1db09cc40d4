"""What the calendar shows: which year and whose, how many school days, half-terms and terms with their dates."""

from collections.abc import Sequence

import streamlit as st

from framework.periods import Calendar, CalendarKind, CalendarLine, Period, PeriodKind, day_words, year_words
from framework.picture import Picture
from framework.term_lines import dated_apart, differing
from framework.terms import from_calendar, half_term, school_days, weekdays, year_in_force, years, years_to_add
from pages import ui

_YEAR, _WHOSE = "year", "whose"
_COLUMNS = (
    ui.Column("Period"),
    ui.Column("First day", width="26%"),
    ui.Column("Last day", width="26%"),
    ui.Column("School days", "right", width="16%"),
)


def lines_of(picture: Picture) -> list[CalendarLine]:
    return list(picture.calendar_lines.values())


def choices(picture: Picture, changes: bool) -> tuple[int, str | None]:
    """The school year, and the school (None: all schools), kept in the address; to who may change it, years to add."""
    lines = lines_of(picture)
    known, first = years(lines), year_in_force(lines, picture.on)
    more = years_to_add(known) if changes else []
    others = sorted({*known, *more} - {first}, reverse=True)
    whose = [*(s.ref for s in picture.schools), *_odd_places(picture)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=170):
            year = ui.choose("School year", [first, *others], _YEAR, year_words) or first
        with st.container(width=300):
            place = ui.choose("For", whose, _WHOSE, lambda ref: picture.name("place", ref), everything="All schools")
        if more and more[0] != year:
            st.button(f"Add {year_words(more[0])}", key="calendar_add", type="tertiary", on_click=_to, args=(more[0],))
    return year, place


def _to(year: int) -> None:
    st.session_state[_YEAR] = year


def _odd_places(picture: Picture) -> list[str]:
    """Places with dates of their own that are no school of today: one that has left, or the trust itself."""
    of_schools = {s.ref for s in picture.schools}
    found = dict.fromkeys(x.place for x in lines_of(picture) if x.place is not None)
    return [ref for ref in found if ref not in of_schools]


def summary(picture: Picture, year: int, place: str | None) -> None:
    """How many school days the year has, and whose dates they are."""
    lines = lines_of(picture)
    dates = from_calendar(lines, year, place)
    if not dates.whole:
        ui.words(f"{year_words(year)} has no half-terms yet.", "large")
    else:
        number, of = school_days(dates, picture.calendar), weekdays(dates)
        half_terms = "six half-terms" if len(dates.whole) == 6 else f"{len(dates.whole)} of six half-terms"
        off = f", less {of - number} days off" if of - number > 1 else ", less one day off" if of > number else ""
        said = ui.strong(f"{number} school day{'' if number == 1 else 's'}")
        ui.words(ui.join(said, f": {of} weekdays in {half_terms}{off}."), "large")
    own = differing(lines, year)
    if place is None and own:
        names = ", ".join(picture.name("place", ref) for ref in own)
        ui.quiet(f"With dates of {'its' if len(own) == 1 else 'their'} own this year: {names}.")
    elif place is not None and place not in own:
        ui.quiet("It has no dates of its own this year: those of all schools hold.")


def dates(picture: Picture, year: int, place: str | None) -> None:
    """The year for whoever reads it: each term with its half-terms, then the year."""
    lines = lines_of(picture)
    found = from_calendar(lines, year, place)
    rows = []
    for term in terms(year):
        rows += _rows(lines, [term], place)
        if term.kind is PeriodKind.TERM:
            halves = [half_term(year, n) for n in (2 * term.index - 1, 2 * term.index) if n in found.whole]
            rows += _rows(lines, halves, place)
    nothing = "No dates are known yet. A trust leader sets them."
    ui.table(_COLUMNS, rows, caption=f"Dates of {year_words(year)}", key="calendar_dates", empty=nothing)


def term_table(lines: Sequence[CalendarLine], year: int, place: str | None) -> None:
    """The terms and the year, which follow their half-terms."""
    note = "A term runs from the first day of its first half-term to the last day of its second, the year over all six."
    ui.section("Terms and the year", note)
    rows = _rows(lines, terms(year), place)
    nothing = "A term is dated once both its half-terms are."
    ui.table(_COLUMNS, rows, caption=f"Terms of {year_words(year)}", key="calendar_terms", empty=nothing)
    _more(lines, year, place)


def terms(year: int) -> list[Period]:
    return [*(Period(PeriodKind.TERM, year, n) for n in (1, 2, 3)), Period(PeriodKind.YEAR, year)]


def _rows(lines: Sequence[CalendarLine], periods: Sequence[Period], place: str | None) -> list[tuple[object, ...]]:
    """A row for each period that has dates."""
    calendar = Calendar(lines)
    rows: list[tuple[object, ...]] = []
    for period in periods:
        span = calendar.dates(period, place)
        if span is not None:
            half = period.kind is PeriodKind.HALF_TERM
            name = _named(period)
            own = place is not None and calendar.dates(period) != span
            named = ui.lines(name if half else ui.strong(name), ui.small("its own dates" if own else ""))
            rows.append((named, *map(day_words, span), calendar.school_days(*span, place)))
    return rows


def _named(period: Period) -> str:
    return "Whole year" if period.kind is PeriodKind.YEAR else period.short_words


def _more(lines: Sequence[CalendarLine], year: int, place: str | None) -> None:
    """What a workbook may have said besides: a term or a year with dates of its own, and lines for months."""
    apart = [x.period for x in dated_apart(lines, year, place) if x.period is not None]
    for period in apart:
        ui.quiet(f"{_named(period)}: a workbook dated it apart from its half-terms, so it stays when they move.")
    months = sum(x.kind is CalendarKind.MONTH and x.year == year for x in lines)
    if months:
        ui.quiet(
            f"{months} of its months are dated by a workbook too. Months need no dates here: their names say them."
        )
