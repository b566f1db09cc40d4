"""The Monday digest: in term time each owner is asked once a week for the words that are due, and leaders are told.

Whoever is asked is written down before their message goes out, so that no restart asks them twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from framework.deeds import deed
from framework.deeds.chasing import UNDER_WAY
from framework.deeds.linking import link_address
from framework.people import Act, Audience, Person, Role
from framework.periods import LONDON, local_day
from framework.picture.asking import BY_ITSELF, summary_of, text_of
from framework.picture.chasing import Reason, due_a_word, is_school_day
from framework.picture.shape import Picture
from framework.post import Message, NotSent, PostOffice, address_of
from framework.store import askings, links, proposals
from framework.store.askings import AskedFor, Asking, How
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.where import base_url

EARLIEST = time(7)  # in London
LINK_DAYS = 7  # a digest's link works until the next one comes
NO_ADDRESS = "no address is known here"
SUBJECT = "Your actions this week"
FOR_LEADERS = "The plan this week"


@deed(Act.CHASE)
def switch_digest(store: Store, *, by: Person, now: datetime, on: bool) -> None:
    """Turn the Monday digest on or off. Raises NotAllowed."""
    with entry(store, by=by, now=now, deed="switch Monday digest", reason="on" if on else "off") as e:
        e.set("monday_digest", on)


def send_digest(store: Store, now: datetime, office: PostOffice | None, base: str | None = None) -> int:
    """Send what is to be sent of this Monday's digest; how many messages went out.

    0 on every other day, in the holidays, before 07:00, in the sample, and where it is switched off. Nobody gets two
    in a week, however often this is called and by however many servers. After a message that the mail server did not
    take, the others wait for the next call.

    base  the address at which the product is reached; None: BASE_URL, without which no link can lead anywhere
    """
    base = base or base_url()
    if store.sample_day is not None or office is None or base is None or not _is_time(now):
        return 0
    picture = load(store, now, Audience.LEADERS)
    if not picture.settings.monday_digest or not is_school_day(picture.calendar, picture.on):
        return 0
    sent = 0
    for one in _everyone(store, picture):
        outcome = _send(store, now, office, base, one, picture)
        sent += outcome == ""
        if outcome not in ("", None, NO_ADDRESS):
            break
    return sent


@dataclass(frozen=True)
class _Due:
    """Someone who is to be written to: about what of their own, and whether they are told how the plan stands."""

    person: Person
    own: tuple[Reason, ...] = ()
    leads: bool = False


def _is_time(now: datetime) -> bool:
    here = now.astimezone(LONDON)
    return here.weekday() == 0 and here.time() >= EARLIEST


def _everyone(store: Store, picture: Picture) -> list[_Due]:
    """Owners first: leaders are told last, when it is known who was reached."""
    if picture.edition is None:
        return []
    asked = {one.person.ref: one.actions for one in due_a_word(picture, picture.edition.ref)}
    leaders = [p for p in picture.people.values() if p.role is Role.LEADER and p.here_on(picture.on)]
    owners = [_Due(picture.people[ref], own) for ref, own in asked.items()]
    some_to_tell = bool(asked) or bool(proposals.waiting(store))
    return [one for one in owners if one.person not in leaders] + [
        _Due(p, asked.get(p.ref, ()), leads=True) for p in leaders if some_to_tell
    ]


def _send(store: Store, now: datetime, office: PostOffice, base: str, one: _Due, picture: Picture) -> str | None:
    """What became of one message; empty: it went out. None: they had theirs this week."""
    address = address_of(one.person.email)
    taken = _write_down(store, now, one, NO_ADDRESS if address is None else UNDER_WAY)
    if taken is None:
        return None
    ref, token = taken
    if address is None:
        return NO_ADDRESS
    text = text_of(
        picture,
        to=one.person.name,
        by="",
        words=_told(store, picture, base, now) if one.leads else "",
        actions=one.own,
        url=link_address(base, token) if token else "",
        until=local_day(now + timedelta(days=LINK_DAYS)) if token else None,
        end=BY_ITSELF,
    )
    message = Message(one.person.name, address, FOR_LEADERS if one.leads else SUBJECT, text, automatic=True)
    outcome = ""
    try:
        office.send(message, now)
    except NotSent as refusal:
        outcome = str(refusal)
    with store.writing() as conn:
        askings.turned_out(conn, ref, outcome)
    return outcome


def _told(store: Store, picture: Picture, base: str, now: datetime) -> str:
    """How the plan stands, for leaders."""
    assert picture.edition is not None
    written = _this_week(store, now)
    owners = [a for a in written if a.actions]
    return summary_of(
        picture,
        picture.edition.ref,
        asked=sum(a.outcome == "" for a in owners),
        unreached=[
            (picture.name("person", a.person), a.outcome.rstrip("."))
            for a in owners
            if a.outcome not in ("", UNDER_WAY)
        ],
        proposals=len(proposals.waiting(store)),
        unchecked=sum(u.unchecked for some in picture.updates.values() for u in some),
        url=f"{base.rstrip('/')}/chase",
    )


def _write_down(store: Store, now: datetime, one: _Due, outcome: str) -> tuple[str, str] | None:
    """Write an asking down with the link that goes with it; its ref and the link's token, which may be empty.

    None when they were written to this week: nobody else writes while this is asked.
    """
    actions = [reason.action.ref for reason in one.own]
    with store.writing() as conn:
        if any(a.person == one.person.ref for a in _this_week(store, now)):
            return None
        link, token = None, ""
        if actions and outcome != NO_ADDRESS:
            link, token = links.make(
                conn,
                person=one.person.ref,
                actions=actions,
                values=(),
                words="",
                at=now,
                by=None,
                expires_at=now + timedelta(days=LINK_DAYS),
            )
        ref = askings.log(
            conn,
            at=now,
            by=None,
            person=one.person.ref,
            kind=AskedFor.DIGEST,
            how=How.SENT,
            outcome=outcome,
            actions=actions,
            link=link,
        )
    return ref, token


def _this_week(store: Store, now: datetime) -> list[Asking]:
    """The digests since Monday, newest first."""
    here = now.astimezone(LONDON)
    monday = here.date() - timedelta(days=here.weekday())
    since = datetime.combine(monday, time(0), LONDON).astimezone(UTC)
    return [one for one in askings.askings(store, since) if one.kind is AskedFor.DIGEST]
