"""Files that were brought and are not loaded yet: kept, answered bit by bit, put away."""

from collections.abc import Mapping
from datetime import datetime

from framework.deeds import deed
from framework.errors import Unknown
from framework.people import Act, Person
from framework.store import waiting
from framework.store.engine import Store
from framework.store.ledger import Via
from framework.store.waiting import Settled, Waiting
from framework.workbook.limits import MOST_BYTES
from framework.workbook.refusals import TOO_BIG

LONGEST_NAME = 200  # characters of a file's name that are kept


@deed(Act.IMPORT)
def bring(store: Store, *, by: Person, now: datetime, name: str, content: bytes, via: Via = Via.PAGE) -> str:
    """Keep a file until it is loaded or put away; its ref. Bytes that wait already are not kept twice.

    Raises FileRefused when it is larger than a file may be.
    """
    return keep(store, now=now, name=name, content=content, by=by, via=via)


def keep(store: Store, *, now: datetime, name: str, content: bytes, by: Person | None, via: Via) -> str:
    """Keep a file, whoever brought it: a watched folder brings them in nobody's name, and a leader loads them."""
    if len(content) > MOST_BYTES:
        raise TOO_BIG.refused()
    with store.writing() as conn:
        ref = None if by is None else by.ref
        return waiting.bring(conn, name=name[:LONGEST_NAME], content=content, at=now, by=ref, via=str(via))


@deed(Act.IMPORT)
def answer(
    store: Store, *, by: Person, ref: str, answers: Mapping[str, str], mended: Mapping[str, str] | None = None
) -> Waiting:
    """Remember what was chosen for a file that waits. An answer of another question stays; None of `mended`: as it was.

    Raises Unknown when the file waits no longer.
    """
    found = that_waits(store, ref)
    with store.writing() as conn:
        waiting.remember(
            conn,
            ref,
            answers={**found.answers, **answers},
            mended=found.mended if mended is None else mended,
        )
    return that_waits(store, ref)


@deed(Act.IMPORT)
def put_away(store: Store, *, by: Person, now: datetime, ref: str) -> None:
    """Let go of a file that waits: its bytes are deleted, that it was here is kept.

    Raises Unknown when the file waits no longer.
    """
    that_waits(store, ref)
    with store.writing() as conn:
        waiting.settle(conn, ref, Settled.PUT_AWAY, now)


def that_waits(store: Store, ref: str) -> Waiting:
    """The file, while it waits. Raises Unknown when it was loaded, put away or never brought."""
    found = waiting.one_waiting(store, ref)
    if found is None or found.state is not Settled.WAITING:
        raise Unknown(waiting.NO_LONGER)
    return found
