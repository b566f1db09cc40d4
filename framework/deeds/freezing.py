"""Freezing a copy: all that is known, kept for a meeting with its fingerprint. It is never changed or taken back."""

from datetime import UTC, datetime

from framework.deeds import deed
from framework.deeds.milestones import reason_of
from framework.errors import Unknown, ValueRefused
from framework.meetings import FrozenCopy, Meeting
from framework.people import Act, Audience, Person
from framework.periods import day_words, local_day
from framework.picture.content import fingerprint
from framework.picture.shape import Picture
from framework.settings import FROZEN
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.frozen import content_of, file_name, keep, kept_content
from framework.store.ledger import Entry, entry
from framework.store.pictures import change_at, load
from framework.store.rows import SCHEMA_VERSION


@deed(Act.CONVENE)
def freeze(store: Store, *, by: Person, now: datetime, meeting: str, why: str = "") -> str:
    """Freeze a copy of all that is known now for a meeting; the copy's ref.

    The meeting may be long past, and may have copies already: all of them stay, and the newest is its copy.
    Raises NotAllowed, Unknown or ValueRefused, also where nothing changed since its copy; then nothing is written.
    """
    ref = new_ref()
    with entry(store, by=by, now=now, deed="freeze copy", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        row = picture.meetings.get(meeting)
        if row is None:
            raise Unknown("There is no such meeting here. Go back to the meetings and choose one; nothing was frozen.")
        number = change_at(e.conn, None)
        held = content_of(e.conn, number, SCHEMA_VERSION)
        _check_changed(e, picture, row, number, held)
        told = {"title": row.title, "met_on": row.on.isoformat(), "change": number, "schema": SCHEMA_VERSION}
        seen = {"as_at": now.astimezone(UTC).isoformat(), "on": local_day(now).isoformat()}
        e.set(FROZEN + ref, {"meeting": meeting, **told, **seen, "sha256": fingerprint(held), "size": len(held)})
        keep(e.conn, ref, held)
    return ref


def _check_changed(e: Entry, picture: Picture, meeting: Meeting, number: int, held: bytes) -> None:
    copies = [copy for copy in picture.frozen if copy.meeting == meeting.ref]
    newest = max(copies, key=lambda copy: copy.change, default=None)
    if newest is None:
        return
    same = held if newest.schema == SCHEMA_VERSION else content_of(e.conn, number, newest.schema)
    if fingerprint(same) == newest.sha256:
        raise ValueRefused(
            f"Nothing has changed since the copy that was frozen for {meeting.title} on {day_words(newest.on)} "
            f"(fingerprint {newest.sha256[:12]}): that copy holds all of it. Nothing was frozen."
        )


@deed(Act.READ_DATA)
def take_out_copy(store: Store, *, by: Person, copy: str, now: datetime) -> tuple[str, bytes]:
    """The content of a frozen copy as it was kept, a JSON line a row: a file's name and its bytes.

    It is the leaders' picture. Raises NotAllowed, Unknown, or ValueRefused when it is damaged.
    """
    found = _the_copy(load(store, now, Audience.LEADERS), copy)
    content = kept_content(store, found)
    if content is None:
        raise ValueRefused(
            "What was kept of this copy is damaged, so it cannot be taken out. Take it from a backup made before that."
        )
    return file_name(found), content


def _the_copy(picture: Picture, ref: str) -> FrozenCopy:
    found = next((copy for copy in picture.frozen if copy.ref == ref), None)
    if found is None:
        raise Unknown("There is no such frozen copy here. Go back to the meeting and choose one.")
    return found
