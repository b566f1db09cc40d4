"""Baselines and targets in a stranger's list of KPIs."""

from collections.abc import Mapping
from typing import Any

from framework.workbook.cells import Cell
from framework.workbook.recognise.amounts import Amounts
from framework.workbook.recognise.conversion import Cells, Conversion, from_cell
from framework.workbook.recognise.dating import Dating
from framework.workbook.recognise.figures import Measured
from framework.workbook.recognise.shape import Column
from framework.workbook.recognise.taking import said
from framework.workbook.recognise.times import Times


class Targets:
    """Makes targets, and fills in where a KPI starts from."""

    def __init__(self, job: Conversion, times: Times, amounts: Amounts, dating: Dating) -> None:
        self._job = job
        self._times = times
        self._amounts = amounts
        self._dating = dating

    def baseline(self, row: Measured) -> None:
        """Where a KPI starts from, in the row of the KPI itself: the first that the file gives."""
        made = self._job.data_of("kpi", row.kpi)
        for column, cell in row.line.of("baseline"):
            if not made or "baseline" in made or not said(cell):
                continue
            left = "the KPI goes in without its baseline"
            figure = self._amounts.read(row.kpi, column, cell, row.line, "baseline", left)
            if figure is None or figure.amount.number is None:
                continue
            made["baseline"] = figure.amount.number
            self._job.cells_of("kpi", row.kpi)["baseline"] = from_cell(cell, figure.reading)
            for name in ("numerator", "denominator"):
                part = getattr(figure.amount, name)
                if part is not None and float(part).is_integer():
                    made[f"baseline_{name}"] = int(part)
            spoken = self._times.period_in(column.period or column.heading)
            if spoken is not None and not spoken.assumed:
                made["baseline_period"] = spoken.period

    def targets(self, row: Measured, kpi: Mapping[str, Any], place: str | None) -> bool:
        """Make the row's targets; whether there is one.

        kpi    the KPI's fields
        place  the school that the row names; None: the trust
        """
        made = [self._target(row, kpi, place, column, cell) for column, cell in row.line.of("target") if said(cell)]
        return any(made)

    def _target(self, row: Measured, kpi: Mapping[str, Any], place: str | None, column: Column, cell: Cell) -> bool:
        job, line = self._job, row.line
        frequency = kpi.get("frequency")
        period = None if frequency is None else self._dating.of_target(row.table, line, column, frequency.kind)
        if period is None:
            return False
        figure = self._amounts.read(row.kpi, column, cell, line, "target", "the KPI goes in without this target")
        if figure is None or (figure.amount.number is None and figure.amount.low is None):
            return False
        amount = figure.amount
        data: dict[str, Any] = {"kpi": row.kpi, "place": place, "period": period}
        trust = job.names.trust
        if place in (None, trust):  # the trust's own may stand here under its name, or under none
            own = {**data, "place": trust}
            data["place"] = trust if trust is not None and job.keyed("target", own) is not None else None
        data |= {"low": amount.low, "high": amount.high} if amount.low is not None else {"number": amount.number}
        cells: Cells = {"number" if amount.low is None else "low": from_cell(cell, figure.reading)}
        job.put("target", data, cells, line, f"{kpi.get('code')}, {period.words}")
        return True
