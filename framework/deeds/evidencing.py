"""What shows that an action made a difference: links and small files, given by its owner or a leader."""

from datetime import datetime

from framework.deeds import deed
from framework.deeds.milestones import reason_of
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import local_day
from framework.picture.own import may_update
from framework.picture.shape import Picture
from framework.plans import Action, Evidence
from framework.plans.checks import SHORT_LONGEST, cleaned
from framework.plans.showing import kind_of, name_of, wrong_link
from framework.store import evidence as kept
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import EVIDENCE, data_of
from framework.text import clean


@deed(Act.UPDATE_ACTIONS)
def add_evidence(
    store: Store,
    *,
    by: Person,
    now: datetime,
    action: str,
    title: str,
    link: str = "",
    name: str = "",
    content: bytes | None = None,
) -> str:
    """Add a link, a small file, or both, to an action that is the person's own (a leader: any); its ref.

    name  what the file was called; kept as text, and what it is its bytes say
    Raises NotAllowed or ValueRefused; then nothing is kept.
    """
    said, address = clean(title), clean(link)
    kind = None if content is None else kind_of(content, name)
    if wrong := [*_wrong_title(said), *wrong_link(address)]:
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    if not address and content is None:
        raise ValueRefused("There is neither a link nor a file. Give one of them; nothing was saved.")
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add evidence") as e:
        picture = load(store, now, Audience.LEADERS)
        own = _own(picture, by, action)
        _check_twice(picture, own, said, address)
        sha256 = (
            None if content is None or kind is None else kept.keep(e.conn, content=content, kind=kind.media, at=now)
        )
        facts = {
            "action": action,
            "title": said,
            "on": local_day(now),
            "link": address,
            "file": name_of(name, kind) if kind is not None else None,
            "sha256": sha256,
            "by": by.ref,
            "fictional": own.fictional,
        }
        e.put(EVIDENCE, ref, cleaned(EVIDENCE, facts), seen=0)
    return ref


@deed(Act.UPDATE_ACTIONS)
def take_away_evidence(store: Store, *, by: Person, now: datetime, evidence: str, seen: int, why: str) -> None:
    """Take a piece of evidence off an action that is the person's own; the history keeps it.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    picture = load(store, now, Audience.LEADERS)
    row = the_evidence(picture, evidence)
    _own(picture, by, row.action)
    reason = reason_of(why)
    if not reason:
        raise ValueRefused("Say why this evidence is taken away; it is kept in the history. Nothing was saved.")
    with entry(store, by=by, now=now, deed="take away evidence", reason=reason) as e:
        e.put(EVIDENCE, evidence, data_of(EVIDENCE, row), seen=seen, archived=True)


def the_evidence(picture: Picture, ref: str) -> Evidence:
    """The piece of evidence of this ref in the picture; raises Unknown."""
    found = next((one for some in picture.evidence.values() for one in some if one.ref == ref), None)
    if found is None:
        raise Unknown("There is no such evidence here. Load the page again and choose one; nothing was saved.")
    return found


def _own(picture: Picture, by: Person, ref: str) -> Action:
    found = picture.actions.get(ref)
    # Unknown and forbidden answer alike.
    if found is None or not may_update(found, by):
        raise NotAllowed("This action is not yours, or it is not here. Ask a trust leader. Nothing was saved.")
    return found


def _wrong_title(title: str) -> list[str]:
    if not title:
        return ["Say in a few words what it shows."]
    if len(title) > SHORT_LONGEST:
        return [f"What it shows has {len(title):,} characters, and {SHORT_LONGEST} is the most. Shorten it."]
    return []


def _check_twice(picture: Picture, action: Action, title: str, link: str) -> None:
    for one in picture.evidence.get(action.ref, ()):
        if one.title.casefold() == title.casefold():
            raise ValueRefused(
                f"{action.code} has evidence called “{one.title}” already. Give this another name; nothing was saved."
            )
        if link and one.link == link:
            raise ValueRefused(f"This link is there already, as “{one.title}”. Nothing was saved.")
