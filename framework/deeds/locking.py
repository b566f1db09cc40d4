"""Whether a figure may still be moved: asked by every deed that writes a value or a target."""

from collections.abc import Iterable
from datetime import datetime

from framework.errors import ValueRefused
from framework.meetings import Lock
from framework.people import Act, Audience, Person, may
from framework.periods import Period
from framework.picture.locked import A_LEADER, Shut, lock_on, lock_words, shut_among, shut_words
from framework.picture.shape import Picture
from framework.store.closings import closing_of
from framework.store.engine import Store
from framework.store.pictures import load
from framework.subjects import TARGETS, VALUES
from framework.text import clean
from framework.workbook.plan import Written


def check_open(
    store: Store,
    picture: Picture,
    *,
    by: Person | None,
    period: Period,
    place: str | None,
    why: str | None,
    target: bool = False,
) -> None:
    """Refuse a figure whose window is not open, unless a leader writes it and says why.

    picture  of the day on which it is written
    place    None: the trust
    Raises ValueRefused, which says why it is locked and whom to ask.
    """
    words = why_locked(store, picture, by, period, place, target=target)
    if words and not (may(by, Act.CONVENE) and clean(why or "")):
        raise ValueRefused(f"{words} Nothing was saved.")


def why_locked(
    store: Store, picture: Picture, by: Person | None, period: Period, place: str | None, *, target: bool = False
) -> str:
    """What to say to somebody before they type: why the figure is locked, and what they can do; empty: it is not."""
    lock = lock_on(picture, period, place, target=target)
    return "" if lock is None else _words(store, picture, lock, by, period)


def _words(store: Store, picture: Picture, lock: Lock, by: Person | None, period: Period) -> str:
    closing = closing_of(store, picture, lock.meeting)
    closer = "" if closing is None else closing.by
    return lock_words(picture, lock, period, closer=closer, leader=may(by, Act.CONVENE))


def check_rows_open(store: Store, *, by: Person | None, now: datetime, rows: Iterable[Written], why: str) -> None:
    """Refuse rows among which figures lie in windows that are not open, unless a leader writes them and says why.

    Raises ValueRefused, with how many they are and in whose windows.
    """
    figures = [row for row in rows if row.table in (VALUES.table, TARGETS.table)]
    if not figures or (may(by, Act.CONVENE) and clean(why)):
        return
    picture = load(store, now, Audience.LEADERS)
    shut = shut_rows(picture, figures)
    if not shut:
        return
    next_step = "Say why they change" if may(by, Act.CONVENE) else f"Ask {A_LEADER} to do it"
    raise ValueRefused(f"{shut_words(picture, shut)}. {next_step}. Nothing was saved.")


def shut_rows(picture: Picture, rows: Iterable[Written]) -> Shut:
    """The figures among some rows that lie in windows that are not open."""
    return shut_among(picture, ((row.table, row.ref, row.data) for row in rows))
