"""When a window was shut, by whom, and who changed figures afterwards: readings of the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from framework.meetings import Meeting, WindowState, closed_since, window_state
from framework.picture.after_closing import ChangedAfter
from framework.picture.shape import Picture
from framework.picture.since import end_of_day
from framework.store import tables as t
from framework.store.engine import Store
from framework.store.provenance import CHANGE, Told, ToldRow, names_of, told_of, told_of_row, told_of_rows
from framework.subjects import TARGETS, VALUES

_CHUNK = 400  # below every database's limit on parameters


@dataclass(frozen=True)
class Closing:
    """The moment from which a window's figures were locked.

    at      UTC
    change  the one that shut it; None: its last day ended
    by      the name of who closed it by hand; empty: nobody, or the command line
    """

    at: datetime
    change: int | None = None
    by: str = ""


def closing_of(store: Store, picture: Picture, meeting: Meeting) -> Closing | None:
    """How a meeting's window came to be shut, as a picture knows it; None: it has none that has closed.

    A window that was written down, or whose last day was moved, after that day counts as shut from then on: what was
    recorded before, nobody could know to be late.
    """
    shut = closed_since(meeting)
    if window_state(meeting, picture.on) is not WindowState.CLOSED or shut is None:
        return None
    by_hand = meeting.closed_on is not None
    said = _first_said(store, picture, meeting, ("closed_on",) if by_hand else ("reports", "closes_on"))
    last = end_of_day(shut - timedelta(days=1))
    by = said.told.by if by_hand else ""
    return Closing(last, by=by) if said.told.at <= last else Closing(said.told.at, said.told.change, by)


def _first_said(store: Store, picture: Picture, meeting: Meeting, names: tuple[str, ...]) -> ToldRow:
    """The revision since which these facts have stood as they do."""
    newest, *earlier = told_of_row(store, picture, "meeting", meeting.ref)
    found = newest
    for one in earlier:
        if any(one.data[name] != newest.data[name] for name in names):
            break
        found = one
    return found


def last_told(store: Store, picture: Picture, found: Iterable[ChangedAfter]) -> dict[str, Told]:
    """Who last wrote each of these figures up to the picture, when and why, by its ref."""
    refs: dict[str, list[str]] = {VALUES.table: [], TARGETS.table: []}
    for one in found:
        refs[one.table].append(one.ref)
    told = dict(_told_values(store, picture, refs[VALUES.table]))
    rows = told_of_rows(store, picture, {TARGETS.table: refs[TARGETS.table]})
    return told | {row.ref: row.told for row in reversed(rows)}


def _told_values(store: Store, picture: Picture, refs: list[str]) -> Iterator[tuple[str, Told]]:
    """Of each value every telling, the newest last."""
    v = t.VALUE.c
    query = (
        sa.select(v.ref, v.note, *CHANGE)
        .join(t.change, t.change.c.id == v.change_id)
        .outerjoin(t.source, t.source.c.id == t.change.c.source_id)
        .where(v.change_id <= picture.change)
        .order_by(v.change_id)
    )
    with store.reading() as conn:
        names = names_of(conn, picture)
        for start in range(0, len(refs), _CHUNK):
            for row in conn.execute(query.where(v.ref.in_(refs[start : start + _CHUNK]))):
                told = told_of(row, names)
                # What is said of the one figure tells more than what is said of all that came with it.
                yield row.ref, replace(told, reason=row.note or told.reason)
