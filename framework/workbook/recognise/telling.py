"""What a KPI's own unit, words, figures and periods tell of its measure and frequency. Asked where nothing tells."""

from collections import Counter
from collections.abc import Sequence

from framework.kpis.kpi import Frequency, Measure
from framework.periods import PeriodKind
from framework.workbook.cells import Cell
from framework.workbook.readings import looks_like
from framework.workbook.readings.formats import is_percent
from framework.workbook.recognise.asking import one_of, table_key
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.naming import spelled
from framework.workbook.recognise.taking import Line, Taken
from framework.workbook.recognise.times import Times, frequency_of

_SHARE_WORDS = ("%", "percent", "per cent", "proportion of", "share of")
_UNITS = {
    "score": Measure.SCORE,
    "points": Measure.SCORE,
    "average": Measure.AVERAGE,
    "mean": Measure.AVERAGE,
    "rate": Measure.RATE,
    "number": Measure.COUNT,
    "count": Measure.COUNT,
    "no": Measure.COUNT,
    "#": Measure.COUNT,
}
_HOW_OFTEN = {
    "yearly": Frequency.YEARLY, "annual": Frequency.YEARLY, "annually": Frequency.YEARLY, "year": Frequency.YEARLY,
    "termly": Frequency.TERMLY, "term": Frequency.TERMLY, "every term": Frequency.TERMLY, "each term": Frequency.TERMLY,
    "half termly": Frequency.HALF_TERMLY, "half term": Frequency.HALF_TERMLY, "every half term": Frequency.HALF_TERMLY,
    "each half term": Frequency.HALF_TERMLY, "quarterly": Frequency.QUARTERLY, "quarter": Frequency.QUARTERLY,
    "monthly": Frequency.MONTHLY, "month": Frequency.MONTHLY, "every month": Frequency.MONTHLY,
    "weekly": Frequency.WEEKLY, "week": Frequency.WEEKLY, "every week": Frequency.WEEKLY,
}  # fmt: skip


class Telling:
    """Measure and frequency of KPIs that are new here, from the rows that speak of them."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._times = times

    def measure(self, title: str, lines: Sequence[tuple[Taken, Line]]) -> Measure | None:
        """What its unit, words and figures tell; where nothing does, what was said of all such of its table."""
        table, line = lines[0]
        unit = spelled(line.text("unit"))
        figures = _figures(lines)
        headings = " ".join(c.heading for t, _ in lines[:1] for c in t.columns if c.field in ("value", "target"))
        words = f"{line.text('unit')} {title} {headings}".casefold()
        if any(word in words for word in _SHARE_WORDS) or any(_is_share(cell) for cell in figures):
            return Measure.PERCENTAGE
        if "£" in words or any("£" in cell.raw or "£" in cell.number_format for cell in figures):
            return Measure.CURRENCY
        if unit in _UNITS:
            return _UNITS[unit]
        numbers = [cell for cell in figures if looks_like("number", cell)]
        if numbers and all(_is_whole(cell) for cell in numbers):
            return Measure.COUNT
        answer = self._job.asking.ask(
            table_key(table.sheet, "measure"),
            one_of(
                f"What are the figures of the KPIs in '{table.sheet}' that do not say so themselves?",
                [(m.value, m.value) for m in Measure],
            ),
            cell=line.at(table.measured),
        )
        return next((m for m in Measure if m.value == answer), None)

    def frequency(self, lines: Sequence[tuple[Taken, Line]]) -> Frequency | None:
        """How often it is measured: in its own words, by the periods of its figures, or as was said of its table."""
        table, line = lines[0]
        said_so = _HOW_OFTEN.get(spelled(line.text("frequency")))
        if said_so is not None:
            return said_so
        kinds: Counter[PeriodKind] = Counter()
        for own, row in lines:
            texts = set(own.periods) if own.wide else set(row.texts("period"))
            texts |= {c.heading for c in own.headed("value")}
            for text in texts:
                found = self._times.period_in(text)
                kinds.update([found.period.kind] if found is not None else [])
            if own.wide:
                break
        if kinds:
            return frequency_of(kinds.most_common(1)[0][0])
        answer = self._job.asking.ask(
            table_key(table.sheet, "frequency"),
            one_of(f"How often are the KPIs in '{table.sheet}' measured?", [(f.value, f.value) for f in Frequency]),
            cell=line.at(table.measured),
        )
        return next((f for f in Frequency if f.value == answer), None)


def _figures(lines: Sequence[tuple[Taken, Line]]) -> list[Cell]:
    """Every cell that holds a figure of the KPI."""
    found: list[Cell] = []
    for _, line in lines:
        found += [cell for name in ("value", "target", "baseline") for _, cell in line.of(name)]
        found += [cell for _, cell in line.periods]
    return found


def _is_share(cell: Cell) -> bool:
    return is_percent(cell.number_format) or cell.raw.rstrip(" +").endswith("%")


def _is_whole(cell: Cell) -> bool:
    words = cell.raw.replace(",", "").strip()
    return words.removesuffix(".0").lstrip("<>≥≤~+-").strip().isdecimal()
