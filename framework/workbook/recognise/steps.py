"""Milestones of a stranger's actions, and the dated update that keeps what has no field of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from framework.kpis.kpi import Measure
from framework.text import clean
from framework.workbook.readings import Amount, Certainty, read_list
from framework.workbook.recognise.amounts import Amounts
from framework.workbook.recognise.conversion import Cells, Conversion, from_cell
from framework.workbook.recognise.taking import Line, Taken, said
from framework.workbook.recognise.times import Times
from framework.workbook.words import day_words, number_words

# Columns whose text goes into the update, and what stands before it there; notes speak for themselves.
_KEPT = (("mitigation", "Mitigation"), ("cost", "Cost"))
_MOST = 100


def words_of(heading: str, words: str) -> str:
    return f"{heading}: {words}"


class Steps:
    """Makes what belongs to an action: its milestones and its update."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._times = times
        self._amounts = Amounts(job)
        self._weighed: set[str] = set()

    def milestones(self, action: str, lines: Sequence[Line], due: date | None) -> None:
        """A milestone for each that the rows name, due as its row says, else with the action."""
        for line in lines:
            cell = line.cell("milestone") if line.cell("action") is not None else None
            if cell is None:
                continue
            own_due, done = self._times.day("due", line), self._times.day("done_on", line)
            for title in read_list(said(cell)).value or ():
                self._milestone(action, title, line, own_due[0] if own_due else due, done[0] if done else None)

    def _milestone(self, action: str, title: str, line: Line, due: date | None, done: date | None) -> None:
        if due is None:
            return
        data: dict[str, Any] = {"action": action, "title": title, "due_on": due}
        cells: Cells = {}
        for name, source in (("title", "milestone"), ("due_on", "due"), ("done_on", "done_on")):
            cell = line.cell(source)
            if cell is not None:
                cells[name] = from_cell(cell)
        if done is not None:
            data["done_on"] = done
        ref = self._job.keyed("milestone", data) or self._job.new_ref()
        if not self._job.data_of("milestone", ref):
            self._job.add("milestone", ref, data, cells, line, title)

    def update(
        self, action: str, table: Taken, lines: Sequence[Line], code: str, kept: Sequence[tuple[str, str]]
    ) -> None:
        """One update of the day, unless the very words stand already. Nothing to say: none."""
        line = lines[0]
        words = _texts(lines, "notes")
        words += [words_of(name, text) for field, name in _KEPT for text in _texts(lines, field)]
        words += [said_so for said_so, _ in kept]
        of_milestone = line.cell("milestone") is not None and line.cell("action") is not None
        if not of_milestone and (done := self._times.day("done_on", line)) is not None:
            words.append(words_of("Done on", day_words(done[0])))
        percent, left = self._percent(table, line)
        words += [words_of("Done", left)] if left else []
        if not words and percent is not None:
            words = [f"{number_words(percent)}% done"]
        if not words:
            return
        data: dict[str, Any] = {"action": action, "on": self._job.on, "words": clean("\n".join(words))}
        if percent is not None:
            data["percent_done"] = percent
        if self._stands(data):
            return
        sources = ("notes", *(name for name, _ in _KEPT), *(name for _, name in kept), "done_on", "percent_done")
        cell = next((found for name in sources if (found := line.cell(name)) is not None), line.first)
        assert cell is not None
        cells: Cells = {"words": from_cell(cell)}
        if percent is not None:
            cells["percent_done"] = from_cell(line.cell("percent_done") or cell)
        ref = self._job.keyed("action_update", data) or self._job.new_ref()
        self._job.add("action_update", ref, data, cells, line, f"{code}, {day_words(self._job.on)}")

    def _percent(self, table: Taken, line: Line) -> tuple[float | None, str]:
        """How much is done, 0 to 100, and the text where it is no such number."""
        for column, cell in line.of("percent_done")[:1]:
            about = f"{table.sheet}|{column.heading}"
            if about not in self._weighed:
                self._weighed.add(about)
                cells = [other for row in table.lines for _, other in row.of("percent_done")]
                self._amounts.weigh(about, Measure.PERCENTAGE, cells)
            reading = self._amounts.reading(about, column, cell, line)
            amount: Amount | None = reading.value
            if reading.rule.startswith("no sign"):
                return None, ""
            plain = amount is not None and amount.comparator is None and reading.certainty is not Certainty.ASK
            number = amount.number if amount is not None and plain else None
            if number is not None and 0 <= number <= _MOST:
                return float(number), ""
            return None, said(cell)
        return None, ""

    def _stands(self, data: dict[str, Any]) -> bool:
        """Whether an update of the action with these words, and nothing new about how much is done, is here."""
        return any(
            row.action == data["action"]
            and clean(row.words) == data["words"]
            and data.get("percent_done") in (None, row.percent_done)
            for row in self._job.updates_of(data["action"])
        )


def _texts(lines: Sequence[Line], name: str) -> list[str]:
    """What the rows say under a field; a cell that was filled down over several of them says it once."""
    cells = {cell.address: cell for line in lines for _, cell in line.of(name)}
    return [words for cell in cells.values() if (words := said(cell))]
