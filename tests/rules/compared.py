"""Two pictures of the small trust for tests of what changed between them, made without a store."""

from datetime import UTC, date, datetime
from typing import Any

from framework.kpis.kpi import Value
from framework.people import Audience
from framework.picture.account import account
from framework.picture.compare import Changes, compare
from framework.picture.review import Filter
from framework.picture.shape import Picture
from framework.picture.told import Section
from framework.subjects import SUBJECTS
from tests.conftest import EDITION, SMALL_TRUST

JULY, NOVEMBER = date(2026, 7, 7), date(2026, 11, 13)
_TABLE_OF = {subject.record: subject.table for subject in SUBJECTS}


def a_picture(
    *rows: Any,
    values: tuple[Value, ...] = (),
    on: date = NOVEMBER,
    change: int = 9,
    audience: Audience = Audience.LEADERS,
    **more: Any,
) -> Picture:
    """The small trust on a day, with these rows added or in place of those with the same ref."""
    tables: dict[str, dict[str, Any]] = {}
    for row in (*SMALL_TRUST, *rows):
        tables.setdefault(_TABLE_OF[type(row)], {})[row.ref] = row
    latest = {(v.kpi, v.place, v.group): v for v in sorted(values, key=lambda v: v.period.ordinal)}
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    kpis = {v.kpi: max(w.version for w in values if w.kpi == v.kpi) for v in values}
    series = tuple(sorted(values, key=lambda v: v.period.ordinal))
    return Picture(
        change,
        moment,
        on,
        audience,
        tables,
        latest,
        lambda kpi: tuple(v for v in series if v.kpi == kpi),
        kpis,
        **more,
    )


def july(*rows: Any, values: tuple[Value, ...] = (), **more: Any) -> Picture:
    return a_picture(*rows, values=values, on=JULY, change=5, **more)


def changes(before: Picture, after: Picture, chosen: Filter | None = None) -> Changes:
    return compare(before, after, EDITION.ref, chosen)


def section(before: Picture, after: Picture, title: str) -> Section:
    found = [s for s in account(before, after, changes(before, after)) if s.title == title]
    assert len(found) == 1, title
    return found[0]


def titles(before: Picture, after: Picture) -> list[str]:
    return [s.title for s in account(before, after, changes(before, after))]
