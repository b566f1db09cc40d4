"""Undoing a load: a new change that restores what was. What others changed since stays unless someone says so."""

from datetime import datetime

from framework.deeds import deed
from framework.deeds.importing import Receipt, put_written, receipt_of
from framework.errors import Conflict
from framework.people import Act, Person
from framework.store.bases import left_by
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import change_at, known
from framework.store.provenance import UNDO, undoes
from framework.workbook.merge import decided
from framework.workbook.plan import Choices, Plan
from framework.workbook.undo import undoing


@deed(Act.IMPORT)
def undo_plan(store: Store, *, by: Person, change: int) -> Plan:
    """What undoing a load would change; writes nothing. Raises Unknown when that change loaded nothing."""
    here, number = known(store)
    return undoing(left_by(store, change), here, based_on=number)


@deed(Act.IMPORT)
def undo(
    store: Store,
    *,
    by: Person,
    now: datetime,
    change: int,
    plan: Plan,
    choices: Choices | None = None,
    reason: str = "",
) -> Receipt:
    """Undo a load by a new change, which can be undone in its turn.

    Raises Conflict when anything moved since the plan was made; then nothing is written.
    """
    chosen = choices or Choices()
    written = decided(plan, chosen)
    with entry(store, by=by, now=now, deed=UNDO, reason=f"{undoes(change)} {reason}".strip()) as e:
        if change_at(e.conn, None) != plan.based_on:
            raise Conflict("Something here changed while you looked. Nothing was undone. Look at it once more.")
        put_written(e, written, now)
    return receipt_of(e.change_id if written else None, plan, chosen, written)
