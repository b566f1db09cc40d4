"""The sample's Events and Meetings."""

from datetime import date, timedelta

from data.sample import days
from data.sample import trust as t
from data.sample.rows import Row, row

# title, kind, start, end, where, organisations, schools, objective, note
_EVENTS = [
    (
        "Task force launch supper",
        "gathering",
        "2023-10-12",
        "",
        "Wayfarers' hall",
        "",
        "",
        "B",
        "Twelve tables, one question: what would you change first?",
    ),
    (
        "Harvest lunch for neighbours",
        "meal",
        "2024-10-03",
        "",
        t.DAMSON,
        t.SAFFRON,
        t.DAMSON,
        "B",
        "One hundred and forty plates served.",
    ),
    (
        "First listening week",
        "listening",
        "2025-01-20",
        "2025-01-24",
        "All schools",
        t.FORUM,
        "; ".join(t.SCHOOLS),
        "B",
        "Conversations at the gate, in eleven languages.",
    ),
    (
        "Community iftar",
        "meal",
        "2025-03-13",
        "",
        t.CANAL,
        f"{t.MOSQUE}; {t.CHAPEL}",
        t.CANAL,
        "B",
        "Families from six faiths and none.",
    ),
    ("Uniform swap morning", "stall", "2025-07-12", "", t.HAZEL, t.PARENTS, t.HAZEL, "B", ""),
    (
        "Jobs evening at the mosque hall",
        "jobs",
        "2026-04-22",
        "",
        "Three Wells hall",
        f"{t.MOSQUE}; {t.COLLEGE}",
        "",
        "C",
        "Forty-one people came; nine asked for an application form.",
    ),
    (
        "Year 4 linking day",
        "linking",
        "2026-06-18",
        "",
        t.DAMSON,
        "",
        f"{t.CANAL}; {t.DAMSON}",
        "A",
        "Sixty children, mixed tables, one mural.",
    ),
    (
        "Listening week 2026",
        "listening",
        "2026-10-05",
        "2026-10-09",
        "All schools",
        t.FORUM,
        "; ".join(t.SCHOOLS),
        "B",
        "",
    ),
    (
        "Winter supper for families and partners",
        "meal",
        "2026-12-03",
        "",
        t.AGNES,
        f"{t.SAFFRON}; {t.HALFPENNY}",
        t.AGNES,
        "B",
        "",
    ),
    (
        "Careers fair with local employers",
        "careers",
        "2027-03-04",
        "",
        t.AGNES,
        f"{t.TERN}; {t.HALFPENNY}; {t.COLLEGE}",
        t.AGNES,
        "A",
        "Date held; stalls still to confirm.",
    ),
]

_BOARDS = (
    "2023-11-21 2024-03-19 2024-07-09 2024-11-26 2025-03-18 2025-07-08 2025-11-25 2026-03-24 2026-07-07 "
    "2026-11-24 2027-03-23 2027-07-06"
)
_EDUCATION = (
    "2023-10-10 2024-02-06 2024-05-14 2024-10-08 2025-02-04 2025-05-13 2025-10-07 2026-02-03 "
    "2026-05-12 2026-10-06 2027-02-02 2027-05-11"
)
_TASK_FORCE = (
    "2023-10-12 2024-01-25 2024-05-02 2024-10-10 2025-01-30 2025-05-08 2025-10-09 2026-01-29 "
    "2026-05-07 2026-10-08 2027-01-28 2027-05-06"
)
_PEOPLE = "2024-01-23 2025-01-21 2026-01-20 2026-06-16 2027-01-19"
_HAZEL = "2024-06-12 2025-06-11 2026-06-10 2026-12-02 2027-06-09"


def event_rows() -> list[Row]:
    headings = ("title", "kind", "start", "end", "where", "organisations", "schools", "objective", "note")
    found = []
    for event in _EVENTS:
        cells: Row = dict(zip(headings, event, strict=True))
        cells["start"] = date.fromisoformat(event[2])
        cells["end"] = date.fromisoformat(event[3]) if event[3] else None
        found.append(row({**cells, "fictional": "yes"}))
    return found


def meeting_rows() -> list[Row]:
    kinds = [
        ("Board of trustees", "board", _BOARDS),
        ("Education committee", "committee", _EDUCATION),
        ("People and resources committee", "committee", _PEOPLE),
        ("Hazel Grange local academy committee", "committee", _HAZEL),
        ("Community Task Force", "task force", _TASK_FORCE),
    ]
    found: list[Row] = []
    for title, kind, listed in kinds:
        for day in map(date.fromisoformat, listed.split()):
            papers = day - timedelta(days=7)
            cells: Row = {"title": title, "kind": kind, "date": day, "papers due": papers, "audience": kind}
            school: Row = {"school": t.HAZEL} if listed == _HAZEL else {}
            found.append({**cells, **school, **(_window(papers) if kind == "board" else {}), "fictional": "yes"})
    return sorted(found, key=lambda cells: (str(cells["date"]), str(cells["title"])))


def _window(papers: date) -> Row:
    """Of the half-term that is over by then: from the day after it to the day before the papers are due."""
    ended = [half for year in days.YEARS for half in days.half_terms(year) if half.end < papers]
    first, last = ended[-1].end + timedelta(days=1), papers - timedelta(days=1)
    return {"reports": ended[-1].words, "window opens": first, "window closes": last}
