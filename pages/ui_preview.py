"""How an import plan is drawn: its counts, every wrong cell, every change field by field, what would be cleared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import streamlit as st

from framework.subjects import BY_SHEET, BY_TABLE, SHEET_ORDER, record
from framework.workbook.comma import comma_separated
from framework.workbook.compare import Plan, RowChange
from framework.workbook.problems import Problem
from framework.workbook.words import NAMED_BY, shown
from pages import ui

OF_A_KIND = 5  # wrong cells of one kind that are shown; the download has them all
NOTHING = "nothing"
NBSP = "\N{NO-BREAK SPACE}"
Known = Mapping[str, Mapping[str, Any]]


def totals(plan: Plan) -> list[tuple[str, int]]:
    """What the plan comes to, in the words of the page."""
    fresh = sum(change.is_new for change in plan.changes)
    wrong = len(plan.problems)
    return [
        ("new", fresh),
        ("changed", sum(not c.is_new and bool(c.changed) for c in plan.changes)),
        ("with cleared cells", sum(bool(c.cleared) for c in plan.changes)),
        ("not in your file", sum(plan.missing.values())),
        ("unchanged", sum(plan.unchanged.values())),
        ("problem" if wrong == 1 else "problems", wrong),
    ]


def counts(plan: Plan) -> None:
    """The counts in one line, then by sheet where anything differs. Where cells are wrong, only how many are."""
    said = [(name, n) for name, n in totals(plan) if name.startswith("problem") or not plan.problems]
    ui.strip(ui.join(*(ui.join(ui.strong(f"{n:,}"), f"{NBSP}{name}") for name, n in said), by=" · "))
    if plan.problems:
        return
    rows = []
    for subject in SHEET_ORDER:
        here = [c for c in plan.changes if c.table == subject.table]
        numbers = (
            sum(c.is_new for c in here),
            sum(not c.is_new and bool(c.changed) for c in here),
            sum(bool(c.cleared) for c in here),
            plan.missing.get(subject.table, 0),
        )
        if any(numbers):
            same = plan.unchanged.get(subject.table, 0)
            rows.append([subject.sheet, *(f"{n:,}" if n else "" for n in numbers), f"{same:,}"])
    if rows:
        names = ("New", "Changed", "Cleared cells", "Not in your file", "Unchanged")
        columns = [ui.Column("Sheet"), *(ui.Column(name, "right", quiet=name == "Unchanged") for name in names)]
        ui.table(columns, rows, caption="What the file would change, by sheet", key="plan_counts")
    missing = sum(plan.missing.values())
    if missing:
        words = ("row here is", "it is") if missing == 1 else ("rows here are", "they are")
        ui.quiet(f"{missing:,} {words[0]} not in your file: {words[1]} kept.")


def notes(plan: Plan) -> None:
    for note in plan.notes:
        ui.quiet(note)


def problems(found: Iterable[Problem]) -> None:
    """Every kind of wrong cell at once, the first few of each; the download lists them all."""
    everything, rows = list(found), []
    kinds = groupby(everything, key=lambda p: (p.sheet, p.heading, p.code))
    together: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for kind, some in kinds:
        together[kind] += some
    for some in together.values():
        rows += [(f"{p.sheet}!{p.cell}", p.heading, _found(p), p.wanted) for p in some[:OF_A_KIND]]
        if len(some) > OF_A_KIND:
            first = some[0]
            where = f"{first.sheet}, {first.heading}" if first.heading else first.sheet
            rows.append((ui.small(f"and {len(some) - OF_A_KIND:,} more like this on {where}"), "", "", ""))
    columns = (
        ui.Column("Cell", width="18%"),
        ui.Column("Heading", width="16%"),
        ui.Column("Found", width="24%"),
        ui.Column("Wanted"),
    )
    listed = [(p.sheet, p.cell, p.heading, p.found, p.wanted) for p in everything]
    heads = ("sheet", "cell", "heading", "found", "wanted")
    ui.table(
        columns,
        rows,
        caption="Cells to correct",
        key="plan_problems",
        download=lambda: ("cells-to-correct.csv", lambda: comma_separated(heads, listed), "text/csv"),
    )


def _found(problem: Problem) -> object:
    if problem.found is None:
        return ui.small(NOTHING)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{problem.found[:200]}\N{RIGHT DOUBLE QUOTATION MARK}"


def changes(plan: Plan, known: Known) -> None:
    """New and changed rows of one sheet at a time: each field as it stands here and as the file has it."""
    some = [c for c in plan.changes if c.is_new or c.changed]
    sheets = [s for s in SHEET_ORDER if any(c.table == s.table for c in some)]
    if not sheets:
        return
    names = with_new(plan, known)
    ui.section("What would change")
    number = {s.sheet: sum(c.table == s.table for c in some) for s in sheets}
    sheet = sheets[0].sheet
    if len(sheets) > 1:
        sheet = ui.choose("Sheet", list(number), "plan_sheet", lambda s: f"{s} ({number[s]:,})", how="pills") or sheet
    table = BY_SHEET[sheet].table
    rows = [(_label(c), *_fields(c, c.changed, names)) for c in some if c.table == table]
    columns = (ui.Column("Row", width="34%"), ui.Column("Field, as it is here, and in your file"))
    ui.table(columns, rows, caption=f"Changes on the sheet {sheet}", key=f"plan_{table}")


def _label(change: RowChange) -> ui.Html:
    return ui.lines(change.label, ui.small("new" if change.is_new else ""))


def _fields(change: RowChange, names: Iterable[str], known: Known) -> list[ui.Html]:
    """One line a field. A new row has no before."""
    subject, said = BY_TABLE[change.table], []
    for name in names:
        field = subject.field(name)
        after = shown(subject, field, change.after[name], known) or NOTHING
        heading = ui.small(f"{field.heading}: ")
        if change.before is None:
            said.append(ui.join(heading, after))
        else:
            before = shown(subject, field, change.before[name], known) or NOTHING
            said.append(ui.join(heading, before, " \N{RIGHTWARDS ARROW} ", ui.strong(after)))
    return [ui.lines(*said)]


def cleared(plan: Plan, known: Known) -> bool:
    """Cells that are empty in the file and hold something here; whether to clear them too, which nobody need choose."""
    some = [c for c in plan.changes if c.cleared]
    if not some:
        return False
    cells = sum(len(c.cleared) for c in some)
    ui.section("Empty in your file", "Here they hold something, and it is kept.")
    rows = []
    for c in some:
        subject = BY_TABLE[c.table]
        held = [
            ui.join(ui.small(f"{subject.field(n).heading}: "), shown(subject, n, (c.before or {}).get(n), known))
            for n in c.cleared
        ]
        rows.append((ui.join(ui.small(f"{subject.sheet}: "), c.label), ui.lines(*held)))
    columns = (ui.Column("Row", width="34%"), ui.Column("What is kept"))
    ui.table(columns, rows, caption="Cells that are empty in the file", key="plan_cleared")
    return st.checkbox(f"Clear {'this fact' if cells == 1 else f'these {cells:,} facts'} here too", key="plan_clear")


def with_new(plan: Plan, known: Known) -> Known:
    """What is here, and beside it the rows the file brings, so that a reference to a new row has its name."""
    names: dict[str, dict[str, Any]] = {table: dict(rows) for table, rows in known.items()}
    for change in plan.changes:
        if change.is_new and change.table in NAMED_BY:
            row = record(BY_TABLE[change.table], {**change.after, "ref": change.ref})
            names.setdefault(change.table, {})[change.ref] = row
    return names
