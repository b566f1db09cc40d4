"""Loading a spreadsheet: what would change is shown first, and exactly that is applied, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from framework.deeds import deed
from framework.deeds.locking import check_rows_open
from framework.deeds.previewing import Preview, previewed
from framework.errors import Conflict
from framework.garbage import left_alone
from framework.kpis.kpi import State
from framework.people import Act, Person
from framework.periods import local_day
from framework.store import waiting
from framework.store.engine import Store
from framework.store.ledger import Entry, Via, entry
from framework.store.pictures import change_at
from framework.store.rows import Origin
from framework.subjects import ACTIONS, ARCHIVED, BY_TABLE, VALUES
from framework.workbook.cells import Book
from framework.workbook.merge import decided
from framework.workbook.plan import Choices, Outcome, Plan, Take, Written
from framework.workbook.read import read
from framework.workbook.recognise.layouts import layout_json
from framework.workbook.recognise.shape import Layout

OURS = "civic-plan/1"  # the layout of the product's own workbook


@dataclass(frozen=True)
class Settlement:
    """How one conflict was settled: which field of which row, and whose value stands."""

    row: str
    field: str
    took: str


@dataclass(frozen=True)
class Receipt:
    """What an import did. `change` None: nothing in the file differed from what is here, so nothing was written."""

    change: int | None
    new: int
    changed: int
    unchanged: int
    archived: int = 0
    left_out: int = 0
    conflicts: tuple[Settlement, ...] = field(default=())


@deed(Act.IMPORT)
def preview(
    store: Store,
    *,
    by: Person,
    now: datetime,
    content: bytes,
    name: str,
    book: Book | None = None,
    answers: Mapping[str, str] | None = None,
    mended: Mapping[str, str] | None = None,
    by_title: bool = False,
) -> Preview:
    """What loading this file would change; writes nothing. Raises FileRefused when it cannot be read at all.

    book      the file as it was read before; None: it is read now
    answers   what was chosen so far, by question; `mended` the values to take instead, by `Sheet!H14`
    by_title  passes over the hidden ids of our workbook: its rows were sorted without them
    """
    found = book or read(content, name)
    with left_alone():
        return previewed(store, now, found, answers or {}, mended or {}, by_title=by_title)


@deed(Act.IMPORT)
def apply(
    store: Store,
    *,
    by: Person | None,
    now: datetime,
    plan: Plan,
    content: bytes,
    name: str,
    choices: Choices | None = None,
    layout: Layout | None = None,
    brought: str | None = None,
    reason: str = "",
    via: Via = Via.IMPORT,
) -> Receipt:
    """Apply exactly the plan that was shown and what was chosen in it, as one change.

    layout   of a stranger's file: remembered in the same change
    brought  the ref of the file that waited; it waits no longer
    reason   needed where figures of windows that are not open are among it
    Raises FileRefused while the plan has problems that are not left out, Conflict when anything here moved since it
    was made, ValueRefused without a reason that is needed, Unknown when the file waits no longer; then nothing is
    written.
    """
    chosen = choices or Choices()
    written = decided(plan, chosen)
    with left_alone(), entry(store, by=by, now=now, deed="load workbook", reason=reason, via=via) as e:
        if change_at(e.conn, None) != plan.based_on:
            raise Conflict(
                "Something here changed while you looked at the file. Nothing was loaded. Look at it once more."
            )
        check_rows_open(store, by=by, now=now, rows=written, why=reason)
        if written:
            put_written(e, written, now)
            e.keep_source(name, content, layout.key if layout else OURS)
            if layout is not None:
                e.set(f"{waiting.LAYOUT_SETTING}{layout.key}", layout_json(layout))
        # Nothing came between, so the change that is written when this block ends is the next one.
        receipt = receipt_of(plan.based_on + 1 if written else None, plan, chosen, written)
        if brought is not None:
            told = asdict(receipt)
            waiting.settle(e.conn, brought, waiting.Settled.LOADED, now, change=receipt.change, receipt=told)
    return receipt


def receipt_of(change: int | None, plan: Plan, choices: Choices, written: Iterable[Written]) -> Receipt:
    """What was written, and how each conflict was settled."""
    rows = list(written)
    new = sum(row.is_new for row in rows)
    archived = sum((row.table, row.ref) in choices.archive for row in rows)
    put = {(row.table, row.ref): row for row in rows}
    settled = []
    for moved in plan.changes:
        for one in moved.fields:
            if one.outcome is Outcome.CONFLICT:
                row = put.get((moved.table, moved.ref))
                stands = one.ours
                if row is not None:
                    stands = row.archived if one.name == ARCHIVED.name else row.data[one.name]
                took = Take.FILE if stands == one.file else Take.OURS if stands == one.ours else Take.BOTH
                settled.append(Settlement(moved.label, BY_TABLE[moved.table].field(one.name).heading, str(took)))
    return Receipt(
        change=change,
        new=new,
        changed=len(rows) - new - archived,
        unchanged=sum(plan.unchanged.values()),
        archived=archived,
        left_out=len(plan.left_out) if choices.without_wrong else 0,
        conflicts=tuple(settled),
    )


def put_written(e: Entry, rows: Iterable[Written], now: datetime) -> None:
    """Put rows into a ledger entry. An action is dated by the day it was first written down here."""
    for row in rows:
        subject, data = BY_TABLE[row.table], dict(row.data)
        if subject is ACTIONS and data["added_on"] is None:
            data["added_on"] = local_day(now)
        if subject is ACTIONS and data["first_due_on"] is None:
            data["first_due_on"] = data["due_on"]
        if subject is VALUES and row.archived:
            data["state"] = State.WITHDRAWN  # values are only ever added to
        origin = Origin(row.sheet, row.cells) if row.sheet else None
        e.put(subject, row.ref, data, seen=row.version, archived=row.archived, origin=origin)
