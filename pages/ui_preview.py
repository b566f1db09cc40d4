"""How an import plan is drawn: its counts, every wrong cell, every change field by field. Shared by load and undo."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from framework.subjects import BY_TABLE, SHEET_ORDER, record
from framework.workbook.comma import comma_separated
from framework.workbook.plan import FieldChange, MissingRow, Outcome, Plan, RowChange
from framework.workbook.problems import Problem
from framework.workbook.words import NAMED_BY, shown
from pages import ui

T = TypeVar("T")
AnyRow = TypeVar("AnyRow", RowChange, MissingRow)
OF_A_KIND = 5  # wrong cells of one kind that are shown; the download has them all
NOTHING = "nothing"
AS = "As it is here, and in your file"
ARROW = " \N{RIGHTWARDS ARROW} "
NBSP = "\N{NO-BREAK SPACE}"
Known = Mapping[str, Mapping[str, Any]]


def by_label(rows: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Things by what they are called; of several with one name all but the first get a number."""
    named: dict[str, T] = {}
    for label, thing in rows:
        name, number = label, 1
        while name in named:
            number += 1
            name = f"{label} ({number})"
        named[name] = thing
    return named


def with_outcome(plan: Plan, *outcomes: Outcome) -> list[tuple[RowChange, list[FieldChange]]]:
    """Rows with their fields of these outcomes; rows without one are left out."""
    found = [(row, [one for one in row.fields if one.outcome in outcomes]) for row in plan.changes]
    return [(row, fields) for row, fields in found if fields]


def counts(plan: Plan) -> dict[str, int]:
    """What the plan comes to, by the names of the parts of the page."""
    return {
        "New": sum(row.is_new for row in plan.changes),
        "Changed": len(with_outcome(plan, Outcome.CHANGED, Outcome.MERGED)),
        "Conflicts": sum(len(fields) for _, fields in with_outcome(plan, Outcome.CONFLICT)),
        "Cleared": len(with_outcome(plan, Outcome.CLEARED)),
        "Not in your file": len(plan.missing),
        "Changed here": len(with_outcome(plan, Outcome.CHANGED_HERE)),
        "Problems": len(plan.problems),
    }


def strip(plan: Plan) -> None:
    """The counts in one line."""
    said = [
        (name.lower().rstrip("s") if n == 1 else name.lower(), n)
        for name, n in counts(plan).items()
        if n or name in ("New", "Changed", "Problems")
    ]
    said.append(("unchanged", sum(plan.unchanged.values())))
    ui.strip(ui.join(*(ui.join(ui.strong(f"{n:,}"), f"{NBSP}{name}") for name, n in said), by=" · "))


def narrowed(rows: Sequence[AnyRow], known: Known) -> list[AnyRow]:
    """The rows of the one sheet, and of the school, that are chosen, where there are several."""
    number = {s.sheet: sum(row.table == s.table for row in rows) for s in SHEET_ORDER}
    sheets = [sheet for sheet, n in number.items() if n]
    kept = list(rows)
    if len(sheets) > 1:
        sheet = ui.choose("Sheet", sheets, "load_sheet", lambda s: f"{s} ({number[s]:,})", how="pills") or sheets[0]
        kept = [row for row in kept if BY_TABLE[row.table].sheet == sheet]
    places = {ref: known["place"][ref].name for row in kept for ref in _places(row) if ref in known.get("place", {})}
    if len(places) > 1:
        named = sorted(places, key=places.__getitem__)
        chosen = ui.choose("School", named, "load_school", places.__getitem__, everything="All")
        kept = [row for row in kept if chosen is None or chosen in _places(row)]
    return kept


def _places(row: RowChange | MissingRow) -> tuple[str, ...]:
    one = row.data.get("place")
    return (one,) if one else tuple(row.data.get("places") or ())


def problems(found: Iterable[Problem]) -> None:
    """Every kind of wrong cell at once, the first few of each; the download lists them all."""
    everything, rows = list(found), []
    together: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in everything:
        together[problem.sheet, problem.heading, problem.code].append(problem)
    for some in together.values():
        rows += [_problem(problem) for problem in some[:OF_A_KIND]]
        if len(some) > OF_A_KIND:
            first = some[0]
            where = f"{first.sheet}, {first.heading}" if first.heading else first.sheet
            rows.append((ui.small(f"and {len(some) - OF_A_KIND:,} more like this on {where}"), "", "", ""))
    columns = (
        ui.Column("Cell", width="24%"),
        ui.Column("What it says", width="22%"),
        ui.Column("What we need"),
        ui.Column("If you leave it", quiet=True, width="22%"),
    )
    listed = [(p.sheet, p.cell, p.heading, p.title, p.found, p.wanted, p.if_left) for p in everything]
    heads = ("sheet", "cell", "heading", "row", "what it says", "what we need", "if you leave it")
    ui.table(
        columns,
        rows,
        caption="Cells to correct",
        key="plan_problems",
        download=lambda: ("cells-to-correct.csv", lambda: comma_separated(heads, listed), "text/csv"),
    )


def _problem(problem: Problem) -> tuple[object, ...]:
    about = ", ".join(filter(None, (problem.heading, problem.title)))
    said = (
        ui.small(NOTHING)
        if problem.found is None
        else f"\N{LEFT DOUBLE QUOTATION MARK}{problem.found[:60]}\N{RIGHT DOUBLE QUOTATION MARK}"
    )
    return ui.lines(f"{problem.sheet}!{problem.cell}", ui.small(about)), said, problem.wanted, problem.if_left


class Drawn(Sequence[Any]):
    """The rows of a table, each drawn when its page is shown: a file may bring a hundred thousand."""

    def __init__(self, things: Sequence[T], draw: Callable[[T], Sequence[object]]) -> None:
        self._things, self._draw = things, draw

    def __len__(self) -> int:
        return len(self._things)

    def __getitem__(self, place: Any) -> Any:
        found = self._things[place]
        return [self._draw(one) for one in found] if isinstance(place, slice) else self._draw(found)


def new_rows(rows: Sequence[RowChange], known: Known, key: str) -> None:
    """Rows that would be added, with every fact they bring."""

    def draw(row: RowChange) -> Sequence[object]:
        subject = BY_TABLE[row.table]
        facts = [
            ui.join(ui.small(f"{f.heading}: "), words)
            for f in subject.fields
            if row.data[f.name] != f.default and (words := shown(subject, f, row.data[f.name], known))
        ]
        return row.label, ui.lines(*facts)

    columns = (ui.Column("Row", width="34%"), ui.Column("What it brings"))
    ui.table(columns, Drawn(rows, draw), caption="Rows that would be added", key=key)


def changes(
    rows: Sequence[tuple[RowChange, Sequence[FieldChange]]], known: Known, key: str, caption: str, heads: str = AS
) -> None:
    """Rows and their fields: as here, and as they would be."""

    def draw(changed: tuple[RowChange, Sequence[FieldChange]]) -> Sequence[object]:
        row, fields = changed
        told = []
        for one in fields:
            before, after = words(row, one.name, one.ours, known), words(row, one.name, one.file, known)
            how = ui.small(" (both lists together)") if one.outcome is Outcome.MERGED else ""
            told.append(ui.join(ui.small(f"{heading(row, one.name)}: "), before, ARROW, ui.strong(after), how))
        return row.label, ui.lines(*told)

    columns = (ui.Column("Row", width="34%"), ui.Column(heads))
    ui.table(columns, Drawn(rows, draw), caption=caption, key=key)


def changed_here(plan: Plan, known: Known) -> None:
    """What moved here after the file was made and is as it was in the file: it stays."""

    def draw(changed: tuple[RowChange, Sequence[FieldChange]]) -> Sequence[object]:
        row, fields = changed
        told = []
        for one in fields:
            then, now = words(row, one.name, one.base, known), words(row, one.name, one.ours, known)
            told.append(ui.join(ui.small(f"{heading(row, one.name)}: "), then, ARROW, ui.strong(now)))
        return row.label, ui.lines(*told)

    rows = Drawn(with_outcome(plan, Outcome.CHANGED_HERE), draw)
    columns = (ui.Column("Row", width="34%"), ui.Column("When you took it out, and now"))
    ui.table(columns, rows, caption="Changed here since you took it out", key="plan_here")


def heading(row: RowChange, name: str) -> str:
    return BY_TABLE[row.table].field(name).heading


def words(row: RowChange, name: str, value: Any, known: Known) -> str:
    return shown(BY_TABLE[row.table], name, value, known) or NOTHING


def listing(plan: Plan, known: Known) -> bytes:
    """Every difference as CSV: one row a field, with what it was, what the file says and what stands here."""
    heads = ("sheet", "row", "fact", "outcome", "as it was taken out", "in your file", "here now")
    rows = []
    for row in plan.changes:
        sheet = BY_TABLE[row.table].sheet
        if row.is_new:
            rows.append((sheet, row.label, "", "new", "", "", ""))
        rows += [
            (
                sheet,
                row.label,
                heading(row, one.name),
                str(one.outcome),
                *(words(row, one.name, value, known) for value in (one.base, one.file, one.ours)),
            )
            for one in row.fields
        ]
    rows += [(BY_TABLE[row.table].sheet, row.label, "", "not in your file", "", "", "") for row in plan.missing]
    return comma_separated(heads, rows)


def with_new(plan: Plan, known: Known) -> Known:
    """What is here, and beside it the rows the file brings, so that a reference to a new row has its name."""
    names: dict[str, dict[str, Any]] = {table: dict(rows) for table, rows in known.items()}
    for change in plan.changes:
        if change.is_new and change.table in NAMED_BY:
            row = record(BY_TABLE[change.table], {**change.data, "ref": change.ref})
            names.setdefault(change.table, {})[change.ref] = row
    return names
