"""What real returns have: gaps, late ones, corrections, symbols. Each named by KPI, place and period."""

from datetime import date

from data.sample.rows import Row
from data.sample.trust import AGNES, CANAL, DAMSON, HAZEL, LANTERN, LARK, MILL

Slot = tuple[str, str, str]
_NOW = "Autumn 1, 2026/27"

NOT_IN: frozenset[Slot] = frozenset(
    {
        # The half-term just ended: 30 of 36 are in.
        ("K-B01", MILL, _NOW),
        ("K-W03", MILL, _NOW),
        ("K-W09", MILL, _NOW),
        ("K-A02", LANTERN, _NOW),
        ("K-W03", LANTERN, _NOW),
        ("K-W09", LANTERN, _NOW),
        # Older gaps that were never filled.
        ("K-B01", MILL, "Autumn 2, 2023/24"),
        ("K-B01", MILL, "Spring 1, 2023/24"),
        ("K-B01", CANAL, "Summer 2, 2023/24"),
        ("K-W03", LANTERN, "Summer 2, 2023/24"),
        ("K-W03", AGNES, "Spring 2, 2024/25"),
        ("K-W03", MILL, "Summer 1, 2025/26"),
        ("K-W09", AGNES, "Autumn 2, 2023/24"),
        ("K-W09", LARK, "Spring 1, 2024/25"),
        ("K-A02", DAMSON, "Spring 2, 2023/24"),
        ("K-B02", MILL, "Spring term, 2023/24"),
        ("K-W02", CANAL, "Spring term, 2024/25"),
        ("K-W10", LANTERN, "July 2024"),
        ("K-B14", MILL, "December 2024"),
        ("K-B04", LANTERN, "2023/24"),
        ("K-M03", HAZEL, "May 2024"),
        ("K-W05", MILL, "Autumn 2, 2024/25"),
    }
)

INSTEAD: dict[Slot, Row] = {
    ("K-W03", AGNES, "Autumn 1, 2023/24"): {
        "state": "not applicable",
        "symbol": "z",
        "note": "The breakfast bar had not opened yet.",
    },
    ("K-W03", AGNES, "Autumn 2, 2023/24"): {
        "state": "not applicable",
        "symbol": "z",
        "note": "The breakfast bar had not opened yet.",
    },
    ("K-A03", MILL, "Spring term, 2024/25"): {
        "state": "not available",
        "symbol": "c",
        "note": "Hidden by the source: too few pupils.",
    },
    ("K-W02", LARK, "Autumn term, 2024/25"): {
        "state": "not available",
        "symbol": "x",
        "note": "The count day fell on the day of the burst pipe.",
    },
}

BESIDES: dict[Slot, Row] = {
    ("K-A01", CANAL, _NOW): {"state": "provisional", "note": "Two classes still to be checked."},
    ("K-A01", AGNES, _NOW): {"state": "provisional", "note": "Before the week-six register check."},
    ("K-B04", LARK, "2024/25"): {"symbol": "u", "note": "Few families answered: read with care."},
}

# when it was written down, and why so late
LATE: dict[Slot, tuple[date, str]] = {
    ("K-W09", LANTERN, "Spring 1, 2023/24"): (date(2024, 5, 10), "Came after the new log was set up."),
    ("K-B01", CANAL, "Autumn 1, 2024/25"): (date(2025, 2, 7), "Found in a drawer of paper tally sheets."),
    ("K-W03", MILL, "Spring 2, 2024/25"): (date(2025, 6, 20), "Sent with the next return."),
    ("K-B02", MILL, "Autumn term, 2025/26"): (date(2026, 3, 20), "Late: business manager on leave."),
    ("K-A04", LANTERN, "Spring term, 2025/26"): (date(2026, 6, 12), "Late: systems change."),
    ("K-W02", MILL, "Summer term, 2025/26"): (date(2026, 10, 2), "Late: count sheet mislaid over the summer."),
    ("K-C04", MILL, "2025/26"): (date(2026, 11, 6), "Late: one leaving date in doubt."),
}

# added to the figure as first sent, the day it was put right, and why
CORRECTED: dict[Slot, tuple[float, date, str]] = {
    ("K-A02", HAZEL, "Summer 1, 2025/26"): (
        -1.9,
        date(2026, 9, 18),
        "Corrected: pupils who joined in May had been left out.",
    ),
    ("K-A01", CANAL, "Summer 1, 2025/26"): (0.8, date(2026, 9, 18), "Corrected: a study day was counted as attended."),
    ("K-W03", DAMSON, "Autumn 2, 2024/25"): (
        4.2,
        date(2025, 2, 7),
        "Corrected: staff breakfasts had been counted too.",
    ),
    ("K-W09", AGNES, "Summer 1, 2024/25"): (
        -3.0,
        date(2025, 9, 26),
        "Corrected: calendar days had been changed twice.",
    ),
    ("K-W10", HAZEL, "November 2025"): (12.0, date(2026, 1, 16), "Corrected: one delivery was entered twice."),
}

# the census of October 2026 is in before its year is over
EARLY: dict[tuple[str, str], date] = {("K-W01", "2026/27"): date(2026, 11, 10)}
