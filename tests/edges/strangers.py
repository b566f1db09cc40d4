"""Recognised tables of strangers' files, made by hand: rows of values under headings with their fields."""

from dataclasses import replace
from datetime import date

from framework.subjects import BY_TABLE, SUBJECTS, record
from framework.workbook.cells import Cell
from framework.workbook.recognise.rows import Converted, converted
from framework.workbook.recognise.shape import Column, Holds, Looked, Record, Table, Way
from tests.conftest import EDITION, SMALL_TRUST, TODAY

TABLE_OF = {subject.record: subject.table for subject in SUBJECTS}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def known(*records):
    """Records as the store hands them over."""
    here = {subject.table: {} for subject in SUBJECTS}
    for row in records:
        here[TABLE_OF[type(row)]][row.ref] = row
    return here


HERE = known(*SMALL_TRUST)


def a_cell(value, address, number_format="General"):
    """A filled cell; a value may bring its number format: `(0.75, "0%")`."""
    if isinstance(value, Cell):
        return replace(value, address=address)
    if isinstance(value, tuple):
        value, number_format = value
    if isinstance(value, date):
        return Cell(address, value, f"{value:%d %b %Y}", "dd/mm/yyyy" if number_format == "General" else number_format)
    if number_format == "0%":
        return Cell(address, value, f"{value:.0%}", number_format)
    return Cell(address, value, str(value), number_format)


def a_table(fields, *rows, sheet="Plan", holds=Holds.ACTIONS, way=Way.DOWN, periods=()):
    """A table whose headings stand in row 1. `fields`: heading → field; `periods`: headings of a block of periods."""
    columns = [Column(n, heading, field) for n, (heading, field) in enumerate(fields.items(), 1)]
    columns += [Column(len(columns) + n, words, "value", period=words) for n, words in enumerate(periods, 1)]
    records = [
        Record(
            number,
            {
                c.index: a_cell(value, f"{LETTERS[c.index - 1]}{number}")
                for c, value in zip(columns, row, strict=False)
                if value is not None
            },
        )
        for number, row in enumerate(rows, 2)
    ]
    return Table(sheet, holds, way, (1,), tuple(columns), tuple(records))


def looked(*tables, questions=(), problems=()):
    return Looked("plan.xlsx", "0" * 64, "xlsx", "careful", (), tables, questions, problems)


def refs(start=10_000):
    numbers = iter(range(start, 10_000_000))
    return lambda: f"n{next(numbers):09}"


def convert(*tables, answers=(), here=HERE, on=TODAY, start=10_000, **more) -> Converted:
    """Tables to rows, as they would be for the small trust."""
    seen = tables[0] if tables and isinstance(tables[0], Looked) else looked(*tables, **more)
    return converted(seen, dict(answers), here, on=on, edition=EDITION.ref, new_ref=refs(start))


def rows(made: Converted, table):
    """The fields of a table's rows."""
    return [dict(row.data) for row in made.checked.rows.get(table, [])]


def one(made: Converted, table):
    (row,) = rows(made, table)
    return row


def asked(made: Converted):
    """Question keys, each with what is suggested."""
    return {question.key: question.suggested for question in made.questions}


def wrong(made: Converted):
    return [(problem.code, problem.cell) for problem in made.checked.problems]


def after(made: Converted, here=HERE):
    """What stands here once every row is loaded."""
    there = {table: dict(records) for table, records in here.items()}
    for table, made_rows in made.checked.rows.items():
        subject = BY_TABLE[table]
        nothing = {f.name: f.default for f in subject.fields}
        for row in made_rows:
            stands = there[table].get(row.ref)
            kept = nothing if stands is None else {n: getattr(stands, n) for n in subject.names}
            there[table][row.ref] = record(subject, {**kept, **row.data, "ref": row.ref, "version": 1})
    return there
