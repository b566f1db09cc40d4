"""A picture of the small trust for tests of what is read off it, made without a store."""

from datetime import UTC, date, datetime
from typing import Any

from framework.people import Audience
from framework.picture.action_lists import ActionLine, action_lines
from framework.picture.review import Filter
from framework.picture.shape import Picture
from framework.subjects import SUBJECTS
from tests.conftest import EDITION, SMALL_TRUST, TODAY

_TABLE_OF = {subject.record: subject.table for subject in SUBJECTS}


def a_picture(*rows: Any, on: date = TODAY, values: tuple[Any, ...] = (), without: tuple[str, ...] = ()) -> Picture:
    """The small trust on a day, with these rows added or in place of those with the same ref.

    without  tables whose rows of the small trust are left out
    """
    tables: dict[str, dict[str, Any]] = {}
    for row in (*(row for row in SMALL_TRUST if _TABLE_OF[type(row)] not in without), *rows):
        tables.setdefault(_TABLE_OF[type(row)], {})[row.ref] = row
    latest = {(v.kpi, v.place, v.group): v for v in values}
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Picture(9, at, on, Audience.LEADERS, tables, latest, lambda _: values, {})


def lines_of(picture: Picture) -> list[ActionLine]:
    return action_lines(picture, EDITION.ref, Filter())


def the_line(picture: Picture, ref: str = "action0001") -> ActionLine:
    return next(line for line in lines_of(picture) if line.action.ref == ref)
