"""Personal links: made by a leader for one person and the named rows alone, shut again, or asked for afresh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.errors import LinkRefused, Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import Period, day_words, local_day
from framework.picture.own import is_own
from framework.picture.reporting import reporting_places
from framework.picture.shape import Picture
from framework.store import askings, links
from framework.store.askings import AskedFor, How
from framework.store.engine import Store
from framework.store.links import Link, Slot
from framework.store.pictures import load
from framework.text import clean

DAYS = 14  # that a link is open unless someone says otherwise
MOST_DAYS = 60
LONGEST = 300  # characters of what a link asks for

LINK_PATH = "/w/"  # before a link's token

_WORDS = {
    "unknown": "Look whether the whole address was copied. If it was, ask whoever sent it for another.",
    "expired": "A link is open for some days only, so that nobody finds it later.",
    "revoked": "Whoever sent it has taken it back. Ask them if you still want to say something.",
    "left": "Whoever it was for is not here any more. Ask the trust if you want to say something.",
}


@dataclass(frozen=True)
class Made:
    """A new link. The token is told this once and kept nowhere."""

    ref: str
    token: str
    expires_at: datetime


@deed(Act.CHASE)
def make_link(
    store: Store,
    *,
    by: Person,
    now: datetime,
    person: str,
    actions: Sequence[str] = (),
    values: Sequence[Slot] = (),
    words: str = "",
    days: int = DAYS,
) -> Made:
    """Make a link for a person: to say a word on these actions, to send these values.

    words  what it asks for, and for which meeting; shown on its page
    Raises Unknown or ValueRefused (an action that is not theirs, a person who has left); then there is no link.
    """
    picture = load(store, now, Audience.LEADERS)
    whom = person_here(picture, person)
    if not actions and not values:
        raise ValueRefused("A link must name something to answer. Choose an action or a value.")
    if not 1 <= days <= MOST_DAYS:
        raise ValueRefused(f"A link is open for 1 to {MOST_DAYS} days, not {days}. Nothing was made.")
    for ref in actions:
        check_theirs(picture, whom, ref)
    for slot in values:
        _check_slot(picture, slot)
    with store.writing() as conn:
        expires_at = now + timedelta(days=days)
        made = links.make(
            conn,
            person=person,
            actions=tuple(dict.fromkeys(actions)),
            values=tuple(dict.fromkeys(values)),
            words=clean(words)[:LONGEST],
            at=now,
            by=by.ref,
            expires_at=expires_at,
        )
    return Made(*made, expires_at)


def link_address(base: str, token: str) -> str:
    """Where a personal link leads. `base`: the address at which the product is reached."""
    return f"{base.rstrip('/')}{LINK_PATH}{token}"


@deed(Act.CHASE)
def revoke_link(store: Store, *, by: Person, now: datetime, link: str) -> None:
    """Shut a link at once. Raises Unknown when there is none, or it is shut already."""
    with store.writing() as conn:
        if not links.revoke(conn, link, now):
            raise Unknown("This link is shut already, or there is none. Load the page again.")


def open_link(store: Store, token: str, now: datetime) -> tuple[Link, Person, Picture]:
    """The link of a token while it is open, whose it is, and the leaders' picture; writes nothing.

    Raises LinkRefused; what it says is the same whoever holds the token.
    """
    found = links.by_token(store, token)
    picture = load(store, now, Audience.LEADERS)
    person = None if found is None else picture.people.get(found.person)
    if found is None:
        raise _refused("unknown")
    if person is None or not person.here_on(local_day(now)):
        raise _refused("left")
    if found.revoked_at is not None:
        raise _refused("revoked")
    if not found.open_at(now):
        raise _refused("expired")
    return found, person, picture


def expired_link(store: Store, token: str, now: datetime) -> tuple[Link, Person] | None:
    """The link of a token whose time is over, and whose it is, so that they may ask for a fresh one; None otherwise."""
    try:
        open_link(store, token, now)
    except LinkRefused as refusal:
        if refusal.kind != "expired":
            return None
        found = links.by_token(store, token)
        assert found is not None
        return found, load(store, now, Audience.LEADERS).people[found.person]
    return None


def ask_afresh(store: Store, token: str, now: datetime) -> bool:
    """Write down that the person of an expired link asks for a fresh one; False when the link is not an expired one.

    Asked twice on one day, it stands once.
    """
    found = expired_link(store, token, now)
    if found is None:
        return False
    link, person = found
    today = local_day(now)
    for one in askings.askings(store):
        if one.kind is AskedFor.FRESH_LINK and one.person == person.ref and local_day(one.at) == today:
            return True
    with store.writing() as conn:
        askings.log(
            conn,
            at=now,
            by=None,
            person=person.ref,
            kind=AskedFor.FRESH_LINK,
            how=How.BY_LINK,
            actions=link.actions,
            values=link.values,
            link=link.ref,
        )
    return True


def renewed(store: Store, link: Link, now: datetime) -> Made:
    """A link like an expired one, as the person asked for; it goes to the address we have, and nowhere else.

    What has been closed or taken away since is left out. Raises ValueRefused when nothing is left to answer.
    """
    picture = load(store, now, Audience.LEADERS)
    actions = [ref for ref in link.actions if ref in picture.actions and picture.actions[ref].open]
    if not actions and not link.values:
        raise ValueRefused("Everything that this link asked for is closed.")
    expires_at = now + timedelta(days=DAYS)
    with store.writing() as conn:
        made = links.make(
            conn,
            person=link.person,
            actions=actions,
            values=link.values,
            words=link.words,
            at=now,
            by=link.by,
            expires_at=expires_at,
        )
    return Made(*made, expires_at)


def person_here(picture: Picture, ref: str) -> Person:
    """The person of this ref. Raises Unknown for nobody, ValueRefused for one who has left."""
    found = picture.people.get(ref)
    if found is None:
        raise Unknown("There is nobody of that name here. Choose from the list.")
    if not found.here_on(picture.on):
        assert found.left_on is not None
        raise ValueRefused(
            f"{found.name} left on {day_words(found.left_on)} and is not asked any more. "
            "Give the action to someone who is here first."
        )
    return found


def check_theirs(picture: Picture, person: Person, action: str) -> None:
    """Raise unless the action is the person's, or their organisation supports it."""
    found = picture.actions.get(action)
    if found is None:
        raise Unknown("One of these actions is not here. Load the page again.")
    if not is_own(found, person) and person.organisation not in found.supporters:
        raise ValueRefused(
            f"{found.code} is not {person.name}\N{RIGHT SINGLE QUOTATION MARK}s: neither they nor their organisation "
            "does it. Leave it out, or make them its owner first."
        )


def _check_slot(picture: Picture, slot: Slot) -> None:
    kpi, place, period = slot
    measured, when = the_kpi(picture, kpi), Period.parse(period)
    ends_on = picture.calendar.ends_on(when)
    if when.kind is not measured.frequency.kind or ends_on is None:
        raise ValueRefused(f"{measured.code} has no value for {when.words}. Leave it out.")
    if all(p.ref != place for p in reporting_places(picture, measured, ends_on)):
        raise ValueRefused(f"{measured.code} is not reported by {picture.name('place', place)}. Leave it out.")


def _refused(kind: str) -> LinkRefused:
    return LinkRefused(_WORDS[kind], kind)
