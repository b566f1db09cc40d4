"""Convening meetings, and opening and closing the windows in which figures are sent for them.

A window is a few days on the meeting's own row, so that one change of one row locks, or lets in, all that it covers.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.milestones import reason_of
from framework.errors import Unknown, ValueRefused
from framework.meetings import Meeting, WindowState, window_state, wrong_meeting
from framework.people import Act, Audience, Person
from framework.periods import day_words, local_day
from framework.picture.shape import Picture
from framework.plans.checks import cleaned, wrong_kinds
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import MEETINGS, data_of

# What is said of a meeting; that its window is closed by hand, `close_window` says.
FACTS = tuple(name for name in MEETINGS.names if name not in ("closed_on", "fictional"))
_OF_WINDOW = ("place", "reports", "opens_on", "closes_on")


@deed(Act.CONVENE)
def add_meeting(store: Store, *, by: Person, now: datetime, facts: Mapping[str, Any], why: str = "") -> str:
    """Add a meeting; its ref. `facts` holds some of FACTS; those left out are empty.

    Raises NotAllowed or ValueRefused; then nothing is written.
    """
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add meeting", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        empty = {f.name: f.default for f in MEETINGS.fields}
        fictional = picture.edition is not None and picture.edition.fictional
        e.put(MEETINGS, ref, _checked(picture, {**empty, "fictional": fictional}, facts, None), seen=0)
    return ref


@deed(Act.CONVENE)
def change_meeting(
    store: Store, *, by: Person, now: datetime, meeting: str, facts: Mapping[str, Any], seen: int, why: str = ""
) -> None:
    """Change facts of a meeting; those not in `facts` stay. What a window that has closed covers moves for a reason.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    with entry(store, by=by, now=now, deed="change meeting", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        row = _the_meeting(picture, meeting)
        before = data_of(MEETINGS, row)
        data = _checked(picture, before, facts, row)
        moved = [name for name in MEETINGS.names if data[name] != before[name]]
        if not moved:
            raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
        closed = window_state(row, local_day(now)) is WindowState.CLOSED
        if closed and not reason_of(why) and set(moved) & set(_OF_WINDOW):
            raise ValueRefused("Its window has closed. Say why it is changed now; nothing was saved.")
        e.put(MEETINGS, meeting, data, seen=seen)


@deed(Act.CONVENE)
def cancel_meeting(store: Store, *, by: Person, now: datetime, meeting: str, seen: int, why: str) -> None:
    """Take a meeting, and its window, out of the list; the history keeps it, and why.

    Raises NotAllowed, Unknown, ValueRefused (a copy was frozen for it; no reason) or Conflict; then nothing is written.
    """
    reason = reason_of(why)
    with entry(store, by=by, now=now, deed="cancel meeting", reason=reason) as e:
        picture = load(store, now, Audience.LEADERS)
        row = _the_meeting(picture, meeting)
        if any(copy.meeting == meeting for copy in picture.frozen):
            raise ValueRefused(
                "A copy was frozen for this meeting, so it cannot be cancelled. Correct its title or its date instead; "
                "nothing was saved."
            )
        if not reason:
            raise ValueRefused("Say why it is cancelled; its history keeps the reason. Nothing was saved.")
        e.put(MEETINGS, meeting, data_of(MEETINGS, row), seen=seen, archived=True)


@deed(Act.CONVENE)
def open_window(store: Store, *, by: Person, now: datetime, meeting: str, seen: int, why: str = "") -> None:
    """Open a window today that would open later. One that has closed is reopened instead.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    _move(store, "open window", by, now, meeting, seen, why, WindowState.NOT_YET, {"opens_on": local_day(now)})


@deed(Act.CONVENE)
def close_window(store: Store, *, by: Person, now: datetime, meeting: str, seen: int, why: str = "") -> None:
    """Close an open window today, whatever its last day is.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    _move(store, "close window", by, now, meeting, seen, why, WindowState.OPEN, {"closed_on": local_day(now)})


@deed(Act.CONVENE)
def reopen_window(store: Store, *, by: Person, now: datetime, meeting: str, until: date, seen: int, why: str) -> None:
    """Open a window that has closed once more, up to and including the day `until`.

    Raises NotAllowed, Unknown, ValueRefused (a day that is past, no reason) or Conflict; then nothing is written.
    """
    if until < local_day(now):
        raise ValueRefused(f"{day_words(until)} is past. Give a last day from today on; nothing was saved.")
    if not reason_of(why):
        raise ValueRefused("Say why it is opened again; its history keeps the reason. Nothing was saved.")
    facts = {"closes_on": until, "closed_on": None}
    _move(store, "reopen window", by, now, meeting, seen, why, WindowState.CLOSED, facts)


def _move(
    store: Store,
    name: str,
    by: Person,
    now: datetime,
    meeting: str,
    seen: int,
    why: str,
    wanted: WindowState,
    facts: Mapping[str, Any],
) -> None:
    """Change the days of a window that stands as `wanted`."""
    with entry(store, by=by, now=now, deed=name, reason=reason_of(why)) as e:
        row = _the_meeting(load(store, now, Audience.LEADERS), meeting)
        state = window_state(row, local_day(now))
        if state is not wanted:
            stands = "It has no window: say first what is reported, and when" if state is None else f"It is {state}"
            raise ValueRefused(f"This is for a window that is {wanted}. {stands}. Nothing was saved.")
        e.put(MEETINGS, meeting, {**data_of(MEETINGS, row), **facts}, seen=seen)


def _the_meeting(picture: Picture, ref: str) -> Meeting:
    found = picture.meetings.get(ref)
    if found is None:
        raise Unknown("There is no such meeting here. Go back to the list of meetings and choose one.")
    return found


def _checked(
    picture: Picture, before: Mapping[str, Any], facts: Mapping[str, Any], was: Meeting | None
) -> dict[str, Any]:
    """The meeting's row with these facts in it. Raises ValueRefused."""
    if unknown := set(facts) - set(FACTS):
        raise ValueRefused(f"{', '.join(sorted(unknown))} cannot be said here. Leave it out; nothing was saved.")
    data = {**before, **cleaned(MEETINGS, facts)}
    schools = {place.ref for place in picture.schools}
    wrong = wrong_kinds(MEETINGS, {n: v for n, v in data.items() if n != "reports"})
    wrong = wrong or wrong_meeting(data, picture.calendar, schools)
    if wrong:
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    for other in picture.meetings.values():
        if other is not was and (other.title.casefold(), other.on) == (data["title"].casefold(), data["on"]):
            raise ValueRefused(f"{other.title} on {day_words(other.on)} is here already. Nothing was saved.")
    return data
