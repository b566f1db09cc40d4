"""The starter library: 84 KPIs that a school trust can adopt in one click, each whole but for its baseline and targets.

They are proposals. Each says its level, direction, unit, lag and who enters it; a trust changes what it adopts as it
likes. Source: the candidates collected for school trusts as anchor institutions, with the public releases named in
`comparator`. `library.csv` lies beside this file and is part of the code: the same for every trust, never written to.
"""

import csv
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from framework.kpis.kpi import Aggregation, Counted, Direction, Frequency, Level, Measure, ReportedBy, TimeNature


class Theme(StrEnum):
    """What a KPI is about, in the order in which the library is shown."""

    EDUCATION = "Education"
    COMMUNITY = "Community"
    WORKFORCE = "Workforce"
    POVERTY = "Poverty and welfare"
    TAKING_PART = "Taking part and leading"
    SUSTAINABILITY = "Climate and buildings"
    TASK_FORCE = "Task force"


_THEMES = {
    "A": Theme.EDUCATION,
    "B": Theme.COMMUNITY,
    "C": Theme.WORKFORCE,
    "W": Theme.POVERTY,
    "M": Theme.TAKING_PART,
    "E": Theme.TAKING_PART,
    "L": Theme.TAKING_PART,
    "S": Theme.SUSTAINABILITY,
    "T": Theme.TASK_FORCE,
}


@dataclass(frozen=True)
class LibraryKpi:
    """One KPI to adopt. The fields that `Kpi` has too mean the same there; texts that say nothing are empty.

    Elements of the framework are named as people name them: objectives by letter, strands by a word of their name,
    pillars, statements and priorities by number.
    """

    code: str  # K-A02
    title: str
    definition: str
    level: Level
    measure: Measure
    unit: str
    direction: Direction
    frequency: Frequency
    time_nature: TimeNature
    reported_by: ReportedBy
    lag_days: int
    floor: float
    source: str
    entered_by: str
    per: int | None = None
    aggregation: Aggregation | None = None
    breakdown: str = ""  # the groups it is worth splitting by
    comparator: str = ""  # who publishes a figure to set beside it
    note: str = ""  # what to know before using it: breaks of a series, traps in reading it, what was chosen here
    objective: str = ""
    strand: str = ""
    other_strands: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    pillars: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()
    counted: Counted | None = None  # what the app counts for it, so that nobody enters it
    board: bool = False  # among the twelve suggested for the board

    @property
    def group(self) -> str:
        """The letter of its code: A, B and C are the objectives', W, M, E, L, S and T those of a theme."""
        return self.code[2]

    @property
    def theme(self) -> Theme:
        return _THEMES[self.group]

    @property
    def where_from(self) -> str:
        """`School information system, entered by School office`: what a KPI keeps as its source."""
        return self.source if self.counted is not None else f"{self.source}. Entered by: {self.entered_by}"

    @property
    def definition_and_note(self) -> str:
        """What a KPI keeps as its definition: a trap in reading it must travel with it."""
        return f"{self.definition} {self.note}".rstrip()


@cache
def library() -> tuple[LibraryKpi, ...]:
    """The 84 KPIs in the order of the library, read once."""
    held = pkgutil.get_data("framework.kpis", "library.csv")
    if held is None:
        raise ValueError("library.csv is missing beside framework/kpis/library.py; wanted the 84 KPIs of the library")
    return tuple(_one(row) for row in csv.DictReader(held.decode("utf-8").splitlines()))


def in_library(code: str) -> LibraryKpi | None:
    """The KPI of this code, in any case; None when the library has none."""
    return next((k for k in library() if k.code.casefold() == code.strip().casefold()), None)


def _one(row: Mapping[str, str]) -> LibraryKpi:
    """Raises ValueError for a word that is none of its choices, or a number that is none."""
    return LibraryKpi(
        code=row["code"],
        title=row["title"],
        definition=row["definition"],
        level=Level(row["level"]),
        measure=Measure(row["measure"]),
        unit=row["unit"],
        direction=Direction(row["direction"]),
        frequency=Frequency(row["frequency"]),
        time_nature=TimeNature(row["time_nature"]),
        reported_by=ReportedBy(row["reported_by"]),
        lag_days=int(row["lag_days"]),
        floor=float(row["floor"]),
        source=row["source"],
        entered_by=row["entered_by"],
        per=int(row["per"]) if row["per"] else None,
        aggregation=Aggregation(row["aggregation"]) if row["aggregation"] else None,
        breakdown=row["breakdown"],
        comparator=row["comparator"],
        note=row["note"],
        objective=row["objective"],
        strand=row["strand"],
        other_strands=_parts(row["other_strands"]),
        priorities=_numbers(row["priorities"]),
        pillars=_numbers(row["pillars"]),
        statements=_numbers(row["statements"]),
        counted=Counted(row["counted"]) if row["counted"] else None,
        board=row["board"] == "yes",
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _numbers(cell: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _parts(cell))
