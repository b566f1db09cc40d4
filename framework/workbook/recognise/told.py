"""What was recognised, as plain JSON and as text for people."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from framework.errors import FileRefused
from framework.periods import Calendar
from framework.workbook.cells import Cell
from framework.workbook.problems import Problem
from framework.workbook.recognise.asking import EMPTY
from framework.workbook.recognise.evidence import Reader, Setting
from framework.workbook.recognise.grid import letter
from framework.workbook.recognise.layouts import layout_json
from framework.workbook.recognise.shape import Column, Looked, Question, Record, Table, Way

SHOWN = 5  # of a kind, in the text for people
_SAMPLE = 2_000
_KEPT = 5_000  # distinct values of a column that are kept to be told again


def as_json(looked: Looked, *, on: date | None = None, calendar: Calendar | None = None) -> dict[str, Any]:
    """The whole of it as JSON: tables with their columns and rows, questions, problems, notes.

    Of each table: sheet, header_row (the lowest) and header_rows, first_row and last_row of its records (of a table
    that runs across these are columns), way, holds, used and why not, columns, records (how many), rows. Of each row's
    fields: cell, raw, value, rule, certainty; a time as {kind, start, end, precision}, None where it says none.
    """
    answers = looked.layout.answers if looked.layout else {}
    setting = Setting(on, calendar or Calendar(()), answers)
    return {
        "name": looked.name,
        "sha256": looked.sha256,
        "kind": looked.kind,
        "reader": looked.reader,
        "sheets": [asdict(sheet) for sheet in looked.sheets],
        "tables": [_table(table, setting) for table in looked.tables],
        "questions": [_question(question) for question in looked.questions],
        "problems": [_problem(problem) for problem in looked.problems],
        "notes": [{"code": n.code, "words": n.words, "sheet": n.sheet, "cell": n.cell} for n in _notes(looked)],
        "layout": layout_json(looked.layout) if looked.layout else None,
    }


def refusal_json(refusal: FileRefused) -> dict[str, Any]:
    """A file that could not be read, as JSON."""
    return {"refused": {"code": refusal.code, "words": str(refusal)}}


def _notes(looked: Looked) -> list[Any]:
    return [*looked.notes, *(note for table in looked.tables if table.used for note in table.notes)]


def _table(table: Table, setting: Setting) -> dict[str, Any]:
    numbers = [record.number for record in table.records]
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "header_rows": list(table.header_rows),
        "first_row": min(numbers, default=None),
        "last_row": max(numbers, default=None),
        "way": table.way.value,
        "holds": table.holds.value,
        "used": table.used,
        "why": table.why,
        "sure": table.sure,
        "columns": [_column(column, table.way) for column in table.columns],
        "records": len(table.records),
        "rows": list(_rows(table, setting)),
    }


def _column(column: Column, way: Way) -> dict[str, Any]:
    return {
        "column": str(column.index) if way is Way.ACROSS else letter(column.index),
        "heading": column.heading,
        "field": column.field,
        "how": column.how.value,
        "suggested": column.suggested,
        "period": column.period,
    }


def _rows(table: Table, setting: Setting) -> Iterator[dict[str, Any]]:
    columns = [(c, _Teller(Reader(c, _sample(table, c), setting))) for c in table.columns if c.field]
    for record in table.records:
        yield {"row": record.number, **_fields(record, columns)}


class _Teller:
    """Tells the cells of one column. What equal cells mean is told once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._told: dict[tuple[str, str, str], dict[str, Any]] = {}

    def tell(self, cell: Cell) -> dict[str, Any]:
        key = (cell.raw, type(cell.value).__name__, cell.number_format)
        told = self._told.get(key)
        if told is None:
            read = self._reader.read(cell)
            told = {"value": plain(read.value), "rule": read.rule, "certainty": read.certainty.value}
            if len(self._told) < _KEPT:
                self._told[key] = told
        return {"cell": cell.address, "raw": cell.raw, **told}


def _fields(record: Record, columns: Iterable[tuple[Column, _Teller]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    periods: list[dict[str, Any]] = []
    for column, teller in columns:
        cell = record.cells.get(column.index)
        if cell is None:
            continue
        told = teller.tell(cell)
        if column.period is None:
            fields[column.field or ""] = told
        else:
            periods.append({"period": column.period, "field": column.field, **told})
    return {"fields": fields, "periods": periods} if periods else {"fields": fields}


def _sample(table: Table, column: Column) -> list[Any]:
    return [cell for r in table.records[:_SAMPLE] if (cell := r.cells.get(column.index)) is not None]


def plain(value: Any) -> Any:
    """A value that JSON can hold: dates as ISO text, words of a closed set as their text, tuples as lists."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(part) for name, part in vars_of(value).items()}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, Iterable):
        return [plain(part) for part in value]
    return str(value)


def vars_of(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "asks": question.asks.value,
        "words": question.words,
        "choices": [{"value": choice.value, "words": choice.words} for choice in question.choices],
        "suggested": question.suggested,
        "cells": list(question.cells),
        "count": question.count,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "heading": problem.heading,
        "found": problem.found,
        "wanted": problem.wanted,
        "row": problem.row,
        "title": problem.title,
        "if_left": problem.if_left,
        "words": str(problem),
    }


def as_text(looked: Looked) -> str:
    """What was recognised, for people: each sheet and table, then what is asked, wrong, or worth knowing."""
    lines = [f"{looked.name} ({looked.kind})"]
    if looked.layout is not None:
        lines.append(f"Read as '{looked.layout.name}' was the last time.")
    for sheet in looked.sheets:
        own = [table for table in looked.tables if table.sheet == sheet.title]
        lines += ["", f"Sheet '{sheet.title}': {sheet.valued:,} filled cells{', hidden' if sheet.hidden else ''}"]
        if sheet.why:
            lines.append(f"  nothing is taken: {sheet.why}")
        for table in own:
            lines += [f"  {line}" for line in _table_lines(table)]
    lines += _listed("Questions", [_asked(question) for question in looked.questions], len(looked.questions))
    for code in dict.fromkeys(problem.code for problem in looked.problems):
        some = [str(problem) for problem in looked.problems if problem.code == code]
        lines += _listed(f"Problems ({code})", some[:SHOWN], len(some))
    notes = _notes(looked)
    if notes:
        kinds = dict.fromkeys(note.code for note in notes)
        some = [str(n) for code in kinds for n in [n for n in notes if n.code == code][:SHOWN]]
        lines += _listed("Notes", some, len(notes))
    return "\n".join(lines)


def _listed(title: str, some: list[str], count: int) -> list[str]:
    if not some:
        return []
    more = [f"- and {count - len(some):,} more like this"] if count > len(some) else []
    return ["", f"{title}: {count:,}", *(f"- {line}" for line in some), *more]


def _table_lines(table: Table) -> Iterator[str]:
    across = table.way is Way.ACROSS
    head = f"column {letter(table.header_row)}" if across else f"row {table.header_row}"
    kept = "" if table.used else f" - not taken: {table.why}"
    yield f"{table.holds.value}: headings in {head}, {len(table.records):,} records, {table.way.value}{kept}"
    for column in table.columns:
        where = f"row {column.index}" if across else letter(column.index) or "-"
        field = column.field or (f"? {column.suggested}" if column.suggested else "-")
        period = f" in {column.period}" if column.period else ""
        yield f"  {where}: {column.heading or '(no heading)'} -> {field}{period}"


def _asked(question: Question) -> str:
    words = {choice.value: choice.words for choice in question.choices}
    if question.suggested is None:
        stands = "must be answered"
    else:
        stands = f"until then: {words.get(question.suggested, question.suggested or EMPTY)}"
    cells = ", ".join(question.cells[:SHOWN])
    return f"{question.words} ({question.count:,}: {cells}; {stands})"
