"""What stands on and beside the sample's lines: notes with their reasons, queries, other people's invented figures."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.sample import days
from data.sample.days import Period
from data.sample.rows import Row, row
from data.sample.trust import CANAL, DAMSON, IDRIS, JOANNA, MILL
from data.sample.values import KPIS

_SOURCE = "Invented for this sample: what a published series would say"


@dataclass(frozen=True)
class Series:
    """One publisher's figures beside a KPI: at the start of September 2023, and the change a year."""

    kpi: str
    name: str
    beside: str
    start: float
    a_year: float
    season: tuple[float, ...] = ()
    lag: int = 60  # days from the period's end to publication


_ENGLAND, _CITY = ("England", "national"), ("The city", "council")
_SERIES = (
    Series("K-A01", *_ENGLAND, 92.9, 0.42, (0.8, -0.8, -0.4, 0.1, 0.4, -0.3)),
    Series("K-A01", *_CITY, 92.3, 0.36, (0.8, -0.9, -0.4, 0.2, 0.4, -0.2), lag=80),
    Series("K-A02", *_ENGLAND, 26.4, -1.15, (-0.2, 0.4, 0.3, -0.2, -0.1, 0.1)),
    Series("K-A02", *_CITY, 29.6, -0.9, (-0.2, 0.5, 0.3, -0.3, -0.1, 0.1), lag=80),
    Series("K-A05", *_ENGLAND, 67.0, 0.5, lag=95),
    Series("K-A05", "Schools like ours", "like schools", 60.5, 1.1, lag=95),
    Series("K-W01", *_ENGLAND, 23.8, 0.8, lag=-190),
)

# KPI, period, place, kind, what happened, new definition, recorded on
_NOTES = (
    (
        *("K-A02", "Spring 1, 2024/25", "", "event"),
        "Attendance mentors began work in four of the schools, two days a week.",
        *("", date(2025, 1, 17)),
    ),
    (
        *("K-A02", "Autumn 2, 2025/26", "", "event"),
        "Influenza kept many children at home in the last three weeks of term.",
        *("", date(2026, 1, 9)),
    ),
    (
        *("K-W03", "Autumn 1, 2024/25", "", "new limits"),
        "Breakfast became free in five schools, and the level has been another since.",
        *("", date(2025, 2, 14)),
    ),
    (
        *("K-W01", "2026/27", "", "new definition"),
        "More families became eligible in September 2026, so later figures cannot be set beside earlier ones.",
        "Pupils eligible under the rules of September 2026 on the autumn or January census, as a share of pupils.",
        date(2026, 9, 18),
    ),
)

# KPI, place, period, what was asked, by whom, on, the answer, on
_QUERIES = (
    (
        *("K-W02", MILL, "Summer term, 2025/26"),
        "Nothing has come for the summer count. Was it held?",
        *(JOANNA, date(2026, 9, 25), "It was. The sheet was mislaid over the summer and is in now.", date(2026, 10, 2)),
    ),
    (
        *("K-A01", CANAL, "Autumn 1, 2026/27"),
        "Two classes were still to be checked when this came. Have they been?",
        *(IDRIS, date(2026, 11, 10), "", None),
    ),
    (
        *("K-W03", DAMSON, "Autumn 1, 2026/27"),
        "Were staff breakfasts counted again, as in autumn 2024?",
        *(JOANNA, date(2026, 11, 10), "", None),
    ),
)


def query_rows() -> list[Row]:
    heads = ("KPI", "place", "period", "question", "asked by", "asked on", "answer", "answered on")
    return [row({**dict(zip(heads, query, strict=True)), "fictional": "yes"}) for query in _QUERIES]


def note_rows() -> list[Row]:
    heads = ("KPI", "period", "place", "kind", "what happened", "new definition", "recorded on")
    return [row({**dict(zip(heads, note, strict=True)), "fictional": "yes"}) for note in _NOTES]


def comparator_rows() -> list[Row]:
    return [cells for series in _SERIES for cells in _rows(series)]


def _rows(series: Series) -> list[Row]:
    kpi, chance = next(k for k in KPIS if k.code == series.kpi), Random(f"{series.kpi} {series.name}")
    found = []
    for period in kpi.periods():
        number = round(_level(series, period) + chance.uniform(-0.1, 0.1), 1)
        published = period.end + timedelta(days=series.lag)
        recorded = days.written_on(published)
        if recorded <= days.SAMPLE_DAY:
            cells: Row = {"KPI": series.kpi, "whose": series.name, "beside": series.beside, "period": period.words}
            cells |= {"value": number, "source": _SOURCE, "published on": published, "recorded on": recorded}
            found.append(row({**cells, "fictional": "yes"}))
    return found


def _level(series: Series, period: Period) -> float:
    season = series.season[period.index - 1] if series.season else 0.0
    return series.start + series.a_year * period.years_in + season
