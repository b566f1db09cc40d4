"""The sample's Targets sheet."""

from dataclasses import dataclass
from datetime import date

from data.sample.rows import Row, row
from data.sample.trust import SCHOOLS
from data.sample.values import KPIS, reported

_HALF, _TERM, _YEAR = "Summer 2, 2026/27", "Summer term, 2026/27", "2026/27"
_OWN, _AGREED, _COMPARATOR, _STATUTORY = "own baseline", "agreed ambition", "comparator", "statutory"
_AUTUMN = date(2025, 10, 17)  # when the plan's targets were agreed
_SPRING = date(2026, 3, 27)  # after the board of 24 March 2026


@dataclass(frozen=True)
class Aim:
    kpi: str
    period: str
    target: float | None
    basis: str
    reason: str = ""
    band: tuple[float, float] | None = None
    earlier: float | None = None
    moved: date | None = None
    recorded: date = _AUTUMN


_TRUST = [
    Aim("K-E02", "Summer 2, 2024/25", 50.0, _AGREED, "Half of all pupils by the end.", recorded=date(2023, 10, 13)),
    Aim("K-W05", "Summer 2, 2024/25", 8.0, _AGREED, recorded=date(2023, 10, 13)),
    Aim("K-B03", "Summer term, 2024/25", 30.0, _OWN, recorded=date(2023, 10, 13)),
    Aim("K-A01", _HALF, 95.0, _COMPARATOR, "Where the nearest schools like ours stand."),
    Aim(
        "K-A02",
        _HALF,
        20.0,
        _AGREED,
        "Eighteen could not be reached in the time left; the board preferred a target people believe in.",
        earlier=18.0,
        moved=_SPRING,
    ),
    Aim("K-A03", _TERM, 1.8, _OWN, "About nine pupils fewer."),
    Aim("K-A04", _TERM, 1.3, _OWN),
    Aim("K-A05", "2025/26", 63.5, _COMPARATOR, "Half way."),
    Aim("K-A05", _YEAR, 68.0, _COMPARATOR, "The figure for England."),
    Aim("K-A07", _YEAR, 95.0, _STATUTORY, "Every leaver should have a place to go."),
    Aim("K-A09", _YEAR, 95.0, _AGREED, "Everyone but late arrivals."),
    Aim("K-A10", _TERM, 8.0, _STATUTORY, "All eight are expected of a secondary school."),
    Aim("K-A13", _HALF, 95.0, _AGREED),
    Aim("K-T03", _HALF, 90.0, _AGREED, "A word every half-term from nine in ten."),
    Aim("K-T06", _HALF, 98.0, _AGREED, "Two late in a hundred can happen."),
    Aim("K-W09", _HALF, 7.5, _AGREED, "A week and a half at most."),
    Aim("K-B01", _HALF, 45.0, _AGREED),
    Aim("K-B02", _TERM, 80.0, _AGREED, "Four in five, as promised in the first listening week."),
    Aim("K-B04", _YEAR, 69.5, _COMPARATOR, "The survey firm's median."),
    Aim("K-B06", _TERM, 75.0, _AGREED),
    Aim("K-B09", _HALF, 0.0, _AGREED, "Nobody should know only us."),
    Aim("K-B14", "June 2027", 345.0, _OWN, "Half as much again as in October 2024."),
    Aim("K-B15", _HALF, 35.0, _AGREED, "Set when the count began anew.", recorded=date(2026, 11, 6)),
    Aim("K-W03", "Summer 2, 2025/26", 27.0, _OWN, "Half way."),
    Aim(
        "K-W03",
        _HALF,
        35.0,
        _AGREED,
        "Raised: three more schools found a kitchen and a cook.",
        earlier=30.0,
        moved=date(2026, 10, 2),
    ),
    Aim("K-C01", _YEAR, 50.0, _AGREED, "Half of our staff."),
    Aim("K-C04", _YEAR, None, _COMPARATOR, "Fewer stalls ideas, more unsettles classes.", band=(8.0, 12.0)),
    Aim("K-C06", _YEAR, 100.0, _AGREED, "Hold what has been reached, at each new rate."),
    Aim("K-C08", _YEAR, 14.0, _AGREED, "Two in every school."),
    Aim("K-C12", _YEAR, 60.0, _AGREED),
    Aim(
        "K-C14",
        _TERM,
        26.0,
        _OWN,
        "Lowered: the new energy contract is bought nationally and cannot be steered.",
        earlier=30.0,
        moved=date(2026, 6, 19),
    ),
]


def _row(aim: Aim, place: str = "") -> Row:
    low, high = aim.band or (None, None)
    return row(
        {
            "KPI": aim.kpi,
            "place": place,
            "period": aim.period,
            "target": aim.target,
            "low": low,
            "high": high,
            "basis": aim.basis,
            "reason": aim.reason,
            "earlier target": aim.earlier,
            "moved on": aim.moved,
            "recorded on": aim.recorded,
            "fictional": "yes",
        }
    )


def _start(code: str, school: str) -> float:
    """A school's value at the baseline; for one that joined later, its first."""
    kpi = next(k for k in KPIS if k.code == code)
    periods = [p.words for p in kpi.periods()]
    for period in periods[periods.index(kpi.baseline) :]:
        found = reported(code, period, school)
        if found:
            return found[0].value
    raise LookupError(f"{code} has no value for {school}")


def _school_rows() -> list[Row]:
    found = []
    for school in SCHOOLS:
        wanted = {
            "K-A01": min(98.0, _start("K-A01", school) + 1.1),
            "K-A02": _start("K-A02", school) * 0.72,
            "K-B01": _start("K-B01", school) + 21.0,
            "K-W03": _start("K-W03", school) + 13.5,
        }
        for code, target in wanted.items():
            aim = Aim(code, _HALF, round(target, 1), _OWN, "Agreed with the headteacher.", recorded=date(2025, 11, 14))
            found.append(_row(aim, school))
    return found


def target_rows() -> list[Row]:
    return [*(_row(aim) for aim in _TRUST), *_school_rows()]
