"""The days of the sample: half-terms, terms, years and closed days, and the days on which things were written down.

2023/24 to 2025/26 are Birmingham's dates; later ones are invented and marked so.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

SAMPLE_DAY = date(2026, 11, 13)
FIRST_DAY = date(2023, 9, 1)
YEARS = ("2023/24", "2024/25", "2025/26", "2026/27", "2027/28")
INVENTED_YEARS = ("2026/27", "2027/28")
HALF_TERM_NAMES = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TERM_NAMES = ("Autumn term", "Spring term", "Summer term")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_HALF_TERMS = {
    "2023/24": "2023-09-04 2023-10-27 2023-11-06 2023-12-22 2024-01-08 2024-02-09 "
    "2024-02-19 2024-03-22 2024-04-08 2024-05-24 2024-06-03 2024-07-22",
    "2024/25": "2024-09-02 2024-10-25 2024-11-04 2024-12-20 2025-01-06 2025-02-14 "
    "2025-02-24 2025-04-11 2025-04-28 2025-05-23 2025-06-02 2025-07-21",
    "2025/26": "2025-09-01 2025-10-24 2025-11-03 2025-12-19 2026-01-05 2026-02-13 "
    "2026-02-23 2026-03-27 2026-04-13 2026-05-22 2026-06-01 2026-07-20",
    "2026/27": "2026-09-01 2026-10-23 2026-11-02 2026-12-18 2027-01-04 2027-02-12 "
    "2027-02-22 2027-03-25 2027-04-12 2027-05-28 2027-06-07 2027-07-21",
    "2027/28": "2027-09-01 2027-10-22 2027-11-01 2027-12-17 2028-01-04 2028-02-11 "
    "2028-02-21 2028-03-31 2028-04-18 2028-05-26 2028-06-05 2028-07-20",
}
_CLOSED = {
    "2023/24": "2023-09-04 2023-11-06 2024-05-06 2024-07-22",
    "2024/25": "2024-09-02 2024-11-04 2025-05-05 2025-07-21",
    "2025/26": "2025-09-01 2025-11-03 2026-05-04 2026-07-20",
    "2026/27": "2026-09-01 2026-11-02 2027-05-03 2027-07-21",
    "2027/28": "2027-09-01 2027-11-01 2028-05-01 2028-07-20",
}


@dataclass(frozen=True)
class Period:
    """A stretch a value can be true of, with its words as they stand in a cell."""

    words: str
    kind: str  # half-term, term, year, month
    year: str
    index: int
    start: date
    end: date

    @property
    def years_in(self) -> float:
        """How many school years since September 2023 its middle lies."""
        return ((self.start - FIRST_DAY).days + (self.end - self.start).days / 2) / 365.25


def _dates(text: str) -> list[date]:
    return [date.fromisoformat(word) for word in text.split()]


def half_terms(year: str) -> list[Period]:
    days = _dates(_HALF_TERMS[year])
    return [
        Period(f"{name}, {year}", "half-term", year, n + 1, days[2 * n], days[2 * n + 1])
        for n, name in enumerate(HALF_TERM_NAMES)
    ]


def terms(year: str) -> list[Period]:
    halves = half_terms(year)
    return [
        Period(f"{name}, {year}", "term", year, n + 1, halves[2 * n].start, halves[2 * n + 1].end)
        for n, name in enumerate(TERM_NAMES)
    ]


def school_year(year: str) -> Period:
    first = int(year[:4])
    return Period(year, "year", year, 1, date(first, 9, 1), date(first + 1, 8, 31))


def months(year: str) -> list[Period]:
    """The twelve months of a school year, September first."""
    found = []
    for index in range(12):
        number = (8 + index) % 12 + 1
        start = date(int(year[:4]) + (number < 9), number, 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        found.append(Period(f"{MONTH_NAMES[number - 1]} {start.year}", "month", year, index + 1, start, end))
    return found


def closed_days(year: str) -> list[date]:
    return _dates(_CLOSED[year])


def _school_days() -> list[date]:
    found = []
    for year in YEARS:
        closed = set(closed_days(year))
        for half in half_terms(year):
            for n in range((half.end - half.start).days + 1):
                day = half.start + timedelta(days=n)
                if day.weekday() < 5 and day not in closed:
                    found.append(day)
    return found


SCHOOL_DAYS = _school_days()


def school_day(day: date) -> date:
    """The day itself, or the school day that comes next."""
    return SCHOOL_DAYS[bisect_left(SCHOOL_DAYS, day)]


def school_days_since(day: date, until: date = SAMPLE_DAY) -> int:
    """School days after `day`, up to and with `until`."""
    return bisect_right(SCHOOL_DAYS, until) - bisect_right(SCHOOL_DAYS, day)


def is_writing_day(day: date) -> bool:
    """Fridays; since September 2026 Tuesdays too. Few distinct days keep the replay of history short."""
    return day.weekday() == 4 or (day.weekday() == 1 and day >= date(2026, 9, 1))


def written_on(day: date) -> date:
    """The first writing day on or after `day`."""
    while not is_writing_day(day):
        day += timedelta(days=1)
    return day


def written_by(day: date) -> date:
    """The last writing day on or before `day`, never before the first day of the plan."""
    while not is_writing_day(day):
        day -= timedelta(days=1)
    return max(day, FIRST_DAY)
