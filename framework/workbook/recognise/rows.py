"""From what was recognised in a stranger's file, and what was answered, to rows of ours, ready to be compared.

Pure: the same file, answers and rows here always give the same. Nothing raises on content; nothing is taken in silence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from framework.workbook.cells import Note
from framework.workbook.problems import Checked, Problem
from framework.workbook.recognise.asking import Asking
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.figures import Kpis
from framework.workbook.recognise.measured import Values
from framework.workbook.recognise.plans import Plans
from framework.workbook.recognise.shape import Asks, Column, Holds, Looked, Question
from framework.workbook.recognise.sound import Sound
from framework.workbook.recognise.taking import Line, Taken, taken
from framework.workbook.recognise.times import Times
from framework.workbook.words import Known

_OF_PLANS = (Holds.ACTIONS, Holds.RISKS)
_OF_FIGURES = (Holds.KPIS, Holds.VALUES)


@dataclass(frozen=True)
class Converted:
    """A stranger's file as rows of ours.

    checked    the rows: `data` holds only what the file fills, so that nothing here is ever cleared by it; `cells` has
               of each field its address and raw text, the rule by which it was read and how certain that is
    questions  what must still be answered (nothing suggested: its rows wait), or was assumed (the suggestion stands)
    counts     records of which something goes in, by what their tables hold
    """

    checked: Checked
    questions: tuple[Question, ...]
    counts: Mapping[Holds, int]


def converted(
    looked: Looked, answers: Mapping[str, str], known: Known, *, on: date, edition: str, new_ref: Callable[[], str]
) -> Converted:
    """Rows of ours from the tables that are taken.

    known    the records that stand here, by table and ref
    on       the local day of loading: of updates, and against which dates without a year are read
    edition  the ref of the framework version that the rows go to
    new_ref  makes the ref of a row that is new
    """
    tables = taken(looked, answers)
    asking = Asking(answers, looked.questions)
    job = Conversion(known, asking, on=on, edition=edition, new_ref=new_ref)
    times = Times(job)
    counts: Counter[Holds] = Counter()
    rows = Kpis(job, times).convert(table for table in tables if table.holds in _OF_FIGURES)
    went = [(row.table, row.line) for row in rows if row.makes] + Values(job, times).convert(rows)
    counts.update(_records(went))
    counts.update(Plans(job, times).convert(table for table in tables if table.holds in _OF_PLANS))
    sound = Sound(job, _headings(tables)).rows()
    problems, told = _seen(looked, tables)
    notes = (*looked.notes, *(note for table in tables for note in table.table.notes), *told, *job.notes)
    checked = Checked(sound, (*problems, *dict.fromkeys(job.problems)), notes)
    return Converted(checked, asking.questions(_concerns(tables)), dict(counts))


def _records(went: Iterable[tuple[Taken, Line]]) -> Counter[Holds]:
    """How many records of each kind gave something; one that gave several things counts once."""
    numbers = {(table.holds, table.sheet, table.table.header_rows, line.number) for table, line in went}
    return Counter(holds for holds, *_ in numbers)


def _headings(tables: Iterable[Taken]) -> dict[tuple[str, str], Column]:
    found = {}
    for table in tables:
        for line in table.lines:
            for column, cell in line.everything:
                found[line.sheet, cell.address] = column
    return found


def _seen(looked: Looked, tables: Iterable[Taken]) -> tuple[list[Problem], list[Note]]:
    """The recogniser's problems of the tables that are taken: those that keep the file out, and those to be told only.

    Dates are read again here, with the answers. A cell that shows an error, and a heading that is blank or there twice,
    are passed over: half the workbooks of the world have one, and nobody could ever load them.
    """
    sheets = {table.sheet for table in tables}
    problems, notes = [], []
    for problem in looked.problems:
        if problem.sheet not in sheets or problem.code == "CELL-DATE":
            continue
        if problem.code.startswith("HEAD-") or problem.code == "CELL-ERROR":
            notes.append(Note(problem.code, str(problem), problem.sheet, problem.cell))
        else:
            problems.append(replace(problem, row=0))
    return problems, notes


def _concerns(tables: Iterable[Taken]) -> Callable[[Question], bool]:
    """Whether a question of the recogniser's is about a table that is taken, or about taking one."""
    sheets = {table.sheet for table in tables}

    def concerns(question: Question) -> bool:
        named = {cell.rpartition("!")[0] for cell in question.cells}
        return question.asks is Asks.SHEET or not named or not named.isdisjoint(sheets)

    return concerns
