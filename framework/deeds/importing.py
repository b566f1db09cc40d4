"""Loading a workbook of ours: what would change is shown first, and exactly that is applied, in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from framework.deeds import deed
from framework.errors import Conflict, FileRefused
from framework.people import Act, Person, audience_of
from framework.periods import local_day
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import Entry, Via, entry
from framework.store.pictures import change_at, known, load
from framework.store.provenance import derived
from framework.store.rows import Origin
from framework.subjects import ACTIONS, BY_TABLE, SHEET_ORDER
from framework.workbook.check import check
from framework.workbook.compare import Plan, RowChange, compare
from framework.workbook.read import read
from framework.workbook.write import write

LAYOUT = "civic-plan/1"


@dataclass(frozen=True)
class Receipt:
    """What an import did. `change` None: nothing in the file differed from what is here, so nothing was written."""

    change: int | None
    new: int
    changed: int
    unchanged: int


@deed(Act.IMPORT)
def preview(store: Store, *, by: Person, content: bytes, name: str) -> Plan:
    """What loading this file would change; writes nothing. Raises FileRefused when it cannot be read at all.

    Wrong cells are in the plan's `problems`, all at once; a plan with problems is not applied.
    """
    return planned(store, content, name)


def planned(store: Store, content: bytes, name: str, make_ref: Callable[[], str] = new_ref) -> Plan:
    """The plan of a file against what the store holds now."""
    here, number = known(store)
    return compare(check(read(content, name), here, new_ref=make_ref), here, based_on=number)


@deed(Act.IMPORT)
def apply(
    store: Store,
    *,
    by: Person | None,
    now: datetime,
    plan: Plan,
    content: bytes,
    name: str,
    clear: bool = False,
    reason: str = "",
    via: Via = Via.IMPORT,
) -> Receipt:
    """Apply exactly the plan that was shown, as one change; empty cells clear a fact only when `clear` says so.

    Raises FileRefused when the plan has problems, Conflict when anything here moved since it was made;
    then nothing is written.
    """
    if plan.problems:
        raise FileRefused("Nothing was loaded: some cells need correcting first.", plan.problems)
    chosen = plan if clear else plan.without_cleared()
    if not chosen.changes:
        return Receipt(None, 0, 0, sum(chosen.unchanged.values()))
    with entry(store, by=by, now=now, deed="load workbook", reason=reason, via=via) as e:
        if change_at(e.conn, None) != plan.based_on:
            raise Conflict(
                "Something here changed while you looked at the file. Nothing was loaded. Look at it once more."
            )
        put_changes(e, chosen.changes, now)
        e.keep_source(name, content, LAYOUT)
    fresh = sum(change.is_new for change in chosen.changes)
    return Receipt(e.change_id, fresh, len(chosen.changes) - fresh, sum(chosen.unchanged.values()))


def put_changes(e: Entry, changes: Iterable[RowChange], now: datetime) -> None:
    """Put every row of a plan into a ledger entry. An action is dated by the day it was first written down here."""
    for change in changes:
        subject, data = BY_TABLE[change.table], dict(change.after)
        if subject is ACTIONS and data["added_on"] is None:
            data["added_on"] = local_day(now)
        if subject is ACTIONS and data["first_due_on"] is None:
            data["first_due_on"] = data["due_on"]
        e.put(subject, change.ref, data, seen=change.version, origin=Origin(change.sheet, change.cells))


@deed(Act.READ_PLAN)
def export(
    store: Store,
    *,
    by: Person,
    now: datetime,
    tables: Iterable[str] | None = None,
    about: Mapping[str, Set[str]] | None = None,
    empty: bool = False,
) -> tuple[str, bytes]:
    """What this person may see of the plan as a workbook that loads back, or an empty template: its name and bytes.

    tables  the subjects wanted; None: all
    about   of a table, the rows wanted, by ref, with all that belongs to them (an action's updates); None: all
    """
    here, number = known(store)
    wanted = None if tables is None else set(tables)
    shown = _about(_shown_to(load(store, now, audience_of(by)), here), about or {})
    meta: dict[str, Any] = {
        "schema": LAYOUT,
        "revision": number,
        "exported_at": now.isoformat(),
        "by": by.ref,
        "fictional": store.sample_day is not None and not empty,
        "sample_day": None if store.sample_day is None else store.sample_day.isoformat(),
    }
    sheets = tuple(s for s in SHEET_ORDER if wanted is None or s.table in wanted)
    content = write(shown, derived=derived(store), meta=meta, sheets=sheets, empty=empty)
    day = local_day(now).isoformat()
    return ("civic-duty-template.xlsx" if empty else f"civic-duty-{day}.xlsx"), content


def _shown_to(picture: Picture, here: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The rows this audience may see: none archived, and of actions only its own, with milestones and updates."""
    shown = {table: {ref: row for ref, row in rows.items() if not row.archived} for table, rows in here.items()}
    for table, rows in shown.items():
        if table == ACTIONS.table:
            shown[table] = {ref: row for ref, row in rows.items() if ref in picture.actions}
        elif "action" in BY_TABLE[table].names:
            shown[table] = {ref: row for ref, row in rows.items() if row.action in picture.actions}
    return shown


def _about(rows: dict[str, dict[str, Any]], about: Mapping[str, Set[str]]) -> dict[str, dict[str, Any]]:
    """The rows asked for, and of the other tables those that belong to them."""
    for table, some in rows.items():
        for parent, refs in about.items():
            if table == parent:
                rows[table] = {ref: row for ref, row in some.items() if ref in refs}
            elif parent in BY_TABLE[table].names:
                rows[table] = {ref: row for ref, row in some.items() if getattr(row, parent) in refs}
    return rows
