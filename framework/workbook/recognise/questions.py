"""What only a person can say of a stranger's file: one question a column or a word, however many cells ask it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from framework.periods import year_words
from framework.plans import Status
from framework.workbook.cells import Cell
from framework.workbook.readings import Certainty, Rag, Reading, rag_of_colour
from framework.workbook.recognise.asking import EMPTY, SHOWN, counted, value_key
from framework.workbook.recognise.evidence import (
    YEAR_KEY,
    Reader,
    Setting,
    colours_key,
    dates_key,
    scale_key,
    without_year,
    years_named,
)
from framework.workbook.recognise.fields import BY_NAME, FIELDS, Kind, is_date_field, never, only_dates
from framework.workbook.recognise.grid import Grid, address
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Asks, Choice, Column, How, Layout, Question, Table
from framework.workbook.recognise.words_met import ColumnMet, Met
from framework.workbook.text import quoted

READ = frozenset(w.name for w in FIELDS if w.kind in (Kind.DATE, Kind.STATUS, Kind.RAG, Kind.PERSON, Kind.SHARE))
_STATUSES = (*(Choice(s.value, s.value) for s in Status), Choice(EMPTY, "not set: keep the word as a note"))
_RAGS = (*(Choice(r.value, r.value) for r in Rag), Choice(EMPTY, "no rating: keep the word as a note"))
_DAY, _MONTH = "day first", "month first"
_SHARES, _PERCENT = "share", "percent"
_SAMPLE = 2_000


class Questions:
    """Gathers questions; the same one asked by several tables or cells is one. Those that were answered are none."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._made: dict[str, Question] = {}

    def add(self, question: Question) -> None:
        if question.key in self._answers:
            return
        known = self._made.get(question.key)
        if known is not None:
            cells = (*known.cells, *(c for c in question.cells if c not in known.cells))[:SHOWN]
            question = Question(
                known.key, known.asks, known.words, known.choices, known.suggested, cells, known.count + question.count
            )
        self._made[question.key] = question

    def all(self) -> tuple[Question, ...]:
        return tuple(self._made.values())


def ask(
    tables: Sequence[Table],
    met: Iterable[ColumnMet],
    grids: Mapping[str, Grid],
    setting: Setting,
    layout: Layout | None,
) -> tuple[tuple[Question, ...], dict[tuple[int, int], Reader]]:
    """Everything there is to ask of the tables that are taken, and the columns' readers by table and column.

    met  the columns that are read or told apart by their values
    """
    made = Questions(setting.answers)
    used = [table for table in tables if table.used]
    for table in used:
        for question in _of_columns(table, layout):
            made.add(question)
    readers: dict[tuple[int, int], Reader] = {}
    yearless: list[tuple[ColumnMet, Met]] = []
    read: list[Reading] = []
    for column in met:
        if column.column.field not in READ:
            continue
        cells = [one.cell for one in islice(column.values, _SAMPLE)]
        reader = Reader(column.column, cells, setting)
        readers[id(column.table), column.column.index] = reader
        for question in _of_values(column, reader, yearless, read):
            made.add(question)
    for question in (*_year(yearless, read), *_colours(used, grids)):
        made.add(question)
    return made.all(), readers


def _of_columns(table: Table, layout: Layout | None) -> Iterator[Question]:
    """Columns of which the field is in doubt: near words, several for one field, new ones under a known layout."""
    for column in table.columns:
        known = layout is not None and normal(column.heading) in layout.headings
        if column.how is How.LAYOUT or known or not column.heading:
            continue
        if column.suggested is not None:
            yield _doubtful(table, column)
        elif layout is not None and column.field is not None and column.period is None:
            yield _column_question(
                table,
                column,
                f"'{quoted(column.heading)}' is new in this file. Is it {_said(column.field)}?",
                column.field,
            )


def _doubtful(table: Table, column: Column) -> Question:
    assert column.suggested is not None
    heading = quoted(column.heading)
    holder = next((c for c in table.columns if c.field == column.suggested and c.period is None), None)
    if column.index == 0:
        words = f"Lines across the table '{table.sheet}' head the rows below them. What do they say?"
        return _column_question(table, column, words, column.suggested)
    if holder is not None:
        words = (
            f"'{heading}' and '{quoted(holder.heading)}' could both be {_said(column.suggested)}. "
            f"'{quoted(holder.heading)}' was taken. What is '{heading}'?"
        )
        return _column_question(table, column, words, EMPTY)
    words = f"Is '{heading}' {_said(column.suggested)}?"
    return _column_question(table, column, words, None)


def _column_question(table: Table, column: Column, words: str, suggested: str | None) -> Question:
    first = column.suggested or column.field or ""
    names = [first, *(w.name for w in FIELDS if w.name != first and _may_be(w.name, column.heading))]
    choices = (*(Choice(name, _said(name)) for name in names if name), Choice(EMPTY, "none of these: leave it out"))
    cell = address(table.header_row, column.index) if column.index else ""
    cells = (f"{table.sheet}!{cell}",) if cell else ()
    return Question(f"column|{normal(column.heading)}", Asks.COLUMN, words, choices, suggested, cells)


def _may_be(name: str, heading: str) -> bool:
    plain = normal(heading)
    return not never(plain) and (is_date_field(name) or not only_dates(plain))


_CALLED = {
    "kpi": "the KPI",
    "rag": "the RAG rating",
    "due": "the date by which it is due",
    "start": "the date it starts",
}


def _said(name: str) -> str:
    return _CALLED.get(name, f"the {name.replace('_', ' ')}")


def _of_values(
    met: ColumnMet, reader: Reader, yearless: list[tuple[ColumnMet, Met]], read: list[Reading]
) -> Iterator[Question]:
    kind = BY_NAME[met.column.field or ""].kind
    if kind is Kind.SHARE:
        yield from _scale(met, reader)
        return
    if kind is Kind.DATE:
        yield from _order(met, reader)
    for one in met.values:
        reading = reader.read(one.cell)
        if kind is Kind.DATE:
            read.append(reading)
            if without_year(reading):
                yearless.append((met, one))
                continue
        question = _ASKED[kind](met.column, one, reading)
        if question is not None:
            yield question


def _status(column: Column, one: Met, reading: Reading) -> Question | None:
    if reading.certainty not in (Certainty.ASK, Certainty.ASSUMED):
        return None
    suggested = reading.value.value if isinstance(reading.value, Status) else EMPTY
    return _value("status", one, f"What does the status '{quoted(one.cell.raw)}' mean?", _STATUSES, suggested)


def _rag(column: Column, one: Met, reading: Reading) -> Question | None:
    if reading.certainty is not Certainty.ASK:
        return None
    suggested = reading.value.value if isinstance(reading.value, Rag) else EMPTY
    return _value("rag", one, f"What does the rating '{quoted(one.cell.raw)}' mean?", _RAGS, suggested)


def _date(column: Column, one: Met, reading: Reading) -> Question | None:
    if reading.certainty is not Certainty.ASK:
        return None
    end = getattr(reading.value, "end", None) or getattr(reading.value, "start", None)
    choices = [Choice(end.isoformat(), f"{end:%d %B %Y}")] if end is not None else []
    words = f"What does '{quoted(one.cell.raw)}' under '{quoted(column.heading)}' mean? {reading.says}".rstrip()
    suggested = None if end is not None else EMPTY
    return _value(column.field or "due", one, words, (*choices, Choice(EMPTY, "leave it empty")), suggested)


def _person(column: Column, one: Met, reading: Reading) -> Question | None:
    if reading.certainty is not Certainty.ASK:
        return None
    names = "; ".join(reading.value or ()) if isinstance(reading.value, tuple) else ""
    whole = " ".join(one.cell.raw.split())
    choices = [Choice(text, text) for text in dict.fromkeys(filter(None, (names, whole)))]
    words = f"Who is '{quoted(one.cell.raw)}'? {reading.says}".rstrip()
    return _value("owner", one, words, (*choices, Choice(EMPTY, "nobody: keep it as a note")), names or whole)


_ASKED: dict[Kind, Callable[[Column, Met, Reading], Question | None]] = {
    Kind.STATUS: _status,
    Kind.RAG: _rag,
    Kind.DATE: _date,
    Kind.PERSON: _person,
}


def _value(name: str, one: Met, words: str, choices: Iterable[Choice], suggested: str | None) -> Question:
    key = value_key(name, one.cell.raw)
    return Question(key, Asks.VALUE, words, tuple(choices), suggested, tuple(one.places), one.count)


def _order(met: ColumnMet, reader: Reader) -> Iterator[Question]:
    if True not in reader.orders:
        return
    heading = quoted(met.column.heading)
    mixed = len(reader.orders) > 1
    words = (
        f"Some dates under '{heading}' can only be read with the month first and some only with the day first. "
        "Which stands first in the others?"
        if mixed
        else f"The month stands first in dates under '{heading}'. Is that so in all of them?"
    )
    choices = (Choice(_MONTH, "the month first, as in 12/31/2024"), Choice(_DAY, "the day first, as in 31/12/2024"))
    places = [place for one in met.values for place in one.places][:SHOWN]
    count = sum(one.count for one in met.values)
    suggested = None if mixed else _MONTH
    yield Question(dates_key(met.column), Asks.DATES, words, choices, suggested, tuple(places), count)


def _scale(met: ColumnMet, reader: Reader) -> Iterator[Question]:
    readings = [(one, reader.read(one.cell)) for one in met.values]
    asked = [one for one, reading in readings if reading.certainty is Certainty.ASK]
    if not asked:
        return
    words = (
        f"Some values in '{quoted(met.column.heading)}' look like fractions (0.75) and some like percentages (75). "
        "Which are they?"
    )
    choices = (
        Choice(_SHARES, "fractions where they are 1 or less: 0.75 is 75%"),
        Choice(_PERCENT, "percentages throughout: 0.75 is 0.75%"),
    )
    places = [place for one in asked for place in one.places][:SHOWN]
    count = sum(one.count for one in asked)
    yield Question(scale_key(met.column), Asks.SCALE, words, choices, None, tuple(places), count)


def _year(yearless: Sequence[tuple[ColumnMet, Met]], read: Iterable[Reading]) -> Iterator[Question]:
    """One question for all dates that say no year."""
    if not yearless:
        return
    count = sum(one.count for _, one in yearless)
    some = ", ".join(f"'{quoted(one.cell.raw)}'" for _, one in yearless[:3])
    years = years_named(read)
    choices = tuple(Choice(str(year), year_words(year)) for year in sorted(years))
    words = f"{counted(count, 'date says', 'dates say')} no year ({some}). Which school year is the file about?"
    places = tuple(place for _, one in yearless for place in one.places)[:SHOWN]
    yield Question(YEAR_KEY, Asks.DATES, words, choices, str(years[0]) if years else None, places, count)


def _colours(tables: Iterable[Table], grids: Mapping[str, Grid]) -> Iterator[Question]:
    """Cells of a status or rating column that have a colour and no word."""
    for table in tables:
        fills = grids[table.sheet].sheet.fills
        if not fills:
            continue
        for column in table.columns:
            if column.field in ("status", "rag"):
                yield from _coloured(table, column, fills)


def _coloured(table: Table, column: Column, fills: Mapping[tuple[int, int], str]) -> Iterator[Question]:
    places = []
    for record in table.records:
        fill = fills.get((record.number, column.index))
        cell: Cell | None = record.cells.get(column.index)
        if fill is not None and cell is None and rag_of_colour(fill) is not None:
            places.append(f"{table.sheet}!{address(record.number, column.index)}")
    if places:
        words = (
            f"{counted(len(places), 'cell')} of '{quoted(column.heading)}' {'has' if len(places) == 1 else 'have'} "
            "no word but a colour. Use the colours?"
        )
        choices = (Choice("yes", "yes: red, amber and green as they are"), Choice("no", "no: leave them empty"))
        yield Question(colours_key(column), Asks.COLOURS, words, choices, "no", tuple(places[:SHOWN]), len(places))
