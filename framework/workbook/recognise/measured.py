"""Figures of a stranger's file to values of our KPIs, from long tables and from wide ones alike."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framework.kpis.kpi import ReportedBy, State, Symbol
from framework.workbook.cells import Cell
from framework.workbook.recognise.amounts import Amounts, Figure
from framework.workbook.recognise.asking import EMPTY, OUT, one_of, table_key, value_key
from framework.workbook.recognise.conversion import Cells, Conversion, from_cell
from framework.workbook.recognise.dating import Dating
from framework.workbook.recognise.figures import Measured
from framework.workbook.recognise.groups import group_in
from framework.workbook.recognise.meaning import Meaning
from framework.workbook.recognise.shape import Column
from framework.workbook.recognise.taking import Line, Taken, said
from framework.workbook.recognise.targets import Targets
from framework.workbook.recognise.times import Times
from framework.workbook.text import quoted

_NOT_REPORTED = frozenset({State.WITHDRAWN, State.NOT_APPLICABLE, State.NOT_AVAILABLE})
_STATES = {Symbol.NOT_APPLICABLE: State.NOT_APPLICABLE, Symbol.NOT_AVAILABLE: State.NOT_AVAILABLE}
# Fields of a value that its row says beside the figure, and the columns that say them.
_BESIDE = (("kpi", "kpi"), ("place", "school"), ("period", "period"), ("group", "group"))


@dataclass(frozen=True)
class _Slot:
    """One figure of the file.

    last   no other figure of its row follows
    place  of a column that is headed by a school
    """

    row: Measured
    column: Column
    cell: Cell
    last: bool
    place: str | None = None


class Values:
    """Makes values, targets and baselines of rows whose KPI is known."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._meaning = Meaning(job)
        self._amounts = Amounts(job)
        self._headed: dict[str, str | None] = {}
        self._dating = Dating(job, times)
        self._targets = Targets(job, times, self._amounts, self._dating)

    def convert(self, rows: Sequence[Measured]) -> list[tuple[Taken, Line]]:
        """Make the rows; the records of which something went in."""
        slots = [slot for row in rows for slot in self._slots(row)]
        self._weigh(rows, slots)
        reported = {self._kpi(row.kpi).get("reported_by") for row in rows}
        alone = self._job.names.trust if reported <= {None, ReportedBy.TRUST} else None
        went = [(slot.row.table, slot.row.line) for slot in slots if self._value(slot, alone)]
        for row in rows:
            self._targets.baseline(row)
            place = self._named_place(row) if row.line.text("school") else None
            known = place is not None or not row.line.text("school")
            if known and self._targets.targets(row, self._kpi(row.kpi), place):
                went.append((row.table, row.line))
        return went

    def _kpi(self, ref: str) -> Mapping[str, Any]:
        return self._job.data_of("kpi", ref) | {
            name: value for name, value in self._job.standing("kpi", ref).items() if value is not None
        }

    def _weigh(self, rows: Sequence[Measured], slots: Sequence[_Slot]) -> None:
        cells: dict[str, list[Cell]] = defaultdict(list)
        for slot in slots:
            cells[slot.row.kpi].append(slot.cell)
        for row in rows:
            cells[row.kpi] += [cell for name in ("baseline", "target") for _, cell in row.line.of(name)]
        for kpi, own in cells.items():
            self._amounts.weigh(kpi, self._kpi(kpi).get("measure"), own)

    def _slots(self, row: Measured) -> Iterator[_Slot]:
        figures = [(c, cell, self._place_in(c)) for c, cell in (*row.line.periods, *row.line.of("value"))]
        loose = [(c, cell, self._job.names.places.exact(c.heading)) for c, cell in row.line.loose if c.heading]
        figures += [(c, cell, place) for c, cell, place in loose if place is not None]
        for number, (column, cell, place) in enumerate(figures, 1):
            yield _Slot(row, column, cell, number == len(figures), place)

    def _place_in(self, column: Column) -> str | None:
        """The school that a column's heading names beside its period."""
        if column.heading not in self._headed:
            self._headed[column.heading] = self._job.names.place_in(column.heading)
        return self._headed[column.heading]

    def _value(self, slot: _Slot, alone: str | None) -> bool:
        """Make one value; False when it is empty, left out, wrong, or waits for an answer."""
        row, line = slot.row, slot.row.line
        kpi = self._kpi(row.kpi)
        frequency = kpi.get("frequency")
        place = slot.place or self._named_place(row) or self._asked_place(row, alone)
        group = self._group(row)
        if frequency is None or place is None or group is None:
            return False
        period = self._dating.of_value(row.table, line, slot.column, slot.cell, frequency.kind)
        if period is None:
            return False
        figure = self._amounts.read(row.kpi, slot.column, slot.cell, line, "value", "this value is left out")
        if figure is None:
            return False
        data: dict[str, Any] = {"kpi": row.kpi, "place": place, "period": period, "group": group}
        cells: Cells = {}
        self._fill(slot, figure, data, cells)
        self._job.put("value", data, cells, line, f"{kpi.get('code')}, {period.words}")
        return True

    def _fill(self, slot: _Slot, figure: Figure, data: dict[str, Any], cells: Cells) -> None:
        """What a figure says, and what its row says of it."""
        line, amount = slot.row.line, figure.amount
        own = from_cell(slot.cell, figure.reading)
        cells["symbol" if amount.number is None else "number"] = own
        if amount.number is not None:
            data["number"] = amount.number
        if amount.symbol is not None:
            data["symbol"] = amount.symbol
        state = _STATES.get(amount.symbol) if amount.symbol is not None else None
        stands = self._job.standing("value", self._job.keyed("value", data))
        if state is not None or stands.get("state") in _NOT_REPORTED:
            data["state"], cells["state"] = state or State.REPORTED, own
        for name in ("numerator", "denominator"):
            part = getattr(amount, name)
            if part is not None and float(part).is_integer():
                data[name], cells[name] = int(part), own
        self._counts(slot, data, cells)
        # What a row says of none of its periods is said of the newest, and once.
        cells_of_notes = {cell.address: cell for cell in line.beside("notes", slot.column)}
        if slot.last:
            cells_of_notes |= {cell.address: cell for column, cell in line.of("notes") if column.period is None}
        notes = "\n".join(filter(None, (*map(said, cells_of_notes.values()), figure.note)))
        if notes:
            data["note"] = notes
            cells["note"] = from_cell(next(iter(cells_of_notes.values()), slot.cell))
        for name, source in _BESIDE:
            cell = line.cell(source)
            if cell is not None and data.get(name):
                cells.setdefault(name, from_cell(cell))

    def _counts(self, slot: _Slot, data: dict[str, Any], cells: Cells) -> None:
        """The counts that a figure is made of, where its row has no other figure that they may belong to."""
        line = slot.row.line
        several = len(line.periods) + len(line.of("value")) > 1 or slot.place is not None
        if several and slot.column.period is None:
            return
        for name in ("numerator", "denominator"):
            for cell in line.beside(name, slot.column)[:1]:
                number = self._amounts.whole(slot.column, cell, line)
                if number is not None:
                    data[name], cells[name] = number, from_cell(cell)

    def _named_place(self, row: Measured) -> str | None:
        """The school that a row names; None when it names none, or one that is left out or asked about."""
        names, line = self._job.names, row.line
        words = line.text("school")
        if not words:
            return None
        if names.everywhere(words):
            return names.trust
        out = [(OUT, "leave its values out")]
        found = self._meaning.one(words, names.places, "school", line, out, every=True)
        return None if found == OUT else found

    def _asked_place(self, row: Measured, alone: str | None) -> str | None:
        if row.line.text("school"):
            return None
        places = self._job.names.places
        return self._job.asking.ask(
            table_key(row.table.sheet, "place"),
            one_of(
                f"Of which school are the figures of '{row.table.sheet}', or are they the trust's?",
                [(named.ref, named.shown) for named in places],
            ),
            suggested=alone,
            cell=row.line.at("value"),
            fits=lambda said: said in places,
        )

    def _group(self, row: Measured) -> str | None:
        """Whom a figure is true of, empty for everyone; None when it is left out or asked about."""
        words = row.line.text("group")
        found = group_in(words)
        if found is not None:
            return found
        column = row.line.column("group")
        made = f"{column.heading if column is not None and column.heading else 'Group'}: {words}"
        answer = self._job.asking.ask(
            value_key("group", words),
            one_of(
                f"Which group of pupils is '{quoted(words)}'?",
                [(made, f"a group of its own, '{quoted(made)}'"), (EMPTY, "everyone"), (OUT, "leave its values out")],
            ),
            suggested=made,
            cell=row.line.at("group"),
            fits=lambda said: said in (EMPTY, OUT) or group_in(said) is not None,
        )
        return None if answer is None or answer == OUT else group_in(answer)
