"""Figures as a KPI takes them: on its scale, with their counts and signs. Bounds and doubtful numbers are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from framework.kpis.kpi import Measure, Symbol
from framework.workbook.cells import Cell
from framework.workbook.readings import Amount, Certainty, Reading, Scale, read_amount, read_share, scale_of
from framework.workbook.readings.numbers import NONE_YET
from framework.workbook.recognise.asking import OUT, one_of, table_key, value_key
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column
from framework.workbook.recognise.taking import Line
from framework.workbook.text import key, quoted
from framework.workbook.values import NUMBER_EXAMPLE, WHOLE_EXAMPLE
from framework.workbook.words import number_words

_SIGNS = {"z": Symbol.NOT_APPLICABLE, "x": Symbol.NOT_AVAILABLE, "c": Symbol.SUPPRESSED}
_SHARE = "share"
_WHOLE = 100
_SCALES = (
    (_SHARE, "fractions where they are 1 or less: 0.75 is 75%"),
    ("percent", "percentages throughout: 0.75 is 0.75%"),
)


@dataclass(frozen=True)
class Figure:
    """A figure that a row of ours can take. `note`: what the number alone does not say."""

    amount: Amount
    reading: Reading
    note: str = ""


class Amounts:
    """Reads figures of KPIs, each by its own measure and by what all its figures in the file show."""

    def __init__(self, job: Conversion) -> None:
        self._job = job
        self._measures: dict[str, Measure | None] = {}
        self._scales: dict[str, Scale] = {}

    def weigh(self, kpi: str, measure: Measure | None, cells: Sequence[Cell]) -> None:
        """Look at every figure that the file has of a KPI, before the first is read."""
        self._measures[kpi] = measure
        scale = scale_of(cells)
        if scale is Scale.UNKNOWN:  # `at least 90` is no plain number, and yet no fraction
            amounts = [amount for cell in cells if (amount := read_amount(cell).value) is not None]
            edges = [n for a in amounts for n in (a.number, a.low, a.high) if n is not None and a.denominator is None]
            if edges and 1 < max(edges) <= _WHOLE and not any(0 < n < 1 for n in edges):
                scale = Scale.PERCENT
        self._scales[kpi] = scale

    def read(self, kpi: str, column: Column, cell: Cell, line: Line, name: str, if_left: str) -> Figure | None:
        """A figure of a KPI; None when there is none, when it is left out or asked about, or is wrong, which is said.

        name  `value`, `target` or `baseline`; only a target may be a range, or be met by more than it says
        """
        reading = self.reading(kpi, column, cell, line)
        amount: Amount | None = reading.value
        if reading.certainty is Certainty.ERROR:
            return self._wrong(column, cell, line, name, if_left, reading)
        if amount is None or reading.rule.startswith("no sign"):
            return None  # empty, or waits for the answer to its scale
        if amount.symbol is not None:
            return _by_sign(amount.symbol, reading) if name == "value" else None
        if amount.low is not None and name != "target":
            wanted = f"{NUMBER_EXAMPLE} (this is a range)"
            self._job.problem("CELL-TYPE", line, cell, column.heading, wanted, if_left)
            return None
        bounded = amount.comparator is not None and name != "target"
        if bounded or reading.certainty is Certainty.ASK:
            return self._asked(amount, cell, line, name, reading)
        if amount.comparator is not None:
            reading = replace(reading, certainty=Certainty.ASSUMED)
        return Figure(amount, reading)

    def reading(self, kpi: str, column: Column, cell: Cell, line: Line) -> Reading:
        """The cell as an Amount; with a rule that begins `no sign` while its scale is asked about."""
        if self._measures.get(kpi) is not Measure.PERCENTAGE:
            return read_amount(cell)
        scale = self._scales.get(kpi, Scale.UNKNOWN)
        reading = read_share(cell, scale)
        if not reading.rule.startswith("no sign"):
            return reading
        if reading.value.number == 0:  # nought is nought on every scale
            return read_share(cell, Scale.PERCENT)
        wide = column.period is not None
        by_heading = f"scale|{normal(column.heading)}"
        of_table = wide and self._job.asking.answer(by_heading) is None
        answer = self._job.asking.ask(
            table_key(line.sheet, "scale") if of_table else by_heading,
            one_of(
                "Some values look like fractions (0.75) and some like percentages (75). Which are they?",
                _SCALES,
            ),
            cell=f"{line.sheet}!{cell.address}",
        )
        if answer is None:
            return reading
        return self._on_scale(cell, answer)

    @staticmethod
    def _on_scale(cell: Cell, answer: str) -> Reading:
        """The share on the scale that was said; among fractions a number above 1 can be none."""
        reading = read_share(cell, Scale.SHARE_OF_ONE if answer == _SHARE else Scale.PERCENT)
        if reading.rule.startswith("no sign"):
            reading = read_share(cell, Scale.PERCENT)
        return replace(reading, certainty=Certainty.EXACT) if reading.certainty is Certainty.ASSUMED else reading

    def _wrong(
        self, column: Column, cell: Cell, line: Line, name: str, if_left: str, reading: Reading
    ) -> Figure | None:
        if key(cell.raw) in NONE_YET:
            return self._none_yet(cell, line, name, reading)
        if cell.is_error or cell.formula_without_value:
            return None  # said of the cell already
        wanted = f"{NUMBER_EXAMPLE} ({reading.says.rstrip('.')})" if reading.says else NUMBER_EXAMPLE
        self._job.problem("CELL-TYPE", line, cell, column.heading, wanted, if_left)
        return None

    def _none_yet(self, cell: Cell, line: Line, name: str, reading: Reading) -> Figure | None:
        if name != "value":
            return None
        answer = self._job.asking.ask(
            value_key(name, cell.raw),
            one_of(
                f"What does '{quoted(cell.raw)}' among the figures mean?",
                [(OUT, "no value yet: leave it out"), ("z", "not applicable"), ("x", "not available")],
            ),
            suggested=OUT,
            cell=f"{line.sheet}!{cell.address}",
        )
        return _by_sign(_SIGNS[answer], reading) if answer in _SIGNS else None

    def _asked(self, amount: Amount, cell: Cell, line: Line, name: str, reading: Reading) -> Figure | None:
        """A figure that may be meant otherwise: a bound, a number with words beside it."""
        offered = {amount.number: "with the text as its note", amount.numerator: "which was counted"}
        numbers = [(number_words(n), how) for n, how in offered.items() if n is not None]
        choices = [(words, f"{words}, {how}") for words, how in numbers]
        answer = self._job.asking.ask(
            value_key(name, cell.raw),
            one_of(
                f"Which number is '{quoted(cell.raw)}'? {reading.says}".rstrip(),
                [*choices, ("c", "too small to be shown"), (OUT, "leave it out")],
            ),
            cell=f"{line.sheet}!{cell.address}",
            fits=lambda said: said == OUT or said in _SIGNS or _plain(said) is not None,
        )
        told = Reading(reading.raw, reading.value, "answered")
        if answer in _SIGNS:
            return _by_sign(_SIGNS[str(answer)], told) if name == "value" else None
        number = None if answer in (None, OUT) else _plain(str(answer))
        return None if number is None else Figure(Amount(number), told, cell.raw.strip())

    def whole(self, column: Column, cell: Cell, line: Line) -> int | None:
        """A count; None when it is empty, a sign, or no whole number, which is said."""
        reading = read_amount(cell)
        amount: Amount | None = reading.value
        number = None if amount is None or amount.comparator is not None else amount.number
        if number is not None and number.is_integer():
            return int(number)
        wrong = reading.certainty is Certainty.ERROR or (amount is not None and amount.symbol is None)
        if wrong and not cell.is_error and not cell.formula_without_value and key(cell.raw) not in NONE_YET:
            left = "the value goes in without it"
            self._job.problem("CELL-TYPE", line, cell, column.heading, WHOLE_EXAMPLE, left)
        return None


def _plain(text: str) -> float | None:
    amount: Amount | None = read_amount(Cell("", text, text)).value
    return None if amount is None or amount.comparator is not None else amount.number


def _by_sign(symbol: Symbol, reading: Reading) -> Figure:
    # `low` says that the figure rounds to nought, so nought is what it is shown as.
    number = 0.0 if symbol is Symbol.LOW else None
    return Figure(Amount(number, symbol=symbol), reading)
