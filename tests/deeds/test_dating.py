"""Setting the dates of a school year, and its days off: one change each, nothing half-saved."""

from datetime import date

import pytest

from framework.deeds import dating
from framework.errors import Conflict, Unknown, ValueRefused
from framework.meetings import Meeting
from framework.people import Audience
from framework.periods import CalendarKind, Period, PeriodKind
from framework.store.pictures import load
from framework.term_lines import seen_of
from framework.terms import NO_DAYS, from_calendar
from tests.conftest import HAZEL, LEADER, NOW, a_value, half_term, put
from tests.deeds.grounds import ground  # noqa: F401

TERM, WHOLE = Period(PeriodKind.TERM, 2026, 1), Period(PeriodKind.YEAR, 2026)


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def lines(store):
    return list(picture(store).calendar_lines.values())


def days(store, index=None, new=None, place=None, year=2026):
    """The half-terms of 2026/27 as they stand, one of them with other days."""
    found = list(from_calendar(lines(store), year, place).half_terms)
    if index is not None:
        found[index - 1] = new
    return found


def set_year(store, dates, place=None, seen=None, year=2026, **more):
    known = seen_of(lines(store), year, place) if seen is None else seen
    given = {"year": year, "dates": dates, "seen": known, "place": place}
    dating.set_year(store, by=LEADER, now=NOW, **given, **more)


LATER = (date(2026, 9, 3), date(2026, 10, 23))


def test_a_half_term_moves_with_its_term_and_year_as_one_change(store):
    before = picture(store).change
    set_year(store, days(store, 1, LATER), note="Birmingham's page", why="The council moved it")
    now = picture(store)
    assert now.change == before + 1
    assert now.calendar.dates(half_term(2026, 1)) == LATER
    assert now.calendar.dates(TERM) == (date(2026, 9, 3), date(2026, 12, 18))
    assert now.calendar.dates(WHOLE) == (date(2026, 9, 3), date(2027, 7, 21))
    notes = {x.note for x in lines(store) if x.kind is CalendarKind.HALF_TERM and x.year == 2026}
    assert notes == {"Birmingham's page"}


def test_what_is_set_already_is_not_set_again(store):
    set_year(store, days(store, 1, LATER))
    before = picture(store).change
    with pytest.raises(ValueRefused, match="Nothing differs"):
        set_year(store, days(store))
    assert picture(store).change == before


def test_a_new_year_is_added_with_what_is_known_of_it(store):
    autumn = [(date(2027, 9, 1), date(2027, 10, 22)), (date(2027, 11, 1), date(2027, 12, 17))]
    set_year(store, [*autumn, *[NO_DAYS] * 4], year=2027)
    assert from_calendar(lines(store), 2027).half_terms[:3] == (*autumn, NO_DAYS)
    assert picture(store).calendar.dates(Period(PeriodKind.TERM, 2027, 1)) == (date(2027, 9, 1), date(2027, 12, 17))


def test_one_school_differs_and_then_is_as_all_schools_again(store):
    own = (date(2026, 9, 1), date(2026, 10, 16))
    set_year(store, days(store, 1, own), HAZEL.ref)
    assert picture(store).calendar.ends_on(half_term(2026, 1), HAZEL.ref) == date(2026, 10, 16)
    assert picture(store).calendar.ends_on(half_term(2026, 1)) == date(2026, 10, 23)
    set_year(store, [NO_DAYS] * 6, HAZEL.ref)
    assert [x for x in lines(store) if x.place == HAZEL.ref] == []


def test_dates_that_cannot_be_are_refused_and_nothing_is_written(store):
    before = picture(store).change
    with pytest.raises(ValueRefused, match=r"Autumn 1 would end .* Nothing was saved"):
        set_year(store, days(store, 1, (date(2026, 10, 23), date(2026, 9, 1))))
    with pytest.raises(ValueRefused, match="6 half-terms"):
        set_year(store, days(store)[:5])
    with pytest.raises(ValueRefused, match="300 characters"):
        set_year(store, days(store, 1, LATER), note="x" * 301)
    with pytest.raises(Unknown):
        set_year(store, days(store, 1, LATER), "placenone0", seen={})
    assert picture(store).change == before


@pytest.mark.parametrize("theirs", [(date(2026, 9, 2), date(2026, 10, 23)), NO_DAYS], ids=["moved", "cleared"])
def test_the_second_of_two_people_is_told(store, theirs):
    mine, seen = days(store, 6, (date(2027, 6, 7), date(2027, 7, 20))), seen_of(lines(store), 2026)
    set_year(store, days(store, 1, theirs))
    with pytest.raises(Conflict, match="dates of 2026/27"):
        set_year(store, mine, seen=seen)


def test_a_half_term_that_figures_name_keeps_its_dates(store):
    """The small trust has a target for Summer 2, the end of its baseline in Summer 2 before; here a value and a meeting
    are in Autumn 1."""
    board = Meeting("meeting001", "Board", None, date(2026, 12, 9), reports=half_term(2026, 1))
    put(store, a_value(), board)
    for index, said in ((1, r"1 value \(K-A02\), 1 meeting \(Board, Wed"), (6, r"1 target \(K-A02\)")):
        with pytest.raises(ValueRefused, match=said):
            set_year(store, days(store, index, NO_DAYS))
    with pytest.raises(ValueRefused, match=r"1 baseline \(K-A02\)"):
        set_year(store, days(store, 6, NO_DAYS, year=2024), year=2024)
    set_year(store, days(store, 2, NO_DAYS))
    assert picture(store).calendar.dates(half_term(2026, 2)) is None


def test_days_off_are_added_changed_and_taken_away(store):
    who = {"by": LEADER, "now": NOW}
    ref = dating.add_day_off(store, **who, year=2026, first=date(2027, 5, 3), note=" May Day ")
    added = picture(store).calendar_lines[ref]
    assert (added.starts_on, added.ends_on, added.place, added.note) == (date(2027, 5, 3),) * 2 + (None, "May Day")
    dating.change_day_off(
        store, **who, day_off=ref, first=date(2027, 5, 3), last=date(2027, 5, 4), place=HAZEL.ref, seen=1
    )
    assert picture(store).calendar.school_days(date(2027, 5, 3), date(2027, 5, 7), HAZEL.ref) == 3
    assert picture(store).calendar.school_days(date(2027, 5, 3), date(2027, 5, 7)) == 5
    with pytest.raises(Conflict):
        dating.take_away_day_off(store, **who, day_off=ref, seen=1)
    dating.take_away_day_off(store, **who, day_off=ref, seen=2)
    assert ref not in picture(store).calendar_lines


def test_days_off_that_cannot_be_are_refused(store):
    who = {"by": LEADER, "now": NOW}
    day = date(2027, 5, 3)
    ref = dating.add_day_off(store, **who, year=2026, first=day)
    before = picture(store).change
    for refused, said in (
        (lambda: dating.add_day_off(store, **who, year=2026, first=None), "need a day"),
        (lambda: dating.add_day_off(store, **who, year=2026, first=day), "a day off already"),
        (lambda: dating.change_day_off(store, **who, day_off=ref, first=day, seen=1), "Nothing differs"),
        (lambda: dating.change_day_off(store, **who, day_off=ref, first=date(2028, 5, 1), seen=1), "not in 2026/27"),
    ):
        with pytest.raises(ValueRefused, match=said):
            refused()
    a_half_term = lines(store)[0].ref
    with pytest.raises(Unknown):
        dating.take_away_day_off(store, **who, day_off=a_half_term, seen=1)
    assert picture(store).change == before
