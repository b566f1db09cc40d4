"""Numbers as people read them: half up, thousands with commas, units always, no-break spaces between."""

from decimal import ROUND_HALF_UP, Decimal

from framework.kpis.kpi import Kpi, Measure, ReportedBy

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def half_up(number: float, decimals: int) -> Decimal:
    """Round as people do: 12.5 is 13, not 12. Judging never rounds; only showing does."""
    # repr, so that 0.125 written as 0.125 is the number rounded, not its binary neighbour.
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimals_of(measure: Measure) -> int:
    return 0 if measure in (Measure.COUNT, Measure.CURRENCY, Measure.MILESTONE) else 1


def plain_number(number: float, decimals: int = 1) -> str:
    """`1,234.5`; a minus sign that is one; no trailing `.0`."""
    rounded = half_up(number, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if rounded < 0 else text


def with_unit(kpi: Kpi, number: float, decimals: int | None = None) -> str:
    """A value of the KPI with its unit: `24.1 %`, `£12,400`, `9.5 hours`."""
    text = plain_number(number, decimals_of(kpi.measure) if decimals is None else decimals)
    unit = "%" if kpi.measure is Measure.PERCENTAGE else (kpi.unit or "")
    if kpi.measure is Measure.MILESTONE and not unit:
        return _milestone(kpi, number, text)
    if unit in ("£", "GBP") or (kpi.measure is Measure.CURRENCY and not unit):
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    return f"{text}{NBSP}{_of_one(unit) if text == '1' else unit}" if unit else text


def _milestone(kpi: Kpi, number: float, text: str) -> str:
    """The trust's own is done or not; of schools it says how many have done it."""
    if kpi.reported_by in (None, ReportedBy.TRUST) and number in (0, 1):
        return "done" if number == 1 else "not done"
    return f"{text}{NBSP}done"


def _of_one(unit: str) -> str:
    """`member` of `members`; a unit that is a rate or a share of something stays."""
    counted = unit.endswith("s") and not unit.endswith("ss") and not unit.startswith(("per ", "of "))
    return unit[:-1] if counted else unit


def apart(kpi: Kpi, one: float, *others: float) -> tuple[str, ...]:
    """Values in words, with more decimals where rounding would hide that the first differs from another."""
    least = decimals_of(kpi.measure)
    best = tuple(with_unit(kpi, n) for n in (one, *others))
    for decimals in range(least, least + 4):
        said = tuple(with_unit(kpi, n, decimals) for n in (one, *others))
        if len([words for words in said[1:] if words != said[0]]) > len([w for w in best[1:] if w != best[0]]):
            best = said
    return best
