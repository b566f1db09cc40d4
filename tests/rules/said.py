"""What people wrote, read with the calendar and the reference day that the samples carry."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from framework.periods import Calendar, CalendarKind, CalendarLine
from framework.workbook.cells import Cell
from framework.workbook.readings import Reading, read_when

SAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "edges" / "samples" / "values.json").read_text(encoding="utf-8")
)
ON = date.fromisoformat(SAMPLES["about"]["reference day"][:10])
_HALF_TERMS = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")


def _line(index: int, name: str) -> CalendarLine:
    start, end = map(date.fromisoformat, SAMPLES["about"]["calendar"][name].split(".."))
    return CalendarLine(f"calline{index:03d}", CalendarKind.HALF_TERM, 2024, index, start, end)


CALENDAR = Calendar(_line(index, name) for index, name in enumerate(_HALF_TERMS, 1))
NO_TERMS = Calendar(())


def cell(value: Any, number_format: str = "General", raw: str = "") -> Cell:
    return Cell("H14", value, raw or str(value), number_format)


def when(
    value: Any, number_format: str = "General", *, on: date = ON, calendar: Calendar = CALENDAR, **more
) -> Reading:
    return read_when(cell(value, number_format), on=on, calendar=calendar, **more)


def told(reading: Reading) -> str:
    """`date 2024-09-04..2024-09-04 day exact`; a side that is not known is empty."""
    said = reading.value
    if said is None:
        return f"nothing {reading.certainty}"
    start, end = (day.isoformat() if day is not None else "" for day in (said.start, said.end))
    days = start if start == end else f"{start}..{end}"
    return " ".join(filter(None, (said.kind, days, said.precision, reading.certainty)))
