"""Asking people for a word: a ready message with their own link, sent or taken as a file, and a log of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.linking import DAYS, check_theirs, link_address, make_link, person_here
from framework.errors import Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import Period, local_day
from framework.picture.asking import subject_of, text_of
from framework.picture.chasing import Reason, why_asked
from framework.picture.shape import Picture
from framework.plans import due_words
from framework.plans.saying import LONGEST
from framework.post import Attachment, Message, NotSent, PostOffice, address_of
from framework.post.forms import as_eml, fits_mailto, mailto
from framework.post.forms import bundle as zipped
from framework.store import askings
from framework.store.askings import AskedFor, How
from framework.store.engine import Store
from framework.store.links import Slot
from framework.store.pictures import load
from framework.text import clean

AGAIN = timedelta(minutes=2)  # within which the same asking is taken for a second press
UNDER_WAY = "not known: it was on its way when the server stopped"  # the outcome until there is another
OF_THE_SAMPLE = "This is the fictional sample; its addresses are nobody's. Nothing was sent."


@dataclass(frozen=True)
class Ready:
    """A message to one person that nobody has sent yet.

    address  where mail can go; empty: none is known here
    url      their own link; empty: the message has none
    """

    person: str  # ref
    name: str
    address: str
    subject: str
    text: str
    url: str = ""
    link: str | None = None  # its ref
    actions: tuple[str, ...] = ()
    values: tuple[Slot, ...] = ()

    @property
    def has_address(self) -> bool:
        return bool(self.address)

    @property
    def mailto(self) -> str:
        """What opens a mail program with the message in it; empty without an address."""
        return mailto(self.message()) if self.address else ""

    @property
    def fits_mailto(self) -> bool:
        """Whether a mail program is given the whole message; else it is to be copied, or taken as a file."""
        return bool(self.address) and fits_mailto(self.message())

    @property
    def kind(self) -> AskedFor:
        return AskedFor.VALUES if self.values and not self.actions else AskedFor.ACTIONS

    def saying(self, subject: str, text: str) -> "Ready":
        """The same in other words."""
        return replace(self, subject=subject, text=text)

    def message(self, attachments: Sequence[Attachment] = ()) -> Message:
        """As it goes out. Raises ValueRefused when mail cannot go there."""
        return Message(self.name, self.address, self.subject, self.text, tuple(attachments))


@deed(Act.CHASE)
def ready_message(
    store: Store,
    *,
    by: Person,
    now: datetime,
    person: str,
    base: str,
    actions: Sequence[str] = (),
    values: Sequence[Slot] = (),
    words: str = "",
    with_link: bool = True,
) -> Ready:
    """A message that asks a person for a word on actions, or for figures. Their link is made, and nothing sent yet.

    base   the address at which the product is reached, without a slash at its end
    words  the leader's own, said first
    Raises NotAllowed, Unknown, or ValueRefused when they are no longer here or there is nothing to ask.
    """
    picture = load(store, now, Audience.LEADERS)
    whom, own_words = person_here(picture, person), clean(words)
    if not actions and not values:
        raise ValueRefused(f"There is nothing to ask {whom.name}. Choose an action or a figure first.")
    if len(own_words) > LONGEST:
        raise ValueRefused(f"Your own words have {len(own_words):,} characters; {LONGEST:,} is the most. Shorten them.")
    reasons = [_reason(picture, whom, ref) for ref in dict.fromkeys(actions)]
    slots = [_slot(picture, slot) for slot in dict.fromkeys(values)]
    refs = [reason.action.ref for reason in reasons]
    url, link, until = "", None, None
    if with_link:
        made = make_link(store, by=by, now=now, person=person, actions=refs, values=slots, words=own_words, days=DAYS)
        url, link, until = link_address(base, made.token), made.ref, local_day(made.expires_at)
    text = text_of(
        picture, to=whom.name, by=by.name, actions=reasons, values=slots, words=own_words, url=url, until=until
    )
    return Ready(
        person=person,
        name=whom.name,
        address=address_of(whom.email) or "",
        subject=subject_of(len(refs), len(slots)),
        text=text,
        url=url,
        link=link,
        actions=tuple(refs),
        values=tuple(slots),
    )


@deed(Act.CHASE)
def asked(store: Store, *, by: Person, now: datetime, ready: Ready, how: How) -> None:
    """Write down that a person was asked, and how. Pressed twice, it is written once."""
    _log(store, by, now, ready, how)


@deed(Act.CHASE)
def send(
    store: Store,
    *,
    by: Person,
    now: datetime,
    office: PostOffice,
    ready: Ready,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Send a message by the mail server, once; that it went out, or why not, is written down.

    Raises NotSent in the sample, and when the server did not take it; ValueRefused without an address, or when the
    same message went out already.
    """
    if store.sample_day is not None:
        raise NotSent(OF_THE_SAMPLE)
    # The server sends it, and whoever asks wants the answer.
    message = replace(ready.message(attachments), reply_to=address_of(by.email) or "")
    ref = _log(store, by, now, ready, How.SENT, UNDER_WAY)
    if ref is None:
        raise ValueRefused(f"This message to {ready.name} was sent already. It was not sent again.")
    try:
        office.send(message, now)
    except NotSent as refusal:
        _turned_out(store, ref, str(refusal))
        raise
    _turned_out(store, ref, "")


@deed(Act.CHASE)
def as_file(store: Store, *, by: Person, now: datetime, ready: Ready, attachments: Sequence[Attachment] = ()) -> bytes:
    """A message as a file that a mail program opens (.eml); it is written down that it was taken.

    Raises ValueRefused without an address.
    """
    content = as_eml(ready.message(attachments), None, now)
    _log(store, by, now, ready, How.FILE)
    return content


@deed(Act.CHASE)
def bundle(
    store: Store,
    *,
    by: Person,
    now: datetime,
    ready: Sequence[Ready],
    attachments: Mapping[str, Sequence[Attachment]] | None = None,
) -> bytes:
    """Several messages as files in one zip; each is written down. Those to people without an address are passed over.

    attachments  person → what goes with their message
    Raises ValueRefused when nobody has an address.
    """
    with_address = [one for one in ready if one.has_address]
    if not with_address:
        raise ValueRefused("None of these people has an address here. Copy their links instead, or add addresses.")
    content = zipped([one.message((attachments or {}).get(one.person, ())) for one in with_address], None, now)
    for one in with_address:
        _log(store, by, now, one, How.FILE)
    return content


def _turned_out(store: Store, asking: str, outcome: str) -> None:
    """Write down what became of a message; empty: it went out."""
    with store.writing() as conn:
        askings.turned_out(conn, asking, outcome)


def _log(store: Store, by: Person, now: datetime, ready: Ready, how: How, outcome: str = "") -> str | None:
    """The ref of the asking; None when this very one was written already, and went out or is on its way."""
    with store.writing() as conn:
        # Nobody else writes meanwhile: a second press of a button finds what the first one wrote.
        for one in askings.askings(store, None if how is How.SENT and ready.link else now - AGAIN):
            same = (one.person, one.link, one.actions, one.values) == (
                ready.person,
                ready.link,
                ready.actions,
                ready.values,
            )
            if same and one.how is how and one.outcome in ("", UNDER_WAY):
                return None
        return askings.log(
            conn,
            at=now,
            by=by.ref,
            person=ready.person,
            kind=ready.kind,
            how=how,
            outcome=outcome,
            actions=ready.actions,
            values=ready.values,
            link=ready.link,
        )


def _reason(picture: Picture, person: Person, ref: str) -> Reason:
    """The action with why a word on it is wanted. Raises Unknown, or ValueRefused when it is not theirs."""
    check_theirs(picture, person, ref)
    action = picture.actions[ref]
    return Reason(action, why_asked(picture, action) or due_words(action, picture.calendar, picture.on))


def _slot(picture: Picture, slot: Slot) -> Slot:
    kpi, place, period = slot
    the_kpi(picture, kpi)
    if place not in picture.places:
        raise Unknown("One of these places is not here. Load the page again.")
    return kpi, place, Period.parse(period).code
