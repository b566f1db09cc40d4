"""The sample's Calendar sheet."""

from datetime import date

from data.sample import days
from data.sample.rows import Row, row

_BIRMINGHAM = "Birmingham dates"
_INVENTED = "Invented dates; the trust sets its own"


def _period_row(period: days.Period) -> Row:
    invented = period.year in days.INVENTED_YEARS
    note = "" if period.kind == "year" else _INVENTED if invented else _BIRMINGHAM
    return row(
        {
            "kind": period.kind,
            "academic year": period.year,
            "index": period.index,
            "start": period.start,
            "end": period.end,
            "note": note,
            "fictional": "yes" if invented else "no",
        }
    )


def _closed_row(year: str, index: int, day: date) -> Row:
    holiday = day.month == 5
    return row(
        {
            "kind": "closed",
            "academic year": year,
            "index": index,
            "start": day,
            "end": day,
            "note": "Early May bank holiday" if holiday else "Staff training day",
            "fictional": "no" if holiday else "yes",
        }
    )


def _override() -> Row:
    """One school with a two-week break in the autumn."""
    return row(
        {
            "kind": "half-term",
            "academic year": "2025/26",
            "index": 1,
            "start": date(2025, 9, 1),
            "end": date(2025, 10, 17),
            "school": "St Agnes Secondary",
            "note": "A two-week autumn break, tried for one year",
            "fictional": "yes",
        }
    )


def calendar_rows() -> list[Row]:
    found: list[Row] = []
    for year in days.YEARS:
        found.append(_period_row(days.school_year(year)))
        found.extend(_period_row(term) for term in days.terms(year))
        found.extend(_period_row(half) for half in days.half_terms(year))
        found.extend(_closed_row(year, n, day) for n, day in enumerate(days.closed_days(year), 1))
    return [*found, _override()]
