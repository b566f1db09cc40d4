"""Which period a figure of a stranger's file is true of, and by the end of which a target is to be met."""

from collections.abc import Iterable

from framework.periods import Period, PeriodKind, read_year, year_words
from framework.workbook.cells import Cell
from framework.workbook.recognise.asking import OUT, one_of, table_key
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.shape import Column
from framework.workbook.recognise.taking import Line, Taken
from framework.workbook.recognise.times import Spoken, Times, last_of, school_year_of
from framework.workbook.text import quoted
from framework.workbook.values import PERIOD_EXAMPLE

_ENDED, _RUNNING = "last ended", "running"


class Dating:
    """Finds periods in headings and cells; asks once a table for what none of them says."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._times = times

    def of_value(self, table: Taken, line: Line, column: Column, cell: Cell, kind: PeriodKind) -> Period | None:
        """The period of a value of a KPI that is measured in periods of a kind.

        None while that is to be said, and where it is passed over, which is noted.
        """
        texts = [column.period] if column.period is not None else [*line.texts("period"), column.heading]
        for text in filter(None, texts):
            spoken = self._times.period_in(text)
            if spoken is not None:
                return self._in_year(table, text, spoken, line, cell)
            day = self._times.day_in(text)
            if day is not None:
                return self._times.holding(kind, day)
        if column.period is not None:
            words = f"'{quoted(column.period)}' in '{line.sheet}' is no period we know, so we passed over its column."
            self._job.note_once("HEAD-UNKNOWN", words, line.sheet)
            return None
        own = line.cell("period")
        if own is not None:
            heading = named.heading if (named := line.column("period")) is not None else ""
            self._job.problem("CELL-TYPE", line, own, heading, PERIOD_EXAMPLE, "this value is left out")
            return None
        return self._of_table(table, line, cell, kind)

    def _in_year(self, table: Taken, text: str, spoken: Spoken, line: Line, cell: Cell | None) -> Period | None:
        """A period that names no school year, in the one that was said of its table."""
        if not spoken.assumed:
            return spoken.period
        this = self._times.school_year
        named = self._times.year_in(table.sheet)
        assumed = this if named is None else named
        answer = self._job.asking.ask(
            table_key(table.sheet, "year"),
            one_of(
                f"Of which school year is '{quoted(text)}' in '{table.sheet}'?",
                _years({this - 1, this, this + 1, assumed}),
            ),
            suggested=year_words(assumed),
            cell=line.at("period") if cell is None else f"{line.sheet}!{cell.address}",
            fits=lambda said: read_year(said) is not None,
        )
        year = read_year(answer or "")
        found = None if year is None else self._times.period_in(text, year)
        return None if found is None else found.period

    def _of_table(self, table: Taken, line: Line, cell: Cell, kind: PeriodKind) -> Period | None:
        answer = self._job.asking.ask(
            table_key(table.sheet, "period"),
            one_of(
                f"No column of '{table.sheet}' says when its figures are true of. Which period do they speak of?",
                [
                    (_ENDED, "the newest that is over"),
                    (_RUNNING, "the one that runs now"),
                    (OUT, "leave these figures out"),
                ],
            ),
            cell=f"{line.sheet}!{cell.address}",
            fits=lambda said: said in (_ENDED, _RUNNING, OUT) or self._times.period_in(said) is not None,
        )
        if answer is None or answer == OUT:
            return None
        if answer == _RUNNING:
            return self._times.holding(kind, self._job.on)
        if answer == _ENDED:
            return self._job.calendar.last_ended(kind, self._job.on)
        found = self._times.period_in(answer)
        return None if found is None else last_of(kind, found.period)

    def of_target(self, table: Taken, line: Line, column: Column, kind: PeriodKind) -> Period | None:
        """The period at whose end a target is to be met: its heading's, its row's, else as was said of the table."""
        for text in (column.period or column.heading, *line.texts("period")):
            spoken = self._times.period_in(text)
            if spoken is not None:
                found = self._in_year(table, text, spoken, line, line.cell("target"))
                return None if found is None else last_of(kind, found)
        this = self._times.school_year
        edition = self._job.known.get("edition", {}).get(self._job.edition)
        last = this if edition is None else school_year_of(edition.ends_on)
        answer = self._job.asking.ask(
            table_key(table.sheet, "target period"),
            one_of(
                f"By the end of which school year are the targets of '{table.sheet}' to be met?",
                [*_years({this, this + 1, last}), (OUT, "leave the targets out")],
            ),
            cell=line.at("target"),
            fits=lambda said: said == OUT or self._times.period_in(said) is not None,
        )
        if answer is None or answer == OUT:
            return None
        told = self._times.period_in(answer)
        return None if told is None else last_of(kind, told.period)


def _years(years: Iterable[int]) -> list[tuple[str, str]]:
    return [(year_words(year), year_words(year)) for year in sorted(years)]
